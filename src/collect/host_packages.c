/* SPDX-License-Identifier: Apache-2.0
 *
 * Package managers that live beside a system's own: snap, Homebrew, Nix.
 */
#include "base/file.h"
#include "base/json.h"
#include "base/tree.h"
#include "collect/detectors.h"

/* ── snap: meta/snap.yaml of a mounted or unpacked snap ── */

static bool read_snap(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!yaml_parse(collect_ctx(c), a, bytes, YAML_STRINGS, f->path, &doc, e))
        return false;
    struct find find = {.type = "snap",
                        .name = j_gets(doc.root, "name"),
                        .version = j_gets(doc.root, "version"),
                        .kind = TYPE_APPLICATION,
                        .licence = j_gets(doc.root, "license"),
                        .description = j_gets(doc.root, "summary")};
    if (!find.name.n)
        return err_set(e, ERR_INPUT, f->path, _("a package without name or version is left out"));
    collect_find(c, &find);
    return true;
}

static const char *const snap_files[] = {"meta/snap.yaml", NULL};
const struct detector detector_snap = {
    .name = "host/snap", .files = snap_files, .purl_types = "snap", .read = read_snap};

/* ── Homebrew: Cellar/NAME/VERSION/INSTALL_RECEIPT.json ── */

static bool read_brew(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!json_parse(collect_ctx(c), a, bytes, JSON_DUPLICATES_OK, f->path, &doc, e))
        return false;
    str folder = path_dir(f->path), name = path_base(path_dir(folder));
    str tap = j_str(j_get2(doc.root, "source", "tap"));
    struct purl_qualifier q = {S("tap"), tap};
    struct find find = {
        .type = "brew", .name = name, .version = path_base(folder), .key = arena_cat(a, S("@brew:"), name)};
    if (tap.n && !str_is(tap, "homebrew/core")) {
        find.qualifiers = &q;
        find.n_qualifiers = 1;
    }
    if (!name.n)
        return true;
    collect_find(c, &find);
    for (struct jiter it = j_iter(j_get(doc.root, "runtime_dependencies")); j_next(&it);)
        collect_edge(c, find.key, arena_cat(a, S("@brew:"), path_base(j_gets(it.val, "full_name"))));
    return true;
}

static const char *const brew_files[] = {"INSTALL_RECEIPT.json", NULL};
const struct detector detector_brew = {
    .name = "host/homebrew", .files = brew_files, .purl_types = "brew", .read = read_brew};

/* ── Nix: the database is private, but each derivation says its name; nix/store/HASH-NAME-VERSION.drv ── */

enum { NIX_HASH = 32 };

/* "openssl-3.0.12" → name, version as Nix's parseDrvName does: the version begins behind the first '-' that is followed
 * by no letter. */
static void split(str text, str *name, str *version) {
    for (size_t i = 0; i + 1 < text.n; i++)
        if (text.p[i] == '-' && !ch_alpha(text.p[i + 1])) {
            *name = str_upto(text, i);
            *version = str_from(text, i + 1);
            return;
        }
    *name = text;
    *version = (str){NULL, 0};
}

/* A store path shows itself in the files below it; each reports the same component, which joins to one. */
static bool report_store_path(struct collect *c, str path, struct arena *a) {
    size_t at = str_find(path, S("nix/store/"));
    str entry = at == STR_NONE ? S("") : str_from(path, at + 10), rest, name, version, output = {NULL, 0};
    static const char *const outputs[] = {"-bin", "-dev", "-out", "-lib", "-man", "-doc", "-info", "-data", "-debug"};
    str_cut(entry, '/', &entry, &rest);
    if (entry.n < NIX_HASH + 2 || entry.p[NIX_HASH] != '-')
        return false;
    str label = str_from(entry, NIX_HASH + 1);
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++)
        if (str_ends(label, str_of(outputs[i]))) {
            output = str_of(outputs[i] + 1);
            label = str_upto(label, label.n - strlen(outputs[i]));
            break;
        }
    split(label, &name, &version);
    if (!version.n)
        return true;
    struct purl_qualifier q[2] = {{S("drvhash"), str_upto(entry, NIX_HASH)}, {S("output"), output}};
    struct find find = {
        .type = "nix", .name = name, .version = version, .qualifiers = q, .n_qualifiers = output.n ? 2 : 1};
    (void)a;
    collect_find(c, &find);
    return true;
}

static bool read_store(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    (void)bytes;
    (void)e;
    report_store_path(c, f->path, a);
    return true;
}

static bool sniff_store(str head, const struct found_file *f) {
    (void)head;
    return str_starts(f->path, S("nix/store/")) || str_find(f->path, S("/nix/store/")) != STR_NONE;
}
const struct detector detector_nix = {
    .name = "host/nix", .sniff = sniff_store, .purl_types = "nix", .read = read_store};
