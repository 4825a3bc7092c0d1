/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi impact: which releases, systems, customers and services does this reach?
 */
#include "cli/impact.h"
#include "impact/advised.h"

bool limit_of(struct cli *cli, uint64_t *out, struct err *e) {
    int64_t limit = cli_number(cli, "limit", 50);
    if (limit < 1 || limit > 100000)
        return err_set(e, ERR_USAGE, S("--limit"), "%s", _("a page has 1 to 100,000 rows"));
    *out = (uint64_t)limit;
    return true;
}

bool impact_open(struct impact *x, struct cli *cli, str question, struct err *e) {
    str page = cli_text(cli, "page"), audience = cli_text(cli, "audience");
    *x = (struct impact){.cli = cli, .reader = reader_owner};
    if (!limit_of(cli, &x->limit, e) || (page.p && !cursor_parse(cli->arena, page, question, &x->at, e)) ||
        !cli_portfolio_open(cli, HOME_READ, &x->views, e))
        return false;
    x->p = x->views.p;
    x->when = page.p ? cursor_when(&x->at) : x->views.when;
    return portfolio_read(x->p, &x->reading, e) &&
           (!audience.p || reader_parse(x->p, cli->arena, audience, &x->reader, e));
}

void impact_close(struct impact *x) {
    if (x->p)
        portfolio_read_end(x->p, x->reading);
    cli_portfolio_close(&x->views);
}

bool impact_check_data(struct impact *x, struct err *e) {
    bool yes;
    if (!findings_have_data(x->p, &yes, e))
        return false;
    if (!yes)
        ctx_warn(
            x->cli->ctx, S("portfolio"), "%s",
            _("no advisories were taken into the portfolio yet, so nothing is known to be hit: `akashi watch` does"));
    return !x->views.when.given || cli_say_advisories(x->cli, x->p, e);
}

/* Noughts about a flaw that no advisory names must not read as "not affected". */
static bool check_name(struct impact *x, struct question *q, struct err *e) {
    struct ctx *c = x->cli->ctx;
    enum advised k;
    if (q->kind != QUESTION_FLAW)
        return true;
    if (!advised_find(x->p, x->cli->arena, cli_db_path(x->cli), q->name, &k, e))
        return false;
    q->advisory = advised_name(k);
    if (k == ADVISED_UNKNOWN)
        ctx_warn(c, q->name, "%s",
                 _("no advisory in the database has this name, so this answer does not say that nothing is affected: "
                   "`akashi db update` or `akashi db import`, then `akashi watch`"));
    else if (k == ADVISED_LATER)
        ctx_warn(c, q->name, "%s",
                 _("the advisories have changed since the portfolio was last held against them: `akashi watch`"));
    return true;
}

/* Which list: --tell, --only, or what tells most about the question. */
static bool list_of(struct cli *cli, enum reach_list *out, struct err *e) {
    str only = cli_text(cli, "only");
    *out = REACH_RELEASES;
    if (cli_flag(cli, "tell")) {
        if (only.p)
            return err_set(e, ERR_USAGE, S("--tell"), "%s", _("--tell is a list of its own: not together with --only"));
        *out = REACH_TOLD;
        return true;
    }
    return !only.p || reach_list_parse(only, out) || err_set(e, ERR_USAGE, only, "%s", _("no such list"));
}

bool impact_refuse_unknown(str asked, struct err *e) {
    err_set(e, ERR_USAGE, asked, "%s", _("names no package, flaw, file, party, product or release known here"));
    return err_hint(e, "%s",
                    _("packages are asked for by their package URL (pkg:npm/lodash@<4.17.21), flaws by their name "
                      "(CVE-…), files by file:SHA256, releases by PRODUCT@VERSION"));
}

static bool answer(struct impact *x, struct reach *r, const struct reach_page *page, str question, struct err *e) {
    str format = cli_text(x->cli, "export");
    if (!reach_releases(r, e) || !reach_products(r, e) || !reach_systems(r, e) ||
        (reach_unknown(r) && !impact_refuse_unknown(r->q->asked, e)))
        return false;
    if ((r->q->kind == QUESTION_FLAW || r->q->product >= 0 || r->q->party >= 0) && !impact_check_data(x, e))
        return false;
    if (page->list == REACH_TOLD && !reach_told(r, e))
        return false;
    if (format.p)
        return impact_export(x, r, page, str_is(format, "csv"), e);
    if (!x->cli->json)
        return impact_show(x, r, page, question, e);
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    bool ok = reach_json(&w, r, page, question, e);
    if (ok)
        put_json(x->cli, &b);
    buf_free(&b);
    return ok;
}

/* --count */
static bool answer_count(struct impact *x, struct reach *r, struct err *e) {
    const struct question *q = r->q;
    bool named = q->kind == QUESTION_PARTY || q->kind == QUESTION_PRODUCT || q->kind == QUESTION_RELEASE;
    if (!reach_count(r, e))
        return false;
    if (q->kind == QUESTION_UNKNOWN || (named && !r->reader->owner && !r->n_releases))
        return impact_refuse_unknown(q->asked, e);
    if (q->kind == QUESTION_FLAW && !impact_check_data(x, e))
        return false;
    fprintf(x->cli->out, x->cli->json ? "{\"releases\": %llu}\n" : "%llu\n", (unsigned long long)r->n_releases);
    return true;
}

static int run_impact(struct cli *cli) {
    struct err e = {0};
    if (cli_flag(cli, "top") && !cli->n_args)
        return impact_top(cli);
    if (cli_text(cli, "what-if").p && !cli->n_args)
        return impact_what_if(cli, cli_text(cli, "what-if"));
    if (!cli->n_args || cli_flag(cli, "top") || cli_text(cli, "what-if").p) {
        err_set(&e, ERR_USAGE, S("akashi impact"), "%s", _("one question: what to ask about, --top, or --what-if"));
        return cli_fail(cli, &e);
    }
    struct impact x = {0};
    struct reach r = {0};
    struct question q;
    enum reach_list list;
    bool ok = list_of(cli, &list, &e);
    str question = arena_printf(cli->arena, "%.*s %s %.*s", STR_ARG(cli->args[0]), ok ? reach_list_name(list) : "",
                                STR_ARG(cli_text(cli, "audience")));
    ok = ok && impact_open(&x, cli, question, &e) && question_parse(x.p, cli->arena, cli->args[0], &q, &e) &&
         check_name(&x, &q, &e) && reach_begin(&r, x.p, cli->arena, &q, &x.reader, &x.when, &e);
    if (ok) {
        struct reach_page page = {list, x.at.offset, cli_text(cli, "export").p ? UINT64_MAX - x.at.offset : x.limit,
                                  cli_flag(cli, "path")};
        ok = cli_flag(cli, "count") ? answer_count(&x, &r, &e) : answer(&x, &r, &page, question, &e);
    }
    reach_free(&r);
    impact_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command impact_command = {
    .name = "impact",
    .args = "PURL[@RANGE]|CVE|GHSA|file:SHA256|PARTY|PRODUCT@VERSION",
    .summary = N_("which releases, deployments, customers and services it reaches"),
    .text = N_(
        "Counts come first, then a page of releases, newest first, or of what --only names. A range is VERS or the "
        "ecosystem's own notation; without one every version is meant. A party is asked for what it supplies, uses, "
        "runs, hosts and what depends on it; \"party:\", \"product:\" and \"release:\" in front tell same names "
        "apart.\n\n"
        "Services are reached directly (they carry or need a system hit) or through other services; one falls when "
        "a thing it needs has no alternative left that is not hit. People-hours are counted for those that fall: "
        "the people a service covers, less those whom others can serve, for the hours up to the service's MTPD, and "
        "for the hours its restoring takes beyond that."),
    .options =
        (const struct option_spec[]){
            {.name = "only",
             .kind = OPT_TEXT,
             .value = "LIST",
             .help = N_("the list to show (default: releases)"),
             .choices = "releases|products|deployments|customers|services"},
            {.name = "count", .kind = OPT_FLAG, .help = N_("only how many releases, as a number")},
            {.name = "path", .kind = OPT_FLAG, .help = N_("through which dependencies each release shown contains it")},
            {.name = "tell", .kind = OPT_FLAG, .help = N_("who has to be told, why, and how to reach them")},
            {.name = "export",
             .kind = OPT_TEXT,
             .value = "FORMAT",
             .help = N_("the whole list, a row each"),
             .choices = "csv|jsonl"},
            {.name = "top", .kind = OPT_FLAG, .help = N_("where much hangs on little, as `akashi impact top`")},
            {.name = "what-if",
             .kind = OPT_TEXT,
             .value = "remove NAME",
             .help = N_("what fails when it is gone, as `akashi impact what-if`")},
            OPTION_LIMIT,
            OPTION_PAGE,
            OPTION_AS_OF,
            OPTION_AUDIENCE,
            OPTION_STORE,
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi impact 'pkg:npm/lodash@<4.17.21'", N_("who is hit by the versions before 4.17.21")},
            {"akashi impact CVE-2021-44228 --tell", N_("who has to be told, with contacts")},
            {"akashi impact CVE-2021-44228 --only services", N_("services reached, most at stake first")},
            {"akashi impact example-hosting", N_("what depends on this party")},
            {"akashi impact pkg:maven/org.apache.logging.log4j/log4j-core --export csv -o log4j.csv",
             N_("every release that contains it")},
            {"akashi impact CVE-2024-3094 --as-of 2026-04-01", N_("what was in use on that day")},
            {0},
        },
    .min_args = 0,
    .max_args = 1,
    .run = run_impact,
};
