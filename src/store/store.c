/* SPDX-License-Identifier: Apache-2.0 */
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>

#include "store/store_inner.h"

static bool open_as(struct ctx *c, str where, enum store_use use, const struct store_schema *schemas, bool *absent,
                    struct store **out, struct err *e) {
    *out = NULL;
    struct store *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->ctx = c;
    s->schemas = schemas;
    bool ok = postgres_is_address(where) ? postgres_engine_open(c, where, use, s, e)
                                         : sqlite_engine_open(c, where, use, s, e);
    if (!ok) {
        *absent = s->absent;
        free(s);
        return false;
    }
    s->mended = arena_new();
    if (schemas && !store_schema_apply(s, use, e)) {
        *absent = s->absent;
        store_close(s);
        return false;
    }
    *out = s;
    return true;
}

bool store_open_schemas(struct ctx *c, str where, enum store_use use, const struct store_schema *schemas,
                        struct store **out, struct err *e) {
    bool absent;
    return open_as(c, where, use, schemas, &absent, out, e);
}
bool store_open_made(struct ctx *c, str where, struct store **out, struct err *e) {
    struct err why = {0};
    bool absent = false;
    if (open_as(c, where, STORE_READ, store_schemas, &absent, out, &why) || absent)
        return true;
    if (e)
        *e = why;
    return false;
}
bool store_open(struct ctx *c, str where, enum store_use use, struct store **out, struct err *e) {
    return store_open_schemas(c, where, use, store_schemas, out, e);
}

void store_close(struct store *s) {
    if (!s)
        return;
    s->engine->close(s->of);
    arena_free(s->mended);
    free(s);
}

enum store_engine store_engine(const struct store *s) { return s->engine->kind; }
str store_shown(const struct store *s) { return str_of(s->shown); }
bool store_exec(struct store *s, const char *sql, struct err *e) { return s->engine->exec(s->of, sql, e); }

static void forget_mended(struct store *s) { arena_reset(s->mended, (struct arena_mark){0}); }

static bool begin(struct store *s, bool write, struct err *e) {
    s->inside = s->engine->begin(s->of, write, e);
    if (s->inside && !store_schema_same(s, e))
        store_rollback(s);
    s->moment = s->inside && !write ? ++s->moments : 0;
    return s->inside;
}
bool store_begin(struct store *s, struct err *e) { return begin(s, true, e); }
bool store_commit(struct store *s, struct err *e) {
    bool ok = s->engine->commit(s->of, e);
    forget_mended(s);
    s->inside = false;
    s->moment = 0;
    return ok;
}
void store_rollback(struct store *s) {
    s->engine->rollback(s->of);
    forget_mended(s);
    s->inside = false;
    s->moment = 0;
}
bool store_begin_read(struct store *s, struct err *e) { return begin(s, false, e); }
void store_end_read(struct store *s) { store_rollback(s); }
bool store_inside(const struct store *s) { return s->inside; }
uint64_t store_moment(const struct store *s) { return s->moment; }
void store_carry(struct store *s) {
    if (s->engine->carry)
        s->engine->carry(s->of);
}

bool store_clear(struct store *s, const char *keep, struct err *e) {
    for (const struct store_table *t = store_tables; t->name; t++) {
        char sql[200];
        snprintf(sql, sizeof sql, "DELETE FROM %s", t->name);
        if (!(keep && strcmp(t->part, keep) == 0) && !s->engine->exec(s->of, sql, e))
            return false;
    }
    return true;
}

/* ── texts ── PostgreSQL takes no NUL and nothing but UTF-8, SQLite anything; both shall hold the same. */

/* No byte is 0 and none has its high bit set: nearly every text. */
static bool is_plain(str s) {
    const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
    size_t i = 0;
    for (; i + 8 <= s.n; i += 8) {
        uint64_t x;
        memcpy(&x, s.p + i, 8);
        if ((x & high) || ((x - ones) & ~x & high))
            return false;
    }
    for (; i < s.n; i++)
        if (s.p[i] <= 0)
            return false;
    return true;
}
static str mended(struct store *s, str v) {
    struct buf b = {0};
    for (size_t i = 0; i < v.n;) {
        uint32_t u = 0;
        size_t n = str_rune(str_from(v, i), &u);
        buf_add(&b, n && u ? str_upto(str_from(v, i), n) : S("\xEF\xBF\xBD"));
        i += n ? n : 1;
    }
    v = arena_str(s->mended, buf_str(&b));
    buf_free(&b);
    return v;
}
static str text_fit(struct store *s, str v) {
    return !v.p || is_plain(v) || (!memchr(v.p, 0, v.n) && str_utf8_ok(v)) ? v : mended(s, v);
}

/* ── statements ── */

bool store_ask(struct store *s, const struct query *q, struct ask **out, struct err *e) {
    bool ok = s->engine->ask(s->of, q, out, e);
    if (ok)
        (*out)->store = s;
    s->asked += ok;
    return ok;
}
uint64_t store_asked(const struct store *s) { return s->asked; }
void ask_int(struct ask *q, int at, int64_t v) { q->engine->bind(q, at, 'i', v, (str){0}, 0); }
void ask_text(struct ask *q, int at, str v) { q->engine->bind(q, at, 't', 0, text_fit(q->store, v), 0); }
void ask_blob(struct ask *q, int at, str v) { q->engine->bind(q, at, 'b', 0, v, 0); }
void ask_numbers(struct ask *q, int at, struct arena *a, const uint32_t *v, uint32_t n) {
    struct buf b = {0};
    buf_addc(&b, '[');
    for (uint32_t i = 0; i < n; i++)
        buf_addf(&b, i ? ",%u" : "%u", v[i]);
    buf_addc(&b, ']');
    ask_text(q, at, arena_str(a, buf_str(&b)));
    buf_free(&b);
}
void ask_real(struct ask *q, int at, double v) { q->engine->bind(q, at, 'r', 0, (str){0}, v); }
bool ask_step(struct ask *q, bool *row, struct err *e) { return q->engine->step(q, row, e); }
bool ask_run(struct ask *q, struct err *e) {
    bool row = true, ok = true;
    while (ok && row)
        ok = q->engine->step(q, &row, e);
    q->engine->end(q);
    return ok;
}
bool ask_send(struct ask *q, struct err *e) { return q->engine->send(q, e); }
void ask_end(struct ask *q) { q->engine->end(q); }
int64_t ask_col_int(struct ask *q, int at) { return q->engine->col_int(q, at); }
str ask_col_text(struct ask *q, int at) { return q->engine->col_str(q, at, false); }
str ask_col_blob(struct ask *q, int at) { return q->engine->col_str(q, at, true); }
double ask_col_real(struct ask *q, int at) { return q->engine->col_real(q, at); }
bool ask_col_null(struct ask *q, int at) { return q->engine->col_null(q, at); }

/* ── loads ── */

bool load_begin(struct store *s, const struct load *l, struct loading **out, struct err *e) {
    bool ok = s->engine->load_begin(s->of, l, out, e);
    if (ok)
        (*out)->store = s;
    return ok;
}
void load_int(struct loading *l, int64_t v) { l->engine->load_value(l, 'i', v, (str){0}, 0); }
void load_text(struct loading *l, str v) { l->engine->load_value(l, 't', 0, text_fit(l->store, v), 0); }
void load_blob(struct loading *l, str v) { l->engine->load_value(l, 'b', 0, v, 0); }
void load_real(struct loading *l, double v) { l->engine->load_value(l, 'r', 0, (str){0}, v); }
void load_null(struct loading *l) { l->engine->load_value(l, 'n', 0, (str){0}, 0); }
bool load_row(struct loading *l, struct err *e) { return l->engine->load_row(l, e); }
bool load_end(struct loading *l, struct err *e) { return l->engine->load_end(l, e); }

bool store_bytes(struct store *s, uint64_t *out, struct err *e) { return s->engine->bytes(s->of, out, e); }
