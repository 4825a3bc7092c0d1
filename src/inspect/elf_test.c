/* SPDX-License-Identifier: Apache-2.0
 *
 * ELF files made by hand, of both classes and byte orders, and what each check must answer.
 */
#include <elf.h>
#include <stdio.h>

#include "inspect/elf.h"
#include "inspect/testing.h"

/* ── a small writer: header, segments, then each piece at an address that is its place in the file ── */

enum { MOST = 8, DYNAMIC_NUMBER = 0, DYNAMIC_TEXT };
struct tag {
    uint64_t tag, value;
    const char *text;
};
struct made {
    bool wide, big, weak, relro, no_stack, exec_stack, rwx, sections, no_code, comment_rust, got_plt, headers_in_code,
        modinfo;
    uint16_t machine, type;
    const char *interpreter, *comment;
    struct tag tags[MOST];
    const char *imports[MOST], *defined[MOST]; /* of the dynamic table */
    const char *symbols[MOST];                 /* of .symtab */
    uint32_t property, features;               /* GNU property note */
    const char *annobin;                       /* name of a note, up to 24 bytes, behind "GA" */
    const char *extra_section;
};

struct maker {
    struct buf b;
    bool wide, big, weak;
    struct {
        const char *name;
        uint32_t type, link;
        uint64_t flags, at, n;
    } sections[20];
    uint32_t n_sections;
};

static void number(struct maker *m, uint64_t v, int n) {
    for (int i = 0; i < n; i++)
        buf_addc(&m->b, (char)(n > 8 ? 0 : v >> 8 * (m->big ? n - 1 - i : i)));
}
static void address(struct maker *m, uint64_t v) { number(m, v, m->wide ? 8 : 4); }
static void align(struct maker *m) {
    while (m->b.n % 16)
        buf_addc(&m->b, 0);
}
static void set(struct maker *m, size_t at, uint64_t v, int n) {
    for (int i = 0; i < n; i++)
        m->b.p[at + (size_t)i] = (char)(v >> 8 * (m->big ? n - 1 - i : i));
}
static void section(struct maker *m, const char *name, uint32_t type, uint64_t flags, uint64_t at, uint64_t n,
                    uint32_t link) {
    m->sections[m->n_sections].name = name;
    m->sections[m->n_sections].type = type;
    m->sections[m->n_sections].flags = flags;
    m->sections[m->n_sections].at = at;
    m->sections[m->n_sections].n = n;
    m->sections[m->n_sections++].link = link;
}
static void segment(struct maker *m, uint32_t type, uint32_t flags, uint64_t at, uint64_t n) {
    number(m, type, 4);
    if (m->wide)
        number(m, flags, 4);
    for (int i = 0; i < 3; i++)
        address(m, at);
    address(m, n);
    address(m, n);
    if (!m->wide)
        number(m, flags, 4);
    address(m, 16);
}
static void symbol(struct maker *m, uint64_t name, bool defined) {
    int info = STT_FUNC | (m->weak && !defined ? STB_WEAK : STB_GLOBAL) << 4;
    number(m, name, 4);
    if (!m->wide)
        number(m, 0, 8);
    buf_addc(&m->b, (char)info);
    buf_addc(&m->b, 0);
    number(m, defined ? 1 : 0, 2);
    if (m->wide)
        number(m, 0, 16);
}

/* Names into a string table, symbols into another; returns the place of the symbols, *n their number. */
static uint64_t symbols_of(struct maker *m, const char *const *undefined, const char *const *defined, uint64_t *strings,
                           uint64_t *size, uint64_t *n) {
    uint64_t places[2 * MOST];
    *strings = m->b.n;
    *n = 0;
    buf_addc(&m->b, 0);
    for (int pass = 0; pass < 2; pass++)
        for (const char *const *s = pass ? defined : undefined; s && *s; s++) {
            places[(*n)++] = m->b.n - *strings;
            buf_addz(&m->b, *s);
            buf_addc(&m->b, 0);
        }
    *size = m->b.n - *strings;
    align(m);
    uint64_t at = m->b.n, first_defined = 0;
    for (const char *const *s = undefined; s && *s; s++)
        first_defined++;
    symbol(m, 0, false);
    for (uint64_t i = 0; i < *n; i++)
        symbol(m, places[i], i >= first_defined);
    (*n)++;
    return at;
}

static uint64_t notes_of(struct maker *m, const struct made *f) {
    if (f->property) {
        number(m, 4, 4);
        number(m, m->wide ? 16 : 12, 4);
        number(m, NT_GNU_PROPERTY_TYPE_0, 4);
        buf_add(&m->b, S("GNU\0"));
        number(m, f->property, 4);
        number(m, 4, 4);
        number(m, f->features, 4);
        if (m->wide)
            number(m, 0, 4);
    }
    number(m, 4, 4);
    number(m, 4, 4);
    number(m, NT_GNU_BUILD_ID, 4);
    buf_add(&m->b, S("GNU\0\x12\x34\x56\x78"));
    return m->b.n;
}

static void sections_of(struct maker *m, size_t header) {
    align(m);
    uint64_t names = m->b.n, places[20];
    section(m, ".shstrtab", SHT_STRTAB, 0, names, 0, 0);
    buf_addc(&m->b, 0);
    for (uint32_t i = 0; i < m->n_sections; i++) {
        places[i] = m->b.n - names;
        buf_addz(&m->b, m->sections[i].name);
        buf_addc(&m->b, 0);
    }
    m->sections[m->n_sections - 1].n = m->b.n - names;
    align(m);
    uint64_t at = m->b.n;
    for (uint32_t i = 0; i <= m->n_sections; i++) {
        number(m, i ? places[i - 1] : 0, 4);
        number(m, i ? m->sections[i - 1].type : 0, 4);
        address(m, i ? m->sections[i - 1].flags : 0);
        address(m, i ? m->sections[i - 1].at : 0);
        address(m, i ? m->sections[i - 1].at : 0);
        address(m, i ? m->sections[i - 1].n : 0);
        number(m, i ? m->sections[i - 1].link : 0, 4);
        number(m, 0, 4);
        address(m, 1);
        address(m, 0);
    }
    set(m, header + (m->wide ? 40 : 32), at, m->wide ? 8 : 4);
    set(m, header + (m->wide ? 60 : 48), m->n_sections + 1, 2);
    set(m, header + (m->wide ? 62 : 50), m->n_sections, 2);
}

static uint64_t dynamic_of(struct maker *m, const struct made *f, uint64_t strings, uint64_t strings_n,
                           const uint64_t *texts, uint64_t symbols, uint64_t hash) {
    uint64_t at = m->b.n;
    const uint64_t fixed[][2] = {{DT_STRTAB, strings}, {DT_STRSZ, strings_n}, {DT_SYMTAB, symbols}, {DT_HASH, hash}};
    for (size_t i = 0; i < 4; i++) {
        address(m, fixed[i][0]);
        address(m, fixed[i][1]);
    }
    for (int i = 0; i < MOST && f->tags[i].tag; i++) {
        address(m, f->tags[i].tag);
        address(m, f->tags[i].text ? texts[i] : f->tags[i].value);
    }
    address(m, DT_NULL);
    address(m, 0);
    return at;
}

static str make(struct arena *a, const struct made *f) {
    struct maker m = {.wide = f->wide, .big = f->big, .weak = f->weak};
    const char *names[2 * MOST + 1] = {NULL};
    uint64_t texts[MOST] = {0}, strings, strings_n, n, n_table, table_strings, table_n;
    int k = 0, imports = 0;
    bool loaded = f->type != ET_REL, dynamic = loaded && f->tags[0].tag;
    buf_add(&m.b, S("\x7f"
                    "ELF"));
    buf_addc(&m.b, f->wide ? 2 : 1);
    buf_addc(&m.b, f->big ? 2 : 1);
    buf_addc(&m.b, 1);
    number(&m, 0, 8);
    buf_addc(&m.b, 0);
    number(&m, f->type, 2);
    number(&m, f->machine, 2);
    number(&m, 1, 4);
    address(&m, 0);
    address(&m, loaded ? (f->wide ? 64 : 52) : 0);
    address(&m, 0);
    number(&m, 0, 4);
    number(&m, f->wide ? 64 : 52, 2);
    number(&m, f->wide ? 56 : 32, 2);
    number(&m, loaded ? 9 : 0, 2);
    number(&m, f->wide ? 64 : 40, 2);
    number(&m, 0, 4);
    size_t segments = m.b.n;
    for (int i = 0; loaded && i < 9; i++)
        segment(&m, PT_NULL, 0, 0, 0);
    align(&m);
    uint64_t interpreter = m.b.n;
    buf_addz(&m.b, f->interpreter ? f->interpreter : "");
    buf_addc(&m.b, 0);
    align(&m);
    for (; f->imports[imports]; imports++)
        names[k++] = f->imports[imports];
    uint64_t symbols = symbols_of(&m, names, f->defined, &strings, &strings_n, &n);
    align(&m);
    /* texts of the dynamic section stand in a string table of their own, which DT_STRTAB covers too */
    uint64_t more = m.b.n;
    for (int i = 0; i < MOST && f->tags[i].tag; i++)
        if (f->tags[i].text) {
            texts[i] = m.b.n - strings;
            buf_addz(&m.b, f->tags[i].text);
            buf_addc(&m.b, 0);
        }
    strings_n = m.b.n > more ? m.b.n - strings : strings_n;
    align(&m);
    uint64_t hash = m.b.n;
    number(&m, 1, 4);
    number(&m, n, 4);
    align(&m);
    uint64_t notes = m.b.n, notes_end = notes_of(&m, f);
    align(&m);
    uint64_t where = m.b.n, where_end = where;
    if (dynamic) {
        dynamic_of(&m, f, strings, strings_n, texts, symbols, hash);
        where_end = m.b.n;
    }
    align(&m);
    uint64_t code = m.b.n;
    buf_add(&m.b, S("\x90\x90\x90\x90\x90\x90\x90\xC3"));
    align(&m);
    uint64_t data = m.b.n;
    number(&m, 0, 8);
    align(&m);
    uint64_t table = symbols_of(&m, NULL, f->symbols, &table_strings, &table_n, &n_table), end = m.b.n;
    if (f->sections) {
        uint64_t entry = f->wide ? 24 : 16;
        if (!f->no_code)
            section(&m, ".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, code, 8, 0);
        section(&m, ".dynstr", SHT_STRTAB, 0, strings, strings_n, 0);
        if (loaded)
            section(&m, ".dynsym", SHT_DYNSYM, 0, symbols, n * entry, m.n_sections);
        if (f->got_plt)
            section(&m, ".got.plt", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE, data + 64, 8, 0);
        if (f->comment) {
            align(&m);
            section(&m, ".comment", SHT_PROGBITS, 0, m.b.n, strlen(f->comment) + 1, 0);
            buf_addz(&m.b, f->comment);
            buf_addc(&m.b, 0);
        }
        if (f->annobin) {
            align(&m);
            uint64_t at = m.b.n;
            number(&m, 26, 4);
            number(&m, 0, 4);
            number(&m, 0x100, 4);
            buf_addz(&m.b, "GA");
            size_t used = 2 + strlen(f->annobin);
            buf_addz(&m.b, f->annobin);
            for (; used < 28; used++)
                buf_addc(&m.b, 0);
            section(&m, ".gnu.build.attributes", SHT_NOTE, 0, at, m.b.n - at, 0);
        }
        if (f->symbols[0]) {
            section(&m, ".strtab", SHT_STRTAB, 0, table_strings, table_n, 0);
            section(&m, ".symtab", SHT_SYMTAB, 0, table, n_table * entry, m.n_sections);
        }
        if (f->extra_section)
            section(&m, f->extra_section, SHT_PROGBITS, 0, data, 8, 0);
        if (f->modinfo)
            section(&m, ".modinfo", SHT_PROGBITS, 0, data, 8, 0);
        if (!loaded && !f->no_stack)
            section(&m, ".note.GNU-stack", SHT_PROGBITS, f->exec_stack ? SHF_EXECINSTR : 0, data, 0, 0);
        sections_of(&m, 0);
    }
    if (loaded) {
        size_t whole = m.b.n;
        m.b.n = segments;
        segment(&m, PT_LOAD, PF_R | (f->headers_in_code ? PF_X : 0u), 0, f->headers_in_code ? code + 8 : code);
        segment(&m, PT_LOAD, PF_R | PF_X | (f->rwx ? PF_W : 0u), code, 8);
        segment(&m, PT_LOAD, PF_R | PF_W, data, end - data);
        segment(&m, f->interpreter ? PT_INTERP : PT_NULL, PF_R, interpreter,
                f->interpreter ? strlen(f->interpreter) + 1 : 0);
        segment(&m, dynamic ? PT_DYNAMIC : PT_NULL, PF_R, where, where_end - where);
        segment(&m, PT_NOTE, PF_R, notes, notes_end - notes);
        segment(&m, f->relro ? PT_GNU_RELRO : PT_NULL, PF_R, data, 16);
        segment(&m, f->no_stack ? PT_NULL : PT_GNU_STACK, PF_R | PF_W | (f->exec_stack ? PF_X : 0u), 0, 0);
        segment(&m, PT_NULL, 0, 0, 0);
        m.b.n = whole;
    }
    str out = arena_str(a, buf_str(&m.b));
    buf_free(&m.b);
    return out;
}

/* ── what is asked ── */

#define X86 .wide = true, .machine = EM_X86_64
#define PROGRAM X86, .type = ET_DYN, .interpreter = "/lib64/ld-linux-x86-64.so.2"
#define FLAGS1_PIE                                                                                                     \
    { DT_FLAGS_1, DF_1_PIE, NULL }
#define NOW                                                                                                            \
    { DT_FLAGS, DF_BIND_NOW, NULL }
#define LIBC                                                                                                           \
    { DT_NEEDED, 0, "libc.so.6" }

static const struct row {
    const char *name;
    struct made file;
    const char *want;
} rows[] = {
    {"a program with everything",
     {PROGRAM, .relro = true, .sections = true, .tags = {NOW, FLAGS1_PIE, LIBC}, .property = 0xC0000002, .features = 3,
      .imports = {"__stack_chk_fail", "__memcpy_chk", "__libc_start_main"}},
     "executable C pie=good relro=good stack-protector=good fortify=good nx=good rwx=good ibt=good shstk=good bti=none "
     "pac=none rpath=good textrel=good separate-code=good sanitizer=good assertions=good symbols=good build-id=good "
     "stack-clash=unknown signature=none privileges=good"},
    {"a program with nothing",
     {X86, .type = ET_EXEC, .interpreter = "/lib/ld.so", .no_stack = true, .rwx = true, .headers_in_code = true,
      .sections = true, .tags = {{DT_DEBUG, 0, NULL}, LIBC, {DT_TEXTREL, 0, NULL}},
      .imports = {"memcpy", "__assert_fail"}, .symbols = {"main"}},
     "executable C pie=bad relro=bad stack-protector=bad fortify=bad nx=bad rwx=bad ibt=bad shstk=bad textrel=bad "
     "separate-code=bad symbols=partial assertions=partial"},
    {"without section headers the loader's tables tell",
     {PROGRAM, .relro = true, .tags = {NOW, FLAGS1_PIE, LIBC},
      .imports = {"__stack_chk_fail", "__memcpy_chk", "memcpy"}},
     "executable C pie=good relro=good stack-protector=good fortify=partial"},
    {"partial RELRO",
     {PROGRAM, .relro = true, .tags = {{DT_JMPREL, 64, NULL}, FLAGS1_PIE}},
     "executable - relro=partial"},
    {"DT_BIND_NOW", {PROGRAM, .relro = true, .tags = {{DT_BIND_NOW, 0, NULL}, FLAGS1_PIE}}, "executable - relro=good"},
    {"DF_1_NOW alone",
     {PROGRAM, .relro = true, .tags = {{DT_FLAGS_1, DF_1_NOW | DF_1_PIE, NULL}}},
     "executable - relro=good"},
    {"a library", {X86, .type = ET_DYN, .tags = {{DT_SONAME, 0, "libx.so.1"}}}, "library - pie=none relro=bad nx=good"},
    {"a library that can be run", {PROGRAM, .tags = {{DT_SONAME, 0, "libc.so.6"}}}, "library - pie=none"},
    {"32 bit, big endian",
     {.big = true,
      .machine = EM_PPC,
      .type = ET_DYN,
      .interpreter = "/lib/ld.so.1",
      .relro = true,
      .sections = true,
      .tags = {NOW, FLAGS1_PIE, LIBC},
      .imports = {"__stack_chk_fail", "__sprintf_chk", "strcpy"}},
     "executable C pie=good relro=good stack-protector=good fortify=partial ibt=none bti=none"},
    {"32 bit, little endian, no sections",
     {.machine = EM_386,
      .type = ET_DYN,
      .interpreter = "/lib/ld-linux.so.2",
      .tags = {FLAGS1_PIE},
      .imports = {"__stack_chk_fail_local"},
      .property = 0xC0000002,
      .features = 2},
     "executable C stack-protector=good ibt=bad shstk=good relro=bad"},
    {"64 bit, big endian",
     {.wide = true,
      .big = true,
      .machine = EM_S390,
      .type = ET_DYN,
      .relro = true,
      .sections = true,
      .tags = {NOW, {DT_DEBUG, 0, NULL}, LIBC},
      .imports = {"gets"}},
     "executable C pie=good relro=good fortify=bad stack-protector=bad"},
    {"arm64 with BTI and PAC",
     {.wide = true, .machine = EM_AARCH64, .type = ET_DYN, .tags = {FLAGS1_PIE}, .property = 0xC0000000, .features = 3},
     "executable - bti=good pac=good ibt=none"},
    {"arm64 with BTI only",
     {.wide = true, .machine = EM_AARCH64, .type = ET_DYN, .tags = {FLAGS1_PIE}, .property = 0xC0000000, .features = 1},
     "executable - bti=good pac=bad"},
    {"another machine's property says nothing",
     {.wide = true, .machine = EM_AARCH64, .type = ET_DYN, .tags = {FLAGS1_PIE}, .property = 0xC0000002, .features = 3},
     "executable - bti=bad pac=bad ibt=none shstk=none"},
    {"static, fixed",
     {X86, .type = ET_EXEC, .sections = true, .relro = true, .symbols = {"main", "__stack_chk_fail", "memcpy"}},
     "executable C pie=bad relro=good stack-protector=good fortify=unknown textrel=none rpath=none"},
    {"static, .got.plt behind the protected part",
     {X86, .type = ET_EXEC, .sections = true, .relro = true, .got_plt = true},
     "executable - relro=partial"},
    {"static, stripped",
     {X86, .type = ET_EXEC, .sections = true},
     "executable - stack-protector=unknown fortify=unknown sanitizer=unknown"},
    {"static PIE", {X86, .type = ET_DYN, .relro = true, .tags = {FLAGS1_PIE, NOW}}, "executable - pie=good relro=good"},
    {"executable stack", {PROGRAM, .exec_stack = true, .tags = {FLAGS1_PIE}}, "executable - nx=bad"},
    {"RUNPATH of the system",
     {PROGRAM, .tags = {FLAGS1_PIE, {DT_RUNPATH, 0, "/usr/lib/x:$ORIGIN/../lib"}}},
     "executable - rpath=partial"},
    {"RPATH in /tmp", {PROGRAM, .tags = {FLAGS1_PIE, {DT_RPATH, 0, "/usr/lib:/tmp/build"}}}, "executable - rpath=bad"},
    {"RPATH with an empty element",
     {PROGRAM, .tags = {FLAGS1_PIE, {DT_RPATH, 0, "/usr/lib/x::/y"}}},
     "executable - rpath=bad"},
    {"RPATH that ends in ':'", {PROGRAM, .tags = {FLAGS1_PIE, {DT_RPATH, 0, "/usr/lib/x:"}}}, "executable - rpath=bad"},
    {"relative RUNPATH", {PROGRAM, .tags = {FLAGS1_PIE, {DT_RUNPATH, 0, "lib"}}}, "executable - rpath=bad"},
    {"an RPATH is ignored beside a RUNPATH",
     {PROGRAM, .tags = {FLAGS1_PIE, {DT_RPATH, 0, "/tmp"}, {DT_RUNPATH, 0, "/usr/lib/x"}}},
     "executable - rpath=partial"},
    {"DF_TEXTREL", {X86, .type = ET_DYN, .tags = {{DT_FLAGS, DF_TEXTREL, NULL}}}, "library - textrel=bad"},
    {"AddressSanitizer",
     {PROGRAM, .tags = {FLAGS1_PIE, {DT_NEEDED, 0, "libasan.so.8"}}, .imports = {"__asan_init"}},
     "executable C sanitizer=bad"},
    {"a library that only asks whether a sanitizer is there",
     {X86, .type = ET_DYN, .weak = true, .tags = {LIBC}, .imports = {"__lsan_do_leak_check"}},
     "library C sanitizer=good"},
    {"UndefinedBehaviorSanitizer in a library",
     {X86, .type = ET_DYN, .tags = {LIBC}, .imports = {"__ubsan_handle_add_overflow"}},
     "library C sanitizer=bad"},
    {"its minimal run time is meant to be shipped",
     {PROGRAM, .tags = {FLAGS1_PIE}, .imports = {"__ubsan_handle_add_overflow_minimal"}},
     "executable C sanitizer=partial"},
    {"a sanitizer's own library",
     {X86, .type = ET_DYN, .tags = {{DT_SONAME, 0, "libasan.so.8"}}, .defined = {"__asan_init"}},
     "library C sanitizer=none"},
    {"C++", {PROGRAM, .tags = {FLAGS1_PIE, {DT_NEEDED, 0, "libstdc++.so.6"}, LIBC}}, "executable C++"},
    {"Rust by its compiler",
     {PROGRAM, .sections = true, .comment = "rustc version 1.85.0", .tags = {FLAGS1_PIE, LIBC}},
     "executable Rust"},
    {"Rust with overflow checks",
     {PROGRAM, .sections = true, .symbols = {"_ZN4core9panicking11panic_const24panic_const_add_overflow17h0E"},
      .tags = {FLAGS1_PIE}},
     "executable C assertions=partial"},
    {"Go",
     {X86, .type = ET_EXEC, .sections = true, .extra_section = ".go.buildinfo", .symbols = {"runtime.main"}},
     "executable Go pie=bad stack-protector=none fortify=none"},
    {"D", {PROGRAM, .tags = {FLAGS1_PIE}, .imports = {"_d_run_main"}}, "executable D"},
    {"Fortran", {PROGRAM, .tags = {FLAGS1_PIE, {DT_NEEDED, 0, "libgfortran.so.5"}, LIBC}}, "executable Fortran"},
    {"Swift", {PROGRAM, .tags = {FLAGS1_PIE, {DT_NEEDED, 0, "libswiftCore.so"}}}, "executable Swift"},
    {"OCaml", {PROGRAM, .tags = {FLAGS1_PIE}, .defined = {"caml_main"}}, "executable OCaml"},
    {"Haskell", {PROGRAM, .tags = {FLAGS1_PIE, {DT_NEEDED, 0, "libHSrts-ghc9.so"}}}, "executable Haskell"},
    {"Nim", {PROGRAM, .sections = true, .tags = {FLAGS1_PIE}, .symbols = {"NimMain"}}, "executable Nim"},
    {"Zig", {PROGRAM, .sections = true, .tags = {FLAGS1_PIE}, .symbols = {"__zig_probe_stack"}}, "executable Zig"},
    {"annobin: stack clash protection",
     {PROGRAM, .sections = true, .tags = {FLAGS1_PIE}, .annobin = "+stack_clash"},
     "executable - stack-clash=good"},
    {"annobin: none",
     {PROGRAM, .sections = true, .tags = {FLAGS1_PIE}, .annobin = "!stack_clash"},
     "executable - stack-clash=bad"},
    {"annobin: stack protector",
     {PROGRAM, .sections = true, .tags = {FLAGS1_PIE}, .annobin = "*\x02\x03"},
     "executable - stack-protector=good"},
    {"an object file",
     {X86, .type = ET_REL, .sections = true, .symbols = {"f"}},
     "object C pie=none relro=none nx=good symbols=none stack-protector=bad build-id=none"},
    {"an object file that does not say", {X86, .type = ET_REL, .sections = true, .no_stack = true}, "object - nx=bad"},
    {"an object file that wants to run its stack",
     {X86, .type = ET_REL, .sections = true, .exec_stack = true},
     "object - nx=bad"},
    {"a kernel module",
     {X86, .type = ET_REL, .sections = true, .modinfo = true},
     "module - pie=none nx=none signature=bad sanitizer=none"},
    {"data only", {X86, .type = ET_DYN, .sections = true, .no_code = true, .tags = {LIBC}}, "library C"},
    {"code for a GPU", {.wide = true, .machine = 224, .type = ET_DYN}, "foreign - pie=none relro=none nx=none"},
    {"a core dump", {X86, .type = ET_CORE}, "core - pie=none relro=none nx=none"},
};

static void test_rows(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct inspect_report r;
        check_answers(t, rows[i].name, inspect_one(t, "elf", make(t->a, &rows[i].file), &r), rows[i].want);
    }
}

static void test_hostile(void **state) {
    struct testing *t = *state;
    static const struct made whole = {PROGRAM,
                                      .relro = true,
                                      .sections = true,
                                      .comment = "GCC: (x) 12",
                                      .annobin = "+stack_clash",
                                      .tags = {NOW, FLAGS1_PIE, LIBC, {DT_RUNPATH, 0, "/x"}},
                                      .property = 0xC0000002,
                                      .features = 3,
                                      .imports = {"__memcpy_chk"},
                                      .symbols = {"main"}};
    check_hostile(t, "elf", make(t->a, &whole));
}

static void test_refused(void **state) {
    struct testing *t = *state;
    struct inspect_report r;
    static const struct made file = {PROGRAM, .tags = {FLAGS1_PIE}};
    str bytes = make(t->a, &file);
    assert_null(inspect_one(t, "elf", str_upto(bytes, 100), &r));
    assert_int_equal(r.malformed, 1);
    uint32_t n;
    const struct warning *w = ctx_warnings(&t->ctx, &n);
    assert_int_equal(n, 1);
    check_str(w[0].where, "bin/x");
}

static void test_facts(void **state) {
    struct testing *t = *state;
    struct inspect_report r;
    static const struct made file = {PROGRAM, .sections = true, .comment = "GCC: (Debian 12.2.0-14) 12.2.0",
                                     .tags = {FLAGS1_PIE, LIBC}, .imports = {"__memcpy_chk", "strcpy", "__printf_chk"}};
    const struct inspection *i = inspect_one(t, "elf", make(t->a, &file), &r);
    check_str(fact_find(i, "machine"), "x86-64, 64 bit");
    check_str(fact_find(i, "compiler"), "GCC (Debian 12.2.0-14) 12.2.0");
    check_str(fact_find(i, "build-id"), "12345678");
    check_str(fact_find(i, "interpreter"), "/lib64/ld-linux-x86-64.so.2");
    check_str(fact_find(i, "fortified"), "memcpy printf");
    check_str(fact_find(i, "unfortified"), "strcpy");
    check_str(check_find(i, "fortify")->detail, "2 of 3 functions");
}

static void test_capabilities(void **state) {
    struct testing *t = *state;
    static const struct {
        str raw;
        const char *want;
    } cases[] = {
        {S_INIT("\1\0\0\2\0\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), "cap_net_raw=ep"},
        {S_INIT("\0\0\0\2\0\x24\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), "cap_net_bind_service,cap_net_raw=p"},
        {S_INIT("\1\0\0\3\0\0\0\0\0\0\0\0\x80\0\0\0\0\0\0\0\0\0\0\0"), "cap_bpf=ep"},
        {S_INIT("\1\0\0\2\1\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0"), "cap_chown=eip"},
        {S_INIT(""), ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_str(capabilities_text(t->a, cases[i].raw), cases[i].want);
}

static void test_search_path(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *path;
        bool privileged;
        const char *want;
    } cases[] = {
        {"/usr/lib/x", false, ""},
        {"$ORIGIN/../lib:/opt/x/lib", false, ""},
        {"$ORIGIN/../lib", true, "$ORIGIN/../lib"},
        {"/usr/lib:/tmp/x:lib", false, "/tmp/x, lib"},
        {"/tmpfs", false, ""},
        {"", false, ""},
        {":/usr/lib", false, "\"\""},
        {"/usr/lib:", false, "\"\""},
        {"/run/user/1/lib", false, "/run/user/1/lib"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_str(search_path_unsafe(t->a, str_of(cases[i].path), cases[i].privileged, false), cases[i].want);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_rows),  TEST(test_hostile),      TEST(test_refused),
                                       TEST(test_facts), TEST(test_capabilities), TEST(test_search_path)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
