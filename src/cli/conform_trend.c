/* SPDX-License-Identifier: Apache-2.0
 *
 * Levels at some moments of the last year: each what would have been answered then.
 */
#include "cli/conform_status.h"

enum { DAY = 86400, MOMENTS = 6 };

static const int days_ago[MOMENTS] = {365, 180, 90, 60, 30, 0};

struct moment {
    int64_t time;
    struct unit_lines lines;
};

static bool look(struct status *s, const struct evaluation_ask *ask, int ago, struct moment *out, struct err *e) {
    struct evaluation all;
    struct evaluation_ask then = *ask;
    then.now = out->time = s->now - (int64_t)ago * DAY;
    if (ago && !portfolio_as_of(s->h.p, time_rfc3339(s->cli->arena, then.now), &then.when, e))
        return false;
    then.when.time = then.now;
    if (!conform_evaluate(s->h.p, s->cli->arena, &then, &all, e))
        return false;
    status_lines(s->cli->arena, s->catalogue, &all, &out->lines);
    return true;
}

static void show(struct status *s, const struct moment *m) {
    struct arena *a = s->cli->arena;
    struct column columns[2 + MOMENTS] = {{.head = N_("ID")}, {.head = N_("REQUIREMENT"), .shrink = true}};
    for (int i = 0; i < MOMENTS; i++)
        columns[2 + i] = (struct column){.head = arena_cstr(a, conform_day(a, m[i].time)), .spare = i < MOMENTS - 1};
    struct table *t = table_new(a, columns, 2 + MOMENTS);
    for (uint32_t i = 0; i < s->lines.n; i++) {
        table_row(t);
        table_cell(t, s->lines.v[i].group->id, CELL_BOLD);
        table_cell(t, label_text(s->lines.v[i].group->title), CELL_PLAIN);
        for (int n = 0; n < MOMENTS; n++) {
            const struct unit_line *l = &m[n].lines.v[i];
            table_cell(t, l->practices ? arena_printf(a, "%d%s", l->level, l->attested ? "*" : "") : S("-"),
                       l->practices && l->met == l->practices ? CELL_GREEN : CELL_PLAIN);
        }
    }
    table_print(t, s->cli);
}

static void show_json(struct status *s, const struct moment *m) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kstr(&w, "catalogue", s->catalogue->id);
    jw_kstr(&w, "party", s->party);
    jw_karr(&w, "moments");
    for (int n = 0; n < MOMENTS; n++) {
        jw_obj(&w);
        jw_kstr(&w, "time", time_rfc3339(s->cli->arena, m[n].time));
        jw_kobj(&w, "levels");
        for (uint32_t i = 0; i < m[n].lines.n; i++) {
            jw_key(&w, m[n].lines.v[i].group->id);
            jw_int(&w, m[n].lines.v[i].level);
        }
        jw_obj_end(&w);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    put_json(s->cli, &b);
}

bool status_trend(struct status *s, const struct evaluation_ask *ask, struct err *e) {
    struct moment m[MOMENTS] = {0};
    for (int i = 0; i < MOMENTS; i++)
        if (!look(s, ask, days_ago[i], &m[i], e))
            return false;
    if (s->cli->json)
        show_json(s, m);
    else
        show(s, m);
    return true;
}
