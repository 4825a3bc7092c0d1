/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/conform_status.h"

#include <stdlib.h>

enum { SHOWN_ENTRIES = 3 };

/* ── why ── */

static int newest_first(const void *x, const void *y) {
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return (a < b) - (a > b);
}

struct indices {
    uint64_t v[64];
    uint32_t n;
};
static void add_entries(struct indices *out, const struct practice_state *s) {
    for (int level = 1; level <= s->level; level++)
        for (uint32_t i = 0; i < s->rules[level].n; i++) {
            const struct evidence_entries *list = &s->rules[level].v[i].evidence;
            for (uint32_t n = 0; n < list->n && out->n < 64; n++) {
                uint32_t at = 0;
                while (at < out->n && out->v[at] != list->v[n].index)
                    at++;
                if (at == out->n)
                    out->v[out->n++] = list->v[n].index;
            }
        }
}

/* "#12 #9 #4 …" */
static str why_text(struct status *s, const struct unit_line *l) {
    struct indices all = {0};
    struct buf b = {0};
    for (uint32_t i = 0; i < s->of.all.practices.n; i++) {
        const struct practice_state *x = &s->of.all.practices.v[i];
        int32_t unit = practice_unit(s->of.catalogue, x->practice);
        if (&s->of.catalogue->groups.v[unit < 0 ? x->practice->group : (uint32_t)unit] == l->group)
            add_entries(&all, x);
    }
    if (all.n)
        qsort(all.v, all.n, sizeof *all.v, newest_first);
    for (uint32_t i = 0; i < all.n && i < SHOWN_ENTRIES; i++)
        buf_addf(&b, "%s#%llu", i ? " " : "", (unsigned long long)all.v[i]);
    if (all.n > SHOWN_ENTRIES)
        buf_addz(&b, " …");
    str text = b.n ? arena_str(s->cli->arena, buf_str(&b)) : S("-");
    buf_free(&b);
    return text;
}

static str step_text(struct arena *a, const struct practice_state *x) {
    if (!x)
        return S("-");
    if (x->practice->effort.first < 0)
        return x->practice->id;
    return arena_printf(a, _("%.*s, %d h"), STR_ARG(x->practice->id), x->practice->effort.first);
}

static enum cell_style style_of(const struct unit_line *l) {
    return !l->practices ? CELL_DIM : l->met == l->practices ? CELL_GREEN : l->level ? CELL_YELLOW : CELL_RED;
}

/* ── the table ── */

static const struct practice_state *cheapest(const struct status *s) {
    const struct practice_state *best = NULL;
    for (uint32_t i = 0; i < s->of.lines.n; i++) {
        const struct practice_state *x = s->of.lines.v[i].step;
        if (!x || x->practice->effort.first < 0)
            continue;
        if (!best || x->practice->effort.first < best->practice->effort.first)
            best = x;
    }
    return best;
}

static void show_row(struct status *s, struct table *t, const struct unit_line *l) {
    struct arena *a = s->cli->arena;
    table_row(t);
    table_cell(t, l->group->id, CELL_BOLD);
    table_cell(t, label_text(l->group->title), CELL_PLAIN);
    if (!l->practices) {
        for (int i = 0; i < 6; i++)
            table_cell(t, S("-"), CELL_DIM);
        return;
    }
    table_cell(t, arena_printf(a, "%d%s", l->level, l->attested ? "*" : ""), style_of(l));
    table_cell(t, l->target < 0 ? S("-") : arena_printf(a, "%d", l->target), CELL_PLAIN);
    table_cell(t, arena_printf(a, "%u/%u", l->met, l->practices), CELL_PLAIN);
    table_cell(t, conform_day(a, l->until), CELL_PLAIN);
    table_cell(t, why_text(s, l), CELL_DIM);
    table_cell(t, step_text(a, l->step), CELL_PLAIN);
}

static void show_sum(const struct status *s) {
    uint32_t practices = 0, met = 0;
    for (uint32_t i = 0; i < s->of.lines.n; i++) {
        practices += s->of.lines.v[i].practices;
        met += s->of.lines.v[i].met;
    }
    if (s->of.package.n)
        fprintf(s->cli->out, _("%u of %u practices are where the package %.*s wants them.\n"), met, practices,
                STR_ARG(s->of.package));
    else
        fprintf(s->cli->out, _("%u of %u practices are at level 4. --package holds them against a target.\n"), met,
                practices);
}

static void show_step(struct status *s) {
    const struct practice_state *x = cheapest(s);
    if (!x)
        return;
    fprintf(s->cli->out, _("\nNext: %.*s, %.*s (%.*s)\n"), STR_ARG(x->practice->id),
            STR_ARG(label_text(x->practice->title)), STR_ARG(effort_text(s->cli->arena, &x->practice->effort)));
    cli_paragraph(s->cli, 2, label_text(x->practice->start));
    if (x->practice->command.n)
        fprintf(s->cli->out, "  %.*s\n", STR_ARG(x->practice->command));
}

void status_show(struct status *s) {
    static const struct column columns[] = {{.head = N_("ID")},
                                            {.head = N_("REQUIREMENT"), .shrink = true},
                                            {.head = N_("LEVEL")},
                                            {.head = N_("TARGET"), .right = true},
                                            {.head = N_("MET"), .right = true},
                                            {.head = N_("FALLS ON")},
                                            {.head = N_("EVIDENCE"), .spare = true},
                                            {.head = N_("NEXT")}};
    struct cli *cli = s->cli;
    fprintf(cli->out, _("%.*s · %.*s · %llu products, %llu releases, %llu cases · %.*s\n\n"),
            STR_ARG(label_text(s->of.catalogue->title)), STR_ARG(s->of.party), (unsigned long long)s->of.all.products,
            (unsigned long long)s->of.all.releases, (unsigned long long)s->of.all.cases,
            STR_ARG(conform_day(cli->arena, s->of.now)));
    struct table *t = table_new(cli->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < s->of.lines.n; i++)
        show_row(s, t, &s->of.lines.v[i]);
    table_print(t, cli);
    fputc('\n', cli->out);
    show_sum(s);
    show_step(s);
}

/* ── one practice ── */

static void show_rule(struct status *s, const struct rule_state *r) {
    struct cli *cli = s->cli;
    struct arena *a = cli->arena;
    str count = r->counted == 1 && r->met <= 1
                    ? S("")
                    : arena_printf(a, "  %llu/%llu", (unsigned long long)r->met, (unsigned long long)r->counted);
    str until = r->until ? arena_printf(a, _("  until %.*s"), STR_ARG(conform_day(a, r->until))) : S("");
    cli_paragraph(cli, 4,
                  arena_printf(a, "%s %.*s%.*s%.*s", r->holds ? "✓" : "✗", STR_ARG(rule_text(a, r->rule)),
                               STR_ARG(count), STR_ARG(until)));
    for (uint32_t i = 0; i < r->evidence.n; i++) {
        const struct evidence_entry *x = &r->evidence.v[i];
        fprintf(cli->out, "        #%llu  %.*s  %.*s\n", (unsigned long long)x->index, STR_ARG(conform_day(a, x->time)),
                STR_ARG(x->about));
    }
    if (r->sampled)
        fprintf(cli->out, "        …\n");
    if (r->missing.n && !(r->missing.n == 1 && !r->missing.v[0].n)) {
        struct buf b = {0};
        for (uint32_t i = 0; i < r->missing.n; i++)
            buf_addf(&b, "%s%.*s", i ? ", " : "", STR_ARG(r->missing.v[i]));
        if (r->counted - r->met > r->missing.n)
            buf_addz(&b, ", …");
        cli_paragraph(cli, 8, arena_printf(a, _("missing: %.*s"), STR_ARG(buf_str(&b))));
        buf_free(&b);
    }
}

static void show_word(struct status *s, const struct practice_state *x) {
    const struct word_given *w = &x->word;
    struct arena *a = s->cli->arena;
    if (!w->person.p)
        return;
    str day = conform_day(a, w->time), claimed = str_upto(w->date, 10);
    str dates = str_eq(day, claimed) ? day : arena_printf(a, _("%.*s (claimed: %.*s)"), STR_ARG(day), STR_ARG(claimed));
    str what = w->level ? arena_printf(a, _("level %d"), w->level) : str_of(_("does not apply"));
    cli_entry(s->cli, _("word"),
              arena_printf(a, "%.*s: %.*s, %.*s, %.*s, #%llu", STR_ARG(what), STR_ARG(w->person), STR_ARG(w->role),
                           STR_ARG(dates), (unsigned long long)w->entry));
}

static void show_head(struct status *s, const struct practice_state *x) {
    static const char *const bases[] = {N_("nothing shows it"), N_("computed"), N_("rests on a person's word"),
                                        N_("not applicable")};
    struct cli *cli = s->cli;
    struct arena *a = cli->arena;
    fprintf(cli->out, "%.*s  %.*s\n", STR_ARG(x->practice->id), STR_ARG(label_text(x->practice->title)));
    cli_entry(cli, _("level now"), arena_printf(a, "%d, %s", x->level, _(bases[x->basis])));
    if (x->target >= 0)
        cli_entry(cli, _("target"), arena_printf(a, "%d", x->target));
    if (x->until)
        cli_entry(cli, _("falls"), conform_day(a, x->until));
    if (x->reason.n)
        cli_entry(cli, _("reason"), x->reason);
    show_word(s, x);
}

void status_practice(struct status *s, const struct practice_state *x) {
    struct cli *cli = s->cli;
    struct arena *a = cli->arena;
    show_head(s, x);
    for (int level = 1; level < LEVELS; level++) {
        if (!x->rules[level].n)
            continue;
        fprintf(cli->out, "\n");
        cli_paragraph(cli, 2,
                      arena_printf(a, _("level %d: %.*s"), level, STR_ARG(label_text(x->practice->levels[level]))));
        for (uint32_t i = 0; i < x->rules[level].n; i++)
            show_rule(s, &x->rules[level].v[i]);
    }
    fprintf(cli->out, "\n");
    cli_entry(cli, _("effort"), effort_text(a, &x->practice->effort));
    cli_entry(cli, _("start"), label_text(x->practice->start));
    cli_entry(cli, _("command"), x->practice->command);
}
