/* SPDX-License-Identifier: Apache-2.0
 *
 * The collector over folders, archives and images made here.
 */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collect/testing.h"

static const char apk_db[] =
    "C:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=\nP:musl\nV:1.2.3-r4\nA:x86_64\nL:MIT\no:musl\np:so:libc.musl-x86_64.so.1=1\n"
    "F:lib\nR:ld-musl-x86_64.so.1\n\n"
    "P:busybox\nV:1.36.1-r2\nA:x86_64\nL:GPL-2.0-only\no:busybox\nD:so:libc.musl-x86_64.so.1\n\n"
    "P:ssl_client\nV:1.36.1-r2\nA:x86_64\no:busybox\nD:musl\n\n";
static const char os_release[] =
    "NAME=\"Alpine Linux\"\nID=alpine\nVERSION_ID=3.18.4\nPRETTY_NAME=\"Alpine Linux v3.18\"\n";
static const char dpkg_db[] =
    "Package: libssl3\nStatus: install ok installed\nArchitecture: amd64\nSource: openssl (3.0.11-1~deb12u2)\n"
    "Version: 3.0.11-1~deb12u2\nDepends: libc6\n\n"
    "Package: gone\nStatus: deinstall ok config-files\nArchitecture: amd64\nVersion: 1\n\n";

static void a_folder_with_two_databases(void **state) {
    struct tree t = tree_begin(state);
    tree_put(&t, "rootfs/lib/apk/db/installed", str_of(apk_db));
    tree_put(&t, "rootfs/etc/os-release", str_of(os_release));
    tree_put(&t, "other/var/lib/dpkg/status", str_of(dpkg_db));
    struct sbom *s = tree_collect(&t);
    check_has(s, "pkg:apk/alpine/musl@1.2.3-r4?arch=x86_64&distro=alpine-3.18.4");
    const struct sbom_component *ssl = check_has(
        s, "pkg:apk/alpine/ssl_client@1.36.1-r2?arch=x86_64&distro=alpine-3.18.4&upstream=busybox");
    check_str(ssl->places.v[0].path, "rootfs/lib/apk/db/installed");
    assert_int_equal(ssl->places.v[0].line, 18);
    check_has(s, "pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&upstream=openssl");
    assert_int_equal(check_has(s, "pkg:deb/debian/gone@1?arch=amd64")->scope, SCOPE_EXCLUDED);
    check_edge(s, "pkg:apk/alpine/busybox@1.36.1-r2?arch=x86_64&distro=alpine-3.18.4",
               "pkg:apk/alpine/musl@1.2.3-r4?arch=x86_64&distro=alpine-3.18.4");
    assert_int_equal(check_count(s), 6); /* five packages and the operating system */
    tree_end(&t);
}

/* Support streams are told by the repositories in use. */
static void a_system_tells_its_support_stream(void **state) {
    static const char rhel[] = "ID=\"rhel\"\nVERSION_ID=\"8.4\"\n", ubuntu[] = "ID=ubuntu\nVERSION_ID=\"18.04\"\n";
    static const struct {
        const char *os, *file, *text, *stream; /* NULL: none */
    } streams[] = {
        {rhel, "etc/yum.repos.d/redhat.repo", "[rhel-8-for-x86_64-baseos-eus-rpms]\nname = x\nenabled = 1\n", "eus"},
        {rhel, "etc/yum.repos.d/redhat.repo", "[rhel-8-for-x86_64-baseos-e4s-rpms]\nenabled=1\n", "e4s"},
        {rhel, "etc/yum.repos.d/redhat.repo", "[rhel-8-for-x86_64-baseos-eus-rpms]\nenabled = 0\n", NULL},
        {rhel, "etc/yum.repos.d/redhat.repo", "[rhel-8-for-x86_64-baseos-rpms]\nenabled = 1\n", NULL},
        {rhel, "root/buildinfo/content_manifests/ubi8.json",
         "{\"content_sets\":[\"rhel-8-for-x86_64-baseos-tus-rpms\"]}", "tus"},
        {ubuntu, "etc/apt/sources.list.d/ubuntu-esm-infra.list",
         "deb https://esm.ubuntu.com/infra/ubuntu bionic-infra-security main\n", "pro"},
        {ubuntu, "etc/apt/sources.list.d/ubuntu-esm-infra.list",
         "# deb https://esm.ubuntu.com/infra/ubuntu bionic-infra-security main\n", NULL},
        {ubuntu, "etc/apt/sources.list.d/ubuntu-esm-apps.sources",
         "Types: deb\nEnabled: no\nURIs: https://esm.ubuntu.com/apps/ubuntu\n", NULL},
        {ubuntu, "var/lib/ubuntu-advantage/status.json",
         "{\"attached\":true,\"services\":[{\"name\":\"esm-infra\",\"status\":\"enabled\"}]}", "pro"},
        {ubuntu, "var/lib/ubuntu-advantage/status.json",
         "{\"attached\":false,\"services\":[{\"name\":\"esm-infra\",\"status\":\"enabled\"}]}", NULL},
        {rhel, "etc/apt/sources.list", "deb https://esm.ubuntu.com/infra/ubuntu bionic main\n", NULL},
    };
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
        struct tree t = tree_begin(state);
        tree_put(&t, "etc/os-release", str_of(streams[i].os));
        tree_put(&t, streams[i].file, str_of(streams[i].text));
        struct sbom *s = tree_collect(&t);
        assert_int_equal(check_count(s), 1);
        str got = check_property(&s->components.v[1], "akashi:stream");
        if (!str_is(got, streams[i].stream ? streams[i].stream : ""))
            fail_msg("row %zu: got %.*s", i, STR_ARG(got));
        tree_end(&t);
    }
}

/* An SBOM is for others: it does not carry the key to a private registry. */
static void addresses_lose_their_passwords(void **state) {
    struct tree t = tree_begin(state);
    tree_put(
        &t, "Cargo.lock",
        S("version = 3\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n"
          "source = \"git+https://me:hush@git.example/a.git?rev=1#0123456789012345678901234567890123456789\"\n\n"
          "[[package]]\nname = \"b\"\nversion = \"1.0.0\"\nsource = \"registry+https://hush@reg.example/index\"\n"));
    tree_put(&t, "p/poetry.lock",
             S("[[package]]\nname = \"c\"\nversion = \"1.0\"\n\n[package.source]\ntype = \"git\"\n"
               "url = \"https://me:hush@git.example/c.git\"\nreference = \"main\"\nresolved_reference = \"0123\"\n\n"
               "[metadata]\nlock-version = \"2.0\"\n"));
    tree_put(
        &t, "n/package-lock.json",
        S("{\"name\":\"n\",\"version\":\"1.0.0\",\"lockfileVersion\":3,\"packages\":{\"\":{\"name\":\"n\",\"version\":"
          "\"1.0.0\"},\"node_modules/d\":{\"version\":\"1.0.0\",\"resolved\":"
          "\"https://me:hush@reg.example/d/-/d-1.0.0.tgz\"},\"node_modules/e\":{\"version\":\"1.0.0\","
          "\"resolved\":\"git+ssh://git:hush@git.example/e.git#0123456789012345678901234567890123456789\"}}}"));
    struct testing *u = *state;
    struct sbom *s = tree_collect(&t);
    struct buf out = {0};
    assert_int_equal(check_count(s), 6);
    assert_true(
        sbom_write(&u->ctx, s, (struct sbom_form){SBOM_CYCLONEDX, NOTE_JSON, S("1.6")}, false, &out, NULL, &u->e));
    assert_true(str_find(buf_str(&out), S("hush")) == STR_NONE);
    assert_true(str_find(buf_str(&out), S("git.example/e.git")) != STR_NONE);
    buf_free(&out);
    tree_end(&t);
}

static void the_same_twice_is_one_with_two_places(void **state) {
    struct tree t = tree_begin(state);
    tree_put(&t, "a/var/lib/dpkg/status", str_of(dpkg_db));
    tree_put(&t, "b/var/lib/dpkg/status", str_of(dpkg_db));
    struct sbom *s = tree_collect(&t);
    const struct sbom_component *c = check_has(s,
                                               "pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&upstream=openssl");
    assert_int_equal(c->places.n, 2);
    check_str(c->places.v[0].path, "a/var/lib/dpkg/status");
    check_str(c->places.v[1].path, "b/var/lib/dpkg/status");
    assert_int_equal(check_count(s), 2);
    tree_end(&t);
}

static void everything_hangs_from_the_root(void **state) {
    struct tree t = tree_begin(state);
    tree_put(&t, "lib/apk/db/installed", S("P:a\nV:1\nD:b\n\nP:b\nV:1\nD:a\n\nP:c\nV:1\nD:a\n\n"));
    struct sbom *s = tree_collect(&t);
    check_edge(s, "pkg:apk/alpine/c@1", "pkg:apk/alpine/a@1");
    check_edge(s, NULL, "pkg:apk/alpine/c@1");
    assert_int_equal(s->relations.n, 4);
    tree_end(&t);
    t = tree_begin(state);
    tree_put(&t, "lib/apk/db/installed", S("P:a\nV:1\nD:b\n\nP:b\nV:1\nD:a\n\n"));
    s = tree_collect(&t);
    check_edge(s, NULL, "pkg:apk/alpine/a@1"); /* a circle hangs by its first member */
    assert_int_equal(s->relations.n, 3);
    tree_end(&t);
}

static void a_broken_file_is_named_and_the_rest_reported(void **state) {
    struct tree t = tree_begin(state);
    tree_put(&t, "a/var/lib/dpkg/status", S("Package: x\nVersion: 1\n\nasdf\n"));
    tree_put(&t, "b/var/lib/dpkg/status", str_of(dpkg_db));
    struct sbom *s = tree_collect(&t);
    assert_int_equal(check_count(s), 2);
    check_warning(&t, "a/var/lib/dpkg/status:4");
    struct collect_options strict = {.strict = true};
    struct testing *u = *state;
    assert_false(collect_run(&u->ctx, u->a, str_of(t.path), &strict, &s, &u->e));
    assert_int_equal(u->e.kind, ERR_INPUT);
    tree_end(&t);
}

static void links_lead_nowhere_outside(void **state) {
    struct tree t = tree_begin(state);
    tree_put(&t, "outside/var/lib/dpkg/status", str_of(dpkg_db));
    tree_put(&t, "root/usr/lib/os-release", str_of(os_release));
    tree_put(&t, "root/lib/apk/db/installed", str_of(apk_db));
    tree_link(&t, "root/var", "../outside/var");
    tree_link(&t, "root/loop", ".");
    tree_link(&t, "root/etc", "usr/lib");
    struct sbom *s;
    struct testing *u = *state;
    struct collect_options o = {0};
    assert_true(collect_run(&u->ctx, u->a, path_join(u->a, str_of(t.path), S("root")), &o, &s, &u->e));
    assert_int_equal(check_count(s), 4);
    check_has(s, "pkg:apk/alpine/musl@1.2.3-r4?arch=x86_64&distro=alpine-3.18.4");
    check_str(s->components.v[0].name, "root");
    tree_end(&t);
}

/* More folders inside and beside each other than are kept open at once. */
static void deep_and_wide(void **state) {
    struct tree t = tree_begin(state);
    struct testing *u = *state;
    struct buf path = {0};
    for (int i = 0; i < 300; i++) {
        if (i % 2 == 0) {
            buf_addf(&path, "d%d/", i);
            tree_link(&t, arena_cstr(u->a, arena_printf(u->a, "%.*sbeside/x", STR_ARG(buf_str(&path)))), "y");
        }
        tree_link(&t, arena_cstr(u->a, arena_printf(u->a, "w%d/x", i)), "y");
    }
    buf_addz(&path, "lib/apk/db/installed");
    tree_put(&t, arena_cstr(u->a, buf_str(&path)), str_of(apk_db));
    struct sbom *s = tree_collect(&t);
    check_has(s, "pkg:apk/alpine/musl@1.2.3-r4?arch=x86_64");
    buf_free(&path);
    tree_end(&t);
}

static void only_and_skip(void **state) {
    struct tree t = tree_begin(state);
    struct testing *u = *state;
    struct sbom *s;
    tree_put(&t, "lib/apk/db/installed", str_of(apk_db));
    tree_put(&t, "var/lib/dpkg/status", str_of(dpkg_db));
    struct collect_options only = {.only = S("os/apk")}, skip = {.skip = S("os")}, wrong = {.only = S("nothing")};
    assert_true(collect_run(&u->ctx, u->a, str_of(t.path), &only, &s, &u->e));
    assert_int_equal(check_count(s), 3);
    assert_true(collect_run(&u->ctx, u->a, str_of(t.path), &skip, &s, &u->e));
    assert_int_equal(check_count(s), 0);
    assert_false(collect_run(&u->ctx, u->a, str_of(t.path), &wrong, &s, &u->e));
    assert_int_equal(u->e.kind, ERR_USAGE);
    tree_end(&t);
}

static void too_many_files_is_an_error(void **state) {
    struct tree t = tree_begin(state);
    struct testing *u = *state;
    struct sbom *s;
    struct collect_options o = {0};
    for (int i = 0; i < 5; i++)
        tree_put(&t, arena_cstr(u->a, arena_printf(u->a, "f%d", i)), S("x"));
    u->ctx.limits.entries = 4;
    assert_false(collect_run(&u->ctx, u->a, str_of(t.path), &o, &s, &u->e));
    assert_int_equal(u->e.kind, ERR_LIMIT);
    assert_string_equal(u->e.where, t.path);
    tree_end(&t);
}

static void missing_is_an_input_error(void **state) {
    struct testing *u = *state;
    struct sbom *s;
    struct collect_options o = {0};
    assert_false(collect_run(&u->ctx, u->a, S("/nonexistent/x"), &o, &s, &u->e));
    assert_int_equal(u->e.kind, ERR_INPUT);
    assert_string_equal(u->e.where, "/nonexistent/x");
}

/* ── archives and images ── */

static void a_packed_tree(void **state) {
    struct tree t = tree_begin(state);
    struct buf b = {0};
    tar_add(&b, "./etc/os-release", '2', "../usr/lib/os-release", S(""));
    tar_add(&b, "./usr/lib/os-release", '0', "", str_of(os_release));
    tar_add(&b, "./lib/apk/db/installed", '0', "", str_of(apk_db));
    tar_add(&b, "../../lib/apk/db/installed", '0', "", S("P:evil\nV:1\n"));
    tar_end(&b);
    tree_put(&t, "x.tar", buf_str(&b));
    struct sbom *s = tree_collect_file(&t, "x.tar");
    check_has(s, "pkg:apk/alpine/musl@1.2.3-r4?arch=x86_64&distro=alpine-3.18.4");
    assert_int_equal(check_count(s), 4);
    check_str(s->components.v[0].name, "x.tar");
    buf_free(&b);
    tree_end(&t);
}

static struct buf layer(const char *name, const char *content, const char *whiteout) {
    struct buf b = {0};
    tar_add(&b, name, '0', "", str_of(content));
    if (whiteout)
        tar_add(&b, whiteout, '0', "", S(""));
    tar_end(&b);
    return b;
}

/* Three layers: the second removes one database by name and another by an opaque folder, and replaces a third. */
static void image_parts(struct buf l[3]) {
    l[0] = (struct buf){0};
    tar_add(&l[0], "a/var/lib/dpkg/status", '0', "", S("Package: removed\nVersion: 1\n"));
    tar_add(&l[0], "b/var/lib/dpkg/status", '0', "", S("Package: opaque\nVersion: 1\n"));
    tar_add(&l[0], "c/var/lib/dpkg/status", '0', "", S("Package: replaced\nVersion: 1\n"));
    tar_add(&l[0], "d/var/lib/dpkg/status", '0', "", S("Package: stays\nVersion: 1\n"));
    tar_end(&l[0]);
    l[1] = (struct buf){0};
    tar_add(&l[1], "a/var/lib/.wh.dpkg", '0', "", S(""));
    tar_add(&l[1], "b/var/.wh..wh..opq", '0', "", S(""));
    tar_add(&l[1], "b/var/lib/apk/db/installed", '0', "", S("P:new\nV:2\n"));
    tar_add(&l[1], "c/var/lib/dpkg/status", '0', "", S("Package: replacing\nVersion: 2\n"));
    tar_end(&l[1]);
    l[2] = layer("e/lib/apk/db/installed", "P:top\nV:3\n", NULL);
}

static void check_image(const struct sbom *s) {
    check_has(s, "pkg:deb/debian/stays@1");
    check_has(s, "pkg:deb/debian/replacing@2");
    check_has(s, "pkg:apk/alpine/new@2");
    const struct sbom_component *top = check_has(s, "pkg:apk/alpine/top@3");
    check_str(top->places.v[0].layer, "sha256:c");
    assert_int_equal(check_count(s), 4);
    assert_int_equal(s->components.v[0].type, TYPE_CONTAINER);
    check_str(s->components.v[0].name, "example.org:5000/app");
    check_str(s->components.v[0].version, "1.0");
}

static void docker_save(void **state) {
    struct tree t = tree_begin(state);
    struct buf l[3], b = {0};
    image_parts(l);
    tar_add(&b, "l3/layer.tar", '0', "", buf_str(&l[2])); /* in no particular order */
    tar_add(&b, "l1/layer.tar", '0', "", buf_str(&l[0]));
    tar_add(&b, "l2/layer.tar", '0', "", buf_str(&l[1]));
    tar_add(&b, "c.json", '0', "",
            S("{\"architecture\":\"amd64\",\"rootfs\":{\"diff_ids\":[\"sha256:a\",\"sha256:b\",\"sha256:c\"]}}"));
    tar_add(&b, "manifest.json", '0', "",
            S("[{\"Config\":\"c.json\",\"RepoTags\":[\"example.org:5000/app:1.0\"],"
              "\"Layers\":[\"l1/layer.tar\",\"l2/layer.tar\",\"l3/layer.tar\"]}]"));
    tar_end(&b);
    tree_put(&t, "image.tar", buf_str(&b));
    check_image(tree_collect_file(&t, "image.tar"));
    for (int i = 0; i < 3; i++)
        buf_free(&l[i]);
    buf_free(&b);
    tree_end(&t);
}

static void oci_layout(void **state) {
    struct tree t = tree_begin(state);
    struct buf l[3];
    image_parts(l);
    tree_put(&t, "i/oci-layout", S("{\"imageLayoutVersion\":\"1.0.0\"}"));
    tree_put(&t, "i/index.json",
             S("{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"sha256:0\",\"platform\":{\"os\":\"unknown\"}},"
               "{\"digest\":\"sha256:1\",\"annotations\":{\"org.opencontainers.image.ref.name\":"
               "\"example.org:5000/app:1.0\"}}]}"));
    tree_put(&t, "i/blobs/sha256/1",
             S("{\"config\":{\"digest\":\"sha256:2\"},\"layers\":[{\"digest\":\"sha256:3\"},{\"digest\":\"sha256:4\"},"
               "{\"digest\":\"sha256:5\"}]}"));
    tree_put(&t, "i/blobs/sha256/2", S("{\"rootfs\":{\"diff_ids\":[\"sha256:a\",\"sha256:b\",\"sha256:c\"]}}"));
    tree_put(&t, "i/blobs/sha256/3", buf_str(&l[0]));
    tree_put(&t, "i/blobs/sha256/4", buf_str(&l[1]));
    tree_put(&t, "i/blobs/sha256/5", buf_str(&l[2]));
    check_image(tree_collect_file(&t, "i"));
    for (int i = 0; i < 3; i++)
        buf_free(&l[i]);
    tree_end(&t);
}

static void the_same_tree_gives_the_same_document(void **state) {
    struct tree t = tree_begin(state);
    struct testing *u = *state;
    for (int i = 0; i < 50; i++)
        tree_put(&t, arena_cstr(u->a, arena_printf(u->a, "d%d/lib/apk/db/installed", i)),
                 arena_printf(u->a, "P:p%d\nV:1\nD:q%d\n\nP:q%d\nV:1\n", i, i, i % 7));
    u->ctx.threads = 8;
    struct sbom *x = tree_collect(&t), *y = tree_collect(&t);
    check_str(x->id, arena_cstr(u->a, y->id));
    assert_int_equal(x->components.n, y->components.n);
    for (uint32_t i = 0; i < x->components.n; i++)
        assert_true(str_eq(x->components.v[i].ref, y->components.v[i].ref));
    assert_int_equal(x->relations.n, y->relations.n);
    for (uint32_t i = 0; i < x->relations.n; i++)
        assert_true(str_eq(x->relations.v[i].to, y->relations.v[i].to));
    tree_end(&t);
}

static void every_file_with_its_digests(void **state) {
    struct tree t = tree_begin(state);
    struct testing *u = *state;
    struct sbom *s;
    struct collect_options o = {.files = true};
    tree_put(&t, "b/hello.txt", S("hello"));
    tree_put(&t, "a", S(""));
    assert_true(collect_run(&u->ctx, u->a, str_of(t.path), &o, &s, &u->e));
    assert_int_equal(s->files.n, 2);
    check_str(s->files.v[0].path, "a");
    check_str(s->files.v[1].path, "b/hello.txt");
    check_str(s->files.v[1].hashes.v[0].hex, "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d");
    check_str(s->files.v[1].hashes.v[1].alg, "SHA-256");
    assert_int_equal(check_count(s), 0);
    tree_end(&t);
}

static void licences_are_spdx_where_they_can_be(void **state) {
    struct tree t = tree_begin(state);
    tree_put(&t, "lib/apk/db/installed", S("P:a\nV:1\nL:mit OR apache-2.0\n\nP:b\nV:1\nL:Custom Words\n"));
    struct sbom *s = tree_collect(&t);
    check_str(check_has(s, "pkg:apk/alpine/a@1")->licences.v[0].expression, "MIT OR Apache-2.0");
    check_str(check_has(s, "pkg:apk/alpine/b@1")->licences.v[0].name, "Custom Words");
    tree_end(&t);
}

static void one_file_in_memory(void **state) {
    struct testing *u = *state;
    struct sbom *s;
    struct collect_options o = {0};
    assert_true(collect_text(&u->ctx, u->a, S("r/lib/apk/db/installed"), S("P:a\nV:1\n"), &o, &s, &u->e));
    check_has(s, "pkg:apk/alpine/a@1");
    assert_false(collect_text(&u->ctx, u->a, S("../x"), S(""), &o, &s, &u->e));
    assert_int_equal(u->e.kind, ERR_INPUT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_folder_with_two_databases),
        TEST(a_system_tells_its_support_stream),
        TEST(addresses_lose_their_passwords),
        TEST(the_same_twice_is_one_with_two_places),
        TEST(everything_hangs_from_the_root),
        TEST(a_broken_file_is_named_and_the_rest_reported),
        TEST(links_lead_nowhere_outside),
        TEST(deep_and_wide),
        TEST(only_and_skip),
        TEST(too_many_files_is_an_error),
        TEST(missing_is_an_input_error),
        TEST(a_packed_tree),
        TEST(docker_save),
        TEST(oci_layout),
        TEST(the_same_tree_gives_the_same_document),
        TEST(every_file_with_its_digests),
        TEST(licences_are_spdx_where_they_can_be),
        TEST(one_file_in_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
