/* SPDX-License-Identifier: Apache-2.0
 *
 * Reports of files become one SBOM: the same component found twice is one component with two places, edges between
 * keys of a file become relations, and everything hangs from one root.
 */
#include <stdlib.h>

#include "base/digest.h"
#include "base/file.h"
#include "collect/run.h"
#include "ident/licence.h"

struct join {
    struct run *run;
    struct arena *a, *tmp;
    struct sbom *s;
    struct map by_identity; /* → index + 1 */
    struct map keys;        /* that begin with '@' → index + 1 */
    struct map named;       /* path → index + 1 of the first component found there */
    struct map licences;    /* text as stated → struct sbom_licence * */
    struct map relations;   /* pair of indexes, seen */
    uint32_t root, os;
};

static void *index_value(uint32_t i) { return (void *)((uintptr_t)i + 1); }
static uint32_t value_index(const void *v) { return v ? (uint32_t)((uintptr_t)v - 1) : SBOM_NO; }

/* ── one component ── */

/* purl; else kind, name and version: such components are only the same when all three agree. */
static str identity(struct arena *a, const struct kept_find *k) {
    if (k->purl.n)
        return k->purl;
    return arena_printf(a, "%d:%.*s%s%.*s@%.*s", (int)k->f.kind, STR_ARG(k->f.ns), k->f.ns.n ? "/" : "",
                        STR_ARG(k->f.name), STR_ARG(k->f.version));
}

/* What is needed somewhere is needed; "unknown" is taken as needed rather than as left out. */
static enum sbom_scope stronger_scope(enum sbom_scope x, enum sbom_scope y) {
    static const int rank[] = {
        [SCOPE_EXCLUDED] = 1, [SCOPE_DEV] = 2, [SCOPE_OPTIONAL] = 3, [SCOPE_UNKNOWN] = 4, [SCOPE_REQUIRED] = 5};
    return rank[x] >= rank[y] ? x : y;
}

static enum sbom_direct stronger_direct(enum sbom_direct x, enum sbom_direct y) {
    static const int rank[] = {[DIRECT_UNKNOWN] = 1, [DIRECT_TRANSITIVE] = 2, [DIRECT_YES] = 3};
    return rank[x] >= rank[y] ? x : y;
}

static const struct sbom_licence *licence_of(struct join *j, str text) {
    struct map_entry *seen = map_put(&j->licences, text, NULL);
    if (seen->value)
        return seen->value;
    struct sbom_licence *l = arena_new_of(j->a, struct sbom_licence);
    struct licence *parsed;
    struct err e = {0};
    *l = (struct sbom_licence){.kind = LICENCE_DECLARED};
    str id = {NULL, 0};
    if (licence_parse(j->tmp, text, &parsed, &e)) {
        struct buf b = {0};
        licence_write(parsed, &b);
        l->expression = arena_str(j->a, buf_str(&b));
        buf_free(&b);
    } else if ((id = licence_from_text(j->tmp, text)).n) {
        l->expression = arena_str(j->a, id);
    } else {
        l->name = arena_str(j->a, text);
    }
    return seen->value = l;
}

static void add_licence(struct join *j, struct sbom_component *c, str text) {
    if (!text.n)
        return;
    const struct sbom_licence *l = licence_of(j, text);
    for (uint32_t i = 0; i < c->licences.n; i++)
        if (str_eq(c->licences.v[i].expression, l->expression) && str_eq(c->licences.v[i].name, l->name))
            return;
    *vec_push(j->a, &c->licences) = *l;
}

static void add_place(struct join *j, struct sbom_component *c, const struct report *r, uint32_t line) {
    str detector = str_of(r->detector->name);
    for (uint32_t i = 0; i < c->places.n; i++) {
        struct sbom_place *p = &c->places.v[i];
        if (str_eq(p->path, r->path) && str_eq(p->detector, detector) && str_eq(p->layer, r->layer))
            return; /* several times in one file: the first line will do */
    }
    *vec_push(j->a, &c->places) = (struct sbom_place){
        .path = arena_str(j->a, r->path), .line = line, .layer = arena_str(j->a, r->layer), .detector = detector};
}

static void add_property(struct join *j, struct sbom_component *c, str name, str value) {
    for (uint32_t i = 0; i < c->properties.n; i++)
        if (str_eq(c->properties.v[i].name, name) && str_eq(c->properties.v[i].value, value))
            return;
    *vec_push(j->a, &c->properties) = (struct sbom_property){arena_str(j->a, name), arena_str(j->a, value)};
}

static void add_hash(struct join *j, struct sbom_component *c, const struct sbom_hash *h) {
    for (uint32_t i = 0; i < c->hashes.n; i++)
        if (str_eq(c->hashes.v[i].alg, h->alg) && str_eq(c->hashes.v[i].hex, h->hex))
            return;
    *vec_push(j->a, &c->hashes) = (struct sbom_hash){arena_str(j->a, h->alg), arena_str(j->a, h->hex)};
}

static void fill(struct join *j, str *to, str from) {
    if (!to->n && from.n)
        *to = arena_str(j->a, from);
}

static void merge(struct join *j, struct sbom_component *c, const struct report *r, const struct kept_find *k) {
    const struct find *f = &k->f;
    add_place(j, c, r, f->line);
    add_licence(j, c, f->licence);
    fill(j, &c->homepage, f->homepage);
    fill(j, &c->download, f->download);
    fill(j, &c->description, f->description);
    fill(j, &c->copyright, f->copyright);
    if (f->supplier.n && !c->supplier) {
        c->supplier = arena_new_of(j->a, struct sbom_org);
        c->supplier->name = arena_str(j->a, f->supplier);
    }
    if (f->author.n && !c->authors.n)
        *vec_push(j->a, &c->authors) = (struct sbom_person){.name = arena_str(j->a, f->author)};
    if (f->cpe.n && !c->cpes.n)
        *vec_push(j->a, &c->cpes) = arena_str(j->a, f->cpe);
    for (uint32_t i = 0; i < f->n_hashes; i++)
        add_hash(j, c, &f->hashes[i]);
    for (uint32_t i = 0; i < f->n_properties; i++)
        add_property(j, c, f->properties[i].name, f->properties[i].value);
    if (f->is_project)
        add_property(j, c, S("akashi:project"), S("true"));
    str owner = {NULL, 0};
    struct map_entry *owned = map_find(&j->run->owners, r->path);
    if (owned)
        owner = *(str *)owned->value;
    if (owner.n && !str_eq(owner, identity(j->tmp, k)))
        add_property(j, c, S("akashi:owned-by"), owner);
}

/* Their namespace is the distribution, which is no part of the name. */
static bool is_os_package(str purl) {
    static const char *const types[] = {"pkg:deb/", "pkg:rpm/", "pkg:apk/", "pkg:alpm/", "pkg:opkg/", "pkg:ebuild/"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_starts(purl, str_of(types[i])))
            return true;
    return false;
}

static uint32_t add_component(struct join *j, const struct kept_find *k, str id) {
    struct sbom_component *c = sbom_add(j->s);
    const struct find *f = &k->f;
    c->type = f->kind != TYPE_UNKNOWN ? f->kind : f->is_project ? TYPE_APPLICATION : TYPE_LIBRARY;
    c->group = is_os_package(k->purl) ? (str){NULL, 0} : arena_str(j->a, f->ns);
    c->name = arena_str(j->a, f->name);
    c->version = arena_str(j->a, f->version);
    c->purl = arena_str(j->a, k->purl);
    c->ref = arena_str(j->a, id);
    c->scope = f->scope;
    c->direct = f->direct;
    return j->s->components.n - 1;
}

static void join_find(struct join *j, const struct report *r, struct kept_find *k) {
    k->at = SBOM_NO;
    if (k->f.unless_owned && map_find(&j->run->owners, r->path))
        return;
    str id = identity(j->tmp, k);
    bool fresh;
    struct map_entry *seen = map_put(&j->by_identity, id, &fresh);
    if (fresh || !seen->value) {
        k->at = add_component(j, k, id);
        seen->value = index_value(k->at);
        if (k->f.kind == TYPE_OS && !k->purl.n && j->os == SBOM_NO)
            j->os = k->at;
    }
    k->at = value_index(seen->value);
    struct sbom_component *c = &j->s->components.v[k->at];
    c->scope = stronger_scope(c->scope, k->f.scope);
    c->direct = stronger_direct(c->direct, k->f.direct);
    merge(j, c, r, k);
    struct map_entry *here = map_put(&j->named, r->path, NULL);
    if (!here->value)
        here->value = index_value(k->at);
    if (k->f.key.n && k->f.key.p[0] == '@')
        map_put(&j->keys, k->f.key, NULL)->value = index_value(k->at);
}

/* Something names the file itself, the package it belongs to, or the package file it was packed in. */
static bool is_named(const struct join *j, str path) {
    str outer = path, inner;
    if (map_find(&j->run->owners, path))
        return true;
    for (bool more = true; more; more = str_rcut(outer, '!', &outer, &inner))
        if (map_find(&j->named, outer))
            return true;
    return false;
}

static void join_unnamed(struct join *j, const struct report *r, const struct unnamed *u) {
    if (!u->what.n && is_named(j, r->path))
        return;
    struct sbom_component *c = sbom_add(j->s);
    c->type = TYPE_FILE;
    c->name = arena_str(j->a, u->what.n ? u->what : path_base(r->path));
    c->ref = arena_printf(j->a, "unidentified:%u:%.*s", j->s->components.n, STR_ARG(c->name));
    add_property(j, c, S("akashi:unidentified"), u->why.n ? u->why : S("true"));
    add_place(j, c, r, 0);
}

/* ── relations ── */

static void relate(struct join *j, uint32_t from, uint32_t to) {
    uint32_t pair[2] = {from, to};
    bool fresh;
    if (from == to)
        return;
    str key = str_n((const char *)pair, sizeof pair);
    if (map_find(&j->relations, key))
        return;
    map_put(&j->relations, arena_str(j->tmp, key), &fresh);
    struct sbom *s = j->s;
    struct sbom_relation *r = sbom_relate(s, s->components.v[from].ref, s->components.v[to].ref, "DEPENDS_ON");
    r->from_at = from;
    r->to_at = to;
}

static uint32_t end_of_edge(struct join *j, const struct map *keys, str key) {
    uint32_t at = value_index(map_get(key.p[0] == '@' ? &j->keys : keys, key));
    return at != SBOM_NO ? at : value_index(map_get(&j->by_identity, key));
}

static void join_edges(struct join *j, const struct report *r) {
    if (!r->edges.n)
        return;
    struct arena *tmp = arena_new();
    struct map keys;
    map_init(&keys, tmp);
    for (uint32_t i = 0; i < r->finds.n; i++) {
        const struct kept_find *k = &r->finds.v[i];
        if (k->at == SBOM_NO)
            continue;
        if (k->f.key.n)
            map_put(&keys, k->f.key, NULL)->value = index_value(k->at);
        if (k->purl.n)
            map_put(&keys, k->purl, NULL)->value = index_value(k->at);
    }
    for (uint32_t i = 0; i < r->edges.n; i++) {
        uint32_t from = end_of_edge(j, &keys, r->edges.v[i].from), to = end_of_edge(j, &keys, r->edges.v[i].to);
        if (from != SBOM_NO && to != SBOM_NO)
            relate(j, from, to);
    }
    arena_free(tmp);
}

/* What was found inside an archive is part of what the archive itself is. */
static void join_nested(struct join *j, const struct report *r) {
    str outer, inner;
    if (!r->finds.n || !str_rcut(r->path, '!', &outer, &inner))
        return;
    uint32_t at = value_index(map_get(&j->named, outer));
    for (uint32_t i = 0; at != SBOM_NO && i < r->finds.n; i++)
        if (r->finds.v[i].at != SBOM_NO)
            relate(j, at, r->finds.v[i].at);
}

/* Marks everything below `from`. next[] chains the relations of one origin. */
static void reach(const struct join *j, const uint32_t *first, const uint32_t *next, uint32_t from, bool *reached,
                  uint32_t *stack) {
    uint32_t n = 0;
    stack[n++] = from;
    reached[from] = true;
    while (n) {
        uint32_t at = stack[--n];
        for (uint32_t r = first[at]; r != SBOM_NO; r = next[r]) {
            uint32_t to = j->s->relations.v[r].to_at;
            if (!reached[to]) {
                reached[to] = true;
                stack[n++] = to;
            }
        }
    }
}

/* Everything hangs from the root: first what nothing else points at, then one member of each circle left over. */
static void hang_from_root(struct join *j) {
    uint32_t n = j->s->components.n, m = j->s->relations.n;
    bool *pointed = arena_array(j->tmp, bool, n), *reached = arena_array(j->tmp, bool, n);
    uint32_t *first = arena_array(j->tmp, uint32_t, n), *next = arena_array(j->tmp, uint32_t, m + 1);
    uint32_t *stack = arena_array(j->tmp, uint32_t, n);
    for (uint32_t i = 0; i < n; i++)
        first[i] = SBOM_NO;
    for (uint32_t r = 0; r < m; r++) {
        const struct sbom_relation *rel = &j->s->relations.v[r];
        pointed[rel->to_at] = true;
        next[r] = first[rel->from_at];
        first[rel->from_at] = r;
    }
    reach(j, first, next, j->root, reached, stack);
    for (int circles = 0; circles < 2; circles++)
        for (uint32_t i = 0; i < n; i++) {
            if (reached[i] || (!circles && pointed[i]))
                continue;
            bool below_os = j->os != SBOM_NO && i != j->os && is_os_package(j->s->components.v[i].purl);
            relate(j, below_os ? j->os : j->root, i);
            reach(j, first, next, i, reached, stack);
        }
    if (j->os != SBOM_NO)
        relate(j, j->root, j->os);
}

/* ── the document ── */

/* The project all project files at the top agree on; NULL when they do not. */
static const struct kept_find *top_project(struct report *const *reports, size_t n) {
    const struct kept_find *top = NULL;
    for (size_t i = 0; i < n; i++)
        for (const struct report *r = reports[i]; r; r = r->next) {
            if (str_chr(r->path, '/') != STR_NONE || str_chr(r->path, '!') != STR_NONE)
                continue;
            for (uint32_t k = 0; k < r->finds.n; k++) {
                const struct kept_find *f = &r->finds.v[k];
                if (!f->f.is_project || f->f.is_member)
                    continue;
                if (top && !str_eq(top->purl, f->purl))
                    return NULL;
                top = f;
            }
        }
    return top;
}

static void add_root(struct join *j, const struct kept_find *project, str path, const struct collect_options *o) {
    const struct source_image *image = &j->run->source->image;
    struct sbom_component *c = sbom_add(j->s);
    char *real = path.n ? realpath(arena_cstr(j->tmp, path), NULL) : NULL;
    str base = path_base(str_of(real ? real : ""));
    c->ref = S("root");
    c->type = image->name.p ? TYPE_CONTAINER : TYPE_APPLICATION;
    c->is_root = c->in_metadata = true;
    if (project && !o->name.n) {
        c->group = arena_str(j->a, project->f.ns);
        c->name = arena_str(j->a, project->f.name);
        c->version = arena_str(j->a, project->f.version);
        c->purl = arena_str(j->a, project->purl);
        if (c->purl.n)
            c->ref = c->purl;
        map_put(&j->by_identity, arena_str(j->tmp, identity(j->tmp, project)), NULL)->value = index_value(0);
    } else if (image->name.p && !o->name.n) {
        c->name = arena_str(j->a, image->name);
        c->version = arena_str(j->a, image->tag);
    }
    if (o->name.n)
        c->name = arena_str(j->a, o->name);
    if (o->version.n)
        c->version = arena_str(j->a, o->version);
    if (!c->name.n)
        c->name = base.n ? arena_str(j->a, base) : S("root");
    if (image->digest.n)
        add_property(j, c, S("akashi:image-digest"), image->digest);
    if (image->architecture.n)
        add_property(j, c, S("akashi:architecture"), image->architecture);
    free(real);
    j->root = 0;
}

/* Which component owns which of the files looked at. */
static void index_owners(struct run *run, struct arena *a, const struct report *r) {
    if (!r->owned.n)
        return;
    struct map keys;
    map_init(&keys, a);
    for (uint32_t i = 0; i < r->finds.n; i++) {
        struct kept_find *k = &r->finds.v[i];
        str *id = arena_new_of(a, str);
        *id = identity(a, k);
        map_put(&keys, k->f.key.n ? k->f.key : *id, NULL)->value = id;
    }
    for (uint32_t i = 0; i < r->owned.n; i++) {
        void *id = map_get(&keys, r->owned.v[i].key);
        if (id)
            map_put(&run->owners, r->owned.v[i].path, NULL)->value = id;
    }
}

void run_index_owners(struct run *run, struct arena *a, struct report *const *reports, size_t n) {
    map_init(&run->owners, a);
    for (size_t i = 0; i < n; i++)
        for (const struct report *r = reports[i]; r; r = r->next)
            index_owners(run, a, r);
}

static void add_file(struct join *j, const struct sbom_file *from) {
    struct sbom_file *f = vec_push(j->a, &j->s->files);
    *f = (struct sbom_file){.path = arena_str(j->a, from->path)};
    f->ref = arena_printf(j->a, "file:%.*s", STR_ARG(from->path));
    for (uint32_t i = 0; i < from->hashes.n; i++)
        *vec_push(j->a, &f->hashes) = (struct sbom_hash){from->hashes.v[i].alg, arena_str(j->a, from->hashes.v[i].hex)};
}

/* The same content has the same serial number. */
static str serial(struct join *j) {
    unsigned char d[DIGEST_MOST];
    struct digest_state *state = digest_begin(DIGEST_SHA256);
    for (uint32_t i = 0; i < j->s->components.n; i++) {
        const struct sbom_component *c = &j->s->components.v[i];
        digest_add(state,
                   arena_printf(j->tmp, "%.*s\n%.*s\n%.*s\n", STR_ARG(c->ref), STR_ARG(c->name), STR_ARG(c->version)));
        for (uint32_t k = 0; k < c->places.n; k++)
            digest_add(state, c->places.v[k].path);
    }
    digest_end(state, d);
    d[6] = (unsigned char)((d[6] & 0x0F) | 0x80); /* RFC 9562 §5.8: version 8, the maker's own */
    d[8] = (unsigned char)((d[8] & 0x3F) | 0x80);
    str h = hex_text(j->tmp, d, 16);
    return arena_printf(j->a, "urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s", h.p, h.p + 8, h.p + 12, h.p + 16, h.p + 20);
}

static void document(struct join *j) {
    struct sbom *s = j->s;
    struct sbom_component *root = &s->components.v[0];
    s->form = (struct sbom_form){SBOM_CYCLONEDX, NOTE_JSON, S("1.6")};
    s->name = root->name;
    s->created = time_rfc3339(j->a, j->run->ctx->now);
    s->doc_version = S("1");
    s->data_licence = S("CC0-1.0");
    *vec_push(j->a,
              &s->tools) = (struct sbom_tool){.vendor = S("Akashi"), .name = S("akashi"), .version = S(AKASHI_VERSION)};
    s->id = serial(j);
    s->root = 0;
}

struct sbom *run_join(struct run *run, struct arena *a, struct report *const *reports, size_t n, str path,
                      const struct collect_options *o) {
    struct arena *tmp = arena_new();
    struct join j = {.run = run, .a = a, .tmp = tmp, .s = sbom_new(a), .os = SBOM_NO};
    map_init(&j.by_identity, tmp);
    map_init(&j.keys, tmp);
    map_init(&j.named, tmp);
    map_init(&j.licences, tmp);
    map_init(&j.relations, tmp);
    add_root(&j, top_project(reports, n), path, o);
    for (size_t i = 0; i < n; i++)
        for (struct report *r = reports[i]; r; r = r->next)
            for (uint32_t k = 0; k < r->finds.n; k++)
                join_find(&j, r, &r->finds.v[k]);
    for (size_t i = 0; i < n; i++)
        for (const struct report *r = reports[i]; r; r = r->next)
            for (uint32_t k = 0; k < r->unnamed.n; k++)
                join_unnamed(&j, r, &r->unnamed.v[k]);
    for (size_t i = 0; i < n; i++)
        for (const struct report *r = reports[i]; r; r = r->next)
            join_edges(&j, r);
    for (size_t i = 0; i < n; i++)
        for (const struct report *r = reports[i]; r; r = r->next)
            join_nested(&j, r);
    hang_from_root(&j);
    for (size_t i = 0; run->files && i < n; i++)
        if (run->files[i].path.p)
            add_file(&j, &run->files[i]);
    document(&j);
    arena_free(tmp);
    return j.s;
}
