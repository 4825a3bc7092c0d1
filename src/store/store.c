/* SPDX-License-Identifier: Apache-2.0 */
#include "store/store.h"

#include <stdlib.h>

#include "store/store_inner.h"

bool store_open(struct ctx *c, str where, enum store_use use, struct store **out, struct err *e) {
    *out = NULL;
    struct store *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->ctx = c;
    if (!sqlite_engine_open(c, where, use, s, e)) {
        free(s);
        return false;
    }
    if (!store_schema_apply(s, where, use, e)) {
        store_close(s);
        return false;
    }
    *out = s;
    return true;
}

void store_close(struct store *s) {
    if (!s)
        return;
    s->engine->close(s->of);
    free(s);
}

enum store_engine store_engine(const struct store *s) { return s->engine->kind; }

bool store_begin(struct store *s, struct err *e) { return s->engine->begin(s->of, true, e); }
bool store_commit(struct store *s, struct err *e) { return s->engine->commit(s->of, e); }
void store_rollback(struct store *s) { s->engine->rollback(s->of); }
bool store_begin_read(struct store *s, struct err *e) { return s->engine->begin(s->of, false, e); }
void store_end_read(struct store *s) { s->engine->rollback(s->of); }

bool store_ask(struct store *s, const struct query *q, struct ask **out, struct err *e) {
    return s->engine->ask(s->of, q, out, e);
}
void ask_int(struct ask *q, int at, int64_t v) { q->engine->bind(q, at, 'i', v, (str){0}, 0); }
void ask_text(struct ask *q, int at, str v) { q->engine->bind(q, at, v.p ? 't' : 'n', 0, v, 0); }
void ask_blob(struct ask *q, int at, str v) { q->engine->bind(q, at, v.p ? 'b' : 'n', 0, v, 0); }
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

bool load_begin(struct store *s, const struct load *l, struct loading **out, struct err *e) {
    return s->engine->load_begin(s->of, l, out, e);
}
void load_int(struct loading *l, int64_t v) { l->engine->load_value(l, 'i', v, (str){0}, 0); }
void load_text(struct loading *l, str v) { l->engine->load_value(l, v.p ? 't' : 'n', 0, v, 0); }
void load_blob(struct loading *l, str v) { l->engine->load_value(l, v.p ? 'b' : 'n', 0, v, 0); }
void load_real(struct loading *l, double v) { l->engine->load_value(l, 'r', 0, (str){0}, v); }
void load_null(struct loading *l) { l->engine->load_value(l, 'n', 0, (str){0}, 0); }
bool load_row(struct loading *l, struct err *e) { return l->engine->load_row(l, e); }
bool load_end(struct loading *l, struct err *e) { return l->engine->load_end(l, e); }

bool store_dump(struct store *s, struct buf *out, struct err *e) { return s->engine->dump(s->of, out, e); }
bool store_bytes(struct store *s, uint64_t *out, struct err *e) { return s->engine->bytes(s->of, out, e); }
