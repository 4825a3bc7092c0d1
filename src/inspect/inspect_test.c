/* SPDX-License-Identifier: Apache-2.0
 *
 * The run: archives and what is in them, rights of files, and the forms of the report.
 */
#include <stdio.h>
#include <unistd.h>

#include "inspect/policy.h"
#include "inspect/report.h"
#include "inspect/testing.h"
#include "seal/statement.h"

/* The least there is: a header of a 64-bit program at fixed addresses. */
static const char program[64] = "\x7f"
                                "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3e\0\1";

static void tar_member(struct buf *b, const char *name, char type, unsigned mode, str content) {
    char h[512] = {0};
    unsigned sum = 0;
    snprintf(h, 100, "%s", name);
    snprintf(h + 100, 8, "%07o", mode);
    snprintf(h + 108, 8, "%07o", 0u);
    snprintf(h + 116, 8, "%07o", 0u);
    snprintf(h + 124, 12, "%011zo", content.n);
    snprintf(h + 136, 12, "%011o", 0u);
    memset(h + 148, ' ', 8);
    h[156] = type;
    memcpy(h + 257, "ustar\00000", 8);
    for (size_t i = 0; i < sizeof h; i++)
        sum += (unsigned char)h[i];
    snprintf(h + 148, 8, "%06o", sum);
    buf_add(b, str_n(h, sizeof h));
    buf_add(b, content);
    while (b->n % 512)
        buf_addc(b, 0);
}

/* bin/plain, bin/setuid, bin/ping with capabilities in a pax header, lib/inner.zip … as a tar. */
static str archive(struct arena *a, bool inner) {
    struct buf b = {0};
    str bytes = str_n(program, sizeof program);
    tar_member(&b, "bin/plain", '0', 0755, bytes);
    tar_member(&b, "bin/setuid", '0', 04755, bytes);
    tar_member(&b, "PaxHeaders/ping", 'x', 0644,
               S("57 SCHILY.xattr.security.capability=\1\0\0\2\0\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\0\n"));
    tar_member(&b, "bin/ping", '0', 0755, bytes);
    tar_member(&b, "share/data", '0', 0644, bytes);
    tar_member(&b, "share/text", '0', 0755, S("#!/bin/sh\n"));
    if (inner)
        tar_member(&b, "inner.tar", '0', 0644, archive(a, false));
    tar_member(&b, "", 0, 0, S(""));
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static struct inspect_report *run(struct testing *t, const struct inspect_options *o) {
    char name[] = "akashi-inspect-XXXXXX.tar";
    struct inspect_report *r = arena_new_of(t->a, struct inspect_report);
    int fd = mkstemps(name, 4);
    assert_true(fd >= 0);
    assert_true(fd_write_all(fd, archive(t->a, true), S("test"), &t->e));
    close(fd);
    if (!inspect_run(&t->ctx, t->a, str_of(name), o, r, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    unlink(name);
    return r;
}

/* What a name and a mode say does not matter: a program is one by its bytes. */
static void test_archive(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *path, *rights;
    } want[] = {
        {"bin/ping", "cap_net_raw=ep"}, {"bin/plain", ""},
        {"bin/setuid", "setuid"},       {"inner.tar!bin/ping", "cap_net_raw=ep"},
        {"inner.tar!bin/plain", ""},    {"inner.tar!bin/setuid", "setuid"},
        {"inner.tar!share/data", ""},   {"share/data", ""},
    };
    struct inspect_report *r = run(t, &(struct inspect_options){.only = S("elf")});
    assert_int_equal(r->files.n, sizeof want / sizeof *want);
    for (uint32_t i = 0; i < r->files.n; i++) {
        check_str(r->files.v[i].path, want[i].path);
        check_str(check_find(&r->files.v[i], "privileges")->detail, want[i].rights);
    }
    assert_int_equal(r->failing, 8);
    assert_int_equal(r->worst, WEIGHT_HIGH);
}

static void test_statement(void **state) {
    struct testing *t = *state;
    struct inspect_report *r = run(t, &(struct inspect_options){.digests = true, .policy = S("minimum")});
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    struct json doc;
    inspect_statement_body(r, &w);
    assert_true(json_parse(&t->ctx, t->a, buf_str(&b), JSON_STRICT, S("body"), &doc, &t->e));
    const struct predicate *p = predicate_of_kind(S("hardening"));
    assert_non_null(p);
    if (!predicate_check(&t->ctx, t->a, str_of(p->type), &doc, doc.root, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    check_str(j_gets(doc.root, "result"), "FAILED");
    check_str(j_gets(j_get(doc.root, "policy"), "name"), "minimum");
    struct jv file = j_at(j_get(doc.root, "files"), 1);
    check_str(j_gets(file, "path"), "bin/plain");
    assert_int_equal(j_gets(j_get(file, "digest"), "sha256").n, 64);
    buf_free(&b);
}

/* Two runs say the same, byte by byte, whatever the number of threads. */
static void test_reports(void **state) {
    struct testing *t = *state;
    struct buf b[2] = {{0}, {0}}, s = {0};
    for (int i = 0; i < 2; i++) {
        struct inspect_report *r = run(t, &(struct inspect_options){0});
        struct jw w = jw_to(&b[i], true);
        inspect_report_json(r, t->a, &w);
        t->ctx.threads = 1;
        if (i)
            continue;
        struct json sarif;
        struct jw ws = jw_to(&s, false);
        inspect_report_sarif(r, t->a, &ws);
        assert_true(json_parse(&t->ctx, t->a, buf_str(&s), JSON_STRICT, S("sarif"), &sarif, &t->e));
        struct jv run_of = j_at(j_get(sarif.root, "runs"), 0), first = j_at(j_get(run_of, "results"), 0);
        check_str(j_gets(first, "ruleId"), "elf/pie");
        check_str(j_gets(first, "level"), "error");
        assert_int_equal(j_int(j_get(first, "ruleIndex"), -1), 0);
    }
    assert_true(str_eq(buf_str(&b[0]), buf_str(&b[1])));
    buf_free(&b[0]);
    buf_free(&b[1]);
    buf_free(&s);
}

static void test_names(void **state) {
    (void)state;
    enum check_state s;
    enum weight w;
    for (int i = CHECK_UNKNOWN; i <= CHECK_BAD; i++)
        assert_true(check_state_parse(str_of(check_state_name((enum check_state)i)), &s) && (int)s == i);
    for (int i = WEIGHT_LOW; i <= WEIGHT_HIGH; i++)
        assert_true(weight_parse(str_of(weight_name((enum weight)i)), &w) && (int)w == i);
    assert_false(check_state_parse(S("fine"), &s));
    assert_false(weight_parse(S(""), &w));
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_archive), TEST(test_statement), TEST(test_reports), TEST(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
