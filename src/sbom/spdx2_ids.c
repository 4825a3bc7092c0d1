/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDXIDs for refs of any format, and licences that are known by name only.
 */
#include "sbom/spdx2_write.h"
#include "sbom/spdx_members.h"

/* Letters, digits, '.' and '-'; every other run becomes one '-'. */
static str squeezed(struct arena *a, const char *prefix, str text) {
    struct buf b = {0};
    buf_addz(&b, prefix);
    size_t start = b.n;
    for (size_t i = 0; i < text.n && b.n < start + 120; i++) {
        bool plain = ch_alnum(text.p[i]) || text.p[i] == '.';
        if (plain || (b.n > start && b.p[b.n - 1] != '-'))
            buf_addc(&b, plain ? text.p[i] : '-');
    }
    while (b.n > start && b.p[b.n - 1] == '-')
        b.n--;
    if (b.n == start)
        buf_addz(&b, "unnamed");
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

/* The id itself, or with a number behind when it is taken. */
static str fresh_id(struct spdx2_out *o, str id) {
    bool fresh = false;
    struct map_entry *entry = map_put(&o->used, id, &fresh);
    if (fresh)
        return id;
    for (;;) {
        uintptr_t n = (uintptr_t)entry->value + 2;
        entry->value = (void *)(n - 1);
        str numbered = arena_printf(o->a, "%.*s-%llu", STR_ARG(id), (unsigned long long)n);
        str key = id;
        map_put(&o->used, numbered, &fresh);
        if (fresh)
            return numbered;
        entry = map_find(&o->used, key);
    }
}

static void remember(struct spdx2_out *o, str ref, str id) {
    bool fresh = false;
    struct map_entry *entry = map_put(&o->ids, ref, &fresh);
    if (!fresh)
        return;
    str *value = arena_new_of(o->a, str);
    *value = id;
    entry->value = value;
}

/* Components without a ref are known by their place. */
static str ref_of(const struct spdx2_out *o, const struct sbom_component *c) {
    return c->ref.n ? c->ref : arena_printf(o->a, "\x01%zu", (size_t)(c - o->s->components.v));
}

static bool keeps(const struct spdx2_out *o, str ref, struct jv origin) {
    return spdx2_id_ok(ref) || (o->native && origin.v && ref.n);
}

/* Refs that are SPDXIDs already go first, so that none that is made takes their place. */
void spdx2_ids_make(struct spdx2_out *o) {
    map_init(&o->ids, o->a);
    map_init(&o->used, o->a);
    map_put(&o->used, S("SPDXRef-DOCUMENT"), NULL);
    for (uint32_t i = 0; i < o->s->components.n; i++) {
        const struct sbom_component *c = &o->s->components.v[i];
        if (keeps(o, c->ref, c->origin)) {
            map_put(&o->used, c->ref, NULL);
            remember(o, c->ref, c->ref);
        }
    }
    for (uint32_t i = 0; i < o->s->files.n; i++) {
        const struct sbom_file *f = &o->s->files.v[i];
        if (f->ref.n)
            remember(o, f->ref,
                     keeps(o, f->ref, f->origin) ? f->ref : fresh_id(o, squeezed(o->a, "SPDXRef-File-", f->ref)));
    }
    for (uint32_t i = 0; i < o->s->components.n; i++) {
        const struct sbom_component *c = &o->s->components.v[i];
        str label = sbom_identity(o->a, c);
        if (str_starts(label, S("pkg:")))
            label = str_from(label, 4);
        if (!keeps(o, c->ref, c->origin) && !map_find(&o->ids, ref_of(o, c)))
            remember(o, ref_of(o, c), fresh_id(o, squeezed(o->a, "SPDXRef-Package-", label)));
    }
}

str spdx2_id_of(const struct spdx2_out *o, str ref) {
    const str *id = ref.n ? map_get(&o->ids, ref) : NULL;
    if (id)
        return *id;
    if (o->native || spdx_unstated(ref) || str_is(ref, "SPDXRef-DOCUMENT") || str_starts(ref, S("DocumentRef-")))
        return ref;
    return (str){NULL, 0};
}

str spdx2_id_of_component(const struct spdx2_out *o, const struct sbom_component *c) {
    const str *id = map_get(&o->ids, ref_of(o, c));
    return id ? *id : S("SPDXRef-unnamed");
}

/* ── licences ── */

/* A licence the SPDX list does not know is told as a text of the document. */
static str named_licence(struct spdx2_out *o, const struct sbom_licence *l) {
    struct map_entry *entry = map_put(&o->text_ids, l->name.n ? l->name : l->url, NULL);
    if (!entry->value) {
        str *id = arena_new_of(o->a, str);
        *id = fresh_id(o, squeezed(o->a, "LicenseRef-", entry->key));
        entry->value = id;
        struct sbom_licence_text *text = vec_push(o->a, &o->texts);
        *text = (struct sbom_licence_text){.id = *id, .name = l->name, .text = l->text.n ? l->text : entry->key};
        if (l->url.n)
            *vec_push(o->a, &text->urls) = l->url;
    }
    return *(str *)entry->value;
}

static bool compound(str expression) {
    return str_find(expression, S(" OR ")) != STR_NONE &&
           !(str_starts(expression, S("(")) && str_ends(expression, S(")")));
}

str spdx2_expression(struct spdx2_out *o, const struct sbom_licences *licences, enum sbom_licence_kind kind) {
    struct buf b = {0};
    unsigned n = 0, all = 0;
    for (uint32_t i = 0; i < licences->n; i++)
        all += licences->v[i].kind == kind;
    for (uint32_t i = 0; i < licences->n; i++) {
        const struct sbom_licence *l = &licences->v[i];
        str one = l->expression.n ? l->expression : l->name.n || l->url.n ? named_licence(o, l) : S("");
        if (l->kind != kind || !one.n)
            continue;
        buf_addz(&b, n++ ? " AND " : "");
        buf_addf(&b, all > 1 && compound(one) ? "(%.*s)" : "%.*s", STR_ARG(one));
    }
    str s = n ? arena_str(o->a, buf_str(&b)) : (str){NULL, 0};
    buf_free(&b);
    return s;
}
