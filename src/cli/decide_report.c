/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi decide report: what was offered, decided and left open, for one customer, case or practice; for a reader only
 * what concerns that reader.
 */
#include "base/csv.h"
#include "base/file.h"
#include "cli/decide.h"

enum { COLUMNS = 16 };
static const struct {
    const char *key, *head; /* of JSON and CSV; N_() */
} columns[COLUMNS] = {
    {"offer", N_("offer")},
    {"provider", N_("provider")},
    {"customer", N_("customer")},
    {"product", N_("product")},
    {"case", N_("case")},
    {"vulnerabilities", N_("vulnerabilities")},
    {"practices", N_("practices")},
    {"measure", N_("measure")},
    {"risk", N_("risk")},
    {"offered", N_("offered")},
    {"state", N_("state")},
    {"reason", N_("reason")},
    {"decidedBy", N_("decided by")},
    {"riskOwner", N_("bears the risk")},
    {"decided", N_("decided")},
    {"due", N_("to be done because")},
};

struct report_row {
    str v[COLUMNS];
};
struct reporting {
    struct cli *cli;
    struct cli_portfolio x;
    struct reader reader;
    str customer, case_id, practice;
    VEC(struct report_row) rows;
};

static bool is_asked_for(const struct reporting *k, const struct decision *d) {
    const struct offer *o = &d->said;
    bool practice = !k->practice.n;
    for (uint32_t i = 0; i < o->practices.n; i++)
        practice |= str_eq(o->practices.v[i], k->practice);
    return practice && (!k->case_id.n || str_eq(k->case_id, o->case_id)) &&
           (!k->customer.n || str_eq(k->customer, o->customer.id) || str_eq(k->customer, o->customer.name));
}

static str joined(struct arena *a, const struct offer *o, bool flaws) {
    str all = S("");
    for (uint32_t i = 0; i < (flaws ? o->flaws.n : o->practices.n); i++)
        all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all), i ? " " : "",
                           STR_ARG(flaws ? o->flaws.v[i].id : o->practices.v[i]));
    return all;
}

static bool add_row(void *arg, const struct decision *d, struct err *e) {
    struct reporting *k = arg;
    struct arena *a = k->cli->arena;
    const struct offer *o = &d->said;
    const struct offer_answer *x = d->holds ? &d->holds->said : NULL;
    bool may;
    if (!is_asked_for(k, d))
        return true;
    if (!decision_seen(k->x.p, k->cli->arena, &k->reader, d, &may, e))
        return false;
    if (!may)
        return true;
    struct report_row *r = vec_push(a, &k->rows);
    const str v[COLUMNS] = {d->id,
                            decision_side_text(&o->provider),
                            decision_side_text(&o->customer),
                            o->product,
                            o->case_id,
                            joined(a, o, true),
                            joined(a, o, false),
                            o->title,
                            o->risk,
                            decision_day(a, d->log.time),
                            str_of(decision_state_text(d)),
                            x ? x->reason : S(""),
                            x ? arena_printf(a, "%.*s (%.*s)", STR_ARG(x->person), STR_ARG(x->role)) : S(""),
                            x ? x->risk_owner : S(""),
                            x ? decision_day(a, d->holds->decided) : S(""),
                            decision_due_text(a, d)};
    for (int i = 0; i < COLUMNS; i++)
        r->v[i] = v[i].n ? arena_str(a, v[i]) : S("");
    return true;
}

/* ── the forms ── */

static void write_csv(struct reporting *k, struct buf *b) {
    for (int i = 0; i < COLUMNS; i++)
        csv_write(b, i == 0, str_of(columns[i].key));
    buf_addz(b, "\r\n");
    for (uint32_t r = 0; r < k->rows.n; r++) {
        for (int i = 0; i < COLUMNS; i++)
            csv_write(b, i == 0, k->rows.v[r].v[i]);
        buf_addz(b, "\r\n");
    }
}

static void html_text(struct buf *b, str s) {
    for (size_t i = 0; i < s.n; i++)
        switch (s.p[i]) {
        case '<': buf_addz(b, "&lt;"); break;
        case '>': buf_addz(b, "&gt;"); break;
        case '&': buf_addz(b, "&amp;"); break;
        case '"': buf_addz(b, "&quot;"); break;
        default: buf_addc(b, s.p[i]);
        }
}

static void write_html(struct reporting *k, struct buf *b) {
    static const char style[] = "body{font-family:sans-serif;margin:2em;color:#222}table{border-collapse:collapse}"
                                "th,td{border:1px solid #bbb;padding:.3em .5em;text-align:left;vertical-align:top;"
                                "font-size:.85em}th{background:#eee}tr{break-inside:avoid}";
    str title = str_of(_("Decisions between provider and customer"));
    buf_addf(b, "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>%.*s</title><style>%s</style>",
             msg_lang(), STR_ARG(title), style);
    buf_addf(b, "</head><body><h1>%.*s</h1>\n<p>", STR_ARG(title));
    html_text(b, k->x.home.party);
    buf_addf(b, ", %.*s</p>\n<table><tr>", STR_ARG(decision_day(k->cli->arena, k->cli->ctx->now)));
    for (int i = 0; i < COLUMNS; i++)
        buf_addf(b, "<th>%s</th>", _(columns[i].head));
    buf_addz(b, "</tr>\n");
    for (uint32_t r = 0; r < k->rows.n; r++) {
        buf_addz(b, "<tr>");
        for (int i = 0; i < COLUMNS; i++) {
            buf_addz(b, "<td>");
            html_text(b, k->rows.v[r].v[i]);
            buf_addz(b, "</td>");
        }
        buf_addz(b, "</tr>\n");
    }
    buf_addz(b, "</table></body></html>\n");
}

static void write_json(struct reporting *k, struct buf *b) {
    struct jw w = jw_to(b, true);
    jw_arr(&w);
    for (uint32_t r = 0; r < k->rows.n; r++) {
        jw_obj(&w);
        for (int i = 0; i < COLUMNS; i++)
            jw_kstr(&w, columns[i].key, k->rows.v[r].v[i]);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
}

static void show(struct reporting *k) {
    for (uint32_t r = 0; r < k->rows.n; r++) {
        if (r)
            fputc('\n', k->cli->out);
        for (int i = 0; i < COLUMNS; i++)
            if (k->rows.v[r].v[i].n)
                fprintf(k->cli->out, "%s: %.*s\n", _(columns[i].head), STR_ARG(k->rows.v[r].v[i]));
    }
}

static bool write(struct reporting *k, struct err *e) {
    str html = cli_text(k->cli, "html"), csv = cli_text(k->cli, "csv");
    struct buf b = {0};
    bool ok = true;
    if (html.p) {
        write_html(k, &b);
        ok = file_replace(html, buf_str(&b), e);
    }
    buf_clear(&b);
    if (csv.p) {
        write_csv(k, &b);
        ok = ok && file_replace(csv, buf_str(&b), e);
    }
    buf_clear(&b);
    if (ok && k->cli->json) {
        write_json(k, &b);
        put_json(k->cli, &b);
    } else if (ok && !html.p && !csv.p) {
        show(k);
    }
    buf_free(&b);
    return ok;
}

static int run_decide_report(struct cli *cli) {
    struct reporting k = {.cli = cli,
                          .reader = reader_owner,
                          .customer = cli_text(cli, "customer"),
                          .case_id = cli_text(cli, "case"),
                          .practice = cli_text(cli, "practice")};
    struct decision_ask ask = {.now = cli->ctx->now};
    struct err e = {0};
    if (!cli_portfolio_open(cli, HOME_READ, &k.x, &e))
        return cli_fail(cli, &e);
    ask.when = k.x.when;
    bool ok = cli_reader(cli, &k.x, &k.reader, &e) && decisions_each(k.x.p, &ask, add_row, &k, &e) && write(&k, &e);
    cli_portfolio_close(&k.x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command decide_report_command = {
    .name = "decide report",
    .args = "",
    .summary = N_("what was offered, decided and left open: for a customer, a case or a practice"),
    .options =
        (const struct option_spec[]){
            {.name = "customer", .kind = OPT_TEXT, .value = "PARTY", .help = N_("those offered to this party")},
            {.name = "case", .kind = OPT_TEXT, .value = "CASE", .help = N_("those about this case")},
            {.name = "practice", .kind = OPT_TEXT, .value = "ID", .help = N_("those that serve this practice")},
            OPTION_READER,
            {.name = "html", .kind = OPT_TEXT, .value = "FILE", .help = N_("as a page")},
            {.name = "csv", .kind = OPT_TEXT, .value = "FILE", .help = N_("as a sheet")},
            OPTION_AS_OF,
            OPTION_STORE,
            {0},
        },
    .examples =
        (const struct example[]){{"akashi decide report --customer hospital-a --audience hospital-a --html report.html",
                                  N_("for a meeting with that customer")},
                                 {0}},
    .max_args = 0,
    .run = run_decide_report,
};
