/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/decide.h"

#include "base/file.h"
#include "conform/exchange.h"

bool cli_reader(struct cli *cli, struct cli_portfolio *x, struct reader *out, struct err *e) {
    str audience = cli_text(cli, "audience");
    *out = reader_owner;
    return !audience.p || reader_parse(x->p, cli->arena, audience, out, e);
}

bool cli_decision(struct cli *cli, struct cli_portfolio *x, str id, enum decision_detail detail, struct decision *out,
                  struct err *e) {
    struct decision_ask ask = {.when = x->when, .now = cli->ctx->now, .detail = detail};
    struct reader reader;
    bool found;
    if (!cli_reader(cli, x, &reader, e) || !decision_find(x->p, cli->arena, id, &ask, &found, out, e) ||
        (found && !decision_seen(x->p, cli->arena, &reader, out, &found, e)))
        return false;
    if (found)
        return true;
    err_set(e, ERR_USAGE, id, _("there is no such offer"));
    return err_hint(e, "%s", _("see: akashi decide list"));
}

bool cli_day(struct cli *cli, const char *option, enum day_edge edge, int64_t *out, struct err *e) {
    return day_read(cli_text(cli, option), edge, arena_cat(cli->arena, S("--"), str_of(option)), out, e);
}

bool cli_decision_write(struct cli *cli, struct cli_portfolio *x, const struct decision *d, const char *end, str *path,
                        struct err *e) {
    struct arena *a = cli->arena;
    struct bundle b;
    str to = cli_text(cli, "to"), name = arena_printf(a, "%.*s.%s.json", STR_ARG(d->id), end);
    if (!decision_bundle(x->p, a, d, &b, e))
        return false;
    *path = !to.n ? name : str_ends(to, S(".json")) ? to : path_join(a, to, name);
    if (to.n && !str_ends(to, S(".json")) && !folder_make(to, 0777, e))
        return false;
    return file_replace(*path, bundle_text(a, &b), e);
}
