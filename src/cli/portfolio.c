/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/portfolio.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/tree.h"
#include "impact/hits.h"

static bool has_option(const struct cli *cli, const char *name) {
    for (const struct option_spec *o = cli->command->options; o && o->name; o++)
        if (strcmp(o->name, name) == 0)
            return true;
    return false;
}

/* A url in akashi.toml that is a file is meant from the home. */
static bool of_settings(struct cli *cli, str *out, struct err *e) {
    str file = path_join(cli->arena, cli->home, S("akashi.toml")), text;
    struct json doc;
    if (!path_exists(file))
        return true;
    if (!file_read(cli->ctx, cli->arena, file, &text, e) || !toml_parse(cli->ctx, cli->arena, text, file, &doc, e))
        return false;
    struct jv url = j_get2(doc.root, "store", "url");
    if (j_ok(url) && !j_str(url).n)
        return err_set(e, ERR_INPUT, json_place(&doc, url, cli->arena), "%s", _("must be text"));
    *out = j_str(url);
    if (out->n && str_find(*out, S("://")) == STR_NONE && !str_starts(*out, S("/")))
        *out = path_join(cli->arena, cli->home, *out);
    return true;
}

bool cli_store(struct cli *cli, str *out, struct err *e) {
    const char *given = getenv("AKASHI_STORE");
    *out = has_option(cli, "store") ? cli_text(cli, "store") : (str){NULL, 0};
    if (!out->n && given)
        *out = str_of(given);
    return out->n || of_settings(cli, out, e);
}

bool cli_portfolio_open(struct cli *cli, enum home_use use, struct cli_portfolio *out, struct err *e) {
    str store;
    *out = (struct cli_portfolio){0};
    if (!home_open(cli->ctx, cli->arena, cli->home, use, &out->home, e))
        return false;
    bool ok = cli_store(cli, &store, e) && portfolio_open(cli->ctx, &out->home, store, &out->p, e) &&
              hits_again(out->p, cli_db_path(cli), e) &&
              portfolio_as_of(out->p, has_option(cli, "as-of") ? cli_text(cli, "as-of") : (str){NULL, 0}, &out->when,
                              e);
    if (!ok)
        cli_portfolio_close(out);
    return ok;
}

void cli_portfolio_close(struct cli_portfolio *x) {
    portfolio_close(x->p);
    home_close(&x->home);
    x->p = NULL;
}

bool cli_say_advisories(struct cli *cli, struct portfolio *p, struct err *e) {
    str digest;
    if (!hits_database(p, cli->arena, &digest, e))
        return false;
    if (digest.p)
        ctx_warn(cli->ctx, S("--as-of"), _("advisories are those of now, of database %.12s, not of that moment"),
                 digest.p);
    return true;
}
