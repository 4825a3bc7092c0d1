/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows becoming forms again.
 */
#include "impact/duration.h"
#include "impact/things_inner.h"
#include "store/queries.h"

enum { FIRST = 5 /* column of the first field */ };

/* ── a column ── */

static str column(struct ask *q, int at, struct arena *a, const struct field *f) {
    int64_t n = ask_col_int(q, at);
    if (ask_col_null(q, at))
        return (str){NULL, 0};
    switch (f->type) {
    case FIELD_FROM:
    case FIELD_UNTIL: return field_time_text(a, f, n);
    case FIELD_DURATION: return duration_text(a, n);
    case FIELD_FLAG: return n ? S("true") : S("false");
    case FIELD_THING:
    case FIELD_ROLES:
    case FIELD_COUNT:
    case FIELD_PERCENT: return arena_printf(a, "%lld", (long long)n);
    case FIELD_TEXT:
    case FIELD_CHOICE:
    case FIELD_CONTACTS:
    case FIELD_PARTIES:
    case FIELD_NEEDS: break;
    }
    return arena_str(a, ask_col_text(q, at));
}

static void read_said(struct ask *q, struct arena *a, enum thing_kind kind, struct said *out) {
    *out = (struct said){.number = ask_col_int(q, 0),
                         .form.kind = kind,
                         .form.id = arena_str(a, ask_col_text(q, 1)),
                         .mentioned = ask_col_null(q, 2),
                         .entry = ask_col_null(q, 2) ? -1 : ask_col_int(q, 2),
                         .time = ask_col_int(q, 3)};
    str signer = ask_col_blob(q, 4);
    if (signer.n == 32)
        memcpy(out->signer, signer.p, 32);
    for (uint32_t i = 0; i < thing_shapes[kind].n; i++)
        out->form.v[i] = column(q, FIRST + (int)i, a, &thing_shapes[kind].fields[i]);
}

/* ── numbers become ids, once the statement is let go ── */

static bool id_of(struct portfolio *p, struct arena *a, enum thing_kind kind, str number, str *out, struct err *e) {
    int64_t n;
    *out = number;
    return !str_i64(number, &n) || thing_id(p, a, kind, n, out, e);
}

static bool name_parties(struct portfolio *p, struct arena *a, str text, str *out, struct err *e) {
    struct buf b = {0};
    str one, id;
    bool ok = true;
    while (ok && str_next(&text, ';', &one)) {
        ok = id_of(p, a, THING_PARTY, one, &id, e);
        buf_addf(&b, "%s%.*s", b.n ? ";" : "", STR_ARG(id));
    }
    *out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return ok;
}

static bool name_need(struct portfolio *p, struct arena *a, str text, struct buf *b, struct err *e) {
    enum need_kind kind;
    str value;
    if (!need_cut(text, &kind, &value))
        return true;
    if (kind != NEED_ZONE && kind != NEED_PACKAGE && !id_of(p, a, need_thing(kind), value, &value, e))
        return false;
    buf_addf(b, "%s:%.*s", need_kinds[kind], STR_ARG(value));
    return true;
}

static bool name_needs(struct portfolio *p, struct arena *a, str text, str *out, struct err *e) {
    struct buf b = {0};
    str group, one;
    bool ok = true;
    while (ok && str_next(&text, ';', &group)) {
        if (b.n)
            buf_addc(&b, ';');
        for (bool first = true; ok && str_next(&group, '|', &one); first = false) {
            if (!first)
                buf_addc(&b, '|');
            ok = name_need(p, a, one, &b, e);
        }
    }
    *out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return ok;
}

static str roles_of(struct arena *a, str number) {
    int64_t roles = 0;
    str text = roles_text(a, str_i64(number, &roles) ? (unsigned)roles : 0);
    char *p = arena_cstr(a, text);
    for (size_t i = 0; i < text.n; i++)
        if (p[i] == ',')
            p[i] = ';';
    return str_n(p, text.n);
}

static bool name_fields(struct portfolio *p, struct arena *a, struct form *f, struct err *e) {
    const struct thing_shape *shape = &thing_shapes[f->kind];
    for (uint32_t i = 0; i < shape->n; i++) {
        const struct field *field = &shape->fields[i];
        str v = f->v[i];
        bool ok = true;
        if (!v.p)
            continue;
        if (field->type == FIELD_THING)
            ok = id_of(p, a, field->of, v, &f->v[i], e);
        else if (field->type == FIELD_PARTIES)
            ok = name_parties(p, a, v, &f->v[i], e);
        else if (field->type == FIELD_NEEDS)
            ok = name_needs(p, a, v, &f->v[i], e);
        else if (field->type == FIELD_ROLES)
            f->v[i] = roles_of(a, v);
        if (!ok)
            return false;
    }
    return true;
}

/* ── pages ── */

static bool read_page(struct portfolio *p, struct arena *a, enum thing_kind kind, const int64_t at[4],
                      struct saids *out, struct err *e) {
    struct ask *q;
    bool row = true;
    uint32_t from = out->n;
    if (!store_ask(p->store, thing_shapes[kind].at, &q, e))
        return false;
    for (int i = 0; i < 4; i++)
        ask_int(q, i + 1, at[i]);
    while (row) {
        if (!ask_step(q, &row, e))
            return false;
        if (row)
            read_said(q, a, kind, vec_push(a, out));
    }
    ask_end(q);
    for (uint32_t i = from; i < out->n; i++)
        if (!name_fields(p, a, &out->v[i].form, e))
            return false;
    return true;
}

static int64_t size_of(const struct as_of *when) {
    return when && when->given ? (int64_t)(when->size < INT64_MAX ? when->size : INT64_MAX) : INT64_MAX;
}

bool things_page(struct portfolio *p, struct arena *a, enum thing_kind kind, const struct as_of *when, int64_t after,
                 uint32_t n, struct saids *out, struct err *e) {
    return read_page(p, a, kind, (const int64_t[]){size_of(when), after, n, -1}, out, e);
}

bool thing_get(struct portfolio *p, struct arena *a, enum thing_kind kind, int64_t number, const struct as_of *when,
               bool *found, struct said *out, struct err *e) {
    struct saids one = {0};
    *found = false;
    if (number < 0)
        return true;
    if (!read_page(p, a, kind, (const int64_t[]){size_of(when), number - 1, 1, -1}, &one, e))
        return false;
    *found = one.n && one.v[0].number == number;
    if (*found)
        *out = one.v[0];
    return true;
}

/* ── history ── */

static bool read_times(struct portfolio *p, struct arena *a, enum thing_kind kind, int64_t number,
                       const struct as_of *when, struct history *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, &Q_thing_history, &q, e))
        return false;
    ask_int(q, 1, kind);
    ask_int(q, 2, number);
    ask_int(q, 3, size_of(when));
    while (ask_step(q, &row, e)) {
        if (!row) {
            ask_end(q);
            return true;
        }
        *vec_push(a, out) = (struct said_once){.said.entry = ask_col_int(q, 0), .held_until = ask_col_int(q, 1)};
    }
    return false;
}

bool thing_history(struct portfolio *p, struct arena *a, enum thing_kind kind, int64_t number, const struct as_of *when,
                   struct history *out, struct err *e) {
    uint32_t from = out->n;
    if (!read_times(p, a, kind, number, when, out, e))
        return false;
    for (uint32_t i = from; i < out->n; i++) {
        struct saids one = {0};
        if (!read_page(p, a, kind, (const int64_t[]){INT64_MAX, number - 1, 1, out->v[i].said.entry}, &one, e))
            return false;
        if (one.n)
            out->v[i].said = one.v[0];
        if (when && when->given && out->v[i].held_until != out->v[i].said.entry &&
            out->v[i].held_until >= (int64_t)when->size)
            out->v[i].held_until = HOLDS; /* what came later was not known then */
    }
    return true;
}
