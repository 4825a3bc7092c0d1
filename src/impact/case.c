/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/case.h"

#include <stdlib.h>

#include "impact/case_inner.h"

static void take_row(struct arena *a, struct ask *q, struct case_row *out) {
    *out = (struct case_row){.number = ask_col_int(q, 0),
                             .id = arena_str(a, ask_col_text(q, 1)),
                             .product = ask_col_int(q, 2),
                             .package = arena_str(a, ask_col_text(q, 3)),
                             .upgrade = arena_str(a, ask_col_text(q, 4)),
                             .status = (enum case_status)ask_col_int(q, 5),
                             .overridden = ask_col_int(q, 10) != 0,
                             .decision = arena_str(a, ask_col_text(q, 11)),
                             .owner = arena_str(a, ask_col_text(q, 12)),
                             .score = (int32_t)ask_col_int(q, 13),
                             .epss = (int32_t)ask_col_int(q, 14),
                             .kev = ask_col_int(q, 15) != 0,
                             .opened = ask_col_int(q, 16),
                             .changed = ask_col_int(q, 17),
                             .closed = ask_col_int(q, 18),
                             .entry = (uint64_t)ask_col_int(q, 19)};
    out->priority = (struct case_priority){.outcome = arena_str(a, ask_col_text(q, 6)),
                                           .table = arena_str(a, ask_col_text(q, 7)),
                                           .path = arena_str(a, ask_col_text(q, 8)),
                                           .rank = (unsigned)ask_col_int(q, 9)};
}

bool case_get(struct portfolio *p, struct arena *a, int64_t number, struct case_row *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, &Q_case_row, &q, e))
        return false;
    ask_int(q, 1, number);
    if (!ask_step(q, &row, e))
        return false;
    if (row)
        take_row(a, q, out);
    ask_end(q);
    return row || err_set(e, ERR_ENV, S(""), _("no case has the number %lld"), (long long)number);
}

bool case_find(struct portfolio *p, struct arena *a, str id, bool *found, struct case_row *out, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_case_by_id, &q, e))
        return false;
    ask_text(q, 1, id);
    if (!ask_step(q, found, e))
        return false;
    int64_t number = *found ? ask_col_int(q, 0) : 0;
    ask_end(q);
    return !*found || case_get(p, a, number, out, e);
}

enum { PAGE = 256 };

static bool read_page(struct portfolio *p, struct arena *a, bool open_only, int64_t after, struct case_rows *out,
                      struct err *e) {
    struct ask *q;
    bool row;
    *out = (struct case_rows){0};
    if (!store_ask(p->store, open_only ? &Q_cases_open : &Q_cases_all, &q, e))
        return false;
    ask_int(q, 1, after);
    while (out->n < PAGE) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        take_row(a, q, vec_push(a, out));
    }
    ask_end(q);
    return true;
}

bool cases_each(struct portfolio *p, bool open_only, bool (*each)(void *arg, const struct case_row *x, struct err *e),
                void *arg, struct err *e) {
    struct arena *a = arena_new();
    struct case_rows page;
    int64_t after = 0;
    bool ok = true;
    do {
        arena_reset(a, (struct arena_mark){0});
        ok = read_page(p, a, open_only, after, &page, e);
        for (uint32_t i = 0; i < page.n && ok; i++) {
            ok = each(arg, &page.v[i], e);
            after = page.v[i].number;
        }
    } while (ok && page.n == PAGE);
    arena_free(a);
    return ok;
}

bool cases_of(struct portfolio *p, struct arena *a, int64_t product, str package, struct case_rows *out,
              struct err *e) {
    struct ask *q;
    bool row;
    *out = (struct case_rows){0};
    if (!store_ask(p->store, &Q_cases_of, &q, e))
        return false;
    ask_int(q, 1, product);
    ask_text(q, 2, package);
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        take_row(a, q, vec_push(a, out));
    }
    ask_end(q);
    return true;
}

bool case_findings(struct portfolio *p, struct arena *a, int64_t number, struct case_findings *out, struct err *e) {
    struct ask *q;
    bool row;
    *out = (struct case_findings){0};
    if (!store_ask(p->store, &Q_case_findings, &q, e))
        return false;
    ask_int(q, 1, number);
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(a, out) = (struct case_finding){.component = arena_str(a, ask_col_text(q, 0)),
                                                  .flaw = arena_str(a, ask_col_text(q, 1)),
                                                  .fixed = arena_str(a, ask_col_text(q, 2)),
                                                  .kev = ask_col_int(q, 3) != 0,
                                                  .epss = (int32_t)ask_col_int(q, 4),
                                                  .score = (int32_t)ask_col_int(q, 5)};
    }
    ask_end(q);
    return true;
}

static int by_name(const void *x, const void *y) { return str_cmp(*(const str *)x, *(const str *)y); }

/* In order, each once. */
static void order_names(struct case_names *v) {
    uint32_t kept = 0;
    if (v->n)
        qsort(v->v, v->n, sizeof *v->v, by_name);
    for (uint32_t i = 0; i < v->n; i++)
        if (!kept || !str_eq(v->v[kept - 1], v->v[i]))
            v->v[kept++] = v->v[i];
    v->n = kept;
}

static bool parse_step(struct portfolio *p, struct arena *a, str text, struct case_step *out, struct err *e) {
    struct json doc;
    if (!json_parse(p->ctx, a, text, JSON_STRICT, S(""), &doc, e))
        return false;
    (void)case_step_read(a, doc.root, out);
    return true;
}

bool case_places(struct portfolio *p, struct arena *a, int64_t number, struct case_names *releases,
                 struct case_names *deployments, struct err *e) {
    struct case_step last = {0};
    struct ask *q;
    bool row;
    *releases = *deployments = (struct case_names){0};
    if (!store_ask(p->store, &Q_case_last_found, &q, e))
        return false;
    ask_int(q, 1, number);
    if (!ask_step(q, &row, e))
        return false;
    str text = row ? arena_str(a, ask_col_blob(q, 0)) : (str){NULL, 0};
    ask_end(q);
    if (!row)
        return true;
    if (!parse_step(p, a, text, &last, e))
        return false;
    *releases = last.releases;
    *deployments = last.deployments;
    order_names(releases);
    order_names(deployments);
    return true;
}

static bool parse_steps(struct portfolio *p, struct arena *a, struct case_history *v, const str *texts, struct err *e) {
    for (uint32_t i = 0; i < v->n; i++)
        if (!parse_step(p, a, texts[i], &v->v[i].step, e))
            return false;
    return true;
}

bool case_history(struct portfolio *p, struct arena *a, int64_t number, struct case_history *out, struct err *e) {
    struct ask *q;
    bool row;
    VEC(str) texts = {0};
    *out = (struct case_history){0};
    if (!store_ask(p->store, &Q_case_steps, &q, e))
        return false;
    ask_int(q, 1, number);
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        struct case_happened *x = vec_push(a, out);
        *x = (struct case_happened){.entry = (uint64_t)ask_col_int(q, 0), .time = ask_col_int(q, 3)};
        str signer = ask_col_blob(q, 4);
        memcpy(x->signer, signer.p, signer.n < 32 ? signer.n : 32);
        *vec_push(a, &texts) = arena_str(a, ask_col_blob(q, 5));
        x->by = arena_str(a, ask_col_text(q, 6));
    }
    ask_end(q);
    return parse_steps(p, a, out, texts.v, e);
}

bool case_steps_from(struct portfolio *p, struct arena *a, uint64_t entry, struct case_tellings *out, struct err *e) {
    struct ask *q;
    bool row;
    *out = (struct case_tellings){0};
    if (!store_ask(p->store, &Q_case_steps_from, &q, e))
        return false;
    ask_int(q, 1, p->log_id);
    ask_int(q, 2, (int64_t)entry);
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        struct case_told *t = vec_push(a, out);
        *t = (struct case_told){.event = (enum case_event)ask_col_int(q, 2),
                                .entry = (uint64_t)ask_col_int(q, 3),
                                .place = ask_col_int(q, 4),
                                .time = ask_col_int(q, 5)};
        t->about = (struct case_row){.id = arena_str(a, ask_col_text(q, 0)),
                                     .product = ask_col_int(q, 1),
                                     .package = arena_str(a, ask_col_text(q, 8)),
                                     .upgrade = arena_str(a, ask_col_text(q, 9)),
                                     .number = ask_col_int(q, 10)};
        t->about.priority = (struct case_priority){.outcome = arena_str(a, ask_col_text(q, 6)),
                                                   .rank = (unsigned)ask_col_int(q, 7)};
    }
    ask_end(q);
    return true;
}

bool case_watched(struct portfolio *p, struct arena *a, struct case_watch *out, struct err *e) {
    struct ask *q;
    bool row;
    *out = (struct case_watch){0};
    if (!store_ask(p->store, &Q_watched, &q, e))
        return false;
    ask_int(q, 1, p->log_id);
    if (!ask_step(q, &row, e))
        return false;
    if (row)
        *out = (struct case_watch){.entries = (uint64_t)ask_col_int(q, 0),
                                   .advisories = arena_str(a, ask_col_text(q, 1))};
    ask_end(q);
    return true;
}
