/* SPDX-License-Identifier: Apache-2.0
 *
 * What became of declarations: endorsed, challenged, answered, at risk, suspended, withdrawn, superseded. All of it is
 * statements; nothing is ever taken out of the history, and superseded ones stay findable.
 *
 * Only the declarer's own keys change how a declaration stands; anybody's key may challenge or endorse.
 */
#ifndef AKASHI_CONFORM_STANDING_H
#define AKASHI_CONFORM_STANDING_H

#include "conform/declaration.h"

enum standing {
    STANDING_GOOD,
    STANDING_EXPIRED,    /* its validity has run out */
    STANDING_AT_RISK,    /* its evidence no longer carries it */
    STANDING_CHALLENGED, /* a challenge waits for its answer */
    STANDING_SUSPENDED,
    STANDING_CORRECTED,  /* another took its place after a challenge */
    STANDING_SUPERSEDED, /* another took its place */
    STANDING_WITHDRAWN,
};
const char *standing_name(enum standing s); /* "at-risk" */
bool standing_parse(str word, enum standing *out);

enum declared_event { DECLARED_ENDORSED, DECLARED_CHALLENGED, DECLARED_ANSWERED, DECLARED_STANDS, DECLARED_GIVEN };
const char *declared_event_name(enum declared_event x); /* "challenge-answer" */
struct declaration_event {
    enum declared_event event;
    int64_t log_id, time;
    uint64_t entry;
    unsigned char signer[32], envelope[32];
    bool counts;    /* its signer may say so */
    struct jv said; /* the predicate */
};
VEC_NAMED(declaration_events, struct declaration_event);
struct declaration_row {
    int64_t log_id, time; /* of the log */
    uint64_t entry;
    unsigned char signer[32], envelope[32];
    bool ours;
    enum standing standing; /* as of the moment asked for */
    struct declaration said;
    struct declaration_events events; /* in the order of the log */
    uint32_t open_challenges;
    int64_t answer_due; /* of the oldest open challenge; 0 none */
};
VEC_NAMED(declaration_rows, struct declaration_row);
/* All that the log knows, ours or only ours, oldest first. */
MUST_USE bool declarations_list(struct portfolio *p, struct arena *a, const struct as_of *when, bool ours_only,
                                struct declaration_rows *out, struct err *e);
/* Counts what was said of it: who changes it names what they saw. */
static inline uint64_t declaration_version(const struct declaration_row *d) { return d->events.n + 1; }
/* By id or by (a beginning of) the digest of its envelope; *out NULL: none. ERR_USAGE when several begin so. */
MUST_USE bool declaration_find(struct portfolio *p, struct arena *a, const struct as_of *when, str name,
                               const struct declaration_row **out, struct err *e);

enum { CHALLENGE_DAYS = 30 }; /* by which a challenge is to be answered, unless akashi.toml says otherwise */

/* ── payloads ── */
struct attached { /* a document in the archive */
    str name, sha256;
};
VEC_NAMED(attacheds, struct attached);
struct challenge {
    str declaration; /* hex of its envelope */
    struct scope_names practices;
    str text, name, contact;
    struct attacheds evidence;
};
MUST_USE bool challenge_payload(struct ctx *c, struct arena *a, const struct challenge *x, str *payload, struct err *e);
struct challenge_answer {
    str challenge, declaration; /* hex of their envelopes */
    bool upheld;
    enum standing outcome; /* of an upheld one: corrected, suspended or withdrawn */
    str replacement, reason;
    struct person person;
};
MUST_USE bool challenge_answer_payload(struct ctx *c, struct arena *a, const struct challenge_answer *x, str *payload,
                                       struct err *e);
struct endorsed {
    str practice, what;
    int level; /* -1: none named */
};
VEC_NAMED(endorseds, struct endorsed);
struct endorsement {
    str declaration, party, name, result;
    struct endorseds checked;
    struct attacheds documents;
    struct person person;
};
MUST_USE bool endorsement_payload(struct ctx *c, struct arena *a, const struct endorsement *x, str *payload,
                                  struct err *e);

struct standing_change {
    str declaration;
    enum standing state;
    struct shortfalls fallen; /* target: what was declared */
    str reason;
    int64_t until; /* 0: not said */
};
MUST_USE bool standing_payload(struct ctx *c, struct arena *a, const struct standing_change *x, str *payload,
                               struct err *e);

/* Who was given it (ids of parties): they are told when it no longer stands. */
MUST_USE bool handover_payload(struct ctx *c, struct arena *a, str declaration, const struct scope_names *to,
                               str *payload, struct err *e);
void declaration_recipients(struct arena *a, const struct declaration_row *d, struct scope_names *out);

/* ── at risk ── computes our own valid declarations again and states what changed: at-risk when a level fell below what
 * was declared, good when it came back. Nothing is stated twice. */
struct risk {
    str id, declaration;
    struct shortfalls fallen; /* as in standing_change */
    bool recovered;
    uint64_t entry;
};
VEC_NAMED(risks, struct risk);
MUST_USE bool declarations_watch(struct portfolio *p, struct arena *a, struct risks *out, struct err *e);

#endif
