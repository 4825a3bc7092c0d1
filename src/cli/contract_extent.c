/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi contract extent and agree: how far a supplier goes for a product, shown as one chart, agreed on, and watched.
 */
#include "base/file.h"
#include "cli/contract.h"
#include "conform/exchange.h"
#include "conform/extent.h"

enum { PRODUCTS_MOST = 2 };
struct charting {
    struct cli *cli;
    struct cli_portfolio x;
    struct extent extents[PRODUCTS_MOST];
    uint32_t n;
    struct extent_targets targets; /* of the first product */
    const struct extent_target *against;
};

/* ── chart ── */

static const struct column chart_head[] = {{.head = N_("what")}, {.head = N_("aspect"), .shrink = true}};

static void dots(struct charting *k, struct table *t, int degree, int target) {
    static const enum cell_style styles[] = {CELL_RED, CELL_YELLOW, CELL_YELLOW, CELL_GREEN, CELL_GREEN};
    struct buf b = {0};
    for (int i = 1; i < EXTENT_DEGREES; i++)
        buf_addz(&b, degree < 0 ? "·" : i <= degree ? "●" : "○");
    if (target >= 0 && degree >= 0)
        buf_addf(&b, degree < target ? _(" below %d") : " ≥ %d", target);
    table_cell(t, arena_str(k->cli->arena, buf_str(&b)),
               degree < 0        ? CELL_DIM
               : target > degree ? CELL_RED
                                 : styles[degree]);
    buf_free(&b);
}

static void chart(struct charting *k) {
    struct arena *a = k->cli->arena;
    struct column columns[2 + 2 * PRODUCTS_MOST] = {chart_head[0], chart_head[1]};
    for (uint32_t i = 0; i < k->n; i++) {
        const struct extent *x = &k->extents[i];
        columns[2 + 2 * i] = (struct column){
            .head = arena_printf(a, "%.*s %.*s", STR_ARG(x->product), STR_ARG(x->version)).p};
        columns[3 + 2 * i] = (struct column){.head = N_("because"), .shrink = true, .spare = k->n > 1};
    }
    struct table *t = table_new(a, columns, 2 + 2 * k->n);
    for (int i = 0; extent_aspects[i].id; i++) {
        bool first = i == 0 || extent_aspects[i].group != extent_aspects[i - 1].group;
        table_row(t);
        table_cell(t, first ? str_of(_(extent_group_title(extent_aspects[i].group))) : S(""), CELL_BOLD);
        table_cell(t, str_of(_(extent_aspects[i].title)), CELL_PLAIN);
        for (uint32_t n = 0; n < k->n; n++) {
            dots(k, t, k->extents[n].degrees[i], n == 0 && k->against ? k->against->degrees[i] : -1);
            table_cell(t, k->extents[n].says[i], CELL_DIM);
        }
    }
    table_print(t, k->cli);
}

static void chart_json(struct charting *k) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_arr(&w);
    for (uint32_t n = 0; n < k->n; n++)
        extent_json(&w, &k->extents[n], n == 0 ? k->against : NULL);
    jw_arr_end(&w);
    put_json(k->cli, &b);
    buf_free(&b);
}

/* ── a target ── */

static bool choose_target(struct charting *k, struct err *e) {
    str customer = cli_text(k->cli, "against");
    struct reader reader;
    if (!customer.p)
        return true;
    if (!cli_reader(k->cli, &k->x, &reader, e) ||
        !extent_targets_of(k->x.p, k->cli->arena, k->extents[0].product, &k->targets, e))
        return false;
    for (uint32_t i = 0; i < k->targets.n; i++) {
        const struct extent_target *t = &k->targets.v[i];
        const str sides[] = {t->customer.id, t->provider.id};
        bool known = !k->x.when.given || t->entry < k->x.when.size, may;
        if (!reader_is_side(k->x.p, k->cli->arena, &reader, sides, 2, &may, e))
            return false;
        if (known && may && t->ours &&
            (str_eq(customer, t->customer.id) || str_eq(customer, t->customer.name) ||
             str_eq(customer, t->provider.name)))
            k->against = t;
    }
    if (k->against)
        return true;
    err_set(e, ERR_USAGE, customer, _("nothing was agreed with this party on %.*s"), STR_ARG(k->extents[0].product));
    return err_hint(e, "%s", _("akashi contract extent PRODUCT --agree PARTY proposes a target"));
}

static bool write_target(struct charting *k, const struct extent_target *t, uint64_t entry, str *path, struct err *e) {
    struct arena *a = k->cli->arena;
    struct bundle b;
    str to = cli_text(k->cli, "to"), name = arena_printf(a, "%.*s.target.json", STR_ARG(t->product));
    *path = !to.n ? name : str_ends(to, S(".json")) ? to : path_join(a, to, name);
    return exchange_bundle(k->x.p, a, &entry, 1, &b, e) && file_replace(*path, bundle_text(a, &b), e);
}

static bool take_degrees(struct charting *k, struct extent_proposal *x, struct err *e) {
    uint32_t n;
    const str *list = cli_texts(k->cli, "degree", &n);
    for (int i = 0; i < EXTENT_ASPECTS_MOST; i++)
        x->degrees[i] = -1;
    for (uint32_t i = 0; i < n; i++) {
        str aspect, degree;
        uint64_t d;
        int at;
        if (!str_rcut(list[i], '=', &aspect, &degree) || !str_u64(degree, &d) || d >= EXTENT_DEGREES ||
            (at = extent_aspect_at(aspect)) < 0) {
            err_set(e, ERR_USAGE, S("--degree"), _("'%.*s' is no aspect with a degree from 0 to 4"), STR_ARG(list[i]));
            return err_hint(e, "%s", _("write it like field-hash=3; --json shows the aspects"));
        }
        x->degrees[at] = (int)d;
    }
    return true;
}

static bool agree(struct charting *k, struct err *e) {
    struct cli *cli = k->cli;
    struct extent_proposal x = {.today = &k->extents[0], .customer = cli_text(cli, "agree")};
    struct extent_target t;
    str path;
    if (!take_degrees(k, &x, e) || !cli_day(cli, "until", DAY_ENDS, &x.until, e) ||
        !extent_target_propose(k->x.p, cli->arena, &x, &t, e) || !write_target(k, &t, t.entry, &path, e))
        return false;
    fprintf(cli->out, _("%.*s: target proposed to %.*s; hand over %.*s\n"), STR_ARG(t.product),
            STR_ARG(decision_side_text(&t.customer)), STR_ARG(path));
    return true;
}

/* Only for what is known here: a customer has the target of a product and not its SBOMs. */
bool cli_extents_watch(struct cli *cli, struct cli_portfolio *views, uint32_t *below, struct err *e) {
    struct extent_targets all;
    *below = 0;
    if (!extent_targets_of(views->p, cli->arena, (str){NULL, 0}, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n; i++) {
        const struct extent_target *t = &all.v[i];
        const struct extent_ask ask = {.product = t->product};
        struct extent x;
        bool found;
        int64_t number;
        if (!t->both || (t->until && t->until < cli->ctx->now) || !str_eq(t->provider.name, views->home.party))
            continue;
        if (!thing_find(views->p, THING_PRODUCT, t->product, &found, &number, e) ||
            (found && !extent_compute(views->p, cli->arena, &ask, &x, e)))
            return false;
        *below += found && extent_below(&x, t) > 0;
    }
    return true;
}

/* ── commands ── */

static bool measure(struct charting *k, struct err *e) {
    struct reader reader;
    if (!cli_reader(k->cli, &k->x, &reader, e))
        return false;
    for (; k->n < k->cli->n_args; k->n++) {
        struct extent_ask ask = {.product = k->cli->args[k->n], .when = k->x.when, .reader = &reader};
        str_cut(ask.product, '@', &ask.product, &ask.version);
        if (!extent_compute(k->x.p, k->cli->arena, &ask, &k->extents[k->n], e))
            return false;
    }
    return true;
}

static int run_contract_extent(struct cli *cli) {
    struct charting k = {.cli = cli};
    struct err e = {0};
    bool proposes = cli_text(cli, "agree").n > 0;
    if (proposes && cli_text(cli, "as-of").p) {
        err_set(&e, ERR_USAGE, S("--as-of"), "%s", _("what is agreed on is agreed on now"));
        return cli_fail(cli, &e);
    }
    if (proposes && cli_text(cli, "audience").p) {
        err_set(&e, ERR_USAGE, S("--audience"), "%s", _("a target is proposed from all that is known here"));
        return cli_fail(cli, &e);
    }
    if (!cli_portfolio_open(cli, proposes ? HOME_SIGN : HOME_READ, &k.x, &e))
        return cli_fail(cli, &e);
    bool ok = measure(&k, &e) && choose_target(&k, &e);
    if (ok && proposes)
        ok = agree(&k, &e);
    else if (ok && cli->json)
        chart_json(&k);
    else if (ok)
        chart(&k);
    uint32_t below = ok && k.against ? extent_below(&k.extents[0], k.against) : 0;
    if (ok && k.against && !cli->json)
        fprintf(cli->out, below ? _("below the target in %u aspects%s\n") : _("%u aspects are below the target%s\n"),
                below, k.against->both ? "" : _(" (not signed by the other side yet)"));
    cli_portfolio_close(&k.x);
    cli_warnings(cli);
    return !ok ? cli_fail(cli, &e) : below ? 1 : 0;
}

static int run_contract_agree(struct cli *cli) {
    struct charting k = {.cli = cli};
    struct extent_targets taken;
    struct err e = {0};
    str path;
    if (!cli_portfolio_open(cli, HOME_SIGN, &k.x, &e))
        return cli_fail(cli, &e);
    bool ok = extent_target_take(k.x.p, cli->arena, cli->args[0], &taken, &e);
    for (uint32_t i = 0; ok && i < taken.n; i++) {
        const struct extent_target *t = &taken.v[i];
        ok = write_target(&k, t, t->entry, &path, &e);
        if (ok)
            fprintf(cli->out, _("%.*s: target of %.*s with %.*s%s; all of it is in %.*s\n"), STR_ARG(t->product),
                    STR_ARG(decision_side_text(&t->provider)), STR_ARG(decision_side_text(&t->customer)),
                    t->both ? _(", both signed") : "", STR_ARG(path));
    }
    cli_portfolio_close(&k.x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command contract_extent_command = {
    .name = "contract extent",
    .args = "PRODUCT[@VERSION] [PRODUCT[@VERSION]]",
    .summary = N_("how far a supplier goes for a product: parts, fields, making, vulnerabilities, sharing"),
    .text = N_(
        "The correspondence model of the METI guide to SBOMs, computed from what the log really holds: a degree from "
        "0 to 4 for each aspect (some, half, 95 %, all). Two products stand side by side. --agree signs the "
        "degrees (or those given with --degree) as a target for a customer, who signs them too with `akashi "
        "contract agree`; --against compares with that and exits 1 when something is below. --audience draws the chart "
        "as "
        "that party may see it."),
    .options =
        (const struct option_spec[]){
            {.name = "agree",
             .kind = OPT_TEXT,
             .value = "PARTY",
             .help = N_("propose these degrees to this customer as a target")},
            {.name = "degree",
             .kind = OPT_TEXT,
             .many = true,
             .value = "ASPECT=0…4",
             .help = N_("with --agree: another degree than today's")},
            {.name = "until", .kind = OPT_TEXT, .value = "DAY", .help = N_("with --agree: it holds until this day")},
            {.name = "against",
             .kind = OPT_TEXT,
             .value = "PARTY",
             .help = N_("compare with what was agreed with this party")},
            OPTION_READER,
            OPTION_TO,
            OPTION_AS_OF,
            OPTION_STORE,
            {0},
        },
    .examples = (const struct example[]){{"akashi contract extent thing", N_("one product")},
                                         {"akashi contract extent thing --against hospital-a",
                                          N_("exit 1 when below the target")},
                                         {0}},
    .min_args = 1,
    .max_args = PRODUCTS_MOST,
    .run = run_contract_extent,
};

const struct command contract_agree_command = {
    .name = "contract agree",
    .args = "FILE",
    .summary = N_("sign a target that the other side proposed, or take in what both signed"),
    .options = (const struct option_spec[]){OPTION_TO, OPTION_STORE, {0}},
    .examples = (const struct example[]){{"akashi contract agree thing.target.json", N_("agree with it")}, {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_contract_agree,
};
