/* SPDX-License-Identifier: Apache-2.0
 *
 * Ids and numbers, and statements becoming rows.
 */
#include "impact/things_inner.h"

#include <stdlib.h>

#include "impact/called.h"
#include "impact/duration.h"
#include "impact/moved.h"
#include "impact/running.h"
#include "store/queries.h"

/* ── ids ── */

bool thing_find(struct portfolio *p, enum thing_kind kind, str id, bool *found, int64_t *out, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_thing_find, &q, e))
        return false;
    ask_int(q, 1, kind);
    ask_text(q, 2, id);
    if (!ask_step(q, found, e))
        return false;
    *out = *found ? ask_col_int(q, 0) : -1;
    ask_end(q);
    return true;
}

bool thing_id(struct portfolio *p, struct arena *a, enum thing_kind kind, int64_t number, str *out, struct err *e) {
    struct ask *q;
    bool row;
    *out = (str){NULL, 0};
    if (!store_ask(p->store, &Q_thing_id, &q, e))
        return false;
    ask_int(q, 1, kind);
    ask_int(q, 2, number);
    if (!ask_step(q, &row, e))
        return false;
    if (row)
        *out = arena_str(a, ask_col_text(q, 0));
    ask_end(q);
    return true;
}

static int by_value(const void *x, const void *y) {
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

uint32_t numbers_each_once(int64_t *numbers, uint32_t n) {
    uint32_t each = 0;
    if (n)
        qsort(numbers, n, sizeof *numbers, by_value);
    for (uint32_t i = 0; i < n; i++)
        if (!each || numbers[each - 1] != numbers[i])
            numbers[each++] = numbers[i];
    return each;
}

static bool some_ids(struct portfolio *p, struct arena *a, enum thing_kind kind, const int64_t *numbers, uint32_t n,
                     str *out, struct err *e) {
    struct ask *q;
    bool row = true, ok = store_ask(p->store, &Q_thing_ids, &q, e);
    uint32_t at = 0;
    if (!ok)
        return false;
    ask_int(q, 1, kind);
    thing_numbers(q, 2, a, numbers, n);
    while ((ok = ask_step(q, &row, e)) && row) {
        while (at < n && numbers[at] < ask_col_int(q, 0))
            at++;
        if (at < n && numbers[at] == ask_col_int(q, 0))
            out[at] = arena_str(a, ask_col_text(q, 1));
    }
    if (ok)
        ask_end(q);
    return ok;
}

bool thing_ids(struct portfolio *p, struct arena *a, enum thing_kind kind, const int64_t *numbers, uint32_t n, str *out,
               struct err *e) {
    bool ok = true;
    memset(out, 0, n * sizeof *out);
    for (uint32_t from = 0; ok && from < n; from += THINGS_AT_ONCE)
        ok = some_ids(p, a, kind, numbers + from, n - from < THINGS_AT_ONCE ? n - from : THINGS_AT_ONCE, out + from, e);
    return ok;
}

void thing_numbers(struct ask *q, int at, struct arena *a, const int64_t *numbers, uint32_t n) {
    struct buf b = {0};
    buf_addc(&b, '[');
    for (uint32_t i = 0; i < n; i++)
        buf_addf(&b, i ? ",%lld" : "%lld", (long long)numbers[i]);
    buf_addc(&b, ']');
    ask_text(q, at, arena_str(a, buf_str(&b)));
    buf_free(&b);
}

static bool next_number(struct portfolio *p, enum thing_kind kind, int64_t *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, &Q_thing_next, &q, e))
        return false;
    ask_int(q, 1, kind);
    if (!ask_step(q, &row, e))
        return false;
    *out = ask_col_int(q, 0);
    ask_end(q);
    return true;
}

/* "a@1" of verdicts meant version 1 of product "a" so far. */
static bool tell_verdicts(struct portfolio *p, str id, struct err *e) {
    str base, version;
    struct ask *q;
    int64_t number;
    bool found;
    if (!str_rcut(id, '@', &base, &version))
        return true;
    if (!thing_find(p, THING_PRODUCT, base, &found, &number, e))
        return false;
    if (!found)
        return true;
    if (!store_ask(p->store, &Q_verdict_either, &q, e))
        return false;
    ask_int(q, 1, number);
    ask_text(q, 2, id);
    return ask_run(q, e);
}

static bool make(struct portfolio *p, enum thing_kind kind, str id, int64_t since, int64_t *out, bool *fresh,
                 struct err *e) {
    struct ask *q;
    bool found = false;
    if (!thing_find(p, kind, id, &found, out, e))
        return false;
    *fresh = !found;
    if (found)
        return true;
    if (!next_number(p, kind, out, e) || !store_ask(p->store, &Q_thing_add, &q, e))
        return false;
    ask_int(q, 1, kind);
    ask_int(q, 2, *out);
    ask_text(q, 3, id);
    ask_int(q, 4, since);
    return ask_send(q, e) && (kind != THING_PRODUCT || (tell_verdicts(p, id, e) && called_note(p, *out, id, e)));
}
bool thing_number(struct portfolio *p, enum thing_kind kind, str id, int64_t *out, struct err *e) {
    bool fresh;
    return make(p, kind, id, -1, out, &fresh, e);
}
bool thing_mention(struct portfolio *p, enum thing_kind kind, str id, uint64_t entry, int64_t *out, struct err *e) {
    bool fresh;
    return make(p, kind, id, (int64_t)entry, out, &fresh, e);
}
bool thing_met(struct portfolio *p, enum thing_kind kind, str id, uint64_t entry, int64_t *out, bool *fresh,
               struct err *e) {
    return make(p, kind, id, (int64_t)entry, out, fresh, e);
}

/* ── fields as columns ── */

struct writing {
    struct portfolio *p;
    struct arena *a;
    const struct entry *x;
    struct ask *q;
    str *values;   /* by field: lists with numbers for ids */
    int64_t *ints; /* by field; */
    struct buf parties;
};

static bool number_of(struct writing *w, enum thing_kind kind, str id, int64_t *out, struct err *e) {
    return thing_mention(w->p, kind, id, w->x->index, out, e);
}

static bool number_parties(struct writing *w, str text, str *out, struct err *e) {
    struct buf b = {0};
    str one;
    int64_t number = -1;
    bool ok = true;
    while (ok && str_next(&text, ';', &one)) {
        ok = number_of(w, THING_PARTY, one, &number, e);
        buf_addf(&b, "%s%lld", b.n ? ";" : "", (long long)number);
    }
    *out = arena_str(w->a, buf_str(&b));
    buf_free(&b);
    return ok;
}

static bool number_need(struct writing *w, str text, struct buf *b, struct err *e) {
    enum need_kind kind;
    str value;
    int64_t number;
    if (!need_cut(text, &kind, &value))
        return true;
    if (kind == NEED_ZONE || kind == NEED_PACKAGE) {
        buf_addf(b, "%s:%.*s", need_kinds[kind], STR_ARG(value));
        return true;
    }
    if (!number_of(w, need_thing(kind), value, &number, e))
        return false;
    buf_addf(b, "%s:%lld", need_kinds[kind], (long long)number);
    return true;
}

static bool number_needs(struct writing *w, str text, str *out, struct err *e) {
    struct buf b = {0};
    str group, one;
    bool ok = true;
    while (ok && str_next(&text, ';', &group)) {
        if (b.n)
            buf_addc(&b, ';');
        for (bool first = true; ok && str_next(&group, '|', &one); first = false) {
            if (!first)
                buf_addc(&b, '|');
            ok = number_need(w, one, &b, e);
        }
    }
    *out = arena_str(w->a, buf_str(&b));
    buf_free(&b);
    return ok;
}

/* Numbers are made here, before the statement that writes the row is under way. */
static bool prepare(struct writing *w, const struct field *f, uint32_t i, str v, struct err *e) {
    unsigned roles = 0;
    w->values[i] = v;
    switch (f->type) {
    case FIELD_TEXT:
    case FIELD_CHOICE:
    case FIELD_CONTACTS: return true;
    case FIELD_THING: return number_of(w, f->of, v, &w->ints[i], e);
    case FIELD_FROM:
    case FIELD_UNTIL: w->ints[i] = field_time(f, v); return true;
    case FIELD_DURATION: return duration_parse(v, &w->ints[i]) || true;
    case FIELD_COUNT:
    case FIELD_PERCENT: return str_i64(v, &w->ints[i]) || true;
    case FIELD_FLAG: w->ints[i] = str_is(v, "true"); return true;
    case FIELD_ROLES: {
        str list = arena_str(w->a, v);
        for (size_t n = 0; n < list.n; n++)
            if (list.p[n] == ';')
                ((char *)(uintptr_t)list.p)[n] = ',';
        w->ints[i] = roles_parse(list, &roles) ? roles : 0;
        return true;
    }
    case FIELD_PARTIES: return number_parties(w, v, &w->values[i], e);
    case FIELD_NEEDS: return number_needs(w, v, &w->values[i], e);
    }
    return true;
}

static bool is_text(enum field_type t) {
    return t == FIELD_TEXT || t == FIELD_CHOICE || t == FIELD_CONTACTS || t == FIELD_PARTIES || t == FIELD_NEEDS;
}

static bool write_values(struct writing *w, const struct form *f, int64_t number, struct err *e) {
    const struct thing_shape *shape = &thing_shapes[f->kind];
    struct ask *q;
    for (uint32_t i = 0; i < shape->n; i++)
        if (f->v[i].p && !prepare(w, &shape->fields[i], i, f->v[i], e))
            return false;
    if (!store_ask(w->p->store, shape->say, &q, e))
        return false;
    ask_int(q, 1, number);
    ask_int(q, 2, w->x->log_id);
    ask_int(q, 3, (int64_t)w->x->index);
    for (uint32_t i = 0; i < shape->n; i++) {
        if (!f->v[i].p || is_text(shape->fields[i].type))
            ask_text(q, (int)i + 4, f->v[i].p ? w->values[i] : (str){NULL, 0});
        else
            ask_int(q, (int)i + 4, w->ints[i]);
    }
    if (!ask_run(q, e))
        return false;
    for (uint32_t i = 0; i < shape->n && f->kind == THING_PRODUCT; i++)
        if (strcmp(shape->fields[i].name, "purl") == 0 && f->v[i].p)
            return called_note(w->p, number, f->v[i], e);
    return true;
}

/* ── a statement ── */

static bool is_there(struct portfolio *p, const struct saying *s, bool *there, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_thing_said_there, &q, e))
        return false;
    ask_int(q, 1, s->kind);
    ask_int(q, 2, s->number);
    ask_int(q, 3, s->log_id);
    ask_int(q, 4, s->entry);
    if (!ask_step(q, there, e))
        return false;
    ask_end(q);
    return true;
}

/* Whose word counts about it: of a party itself, else the parties it names in these fields. */
static bool concerned(struct writing *w, const struct form *f, int64_t number, str *out, struct err *e) {
    static const char *const names[] = {"party", "customer", "operator", "host"};
    const struct thing_shape *shape = &thing_shapes[f->kind];
    struct buf b = {0};
    bool ok = true;
    if (f->kind == THING_PARTY)
        buf_addf(&b, "%lld", (long long)number);
    for (uint32_t i = 0; ok && i < shape->n; i++)
        for (size_t k = 0; ok && f->v[i].p && k < sizeof names / sizeof *names; k++)
            if (strcmp(shape->fields[i].name, names[k]) == 0) {
                int64_t party = -1;
                ok = number_of(w, THING_PARTY, f->v[i], &party, e);
                buf_addf(&b, "%s%lld", b.n ? ";" : "", (long long)party);
            }
    *out = arena_str(w->a, buf_str(&b));
    buf_free(&b);
    return ok;
}

static bool add_said(struct portfolio *p, const struct saying *s, bool counts, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_thing_said_add, &q, e))
        return false;
    ask_int(q, 1, s->kind);
    ask_int(q, 2, s->number);
    ask_int(q, 3, s->log_id);
    ask_int(q, 4, s->entry);
    ask_int(q, 5, counts ? HOLDS : s->entry);
    ask_int(q, 6, s->time);
    ask_blob(q, 7, str_n((const char *)s->signer, 32));
    ask_text(q, 8, s->parties);
    return ask_run(q, e);
}

static bool apply(struct portfolio *p, const struct entry *x, enum thing_kind kind, struct err *e) {
    struct form f;
    bool there, counts;
    form_of_predicate(p->ctx, x->arena, kind, x->statement->predicate, &f);
    if (!thing_id_ok(f.id)) /* a schema refuses it: from a log of somebody else */
        return true;
    struct saying s = {
        .kind = kind, .log_id = x->log_id, .entry = (int64_t)x->index, .time = x->time, .signer = x->key};
    struct writing w = {.p = p,
                        .a = x->arena,
                        .x = x,
                        .values = arena_array(x->arena, str, FIELDS_MOST),
                        .ints = arena_array(x->arena, int64_t, FIELDS_MOST)};
    if (!thing_mention(p, kind, f.id, x->index, &s.number, e) || !is_there(p, &s, &there, e))
        return false;
    if (there)
        return true;
    portfolio_moves(p);
    if (kind == THING_PRODUCT)
        touch_product(p, s.number);
    if (kind == THING_DEPLOYMENT)
        touch_deployment(p, s.number);
    return concerned(&w, &f, s.number, &s.parties, e) && saying_signer(p, x->arena, &s, e) &&
           saying_counts(p, &s, &counts, e) && (!counts || saying_closes(p, &s, e)) && add_said(p, &s, counts, e) &&
           write_values(&w, &f, s.number, e);
}

static bool apply_party(struct portfolio *p, const struct entry *x, struct err *e) {
    return apply(p, x, THING_PARTY, e);
}
static bool apply_product(struct portfolio *p, const struct entry *x, struct err *e) {
    return apply(p, x, THING_PRODUCT, e);
}
static bool apply_deployment(struct portfolio *p, const struct entry *x, struct err *e) {
    return apply(p, x, THING_DEPLOYMENT, e);
}
static bool apply_service(struct portfolio *p, const struct entry *x, struct err *e) {
    return apply(p, x, THING_SERVICE, e);
}
const struct projection party_projection = {"party", apply_party};
const struct projection product_projection = {"product", apply_product};
const struct projection deployment_projection = {"deployment", apply_deployment};
const struct projection service_projection = {"service", apply_service};
