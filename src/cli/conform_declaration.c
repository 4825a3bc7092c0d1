/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi conform declaration list, show, withdraw, watch: what was declared and how it stands.
 */
#include "base/digest.h"
#include "base/file.h"
#include "cli/declaration.h"
#include "cli/declaration_watch.h"
#include "conform/declaration_json.h"

/* ── list ── */

static str day(struct arena *a, int64_t t) { return str_upto(time_rfc3339(a, t), 10); }

static void list_table(struct cli *cli, const struct declaration_rows *all) {
    static const struct column columns[] = {{.head = N_("declaration")},
                                            {.head = N_("catalogue")},
                                            {.head = N_("package")},
                                            {.head = N_("party"), .shrink = true},
                                            {.head = N_("products"), .right = true, .spare = true},
                                            {.head = N_("until")},
                                            {.head = N_("standing")},
                                            {.head = N_("open challenges"), .right = true, .spare = true}};
    struct arena *a = cli->arena;
    struct table *t = table_new(a, columns, 8);
    for (uint32_t i = 0; i < all->n; i++) {
        const struct declaration_row *d = &all->v[i];
        table_row(t);
        table_cell(t, d->said.id, CELL_BOLD);
        table_cell(t, d->said.catalogue, CELL_PLAIN);
        table_cell(t, d->said.package, CELL_PLAIN);
        table_cell(t, d->said.party_name, CELL_PLAIN);
        table_cell(t, arena_printf(a, "%u", d->said.products.n), CELL_PLAIN);
        table_cell(t, day(a, d->said.until), CELL_PLAIN);
        table_cell(t, str_of(standing_title(d->standing)), standing_style(d->standing));
        table_cell(t, d->open_challenges ? arena_printf(a, "%u", d->open_challenges) : S("-"), CELL_PLAIN);
    }
    table_print(t, cli);
}

static void list_json(struct cli *cli, const struct declaration_rows *all) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_arr(&w);
    for (uint32_t i = 0; i < all->n; i++) {
        declaration_row_json(cli->arena, &w, &all->v[i]);
    }
    jw_arr_end(&w);
    put_json(cli, &b);
}

static int run_conform_declaration_list(struct cli *cli) {
    struct cli_portfolio x;
    struct declaration_rows all;
    struct err e = {0};
    if (!cli_portfolio_open(cli, HOME_READ, &x, &e))
        return cli_fail(cli, &e);
    bool ok = declarations_list(x.p, cli->arena, &x.when, cli_flag(cli, "ours"), &all, &e);
    if (ok && cli->json)
        list_json(cli, &all);
    else if (ok)
        list_table(cli, &all);
    cli_portfolio_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command conform_declaration_list_command = {
    .name = "conform declaration list",
    .args = "",
    .summary = N_("declarations this home knows, and how they stand"),
    .options = (const struct option_spec[]){{.name = "ours", .kind = OPT_FLAG, .help = N_("only one's own")},
                                            OPTION_AS_OF,
                                            OPTION_STORE,
                                            {0}},
    .examples = (const struct example[]){{"akashi conform declaration list", N_("all of them, superseded ones too")},
                                         {0}},
    .max_args = 0,
    .run = run_conform_declaration_list,
};

/* ── show ── */

static const char *event_title(const struct declaration_event *x) {
    static const char *const titles[] = {N_("endorsed"), N_("challenged"), N_("answered"), N_("standing"),
                                         N_("handed over")};
    return _(titles[x->event]);
}

static str names_text(struct arena *a, struct jv list) {
    struct buf b = {0};
    for (struct jiter it = j_iter(list); j_next(&it);) {
        buf_addz(&b, it.index ? ", " : "");
        buf_add(&b, j_str(it.val));
    }
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

static str event_text(struct arena *a, const struct declaration_event *x) {
    struct jv s = x->said;
    switch (x->event) {
    case DECLARED_ENDORSED:
        return arena_printf(a, "%.*s: %.*s", STR_ARG(j_gets(j_get(s, "by"), "name")), STR_ARG(j_gets(s, "result")));
    case DECLARED_CHALLENGED:
        return arena_printf(a, "%.*s, %.*s: %.*s", STR_ARG(j_gets(s, "id")),
                            STR_ARG(j_gets(j_get(s, "challenger"), "name")), STR_ARG(j_gets(s, "text")));
    case DECLARED_ANSWERED:
        return arena_printf(a, "%.*s %.*s: %.*s", STR_ARG(j_gets(s, "verdict")), STR_ARG(j_gets(s, "outcome")),
                            STR_ARG(j_gets(s, "reason")));
    case DECLARED_STANDS:
        return arena_printf(a, "%.*s: %.*s", STR_ARG(j_gets(s, "state")), STR_ARG(j_gets(s, "reason")));
    case DECLARED_GIVEN: return names_text(a, j_get(s, "to"));
    }
    return S("");
}

static void show_history(struct cli *cli, const struct declaration_row *d) {
    static const struct column columns[] = {{.head = N_("entry"), .right = true},
                                            {.head = N_("logged")},
                                            {.head = N_("what")},
                                            {.head = N_("said"), .wrap = true}};
    struct table *t = table_new(cli->arena, columns, 4);
    for (uint32_t i = 0; i < d->events.n; i++) {
        const struct declaration_event *x = &d->events.v[i];
        table_row(t);
        table_cell(t, arena_printf(cli->arena, "%llu", (unsigned long long)x->entry), CELL_PLAIN);
        table_cell(t, time_rfc3339(cli->arena, x->time), CELL_PLAIN);
        table_cell(t, str_of(event_title(x)), x->counts ? CELL_BOLD : CELL_DIM);
        table_cell(t,
                   x->counts ? event_text(cli->arena, x)
                             : arena_printf(cli->arena, _("%.*s (by a key that does not speak for the declarer)"),
                                            STR_ARG(event_text(cli->arena, x))),
                   CELL_PLAIN);
    }
    if (d->events.n)
        table_print(t, cli);
}

static void show_declaration(struct cli *cli, const struct declaration_row *d) {
    const struct declaration *s = &d->said;
    FILE *out = cli->out;
    fprintf(out, _("%.*s: %.*s, package %.*s, declared by %.*s\n"), STR_ARG(s->id), STR_ARG(s->catalogue),
            STR_ARG(s->package), STR_ARG(s->party_name));
    fprintf(out, _("  standing: %s\n"), standing_title(d->standing));
    fprintf(out, _("  signed for by %.*s, %.*s; as of %.*s; valid from %.*s until %.*s\n"), STR_ARG(s->signatory.name),
            STR_ARG(s->signatory.role), STR_ARG(time_rfc3339(cli->arena, s->time)), STR_ARG(day(cli->arena, s->from)),
            STR_ARG(day(cli->arena, s->until)));
    fprintf(out, _("  SHA-256 %.*s\n"), STR_ARG(hex_text(cli->arena, d->envelope, 32)));
    for (uint32_t i = 0; i < s->products.n; i++)
        fprintf(out, _("  product %.*s\n"), STR_ARG(s->products.v[i]));
    for (uint32_t i = 0; i < s->exclusions.n; i++)
        fprintf(out, _("  not covered: %.*s (%.*s)\n"), STR_ARG(s->exclusions.v[i].what),
                STR_ARG(s->exclusions.v[i].reason));
    if (d->open_challenges)
        fprintf(out, _("  challenges without an answer: %u, to be answered by %.*s\n"), d->open_challenges,
                STR_ARG(day(cli->arena, d->answer_due)));
    fputc('\n', out);
    show_history(cli, d);
}

static void show_json(struct cli *cli, const struct catalogue *k, const struct declaration_row *d) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    declaration_json(cli->arena, &w, k, d);
    put_json(cli, &b);
}

bool cli_declaration(struct cli *cli, struct cli_portfolio *x, str name, const struct declaration_row **out,
                     struct err *e) {
    if (!declaration_find(x->p, cli->arena, &x->when, name, out, e))
        return false;
    if (*out)
        return true;
    err_set(e, ERR_USAGE, name, "%s", _("no such declaration is known here"));
    return err_hint(e, "%s",
                    _("`akashi conform declaration list` names them; `akashi conform receive FILE` takes one in"));
}

static int run_conform_declaration_show(struct cli *cli) {
    struct cli_portfolio x;
    const struct declaration_row *d;
    const struct catalogue *k = NULL;
    struct err e = {0};
    if (!cli_portfolio_open(cli, HOME_READ, &x, &e))
        return cli_fail(cli, &e);
    bool ok = cli_declaration(cli, &x, cli->args[0], &d, &e);
    if (ok && cli->json && catalogue_find(cli->ctx, x.p, cli->arena, d->said.catalogue, &k, NULL))
        show_json(cli, k, d);
    else if (ok && cli->json)
        show_json(cli, NULL, d);
    else if (ok)
        show_declaration(cli, d);
    cli_portfolio_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command conform_declaration_show_command = {
    .name = "conform declaration show",
    .args = "ID|DIGEST",
    .summary = N_("one declaration with all that was said about it"),
    .options = (const struct option_spec[]){OPTION_AS_OF, OPTION_STORE, {0}},
    .examples = (const struct example[]){{"akashi conform declaration show D-1a2b3c4d5e6f",
                                          N_("who challenged it, what was answered?")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_conform_declaration_show,
};

/* ── withdraw, suspend, restore ── */

static bool set(struct cli *cli, struct cli_portfolio *x, struct standing_change *change, struct err *e) {
    const struct declaration_row *d;
    struct said done;
    str file = cli_text(cli, "to");
    if (!cli_declaration(cli, x, cli->args[0], &d, e) || !standing_say(x->p, cli->arena, d, "--", change, &done, e))
        return false;
    file = file.n ? file : arena_printf(cli->arena, "%.*s.standing.json", STR_ARG(d->said.id));
    if (!file_replace(file, done.bundle, e))
        return false;
    fprintf(cli->out, _("%.*s: %s; entry %llu; for those who have it: %.*s\n"), STR_ARG(d->said.id),
            standing_title(change->state), (unsigned long long)done.index, STR_ARG(file));
    return true;
}

static int run_conform_declaration_set(struct cli *cli) {
    struct cli_portfolio x;
    struct standing_change change = {.reason = cli_text(cli, "reason")};
    struct err e = {0};
    if (!standing_parse(cli->args[1], &change.state))
        err_set(&e, ERR_USAGE, cli->args[1], "%s", _("a declarer sets a declaration to suspended, withdrawn or good"));
    if (e.kind != ERR_NONE || !cli_portfolio_open(cli, HOME_SIGN, &x, &e))
        return cli_fail(cli, &e);
    bool ok = set(cli, &x, &change, &e);
    cli_portfolio_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command conform_declaration_set_command = {
    .name = "conform declaration set",
    .args = "ID|DIGEST suspended|withdrawn|good",
    .summary = N_("say how a declaration of one's own stands from now on"),
    .options =
        (const struct option_spec[]){
            {.name = "reason", .kind = OPT_TEXT, .value = "TEXT", .help = N_("why")},
            {.name = "to",
             .kind = OPT_TEXT,
             .value = "FILE",
             .help = N_("where to write it for those who have the declaration (ID.standing.json)")},
            OPTION_STORE,
            {0}},
    .examples =
        (const struct example[]){{"akashi conform declaration set D-1a2b3c4d5e6f withdrawn --reason 'product sold'",
                                  N_("it no longer holds")},
                                 {0}},
    .min_args = 2,
    .max_args = 2,
    .run = run_conform_declaration_set,
};

/* ── give ── */

static bool give(struct cli *cli, struct cli_portfolio *x, struct err *e) {
    const struct declaration_row *d;
    struct scope_names to = {0};
    struct said done;
    str file = cli_text(cli, "to");
    uint32_t n;
    const str *ids = cli_texts(cli, "to-party", &n);
    for (uint32_t i = 0; i < n; i++)
        *vec_push(cli->arena, &to) = ids[i];
    if (!cli_declaration(cli, x, cli->args[0], &d, e) ||
        !handover_say(x->p, cli->arena, d, cli_flag(cli, "withhold"), "--", &to, &done, e))
        return false;
    file = file.n ? file : arena_printf(cli->arena, "%.*s.declaration.json", STR_ARG(d->said.id));
    if (!file_replace(file, done.bundle, e))
        return false;
    fprintf(cli->out, _("%.*s: entry %llu; hand over %.*s\n"), STR_ARG(d->said.id), (unsigned long long)done.index,
            STR_ARG(file));
    return true;
}

static int run_conform_declaration_give(struct cli *cli) {
    struct cli_portfolio x;
    struct err e = {0};
    if (!cli_portfolio_open(cli, HOME_SIGN, &x, &e))
        return cli_fail(cli, &e);
    bool ok = give(cli, &x, &e);
    cli_portfolio_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command conform_declaration_give_command = {
    .name = "conform declaration give",
    .args = "ID|DIGEST",
    .summary = N_("write a declaration for handing over, and remember who got it"),
    .text = N_("Whoever got it is told, by their subscription, when it is corrected, suspended, withdrawn or replaced, "
               "and when it stays at risk for a week."),
    .options =
        (const struct option_spec[]){
            {.name = "to-party",
             .kind = OPT_TEXT,
             .value = "PARTY",
             .many = true,
             .help = N_("who gets it; may be repeated")},
            {.name = "withhold", .kind = OPT_FLAG, .help = N_("without the evidence")},
            {.name = "to", .kind = OPT_TEXT, .value = "FILE", .help = N_("where to write it (ID.declaration.json)")},
            OPTION_STORE,
            {0}},
    .examples = (const struct example[]){{"akashi conform declaration give D-1a2b3c4d5e6f --to-party central-hospital",
                                          N_("to a customer")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_conform_declaration_give,
};

/* ── watch ── */

static void tell_risks(struct cli *cli, const struct risks *all) {
    for (uint32_t i = 0; i < all->n; i++) {
        const struct risk *r = &all->v[i];
        if (r->recovered)
            fprintf(cli->out, _("%.*s: its evidence carries it again (entry %llu)\n"), STR_ARG(r->id),
                    (unsigned long long)r->entry);
        else
            fprintf(cli->out, _("%.*s: AT RISK (entry %llu)\n"), STR_ARG(r->id), (unsigned long long)r->entry);
        for (uint32_t j = 0; j < r->fallen.n; j++)
            fprintf(cli->out, _("  %.*s %.*s: declared %d, now %d\n"), STR_ARG(r->fallen.v[j].practice->id),
                    STR_ARG(label_text(r->fallen.v[j].practice->title)), r->fallen.v[j].target, r->fallen.v[j].level);
    }
}

bool cli_declarations_watch(struct cli *cli, struct portfolio *p, bool *at_risk, struct err *e) {
    struct risks all;
    *at_risk = false;
    if (!declarations_watch(p, cli->arena, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n; i++)
        *at_risk = *at_risk || !all.v[i].recovered;
    if (!cli->json)
        tell_risks(cli, &all);
    return cli_tell_declarations(cli, p, e);
}

static int run_conform_declaration_watch(struct cli *cli) {
    struct cli_portfolio x;
    struct declaration_rows all;
    struct err e = {0};
    bool at_risk, any = false;
    if (!cli_portfolio_open(cli, HOME_SIGN, &x, &e))
        return cli_fail(cli, &e);
    x.when = (struct as_of){0};
    bool ok = cli_declarations_watch(cli, x.p, &at_risk, &e) &&
              declarations_list(x.p, cli->arena, &x.when, true, &all, &e);
    for (uint32_t i = 0; ok && i < all.n; i++)
        any = any || all.v[i].standing == STANDING_AT_RISK || all.v[i].open_challenges;
    if (ok && cli->json)
        list_json(cli, &all);
    else if (ok && !any)
        fprintf(cli->out, "%s\n", _("every declaration of one's own is carried by its evidence"));
    cli_portfolio_close(&x);
    cli_warnings(cli);
    return ok ? any : cli_fail(cli, &e);
}

const struct command conform_declaration_watch_command = {
    .name = "conform declaration watch",
    .args = "",
    .summary = N_("compute one's own declarations again and mark what is at risk"),
    .text = N_(
        "Evidence ages, and turns bad. A declaration whose evidence no longer carries it is marked at risk, in the "
        "log, before a customer finds out; when the evidence is there again, so is the mark. Exit 1 when one is "
        "at risk or a challenge waits."),
    .options = (const struct option_spec[]){OPTION_STORE, {0}},
    .examples = (const struct example[]){{"akashi conform declaration watch", N_("for a timer, once a day")}, {0}},
    .max_args = 0,
    .run = run_conform_declaration_watch,
};
