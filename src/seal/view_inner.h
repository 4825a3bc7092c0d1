/* SPDX-License-Identifier: Apache-2.0
 *
 * Within the view: its segments, their list, making and merging them.
 *
 * HOME/view/list names the segments; HOME/view/ID.db is one of them, ID.new one that is being made. Whoever changes the
 * list holds the lock. A segment that the list does not name is left over and removed by the next one who changes it.
 */
#ifndef AKASHI_SEAL_VIEW_INNER_H
#define AKASHI_SEAL_VIEW_INNER_H

#include "seal/view.h"
#include "store/db.h"

struct segment {
    uint64_t from, to; /* entries of the log */
    unsigned char id[DB_ID];
    struct db *db; /* open for reading */
};
VEC_NAMED(segments, struct segment);

struct view {
    struct ctx *ctx;
    struct arena *a;
    struct log *log;
    str folder, list_file, lock_file;
    struct segments segments; /* one behind the other from entry 0 to `size` */
    uint64_t size;
    int lock;
};

/* The text of a query (view/NAME.sql); the same pointer each time. The name must be there: it is ours. */
const char *view_sql(const char *name);

/* ── the list: view_list.c ── */
enum view_state { VIEW_GOOD, VIEW_NONE, VIEW_FOREIGN, VIEW_DAMAGED, VIEW_GONE /* it changed meanwhile: once more */ };
/* Reads it and opens its segments; *log_size is the log's size, not before the list was read. But for VIEW_GOOD the
 * view is empty afterwards. */
MUST_USE bool view_list_read(struct view *v, enum view_state *state, uint64_t *log_size, struct err *e);
/* With the lock. */
MUST_USE bool view_list_write(struct view *v, struct err *e);
/* Removes what the list does not name. With the lock. */
void view_sweep(struct view *v);
void segments_close(struct view *v);

/* ── making one: view_make.c ── */
struct making {
    struct view *v;
    struct segment segment;
    struct db *db;
    str path; /* ID.new */
};
MUST_USE bool making_begin(struct view *v, uint64_t from, uint64_t to, struct making *out, struct err *e);
/* Writes it out and opens it for reading; not yet under its name. When `ok` is false it is dropped. */
MUST_USE bool making_end(struct making *m, bool ok, struct err *e);
/* It gets its name. With the lock. */
MUST_USE bool making_take(struct making *m, struct err *e);
void making_drop(struct making *m);

/* ── what goes in ── */
struct word_row {
    unsigned char key[32];
    uint64_t index;
};
MUST_USE bool word_row_add(struct db *db, const struct word_row *row, struct err *e);
/* From the log: view_add.c. */
MUST_USE bool view_add(struct making *m, struct err *e);

/* An entry whose body the log has forgotten, though its segment still shows it. */
struct erasure {
    uint64_t target, by;
    unsigned char keep[2][32]; /* words that the leaf itself says */
};
VEC_NAMED(erasures, struct erasure);
/* Ascending by target. */
MUST_USE bool view_open_erasures(struct view *v, struct arena *a, struct erasures *out, struct err *e);
/* From segments [first, last): view_merge.c. Without what is erased. */
MUST_USE bool view_merge(struct making *m, uint32_t first, uint32_t last, const struct erasures *erased, struct err *e);

/* Words of several segments in the order (key, index), of entries below `size`. */
struct word_cursor {
    struct view *v;
    uint32_t first, last;
    struct {
        struct stmt *s;
        uint64_t front; /* of the key: most comparisons end there */
        struct word_row row;
        bool more;
    } * at;
};
MUST_USE bool word_cursor_begin(struct word_cursor *k, struct view *v, struct arena *a, uint32_t first, uint32_t last,
                                uint64_t size, struct err *e);
MUST_USE bool word_cursor_next(struct word_cursor *k, bool *there, struct word_row *out, struct err *e);

/* Which of the segments, `sizes` entries long, are to become one: `many` from the first; no more than one: none. At
 * the end as many small ones as the budget of entries allows; anywhere and at any cost when there are too many. */
void segments_to_merge(const uint64_t *sizes, uint32_t n, uint64_t budget, uint32_t *first, uint32_t *many);

/* ── damage: view.c ── */
/* After a question failed with `why`: if the view is damaged it is made anew and the question may be asked again; else
 * false, with e as why. */
MUST_USE bool view_mend(struct view *v, const struct err *why, struct err *e);
/* The segment of an entry; NULL when there is none. */
struct segment *view_segment(struct view *v, uint64_t index);

#endif
