/* SPDX-License-Identifier: Apache-2.0
 *
 * Copies to folders: what is sent, what is not sent again, what is never replaced, what an interruption leaves.
 */
#include "base/testing.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/copy_place.h"
#include "archive/copy_testing.h"

static struct copy_report send_to(struct copies *x, const char *to, struct copy_options o) {
    struct copy_report r;
    o.place = under(x, to);
    if (!copy_send(x->a, &o, &r, &x->t->e))
        fail_msg("%s: %s", x->t->e.where, x->t->e.what);
    return r;
}

static void test_only_what_lacks(void **state) {
    struct copies x = copies_begin(state, NULL);
    struct body_name first = put_body(&x, 300000, 1), second;
    struct copy_report r = send_to(&x, "copy", (struct copy_options){0});
    assert_int_equal(r.packs, 1);
    assert_int_equal(r.sent, 1);
    r = send_to(&x, "copy", (struct copy_options){0});
    assert_int_equal(r.sent, 0);
    assert_int_equal(r.there, 1);
    second = put_body(&x, 200000, 2);
    r = send_to(&x, "copy", (struct copy_options){0});
    assert_int_equal(r.sent, 1);
    assert_int_equal(r.there, 1);
    /* A copy is an archive. */
    check_body(&x, "copy", &first, 300000, 1);
    check_body(&x, "copy", &second, 200000, 2);
    copies_end(&x);
}

static void test_back(void **state) {
    struct copies x = copies_begin(state, NULL);
    struct body_name name = put_body(&x, 300000, 1);
    struct copy_options o = {.place = under(&x, "copy")};
    struct copy_report r = send_to(&x, "copy", (struct copy_options){0});
    assert_true(copy_fetch(&x.t->ctx, under(&x, "back"), &o, &r, &x.t->e));
    assert_int_equal(r.sent, 1);
    check_body(&x, "back", &name, 300000, 1);
    assert_true(copy_fetch(&x.t->ctx, under(&x, "back"), &o, &r, &x.t->e));
    assert_int_equal(r.there, 1);
    /* One that was damaged here is had anew when it is looked at, one damaged there is refused. */
    str here = pack_in(&x, "back"), there = pack_in(&x, "copy");
    flip(&x, here, 5000);
    o.verify = true;
    assert_true(copy_fetch(&x.t->ctx, under(&x, "back"), &o, &r, &x.t->e));
    assert_int_equal(r.redone, 1);
    check_body(&x, "back", &name, 300000, 1);
    flip(&x, there, 5000);
    assert_false(copy_fetch(&x.t->ctx, under(&x, "fresh"), &o, &r, &x.t->e));
    assert_string_equal(x.t->e.where, arena_cstr(x.t->a, str_from(there, under(&x, "copy/").n)));
    assert_int_equal(count_packs(&x, "fresh"), 0);
    copies_end(&x);
}

static void test_write_once(void **state) {
    struct copies x = copies_begin(state, NULL);
    struct stat st;
    struct copy_report r;
    put_body(&x, 100000, 1);
    send_to(&x, "copy", (struct copy_options){.write_once = true});
    str pack = pack_in(&x, "copy");
    assert_int_equal(stat(arena_cstr(x.t->a, pack), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0444);
    /* What lies there is told, and left as it is. */
    assert_int_equal(chmod(arena_cstr(x.t->a, pack), 0644), 0);
    flip(&x, pack, 1000);
    str before = bytes_of(&x, pack);
    struct copy_options o = {.place = under(&x, "copy"), .write_once = true, .verify = true};
    assert_false(copy_send(x.a, &o, &r, &x.t->e));
    assert_true(str_eq(before, bytes_of(&x, pack)));
    assert_int_equal(truncate(arena_cstr(x.t->a, pack), 500), 0);
    o.verify = false;
    assert_false(copy_send(x.a, &o, &r, &x.t->e));
    /* Without write-once it is replaced. */
    o.write_once = false;
    assert_true(copy_send(x.a, &o, &r, &x.t->e));
    assert_int_equal(r.redone, 1);
    o.retain = 3;
    assert_false(copy_send(x.a, &o, &r, &x.t->e));
    assert_int_equal(x.t->e.kind, ERR_USAGE);
    copies_end(&x);
}

/* Somebody makes the name between our look and our naming. */
static void test_never_replaced(void **state) {
    struct copies x = copies_begin(state, NULL);
    struct copy_options o = {.place = under(&x, "copy"), .write_once = true};
    struct copy_place p;
    struct copy_item item = {.name = S("packs/x")};
    bool there;
    put_body(&x, 1000, 1);
    assert_true(copy_open(&x.t->ctx, &o, COPY_WRITE, &p, &x.t->e));
    item.fd = fd_of(&x, "what is sent");
    assert_true(copy_measure(item.fd, S("x"), &item, &x.t->e));
    assert_true(p.kind->put(&p, &item, &there, &x.t->e));
    assert_false(there);
    close(item.fd);
    item.fd = fd_of(&x, "something else");
    assert_true(copy_measure(item.fd, S("x"), &item, &x.t->e));
    assert_true(p.kind->put(&p, &item, &there, &x.t->e));
    assert_true(there);
    check_str(bytes_of(&x, under(&x, "copy/packs/x")), "what is sent");
    assert_false(path_exists(under(&x, "copy/packs/x.new")));
    close(item.fd);
    copy_close(&p);
    copies_end(&x);
}

static void test_another_archive(void **state) {
    struct copies x = copies_begin(state, NULL), y = copies_begin(state, "0123456789abcdef0123456789abcdef");
    struct body_name mine = put_body(&x, 50000, 1), theirs;
    struct copy_report r;
    /* Another node's archive takes our packs in and keeps its own. */
    struct archive *other;
    assert_true(archive_open(&x.t->ctx, under(&x, "node"), &(struct archive_options){0}, &other, &x.t->e));
    assert_true(archive_put(other, S("theirs"), &theirs, &x.t->e));
    assert_true(archive_sync(other, &x.t->e));
    archive_close(other);
    str about = bytes_of(&x, under(&x, "node/archive"));
    r = send_to(&x, "node", (struct copy_options){0});
    assert_int_equal(r.sent, 1);
    assert_true(str_eq(about, bytes_of(&x, under(&x, "node/archive"))));
    check_body(&x, "node", &mine, 50000, 1);
    /* One that is encrypted does not go among others. */
    put_body(&y, 1000, 2);
    struct copy_options o = {.place = under(&x, "node")};
    assert_false(copy_send(y.a, &o, &r, &y.t->e));
    assert_int_equal(y.t->e.kind, ERR_USAGE);
    copies_end(&x);
    copies_end(&y);
}

static void test_damaged_is_not_sent(void **state) {
    struct copies x = copies_begin(state, NULL);
    struct copy_options o = {.place = under(&x, "copy")};
    struct copy_report r;
    put_body(&x, 100000, 1);
    assert_true(archive_finish(x.a, &x.t->e));
    flip(&x, pack_in(&x, "archive"), 3000);
    assert_false(copy_send(x.a, &o, &r, &x.t->e));
    assert_int_equal(x.t->e.kind, ERR_INPUT);
    assert_int_equal(count_packs(&x, "copy"), 0);
    copies_end(&x);
}

/* ── the disk fails, or the process ends, at each of its calls in turn ── */

struct failing {
    const char *beneath;
    int left, error;
};
static int fail_at(void *of, struct disk_op *op) {
    struct failing *f = of;
    if (!op->path || !strstr(op->path, f->beneath) || f->left-- != 0)
        return 0;
    op->n /= 2;
    return f->error;
}

static void test_every_failure(void **state) {
    struct copies x = copies_begin(state, NULL);
    struct failing f = {.beneath = "/copy"};
    struct disk_faults faults = {.before = fail_at, .of = &f};
    struct copy_report r;
    int points = 0;
    put_body(&x, 100000, 1);
    assert_true(archive_finish(x.a, &x.t->e));
    put_body(&x, 100000, 2);
    assert_true(archive_finish(x.a, &x.t->e));
    for (bool ok = false; !ok; points++) {
        struct copy_options o = {.place = under(&x, "copy"), .write_once = points % 2 == 1};
        x.t->e = (struct err){0};
        f = (struct failing){.beneath = "/copy", .left = points, .error = points % 3 ? EIO : ENOSPC};
        x.t->ctx.faults = &faults;
        ok = copy_send(x.a, &o, &r, &x.t->e);
        x.t->ctx.faults = NULL;
        assert_true(ok || x.t->e.kind == ERR_ENV);
        check_all_whole(&x, "copy");
        /* What was left does not stand in the way. */
        assert_true(copy_send(x.a, &o, &r, &x.t->e));
        assert_int_equal(r.sent + r.there, 2);
        check_all_whole(&x, "copy");
        remove_under(&x, "copy");
    }
    assert_in_range(points, 15, 200);
    copies_end(&x);
}

/* ── checking ── */

static void test_check(void **state) {
    static const char *const keys[] = {NULL, "0123456789abcdef0123456789abcdef"};
    for (int sealed = 0; sealed < 2; sealed++) {
        struct copies x = copies_begin(state, keys[sealed]);
        struct copy_options o = {.place = under(&x, "copy"), .verify = true};
        struct copy_check c;
        for (unsigned i = 0; i < 3; i++) {
            put_body(&x, 60000, i);
            assert_true(archive_finish(x.a, &x.t->e));
        }
        send_to(&x, "copy", (struct copy_options){0});
        const unsigned char *key = (const unsigned char *)keys[sealed];
        assert_true(copy_check(&x.t->ctx, x.t->a, x.a, NULL, &o, 100, &c, &x.t->e));
        if (c.faults.n)
            fail_msg("%.*s", STR_ARG(c.faults.v[0]));
        assert_int_equal(c.packs, 3);
        assert_int_equal(c.proved, 3);
        assert_int_equal(c.missing + c.wrong + c.damaged + c.faults.n, 0);
        assert_true(c.bodies >= 3);
        /* Without the archive at hand, by the key alone; a sample is at least one. */
        assert_true(copy_check(&x.t->ctx, x.t->a, NULL, key, &o, 1, &c, &x.t->e));
        assert_int_equal(c.proved, 1);
        flip(&x, pack_in(&x, "copy"), 4000);
        assert_true(copy_check(&x.t->ctx, x.t->a, x.a, NULL, &o, 100, &c, &x.t->e));
        assert_int_equal(c.wrong, 1);
        assert_int_equal(c.damaged, 1);
        assert_int_equal(c.proved, 2);
        assert_int_equal(unlink(arena_cstr(x.t->a, pack_in(&x, "copy"))), 0);
        assert_true(copy_check(&x.t->ctx, x.t->a, x.a, NULL, &o, 0, &c, &x.t->e));
        assert_int_equal(c.missing, 1);
        copies_end(&x);
    }
}

/* Any one bit of a pack. */
static void test_every_byte(void **state) {
    struct copies x = copies_begin(state, NULL);
    put_body(&x, 700, 1);
    assert_true(archive_finish(x.a, &x.t->e));
    str path = pack_in(&x, "archive"), bytes = bytes_of(&x, path);
    struct copy_pack p = {.path = arena_cstr(x.t->a, path)};
    assert_true(copy_pack_id(str_from(path, under(&x, "archive/").n), p.id));
    for (size_t i = 0; i <= bytes.n; i++) {
        if (i > 0)
            flip(&x, path, i - 1);
        if (i < bytes.n)
            flip(&x, path, i);
        FILE *f = fopen(p.path, "rb");
        assert_non_null(f);
        p.fd = fileno(f);
        assert_true(copy_pack_whole(&p, &x.t->e));
        fclose(f);
        if (p.good != (i == bytes.n))
            fail_msg("byte %zu of %zu", i, bytes.n);
    }
    copies_end(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_only_what_lacks), TEST(test_back),
        TEST(test_write_once),      TEST(test_never_replaced),
        TEST(test_another_archive), TEST(test_damaged_is_not_sent),
        TEST(test_every_failure),   TEST(test_check),
        TEST(test_every_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
