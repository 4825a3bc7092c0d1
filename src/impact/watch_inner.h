/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the files of watch: what has to be looked at (watch_work.c, watch_gather.c), products as they stand
 * (watch_line.c), what is open there (watch_judge.c), what that means for cases (watch_case.c).
 *
 * A round asks the store by package, not by product: of each package at hand its hits and, from the bitmaps, the live
 * releases that are hit; what is small (what runs, of which product a release is) is read once.
 */
#ifndef AKASHI_IMPACT_WATCH_INNER_H
#define AKASHI_IMPACT_WATCH_INNER_H

#include "impact/running.h"
#include "impact/watch.h"
#include "store/queries.h"

struct flaw_known { /* of a flaw, read once */
    struct flaw_row row;
    struct flaw_names names;
    struct verdicts verdicts;
};
struct component_known {
    bool row_known;
    struct component_row row;
    struct hit_rows hits;
    bool upgrade_known;
    str upgrade; /* smallest version without a hit; absent */
};

struct party_known {
    str id, name;
};

/* ── a product as it stands ── */
struct user { /* a live deployment of a release */
    str id, customer, customer_name;
    enum exposure exposure;
    int64_t service;
};
struct live {
    uint32_t id;                /* of the release */
    bool newest;                /* … and supported */
    bool has_row, has_users;    /* read when they are wanted: watch_live() */
    struct release_row release; /* has_row */
    VEC(struct user) users;     /* has_users */
    VEC(uint32_t) runs;         /* the deployments */
    struct component_ids ids;   /* all of them, or those of packages at hand that are hit: line.whole */
};
struct line {
    int64_t product;
    struct product about;
    bool known, ours, whole, has_releases;
    str owner, owner_name;
    struct release_rows releases; /* has_releases: watch_releases() */
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
    bool cases;               /* it had one, or may have had */
};
VEC_NAMED(pairs, struct pair);
struct held { /* a component that is hit, in a release that may be live */
    int64_t product;
    uint32_t release;
    component_id component;
};

struct twin { /* a further document of a release, whose first one is `first` */
    uint32_t first, id;
};
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
    struct map gathered;   /* number of the package (8 bytes) */
    struct map parties;    /* number (8 bytes) → struct party_known */
    struct map services;   /* number (8 bytes) → struct service */
    struct map priorities; /* flaw and setting → struct case_priority */
    struct map pairs_seen; /* product, package (16 bytes) → number in pairs + 1 */
    struct pairs pairs;
    VEC(struct held) held;  /* by product and release */
    VEC(struct twin) twins; /* by first */
    struct running running;
    uint32_t *running_order; /* deployments that run something, by product; so many: */
    uint32_t n_running;
    uint32_t n_releases;
    int64_t *products;     /* by release */
    bool *may_live;        /* by release: the newest of its product, or run by a deployment */
    VEC(int64_t) changed;  /* flaws that were to be looked at */
    struct saying *saying; /* watch_say.c: the steps */
    bool news;             /* something was said or shipped since the last watch */
    str digest;
    int64_t now;
};

MUST_USE bool watch_work(struct watching *w, struct err *e);
void watch_pair(struct watching *w, int64_t product, int64_t package, uint64_t raw, bool cases);
/* Reads what is small; before watch_gather() and watch_line(). */
MUST_USE bool watch_read(struct watching *w, struct err *e);
/* A package: its hits, and what of it is in live releases; n changed components of it (ascending) with how many of
 * their flaws changed make pairs. */
MUST_USE bool watch_gather(struct watching *w, int64_t package, const component_id *changed, const uint64_t *flaws,
                           uint32_t n, struct err *e);
void watch_gathered(struct watching *w); /* after the last one */
/* whole: with all components of its live releases; else with those that were gathered. */
MUST_USE bool watch_line(struct watching *w, int64_t product, bool whole, struct line *out, struct err *e);
MUST_USE bool watch_whole(struct watching *w, struct line *line, struct err *e);
MUST_USE bool watch_releases(struct watching *w, struct line *line, struct err *e);
MUST_USE bool watch_live(struct watching *w, struct live *live, bool users, struct err *e);
MUST_USE bool watch_judge(struct watching *w, struct line *line, int64_t package, struct open_places *out,
                          uint64_t *looked, struct err *e);
/* had: there may be cases of it already. */
MUST_USE bool watch_cases(struct watching *w, struct line *line, int64_t package, bool had,
                          const struct open_places *open, struct err *e);
void watch_say_begin(struct watching *w);
/* Room for the next step, which is to be filled before there is another one; and for what that one says, asked for
 * before the step. It is gone once that is said. */
struct arena *watch_say_arena(struct watching *w);
struct case_step *watch_say_step(struct watching *w);
/* All of them, logged and applied, when there is something worth saying. */
MUST_USE bool watch_say_all(struct watching *w, struct err *e);
void watch_say_end(struct watching *w);
MUST_USE bool watch_flaw(struct watching *w, int64_t number, struct flaw_known **out, struct err *e);
MUST_USE bool watch_component(struct watching *w, component_id id, struct component_known **out, struct err *e);
MUST_USE bool watch_package(struct watching *w, int64_t package, str *name, struct err *e);
MUST_USE bool watch_upgrade(struct watching *w, struct component_known *k, struct err *e);
MUST_USE bool watch_priority(struct watching *w, const struct open_places *open, const uint32_t *group, uint32_t n,
                             struct case_priority *out, struct err *e);

#endif
