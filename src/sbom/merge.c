/* SPDX-License-Identifier: Apache-2.0 */
#include "sbom/merge.h"

#include "ident/purl.h"

struct merge {
    struct arena *a;
    struct sbom *out;
    struct map identities; /* identity → index + 1 */
    struct map refs;       /* refs of the merged document, to keep them unique */
    struct map relations;  /* said already */
    struct map texts;      /* LicenseRef → struct sbom_licence_text */
    const struct merge_part *part;
    struct map places;  /* of the part: its ref → the merged ref (str) */
    uint32_t *moved;    /* of the part: its component → index in the merged document */
    uint32_t first;     /* of the part: merged components before it */
    struct map renamed; /* of the part: LicenseRef → str, where another part means something else by it */
};

/* ── identity ── */

/* A purl with its qualifiers, else the name, version and kind; nothing for a component without a name. */
static str identity_of(struct merge *m, const struct sbom_component *c) {
    struct purl p;
    struct err e;
    if (c->purl.n && purl_parse(m->a, c->purl, &p, &e))
        return purl_text(m->a, &p);
    if (!c->name.n)
        return (str){NULL, 0};
    return arena_printf(m->a, "%d %.*s/%.*s@%.*s", (int)c->type, STR_ARG(c->group), STR_ARG(c->name),
                        STR_ARG(c->version));
}

static str unique_ref(struct merge *m, str wanted) {
    bool fresh;
    for (uint32_t n = 1;; n++) {
        str ref = n == 1 ? wanted : arena_printf(m->a, "%.*s-%u", STR_ARG(wanted), m->refs.entries.n + n);
        map_put(&m->refs, ref, &fresh);
        if (fresh)
            return ref;
    }
}

static void place(struct merge *m, str old, str now) {
    if (!old.n)
        return;
    str *value = arena_new_of(m->a, str);
    *value = now;
    struct map_entry *entry = map_put(&m->places, old, NULL);
    if (!entry->value)
        entry->value = value;
}

static str placed(const struct merge *m, str old) {
    const str *now = old.n ? map_get(&m->places, old) : NULL;
    return now ? *now : (str){NULL, 0};
}

/* ── licences ── */

/* Where two parts mean different texts by one LicenseRef, the later one gets another name. */
static void merge_texts(struct merge *m) {
    const struct sbom *s = m->part->sbom;
    for (uint32_t i = 0; i < s->licence_texts.n; i++) {
        const struct sbom_licence_text *t = &s->licence_texts.v[i];
        struct map_entry *known = map_put(&m->texts, t->id, NULL);
        const struct sbom_licence_text *other = known->value;
        if (other && str_eq(other->text, t->text))
            continue;
        struct sbom_licence_text *copy = vec_push(m->a, &m->out->licence_texts);
        *copy = *t;
        copy->extras = (struct sbom_extras){0};
        if (other) {
            str *name = arena_new_of(m->a, str);
            *name = copy->id = arena_printf(m->a, "%.*s-%u", STR_ARG(t->id), m->out->licence_texts.n);
            map_put(&m->renamed, t->id, NULL)->value = name;
        } else {
            struct sbom_licence_text *keep = arena_new_of(m->a, struct sbom_licence_text);
            *keep = *copy;
            known->value = keep;
        }
    }
}

/* The expression with renamed LicenseRefs. */
static str renamed(struct merge *m, str expression) {
    if (!m->renamed.entries.n || str_find(expression, S("LicenseRef-")) == STR_NONE)
        return expression;
    struct buf b = {0};
    for (size_t i = 0; i < expression.n;) {
        size_t n = 0;
        while (i + n < expression.n && expression.p[i + n] != ' ' && expression.p[i + n] != '(' &&
               expression.p[i + n] != ')')
            n++;
        const str *now = n ? map_get(&m->renamed, str_n(expression.p + i, n)) : NULL;
        buf_add(&b, now ? *now : str_n(expression.p + i, n ? n : 1));
        i += n ? n : 1;
    }
    str s = arena_str(m->a, buf_str(&b));
    buf_free(&b);
    return s;
}

/* ── components ── */

/* A list of the copy must not be the list of the part: both could grow. */
#define OWN(list) ((list).cap = (list).n)

static void fill_text(str *into, str from) {
    if (!into->n && from.n)
        *into = from;
}

static bool has_text(const str *list, uint32_t n, str text) {
    for (uint32_t i = 0; i < n; i++)
        if (str_eq(list[i], text))
            return true;
    return false;
}

static bool has_hash(const struct sbom_hashes *hashes, str alg) {
    for (uint32_t i = 0; i < hashes->n; i++)
        if (str_eq(hashes->v[i].alg, alg))
            return true;
    return false;
}

/* What a later part adds to a component that is known. */
static void fill(struct merge *m, struct sbom_component *into, const struct sbom_component *from) {
    fill_text(&into->version, from->version);
    fill_text(&into->purl, from->purl);
    fill_text(&into->description, from->description);
    fill_text(&into->copyright, from->copyright);
    fill_text(&into->homepage, from->homepage);
    fill_text(&into->download, from->download);
    fill_text(&into->publisher, from->publisher);
    fill_text(&into->swid, from->swid);
    if (!into->supplier)
        into->supplier = from->supplier;
    if (!into->producer)
        into->producer = from->producer;
    for (uint32_t i = 0; i < from->cpes.n; i++)
        if (!has_text(into->cpes.v, into->cpes.n, from->cpes.v[i]))
            *vec_push(m->a, &into->cpes) = from->cpes.v[i];
    for (uint32_t i = 0; i < from->hashes.n; i++)
        if (!has_hash(&into->hashes, from->hashes.v[i].alg))
            *vec_push(m->a, &into->hashes) = from->hashes.v[i];
    for (uint32_t i = 0; i < from->places.n; i++)
        *vec_push(m->a, &into->places) = from->places.v[i];
    if (!into->licences.n)
        for (uint32_t i = 0; i < from->licences.n; i++) {
            struct sbom_licence *l = vec_push(m->a, &into->licences);
            *l = from->licences.v[i];
            l->expression = renamed(m, l->expression);
        }
}

static void note_origin(struct merge *m, struct sbom_component *c) {
    for (uint32_t i = 0; i < c->properties.n; i++)
        if (str_is(c->properties.v[i].name, MERGE_ORIGIN) && str_eq(c->properties.v[i].value, m->part->name))
            return;
    *vec_push(m->a, &c->properties) = (struct sbom_property){.name = S(MERGE_ORIGIN), .value = m->part->name};
}

static struct sbom_component *copy(struct merge *m, const struct sbom_component *c) {
    struct sbom_component *out = sbom_add(m->out);
    *out = *c;
    out->ref = unique_ref(m, c->purl.n ? c->purl : c->ref.n ? c->ref : c->name.n ? c->name : S("component"));
    out->parent = SBOM_NO;
    out->is_root = out->in_metadata = false;
    out->extras = (struct sbom_extras){0};
    out->origin = (struct jv){NULL};
    OWN(out->cpes), OWN(out->hashes), OWN(out->properties), OWN(out->places);
    out->licences = (struct sbom_licences){0};
    for (uint32_t i = 0; i < c->licences.n; i++) {
        struct sbom_licence *l = vec_push(m->a, &out->licences);
        *l = c->licences.v[i];
        l->expression = renamed(m, l->expression);
    }
    return out;
}

static void merge_component(struct merge *m, uint32_t i) {
    const struct sbom_component *c = &m->part->sbom->components.v[i];
    str identity = identity_of(m, c);
    struct map_entry *entry = identity.p ? map_put(&m->identities, identity, NULL) : NULL;
    struct sbom_component *now;
    if (entry && entry->value) {
        now = &m->out->components.v[(uintptr_t)entry->value - 1];
        fill(m, now, c);
    } else {
        now = copy(m, c);
        if (entry)
            entry->value = (void *)(uintptr_t)m->out->components.n;
    }
    note_origin(m, now);
    m->moved[i] = (uint32_t)(now - m->out->components.v);
    place(m, c->ref, now->ref);
}

/* Nesting of the components this part brought; one that would stand inside itself stands outside. */
static void merge_parents(struct merge *m) {
    const struct sbom *s = m->part->sbom;
    for (uint32_t i = 0; i < s->components.n; i++) {
        uint32_t self = m->moved[i], parent = s->components.v[i].parent;
        if (self < m->first || parent >= s->components.n || m->out->components.v[self].parent != SBOM_NO)
            continue;
        uint32_t up = parent = m->moved[parent];
        for (uint32_t steps = 0; up != SBOM_NO && up != self && steps < 1000; steps++)
            up = m->out->components.v[up].parent;
        if (up == SBOM_NO)
            m->out->components.v[self].parent = parent;
    }
}

/* ── files, relations, vulnerabilities ── */

static void merge_files(struct merge *m) {
    const struct sbom *s = m->part->sbom;
    for (uint32_t i = 0; i < s->files.n; i++) {
        struct sbom_file *f = vec_push(m->a, &m->out->files);
        *f = s->files.v[i];
        f->ref = unique_ref(m, f->ref.n ? f->ref : S("file"));
        f->extras = (struct sbom_extras){0};
        f->origin = (struct jv){NULL};
        place(m, s->files.v[i].ref, f->ref);
    }
}

static void relate(struct merge *m, str from, str to, str type, str comment) {
    bool fresh;
    if (!from.n || !to.n || str_eq(from, to))
        return;
    map_put(&m->relations, arena_printf(m->a, "%.*s\x01%.*s\x01%.*s", STR_ARG(from), STR_ARG(type), STR_ARG(to)),
            &fresh);
    if (!fresh)
        return;
    struct sbom_relation *r = sbom_relate(m->out, from, to, "");
    r->type = type;
    r->comment = comment;
}

static void merge_relations(struct merge *m) {
    const struct sbom *s = m->part->sbom;
    for (uint32_t i = 0; i < s->relations.n; i++) {
        const struct sbom_relation *r = &s->relations.v[i];
        bool to_nothing = str_is(r->to, "NONE") || str_is(r->to, "NOASSERTION");
        relate(m, placed(m, r->from), to_nothing ? r->to : placed(m, r->to), r->type, r->comment);
    }
}

/* The product depends on what each part is about: its root, what it describes, else what nothing points at. */
static void attach(struct merge *m, str root) {
    const struct sbom *s = m->part->sbom;
    bool *pointed = arena_array(m->a, bool, s->components.n + 1), any = false;
    for (uint32_t i = 0; i < s->relations.n; i++)
        if (s->relations.v[i].to_at < s->components.n && s->relations.v[i].from_at < s->components.n)
            pointed[s->relations.v[i].to_at] = true;
    for (int pass = 0; pass < 3 && !any; pass++)
        for (uint32_t i = 0; i < s->components.n; i++) {
            const struct sbom_component *c = &s->components.v[i];
            bool root_of_part = pass == 0   ? c->is_root || i == s->root
                                : pass == 1 ? !pointed[i] && c->parent == SBOM_NO
                                            : true;
            if (!root_of_part)
                continue;
            any = true;
            relate(m, root, m->out->components.v[m->moved[i]].ref, S("DEPENDS_ON"), (str){NULL, 0});
        }
}

static void merge_vulns(struct merge *m) {
    const struct sbom *s = m->part->sbom;
    for (uint32_t i = 0; i < s->vulns.n; i++) {
        struct sbom_vuln *v = vec_push(m->a, &m->out->vulns);
        *v = s->vulns.v[i];
        v->ref = v->ref.n ? unique_ref(m, v->ref) : v->ref;
        v->origin = (struct jv){NULL};
        struct sbom_affect *affects = arena_array(m->a, struct sbom_affect, v->affects.n + 1);
        for (uint32_t k = 0; k < v->affects.n; k++) {
            affects[k] = v->affects.v[k];
            str now = placed(m, affects[k].ref);
            affects[k].ref = now.p ? now : affects[k].ref;
        }
        v->affects.v = affects;
        OWN(v->affects);
    }
}

/* ── parts and the root ── */

static void merge_people(struct merge *m) {
    const struct sbom *s = m->part->sbom;
    for (uint32_t i = 0; i < s->tools.n; i++) {
        bool known = false;
        for (uint32_t k = 0; k < m->out->tools.n; k++)
            known |= str_eq(m->out->tools.v[k].name, s->tools.v[i].name) &&
                     str_eq(m->out->tools.v[k].version, s->tools.v[i].version);
        if (known)
            continue;
        struct sbom_tool *tool = vec_push(m->a, &m->out->tools);
        *tool = s->tools.v[i];
        tool->extras = (struct sbom_extras){0};
    }
}

static void merge_part(struct merge *m, str root, struct sbom_problems *notes) {
    const struct sbom *s = m->part->sbom;
    uint32_t left = s->extras.n + s->metadata_extras.n;
    map_init(&m->places, m->a);
    map_init(&m->renamed, m->a);
    m->moved = arena_array(m->a, uint32_t, s->components.n + 1);
    m->first = m->out->components.n;
    merge_texts(m);
    for (uint32_t i = 0; i < s->components.n; i++) {
        merge_component(m, i);
        left += s->components.v[i].extras.n;
    }
    merge_parents(m);
    merge_files(m);
    merge_relations(m);
    attach(m, root);
    merge_vulns(m);
    merge_people(m);
    if (left && notes)
        *vec_push(m->a, notes) = (struct sbom_problem){
            .where = m->part->name,
            .what = arena_printf(m->a,
                                 msg_n("%u member the common model does not name is left behind",
                                       "%u members the common model does not name are left behind", left),
                                 left)};
}

static str make_root(struct merge *m, const struct merge_options *options) {
    struct sbom_component *root = sbom_add(m->out);
    root->type = TYPE_APPLICATION;
    root->name = options->product;
    root->version = options->version;
    root->is_root = root->in_metadata = true;
    str wanted = options->version.n
                     ? arena_printf(m->a, "%.*s@%.*s", STR_ARG(options->product), STR_ARG(options->version))
                     : options->product;
    root->ref = unique_ref(m, wanted);
    if (options->supplier.n) {
        root->supplier = arena_new_of(m->a, struct sbom_org);
        root->supplier->name = options->supplier;
        *vec_push(m->a, &m->out->authors) = *root->supplier;
    }
    return root->ref;
}

struct sbom *sbom_merge(struct ctx *c, struct arena *a, const struct merge_part *parts, uint32_t n,
                        const struct merge_options *options, struct sbom_problems *notes) {
    struct merge m = {.a = a, .out = sbom_new(a)};
    map_init(&m.identities, a);
    map_init(&m.refs, a);
    map_init(&m.relations, a);
    map_init(&m.texts, a);
    m.out->name = options->product;
    m.out->created = time_rfc3339(a, c->now);
    *vec_push(a, &m.out->tools) = (struct sbom_tool){.name = S("akashi"), .version = S(AKASHI_VERSION)};
    str root = make_root(&m, options);
    for (uint32_t i = 0; i < n; i++) {
        m.part = &parts[i];
        merge_part(&m, root, notes);
    }
    sbom_link(m.out);
    return m.out;
}
