/* SPDX-License-Identifier: Apache-2.0
 *
 * Levels at some moments of the last year, as a table.
 */
#include "cli/conform_status.h"

static void show(struct status *s, const struct status_moment *m) {
    struct arena *a = s->cli->arena;
    struct column columns[2 + STATUS_MOMENTS] = {{.head = N_("ID")}, {.head = N_("REQUIREMENT"), .shrink = true}};
    for (int i = 0; i < STATUS_MOMENTS; i++)
        columns[2 + i] = (struct column){.head = arena_cstr(a, conform_day(a, m[i].time)),
                                         .spare = i < STATUS_MOMENTS - 1};
    struct table *t = table_new(a, columns, 2 + STATUS_MOMENTS);
    for (uint32_t i = 0; i < s->of.lines.n; i++) {
        table_row(t);
        table_cell(t, s->of.lines.v[i].group->id, CELL_BOLD);
        table_cell(t, label_text(s->of.lines.v[i].group->title), CELL_PLAIN);
        for (int n = 0; n < STATUS_MOMENTS; n++) {
            const struct unit_line *l = &m[n].lines.v[i];
            table_cell(t, l->practices ? arena_printf(a, "%d%s", l->level, l->attested ? "*" : "") : S("-"),
                       l->practices && l->met == l->practices ? CELL_GREEN : CELL_PLAIN);
        }
    }
    table_print(t, s->cli);
}

bool status_trend(struct status *s, const struct evaluation_ask *ask, struct err *e) {
    struct status_moment m[STATUS_MOMENTS] = {0};
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    if (!status_moments(s->h.p, s->cli->arena, ask, m, e))
        return false;
    if (!s->cli->json) {
        show(s, m);
        return true;
    }
    moments_json(s->cli->arena, &w, &s->of, m);
    put_json(s->cli, &b);
    return true;
}
