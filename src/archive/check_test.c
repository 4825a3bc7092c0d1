/* SPDX-License-Identifier: Apache-2.0
 *
 * Damage is seen and placed, mended from a copy; what may go goes, what is held stays.
 */
#include "archive/testing.h"

static const unsigned char key[AEAD_KEY] = {7};

struct faults {
    unsigned n, placed, named;
};
static void count(void *arg, const struct archive_fault *f) {
    struct faults *x = arg;
    x->n++;
    x->placed += f->has_offset;
    x->named += f->has_name;
}

static struct faults check(struct testing *t, struct archive *a) {
    struct faults x = {0};
    struct archive_check k = {.sample = 100, .fault = count, .arg = &x};
    MUST(archive_check(a, &k, &t->e));
    assert_int_equal(k.faults, x.n);
    return x;
}

static bool nth_pack(void *arg, const struct archive_file *f, struct err *e) {
    (void)e;
    if (str_starts(f->name, S("packs/")))
        snprintf(arg, 200, "%.*s", STR_ARG(f->name));
    return true;
}

struct set_up {
    str folder, copy;
    struct body_name tree, large, small;
};

static void put_text(struct testing *t, str folder, const char *name, str text) {
    MUST(file_replace(path_join(t->a, folder, str_of(name)), text, &t->e));
}

/* A tree of three files, a body of many chunks and one of one. */
static struct set_up make(struct testing *t, const unsigned char *with) {
    struct set_up s = {.folder = scratch(t)};
    s.copy = arena_cat(t->a, s.folder, S(".copy"));
    str in = scratch(t);
    put_text(t, in, "a", noise(t->a, 3000, 1));
    put_text(t, in, "b", noise(t->a, 400000, 2));
    put_text(t, in, "c", S("text"));
    struct archive *a = open_one(t, s.folder, with);
    MUST(archive_put_tree(a, in, &s.tree, &t->e));
    MUST(archive_put(a, noise(t->a, 300000, 3), &s.large, &t->e));
    MUST(archive_put(a, noise(t->a, 900, 4), &s.small, &t->e));
    MUST(archive_finish(a, &t->e));
    archive_close(a);
    run_tool("cp", "-a", arena_cstr(t->a, s.folder), arena_cstr(t->a, s.copy));
    drop(t, in);
    return s;
}

static void tear_down(struct testing *t, const struct set_up *s) {
    drop(t, s->folder);
    drop(t, s->copy);
}

static void flip(struct testing *t, str path, off_t at) {
    char c;
    int fd = open(arena_cstr(t->a, path), O_RDWR);
    assert_int_equal(pread(fd, &c, 1, at), 1);
    c ^= 0x10;
    assert_int_equal(pwrite(fd, &c, 1, at), 1);
    close(fd);
}

static void damage_is_placed_and_mended(void **state) {
    struct testing *t = *state;
    for (int with_key = 0; with_key < 2; with_key++) {
        const unsigned char *k = with_key ? key : NULL;
        struct set_up s = make(t, k);
        char name[200];
        struct archive *a = open_one(t, s.folder, k), *from;
        assert_int_equal(check(t, a).n, 0);
        MUST(archive_files(a, nth_pack, name, &t->e));
        archive_close(a);
        str path = path_join(t->a, s.folder, str_of(name));
        struct stat st;
        assert_int_equal(stat(arena_cstr(t->a, path), &st), 0);
        for (off_t at = 0; at < st.st_size; at += at < 200 || at > st.st_size - 200 ? 9 : 51001) {
            flip(t, path, at);
            a = open_one(t, s.folder, k);
            struct faults x = check(t, a);
            if (!x.n || !x.placed)
                fail_msg("a bit flipped at %lld is not placed", (long long)at);
            archive_close(a);
            flip(t, path, at);
        }
        flip(t, path, 5000);
        flip(t, path, st.st_size - 40);
        a = open_one(t, s.folder, k);
        from = open_one(t, s.copy, k);
        struct archive_repair r = {.from = from};
        MUST(archive_repair(a, &r, &t->e));
        assert_int_equal(r.missing, 0);
        assert_true(r.fetched > 0 && r.packs == 1);
        assert_int_equal(check(t, a).n, 0);
        archive_close(a);
        a = open_one(t, s.folder, k);
        assert_int_equal(check(t, a).n, 0);
        archive_close(a);
        archive_close(from);
        tear_down(t, &s);
    }
}

static void repair_keeps_what_is_good(void **state) {
    struct testing *t = *state;
    struct set_up s = make(t, NULL);
    char name[200];
    str got;
    struct archive *a = open_one(t, s.folder, NULL);
    MUST(archive_files(a, nth_pack, name, &t->e));
    archive_close(a);
    flip(t, path_join(t->a, s.folder, str_of(name)), 5000); /* in the block of files */
    a = open_one(t, s.folder, NULL);
    struct archive_repair r = {0};
    MUST(archive_repair(a, &r, &t->e));
    assert_true(r.missing > 0 && r.kept > 0);
    MUST(archive_get(a, t->a, &s.small, &got, &t->e)); /* lay in another block */
    assert_true(check(t, a).n > 0);
    archive_close(a);
    tear_down(t, &s);
}

static bool only(void *arg, const struct body_name *name) { return memcmp(arg, name->b, 32) == 0; }

static void collecting_keeps_what_is_needed(void **state) {
    struct testing *t = *state;
    struct set_up s = make(t, NULL);
    str got;
    struct archive *a = open_one(t, s.folder, NULL), *b;
    struct archive_gc young = {.grace = 3600}, g = {.is_needed = only, .arg = s.tree.b};
    MUST(archive_gc(a, &young, &t->e));
    assert_int_equal(young.packs, 0); /* just put: nobody had time to name it */
    MUST(archive_root_add(a, &(struct archive_root){.name = s.small, .label = S("by hand")}, &t->e));
    MUST(archive_gc(a, &g, &t->e));
    assert_true(g.chunks > 0);
    assert_true(archive_has(a, &s.tree) && archive_has(a, &s.small) && !archive_has(a, &s.large));
    assert_int_equal(check(t, a).n, 0);
    MUST(archive_get_tree(a, &s.tree, arena_cat(t->a, s.folder, S("/out")), &t->e));
    archive_close(a);
    a = open_one(t, s.folder, NULL);
    MUST(archive_get(a, t->a, &s.small, &got, &t->e));
    assert_false(archive_get(a, t->a, &s.large, &got, &t->e));
    archive_close(a);
    /* Not while another puts. */
    a = open_one(t, s.folder, NULL);
    b = open_one(t, s.folder, NULL);
    MUST(archive_put(b, S("meanwhile"), &s.large, &t->e));
    assert_false(archive_gc(a, &g, &t->e));
    assert_non_null(strstr(t->e.what, "another process"));
    archive_close(b);
    archive_close(a);
    tear_down(t, &s);
}

static void a_hold_is_kept(void **state) {
    struct testing *t = *state;
    struct set_up s = make(t, NULL);
    struct archive *a = open_one(t, s.folder, NULL);
    struct archive_gc g = {0};
    struct archive_root hold = {.name = s.large, .until = t->ctx.now + 1000, .label = S("contract 12")};
    struct archive_erase x = {.name = s.large};
    MUST(archive_root_add(a, &hold, &t->e));
    MUST(archive_gc(a, &g, &t->e));
    assert_true(archive_has(a, &s.large) && !archive_has(a, &s.tree));
    assert_false(archive_erase(a, &x, &t->e));
    assert_non_null(strstr(t->e.what, "held until"));
    t->ctx.now += 2000;
    MUST(archive_erase(a, &x, &t->e));
    assert_false(archive_has(a, &s.large));
    assert_true(x.chunks > 1);
    assert_int_equal(check(t, a).n, 0);
    archive_close(a);
    tear_down(t, &s);
}

struct hits {
    unsigned n;
    char path[100];
};
static void hit(void *arg, const struct body_name *tree, str path) {
    struct hits *h = arg;
    (void)tree;
    h->n++;
    snprintf(h->path, sizeof h->path, "%.*s", STR_ARG(path));
}

static void erasing_spares_the_others(void **state) {
    struct testing *t = *state;
    struct set_up s = make(t, NULL);
    struct archive *a = open_one(t, s.folder, NULL);
    struct body_name shared, b;
    str got;
    /* Most of b's bytes again, in another body. */
    str twin = arena_cat(t->a, noise(t->a, 400000, 2), S("and more"));
    MUST(archive_put(a, twin, &shared, &t->e) && archive_sync(a, &t->e));
    digest_of(DIGEST_SHA256, noise(t->a, 400000, 2), b.b);
    struct hits hits = {0};
    struct archive_erase x = {.name = b, .hit = hit, .hit_arg = &hits};
    MUST(archive_erase(a, &x, &t->e));
    assert_int_equal(hits.n, 1);
    check_str(str_of(hits.path), "./b");
    assert_int_equal(check(t, a).n, 0); /* gone on purpose is not missing */
    struct archive *from = open_one(t, s.copy, NULL);
    struct archive_repair r = {.from = from};
    MUST(archive_repair(a, &r, &t->e)); /* and no copy brings it back */
    archive_close(from);
    assert_false(archive_has(a, &b));
    MUST(archive_get(a, t->a, &shared, &got, &t->e));
    assert_true(str_eq(got, twin));
    /* The tree goes with the files only it names. */
    struct archive_erase whole = {.name = s.tree};
    MUST(archive_erase(a, &whole, &t->e));
    assert_int_equal(check(t, a).n, 0);
    MUST(archive_get(a, t->a, &s.small, &got, &t->e));
    assert_false(archive_has(a, &s.tree));
    archive_close(a);
    tear_down(t, &s);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(damage_is_placed_and_mended), TEST(repair_keeps_what_is_good),
                                       TEST(collecting_keeps_what_is_needed), TEST(a_hold_is_kept),
                                       TEST(erasing_spares_the_others)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
