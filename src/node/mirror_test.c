/* SPDX-License-Identifier: Apache-2.0
 *
 * A log on one server, brought to a mirror on another, and read back from there: all over the loopback interface.
 */
#include "seal/testing_tree.h"

#include <ftw.h>
#include <stdio.h>
#include <unistd.h>

#include "base/temporary.h"
#include "node/mirror.h"
#include "node/tiles.h"

#define ORIGIN S("log.example/one")

struct scene {
    struct testing *t;
    struct privkey *log_key, *mirror_key;
    struct vkey log, cosigner;
    struct witness_signer signer;
    struct mirror m;
    struct server *server;
    struct http *http;
    str url;
};

static int drop(const char *path, const struct stat *st, int type, struct FTW *at) {
    (void)st, (void)type, (void)at;
    return remove(path);
}

static void scene_begin(struct scene *s, struct testing *t) {
    char name[256];
    temporary_name(name, sizeof name, "mirror");
    *s = (struct scene){.t = t};
    unsetenv("http_proxy");
    assert_non_null(mkdtemp(name));
    assert_true(privkey_new(SIG_ED25519, &s->log_key, &t->e) && privkey_new(SIG_ED25519, &s->mirror_key, &t->e));
    assert_true(vkey_of(t->a, ORIGIN, NOTE_ED25519, privkey_public(s->log_key), &s->log));
    assert_true(vkey_of(t->a, S("mirror.example"), NOTE_COSIGNATURE, privkey_public(s->mirror_key), &s->cosigner));
    s->signer = (struct witness_signer){S("mirror.example"), NOTE_COSIGNATURE, s->mirror_key};
    struct mirror_plan plan = {arena_str(t->a, str_of(name)), &s->log, 1, &s->signer, 1, NULL, NULL};
    assert_true(mirror_open(&t->ctx, t->a, &plan, &s->m, &t->e));
    struct server_plan serving = {.listen = S("127.0.0.1:0"), .routes = mirror_routes, .of = &s->m};
    assert_true(server_start(&t->ctx, &serving, &s->server, &t->e));
    assert_true(http_open(&t->ctx, &s->http, &t->e));
    s->url = arena_printf(t->a, "http://%.*s", STR_ARG(server_address(s->server, t->a)));
}
static void scene_end(struct scene *s) {
    http_close(s->http);
    server_stop(s->server);
    nftw(arena_cstr(s->t->a, s->m.folder), drop, 16, FTW_DEPTH | FTW_PHYS);
    privkey_free(s->log_key);
    privkey_free(s->mirror_key);
}

static bool push(struct scene *s, struct tree *tree, uint64_t size, struct mirrored *done) {
    struct tile_reader tiles = tree_tiles(tree);
    struct mirror_source from = {tree_checkpoint(s->t->a, tree, size, ORIGIN, s->log_key), &tiles};
    struct far_mirror far = {s->http, s->url};
    struct mirror_end to = mirror_far(s->t->a, &far);
    return mirror_bring(s->t->a, &from, &to, done, &s->t->e);
}

static struct http_answer get(struct scene *s, const char *method, str path, str coding, str body) {
    struct http_answer r;
    struct http_header header = {S("Content-Encoding"), coding};
    struct http_request q = {
        .method = method, .url = arena_cat(s->t->a, s->url, path), .headers = &header, .body = body};
    q.n_headers = coding.n > 0;
    assert_true(http_do(s->http, s->t->a, &q, &r, &s->t->e));
    return r;
}

static void a_log_travels_and_is_read_back(void **state) {
    struct scene s;
    struct mirrored done;
    scene_begin(&s, *state);
    struct testing *t = s.t;
    struct tree *tree = tree_new(t->a, 1000, UINT32_MAX), *fork = tree_new(t->a, 1000, 10);
    assert_true(push(&s, tree, 300, &done));
    assert_true(push(&s, tree, 1000, &done));
    assert_int_equal(done.before, 300);
    assert_false(push(&s, tree, 999, &done));
    assert_non_null(strstr(t->e.what, "ROLLED BACK"));
    assert_false(push(&s, fork, 1000, &done));
    assert_non_null(strstr(t->e.what, "FORK"));

    struct far_log far = {s.http, url_join(t->a, s.url, origin_hash(t->a, ORIGIN))};
    struct tile_reader from = tile_url(t->a, &far);
    struct tiles tiles;
    struct hash root;
    struct note n;
    bool broken;
    str head, entries[TILE_WIDTH];
    unsigned count;
    assert_true(from.read(from.of, t->a, S("checkpoint"), &head, &t->e));
    assert_true(note_parse(t->a, head, S("c"), &n, &t->e));
    assert_true(note_verify(&n, &s.log, NULL, &broken) && note_verify(&n, &s.cosigner, NULL, &broken));
    tiles_open(&tiles, t->a, &from, 1000);
    struct hash_source h = tiles_hashes(&tiles);
    assert_true(merkle_root(&h, 1000, &root, &t->e));
    assert_true(hash_eq(root, tree_root(tree, 1000)));
    assert_true(tiles_entries(&tiles, t->a, 3, entries, &count, &t->e));
    assert_int_equal(count, 1000 - 768);
    check_str(entries[231], "entry 999");
    scene_end(&s);
}

static void only_names_of_a_log_are_served(void **state) {
    static const struct {
        const char *path; /* %s: the hash */
        int status;
        const char *type;
    } rows[] = {
        {"/%s/checkpoint", 200, "text/plain; charset=utf-8"},
        {"/%s/tile/0/000.p/5", 200, "application/octet-stream"},
        {"/%s/tile/entries/000.p/5", 200, "application/octet-stream"},
        {"/%s/tile/0/000", 404, NULL},
        {"/%s/tile/0", 404, NULL},
        {"/%s/", 404, NULL},
        {"/%s", 404, NULL},
        {"/", 404, NULL},
        {"/%s/../%s/checkpoint", 400, NULL},
        {"/%s/tile/../checkpoint", 400, NULL},
        {"/%s/%%2e%%2e/pending", 400, NULL},
        {"/pending/%s.checkpoint", 404, NULL},
        {"/%sa/checkpoint", 404, NULL},
        {"/add-entries", 404, NULL},
    };
    struct scene s;
    struct mirrored done;
    scene_begin(&s, *state);
    assert_true(push(&s, tree_new(s.t->a, 5, UINT32_MAX), 5, &done));
    const char *hash = arena_cstr(s.t->a, origin_hash(s.t->a, ORIGIN));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf path = {0};
        for (const char *p = rows[i].path; *p; p++)
            if (p[0] == '%' && p[1] == 's') {
                buf_addz(&path, hash);
                p++;
            } else if (p[0] != '%' || p[1] != '%')
                buf_addc(&path, *p);
        struct http_answer r = get(&s, NULL, buf_str(&path), S(""), (str){NULL, 0});
        if (r.status != rows[i].status && !(r.status == 405 && rows[i].status == 404))
            fail_msg("%s: %d", rows[i].path, r.status);
        if (rows[i].type)
            check_str(http_header_of(&r, "content-type"), rows[i].type);
        buf_free(&path);
    }
    scene_end(&s);
}

/* "\0\17" ORIGIN, 0, 0, no ticket: gzip -n of that, so that the answer says how far the mirror is. */
static void uploads_may_be_compressed(void **state) {
    static const unsigned char packed[] = {0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03,
                                           0x63, 0xe0, 0xcf, 0xc9, 0x4f, 0xd7, 0x4b, 0xad, 0x48, 0xcc,
                                           0x2d, 0xc8, 0x49, 0xd5, 0xcf, 0xcf, 0x4b, 0x65, 0xc0, 0x00,
                                           0x00, 0xf2, 0xdf, 0x3c, 0xad, 0x23, 0x00, 0x00, 0x00};
    struct scene s;
    struct mirrored done;
    scene_begin(&s, *state);
    assert_true(push(&s, tree_new(s.t->a, 5, UINT32_MAX), 5, &done));
    str whole = str_n((const char *)packed, sizeof packed);
    str plain = (str){"\0\17log.example/one\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 35};
    struct http_answer r = get(&s, "POST", S("/add-entries"), S(""), plain);
    assert_int_equal(r.status, 409);
    check_str(r.body, "5\n5\n\n");
    check_str(http_header_of(&r, "content-type"), "text/x.tlog.mirror-info");
    r = get(&s, "POST", S("/add-entries"), S("gzip"), whole);
    assert_int_equal(r.status, 409);
    check_str(r.body, "5\n5\n\n");
    assert_int_equal(get(&s, "POST", S("/add-entries"), S("gzip"), plain).status, 400);
    assert_int_equal(get(&s, "POST", S("/add-entries"), S("br"), plain).status, 415);
    scene_end(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_log_travels_and_is_read_back),
        TEST(only_names_of_a_log_are_served),
        TEST(uploads_may_be_compressed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
