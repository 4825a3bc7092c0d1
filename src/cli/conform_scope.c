/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/conform_scope.h"

#include "conform/attest_say.h"

bool cli_catalogue(struct cli *cli, struct portfolio *p, const struct catalogue **out, struct err *e) {
    str id = cli_text(cli, "catalogue");
    return catalogue_find(cli->ctx, p, cli->arena, id.n ? id : S("cip"), out, e);
}

bool cli_practice(struct cli *cli, const struct catalogue *c, str id, const struct practice **out, struct err *e) {
    (void)cli;
    return practice_named(c, id, out, e);
}

static bool party_named(struct cli_portfolio *x, str id, int64_t *out, struct err *e) {
    bool found;
    if (!thing_find(x->p, THING_PARTY, id, &found, out, e))
        return false;
    if (found)
        return true;
    err_set(e, ERR_USAGE, id, "%s", _("nobody has told of this party"));
    return err_hint(e, "%s", _("see: akashi party list"));
}

/* A unit is a party whose prime the other one is. */
static bool check_unit(struct cli *cli, struct cli_portfolio *x, const struct conform_scope *of, int64_t unit, str id,
                       struct err *e) {
    struct conform_scope whole = *of;
    struct party row;
    bool found;
    if (!conform_scope_complete(x->p, cli->arena, &x->when, &whole, e) ||
        !party_get(x->p, cli->arena, unit, &x->when, &row, &found, e))
        return false;
    for (uint32_t i = 0; found && i < row.primes.n; i++)
        if (row.primes.v[i] == whole.party)
            return true;
    err_set(e, ERR_USAGE, id, "%s", _("this is no unit of the party"));
    return err_hint(e, _("say so with: akashi party add %.*s --prime PARTY"), STR_ARG(id));
}

static bool add_products(struct cli *cli, struct cli_portfolio *x, struct conform_scope *out, struct err *e) {
    uint32_t n;
    const str *ids = cli_texts(cli, "product", &n);
    for (uint32_t i = 0; i < n; i++) {
        int64_t number;
        bool found;
        if (!thing_find(x->p, THING_PRODUCT, ids[i], &found, &number, e))
            return false;
        if (!found) {
            err_set(e, ERR_USAGE, ids[i], "%s", _("nobody has told of this product"));
            return err_hint(e, "%s", _("see: akashi product list"));
        }
        *vec_push(cli->arena, &out->products) = number;
    }
    return true;
}

bool cli_conform_scope(struct cli *cli, struct cli_portfolio *x, struct conform_scope *out, struct err *e) {
    str party = cli_text(cli, "party"), unit = cli_text(cli, "unit");
    int64_t number;
    *out = (struct conform_scope){.party = -1};
    if (party.p && !party_named(x, party, &out->party, e))
        return false;
    if (unit.p) {
        if (!party_named(x, unit, &number, e) || !check_unit(cli, x, out, number, unit, e))
            return false;
        out->party = number;
    }
    return add_products(cli, x, out, e) && conform_scope_complete(x->p, cli->arena, &x->when, out, e);
}

str conform_day(struct arena *a, int64_t t) { return t ? str_upto(time_rfc3339(a, t), 10) : S("-"); }
