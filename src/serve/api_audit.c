/* SPDX-License-Identifier: Apache-2.0
 *
 * What changed in who may do what: taken from the log into rows, and shown to administrators.
 */
#include "serve/audit.h"
#include "serve/call.h"
#include "store/queries.h"

bool api_audit(struct call *q, struct err *e);

/* ── rows ── */

static bool take_audit(struct portfolio *p, const struct entry *x, struct err *e) {
    struct jv said = x->statement->predicate;
    struct ask *q;
    bool row;
    if (x->log_id != p->log_id) /* users of somebody else's home */
        return true;
    if (!store_ask(p->store, &Q_audit_there, &q, e))
        return false;
    ask_int(q, 1, x->log_id);
    ask_int(q, 2, (int64_t)x->index);
    if (!ask_step(q, &row, e))
        return false;
    ask_end(q);
    if (row)
        return true;
    if (!store_ask(p->store, &Q_audit_add, &q, e))
        return false;
    ask_int(q, 1, x->log_id);
    ask_int(q, 2, (int64_t)x->index);
    ask_int(q, 3, x->time);
    ask_text(q, 4, j_gets(said, "event"));
    ask_text(q, 5, j_gets(said, "user"));
    ask_text(q, 6, json_text(said, x->arena));
    return ask_run(q, e);
}
const struct projection audit_projection = {"audit", take_audit};

/* ── the page ── */

static bool count(struct call *q, str user, int64_t *out, struct err *e) {
    struct ask *k;
    bool row;
    if (!store_ask(q->views->store, &Q_audit_count, &k, e))
        return false;
    ask_int(k, 1, q->views->log_id);
    ask_text(k, 2, user);
    if (!ask_step(k, &row, e))
        return false;
    *out = row ? ask_col_int(k, 0) : 0;
    ask_end(k);
    return true;
}

static void put_row(struct call *q, struct jw *w, struct ask *k) {
    struct json doc;
    jw_obj(w);
    jw_kint(w, "entry", ask_col_int(k, 0));
    jw_kstr(w, "time", time_rfc3339(q->a, ask_col_int(k, 1)));
    if (json_parse(q->ctx, q->a, ask_col_text(k, 3), JSON_STRICT, S("audit"), &doc, NULL))
        for (struct jiter it = j_iter(doc.root); j_next(&it);) {
            jw_key(w, it.key);
            jw_val(w, it.val);
        }
    jw_obj_end(w);
}

static bool put_rows(struct call *q, struct jw *w, str user, int64_t before, uint64_t limit, struct err *e) {
    struct ask *k;
    bool row = true;
    int64_t last = 0;
    uint64_t n = 0;
    if (!store_ask(q->views->store, user.n ? &Q_audit_rows_of : &Q_audit_rows, &k, e))
        return false;
    ask_int(k, 1, q->views->log_id);
    ask_int(k, 2, before);
    ask_int(k, 3, (int64_t)limit + 1);
    if (user.n)
        ask_text(k, 4, user);
    jw_karr(w, "rows");
    while (ask_step(k, &row, e) && row && n < limit) {
        last = ask_col_int(k, 0);
        put_row(q, w, k);
        n++;
    }
    bool more = row;
    if (e->kind != ERR_NONE)
        return false;
    ask_end(k);
    jw_arr_end(w);
    if (more)
        jw_kstr(w, "next", arena_printf(q->a, "%lld", (long long)last));
    return true;
}

bool api_audit(struct call *q, struct err *e) {
    uint64_t limit, before;
    int64_t total;
    str user = call_text(q, "user");
    if (!call_number(q, "limit", 50, 500, &limit, e) || !call_number(q, "page", INT64_MAX, INT64_MAX, &before, e) ||
        !count(q, user.n ? user : (str){NULL, 0}, &total, e))
        return false;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kint(w, "total", total);
    if (!put_rows(q, w, user, (int64_t)before, limit ? limit : 50, e))
        return false;
    jw_obj_end(w);
    return true;
}
const struct route_doc api_audit_doc = {
    .answer = "audit-answer",
    .arguments = (const struct route_argument[]){{"user", "text", N_("about this user alone: an id")},
                                                 {"limit", "number", N_("rows of a page: at most 500 (50)")},
                                                 {"page", "text", N_("\"next\" of the page before")},
                                                 {0}}};
