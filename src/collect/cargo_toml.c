/* SPDX-License-Identifier: Apache-2.0
 *
 * Cargo.toml: who the package is. What it asks for is a wish until Cargo.lock answers it. A member of a workspace may
 * take version and licence from the workspace's [workspace.package].
 */
#include "base/tree.h"
#include "collect/collect.h"

enum { FARTHEST_WORKSPACE = 6 };

/* [workspace.package] of the nearest folder above that has one. */
static struct jv workspace_of(struct collect *c, const struct found_file *f, struct arena *a) {
    str path = S("Cargo.toml");
    for (int up = 0; up < FARTHEST_WORKSPACE; up++) {
        struct json doc;
        struct err e;
        str text;
        path = arena_cat(a, S("../"), path);
        if (!collect_open(c, f, path, a, &text, &e) || !toml_parse(collect_ctx(c), a, text, path, &doc, &e))
            continue;
        struct jv package = j_get2(doc.root, "workspace", "package");
        if (j_ok(package))
            return package;
    }
    return (struct jv){NULL};
}

static bool cargo_toml_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!toml_parse(collect_ctx(c), a, bytes, f->path, &doc, e))
        return false;
    struct jv package = j_get(doc.root, "package"), shared = j_get2(doc.root, "workspace", "package");
    const char *const keys[] = {"version", "license", "description", "homepage"};
    str values[4];
    if (!j_gets(package, "name").n)
        return true; /* a workspace without a package of its own */
    for (size_t i = 0; i < 4; i++) {
        struct jv v = j_get(package, keys[i]);
        if (j_true(j_get(v, "workspace")) && !j_ok(shared))
            shared = workspace_of(c, f, a);
        values[i] = j_true(j_get(v, "workspace")) ? j_gets(shared, keys[i]) : j_str(v);
    }
    collect_find(c, &(struct find){.type = "cargo",
                                   .name = j_gets(package, "name"),
                                   .version = values[0],
                                   .licence = values[1],
                                   .description = values[2],
                                   .homepage = values[3],
                                   .line = json_value_line(&doc, package),
                                   .is_project = true});
    return true;
}

const struct detector detector_cargo_toml = {
    .name = "rust/cargo-toml",
    .of_project = true,
    .files = (const char *const[]){"Cargo.toml", NULL},
    .purl_types = "cargo",
    .read = cargo_toml_read,
};
