/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/impact_scope.h"

#include "impact/audience.h"

static bool no_product(str text, struct err *e) {
    err_set(e, ERR_USAGE, text, "%s", _("there is no such product"));
    return err_hint(e, "%s", _("`akashi product list` shows them; a version stands behind @"));
}

static bool read_scope(struct looking_at *x, struct scope_ask *ask, struct err *e) {
    str text = cli_text(x->cli, "product"), id = text;
    bool found;
    *ask = (struct scope_ask){.all = cli_flag(x->cli, "all"), .product = -1};
    if (!text.p)
        return true;
    if (!thing_find(x->views.p, THING_PRODUCT, text, &found, &ask->product, e))
        return false;
    if (!found && str_rcut(text, '@', &id, &ask->version) &&
        !thing_find(x->views.p, THING_PRODUCT, id, &found, &ask->product, e))
        return false;
    return found || no_product(text, e);
}

/* Leaves in the scope what the reader of --audience may see. */
static bool narrow(struct looking_at *x, struct err *e) {
    str audience = cli_text(x->cli, "audience");
    struct reader reader = reader_owner;
    uint32_t limit;
    if (!audience.p)
        return true;
    if (!reader_parse(x->views.p, x->cli->arena, audience, &reader, e) ||
        !contents_releases_at(x->views.p->contents, &x->views.when, &limit, e) ||
        !audience_releases(x->views.p, &reader, &x->views.when, limit, &x->scope.seen, e))
        return false;
    if (x->scope.seen)
        roaring_bitmap_and_inplace(x->scope.releases, x->scope.seen);
    return true;
}

bool look_open(struct looking_at *x, struct cli *cli, struct err *e) {
    struct scope_ask ask;
    int64_t limit = cli_number(cli, "limit", 50), offset = cli_number(cli, "offset", 0);
    *x = (struct looking_at){
        .cli = cli, .limit = limit > 0 ? (uint64_t)limit : UINT64_MAX, .offset = offset > 0 ? (uint64_t)offset : 0};
    if (!cli_portfolio_open(cli, HOME_READ, &x->views, e))
        return false;
    if (!read_scope(x, &ask, e) || !scope_make(x->views.p, &ask, &x->views.when, &x->scope, e)) {
        cli_portfolio_close(&x->views);
        return false;
    }
    if (!narrow(x, e)) {
        look_close(x);
        return false;
    }
    x->releases = roaring_bitmap_get_cardinality(x->scope.releases);
    if (x->releases || !cli_text(cli, "product").p)
        return true;
    if (cli_text(cli, "audience").p) { /* it does not tell whether there is one */
        look_close(x);
        return no_product(cli_text(cli, "product"), e);
    }
    err_set(e, ERR_USAGE, cli_text(cli, "product"), "%s", _("no such release is known"));
    look_close(x);
    return err_hint(e, "%s", _("`akashi impact import` takes in the SBOM of a release"));
}

void look_close(struct looking_at *x) {
    if (!x->views.p)
        return;
    scope_free(&x->scope);
    cli_portfolio_close(&x->views);
}

uint64_t look_page(const struct looking_at *x, uint64_t n, uint64_t *from) {
    *from = x->offset < n ? x->offset : n;
    return n - *from > x->limit ? *from + x->limit : n;
}

void look_more(const struct looking_at *x, uint64_t n, uint64_t until) {
    if (until < n)
        fprintf(x->cli->out, _("… %llu more: --offset %llu\n"), (unsigned long long)(n - until),
                (unsigned long long)until);
}

void look_json(const struct looking_at *x, struct jw *w, uint64_t n) {
    jw_kint(w, "releases", (int64_t)x->releases);
    jw_kint(w, "total", (int64_t)n);
    jw_kint(w, "offset", (int64_t)(x->offset < n ? x->offset : n));
}
