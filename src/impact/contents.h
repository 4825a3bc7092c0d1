/* SPDX-License-Identifier: Apache-2.0
 *
 * What is in which release: component ids, for each release the sorted list of its components, for each component its
 * releases in buckets of 65,536 (DESIGN §8), counted and united as Roaring bitmaps.
 *
 * component_id = package_id << COMPONENT_BITS | number of the version within its package, so the versions of a
 * package lie side by side. A package is a purl without version, qualifiers and subpath ("name:NAME" when nothing
 * better is known). release_id counts from 0 in the order of the log: "as of entry N" is "release_id below
 * contents_releases_at(N)". A second, differing SBOM for the same release of a product is a release_id of its own
 * that points to the first (twin).
 *
 * New releases go to the end of their bucket: the last < 1,024 are found through their lists, each full thousand is a
 * sorted run, the runs of each full bucket are merged into one. All of that is invisible here.
 */
#ifndef AKASHI_IMPACT_CONTENTS_H
#define AKASHI_IMPACT_CONTENTS_H

#include "impact/parts.h"
#include "impact/portfolio.h"
#include "impact/roaring.h"

enum { COMPONENT_BITS = 20, BUCKET_RELEASES = 65536 };
typedef int64_t component_id;
static inline int64_t package_of(component_id id) { return id >> COMPONENT_BITS; }

MUST_USE bool contents_open(struct portfolio *p, struct contents **out, struct err *e);
void contents_close(struct contents *c); /* accepts NULL */

/* ── writing, inside a transaction ── */
struct release_new {
    str product, version, party; /* ids as stated; party = who ships it, absent when nobody says */
    const struct parts *parts;   /* of the SBOM */
    unsigned char body[32];      /* SHA-256 of the SBOM document, or of the envelope that holds it */
    int64_t log_id, time;
    uint64_t entry;
    str purl;                 /* of the release itself; may be absent */
    int64_t released;         /* as stated; 0 not stated */
    str supersedes;           /* version it takes the place of, as stated; may be absent */
    unsigned char signer[32]; /* SHA-256 of the key that said so */
};
/* Asks in a few questions for everything that contents_add() of these releases wants to know: over a network one answer
 * for hundreds of documents. Then they are added, in this order and in the same transaction; their text must hold until
 * then. Only a matter of time: contents_add() asks for what is not known. */
MUST_USE bool contents_expect(struct contents *c, const struct release_new *list, uint32_t n, struct err *e);
/* Gives the release its id; *fresh false when this very SBOM was taken for this release before. */
MUST_USE bool contents_add(struct contents *c, const struct release_new *r, uint32_t *release_id, bool *fresh,
                           struct err *e);
/* How many components that document lists, and how many of them are known by their name alone; written or not. */
MUST_USE bool contents_listed(struct contents *c, uint32_t release_id, uint32_t *components, uint32_t *unidentified,
                              struct err *e);
/* Before store_commit(), and before the additions are asked for: what they left in memory is written. */
MUST_USE bool contents_flush(struct contents *c, struct err *e);
/* After store_begin(): the state as others left it. After store_rollback(): forgets what was not committed. */
MUST_USE bool contents_begin(struct contents *c, struct err *e);
void contents_undo(struct contents *c);

/* ── names ── */
struct component_row {
    component_id id;
    str purl;    /* canonical, or "name:NAME@VERSION" */
    str version; /* absent when none is stated */
    str licence; /* SPDX expression; absent when none is stated */
    bool unidentified;
};
/* By canonical purl; *found false when it is in no release. */
MUST_USE bool contents_component(struct contents *c, str purl, bool *found, component_id *out, struct err *e);
MUST_USE bool contents_component_row(struct contents *c, struct arena *a, component_id id, struct component_row *out,
                                     struct err *e);
/* The package of a purl (its version, qualifiers and subpath are ignored). */
MUST_USE bool contents_package(struct contents *c, str purl, bool *found, int64_t *package, struct err *e);
/* All its versions, by id. */
VEC_NAMED(component_rows, struct component_row);
MUST_USE bool contents_versions(struct contents *c, struct arena *a, int64_t package, struct component_rows *out,
                                struct err *e);
/* Those from that number on: they are numbered in the order they came. */
MUST_USE bool contents_versions_from(struct contents *c, struct arena *a, int64_t package, int64_t number,
                                     struct component_rows *out, struct err *e);
/* Components that came with the releases [from, to); false: these views did not make them, or not only them. */
bool contents_created(const struct contents *c, uint32_t from, uint32_t to, const component_id **ids, uint32_t *n);
void contents_created_seen(struct contents *c); /* those are not asked for any more */
/* Component ids from `first` on, at most n, by id: for walking through all of them. */
MUST_USE bool contents_walk(struct contents *c, struct arena *a, component_id first, uint32_t n,
                            struct component_rows *out, struct err *e);

/* ── answers ── */
/* Number of releases (ids below it exist) as of a moment. */
MUST_USE bool contents_releases_at(struct contents *c, const struct as_of *when, uint32_t *out, struct err *e);
/* OR of the bitmaps of these components, below `limit` release ids. The caller frees it. */
MUST_USE bool contents_with(struct contents *c, const component_id *ids, uint32_t n, uint32_t limit,
                            roaring_bitmap_t **out, struct err *e);
/* How many documents list a package, in whatever version, of all there are now: contents_with() of all its components
 * would have as many, but most of it is known without reading which. */
struct contents_count {
    uint32_t releases; /* there are */
    uint64_t documents;
    bool twins; /* some releases have two documents */
};
MUST_USE bool contents_count(struct contents *c, int64_t package, struct contents_count *out, struct err *e);
/* The packages that most documents list, the most first, at most a thousand: borrowed until the next question. The
 * order may lag behind by a sixty-fourth of the releases. */
struct package_listed {
    int64_t package;
    uint64_t documents; /* when the order was made */
};
int package_listed_cmp(const void *x, const void *y); /* for qsort(): the most documents first, then by package */
MUST_USE bool contents_top(struct contents *c, const struct package_listed **out, uint32_t *n, struct err *e);
/* As contents_with(), each component by itself, ids ascending, each once: out[i] releases below limit, `mask` (may be
 * NULL) holding. The caller frees them. */
MUST_USE bool contents_bitmaps(struct contents *c, const component_id *ids, uint32_t n, uint32_t limit,
                               const roaring_bitmap_t *mask, roaring_bitmap_t **out, struct err *e);
/* Each component by itself: counts[i] releases below limit, `mask` (may be NULL) holding. */
MUST_USE bool contents_counts(struct contents *c, const component_id *ids, uint32_t n, uint32_t limit,
                              const roaring_bitmap_t *mask, uint64_t *counts, struct err *e);
/* Of each of these components (ascending, each once), by its place: its releases, a part at a time, in no order. each()
 * asks nothing. */
MUST_USE bool contents_each(struct contents *c, const component_id *ids, uint32_t n,
                            void (*each)(void *arg, uint32_t at, const uint32_t *releases, uint32_t n), void *arg,
                            struct err *e);
/* The components of a release, ascending. */
VEC_NAMED(component_ids, component_id);
MUST_USE bool contents_of(struct contents *c, struct arena *a, uint32_t release_id, struct component_ids *out,
                          struct err *e);
/* The same of many (ascending, each once), by some questions for all of them; `ids` hold for the call, which asks
 * nothing. */
MUST_USE bool contents_of_each(struct contents *c, const uint32_t *releases, uint32_t n,
                               void (*each)(void *arg, uint32_t at, const struct component_ids *ids), void *arg,
                               struct err *e);
/* Releases whose twin is another release: to count releases, not documents, leave these out of a bitmap after their
 * twin was added. Borrowed until the next change. */
MUST_USE bool contents_twins(struct contents *c, const roaring_bitmap_t **out, struct err *e);
struct second_document { /* a further document of a release, whose first one is `first` */
    uint32_t first, second;
};
VEC_NAMED(second_documents, struct second_document);
/* Each release once, by its first document: further ones are replaced by it, and told in `seconds` (may be NULL), by
 * first. */
MUST_USE bool contents_by_first(struct contents *c, struct arena *a, roaring_bitmap_t *documents,
                                struct second_documents *seconds, struct err *e);
/* What any document of a release below limit lists, ascending, each once; *several (may be NULL): it has more than one.
 * Many are asked for in a row: which have more than one is what contents_twins() read before. */
MUST_USE bool contents_of_release(struct contents *c, struct arena *a, uint32_t first, uint32_t limit,
                                  struct component_ids *out, bool *several, struct err *e);
/* The same of many (ascending, each once), by some questions for all of them; `ids` hold for the call, which asks
 * nothing. */
MUST_USE bool contents_of_release_each(struct contents *c, const uint32_t *releases, uint32_t n, uint32_t limit,
                                       void (*each)(void *arg, uint32_t at, const struct component_ids *ids), void *arg,
                                       struct err *e);
/* The other way: of each release all its documents below limit. */
MUST_USE bool contents_all_documents(struct contents *c, roaring_bitmap_t *releases, uint32_t limit, struct err *e);

struct release_row {
    uint32_t id, twin; /* twin == id for the first document of a release */
    int64_t product;   /* number of the product (things.h) */
    int64_t party;     /* number of who ships it; -1 not stated */
    str version;
    unsigned char body[32];
    int64_t log_id, time;
    uint64_t entry;
    uint32_t components, unidentified;
    bool disagrees;   /* another document for the same release lists other components */
    str purl;         /* of the release itself; may be absent */
    int64_t released; /* as stated; 0 not stated */
    str supersedes;   /* as stated; may be absent */
};
MUST_USE bool contents_release(struct contents *c, struct arena *a, uint32_t id, struct release_row *out,
                               struct err *e);
/* Rows of many, ids descending; strings hold for the call. */
MUST_USE bool contents_releases_each(struct contents *c, const uint32_t *ids, uint32_t n,
                                     bool (*each)(void *arg, const struct release_row *row, struct err *e), void *arg,
                                     struct err *e);
/* All documents of a product, by id; version absent: of all its versions. */
VEC_NAMED(release_rows, struct release_row);
MUST_USE bool contents_releases(struct contents *c, struct arena *a, int64_t product, str version,
                                struct release_rows *out, struct err *e);
/* Documents with this SHA-256, at most n: what is in needs no reading again. */
MUST_USE bool contents_of_body(struct contents *c, struct arena *a, const unsigned char body[32], uint32_t n,
                               struct release_rows *out, struct err *e);
/* Of many documents at once: maybe[i] is false where contents_of_body() would find none. */
MUST_USE bool contents_of_bodies(struct contents *c, const unsigned char (*bodies)[32], uint32_t n, bool *maybe,
                                 struct err *e);
/* The product number of many releases at once: ids ascending. Fast: from dense columns, not row by row. */
MUST_USE bool contents_products(struct contents *c, const uint32_t *ids, uint32_t n, int64_t *products, struct err *e);
/* Adds the releases below limit of these products: one walk over the same columns, or of few products each asked. */
MUST_USE bool contents_releases_of(struct contents *c, const roaring_bitmap_t *products, uint32_t limit,
                                   roaring_bitmap_t *out, struct err *e);

#endif
