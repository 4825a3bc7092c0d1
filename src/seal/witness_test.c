/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/testing_tree.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/temporary.h"
#include "seal/witness.h"

#define ORIGIN S("log.example/one")

struct scene {
    struct testing *t;
    struct privkey *log_key, *witness_key, *other_key;
    struct vkey log, cosigner;
    struct witness_signer signer;
    struct witness w;
    struct tree *tree;
    struct err told;
    unsigned loud, conflicts;
    str held, refused;
};

static void on_conflict(void *of, const struct witness_conflict *x) {
    struct scene *s = of;
    s->held = arena_str(s->t->a, x->held);
    s->refused = arena_str(s->t->a, x->refused);
    s->conflicts++;
}

static void on_loud(void *of, const struct err *e) {
    struct scene *s = of;
    s->told = *e;
    s->loud++;
}

static void scene_begin(struct scene *s, struct testing *t) {
    char name[256];
    temporary_name(name, sizeof name, "witness");
    *s = (struct scene){.t = t};
    assert_non_null(mkdtemp(name));
    assert_true(privkey_new(SIG_ED25519, &s->log_key, &t->e) && privkey_new(SIG_ED25519, &s->witness_key, &t->e) &&
                privkey_new(SIG_ED25519, &s->other_key, &t->e));
    assert_true(vkey_of(t->a, ORIGIN, NOTE_ED25519, privkey_public(s->log_key), &s->log));
    assert_true(vkey_of(t->a, S("witness.example"), NOTE_COSIGNATURE, privkey_public(s->witness_key), &s->cosigner));
    s->signer = (struct witness_signer){S("witness.example"), NOTE_COSIGNATURE, s->witness_key};
    s->w = (struct witness){&t->ctx, arena_str(t->a, str_of(name)), &s->log, 1, &s->signer, 1, on_loud, s, on_conflict};
    s->tree = tree_new(t->a, 600, UINT32_MAX);
}
static unsigned files_in(struct scene *s, const char *start, bool drop) {
    unsigned n = 0;
    DIR *d = opendir(arena_cstr(s->t->a, s->w.folder));
    for (struct dirent *e; d && (e = readdir(d)) != NULL;)
        if (e->d_name[0] != '.' && strncmp(e->d_name, start, strlen(start)) == 0) {
            n++;
            if (drop)
                unlink(arena_cstr(s->t->a, path_join(s->t->a, s->w.folder, str_of(e->d_name))));
        }
    closedir(d);
    return n;
}
static void scene_end(struct scene *s) {
    files_in(s, "", true);
    rmdir(arena_cstr(s->t->a, s->w.folder));
    privkey_free(s->log_key);
    privkey_free(s->witness_key);
    privkey_free(s->other_key);
}

/* The request a client that knows the tree makes. */
static str request(struct scene *s, struct tree *tree, uint64_t old, uint64_t to, const struct privkey *key) {
    struct hash proof[MERKLE_PROOF_MOST];
    struct hash_source h = tree_hashes(tree);
    uint32_t n = 0;
    assert_true(old == 0 || old > to || merkle_consistency(&h, old, to, proof, &n, &s->t->e));
    return add_checkpoint_text(s->t->a, old, proof, n, tree_checkpoint(s->t->a, tree, to, ORIGIN, key));
}
static int ask(struct scene *s, str text, struct reply *r) {
    assert_true(witness_add_checkpoint(&s->w, s->t->a, text, r, &s->t->e));
    return r->status;
}

static void what_continues_is_cosigned(void **state) {
    static const uint64_t steps[][2] = {{0, 0}, {0, 1}, {1, 1}, {1, 2}, {2, 7}, {7, 256}, {256, 600}, {600, 600}};
    struct scene s;
    scene_begin(&s, *state);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct reply r;
        struct note n;
        uint32_t taken;
        uint64_t time;
        bool broken;
        str text = request(&s, s.tree, steps[i][0], steps[i][1], s.log_key), latest;
        if (ask(&s, text, &r) != 200)
            fail_msg("step %zu: %d %.*s", i, r.status, STR_ARG(r.body));
        struct add_checkpoint made;
        assert_true(add_checkpoint_parse(s.t->a, text, &made, &s.t->e));
        n = made.note;
        assert_true(cosignatures_take(s.t->a, r.body, S("w"), &s.cosigner, 1, &n, &taken, &s.t->e));
        assert_int_equal(taken, 1);
        assert_int_equal(n.lines.n, 2);
        assert_true(note_verify(&n, &s.cosigner, &time, &broken) && time > 1700000000);
        assert_true(witness_latest(&s.w, s.t->a, ORIGIN, &latest, &s.t->e));
        check_str(latest, arena_cstr(s.t->a, made.bytes));
    }
    assert_int_equal(s.loud, 0);
    scene_end(&s);
}

static void each_refusal_has_its_status(void **state) {
    struct scene s;
    struct reply r;
    scene_begin(&s, *state);
    assert_int_equal(ask(&s, request(&s, s.tree, 0, 100, s.log_key), &r), 200);
    assert_int_equal(ask(&s, request(&s, s.tree, 100, 101, s.other_key), &r), 403);
    assert_int_equal(ask(&s, request(&s, s.tree, 0, 101, s.log_key), &r), 409);
    check_str(r.body, "100\n");
    assert_string_equal(r.type, "text/x.tlog.size");
    assert_int_equal(ask(&s, request(&s, s.tree, 101, 102, s.log_key), &r), 409);
    assert_int_equal(ask(&s, request(&s, s.tree, 100, 99, s.log_key), &r), 400); /* rolled back */
    assert_int_equal(ask(&s, request(&s, s.tree, 99, 99, s.log_key), &r), 409);
    str good = request(&s, s.tree, 100, 101, s.log_key), other;
    struct vkey none = s.log;
    none.name = S("other.example");
    s.w.logs = &none;
    assert_int_equal(ask(&s, good, &r), 404);
    s.w.logs = &s.log;
    other = arena_printf(s.t->a, "%.*s", STR_ARG(good));
    ((char *)(uintptr_t)other.p)[10] ^= 1; /* a letter of the first hash */
    assert_int_equal(ask(&s, other, &r), 422);
    assert_int_equal(s.loud, 1);
    assert_int_equal(files_in(&s, "unproven-", false), 1);
    assert_int_equal(ask(&s, other, &r), 422); /* once is enough */
    assert_int_equal(files_in(&s, "unproven-", false), 1);
    /* a proof where none may be */
    struct hash proof = {{1}};
    str head = tree_checkpoint(s.t->a, s.tree, 100, ORIGIN, s.log_key);
    assert_int_equal(ask(&s, add_checkpoint_text(s.t->a, 100, &proof, 1, head), &r), 422);
    assert_int_equal(ask(&s, good, &r), 200);
    scene_end(&s);
}

static void requests_that_are_none(void **state) {
    struct scene s;
    struct reply r;
    scene_begin(&s, *state);
    str head = tree_checkpoint(s.t->a, s.tree, 5, ORIGIN, s.log_key);
    static const char *const starts[] = {
        "",        "old\n\n",    "old 00\n\n", "old -1\n\n",      "old 1\r\n\n",
        "old 1\n", "old 1 \n\n", "new 0\n\n",  "old 0\nAAAA\n\n", "old 99999999999999999999\n\n"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        str text = arena_cat(s.t->a, str_of(starts[i]), head);
        if (ask(&s, text, &r) != 400)
            fail_msg("row %zu: %d", i, r.status);
    }
    struct hash proof[64] = {{{0}}};
    assert_int_equal(ask(&s, add_checkpoint_text(s.t->a, 0, proof, 64, head), &r), 400);
    assert_int_equal(ask(&s, S("old 0\n\n"), &r), 400);
    assert_int_equal(ask(&s, S("old 0\n\no\n1\nx\n\n— o AAAAAAA=\n"), &r), 400);
    assert_int_equal(ask(&s, arena_cat(s.t->a, S("old 0\n\n"), head), &r), 200);
    scene_end(&s);
}

static void a_fork_is_refused_loudly_with_its_proof(void **state) {
    struct scene s;
    struct reply r;
    scene_begin(&s, *state);
    struct tree *fork = tree_new(s.t->a, 600, 90);
    str one = request(&s, s.tree, 0, 100, s.log_key), two = request(&s, fork, 100, 100, s.log_key), text;
    assert_int_equal(ask(&s, one, &r), 200);
    assert_int_equal(ask(&s, two, &r), 409);
    check_str(r.body, "100\n");
    assert_int_equal(s.loud, 1);
    assert_non_null(strstr(s.told.what, "log.example/one"));
    assert_true(file_read(&s.t->ctx, s.t->a, str_of(s.told.where), &text, &s.t->e));
    struct add_checkpoint a, b;
    assert_true(add_checkpoint_parse(s.t->a, one, &a, &s.t->e) && add_checkpoint_parse(s.t->a, two, &b, &s.t->e));
    assert_true(str_find(text, a.bytes) != STR_NONE && str_find(text, b.bytes) != STR_NONE);
    assert_true(str_eq(s.held, a.bytes) && str_eq(s.refused, b.bytes));
    assert_int_equal(ask(&s, two, &r), 409);
    assert_int_equal(files_in(&s, "conflict-", false), 1);
    assert_int_equal(s.conflicts, 1);                                           /* told once, whoever asks again */
    assert_int_equal(ask(&s, request(&s, fork, 100, 200, s.log_key), &r), 422); /* it grew on the fork */
    assert_int_equal(files_in(&s, "unproven-", false), 1);
    assert_int_equal(ask(&s, request(&s, s.tree, 100, 200, s.log_key), &r), 200); /* the first branch goes on */
    scene_end(&s);
}

static void what_was_seen_is_never_forgotten(void **state) {
    struct scene s;
    struct reply r;
    scene_begin(&s, *state);
    assert_int_equal(ask(&s, request(&s, s.tree, 0, 100, s.log_key), &r), 200);
    str path = path_join(s.t->a, s.w.folder, arena_cat(s.t->a, origin_hash(s.t->a, ORIGIN), S(".checkpoint")));
    assert_true(file_replace(path, S("damaged"), &s.t->e));
    assert_false(witness_add_checkpoint(&s.w, s.t->a, request(&s, s.tree, 0, 100, s.log_key), &r, &s.t->e));
    assert_string_equal(s.t->e.where, arena_cstr(s.t->a, path));
    scene_end(&s);
}

struct fault {
    unsigned at, seen; /* the call that fails */
    int with;
};
static int fail_one(void *of, struct disk_op *op) {
    struct fault *f = of;
    if (f->seen++ != f->at)
        return 0;
    op->n /= 2;
    return f->with;
}

/* Whatever write, sync or rename fails: no cosignature leaves without what was seen being on disk, and what was seen
 * before is never lost. (A rename that the disk forgets is told by no call; the sync of the folder is what prevents
 * it.) */
static void no_cosignature_leaves_before_the_disk_has_it(void **state) {
    struct scene s;
    struct reply r;
    unsigned failed = 0;
    scene_begin(&s, *state);
    assert_int_equal(ask(&s, request(&s, s.tree, 0, 10, s.log_key), &r), 200);
    uint64_t has = 10;
    for (unsigned at = 0; at < 20; at++) {
        struct fault f = {.at = at, .with = at % 2 ? ENOSPC : EIO};
        struct disk_faults faults = {fail_one, &f};
        str text = request(&s, s.tree, has, has + 1, s.log_key), latest;
        s.t->ctx.faults = &faults;
        bool ok = witness_add_checkpoint(&s.w, s.t->a, text, &r, &s.t->e);
        s.t->ctx.faults = NULL;
        failed += !ok;
        assert_true(witness_latest(&s.w, s.t->a, ORIGIN, &latest, &s.t->e));
        struct note n;
        struct checkpoint c;
        assert_true(note_parse(s.t->a, latest, S("n"), &n, &s.t->e) && checkpoint_parse(n.text, S("n"), &c, &s.t->e));
        assert_true(c.size == has + 1 || (!ok && c.size == has));
        has = c.size;
    }
    assert_true(failed >= 3); /* a write, a sync, a rename at the least */
    scene_end(&s);
}

struct racer {
    struct scene *s;
    str text;
    int status;
};
static void *race(void *arg) {
    struct racer *r = arg;
    struct arena *a = arena_new();
    struct reply reply = {0};
    struct err e = {0};
    if (witness_add_checkpoint(&r->s->w, a, r->text, &reply, &e))
        r->status = reply.status;
    arena_free(a);
    return NULL;
}

/* Of requests that start from the same size at the same time exactly one wins; the others are told the new size. */
static void requests_of_one_log_wait_for_each_other(void **state) {
    enum { RACERS = 8 };
    struct scene s;
    struct reply r;
    struct racer racers[RACERS];
    pthread_t threads[RACERS];
    scene_begin(&s, *state);
    assert_int_equal(ask(&s, request(&s, s.tree, 0, 10, s.log_key), &r), 200);
    for (unsigned i = 0; i < RACERS; i++)
        racers[i] = (struct racer){&s, request(&s, s.tree, 10, 11 + i, s.log_key), 0};
    for (unsigned i = 0; i < RACERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    unsigned won = 0;
    for (unsigned i = 0; i < RACERS; i++) {
        pthread_join(threads[i], NULL);
        won += racers[i].status == 200;
        assert_true(racers[i].status == 200 || racers[i].status == 409);
    }
    assert_int_equal(won, 1);
    scene_end(&s);
}

static void cosignatures_of_others_are_left(void **state) {
    struct scene s;
    struct reply r;
    uint32_t taken;
    scene_begin(&s, *state);
    assert_int_equal(ask(&s, request(&s, s.tree, 0, 10, s.log_key), &r), 200);
    struct note n = {.text = S("log.example/one\n10\nAAAA\n")};
    assert_false(cosignatures_take(s.t->a, r.body, S("w"), &s.cosigner, 1, &n, &taken, &s.t->e)); /* another text */
    assert_string_equal(s.t->e.where, "w:1");
    assert_true(cosignatures_take(s.t->a, r.body, S("w"), &s.log, 1, &n, &taken, &s.t->e));
    assert_int_equal(taken, 0);
    assert_int_equal(n.lines.n, 0);
    assert_false(cosignatures_take(s.t->a, S("hello\n"), S("w"), &s.cosigner, 1, &n, &taken, &s.t->e));
    scene_end(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_continues_is_cosigned),
        TEST(each_refusal_has_its_status),
        TEST(requests_that_are_none),
        TEST(a_fork_is_refused_loudly_with_its_proof),
        TEST(what_was_seen_is_never_forgotten),
        TEST(requests_of_one_log_wait_for_each_other),
        TEST(no_cosignature_leaves_before_the_disk_has_it),
        TEST(cosignatures_of_others_are_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
