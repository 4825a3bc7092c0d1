/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/case.h"

#include "base/file.h"
#include "vuln/cvss.h"

bool cli_watch_open(struct cli *cli, enum home_use use, struct cli_watch *out, struct err *e) {
    str settings = path_join(cli->arena, cli->home, S("akashi.toml"));
    *out = (struct cli_watch){0};
    if (!cli_portfolio_open(cli, use, &out->views, e))
        return false;
    bool ok = verdict_policy_read(cli->ctx, cli->arena, settings, &out->policy, e) &&
              clock_load(cli->ctx, cli->arena, cli->home, &out->clocks, e);
    if (!ok)
        cli_watch_close(out);
    out->plan = (struct watch_plan){.policy = &out->policy, .ssvc = &out->clocks.tables};
    return ok;
}

void cli_watch_close(struct cli_watch *x) {
    advdb_close(x->db);
    x->db = NULL;
    cli_portfolio_close(&x->views);
}

bool cli_case(struct cli *cli, struct cli_watch *x, str id, struct case_row *out, struct err *e) {
    bool found;
    if (!case_find(x->views.p, cli->arena, id, &found, out, e))
        return false;
    if (found)
        return true;
    err_set(e, ERR_USAGE, id, _("there is no such case"));
    return err_hint(e, "%s", _("see: akashi case list --all"));
}

const char *cli_case_word(const char *word) {
    static const char *const words[] = {N_("detected"), N_("updated"), N_("reopened"), N_("assigned"), N_("noted"),
                                        N_("triaged"), N_("decided"), N_("fixing"), N_("fixed"), N_("delivered"),
                                        N_("verified"), N_("overridden"), N_("closed"),
                                        /* what was decided */
                                        N_("fix"), N_("mitigate"), N_("accept"), N_("not_affected"), N_("withdraw")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0)
            return _(words[i]);
    return word;
}

str cli_case_decided(struct arena *a, str verdict) {
    return verdict.n ? str_of(cli_case_word(arena_cstr(a, verdict))) : verdict;
}

str cli_product_id(struct cli *cli, struct cli_watch *x, int64_t product) {
    str id;
    return thing_id(x->views.p, cli->arena, THING_PRODUCT, product, &id, NULL) && id.p ? id : S("?");
}

bool cli_case_clocks(struct cli *cli, struct cli_watch *x, const struct case_row *c, struct deadlines *out,
                     struct err *e) {
    const struct as_of now = {0};
    struct case_history history;
    return case_history(x->views.p, cli->arena, c->number, &history, e) &&
           case_deadlines(x->views.p, cli->arena, &x->clocks, c, &history, &now, cli->ctx->now, out, e);
}
