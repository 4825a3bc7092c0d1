/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi conform verify: a declaration computed again from what was handed over.
 */
#include "base/digest.h"
#include "base/file.h"
#include "cli/home.h"
#include "cli/trust.h"
#include "conform/recompute.h"

static const char *verdict_title(enum confirmed c) {
    static const char *const titles[] = {N_("confirmed"), N_("attested only"), N_("not disclosed"), N_("CONTRADICTED"),
                                         N_("not claimed")};
    return _(titles[c]);
}

static const enum cell_style styles[] = {CELL_GREEN, CELL_YELLOW, CELL_BLUE, CELL_RED, CELL_DIM};

static void show_practices(struct cli *cli, const struct recomputation *r) {
    static const struct column columns[] = {{.head = N_("practice")},
                                            {.head = N_("title"), .wrap = true, .spare = true},
                                            {.head = N_("declared"), .right = true},
                                            {.head = N_("computed"), .right = true},
                                            {.head = N_("verdict")},
                                            {.head = N_("why"), .wrap = true}};
    struct arena *a = cli->arena;
    struct table *t = table_new(a, columns, 6);
    for (uint32_t i = 0; i < r->practices.n; i++) {
        const struct recomputed_practice *p = &r->practices.v[i];
        if (p->declared->target < 0 && p->verdict == NOT_CLAIMED)
            continue;
        table_row(t);
        table_cell(t, p->declared->id, CELL_BOLD);
        table_cell(t, p->practice ? label_text(p->practice->title) : S(""), CELL_PLAIN);
        table_cell(t, arena_printf(a, "%d", declared_level(p->declared)), CELL_PLAIN);
        table_cell(t, arena_printf(a, "%d", p->level), CELL_PLAIN);
        table_cell(t, str_of(verdict_title(p->verdict)), styles[p->verdict]);
        table_cell(t, p->why.n ? p->why : p->declared->claim.n ? p->declared->claim : p->declared->reason, CELL_PLAIN);
    }
    table_print(t, cli);
}

static void show_events(struct cli *cli, const struct recomputation *r) {
    static const char *const words[] = {N_("endorsed"), N_("challenged"), N_("answered"), N_("standing")};
    for (uint32_t i = 0; i < r->events.n; i++) {
        const struct declaration_event *x = &r->events.v[i];
        str said = j_gets(x->said, "result");
        said = said.n ? said : j_gets(x->said, "verdict");
        said = said.n ? said : j_gets(x->said, "state");
        said = said.n ? said : j_gets(x->said, "text");
        fprintf(cli->out, "  %.*s %s: %.*s%s\n", STR_ARG(time_rfc3339(cli->arena, x->time)), _(words[x->event]),
                STR_ARG(said), x->counts ? "" : _(" (by a key that is not trusted)"));
    }
}

static void show_head(struct cli *cli, const struct recomputation *r) {
    const struct declaration *d = &r->declaration;
    FILE *out = cli->out;
    fprintf(out, _("%.*s: %.*s, package %.*s, declared by %.*s\n"), STR_ARG(d->id), STR_ARG(d->catalogue),
            STR_ARG(d->package), STR_ARG(d->party_name));
    fprintf(out, _("  signed for by %.*s, %.*s; as of %.*s; valid from %.*s until %.*s\n"), STR_ARG(d->signatory.name),
            STR_ARG(d->signatory.role), STR_ARG(time_rfc3339(cli->arena, d->time)),
            STR_ARG(str_upto(time_rfc3339(cli->arena, d->from), 10)),
            STR_ARG(str_upto(time_rfc3339(cli->arena, d->until), 10)));
    fprintf(out, _("  SHA-256 %.*s\n"), STR_ARG(r->statement->sha256));
    for (uint32_t i = 0; i < d->exclusions.n; i++)
        fprintf(out, _("  not covered: %.*s (%.*s)\n"), STR_ARG(d->exclusions.v[i].what),
                STR_ARG(d->exclusions.v[i].reason));
    if (!r->trusted)
        fprintf(out, "  %s\n", _("NOT TRUSTED: no trusted key signed it, or no log that is trusted holds it"));
    if (!r->valid_now)
        fprintf(out, "  %s\n", _("it is not valid today"));
    if (!r->same_catalogue)
        fprintf(out, "  %s\n", _("it names another edition of the catalogue than the one here: levels may differ"));
    fputc('\n', out);
}

static void show(struct cli *cli, const struct recomputation *r) {
    show_head(cli, r);
    if (!r->trusted)
        cli_checklist(cli, &r->checked);
    show_practices(cli, r);
    show_events(cli, r);
    fprintf(cli->out, _("\nconfirmed %u, attested only %u, not disclosed %u, contradicted %u\n"), r->count[CONFIRMED],
            r->count[ATTESTED_ONLY], r->count[NOT_DISCLOSED], r->count[CONTRADICTED]);
}

static void show_json(struct cli *cli, const struct recomputation *r) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    recomputation_json(cli->arena, &w, r);
    put_json(cli, &b);
}

static int run_conform_verify(struct cli *cli) {
    struct cli_trust t;
    struct recomputation r;
    struct err e = {0};
    uint32_t n;
    const str *more = cli_texts(cli, "evidence", &n);
    if (!cli_trust_open(cli, (str){NULL, 0}, &t, &e))
        return cli_fail(cli, &e);
    bool ok = declaration_recompute(cli->ctx, cli->arena, cli->args[0], more, n, &t.options, &r, &e);
    if (ok && cli->json)
        show_json(cli, &r);
    else if (ok)
        show(cli, &r);
    cli_trust_close(&t);
    cli_warnings(cli);
    return ok ? !recomputation_good(&r) : cli_fail(cli, &e);
}

const struct command conform_verify_command = {
    .name = "conform verify",
    .args = "FILE",
    .summary = N_("compute a declaration again from the statements handed over with it"),
    .text = N_(
        "Says of each practice whether the evidence that was handed over carries the declared level (confirmed), "
        "rests on a person's word (attested only), was kept back (not disclosed), or speaks against it "
        "(contradicted). Needs the declarer's public key, no home and no network. Exit 1 when the declaration is "
        "not trusted, not valid today, or contradicted."),
    .options =
        (const struct option_spec[]){
            {.name = "evidence",
             .kind = OPT_TEXT,
             .value = "FILE",
             .many = true,
             .help = N_("more that was handed over: bundles, envelopes, SBOM documents")},
            OPTION_KEY,
            OPTION_LOG_POLICY,
            OPTION_NO_HOME,
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi conform verify D-1a2b3c4d5e6f.declaration.json --key yamada-soft.pem", N_("does it hold?")},
            {0},
        },
    .min_args = 1,
    .max_args = 1,
    .run = run_conform_verify,
};
