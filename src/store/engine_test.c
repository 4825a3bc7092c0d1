/* SPDX-License-Identifier: Apache-2.0
 *
 * What every engine does, on the engine under test (store_testing.h).
 */
#include <sys/stat.h>

#include "store/store_inner.h"
#include "store/store_testing.h"

static struct query q_put, q_get, q_all, q_sum, q_set, q_bad, q_find, q_series, q_kinds, q_null;
static struct load l_thing, l_other, l_fresh;

static void statement(struct query *q, unsigned n, const char *sqlite, const char *postgres) {
    *q = (struct query){"test", store_query_count + n, {sqlite, postgres}};
}
static void prepare_statements(void) {
    statement(&q_put, 0, "INSERT INTO zz_thing (id, name, bits, rate) VALUES (?1, ?2, ?3, ?4)",
              "INSERT INTO zz_thing (id, name, bits, rate) VALUES ($1, $2, $3, $4)");
    statement(&q_get, 1, "SELECT name, bits, rate, id FROM zz_thing WHERE id = ?1",
              "SELECT name, bits, rate, id FROM zz_thing WHERE id = $1");
    statement(&q_all, 2, "SELECT id, name FROM zz_thing ORDER BY id", "SELECT id, name FROM zz_thing ORDER BY id");
    statement(&q_sum, 3, "SELECT sum(id), count(*), max(rate), sum(-id) FROM zz_thing",
              "SELECT sum(id), count(*), max(rate), sum(-id) FROM zz_thing");
    statement(&q_set, 4,
              "INSERT INTO zz_thing (id, name) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET name = excluded.name",
              "INSERT INTO zz_thing (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name");
    statement(&q_bad, 5, "INSERT INTO zz_thing (id, name) VALUES (?1, 'twice')",
              "INSERT INTO zz_thing (id, name) VALUES ($1, 'twice')");
    statement(&q_find, 6, "SELECT id FROM zz_thing WHERE name > ?1 ORDER BY name LIMIT ?2",
              "SELECT id FROM zz_thing WHERE name > $1 ORDER BY name LIMIT $2");
    statement(&q_series, 7,
              "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?1) SELECT i FROM n",
              "SELECT * FROM generate_series(1, $1)");
    statement(&q_kinds, 8, "SELECT id FROM zz_thing WHERE name IS NOT DISTINCT FROM ?1 ORDER BY id",
              "SELECT id FROM zz_thing WHERE name IS NOT DISTINCT FROM $1 ORDER BY id");
    statement(&q_null, 9, "SELECT NULL, 7, 'text', ''", "SELECT NULL, 7, 'text', ''");
    l_thing = (struct load){"thing", store_load_count, "zz_thing", "id, name, bits, rate", "itbr", false};
    l_other = (struct load){"other", store_load_count + 1, "zz_other", "id", "i", false};
    l_fresh = (struct load){"fresh", store_load_count + 2, "zz_thing", "id, name, bits, rate", "itbr", true};
}

/* tests/postgres --citus. */
static bool for_citus(void) { return getenv("AKASHI_TEST_CITUS") != NULL; }

struct place {
    struct store_place at;
    struct store *s;
};
static struct place open_place(struct testing *t) {
    struct place p;
    prepare_statements();
    store_place_make(&p.at);
    if (!store_open(&t->ctx, str_of(p.at.where), STORE_WRITE, &p.s, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    const char *tables[] = {
        "CREATE TABLE zz_thing (id BIGINT PRIMARY KEY, name TEXT, bits BYTEA, rate DOUBLE PRECISION);"
        "CREATE TABLE zz_other (id BIGINT PRIMARY KEY)",
        "CREATE TABLE zz_thing (id BIGINT PRIMARY KEY, name TEXT COLLATE \"C\", bits BYTEA, rate DOUBLE PRECISION);"
        "CREATE TABLE zz_other (id BIGINT PRIMARY KEY)"};
    assert_true(store_exec(p.s, tables[store_engine(p.s)], &t->e));
    return p;
}
static void close_place(struct place *p) {
    store_close(p->s);
    store_place_remove(&p->at);
}

#define OK(call)                                                                                                       \
    do {                                                                                                               \
        if (!(call))                                                                                                   \
            fail_msg("%s: %s (%s)", t->e.where, t->e.what, t->e.hint);                                                 \
    } while (0)

static void put(struct testing *t, struct store *s, int64_t id, str name, str bits, double rate) {
    struct ask *q;
    OK(store_ask(s, &q_put, &q, &t->e));
    ask_int(q, 1, id);
    ask_text(q, 2, name);
    ask_blob(q, 3, bits);
    ask_real(q, 4, rate);
    OK(ask_run(q, &t->e));
}
/* What writes stands in a transaction: where there are several servers, a question outside of one only reads. */
static void put_alone(struct testing *t, struct store *s, int64_t id, str name, str bits, double rate) {
    OK(store_begin(s, &t->e));
    put(t, s, id, name, bits, rate);
    OK(store_commit(s, &t->e));
}
static int64_t count(struct testing *t, struct store *s) {
    struct ask *q;
    bool row;
    OK(store_ask(s, &q_sum, &q, &t->e));
    OK(ask_step(q, &row, &t->e));
    int64_t n = ask_col_int(q, 1);
    ask_end(q);
    return n;
}

static void every_kind_of_value_comes_back(void **state) {
    struct testing *t = *state;
    struct place p = open_place(t);
    struct ask *q;
    bool row;
    put_alone(t, p.s, INT64_MIN, S("名"), str_n("\0\1\xff", 3), -0.1);
    put_alone(t, p.s, INT64_MAX, S(""), S(""), 1e300);
    put_alone(t, p.s, 0, (str){0}, (str){0}, 0);
    OK(store_ask(p.s, &q_get, &q, &t->e));
    ask_int(q, 1, INT64_MIN);
    OK(ask_step(q, &row, &t->e));
    assert_true(row);
    check_str(ask_col_text(q, 0), "名");
    assert_true(str_eq(ask_col_blob(q, 1), str_n("\0\1\xff", 3)));
    assert_true(ask_col_real(q, 2) < -0.09 && ask_col_real(q, 2) > -0.11);
    assert_true(ask_col_int(q, 3) == INT64_MIN);
    OK(ask_step(q, &row, &t->e));
    assert_false(row);
    OK(store_ask(p.s, &q_get, &q, &t->e));
    ask_int(q, 1, INT64_MAX);
    OK(ask_step(q, &row, &t->e));
    assert_true(ask_col_text(q, 0).p && !ask_col_text(q, 0).n && ask_col_blob(q, 1).p && !ask_col_null(q, 1));
    OK(store_ask(p.s, &q_get, &q, &t->e));
    ask_int(q, 1, 0);
    OK(ask_step(q, &row, &t->e));
    assert_true(row && !ask_col_text(q, 0).p && ask_col_null(q, 1) && !ask_col_blob(q, 1).p && ask_col_int(q, 0) == 0);
    OK(store_ask(p.s, &q_null, &q, &t->e));
    OK(ask_step(q, &row, &t->e));
    assert_true(ask_col_null(q, 0) && ask_col_int(q, 1) == 7);
    check_str(ask_col_text(q, 2), "text");
    check_str(ask_col_text(q, 3), "");
    close_place(&p);
}

static void sums_are_whole_numbers(void **state) {
    struct testing *t = *state;
    struct place p = open_place(t);
    struct ask *q;
    bool row;
    put_alone(t, p.s, 4000000000000000001, S("a"), S("b"), 1.5);
    put_alone(t, p.s, 20000, S("a"), S("b"), 2.5);
    OK(store_ask(p.s, &q_sum, &q, &t->e));
    OK(ask_step(q, &row, &t->e));
    assert_true(ask_col_int(q, 0) == 4000000000000020001);
    assert_true(ask_col_int(q, 1) == 2 && ask_col_real(q, 2) > 2.4);
    assert_true(ask_col_int(q, 3) == -4000000000000020001);
    close_place(&p);
}

static void text_is_made_fit_and_sorted_by_its_bytes(void **state) {
    struct testing *t = *state;
    struct place p = open_place(t);
    struct ask *q;
    bool row;
    put_alone(t, p.s, 1, str_n("a\0b", 3), S(""), 0);
    put_alone(t, p.s, 2, S("eight plain bytes, then \xff\xfe"), S(""), 0);
    put_alone(t, p.s, 3, S("Z"), S(""), 0);
    put_alone(t, p.s, 4, S("é"), S(""), 0);
    OK(store_ask(p.s, &q_get, &q, &t->e));
    ask_int(q, 1, 1);
    OK(ask_step(q, &row, &t->e));
    check_str(ask_col_text(q, 0), "a\xEF\xBF\xBD"
                                  "b");
    OK(store_ask(p.s, &q_get, &q, &t->e));
    ask_int(q, 1, 2);
    OK(ask_step(q, &row, &t->e));
    check_str(ask_col_text(q, 0), "eight plain bytes, then \xEF\xBF\xBD\xEF\xBF\xBD");
    int64_t want[] = {3, 1, 2, 4};
    OK(store_ask(p.s, &q_find, &q, &t->e));
    ask_text(q, 1, S("A"));
    ask_int(q, 2, 10);
    for (size_t i = 0; i < 4; i++) {
        OK(ask_step(q, &row, &t->e));
        assert_true(row);
        assert_true(ask_col_int(q, 0) == want[i]);
    }
    close_place(&p);
}

static void questions_take_turns(void **state) {
    struct testing *t = *state;
    struct place p = open_place(t);
    struct ask *q, *inner, *series;
    bool row, more;
    for (int i = 0; i < 50; i++)
        put_alone(t, p.s, i, S("x"), S(""), i);
    OK(store_ask(p.s, &q_all, &q, &t->e));
    OK(store_ask(p.s, &q_series, &series, &t->e));
    ask_int(series, 1, 20);
    OK(ask_step(series, &more, &t->e));
    for (int i = 0; i < 50; i++) {
        OK(ask_step(q, &row, &t->e));
        assert_true(row && ask_col_int(q, 0) == i);
        OK(store_ask(p.s, &q_get, &inner, &t->e));
        ask_int(inner, 1, i);
        OK(ask_step(inner, &more, &t->e));
        assert_true(more && ask_col_int(inner, 3) == i);
        check_str(ask_col_text(q, 1), "x"); /* the outer row is still there */
    }
    OK(ask_step(q, &row, &t->e));
    assert_false(row);
    assert_int_equal(ask_col_int(series, 0), 1);
    for (int i = 2; i <= 20; i++) {
        OK(ask_step(series, &more, &t->e));
        assert_true(more && ask_col_int(series, 0) == i);
    }
    OK(ask_step(series, &more, &t->e));
    assert_false(more);
    close_place(&p);
}

static void a_null_may_come_first(void **state) {
    struct testing *t = *state;
    struct place p = open_place(t);
    struct ask *q;
    bool row;
    put_alone(t, p.s, 1, (str){0}, S(""), 0);
    put_alone(t, p.s, 2, S("x"), S(""), 0);
    for (int i = 0; i < 4; i++) {
        OK(store_ask(p.s, &q_kinds, &q, &t->e));
        ask_text(q, 1, i % 2 ? S("x") : (str){0});
        OK(ask_step(q, &row, &t->e));
        assert_true(row && ask_col_int(q, 0) == 1 + i % 2);
    }
    close_place(&p);
}

static void what_is_undone_is_gone(void **state) {
    struct testing *t = *state;
    struct place p = open_place(t);
    struct ask *q;
    OK(store_begin(p.s, &t->e));
    put(t, p.s, 1, S("x"), S(""), 0);
    store_rollback(p.s);
    assert_int_equal(count(t, p.s), 0);
    OK(store_begin(p.s, &t->e));
    put(t, p.s, 1, S("x"), S(""), 0);
    OK(store_ask(p.s, &q_bad, &q, &t->e));
    ask_int(q, 1, 1);
    assert_false(ask_run(q, &t->e));
    assert_int_equal(t->e.kind, ERR_ENV);
    assert_int_equal(count(t, p.s), 0); /* an error ends the transaction */
    assert_false(store_commit(p.s, &t->e));
    store_rollback(p.s);
    OK(store_begin(p.s, &t->e));
    put(t, p.s, 1, S("x"), S(""), 0);
    OK(store_commit(p.s, &t->e));
    assert_int_equal(count(t, p.s), 1);
    close_place(&p);
}

static void what_is_sent_ahead_is_there_in_order(void **state) {
    struct testing *t = *state;
    struct place p = open_place(t);
    struct ask *q;
    bool row;
    char name[32];
    OK(store_begin(p.s, &t->e));
    for (int i = 0; i < 2000; i++) {
        OK(store_ask(p.s, &q_set, &q, &t->e));
        ask_int(q, 1, i % 700);
        snprintf(name, sizeof name, "%d", i);
        ask_text(q, 2, str_of(name));
        OK(ask_send(q, &t->e));
        memset(name, 'x', sizeof name); /* nothing is borrowed any more */
    }
    assert_int_equal(count(t, p.s), 700);
    OK(store_commit(p.s, &t->e));
    OK(store_ask(p.s, &q_get, &q, &t->e));
    ask_int(q, 1, 699);
    OK(ask_step(q, &row, &t->e));
    check_str(ask_col_text(q, 0), "1399");
    /* An error among them: by the commit at the latest, and nothing stays. */
    OK(store_begin(p.s, &t->e));
    bool ok = true;
    for (int i = 0; ok && i < 3; i++) {
        ok = store_ask(p.s, &q_bad, &q, &t->e);
        ask_int(q, 1, 5000 + i % 2);
        ok = ok && ask_send(q, &t->e);
    }
    assert_false(ok && store_commit(p.s, &t->e));
    store_rollback(p.s);
    assert_int_equal(count(t, p.s), 700);
    OK(store_begin(p.s, &t->e));
    OK(store_ask(p.s, &q_bad, &q, &t->e));
    ask_int(q, 1, 5000);
    OK(ask_send(q, &t->e));
    OK(store_commit(p.s, &t->e));
    assert_int_equal(count(t, p.s), 701);
    close_place(&p);
}

static void loads_and_questions_take_turns(void **state) {
    struct testing *t = *state;
    struct place p = open_place(t);
    struct loading *l, *o;
    OK(store_begin(p.s, &t->e));
    OK(load_begin(p.s, &l_thing, &l, &t->e));
    OK(load_begin(p.s, &l_other, &o, &t->e));
    for (int i = 0; i < 3000; i++) {
        load_int(l, i);
        if (i % 3)
            load_text(l, S("name"));
        else
            load_text(l, (str){0});
        load_blob(l, S("bits\0bits"));
        if (i % 5)
            load_real(l, i);
        else
            load_null(l);
        OK(load_row(l, &t->e));
        load_int(o, i);
        OK(load_row(o, &t->e));
        if (i == 1500)
            put(t, p.s, 10000, S("x"), S(""), 0);
    }
    OK(load_end(o, &t->e));
    OK(load_end(l, &t->e));
    assert_int_equal(count(t, p.s), 3001);
    OK(store_commit(p.s, &t->e));
    assert_int_equal(count(t, p.s), 3001);
    struct ask *q;
    bool row;
    OK(store_ask(p.s, &q_get, &q, &t->e));
    ask_int(q, 1, 3);
    OK(ask_step(q, &row, &t->e));
    assert_true(row && ask_col_null(q, 0) && ask_col_blob(q, 1).n == 9 && ask_col_real(q, 2) > 2.9);
    /* A row that breaks a key. */
    OK(store_begin(p.s, &t->e));
    OK(load_begin(p.s, &l_other, &o, &t->e));
    load_int(o, 1);
    assert_false(load_row(o, &t->e) && load_end(o, &t->e));
    store_rollback(p.s);
    assert_int_equal(count(t, p.s), 3001);
    close_place(&p);
}

static void load_fresh(struct testing *t, struct loading *l, int64_t id, str name, str bits) {
    load_int(l, id);
    load_text(l, name);
    load_blob(l, bits);
    load_null(l);
    OK(load_row(l, &t->e));
}
static void rows_that_are_there_are_passed_over(void **state) {
    struct testing *t = *state;
    struct place p = open_place(t);
    struct loading *l;
    struct ask *q;
    bool row;
    put_alone(t, p.s, 7, S("there"), S("b"), 1.5);
    OK(store_begin(p.s, &t->e));
    OK(load_begin(p.s, &l_fresh, &l, &t->e));
    load_fresh(t, l, 7, S("later"), S("x"));
    load_fresh(t, l, 8, S("first \xC3\xA9 {,\"}"), S("a\0b"));
    load_fresh(t, l, 8, S("second"), S(""));
    load_fresh(t, l, 9, (str){NULL, 0}, S(""));
    for (int i = 10; i < 30000; i++) /* more than is sent at once */
        load_fresh(t, l, i, S("a name of some length, of which there are many, so that they go in several pieces"),
                   S(""));
    load_fresh(t, l, 10, S("later"), S("x"));
    OK(load_end(l, &t->e));
    OK(load_begin(p.s, &l_fresh, &l, &t->e)); /* nothing */
    OK(load_end(l, &t->e));
    OK(store_commit(p.s, &t->e));
    assert_int_equal(count(t, p.s), 29993);
    static const char *const names[] = {"there", "first \xC3\xA9 {,\"}", NULL, "a name of"};
    for (int i = 0; i < 4; i++) {
        OK(store_ask(p.s, &q_get, &q, &t->e));
        ask_int(q, 1, 7 + i);
        OK(ask_step(q, &row, &t->e) && row);
        assert_true(names[i] ? str_starts(ask_col_text(q, 0), str_of(names[i])) : ask_col_null(q, 0));
        assert_true(i == 0 || ask_col_null(q, 2));
        assert_true(i != 1 || str_eq(ask_col_blob(q, 1), S("a\0b")));
        ask_end(q);
    }
    close_place(&p);
}

static void readers_see_one_state(void **state) {
    struct testing *t = *state;
    if (for_citus()) /* there writers wait for readers: one after the other would wait for ever */
        skip();
    struct place p = open_place(t);
    struct store *reader;
    OK(store_open(&t->ctx, str_of(p.at.where), STORE_READ, &reader, &t->e));
    put_alone(t, p.s, 1, S("x"), S(""), 0);
    OK(store_begin_read(reader, &t->e));
    assert_int_equal(count(t, reader), 1);
    OK(store_begin(p.s, &t->e));
    put(t, p.s, 2, S("x"), S(""), 0);
    assert_int_equal(count(t, reader), 1);
    OK(store_commit(p.s, &t->e));
    assert_int_equal(count(t, reader), 1);
    uint64_t moment = store_moment(reader);
    assert_true(moment && moment == store_moment(reader));
    store_end_read(reader);
    assert_int_equal(store_moment(reader), 0);
    assert_int_equal(count(t, reader), 2);
    OK(store_begin_read(reader, &t->e));
    assert_true(store_moment(reader) && store_moment(reader) != moment);
    store_end_read(reader);
    OK(store_begin(p.s, &t->e));
    assert_int_equal(store_moment(p.s), 0); /* what it reads changes under it */
    store_rollback(p.s);
    store_close(reader);
    close_place(&p);
}

/* What is committed comes into the file while the store is open; nothing is changed by it. */
static void what_is_carried_is_in_the_file(void **state) {
    struct testing *t = *state;
    struct place p = open_place(t);
    struct stat before, after;
    put_alone(t, p.s, 1, S("one"), S(""), 0);
    bool file = store_engine(p.s) == STORE_SQLITE && stat(p.at.where, &before) == 0;
    store_carry(p.s);
    if (file) {
        assert_int_equal(stat(p.at.where, &after), 0);
        assert_true(after.st_size > before.st_size);
    }
    put_alone(t, p.s, 2, S("two"), S(""), 0);
    store_carry(p.s);
    close_place(&p);
}

static void a_dump_is_the_same_text_for_the_same_rows(void **state) {
    struct testing *t = *state;
    struct place p = open_place(t);
    struct buf dump = {0};
    put_alone(t, p.s, 2, S("tab\tline\nback\\"), str_n("\0\xab", 2), 0.1);
    put_alone(t, p.s, 1, (str){0}, (str){0}, 1e100);
    put_alone(t, p.s, -1, S("é"), S(""), -2);
    OK(store_dump(p.s, &dump, &t->e));
    check_str(str_from(buf_str(&dump), str_find(buf_str(&dump), S("# zz_thing"))),
              "# zz_thing\n-1\té\t\t-2\n1\t-\t-\t1e+100\n2\ttab\\tline\\nback\\\\\t00ab\t0.10000000000000001\n");
    uint64_t bytes;
    OK(store_bytes(p.s, &bytes, &t->e));
    assert_true(bytes > 8000);
    buf_free(&dump);
    close_place(&p);
}

/* The server ends every connection but the one that says so. */
static void end_connections(struct testing *t, const struct place *p) {
    struct store *other;
    OK(store_open(&t->ctx, str_of(p->at.where), STORE_READ, &other, &t->e));
    OK(store_exec(
        other,
        "SELECT pg_terminate_backend(a.pid, 5000) FROM pg_stat_activity a WHERE a.pid <> pg_backend_pid() AND "
        "a.backend_type = 'client backend' AND (a.query LIKE '%zz_thing%' OR a.query LIKE '%akashi ' || "
        "current_schema() || '%')",
        &t->e));
    store_close(other);
}

static void a_lost_connection_undoes_and_is_made_again(void **state) {
    struct testing *t = *state;
    struct place p = open_place(t);
    struct loading *l;
    if (!p.at.postgres || for_citus()) { /* there who ends connections would wait for the writer */
        close_place(&p);
        skip();
    }
    put(t, p.s, 1, S("x"), S(""), 0);
    end_connections(t, &p);
    assert_int_equal(count(t, p.s), 1); /* between two questions nobody notices */
    end_connections(t, &p);
    OK(store_begin(p.s, &t->e)); /* nor before a transaction */
    put(t, p.s, 2, S("x"), S(""), 0);
    end_connections(t, &p);
    struct ask *q;
    OK(store_ask(p.s, &q_bad, &q, &t->e));
    ask_int(q, 1, 3);
    assert_false(ask_run(q, &t->e) && store_commit(p.s, &t->e));
    assert_int_equal(t->e.kind, ERR_ENV);
    assert_true(t->e.hint[0]);
    assert_false(store_commit(p.s, &t->e));
    assert_int_equal(count(t, p.s), 1);
    /* In the middle of a load, and of statements sent ahead. */
    OK(store_begin(p.s, &t->e));
    OK(load_begin(p.s, &l_other, &l, &t->e));
    for (int i = 0; i < 1000; i++) {
        load_int(l, i);
        OK(load_row(l, &t->e));
    }
    put(t, p.s, 2, S("x"), S(""), 0);
    end_connections(t, &p);
    assert_false(load_end(l, &t->e) && store_commit(p.s, &t->e));
    OK(store_begin(p.s, &t->e));
    put(t, p.s, 2, S("x"), S(""), 0);
    end_connections(t, &p);
    bool ok = true;
    for (int i = 0; ok && i < 600; i++) {
        ok = store_ask(p.s, &q_set, &q, &t->e);
        ask_int(q, 1, i);
        ask_text(q, 2, S("y"));
        ok = ok && ask_send(q, &t->e);
    }
    assert_false(ok && store_commit(p.s, &t->e));
    OK(store_begin(p.s, &t->e));
    put(t, p.s, 2, S("x"), S(""), 0);
    OK(store_commit(p.s, &t->e));
    assert_int_equal(count(t, p.s), 2);
    close_place(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_kind_of_value_comes_back),
        TEST(sums_are_whole_numbers),
        TEST(text_is_made_fit_and_sorted_by_its_bytes),
        TEST(what_is_carried_is_in_the_file),
        TEST(questions_take_turns),
        TEST(a_null_may_come_first),
        TEST(what_is_undone_is_gone),
        TEST(what_is_sent_ahead_is_there_in_order),
        TEST(loads_and_questions_take_turns),
        TEST(rows_that_are_there_are_passed_over),
        TEST(readers_see_one_state),
        TEST(a_dump_is_the_same_text_for_the_same_rows),
        TEST(a_lost_connection_undoes_and_is_made_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
