/* SPDX-License-Identifier: Apache-2.0
 *
 * The effective model of a pom.xml.
 */
#include "collect/pom_model.h"

#include "base/file.h"

enum { MAX_PARENTS = 32, MAX_BOMS = 64, MAX_MODULES = 256, MAX_PROPERTY_DEPTH = 16, MAX_TEXT = 4096 };

/* ── reading ── */

static const struct xml_node *pom_root(struct ctx *c, struct arena *a, str bytes, str where, struct err *e) {
    struct xml_node *root;
    if (!xml_parse(c, a, bytes, where, &root, e))
        return NULL;
    bool pom = str_is(root->name, "project") && (xml_child(root, "artifactId") || xml_child(root, "modelVersion") ||
                                                 xml_child(root, "dependencies") || xml_child(root, "parent"));
    if (pom)
        return root;
    (void)err_set(e, ERR_INPUT, xml_place(root, where, a), _("this is not a readable %s"), "pom.xml");
    return NULL;
}

static struct pom *pom_new(struct arena *a, const struct xml_node *root, str path) {
    struct pom *p = arena_new_of(a, struct pom);
    const struct xml_node *parent = xml_child(root, "parent");
    *p = (struct pom){.root = root, .path = path, .artifact = xml_text(root, "artifactId")};
    p->group = xml_text(root, "groupId");
    p->version = xml_text(root, "version");
    if (!p->group.n)
        p->group = xml_text(parent, "groupId");
    if (!p->version.n)
        p->version = xml_text(parent, "version");
    return p;
}

/* The pom at a path of the source, read once; NULL when there is none or it is broken. */
static struct pom *pom_at(struct pom_model *m, str path) {
    bool fresh;
    struct map_entry *entry = map_put(&m->read, path, &fresh);
    if (!fresh)
        return entry->value;
    str bytes;
    struct err none = {0};
    if (!collect_open(m->c, m->f, arena_cat(m->a, S("/"), path), m->a, &bytes, &none))
        return NULL;
    const struct xml_node *root = pom_root(collect_ctx(m->c), m->a, bytes, path, &none);
    struct pom *made = root ? pom_new(m->a, root, path) : NULL;
    map_put(&m->read, path, NULL)->value = made;
    return made;
}

/* A path written in a pom: a folder means its pom.xml. */
static struct pom *pom_beside(struct pom_model *m, const struct pom *from, str relative) {
    str path = path_clean(m->a, path_join(m->a, path_dir(from->path), relative));
    if (!path.p)
        return NULL;
    if (!str_iends(path, S(".xml")))
        path = path_join(m->a, path, S("pom.xml"));
    return pom_at(m, path);
}

static bool literal(str s) { return str_find(s, S("${")) == STR_NONE; }

/* Maven takes the file only when it is the parent that is named. */
static const struct pom *parent_of(struct pom_model *m, const struct pom *p) {
    const struct xml_node *parent = xml_child(p->root, "parent");
    if (!parent)
        return NULL;
    str relative = xml_child(parent, "relativePath") ? xml_text(parent, "relativePath") : S("../pom.xml");
    struct pom *found = relative.n ? pom_beside(m, p, relative) : NULL;
    if (!found || found == p)
        return NULL;
    str version = xml_text(parent, "version");
    bool same = str_eq(found->artifact, xml_text(parent, "artifactId")) &&
                (str_eq(found->group, xml_text(parent, "groupId")) || !literal(found->group)) &&
                (str_eq(found->version, version) || !literal(version) || !literal(found->version));
    return same ? found : NULL;
}

static void link_parents(struct pom_model *m, struct pom *p) {
    for (int i = 0; i < MAX_PARENTS && p && !p->parent; i++) {
        const struct pom *parent = parent_of(m, p);
        for (const struct pom *up = parent; up; up = up->parent)
            if (up == p)
                return;
        p->parent = parent;
        p = map_get(&m->read, parent ? parent->path : S(""));
    }
}

/* ── interpolation ── */

static str project_value(const struct pom_model *m, str name) {
    static const char *const prefixes[] = {"project.", "pom."};
    for (size_t i = 0; i < 2; i++)
        if (str_starts(name, str_of(prefixes[i])))
            name = str_from(name, strlen(prefixes[i]));
    const struct xml_node *parent = xml_child(m->pom->root, "parent");
    const struct {
        const char *name;
        str value;
    } values[] = {
        {"groupId", m->pom->group},
        {"artifactId", m->pom->artifact},
        {"version", m->pom->version},
        {"parent.groupId", xml_text(parent, "groupId")},
        {"parent.artifactId", xml_text(parent, "artifactId")},
        {"parent.version", xml_text(parent, "version")},
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (str_is(name, values[i].name))
            return values[i].value;
    return (str){0};
}

static str property(const struct pom_model *m, str name) {
    const str *own = map_get(&m->properties, name);
    return own ? *own : project_value(m, name);
}

// NOLINTNEXTLINE(misc-no-recursion): MAX_PROPERTY_DEPTH
static void interpolate(const struct pom_model *m, str text, int depth, struct buf *out) {
    while (text.n && out->n < MAX_TEXT) {
        size_t at = str_find(text, S("${"));
        buf_add(out, str_upto(text, at));
        if (at == STR_NONE)
            return;
        text = str_from(text, at);
        size_t end = str_chr(text, '}');
        str value = {0};
        if (end != STR_NONE && depth < MAX_PROPERTY_DEPTH)
            value = property(m, str_n(text.p + 2, end - 2));
        if (value.n)
            interpolate(m, value, depth + 1, out);
        else
            buf_add(out, str_upto(text, end == STR_NONE ? 2 : end + 1));
        text = str_from(text, end == STR_NONE ? 2 : end + 1);
    }
}

str pom_text(const struct pom_model *m, str text) {
    if (!text.n || literal(text))
        return text;
    struct buf b = {0};
    interpolate(m, text, 0, &b);
    str out = arena_str(m->a, buf_str(&b));
    buf_free(&b);
    return out;
}

/* ── merging ── */

static void add_properties(struct pom_model *m, const struct xml_node *holder) {
    const struct xml_node *properties = xml_child(holder, "properties");
    for (const struct xml_node *n = properties ? properties->child : NULL; n; n = n->next) {
        bool fresh;
        struct map_entry *entry = map_put(&m->properties, n->name, &fresh);
        if (!fresh)
            continue;
        str *value = arena_new_of(m->a, str);
        *value = str_trim(n->text);
        entry->value = value;
    }
}

static str exclusions_of(const struct pom_model *m, const struct xml_node *dependency) {
    struct buf b = {0};
    const struct xml_node *list = xml_child(dependency, "exclusions");
    for (const struct xml_node *n = xml_child(list, "exclusion"); n; n = xml_again(n))
        buf_addf(&b, "%s%.*s:%.*s", b.n ? ", " : "", STR_ARG(pom_text(m, xml_text(n, "groupId"))),
                 STR_ARG(pom_text(m, xml_text(n, "artifactId"))));
    str out = b.n ? arena_str(m->a, buf_str(&b)) : (str){0};
    buf_free(&b);
    return out;
}

static struct pom_dependency dependency_of(const struct pom_model *m, const struct xml_node *n) {
    return (struct pom_dependency){
        .group = pom_text(m, xml_text(n, "groupId")),
        .artifact = pom_text(m, xml_text(n, "artifactId")),
        .version = pom_text(m, xml_text(n, "version")),
        .scope = pom_text(m, xml_text(n, "scope")),
        .type = pom_text(m, xml_text(n, "type")),
        .classifier = pom_text(m, xml_text(n, "classifier")),
        .optional = str_is(pom_text(m, xml_text(n, "optional")), "true"),
        .exclusions = exclusions_of(m, n),
        .line = n->line,
    };
}

static str key_of(struct arena *a, const struct pom_dependency *d) {
    return arena_printf(a, "%.*s:%.*s:%.*s:%.*s", STR_ARG(d->group), STR_ARG(d->artifact),
                        STR_ARG(d->type.n ? d->type : S("jar")), STR_ARG(d->classifier));
}

static bool is_import(const struct pom_dependency *d) { return str_is(d->scope, "import") && str_is(d->type, "pom"); }

static void manage(struct pom_model *m, const struct pom_dependency *d) {
    bool fresh;
    struct map_entry *entry = map_put(&m->managed, key_of(m->a, d), &fresh);
    if (!fresh)
        return;
    struct pom_dependency *kept = arena_new_of(m->a, struct pom_dependency);
    *kept = *d;
    entry->value = kept;
}

/* profiles/profile with activation/activeByDefault, and the pom itself. */
static bool is_default(const struct xml_node *profile) {
    return str_is(xml_text(xml_child(profile, "activation"), "activeByDefault"), "true");
}

typedef void (*take_holder)(struct pom_model *m, const struct xml_node *holder);

static void each_holder(struct pom_model *m, const struct pom *p, take_holder take) {
    const struct xml_node *profiles = xml_child(p->root, "profiles");
    for (const struct xml_node *n = xml_child(profiles, "profile"); n; n = xml_again(n))
        if (is_default(n))
            take(m, n);
    take(m, p->root);
}

static void add_managed(struct pom_model *m, const struct xml_node *holder) {
    const struct xml_node *list = xml_child(xml_child(holder, "dependencyManagement"), "dependencies");
    for (const struct xml_node *n = xml_child(list, "dependency"); n; n = xml_again(n)) {
        struct pom_dependency d = dependency_of(m, n);
        if (!is_import(&d))
            manage(m, &d);
    }
}

/* ── BOMs of the same build ── */

static bool is_pom_of(const struct pom *p, const struct pom_dependency *d) {
    return p && str_eq(p->artifact, d->artifact) && (str_eq(p->group, d->group) || !literal(p->group)) &&
           (str_eq(p->version, d->version) || !literal(p->version));
}

/* Looks among the modules of this pom and of its parents, two levels deep: where a build keeps its BOM. */
static struct pom *pom_in_build(struct pom_model *m, const struct pom_dependency *d) {
    uint32_t left = MAX_MODULES;
    for (const struct pom *up = m->pom; up; up = up->parent) {
        if (up != m->pom && is_pom_of(up, d))
            return map_get(&m->read, up->path);
        const struct xml_node *modules = xml_child(up->root, "modules");
        for (const struct xml_node *n = xml_child(modules, "module"); n && left--; n = xml_again(n)) {
            struct pom *p = pom_beside(m, up, str_trim(n->text));
            if (is_pom_of(p, d))
                return p;
            const struct xml_node *inner = p ? xml_child(p->root, "modules") : NULL;
            for (const struct xml_node *k = xml_child(inner, "module"); k && left; k = xml_again(k), left--) {
                struct pom *q = pom_beside(m, p, str_trim(k->text));
                if (is_pom_of(q, d))
                    return q;
            }
        }
    }
    return NULL;
}

static void add_imports(struct pom_model *m, const struct xml_node *holder);

/* A BOM's own parents and properties count inside it, not here. */
// NOLINTNEXTLINE(misc-no-recursion): MAX_BOMS
static void import_bom(struct pom_model *m, struct pom *bom) {
    struct pom_model inner = *m;
    inner.pom = bom;
    map_init(&inner.properties, m->a);
    map_init(&inner.managed, m->a);
    link_parents(&inner, bom);
    for (const struct pom *p = bom; p; p = p->parent)
        each_holder(&inner, p, add_properties);
    for (const struct pom *p = bom; p; p = p->parent)
        each_holder(&inner, p, add_managed);
    for (const struct pom *p = bom; p; p = p->parent)
        each_holder(&inner, p, add_imports);
    m->read = inner.read;
    m->boms = inner.boms;
    for (uint32_t i = 0; i < inner.managed.entries.n; i++)
        manage(m, inner.managed.entries.v[i].value);
}

// NOLINTNEXTLINE(misc-no-recursion): MAX_BOMS
static void add_imports(struct pom_model *m, const struct xml_node *holder) {
    const struct xml_node *list = xml_child(xml_child(holder, "dependencyManagement"), "dependencies");
    for (const struct xml_node *n = xml_child(list, "dependency"); n; n = xml_again(n)) {
        struct pom_dependency d = dependency_of(m, n);
        if (!is_import(&d) || m->boms >= MAX_BOMS)
            continue;
        m->boms++;
        struct pom *bom = pom_in_build(m, &d);
        if (bom)
            import_bom(m, bom);
    }
}

/* ── dependencies ── */

static void add_dependencies(struct pom_model *m, const struct xml_node *holder, bool inherited, struct map *seen) {
    for (const struct xml_node *n = xml_child(xml_child(holder, "dependencies"), "dependency"); n; n = xml_again(n)) {
        struct pom_dependency d = dependency_of(m, n);
        str key = key_of(m->a, &d);
        bool fresh;
        (void)map_put(seen, key, &fresh);
        if (!fresh)
            continue;
        const struct pom_dependency *managed = map_get(&m->managed, key);
        if (managed) {
            d.version = d.version.n ? d.version : managed->version;
            d.scope = d.scope.n ? d.scope : managed->scope;
            d.exclusions = d.exclusions.n ? d.exclusions : managed->exclusions;
        }
        d.inherited = inherited;
        *vec_push(m->a, &m->dependencies) = d;
    }
}

static void collect_dependencies(struct pom_model *m) {
    struct map seen;
    map_init(&seen, m->a);
    for (const struct pom *p = m->pom; p; p = p->parent) {
        const struct xml_node *profiles = xml_child(p->root, "profiles");
        for (const struct xml_node *n = xml_child(profiles, "profile"); n; n = xml_again(n))
            if (is_default(n))
                add_dependencies(m, n, p != m->pom, &seen);
        add_dependencies(m, p->root, p != m->pom, &seen);
    }
}

bool pom_model_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct pom_model *out,
                    struct err *e) {
    const struct xml_node *root = pom_root(collect_ctx(c), a, bytes, f->path, e);
    if (!root)
        return false;
    *out = (struct pom_model){.c = c, .f = f, .a = a};
    map_init(&out->read, a);
    map_init(&out->managed, a);
    map_init(&out->properties, a);
    struct pom *self = pom_new(a, root, f->path);
    map_put(&out->read, f->path, NULL)->value = self;
    out->pom = self;
    link_parents(out, self);
    for (const struct pom *p = self; p; p = p->parent)
        each_holder(out, p, add_properties);
    for (const struct pom *p = self; p; p = p->parent)
        each_holder(out, p, add_managed);
    for (const struct pom *p = self; p; p = p->parent)
        each_holder(out, p, add_imports);
    collect_dependencies(out);
    return true;
}
