/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/canonical.h"

#include <math.h>
#include <stdlib.h>

struct member {
    str key;
    struct jv val;
};

static int by_key(const void *x, const void *y) {
    return str_cmp(((const struct member *)x)->key, ((const struct member *)y)->key);
}

static void write_value(struct jw *w, struct jv v);

static void write_object(struct jw *w, struct jv v) { // NOLINT(misc-no-recursion): as deep as the parser allows
    size_t n = j_len(v), i = 0;
    struct member *members = calloc(n + 1, sizeof *members);
    if (!members)
        abort();
    for (struct jiter it = j_iter(v); j_next(&it);)
        members[i++] = (struct member){it.key, it.val};
    qsort(members, n, sizeof *members, by_key);
    jw_obj(w);
    for (i = 0; i < n; i++) {
        jw_key(w, members[i].key);
        write_value(w, members[i].val);
    }
    jw_obj_end(w);
    free(members);
}

/* {"ja": "…", "en": "…"} with one text twice. */
static bool is_one_text(struct jv v) {
    str en = j_gets(v, "en");
    return j_len(v) == 2 && en.p && j_is_str(j_get(v, "ja")) && str_eq(en, j_gets(v, "ja"));
}

static void write_value(struct jw *w, struct jv v) { // NOLINT(misc-no-recursion): as deep as the parser allows
    if (j_is_obj(v) && is_one_text(v)) {
        jw_str(w, j_gets(v, "en"));
    } else if (j_is_obj(v)) {
        write_object(w, v);
    } else if (j_is_arr(v)) {
        jw_arr(w);
        for (struct jiter it = j_iter(v); j_next(&it);)
            write_value(w, it.val);
        jw_arr_end(w);
    } else if (j_is_num(v) && !j_is_int(v) && fabs(j_num(v, 0.5)) < 1e15 && trunc(j_num(v, 0.5)) == j_num(v, 0.5)) {
        jw_int(w, (int64_t)j_num(v, 0));
    } else {
        jw_val(w, v);
    }
}

str canonical_text(struct arena *a, struct jv v) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    write_value(&w, v);
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}
