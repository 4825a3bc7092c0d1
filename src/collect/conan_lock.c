/* SPDX-License-Identifier: Apache-2.0
 *
 * conan.lock: up to 0.4 a graph (graph_lock.nodes with ref or pref, requires, build_requires); from 0.5 (Conan 2) three
 * lists. A reference is name/version[@user/channel][#recipe revision][:package id][#package revision][%time].
 */
#include "collect/conan_ref.h"
#include "collect/detectors.h"

static enum sbom_scope scope_of(const char *list) { return strcmp(list, "requires") == 0 ? SCOPE_REQUIRED : SCOPE_DEV; }

static void read_lists(struct collect *c, struct arena *a, struct jv root) {
    static const char *const lists[] = {"requires", "build_requires", "python_requires", "config_requires"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (struct jiter it = j_iter(j_get(root, lists[i])); j_next(&it);) {
            struct conan_ref ref;
            if (conan_ref_parse(j_str(it.val), &ref))
                conan_ref_find(c, a, &ref, &(struct find){.scope = scope_of(lists[i])});
            else
                report_nameless(c, j_str(it.val));
        }
}

struct graph_lock {
    struct collect *c;
    struct arena *a;
    struct jv nodes;
    struct map needed; /* nodes somebody asks for */
    struct map built;  /* nodes somebody needs only to build */
    struct map direct; /* nodes a consumer (no package of its own) asks for */
    bool has_consumer;
};

static str ref_text(struct jv node) {
    str ref = j_gets(node, "ref");
    return ref.n ? ref : j_gets(node, "pref");
}

/* The consumer is the conanfile that was locked: it has a path and nobody asks for it. A path of a node somebody asks
 * for is that of a package in editable mode, which is as much a part of the product as any other. */
static bool is_consumer(const struct graph_lock *g, str id, struct jv node) {
    return !ref_text(node).n || (j_gets(node, "path").n && !map_find(&g->needed, id));
}

static void each_needed(struct graph_lock *g, struct jv node, const char *list) {
    for (struct jiter it = j_iter(j_get(node, list)); j_next(&it);)
        (void)map_put(&g->needed, j_str(it.val), NULL);
}

/* requires is a list of node ids, before 0.3 an object whose values are. */
static void each_target(struct graph_lock *g, str from, struct jv node, const char *list) {
    bool consumer = is_consumer(g, from, node);
    for (struct jiter it = j_iter(j_get(node, list)); j_next(&it);) {
        str to = j_str(it.val);
        collect_edge(g->c, from, to);
        if (consumer)
            (void)map_put(&g->direct, to, NULL);
        if (strcmp(list, "build_requires") == 0)
            (void)map_put(&g->built, to, NULL);
    }
    g->has_consumer |= consumer;
}

static void read_graph(struct collect *c, struct arena *a, struct jv nodes) {
    struct graph_lock g = {.c = c, .a = a, .nodes = nodes};
    map_init(&g.needed, a);
    map_init(&g.built, a);
    map_init(&g.direct, a);
    for (struct jiter it = j_iter(nodes); j_next(&it);) {
        each_needed(&g, it.val, "requires");
        each_needed(&g, it.val, "build_requires");
    }
    for (struct jiter it = j_iter(nodes); j_next(&it);) {
        each_target(&g, it.key, it.val, "requires");
        each_target(&g, it.key, it.val, "build_requires");
    }
    for (struct jiter it = j_iter(nodes); j_next(&it);) {
        struct conan_ref ref;
        str text = ref_text(it.val);
        bool consumer = is_consumer(&g, it.key, it.val), parsed = conan_ref_parse(text, &ref);
        bool build = map_find(&g.built, it.key) || str_is(j_gets(it.val, "context"), "build");
        if (!parsed) {
            if (!consumer)
                report_nameless(c, text);
            continue;
        }
        struct find find = {.key = it.key, .is_project = consumer, .scope = build ? SCOPE_DEV : SCOPE_REQUIRED};
        if (g.has_consumer && !consumer)
            find.direct = map_find(&g.direct, it.key) ? DIRECT_YES : DIRECT_TRANSITIVE;
        conan_ref_find(c, a, &ref, &find);
    }
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!report_json(c, f, bytes, a, "conan.lock", &doc, e))
        return false;
    struct jv nodes = j_get2(doc.root, "graph_lock", "nodes");
    if (j_is_obj(nodes))
        read_graph(c, a, nodes);
    else
        read_lists(c, a, doc.root);
    return true;
}

static const char *const files[] = {"conan.lock", NULL};
const struct detector detector_conan_lock = {
    .name = "conan/lock", .of_project = true, .files = files, .purl_types = "conan", .read = read};
