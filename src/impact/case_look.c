/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/case_look.h"

#include "store/queries.h"

static bool take_numbers(struct ask *q, struct arena *a, struct case_numbers *out, struct err *e) {
    bool row;
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(a, out) = ask_col_int(q, 0);
    }
    ask_end(q);
    return true;
}

/* Up to which entry of the log the last round had looked; *same false when it went by other settings. */
static bool read_base(struct portfolio *p, str settings, bool *same, int64_t *entries, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, &Q_case_look_base, &q, e) || !ask_step(q, &row, e))
        return false;
    *same = row && str_eq(ask_col_text(q, 1), settings) && ask_col_int(q, 0) <= (int64_t)p->size;
    *entries = row ? ask_col_int(q, 0) : 0;
    ask_end(q);
    return true;
}

bool case_looks_due(struct portfolio *p, struct arena *a, str settings, int64_t now, struct case_looks *out,
                    struct err *e) {
    struct ask *q;
    int64_t entries;
    bool same;
    *out = (struct case_looks){.settings = settings};
    if (!read_base(p, settings, &same, &entries, e))
        return false;
    out->all = !same;
    if (!store_ask(p->store, same ? &Q_case_looks_due : &Q_case_looks_all, &q, e))
        return false;
    if (same) {
        ask_int(q, 1, now);
        ask_int(q, 2, p->log_id);
        ask_int(q, 3, entries);
    }
    return take_numbers(q, a, &out->cases, e);
}

static bool write_one(struct portfolio *p, int64_t number, int64_t again, int64_t now, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, again == INT64_MAX ? &Q_case_look_drop : &Q_case_look_set, &q, e))
        return false;
    ask_int(q, 1, number);
    if (again != INT64_MAX)
        ask_int(q, 2, again - now > CASE_LOOK_MOST ? now + CASE_LOOK_MOST : again);
    return ask_send(q, e);
}

static bool write_all(struct portfolio *p, const struct case_looks *looks, const int64_t *again, int64_t now,
                      struct err *e) {
    struct ask *q;
    for (uint32_t i = 0; i < looks->cases.n; i++)
        if (!write_one(p, looks->cases.v[i], again[i], now, e))
            return false;
    if (!store_ask(p->store, &Q_case_look_base_set, &q, e))
        return false;
    ask_int(q, 1, (int64_t)p->size);
    ask_text(q, 2, looks->settings);
    return ask_run(q, e);
}

bool case_looked(struct portfolio *p, const struct case_looks *looks, const int64_t *again, int64_t now,
                 struct err *e) {
    if (!store_begin(p->store, e))
        return false;
    bool ok = write_all(p, looks, again, now, e) && store_commit(p->store, e);
    if (!ok)
        store_rollback(p->store);
    return ok;
}
