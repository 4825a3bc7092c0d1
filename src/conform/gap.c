/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/gap.h"

#include <stdlib.h>

#include "base/charset.h"
#include "base/csv.h"
#include "base/file.h"

const char *gap_name(enum gap_state s) {
    static const char *const names[] = {"met", "partly", "open"};
    return names[s];
}

/* ── what is met already ── */

static uint32_t column_of(const struct csv_row *head, const char *const *names) {
    uint32_t at = CSV_FIELDS;
    for (; *names && at == CSV_FIELDS; names++)
        at = csv_column(head, *names);
    return at;
}

static bool read_level(str text, str place, int *out, struct err *e) {
    uint64_t n;
    *out = -1;
    if (!text.n || str_ieq(text, S("yes")) || str_is(text, "○") || str_is(text, "はい"))
        return true;
    *out = 0;
    if (str_ieq(text, S("no")) || str_is(text, "×") || str_is(text, "いいえ"))
        return true;
    if (!str_u64(text, &n) || n >= LEVELS)
        return err_set(e, ERR_INPUT, place, _("this is no level from 0 to 4: %.*s"), STR_ARG(text));
    *out = (int)n;
    return true;
}

bool gap_read(struct arena *a, str text, str where, struct hads *out, struct err *e) {
    static const char *const catalogues[] = {"catalogue", "catalog", "カタログ", NULL},
                             *const ids[] = {"id", "識別子", "番号", "管理策番号", NULL},
                             *const levels[] = {"level", "レベル", NULL};
    struct csv_row row;
    const char *charset;
    uint32_t line = 1;
    str stem = path_base(where);
    *out = (struct hads){0};
    stem = str_iends(stem, S(".csv")) ? str_upto(stem, stem.n - 4) : stem;
    if (!text_decode(a, text, where, &text, &charset, e))
        return false;
    if (!csv_next(a, &text, &row))
        row = (struct csv_row){.lines = 1};
    uint32_t catalogue = column_of(&row, catalogues), id = column_of(&row, ids), level = column_of(&row, levels);
    if (id == CSV_FIELDS) {
        err_set(e, ERR_INPUT, arena_printf(a, "%.*s:1", STR_ARG(where)), "%s", _("there is no column 'id'"));
        return err_hint(e, "%s",
                        _("the heads of columns are: catalogue, id, level; in Japanese カタログ, 識別子, レベル"));
    }
    for (line += row.lines; csv_next(a, &text, &row); line += row.lines) {
        struct had h = {str_trim(csv_at(&row, catalogue)), str_trim(csv_plain(csv_at(&row, id))), -1, line};
        str place = arena_printf(a, "%.*s:%u", STR_ARG(where), line);
        if (!h.id.n)
            continue;
        if (!h.catalogue.n)
            h.catalogue = stem;
        if (!read_level(str_trim(csv_at(&row, level)), place, &h.level, e))
            return false;
        *vec_push(a, out) = h;
    }
    return true;
}

/* ── against what is wanted ── */

struct comparing {
    struct ctx *c;
    struct portfolio *p;
    struct arena *a;
    const struct gap_ask *ask;
    struct gap *out;
    struct gap_row *rows; /* by practice of the wanted catalogue */
    int32_t package;
};

static int target_of(const struct comparing *x, const struct practice *p) {
    return x->package < 0 ? -1 : p->targets[x->package];
}

static void count(struct comparing *x, const struct relation *r, const struct had *h, uint32_t from) {
    for (uint32_t i = 0; i < r->pairs.n; i++) {
        const struct relation_pair *pair = &r->pairs.v[i];
        struct gap_row *row = &x->rows[pair->to];
        bool full = strength_full(pair->strength);
        if (pair->from != from)
            continue;
        if (r->from == r->to && h->level >= 0 && h->level < target_of(x, row->practice))
            full = false; /* the very practice, not as far as is wanted */
        *vec_push(x->a, &row->by) = (struct gap_by){h->catalogue, h->id, pair->strength, pair->via};
        row->state = full ? GAP_MET : row->state == GAP_OPEN ? GAP_PARTLY : row->state;
    }
}

static bool compare(struct comparing *x, const struct catalogue *k, struct err *e) {
    struct relation r;
    if (str_eq(k->id, x->ask->want->id))
        k = x->ask->want;
    if (!relation_find(x->c, x->p, x->a, k, x->ask->want, &r, e))
        return false;
    if (!r.steps)
        *vec_push(x->a, &x->out->unrelated) = (struct gap_by){.catalogue = k->id};
    for (uint32_t i = 0; i < x->ask->have->n; i++) {
        const struct had *h = &x->ask->have->v[i];
        if (!str_eq(h->catalogue, k->id))
            continue;
        const struct practice *p = practice_of(k, h->id);
        if (!p)
            return err_set(e, ERR_INPUT, arena_printf(x->a, "%.*s:%u", STR_ARG(x->ask->where), h->line),
                           _("%.*s has no practice '%.*s'"), STR_ARG(k->id), STR_ARG(h->id));
        if (h->level != 0)
            count(x, &r, h, (uint32_t)(p - k->practices.v));
    }
    return true;
}

static bool compare_all(struct comparing *x, struct err *e) {
    struct map seen;
    map_init(&seen, x->a);
    for (uint32_t i = 0; i < x->ask->have->n; i++) {
        const struct had *h = &x->ask->have->v[i];
        const struct catalogue *k;
        bool fresh;
        map_put(&seen, h->catalogue, &fresh);
        if (!fresh)
            continue;
        if (!catalogue_find(x->c, x->p, x->a, h->catalogue, &k, e)) {
            if (e && h->line)
                return err_within(e, arena_printf(x->a, "%.*s:%u", STR_ARG(x->ask->where), h->line));
            return false;
        }
        if (!compare(x, k, e))
            return false;
    }
    return true;
}

/* ── what is left ── */

static int by_strength(const void *x, const void *y) {
    const struct gap_by *a = x, *b = y;
    return a->strength != b->strength ? (a->strength < b->strength) - (a->strength > b->strength)
                                      : str_cmp(a->id, b->id);
}

static int64_t cost(const struct gap_row *r) {
    return r->practice->effort.first < 0 ? INT64_MAX : r->practice->effort.first;
}

static int by_cost(const void *x, const void *y) {
    const struct gap_row *a = x, *b = y;
    if ((a->state == GAP_MET) != (b->state == GAP_MET))
        return a->state == GAP_MET ? -1 : 1;
    if (a->state != GAP_MET && cost(a) != cost(b))
        return cost(a) < cost(b) ? -1 : 1;
    if (a->state != b->state)
        return (a->state > b->state) - (a->state < b->state);
    return (a->practice > b->practice) - (a->practice < b->practice);
}

static void gather(struct comparing *x) {
    const struct catalogue *k = x->ask->want;
    for (uint32_t i = 0; i < k->practices.n; i++) {
        struct gap_row *r = &x->rows[i];
        unsigned binds = r->practice->binds;
        if ((x->package >= 0 && target_of(x, r->practice) < 0) || (x->ask->roles && binds && !(binds & x->ask->roles)))
            continue;
        if (r->by.n > 1)
            qsort(r->by.v, r->by.n, sizeof *r->by.v, by_strength);
        *vec_push(x->a, &x->out->rows) = *r;
        x->out->counts[r->state]++;
        if (r->state == GAP_MET)
            continue;
        if (r->practice->effort.first < 0) {
            x->out->not_estimated++;
            continue;
        }
        x->out->hours_first += r->practice->effort.first;
        x->out->hours_yearly += r->practice->effort.yearly;
    }
    if (x->out->rows.n)
        qsort(x->out->rows.v, x->out->rows.n, sizeof *x->out->rows.v, by_cost);
}

bool gap_find(struct ctx *c, struct portfolio *p, struct arena *a, const struct gap_ask *ask, struct gap *out,
              struct err *e) {
    struct comparing x = {.c = c, .p = p, .a = a, .ask = ask, .out = out, .package = -1};
    *out = (struct gap){0};
    x.rows = arena_array(a, struct gap_row, ask->want->practices.n + 1);
    for (uint32_t i = 0; i < ask->want->practices.n; i++)
        x.rows[i] = (struct gap_row){.practice = &ask->want->practices.v[i], .state = GAP_OPEN};
    if (ask->package.n && (x.package = package_number(ask->want, ask->package)) < 0)
        return err_set(e, ERR_USAGE, ask->want->id, _("there is no package '%.*s'"), STR_ARG(ask->package));
    if (!compare_all(&x, e))
        return false;
    gather(&x);
    return true;
}
