/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the files of watch: what has to be looked at (watch_work.c), what is open there (watch_judge.c), what that
 * means for cases (watch_case.c).
 */
#ifndef AKASHI_IMPACT_WATCH_INNER_H
#define AKASHI_IMPACT_WATCH_INNER_H

#include "impact/watch.h"
#include "store/queries.h"

struct flaw_known { /* of a flaw, read once */
    struct flaw_row row;
    struct flaw_names names;
    struct verdicts verdicts;
};
struct component_known {
    struct component_row row;
    struct hit_rows hits;
    bool upgrade_known;
    str upgrade; /* smallest version without a hit; absent */
};

/* ── a product as it stands ── */
struct user { /* a live deployment of a release */
    str id, customer, customer_name;
    enum exposure exposure;
    int64_t service;
};
struct live {
    struct release_row release;
    bool newest;
    VEC(struct user) users;
    struct component_ids ids;
};
struct line {
    int64_t product;
    struct product about;
    bool known, ours;
    str owner, owner_name;
    struct release_rows releases;
    VEC(struct live) live;
};

/* ── what is open ── */
struct open_place {
    const struct component_known *component;
    const struct flaw_known *flaw;
    const struct hit_row *hit;
    str why; /* an earlier answer does not hold any more, because …; absent */
    bool in_newest;
    VEC(const struct live *) in; /* releases it is open in */
    VEC(const struct user *) users;
};
VEC_NAMED(open_places, struct open_place);

struct pair {                 /* what has to be looked at */
    int64_t product, package; /* package -1: all */
    uint64_t raw;             /* findings in it that are known without looking */
};
VEC_NAMED(pairs, struct pair);

struct watching {
    struct portfolio *p;
    const struct watch_plan *plan;
    struct watch_report *out;
    struct arena *a;          /* of the run */
    struct arena *line_arena; /* of one product */
    struct matcher *m;
    struct map flaws;      /* number (8 bytes) → struct flaw_known */
    struct map components; /* id (8 bytes) → struct component_known */
    struct map packages;   /* number (8 bytes) → str name */
    struct map pairs_seen; /* product, package (16 bytes) → number in pairs + 1 */
    struct pairs pairs;
    VEC(int64_t) changed; /* flaws that were to be looked at */
    VEC(struct case_step) steps;
    bool news; /* something was said or shipped since the last watch */
    str digest;
    int64_t now;
};

MUST_USE bool watch_work(struct watching *w, struct err *e);
MUST_USE bool watch_line(struct watching *w, int64_t product, struct line *out, struct err *e);
MUST_USE bool watch_judge(struct watching *w, const struct line *line, int64_t package, struct open_places *out,
                          uint64_t *looked, struct err *e);
MUST_USE bool watch_cases(struct watching *w, const struct line *line, int64_t package, const struct open_places *open,
                          struct err *e);
MUST_USE bool watch_flaw(struct watching *w, int64_t number, struct flaw_known **out, struct err *e);
MUST_USE bool watch_component(struct watching *w, component_id id, struct component_known **out, struct err *e);
MUST_USE bool watch_package(struct watching *w, int64_t package, str *name, struct err *e);
MUST_USE bool watch_upgrade(struct watching *w, struct component_known *k, struct err *e);
/* Numbers of packages of a product that anything hits, or that have an open case. */
MUST_USE bool watch_priority(struct watching *w, const struct open_places *open, const uint32_t *group, uint32_t n,
                             struct case_priority *out, struct err *e);

#endif
