/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/due.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/file.h"
#include "impact/case_clock.h"
#include "impact/shape.h"
#include "store/queries.h"

/* ── up to date ── */

VEC_NAMED(due_numbers, int64_t);
struct renewing {
    struct portfolio *p;
    struct arena *a; /* of the whole */
    const struct clock_set *clocks;
    str basis, old_basis;
    uint64_t old_entries;
    uint64_t most;       /* cases that may be looked at; more: nothing is done */
    struct map packages; /* name → number */
};

static bool add_folder(struct renewing *k, struct digest_state *sum, str folder, struct err *e) {
    struct shape_files files;
    if (!shape_folder(k->p->ctx, k->a, folder, &files, e))
        return false;
    for (uint32_t i = 0; i < files.n; i++) {
        digest_add(sum, files.v[i].id);
        digest_add(sum, S("\n"));
        digest_add(sum, files.v[i].text);
    }
    return true;
}

/* Everything deadlines rest on beside the log and the advisories. */
static bool find_basis(struct renewing *k, str home, struct err *e) {
    static const char *const folders[] = {"clocks", "calendars", "ssvc"};
    struct digest_state *sum = digest_begin(DIGEST_SHA256);
    unsigned char digest[32];
    str text, settings = path_join(k->a, home, S("akashi.toml"));
    digest_add(sum, str_of(AKASHI_VERSION));
    bool ok = true;
    if (home.n && path_exists(settings) && (ok = file_read(k->p->ctx, k->a, settings, &text, e)))
        digest_add(sum, text);
    for (size_t i = 0; ok && home.n && i < sizeof folders / sizeof *folders; i++)
        ok = add_folder(k, sum, path_join(k->a, home, str_of(folders[i])), e);
    digest_end(sum, digest);
    k->basis = hex_text(k->a, digest, sizeof digest);
    return ok;
}

static bool read_base(struct renewing *k, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(k->p->store, &Q_due_base, &q, e) || !ask_step(q, &row, e))
        return false;
    k->old_basis = row ? arena_str(k->a, ask_col_text(q, 0)) : (str){NULL, 0};
    k->old_entries = row ? (uint64_t)ask_col_int(q, 1) : 0;
    ask_end(q);
    return true;
}
static bool is_fresh(struct renewing *k, bool *fresh, struct err *e) {
    struct ask *q;
    bool stale;
    *fresh = false;
    if (!str_eq(k->basis, k->old_basis) || k->old_entries != k->p->size)
        return true;
    static const struct query *const since[] = {&Q_due_stale_any, &Q_due_said_any};
    *fresh = true;
    for (size_t i = 0; i < sizeof since / sizeof *since && *fresh; i++) {
        if (!store_ask(k->p->store, since[i], &q, e) || !ask_step(q, &stale, e))
            return false;
        ask_end(q);
        *fresh = !stale;
    }
    return true;
}

static bool read_numbers(struct renewing *k, const struct query *of, const int64_t *one, const int64_t *two,
                         struct due_numbers *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(k->p->store, of, &q, e))
        return false;
    if (one)
        ask_int(q, 1, *one);
    if (two)
        ask_int(q, 2, *two);
    while (ask_step(q, &row, e)) {
        if (!row)
            return true;
        *vec_push(k->a, out) = ask_col_int(q, 0);
    }
    return false;
}

/* Cases something happened to, whose product runs somewhere else now, or whose advisories changed (hits_update() notes
 * those). */
static bool changed_since(struct renewing *k, struct due_numbers *out, struct err *e) {
    int64_t log = k->p->log_id, from = (int64_t)k->old_entries;
    struct due_numbers products = {0};
    bool ok = read_numbers(k, &Q_due_stepped, &log, &from, out, e) &&
              read_numbers(k, &Q_due_stale_all, NULL, NULL, out, e) &&
              read_numbers(k, &Q_watch_deployed, &from, &log, &products, e);
    for (uint32_t i = 0; ok && i < products.n; i++)
        ok = read_numbers(k, &Q_due_of_products, &products.v[i], NULL, out, e);
    return ok;
}

struct facts_of_case {
    struct flaw_range scores;
    int kev;
    int32_t epss;
    int64_t package;
};

/* A component is called as its package is, and then more. */
static bool is_of_package(str component, str package) {
    const char *then = str_starts(package, S("cpe:")) ? ":" : "@?#";
    if (!str_starts(component, package))
        return false;
    return component.n == package.n || memchr(then, component.p[package.n], strlen(then));
}

static bool package_number(struct renewing *k, str name, int64_t *out, struct err *e) {
    bool fresh, found = false;
    struct map_entry *at = map_find(&k->packages, name);
    if (!at) {
        int64_t *number = arena_new_of(k->a, int64_t);
        bool told = str_starts(name, S("pkg:")) || str_starts(name, S("cpe:"));
        if (told && !contents_package(k->p->contents, name, &found, number, e))
            return false;
        if (!found)
            *number = DUE_NO_PACKAGE;
        at = map_put(&k->packages, arena_str(k->a, name), &fresh);
        at->value = number;
    }
    *out = *(const int64_t *)at->value;
    return true;
}

static bool find_package(struct renewing *k, str name, const struct case_findings *findings, int64_t *out,
                         struct err *e) {
    *out = DUE_NO_PACKAGE;
    for (uint32_t i = 0; i < findings->n; i++)
        if (!is_of_package(findings->v[i].component, name))
            return true;
    return package_number(k, name, out, e);
}

static bool facts_of_case(struct renewing *k, struct arena *a, const struct case_row *c, struct facts_of_case *out,
                          struct err *e) {
    struct case_findings findings;
    *out = (struct facts_of_case){{INT32_MAX, -1}, 0, -1, DUE_NO_PACKAGE};
    if (!case_findings(k->p, a, c->number, &findings, e) || !find_package(k, c->package, &findings, &out->package, e))
        return false;
    for (uint32_t i = 0; i < findings.n; i++) {
        struct flaw_row f;
        bool found;
        if (!hits_flaw(k->p, a, findings.v[i].flaw, &found, &f, e))
            return false;
        if (!found)
            continue;
        int kev = f.kev ? 2 : str_is(f.exploitation, "active");
        out->scores.least = f.score < out->scores.least ? f.score : out->scores.least;
        out->scores.most = f.score > out->scores.most ? f.score : out->scores.most;
        out->kev = kev > out->kev ? kev : out->kev;
        out->epss = f.epss > out->epss ? f.epss : out->epss;
    }
    return true;
}

static bool answer_case(struct portfolio *p, int64_t number, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_due_answer, &q, e))
        return false;
    ask_int(q, 1, number);
    return ask_send(q, e);
}

static bool renew_case(struct renewing *k, struct arena *a, int64_t number, struct err *e) {
    struct case_row c;
    struct case_history history;
    struct deadlines all;
    struct facts_of_case facts;
    const struct as_of now = {0};
    struct ask *q;
    if (!store_ask(k->p->store, &Q_due_drop, &q, e))
        return false;
    ask_int(q, 1, number);
    if (!ask_run(q, e) || !case_get(k->p, a, number, &c, e))
        return false;
    if (c.closed)
        return true;
    if (!case_history(k->p, a, number, &history, e) ||
        !case_deadlines(k->p, a, k->clocks, &c, &history, &now, k->p->ctx->now, &all, e) ||
        !facts_of_case(k, a, &c, &facts, e))
        return false;
    const struct deadline *next = clock_next(&all);
    if (!next || facts.scores.most < facts.scores.least)
        return true;
    if (!store_ask(k->p->store, &Q_due_add, &q, e))
        return false;
    ask_int(q, 1, number);
    ask_int(q, 2, c.product);
    ask_int(q, 3, facts.package);
    ask_int(q, 4, next->due);
    ask_int(q, 5, facts.scores.least);
    ask_int(q, 6, facts.scores.most);
    ask_int(q, 7, facts.kev);
    ask_int(q, 8, facts.epss);
    return ask_send(q, e) && answer_case(k->p, number, e);
}

/* No more than it takes to know that there are too many. */
static bool open_numbers(struct renewing *k, struct due_numbers *out, struct err *e) {
    int64_t after = 0;
    uint32_t before;
    do {
        before = out->n;
        if (!read_numbers(k, &Q_cases_open, &after, NULL, out, e))
            return false;
        after = out->n ? out->v[out->n - 1] : 0;
    } while (out->n > before && out->n <= k->most);
    return true;
}

static bool by_settings(const struct renewing *k) { return !str_eq(k->basis, k->old_basis); }

static int by_number(const void *x, const void *y) {
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

/* Each once. */
static bool find_numbers(struct renewing *k, struct due_numbers *out, struct err *e) {
    uint32_t kept = 0;
    if (by_settings(k))
        return open_numbers(k, out, e);
    if (!changed_since(k, out, e))
        return false;
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, by_number);
    for (uint32_t i = 0; i < out->n; i++)
        if (!kept || out->v[i] != out->v[kept - 1])
            out->v[kept++] = out->v[i];
    out->n = kept;
    return true;
}

static bool run(struct renewing *k, const struct query *of, struct err *e) {
    struct ask *q;
    return store_ask(k->p->store, of, &q, e) && ask_run(q, e);
}

static bool answer_cases(struct portfolio *p, const struct due_numbers *cases, struct err *e) {
    bool ok = true;
    for (uint32_t i = 0; ok && i < cases->n; i++)
        ok = answer_case(p, cases->v[i], e);
    return ok;
}

static bool renew_cases(struct renewing *k, const struct due_numbers *cases, struct err *e) {
    struct arena *a = arena_new();
    struct arena_mark m = arena_mark(a);
    bool ok = true;
    for (uint32_t i = 0; ok && i < cases->n; i++) {
        ok = renew_case(k, a, cases->v[i], e);
        arena_reset(a, m);
    }
    arena_free(a);
    return ok;
}

static bool renew(struct renewing *k, struct err *e) {
    struct due_numbers numbers = {0}, said = {0};
    struct ask *q;
    if (!find_numbers(k, &numbers, e))
        return false;
    if (numbers.n > k->most)
        return true;
    if (!by_settings(k) && !read_numbers(k, &Q_due_said_cases, NULL, NULL, &said, e))
        return false;
    if (numbers.n + (uint64_t)said.n > k->most)
        return true;
    if ((by_settings(k) && !run(k, &Q_due_clear, e)) || !run(k, &Q_due_stale_clear, e) ||
        !run(k, &Q_due_said_clear, e) || !renew_cases(k, &numbers, e) || !answer_cases(k->p, &said, e))
        return false;
    if (!store_ask(k->p->store, &Q_due_base_set, &q, e))
        return false;
    ask_text(q, 1, k->basis);
    ask_int(q, 2, (int64_t)k->p->size);
    return ask_run(q, e);
}

static bool look(struct renewing *k, str home, bool *fresh, struct err *e) {
    return find_basis(k, home, e) && read_base(k, e) && is_fresh(k, fresh, e);
}

bool due_update_some(struct portfolio *p, const struct clock_set *clocks, str home, uint64_t most, struct err *e) {
    struct renewing k = {.p = p, .a = arena_new(), .clocks = clocks, .most = most};
    map_init(&k.packages, k.a);
    bool fresh, ok = look(&k, home, &fresh, e);
    if (ok && !fresh && (ok = store_begin(p->store, e))) {
        ok = look(&k, home, &fresh, e) && (fresh || renew(&k, e)) && store_commit(p->store, e);
        if (!ok)
            store_rollback(p->store);
    }
    arena_free(k.a);
    return ok;
}

bool due_update(struct portfolio *p, const struct clock_set *clocks, str home, struct err *e) {
    return due_update_some(p, clocks, home, UINT64_MAX, e);
}

/* ── in order ── */

static bool read_cases(struct ask *q, struct arena *a, struct due_cases *out, struct err *e) {
    bool row;
    while (ask_step(q, &row, e)) {
        if (!row)
            return true;
        *vec_push(a, out) = (struct due_case){ask_col_int(q, 0), ask_col_int(q, 1), ask_col_int(q, 2)};
    }
    return false;
}

static void ask_behind(struct ask *q, struct due_case after, const struct due_wish *wish) {
    ask_int(q, 1, after.due);
    ask_int(q, 2, after.number);
    ask_int(q, 3, wish->scores.least);
    ask_int(q, 4, wish->scores.most);
    ask_int(q, 5, wish->kev);
    ask_int(q, 6, wish->epss);
}

bool due_next(struct portfolio *p, struct arena *a, struct due_case after, const struct due_wish *wish,
              struct due_cases *out, struct err *e) {
    struct ask *q;
    *out = (struct due_cases){0};
    if (!store_ask(p->store, wish->answered ? &Q_due_next_answered : &Q_due_next, &q, e))
        return false;
    ask_behind(q, after, wish);
    return read_cases(q, a, out, e);
}

bool due_of_product(struct portfolio *p, struct arena *a, int64_t product, int64_t package, struct due_case after,
                    const struct due_wish *wish, uint32_t most, struct due_cases *out, struct err *e) {
    struct ask *q;
    *out = (struct due_cases){0};
    if (!store_ask(p->store, wish->answered ? &Q_due_of_product_answered : &Q_due_of_product, &q, e))
        return false;
    ask_behind(q, after, wish);
    ask_int(q, 7, product);
    ask_int(q, 8, most);
    ask_int(q, 9, package);
    return read_cases(q, a, out, e);
}

bool due_of_each(struct portfolio *p, struct arena *a, const uint32_t *products, uint32_t n, int64_t package,
                 struct due_case after, const struct due_wish *wish, uint32_t most, struct due_cases *out,
                 struct err *e) {
    struct ask *q;
    *out = (struct due_cases){0};
    if (!store_ask(p->store, wish->answered ? &Q_due_of_each_answered : &Q_due_of_each, &q, e))
        return false;
    ask_behind(q, after, wish);
    ask_numbers(q, 7, a, products, n);
    ask_int(q, 8, most);
    ask_int(q, 9, package);
    return read_cases(q, a, out, e);
}

bool due_of_package(struct portfolio *p, struct arena *a, int64_t package, struct due_case after,
                    const struct due_wish *wish, uint32_t most, struct due_cases *out, struct err *e) {
    struct ask *q;
    *out = (struct due_cases){0};
    if (!store_ask(p->store, wish->answered ? &Q_due_of_package_answered : &Q_due_of_package, &q, e))
        return false;
    ask_behind(q, after, wish);
    ask_int(q, 7, package);
    ask_int(q, 8, most);
    return read_cases(q, a, out, e);
}

bool due_answers(struct portfolio *p, struct err *e) {
    struct renewing k = {.p = p, .a = arena_new()};
    struct due_numbers all = {0};
    bool ok = read_numbers(&k, &Q_due_numbers, NULL, NULL, &all, e) && answer_cases(p, &all, e);
    arena_free(k.a);
    return ok;
}

bool due_of_case(struct portfolio *p, int64_t number, bool *found, struct due_case *out, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_due_of_case, &q, e))
        return false;
    ask_int(q, 1, number);
    if (!ask_step(q, found, e))
        return false;
    if (*found)
        *out = (struct due_case){ask_col_int(q, 0), ask_col_int(q, 1), ask_col_int(q, 2)};
    ask_end(q);
    return true;
}

bool due_of_flaw(struct portfolio *p, struct arena *a, str name, struct due_findings *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, &Q_due_of_flaw, &q, e))
        return false;
    ask_text(q, 1, name);
    while (ask_step(q, &row, e)) {
        if (!row)
            return true;
        *vec_push(a, out) = (struct due_finding){{ask_col_int(q, 0), ask_col_int(q, 1), ask_col_int(q, 2)},
                                                 arena_str(a, ask_col_text(q, 3))};
    }
    return false;
}

bool due_of_flaw_some(struct portfolio *p, struct arena *a, str name, bool answered, uint32_t most,
                      struct due_cases *out, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_due_of_flaw_some, &q, e))
        return false;
    ask_text(q, 1, name);
    ask_int(q, 2, answered);
    ask_int(q, 3, most > out->n ? most - out->n : 0);
    return read_cases(q, a, out, e);
}

bool due_listing(struct portfolio *p, struct arena *a, const uint32_t *products, uint32_t n, str component, str flaw,
                 roaring_bitmap_t *out, struct err *e) {
    struct ask *q;
    struct arena_mark m = arena_mark(a);
    bool row = true;
    if (!store_ask(p->store, &Q_due_listing, &q, e))
        return false;
    ask_numbers(q, 1, a, products, n);
    ask_text(q, 2, component);
    ask_text(q, 3, flaw);
    bool ok = ask_step(q, &row, e);
    for (; ok && row; ok = ask_step(q, &row, e))
        roaring_bitmap_add(out, (uint32_t)ask_col_int(q, 0));
    arena_reset(a, m);
    return ok;
}

bool due_before(struct portfolio *p, const struct due_case *x, str component, str flaw, bool *yes, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_due_before, &q, e))
        return false;
    ask_int(q, 1, x->product);
    ask_text(q, 2, component);
    ask_text(q, 3, flaw);
    ask_int(q, 4, x->due);
    ask_int(q, 5, x->number);
    if (!ask_step(q, yes, e))
        return false;
    ask_end(q);
    return true;
}
