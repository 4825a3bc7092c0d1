/* SPDX-License-Identifier: Apache-2.0
 *
 * pom.xml: the project and what it and its parents in the tree depend on. Transitive dependencies are not told by the
 * file. A pom inside a JAR describes how that JAR was built, not what it holds, and is left to the JAR's detector.
 */
#include "collect/detectors.h"
#include "collect/pom_model.h"

static const char project_key[] = "project";

static enum sbom_scope scope_of(const struct pom_dependency *d) {
    static const struct {
        const char *name;
        enum sbom_scope scope;
    } scopes[] = {{"compile", SCOPE_REQUIRED},
                  {"runtime", SCOPE_REQUIRED},
                  {"test", SCOPE_DEV},
                  {"provided", SCOPE_EXCLUDED},
                  {"system", SCOPE_EXCLUDED}};
    enum sbom_scope scope = SCOPE_REQUIRED;
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++)
        if (str_is(d->scope, scopes[i].name))
            scope = scopes[i].scope;
    return d->optional && scope == SCOPE_REQUIRED ? SCOPE_OPTIONAL : scope;
}

static bool resolved(str s) { return s.n && str_find(s, S("${")) == STR_NONE; }

static void find_dependency(struct collect *c, struct arena *a, const struct pom_dependency *d) {
    str name = arena_printf(a, "%.*s:%.*s", STR_ARG(d->group), STR_ARG(d->artifact));
    if (!resolved(d->group) || !resolved(d->artifact)) {
        collect_unidentified(c, name, str_of(_("a property in its coordinates is not defined here")));
        return;
    }
    struct purl_qualifier qualifiers[2];
    struct sbom_property properties[2];
    struct find find = {.line = d->inherited ? 0 : d->line, .scope = scope_of(d), .direct = DIRECT_YES};
    maven_find(&find, d->group, d->artifact, d->version, properties);
    if (d->exclusions.n)
        properties[find.n_properties++] = (struct sbom_property){S("akashi:maven:exclusions"), d->exclusions};
    if (d->classifier.n)
        qualifiers[find.n_qualifiers++] = (struct purl_qualifier){S("classifier"), d->classifier};
    if (d->type.n && !str_is(d->type, "jar"))
        qualifiers[find.n_qualifiers++] = (struct purl_qualifier){S("type"), d->type};
    find.properties = properties;
    find.qualifiers = qualifiers;
    find.key = arena_printf(a, "%.*s:%.*s:%.*s", STR_ARG(name), STR_ARG(d->type), STR_ARG(d->classifier));
    collect_find(c, &find);
    collect_edge(c, str_of(project_key), find.key);
}

static void find_project(struct collect *c, const struct pom_model *m) {
    const struct xml_node *root = m->pom->root;
    VEC(str) licences = {0};
    for (const struct pom *p = m->pom; p && !licences.n; p = p->parent)
        for (const struct xml_node *n = xml_child(xml_child(p->root, "licenses"), "license"); n; n = xml_again(n))
            if (xml_text(n, "name").n)
                *vec_push(m->a, &licences) = pom_text(m, xml_text(n, "name"));
    struct find find = {
        .line = root->line,
        .key = str_of(project_key),
        .is_project = true,
        .description = pom_text(m, xml_text(root, "description")),
        .homepage = pom_text(m, xml_text(root, "url")),
        .supplier = pom_text(m, xml_text(xml_child(root, "organization"), "name")),
        .licence = licences.n == 1 ? licences.v[0] : (str){0},
    };
    struct sbom_property requested;
    maven_find(&find, pom_text(m, m->pom->group), pom_text(m, m->pom->artifact), pom_text(m, m->pom->version),
               &requested);
    if (resolved(find.name) && resolved(find.ns))
        collect_find(c, &find);
}

static bool sniff(str head, const struct found_file *f) {
    return str_iends(f->path, S(".xml")) &&
           (str_find(head, S("<project>")) != STR_NONE || str_find(head, S("<project xmlns")) != STR_NONE);
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct pom_model m;
    if (str_find(f->path, S("META-INF/maven/")) != STR_NONE)
        return true;
    if (!pom_model_read(c, f, bytes, a, &m, e)) {
        if (str_iends(f->path, S("pom.xml")))
            return false;
        *e = (struct err){0}; /* some other tool's <project> */
        return true;
    }
    find_project(c, &m);
    for (uint32_t i = 0; i < m.dependencies.n; i++)
        find_dependency(c, a, &m.dependencies.v[i]);
    return true;
}

static const char *const files[] = {"pom.xml", NULL};
static const char *const opens[] = {"pom.xml", NULL};
const struct detector detector_maven_pom = {.name = "maven/pom",
                                            .of_project = true,
                                            .files = files,
                                            .sniff = sniff,
                                            .purl_types = "maven",
                                            .opens = opens,
                                            .read = read};
