/* SPDX-License-Identifier: Apache-2.0
 *
 * PE files made by hand: headers at 0x80, one section with everything the directories point at, a certificate behind
 * it.
 */
#include "inspect/testing.h"

struct made {
    bool wide, no_relocations, certificate, rwx, cookie, handlers, guard, shadow, clr, no_config;
    uint16_t machine, characteristics, dll, subsystem;
    const char *import;
};

enum { HEADER = 0x80, SECTION_AT = 0x400, SECTION_ADDRESS = 0x1000, SECTION_SIZE = 0x400 };

static void put(char *p, size_t at, uint64_t v, int n) {
    for (int i = 0; i < n; i++)
        p[at + (size_t)i] = (char)(v >> 8 * i);
}

static void directory(char *p, const struct made *f, int which, uint32_t at, uint32_t n) {
    size_t d = HEADER + 24 + (f->wide ? 112u : 96u) + 8 * (size_t)which;
    put(p, d, at, 4);
    put(p, d + 4, n, 4);
}

/* In the section: load configuration at 0, debug directory at 0x100, its data at 0x140, imports at 0x180, .NET header
 * at 0x200, relocations at 0x300. */
static str make(struct arena *a, const struct made *f) {
    size_t n = SECTION_AT + SECTION_SIZE + 16;
    char *p = arena_alloc(a, n), *s = p + SECTION_AT;
    uint16_t optional = f->wide ? 240 : 224;
    memcpy(p, "MZ", 2);
    put(p, 0x3C, HEADER, 4);
    memcpy(p + HEADER, "PE\0\0", 4);
    put(p, HEADER + 4, f->machine, 2);
    put(p, HEADER + 6, 1, 2);
    put(p, HEADER + 20, optional, 2);
    put(p, HEADER + 22, f->characteristics | 2u, 2);
    put(p, HEADER + 24, f->wide ? 0x20B : 0x10B, 2);
    put(p, HEADER + 26, 14, 1);
    put(p, HEADER + 24 + 68, f->subsystem ? f->subsystem : 3, 2);
    put(p, HEADER + 24 + 70, f->dll, 2);
    put(p, HEADER + 24 + (f->wide ? 108 : 92), 16, 4);
    size_t section = HEADER + 24u + optional;
    memcpy(p + section, ".text", 5);
    put(p, section + 8, SECTION_SIZE, 4);
    put(p, section + 12, SECTION_ADDRESS, 4);
    put(p, section + 16, SECTION_SIZE, 4);
    put(p, section + 20, SECTION_AT, 4);
    put(p, section + 36, f->rwx ? 0xE0000020u : 0x60000020u, 4);
    if (!f->no_config) {
        directory(p, f, 10, SECTION_ADDRESS, 0x94);
        put(s, 0, 0x94, 4);
        put(s, f->wide ? 88 : 60, f->cookie ? 0x401000 : 0, f->wide ? 8 : 4);
        put(s, f->wide ? 144 : 88, f->guard ? 0x500 : 0, 4);
        if (f->handlers) {
            put(s, 64, 0x401000, 4);
            put(s, 68, 2, 4);
        }
    }
    directory(p, f, 6, SECTION_ADDRESS + 0x100, 28);
    put(s, 0x100 + 12, 20, 4);
    put(s, 0x100 + 16, 4, 4);
    put(s, 0x100 + 24, SECTION_AT + 0x140, 4);
    put(s, 0x140, f->shadow, 4);
    if (f->import) {
        directory(p, f, 1, SECTION_ADDRESS + 0x180, 40);
        put(s, 0x180 + 12, SECTION_ADDRESS + 0x1C0, 4);
        memcpy(s + 0x1C0, f->import, strlen(f->import));
    }
    if (f->clr) {
        directory(p, f, 14, SECTION_ADDRESS + 0x200, 72);
        put(s, 0x200 + 16, 1, 4);
    }
    if (!f->no_relocations)
        directory(p, f, 5, SECTION_ADDRESS + 0x300, 12);
    if (f->certificate) {
        directory(p, f, 4, SECTION_AT + SECTION_SIZE, 16);
        put(p, SECTION_AT + SECTION_SIZE, 16, 4);
        put(p, SECTION_AT + SECTION_SIZE + 6, 2, 2);
    }
    return str_n(p, n);
}

enum { X86 = 0x14C, X64 = 0x8664, ARM64 = 0xAA64, DLL = 0x2000, LARGE = 0x20 };

static const struct row {
    const char *name;
    struct made file;
    const char *want;
} rows[] = {
    {"64 bit with everything",
     {.wide = true,
      .machine = X64,
      .characteristics = LARGE,
      .dll = 0x41E0,
      .certificate = true,
      .cookie = true,
      .guard = true,
      .shadow = true,
      .import = "VCRUNTIME140.dll"},
     "executable C aslr=good high-entropy=good dep=good rwx=good cfg=good cet=good gs=good safeseh=none integrity=good "
     "signature=good"},
    {"32 bit with nothing",
     {.machine = X86, .rwx = true, .no_relocations = true},
     "executable - aslr=bad high-entropy=none dep=bad rwx=bad cfg=bad cet=bad gs=bad safeseh=bad integrity=bad "
     "signature=bad"},
    {"randomised, but without the relocations for it",
     {.wide = true, .machine = X64, .dll = 0x40, .no_relocations = true},
     "executable - aslr=bad"},
    {"a library without relocations holds data only",
     {.wide = true, .machine = X64, .characteristics = DLL, .dll = 0x40, .no_relocations = true},
     "library - aslr=good"},
    {"high entropy needs large addresses",
     {.wide = true, .machine = X64, .dll = 0x60},
     "executable - aslr=good high-entropy=bad"},
    {"32 bit with SafeSEH", {.machine = X86, .handlers = true}, "executable - safeseh=good"},
    {"32 bit without handlers at all", {.machine = X86, .dll = 0x400}, "executable - safeseh=good"},
    {"guard asked for, code without", {.wide = true, .machine = X64, .dll = 0x4000}, "executable - cfg=bad"},
    {"arm64",
     {.wide = true, .machine = ARM64, .dll = 0x140, .cookie = true},
     "executable - aslr=good dep=good cet=none safeseh=none gs=good"},
    {"no load configuration: cookies cannot be told",
     {.wide = true, .machine = X64, .no_config = true},
     "executable - gs=unknown cfg=bad"},
    {"MinGW with libssp",
     {.wide = true, .machine = X64, .no_config = true, .import = "libssp-0.dll"},
     "executable - gs=good"},
    {"C++", {.wide = true, .machine = X64, .import = "MSVCP140.dll"}, "executable C++"},
    {".NET",
     {.machine = X86, .dll = 0x140, .clr = true, .no_relocations = true},
     "executable .NET aslr=good dep=good cfg=none gs=none safeseh=none cet=none"},
    {"UEFI",
     {.wide = true, .machine = X64, .subsystem = 10, .dll = 0x100},
     "efi - aslr=none dep=good cfg=none high-entropy=none"},
    {"a driver", {.wide = true, .machine = X64, .subsystem = 1, .dll = 0x140}, "driver - aslr=good"},
};

static void test_rows(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct inspect_report r;
        check_answers(t, rows[i].name, inspect_one(t, "pe", make(t->a, &rows[i].file), &r), rows[i].want);
    }
}

static void test_hostile(void **state) {
    static const struct made whole = {
        .wide = true, .machine = X64, .certificate = true, .cookie = true, .import = "libssp-0.dll", .clr = true};
    check_hostile(*state, "pe", make(((struct testing *)*state)->a, &whole));
}

/* Much begins with MZ. */
static void test_not_pe(void **state) {
    struct testing *t = *state;
    struct inspect_report r;
    char dos[128] = "MZ";
    assert_null(inspect_one(t, "pe", str_n(dos, sizeof dos), &r));
    assert_int_equal(r.malformed, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_rows), TEST(test_hostile), TEST(test_not_pe)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
