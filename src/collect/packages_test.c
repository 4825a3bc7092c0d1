/* SPDX-License-Identifier: Apache-2.0
 *
 * Package managers, package files, models and the like: one file each, and the component it must give.
 */
#include "collect/testing.h"
#include "store/db.h"

/* ── text and small binary files ── */

#define T(literal) S_INIT(literal)

struct row {
    const char *path;
    str content;
    const char *purl, *name, *version; /* purl NULL: a component without one, by name and version */
    enum sbom_type type;
};

static const struct row rows[] = {
    {"r/var/lib/pacman/local/curl-8.5.0-1/desc",
     T("%NAME%\ncurl\n\n%VERSION%\n8.5.0-1\n\n%BASE%\ncurl\n\n%ARCH%\nx86_64\n\n%LICENSE%\nMIT\n\n%DEPENDS%\nca-"
       "certificates\n"),
     "pkg:alpm/arch/curl@8.5.0-1?arch=x86_64", "curl", "8.5.0-1", TYPE_LIBRARY},
    {"r/var/db/pkg/dev-libs/openssl-3.0.12-r1/CONTENTS", T("dir /usr\nobj /usr/bin/openssl d41d8 1\n"),
     "pkg:ebuild/dev-libs/openssl@3.0.12-r1", "openssl", "3.0.12-r1", TYPE_LIBRARY},
    {"r/usr/lib/opkg/status",
     T("Package: ubus\nVersion: 2024.10.20~252a9b0c-r1\nArchitecture: x86_64\n"
       "Status: install user installed\n"),
     "pkg:opkg/ubus@2024.10.20~252a9b0c-r1?arch=x86_64", "ubus", "2024.10.20~252a9b0c-r1", TYPE_LIBRARY},
    {"r/var/lib/dpkg/status.d/base", T("Package: base-files\nVersion: 12.4\nArchitecture: amd64\n"),
     "pkg:deb/debian/base-files@12.4?arch=amd64", "base-files", "12.4", TYPE_LIBRARY},
    {"snap/x/meta/snap.yaml", T("name: hello\nversion: '2.10'\nsummary: GNU Hello\n"), "pkg:snap/hello@2.10", "hello",
     "2.10", TYPE_APPLICATION},
    {"Cellar/jq/1.7.1/INSTALL_RECEIPT.json", T("{\"source\":{\"tap\":\"homebrew/core\"},\"runtime_dependencies\":[]}"),
     "pkg:brew/jq@1.7.1", "jq", "1.7.1", TYPE_LIBRARY},
    {"boot/vmlinux", T("....Linux version 6.1.55-rt (gcc) #1 SMP\0more"), "pkg:generic/linux@6.1.55-rt", "linux",
     "6.1.55-rt", TYPE_OS},
    {"r/lib/modules/6.1.0-18-amd64/modules.builtin", T("kernel/x.ko\n"), "pkg:generic/linux@6.1.0-18-amd64", "linux",
     "6.1.0-18-amd64", TYPE_OS},
    {"w/wp-content/plugins/akismet/akismet.php",
     T("<?php\n/**\n * Plugin Name: Akismet Anti-spam\n * Version: 5.3\n * License: GPLv2 or later\n */\n"),
     "pkg:wordpress-plugin/akismet@5.3", "akismet", "5.3", TYPE_LIBRARY},
    {"w/wp-includes/version.php", T("<?php\n$wp_version = '6.4.1';\n"), "pkg:generic/wordpress@6.4.1", "wordpress",
     "6.4.1", TYPE_APPLICATION},
    {"m/tiny.gguf",
     T("GGUF\3\0\0\0"
       "\0\0\0\0\0\0\0\0"
       "\2\0\0\0\0\0\0\0"
       "\x0c\0\0\0\0\0\0\0general.name"
       "\x08\0\0\0"
       "\4\0\0\0\0\0\0\0Tiny"
       "\x0f\0\0\0\0\0\0\0general.license"
       "\x08\0\0\0"
       "\3\0\0\0\0\0\0\0mit"),
     NULL, "Tiny", "", TYPE_MODEL},
    {"m/x.safetensors", T("\x2d\0\0\0\0\0\0\0{\"__metadata__\":{\"modelspec.title\":\"Little\"}}"), NULL, "Little", "",
     TYPE_MODEL},
    {"m/net.onnx", T("\x08\x07\x12\x07pytorch\x28\x02\x3a\x05\x12\x03net"), NULL, "net", "2", TYPE_MODEL},
};

static void one_file_one_component(void **state) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tree t = tree_begin(state);
        tree_put(&t, rows[i].path, rows[i].content);
        struct sbom *s = tree_collect(&t);
        const struct sbom_component *c = rows[i].purl ? check_has(s, rows[i].purl) : NULL;
        if (check_count(s) != 1)
            fail_msg("%s: %u components", rows[i].path, check_count(s));
        c = &s->components.v[1];
        check_str(c->name, rows[i].name);
        check_str(c->version, rows[i].version);
        assert_int_equal(c->type, rows[i].type);
        check_str(c->places.v[0].path, rows[i].path);
        tree_end(&t);
    }
}

static void broken_files_warn(void **state) {
    static const struct {
        const char *path;
        str content;
    } broken[] = {
        {"var/lib/pacman/local/x-1/desc", T("%NAME%\nx\n")},
        {"var/db/pkg/cat/noversion/CONTENTS", T("")},
        {"meta/snap.yaml", T("a: [\n")},
        {"var/lib/rpm/Packages", T("not a database at all")},
        {"var/lib/rpm/Packages.db", T("RpmP\0\0\0\0\0\0\0\0\1\0\0\0")},
        {"x.rpm", T("\xED\xAB\xEE\xDB")},
        {"x.deb", T("!<arch>\n")},
        {"x.gguf", T("GGUF\3\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0\0\0")},
        {"x.safetensors", T("\xff\xff\xff\xff\xff\xff\xff\x7f{}")},
        {"x.onnx", T("\x08\x07\x12\x7fshort")},
        {"x.jar", T("PK\3\4 no zip")},
        {"Cellar/x/1/INSTALL_RECEIPT.json", T("{")},
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct tree t = tree_begin(state);
        tree_put(&t, broken[i].path, broken[i].content);
        struct sbom *s = tree_collect(&t);
        if (check_count(s) != 0)
            fail_msg("%s: %u components", broken[i].path, check_count(s));
        uint32_t n;
        const struct warning *w = ctx_warnings(&t.t->ctx, &n);
        bool named = false;
        for (uint32_t k = 0; k < n; k++)
            named |= str_starts(w[k].where, str_of(broken[i].path));
        if (!named)
            fail_msg("%s: no warning names it", broken[i].path);
        tree_end(&t);
    }
}

/* ── archives ── */

static void ar_add(struct buf *b, const char *name, str content) {
    if (!b->n)
        buf_addz(b, "!<arch>\n");
    buf_addf(b, "%-16s%-12d%-6d%-6d%-8s%-10zu`\n", name, 0, 0, 0, "100644", content.n);
    buf_add(b, content);
    if (content.n % 2)
        buf_addc(b, '\n');
}

static void a_deb_and_what_is_in_it(void **state) {
    struct tree t = tree_begin(state);
    struct buf control = {0}, data = {0}, deb = {0};
    tar_add(
        &control, "./control", '0', "",
        S("Package: libx1\nSource: x (1.0-1)\nVersion: 1.0-1+b2\nArchitecture: arm64\nMaintainer: M <m@debian.org>\n"));
    tar_end(&control);
    tar_add(&data, "./usr/share/w/wp-includes/version.php", '0', "", S("$wp_version = '6.0';\n"));
    tar_end(&data);
    ar_add(&deb, "debian-binary", S("2.0\n"));
    ar_add(&deb, "control.tar", buf_str(&control));
    ar_add(&deb, "data.tar", buf_str(&data));
    tree_put(&t, "p/x.deb", buf_str(&deb));
    tree_put(&t, "var/cache/apt/archives/y.deb", buf_str(&deb));
    struct sbom *s = tree_collect(&t);
    const char *purl = "pkg:deb/debian/libx1@1.0-1%2Bb2?arch=arm64&upstream=x%401.0-1";
    assert_int_equal(check_has(s, purl)->places.n, 1); /* what apt has in its cache is not counted */
    check_str(check_has(s, "pkg:generic/wordpress@6.0")->places.v[0].path,
              "p/x.deb!usr/share/w/wp-includes/version.php");
    check_edge(s, purl, "pkg:generic/wordpress@6.0");
    buf_free(&control);
    buf_free(&data);
    buf_free(&deb);
    tree_end(&t);
}

static void an_alpine_package_file(void **state) {
    struct tree t = tree_begin(state);
    struct buf b = {0};
    tar_add(&b, ".PKGINFO", '0', "",
            S("# made\npkgname = ssl_client\npkgver = 1.36-r1\narch = x86_64\norigin = busybox\n"));
    tar_end(&b);
    tree_put(&t, "x.apk", buf_str(&b));
    check_has(tree_collect(&t), "pkg:apk/alpine/ssl_client@1.36-r1?arch=x86_64&upstream=busybox");
    buf_free(&b);
    tree_end(&t);
}

/* libarchive goes by content, so a tar called .jar will do. */
static void java_archives_inside_each_other(void **state) {
    struct tree t = tree_begin(state);
    struct buf inner = {0}, outer = {0}, shaded = {0};
    tar_add(&inner, "META-INF/MANIFEST.MF", '0', "",
            S("Manifest-Version: 1.0\r\nBundle-SymbolicName: org.apache.comm\r\n ons.commons-lang3;x=y\r\n"
              "Implementation-Version: 3.12.0\r\n"));
    tar_end(&inner);
    tar_add(&shaded, "META-INF/maven/g/own/pom.properties", '0', "", S("groupId=g\nartifactId=own\nversion=2\n"));
    tar_add(&shaded, "META-INF/maven/g/other/pom.properties", '0', "",
            S("#x\r\ngroupId=g\r\nartifactId=other\r\nversion=1.1\r\n"));
    tar_add(&shaded, "META-INF/maven/g/other/pom.xml", '0', "",
            S("<project><groupId>q</groupId><artifactId>q</artifactId><version>9</version></project>"));
    tar_end(&shaded);
    tar_add(&outer, "WEB-INF/lib/commons-lang3-3.12.0.jar", '0', "", buf_str(&inner));
    tar_add(&outer, "WEB-INF/lib/own-2.jar", '0', "", buf_str(&shaded));
    tar_add(&outer, "META-INF/maven/org.ex/app/pom.properties", '0', "",
            S("groupId=org.ex\nartifactId=app\nversion=1.0\n"));
    tar_end(&outer);
    tree_put(&t, "app-1.0.war", buf_str(&outer));
    struct sbom *s = tree_collect(&t);
    const struct sbom_component *lang = check_has(s, "pkg:maven/org.apache.commons/commons-lang3@3.12.0");
    check_str(lang->places.v[0].path, "app-1.0.war!WEB-INF/lib/commons-lang3-3.12.0.jar");
    check_str(lang->hashes.v[0].alg, "SHA-1");
    check_edge(s, "pkg:maven/org.ex/app@1.0", "pkg:maven/org.apache.commons/commons-lang3@3.12.0");
    check_edge(s, "pkg:maven/g/own@2", "pkg:maven/g/other@1.1");
    assert_null(find_purl(s, "pkg:maven/q/q@9"));
    assert_int_equal(check_count(s), 4);
    buf_free(&inner);
    buf_free(&outer);
    buf_free(&shaded);
    tree_end(&t);
}

static void archives_in_archives_are_bounded(void **state) {
    struct tree t = tree_begin(state);
    struct buf b = {0};
    tar_add(&b, "x.txt", '0', "", S("x"));
    tar_end(&b);
    for (int i = 0; i < 12; i++) {
        struct buf next = {0};
        tar_add(&next, "a.jar", '0', "", buf_str(&b));
        tar_end(&next);
        buf_free(&b);
        b = next;
    }
    tree_put(&t, "a.jar", buf_str(&b));
    tree_collect(&t);
    check_warning(&t, "a.jar!a.jar!a.jar!a.jar!a.jar!a.jar!a.jar!a.jar!a.jar!");
    buf_free(&b);
    tree_end(&t);
}

/* ── RPM: one header in each container ── */

struct tag {
    uint32_t tag, type, count;
    str data;
};

static void be(struct buf *b, uint32_t v) {
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_addc(b, (char)(v >> shift));
}
static void le(struct buf *b, uint32_t v, size_t n) {
    for (size_t i = 0; i < n; i++)
        buf_addc(b, (char)(v >> (8 * i)));
}

static struct buf rpm_blob(const char *name, const char *requires) {
    const struct tag tags[] = {
        {1000, 6, 1, str_n(name, strlen(name) + 1)},
        {1001, 6, 1, T("3.0.7")},
        {1002, 6, 1, T("24.el9")},
        {1003, 4, 1, T("\0\0\0\1")},
        {1011, 6, 1, T("AlmaLinux")},
        {1014, 6, 1, T("Apache-2.0")},
        {1022, 6, 1, T("x86_64")},
        {1044, 6, 1, T("openssl-3.0.7-24.el9.src.rpm")},
        {1047, 8, 1, str_n(name, strlen(name) + 1)},
        {1049, 8, 1, str_n(requires, strlen(requires) + 1)},
        {1116, 4, 1, T("\0\0\0\0")},
        {1117, 8, 1, T("tool")},
        {1118, 8, 1, T("/usr/bin/")},
        {5096, 6, 1, T("openssl:3:1")},
    };
    struct buf b = {0}, data = {0};
    size_t n = sizeof tags / sizeof *tags;
    for (size_t i = 0; i < n; i++) {
        /* Texts of the table carry their NUL only through this. */
        while (tags[i].type == 4 && data.n % 4)
            buf_addc(&data, 0);
        be(&b, tags[i].tag);
        be(&b, tags[i].type);
        be(&b, (uint32_t)data.n);
        be(&b, tags[i].count);
        buf_add(&data, tags[i].data);
        buf_addc(&data, 0);
    }
    struct buf out = {0};
    be(&out, (uint32_t)n);
    be(&out, (uint32_t)data.n);
    buf_add(&out, buf_str(&b));
    buf_add(&out, buf_str(&data));
    buf_free(&b);
    buf_free(&data);
    return out;
}

#define LIBS "pkg:rpm/almalinux/openssl-libs@3.0.7-24.el9?arch=x86_64&epoch=1&rpmmod=openssl:3:1&upstream=openssl"
#define MAIN "pkg:rpm/almalinux/openssl@3.0.7-24.el9?arch=x86_64&epoch=1&rpmmod=openssl:3:1"

static void check_rpms(struct tree *t) {
    struct sbom *s = tree_collect(t);
    check_has(s, LIBS);
    check_has(s, MAIN);
    check_edge(s, MAIN, LIBS);
    assert_int_equal(check_count(s), 2);
}

static void rpm_in_sqlite(void **state) {
    struct tree t = tree_begin(state);
    struct buf x = rpm_blob("openssl", "openssl-libs"), y = rpm_blob("openssl-libs", "libc");
    str path = tree_path(&t, "usr/lib/sysimage/rpm/rpmdb.sqlite");
    struct db *db;
    struct stmt *st;
    struct err e = {0};
    assert_true(db_open(&t.t->ctx, path, DB_WRITE, &db, &e));
    assert_true(db_exec(db, "CREATE TABLE Packages(hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)", &e));
    for (int i = 0; i < 2; i++) {
        assert_true(db_stmt(db, "INSERT INTO Packages(blob) VALUES(?1)", &st, &e));
        stmt_blob(st, 1, buf_str(i ? &y : &x));
        assert_true(stmt_run(st, &e));
    }
    db_close(db);
    check_rpms(&t);
    static const char *const rest[] = {"-wal", "-shm", "-journal"};
    for (int i = 0; i < 3; i++)
        unlink(arena_cstr(t.t->a, arena_cat(t.t->a, path, str_of(rest[i]))));
    buf_free(&x);
    buf_free(&y);
    tree_end(&t);
}

static void rpm_in_ndb(void **state) {
    struct tree t = tree_begin(state);
    struct buf blobs[2] = {rpm_blob("openssl", "openssl-libs"), rpm_blob("openssl-libs", "libc")}, b = {0}, body = {0};
    buf_addz(&b, "RpmP");
    le(&b, 0, 4);
    le(&b, 1, 4);
    le(&b, 1, 4);
    le(&b, 3, 4);
    while (b.n < 32)
        buf_addc(&b, 0);
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t at = (uint32_t)(4096 + body.n), units = (uint32_t)(blobs[i].n + 16 + 16 + 15) / 16;
        buf_addz(&b, "Slot");
        le(&b, i + 1, 4);
        le(&b, at / 16, 4);
        le(&b, units, 4);
        buf_addz(&body, "BlbS");
        le(&body, i + 1, 4);
        le(&body, 1, 4);
        le(&body, (uint32_t)blobs[i].n, 4);
        buf_add(&body, buf_str(&blobs[i]));
        while (body.n % 16 || body.n + 4096 < at + units * 16)
            buf_addc(&body, 0);
    }
    while (b.n < 4096) {
        buf_addz(&b, "Slot");
        le(&b, 0, 4);
        le(&b, 0, 4);
        le(&b, 0, 4);
    }
    buf_add(&b, buf_str(&body));
    tree_put(&t, "var/lib/rpm/Packages.db", buf_str(&b));
    check_rpms(&t);
    buf_free(&blobs[0]);
    buf_free(&blobs[1]);
    buf_free(&b);
    buf_free(&body);
    tree_end(&t);
}

enum { PAGE = 512 };

static void bdb_page(struct buf *b, uint32_t number, uint32_t next, uint32_t entries, uint32_t free_at, char type) {
    while (b->n < (size_t)number * PAGE)
        buf_addc(b, 0);
    le(b, 0, 4);
    le(b, 0, 4);
    le(b, number, 4);
    le(b, 0, 4);
    le(b, next, 4);
    le(b, entries, 2);
    le(b, free_at, 2);
    buf_addc(b, 0);
    buf_addc(b, type);
}

/* Page 1 is the hash page; the values lie on chains of overflow pages behind it. */
static void rpm_in_bdb(void **state) {
    struct tree t = tree_begin(state);
    struct buf blobs[2] = {rpm_blob("openssl", "openssl-libs"), rpm_blob("openssl-libs", "libc")}, b = {0}, end = {0};
    uint32_t first[2], page = 2, room = PAGE - 26;
    for (int i = 0; i < 2; i++) {
        first[i] = page;
        page += (uint32_t)(blobs[i].n + room - 1) / room;
    }
    bdb_page(&b, 0, 0, 0, 0, 0);
    b.n = 12;
    le(&b, 0x061561, 4);
    le(&b, 9, 4);
    le(&b, PAGE, 4);
    le(&b, 0, 4);
    le(&b, 0, 4);
    le(&b, page - 1, 4);
    bdb_page(&b, 1, 0, 4, 0, 13);
    for (uint32_t i = 0; i < 2; i++) { /* key of 5 bytes and value of 12, from the end of the page down */
        le(&b, PAGE - 17 * i - 5, 2);
        le(&b, PAGE - 17 * i - 17, 2);
    }
    while (b.n < 2 * PAGE - 34)
        buf_addc(&b, 0);
    for (uint32_t i = 2; i-- > 0;) {
        le(&b, 3, 4);
        le(&b, first[i], 4);
        le(&b, (uint32_t)blobs[i].n, 4);
        le(&b, 1, 1);
        le(&b, i + 1, 4);
    }
    page = 2;
    for (int i = 0; i < 2; i++)
        for (size_t at = 0; at < blobs[i].n; at += room, page++) {
            str part = str_upto(str_from(buf_str(&blobs[i]), at), room);
            bdb_page(&b, page, at + room < blobs[i].n ? page + 1 : 0, 0, (uint32_t)part.n, 7);
            buf_add(&b, part);
        }
    while (b.n < (size_t)page * PAGE)
        buf_addc(&b, 0);
    tree_put(&t, "var/lib/rpm/Packages", buf_str(&b));
    check_rpms(&t);
    buf_free(&blobs[0]);
    buf_free(&blobs[1]);
    buf_free(&b);
    buf_free(&end);
    tree_end(&t);
}

static void an_rpm_file(void **state) {
    struct tree t = tree_begin(state);
    struct buf blob = rpm_blob("openssl", "x"), b = {0};
    buf_add(&b, S("\xED\xAB\xEE\xDB"));
    while (b.n < 96)
        buf_addc(&b, 0);
    buf_add(&b, S("\x8E\xAD\xE8\x01\0\0\0\0"));
    be(&b, 0);
    be(&b, 0);
    buf_add(&b, S("\x8E\xAD\xE8\x01\0\0\0\0"));
    buf_add(&b, buf_str(&blob));
    struct buf tar = {0}; /* in place of the cpio archive */
    tar_add(&tar, "./usr/x", '0', "", S("x"));
    tar_end(&tar);
    buf_add(&b, buf_str(&tar));
    tree_put(&t, "openssl.rpm", buf_str(&b));
    struct sbom *s = tree_collect(&t);
    check_has(s, MAIN);
    buf_free(&blob);
    buf_free(&tar);
    buf_free(&b);
    tree_end(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(one_file_one_component),
        TEST(broken_files_warn),
        TEST(a_deb_and_what_is_in_it),
        TEST(an_alpine_package_file),
        TEST(java_archives_inside_each_other),
        TEST(archives_in_archives_are_bounded),
        TEST(rpm_in_sqlite),
        TEST(rpm_in_ndb),
        TEST(rpm_in_bdb),
        TEST(an_rpm_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
