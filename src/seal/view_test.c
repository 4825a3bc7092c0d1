/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/view.h"

#include <dirent.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>

#include "seal/home_testing.h"
#include "seal/statement.h"
#include "seal/view_inner.h"

static str dump(struct home_test *x, bool anew) {
    struct view *v;
    struct buf b = {0};
    if (anew)
        MUST(view_rebuild(&x->t.ctx, x->path, x->h.log, &v, &x->t.e));
    else
        MUST(view_open(&x->t.ctx, x->path, x->h.log, &v, &x->t.e));
    MUST(view_dump(v, &b, &x->t.e));
    view_close(v);
    str s = arena_str(x->t.a, buf_str(&b));
    buf_free(&b);
    return s;
}

static uint32_t found(struct home_test *x, const char *asked, uint64_t size, uint64_t *first) {
    struct view *v;
    struct words words;
    struct view_found list;
    MUST(words_asked(x->t.a, str_of(asked), &words, &x->t.e));
    MUST(view_open(&x->t.ctx, x->path, x->h.log, &v, &x->t.e));
    MUST(view_find(v, x->t.a, &words, size, &list, &x->t.e));
    view_close(v);
    *first = list.n ? list.v[0] : UINT64_MAX;
    return list.n;
}

static void statements_are_found_by_what_they_are_about(void **state) {
    struct home_test *x = *state;
    uint64_t first;
    home_test_make(x);
    uint64_t vex = home_test_add(
        x, "https://openvex.dev/ns/v0.2.0", "a.tar",
        "{\"@context\":\"c\",\"@id\":\"i\",\"author\":\"a\",\"timestamp\":\"2026-01-01T00:00:00Z\","
        "\"version\":1,\"statements\":[{\"products\":[{\"@id\":\"pkg:npm/left-pad@1.0\"}]}]}");
    uint64_t hold = home_test_add(x, "tag:akashi,2026:predicate/hold/v1", "b.tar",
                                  "{\"until\":\"2036-01-01T00:00:00Z\",\"reason\":\"r\",\"product\":\"thing\"}");
    assert_int_equal(found(x, "vex", UINT64_MAX, &first), 1);
    assert_int_equal(first, vex);
    assert_int_equal(found(x, "pkg:npm/left-pad", UINT64_MAX, &first), 1);
    assert_int_equal(found(x, "pkg:npm/left-pad@1.0", UINT64_MAX, &first), 1);
    assert_int_equal(found(x, "pkg:npm/left-pad@2.0", UINT64_MAX, &first), 0);
    assert_int_equal(found(x, "thing", UINT64_MAX, &first), 1);
    assert_int_equal(first, hold);
    assert_int_equal(found(x, "thing", hold, &first), 0); /* as of before */
    assert_int_equal(found(x, "thing", hold + 1, &first), 1);
    str digest = digest_hex(x->t.a, DIGEST_SHA256, S("a.tar"));
    assert_int_equal(found(x, digest.p, UINT64_MAX, &first), 1);
    assert_int_equal(first, vex);
    str key = hex_text(x->t.a, x->h.key_id, 32);
    assert_int_equal(found(x, key.p, UINT64_MAX, &first), 4); /* key, party, vex, hold */
    assert_int_equal(found(x, "party:\xE4\xBE\x8B", UINT64_MAX, &first), 2);
}

static void what_was_erased_is_found_by_its_leaf_alone(void **state) {
    struct home_test *x = *state;
    struct view *v;
    struct view_entry entry;
    uint64_t first;
    home_test_make(x);
    uint64_t hold = home_test_add(x, "tag:akashi,2026:predicate/hold/v1", "b.tar",
                                  "{\"until\":\"2036-01-01T00:00:00Z\",\"reason\":\"r\",\"product\":\"thing\"}");
    assert_int_equal(found(x, "thing", UINT64_MAX, &first), 1);
    home_test_erase(x, hold);
    assert_int_equal(found(x, "thing", UINT64_MAX, &first), 0);
    assert_int_equal(found(x, "hold", UINT64_MAX, &first), 1);
    MUST(view_open(&x->t.ctx, x->path, x->h.log, &v, &x->t.e));
    MUST(view_entry(v, x->t.a, hold, &entry, &x->t.e));
    assert_true(entry.erased && !entry.type.p && !entry.subjects.n);
    assert_false(view_entry(v, x->t.a, 1000, &entry, &x->t.e));
    view_close(v);
}

/* That somebody says it was erased is not enough. */
static void what_the_log_still_has_is_not_erased(void **state) {
    struct home_test *x = *state;
    uint64_t first;
    home_test_make(x);
    uint64_t hold = home_test_add(x, "tag:akashi,2026:predicate/hold/v1", "b.tar",
                                  "{\"until\":\"2036-01-01T00:00:00Z\",\"reason\":\"r\",\"product\":\"thing\"}");
    home_test_add(x, "tag:akashi,2026:predicate/erasure/v1", "e",
                  arena_printf(x->t.a, "{\"reason\":\"r\",\"by\":\"b\",\"index\":%llu}", (unsigned long long)hold).p);
    assert_int_equal(found(x, "thing", UINT64_MAX, &first), 1);
    MUST(log_forget(x->h.log, hold, &x->t.e));
    assert_int_equal(found(x, "thing", UINT64_MAX, &first), 0);
    assert_true(str_eq(dump(x, false), dump(x, true)));
}

static void grown_and_made_anew_are_the_same(void **state) {
    struct home_test *x = *state;
    unsigned seed = 7;
    home_test_make(x);
    for (int i = 0; i < 60; i++) {
        seed = seed * 1103515245 + 12345;
        unsigned roll = seed >> 16 & 7;
        char name[32];
        snprintf(name, sizeof name, "file-%u", seed >> 20 & 15);
        if (roll == 0)
            home_test_erase(x, seed >> 8 & 15);
        else if (roll < 4)
            home_test_add(x, "https://example.com/x", name, arena_printf(x->t.a, "{\"n\":%d}", i).p);
        else
            home_test_add(x, "tag:akashi,2026:predicate/hold/v1", name,
                          arena_printf(x->t.a,
                                       "{\"until\":\"2036-01-01T00:00:00Z\",\"reason\":\"%d\",\"product\":\"p%u\"}", i,
                                       roll)
                              .p);
        if (i % 7 == 0)
            dump(x, false);
    }
    str grown = dump(x, false), anew = dump(x, true);
    assert_true(str_eq(grown, anew));
    assert_true(grown.n > 4000);
}

/* Hundreds of entries are taken apart on several threads; what comes of it does not depend on how many come at once. */
static void many_at_once_are_the_same(void **state) {
    enum { STEP = 290, STEPS = 4 };
    struct home_test *x = *state;
    uint64_t first;
    home_test_make(x);
    x->t.ctx.threads = 3;
    for (int i = 0; i < STEPS; i++) {
        struct home_add *adds = arena_array(x->t.a, struct home_add, STEP);
        for (int k = 0; k < STEP; k++) {
            struct subject s = {.name = arena_printf(x->t.a, "file-%d", i * STEP + k)};
            *vec_push(x->t.a, &s.digests) = (struct subject_digest){S("sha256"),
                                                                    digest_hex(x->t.a, DIGEST_SHA256, s.name)};
            MUST(statement_text(&x->t.ctx, x->t.a, S("https://example.com/x"), &s, 1, S("{}"), &adds[k].payload,
                                &x->t.e));
        }
        MUST(home_append(&x->h, x->t.a, adds, STEP, &x->t.e));
        dump(x, false);
    }
    str digest = digest_hex(x->t.a, DIGEST_SHA256, S("file-600"));
    assert_int_equal(found(x, digest.p, UINT64_MAX, &first), 1);
    assert_true(str_eq(dump(x, false), dump(x, true)));
    assert_int_equal(found(x, digest.p, UINT64_MAX, &first), 1);
}

static void small_segments_are_put_together_and_large_ones_when_they_are_many(void **state) {
    (void)state;
    enum { LARGE = 32768 };
    static const struct {
        uint64_t sizes[5], budget;
        uint32_t n, first, many;
    } rows[] = {
        {{0}, 9000, 0, 0, 0},
        {{100, 60}, 9000, 2, 0, 2},
        {{1000, 60, 40}, 9000, 3, 1, 2},           /* not the one that is more than twice those behind it */
        {{5000, 5000, 5000}, 9000, 3, 2, 1},       /* more than the budget */
        {{LARGE, 20000, 12000}, 1 << 20, 3, 1, 2}, /* a large one is left alone */
        {{LARGE, LARGE, LARGE, 1}, 1 << 20, 4, 3, 1},
    };
    uint32_t first, many;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        segments_to_merge(rows[i].sizes, rows[i].n, rows[i].budget, &first, &many);
        assert_int_equal(first, rows[i].first);
        assert_int_equal(many, rows[i].many);
    }
    uint64_t sizes[33];
    for (uint32_t i = 0; i < 33; i++)
        sizes[i] = i == 4 ? 40 * LARGE : LARGE + i % 2;
    segments_to_merge(sizes, 32, 1, &first, &many);
    assert_true(many < 2);
    segments_to_merge(sizes, 33, 1, &first, &many);
    assert_int_equal(many, 16);
    assert_true(first > 4);
}

static void flip(struct home_test *x, str file, size_t at) {
    str text;
    MUST(file_read(&x->t.ctx, x->t.a, file, &text, &x->t.e));
    struct buf b = {0};
    buf_add(&b, text);
    b.p[at % b.n] = (char)(b.p[at % b.n] ^ (1 << at % 8));
    MUST(file_replace(file, buf_str(&b), &x->t.e));
    buf_free(&b);
}

/* The files of the view: list first, then the segments. */
static uint32_t view_files(struct home_test *x, str out[32]) {
    str folder = path_join(x->t.a, x->path, S("view"));
    uint32_t n = 0;
    out[n++] = path_join(x->t.a, folder, S("list"));
    DIR *d = opendir(arena_cstr(x->t.a, folder));
    assert_non_null(d);
    for (struct dirent *f; (f = readdir(d)) && n < 32;)
        if (str_ends(str_of(f->d_name), S(".db")))
            out[n++] = path_join(x->t.a, folder, arena_str(x->t.a, str_of(f->d_name)));
    closedir(d);
    return n;
}

static size_t size_of(struct home_test *x, str file) {
    struct stat st;
    assert_int_equal(stat(arena_cstr(x->t.a, file), &st), 0);
    return (size_t)st.st_size;
}

/* Grown in many steps, so that there are several segments. */
static void grow(struct home_test *x, int n) {
    for (int i = 0; i < n; i++) {
        home_test_add(x, "https://example.com/x", arena_printf(x->t.a, "f%d", i).p,
                      arena_printf(x->t.a, "{\"n\":%d}", i).p);
        if (i % 3 == 0)
            dump(x, false);
    }
}

/* Whatever bit is flipped, wherever a file is cut: the view says what it said. */
static void damage_is_noticed_and_mended(void **state) {
    struct home_test *x = *state;
    uint32_t warnings = 0, n, rounds = 0;
    str files[32];
    home_test_make(x);
    grow(x, 12);
    str good = dump(x, false);
    n = view_files(x, files);
    assert_true(n >= 2);
    for (size_t at = 0; at < 60000; at += 997) { /* at another bit and another place of the page each time */
        for (uint32_t i = 0; (n = view_files(x, files)) > i; i++) {
            if (at >= size_of(x, files[i]))
                continue;
            struct arena_mark m = arena_mark(x->t.a);
            flip(x, files[i], at);
            assert_true(str_eq(dump(x, false), good));
            arena_reset(x->t.a, m);
            rounds++;
        }
    }
    assert_true(rounds > 20);
    for (uint32_t i = 0; (n = view_files(x, files)) > i; i++) {
        str text;
        MUST(file_read(&x->t.ctx, x->t.a, files[i], &text, &x->t.e));
        MUST(file_replace(files[i], str_upto(text, text.n / 2), &x->t.e));
        assert_true(str_eq(dump(x, false), good));
    }
    for (uint32_t i = 0; (n = view_files(x, files)) > i; i++) {
        MUST(file_replace(files[i], S(""), &x->t.e));
        assert_true(str_eq(dump(x, false), good));
    }
    for (uint32_t i = 0; (n = view_files(x, files)) > i; i++) {
        unlink(files[i].p);
        assert_true(str_eq(dump(x, false), good));
    }
    ctx_warnings(&x->t.ctx, &warnings);
    assert_int_equal(warnings, 1); /* the same one, each time */
}

/* Pages of one segment say nothing in another's place. */
static void segments_cannot_be_exchanged(void **state) {
    struct home_test *x = *state;
    str files[32], text;
    home_test_make(x);
    grow(x, 4);
    str good = dump(x, false);
    assert_true(view_files(x, files) >= 2);
    MUST(file_read(&x->t.ctx, x->t.a, files[1], &text, &x->t.e));
    text = arena_str(x->t.a, text);
    grow(x, 40); /* merged meanwhile */
    good = dump(x, false);
    view_files(x, files);
    MUST(file_replace(files[1], text, &x->t.e));
    assert_true(str_eq(dump(x, false), good));
}

/* A view that is ahead of its log, or beside it: the log was put back from an older copy and has grown since. */
static void a_view_of_another_log_is_made_anew(void **state) {
    struct home_test *x = *state;
    str mine, folder, aside;
    home_test_make(x);
    folder = path_join(x->t.a, x->path, S("view"));
    str small = dump(x, false);
    for (int i = 0; i < 3; i++)
        home_test_add(x, "https://example.com/x", "a", arena_printf(x->t.a, "{\"n\":%d}", i).p);
    mine = dump(x, false);
    aside = arena_printf(x->t.a, "%.*s-view", STR_ARG(x->path));
    assert_int_equal(rename(arena_cstr(x->t.a, folder), aside.p), 0);
    home_test_close(x);
    remove_tree(arena_cstr(x->t.a, x->path));
    home_test_make(x);
    assert_int_equal(rename(aside.p, arena_cstr(x->t.a, folder)), 0);
    str again = dump(x, false);
    assert_false(str_eq(again, mine));
    assert_true(again.n == small.n);
}

struct reading {
    struct home_test *x;
    atomic_bool stop;
    atomic_uint rounds;
};
/* As other processes do: a view of its own, each time. Every answer is of a whole number of appends. */
static void *read_on(void *arg) {
    struct reading *r = arg;
    struct ctx c;
    ctx_init(&c);
    while (!atomic_load(&r->stop)) {
        struct arena *a = arena_new();
        struct err e = {0};
        struct words words;
        struct view_found found;
        struct view *v;
        struct log *log;
        if (!words_asked(a, S("kind:https://example.com/x"), &words, &e) ||
            !log_open(&c, r->x->path, NULL, NULL, &log, &e))
            return arg;
        if (!view_open(&c, r->x->path, log, &v, &e) || !view_find(v, a, &words, UINT64_MAX, &found, &e) ||
            found.n + 2 != view_size(v) || (found.n && found.v[found.n - 1] + 1 != view_size(v)))
            return arg;
        view_close(v);
        log_close(log);
        arena_free(a);
        atomic_fetch_add(&r->rounds, 1);
    }
    ctx_free(&c);
    return NULL;
}

static void readers_and_a_writer_do_not_disturb_each_other(void **state) {
    struct home_test *x = *state;
    pthread_t threads[3];
    void *failed = NULL;
    struct reading r = {.x = x};
    home_test_make(x);
    for (int i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_on, &r), 0);
    for (int i = 0; i < 60 || atomic_load(&r.rounds) < 60; i++) {
        struct arena_mark m = arena_mark(x->t.a);
        home_test_add(x, "https://example.com/x", "f", arena_printf(x->t.a, "{\"n\":%d}", i).p);
        if (i % 5 == 0)
            dump(x, i % 10 == 0);
        arena_reset(x->t.a, m);
    }
    atomic_store(&r.stop, true);
    for (int i = 0; i < 3; i++) {
        pthread_join(threads[i], &failed);
        assert_null(failed);
    }
    assert_true(str_eq(dump(x, false), dump(x, true)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(statements_are_found_by_what_they_are_about),
        HOME_TEST(what_was_erased_is_found_by_its_leaf_alone),
        HOME_TEST(what_the_log_still_has_is_not_erased),
        HOME_TEST(grown_and_made_anew_are_the_same),
        HOME_TEST(many_at_once_are_the_same),
        cmocka_unit_test(small_segments_are_put_together_and_large_ones_when_they_are_many),
        HOME_TEST(damage_is_noticed_and_mended),
        HOME_TEST(segments_cannot_be_exchanged),
        HOME_TEST(a_view_of_another_log_is_made_anew),
        HOME_TEST(readers_and_a_writer_do_not_disturb_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
