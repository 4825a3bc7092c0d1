/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi conform answer: a customer's own questionnaire, filled.
 */
#include "base/file.h"
#include "cli/conform_scope.h"
#include "cli/declaration.h"
#include "conform/answer.h"
#include "impact/contents.h"

enum { LISTED = 20, PRODUCTS_LISTED = 50 };

struct filling {
    struct cli *cli;
    struct cli_portfolio x;
    struct conform_scope scope;
    const struct catalogue *catalogue, *of;
    const struct declaration_row *declared; /* NULL: computed */
    struct answer_source source;
    struct relation relation;
    struct answer_map map;
    struct answer_form form;
    struct csv_sheet sheet;
    struct answer_columns columns;
    struct answer_ask ask;
    struct answers out;
    uint32_t replaced;
};

/* ── what is known ── */

static bool may_answer(const struct declaration_row *d, int64_t now, struct err *e) {
    bool holds = d->standing == STANDING_GOOD || d->standing == STANDING_AT_RISK || d->standing == STANDING_CHALLENGED;
    if (holds && now >= d->said.from && now <= d->said.until)
        return true;
    err_set(e, ERR_INPUT, d->said.id, _("this declaration does not hold (%s): nothing is answered from it"),
            standing_title(d->standing));
    return err_hint(e, "%s", _("`akashi conform declaration list` shows which ones do"));
}

static bool declared_scope(struct filling *k, struct err *e) {
    const struct declaration *d = &k->declared->said;
    bool found;
    int64_t number;
    k->scope = (struct conform_scope){.party = -1};
    if (!thing_find(k->x.p, THING_PARTY, d->party, &found, &k->scope.party, e))
        return false;
    for (uint32_t i = 0; i < d->products.n; i++) {
        if (!thing_find(k->x.p, THING_PRODUCT, d->products.v[i], &found, &number, e))
            return false;
        if (found)
            *vec_push(k->cli->arena, &k->scope.products) = number;
    }
    return conform_scope_complete(k->x.p, k->cli->arena, &k->x.when, &k->scope, e);
}

static bool evaluate(struct filling *k, str package, struct evaluation *levels, struct err *e) {
    struct evaluation_ask ask = {.catalogue = k->catalogue,
                                 .scope = &k->scope,
                                 .package = package,
                                 .when = k->x.when,
                                 .now = k->x.when.given ? k->x.when.time : k->cli->ctx->now,
                                 .most = 16};
    return conform_evaluate(k->x.p, k->cli->arena, &ask, levels, e);
}

/* Of one's own declaration no more is told than today's evidence carries. */
static bool from_declaration(struct filling *k, str name, struct err *e) {
    struct evaluation levels;
    if (!cli_declaration(k->cli, &k->x, name, &k->declared, e) || !may_answer(k->declared, k->cli->ctx->now, e) ||
        !catalogue_find(k->cli->ctx, k->x.p, k->cli->arena, k->declared->said.catalogue, &k->catalogue, e))
        return false;
    if (k->declared->ours && (!declared_scope(k, e) || !evaluate(k, k->declared->said.package, &levels, e)))
        return false;
    answer_source_declared(k->cli->arena, k->catalogue, k->declared, k->declared->ours ? &levels : NULL, &k->source);
    return true;
}

static str wanted_package(struct filling *k) {
    str package = cli_text(k->cli, "package");
    return package.n || !k->catalogue->packages.n ? package : k->catalogue->packages.v[0].id;
}

static bool know(struct filling *k, struct err *e) {
    str declaration = cli_text(k->cli, "declaration");
    struct evaluation levels;
    if (declaration.n)
        return from_declaration(k, declaration, e);
    if (!cli_catalogue(k->cli, k->x.p, &k->catalogue, e))
        return false;
    str package = wanted_package(k);
    if (package.n && package_number(k->catalogue, package) < 0)
        return err_set(e, ERR_USAGE, package, _("the catalogue %.*s has no such package"), STR_ARG(k->catalogue->id));
    if (!cli_conform_scope(k->cli, &k->x, &k->scope, e) || !evaluate(k, package, &levels, e))
        return false;
    answer_source_computed(k->cli->arena, k->catalogue, &levels, k->x.home.origin, &k->source);
    return true;
}

/* ── which question is which practice ── */

static bool is_file(str name) { return path_exists(name) || str_is(name, "-") || str_iends(name, S(".csv")); }

static bool read_map(struct filling *k, str *of, struct err *e) {
    str map = cli_text(k->cli, "map"), text;
    if (!map.n)
        return true;
    if (!is_file(map)) {
        *of = map;
        return true;
    }
    if (!file_read(k->cli->ctx, k->cli->arena, map, &text, e) ||
        !answer_map_read(k->cli->ctx, k->cli->arena, text, map, &k->map, e))
        return false;
    *of = of->n ? *of : k->map.to;
    k->ask.map = &k->map;
    return true;
}

static bool relate(struct filling *k, struct err *e) {
    str of = cli_text(k->cli, "of");
    if (!read_map(k, &of, e))
        return false;
    of = of.n ? of : k->form.catalogue;
    k->of = k->catalogue;
    if (!of.n || str_eq(of, k->catalogue->id))
        return true;
    if (!catalogue_find(k->cli->ctx, k->x.p, k->cli->arena, of, &k->of, e) ||
        !relation_find(k->cli->ctx, k->x.p, k->cli->arena, k->catalogue, k->of, &k->relation, e))
        return false;
    k->ask.relation = &k->relation;
    if (k->relation.steps)
        return true;
    err_set(e, ERR_USAGE, of, _("no map leads from %.*s to %.*s"), STR_ARG(k->catalogue->id), STR_ARG(of));
    return err_hint(e, "%s", _("`akashi conform map import` takes one in; --catalogue names what is computed"));
}

/* ── what a form asks besides practices ── */

static bool scope_names_of(struct filling *k, str *products, str *releases, str *day, struct err *e) {
    struct arena *a = k->cli->arena;
    int64_t newest = 0;
    for (uint32_t i = 0; i < k->scope.products.n && i < PRODUCTS_LISTED; i++) {
        struct release_rows rows;
        str id;
        if (!thing_id(k->x.p, a, THING_PRODUCT, k->scope.products.v[i], &id, e) ||
            !contents_releases(k->x.p->contents, a, k->scope.products.v[i], (str){NULL, 0}, &rows, e))
            return false;
        *products = arena_printf(a, "%.*s%s%.*s", STR_ARG(*products), products->n ? ", " : "", STR_ARG(id));
        if (!rows.n)
            continue;
        const struct release_row *r = &rows.v[rows.n - 1];
        int64_t time = r->released ? r->released : r->time;
        *releases = arena_printf(a, "%.*s%s%.*s %.*s", STR_ARG(*releases), releases->n ? ", " : "", STR_ARG(id),
                                 STR_ARG(r->version));
        newest = time > newest ? time : newest;
    }
    *day = newest ? conform_day(a, newest) : S("");
    return true;
}

static bool put_fields(struct filling *k, struct err *e) {
    str products = S(""), releases = S(""), day = S(""), producer = S("");
    struct party party;
    bool found = false;
    if (k->scope.products.n && !scope_names_of(k, &products, &releases, &day, e))
        return false;
    if (k->scope.party >= 0 && !party_get(k->x.p, k->cli->arena, k->scope.party, &k->x.when, &party, &found, e))
        return false;
    if (found)
        producer = party.name.n ? party.name : party.id;
    if (k->declared)
        producer = k->declared->said.party_name;
    const struct {
        const char *name;
        str value;
    } known[] = {{"producer", producer},
                 {"products", products},
                 {"releases", releases},
                 {"released", day},
                 {"signatory", k->declared ? k->declared->said.signatory.name : S("")},
                 {"title", k->declared ? k->declared->said.signatory.role : S("")}};
    for (uint32_t i = 0; i < k->form.fields.entries.n; i++) {
        struct map_entry *x = &k->form.fields.entries.v[i];
        str *value = arena_new_of(k->cli->arena, str);
        for (size_t n = 0; n < sizeof known / sizeof *known; n++)
            if (str_is(*(str *)x->value, known[n].name))
                *value = known[n].value;
        x->value = value;
    }
    k->ask.fields = &k->form.fields;
    return true;
}

/* ── the sheet ── */

static bool read_sheet(struct filling *k, struct err *e) {
    str form = cli_text(k->cli, "form"), text;
    if (form.n && k->cli->n_args)
        return err_set(e, ERR_USAGE, S("--form"), "%s", _("give a sheet or --form, not both"));
    if (form.n) {
        if (!answer_form_find(k->cli->ctx, k->cli->arena, form, &k->form, e))
            return false;
        k->sheet = k->form.sheet;
        return true;
    }
    if (!k->cli->n_args) {
        err_set(e, ERR_USAGE, S("FILE.csv"), "%s", _("which sheet is to be filled?"));
        return err_hint(e, "%s", _("save the customer's sheet as CSV, or use --form cisa"));
    }
    return file_read(k->cli->ctx, k->cli->arena, k->cli->args[0], &text, e) &&
           csv_sheet_read(k->cli->arena, text, k->cli->args[0], &k->sheet, e);
}

/* "yes=○" */
static bool take_words(struct filling *k, struct err *e) {
    static const char *const names[3] = {"yes", "partly", "none"};
    uint32_t n;
    const str *given = cli_texts(k->cli, "word", &n);
    k->ask.words[0] = str_of(_("yes"));
    k->ask.words[1] = str_of(_("in part"));
    k->ask.words[2] = str_of(_("not applicable"));
    for (uint32_t i = 0; i < n; i++) {
        str name, word;
        int w = 0;
        bool cut = str_cut(given[i], '=', &name, &word);
        while (w < 3 && !str_is(str_trim(name), names[w]))
            w++;
        if (!cut || w == 3 || !str_trim(word).n)
            return err_set(e, ERR_USAGE, given[i], "%s", _("write it like yes=WORD, partly=WORD or none=WORD"));
        k->ask.words[w] = str_trim(word);
    }
    k->ask.yes_at = (int)cli_number(k->cli, "yes-at", 0);
    return (k->ask.yes_at >= 0 && k->ask.yes_at < LEVELS) ||
           err_set(e, ERR_USAGE, S("--yes-at"), "%s", _("a level is a number from 1 to 4"));
}

static bool answer(struct filling *k, struct err *e) {
    uint32_t n;
    const str *given = cli_texts(k->cli, "column", &n);
    if (!read_sheet(k, e) || !take_words(k, e) || !know(k, e) || !relate(k, e) ||
        !answer_columns_find(k->cli->arena, &k->sheet, given, n, &k->columns, e) || (k->form.id.n && !put_fields(k, e)))
        return false;
    k->ask.source = &k->source;
    k->ask.of = k->of;
    answer_sheet(k->cli->arena, &k->ask, &k->sheet, &k->columns, &k->out);
    return true;
}

/* ── what comes of it ── */

static const char *const state_titles[ANSWER_STATES] = {
    N_("answered with yes"),         N_("answered in part"),    N_("not applicable"),
    N_("filled from the portfolio"), N_("answered already"),    N_("blank: no practice is known for it"),
    N_("blank: no evidence"),        N_("blank: only related"), N_("blank: the row is wrong")};

static void tell(struct filling *k, FILE *out) {
    uint32_t listed = 0;
    fprintf(out, _("%u questions, answered from %.*s\n"), k->out.rows.n, STR_ARG(k->source.name));
    for (int i = 0; i < ANSWER_STATES; i++)
        if (k->out.counts[i])
            fprintf(out, "  %6u  %s\n", k->out.counts[i], _(state_titles[i]));
    for (uint32_t i = 0; i < k->out.rows.n; i++) {
        const struct answered *x = &k->out.rows.v[i];
        if (x->state < BLANK_UNMAPPED || listed++ >= LISTED)
            continue;
        fprintf(out, "%.*s:%u: %.*s: %.*s\n", STR_ARG(k->sheet.where), x->line, STR_ARG(str_upto(x->question, 120)),
                STR_ARG(x->why));
    }
    if (listed > LISTED)
        fprintf(out, _("and %u more; --json has all of them\n"), listed - LISTED);
}

static void json_rows(struct jw *w, const struct filling *k) {
    jw_karr(w, "rows");
    for (uint32_t i = 0; i < k->out.rows.n; i++) {
        const struct answered *x = &k->out.rows.v[i];
        jw_obj(w);
        jw_kint(w, "line", x->line);
        jw_kstr(w, "question", x->question);
        jw_kstr(w, "state", str_of(answer_state_name(x->state)));
        if (x->practices.n)
            jw_kstr(w, "practices", x->practices);
        if (x->answer.n)
            jw_kstr(w, "answer", x->answer);
        if (x->level >= 0)
            jw_kint(w, "level", x->level);
        if (x->reference.n)
            jw_kstr(w, "reference", x->reference);
        if (x->note.n)
            jw_kstr(w, "note", x->note);
        if (x->why.n)
            jw_kstr(w, "why", x->why);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void tell_json(struct filling *k) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kstr(&w, "sheet", k->sheet.where);
    jw_kstr(&w, "charset", str_of(k->sheet.charset));
    jw_kstr(&w, "source", k->source.name);
    jw_kstr(&w, "catalogue", k->catalogue->id);
    jw_kstr(&w, "of", k->of->id);
    jw_kobj(&w, "counts");
    for (int i = 0; i < ANSWER_STATES; i++)
        jw_kint(&w, answer_state_name((enum answer_state)i), k->out.counts[i]);
    jw_obj_end(&w);
    jw_kint(&w, "replaced", k->replaced);
    jw_karr(&w, "unused");
    for (uint32_t i = 0; i < k->map.questions.n; i++)
        if (!k->map.questions.v[i]->used)
            jw_str(&w, k->map.questions.v[i]->question);
    jw_arr_end(&w);
    json_rows(&w, k);
    jw_obj_end(&w);
    put_json(k->cli, &b);
}

static void warn(struct filling *k) {
    uint32_t unused = 0;
    for (uint32_t i = 0; i < k->map.questions.n; i++)
        unused += !k->map.questions.v[i]->used;
    if (unused)
        ctx_warn(
            k->cli->ctx, k->map.where,
            msg_n("%u question of the map is not in the sheet", "%u questions of the map are not in the sheet", unused),
            unused);
    if (k->replaced)
        ctx_warn(k->cli->ctx, k->sheet.where, _("characters that Shift_JIS does not have, written as 〓: %u"),
                 k->replaced);
    if (k->declared && k->declared->standing != STANDING_GOOD)
        ctx_warn(k->cli->ctx, k->declared->said.id,
                 _("this declaration is %s; nothing beyond today's evidence is told"),
                 standing_title(k->declared->standing));
    if (k->out.rows.n && k->out.counts[BLANK_UNMAPPED] == k->out.rows.n)
        ctx_warn(k->cli->ctx, k->sheet.where,
                 _("nothing in it names a practice of %.*s: --map FILE says which question stands for which"),
                 STR_ARG(k->of->id));
}

static bool hand_over(struct filling *k, struct err *e) {
    struct buf b = {0};
    str to = cli_text(k->cli, "to");
    bool ok = csv_sheet_write(k->cli->arena, &k->sheet, &b, &k->replaced, e);
    if (ok && to.n)
        ok = file_replace(to, buf_str(&b), e);
    else if (ok && !k->cli->json)
        fwrite(b.p ? b.p : "", 1, b.n, k->cli->out);
    buf_free(&b);
    if (!ok)
        return false;
    warn(k);
    if (k->cli->json)
        tell_json(k);
    else if (to.n || !k->cli->ctx->quiet)
        tell(k, to.n ? k->cli->out : stderr);
    return true;
}

static int run_conform_answer(struct cli *cli) {
    struct filling k = {.cli = cli};
    struct err e = {0};
    if (!cli_portfolio_open(cli, HOME_READ, &k.x, &e))
        return cli_fail(cli, &e);
    bool ok = answer(&k, &e) && hand_over(&k, &e);
    cli_portfolio_close(&k.x);
    cli_warnings(cli);
    return !ok ? cli_fail(cli, &e) : k.out.counts[BLANK_FAULT] ? 1 : 0;
}

const struct command conform_answer_command = {
    .name = "conform answer",
    .args = "[SHEET.csv]",
    .summary = N_("fill a customer's own questionnaire from what is computed or declared"),
    .text = N_(
        "The sheet is a CSV file as spreadsheets save it (UTF-8, UTF-16 or Shift_JIS) and comes back in the same "
        "encoding with the same columns; those for answer, level, reference and remark are found by their heads, and "
        "appended where there are none. What is filled already stays. Which question stands for which practice is said "
        "by --map, or by a column of the sheet that names practices or requirements.\n\nNo answer says more than the "
        "level that was computed, or declared and still carried, and nothing known leaves a blank: the report says how "
        "many and why. Exit 1 when rows are wrong. docs/answer.md has the heads and an example."),
    .options =
        (const struct option_spec[]){
            {.name = "map",
             .kind = OPT_TEXT,
             .value = "FILE|CATALOGUE",
             .help = N_("questions to practices (CSV: question, practice, strength), or the catalogue whose ids the "
                        "sheet has")},
            {.name = "of", .kind = OPT_TEXT, .value = "ID", .help = N_("whose practices map and sheet name")},
            {.name = "form", .kind = OPT_TEXT, .value = "ID", .help = N_("a form known by name: cisa")},
            {.name = "declaration",
             .kind = OPT_TEXT,
             .value = "ID|DIGEST",
             .help = N_("answer from this declaration (else: from levels as of now)")},
            OPTION_CATALOGUE,
            {.name = "package",
             .kind = OPT_TEXT,
             .value = "ID",
             .help = N_("its targets are what a yes takes (the catalogue's first)")},
            {.name = "yes-at", .kind = OPT_NUMBER, .value = "LEVEL", .help = N_("the level that a yes takes")},
            {.name = "word",
             .kind = OPT_TEXT,
             .value = "yes=○",
             .many = true,
             .help = N_("how the sheet wants it said: yes=, partly=, none=")},
            {.name = "column",
             .kind = OPT_TEXT,
             .value = "answer=HEAD",
             .many = true,
             .help = N_("which column is which: id, text, practice, answer, level, reference, note")},
            {.name = "to", .kind = OPT_TEXT, .value = "FILE", .help = N_("where to write it (standard output)")},
            OPTIONS_WHOSE,
            OPTION_AS_OF,
            OPTION_STORE,
            {0}},
    .examples =
        (const struct example[]){
            {"akashi conform answer sheet.csv --map sheet--cip.csv --to answered.csv", N_("a customer's sheet")},
            {"akashi conform answer sheet.csv --declaration D-1a2b3c4d5e6f --word yes=○ --word partly=△ --to a.csv",
             N_("from what was signed")},
            {"akashi conform answer --form cisa --declaration D-1a2b3c4d5e6f", N_("the US attestation form")},
            {0}},
    .max_args = 1,
    .run = run_conform_answer,
};
