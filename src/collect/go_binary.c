/* SPDX-License-Identifier: Apache-2.0
 *
 * What the Go linker writes into every program: the version of Go and the modules it was built from.
 *
 *   0   "\xff Go buildinf:"
 *   14  size of a pointer
 *   15  bit 0: big endian; bit 1: the two texts follow inline (Go 1.18 and later)
 *   16  pointer to a Go string header with the version, pointer to one with the modules   (before 1.18)
 *   32  length as a varint, version; length as a varint, modules                            (1.18 and later)
 *
 * The modules stand between two random marks of 16 bytes, as lines of tab-separated fields: path, mod, dep, =>, build.
 */
#include "collect/binary.h"
#include "collect/detectors.h"

enum { HEADER = 32, MARK = 16 };
#define MAGIC S("\xff Go buildinf:")

static str varint_text(str *rest) {
    uint64_t n = 0;
    for (unsigned shift = 0, i = 0; i < rest->n && shift < 63; i++, shift += 7) {
        unsigned char b = (unsigned char)rest->p[i];
        n |= (uint64_t)(b & 0x7F) << shift;
        if (b < 0x80) {
            str text = piece(*rest, i + 1, n);
            *rest = str_from(*rest, text.p ? i + 1 + (size_t)n : rest->n);
            return text;
        }
    }
    return (str){NULL, 0};
}

static uint64_t pointer(str bytes, size_t at, unsigned size, bool big) {
    return size == 4 ? (big ? be32(bytes, at) : le32(bytes, at)) : (big ? be64(bytes, at) : le64(bytes, at));
}

/* A Go string header is a pointer and a length. */
static str pointed_text(str program, str info, size_t at, unsigned size, bool big) {
    str header = binary_at(program, pointer(info, at, size, big));
    if (header.n < 2 * size)
        return (str){NULL, 0};
    return piece(binary_at(program, pointer(header, 0, size, big)), 0, pointer(header, size, size, big));
}

bool go_build_info(str program, str *version, str *modules) {
    str section = binary_section(program, ".go.buildinfo", ".data", "__go_buildinfo");
    size_t at = str_find(section, MAGIC);
    str info = at == STR_NONE ? (str){NULL, 0} : str_from(section, at);
    if (info.n < HEADER)
        return false;
    unsigned size = (unsigned char)info.p[14], flags = (unsigned char)info.p[15];
    if (flags & 2) {
        str rest = str_from(info, HEADER);
        *version = varint_text(&rest);
        *modules = varint_text(&rest);
    } else if (size == 4 || size == 8) {
        *version = pointed_text(program, info, 16, size, flags & 1);
        *modules = pointed_text(program, info, 16 + size, size, flags & 1);
    }
    if (modules->n > 2 * MARK && modules->p[modules->n - MARK - 1] == '\n')
        *modules = str_n(modules->p + MARK, modules->n - 2 * MARK);
    else
        *modules = (str){NULL, 0};
    return version->n > 0;
}

struct module {
    str path, version, sum;
    bool main;
};
VEC_NAMED(modules, struct module);

struct build {
    str path, revision, ldflags; /* package path of the program, vcs.revision, -ldflags */
    struct modules modules;
};

static struct module module_of(str line) {
    struct module m = {0};
    str_next(&line, '\t', &m.path);
    str_next(&line, '\t', &m.version);
    str_next(&line, '\t', &m.sum);
    return m;
}

static void read_lines(struct arena *a, str text, struct build *b) {
    str line, word, rest;
    while (str_line(&text, &line)) {
        if (!str_cut(line, '\t', &word, &rest))
            continue;
        if (str_is(word, "path"))
            b->path = rest;
        else if (str_is(word, "mod") || str_is(word, "dep")) {
            struct module m = module_of(rest);
            m.main = str_is(word, "mod");
            *vec_push(a, &b->modules) = m;
        } else if (str_is(word, "=>") && b->modules.n) {
            struct module *last = &b->modules.v[b->modules.n - 1], by = module_of(rest);
            by.main = last->main;
            *last = by;
        } else if (str_is(word, "build") && str_starts(rest, S("vcs.revision=")))
            b->revision = str_from(rest, 13);
        else if (str_is(word, "build") && str_starts(rest, S("-ldflags=")))
            b->ldflags = str_from(rest, 9);
    }
}

/* Many set the version with -ldflags "-X main.version=v1.2.3". */
static str ldflags_version(str flags) {
    static const char *const names[] = {".version=", ".Version=", ".gitVersion=", ".GitVersion="};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t at = str_find(flags, str_of(names[i]));
        if (at == STR_NONE)
            continue;
        str v = str_from(flags, at + strlen(names[i]));
        size_t end = 0;
        while (v.p && end < v.n && (ch_alnum(v.p[end]) || memchr(".-+_", v.p[end], 4)))
            end++;
        v = str_upto(v, end);
        if (v.n && (ch_digit(v.p[0]) || (v.p[0] == 'v' && v.n > 1 && ch_digit(v.p[1]))))
            return v;
    }
    return (str){NULL, 0};
}

static void report_module(struct collect *c, struct arena *a, const struct build *b, const struct module *m) {
    struct sbom_property properties[2];
    struct find f = {.type = "golang", .name = m->path, .version = m->version, .properties = properties};
    str dir, base;
    if (str_rcut(m->path, '/', &dir, &base)) {
        f.ns = dir;
        f.name = base;
    }
    /* A replacement by a folder ("=> ./fork") has no version; the module is there, under a path that means nothing. */
    if (m->path.n && m->path.p[0] == '.') {
        collect_unidentified(c, m->path, str_of(_("a Go module that was replaced by a local folder")));
        return;
    }
    if (str_is(m->version, "(devel)"))
        f.version = m->main ? ldflags_version(b->ldflags) : (str){NULL, 0};
    if (m->main) {
        f.kind = TYPE_APPLICATION;
        if (b->revision.n)
            properties[f.n_properties++] = (struct sbom_property){S("akashi:vcs-revision"), b->revision};
    }
    if (m->sum.n)
        properties[f.n_properties++] = (struct sbom_property){S("akashi:go-sum"), m->sum};
    f.key = arena_cat(a, m->main ? S("main ") : S("dep "), m->path);
    collect_find(c, &f);
}

static bool read_go(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    str version = {NULL, 0}, modules = {NULL, 0};
    struct build b = {0};
    str main_key = {NULL, 0};
    (void)e;
    (void)f;
    if (!go_build_info(bytes, &version, &modules))
        return true;
    read_lines(a, modules, &b);
    for (uint32_t i = 0; i < b.modules.n; i++) {
        report_module(c, a, &b, &b.modules.v[i]);
        if (b.modules.v[i].main)
            main_key = arena_cat(a, S("main "), b.modules.v[i].path);
    }
    /* "go1.22.1", perhaps with " X:experiment" behind. */
    str word = version;
    str_next(&version, ' ', &word);
    struct find stdlib = {.type = "golang",
                          .name = S("stdlib"),
                          .key = S("stdlib"),
                          .version = str_starts(word, S("go")) ? str_from(word, 2) : word,
                          .licence = S("BSD-3-Clause")};
    collect_find(c, &stdlib);
    for (uint32_t i = 0; i < b.modules.n; i++)
        if (!b.modules.v[i].main)
            collect_edge(c, main_key, arena_cat(a, S("dep "), b.modules.v[i].path));
    collect_edge(c, main_key, S("stdlib"));
    return true;
}

static bool sniff(str head, const struct found_file *f) {
    (void)f;
    return binary_kind(head) != BINARY_NONE;
}
const struct detector detector_go_binary = {.pieces = true,
                                            .elf_section = ".go.buildinfo",
                                            .name = "binary/go",
                                            .sniff = sniff,
                                            .purl_types = "golang",
                                            .read = read_go};
