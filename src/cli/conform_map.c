/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "cli/conform_words.h"
#include "cli/net.h"
#include "conform/gap_json.h"
#include "conform/own.h"

struct showing {
    struct cli *cli;
    struct cli_portfolio h;
    const struct catalogue *from, *to;
    struct relation r;
    uint32_t counts[3]; /* by enum covered */
};

static const char *const strengths[] = {"", N_("overlaps"), N_("is part of"), N_("includes"), N_("equals")};

static const struct practice *from_of(const struct showing *s, const struct relation_pair *p) {
    return &s->from->practices.v[p->from];
}

static void put_map_json(struct showing *s) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    relation_json(&w, &s->r);
    put_json(s->cli, &b);
}

static void put_map_csv(struct showing *s) {
    struct buf b = {0};
    relation_csv(&s->r, &b);
    fwrite(b.p, 1, b.n, s->cli->out);
    buf_free(&b);
}

static void put_map_table(struct showing *s) {
    static const struct column columns[] = {{.head = N_("PRACTICE")},
                                            {.head = N_("TITLE"), .wrap = true},
                                            {.head = N_("COVERED")},
                                            {.head = N_("COVERED BY")},
                                            {.head = N_("WHY"), .wrap = true}};
    struct arena *a = s->cli->arena;
    struct table *t = table_new(a, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0, at = 0; i < s->to->practices.n; i++) {
        uint32_t end = relation_pairs_of(&s->r, i, &at), n = at;
        do {
            const struct relation_pair *p = n < end ? &s->r.pairs.v[n] : NULL;
            bool first = n == at;
            table_row(t);
            table_cell(t, first ? s->to->practices.v[i].id : S(""), CELL_BOLD);
            table_cell(t, first ? label_text(s->to->practices.v[i].title) : S(""), CELL_PLAIN);
            table_cell(t, str_of(p ? _(strengths[p->strength]) : _("nothing")),
                       !p                           ? CELL_RED
                       : strength_full(p->strength) ? CELL_GREEN
                                                    : CELL_YELLOW);
            table_cell(t, p ? from_of(s, p)->id : S("-"), CELL_PLAIN);
            table_cell(t,
                       !p         ? S("")
                       : p->via.p ? arena_printf(a, _("by way of %.*s"), STR_ARG(p->via))
                                  : label_text(p->why),
                       CELL_DIM);
        } while (++n < end);
    }
    fprintf(s->cli->out, _("%.*s, of what %.*s asks for: %u covered, %u in part, %u not at all\n"),
            STR_ARG(s->from->id), STR_ARG(s->to->id), s->counts[COVERED_FULL], s->counts[COVERED_PARTLY],
            s->counts[COVERED_NONE]);
    if (s->r.steps > 1)
        fprintf(s->cli->out, _("there is no map between the two: %u maps in a chain\n"), s->r.steps);
    fputc('\n', s->cli->out);
    table_print(t, s->cli);
}

static bool show(struct showing *s, struct err *e) {
    struct cli *cli = s->cli;
    if (!catalogue_find(cli->ctx, s->h.p, cli->arena, cli->args[0], &s->from, e) ||
        !catalogue_find(cli->ctx, s->h.p, cli->arena, cli->args[1], &s->to, e) ||
        !relation_find(cli->ctx, s->h.p, cli->arena, s->from, s->to, &s->r, e))
        return false;
    if (!s->r.steps) {
        err_set(e, ERR_USAGE, S(""), _("no map leads from %.*s to %.*s"), STR_ARG(s->from->id), STR_ARG(s->to->id));
        return err_hint(e, "%s", _("`akashi conform map import FILE` takes one in (docs/catalogues.md)"));
    }
    relation_counts(&s->r, s->counts);
    if (cli->json)
        put_map_json(s);
    else if (cli_flag(cli, "csv"))
        put_map_csv(s);
    else
        put_map_table(s);
    return true;
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct showing s = {.cli = cli};
    bool ok = cli_conform_open(cli, &s.h, &e) && show(&s, &e);
    cli_conform_close(&s.h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

/* ── import ── */

static bool take(struct cli *cli, struct cli_portfolio *h, struct mapping *m, struct own_say *say, struct err *e) {
    const struct catalogue *from, *to;
    str text;
    if (!file_read_plain(cli->ctx, cli->arena, cli->args[0], &text, e) ||
        !mapping_read(cli->ctx, cli->arena, text, cli->args[0], cli_text(cli, "from"), cli_text(cli, "to"), m, e) ||
        !catalogue_find(cli->ctx, h->p, cli->arena, m->from, &from, e) ||
        !catalogue_find(cli->ctx, h->p, cli->arena, m->to, &to, e) || !mapping_check(cli->arena, m, from, to, e))
        return false;
    say->name = arena_printf(cli->arena, "%.*s--%.*s", STR_ARG(m->from), STR_ARG(m->to));
    say->predicate = m->text;
    return own_say(h->p, cli->arena, say, e);
}

static int run_import(struct cli *cli) {
    struct err e = {0};
    struct cli_portfolio h = {0};
    struct mapping m;
    struct own_say say = {.kind = "mapping"};
    bool ok = cli_portfolio_open(cli, HOME_SIGN, &h, &e) && take(cli, &h, &m, &say, &e);
    if (ok && cli->json) {
        struct buf b = {0};
        struct jw w = jw_to(&b, true);
        jw_obj(&w);
        jw_kstr(&w, "from", m.from);
        jw_kstr(&w, "to", m.to);
        jw_kint(&w, "pairs", m.rows.n);
        jw_kstr(&w, "digest", m.digest);
        jw_kstr(&w, "state", str_of(say.same ? "same" : say.replaced ? "replaced" : "added"));
        jw_kint(&w, "entry", (int64_t)say.index);
        jw_obj_end(&w);
        put_json(cli, &b);
    } else if (ok) {
        fprintf(cli->out,
                say.same ? _("%.*s: %u pairs, in use already: entry %llu\n") : _("%.*s: %u pairs, entry %llu\n"),
                STR_ARG(say.name), m.rows.n, (unsigned long long)say.index);
    }
    if (ok && !say.same)
        cli_cosign(cli, &h.home);
    if (h.p)
        cli_portfolio_close(&h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command conform_map_command = {
    .name = "conform map",
    .args = "A B",
    .summary = N_("how far whoever meets catalogue A meets catalogue B"),
    .text = N_(
        "For each practice of B: by what of A it is covered, and how strongly. \"equals\" and \"includes\" cover it; "
        "\"is part of\" and \"overlaps\" do in part. Maps are read from both ends; where none lies between the two, "
        "the shortest chain over other catalogues is taken, and nothing in it is stronger than its weakest pair."),
    .options = (const struct option_spec[]){{.name = "csv", .kind = OPT_FLAG, .help = N_("CSV, a row for each pair")},
                                            OPTION_STORE,
                                            {0}},
    .examples = (const struct example[]){{"akashi conform map ssdf cip", N_("what SSDF gives for the guideline")}, {0}},
    .min_args = 2,
    .max_args = 2,
    .run = run,
};

const struct command conform_map_import_command = {
    .name = "conform map import",
    .args = "FILE",
    .summary = N_("take in a map between two catalogues"),
    .text = N_(
        "JSON of Akashi, or CSV with the columns from, to, strength, why (元, 先, 関係, 理由); strength is equal, "
        "superset, subset or overlaps (同等, 含む, 一部, 重なる). It becomes a signed statement; the newest one "
        "between "
        "two catalogues counts, also before the built-in one."),
    .options =
        (const struct option_spec[]){
            {.name = "from",
             .kind = OPT_TEXT,
             .value = "ID",
             .help = N_("the catalogue on the left (CSV; else by the name FROM--TO.csv)")},
            {.name = "to", .kind = OPT_TEXT, .value = "ID", .help = N_("the catalogue on the right")},
            OPTION_STORE,
            {0}},
    .examples = (const struct example[]){{"akashi conform map import house--cip.csv", N_("a map of your own")}, {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_import,
};
