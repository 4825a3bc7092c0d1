/* SPDX-License-Identifier: Apache-2.0
 *
 * Memory by job: everything a command, request or document allocates dies with its arena.
 *
 * Running out of memory aborts; input sizes are therefore bounded where input enters (struct limits), never here.
 * An arena belongs to one thread at a time.
 */
#ifndef AKASHI_BASE_ARENA_H
#define AKASHI_BASE_ARENA_H

#include "base/str.h"

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a); /* accepts NULL */

/* Zeroed, aligned for any type. */
void *arena_alloc(struct arena *a, size_t n) __attribute__((malloc, alloc_size(2), returns_nonnull));
/* The same without the zeros, for what is filled at once. */
void *arena_room(struct arena *a, size_t n) __attribute__((malloc, alloc_size(2), returns_nonnull));
#define arena_new_of(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, count) ((type *)arena_alloc_n((a), (count), sizeof(type)))
void *arena_alloc_n(struct arena *a, size_t count, size_t size);

/* Copies, with a NUL behind. An absent str stays absent. */
str arena_str(struct arena *a, str s);
str arena_printf(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
str arena_cat(struct arena *a, str x, str y);
str arena_lower(struct arena *a, str s);
/* NUL-terminated copy for C interfaces. */
char *arena_cstr(struct arena *a, str s);

/* Runs fn(ptr) when the arena is freed or reset to before this call. */
void arena_defer(struct arena *a, void (*fn)(void *), void *ptr);

/* A temporary stretch: everything allocated since the mark goes at arena_reset(). */
struct arena_mark {
    void *block, *deferred;
    size_t used;
};
struct arena_mark arena_mark(struct arena *a);
void arena_reset(struct arena *a, struct arena_mark m);

/* Bytes held, for tests and progress. */
size_t arena_bytes(const struct arena *a);

/* A growing array in an arena:  VEC(struct thing) things = {0};  *vec_push(a, &things) = (struct thing){…};
 * Old blocks stay behind until the arena goes (at most the size of the final one in all). */
#define VEC(type)                                                                                                      \
    struct {                                                                                                           \
        type *v;                                                                                                       \
        uint32_t n, cap;                                                                                               \
    }
/* The same with a tag, where it is passed around:  VEC_NAMED(things, struct thing);  struct things *t. */
#define VEC_NAMED(tag, type)                                                                                           \
    struct tag {                                                                                                       \
        type *v;                                                                                                       \
        uint32_t n, cap;                                                                                               \
    }
#define vec_push(a, vec)                                                                                               \
    ((vec)->n == (vec)->cap                                                                                            \
         ? (void)((vec)->v = arena_vec_grow((a), (vec)->v, (vec)->n, &(vec)->cap, sizeof *(vec)->v))                   \
         : (void)0,                                                                                                    \
     &(vec)->v[(vec)->n++])
void *arena_vec_grow(struct arena *a, void *old, uint32_t n, uint32_t *cap, size_t size);

/* String-keyed hash table in an arena. Keys are borrowed; entries keep the order of insertion. */
struct map_entry {
    str key;
    void *value;
    uint64_t hash;
};
struct map {
    struct arena *a;
    VEC(struct map_entry) entries;
    uint32_t *slots; /* index + 1 into entries, 0 = empty */
    uint32_t mask;
};
void map_init(struct map *m, struct arena *a);
/* The entry of key, or NULL. */
struct map_entry *map_find(const struct map *m, str key);
/* The value of key, or NULL. */
void *map_get(const struct map *m, str key);
/* The entry of key, made with value NULL when it is new (then *fresh = true; fresh may be NULL).
 * The pointer holds until the next map_put. */
struct map_entry *map_put(struct map *m, str key, bool *fresh);

/* Not for secrets; keyed by a per-process random number so that input cannot choose collisions. */
uint64_t hash_bytes(str s);

#endif
