/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/conform_words.h"

struct showing {
    struct cli *cli;
    struct cli_portfolio h;
    const struct catalogue *k;
};

/* ── list ── */

static void list_json(struct cli *cli, const struct catalogue_names *names) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_arr(&w);
    for (uint32_t i = 0; i < names->n; i++)
        catalogue_name_json(&w, &names->v[i]);
    jw_arr_end(&w);
    put_json(cli, &b);
}

static void list_table(struct cli *cli, const struct catalogue_names *names) {
    static const struct column columns[] = {{.head = N_("ID")},
                                            {.head = N_("TITLE"), .shrink = true},
                                            {.head = N_("STATUS")},
                                            {.head = N_("VERSION")},
                                            {.head = N_("FROM"), .spare = true}};
    struct table *t = table_new(cli->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < names->n; i++) {
        const struct catalogue_name *n = &names->v[i];
        table_row(t);
        table_cell(t, n->id, CELL_BOLD);
        table_cell(t, label_text(n->title), CELL_PLAIN);
        table_cell(t, n->status, CELL_PLAIN);
        table_cell(t, n->version, CELL_PLAIN);
        table_cell(t, str_of(n->imported ? _("imported") : _("built in")), CELL_DIM);
    }
    table_print(t, cli);
}

static int run_list(struct cli *cli) {
    struct err e = {0};
    struct showing s = {.cli = cli};
    struct catalogue_names names;
    bool ok = cli_conform_open(cli, &s.h, &e) && catalogues_list(cli->ctx, s.h.p, cli->arena, &names, &e);
    if (ok && cli->json)
        list_json(cli, &names);
    else if (ok)
        list_table(cli, &names);
    cli_conform_close(&s.h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

/* ── show ── */

static str target_text(struct arena *a, const struct practice *p, uint32_t package) {
    return p->targets[package] < 0 ? S("-") : arena_printf(a, "%d", p->targets[package]);
}

static void show_practices(struct showing *s, uint32_t group) {
    struct arena *a = s->cli->arena;
    for (uint32_t i = 0; i < s->k->practices.n; i++) {
        const struct practice *p = &s->k->practices.v[i];
        if (p->group != group)
            continue;
        str packages = S("");
        for (uint32_t n = 0; n < s->k->packages.n; n++)
            if (p->targets[n] >= 0)
                packages = arena_printf(a, "%.*s  %.*s %d", STR_ARG(packages), STR_ARG(s->k->packages.v[n].id),
                                        p->targets[n]);
        str mark = str_is(p->origin, "akashi") ? str_of(_("  (not the publisher's text)")) : S("");
        cli_paragraph(s->cli, 4,
                      arena_printf(a, "%.*s  %.*s%.*s%.*s", STR_ARG(p->id), STR_ARG(label_text(p->title)),
                                   STR_ARG(packages), STR_ARG(mark)));
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): at most 32 deep */
static void show_groups(struct showing *s, int32_t parent, unsigned depth) {
    for (uint32_t i = 0; i < s->k->groups.n; i++) {
        const struct catalogue_group *g = &s->k->groups.v[i];
        if (g->parent != parent)
            continue;
        cli_paragraph(s->cli, depth < 2 ? 2 * depth : 2,
                      arena_printf(s->cli->arena, "%.*s  %.*s", STR_ARG(g->id), STR_ARG(label_text(g->title))));
        show_practices(s, i);
        show_groups(s, (int32_t)i, depth + 1);
    }
}

static void show_catalogue(struct showing *s) {
    const struct catalogue *k = s->k;
    fprintf(s->cli->out, "%.*s  %.*s\n", STR_ARG(k->id), STR_ARG(label_text(k->title)));
    cli_entry(s->cli, _("publisher"), label_text(k->publisher));
    cli_entry(s->cli, _("source"), label_text(k->source));
    cli_entry(s->cli, _("licence"), k->licence);
    cli_entry(s->cli, _("status"), arena_printf(s->cli->arena, "%.*s, %.*s", STR_ARG(k->status), STR_ARG(k->version)));
    cli_entry(s->cli, _("note"), label_text(k->note));
    for (struct jiter it = j_iter(j_get(k->json, "changes")); j_next(&it);)
        cli_entry(s->cli, arena_printf(s->cli->arena, _("new in %.*s"), STR_ARG(j_gets(it.val, "version"))).p,
                  label_text(label_of(j_get(it.val, "text"))));
    cli_entry(s->cli, _("digest"), k->digest);
    fputc('\n', s->cli->out);
    show_groups(s, -1, 0);
}

static void show_levels(struct showing *s, const struct practice *p) {
    struct arena *a = s->cli->arena;
    for (int level = 0; level < LEVELS; level++) {
        str says = label_text(p->levels[level]);
        if (!says.n && !p->evidence[level].n)
            continue;
        cli_entry(s->cli, arena_printf(a, _("level %d"), level).p, says.n ? says : S("-"));
        for (uint32_t i = 0; i < p->evidence[level].n; i++)
            cli_paragraph(s->cli, 18, rule_text(a, &p->evidence[level].v[i]));
    }
}

static str path_text(struct showing *s, const struct practice *p) {
    str path = S("");
    for (int32_t g = (int32_t)p->group; g >= 0; g = s->k->groups.v[g].parent) {
        const struct catalogue_group *at = &s->k->groups.v[g];
        path = arena_printf(s->cli->arena, "%.*s %.*s%s%.*s", STR_ARG(at->id), STR_ARG(label_text(at->title)),
                            path.n ? " › " : "", STR_ARG(path));
    }
    return path;
}

static void show_practice(struct showing *s, const struct practice *p) {
    struct arena *a = s->cli->arena;
    fprintf(s->cli->out, "%.*s  %.*s\n", STR_ARG(p->id), STR_ARG(label_text(p->title)));
    if (str_is(p->origin, "akashi"))
        cli_entry(s->cli, _("origin"), str_of(_("written by Akashi, not the publisher's text")));
    cli_entry(s->cli, _("under"), path_text(s, p));
    cli_entry(s->cli, _("text"), label_text(p->text));
    cli_entry(s->cli, _("binds"), p->binds ? binds_text(a, p->binds) : S(""));
    if (p->contract)
        cli_entry(s->cli, _("contract"),
                  str_of(p->contract == CONTRACT_PRIME ? _("prime contractors")
                         : p->contract == CONTRACT_SUB ? _("sub-contractors")
                                                       : _("prime and sub-contractors")));
    for (uint32_t i = 0; i < s->k->packages.n; i++)
        cli_entry(s->cli, arena_cstr(a, label_text(s->k->packages.v[i].title)),
                  p->targets[i] < 0 ? S("") : arena_printf(a, _("level %s"), target_text(a, p, i).p));
    show_levels(s, p);
    cli_entry(s->cli, _("effort"), p->effort.first < 0 ? S("") : effort_text(a, &p->effort));
    cli_entry(s->cli, _("against"), label_text(p->protects));
    cli_entry(s->cli, _("has happened"), label_text(p->incident));
    cli_entry(s->cli, _("start with"), label_text(p->start));
    cli_entry(s->cli, _("command"), p->command);
}

static bool show(struct showing *s, struct err *e) {
    struct cli *cli = s->cli;
    if (!catalogue_find(cli->ctx, s->h.p, cli->arena, cli->args[0], &s->k, e))
        return false;
    const struct practice *p = cli->n_args > 1 ? practice_of(s->k, cli->args[1]) : NULL;
    if (cli->n_args > 1 && !p) {
        err_set(e, ERR_USAGE, s->k->id, _("it has no practice '%.*s'"), STR_ARG(cli->args[1]));
        return err_hint(e, _("`akashi conform catalogue show %.*s` lists them"), STR_ARG(s->k->id));
    }
    if (cli->json) {
        struct buf b = {0};
        struct jw w = jw_to(&b, true);
        jw_val(&w, p ? p->json : s->k->json);
        put_json(cli, &b);
    } else if (p) {
        show_practice(s, p);
    } else {
        show_catalogue(s);
    }
    return true;
}

static int run_show(struct cli *cli) {
    struct err e = {0};
    struct showing s = {.cli = cli};
    bool ok = cli_conform_open(cli, &s.h, &e) && show(&s, &e);
    cli_conform_close(&s.h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command conform_catalogue_list_command = {
    .name = "conform catalogue list",
    .summary = N_("list the requirement catalogues that are known"),
    .text = N_("An imported catalogue takes the place of the built-in one of the same id. Works without a home too."),
    .options = (const struct option_spec[]){OPTION_STORE, {0}},
    .run = run_list,
};

const struct command conform_catalogue_show_command = {
    .name = "conform catalogue show",
    .args = "ID [PRACTICE]",
    .summary = N_("show a catalogue, or all that is said of one practice"),
    .text = N_(
        "Of a practice: whom it binds, what must be observably true at each level, which evidence shows it, what "
        "it costs a small firm, what it protects against and where to start."),
    .options = (const struct option_spec[]){OPTION_STORE, {0}},
    .examples = (const struct example[]){{"akashi conform catalogue show cip", N_("the whole list")},
                                         {"akashi conform catalogue show cip 'S(1)-2.2'", N_("secure build, in full")},
                                         {0}},
    .min_args = 1,
    .max_args = 2,
    .run = run_show,
};
