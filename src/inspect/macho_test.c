/* SPDX-License-Identifier: Apache-2.0
 *
 * Mach-O files made by hand: a header, one segment, symbols, a signature; and universal files of several.
 */
#include "inspect/testing.h"

struct made {
    bool big, narrow, rwx, restricted, no_symbols;
    uint32_t cpu, type, flags;
    const char *rpath, *library, *symbols[4];
    uint32_t signature; /* flags of the code directory + 1; 0 = none */
    bool encrypted;
};

struct maker {
    struct buf b;
    bool big;
    uint32_t commands;
};

static void u32(struct maker *m, uint32_t v) {
    for (int i = 0; i < 4; i++)
        buf_addc(&m->b, (char)(v >> 8 * (m->big ? 3 - i : i)));
}
static void address(struct maker *m, bool narrow, uint64_t v) {
    if (!narrow && m->big)
        u32(m, (uint32_t)(v >> 32));
    u32(m, (uint32_t)v);
    if (!narrow && !m->big)
        u32(m, (uint32_t)(v >> 32));
}
static void name16(struct maker *m, const char *name) {
    char text[16] = {0};
    memcpy(text, name, strlen(name));
    buf_add(&m->b, str_n(text, sizeof text));
}
static void set32(struct maker *m, size_t at, uint32_t v) {
    struct maker w = {.big = m->big};
    u32(&w, v);
    memcpy(m->b.p + at, w.b.p, 4);
    buf_free(&w.b);
}
static size_t begin(struct maker *m, uint32_t command) {
    size_t at = m->b.n;
    u32(m, command);
    u32(m, 0);
    m->commands++;
    return at;
}
static void end(struct maker *m, size_t at) {
    while (m->b.n % 8)
        buf_addc(&m->b, 0);
    set32(m, at + 4, (uint32_t)(m->b.n - at));
}

static void segment(struct maker *m, const struct made *f, const char *name, uint32_t rights) {
    size_t at = begin(m, f->narrow ? 1 : 0x19);
    name16(m, name);
    for (int i = 0; i < 4; i++)
        address(m, f->narrow, 0);
    u32(m, 7);
    u32(m, rights);
    u32(m, 0);
    u32(m, 0);
    end(m, at);
}

static void text(struct maker *m, uint32_t command, uint32_t place, const char *s) {
    size_t at = begin(m, command);
    u32(m, place);
    for (uint32_t i = 12; i < place; i += 4)
        u32(m, 0);
    buf_addz(&m->b, s);
    buf_addc(&m->b, 0);
    end(m, at);
}

static str make(struct arena *a, const struct made *f) {
    struct maker m = {.big = f->big};
    size_t symtab = 0, signature = 0;
    u32(&m, f->narrow ? 0xFEEDFACE : 0xFEEDFACF);
    u32(&m, f->cpu);
    u32(&m, 0);
    u32(&m, f->type);
    u32(&m, 0);
    u32(&m, 0);
    u32(&m, f->flags);
    if (!f->narrow)
        u32(&m, 0);
    segment(&m, f, "__TEXT", f->rwx ? 7 : 5);
    if (f->restricted)
        segment(&m, f, "__RESTRICT", 1);
    if (f->rpath)
        text(&m, 0x8000001C, 12, f->rpath);
    if (f->library)
        text(&m, 0xC, 24, f->library);
    if (f->encrypted) {
        size_t at = begin(&m, 0x21);
        u32(&m, 0);
        u32(&m, 0);
        u32(&m, 1);
        end(&m, at);
    }
    if (!f->no_symbols) {
        symtab = begin(&m, 2);
        for (int i = 0; i < 4; i++)
            u32(&m, 0);
        end(&m, symtab);
    }
    if (f->signature) {
        signature = begin(&m, 0x1D);
        u32(&m, 0);
        u32(&m, 0);
        end(&m, signature);
    }
    set32(&m, 16, m.commands);
    set32(&m, 20, (uint32_t)(m.b.n - (f->narrow ? 28 : 32)));
    if (symtab) {
        uint32_t n = 0, names = 1;
        set32(&m, symtab + 8, (uint32_t)m.b.n);
        for (; n < 4 && f->symbols[n]; n++) {
            u32(&m, names);
            u32(&m, 0);
            address(&m, f->narrow, 0);
            names += (uint32_t)strlen(f->symbols[n]) + 1;
        }
        set32(&m, symtab + 12, n);
        set32(&m, symtab + 16, (uint32_t)m.b.n);
        set32(&m, symtab + 20, names);
        buf_addc(&m.b, 0);
        for (uint32_t i = 0; i < n; i++) {
            buf_addz(&m.b, f->symbols[i]);
            buf_addc(&m.b, 0);
        }
    }
    if (signature) {
        struct maker s = {.big = true};
        u32(&s, 0xFADE0CC0);
        u32(&s, 40);
        u32(&s, 1);
        u32(&s, 0);
        u32(&s, 20);
        u32(&s, 0xFADE0C02);
        u32(&s, 20);
        u32(&s, 0x20400);
        u32(&s, f->signature - 1);
        u32(&s, 0);
        set32(&m, signature + 8, (uint32_t)m.b.n);
        set32(&m, signature + 12, (uint32_t)s.b.n);
        buf_add(&m.b, buf_str(&s.b));
        buf_free(&s.b);
    }
    str out = arena_str(a, buf_str(&m.b));
    buf_free(&m.b);
    return out;
}

static str universal(struct arena *a, const struct made *x, const struct made *y) {
    struct maker m = {.big = true};
    str one = make(a, x), two = make(a, y);
    u32(&m, 0xCAFEBABE);
    u32(&m, 2);
    u32(&m, x->cpu), u32(&m, 0), u32(&m, 48), u32(&m, (uint32_t)one.n), u32(&m, 4);
    u32(&m, y->cpu), u32(&m, 0), u32(&m, 48 + (uint32_t)one.n), u32(&m, (uint32_t)two.n), u32(&m, 4);
    buf_add(&m.b, one);
    buf_add(&m.b, two);
    str out = arena_str(a, buf_str(&m.b));
    buf_free(&m.b);
    return out;
}

#define INTEL .cpu = 0x1000007
#define ARM .cpu = 0x100000C
#define PROGRAM .type = 2

static const struct row {
    const char *name;
    struct made file;
    const char *want;
} rows[] = {
    {"a program with everything",
     {INTEL, PROGRAM, .flags = 0x200000, .signature = 0x10001, .symbols = {"___stack_chk_fail"}},
     "executable C pie=good stack-nx=good heap-nx=good rwx=good stack-protector=good arc=none signature=good "
     "hardened-runtime=good restrict=good rpath=good encryption=none"},
    {"a program with nothing",
     {.narrow = true, .cpu = 7, PROGRAM, .flags = 0x20000, .rwx = true, .rpath = "/tmp/x", .symbols = {"_main"}},
     "executable C pie=bad stack-nx=bad heap-nx=bad rwx=bad stack-protector=bad signature=bad hardened-runtime=bad "
     "restrict=bad rpath=bad"},
    {"signed by nobody",
     {ARM, PROGRAM, .signature = 3},
     "executable - pie=good signature=partial hardened-runtime=bad"},
    {"an rpath beside the program",
     {ARM, PROGRAM, .rpath = "@executable_path/../Frameworks"},
     "executable - rpath=partial"},
    {"restricted by a segment", {ARM, PROGRAM, .restricted = true}, "executable - restrict=good"},
    {"Objective-C with ARC",
     {ARM, PROGRAM, .library = "/usr/lib/libobjc.A.dylib", .symbols = {"_objc_storeStrong"}},
     "executable Objective-C arc=good"},
    {"Objective-C without",
     {ARM, PROGRAM, .library = "/usr/lib/libobjc.A.dylib", .symbols = {"_objc_msgSend"}},
     "executable Objective-C arc=bad"},
    {"Swift", {ARM, PROGRAM, .library = "/usr/lib/swift/libswiftCore.dylib"}, "executable Swift"},
    {"a library",
     {ARM, .type = 6, .signature = 1, .symbols = {"_f"}},
     "library C pie=none stack-nx=none rwx=good signature=good"},
    {"an object file", {ARM, .type = 1}, "object - pie=none rwx=none signature=none"},
    {"encrypted", {ARM, PROGRAM, .encrypted = true}, "executable - encryption=good"},
    {"big endian, 32 bit",
     {.big = true, .narrow = true, .cpu = 18, PROGRAM, .flags = 0x200000, .symbols = {"___stack_chk_guard"}},
     "executable C pie=good stack-protector=good"},
    {"no symbols", {ARM, PROGRAM, .no_symbols = true}, "executable - stack-protector=unknown"},
};

static void test_rows(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct inspect_report r;
        check_answers(t, rows[i].name, inspect_one(t, "macho", make(t->a, &rows[i].file), &r), rows[i].want);
    }
}

/* The worst of the machines counts, and is named. */
static void test_universal(void **state) {
    struct testing *t = *state;
    struct inspect_report r;
    static const struct made good = {ARM, PROGRAM, .signature = 0x10001}, bad = {INTEL, PROGRAM};
    const struct inspection *i = inspect_one(t, "macho", universal(t->a, &good, &bad), &r);
    check_answers(t, "universal", i, "executable - pie=bad signature=bad stack-nx=good");
    check_str(check_find(i, "pie")->detail, "x86-64");
    check_str(fact_find(i, "machine"), "arm64, x86-64");
}

/* A Java class begins like a universal file. */
static void test_java_class(void **state) {
    struct testing *t = *state;
    struct inspect_report r;
    assert_null(inspect_one(t, "macho", S("\xCA\xFE\xBA\xBE\0\0\0\x34\0\x10\7\0\2\1\0\4Main"), &r));
    assert_int_equal(r.malformed, 0);
}

static void test_hostile(void **state) {
    struct testing *t = *state;
    static const struct made whole = {INTEL,
                                      PROGRAM,
                                      .signature = 2,
                                      .rpath = "/x",
                                      .library = "/usr/lib/libobjc.A.dylib",
                                      .symbols = {"_main", "_f"}},
                             old = {.big = true, .narrow = true, .cpu = 18, PROGRAM};
    check_hostile(t, "macho", make(t->a, &whole));
    check_hostile(t, "macho", universal(t->a, &whole, &old));
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_rows), TEST(test_universal), TEST(test_java_class),
                                       TEST(test_hostile)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
