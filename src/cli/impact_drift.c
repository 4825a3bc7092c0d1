/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/impact_scope.h"
#include "impact/drift.h"

struct answering {
    struct looking_at at;
    struct drift_plan plan;
    struct drift_rows rows;
    uint64_t counts[DRIFTS];
};

static bool read_plan(struct answering *k, struct err *e) {
    struct cli *cli = k->at.cli;
    str only = cli_text(cli, "only"), one;
    k->plan = (struct drift_plan){
        .behind = (uint32_t)cli_number(cli, "behind", 1), .years = cli_number(cli, "years", 3), .now = cli->ctx->now};
    while (str_next(&only, ',', &one)) {
        unsigned why = 0;
        while (why < DRIFTS && !str_is(one, drift_words[why]))
            why++;
        if (why == DRIFTS) {
            err_set(e, ERR_USAGE, one, "%s", _("this is no kind of drift"));
            return err_hint(e, _("one of: %s"),
                            "malicious,republished,supplier,yanked,end-of-life,unmaintained,behind");
        }
        k->plan.only |= 1u << why;
    }
    return true;
}

/* ── text ── */

static str detail(struct answering *k, const struct drift_row *r) {
    struct arena *a = k->at.cli->arena;
    switch (r->why) {
    case DRIFT_BEHIND:
        return arena_printf(a, msg_n("%u version behind %.*s", "%u versions behind %.*s", r->n), r->n,
                            STR_ARG(r->than));
    case DRIFT_REPUBLISHED: return arena_printf(a, _("%u different hashes under one version"), r->n);
    case DRIFT_END_OF_LIFE:
        return r->component < 0 ? arena_printf(a, _("no fixes since %.*s (packages: %u)"), STR_ARG(r->than), r->n)
                                : arena_printf(a, _("no fixes since %.*s"), STR_ARG(r->than));
    case DRIFT_UNMAINTAINED:
        return r->than.n == 10 && ch_digit(r->than.p[0])
                   ? arena_printf(a, _("nothing newer seen since %.*s"), STR_ARG(r->than))
                   : r->than;
    case DRIFT_MALICIOUS:
    case DRIFT_SUPPLIER:
    case DRIFT_YANKED: break;
    }
    return r->than;
}

static void show_text(struct answering *k) {
    static const struct column columns[] = {{.head = N_("drift")},
                                            {.head = N_("component"), .shrink = true, .tail = true},
                                            {.head = N_("releases"), .right = true},
                                            {.head = N_("why"), .wrap = true}};
    struct cli *cli = k->at.cli;
    struct table *t = table_new(cli->arena, columns, 4);
    uint64_t from, until = look_page(&k->at, k->rows.n, &from);
    fprintf(cli->out, _("releases looked at: %llu"), (unsigned long long)k->at.releases);
    for (unsigned i = 0; i < DRIFTS; i++)
        if (k->counts[i])
            fprintf(cli->out, ", %s %llu", _(drift_words[i]), (unsigned long long)k->counts[i]);
    fputs(k->rows.n ? "\n\n" : _(", nothing has drifted\n"), cli->out);
    for (uint64_t i = from; i < until; i++) {
        const struct drift_row *r = &k->rows.v[i];
        table_row(t);
        table_cell(t, str_of(_(drift_words[r->why])), r->why <= DRIFT_SUPPLIER ? CELL_RED : CELL_PLAIN);
        table_cell(t, r->purl, CELL_BOLD);
        table_cell(t, arena_printf(cli->arena, "%llu", (unsigned long long)r->releases), CELL_PLAIN);
        table_cell(t, detail(k, r), CELL_PLAIN);
    }
    if (until > from)
        table_print(t, cli);
    look_more(&k->at, k->rows.n, until);
}

/* ── JSON ── */

static void show_row(struct jw *w, const struct drift_row *r) {
    jw_obj(w);
    jw_kstr(w, "drift", str_of(drift_words[r->why]));
    jw_kstr(w, r->component < 0 ? "distribution" : "component", r->purl);
    jw_kint(w, "releases", (int64_t)r->releases);
    if (r->why == DRIFT_BEHIND) {
        jw_kint(w, "versionsBehind", r->n);
        jw_kstr(w, "newest", r->than);
    } else if (r->why == DRIFT_REPUBLISHED) {
        jw_kint(w, "hashes", r->n);
    } else if (r->why == DRIFT_END_OF_LIFE) {
        jw_kstr(w, "ended", r->than);
        if (r->component < 0)
            jw_kint(w, "packages", r->n);
    } else {
        jw_kstr(w, "because", r->than);
    }
    jw_obj_end(w);
}

static void show_json(struct answering *k) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    uint64_t from, until = look_page(&k->at, k->rows.n, &from);
    jw_obj(&w);
    look_json(&k->at, &w, k->rows.n);
    jw_kobj(&w, "counts");
    for (unsigned i = 0; i < DRIFTS; i++)
        jw_kint(&w, drift_words[i], (int64_t)k->counts[i]);
    jw_obj_end(&w);
    jw_karr(&w, "rows");
    for (uint64_t i = from; i < until; i++)
        show_row(&w, &k->rows.v[i]);
    jw_arr_end(&w);
    jw_obj_end(&w);
    put_json(k->at.cli, &b);
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct answering k = {.at.cli = cli};
    bool ok = read_plan(&k, &e) && look_open(&k.at, cli, &e);
    if (ok && k.at.views.when.given)
        k.plan.now = k.at.views.when.time;
    ok = ok && drift_find(k.at.views.p, cli->arena, &k.plan, &k.at.scope, &k.rows, &e);
    for (uint32_t i = 0; ok && i < k.rows.n; i++)
        k.counts[k.rows.v[i].why]++;
    if (ok && cli->json)
        show_json(&k);
    else if (ok)
        show_text(&k);
    look_close(&k.at);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command impact_drift_command = {
    .name = "impact drift",
    .summary = N_("components that releases have fallen behind, or that changed behind one's back"),
    .text = N_("Looks at the newest release of each product and at what deployments run. Newest known is what the "
               "portfolio itself holds and what advisories name as fixed (as of the last `akashi watch`): nobody is "
               "asked over the network.\n\n"
               "malicious: an advisory (MAL-…) calls the package so. republished: documents give different hashes for "
               "one version. supplier: another than the package had at first. yanked, unmaintained: an advisory says "
               "so, or nothing newer was seen for years. end-of-life: its maker no longer fixes it. behind: newer "
               "versions are known."),
    .options =
        (const struct option_spec[]){
            {.name = "only",
             .kind = OPT_TEXT,
             .value = "KIND,…",
             .help = N_("malicious, republished, supplier, yanked, end-of-life, unmaintained, behind")},
            {.name = "behind",
             .kind = OPT_NUMBER,
             .value = "N",
             .help = N_("behind by at least N known versions (default: 1)")},
            {.name = "years",
             .kind = OPT_NUMBER,
             .value = "N",
             .help = N_("unmaintained after N years without a newer version (default: 3)")},
            OPTIONS_SCOPE,
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi impact drift --only behind --behind 5", N_("what has been left alone for long")},
            {"akashi impact drift --product thing@1.2.0", N_("one release")},
            {0},
        },
    .run = run,
};
