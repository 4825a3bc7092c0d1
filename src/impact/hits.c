/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/hits.h"

#include "store/queries.h"

/* ── flaws ── */

static void take_flaw(struct arena *a, struct ask *q, struct flaw_row *out) {
    *out = (struct flaw_row){.number = ask_col_int(q, 0),
                             .id = arena_str(a, ask_col_text(q, 1)),
                             .summary = arena_str(a, ask_col_text(q, 2)),
                             .score = (int32_t)ask_col_int(q, 3),
                             .epss = (int32_t)ask_col_int(q, 4),
                             .kev = ask_col_int(q, 5) > 0,
                             .ransomware = ask_col_int(q, 5) > 1,
                             .published = ask_col_int(q, 6),
                             .modified = ask_col_int(q, 7),
                             .kev_due = ask_col_int(q, 8),
                             .vector = arena_str(a, ask_col_text(q, 9)),
                             .exploitation = arena_str(a, ask_col_text(q, 10)),
                             .automatable = arena_str(a, ask_col_text(q, 11)),
                             .impact = arena_str(a, ask_col_text(q, 12)),
                             .seen = ask_col_int(q, 13),
                             .kev_added = ask_col_int(q, 16)};
}

static bool read_flaw(struct portfolio *p, struct arena *a, int64_t number, bool *found, struct flaw_row *out,
                      struct err *e) {
    struct ask *q;
    /* Two flaws that became one may become one with a third: a short chain. */
    for (int steps = 0; steps < 64; steps++) {
        if (!store_ask(p->store, &Q_flaw_row, &q, e))
            return false;
        ask_int(q, 1, number);
        if (!ask_step(q, found, e))
            return false;
        if (!*found || ask_col_null(q, 15)) {
            if (*found)
                take_flaw(a, q, out);
            ask_end(q);
            return true;
        }
        number = ask_col_int(q, 15);
        ask_end(q);
    }
    *found = false;
    return true;
}

bool hits_flaw_row(struct portfolio *p, struct arena *a, int64_t number, struct flaw_row *out, struct err *e) {
    bool found;
    if (!read_flaw(p, a, number, &found, out, e))
        return false;
    return found || err_set(e, ERR_ENV, S(""), _("no flaw has the number %lld"), (long long)number);
}

bool hits_flaw(struct portfolio *p, struct arena *a, str name, bool *found, struct flaw_row *out, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_flaw_by_name, &q, e))
        return false;
    ask_text(q, 1, name);
    if (!ask_step(q, found, e))
        return false;
    int64_t number = *found ? ask_col_int(q, 0) : 0;
    ask_end(q);
    return !*found || read_flaw(p, a, number, found, out, e);
}

bool hits_names(struct portfolio *p, struct arena *a, int64_t flaw, struct flaw_names *out, struct err *e) {
    struct ask *q;
    bool row;
    *out = (struct flaw_names){0};
    if (!store_ask(p->store, &Q_flaw_names, &q, e))
        return false;
    ask_int(q, 1, flaw);
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(a, out) = arena_str(a, ask_col_text(q, 0));
    }
    ask_end(q);
    return true;
}

/* ── hits ── */

static bool read_hits(struct portfolio *p, struct arena *a, const struct query *of, int64_t number,
                      struct hit_rows *out, struct err *e) {
    struct ask *q;
    bool row;
    *out = (struct hit_rows){0};
    if (!store_ask(p->store, of, &q, e))
        return false;
    ask_int(q, 1, number);
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(a, out) = (struct hit_row){.flaw = ask_col_int(q, 0),
                                             .component = ask_col_int(q, 1),
                                             .advisory = arena_str(a, ask_col_text(q, 2)),
                                             .fixed = arena_str(a, ask_col_text(q, 3)),
                                             .fix = (enum fix_state)ask_col_int(q, 4),
                                             .confidence = (enum confidence)ask_col_int(q, 5)};
    }
    ask_end(q);
    return true;
}

bool hits_of_flaw(struct portfolio *p, struct arena *a, int64_t flaw, struct hit_rows *out, struct err *e) {
    return read_hits(p, a, &Q_hits_of_flaw, flaw, out, e);
}

bool hits_of_component(struct portfolio *p, struct arena *a, component_id component, struct hit_rows *out,
                       struct err *e) {
    return read_hits(p, a, &Q_hits_of_component, component, out, e);
}

bool hits_of_package(struct portfolio *p, struct arena *a, int64_t package, struct hit_rows *out, struct err *e) {
    return read_hits(p, a, &Q_hits_of_package, package, out, e);
}

/* ── lists ── */

struct places_of_flaws {
    struct flaw_place v[256];
    uint32_t n;
};

/* A page of places is read whole, so that each() may ask what it likes. */
static bool read_places(struct portfolio *p, enum flaw_sort by, struct flaw_place after, struct flaw_range scores,
                        struct places_of_flaws *out, struct err *e) {
    static const struct query *const queries[] = {&Q_flaws_by_score, &Q_flaws_by_epss, &Q_flaws_by_kev,
                                                  &Q_flaws_by_newest, &Q_flaws_by_published};
    struct ask *q;
    bool row;
    out->n = 0;
    if (!store_ask(p->store, queries[by], &q, e))
        return false;
    ask_int(q, 1, after.value);
    ask_int(q, 2, after.number);
    ask_int(q, 3, scores.least);
    ask_int(q, 4, scores.most);
    while (out->n < sizeof out->v / sizeof *out->v) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        out->v[out->n++] = (struct flaw_place){.value = ask_col_int(q, 1), .number = ask_col_int(q, 0)};
    }
    ask_end(q);
    return true;
}

bool hits_flaws(struct portfolio *p, enum flaw_sort by, struct flaw_place after, struct flaw_range scores,
                bool (*wanted)(void *arg, int64_t number, bool *yes, struct err *e),
                bool (*each)(void *arg, const struct flaw_row *f, struct err *e), void *arg, struct err *e) {
    struct arena *a = arena_new();
    struct places_of_flaws *page = arena_new_of(a, struct places_of_flaws);
    struct arena_mark mark = arena_mark(a);
    bool ok = true;
    do {
        ok = read_places(p, by, after, scores, page, e);
        for (uint32_t i = 0; i < page->n && ok; i++) {
            struct flaw_row f;
            bool found = true;
            ok = !wanted || wanted(arg, page->v[i].number, &found, e);
            if (ok && found)
                ok = read_flaw(p, a, page->v[i].number, &found, &f, e) && (!found || each(arg, &f, e));
            arena_reset(a, mark);
        }
        if (page->n)
            after = page->v[page->n - 1];
    } while (ok && page->n == sizeof page->v / sizeof *page->v);
    arena_free(a);
    return ok;
}

static struct flaw_row take_brief(struct ask *q) {
    return (struct flaw_row){.number = ask_col_int(q, 0),
                             .score = (int32_t)ask_col_int(q, 1),
                             .epss = (int32_t)ask_col_int(q, 2),
                             .kev = ask_col_int(q, 3) > 0,
                             .kev_due = ask_col_int(q, 4),
                             .seen = ask_col_int(q, 5),
                             .exploitation = ask_col_int(q, 6) ? S("active") : S("")};
}

bool hits_few(struct portfolio *p, struct arena *a, enum flaw_few which, struct flaw_rows *out, struct err *e) {
    static const struct query *const queries[] = {&Q_flaws_kev, &Q_flaws_exploited};
    struct ask *q;
    bool row;
    *out = (struct flaw_rows){0};
    if (!store_ask(p->store, queries[which], &q, e))
        return false;
    while (ask_step(q, &row, e)) {
        if (!row)
            return true;
        *vec_push(a, out) = take_brief(q);
    }
    return false;
}

bool hits_brief(struct portfolio *p, int64_t flaw, bool *found, struct flaw_row *out, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_flaw_brief, &q, e))
        return false;
    ask_int(q, 1, flaw);
    if (!ask_step(q, found, e))
        return false;
    if (*found)
        *out = take_brief(q);
    ask_end(q);
    return true;
}

bool hits_components(struct portfolio *p, struct arena *a, int64_t flaw, struct component_ids *out, struct err *e) {
    struct ask *q;
    bool row;
    *out = (struct component_ids){0};
    if (!store_ask(p->store, &Q_hit_components, &q, e))
        return false;
    ask_int(q, 1, flaw);
    while (ask_step(q, &row, e)) {
        if (!row)
            return true;
        *vec_push(a, out) = ask_col_int(q, 0);
    }
    return false;
}

bool hits_database(struct portfolio *p, struct arena *a, str *digest, struct err *e) {
    struct ask *q;
    bool row;
    *digest = (str){NULL, 0};
    if (!store_ask(p->store, &Q_hit_base, &q, e) || !ask_step(q, &row, e))
        return false;
    if (row && ask_col_text(q, 0).n)
        *digest = arena_str(a, ask_col_text(q, 0));
    ask_end(q);
    return true;
}
