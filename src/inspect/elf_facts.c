/* SPDX-License-Identifier: Apache-2.0
 *
 * What is worth knowing of an ELF file without being good or bad: machine, compiler, the C library it needs.
 */
#include "collect/binary.h"
#include "inspect/elf.h"

static const struct {
    uint16_t machine;
    const char *name;
} machines[] = {
    {EM_386, "x86"},
    {EM_X86_64, "x86-64"},
    {EM_ARM, "arm"},
    {EM_AARCH64, "arm64"},
    {EM_PPC, "ppc"},
    {EM_PPC64, "ppc64"},
    {EM_S390, "s390"},
    {EM_RISCV, "riscv"},
    {EM_MIPS, "mips"},
    {EM_SPARC, "sparc"},
    {EM_SPARCV9, "sparc64"},
    {EM_68K, "m68k"},
    {EM_SH, "sh"},
    {EM_IA_64, "ia64"},
    {EM_ALPHA, "alpha"},
    {EM_PARISC, "parisc"},
    {EM_AVR, "avr"},
    {EM_MSP430, "msp430"},
    {EM_XTENSA, "xtensa"},
    {EM_ARC, "arc"},
    {EM_BPF, "bpf"},
    {258, "loongarch"},
    {EM_CUDA, "cuda"},
    {EM_AMDGPU, "amdgpu"},
    {EM_MICROBLAZE, "microblaze"},
    {EM_OPENRISC, "openrisc"},
    {EM_CSKY, "csky"},
};

static str machine_of(const struct elf_view *v) {
    for (size_t i = 0; i < sizeof machines / sizeof *machines; i++)
        if (machines[i].machine == v->x.machine)
            return arena_printf(v->in->a, "%s, %s%s", machines[i].name, v->x.wide ? "64 bit" : "32 bit",
                                v->x.big ? ", big endian" : "");
    return arena_printf(v->in->a, "%u", v->x.machine);
}

/* ── the C library it needs ── */

/* "2.34" against "2.4": number by number. */
static int version_order(str x, str y) {
    str a, b;
    for (;;) {
        bool more_x = str_next(&x, '.', &a), more_y = str_next(&y, '.', &b);
        uint64_t m = 0, n = 0;
        if (!more_x || !more_y)
            return (int)more_x - (int)more_y;
        if (!str_u64(a, &m) || !str_u64(b, &n))
            return str_cmp(a, b);
        if (m != n)
            return m < n ? -1 : 1;
    }
}

/* Version needs, a list of lists: each file (16 bytes: version, count, file, first, next), each version of it (16
 * bytes: hash, flags, other, name, next), linked by distances. */
static void raise_to_needed(const struct elf_view *v, str prefix, str *highest) {
    enum { FILES_MOST = 4096, VERSIONS_MOST = 1 << 16 };
    const struct elf_image *x = &v->x;
    str t = elf_image_at(x, x->dynamic.verneed);
    uint32_t seen = 0;
    for (uint64_t i = 0, at = 0; i < x->dynamic.n_verneed && i < FILES_MOST && at + 16 <= t.n; i++) {
        uint64_t first = at + elf_u32(x, t, at + 8);
        uint32_t versions = elf_u16(x, t, at + 2);
        for (uint32_t k = 0; k < versions && seen < VERSIONS_MOST && first + 16 <= t.n; k++, seen++) {
            str name = elf_text(x->dynamic.names, elf_u32(x, t, first + 8));
            if (str_starts(name, prefix) && name.n > prefix.n && ch_digit(name.p[prefix.n])) {
                str version = str_from(name, prefix.n);
                if (!highest->p || version_order(version, *highest) > 0)
                    *highest = version;
            }
            uint32_t next = elf_u32(x, t, first + 12);
            if (!next)
                break;
            first += next;
        }
        uint32_t next = elf_u32(x, t, at + 12);
        if (!next)
            break;
        at += next;
    }
}

static str needed_version(const struct elf_view *v, const char *prefix) {
    str highest = {NULL, 0};
    if (v->x.dynamic.verneed)
        raise_to_needed(v, str_of(prefix), &highest);
    return arena_str(v->in->a, highest);
}

/* ── who compiled it ── */

static void add_once(struct buf *b, str s) {
    if (!s.n || s.n > 200 || str_find(buf_str(b), s) != STR_NONE)
        return;
    if (b->n)
        buf_addz(b, "; ");
    buf_add(b, s);
}

/* "GCC: (Debian 12.2.0-14) 12.2.0", "rustc version 1.85.0 (…)", "Linker: LLD 17" of .comment, each once. */
static void add_comment(struct arena *a, struct buf *b, str comment) {
    enum { COMMENT_MOST = 1 << 16 };
    comment = str_upto(comment, COMMENT_MOST);
    for (str one; comment.n && b->n < 1000;) {
        size_t end = str_chr(comment, 0);
        one = str_trim(str_upto(comment, end == STR_NONE ? comment.n : end));
        comment = str_from(comment, end == STR_NONE ? comment.n : end + 1);
        if (str_starts(one, S("GCC: ")))
            one = arena_printf(a, "GCC %.*s", STR_ARG(str_from(one, 5)));
        add_once(b, one);
    }
}

/* DW_AT_producer stands as text in .debug_str: "GNU C17 12.2.0 -mtune=generic …". */
static str producer_of(const struct elf_view *v) {
    enum { SEARCH_MOST = 4 << 20 };
    static const char *const begins[] = {"GNU C", "GNU GIMPLE",  "clang version", "rustc version",
                                         "GNU D", "GNU Fortran", "GNU Ada"};
    const struct elf_section *s = elf_section_find(&v->x, ".debug_str");
    str text = s && !(s->flags & SHF_COMPRESSED) ? str_upto(elf_section_bytes(&v->x, s), SEARCH_MOST) : S("");
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        size_t at = str_find(text, str_of(begins[i]));
        if (at == STR_NONE)
            continue;
        str found = elf_text(text, at);
        size_t options = str_find(found, S(" -"));
        return str_upto(found, options == STR_NONE ? found.n : options);
    }
    return (str){NULL, 0};
}

static str compiler_of(const struct elf_view *v) {
    struct buf b = {0};
    str version, modules;
    if (v->language == MARK_GO && go_build_info(v->x.bytes, &version, &modules))
        add_once(&b, version);
    add_comment(v->in->scratch, &b, v->comment);
    add_once(&b, v->notes.annobin_tool);
    if (!b.n)
        add_once(&b, producer_of(v));
    str out = arena_str(v->in->a, buf_str(&b));
    buf_free(&b);
    return out;
}

/* ── others ── */

/* "name=value\0…" */
static str modinfo(const struct elf_view *v, const char *name) {
    const struct elf_section *s = elf_section_find(&v->x, ".modinfo");
    str text = s ? elf_section_bytes(&v->x, s) : (str){NULL, 0};
    for (str key, value; text.n;) {
        size_t end = str_chr(text, 0);
        str one = str_upto(text, end == STR_NONE ? text.n : end);
        text = str_from(text, one.n + 1);
        if (str_cut(one, '=', &key, &value) && str_is(key, name))
            return value;
    }
    return (str){NULL, 0};
}

static str debug_link(const struct elf_view *v) {
    const struct elf_section *s = elf_section_find(&v->x, ".gnu_debuglink");
    return s ? elf_text(elf_section_bytes(&v->x, s), 0) : (str){NULL, 0};
}

static str extras(const struct elf_view *v) {
    return arena_printf(v->in->a, "%s%s%s", v->marks[MARK_CFI] ? "Clang CFI" : "",
                        v->marks[MARK_CFI] && v->marks[MARK_SAFESTACK] ? ", " : "",
                        v->marks[MARK_SAFESTACK] ? "SafeStack" : "");
}

static void add_text(const struct elf_view *v, struct inspection *out, const char *id, const char *title, str value) {
    fact_add(v->in, out, id, title, arena_str(v->in->a, value));
}

void elf_view_facts(const struct elf_view *v, struct inspection *out) {
    struct inspect *in = v->in;
    const struct elf_segment *interpreter = elf_segment_find(&v->x, PT_INTERP);
    fact_add(in, out, "machine", N_("machine"), machine_of(v));
    if (v->type == ELF_EXECUTABLE || v->type == ELF_LIBRARY)
        fact_add(in, out, "linking", N_("linking"), str_of(elf_is_static(v) ? "static" : "dynamic"));
    if (interpreter)
        add_text(v, out, "interpreter", N_("loader"),
                 elf_text(piece(v->x.bytes, interpreter->offset, interpreter->file_size), 0));
    add_text(v, out, "soname", N_("name as a library"), v->x.dynamic.soname);
    fact_add(in, out, "language", N_("language"), out->language);
    fact_add(in, out, "compiler", N_("compiler"), compiler_of(v));
    fact_add(in, out, "glibc", N_("needs GNU C library at least"), needed_version(v, "GLIBC_"));
    fact_add(in, out, "libstdc++", N_("needs GNU C++ library ABI at least"), needed_version(v, "GLIBCXX_"));
    fact_add(in, out, "abi", N_("needs kernel at least"), v->notes.abi);
    fact_add(in, out, "build-id", N_("build id"), v->notes.build_id);
    add_text(v, out, "go-build-id", N_("Go build id"), v->notes.go_build_id);
    add_text(v, out, "debuglink", N_("symbols kept apart in"), debug_link(v));
    add_text(v, out, "rpath", "RPATH", v->x.dynamic.rpath);
    add_text(v, out, "runpath", "RUNPATH", v->x.dynamic.runpath);
    fact_add(in, out, "fortified", N_("functions with checks"), v->fortified_names);
    fact_add(in, out, "unfortified", N_("functions without checks"), v->unfortified_names);
    fact_add(in, out, "control-flow", N_("further protection"), extras(v));
    if (v->marks[MARK_COVERAGE])
        fact_add(in, out, "coverage", N_("coverage measurement"), str_of(_("left in")));
    if (v->type == ELF_MODULE) {
        add_text(v, out, "vermagic", N_("made for kernel"), modinfo(v, "vermagic"));
        add_text(v, out, "retpoline", N_("retpolines"), modinfo(v, "retpoline"));
    }
}
