/* SPDX-License-Identifier: Apache-2.0
 *
 * Archives: names that come out are clean, nothing passes the bounds, a peek is the beginning of what is read, and
 * archives within archives end.
 */
#include <stdlib.h>

#include "base/file.h"
#include "base/unpack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static void check_name(const struct entry *entry, struct arena *a) {
    check(entry->unsafe == !entry->path.p);
    if (entry->path.p)
        check(str_eq(path_clean(a, entry->path), entry->path));
}

static void walk(struct ctx *c, struct unpack *u, unsigned depth) { /* NOLINT(misc-no-recursion): limits.nested */
    struct entry entry;
    struct err e = {0};
    check(depth <= c->limits.nested + 1);
    while (unpack_next(u, &entry, &e)) {
        struct arena *a = arena_new();
        str head, whole;
        struct unpack *inner;
        check_name(&entry, a);
        if (entry.size % 3 && unpack_peek(u, 300, &head, &e)) {
            str kept = arena_str(a, head);
            check(head.n <= 300);
            if (unpack_read(u, a, &whole, &e)) {
                check(whole.n <= c->limits.member && str_starts(whole, kept));
                if (unpack_looks_like_archive(whole) && unpack_open_inner(u, whole, S("inner"), &inner, &e)) {
                    walk(c, inner, depth + 1);
                    unpack_close(inner);
                }
            } else {
                check(e.kind == ERR_INPUT || e.kind == ERR_LIMIT);
            }
        }
        arena_free(a);
    }
    check(e.kind == ERR_NONE || e.kind == ERR_INPUT || e.kind == ERR_LIMIT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct err e = {0};
    struct unpack *u;
    str text = str_n((const char *)data, size), plain;
    ctx_init(&c);
    c.limits.member = 1 << 18;
    c.limits.unpacked = 1 << 22;
    c.limits.file = 1 << 20;
    c.limits.entries = 1000;
    c.limits.nested = 3;
    struct arena *a = arena_new();
    if (unpack_open_text(&c, text, S("f"), &u, &e)) {
        walk(&c, u, 0);
        unpack_close(u);
    }
    if (text_unpack(&c, a, text, S("f"), &plain, &e))
        check(plain.n <= c.limits.file || plain.p == text.p);
    arena_free(a);
    ctx_free(&c);
    return 0;
}
