/* SPDX-License-Identifier: Apache-2.0
 *
 * The list of crates that cargo-auditable leaves in the section .dep-v0 of a program: zlib around JSON
 * {"packages":[{"name","version","source","kind","dependencies":[index],"root"}]}.
 */
#include "base/json.h"
#include "base/unpack.h"
#include "collect/binary.h"
#include "collect/detectors.h"

static str key_of(struct arena *a, size_t index) { return arena_printf(a, "%zu", index); }

static void report(struct collect *c, struct arena *a, struct jv p, size_t index) {
    str source = j_gets(p, "source");
    struct sbom_property from = {S("akashi:source"), source};
    struct find f = {.type = "cargo",
                     .name = j_gets(p, "name"),
                     .version = j_gets(p, "version"),
                     .key = key_of(a, index),
                     .scope = str_is(j_gets(p, "kind"), "build") ? SCOPE_DEV : SCOPE_REQUIRED};
    if (j_true(j_get(p, "root")))
        f.kind = TYPE_APPLICATION;
    if (source.n && !str_is(source, "crates.io")) {
        f.properties = &from;
        f.n_properties = 1;
    }
    collect_find(c, &f);
}

static bool read_auditable(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    str section = binary_section(bytes, ".dep-v0", ".dep-v0", ".dep-v0"), text;
    struct json doc;
    if (!section.p)
        return true;
    if (!zlib_unpack(collect_ctx(c), a, section, f->path, &text, e) ||
        !json_parse(collect_ctx(c), a, text, JSON_DUPLICATES_OK, f->path, &doc, e))
        return false;
    struct jv packages = j_get(doc.root, "packages");
    size_t n = j_len(packages);
    if (!j_is_arr(packages))
        return err_set(e, ERR_INPUT, f->path, _("the list of crates in the program has no packages"));
    for (struct jiter it = j_iter(packages); j_next(&it);) {
        report(c, a, it.val, it.index);
        for (struct jiter d = j_iter(j_get(it.val, "dependencies")); j_next(&d);) {
            int64_t to = j_int(d.val, -1);
            if (to >= 0 && (size_t)to < n)
                collect_edge(c, key_of(a, it.index), key_of(a, (size_t)to));
        }
    }
    return true;
}

static bool sniff(str head, const struct found_file *f) {
    (void)f;
    return binary_kind(head) != BINARY_NONE;
}
const struct detector detector_cargo_auditable = {.pieces = true,
                                                  .elf_section = ".dep-v0",
                                                  .name = "binary/cargo-auditable",
                                                  .sniff = sniff,
                                                  .purl_types = "cargo",
                                                  .read = read_auditable};
