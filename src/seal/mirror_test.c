/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/testing_tree.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/temporary.h"
#include "seal/mirror.h"

#define ORIGIN S("log.example/one")

struct scene {
    struct testing *t;
    struct privkey *log_key, *mirror_key;
    struct vkey log, cosigner;
    struct witness_signer signer;
    struct mirror m;
    unsigned loud;
    size_t cut;        /* a request is cut after so many bytes */
    int last;          /* status of the last add-entries */
    unsigned requests; /* of add-entries */
};

static void on_loud(void *of, const struct err *e) {
    (void)e;
    ((struct scene *)of)->loud++;
}
static int drop(const char *path, const struct stat *st, int type, struct FTW *at) {
    (void)st, (void)type, (void)at;
    return remove(path);
}

static void scene_begin(struct scene *s, struct testing *t) {
    char name[256];
    temporary_name(name, sizeof name, "mirror");
    *s = (struct scene){.t = t, .cut = SIZE_MAX};
    assert_non_null(mkdtemp(name));
    assert_true(privkey_new(SIG_ED25519, &s->log_key, &t->e) && privkey_new(SIG_ED25519, &s->mirror_key, &t->e));
    assert_true(vkey_of(t->a, ORIGIN, NOTE_ED25519, privkey_public(s->log_key), &s->log));
    assert_true(vkey_of(t->a, S("mirror.example"), NOTE_COSIGNATURE, privkey_public(s->mirror_key), &s->cosigner));
    s->signer = (struct witness_signer){S("mirror.example"), NOTE_COSIGNATURE, s->mirror_key};
    struct mirror_plan plan = {arena_str(t->a, str_of(name)), &s->log, 1, &s->signer, 1, on_loud, s};
    assert_true(mirror_open(&t->ctx, t->a, &plan, &s->m, &t->e));
}
static void scene_end(struct scene *s) {
    nftw(arena_cstr(s->t->a, s->m.folder), drop, 16, FTW_DEPTH | FTW_PHYS);
    privkey_free(s->log_key);
    privkey_free(s->mirror_key);
}

/* A mirror whose uploads may be cut short. */
static bool cut_checkpoint(void *of, struct arena *a, str request, struct reply *out, struct err *e) {
    return mirror_add_checkpoint(&((struct scene *)of)->m, a, request, out, e);
}
static bool cut_entries(void *of, struct arena *a, str request, struct reply *out, struct err *e) {
    struct scene *s = of;
    struct mirror_upload *u = mirror_upload_begin(&s->m, a);
    str rest = str_upto(request, s->cut);
    for (size_t step = 1; rest.n; step = step * 3 % 97) { /* in pieces of all sizes */
        mirror_upload_more(u, str_upto(rest, step));
        rest = str_from(rest, step);
    }
    bool ok = mirror_upload_end(u, a, out, e);
    s->last = out->status;
    s->requests++;
    return ok;
}

static bool bring(struct scene *s, struct tree *tree, uint64_t size, struct mirrored *out) {
    struct tile_reader tiles = tree_tiles(tree);
    struct mirror_source from = {tree_checkpoint(s->t->a, tree, size, ORIGIN, s->log_key), &tiles};
    struct mirror_end to = {{cut_checkpoint, s, S("mirror")}, cut_entries};
    s->t->e = (struct err){0};
    return mirror_bring(s->t->a, &from, &to, out, &s->t->e);
}

/* The copy is a whole log of that size, signed by log and mirror. */
static void check_copy(struct scene *s, struct tree *tree, uint64_t size) {
    struct testing *t = s->t;
    const char *folder = arena_cstr(t->a, mirror_copy(&s->m, t->a, ORIGIN));
    struct tile_reader from = tile_folder(folder);
    struct tiles tiles;
    struct note n;
    struct checkpoint at;
    struct hash root, want = tree_root(tree, size);
    bool broken;
    str text;
    assert_true(file_read(&t->ctx, t->a, path_join(t->a, str_of(folder), S("checkpoint")), &text, &t->e));
    assert_true(note_parse(t->a, text, S("c"), &n, &t->e) && checkpoint_parse(n.text, S("c"), &at, &t->e));
    assert_true(note_verify(&n, &s->log, NULL, &broken) && note_verify(&n, &s->cosigner, NULL, &broken));
    assert_int_equal(at.size, size);
    tiles_open(&tiles, t->a, &from, size);
    struct hash_source h = tiles_hashes(&tiles);
    if (!merkle_root(&h, size, &root, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    assert_true(hash_eq(root, want));
    for (uint64_t b = 0; b * TILE_WIDTH < size; b++) {
        str entries[TILE_WIDTH];
        unsigned count;
        assert_true(tiles_entries(&tiles, t->a, b, entries, &count, &t->e));
        for (unsigned i = 0; i < count; i++)
            check_str(entries[i], tree_entry(t->a, tree, b * TILE_WIDTH + i).p);
    }
}

/* What witnesses said of the source's checkpoint is in the copy's too, beside what log and mirror said. */
static void cosignatures_of_witnesses_are_kept(void **state) {
    struct scene s;
    struct privkey *witness;
    struct vkey vkey;
    struct mirrored done;
    struct note n;
    bool broken;
    str text;
    scene_begin(&s, *state);
    struct testing *t = s.t;
    struct tree *tree = tree_new(t->a, 9, UINT32_MAX);
    assert_true(privkey_new(SIG_ED25519, &witness, &t->e));
    assert_true(vkey_of(t->a, S("witness.example"), NOTE_COSIGNATURE, privkey_public(witness), &vkey));
    assert_true(bring(&s, tree, 5, &done));
    for (uint64_t size = 5; size < 7; size++) { /* one of another size changes nothing */
        assert_true(note_parse(t->a, tree_checkpoint(t->a, tree, size, ORIGIN, s.log_key), S("n"), &n, &t->e));
        assert_true(note_sign(t->a, &n, S("witness.example"), NOTE_COSIGNATURE, witness, 1, &t->e));
        assert_true(mirror_take_cosignatures(&s.m, t->a, ORIGIN, note_text(t->a, &n), &t->e));
        check_copy(&s, tree, 5);
    }
    assert_true(
        file_read(&t->ctx, t->a, path_join(t->a, mirror_copy(&s.m, t->a, ORIGIN), S("checkpoint")), &text, &t->e));
    assert_true(note_parse(t->a, text, S("c"), &n, &t->e) && note_verify(&n, &vkey, NULL, &broken));
    assert_true(bring(&s, tree, 9, &done));
    check_copy(&s, tree, 9);
    privkey_free(witness);
    scene_end(&s);
}

static void a_log_is_copied_as_it_grows(void **state) {
    static const uint64_t sizes[] = {0, 1, 5, 5, 255, 256, 257, 300, 512, 1000, 1001};
    struct scene s;
    scene_begin(&s, *state);
    struct tree *tree = tree_new(s.t->a, 1001, UINT32_MAX);
    uint64_t before = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct mirrored done;
        struct note n = {.text = S("")};
        uint32_t taken;
        if (!bring(&s, tree, sizes[i], &done))
            fail_msg("size %u: %s: %s", (unsigned)sizes[i], s.t->e.where, s.t->e.what);
        assert_int_equal(done.before, before);
        assert_int_equal(done.size, before = sizes[i]);
        check_copy(&s, tree, sizes[i]);
        struct note head;
        assert_true(
            note_parse(s.t->a, tree_checkpoint(s.t->a, tree, sizes[i], ORIGIN, s.log_key), S("n"), &head, &s.t->e));
        n.text = head.text;
        assert_true(cosignatures_take(s.t->a, done.cosignatures, S("m"), &s.cosigner, 1, &n, &taken, &s.t->e));
        assert_int_equal(taken, 1);
    }
    assert_int_equal(s.loud, 0);
    scene_end(&s);
}

static void rollbacks_and_forks_are_refused(void **state) {
    struct scene s;
    struct mirrored done;
    scene_begin(&s, *state);
    struct tree *tree = tree_new(s.t->a, 700, UINT32_MAX), *fork = tree_new(s.t->a, 700, 100);
    assert_true(bring(&s, tree, 400, &done));
    assert_false(bring(&s, tree, 399, &done));
    assert_non_null(strstr(s.t->e.what, "ROLLED BACK"));
    assert_false(bring(&s, fork, 400, &done));
    assert_non_null(strstr(s.t->e.what, "FORK"));
    assert_false(bring(&s, fork, 700, &done));
    assert_non_null(strstr(s.t->e.what, "FORK"));
    assert_int_equal(s.loud, 2);
    check_copy(&s, tree, 400);
    assert_true(bring(&s, tree, 700, &done));
    check_copy(&s, tree, 700);
    scene_end(&s);
}

/* An upload cut before its first package is whole brings nothing; one cut later brings what was whole, and the next
 * request goes on there. */
static void cut_uploads_go_on(void **state) {
    static const size_t too_short[] = {0, 1, 20, 40, 2000};
    struct scene s;
    struct mirrored done;
    scene_begin(&s, *state);
    struct tree *tree = tree_new(s.t->a, 1000, UINT32_MAX);
    for (size_t i = 0; i < sizeof too_short / sizeof *too_short; i++) {
        s.cut = too_short[i];
        assert_false(bring(&s, tree, 1000, &done));
        assert_int_equal(s.last, 400);
    }
    s.cut = 4000; /* one package of 256 entries, and some of the next */
    s.requests = 0;
    assert_true(bring(&s, tree, 1000, &done));
    assert_int_equal(s.requests, 1 + 4);
    check_copy(&s, tree, 1000);
    scene_end(&s);
}

static struct reply upload(struct scene *s, const char *origin, uint64_t start, uint64_t end, str packages) {
    struct buf b = {0};
    struct reply r = {0};
    buf_addc(&b, 0);
    buf_addc(&b, (char)strlen(origin));
    buf_addz(&b, origin);
    for (int i = 7; i >= 0; i--)
        buf_addc(&b, (char)(unsigned char)(start >> 8 * i));
    for (int i = 7; i >= 0; i--)
        buf_addc(&b, (char)(unsigned char)(end >> 8 * i));
    buf_add(&b, (str){"\0\0", 2});
    buf_add(&b, packages);
    if (!cut_entries(s, s->t->a, buf_str(&b), &r, &s->t->e))
        fail_msg("%s", s->t->e.what);
    buf_free(&b);
    return r;
}

static void each_refusal_has_its_status(void **state) {
    struct scene s;
    struct mirrored done;
    scene_begin(&s, *state);
    struct tree *tree = tree_new(s.t->a, 400, UINT32_MAX);
    static const char name[] = "log.example/one";
    struct reply r = upload(&s, "other.example", 0, 0, S(""));
    assert_int_equal(r.status, 404);
    r = upload(&s, name, 0, 0, S(""));
    assert_int_equal(r.status, 409);
    check_str(r.body, "0\n0\n\n");
    assert_string_equal(r.type, "text/x.tlog.mirror-info");
    assert_true(bring(&s, tree, 300, &done));
    assert_int_equal(upload(&s, name, 5, 4, S("")).status, 400);
    r = upload(&s, name, 0, 0, S(""));
    assert_int_equal(r.status, 409);
    check_str(r.body, "300\n300\n\n");
    assert_int_equal(upload(&s, name, 0, 301, S("")).status, 409);
    assert_int_equal(upload(&s, name, 301, 301, S("")).status, 409);
    assert_int_equal(upload(&s, name, 300, 300, S("")).status, 200); /* nothing is missing: signed again */
    assert_int_equal(upload(&s, name, 299, 300, S("")).status, 400); /* cut before the package */
    assert_int_equal(upload(&s, name, 299, 300, (str){"\0\5entry\0", 8}).status, 422);
    assert_int_equal(upload(&s, name, 299, 300, (str){"\0\5entry\377", 8}).status, 422); /* 255 hashes */
    s.cut = 10;
    assert_int_equal(upload(&s, name, 0, 0, S("")).status, 400);
    scene_end(&s);
}

/* A source that serves other entries than its checkpoint speaks of: nothing of it is kept. */
static void entries_that_do_not_belong_are_refused(void **state) {
    struct scene s;
    struct mirrored done;
    scene_begin(&s, *state);
    struct tree *tree = tree_new(s.t->a, 600, UINT32_MAX);
    assert_true(bring(&s, tree, 300, &done));
    tree->fork = 520; /* hashes of one log, entries of another from there on */
    assert_false(bring(&s, tree, 600, &done));
    assert_int_equal(s.t->e.kind, ERR_INPUT);
    assert_int_equal(s.last, 422);
    check_copy(&s, tree, 300);
    struct tile third = {.entries = true, .index = 2, .width = 88};
    char bundle[TILE_NAME_MOST];
    str path = path_join(s.t->a, mirror_copy(&s.m, s.t->a, ORIGIN), str_n(bundle, tile_name(&third, bundle)));
    assert_false(path_exists(path));
    tree->fork = UINT32_MAX;
    assert_true(bring(&s, tree, 600, &done));
    assert_int_equal(done.before, 512);
    check_copy(&s, tree, 600);
    scene_end(&s);
}

/* An upload may end at a checkpoint that another one has overtaken. */
static void earlier_pending_checkpoints_count(void **state) {
    struct scene s;
    struct reply r;
    struct mirrored done;
    struct hash proof[MERKLE_PROOF_MOST];
    uint32_t n;
    scene_begin(&s, *state);
    struct tree *tree = tree_new(s.t->a, 400, UINT32_MAX);
    struct hash_source h = tree_hashes(tree);
    str first = tree_checkpoint(s.t->a, tree, 100, ORIGIN, s.log_key), note;
    assert_true(mirror_add_checkpoint(&s.m, s.t->a, add_checkpoint_text(s.t->a, 0, NULL, 0, first), &r, &s.t->e));
    assert_int_equal(r.status, 200);
    check_str(r.body, "");
    for (uint64_t size = 101; size < 120; size++) {
        assert_true(merkle_consistency(&h, size - 1, size, proof, &n, &s.t->e));
        str next = tree_checkpoint(s.t->a, tree, size, ORIGIN, s.log_key);
        assert_true(
            mirror_add_checkpoint(&s.m, s.t->a, add_checkpoint_text(s.t->a, size - 1, proof, n, next), &r, &s.t->e));
        assert_int_equal(r.status, 200);
    }
    uint64_t latest;
    assert_true(mirror_pending(&s.m, s.t->a, ORIGIN, 100, &note, &latest, &s.t->e));
    assert_null(note.p); /* eight are kept */
    assert_int_equal(latest, 119);
    assert_true(mirror_pending(&s.m, s.t->a, ORIGIN, 112, &note, &latest, &s.t->e));
    assert_non_null(note.p);
    assert_true(bring(&s, tree, 119, &done));
    assert_int_equal(upload(&s, "log.example/one", 112, 112, S("")).status, 409); /* the mirror does not go back */
    check_copy(&s, tree, 119);
    scene_end(&s);
}

/* A copy that was damaged is not signed. */
static void a_damaged_copy_is_not_signed(void **state) {
    struct scene s;
    struct mirrored done;
    scene_begin(&s, *state);
    struct tree *tree = tree_new(s.t->a, 600, UINT32_MAX);
    assert_true(bring(&s, tree, 300, &done));
    str path = path_join(s.t->a, mirror_copy(&s.m, s.t->a, ORIGIN), S("tile/0/000"));
    char *bytes = arena_alloc(s.t->a, TILE_BYTES);
    assert_true(file_replace(path, str_n(bytes, TILE_BYTES), &s.t->e));
    assert_false(bring(&s, tree, 600, &done));
    scene_end(&s);
}

struct fault {
    unsigned at, seen; /* the call that fails */
};
static int fail_one(void *of, struct disk_op *op) {
    struct fault *f = of;
    if (f->seen++ != f->at)
        return 0;
    op->n /= 2;
    return EIO;
}

/* Whichever write, sync or rename fails: what is shown is whole, and the next try brings the rest. */
static void whatever_fails_the_copy_is_whole(void **state) {
    struct scene s;
    struct mirrored done;
    scene_begin(&s, *state);
    struct tree *tree = tree_new(s.t->a, 900, UINT32_MAX);
    uint64_t size = 100, failures = 0;
    assert_true(bring(&s, tree, size, &done));
    for (unsigned at = 0; size < 880; at++) {
        struct fault f = {.at = at};
        struct disk_faults faults = {fail_one, &f};
        uint64_t shown = size, next = size + 13;
        s.t->ctx.faults = &faults;
        bool ok = bring(&s, tree, next, &done);
        s.t->ctx.faults = NULL;
        struct checkpoint c;
        struct note n;
        str text, path = path_join(s.t->a, mirror_copy(&s.m, s.t->a, ORIGIN), S("checkpoint"));
        assert_true(file_read(&s.t->ctx, s.t->a, path, &text, &s.t->e));
        assert_true(note_parse(s.t->a, text, path, &n, &s.t->e) && checkpoint_parse(n.text, path, &c, &s.t->e));
        assert_true(c.size == next || (!ok && c.size == shown));
        check_copy(&s, tree, c.size);
        failures += !ok;
        if (!bring(&s, tree, next, &done))
            fail_msg("after call %u: %s: %s", at, s.t->e.where, s.t->e.what);
        check_copy(&s, tree, next);
        size = next;
    }
    assert_true(failures >= 10);
    scene_end(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_log_is_copied_as_it_grows),       TEST(cosignatures_of_witnesses_are_kept),
        TEST(rollbacks_and_forks_are_refused),   TEST(cut_uploads_go_on),
        TEST(each_refusal_has_its_status),       TEST(entries_that_do_not_belong_are_refused),
        TEST(earlier_pending_checkpoints_count), TEST(a_damaged_copy_is_not_signed),
        TEST(whatever_fails_the_copy_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
