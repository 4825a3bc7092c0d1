/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/file.h"
#include "cli/archive_home.h"
#include "cli/store.h"
#include "store/queries.h"

/* "NAME VERSION" of each part of the schema, as text and as JSON. */
static bool schema(struct store *s, struct buf *text, struct jw *w, struct err *e) {
    struct ask *q;
    bool row = true;
    if (!store_ask(s, &Q_schema_parts, &q, e))
        return false;
    while (ask_step(q, &row, e)) {
        if (!row)
            return true;
        str name = ask_col_text(q, 0);
        jw_key(w, name);
        jw_int(w, ask_col_int(q, 1));
        buf_addf(text, "%s%.*s %lld", text->n ? ", " : "", STR_ARG(name), (long long)ask_col_int(q, 1));
    }
    return false;
}

static bool show(struct cli *cli, struct store *s, struct err *e) {
    struct buf b = {0}, text = {0};
    struct jw w = jw_to(&b, true);
    uint64_t bytes = 0;
    const char *engine = store_engine(s) == STORE_POSTGRES ? "postgresql" : "sqlite";
    jw_obj(&w);
    jw_kstr(&w, "engine", str_of(engine));
    jw_kstr(&w, "where", store_shown(s));
    jw_kobj(&w, "schema");
    bool ok = schema(s, &text, &w, e) && store_bytes(s, &bytes, e);
    jw_obj_end(&w);
    jw_kint(&w, "bytes", (int64_t)bytes);
    jw_obj_end(&w);
    if (ok && cli->json)
        put_json(cli, &b);
    else if (ok)
        fprintf(cli->out, _("%s: %.*s\n  size: %.*s\n  schema: %.*s\n"), engine, STR_ARG(store_shown(s)),
                STR_ARG(cli_size_text(cli, bytes)), STR_ARG(buf_str(&text)));
    buf_free(&b);
    buf_free(&text);
    return ok;
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct store *s = NULL;
    str where;
    bool ok = cli_store(cli, &where, &e);
    if (ok && !where.n)
        where = path_join(cli->arena, cli->home, S("portfolio.db"));
    ok = ok && store_open(cli->ctx, where, STORE_READ, &s, &e) && show(cli, s, &e);
    store_close(s);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command store_info_command = {
    .name = "store info",
    .summary = N_("where the views lie, how large they are, and their schema's versions"),
    .options = (const struct option_spec[]){OPTION_STORE, {0}},
    .examples = (const struct example[]){{"akashi store info", N_("the views of the home")}, {0}},
    .run = run,
};
