/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/testing_tree.h"

#include <dirent.h>
#include <unistd.h>

#include "base/temporary.h"
#include "node/tiles.h"
#include "node/witness.h"

#define ORIGIN S("log.example/one")

/* A witness on the loopback interface, and a log that asks it. */
struct scene {
    struct testing *t;
    struct privkey *log_key, *witness_key;
    struct vkey log, cosigner;
    struct witness_signer signer;
    struct witness w;
    struct server *server;
    struct http *http;
    struct asked_witness asked;
    unsigned loud;
};
static void on_loud(void *of, const struct err *e) {
    (void)e;
    ((struct scene *)of)->loud++;
}

static void serve(struct scene *s) {
    struct testing *t = s->t;
    struct server_plan plan = {.listen = S("127.0.0.1:0"), .routes = witness_routes, .of = &s->w};
    if (!server_start(&t->ctx, &plan, &s->server, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    str url = arena_printf(t->a, "http://%.*s/", STR_ARG(server_address(s->server, t->a)));
    s->asked = (struct asked_witness){url, &s->cosigner, 1};
}

static void scene_begin(struct scene *s, struct testing *t) {
    char name[256];
    temporary_name(name, sizeof name, "witness");
    *s = (struct scene){.t = t};
    unsetenv("http_proxy");
    assert_non_null(mkdtemp(name));
    assert_true(privkey_new(SIG_ED25519, &s->log_key, &t->e) && privkey_new(SIG_ED25519, &s->witness_key, &t->e));
    assert_true(vkey_of(t->a, ORIGIN, NOTE_ED25519, privkey_public(s->log_key), &s->log));
    assert_true(vkey_of(t->a, S("witness.example"), NOTE_COSIGNATURE, privkey_public(s->witness_key), &s->cosigner));
    s->signer = (struct witness_signer){S("witness.example"), NOTE_COSIGNATURE, s->witness_key};
    s->w = (struct witness){&t->ctx, arena_str(t->a, str_of(name)), &s->log, 1, &s->signer, 1, on_loud, s};
    serve(s);
    assert_true(http_open(&t->ctx, &s->http, &t->e));
}
static void scene_end(struct scene *s) {
    http_close(s->http);
    server_stop(s->server);
    DIR *d = opendir(arena_cstr(s->t->a, s->w.folder));
    for (struct dirent *e; d && (e = readdir(d)) != NULL;)
        unlink(arena_cstr(s->t->a, path_join(s->t->a, s->w.folder, str_of(e->d_name))));
    closedir(d);
    rmdir(arena_cstr(s->t->a, s->w.folder));
    privkey_free(s->log_key);
    privkey_free(s->witness_key);
}

static bool ask(struct scene *s, struct tree *tree, uint64_t size, struct note *out) {
    struct hash_source h = tree_hashes(tree);
    str text = tree_checkpoint(s->t->a, tree, size, ORIGIN, s->log_key);
    s->t->e = (struct err){0};
    assert_true(note_parse(s->t->a, text, S("n"), out, &s->t->e));
    return witness_ask(s->http, s->t->a, &s->asked, &h, size, out, &s->t->e);
}

static void a_log_grows_and_is_cosigned(void **state) {
    static const uint64_t sizes[] = {0, 1, 1, 77, 256, 600};
    struct scene s;
    scene_begin(&s, *state);
    struct tree *tree = tree_new(s.t->a, 600, UINT32_MAX);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct note n;
        bool broken;
        if (!ask(&s, tree, sizes[i], &n))
            fail_msg("%zu: %s: %s", i, s.t->e.where, s.t->e.what);
        assert_int_equal(n.lines.n, 2);
        assert_true(note_verify(&n, &s.cosigner, NULL, &broken) && note_verify(&n, &s.log, NULL, &broken));
        if (i == 3) { /* what it saw survives it */
            server_stop(s.server);
            serve(&s);
        }
    }
    scene_end(&s);
}

static void rollbacks_and_forks_are_told_apart(void **state) {
    static const struct {
        bool fork;
        uint64_t size;
        const char *says;
    } rows[] = {{false, 99, "ROLLED BACK"}, {true, 99, "ROLLED BACK"}, {true, 100, "FORK"}, {true, 200, "FORK"}};
    struct scene s;
    struct note n;
    scene_begin(&s, *state);
    struct tree *tree = tree_new(s.t->a, 300, UINT32_MAX), *fork = tree_new(s.t->a, 300, 50);
    assert_true(ask(&s, tree, 100, &n));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_false(ask(&s, rows[i].fork ? fork : tree, rows[i].size, &n));
        assert_int_equal(s.t->e.kind, ERR_INPUT);
        if (!strstr(s.t->e.what, rows[i].says))
            fail_msg("row %zu: %s", i, s.t->e.what);
        assert_int_equal(n.lines.n, 1);
    }
    assert_int_equal(s.loud, 2);
    assert_true(ask(&s, tree, 300, &n));
    scene_end(&s);
}

static void refusals_and_silence(void **state) {
    struct scene s;
    struct note n;
    scene_begin(&s, *state);
    struct tree *tree = tree_new(s.t->a, 10, UINT32_MAX);
    s.asked.keys = &s.log; /* not the witness's */
    assert_false(ask(&s, tree, 5, &n));
    s.asked.keys = &s.cosigner;
    struct vkey other = s.log;
    other.name = S("other.example");
    s.w.logs = &other;
    assert_false(ask(&s, tree, 5, &n));
    assert_non_null(strstr(s.t->e.what, "404"));
    s.w.logs = &s.log;
    s.asked.url = url_join(s.t->a, s.asked.url, S("elsewhere"));
    assert_false(ask(&s, tree, 5, &n));
    s.asked.url = S("http://127.0.0.1:1");
    assert_false(ask(&s, tree, 5, &n));
    assert_int_equal(s.t->e.kind, ERR_ENV);
    scene_end(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_log_grows_and_is_cosigned),
        TEST(rollbacks_and_forks_are_told_apart),
        TEST(refusals_and_silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
