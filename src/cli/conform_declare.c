/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi conform declare: what the evidence carries, signed by a person and logged.
 */
#include <stdlib.h>

#include "base/file.h"
#include "cli/declaration.h"

enum { VALID_DAYS = 365 };

struct declaring {
    struct cli *cli;
    struct cli_portfolio x;
    struct conform_scope scope;
    struct declare_ask ask;
    struct declaration d;
    struct shortfalls short_of;
};

/* ── what is asked ── */

static bool take_products(struct declaring *k, struct err *e) {
    uint32_t n;
    const str *ids = cli_texts(k->cli, "product", &n);
    for (uint32_t i = 0; i < n; i++) {
        int64_t number;
        bool found;
        if (!thing_find(k->x.p, THING_PRODUCT, ids[i], &found, &number, e))
            return false;
        if (!found)
            return err_set(e, ERR_USAGE, ids[i], "%s", _("the portfolio knows no such product"));
        *vec_push(k->cli->arena, &k->scope.products) = number;
    }
    return true;
}

static bool take_party(struct declaring *k, struct err *e) {
    str id = cli_text(k->cli, "party");
    bool found = true;
    k->scope.party = -1;
    if (id.n && !thing_find(k->x.p, THING_PARTY, id, &found, &k->scope.party, e))
        return false;
    return found || err_set(e, ERR_USAGE, id, "%s", _("the portfolio knows no such party"));
}

/* "WHAT: REASON" */
static bool take_exclusions(struct declaring *k, struct err *e) {
    uint32_t n;
    const str *list = cli_texts(k->cli, "exclude", &n);
    for (uint32_t i = 0; i < n; i++) {
        struct exclusion x;
        if (!str_cut(list[i], ':', &x.what, &x.reason) || !str_trim(x.what).n || !str_trim(x.reason).n)
            return err_set(e, ERR_USAGE, list[i], "%s", _("write it like 'WHAT: REASON'"));
        *vec_push(k->cli->arena, &k->ask.exclusions) = (struct exclusion){str_trim(x.what), str_trim(x.reason)};
    }
    return true;
}

/* "S(1)-2.1=2: REASON" */
static bool take_claims(struct declaring *k, struct err *e) {
    uint32_t n;
    const str *list = cli_texts(k->cli, "claim", &n);
    for (uint32_t i = 0; i < n; i++) {
        str head, reason, practice, level;
        uint64_t number;
        if (!str_cut(list[i], ':', &head, &reason) || !str_cut(head, '=', &practice, &level) ||
            !str_u64(str_trim(level), &number) || number < 1 || number >= LEVELS || !str_trim(reason).n)
            return err_set(e, ERR_USAGE, list[i], "%s",
                           _("write it like 'PRACTICE=LEVEL: REASON', with a level from 1 to 4"));
        *vec_push(k->cli->arena, &k->ask.claims) = (struct claim){str_trim(practice), (int)number, str_trim(reason)};
    }
    return true;
}

static bool take_time(struct cli *cli, const char *option, int64_t otherwise, int64_t *out, struct err *e) {
    str text = cli_text(cli, option);
    *out = otherwise;
    if (!text.p || time_parse(text, out))
        return true;
    err_set(e, ERR_USAGE, text, "%s", _("this is no day"));
    return err_hint(e, "%s", _("write it like 2026-04-01"));
}

static bool take_ask(struct declaring *k, struct err *e) {
    struct cli *cli = k->cli;
    str id = cli_text(cli, "catalogue"), package = cli_text(cli, "package");
    uint32_t n;
    const str *sites = cli_texts(cli, "site", &n);
    for (uint32_t i = 0; i < n; i++)
        *vec_push(cli->arena, &k->scope.sites) = sites[i];
    k->ask.scope = &k->scope;
    k->ask.package = package.n ? package : S("minimum");
    k->ask.note = cli_text(cli, "note");
    k->ask.withhold = cli_flag(cli, "withhold");
    return catalogue_find(cli->ctx, k->x.p, cli->arena, id.n ? id : S("cip"), &k->ask.catalogue, e) &&
           take_party(k, e) && take_products(k, e) && take_exclusions(k, e) && take_claims(k, e) &&
           cli_person(cli, &k->ask.signatory, e) && take_time(cli, "from", cli->ctx->now, &k->ask.from, e) &&
           take_time(cli, "until", k->ask.from + VALID_DAYS * INT64_C(86400), &k->ask.until, e);
}

/* ── what comes of it ── */

static uint32_t in_package(const struct declaration *d) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->practices.n; i++)
        n += d->practices.v[i].target >= 0;
    return n;
}

static void tell_shortfalls(struct declaring *k) {
    static const struct column columns[] = {{.head = N_("practice")},
                                            {.head = N_("title"), .wrap = true},
                                            {.head = N_("level"), .right = true},
                                            {.head = N_("wanted"), .right = true},
                                            {.head = N_("where to start"), .wrap = true, .spare = true}};
    struct arena *a = k->cli->arena;
    struct table *t = table_new(a, columns, 5);
    for (uint32_t i = 0; i < k->short_of.n; i++) {
        const struct shortfall *s = &k->short_of.v[i];
        table_row(t);
        table_cell(t, s->practice->id, CELL_BOLD);
        table_cell(t, label_text(s->practice->title), CELL_PLAIN);
        table_cell(t, arena_printf(a, "%d", s->level), CELL_RED);
        table_cell(t, arena_printf(a, "%d", s->target), CELL_PLAIN);
        table_cell(t, s->practice->command.n ? s->practice->command : label_text(s->practice->start), CELL_PLAIN);
    }
    table_print(t, k->cli);
}

static bool refuse(struct declaring *k, struct err *e) {
    if (!k->cli->json)
        tell_shortfalls(k);
    err_set(e, ERR_INPUT, k->ask.package,
            msg_n("the evidence does not carry this package: %u practice falls short",
                  "the evidence does not carry this package: %u practices fall short", k->short_of.n),
            k->short_of.n);
    return err_hint(e, "%s",
                    _("`akashi conform status` says what is missing; --claim 'PRACTICE=LEVEL: REASON' puts a person's "
                      "word in its place, marked as such"));
}

static str file_for(struct declaring *k) {
    str to = cli_text(k->cli, "to");
    return to.n ? to : arena_printf(k->cli->arena, "%.*s.declaration.json", STR_ARG(k->d.id));
}

static void tell(struct declaring *k, uint64_t index, str file) {
    FILE *out = k->cli->out;
    const struct declaration *d = &k->d;
    uint32_t claimed = 0, n = in_package(d);
    for (uint32_t i = 0; i < d->practices.n; i++)
        claimed += d->practices.v[i].claimed > 0;
    fprintf(out, _("%.*s: %.*s, package %.*s, declared by %.*s until %.*s\n"), STR_ARG(d->id), STR_ARG(d->catalogue),
            STR_ARG(d->package), STR_ARG(d->party_name), STR_ARG(str_upto(time_rfc3339(k->cli->arena, d->until), 10)));
    fprintf(out, _("  practices: %u, of these on a person's word beyond the evidence: %u\n"), n, claimed);
    fprintf(out, _("  products: %u; releases: %llu; evidence: %u statements\n"), d->products.n,
            (unsigned long long)d->releases, d->evidence.n);
    if (d->supersedes.n)
        fprintf(out, _("  takes the place of the declaration %.*s\n"), 16, d->supersedes.p);
    fprintf(out, _("  entry %llu of the log; to hand over: %.*s\n"), (unsigned long long)index, STR_ARG(file));
}

static void tell_json(struct declaring *k, const uint64_t *index, str file) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kstr(&w, "declaration", k->d.id);
    jw_kstr(&w, "catalogue", k->d.catalogue);
    jw_kstr(&w, "package", k->d.package);
    jw_kbool(&w, "signed", index != NULL);
    if (index) {
        jw_kint(&w, "index", (int64_t)*index);
        jw_kstr(&w, "file", file);
    }
    jw_karr(&w, "short");
    for (uint32_t i = 0; i < k->short_of.n; i++) {
        jw_obj(&w);
        jw_kstr(&w, "practice", k->short_of.v[i].practice->id);
        jw_kint(&w, "level", k->short_of.v[i].level);
        jw_kint(&w, "target", k->short_of.v[i].target);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    put_json(k->cli, &b);
}

static bool sign_it(struct declaring *k, struct err *e) {
    uint64_t index;
    str text, file = file_for(k);
    if (!declaration_state(k->x.p, k->cli->arena, &k->d, &index, e) ||
        !declaration_bundle(k->x.p, k->cli->arena, index, &k->d, !k->ask.withhold, &text, e) ||
        !file_replace(file, text, e))
        return false;
    if (k->cli->json)
        tell_json(k, &index, file);
    else
        tell(k, index, file);
    return true;
}

static int run_conform_declare(struct cli *cli) {
    struct declaring k = {.cli = cli};
    struct err e = {0};
    bool check = cli_flag(cli, "check");
    if (!cli_portfolio_open(cli, check ? HOME_READ : HOME_SIGN, &k.x, &e))
        return cli_fail(cli, &e);
    bool ok = take_ask(&k, &e) && declaration_make(k.x.p, cli->arena, &k.ask, &k.d, &k.short_of, &e);
    bool falls_short = ok && k.short_of.n;
    if (ok && cli->json && (check || falls_short))
        tell_json(&k, NULL, S(""));
    if (falls_short)
        ok = refuse(&k, &e);
    else if (ok && !check)
        ok = sign_it(&k, &e);
    else if (ok && !cli->json)
        fprintf(cli->out, "%s\n", _("the evidence carries it; nothing was signed"));
    cli_portfolio_close(&k.x);
    cli_warnings(cli);
    if (falls_short)
        cli_fail(cli, &e);
    return falls_short ? 1 : ok ? 0 : cli_fail(cli, &e);
}

const struct command conform_declare_command = {
    .name = "conform declare",
    .args = "",
    .summary = N_("declare conformity: what the evidence carries, signed by a person and logged"),
    .text = N_(
        "Levels are computed from the log, as `akashi conform status` shows them. What the package wants and the "
        "evidence does not carry is refused, unless a person claims it with a reason (--claim); whoever reads "
        "the declaration sees which is which. The file written holds the declaration and the statements it rests "
        "on with their proofs, so that anybody can compute it again: `akashi conform verify FILE`."),
    .options =
        (const struct option_spec[]){
            {.name = "catalogue", .kind = OPT_TEXT, .value = "ID", .help = N_("against which (cip)")},
            {.name = "package", .kind = OPT_TEXT, .value = "ID", .help = N_("which set of practices (minimum)")},
            {.name = "party",
             .kind = OPT_TEXT,
             .value = "ID",
             .help = N_("who declares: this home's party, or a unit of it")},
            {.name = "product", .kind = OPT_TEXT, .value = "ID", .many = true, .help = N_("for these products (all)")},
            {.name = "site", .kind = OPT_TEXT, .value = "NAME", .many = true, .help = N_("for these sites")},
            {.name = "exclude",
             .kind = OPT_TEXT,
             .value = "WHAT: REASON",
             .many = true,
             .help = N_("what it does not cover")},
            {.name = "claim",
             .kind = OPT_TEXT,
             .value = "PRACTICE=LEVEL: REASON",
             .many = true,
             .help = N_("on the word of the signatory, beyond the evidence")},
            OPTION_PERSON,
            OPTION_TITLE,
            {.name = "from", .kind = OPT_TEXT, .value = "DAY", .help = N_("valid from (now)")},
            {.name = "until", .kind = OPT_TEXT, .value = "DAY", .help = N_("valid until (a year)")},
            {.name = "note", .kind = OPT_TEXT, .value = "TEXT", .help = N_("a remark for readers")},
            {.name = "withhold",
             .kind = OPT_FLAG,
             .help = N_("name the evidence by its place in the log only, and hand none of it over")},
            {.name = "check", .kind = OPT_FLAG, .help = N_("say whether it could be signed; sign nothing")},
            {.name = "to", .kind = OPT_TEXT, .value = "FILE", .help = N_("where to write it (ID.declaration.json)")},
            OPTION_STORE,
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi conform declare --package minimum --person '山田 太郎' --title 代表取締役",
             N_("for all products of one's own")},
            {"akashi conform declare --package standard --person 'T. Yamada' --title President --check",
             N_("would it do?")},
            {0},
        },
    .max_args = 0,
    .run = run_conform_declare,
};
