/* SPDX-License-Identifier: Apache-2.0
 *
 * Programs, libraries, objects and kernel modules in ELF: one row per check.
 *
 * A file is viewed once (tables, symbols, notes) and each check then judges the view. Checks of what the loader does
 * hold for executables and libraries; object files and kernel modules answer CHECK_NONE to them.
 */
#include "inspect/elf.h"

#include "collect/binary.h"
#include "collect/source.h"
#include "inspect/inspectors.h"

struct elf_check {
    struct check_spec spec;
    unsigned on; /* bits of enum elf_type it applies to */
    enum check_state (*judge)(const struct elf_view *v, str *detail);
};

enum {
    ON_EXECUTABLE = 1 << ELF_EXECUTABLE,
    ON_LOADED = 1 << ELF_EXECUTABLE | 1 << ELF_LIBRARY,
    ON_LINKED = ON_LOADED | 1 << ELF_OBJECT,
    ON_MODULE = 1 << ELF_MODULE,
    ON_CODE = ON_LINKED | ON_MODULE,
};

bool elf_is_static(const struct elf_view *v) {
    return v->type == ELF_EXECUTABLE && !v->interpreter && v->x.dynamic.needed.n == 0;
}

/* ── what the loader sets up ── */

static enum check_state judge_pie(const struct elf_view *v, str *detail) {
    if (v->x.type == ET_EXEC) {
        *detail = str_of(_("fixed addresses"));
        return CHECK_BAD;
    }
    if (elf_is_static(v))
        *detail = str_of(_("static"));
    return CHECK_GOOD;
}

/* Partial leaves the table of functions bound on first use writable. A static program binds nothing later, but unless
 * it was linked with -z now its .got.plt (for functions chosen at start) lies behind the protected part. */
static enum check_state judge_relro(const struct elf_view *v, str *detail) {
    const struct elf_segment *relro = elf_segment_find(&v->x, PT_GNU_RELRO);
    if (!relro)
        return CHECK_BAD;
    if (v->x.dynamic.bind_now)
        return CHECK_GOOD;
    if (!v->x.dynamic.there && v->x.sections.n) {
        const struct elf_section *got = elf_section_find(&v->x, ".got.plt");
        if (!got || (got->address >= relro->address && got->address - relro->address < relro->memory_size))
            return CHECK_GOOD;
    }
    *detail = str_of(_("partial: functions are bound on first use"));
    if (v->x.dynamic.there && !v->x.dynamic.has_plt)
        *detail = str_of(_("partial: not linked with -z now, although nothing is bound on first use"));
    if (!v->x.dynamic.there)
        *detail = str_of(_("partial: .got.plt stays writable"));
    return CHECK_PARTIAL;
}

static enum check_state judge_object_stack(const struct elf_view *v, str *detail) {
    const struct elf_section *s = elf_section_find(&v->x, ".note.GNU-stack");
    if (s && !(s->flags & SHF_EXECINSTR))
        return CHECK_GOOD;
    *detail = s ? str_of(_("asks for an executable stack"))
                : str_of(_("does not say: linkers make the stack executable"));
    return CHECK_BAD;
}

static enum check_state judge_nx(const struct elf_view *v, str *detail) {
    if (v->type == ELF_OBJECT)
        return v->has_code ? judge_object_stack(v, detail) : CHECK_NONE;
    const struct elf_segment *s = elf_segment_find(&v->x, PT_GNU_STACK);
    if (s && !(s->flags & PF_X))
        return CHECK_GOOD;
    *detail = s ? str_of(_("asks for an executable stack"))
                : str_of(_("does not say: the system may make it executable"));
    return CHECK_BAD;
}

static enum check_state judge_rwx(const struct elf_view *v, str *detail) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < v->x.segments.n; i++) {
        const struct elf_segment *s = &v->x.segments.v[i];
        n += s->type == PT_LOAD && (s->flags & (PF_W | PF_X)) == (PF_W | PF_X);
    }
    if (n)
        *detail = arena_printf(v->in->a, msg_n("%u segment", "%u segments", n), n);
    return n ? CHECK_BAD : CHECK_GOOD;
}

static enum check_state judge_textrel(const struct elf_view *v, str *detail) {
    (void)detail;
    return !v->x.dynamic.there ? CHECK_NONE : v->x.dynamic.textrel ? CHECK_BAD : CHECK_GOOD;
}

static bool is_privileged(const struct elf_view *v) { return (v->in->file->mode & 06000) || v->in->capabilities.n; }

static enum check_state judge_rpath(const struct elf_view *v, str *detail) {
    const struct elf_dynamic *d = &v->x.dynamic;
    if (!d->there)
        return CHECK_NONE;
    if (!d->rpath.p && !d->runpath.p)
        return CHECK_GOOD;
    bool host = !v->in->file->source->packed;
    str path = d->runpath.p ? d->runpath : d->rpath; /* a RUNPATH makes loaders ignore the RPATH */
    str bad = search_path_unsafe(v->in->a, path, is_privileged(v), host);
    const char *name = d->runpath.p ? "RUNPATH" : "RPATH";
    *detail = bad.p ? arena_printf(v->in->a, _("%s: others may fill %.*s"), name, STR_ARG(bad))
                    : arena_printf(v->in->a, "%s: %.*s", name, STR_ARG(path));
    return bad.p ? CHECK_BAD : CHECK_PARTIAL;
}

/* Headers and data in an executable segment are bytes an attacker can jump to. */
static enum check_state judge_separate_code(const struct elf_view *v, str *detail) {
    enum { CODE_MOST = 64 }; /* segments; linkers make one or two */
    uint32_t any = 0;
    for (uint32_t i = 0; i < v->x.segments.n && any < CODE_MOST; i++) {
        const struct elf_segment *s = &v->x.segments.v[i];
        if (s->type != PT_LOAD || !(s->flags & PF_X))
            continue;
        any++;
        if (s->offset == 0 && s->file_size) {
            *detail = str_of(_("headers are executable"));
            return CHECK_BAD;
        }
        for (uint32_t k = 0; k < v->x.sections.n; k++) {
            const struct elf_section *c = &v->x.sections.v[k];
            if (c->type == SHT_PROGBITS && (c->flags & (SHF_ALLOC | SHF_EXECINSTR)) == SHF_ALLOC && c->size &&
                c->address >= s->address && c->address - s->address < s->memory_size) {
                *detail = arena_printf(v->in->a, _("%.*s is executable"), STR_ARG(c->name));
                return CHECK_BAD;
            }
        }
    }
    return any ? CHECK_GOOD : CHECK_NONE;
}

/* ── what the compiler put in ── */

static enum check_state judge_protector(const struct elf_view *v, str *detail) {
    if (!v->has_code)
        return CHECK_NONE;
    if (v->marks[MARK_PROTECTOR] || v->notes.annobin_protector == YES_SURE)
        return CHECK_GOOD;
    if (v->language == MARK_GO) {
        *detail = S("Go");
        return CHECK_NONE;
    }
    if (!v->symbols_known) {
        *detail = str_of(_("no symbols to tell by"));
        return CHECK_UNKNOWN;
    }
    return CHECK_BAD;
}

static enum check_state judge_fortify(const struct elf_view *v, str *detail) {
    uint32_t total = v->fortified + v->fortifiable;
    if (!v->has_code || (v->language == MARK_GO && !v->fortified))
        return CHECK_NONE;
    if (elf_is_static(v)) {
        *detail = v->fortified ? arena_printf(v->in->a, _("%u linked in"), v->fortified)
                               : str_of(_("cannot be told of a static program"));
        return v->fortified ? CHECK_PARTIAL : CHECK_UNKNOWN;
    }
    if (!v->symbols_known) {
        *detail = str_of(_("no symbols to tell by"));
        return CHECK_UNKNOWN;
    }
    if (!total)
        return CHECK_NONE;
    *detail = arena_printf(v->in->a, _("%u of %u functions"), v->fortified, total);
    return v->fortifiable == 0 ? CHECK_GOOD : v->fortified ? CHECK_PARTIAL : CHECK_BAD;
}

static enum check_state feature(const struct elf_view *v, uint16_t machine, uint16_t other, bool has, uint32_t bits,
                                uint32_t bit, str *detail) {
    if ((v->x.machine != machine && v->x.machine != other) || !v->has_code)
        return CHECK_NONE;
    if (!has)
        *detail = str_of(_("no mark at all"));
    return bits & bit ? CHECK_GOOD : CHECK_BAD;
}
static enum check_state judge_ibt(const struct elf_view *v, str *detail) {
    return feature(v, EM_X86_64, EM_386, v->notes.has_x86, v->notes.x86_features, 1, detail);
}
static enum check_state judge_shstk(const struct elf_view *v, str *detail) {
    return feature(v, EM_X86_64, EM_386, v->notes.has_x86, v->notes.x86_features, 2, detail);
}
static enum check_state judge_bti(const struct elf_view *v, str *detail) {
    return feature(v, EM_AARCH64, EM_AARCH64, v->notes.has_aarch64, v->notes.aarch64_features, 1, detail);
}
static enum check_state judge_pac(const struct elf_view *v, str *detail) {
    return feature(v, EM_AARCH64, EM_AARCH64, v->notes.has_aarch64, v->notes.aarch64_features, 2, detail);
}

static enum check_state judge_stack_clash(const struct elf_view *v, str *detail) {
    static const enum check_state states[] = {CHECK_UNKNOWN, CHECK_BAD, CHECK_GOOD};
    (void)detail;
    return v->has_code ? states[v->notes.stack_clash] : CHECK_NONE;
}

/* ── what was left in ── */

static bool is_runtime(const struct elf_view *v) {
    static const char *const names[] = {"libasan",  "libhwasan", "liblsan",     "libtsan",
                                        "libubsan", "libmsan",   "libclang_rt", "libgcov"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_starts(v->x.dynamic.soname, str_of(names[i])))
            return true;
    return false;
}

static enum check_state judge_sanitizer(const struct elf_view *v, str *detail) {
    struct buf b = {0};
    if (is_runtime(v)) {
        *detail = str_of(_("is a sanitizer's own library"));
        return CHECK_NONE;
    }
    for (int m = 0; m < MARKS; m++)
        if (v->marks[m] && sanitizer_name((enum mark)m))
            buf_addf(&b, "%s%s", b.n ? ", " : "", sanitizer_name((enum mark)m));
    bool any = b.n > 0, worse = false;
    if (any)
        *detail = arena_str(v->in->a, buf_str(&b));
    buf_free(&b);
    for (int m = MARK_ASAN; m <= MARK_UBSAN; m++)
        worse |= v->marks[m];
    if (!any && !v->symbols_known)
        return CHECK_UNKNOWN;
    return worse ? CHECK_BAD : any ? CHECK_PARTIAL : CHECK_GOOD;
}

static enum check_state judge_assertions(const struct elf_view *v, str *detail) {
    if (v->marks[MARK_ASSERT] && !elf_is_static(v))
        *detail = str_of(_("assert() is compiled in"));
    else if (v->marks[MARK_OVERFLOW_CHECKS])
        *detail = str_of(_("Rust checks arithmetic overflow"));
    else
        return v->symbols_known && !elf_is_static(v) ? CHECK_GOOD : CHECK_UNKNOWN;
    return CHECK_PARTIAL;
}

static enum check_state judge_symbols(const struct elf_view *v, str *detail) {
    const struct elf_image *x = &v->x;
    bool debug = elf_section_find(x, ".debug_info") || elf_section_find(x, ".zdebug_info");
    if (debug)
        *detail = str_of(_("debugging information"));
    else if (x->table.n)
        *detail = arena_printf(v->in->a, msg_n("%llu symbol", "%llu symbols", (unsigned long)x->table.n),
                               (unsigned long long)x->table.n);
    return debug || x->table.n ? CHECK_PARTIAL : CHECK_GOOD;
}

static enum check_state judge_build_id(const struct elf_view *v, str *detail) {
    (void)detail;
    return v->notes.build_id.n ? CHECK_GOOD : CHECK_BAD;
}

static enum check_state judge_privileges(const struct elf_view *v, str *detail) {
    uint32_t mode = v->in->file->mode;
    bool caps = v->in->capabilities.n > 0;
    if (!is_privileged(v))
        return CHECK_GOOD;
    str granted = caps ? capabilities_text(v->in->a, v->in->capabilities) : S("");
    *detail = arena_printf(v->in->a, "%s%s%s%s%.*s", mode & 04000 ? "setuid" : "", (mode & 06000) == 06000 ? ", " : "",
                           mode & 02000 ? "setgid" : "", granted.n && (mode & 06000) ? ", " : "", STR_ARG(granted));
    return CHECK_PARTIAL;
}

/* A signed module ends in this text; in front of it stand the signature and its description. */
static enum check_state judge_signature(const struct elf_view *v, str *detail) {
    (void)detail;
    return str_ends(v->x.bytes, S("~Module signature appended~\n")) ? CHECK_GOOD : CHECK_BAD;
}

/* ── the table ── */

static const struct elf_check checks[] = {
    {{"pie", N_("position independent (PIE)"), N_("at fixed addresses an attacker knows where everything is"),
      N_("compile with -fPIE and link with -pie (static programs: -static-pie)"), "S(1)-2.2", WEIGHT_HIGH},
     ON_EXECUTABLE,
     judge_pie},
    {{"relro", N_("read-only relocations (RELRO)"),
      N_("a writable table of function addresses lets one overwritten pointer take over the program"),
      N_("link with -Wl,-z,relro,-z,now"), "S(1)-2.2", WEIGHT_MEDIUM},
     ON_LOADED,
     judge_relro},
    {{"stack-protector", N_("stack protector"), N_("an overflow on the stack can change where a function returns to"),
      N_("compile with -fstack-protector-strong"), "S(1)-2.2", WEIGHT_MEDIUM},
     ON_CODE,
     judge_protector},
    {{"fortify", N_("checked buffer functions (FORTIFY_SOURCE)"),
      N_("functions such as memcpy write past a buffer whose size the compiler knew"),
      N_("compile with -O2 -D_FORTIFY_SOURCE=3 (or 2)"), "S(1)-2.2", WEIGHT_MEDIUM},
     ON_LINKED,
     judge_fortify},
    {{"nx", N_("no executable stack"), N_("data an attacker put on the stack can be run"),
      N_("link with -Wl,-z,noexecstack; in assembly add a .note.GNU-stack section"), "S(1)-2.2", WEIGHT_HIGH},
     ON_LINKED,
     judge_nx},
    {{"rwx", N_("no memory both writable and executable"), N_("whoever can write there can run what was written"),
      N_("link with -Wl,-z,separate-code and without a linker script that joins code and data"), "S(1)-2.2",
      WEIGHT_HIGH},
     ON_LOADED,
     judge_rwx},
    {{"ibt", N_("indirect branch tracking (CET IBT)"), N_("an overwritten function pointer can lead anywhere"),
      N_("compile everything, assembly too, with -fcf-protection=full"), "S(1)-2.2", WEIGHT_LOW},
     ON_CODE & ~ON_MODULE,
     judge_ibt},
    {{"shstk", N_("shadow stack (CET SHSTK)"), N_("an overwritten return address is followed"),
      N_("compile everything, assembly too, with -fcf-protection=full"), "S(1)-2.2", WEIGHT_LOW},
     ON_CODE & ~ON_MODULE,
     judge_shstk},
    {{"bti", N_("branch target identification (BTI)"), N_("an overwritten function pointer can lead anywhere"),
      N_("compile everything, assembly too, with -mbranch-protection=standard"), "S(1)-2.2", WEIGHT_LOW},
     ON_CODE & ~ON_MODULE,
     judge_bti},
    {{"pac", N_("signed return addresses (PAC)"), N_("an overwritten return address is followed"),
      N_("compile everything, assembly too, with -mbranch-protection=standard"), "S(1)-2.2", WEIGHT_LOW},
     ON_CODE & ~ON_MODULE,
     judge_pac},
    {{"stack-clash", N_("stack clash protection"), N_("a large object can reach past the end of the stack"),
      N_("compile with -fstack-clash-protection"), "S(1)-2.2", WEIGHT_LOW},
     ON_LINKED,
     judge_stack_clash},
    {{"rpath", N_("no search path of its own for libraries"),
      N_("whoever can write to a folder of the path can have code loaded"),
      N_("link without -rpath, or remove it with patchelf --remove-rpath or chrpath -d"), "S(1)-2.2 S(1)-2.4",
      WEIGHT_HIGH},
     ON_LOADED,
     judge_rpath},
    {{"textrel", N_("no text relocations"), N_("code has to be made writable when it is loaded"),
      N_("compile with -fPIC; in assembly address data relative to the program counter"), "S(1)-2.2", WEIGHT_MEDIUM},
     ON_LOADED,
     judge_textrel},
    {{"separate-code", N_("code apart from data"), N_("executable data are more pieces for an attacker to jump to"),
      N_("link with -Wl,-z,separate-code"), "S(1)-2.2", WEIGHT_LOW},
     ON_LOADED,
     judge_separate_code},
    {{"sanitizer", N_("no sanitizer left in"),
      N_("sanitizers are for testing: they read their options from the environment and change how memory is laid out"),
      N_("build the release without -fsanitize"), "S(1)-2.2 S(1)-2.4", WEIGHT_HIGH},
     ON_CODE & ~ON_MODULE,
     judge_sanitizer},
    {{"assertions", N_("no debug assertions"),
      N_("a failed assertion stops the program, and its text tells about its inside"),
      N_("build the release with -DNDEBUG, or keep assertions on purpose"), "S(1)-2.4", WEIGHT_LOW},
     ON_LOADED,
     judge_assertions},
    {{"symbols", N_("stripped of symbols"), N_("symbols ease the search for weak places and enlarge the file"),
      N_("strip the release, and keep the symbols apart for debugging"), "S(1)-2.4", WEIGHT_LOW},
     ON_LOADED,
     judge_symbols},
    {{"build-id", N_("build id"), N_("without it a crash or a file in the field cannot be matched to its build"),
      N_("link with -Wl,--build-id"), "S(1)-2.2", WEIGHT_LOW},
     ON_LOADED | ON_MODULE,
     judge_build_id},
    {{"privileges", N_("no rights beyond its caller's"),
      N_("a flaw in a setuid program or one with file capabilities gives its rights away"),
      N_("take the bits off with chmod or setcap -r, or give a service the rights instead"), "S(1)-2.4", WEIGHT_MEDIUM},
     ON_LOADED,
     judge_privileges},
    {{"signature", N_("signed kernel module"), N_("the kernel cannot tell where an unsigned module came from"),
      N_("sign modules when the kernel is built (CONFIG_MODULE_SIG) or with scripts/sign-file"), "S(1)-2.2",
      WEIGHT_MEDIUM},
     ON_MODULE,
     judge_signature},
};

/* ── the view ── */

static bool mark_symbols(struct elf_view *v, const struct marks *m, const struct elf_symbols *table, bool imports) {
    bool seen[FORTIFY_MOST][2] = {{false}};
    bool count = imports || !v->x.imports.n;
    struct buf names[2] = {{0}, {0}};
    for (uint64_t i = 1; i < table->n; i++) {
        struct elf_symbol s = elf_symbol_at(&v->x, table, i);
        bool checked;
        if (s.name.n < 4)
            continue;
        enum mark mark = marks_symbol(m, s.name);
        /* Who refers to a sanitizer weakly only asks whether it is there. */
        if (!s.weak || s.defined || !sanitizer_name(mark))
            v->marks[mark] = true;
        if (!count || s.type == STT_FILE || s.type == STT_SECTION)
            continue;
        int f = marks_fortify(m, s.name, &checked);
        /* What a library defines itself it does not call through its checked name; a static program defines it all. */
        if (f < 0 || (s.defined && v->x.imports.n) || seen[f][checked])
            continue;
        seen[f][checked] = true;
        buf_addf(&names[checked], "%s%s", names[checked].n ? " " : "", marks_fortify_name(f));
        v->fortified += checked;
        v->fortifiable += !checked;
    }
    if (count) {
        v->unfortified_names = arena_str(v->in->a, buf_str(&names[0]));
        v->fortified_names = arena_str(v->in->a, buf_str(&names[1]));
    }
    buf_free(&names[0]);
    buf_free(&names[1]);
    return table->n > 1;
}

static void view_marks(struct elf_view *v, const struct marks *m) {
    v->symbols_known = mark_symbols(v, m, &v->x.imports, true);
    v->symbols_known |= mark_symbols(v, m, &v->x.table, false);
    for (uint32_t i = 0; i < v->x.dynamic.needed.n; i++)
        v->marks[marks_library(m, v->x.dynamic.needed.v[i])] = true;
    for (uint32_t i = 0; i < v->x.sections.n; i++)
        v->marks[marks_section(m, v->x.sections.v[i].name)] = true;
    const struct elf_section *comment = elf_section_find(&v->x, ".comment");
    if (comment)
        v->comment = elf_section_bytes(&v->x, comment);
    v->marks[MARK_RUST] |= str_find(v->comment, S("rustc version")) != STR_NONE;
    v->marks[MARK_ZIG] |= str_find(v->comment, S("zig ")) != STR_NONE;
    v->marks[MARK_C] |= v->comment.n > 0 || (v->symbols_known && !v->marks[MARK_GO]);
    for (int i = MARK_GO; i < MARKS && !v->language; i++)
        if (v->marks[i])
            v->language = (enum mark)i;
}

/* Debuggers' files keep the section table of the program, but its code and data take no room in them. */
static bool is_debug_file(const struct elf_image *x) {
    bool code = false, there = false;
    for (uint32_t i = 0; i < x->sections.n; i++)
        if (x->sections.v[i].flags & SHF_EXECINSTR) {
            code = true;
            there |= x->sections.v[i].type != SHT_NOBITS;
        }
    return code && !there &&
           (x->table.n || elf_section_find(x, ".debug_info") || elf_section_find(x, ".gnu_debugdata"));
}

static enum elf_type type_of_object(const struct elf_image *x) {
    return elf_section_find(x, ".modinfo") || elf_section_find(x, ".gnu.linkonce.this_module") ? ELF_MODULE
                                                                                               : ELF_OBJECT;
}

static enum elf_type type_of(const struct elf_view *v) {
    enum { EM_CUDA_ = 190, EM_AMDGPU_ = 224, EM_BPF_ = 247, EM_CUDA_OLD = 0x3A5C };
    const struct elf_image *x = &v->x;
    if (x->machine == EM_CUDA_ || x->machine == EM_AMDGPU_ || x->machine == EM_BPF_ || x->machine == EM_CUDA_OLD)
        return ELF_FOREIGN;
    if (x->type == ET_CORE)
        return ELF_CORE;
    if (is_debug_file(x))
        return ELF_DEBUG;
    if (x->type == ET_REL)
        return type_of_object(x);
    if (elf_section_find(x, "__ksymtab") || elf_section_find(x, ".vmlinux.info"))
        return ELF_KERNEL;
    if (x->type == ET_EXEC)
        return ELF_EXECUTABLE;
    /* Linkers write DT_DEBUG into programs only. A loader alone is no sign: some libraries can be run (libc.so.6). */
    return x->dynamic.pie_flag || x->dynamic.debug ? ELF_EXECUTABLE : ELF_LIBRARY;
}

/* Beyond what every linked file has for its start and end. */
static bool is_own_code(const struct elf_section *s) {
    return (s->flags & SHF_EXECINSTR) && s->size && !str_is(s->name, ".init") && !str_is(s->name, ".fini") &&
           !str_starts(s->name, S(".plt"));
}

static bool has_code(const struct elf_image *x) {
    bool any = false;
    for (uint32_t i = 0; i < x->sections.n && !any; i++)
        any = is_own_code(&x->sections.v[i]);
    for (uint32_t i = 0; i < x->segments.n && !x->sections.n; i++)
        any |= x->segments.v[i].type == PT_LOAD && (x->segments.v[i].flags & PF_X);
    return any;
}

static const char *const type_names[] = {"executable", "library", "object", "module",
                                         "kernel",     "core",    "debug",  "foreign"};

static bool look(struct inspect *in, str bytes, struct inspection *out, struct err *e) {
    struct elf_view v = {.in = in};
    if (!str_starts(bytes, S(ELFMAG)))
        return true;
    if (!elf_image_read(in->scratch, bytes, &v.x))
        return err_set(e, ERR_INPUT, in->file->path, _("the headers of this ELF file make no sense"));
    out->kind = "elf";
    v.interpreter = elf_segment_find(&v.x, PT_INTERP) != NULL;
    v.type = type_of(&v);
    v.has_code = has_code(&v.x);
    out->type = type_names[v.type];
    if (v.type != ELF_CORE && v.type != ELF_DEBUG) {
        view_marks(&v, in->state);
        elf_view_notes(&v);
    }
    if (language_name(v.language))
        out->language = str_of(language_name(v.language));
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        str detail = {NULL, 0};
        bool applies = checks[i].on & 1u << v.type;
        enum check_state state = applies ? checks[i].judge(&v, &detail) : CHECK_NONE;
        check_add(in, out, &checks[i].spec, state, detail);
    }
    elf_view_facts(&v, out);
    return true;
}

static bool prepare(struct ctx *c, struct arena *a, const struct inspect_options *o, const void **state,
                    struct err *e) {
    (void)c, (void)o, (void)e;
    *state = marks_new(a);
    return true;
}

static bool sniff(str head, const struct found_file *f) {
    (void)f;
    return str_starts(head, S(ELFMAG));
}

const struct inspector inspect_elf = {
    .name = "elf",
    .title = N_("programs, libraries and kernel modules for Linux and Unix (ELF)"),
    .sniff = sniff,
    .pieces = true,
    .prepare = prepare,
    .look = look,
};
