/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "cli/conform_words.h"

enum { STARTS = 6 };

struct viewing {
    struct cli *cli;
    struct cli_portfolio h;
    const struct catalogue *k;
    unsigned roles; /* 0: all */
    int32_t package;
};
struct line { /* one group of the catalogue's unit */
    uint32_t group, practices;
    int32_t low, high; /* wanted levels */
    int64_t first, yearly;
    const struct practice *start; /* the cheapest */
};
VEC_NAMED(lines, struct line);

static bool concerns(const struct viewing *v, const struct practice *p) {
    return (!v->roles || !p->binds || (p->binds & v->roles)) && (v->package < 0 || p->targets[v->package] >= 0);
}

static int32_t cost(const struct practice *p) { return p->effort.first < 0 ? INT32_MAX : p->effort.first; }

static void count(const struct viewing *v, struct line *l, const struct practice *p) {
    int32_t target = v->package < 0 ? -1 : p->targets[v->package];
    l->low = !l->practices || target < l->low ? target : l->low;
    l->high = target > l->high ? target : l->high;
    l->practices++;
    l->first += p->effort.first > 0 ? p->effort.first : 0;
    l->yearly += p->effort.yearly > 0 ? p->effort.yearly : 0;
    if (!l->start || cost(p) < cost(l->start))
        l->start = p;
}

static void gather(const struct viewing *v, struct lines *out) {
    int32_t *place = arena_array(v->cli->arena, int32_t, v->k->groups.n + 1);
    for (uint32_t i = 0; i < v->k->practices.n; i++) {
        const struct practice *p = &v->k->practices.v[i];
        int32_t unit = practice_unit(v->k, p);
        if (!concerns(v, p))
            continue;
        unit = unit < 0 ? (int32_t)p->group : unit;
        if (!place[unit]) {
            *vec_push(v->cli->arena, out) = (struct line){.group = (uint32_t)unit, .high = -1};
            place[unit] = (int32_t)out->n;
        }
        count(v, &out->v[place[unit] - 1], p);
    }
}

static str target_text(struct arena *a, const struct line *l) {
    if (l->high < 0)
        return S("-");
    return l->low == l->high ? arena_printf(a, "%d", l->high) : arena_printf(a, "%d–%d", l->low, l->high);
}

static void put_table(const struct viewing *v, const struct lines *lines) {
    static const struct column columns[] = {{.head = N_("GROUP")},
                                            {.head = N_("TITLE"), .shrink = true},
                                            {.head = N_("PRACTICES"), .right = true},
                                            {.head = N_("LEVEL"), .right = true},
                                            {.head = N_("HOURS"), .right = true},
                                            {.head = N_("A YEAR"), .right = true},
                                            {.head = N_("BEGIN WITH"), .spare = true}};
    struct arena *a = v->cli->arena;
    struct table *t = table_new(a, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < lines->n; i++) {
        const struct line *l = &lines->v[i];
        table_row(t);
        table_cell(t, v->k->groups.v[l->group].id, CELL_BOLD);
        table_cell(t, label_text(v->k->groups.v[l->group].title), CELL_PLAIN);
        table_cell(t, arena_printf(a, "%u", l->practices), CELL_PLAIN);
        table_cell(t, target_text(a, l), CELL_PLAIN);
        table_cell(t, arena_printf(a, "%lld", (long long)l->first), CELL_PLAIN);
        table_cell(t, arena_printf(a, "%lld", (long long)l->yearly), CELL_PLAIN);
        table_cell(t, l->start->id, CELL_DIM);
    }
    table_print(t, v->cli);
}

/* ── where to start ── */

VEC_NAMED(starts, const struct practice *);

static int by_cost(const void *x, const void *y) {
    const struct practice *a = *(const struct practice *const *)x, *b = *(const struct practice *const *)y;
    return cost(a) != cost(b) ? (cost(a) > cost(b)) - (cost(a) < cost(b)) : (a > b) - (a < b);
}

/* The cheapest of each line, cheapest first: so much is done everywhere with the least. */
static void put_starts(const struct viewing *v, const struct lines *lines) {
    struct arena *a = v->cli->arena;
    struct starts starts = {0};
    for (uint32_t i = 0; i < lines->n; i++)
        if (label_text(lines->v[i].start->start).n)
            *vec_push(a, &starts) = lines->v[i].start;
    if (!starts.n)
        return;
    qsort(starts.v, starts.n, sizeof *starts.v, by_cost);
    fprintf(v->cli->out, _("\nread these first:\n"));
    for (uint32_t i = 0; i < starts.n && i < STARTS; i++) {
        const struct practice *p = starts.v[i];
        cli_entry(v->cli, arena_cstr(a, p->id), label_text(p->start));
    }
    fprintf(v->cli->out, _("all of one: akashi conform catalogue show %.*s %s\n"), STR_ARG(v->k->id),
            arena_printf(a, "'%.*s'", STR_ARG(starts.v[0]->id)).p);
}

static void put_overview(const struct viewing *v, const struct lines *lines) {
    int64_t first = 0, yearly = 0;
    uint32_t practices = 0;
    for (uint32_t i = 0; i < lines->n; i++) {
        first += lines->v[i].first;
        yearly += lines->v[i].yearly;
        practices += lines->v[i].practices;
    }
    cli_paragraph(v->cli, 0, label_text(v->k->title));
    if (v->roles)
        fprintf(v->cli->out, _("for whoever is %.*s\n"), STR_ARG(binds_text(v->cli->arena, v->roles)));
    if (v->package >= 0)
        fprintf(v->cli->out, _("package %.*s: %u practices, some %lld hours at first, then %lld a year\n\n"),
                STR_ARG(v->k->packages.v[v->package].id), practices, (long long)first, (long long)yearly);
    else
        fprintf(v->cli->out, _("%u practices\n\n"), practices);
    put_table(v, lines);
    put_starts(v, lines);
}

static void put_overview_json(const struct viewing *v, const struct lines *lines) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kstr(&w, "catalogue", v->k->id);
    jw_kstr(&w, "package", v->package < 0 ? (str){NULL, 0} : v->k->packages.v[v->package].id);
    jw_kstr(&w, "roles", v->roles ? roles_text(v->cli->arena, v->roles) : (str){NULL, 0});
    jw_karr(&w, "groups");
    for (uint32_t i = 0; i < lines->n; i++) {
        const struct line *l = &lines->v[i];
        jw_obj(&w);
        jw_kstr(&w, "id", v->k->groups.v[l->group].id);
        label_json(&w, "title", v->k->groups.v[l->group].title);
        jw_kint(&w, "practices", l->practices);
        jw_kint(&w, "first", l->first);
        jw_kint(&w, "yearly", l->yearly);
        jw_kstr(&w, "beginWith", l->start->id);
        label_json(&w, "start", l->start->start);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    put_json(v->cli, &b);
}

/* A small firm looks at the first package, others at the last. */
static bool choose_package(struct viewing *v, struct err *e) {
    str package = cli_text(v->cli, "package"), firm = cli_text(v->cli, "firm");
    v->package = v->k->packages.n ? (firm.n && !str_is(firm, "small") ? (int32_t)v->k->packages.n - 1 : 0) : -1;
    if (!package.n)
        return true;
    v->package = package_number(v->k, package);
    return v->package >= 0 || err_set(e, ERR_USAGE, v->k->id, _("there is no package '%.*s'"), STR_ARG(package));
}

static bool view(struct viewing *v, struct lines *lines, struct err *e) {
    struct cli *cli = v->cli;
    str id = cli_text(cli, "catalogue"), role = cli_text(cli, "role");
    if (!cli_roles(role, &v->roles, e) ||
        !catalogue_find(cli->ctx, v->h.p, cli->arena, id.n ? id : S("cip"), &v->k, e) || !choose_package(v, e))
        return false;
    if (!role.n && v->h.p)
        v->roles = v->h.home.roles;
    gather(v, lines);
    return true;
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct viewing v = {.cli = cli};
    struct lines lines = {0};
    bool ok = cli_conform_open(cli, &v.h, &e) && view(&v, &lines, &e);
    if (ok && cli->json)
        put_overview_json(&v, &lines);
    else if (ok)
        put_overview(&v, &lines);
    cli_conform_close(&v.h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command conform_overview_command = {
    .name = "conform overview",
    .summary = N_("the map on one page: what concerns you, what it costs, what to read first"),
    .text = N_(
        "A line for each requirement that has practices for your role (by default the roles of the home): how many, "
        "to which level, hours of a small firm at first and each year, and where it is cheapest to begin."),
    .options =
        (const struct option_spec[]){
            {.name = "role",
             .kind = OPT_TEXT,
             .value = "ROLE,…",
             .help = N_("developer, supplier, operator, customer (default: the home's)")},
            {.name = "catalogue", .kind = OPT_TEXT, .value = "ID", .help = N_("the catalogue (default: cip)")},
            {.name = "firm",
             .kind = OPT_TEXT,
             .value = "SIZE",
             .choices = "small|medium|large",
             .help = N_("small (default) looks at the first package, others at the last")},
            {.name = "package", .kind = OPT_TEXT, .value = "P", .help = N_("this package")},
            OPTION_STORE,
            {0}},
    .examples = (const struct example[]){{"akashi conform overview --role developer,supplier", N_("a software house")},
                                         {0}},
    .run = run,
};
