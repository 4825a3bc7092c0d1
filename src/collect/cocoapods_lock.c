/* SPDX-License-Identifier: Apache-2.0
 *
 * Podfile.lock (CocoaPods): PODS are "Name/Subspec (version)", those with dependencies as a key with a list;
 * DEPENDENCIES are what the Podfile asks for. Advisories name pods, so a subspec keeps its pod's name and version and
 * goes to the subpath of the purl.
 */
#include "base/tree.h"
#include "collect/detectors.h"
#include "collect/report.h"

/* "Name (1.2)" in its parts; false without a version in parentheses. */
static bool split(str text, str *name, str *version) {
    size_t open = str_find(text, S(" ("));
    *name = str_trim(str_upto(text, open));
    *version = open == STR_NONE ? (str){0} : between(text, '(', ')');
    return version->n > 0 && name->n > 0;
}

/* A pod from elsewhere: "from `…`" is how it is asked for, EXTERNAL SOURCES and CHECKOUT OPTIONS where it comes from.
 */
static void add_source(struct arena *a, struct jv sources, str pod, struct find *find, struct purl_qualifier *out) {
    struct jv source = j_getn(sources, pod);
    str git = j_gets(source, ":git"), commit = j_gets(source, ":commit");
    commit = commit.n ? commit : j_gets(source, ":tag");
    if (!git.n)
        return;
    *out = (struct purl_qualifier){
        S("vcs_url"), arena_printf(a, "git+%.*s%s%.*s", STR_ARG(git), commit.n ? "@" : "", STR_ARG(commit))};
    find->qualifiers = out;
    find->n_qualifiers = 1;
}

struct pods {
    struct collect *c;
    struct arena *a;
    const struct json *doc;
    struct map direct;
    struct jv checkouts;
};

static bool find_pod(struct pods *p, str text, struct jv dependencies, uint32_t line) {
    str name, version, pod, subspec;
    if (!split(text, &name, &version))
        return false;
    (void)str_cut(name, '/', &pod, &subspec);
    struct purl_qualifier vcs;
    struct find find = {.type = "cocoapods", .name = pod, .version = version, .key = name, .line = line};
    if (p->direct.entries.n) /* without the list, only the graph tells */
        find.direct = map_find(&p->direct, name) ? DIRECT_YES : DIRECT_TRANSITIVE;
    add_source(p->a, p->checkouts, pod, &find, &vcs);
    if (subspec.n) {
        struct purl parts = {.type = S("cocoapods"),
                             .name = pod,
                             .version = version,
                             .subpath = subspec,
                             .qualifiers = find.qualifiers,
                             .n_qualifiers = find.n_qualifiers},
                    purl;
        if (purl_build(p->a, &parts, &purl, NULL)) {
            find.purl = purl_text(p->a, &purl);
            find.name = name;
        }
    }
    collect_find(p->c, &find);
    for (struct jiter it = j_iter(dependencies); j_next(&it);) {
        str to, range;
        (void)split(j_str(it.val), &to, &range);
        collect_edge(p->c, name, to);
    }
    return true;
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    struct pods p = {.c = c, .a = a, .doc = &doc};
    if (!yaml_parse(collect_ctx(c), a, bytes, YAML_STRINGS, f->path, &doc, e))
        return false;
    struct jv pods = j_get(doc.root, "PODS");
    if (!j_is_obj(doc.root) || j_is_str(pods))
        return report_malformed(a, f, 0, "Podfile.lock", e);
    map_init(&p.direct, a);
    p.checkouts = j_get(doc.root, "CHECKOUT OPTIONS");
    if (!j_ok(p.checkouts))
        p.checkouts = j_get(doc.root, "EXTERNAL SOURCES");
    for (struct jiter it = j_iter(j_get(doc.root, "DEPENDENCIES")); j_next(&it);) {
        str name, range;
        (void)split(j_str(it.val), &name, &range);
        (void)map_put(&p.direct, name, NULL);
    }
    for (struct jiter it = j_iter(pods); j_next(&it);) {
        struct jiter only = j_iter(it.val);
        bool keyed = j_is_obj(it.val) && j_next(&only);
        if (!find_pod(&p, keyed ? only.key : j_str(it.val), keyed ? only.val : (struct jv){0},
                      report_line(&doc, it.val)))
            return report_malformed(a, f, report_line(&doc, it.val), "Podfile.lock", e);
    }
    return true;
}

static const char *const files[] = {"Podfile.lock", "Pods/Manifest.lock", NULL};
const struct detector detector_cocoapods_lock = {
    .name = "cocoapods/lock", .of_project = true, .files = files, .purl_types = "cocoapods", .read = read};
