/* SPDX-License-Identifier: Apache-2.0
 *
 * Programs and libraries for macOS and iOS (Mach-O): one row per check. A universal file holds one program per machine;
 * each is judged, and the worst answer counts.
 *
 *   header, 28 or 32 bytes: magic · cpu type · subtype · file type · commands · their size · flags
 *   load commands: number · size · …
 */
#include "collect/binary.h"
#include "inspect/elf.h"
#include "inspect/inspectors.h"

enum {
    SLICES_MOST = 20, /* a Java class file, which begins alike, has its version there: more */
    COMMANDS_MOST = 4096,
    SYMBOLS_MOST = 1 << 22,
    TYPE_OBJECT = 1,
    TYPE_EXECUTE = 2,
    FLAG_STACK_EXECUTION = 0x20000,
    FLAG_PIE = 0x200000,
    FLAG_NO_HEAP_EXECUTION = 0x1000000,
    SIGNED_RUNTIME = 0x10000,
    SIGNED_ADHOC = 2,
    CPU_X86 = 7,
    CPU_X86_64 = 0x1000007,
    CPU_ARM64 = 0x100000C,
};

struct macho_view {
    struct inspect *in;
    str b; /* of one machine */
    bool big, wide;
    uint32_t cpu, type, flags;
    bool rwx, restricted, encrypted, has_signature, has_directory, symbols_known, arc, objc;
    uint32_t signature_flags;
    str rpaths, uuid, os;
    bool unsafe_rpath;
    bool marks[MARKS];
};

struct macho_check {
    struct check_spec spec;
    enum check_state (*judge)(const struct macho_view *v, str *detail);
};

static uint32_t u32(const struct macho_view *v, str s, size_t at) { return v->big ? be32(s, at) : le32(s, at); }

/* ── load commands ── */

static void read_segment(struct macho_view *v, str c, bool wide) {
    uint32_t initial = u32(v, c, wide ? 60 : 44);
    str name = piece(c, 8, 16);
    v->rwx |= (initial & 6) == 6; /* write and execute */
    v->restricted |= name.p && str_starts(name, S("__RESTRICT"));
}

static void mark_symbol(struct macho_view *v, const struct marks *m, str name) {
    static const char *const counting[] = {"objc_storeStrong", "objc_retainAutoreleasedReturnValue", "objc_release",
                                           "objc_autoreleaseReturnValue"};
    if (!name.n || name.p[0] != '_')
        return;
    name = str_from(name, 1);
    v->marks[marks_symbol(m, name)] = true;
    v->objc |= str_starts(name, S("OBJC_CLASS_$_"));
    v->marks[MARK_SWIFT] |= str_starts(name, S("$s")) || str_starts(name, S("swift_"));
    for (size_t i = 0; i < sizeof counting / sizeof *counting; i++)
        v->arc |= str_is(name, counting[i]);
}

/* Entries of 12 or 16 bytes, the place of the name in front. */
static void read_symbols(struct macho_view *v, const struct marks *m, str c) {
    uint64_t size = v->wide ? 16 : 12, n = u32(v, c, 12);
    if (v->symbols_known) /* there is one such command; a thousand would only cost time */
        return;
    str names = piece(v->b, u32(v, c, 16), u32(v, c, 20)), table = piece(v->b, u32(v, c, 8), n * size);
    for (uint64_t i = 0; i < n && i < SYMBOLS_MOST && table.p; i++)
        mark_symbol(v, m, elf_name(names, u32(v, table, (size_t)(i * size))));
    v->symbols_known |= table.p && n > 0;
}

/* A signature is a box of boxes, all big-endian: 0xFADE0CC0 · size · count · (type · place)…; the box 0xFADE0C02 is the
 * code directory, its flags at 12. */
static void read_signature(struct macho_view *v, str c) {
    str s = piece(v->b, u32(v, c, 8), u32(v, c, 12));
    if (be32(s, 0) != 0xFADE0CC0u)
        return;
    v->has_signature = true;
    uint32_t count = be32(s, 8);
    for (uint32_t i = 0; i < count && i < 64; i++) {
        uint32_t at = be32(s, 16 + 8 * (size_t)i);
        if (be32(s, at) != 0xFADE0C02u)
            continue;
        v->has_directory = true;
        v->signature_flags |= be32(s, (size_t)at + 12);
    }
}

static str command_text(const struct macho_view *v, str c, size_t at) { return elf_text(c, u32(v, c, at)); }

static void add_rpath(struct macho_view *v, str path) {
    enum { RPATHS_MOST = 1 << 14 };
    bool first = !v->rpaths.n;
    if (v->rpaths.n > RPATHS_MOST)
        return;
    v->rpaths = arena_printf(v->in->a, "%.*s%s%.*s", STR_ARG(v->rpaths), first ? "" : ":", STR_ARG(path));
}

static str version_text(struct arena *a, uint32_t v) { return arena_printf(a, "%u.%u", v >> 16, v >> 8 & 0xFF); }

static void read_command(struct macho_view *v, const struct marks *m, uint32_t number, str c) {
    enum {
        SEGMENT = 1,
        SYMTAB = 2,
        LOAD_DYLIB = 0xC,
        SEGMENT_64 = 0x19,
        UUID = 0x1B,
        RPATH = 0x1C,
        SIGNATURE = 0x1D,
        ENCRYPTION = 0x21,
        MIN_MACOS = 0x24,
        MIN_IOS = 0x25,
        ENCRYPTION_64 = 0x2C,
        BUILD_VERSION = 0x32,
        WEAK_DYLIB = 0x18,
        REEXPORT = 0x1F,
    };
    switch (number & 0x7FFFFFFF) { /* the top bit says that the loader must understand it */
    case SEGMENT: read_segment(v, c, false); break;
    case SEGMENT_64: read_segment(v, c, true); break;
    case SYMTAB: read_symbols(v, m, c); break;
    case SIGNATURE: read_signature(v, c); break;
    case RPATH: add_rpath(v, command_text(v, c, 8)); break;
    case ENCRYPTION:
    case ENCRYPTION_64: v->encrypted |= u32(v, c, 16) != 0; break;
    case LOAD_DYLIB:
    case WEAK_DYLIB:
    case REEXPORT: {
        str path = command_text(v, c, 8), dir, base;
        v->marks[marks_library(m, str_rcut(path, '/', &dir, &base) ? base : path)] = true;
        break;
    }
    case UUID: v->uuid = c.n >= 24 ? str_n(c.p + 8, 16) : v->uuid; break;
    case MIN_MACOS: v->os = arena_printf(v->in->a, "macOS %.*s", STR_ARG(version_text(v->in->a, u32(v, c, 8)))); break;
    case MIN_IOS: v->os = arena_printf(v->in->a, "iOS %.*s", STR_ARG(version_text(v->in->a, u32(v, c, 8)))); break;
    case BUILD_VERSION: {
        static const char *const systems[] = {"", "macOS ", "iOS ", "tvOS ", "watchOS ", "bridgeOS ", "Mac Catalyst "};
        uint32_t p = u32(v, c, 8);
        v->os = arena_printf(v->in->a, "%s%.*s", p < sizeof systems / sizeof *systems ? systems[p] : "",
                             STR_ARG(version_text(v->in->a, u32(v, c, 12))));
        break;
    }
    default: break;
    }
}

static bool view(struct macho_view *v, const struct marks *m) {
    uint32_t magic = le32(v->b, 0);
    v->big = magic == 0xCEFAEDFEu || magic == 0xCFFAEDFEu;
    magic = u32(v, v->b, 0);
    v->wide = magic == 0xFEEDFACFu;
    if ((magic != 0xFEEDFACEu && !v->wide) || v->b.n < 32)
        return false;
    v->cpu = u32(v, v->b, 4);
    v->type = u32(v, v->b, 12);
    v->flags = u32(v, v->b, 24);
    uint32_t n = u32(v, v->b, 16);
    size_t at = v->wide ? 32 : 28;
    for (uint32_t i = 0; i < n && i < COMMANDS_MOST; i++) {
        uint32_t size = u32(v, v->b, at + 4);
        str c = piece(v->b, at, size);
        if (size < 8 || !c.p)
            return false;
        read_command(v, m, u32(v, v->b, at), c);
        at += size;
    }
    v->unsafe_rpath = v->rpaths.n && search_path_unsafe(v->in->a, v->rpaths, false, false).p;
    return true;
}

/* ── checks ── */

static bool is_program(const struct macho_view *v) { return v->type == TYPE_EXECUTE; }
static bool is_linked(const struct macho_view *v) { return v->type != TYPE_OBJECT; }

static enum check_state judge_pie(const struct macho_view *v, str *detail) {
    (void)detail;
    if (!is_program(v))
        return CHECK_NONE;
    return (v->flags & FLAG_PIE) || v->cpu == CPU_ARM64 ? CHECK_GOOD : CHECK_BAD;
}
static enum check_state judge_stack(const struct macho_view *v, str *detail) {
    (void)detail;
    return !is_program(v) ? CHECK_NONE : v->flags & FLAG_STACK_EXECUTION ? CHECK_BAD : CHECK_GOOD;
}
/* Only 32-bit Intel programs can run code in the heap unless they ask not to. */
static enum check_state judge_heap(const struct macho_view *v, str *detail) {
    (void)detail;
    if (!is_program(v))
        return CHECK_NONE;
    return v->cpu != CPU_X86 || (v->flags & FLAG_NO_HEAP_EXECUTION) ? CHECK_GOOD : CHECK_BAD;
}
static enum check_state judge_rwx(const struct macho_view *v, str *detail) {
    (void)detail;
    return !is_linked(v) ? CHECK_NONE : v->rwx ? CHECK_BAD : CHECK_GOOD;
}
static enum check_state judge_protector(const struct macho_view *v, str *detail) {
    if (v->marks[MARK_PROTECTOR])
        return CHECK_GOOD;
    if (v->marks[MARK_GO])
        return CHECK_NONE;
    if (v->symbols_known)
        return CHECK_BAD;
    *detail = str_of(_("no symbols to tell by"));
    return CHECK_UNKNOWN;
}
static enum check_state judge_arc(const struct macho_view *v, str *detail) {
    (void)detail;
    return !v->objc && !v->marks[MARK_OBJC] ? CHECK_NONE : v->arc ? CHECK_GOOD : CHECK_BAD;
}
static enum check_state judge_signature(const struct macho_view *v, str *detail) {
    if (!is_linked(v))
        return CHECK_NONE;
    if (!v->has_signature || !v->has_directory)
        return CHECK_BAD;
    bool adhoc = v->signature_flags & SIGNED_ADHOC;
    *detail = str_of(adhoc ? _("names nobody (ad hoc)") : _("present, not verified"));
    return adhoc ? CHECK_PARTIAL : CHECK_GOOD;
}
static enum check_state judge_runtime(const struct macho_view *v, str *detail) {
    (void)detail;
    return !is_program(v) ? CHECK_NONE : v->signature_flags & SIGNED_RUNTIME ? CHECK_GOOD : CHECK_BAD;
}
static enum check_state judge_restrict(const struct macho_view *v, str *detail) {
    (void)detail;
    return !is_program(v)                                                     ? CHECK_NONE
           : v->restricted || (v->signature_flags & (SIGNED_RUNTIME | 0x800)) ? CHECK_GOOD
                                                                              : CHECK_BAD;
}
static enum check_state judge_rpath(const struct macho_view *v, str *detail) {
    if (!v->rpaths.n)
        return CHECK_GOOD;
    str bad = search_path_unsafe(v->in->a, v->rpaths, false, false);
    *detail = bad.p ? arena_printf(v->in->a, _("%s: others may fill %.*s"), "RPATH", STR_ARG(bad))
                    : arena_printf(v->in->a, "RPATH: %.*s", STR_ARG(v->rpaths));
    return bad.p ? CHECK_BAD : CHECK_PARTIAL;
}
static enum check_state judge_encrypted(const struct macho_view *v, str *detail) {
    (void)detail;
    return v->encrypted ? CHECK_GOOD : CHECK_NONE;
}

static const struct macho_check checks[] = {
    {{"pie", N_("position independent (PIE)"), N_("at fixed addresses an attacker knows where everything is"),
      N_("link with -pie, the default for current systems"), "S(1)-2.2", WEIGHT_HIGH, NULL},
     judge_pie},
    {{"stack-nx", N_("no executable stack"), N_("data an attacker put on the stack can be run"),
      N_("link without -allow_stack_execute"), "S(1)-2.2", WEIGHT_HIGH, NULL},
     judge_stack},
    {{"heap-nx", N_("no executable heap"), N_("data an attacker put into memory can be run"),
      N_("link with -no_heap_exec, or build for 64 bit"), "S(1)-2.2", WEIGHT_HIGH, NULL},
     judge_heap},
    {{"rwx", N_("no memory both writable and executable"), N_("whoever can write there can run what was written"),
      N_("link without -segprot that gives a segment both rights"), "S(1)-2.2", WEIGHT_HIGH, NULL},
     judge_rwx},
    {{"stack-protector", N_("stack protector"), N_("an overflow on the stack can change where a function returns to"),
      N_("compile with -fstack-protector-strong"), "S(1)-2.2", WEIGHT_MEDIUM, NULL},
     judge_protector},
    {{"arc", N_("automatic reference counting (ARC)"), N_("objects freed by hand are easily used after they are gone"),
      N_("compile with -fobjc-arc"), "S(1)-2.2", WEIGHT_LOW, NULL},
     judge_arc},
    {{"signature", N_("code signature"), N_("nobody can tell where an unsigned file came from"),
      N_("sign with codesign and a certificate of the developer"), "S(1)-2.2", WEIGHT_MEDIUM, NULL},
     judge_signature},
    {{"hardened-runtime", N_("hardened runtime"), N_("libraries and debuggers can be put into the running program"),
      N_("sign with codesign --options runtime"), "S(1)-2.2", WEIGHT_MEDIUM, NULL},
     judge_runtime},
    {{"restrict", N_("no libraries put in by the environment"),
      N_("DYLD_INSERT_LIBRARIES puts any code into the program"),
      N_("sign with codesign --options runtime, or link with -sectcreate __RESTRICT __restrict /dev/null"), "S(1)-2.2",
      WEIGHT_LOW, NULL},
     judge_restrict},
    {{"rpath", N_("no search path of its own for libraries"),
      N_("whoever can write to a folder of the path can have code loaded"),
      N_("use @loader_path or @executable_path, and folders only the system writes to"), "S(1)-2.2 S(1)-2.4",
      WEIGHT_HIGH, NULL},
     judge_rpath},
    {{"encryption", N_("encrypted by the store"), N_("code that lies open can be studied"),
      N_("nothing: the store encrypts what it delivers"), "S(1)-2.2", WEIGHT_LOW, NULL},
     judge_encrypted},
};
enum { CHECKS = sizeof checks / sizeof *checks };

/* ── slices ── */

static const char *machine_name(uint32_t cpu) {
    switch (cpu) {
    case CPU_X86: return "x86";
    case CPU_X86_64: return "x86-64";
    case 12: return "arm";
    case CPU_ARM64: return "arm64";
    case 0x200000C: return "arm64_32";
    case 18: return "ppc";
    case 0x1000012: return "ppc64";
    default: return "?";
    }
}

static const char *type_name(uint32_t type) {
    switch (type) {
    case TYPE_OBJECT: return "object";
    case TYPE_EXECUTE: return "executable";
    case 4: return "core";
    case 6:
    case 7:
    case 8:
    case 9: return "library";
    case 10: return "debug";
    case 11: return "module";
    default: return "other";
    }
}

struct answers {
    enum check_state state[CHECKS];
    str detail[CHECKS];
    str machines;
    uint32_t n;
};

static void answer(const struct macho_view *v, struct answers *all, bool many) {
    const char *machine = machine_name(v->cpu);
    for (size_t i = 0; i < CHECKS; i++) {
        str detail = {NULL, 0};
        enum check_state state = checks[i].judge(v, &detail);
        if (all->n && state <= all->state[i])
            continue;
        all->state[i] = state;
        all->detail[i] = many && state >= CHECK_PARTIAL
                             ? arena_printf(v->in->a, "%s%s%.*s", machine, detail.n ? ": " : "", STR_ARG(detail))
                             : detail;
    }
    all->machines = arena_printf(v->in->a, "%.*s%s%s", STR_ARG(all->machines), all->n ? ", " : "", machine);
    all->n++;
}

static void describe(const struct macho_view *v, struct inspection *out) {
    out->type = type_name(v->type);
    for (int i = MARK_GO; i < MARKS && !out->language.n; i++)
        if (v->marks[i])
            out->language = str_of(language_name((enum mark)i));
    if (!out->language.n && v->symbols_known)
        out->language = S("C");
    fact_add(v->in, out, "language", N_("language"), out->language);
    fact_add(v->in, out, "os", N_("needs system at least"), v->os);
    fact_add(v->in, out, "rpath", "RPATH", v->rpaths);
}

static bool look_slice(struct inspect *in, str b, bool many, struct answers *all, struct inspection *out) {
    struct macho_view *v = arena_new_of(in->scratch, struct macho_view);
    *v = (struct macho_view){.in = in, .b = b};
    if (!view(v, in->state))
        return false;
    answer(v, all, many);
    if (!out->kind)
        describe(v, out);
    out->kind = "macho";
    return true;
}

/* 0xCAFEBABE · count, then 20 bytes each: cpu · subtype · offset · size · alignment; 0xCAFEBABF: 32 bytes, 64-bit
 * places */
static bool look_fat(struct inspect *in, str b, struct answers *all, struct inspection *out) {
    bool wide = be32(b, 0) == 0xCAFEBABFu;
    uint32_t n = be32(b, 4);
    if (n == 0 || n >= SLICES_MOST)
        return true;
    for (uint32_t i = 0; i < n; i++) {
        size_t at = 8 + (wide ? 32 : 20) * (size_t)i;
        uint64_t offset = wide ? be64(b, at + 8) : be32(b, at + 8), size = wide ? be64(b, at + 16) : be32(b, at + 12);
        if (!look_slice(in, piece(b, offset, size), n > 1, all, out))
            return false;
    }
    return true;
}

static bool is_fat(str b) { return be32(b, 0) == 0xCAFEBABEu || be32(b, 0) == 0xCAFEBABFu; }
static bool is_thin(str b) {
    uint32_t m = le32(b, 0), n = be32(b, 0);
    return m == 0xFEEDFACEu || m == 0xFEEDFACFu || n == 0xFEEDFACEu || n == 0xFEEDFACFu;
}

static bool look(struct inspect *in, str bytes, struct inspection *out, struct err *e) {
    struct answers all = {.machines = S("")};
    if (!is_fat(bytes) && !is_thin(bytes))
        return true;
    bool ok = is_fat(bytes) ? look_fat(in, bytes, &all, out) : look_slice(in, bytes, false, &all, out);
    if (!ok)
        return err_set(e, ERR_INPUT, in->file->path, _("the headers of this Mach-O file make no sense"));
    if (!out->kind)
        return true;
    for (size_t i = 0; i < CHECKS; i++)
        check_add(in, out, &checks[i].spec, all.state[i], all.detail[i]);
    fact_add(in, out, "machine", N_("machine"), all.machines);
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
    return is_thin(head) || (is_fat(head) && be32(head, 4) < SLICES_MOST);
}

const struct inspector inspect_macho = {
    .name = "macho",
    .title = N_("programs and libraries for macOS and iOS (Mach-O)"),
    .sniff = sniff,
    .pieces = true,
    .prepare = prepare,
    .look = look,
};
