/* SPDX-License-Identifier: Apache-2.0
 *
 * What programs say about themselves. Mach-O and PE files are made here, ELF is the test program itself.
 */
#include "collect/binary.h"
#include <elf.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "collect/testing.h"

static void le(struct buf *b, uint64_t v, size_t n) {
    for (size_t i = 0; i < n; i++)
        buf_addc(b, (char)(i < 8 ? (v >> (8 * i)) & 0xFF : 0));
}
static void pad(struct buf *b, size_t n) {
    while (b->n < n)
        buf_addc(b, 0);
}

/* A 64-bit Mach-O file with one segment and one section at byte 256, loaded at 0x1000. */
static struct buf macho(const char *section, str content) {
    struct buf b = {0};
    le(&b, 0xFEEDFACF, 4);
    le(&b, 0, 12);
    le(&b, 1, 4);
    le(&b, 152, 4);
    le(&b, 0, 8);
    le(&b, 0x19, 4);
    le(&b, 152, 4);
    buf_addz(&b, "__DATA");
    pad(&b, 56);
    le(&b, 0x1000, 8);
    le(&b, content.n, 8);
    le(&b, 256, 8);
    le(&b, content.n, 8);
    le(&b, 0, 8);
    le(&b, 1, 4);
    le(&b, 0, 4);
    buf_addz(&b, section);
    pad(&b, 120);
    buf_addz(&b, "__DATA");
    pad(&b, 136);
    le(&b, 0x1000, 8);
    le(&b, content.n, 8);
    le(&b, 256, 4);
    pad(&b, 256);
    buf_add(&b, content);
    return b;
}

static void tree_put_program(struct tree *t, const char *name, str content) {
    tree_put(t, name, content);
    assert_int_equal(chmod(arena_cstr(t->t->a, path_join(t->t->a, str_of(t->path), str_of(name))), 0755), 0);
}

#define MARK "0123456789abcdef"
static const char modules[] = MARK "path\texample.org/app/cmd/app\nmod\texample.org/app\t(devel)\t\n"
                                   "dep\tgolang.org/x/text\tv0.3.7\th1:abc=\n"
                                   "dep\tgithub.com/Old/lib\tv1.0.0\n=>\tgithub.com/new/lib\tv1.1.0\th1:x=\n"
                                   "dep\texample.org/local\tv0.0.0\n=>\t./local\t\n"
                                   "build\t-ldflags=-s -X main.version=v2.1.0\nbuild\tvcs.revision=deadbeef\n" MARK;

static void check_go(struct sbom *s, const char *stdlib) {
    const struct sbom_component *app = check_has(s, "pkg:golang/example.org/app@v2.1.0");
    assert_int_equal(app->type, TYPE_APPLICATION);
    check_str(check_property(app, "akashi:vcs-revision"), "deadbeef");
    check_has(s, "pkg:golang/golang.org/x/text@v0.3.7");
    check_has(s, "pkg:golang/github.com/new/lib@v1.1.0");
    check_has(s, stdlib);
    check_edge(s, "pkg:golang/example.org/app@v2.1.0", "pkg:golang/golang.org/x/text@v0.3.7");
    check_edge(s, "pkg:golang/example.org/app@v2.1.0", stdlib);
    assert_int_equal(check_count(s), 5); /* with the module that was replaced by a folder, unidentified */
}

static void go_inline(void **state) {
    struct tree t = tree_begin(state);
    struct buf info = {0};
    buf_add(&info, S("\xff Go buildinf:\x08\x02"));
    pad(&info, 32);
    buf_add(&info, S("\x08go1.21.4"));
    size_t n = sizeof modules - 1;
    buf_addc(&info, (char)(n | 0x80));
    buf_addc(&info, (char)(n >> 7));
    buf_addz(&info, modules);
    struct buf b = macho("__go_buildinfo", buf_str(&info));
    tree_put_program(&t, "bin/app", buf_str(&b));
    check_go(tree_collect(&t), "pkg:golang/stdlib@1.21.4");
    buf_free(&info);
    buf_free(&b);
    tree_end(&t);
}

static void go_by_pointers(void **state) {
    struct tree t = tree_begin(state);
    struct buf info = {0};
    size_t n = sizeof modules - 1;
    buf_add(&info, S("\xff Go buildinf:\x08\0"));
    le(&info, 0x1000 + 32, 8); /* string headers behind it: pointer, length */
    le(&info, 0x1000 + 48, 8);
    le(&info, 0x1000 + 64, 8);
    le(&info, 7, 8);
    le(&info, 0x1000 + 71, 8);
    le(&info, n, 8);
    buf_addz(&info, "go1.17X");
    info.p[info.n - 1] = '3';
    buf_addz(&info, modules);
    struct buf b = macho("__go_buildinfo", buf_str(&info));
    tree_put_program(&t, "bin/app", buf_str(&b));
    check_go(tree_collect(&t), "pkg:golang/stdlib@1.173");
    for (size_t cut = 0; cut < b.n; cut += 7) { /* cut anywhere, it is no crash and nothing wrong */
        tree_put_program(&t, "bin/app", str_upto(buf_str(&b), cut));
        tree_collect(&t);
    }
    buf_free(&info);
    buf_free(&b);
    tree_end(&t);
}

/* zlib of {"packages":[{"name":"app","version":"0.1.0","source":"local","dependencies":[1],"root":true},
 * {"name":"libc","version":"0.2.1","source":"crates.io"},{"name":"cc","version":"1.0.0","source":"crates.io",
 * "kind":"build"}]}, stored without compression. */
static struct buf stored(str text) {
    struct buf b = {0};
    uint32_t x = 1, y = 0;
    for (size_t i = 0; i < text.n; i++) {
        x = (x + (unsigned char)text.p[i]) % 65521;
        y = (y + x) % 65521;
    }
    buf_add(&b, S("\x78\x01\x01"));
    le(&b, text.n, 2);
    le(&b, ~(uint64_t)text.n, 2);
    buf_add(&b, text);
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_addc(&b, (char)((y << 16 | x) >> shift));
    return b;
}

static void go_of_an_unknown_kind(void **state) {
    struct tree t = tree_begin(state);
    struct buf info = {0};
    buf_add(&info, S("\xff Go buildinf:\x03\x01")); /* pointers of three bytes */
    pad(&info, 64);
    struct buf b = macho("__go_buildinfo", buf_str(&info));
    tree_put_program(&t, "bin/app", buf_str(&b));
    assert_int_equal(check_count(tree_collect(&t)), 0);
    buf_free(&info);
    buf_free(&b);
    tree_end(&t);
}

static void cargo_auditable(void **state) {
    struct tree t = tree_begin(state);
    struct buf z = stored(
        S("{\"packages\":[{\"name\":\"app\",\"version\":\"0.1.0\",\"source\":\"local\",\"dependencies\":[1],"
          "\"root\":true},{\"name\":\"libc\",\"version\":\"0.2.1\",\"source\":\"crates.io\"},"
          "{\"name\":\"cc\",\"version\":\"1.0.0\",\"source\":\"crates.io\",\"kind\":\"build\"}]}"));
    struct buf b = macho(".dep-v0", buf_str(&z));
    tree_put_program(&t, "app", buf_str(&b));
    struct sbom *s = tree_collect(&t);
    assert_int_equal(check_has(s, "pkg:cargo/app@0.1.0")->type, TYPE_APPLICATION);
    assert_int_equal(check_has(s, "pkg:cargo/cc@1.0.0")->scope, SCOPE_DEV);
    check_edge(s, "pkg:cargo/app@0.1.0", "pkg:cargo/libc@0.2.1");
    assert_int_equal(check_count(s), 3);
    z.p[10] ^= 1; /* the sum no longer agrees */
    buf_free(&b);
    b = macho(".dep-v0", buf_str(&z));
    tree_put_program(&t, "app", buf_str(&b));
    assert_int_equal(check_count(tree_collect(&t)), 0);
    check_warning(&t, "app");
    buf_free(&z);
    buf_free(&b);
    tree_end(&t);
}

/* ── PE with a version resource ── */

static void utf16(struct buf *b, const char *s) {
    for (; *s; s++)
        le(b, (unsigned char)*s, 2);
    le(b, 0, 2);
}

/* One node; `value` is text when it is not NULL. Returned lengths are put right afterwards. */
static void node(struct buf *b, const char *key, const char *value, const struct buf *children) {
    size_t at = b->n;
    le(b, 0, 2);
    le(b, value ? strlen(value) + 1 : 0, 2);
    le(b, 1, 2);
    utf16(b, key);
    pad(b, (b->n + 3) & ~(size_t)3);
    if (value)
        utf16(b, value);
    if (children)
        buf_add(b, buf_str(children));
    size_t n = b->n - at;
    b->p[at] = (char)n;
    b->p[at + 1] = (char)(n >> 8);
    pad(b, (b->n + 3) & ~(size_t)3);
}

static struct buf version_tree(void) {
    struct buf pairs = {0}, table = {0}, info = {0}, all = {0};
    node(&pairs, "ProductName", "Fancy Tool", NULL);
    node(&pairs, "ProductVersion", "1, 2, 3, 4", NULL);
    node(&pairs, "CompanyName", "Example K.K.", NULL);
    node(&table, "040904b0", NULL, &pairs);
    node(&info, "StringFileInfo", NULL, &table);
    node(&all, "VS_VERSION_INFO", NULL, &info);
    buf_free(&pairs);
    buf_free(&table);
    buf_free(&info);
    return all;
}

static struct buf pe_file(void) {
    struct buf b = {0}, version = version_tree();
    buf_addz(&b, "MZ");
    pad(&b, 0x3C);
    le(&b, 0x40, 4);
    buf_add(&b, S("PE\0\0\x64\x86\x01\0"));
    pad(&b, 0x40 + 20);
    le(&b, 112, 2); /* size of the optional header */
    le(&b, 0, 2);
    le(&b, 0x20B, 2);
    pad(&b, 0x58 + 24);
    le(&b, 0x140000000, 8);
    pad(&b, 0x58 + 112);
    buf_addz(&b, ".rsrc");
    pad(&b, 0x58 + 112 + 8);
    le(&b, 4096, 4);
    le(&b, 0x2000, 4);
    le(&b, 88 + version.n, 4);
    le(&b, 512, 4);
    pad(&b, 512);
    static const uint32_t ids[] = {16, 1, 1033}; /* type, name, language: a folder with one entry each */
    for (uint32_t i = 0; i < 3; i++) {
        le(&b, 0, 12);
        le(&b, 0, 2);
        le(&b, 1, 2);
        le(&b, ids[i], 4);
        le(&b, (i < 2 ? 0x80000000u : 0u) | 24 * (i + 1), 4);
    }
    le(&b, 0x2000 + 88, 4);
    le(&b, version.n, 4);
    le(&b, 0, 8);
    buf_add(&b, buf_str(&version));
    buf_free(&version);
    return b;
}

static void pe_version(void **state) {
    struct tree t = tree_begin(state);
    struct buf b = pe_file();
    tree_put(&t, "Fancy.exe", buf_str(&b));
    struct sbom *s = tree_collect(&t);
    assert_int_equal(check_count(s), 1);
    check_str(s->components.v[1].name, "Fancy Tool");
    check_str(s->components.v[1].version, "1.2.3.4");
    check_str(s->components.v[1].supplier->name, "Example K.K.");
    for (size_t cut = 64; cut < b.n; cut += 3) {
        tree_put(&t, "Fancy.exe", str_upto(buf_str(&b), cut));
        tree_collect(&t);
    }
    buf_free(&b);
    tree_end(&t);
}

/* ── ELF: this program ── */

static void elf_of_this_test(void **state) {
    struct testing *t = *state;
    str self;
    struct elf_facts facts;
    assert_true(file_map(t->a, S("/proc/self/exe"), &self, &t->e));
    assert_int_equal(binary_kind(self), BINARY_ELF);
    assert_true(elf_read(t->a, self, &facts));
    assert_true(facts.executable);
    bool cmocka = false;
    for (uint32_t i = 0; i < facts.needed.n; i++)
        cmocka |= str_starts(facts.needed.v[i], S("libcmocka.so"));
    assert_true(cmocka);
    assert_true(binary_section(self, ".text", NULL, NULL).n > 1000);
    assert_null(binary_section(self, ".no-such", NULL, NULL).p);
    for (size_t cut = 0; cut < 4096; cut += 13)
        if (elf_read(t->a, str_upto(self, cut), &facts))
            binary_section(str_upto(self, cut), ".text", NULL, NULL);
}

/* Three sections: none, `name`, the names. Their names stand `gap` bytes in front of the headers. */
static str small_elf64(struct arena *a, const char *name, size_t gap) {
    struct buf b = {0};
    str names = arena_printf(a, "%c%s%c.names", 0, name, 0);
    Elf64_Ehdr h = {.e_ident = {0x7F, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
                    .e_type = ET_DYN,
                    .e_machine = EM_X86_64,
                    .e_version = EV_CURRENT,
                    .e_ehsize = sizeof h,
                    .e_shentsize = sizeof(Elf64_Shdr),
                    .e_shoff = (sizeof h + names.n + 1 + gap + 7) / 8 * 8,
                    .e_shnum = 3,
                    .e_shstrndx = 2};
    Elf64_Shdr sections[3] = {
        [1] = {.sh_name = 1, .sh_type = SHT_PROGBITS, .sh_offset = sizeof h, .sh_size = 1},
        [2] = {.sh_name = (Elf64_Word)strlen(name) + 2,
               .sh_type = SHT_STRTAB,
               .sh_offset = sizeof h,
               .sh_size = names.n + 1},
    };
    buf_add(&b, str_n((const char *)&h, sizeof h));
    buf_add(&b, str_n(names.p, names.n + 1));
    pad(&b, h.e_shoff);
    buf_add(&b, str_n((const char *)sections, sizeof sections));
    str bytes = arena_str(a, buf_str(&b));
    buf_free(&b);
    return bytes;
}

static void be(struct buf *b, uint64_t v, size_t n) {
    for (size_t i = n; i-- > 0;)
        buf_addc(b, (char)(i < 8 ? (v >> (8 * i)) & 0xFF : 0));
}

/* The same for 32 bits, the other byte order. */
static str small_elf32(struct arena *a, const char *name) {
    struct buf b = {0};
    size_t n = strlen(name) + 2 + sizeof ".names";
    buf_add(&b, S("\177ELF\1\2\1\0\0\0\0\0\0\0\0\0"));
    be(&b, ET_DYN, 2);
    be(&b, EM_PPC, 2);
    be(&b, 1, 4);
    be(&b, 0, 8);
    be(&b, 128, 4);
    be(&b, 0, 4);
    for (const unsigned *v = (const unsigned[]){52, 0, 0, 40, 3, 2, UINT_MAX}; *v != UINT_MAX; v++)
        be(&b, *v, 2);
    buf_addf(&b, "%c%s%c.names%c", 0, name, 0, 0);
    pad(&b, 128 + 40);
    const unsigned rows[2][6] = {{1, SHT_PROGBITS, 0, 0, 52, 1},
                                 {(unsigned)strlen(name) + 2, SHT_STRTAB, 0, 0, 52, (unsigned)n}};
    for (size_t r = 0; r < 2; r++) {
        for (size_t i = 0; i < 6; i++)
            be(&b, rows[r][i], 4);
        be(&b, 0, 16);
    }
    str bytes = arena_str(a, buf_str(&b));
    buf_free(&b);
    return bytes;
}

/* What the whole file says by elf_section(), the look at its end must say too. */
static void sections_without_the_content(void **state) {
    struct testing *t = *state;
    const str files[] = {
        small_elf64(t->a, ".dep-v0", 0), small_elf64(t->a, ".dep-v0", 5000), /* names far away from the headers */
        small_elf64(t->a, ".dep-v1", 3), small_elf32(t->a, ".dep-v0"),       small_elf32(t->a, ".dep-v1"),
    };
    const char *const names[] = {".go.buildinfo", ".dep-v0"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        for (size_t cut = files[i].n; cut + 40 > files[i].n; cut -= 13) {
            str file = str_upto(files[i], cut);
            bool may[2] = {true, true};
            int fd = memfd_create("elf", MFD_CLOEXEC);
            assert_true(fd >= 0 && write(fd, file.p, file.n) == (ssize_t)file.n);
            bool known = elf_file_may_have(fd, str_upto(file, 64), names, 2, may);
            close(fd);
            if (cut == files[i].n)
                assert_true(known);
            for (size_t k = 0; known && k < 2; k++)
                assert_int_equal(may[k], elf_section(file, names[k]).p != NULL);
        }
}

static void a_program_is_unidentified_or_owned(void **state) {
    struct tree t = tree_begin(state);
    str self;
    assert_true(file_map(t.t->a, S("/proc/self/exe"), &self, &t.t->e));
    tree_put_program(&t, "r/usr/bin/tool", self);
    struct sbom *s = tree_collect(&t);
    assert_int_equal(check_count(s), 1);
    check_str(s->components.v[1].name, "tool");
    assert_true(check_property(&s->components.v[1], "akashi:unidentified").n > 0);
    tree_put(&t, "r/lib/apk/db/installed", S("P:tool\nV:1\nF:bin\nR:tool\n\nP:usr\nV:1\nF:usr/bin\nR:tool\n"));
    s = tree_collect(&t);
    assert_int_equal(check_count(s), 2);
    check_has(s, "pkg:apk/alpine/tool@1");
    tree_end(&t);
}

static void version_in_plain_text(void **state) {
    struct tree t = tree_begin(state);
    str self;
    assert_true(file_map(t.t->a, S("/proc/self/exe"), &self, &t.t->e));
    str text = arena_cat(t.t->a, self, S("Example 2.2 BusyBox vx, BusyBox v1.36.1 (2023-05-18)"));
    tree_put_program(&t, "bin/busybox", text);
    struct sbom *s = tree_collect(&t);
    const struct sbom_component *c = check_has(s, "pkg:generic/busybox@1.36.1");
    check_str(c->cpes.v[0], "cpe:2.3:a:busybox:busybox:1.36.1:*:*:*:*:*:*:*");
    assert_int_equal(check_count(s), 1);
    tree_put_program(&t, "bin/python3.11",
                     arena_cat(t.t->a, self,
                               S("x\0"
                                 "3.11.2\0y")));
    check_has(tree_collect(&t), "pkg:generic/python@3.11.2");
    tree_end(&t);
}

static void a_go_module_in_a_packaged_program_is_marked(void **state) {
    struct tree t = tree_begin(state);
    struct buf info = {0};
    buf_add(&info, S("\xff Go buildinf:\x08\x02"));
    pad(&info, 32);
    buf_add(&info, S("\x08go1.21.4\0"));
    struct buf b = macho("__go_buildinfo", buf_str(&info));
    tree_put_program(&t, "usr/bin/app", buf_str(&b));
    tree_put(&t, "lib/apk/db/installed", S("P:app\nV:1\nF:usr/bin\nR:app\n"));
    const struct sbom_component *c = check_has(tree_collect(&t), "pkg:golang/stdlib@1.21.4");
    check_str(check_property(c, "akashi:owned-by"), "pkg:apk/alpine/app@1");
    buf_free(&info);
    buf_free(&b);
    tree_end(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(go_inline),
        TEST(go_by_pointers),
        TEST(go_of_an_unknown_kind),
        TEST(cargo_auditable),
        TEST(pe_version),
        TEST(elf_of_this_test),
        TEST(sections_without_the_content),
        TEST(a_program_is_unidentified_or_owned),
        TEST(version_in_plain_text),
        TEST(a_go_module_in_a_packaged_program_is_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
