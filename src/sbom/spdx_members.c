/* SPDX-License-Identifier: Apache-2.0 */
#include "sbom/spdx_members.h"

/* Documents are written by programs: members come in the same order again and again, so the search begins behind the
 * last hit. */
static const struct member *member_find(const struct member *table, size_t n, size_t *next, str key) {
    for (size_t i = *next, left = n; left > 0; left--, i = i + 1 == n ? 0 : i + 1)
        if (table[i].key.n == key.n && memcmp(table[i].key.p, key.p, key.n) == 0) {
            *next = i + 1 == n ? 0 : i + 1;
            return &table[i];
        }
    return NULL;
}

void take_members(struct taker *t, const struct member *table, size_t n, struct jv object, void *out,
                  struct sbom_extras *extras) {
    size_t next = 0;
    for (struct jiter it = j_iter(object); j_next(&it);) {
        str key = t->prefix.n && str_starts(it.key, t->prefix) ? str_from(it.key, t->prefix.n) : it.key;
        const struct member *m = key.n ? member_find(table, n, &next, key) : NULL;
        if (!m || !m->take(t, (char *)out + m->at, m->arg, it.val))
            extras_add(t->a, extras, it.key, it.val);
    }
}

bool take_text(struct taker *t, void *field, int arg, struct jv v) {
    (void)t, (void)arg;
    *(str *)field = j_str(v);
    return j_is_str(v);
}

bool take_stated(struct taker *t, void *field, int arg, struct jv v) {
    return !spdx_unstated(j_str(v)) && take_text(t, field, arg, v);
}

bool take_texts(struct taker *t, void *field, int arg, struct jv v) {
    (void)arg;
    struct sbom_strs *list = field;
    for (struct jiter it = j_iter(v); j_next(&it);)
        if (!j_is_str(it.val))
            return false;
    for (struct jiter it = j_iter(v); j_next(&it);)
        *vec_push(t->a, list) = j_str(it.val);
    return j_is_arr(v);
}

bool take_nothing(struct taker *t, void *field, int arg, struct jv v) {
    (void)t, (void)field, (void)arg, (void)v;
    return true;
}

str spdx_lower(struct arena *a, str s) {
    for (size_t i = 0; i < s.n; i++)
        if (ch_upper(s.p[i]))
            return arena_lower(a, s);
    return s;
}
