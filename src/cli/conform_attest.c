/* SPDX-License-Identifier: Apache-2.0 */
#include "archive/archive.h"
#include "base/digest.h"
#include "base/file.h"
#include "cli/conform_scope.h"
#include "conform/attest.h"

enum { DAY = 86400 };

struct attesting {
    struct cli *cli;
    struct cli_portfolio h;
    const struct catalogue *catalogue;
    const struct practice *practice;
    struct attestation said;
    uint64_t index;
    bool was_there;
};

/* ── what is said ── */

static bool take_day(struct cli *cli, const char *option, bool end, int64_t *out, struct err *e) {
    str text = cli_text(cli, option);
    *out = 0;
    if (!text.p)
        return true;
    if (!time_parse(text, out)) {
        err_set(e, ERR_USAGE, text, "%s", _("this is no day"));
        return err_hint(e, "%s", _("write it like 2026-04-01"));
    }
    if (end && text.n == 10)
        *out += DAY - 1;
    return true;
}

static bool take_times(struct attesting *k, struct err *e) {
    struct attestation *x = &k->said;
    int64_t now = k->cli->ctx->now;
    if (!take_day(k->cli, "date", false, &x->date, e) || !take_day(k->cli, "expires", true, &x->expires, e))
        return false;
    if (x->date > now)
        return err_set(e, ERR_USAGE, cli_text(k->cli, "date"), "%s", _("this day is still to come"));
    if (x->expires && x->expires <= now)
        return err_set(e, ERR_USAGE, cli_text(k->cli, "expires"), "%s",
                       _("this has expired already: it would never count"));
    if (x->date && x->date < now - DAY)
        ctx_warn(k->cli->ctx, cli_text(k->cli, "date"),
                 _("the time of the log counts, %.*s; this day is shown as claimed"),
                 STR_ARG(conform_day(k->cli->arena, now)));
    if (!x->date)
        x->date = now;
    return true;
}

static bool take_level(struct attesting *k, struct err *e) {
    int64_t level = cli_number(k->cli, "level", 0);
    k->said.reason = cli_text(k->cli, "not-applicable");
    if (k->said.reason.p && !str_trim(k->said.reason).n)
        return err_set(e, ERR_USAGE, S("--not-applicable"), "%s", _("say why it does not apply"));
    if ((level != 0) == (k->said.reason.n > 0) || level < 0 || level >= LEVELS)
        return err_set(e, ERR_USAGE, S("--level"), "%s", _("say --level 1 to 4, or --not-applicable with the reason"));
    k->said.level = (int)level;
    return true;
}

/* "5/40" */
static bool take_sample(struct attesting *k, struct err *e) {
    str text = cli_text(k->cli, "sample"), n, of;
    uint64_t a, b;
    if (!text.p || str_is(text, "all"))
        return true;
    if (!str_cut(text, '/', &n, &of) || !str_u64(n, &a) || !str_u64(of, &b) || !a || a > b || b > DRAW_MOST) {
        err_set(e, ERR_USAGE, text, "%s", _("this is no sample"));
        return err_hint(e, "%s", _("write it like 5/40, or all"));
    }
    k->said.n = (uint32_t)a;
    k->said.of = (uint32_t)b;
    str seed = cli_text(k->cli, "seed");
    k->said.seed = seed.n ? seed
                          : arena_printf(k->cli->arena, "%.*s %.*s %.*s", STR_ARG(k->catalogue->id),
                                         STR_ARG(k->practice->id), STR_ARG(conform_day(k->cli->arena, k->said.date)));
    return true;
}

static bool take_scope(struct attesting *k, struct err *e) {
    struct conform_scope scope;
    uint32_t n;
    const str *ids = cli_texts(k->cli, "product", &n);
    str unit = cli_text(k->cli, "unit"), party = cli_text(k->cli, "party");
    if (!cli_conform_scope(k->cli, &k->h, &scope, e))
        return false;
    k->said.party = unit.p ? unit : party;
    for (uint32_t i = 0; i < n; i++)
        *vec_push(k->cli->arena, &k->said.products) = ids[i];
    return true;
}

static bool take_documents(struct attesting *k, struct err *e) {
    uint32_t n;
    const str *files = cli_texts(k->cli, "document", &n);
    for (uint32_t i = 0; i < n; i++) {
        struct arena *a = arena_new();
        struct body_name name;
        str text;
        bool ok = file_read(k->cli->ctx, a, files[i], &text, e) && archive_put(k->h.home.archive, text, &name, e);
        arena_free(a);
        if (!ok)
            return false;
        *vec_push(k->cli->arena, &k->said.documents) = (struct attested_document){
            path_base(files[i]), hex_text(k->cli->arena, name.b, sizeof name.b)};
    }
    return true;
}

static bool take_all(struct attesting *k, struct err *e) {
    struct cli *cli = k->cli;
    if (!cli_catalogue(cli, k->h.p, &k->catalogue, e) ||
        !cli_practice(cli, k->catalogue, cli->args[0], &k->practice, e))
        return false;
    k->said = (struct attestation){.catalogue = k->catalogue->id,
                                   .practice = k->practice->id,
                                   .text = cli_text(cli, "text"),
                                   .person = str_trim(cli_text(cli, "person")),
                                   .role = str_trim(cli_text(cli, "title"))};
    if (!k->said.person.n || !k->said.role.n)
        return err_set(e, ERR_USAGE, S("--person"), "%s",
                       _("say who gives their word: --person NAME and --title ROLE"));
    return take_level(k, e) && take_times(k, e) && take_sample(k, e) && take_scope(k, e) && take_documents(k, e);
}

/* ── the answer ── */

static bool state(struct attesting *k, struct err *e) {
    struct portfolio_add add = {0};
    if (!attestation_payload(k->cli->ctx, k->cli->arena, &k->said, &add.payload, e) ||
        (k->said.documents.n && !archive_sync(k->h.home.archive, e)) ||
        !portfolio_append(k->h.p, k->cli->arena, &add, 1, e))
        return false;
    k->index = add.index;
    k->was_there = add.was_there;
    return true;
}

static bool level_now(struct attesting *k, struct practice_state *out, struct err *e) {
    struct conform_scope scope;
    struct evaluation all;
    struct evaluation_ask ask = {
        .catalogue = k->catalogue, .scope = &scope, .now = k->cli->ctx->now, .only = k->practice->id, .most = 1};
    if (!portfolio_as_of(k->h.p, (str){NULL, 0}, &ask.when, e) || !cli_conform_scope(k->cli, &k->h, &scope, e) ||
        !conform_evaluate(k->h.p, k->cli->arena, &ask, &all, e))
        return false;
    *out = all.practices.v[0];
    return true;
}

static void show_drawn(struct attesting *k) {
    struct drawn drawn = {0};
    struct buf b = {0};
    if (!k->said.of)
        return;
    sample_draw(k->cli->arena, k->said.seed, k->said.n, k->said.of, &drawn);
    for (uint32_t i = 0; i < drawn.n && i < 200; i++)
        buf_addf(&b, "%s%u", i ? ", " : "", drawn.v[i]);
    fprintf(k->cli->out, _("to be looked at, of %u: %.*s\n"), k->said.of, STR_ARG(buf_str(&b)));
    buf_free(&b);
}

/* Which rule of the next level does not hold. */
static void show_lacking(struct attesting *k, const struct practice_state *s) {
    int next = s->level + 1;
    if (s->basis == BASIS_NOT_APPLICABLE || next >= LEVELS || s->level >= k->said.level)
        return;
    for (uint32_t i = 0; i < s->rules[next].n; i++)
        if (!s->rules[next].v[i].holds)
            fprintf(k->cli->out, _("level %d needs: %.*s\n"), next,
                    STR_ARG(rule_text(k->cli->arena, s->rules[next].v[i].rule)));
}

static void show(struct attesting *k, const struct practice_state *s) {
    struct cli *cli = k->cli;
    if (k->was_there)
        fprintf(cli->out, _("%.*s: said already, entry %llu\n"), STR_ARG(k->practice->id),
                (unsigned long long)k->index);
    else
        fprintf(cli->out, _("%.*s: said, entry %llu\n"), STR_ARG(k->practice->id), (unsigned long long)k->index);
    show_drawn(k);
    if (s->basis == BASIS_NOT_APPLICABLE)
        fprintf(cli->out, _("not applicable: %.*s\n"), STR_ARG(s->reason));
    else
        fprintf(cli->out, _("level now: %d\n"), s->level);
    show_lacking(k, s);
}

static void show_json(struct attesting *k, const struct practice_state *s) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kstr(&w, "practice", k->practice->id);
    jw_kint(&w, "entry", (int64_t)k->index);
    jw_kint(&w, "level", s->level);
    jw_kbool(&w, "notApplicable", s->basis == BASIS_NOT_APPLICABLE);
    if (k->said.of) {
        struct drawn drawn = {0};
        sample_draw(k->cli->arena, k->said.seed, k->said.n, k->said.of, &drawn);
        jw_kstr(&w, "seed", k->said.seed);
        jw_karr(&w, "drawn");
        for (uint32_t i = 0; i < drawn.n; i++)
            jw_int(&w, drawn.v[i]);
        jw_arr_end(&w);
    }
    jw_obj_end(&w);
    put_json(k->cli, &b);
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct attesting k = {.cli = cli};
    struct practice_state now;
    if (!cli_portfolio_open(cli, HOME_SIGN, &k.h, &e))
        return cli_fail(cli, &e);
    bool ok = take_all(&k, &e) && state(&k, &e) && level_now(&k, &now, &e);
    if (ok && cli->json)
        show_json(&k, &now);
    else if (ok)
        show(&k, &now);
    cli_portfolio_close(&k.h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command conform_attest_command = {
    .name = "conform attest",
    .args = "PRACTICE",
    .summary = N_("give one's word for a practice: a named person, a level, documents"),
    .text = N_(
        "What a machine cannot see somebody answers for by name. It counts where the catalogue's rules ask for a "
        "person's word, from the moment the log has it: --date is shown as claimed, and never counts. Documents "
        "go into the archive. --sample N/OF says how much was looked at; which ones, follows from the seed, so "
        "that a checker can draw them again.\n\nA level that rules do not admit is not reached by saying it: the "
        "answer names what is missing."),
    .options =
        (const struct option_spec[]){
            OPTION_CATALOGUE,
            {.name = "level", .kind = OPT_NUMBER, .value = "N", .help = N_("1 to 4")},
            {.name = "not-applicable", .kind = OPT_TEXT, .value = "REASON", .help = N_("it does not apply, and why")},
            {.name = "person", .kind = OPT_TEXT, .value = "NAME", .help = N_("who gives their word")},
            {.name = "title", .kind = OPT_TEXT, .value = "ROLE", .help = N_("as what: CISO, head of development …")},
            {.name = "text", .kind = OPT_TEXT, .value = "TEXT", .help = N_("what was found")},
            {.name = "document",
             .kind = OPT_TEXT,
             .many = true,
             .value = "FILE",
             .help = N_("that shows it; goes into the archive")},
            {.name = "date", .kind = OPT_TEXT, .value = "DAY", .help = N_("when it was found so (as claimed)")},
            {.name = "expires", .kind = OPT_TEXT, .value = "DAY", .help = N_("the last day on which it counts")},
            {.name = "sample", .kind = OPT_TEXT, .value = "N/OF", .help = N_("how many were looked at, or all")},
            {.name = "seed", .kind = OPT_TEXT, .value = "TEXT", .help = N_("what they were drawn with")},
            OPTIONS_WHOSE,
            OPTION_STORE,
            {0}},
    .examples =
        (const struct example[]){
            {"akashi conform attest \"S(1)-2.1\" --level 2 --person \"Yamada Hanako\" --title CISO --document "
             "process.pdf --expires 2027-03-31",
             N_("a process that is written down, for a year")},
            {"akashi conform attest \"S(1)-2.4\" --not-applicable \"no configuration is shipped\" --person \"Yamada "
             "Hanako\" --title CISO",
             N_("what does not apply needs a reason")},
            {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
