/* SPDX-License-Identifier: Apache-2.0
 *
 * Imports as jobs. This program is also the one that reads documents: "plumb reader".
 */
#include "seal/home_testing.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/file.h"
#include "serve/app.h"
#include "serve/confined.h"
#include "serve/job.h"

struct scene {
    struct home_test *x;
    struct app *app;
    struct jobs *jobs;
};

static void scene_begin(struct scene *s, struct home_test *x, const char *program) {
    struct app_plan plan = {.home = x->path, .program = program};
    *s = (struct scene){.x = x};
    if (!home_is(x->path))
        home_test_make(x);
    home_test_close(x);
    MUST(app_open(&x->t.ctx, &plan, &s->app, &x->t.e));
    MUST(jobs_open(s->app, &s->jobs, &x->t.e));
}
static void scene_end(struct scene *s) {
    jobs_close(s->jobs);
    app_close(s->app);
}

static str add(struct scene *s, enum import_kind kind, const char *name, const char *text, bool partial) {
    struct home_test *x = s->x;
    struct job_plan plan = {.kind = kind,
                            .name = str_of(name),
                            .file = path_join(x->t.a, x->path, S("upload")),
                            .user = S("u"),
                            .product = S("shop"),
                            .version = S("1.0"),
                            .partial = partial,
                            .lang = "en"};
    str id;
    MUST(file_replace(plan.file, str_of(text), &x->t.e));
    MUST(jobs_add(s->jobs, x->t.a, &plan, &id, &x->t.e));
    assert_false(path_exists(plan.file));
    return id;
}

static struct jv look(struct scene *s, str id, bool *ended) {
    struct home_test *x = s->x;
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    struct json doc;
    uint64_t version;
    assert_true(jobs_show(s->jobs, id, S("u"), &w, &version, ended));
    MUST(json_parse(&x->t.ctx, x->t.a, arena_str(x->t.a, buf_str(&b)), JSON_STRICT, S("job"), &doc, &x->t.e));
    buf_free(&b);
    return doc.root;
}

static struct jv wait_for(struct scene *s, str id) {
    for (int i = 0; i < 3000; i++) {
        bool ended;
        struct jv v = look(s, id, &ended);
        if (ended)
            return v;
        usleep(10000);
    }
    fail_msg("it does not end");
    return (struct jv){NULL};
}

#define BOM(name)                                                                                                      \
    "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1,\"serialNumber\":"                             \
    "\"urn:uuid:3e671687-395b-41f5-a30f-a58921a6" name                                                                 \
    "\",\"components\":[{\"type\":\"library\",\"name\":\"left\",\"version\":\"1\",\"purl\":\"pkg:npm/left@1.0.0\"}]}"

static void imports_say_what_they_did(void **state) {
    static const struct {
        enum import_kind kind;
        const char *name, *text;
        bool partial;
        const char *outcome;
        int added, failed;
        const char *where; /* of the first fault */
    } rows[] = {
        {IMPORT_SBOM, "a.json", BOM("0000"), false, "done", 1, 0, NULL},
        {IMPORT_SBOM, "a.json", BOM("0000"), false, "done", 0, 0, NULL},
        {IMPORT_SBOM, "b.json", "{\"no\":1}", false, "failed", 0, 1, NULL},
        {IMPORT_SBOM, "c.json", "{", false, "failed", 0, 1, "c.json:1:2"},
        {IMPORT_SBOM, "d.jsonl", BOM("0001") "\n\n" BOM("0002") "\n{\n", false, "done", 2, 1, NULL},
        /* what would be a path on the server is no document */
        {IMPORT_SBOM, "e.jsonl", "{\"path\":\"akashi.toml\"}\n", false, "failed", 0, 1, NULL},
        {IMPORT_PARTIES, "p.csv", "id,name,roles\nacme,Acme,supplier\nbad,B,nobody\n", false, "failed", 0, 1,
         "p.csv:3"},
        {IMPORT_PARTIES, "p.csv", "id,name,roles\nacme,Acme,supplier\nbad,B,nobody\n", true, "done", 1, 1, "p.csv:3"},
        {IMPORT_SERVICES, "s.csv", "nothing\n", false, "failed", 0, 1, NULL},
        {IMPORT_ADVISORIES, "a.json",
         "{\"id\":\"X-1\",\"modified\":\"2026-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosystem\":\"npm\","
         "\"name\":\"left\"},\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"2.0.0\"}]"
         "}]}"
         "]}",
         false, "done", 1, 0, NULL},
        {IMPORT_ADVISORIES, "k.json",
         "{\"catalogVersion\":\"2026.01.01\",\"dateReleased\":\"2026-01-01T00:00:00Z\",\"vulnerabilities\":[{\"cveID\":"
         "\"CVE-2026-1\",\"dateAdded\":\"2026-01-01\",\"vulnerabilityName\":\"n\"}]}",
         false, "done", 0, 0, NULL},
        {IMPORT_ADVISORIES, "n.json", "{\"no\":1}", false, "failed", 0, 1, "n.json"},
        {IMPORT_ADVISORIES, "c.json", "{\"id\":", false, "failed", 0, 1, "c.json:1:7"},
        {IMPORT_ADVISORIES, "z.zip", "PK\3\4 and no zip", false, "failed", 0, 1, "z.zip"},
    };
    struct scene s;
    scene_begin(&s, *state, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct jv v = wait_for(&s, add(&s, rows[i].kind, rows[i].name, rows[i].text, rows[i].partial));
        if (!str_is(j_gets(v, "state"), rows[i].outcome) || j_int(j_get(v, "added"), -1) != rows[i].added ||
            j_int(j_get(v, "failed"), -1) != rows[i].failed)
            fail_msg("row %zu: %.*s, %lld added, %lld failed: %.*s", i, STR_ARG(j_gets(v, "state")),
                     (long long)j_int(j_get(v, "added"), -1), (long long)j_int(j_get(v, "failed"), -1),
                     STR_ARG(j_gets(j_get(v, "error"), "what")));
        if (rows[i].where)
            check_str(j_gets(j_at(j_get(v, "faults"), 0), "where"), rows[i].where);
    }
    bool ended;
    uint64_t version;
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    assert_false(jobs_show(s.jobs, S("nothing"), S("u"), &w, &version, &ended));
    buf_free(&b);
    scene_end(&s);
}

/* A program that dies, or that says nothing sensible, is one failed job. */
static void a_crash_is_one_failed_job(void **state) {
    struct scene s;
    scene_begin(&s, *state, "/bin/false");
    struct jv v = wait_for(&s, add(&s, IMPORT_SBOM, "a.json", BOM("0000"), false));
    check_str(j_gets(v, "state"), "failed");
    assert_true(j_gets(j_get(v, "error"), "what").n > 0);
    check_str(j_gets(j_at(j_get(v, "faults"), 0), "where"), "a.json");
    v = wait_for(&s, add(&s, IMPORT_ADVISORIES, "b.json", "{}", false));
    check_str(j_gets(v, "state"), "failed");
    check_str(j_gets(j_get(v, "error"), "where"), "b.json");
    assert_false(path_exists(path_join(s.x->t.a, s.x->path, S("advisories.db"))));
    scene_end(&s);
}

/* What a killed server left as running is done again, and three times are enough. */
static void a_killed_server_takes_up_again(void **state) {
    struct home_test *x = *state;
    struct scene s;
    scene_begin(&s, x, NULL);
    str id = add(&s, IMPORT_SBOM, "a.json", BOM("0000"), false);
    (void)wait_for(&s, id);
    scene_end(&s);
    str file = path_join(x->t.a, x->path, arena_printf(x->t.a, "jobs/%.*s.json", STR_ARG(id))), text;
    MUST(file_read(&x->t.ctx, x->t.a, file, &text, &x->t.e));
    for (int attempts = 1; attempts <= 3; attempts++) {
        str head, tail, left;
        size_t at = str_find(text, S("\"done\""));
        assert_true(at != STR_NONE);
        head = arena_printf(x->t.a, "%.*s\"running\"%.*s", (int)at, text.p, STR_ARG(str_from(text, at + 6)));
        at = str_find(head, S("\"attempts\": 1"));
        assert_true(at != STR_NONE);
        tail = arena_printf(x->t.a, "%.*s\"attempts\": %d%.*s", (int)at, head.p, attempts,
                            STR_ARG(str_from(head, at + 13)));
        MUST(file_replace(file, tail, &x->t.e));
        left = path_join(x->t.a, x->path, arena_printf(x->t.a, "jobs/%.*s.document", STR_ARG(id)));
        MUST(file_replace(left, S(BOM("0000")), &x->t.e));
        scene_begin(&s, x, NULL);
        struct jv v = wait_for(&s, id);
        check_str(j_gets(v, "state"), attempts < 3 ? "done" : "failed");
        if (attempts < 3)
            assert_int_equal(j_int(j_get(v, "known"), -1), 1);
        scene_end(&s);
    }
}

static str job_file(struct home_test *x, const char *id, const char *ending) {
    return path_join(x->t.a, x->path, arena_printf(x->t.a, "jobs/%s%s", id, ending));
}

/* At every moment a job's file says what is so: whoever is killed between the two leaves a document too many, never
 * one too few. */
struct order {
    struct home_test *x;
    unsigned removed, early;
};
static int look_at_state(void *of, struct disk_op *op) {
    struct order *o = of;
    str path = str_of(op->path), text;
    struct arena *a = arena_new();
    struct ctx c;
    struct err e = {0};
    ctx_init(&c);
    if (op->call == DISK_REMOVE && str_ends(path, S(".document"))) {
        str file = arena_cat(a, str_upto(path, path.n - 9), S(".json"));
        o->removed++;
        o->early += !file_read(&c, a, file, &text, &e) || str_find(text, S("\"done\"")) == STR_NONE;
    }
    ctx_free(&c);
    arena_free(a);
    return 0;
}

static void the_document_outlives_the_work(void **state) {
    struct home_test *x = *state;
    struct scene s;
    struct order o = {.x = x};
    struct disk_faults faults = {look_at_state, &o};
    scene_begin(&s, x, NULL);
    x->t.ctx.faults = &faults;
    (void)wait_for(&s, add(&s, IMPORT_SBOM, "a.json", BOM("0000"), false));
    scene_end(&s);
    x->t.ctx.faults = NULL;
    assert_int_equal(o.removed, 1);
    assert_int_equal(o.early, 0);
}

static void what_nobody_needs_is_swept(void **state) {
    static const struct {
        const char *id, *state; /* NULL: killed before its file was there */
    } rows[] = {
        {"000000000001", "done"}, {"000000000002", "cancelled"}, {"000000000003", NULL}, {"000000000004", "queued"}};
    struct home_test *x = *state;
    struct scene s;
    scene_begin(&s, x, NULL);
    scene_end(&s);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        MUST(file_replace(job_file(x, rows[i].id, ".document"), S(BOM("0000")), &x->t.e));
        if (rows[i].state)
            MUST(file_replace(job_file(x, rows[i].id, ".json"),
                              arena_printf(x->t.a,
                                           "{\"id\":\"%s\",\"kind\":\"sboms\",\"name\":\"a.json\",\"user\":\"u\","
                                           "\"product\":\"shop\",\"version\":\"1.0\",\"state\":\"%s\"}",
                                           rows[i].id, rows[i].state),
                              &x->t.e));
    }
    MUST(file_replace(job_file(x, "000000000005", ".json.new"), S("{"), &x->t.e));
    scene_begin(&s, x, NULL);
    check_str(j_gets(wait_for(&s, S("000000000004")), "state"), "done"); /* it had its document */
    scene_end(&s);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (path_exists(job_file(x, rows[i].id, ".document")))
            fail_msg("row %zu: its document is still there", i);
    assert_false(path_exists(job_file(x, "000000000005", ".json.new")));
}

static void a_queued_job_is_cancelled(void **state) {
    struct scene s;
    scene_begin(&s, *state, NULL);
    str first = add(&s, IMPORT_SBOM, "a.json", BOM("0000"), false),
        second = add(&s, IMPORT_SBOM, "b.json", BOM("0001"), false);
    assert_true(jobs_cancel(s.jobs, second, S("u")));
    assert_false(jobs_cancel(s.jobs, second, S("somebody else")));
    (void)wait_for(&s, first);
    check_str(j_gets(wait_for(&s, second), "state"), "cancelled");
    scene_end(&s);
}

/* ── no room to write down what came of it ── */

static atomic_int saves_left;
static int no_room(void *of, struct disk_op *op) {
    (void)of;
    return op->call == DISK_WRITE && str_ends(str_of(op->path), S(".json.new")) && atomic_fetch_sub(&saves_left, 1) <= 0
               ? ENOSPC
               : 0;
}

/* It was kept twice: as it waited and as it began. */
static void a_full_disk_keeps_no_job(void **state) {
    struct home_test *x = *state;
    struct disk_faults faults = {no_room, NULL};
    struct scene s;
    for (int room_again = 0; room_again < 2; room_again++) {
        scene_begin(&s, x, NULL);
        atomic_store(&saves_left, 2);
        x->t.ctx.faults = &faults;
        str id = add(&s, IMPORT_SBOM, "b.json", "{\"no\":1}", false);
        check_str(j_gets(wait_for(&s, id), "state"), "failed");
        for (int i = 0; i < 1000 && path_exists(job_file(x, id.p, ".document")); i++)
            usleep(10000);
        assert_false(path_exists(job_file(x, id.p, ".document")));
        if (room_again)
            atomic_store(&saves_left, 1000);
        scene_end(&s);
        x->t.ctx.faults = NULL;
        scene_begin(&s, x, NULL);
        struct jv v = wait_for(&s, id);
        check_str(j_gets(v, "state"), "failed");
        str what = j_gets(j_get(v, "error"), "what");
        assert_int_equal(str_starts(what, S("there was no room to write down")), !room_again);
        scene_end(&s);
    }
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(imports_say_what_they_did),      HOME_TEST(a_crash_is_one_failed_job),
        HOME_TEST(a_killed_server_takes_up_again), HOME_TEST(the_document_outlives_the_work),
        HOME_TEST(what_nobody_needs_is_swept),     HOME_TEST(a_queued_job_is_cancelled),
        HOME_TEST(a_full_disk_keeps_no_job)};
    if (argc == 3 && strcmp(argv[2], "reader") == 0) {
        struct ctx c;
        ctx_init(&c);
        reader_run(&c);
        _exit(0);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
