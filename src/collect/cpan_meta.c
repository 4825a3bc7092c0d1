/* SPDX-License-Identifier: Apache-2.0
 *
 * Perl distributions: META.json or META.yml of one in a source tree (the project), MYMETA.json and install.json below
 * …/.meta/NAME-VERSION/ of installed ones.
 */
#include "base/file.h"
#include "base/tree.h"
#include "collect/detectors.h"
#include "collect/report.h"

/* Licences in CPAN::Meta::Spec's words. */
static str licence_of(struct arena *a, struct jv v) {
    static const struct {
        const char *cpan, *spdx;
    } words[] = {{"perl_5", "Artistic-1.0-Perl OR GPL-1.0-or-later"},
                 {"perl", "Artistic-1.0-Perl OR GPL-1.0-or-later"},
                 {"apache_2_0", "Apache-2.0"},
                 {"artistic_1", "Artistic-1.0"},
                 {"artistic_2", "Artistic-2.0"},
                 {"bsd", "BSD-3-Clause"},
                 {"freebsd", "BSD-2-Clause"},
                 {"gpl_2", "GPL-2.0-only"},
                 {"gpl_3", "GPL-3.0-only"},
                 {"lgpl_2_1", "LGPL-2.1-only"},
                 {"lgpl_3_0", "LGPL-3.0-only"},
                 {"mit", "MIT"},
                 {"mozilla_1_1", "MPL-1.1"},
                 {"zlib", "Zlib"}};
    str text = licence_of_json(a, v, "OR");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(text, words[i].cpan))
            return str_of(words[i].spdx);
    return str_is(text, "unknown") || str_is(text, "open_source") ? (str){0} : text;
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    bool installed = str_find(f->path, S(".meta/")) != STR_NONE, yaml = str_ends(f->path, S(".yml"));
    struct err none = {0};
    str other;
    if (str_is(path_base(f->path), "META.yml") && collect_open(c, f, S("META.json"), a, &other, &none))
        return true;
    bool parsed = yaml ? yaml_parse(collect_ctx(c), a, bytes, YAML_STRINGS, f->path, &doc, e)
                       : json_parse(collect_ctx(c), a, bytes, JSON_DUPLICATES_OK, f->path, &doc, e);
    if (!parsed)
        return false;
    str name = j_gets(doc.root, "name"), version = j_gets(doc.root, "version");
    /* META.json is a common name: CPAN's says who wrote it and by which rules */
    if (!name.n || !version.n || !(j_ok(j_get(doc.root, "meta-spec")) || j_ok(j_get(doc.root, "generated_by"))))
        return true;
    collect_find(c, &(struct find){.type = "cpan",
                                   .name = name,
                                   .version = version,
                                   .licence = licence_of(a, j_get(doc.root, "license")),
                                   .description = j_gets(doc.root, "abstract"),
                                   .author = j_str(j_at(j_get(doc.root, "author"), 0)),
                                   .is_project = !installed,
                                   .unless_owned = true});
    return true;
}

static const char *const files[] = {"META.json", "META.yml", ".meta/*/MYMETA.json", NULL};
const struct detector detector_cpan_meta = {.name = "perl/meta", .files = files, .purl_types = "cpan", .read = read};
