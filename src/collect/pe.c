/* SPDX-License-Identifier: Apache-2.0
 *
 * Windows programs and libraries: name and version from their version resource.
 *
 *   .rsrc       tree of folders: type 16 (version) / name / language → place of the data
 *   version     VS_VERSIONINFO: length, value length, type, key in UTF-16, padding to 4, value, children; among the
 *               children StringFileInfo / StringTable / pairs of texts
 */
#include "base/file.h"
#include "collect/binary.h"
#include "collect/detectors.h"

enum { RT_VERSION = 16, FOLDER = 16, ENTRY = 8, DEPTH_MOST = 5 };

struct version {
    str product, file_description, company, product_version, file_version, internal, original, copyright;
};

/* Place of the first entry of a folder, or of the one called `id`; 0 when there is none. */
static uint32_t folder_entry(str rsrc, uint32_t at, int64_t id, bool *is_folder) {
    uint32_t n = le16(rsrc, at + 12) + le16(rsrc, at + 14);
    for (uint32_t i = 0; i < n && i < 4096; i++) {
        size_t entry = at + FOLDER + (size_t)i * ENTRY;
        uint32_t target = le32(rsrc, entry + 4);
        if (id >= 0 && le32(rsrc, entry) != (uint32_t)id)
            continue;
        *is_folder = target >> 31;
        return target & 0x7FFFFFFF;
    }
    return 0;
}

/* The section's bytes are addressed by their place in memory; `rva` of the section is where the first lies. */
static str version_resource(str bytes) {
    str rsrc = binary_section(bytes, NULL, ".rsrc", NULL);
    bool folder = true;
    uint32_t at = rsrc.n ? folder_entry(rsrc, 0, RT_VERSION, &folder) : 0;
    for (int i = 0; i < 2 && at && folder; i++)
        at = folder_entry(rsrc, at, -1, &folder);
    if (!at || folder)
        return (str){NULL, 0};
    size_t pe = le32(bytes, 0x3C), optional = pe + 24;
    uint64_t base = le16(bytes, optional) == 0x20B ? le64(bytes, optional + 24) : le32(bytes, optional + 28);
    return str_upto(binary_at(bytes, base + le32(rsrc, at)), le32(rsrc, at + 4));
}

/* UTF-16LE up to a zero as UTF-8; *end is behind the zero. */
static str utf16(struct arena *a, str s, size_t at, size_t *end) {
    size_t n = at;
    while (n + 1 < s.n && (s.p[n] || s.p[n + 1]))
        n += 2;
    *end = n + 2;
    str with_mark = arena_cat(a, S("\xFF\xFE"), piece(s, at, n - at));
    return text_utf8(a, with_mark);
}

static void take(struct version *v, str key, str value) {
    const struct {
        const char *key;
        str *to;
    } keys[] = {{"ProductName", &v->product},       {"FileDescription", &v->file_description},
                {"CompanyName", &v->company},       {"ProductVersion", &v->product_version},
                {"FileVersion", &v->file_version},  {"InternalName", &v->internal},
                {"OriginalFilename", &v->original}, {"LegalCopyright", &v->copyright}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (str_is(key, keys[i].key) && !keys[i].to->n)
            *keys[i].to = str_trim(value);
}

static void walk(struct arena *a, str block, int depth, struct version *v) { // NOLINT(misc-no-recursion): DEPTH_MOST
    size_t at = 0;
    while (depth < DEPTH_MOST && at + 6 < block.n) {
        str node = piece(block, at, le16(block, at));
        size_t end, value_n = le16(node, 2);
        bool text = le16(node, 4) == 1;
        if (node.n < 6)
            return;
        str key = utf16(a, node, 6, &end);
        end = (end + 3) & ~(size_t)3;
        if (text && value_n && depth >= 2)
            take(v, key, utf16(a, node, end, &(size_t){0}));
        if (!text || !value_n)
            walk(a, str_from(node, (end + (text ? 0 : value_n) + 3) & ~(size_t)3), depth + 1, v);
        at += (node.n + 3) & ~(size_t)3;
    }
}

/* "1.2.3.4 (build)" → 1.2.3.4; "1, 2, 3, 4" as old resource compilers wrote it → 1.2.3.4 */
static str clean_version(struct arena *a, str v) {
    char *p = arena_alloc(a, v.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] == ',') {
            p[n++] = '.';
            while (i + 1 < v.n && v.p[i + 1] == ' ')
                i++;
        } else if (v.p[i] == ' ' || (unsigned char)v.p[i] < ' ') {
            break;
        } else {
            p[n++] = v.p[i];
        }
    }
    return str_n(p, n);
}

static bool read_pe(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct version v = {0};
    (void)e;
    str resource = version_resource(bytes);
    if (resource.n)
        walk(a, resource, 0, &v);
    str name = v.product.n ? v.product : v.file_description.n ? v.file_description : v.internal;
    str number = clean_version(a, v.product_version.n ? v.product_version : v.file_version);
    if (!name.n || !number.n) {
        collect_unidentified(c, S(""), str_of(_("a program that says nothing about where it comes from")));
        return true;
    }
    struct sbom_property p[2] = {{S("akashi:pe-file-version"), clean_version(a, v.file_version)},
                                 {S("akashi:pe-original-name"), v.original}};
    struct find find = {.name = name,
                        .version = number,
                        .supplier = v.company,
                        .copyright = v.copyright,
                        .description = v.file_description,
                        .properties = p,
                        .n_properties = v.original.n ? 2 : 1,
                        .kind = str_iends(f->path, S(".exe")) ? TYPE_APPLICATION : TYPE_LIBRARY};
    collect_find(c, &find);
    return true;
}

static bool sniff(str head, const struct found_file *f) {
    (void)f;
    return binary_kind(head) == BINARY_PE && le32(head, 0x3C) < (1u << 24);
}
const struct detector detector_pe = {
    .pieces = true, .name = "binary/pe", .sniff = sniff, .purl_types = "", .read = read_pe};
