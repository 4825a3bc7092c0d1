/* SPDX-License-Identifier: Apache-2.0 */
#include "base/embedded.h"
#include "impact/shape.h"
#include "impact/ssvc.h"

enum { POINTS_MOST = 16, VALUES_MOST = 32, OUTCOMES_MOST = 1 << 16 };
#define NO_OUTCOME UINT8_MAX

struct reading {
    struct arena *a;
    struct json doc;
    struct ssvc_table *out;
};

static bool fail(struct reading *r, struct jv at, struct err *e, const char *what) {
    return err_set(e, ERR_INPUT, json_place(&r->doc, at, r->a), "%s", what);
}

/* "name" and, in files of ours, "ja". */
static struct label named(struct jv v) {
    str en = j_gets(v, "name"), ja = j_gets(v, "ja");
    en = en.p ? en : j_gets(v, "key");
    return (struct label){en, ja.p ? ja : en};
}

static bool read_point(struct reading *r, str id, struct jv v, struct ssvc_point *out, struct err *e) {
    struct jv values = j_get(v, "values");
    size_t n = j_is_arr(values) ? j_len(values) : 0;
    *out = (struct ssvc_point){.id = id, .key = j_gets(v, "key"), .name = named(v)};
    if (!out->key.n || n < 1 || n > VALUES_MOST)
        return fail(r, v, e, _("a decision point needs a key and 1 to 32 values"));
    struct ssvc_value *to = arena_array(r->a, struct ssvc_value, n);
    for (struct jiter it = j_iter(values); j_next(&it);) {
        to[it.index] = (struct ssvc_value){j_gets(it.val, "key"), named(it.val)};
        if (!to[it.index].key.n)
            return fail(r, it.val, e, _("a value needs a key"));
        for (size_t i = 0; i < it.index; i++)
            if (str_eq(to[i].key, to[it.index].key))
                return fail(r, it.val, e, _("this value stands twice"));
    }
    out->values = to;
    out->n_values = (uint32_t)n;
    return true;
}

/* The points in the order the file has them, the outcome apart. */
static bool read_points(struct reading *r, struct err *e) {
    struct jv points = j_get(r->doc.root, "decision_points");
    str outcome = j_gets(r->doc.root, "outcome");
    size_t n = j_is_obj(points) ? j_len(points) : 0;
    if (n < 2 || n > POINTS_MOST || !j_ok(j_getn(points, outcome)))
        return fail(r, r->doc.root, e, _("a decision table needs 2 to 16 decision_points, and an outcome that is one"));
    struct ssvc_point *to = arena_array(r->a, struct ssvc_point, n);
    uint32_t at = 0, size = 1;
    for (struct jiter it = j_iter(points); j_next(&it);) {
        bool result = str_eq(it.key, outcome);
        struct ssvc_point *p = result ? &r->out->outcome : &to[at++];
        if (!read_point(r, it.key, it.val, p, e))
            return false;
        size *= result ? 1 : p->n_values;
        if (size > OUTCOMES_MOST)
            return fail(r, points, e, _("too many combinations"));
    }
    r->out->points = to;
    r->out->n_points = at;
    r->out->n_outcomes = size;
    return true;
}

static bool value_number(const struct ssvc_point *p, str key, uint32_t *out) {
    for (*out = 0; *out < p->n_values; ++*out)
        if (str_eq(p->values[*out].key, key))
            return true;
    return false;
}

static bool read_row(struct reading *r, struct jv row, uint8_t *outcomes, struct err *e) {
    const struct ssvc_table *t = r->out;
    uint32_t index = 0, value;
    for (uint32_t i = 0; i < t->n_points; i++) {
        if (!value_number(&t->points[i], j_str(j_getn(row, t->points[i].id)), &value))
            return fail(r, row, e, _("this row lacks a value of a decision point, or has one that is none"));
        index = index * t->points[i].n_values + value;
    }
    if (!value_number(&t->outcome, j_str(j_getn(row, t->outcome.id)), &value))
        return fail(r, row, e, _("this row has no outcome, or one that is none"));
    if (outcomes[index] != NO_OUTCOME && outcomes[index] != value)
        return fail(r, row, e, _("this row contradicts an earlier one"));
    outcomes[index] = (uint8_t)value;
    return true;
}

static bool read_rows(struct reading *r, struct err *e) {
    struct jv rows = j_get(r->doc.root, "mapping");
    uint32_t n = r->out->n_outcomes;
    uint8_t *outcomes = arena_room(r->a, n);
    memset(outcomes, NO_OUTCOME, n);
    for (struct jiter it = j_iter(rows); j_next(&it);)
        if (!read_row(r, it.val, outcomes, e))
            return false;
    for (uint32_t i = 0; i < n; i++)
        if (outcomes[i] == NO_OUTCOME)
            return fail(r, j_ok(rows) ? rows : r->doc.root, e,
                        _("the table has no row for some combination of values"));
    r->out->outcomes = outcomes;
    return true;
}

bool ssvc_read(struct ctx *c, struct arena *a, str text, str id, struct ssvc_table *out, struct err *e) {
    struct reading r = {.a = a, .out = out};
    *out = (struct ssvc_table){.id = id};
    if (!json_parse(c, a, text, JSON_STRICT, id, &r.doc, e))
        return false;
    out->name = named(r.doc.root);
    return read_points(&r, e) && read_rows(&r, e);
}

/* ── all of them ── */

const struct ssvc_table *ssvc_table(const struct ssvc_set *set, str id) {
    for (uint32_t i = 0; i < set->tables.n; i++)
        if (str_eq(set->tables.v[i].id, id))
            return &set->tables.v[i];
    return NULL;
}

bool ssvc_load(struct ctx *c, struct arena *a, str folder, struct ssvc_set *out, struct err *e) {
    struct shape_files own;
    struct ssvc_table t;
    *out = (struct ssvc_set){0};
    if (!shape_folder(c, a, folder, &own, e))
        return false;
    for (uint32_t i = 0; i < own.n; i++) {
        if (!ssvc_read(c, a, own.v[i].text, own.v[i].id, &t, e))
            return err_within(e, folder);
        *vec_push(a, &out->tables) = t;
    }
    for (const struct embedded_file *f = embedded_decision_tables; f->name; f++) {
        if (ssvc_table(out, str_of(f->name)))
            continue;
        if (!ssvc_read(c, a, str_n(f->bytes, f->size), str_of(f->name), &t, e))
            return false;
        *vec_push(a, &out->tables) = t;
    }
    return true;
}
