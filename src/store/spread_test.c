/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables cut into parts, on one PostgreSQL server and on several (tests/postgres --servers 3; else these skip).
 */
#include "store/postgres.h"
#include "store/store_testing.h"

#define SAME(sql)                                                                                                      \
    { sql, sql }
static const struct store_schema schemas[] = {
    {"parts", 1,
     SAME("CREATE TABLE zz_list (id BIGINT PRIMARY KEY, ids BYTEA NOT NULL);"
          "CREATE TABLE zz_post (bucket BIGINT NOT NULL, id BIGINT NOT NULL, bits BYTEA NOT NULL, PRIMARY KEY (bucket, "
          "id)); CREATE INDEX zz_post_id ON zz_post (id)")},
    {"store",
     1,
     {"CREATE TABLE schema_part (name TEXT PRIMARY KEY, version BIGINT NOT NULL)",
      "CREATE TABLE schema_part (name TEXT COLLATE \"C\" PRIMARY KEY, version BIGINT NOT NULL)"}},
    {0}};
static const struct store_distributed tables[] = {{"zz_list", "id"}, {"zz_post", "id"}, {0}};
static struct load l_list, l_post;
static struct query q_get, q_range, q_count, q_change, q_drop;

static void statement(struct query *q, unsigned n, const char *sql) {
    *q = (struct query){"test", store_query_count + n, {sql, sql}};
}
static int set_up(void **state) {
    (void)state;
    l_list = (struct load){"list", store_load_count, "zz_list", "id, ids", "ib"};
    l_post = (struct load){"post", store_load_count + 1, "zz_post", "bucket, id, bits", "iib"};
    statement(&q_get, 0, "SELECT ids FROM zz_list WHERE id = $1");
    statement(&q_range, 1, "SELECT id, bits FROM zz_post WHERE bucket = $1 AND id >= $2 AND id <= $3 ORDER BY id");
    statement(&q_count, 2, "SELECT count(*) FROM zz_list");
    statement(&q_change, 3, "UPDATE zz_list SET ids = $2 WHERE id = $1");
    statement(&q_drop, 4, "DELETE FROM zz_post WHERE bucket = $1");
    return 0;
}

#define OK(call)                                                                                                       \
    do {                                                                                                               \
        if (!(call))                                                                                                   \
            fail_msg("%s: %s (%s)", t->e.where, t->e.what, t->e.hint);                                                 \
    } while (0)

static void write_rows(struct testing *t, struct store *s, int64_t from, int64_t until) {
    struct loading *l, *m;
    OK(load_begin(s, &l_list, &l, &t->e));
    OK(load_begin(s, &l_post, &m, &t->e));
    for (int64_t i = from; i < until; i++) {
        char text[32];
        snprintf(text, sizeof text, "list %lld", (long long)i);
        load_int(l, i);
        load_blob(l, str_of(text));
        OK(load_row(l, &t->e));
        load_int(m, i / 100);
        load_int(m, i);
        load_blob(m, str_of(text));
        OK(load_row(m, &t->e));
    }
    OK(load_end(l, &t->e));
    OK(load_end(m, &t->e));
}
static void change(struct testing *t, struct store *s, int64_t id, str ids) {
    struct ask *q;
    OK(store_ask(s, &q_change, &q, &t->e));
    ask_int(q, 1, id);
    ask_blob(q, 2, ids);
    OK(ask_send(q, &t->e));
}
static void drop(struct testing *t, struct store *s, int64_t bucket) {
    struct ask *q;
    OK(store_ask(s, &q_drop, &q, &t->e));
    ask_int(q, 1, bucket);
    OK(ask_run(q, &t->e));
}
static int64_t count(struct testing *t, struct store *s) {
    struct ask *q;
    bool row;
    OK(store_ask(s, &q_count, &q, &t->e));
    OK(ask_step(q, &row, &t->e));
    int64_t n = ask_col_int(q, 0);
    ask_end(q);
    return n;
}
static void dump(struct testing *t, struct store *s, struct buf *out) {
    buf_clear(out);
    OK(store_dump(s, out, &t->e));
}

/* The same steps on whatever is there. */
static void work(struct testing *t, struct store *s) {
    struct ask *q, *inner;
    bool row, more;
    OK(store_begin(s, &t->e));
    write_rows(t, s, 0, 1000);
    change(t, s, 17, S("changed"));
    change(t, s, 17, S("changed twice"));
    drop(t, s, 3);
    OK(store_commit(s, &t->e));
    assert_int_equal(count(t, s), 1000);
    OK(store_ask(s, &q_range, &q, &t->e));
    ask_int(q, 1, 5);
    ask_int(q, 2, 510);
    ask_int(q, 3, 530);
    for (int64_t i = 510; i <= 530; i++) {
        OK(ask_step(q, &row, &t->e));
        assert_true(row && ask_col_int(q, 0) == i);
        OK(store_ask(s, &q_get, &inner, &t->e));
        ask_int(inner, 1, i);
        OK(ask_step(inner, &more, &t->e));
        assert_true(more && str_eq(ask_col_blob(inner, 0), ask_col_blob(q, 1)));
    }
    OK(ask_step(q, &row, &t->e));
    assert_false(row);
    ask_end(inner);
    OK(store_begin(s, &t->e));
    write_rows(t, s, 1000, 1100);
    store_rollback(s);
    assert_int_equal(count(t, s), 1000);
}

static struct store *open_it(struct testing *t, const struct store_place *p) {
    struct store *s;
    OK(store_open_schemas(&t->ctx, str_of(p->where), STORE_WRITE, schemas, &s, &t->e));
    return s;
}

static void parts_of_one_server_answer_like_one_table(void **state) {
    struct testing *t = *state;
    struct store_place p, plain;
    struct buf one = {0}, other = {0};
    if (!store_testing_address())
        skip();
    store_place_make(&p);
    store_place_make(&plain);
    struct store_layout l = {.parts = 4};
    OK(store_spread_schemas(&t->ctx, str_of(p.where), &l, schemas, tables, &t->e));
    struct store *s = open_it(t, &p), *u = open_it(t, &plain);
    work(t, s);
    work(t, u);
    dump(t, s, &one);
    dump(t, u, &other);
    check_str(buf_str(&one), other.p ? (buf_addc(&other, 0), other.p) : "");
    uint64_t bytes;
    OK(store_bytes(s, &bytes, &t->e));
    assert_true(bytes > 100000);
    store_close(s);
    store_close(u);
    assert_false(store_spread_schemas(&t->ctx, str_of(p.where), &l, schemas, tables, &t->e));
    assert_non_null(strstr(t->e.hint, "--replace"));
    l.replace = true;
    OK(store_spread_schemas(&t->ctx, str_of(p.where), &l, schemas, tables, &t->e));
    s = open_it(t, &p);
    assert_int_equal(count(t, s), 0);
    store_close(s);
    buf_free(&one);
    buf_free(&other);
    store_place_remove(&p);
    store_place_remove(&plain);
}

/* Citus itself is not at hand: a function of its name notes what it is asked for, and refuses what Citus refuses. */
static void where_citus_is_its_calls_are_made(void **state) {
    struct testing *t = *state;
    struct store_place p;
    struct buf rows = {0};
    if (!store_testing_address())
        skip();
    store_place_make(&p);
    struct store *s = open_it(t, &p);
    OK(store_exec(s,
                  "CREATE TABLE zz_asked (what TEXT COLLATE \"C\" PRIMARY KEY); CREATE FUNCTION "
                  "create_distributed_table(r regclass, c text, colocate_with text DEFAULT 'default', shard_count int "
                  "DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$BEGIN IF shard_count IS NOT NULL AND colocate_with "
                  "NOT IN ('default', 'none') THEN RAISE 'Cannot use colocate_with with a table and shard_count at the "
                  "same time'; END IF; INSERT INTO zz_asked VALUES (r::text || ' ' || c || ' ' || "
                  "regexp_replace(colocate_with, '.*[.]', '') || coalesce(' ' || shard_count, '')); END$$",
                  &t->e));
    struct store_layout l = {.parts = 6};
    OK(store_spread_schemas(&t->ctx, str_of(p.where), &l, schemas, tables, &t->e));
    dump(t, s, &rows);
    str asked = str_upto(buf_str(&rows), str_find(buf_str(&rows), S("# zz_list")));
    check_str(str_from(asked, str_find(asked, S("# zz_asked"))), "# zz_asked\nzz_list id none 6\nzz_post id zz_list\n");
    store_close(s);
    buf_free(&rows);
    store_place_remove(&p);
}

/* ── three servers ── */

struct cluster {
    struct store_place p;
    struct store_node nodes[2];
    struct store_layout l;
    char schema[64];
};
static bool make_cluster(struct testing *t, struct cluster *k) {
    const char *two = getenv("AKASHI_TEST_POSTGRES_2"), *three = getenv("AKASHI_TEST_POSTGRES_3");
    *k = (struct cluster){0};
    if (!store_testing_address() || !two || !three)
        return false;
    store_place_make(&k->p);
    k->nodes[0] = (struct store_node){S("n2"), str_of(two)};
    k->nodes[1] = (struct store_node){S("n3"), str_of(three)};
    k->l = (struct store_layout){.nodes = k->nodes, .n_nodes = 2};
    snprintf(k->schema, sizeof k->schema, "%s", strstr(k->p.where, "akashi_schema=") + 14);
    OK(store_spread_schemas(&t->ctx, str_of(k->p.where), &k->l, schemas, tables, &t->e));
    return true;
}
/* A server by itself, as its administrator sees it. */
static void on_node(struct testing *t, struct cluster *k, int node, const char *format) {
    char where[600], sql[2000];
    struct store *s;
    snprintf(where, sizeof where, "%.*s?akashi_schema=admin", STR_ARG(k->nodes[node].address));
    OK(store_open_schemas(&t->ctx, str_of(where), STORE_WRITE, NULL, &s, &t->e));
    struct buf b = {0};
    for (const char *c = format; *c; c++)
        if (*c == '@')
            buf_addf(&b, "%s_part", k->schema);
        else
            buf_addc(&b, *c);
    snprintf(sql, sizeof sql, "%.*s", STR_ARG(buf_str(&b)));
    buf_free(&b);
    OK(store_exec(s, sql, &t->e));
    store_close(s);
}

static void three_servers_answer_like_one(void **state) {
    struct testing *t = *state;
    struct cluster k;
    struct store_place plain;
    struct buf one = {0}, other = {0};
    if (!make_cluster(t, &k))
        skip();
    store_place_make(&plain);
    struct store *s = open_it(t, &k.p), *u = open_it(t, &plain);
    work(t, s);
    work(t, u);
    dump(t, s, &one);
    dump(t, u, &other);
    buf_addc(&other, 0);
    check_str(buf_str(&one), other.p);
    /* Each server has its share. */
    on_node(t, &k, 0, "DO $$ BEGIN ASSERT (SELECT count(*) FROM @.zz_list_1) BETWEEN 200 AND 500; END $$");
    on_node(t, &k, 1, "DO $$ BEGIN ASSERT (SELECT count(*) FROM @.zz_list_2) BETWEEN 200 AND 500; END $$");
    store_close(s);
    store_close(u);
    buf_free(&one);
    buf_free(&other);
    store_place_remove(&k.p);
    store_place_remove(&plain);
}

static void a_commit_cut_off_between_servers_is_taken_back(void **state) {
    struct testing *t = *state;
    struct cluster k;
    struct buf before = {0}, after = {0};
    if (!make_cluster(t, &k))
        skip();
    struct store *s = open_it(t, &k.p), *reader;
    work(t, s);
    dump(t, s, &before);
    OK(store_open_schemas(&t->ctx, str_of(k.p.where), STORE_READ, schemas, &reader, &t->e));
    assert_int_equal(count(t, reader), 1000);
    /* One server has committed transaction 3, the leading one has not. */
    on_node(t, &k, 0,
            "BEGIN; INSERT INTO @.node_call VALUES ('begin', (SELECT seq + 1 FROM @.node_mark));"
            "INSERT INTO @.zz_list_1 (id, ids) VALUES (5000, 'torn'), (5001, 'torn');"
            "UPDATE @.zz_list_1 SET ids = 'torn'; UPDATE @.zz_list_1 SET ids = 'torn again' WHERE id % 2 = 0;"
            "DELETE FROM @.zz_list_1 WHERE id % 3 = 0; DELETE FROM @.zz_post_1; COMMIT");
    struct ask *q;
    bool row;
    OK(store_ask(reader, &q_count, &q, &t->e));
    assert_false(ask_step(q, &row, &t->e)); /* no answer rather than a wrong one */
    assert_int_equal(t->e.kind, ERR_ENV);
    assert_non_null(strstr(t->e.what, "n2"));
    assert_false(store_begin_read(reader, &t->e));
    OK(store_begin(s, &t->e));
    write_rows(t, s, 2000, 2010);
    store_rollback(s);
    OK(store_begin(s, &t->e));
    OK(store_commit(s, &t->e));
    assert_int_equal(count(t, reader), 1000);
    dump(t, s, &after);
    buf_addc(&after, 0);
    check_str(buf_str(&before), after.p);
    /* Further apart than that is not mended. */
    on_node(t, &k, 1, "UPDATE @.node_mark SET seq = seq + 2");
    assert_false(store_begin(s, &t->e));
    assert_non_null(strstr(t->e.hint, "--replace"));
    store_close(reader);
    store_close(s);
    buf_free(&before);
    buf_free(&after);
    store_place_remove(&k.p);
}

static void who_does_not_say_which_transaction_cannot_write(void **state) {
    struct testing *t = *state;
    struct cluster k;
    if (!make_cluster(t, &k))
        skip();
    on_node(t, &k, 0,
            "DO $$ BEGIN INSERT INTO @.zz_list_1 (id, ids) VALUES (1, 'x'); RAISE 'written'; EXCEPTION WHEN "
            "undefined_object THEN NULL; END $$");
    /* The same server is not taken twice. */
    struct store_place other;
    store_place_make(&other);
    struct store_layout l = k.l;
    assert_false(store_spread_schemas(&t->ctx, str_of(k.p.where), &l, schemas, tables, &t->e));
    l.replace = true;
    OK(store_spread_schemas(&t->ctx, str_of(k.p.where), &l, schemas, tables, &t->e));
    struct store *s = open_it(t, &k.p);
    work(t, s);
    store_close(s);
    store_place_remove(&other);
    store_place_remove(&k.p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(parts_of_one_server_answer_like_one_table),
        TEST(where_citus_is_its_calls_are_made),
        TEST(three_servers_answer_like_one),
        TEST(a_commit_cut_off_between_servers_is_taken_back),
        TEST(who_does_not_say_which_transaction_cannot_write),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
