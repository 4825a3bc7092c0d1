/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON: what is accepted, written and read again is the same; every value's pointer leads back to it.
 */
#include <stdlib.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Follows an RFC 6901 pointer; keys are compared after undoing ~0 and ~1. */
static struct jv follow(struct jv v, str pointer, struct arena *a) {
    str rest = pointer, step;
    if (!str_next(&rest, '/', &step) || !rest.p)
        return v;
    while (str_next(&rest, '/', &step)) {
        if (j_is_arr(v)) {
            uint64_t i;
            v = str_u64(step, &i) ? j_at(v, i) : (struct jv){NULL};
            continue;
        }
        char *key = arena_alloc(a, step.n + 1);
        size_t n = 0;
        for (size_t i = 0; i < step.n; i++)
            key[n++] = step.p[i] != '~' ? step.p[i] : step.p[++i] == '0' ? '~' : '/';
        v = j_getn(v, str_n(key, n));
    }
    return v;
}

/* The first `left` values; NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static void check_pointers(const struct json *doc, struct jv v, struct arena *a, unsigned *left) {
    if (*left == 0)
        return;
    --*left;
    if (!j_same(follow(doc->root, json_pointer(doc, v, a), a), v))
        abort();
    for (struct jiter it = j_iter(v); j_next(&it);)
        check_pointers(doc, it.val, a, left);
}

static void check_round(struct ctx *c, struct arena *a, const struct json *doc, bool pretty) {
    struct buf b = {0};
    struct jw w = jw_to(&b, pretty);
    struct json again;
    struct err e;
    jw_val(&w, doc->root);
    if (!json_parse(c, a, buf_str(&b), JSON_STRICT, S("again"), &again, &e) || !json_equal(doc->root, again.root))
        abort();
    buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct json doc;
    struct err e;
    ctx_init(&c);
    struct arena *a = arena_new();
    str text = str_n((const char *)data, size), rest = text;
    if (json_parse(&c, a, text, JSON_STRICT, S("f"), &doc, &e)) {
        check_round(&c, a, &doc, false);
        check_round(&c, a, &doc, true);
        check_pointers(&doc, doc.root, a, &(unsigned){200});
    } else if (e.kind != ERR_INPUT && e.kind != ERR_LIMIT) {
        abort();
    }
    (void)json_parse(&c, a, text, JSON_RELAXED | JSON_DUPLICATES_OK, S("f"), &doc, &e);
    while (json_parse_next(&c, a, &rest, S("f"), &doc, &e)) {
    }
    arena_free(a);
    ctx_free(&c);
    return 0;
}
