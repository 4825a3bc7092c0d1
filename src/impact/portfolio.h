/* SPDX-License-Identifier: Apache-2.0
 *
 * The portfolio: views of the log that answer "which releases, deployments, services?". Every row comes from a
 * statement; applying an entry twice changes nothing; a view that grew with its log equals one made anew, row by row.
 *
 * Each kind of statement has one projection (projections.list): a function that turns an entry into rows. The store
 * remembers how far each log was applied, in the same transaction.
 */
#ifndef AKASHI_IMPACT_PORTFOLIO_H
#define AKASHI_IMPACT_PORTFOLIO_H

#include "impact/parts.h"
#include "seal/home.h"
#include "seal/statement.h"
#include "store/store.h"

struct contents;  /* contents.h */
struct vex;       /* vuln/vex.h */
struct touched;   /* running.h */
struct elsewhere; /* inventory.h */

struct portfolio {
    struct ctx *ctx;
    struct home *home;   /* borrowed */
    struct arena *arena; /* for its whole life */
    str where;           /* the store */
    struct store *store;
    struct contents *contents; /* component ids, lists and bitmaps */
    struct touched *touched;   /* of what runs, by the entries that are being applied; NULL: nobody keeps that */
    int64_t log_id;            /* of the home's log in this store */
    uint64_t size;             /* entries of it that are applied */
    bool open;                 /* portfolio_apply_begin(); until then this was applied: */
    uint64_t size_before;
    const struct map
        *given; /* SHA-256 (32 bytes) → str *: bodies, in place of log and archive (given.h); NULL: those */
    const struct elsewhere *elsewhere; /* who reads SBOMs of the archive; NULL: this process */
};

/* Opens the views (store: "postgresql://…", a file, or absent for HOME/portfolio.db; akashi.toml and AKASHI_STORE are
 * the caller's business) and applies what the log has more. Reading works while others write. */
MUST_USE bool portfolio_open(struct ctx *c, struct home *home, str store, struct portfolio **out, struct err *e);
/* The same, of what was applied before: nothing is read from the log. */
MUST_USE bool portfolio_begin(struct ctx *c, struct home *home, str store, struct portfolio **out, struct err *e);
void portfolio_close(struct portfolio *p); /* accepts NULL */
/* One state for all that is asked until the end, and no lock taken for each statement. Within another such stretch, or
 * a transaction, that one's: *own is false then. */
MUST_USE bool portfolio_read(struct portfolio *p, bool *own, struct err *e);
void portfolio_read_end(struct portfolio *p, bool own);
/* Applies what came since: in transactions of at most some thousand entries. */
MUST_USE bool portfolio_catch_up(struct portfolio *p, struct err *e);
/* Throws the rows away and applies the whole log. What is hit has to be matched again (hits_again). */
MUST_USE bool portfolio_rebuild(struct portfolio *p, struct err *e);
/* Of all rows that come from the log: equal when they are. */
MUST_USE bool portfolio_digest(struct portfolio *p, unsigned char out[32], struct err *e);

/* One log entry on its way into the views. */
struct entry {
    int64_t log_id;
    uint64_t index;
    int64_t time; /* of the log: what "when" means everywhere */
    unsigned char key[32], envelope[32];
    str kind;
    const struct statement *statement; /* body at hand; erased and withheld bodies are not projected */
    const struct parts *parts;         /* of the SBOM, when the importer has them in memory already; else NULL */
    const struct vex *vex;             /* and the verdicts it states; NULL beside parts: none */
    struct arena *arena;               /* for the time of the call */
    struct entry_outcome *outcome;     /* what one projection of this entry leaves for the next */
};
struct entry_outcome {
    bool release, fresh; /* it became a release; fresh: nothing was said of that document before */
    uint32_t release_id;
    const struct parts *parts; /* that the release was made of */
};
/* A kind of statement may have several, in the order of the list. */
struct projection {
    const char *kind;
    /* Inside a transaction. What a statement says that cannot be (an unknown party, a release nobody shipped) is kept
     * and marked, never an error: the log cannot be changed any more. */
    bool (*apply)(struct portfolio *p, const struct entry *x, struct err *e);
};
extern const struct projection *const projections[]; /* NULL at the end */
const struct projection *projection_of(str kind);    /* the first one */
/* All of its kind. */
MUST_USE bool projections_apply(struct portfolio *p, const struct entry *given, struct err *e);

/* Adds statements (payloads) through home_append and applies them at once; what is known before (what was read from the
 * SBOM) is passed on. */
struct portfolio_add {
    str payload;
    const struct home_add *made; /* signed by home_sign() already; NULL: not yet */
    const struct parts *parts;   /* of the SBOM it is about; may be NULL */
    const struct vex *vex;       /* verdicts it states; NULL: none, when there are parts */
    uint64_t index;              /* out */
    bool was_there;              /* out */
};
MUST_USE bool portfolio_append(struct portfolio *p, struct arena *a, struct portfolio_add *adds, uint32_t n,
                               struct err *e);
/* The same in two steps, so that a thread may log while another applies what was logged before: into the log, which
 * leaves the views alone; and from there into the views, up to the last of them. Entries that others put between are
 * applied too. */
MUST_USE bool portfolio_log(struct portfolio *p, struct arena *a, struct portfolio_add *adds, uint32_t n,
                            struct err *e);
MUST_USE bool portfolio_apply(struct portfolio *p, const struct portfolio_add *adds, uint32_t n, struct err *e);
/* What is applied between these two is in the views together, or not at all: after a failure in between, too, nothing
 * of it is. A page of the views that several of them change is written once. */
MUST_USE bool portfolio_apply_begin(struct portfolio *p, struct err *e);
MUST_USE bool portfolio_apply_end(struct portfolio *p, struct err *e);
bool portfolio_apply_undo(struct portfolio *p); /* false */

/* ── when ── a moment in this view: entries of the home's log below `size` count. */
struct as_of {
    bool given;    /* false: now */
    uint64_t size; /* of the log */
    int64_t time;
};
/* "--as-of TIME|INDEX"; absent text = now. */
MUST_USE bool portfolio_as_of(struct portfolio *p, str text, struct as_of *out, struct err *e);

#endif
