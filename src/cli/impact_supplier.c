/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/impact_scope.h"
#include "impact/licences.h"

struct answering {
    struct looking_at at;
    struct supplier_uses uses;
    str named;
};

static str share(struct answering *k, uint64_t releases) {
    return arena_printf(k->at.cli->arena, "%.1f %%",
                        k->at.releases ? 100.0 * (double)releases / (double)k->at.releases : 0.0);
}

static void show_table(struct answering *k, uint64_t from, uint64_t until) {
    static const struct column columns[] = {{.head = N_("supplier"), .wrap = true},
                                            {.head = N_("releases"), .right = true},
                                            {.head = N_("share"), .right = true},
                                            {.head = N_("components"), .right = true}};
    struct cli *cli = k->at.cli;
    struct table *t = table_new(cli->arena, columns, 4);
    for (uint64_t i = from; i < until; i++) {
        const struct supplier_use *x = &k->uses.v[i];
        table_row(t);
        table_cell(t, x->name.n ? x->name : str_of(_("(nobody is named)")), x->name.n ? CELL_BOLD : CELL_YELLOW);
        table_cell(t, arena_printf(cli->arena, "%llu", (unsigned long long)x->releases), CELL_PLAIN);
        table_cell(t, share(k, x->releases), CELL_PLAIN);
        table_cell(t, arena_printf(cli->arena, "%u", x->components.n), CELL_PLAIN);
    }
    if (until > from)
        table_print(t, cli);
    else
        fprintf(cli->out, "%s\n", _("no component names a supplier"));
    look_more(&k->at, k->uses.n, until);
}

static void show_json(struct answering *k, uint64_t from, uint64_t until) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    look_json(&k->at, &w, k->uses.n);
    jw_karr(&w, "suppliers");
    for (uint64_t i = from; i < until; i++) {
        jw_obj(&w);
        jw_kstr(&w, "supplier", k->uses.v[i].name);
        jw_kint(&w, "inReleases", (int64_t)k->uses.v[i].releases);
        jw_kint(&w, "components", k->uses.v[i].components.n);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    put_json(k->at.cli, &b);
}

/* ── one supplier ── */

struct supplied {
    struct component_row row;
    uint64_t releases;
};
static bool show_one(struct answering *k, struct err *e) {
    struct cli *cli = k->at.cli;
    const struct supplier_use *x = &k->uses.v[0];
    uint64_t from, until = look_page(&k->at, x->components.n, &from);
    static const struct column columns[] = {{.head = N_("component"), .shrink = true, .tail = true},
                                            {.head = N_("releases"), .right = true}};
    struct table *t = table_new(cli->arena, columns, 2);
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    bool ok = true;
    jw_obj(&w);
    look_json(&k->at, &w, x->components.n);
    jw_kstr(&w, "supplier", x->name);
    jw_kint(&w, "inReleases", (int64_t)x->releases);
    jw_karr(&w, "components");
    for (uint64_t i = from; ok && i < until; i++) {
        struct component_row row;
        uint64_t n;
        ok = contents_component_row(k->at.views.p->contents, cli->arena, x->components.v[i], &row, e) &&
             scope_count(k->at.views.p, &k->at.scope, &row.id, 1, &n, e);
        if (!ok)
            break;
        jw_obj(&w);
        jw_kstr(&w, "component", row.purl);
        jw_kint(&w, "inReleases", (int64_t)n);
        jw_obj_end(&w);
        table_row(t);
        table_cell(t, row.purl, CELL_BOLD);
        table_cell(t, arena_printf(cli->arena, "%llu", (unsigned long long)n), CELL_PLAIN);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    if (ok && cli->json) {
        put_json(cli, &b);
        return true;
    }
    buf_free(&b);
    if (!ok)
        return false;
    fprintf(cli->out, _("%.*s: components %u, releases %llu of %llu (%.*s)\n\n"), STR_ARG(x->name), x->components.n,
            (unsigned long long)x->releases, (unsigned long long)k->at.releases, STR_ARG(share(k, x->releases)));
    table_print(t, cli);
    look_more(&k->at, x->components.n, until);
    return true;
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct answering k = {.at.cli = cli, .named = cli->n_args ? cli->args[0] : (str){NULL, 0}};
    uint64_t from, until;
    bool ok = look_open(&k.at, cli, &e) && suppliers_find(k.at.views.p, cli->arena, &k.at.scope, k.named, &k.uses, &e);
    if (ok && k.named.p && k.uses.n) {
        ok = show_one(&k, &e);
    } else if (ok) {
        until = look_page(&k.at, k.uses.n, &from);
        if (cli->json)
            show_json(&k, from, until);
        else
            show_table(&k, from, until);
    }
    look_close(&k.at);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command impact_supplier_command = {
    .name = "impact supplier",
    .args = "[NAME]",
    .summary = N_("on whom releases rely: components by supplier"),
    .text = N_("The supplier is whom documents name as such, else who made it. With a NAME, its components. What is "
               "named in no document stands as one row of its own."),
    .options = (const struct option_spec[]){OPTIONS_SCOPE, {0}},
    .examples = (const struct example[]){{"akashi impact supplier", N_("the greatest concentrations first")},
                                         {"akashi impact supplier 'Example Ltd'", N_("what comes from them")},
                                         {0}},
    .max_args = 1,
    .run = run,
};
