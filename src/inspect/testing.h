/* SPDX-License-Identifier: Apache-2.0
 *
 * For this room's tests of programs: one file in memory inspected, its answers compared with a line of text.
 */
#ifndef AKASHI_INSPECT_TESTING_H
#define AKASHI_INSPECT_TESTING_H

#include "base/testing.h"
#include "inspect/inspect.h"

/* NULL when no inspector of this kind knew it. */
static inline const struct inspection *inspect_one(struct testing *t, const char *kind, str bytes,
                                                   struct inspect_report *r) {
    struct inspect_options o = {.only = str_of(kind)};
    *r = (struct inspect_report){0};
    if (!inspect_text(&t->ctx, t->a, S("bin/x"), bytes, &o, r, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    return r->files.n ? &r->files.v[0] : NULL;
}

/* want: "type language check=state …" with "-" for no language */
static inline void check_answers(struct testing *t, const char *row, const struct inspection *i, const char *want) {
    str rest = str_of(want), word, id, state;
    if (!i)
        fail_msg("%s: not inspected", row);
    for (int n = 0; str_next(&rest, ' ', &word); n++) {
        if (n == 0 && !str_is(word, i->type))
            fail_msg("%s: type %s, want %.*s", row, i->type, STR_ARG(word));
        if (n == 1 && !str_eq(word, i->language.n ? i->language : S("-")))
            fail_msg("%s: language %.*s, want %.*s", row, STR_ARG(i->language), STR_ARG(word));
        if (n < 2 || !str_cut(word, '=', &id, &state))
            continue;
        const struct check *c = check_find(i, arena_cstr(t->a, id));
        if (!c || !str_is(state, check_state_name(c->state)))
            fail_msg("%s: %.*s is %s (%.*s), want %.*s", row, STR_ARG(id), c ? check_state_name(c->state) : "absent",
                     STR_ARG(c ? c->detail : S("")), STR_ARG(state));
    }
}

/* Every beginning of a file, and every file with one byte changed, is judged or refused, and nothing is read beyond its
 * end (the address sanitizer watches: each is a block of its own). */
static inline void check_hostile(struct testing *t, const char *kind, str file) {
    struct inspect_report r;
    for (size_t n = 0; n < 2 * file.n; n++) {
        size_t size = n < file.n ? n : file.n;
        struct arena_mark mark = arena_mark(t->a);
        char *copy = malloc(size ? size : 1);
        memcpy(copy, file.p, size);
        if (n >= file.n)
            copy[n - file.n] = (char)(n & 1 ? 0xFF : 0x7F);
        (void)inspect_one(t, kind, str_n(copy, size), &r);
        free(copy);
        arena_reset(t->a, mark);
    }
}

#endif
