/* SPDX-License-Identifier: Apache-2.0
 *
 * ELF files no package owns: what .note.package says they came from; libraries by their SONAME, with what they need;
 * and programs that say nothing about themselves, which are reported as unidentified.
 */
#include "base/file.h"
#include "base/json.h"
#include "collect/binary.h"
#include "collect/detectors.h"

/* Known to the whole run, so that NEEDED of one file leads to the SONAME of another. */
static str soname_key(struct arena *a, str soname) { return arena_cat(a, S("@elf:"), soname); }

/* https://systemd.io/ELF_PACKAGE_METADATA */
static bool report_package(struct collect *c, const struct found_file *f, struct arena *a,
                           const struct elf_facts *elf) {
    struct json doc;
    struct err e = {0};
    if (!elf->package.n || !json_parse(collect_ctx(c), a, elf->package, JSON_DUPLICATES_OK, f->path, &doc, &e))
        return false;
    str type = j_gets(doc.root, "type"), os = j_gets(doc.root, "os"), arch = j_gets(doc.root, "architecture"),
        release = j_gets(doc.root, "osVersion");
    struct purl_qualifier q[2];
    struct find find = {.type = arena_cstr(a, type.n ? type : S("generic")),
                        .ns = os,
                        .unless_owned = true,
                        .name = j_gets(doc.root, "name"),
                        .version = j_gets(doc.root, "version"),
                        .cpe = j_gets(doc.root, "appCpe"),
                        .qualifiers = q,
                        .key = soname_key(a, elf->soname)};
    if (!find.name.n)
        return false;
    if (arch.n)
        q[find.n_qualifiers++] = (struct purl_qualifier){S("arch"), arch};
    if (os.n && release.n)
        q[find.n_qualifiers++] = (struct purl_qualifier){S("distro"),
                                                         arena_printf(a, "%.*s-%.*s", STR_ARG(os), STR_ARG(release))};
    collect_find(c, &find);
    return true;
}

/* "libfoo.so.1.2.3" → libfoo 1.2.3; "libfoo-2.31.so" → libfoo 2.31; one number alone is an interface, no version. */
static void split_name(str file, str *name, str *version) {
    size_t so = str_find(file, S(".so"));
    str behind = so == STR_NONE ? S("") : str_from(file, so + 4);
    *name = str_upto(file, so == STR_NONE ? file.n : so);
    *version = str_chr(behind, '.') != STR_NONE ? behind : (str){NULL, 0};
    str head, tail;
    if (!version->n && str_rcut(*name, '-', &head, &tail) && tail.n && ch_digit(tail.p[0]) &&
        str_chr(tail, '.') != STR_NONE) {
        *name = head;
        *version = tail;
    }
}

static void report_library(struct collect *c, const struct found_file *f, struct arena *a,
                           const struct elf_facts *elf) {
    struct sbom_property p[2] = {{S("akashi:elf-soname"), elf->soname}};
    struct find find = {.unless_owned = true,
                        .kind = TYPE_LIBRARY,
                        .properties = p,
                        .n_properties = 1,
                        .key = soname_key(a, elf->soname)};
    str ignored;
    split_name(path_base(f->path), &find.name, &find.version);
    split_name(elf->soname, &find.name, &ignored);
    if (!find.version.n)
        find.version = ignored;
    if (elf->build_id.n)
        p[find.n_properties++] = (struct sbom_property){S("akashi:elf-build-id"), elf->build_id};
    collect_find(c, &find);
}

static bool read_elf(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct elf_facts elf;
    (void)e;
    if (!elf_read(a, bytes, &elf)) {
        collect_unidentified(c, S(""), str_of(_("a program whose headers are damaged")));
        return true;
    }
    if (elf.relocatable)
        return true;
    if (!report_package(c, f, a, &elf)) {
        if (elf.soname.n)
            report_library(c, f, a, &elf);
        else if (elf.executable)
            collect_unidentified(c, S(""), str_of(_("a program that says nothing about where it comes from")));
    }
    if (elf.soname.n)
        for (uint32_t i = 0; i < elf.needed.n; i++)
            collect_edge(c, soname_key(a, elf.soname), soname_key(a, elf.needed.v[i]));
    return true;
}

static bool sniff(str head, const struct found_file *f) {
    (void)f;
    return binary_kind(head) == BINARY_ELF;
}
const struct detector detector_elf = {.pieces = true,
                                      .of_unowned = true,
                                      .name = "binary/elf",
                                      .sniff = sniff,
                                      .purl_types = "deb rpm apk",
                                      .read = read_elf};
