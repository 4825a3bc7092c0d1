/* SPDX-License-Identifier: Apache-2.0
 *
 * Which component versions are hit by which flaws: a cache over the advisory database, kept for the components of the
 * portfolio alone. A finding is never a row: it is (flaw, component) here × the component's bitmap of releases.
 *
 * A flaw keeps its number for good, whatever happens to its names; one that turns out to be another answers with that
 * one's row. The cache knows which advisory database (by
 * digest) it stands on; bringing it up to another looks only at packages that the changed advisories name.
 */
#ifndef AKASHI_IMPACT_HITS_H
#define AKASHI_IMPACT_HITS_H

#include "impact/contents.h"
#include "vuln/vuln.h"

struct flaw_row {
    int64_t number;
    str id; /* the best known name: CVE when there is one */
    str summary;
    int32_t score; /* CVSS × 10; -1 unknown */
    int32_t epss;  /* × 10,000; -1 unknown */
    bool kev, ransomware;
    int64_t published, modified, kev_added, kev_due; /* 0 unknown */
    str vector, exploitation, automatable, impact;   /* SSVC words, as advdb states them */
    int64_t seen;                                    /* log time when this view first knew it */
};
struct hit_row {
    int64_t flaw;
    component_id component;
    str advisory, fixed; /* fixed absent when no fixed version is known */
    enum fix_state fix;
    enum confidence confidence;
};

struct hits_change { /* what bringing it up to date did */
    uint64_t packages, components, flaws_new, flaws_changed, hits_new, hits_gone;
    VEC(int64_t) flaws; /* new or changed: score, kev, epss jump, hits */
};
/* Brings the cache up to this database and to components that came since; inside a transaction of its own. */
MUST_USE bool hits_update(struct portfolio *p, struct advdb *db, struct arena *a, struct hits_change *out,
                          struct err *e);
/* The components are about to get their numbers anew, maybe others: nothing is hit until hits_update(); flaws keep
 * theirs. Inside a transaction. */
MUST_USE bool hits_forget(struct portfolio *p, struct err *e);
/* Views that were made anew are held against the advisories that are there, as a watch had done with those before;
 * where there is no such database that is a warning, for findings and deadlines are missing then. */
MUST_USE bool hits_again(struct portfolio *p, str database, struct err *e);
/* Digest of the advisory database this stands on; absent while there is none. */
MUST_USE bool hits_database(struct portfolio *p, struct arena *a, str *digest, struct err *e);
/* By any name of the flaw ("CVE-…", "GHSA-…"). */
MUST_USE bool hits_flaw(struct portfolio *p, struct arena *a, str name, bool *found, struct flaw_row *out,
                        struct err *e);
MUST_USE bool hits_flaw_row(struct portfolio *p, struct arena *a, int64_t number, struct flaw_row *out, struct err *e);
/* All its names, sorted. */
VEC_NAMED(flaw_names, str);
MUST_USE bool hits_names(struct portfolio *p, struct arena *a, int64_t flaw, struct flaw_names *out, struct err *e);
/* Components a flaw hits, by id; flaws that hit a component, by number. */
VEC_NAMED(hit_rows, struct hit_row);
MUST_USE bool hits_of_flaw(struct portfolio *p, struct arena *a, int64_t flaw, struct hit_rows *out, struct err *e);
MUST_USE bool hits_of_component(struct portfolio *p, struct arena *a, component_id component, struct hit_rows *out,
                                struct err *e);
/* Of all components of a package, by component, then by flaw. */
MUST_USE bool hits_of_package(struct portfolio *p, struct arena *a, int64_t package, struct hit_rows *out,
                              struct err *e);
/* Flaws with at least one hit in an order, from a place on: for lists (most urgent first). KEV: only those, what is due
 * first stands first, and the value is the due time with its sign turned. */
enum flaw_sort { FLAW_BY_SCORE, FLAW_BY_EPSS, FLAW_BY_KEV, FLAW_BY_NEWEST, FLAW_BY_PUBLISHED };
struct flaw_place {
    int64_t value, number; /* of the last one seen; {INT64_MAX, INT64_MAX} = from the start */
};
struct flaw_range { /* of scores × 10; -1 unknown */
    int32_t least, most;
};
static const struct flaw_range flaw_any_score = {-1, INT32_MAX};
MUST_USE bool hits_flaws(struct portfolio *p, enum flaw_sort by, struct flaw_place after, struct flaw_range scores,
                         bool (*wanted)(void *arg, int64_t number, bool *yes, struct err *e), /* may be NULL */
                         bool (*each)(void *arg, const struct flaw_row *f, struct err *e), void *arg, struct err *e);
/* Flaws of which there are few, with a hit: number, scores, KEV and times; names and texts are left out. Exploited:
 * KEV, and what CISA's SSVC data call active. */
enum flaw_few { FLAWS_KEV, FLAWS_EXPLOITED };
VEC_NAMED(flaw_rows, struct flaw_row);
MUST_USE bool hits_few(struct portfolio *p, struct arena *a, enum flaw_few which, struct flaw_rows *out, struct err *e);
/* The same of one flaw; *found false: it hits nothing. */
MUST_USE bool hits_brief(struct portfolio *p, int64_t flaw, bool *found, struct flaw_row *out, struct err *e);
/* Components a flaw hits, by id, and nothing else of the hits. */
MUST_USE bool hits_components(struct portfolio *p, struct arena *a, int64_t flaw, struct component_ids *out,
                              struct err *e);

#endif
