/* SPDX-License-Identifier: Apache-2.0
 *
 * The views keep, of each component, the licence that a document stated first. A reader who may not see everything is
 * told what the documents of his releases state, which are read again: the newest of them, as those of one product say
 * much the same.
 */
#include "impact/inventory.h"
#include "impact/licences_inner.h"

enum { READ_MOST = 2000 };

static void take(struct stated *s, struct arena *scratch, const struct parts *parts) {
    for (uint32_t i = 0; i < parts->n; i++) {
        struct identity x;
        bool fresh;
        if (!parts->v[i].licence.n)
            continue;
        identity_of(scratch, parts->v[i].key, &x);
        struct map_entry *at = map_put(&s->by_purl, arena_cat(scratch, x.package, x.rest), &fresh);
        if (!fresh)
            continue;
        at->key = arena_str(s->a, at->key);
        at->value = arena_new_of(s->a, str);
        *(str *)at->value = arena_str(s->a, parts->v[i].licence);
    }
}

static bool read_one(struct portfolio *p, struct stated *s, struct arena *scratch, uint32_t release, struct err *e) {
    struct release_row row;
    struct parts parts = {0};
    if (!contents_release(p->contents, scratch, release, &row, e))
        return false;
    if (!row.components) /* erased, or empty */
        return true;
    if (!inventory_parts(p, scratch, row.body, &parts, NULL, (str){NULL, 0}, e))
        return false;
    take(s, scratch, &parts);
    return true;
}

bool stated_read(struct portfolio *p, struct arena *a, const struct scope *scope, struct stated *out, struct err *e) {
    roaring_bitmap_t *all = roaring_bitmap_copy(scope->releases);
    bool ok = contents_all_documents(p->contents, all, scope->limit, e);
    uint64_t n = roaring_bitmap_get_cardinality(all), most = n < READ_MOST ? n : READ_MOST;
    struct arena *scratch = arena_new();
    uint32_t *ids = arena_array(scratch, uint32_t, n + 1);
    *out = (struct stated){.a = a};
    map_init(&out->by_purl, a);
    roaring_bitmap_to_uint32_array(all, ids);
    roaring_bitmap_free(all);
    struct arena_mark m = arena_mark(scratch);
    for (uint64_t i = 0; ok && i < most; i++, arena_reset(scratch, m))
        ok = read_one(p, out, scratch, ids[n - 1 - i], e);
    arena_free(scratch);
    if (ok && most < n)
        ctx_warn(
            p->ctx, S("licences"),
            _("only the newest %d of the %llu releases you may see were read: what only older ones state is missing"),
            READ_MOST, (unsigned long long)n);
    return ok;
}

str stated_licence(const struct stated *s, str purl) {
    const str *text = map_get(&s->by_purl, purl);
    return text ? *text : (str){NULL, 0};
}
