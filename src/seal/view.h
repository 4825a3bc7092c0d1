/* SPDX-License-Identifier: Apache-2.0
 *
 * HOME/view/: what the log says, ready for questions. Made from log and archive alone; adding the same entry again
 * changes nothing, and a view that grew with its log is, row by row, the one that is made anew.
 *
 * It is made of segments, each about a stretch of the log, and a list of them. A segment is an SQLite file that is
 * written once and never changed; every page of it carries a check, so opening reads next to nothing and a page that
 * was damaged, cut off or exchanged is noticed when it is read. Then, and when the list does not fit the log, the view
 * is made anew with a warning. Catching up writes one small segment; small ones are put together now and then, so that
 * there are some dozen at most. Readers hold no lock and keep the segments they opened.
 */
#ifndef AKASHI_SEAL_VIEW_H
#define AKASHI_SEAL_VIEW_H

#include "seal/log.h"
#include "seal/words.h"

struct view;

/* Brings it up to date with the log first: that costs in proportion to what is new. home is the folder, the log is
 * borrowed. */
MUST_USE bool view_open(struct ctx *c, str home, struct log *log, struct view **out, struct err *e);
/* The same, after throwing away what is there. */
MUST_USE bool view_rebuild(struct ctx *c, str home, struct log *log, struct view **out, struct err *e);
/* Puts its segments together as far as it pays for whoever is about to read all of it. */
MUST_USE bool view_tidy(struct view *v, struct err *e);
void view_close(struct view *v);            /* accepts NULL */
uint64_t view_size(const struct view *v);   /* entries in it */
struct log *view_log(const struct view *v); /* what it was made from */

/* An entry as the view knows it. */
struct view_entry {
    uint64_t index;
    int64_t time;
    str kind, type; /* type: absent when the body cannot be read */
    unsigned char key[32], envelope[32];
    bool erased;
    VEC(struct subject) subjects;
};
MUST_USE bool view_entry(struct view *v, struct arena *a, uint64_t index, struct view_entry *out, struct err *e);

/* Entries below `size` that any of the words finds, ascending, each once. */
VEC_NAMED(view_found, uint64_t);
MUST_USE bool view_find(struct view *v, struct arena *a, const struct words *words, uint64_t size,
                        struct view_found *out, struct err *e);

/* The rows of the index at that size: each() gets every key with its entries, in the order of the keys. begin() is
 * called before the first row, and again if all has to begin once more because a damaged view was made anew. */
struct view_reader {
    void (*begin)(void *arg);
    void (*each)(void *arg, const unsigned char key[32], const uint64_t *entries, uint64_t n);
    void *arg;
};
MUST_USE bool view_rows(struct view *v, uint64_t size, const struct view_reader *reader, struct err *e);
/* The last entry of kind "index" below that size; false in *found when there is none. */
MUST_USE bool view_last_index(struct view *v, uint64_t size, bool *found, uint64_t *index, struct err *e);

/* All tables as text, ordered: equal for equal content. */
MUST_USE bool view_dump(struct view *v, struct buf *out, struct err *e);

#endif
