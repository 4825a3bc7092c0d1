/* SPDX-License-Identifier: Apache-2.0
 *
 * flake.lock (Nix): nodes with `locked` (type, owner, repo, rev or url, narHash) and `inputs`; the node named by `root`
 * is the flake itself. An input that is a list is a path from the root ("follows").
 */
#include "collect/detectors.h"
#include "collect/download.h"

enum { MAX_FOLLOWS = 16 };

static bool name_it(struct arena *a, struct jv locked, struct find *out) {
    static const struct {
        const char *type, *host;
    } hosts[] = {{"github", "github.com"}, {"gitlab", "gitlab.com"}, {"sourcehut", "git.sr.ht"}};
    str type = j_gets(locked, "type"), rev = j_gets(locked, "rev"), host = j_gets(locked, "host");
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
        if (str_is(type, hosts[i].type)) {
            str url = arena_printf(a, "https://%.*s/%.*s/%.*s", STR_ARG(host.n ? host : str_of(hosts[i].host)),
                                   STR_ARG(j_gets(locked, "owner")), STR_ARG(j_gets(locked, "repo")));
            return find_repository(a, url, rev, out);
        }
    return str_is(type, "git") && find_repository(a, j_gets(locked, "url"), rev, out);
}

static str target_of(struct jv nodes, str root, struct jv input, int depth) {
    str at = root;
    if (j_is_str(input))
        return j_str(input);
    for (struct jiter it = j_iter(input); j_next(&it) && depth < MAX_FOLLOWS; depth++) {
        struct jv next = j_getn(j_get(j_getn(nodes, at), "inputs"), j_str(it.val));
        if (!j_is_str(next))
            return (str){0};
        at = j_str(next);
    }
    return at;
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!report_json(c, f, bytes, a, "flake.lock", &doc, e))
        return false;
    struct jv nodes = j_get(doc.root, "nodes");
    str root = j_gets(doc.root, "root");
    if (!j_is_obj(nodes))
        return report_malformed(a, f, 0, "flake.lock", e);
    struct map direct;
    map_init(&direct, a);
    for (struct jiter it = j_iter(j_get(j_getn(nodes, root), "inputs")); j_next(&it);)
        (void)map_put(&direct, target_of(nodes, root, it.val, 0), NULL);
    for (struct jiter it = j_iter(nodes); j_next(&it);) {
        struct jv locked = j_get(it.val, "locked");
        struct sbom_property nar = {S("akashi:nix:narHash"), j_gets(locked, "narHash")};
        struct find find = {.key = it.key, .direct = map_find(&direct, it.key) ? DIRECT_YES : DIRECT_TRANSITIVE};
        if (str_eq(it.key, root) || !j_ok(locked) || str_is(j_gets(locked, "type"), "path"))
            continue;
        find.properties = &nar;
        find.n_properties = nar.value.n > 0;
        if (name_it(a, locked, &find))
            collect_find(c, &find);
        else if (j_gets(locked, "url").n)
            download_find(c, a, &(struct download){.name = it.key, .url = j_gets(locked, "url"), .key = it.key});
        else
            report_nameless(c, it.key);
        for (struct jiter i = j_iter(j_get(it.val, "inputs")); j_next(&i);) {
            str to = target_of(nodes, root, i.val, 0);
            if (to.n)
                collect_edge(c, it.key, to);
        }
    }
    return true;
}

static const char *const files[] = {"flake.lock", NULL};
const struct detector detector_nix_flake = {
    .name = "nix/flake", .of_project = true, .files = files, .purl_types = "github git generic", .read = read};
