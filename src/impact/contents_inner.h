/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the contents*.c files.
 *
 * A bucket of 65,536 releases is open until it is full. The open bucket is a row of runs, each of at most 1,024
 * releases, and behind them the tail: releases that no run holds yet. What is a run and what is sealed follows from
 * the lists alone, so a view that grew equals one made anew.
 */
#ifndef AKASHI_IMPACT_CONTENTS_INNER_H
#define AKASHI_IMPACT_CONTENTS_INNER_H

#include "impact/contents.h"
#include "impact/idlist.h"

enum {
    RUN_RELEASES = 1024,
    RUN_PAIRS = 4 << 20, /* a run ends early when its lists are this long: its sorting is bounded */
    /* Of a run. A row must fit into a quarter of SQLite's page: a longer one is read whole wherever a search passes it.
     */
    BLOCK_BYTES = 800,
    NAMES_MOST = 1 << 20,  /* in each generation of a cache of names */
    DENSE_RELEASES = 1024, /* in a row of release_products */
};

/* ── names, remembered ── two generations: the elder goes when the younger is full */
struct names {
    struct arena *a[2];
    struct map m[2];
};
bool names_get(struct names *n, str key, int64_t *value);
/* Of many, faster than one by one: key(arg, i); values[i] -1 where it is not known. */
void names_get_many(struct names *n, str (*key)(const void *arg, uint32_t i), const void *arg, uint32_t count,
                    int64_t *values);
/* Where the first id that is not less stands among ascending ones; n when there is none. */
size_t ids_from(const component_id *ids, size_t n, component_id least);
void names_put(struct names *n, str key, int64_t value); /* value ≥ 0 */
void names_clear(struct names *n);

/* ── the open bucket ── */
struct run {
    uint32_t first, until;
};
struct tail { /* lists of the releases [first, first + n), one behind the other */
    uint32_t first, n;
    component_id *ids;
    size_t n_ids, cap;
    size_t ends[RUN_RELEASES]; /* of each list in ids */
};
struct tail_index { /* the same by component, made when it is asked for more than a few times */
    uint32_t first, lists, asked;
    struct pair *v;
    size_t n;
};
struct pending { /* added, and not written yet */
    uint32_t id, twin, components, unidentified;
    int64_t product, party;
    struct release_new row; /* text in pending_arena */
    bool disagrees;
};

/* ── names that came in this transaction ── their rows are written together, by contents_flush() */
struct name_new {
    int64_t id;
    str text;
};
struct name_table { /* packages, licences */
    const struct query *find, *last, *known_many;
    const struct load *in;
    struct names known; /* text → id */
    struct map fresh;   /* text → id + 1 of a row that is not written yet */
    VEC(struct name_new) rows;
    int64_t newest;    /* id; -1: to be asked for */
    struct map absent; /* see expected */
};
struct component_new {
    component_id id;
    int64_t licence; /* -1: none */
    str rest, version;
    bool unidentified;
};
struct component_licensed {
    component_id id;
    int64_t licence;
};
struct component_table {
    struct names known; /* key → id << 2 | unidentified << 1 | its licence is known */
    struct map fresh;   /* package and rest → index in rows + 1 */
    VEC(struct component_new) rows;
    VEC(struct component_licensed) licensed; /* components that had none */
    struct map lasts;                        /* package number → its last component + 1, as of this transaction */
    struct map absent;                       /* see expected */
};
/* What documents say of components (traits.h): rows that are not written yet. */
struct hash_new {
    component_id component;
    unsigned char hash[16];
    enum hash_kind kind;
    uint32_t release;
};
struct supplier_new {
    component_id component;
    str supplier;
    uint32_t release;
};
struct traits_new {
    struct arena *a; /* of both; NULL: there are none */
    VEC(struct hash_new) hashes;
    VEC(struct supplier_new) suppliers;
};
struct known_release { /* what contents_expect() found; -1: nothing */
    int64_t first, same;
};

/* Of the releases that contents_expect() was told of, in their order: what was known of their parts then. */
struct foreseen {
    const struct release_new *list; /* the caller's */
    uint32_t n, at;                 /* at: the next that is added */
    int64_t *known;                 /* a value for each part, as in component_table.known; -1 */
    size_t *starts, cap, cap_starts;
};

/* How many releases contain a package: releases are only added, so (package, releases there are, made) decides. */
enum { COUNTS_KEPT = 256 };
struct count_kept {
    int64_t package, made;
    uint32_t releases; /* 0: nothing is kept here */
    struct contents_count of;
};

/* What contents_top() found. */
enum { TOPS_KEPT = 1000 };
struct tops {
    bool known;
    int64_t made;
    uint32_t releases, n;
    struct package_listed *v; /* room for TOPS_KEPT */
};

struct recall;
/* Components that were made by these views, with the releases [from, upto). */
enum { CREATED_MOST = 1 << 16 };
struct created {
    bool known;
    uint32_t from, upto, n, cap;
    component_id *ids;
};

struct contents {
    struct portfolio *p;
    struct store *s;
    struct arena *arena; /* for its whole life */

    uint32_t releases; /* that are written, as of the transaction */
    int64_t made;      /* how often the views were made anew: what is remembered is of that time */
    int64_t moved;     /* how often what surrounds the releases changed since */
    uint64_t moment;   /* of which the three above are (store_moment()); 0: of none */
    struct {
        uint64_t size;
        int64_t made;
        uint32_t releases, found; /* releases 0: nothing is kept */
    } halved;                     /* what contents_releases_at() last found */
    bool moves;                   /* it is changed by this transaction (moved.h) */
    struct gone *gone;            /* gone.h */
    VEC(struct run) runs;         /* of the open bucket */
    bool runs_known;              /* they are those of runs_of releases */
    uint32_t runs_of;
    struct tail tail;
    struct tail_index tail_index;

    struct component_table components;
    struct name_table packages, licences;
    struct created created;
    struct names products, parties;
    struct names traits; /* component, hash, supplier: in the store already, or in traits_new */
    struct traits_new traits_new;
    struct names called;         /* product, purl: the same (called.h) */
    struct arena *pending_arena; /* until they are written: pending releases, fresh names */
    VEC(struct pending) pending;
    struct arena *taken_arena;      /* as long as the transaction: the three below, lasts */
    struct map by_release, by_body; /* added in this transaction → release id + 1 */
    struct map new_products;        /* numbers given in this transaction: all their releases are in by_release */
    struct arena *expected_arena;   /* what was asked ahead and is not there: absent, releases */
    struct map expected;            /* document → struct known_release */
    struct foreseen foreseen;
    uint64_t disagreeing; /* documents taken so far that list other components than the first of their release */
    struct count_kept counts[COUNTS_KEPT]; /* by package */
    struct tops tops;
    component_id *ids; /* of the release at hand */
    uint32_t ids_cap;

    struct recall *recall; /* answers given before (recall.h); NULL: none are kept */
    uint64_t recall_of;    /* which store that is */

    roaring_bitmap_t *twins;
    struct second_document *seconds; /* the same, each with its first document, by second */
    struct second_document *firsts;  /* … by first; made when it is asked for */
    uint32_t n_seconds, cap_seconds, n_firsts, twins_upto;
    VEC(uint32_t *) dense;                               /* blocks of product numbers; NULL where not read yet */
    uint32_t rest[DENSE_RELEASES], rest_from, rest_upto; /* those behind the last block */
};

/* Reading: a state that does not change under the reader, and the number of releases in it; what is pending is written
 * first. *own: contents_read_end() has to let go of it. */
MUST_USE bool contents_read(struct contents *c, bool *own, struct err *e);
void contents_read_end(struct contents *c, bool own);
/* After it: the runs and the tail of that state too. */
MUST_USE bool contents_look(struct contents *c, struct err *e);
static inline uint32_t contents_sealed(const struct contents *c) { return c->releases / BUCKET_RELEASES; }

/* contents_with(), and of each component by itself how many of them the mask (may be NULL) holds. */
MUST_USE bool contents_with_counts(struct contents *c, const component_id *ids, uint32_t n, uint32_t limit,
                                   const roaring_bitmap_t *mask, roaring_bitmap_t **out, uint64_t *counts,
                                   struct err *e);

/* The component of a key, made when it is new. foreseen: what was known of it a moment ago, -1: nothing. */
MUST_USE bool contents_intern(struct contents *c, const struct part *part, int64_t foreseen, component_id *id,
                              bool *unidentified, struct err *e);
void names_begin(struct contents *c);  /* as contents_begin() */
void names_forget(struct contents *c); /* as contents_undo() */
void names_none_fresh(struct contents *c);
/* The rows of new names. */
MUST_USE bool names_write(struct contents *c, struct err *e);
/* Forgets what contents_expect() found. */
void expected_forget(struct contents *c);
/* What a component is found by in fresh and absent. */
str component_place(struct arena *a, const struct identity *x);
void contents_creates(struct contents *c, component_id id);
/* What a release, and a document of it, are found by in by_release, by_body and expected. */
str release_place(struct arena *a, int64_t product, str version);
str document_place(struct arena *a, str release, const unsigned char body[32]);

/* The first 8 bytes: what documents are found by. */
int64_t body_key(const unsigned char body[32]);

void tail_list_add(struct tail *t, const component_id *ids, uint32_t n);
static inline size_t tail_list_begin(const struct tail *t, uint32_t i) { return i ? t->ends[i - 1] : 0; }
/* Makes runs, and seals, as far as the tail and the runs are complete. */
MUST_USE bool contents_fold(struct contents *c, struct err *e);

#endif
