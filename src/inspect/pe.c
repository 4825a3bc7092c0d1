/* SPDX-License-Identifier: Apache-2.0
 *
 * Programs and libraries for Windows and UEFI (PE, 32 and 64 bit): one row per check.
 *
 *   "MZ" … at 0x3C: place of "PE\0\0"
 *   +4   COFF header, 20 bytes: machine · sections · … · size of the optional header · characteristics
 *   +24  optional header: 0x10B (32 bit) or 0x20B (64 bit) · … · DllCharacteristics at 70 · directories at 96 or 112
 *   then the section table, 40 bytes each
 */
#include "collect/binary.h"
#include "inspect/inspectors.h"
#include "inspect/marks.h"

enum {
    MACHINE_X86 = 0x14C,
    MACHINE_X64 = 0x8664,
    RELOCATIONS_STRIPPED = 1,
    LARGE_ADDRESSES = 0x20,
    IS_DLL = 0x2000,
    HIGH_ENTROPY_VA = 0x20,
    DYNAMIC_BASE = 0x40,
    FORCE_INTEGRITY = 0x80,
    NX_COMPAT = 0x100,
    NO_SEH = 0x400,
    GUARD_CF = 0x4000,
    GUARD_INSTRUMENTED = 0x100,
    SECTIONS_MOST = 96, /* the loader takes no more */
    DEBUG_MOST = 64,
    IMPORTS_MOST = 1024,
};
enum directory {
    DIR_IMPORT = 1,
    DIR_SECURITY = 4,
    DIR_RELOCATIONS = 5,
    DIR_DEBUG = 6,
    DIR_LOAD_CONFIG = 10,
    DIR_CLR = 14
};

struct pe_view {
    struct inspect *in;
    str b;
    size_t coff, optional, sections;
    uint32_t n_sections, n_directories;
    uint16_t machine, characteristics, dll, subsystem;
    bool wide, managed; /* 64 bit; .NET code only */
    str config;         /* load configuration, as far as its own size says */
    uint32_t cet;       /* of the debug directory: extended DllCharacteristics */
    bool reproducible, pe_signed, ssp;
    str pdb, guid;
    const char *language;
};

struct pe_check {
    struct check_spec spec;
    enum check_state (*judge)(const struct pe_view *v, str *detail);
};

/* ── reading ── */

struct range {
    uint32_t at, n; /* address in memory (file offset for DIR_SECURITY), size */
};

static struct range directory(const struct pe_view *v, enum directory which) {
    size_t at = v->optional + (v->wide ? 112 : 96) + 8 * (size_t)which;
    if ((uint32_t)which >= v->n_directories || at + 8 > v->sections)
        return (struct range){0, 0};
    return (struct range){le32(v->b, at), le32(v->b, at + 4)};
}

/* What lies at an address relative to the image, to the end of its section in the file. */
static str at_address(const struct pe_view *v, uint32_t address) {
    for (uint32_t i = 0; i < v->n_sections; i++) {
        size_t s = v->sections + 40 * (size_t)i;
        uint32_t start = le32(v->b, s + 12), size = le32(v->b, s + 16), offset = le32(v->b, s + 20);
        if (address < start || address - start >= size)
            continue;
        uint64_t from = (uint64_t)offset + (address - start), most = from < v->b.n ? v->b.n - from : 0;
        return piece(v->b, from, size - (address - start) < most ? size - (address - start) : most);
    }
    return (str){NULL, 0};
}

static str text_at(str s, size_t most) {
    s = str_upto(s, most);
    size_t end = s.n ? str_chr(s, 0) : STR_NONE;
    return end == STR_NONE ? (str){NULL, 0} : str_upto(s, end);
}

/* Debug directory, 28 bytes each: … type at 12 · size · address · file offset. */
static void read_debug(struct pe_view *v) {
    enum { CODEVIEW = 2, REPRODUCIBLE = 16, EXTENDED = 20 };
    struct range r = directory(v, DIR_DEBUG);
    str table = str_upto(at_address(v, r.at), r.n);
    for (uint32_t i = 0; i < DEBUG_MOST && 28 * (size_t)(i + 1) <= table.n; i++) {
        size_t at = 28 * (size_t)i;
        uint32_t type = le32(table, at + 12);
        str data = piece(v->b, le32(table, at + 24), le32(table, at + 16));
        if (type == EXTENDED)
            v->cet = le32(data, 0);
        else if (type == REPRODUCIBLE)
            v->reproducible = true;
        else if (type == CODEVIEW && str_starts(data, S("RSDS")))
            v->pdb = text_at(str_from(data, 24), 1024);
    }
}

static bool imports(const struct pe_view *v, const char *begins) {
    struct range r = directory(v, DIR_IMPORT);
    str table = r.n ? at_address(v, r.at) : (str){NULL, 0};
    for (uint32_t i = 0; i < IMPORTS_MOST && 20 * (size_t)(i + 1) <= table.n; i++) {
        uint32_t name = le32(table, 20 * (size_t)i + 12);
        if (!name)
            return false;
        if (str_istarts(text_at(at_address(v, name), 256), str_of(begins)))
            return true;
    }
    return false;
}

static str section(const struct pe_view *v, const char *name) { return binary_section(v->b, "", name, ""); }

static bool in_head_of(str s, const char *text) {
    enum { SEARCH_MOST = 8 << 20 };
    return str_find(str_upto(s, SEARCH_MOST), str_of(text)) != STR_NONE;
}

static const char *language_of(const struct pe_view *v, str *go) {
    str modules, constants = section(v, ".rdata");
    if (directory(v, DIR_CLR).n)
        return ".NET";
    if (in_head_of(str_upto(section(v, ".text"), 4096), "Go build ID:") && go_build_info(v->b, go, &modules))
        return "Go";
    if (in_head_of(constants, "/rustc/"))
        return "Rust";
    if (imports(v, "libstdc++") || imports(v, "msvcp") || imports(v, "libc++"))
        return "C++";
    return imports(v, "vcruntime") || imports(v, "msvcr") || imports(v, "ucrtbase") || imports(v, "api-ms-win-crt")
               ? "C"
               : NULL;
}

static bool view(struct pe_view *v) {
    size_t at = le32(v->b, 0x3C);
    if (!str_eq(piece(v->b, at, 4), S("PE\0\0")) || v->b.n - at < 24 + 96)
        return false;
    v->coff = at + 4;
    v->optional = at + 24;
    v->machine = (uint16_t)le16(v->b, v->coff);
    v->n_sections = le16(v->b, v->coff + 2);
    v->characteristics = (uint16_t)le16(v->b, v->coff + 18);
    v->sections = v->optional + le16(v->b, v->coff + 16);
    uint32_t magic = le16(v->b, v->optional);
    v->wide = magic == 0x20B;
    if ((magic != 0x10B && !v->wide) || v->n_sections > SECTIONS_MOST ||
        !piece(v->b, v->sections, 40 * (uint64_t)v->n_sections).p)
        return false;
    v->subsystem = (uint16_t)le16(v->b, v->optional + 68);
    v->dll = (uint16_t)le16(v->b, v->optional + 70);
    v->n_directories = le32(v->b, v->optional + (v->wide ? 108 : 92));
    struct range config = directory(v, DIR_LOAD_CONFIG), security = directory(v, DIR_SECURITY);
    v->config = config.n ? at_address(v, config.at) : (str){NULL, 0};
    v->config = str_upto(v->config, le32(v->config, 0));
    v->pe_signed = security.n > 8 && piece(v->b, security.at, security.n).p && le16(v->b, security.at + 6) == 2;
    v->ssp = imports(v, "libssp");
    str clr = directory(v, DIR_CLR).n ? at_address(v, directory(v, DIR_CLR).at) : (str){NULL, 0};
    v->managed = clr.n >= 20 && (le32(clr, 16) & 1);
    read_debug(v);
    return true;
}

static bool is_efi(const struct pe_view *v) { return v->subsystem >= 10 && v->subsystem <= 13; }

/* ── checks ── */

static enum check_state judge_aslr(const struct pe_view *v, str *detail) {
    if (is_efi(v))
        return CHECK_NONE;
    if (!(v->dll & DYNAMIC_BASE))
        return CHECK_BAD;
    if (!v->managed && !(v->characteristics & IS_DLL) &&
        ((v->characteristics & RELOCATIONS_STRIPPED) || !directory(v, DIR_RELOCATIONS).n)) {
        *detail = str_of(_("asked for, but the relocations it needs were stripped"));
        return CHECK_BAD;
    }
    return CHECK_GOOD;
}
static enum check_state judge_entropy(const struct pe_view *v, str *detail) {
    (void)detail;
    if (!v->wide || is_efi(v))
        return CHECK_NONE;
    return (v->dll & HIGH_ENTROPY_VA) && (v->characteristics & LARGE_ADDRESSES) ? CHECK_GOOD : CHECK_BAD;
}
static enum check_state judge_dep(const struct pe_view *v, str *detail) {
    (void)detail;
    return v->dll & NX_COMPAT ? CHECK_GOOD : CHECK_BAD;
}

static enum check_state judge_rwx(const struct pe_view *v, str *detail) {
#define WRITE_EXECUTE 0xA0000000u
    for (uint32_t i = 0; i < v->n_sections; i++) {
        size_t s = v->sections + 40 * (size_t)i;
        if ((le32(v->b, s + 36) & WRITE_EXECUTE) != WRITE_EXECUTE)
            continue;
        str name = piece(v->b, s, 8);
        size_t end = str_chr(name, 0);
        *detail = arena_str(v->in->a, str_upto(name, end == STR_NONE ? 8 : end));
        return CHECK_BAD;
    }
    return CHECK_GOOD;
}

static enum check_state judge_cfg(const struct pe_view *v, str *detail) {
    if (v->managed || is_efi(v))
        return CHECK_NONE;
    bool code = le32(v->config, v->wide ? 144 : 88) & GUARD_INSTRUMENTED;
    if ((v->dll & GUARD_CF) && code)
        return CHECK_GOOD;
    if (v->dll & GUARD_CF)
        *detail = str_of(_("asked for, but the code has no checks"));
    return CHECK_BAD;
}

static enum check_state judge_cet(const struct pe_view *v, str *detail) {
    (void)detail;
    if ((v->machine != MACHINE_X64 && v->machine != MACHINE_X86) || v->managed || is_efi(v))
        return CHECK_NONE;
    return v->cet & 1 ? CHECK_GOOD : CHECK_BAD;
}

static enum check_state judge_gs(const struct pe_view *v, str *detail) {
    size_t at = v->wide ? 88 : 60;
    if (v->managed || is_efi(v))
        return CHECK_NONE;
    if (v->ssp) {
        *detail = S("libssp");
        return CHECK_GOOD;
    }
    bool cookie = v->wide ? le64(v->config, at) != 0 : le32(v->config, at) != 0;
    return cookie ? CHECK_GOOD : v->config.n ? CHECK_BAD : CHECK_UNKNOWN;
}

static enum check_state judge_safeseh(const struct pe_view *v, str *detail) {
    (void)detail;
    if (v->machine != MACHINE_X86 || v->managed || is_efi(v))
        return CHECK_NONE;
    return (v->dll & NO_SEH) || (le32(v->config, 64) && le32(v->config, 68)) ? CHECK_GOOD : CHECK_BAD;
}

static enum check_state judge_integrity(const struct pe_view *v, str *detail) {
    (void)detail;
    return v->dll & FORCE_INTEGRITY ? CHECK_GOOD : CHECK_BAD;
}

static enum check_state judge_signature(const struct pe_view *v, str *detail) {
    if (v->pe_signed)
        *detail = str_of(_("present, not verified"));
    return v->pe_signed ? CHECK_GOOD : CHECK_BAD;
}

static const struct pe_check checks[] = {
    {{"aslr", N_("address space layout randomisation (ASLR)"),
      N_("at fixed addresses an attacker knows where everything is"),
      N_("link with /DYNAMICBASE (MinGW: -Wl,--dynamicbase) and keep the relocations"), "S(1)-2.2", WEIGHT_HIGH, NULL},
     judge_aslr},
    {{"high-entropy", N_("64-bit address randomisation"), N_("with few random bits addresses can be guessed"),
      N_("link with /HIGHENTROPYVA (MinGW: -Wl,--high-entropy-va)"), "S(1)-2.2", WEIGHT_MEDIUM, NULL},
     judge_entropy},
    {{"dep", N_("data execution prevention (DEP)"), N_("data an attacker put into memory can be run"),
      N_("link with /NXCOMPAT (MinGW: -Wl,--nxcompat)"), "S(1)-2.2", WEIGHT_HIGH, NULL},
     judge_dep},
    {{"rwx", N_("no memory both writable and executable"), N_("whoever can write there can run what was written"),
      N_("give the section either write or execute rights; packers join both"), "S(1)-2.2", WEIGHT_HIGH, NULL},
     judge_rwx},
    {{"cfg", N_("control flow guard (CFG)"), N_("an overwritten function pointer can lead anywhere"),
      N_("compile and link with /guard:cf (Clang: -mguard=cf)"), "S(1)-2.2", WEIGHT_MEDIUM, NULL},
     judge_cfg},
    {{"cet", N_("shadow stack (CET)"), N_("an overwritten return address is followed"), N_("link with /CETCOMPAT"),
      "S(1)-2.2", WEIGHT_LOW, NULL},
     judge_cet},
    {{"gs", N_("stack cookies (/GS)"), N_("an overflow on the stack can change where a function returns to"),
      N_("compile with /GS (MinGW: -fstack-protector-strong)"), "S(1)-2.2", WEIGHT_MEDIUM, NULL},
     judge_gs},
    {{"safeseh", N_("table of exception handlers (SafeSEH)"),
      N_("an overflow on the stack can put a handler of its own in"), N_("link with /SAFESEH"), "S(1)-2.2",
      WEIGHT_MEDIUM, NULL},
     judge_safeseh},
    {{"integrity", N_("signature is enforced when loaded"), N_("a changed file would be run all the same"),
      N_("link with /INTEGRITYCHECK, where all machines have the certificate"), "S(1)-2.2", WEIGHT_LOW, NULL},
     judge_integrity},
    {{"signature", N_("Authenticode signature"), N_("nobody can tell where an unsigned file came from"),
      N_("sign the file (signtool, osslsigncode)"), "S(1)-2.2", WEIGHT_MEDIUM, NULL},
     judge_signature},
};

static const char *type_of(const struct pe_view *v) {
    return is_efi(v) ? "efi" : v->subsystem == 1 ? "driver" : v->characteristics & IS_DLL ? "library" : "executable";
}

static const char *machine_of(const struct pe_view *v) {
    switch (v->machine) {
    case MACHINE_X86: return "x86, 32 bit";
    case MACHINE_X64: return "x86-64, 64 bit";
    case 0xAA64: return "arm64, 64 bit";
    case 0xA641: return "arm64ec, 64 bit";
    case 0x1C4: return "arm, 32 bit";
    case 0x5064: return "riscv, 64 bit";
    case 0xEBC: return "EFI byte code";
    default: return NULL;
    }
}

static void add_facts(const struct pe_view *v, struct inspection *out, str go) {
    struct inspect *in = v->in;
    const char *machine = machine_of(v);
    str stub = str_upto(v->b, v->coff);
    fact_add(in, out, "machine", N_("machine"), str_of(machine ? machine : ""));
    fact_add(in, out, "language", N_("language"), out->language);
    fact_add(in, out, "linker", N_("linker version"),
             arena_printf(in->a, "%u.%u", le16(v->b, v->optional + 2) & 0xFF, le16(v->b, v->optional + 2) >> 8));
    if (go.n)
        fact_add(in, out, "compiler", N_("compiler"), arena_str(in->a, go));
    else if (str_find(stub, S("Rich")) != STR_NONE)
        fact_add(in, out, "compiler", N_("compiler"), S("MSVC"));
    else if (in_head_of(section(v, ".rdata"), "GCC: ("))
        fact_add(in, out, "compiler", N_("compiler"), S("GCC"));
    fact_add(in, out, "pdb", N_("symbols kept apart in"), arena_str(in->a, v->pdb));
    if (v->reproducible)
        fact_add(in, out, "reproducible", N_("built reproducibly"), str_of(_("yes")));
}

static bool look(struct inspect *in, str bytes, struct inspection *out, struct err *e) {
    struct pe_view v = {.in = in, .b = bytes};
    str go = {NULL, 0};
    (void)e;
    if (!str_starts(bytes, S("MZ")) || !view(&v)) /* old DOS programs, and much else that begins with MZ */
        return true;
    out->kind = "pe";
    out->type = type_of(&v);
    out->language = str_of(language_of(&v, &go));
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        str detail = {NULL, 0};
        enum check_state state = checks[i].judge(&v, &detail);
        check_add(in, out, &checks[i].spec, state, detail);
    }
    add_facts(&v, out, go);
    return true;
}

static bool sniff(str head, const struct found_file *f) {
    (void)f;
    return str_starts(head, S("MZ")) && head.n >= 64;
}

const struct inspector inspect_pe = {
    .name = "pe",
    .title = N_("programs and libraries for Windows and UEFI (PE)"),
    .sniff = sniff,
    .pieces = true,
    .look = look,
};
