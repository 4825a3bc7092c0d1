/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/thing.h"

void thing_close(struct cli_portfolio *h) {
    if (h->p)
        cli_portfolio_close(h);
}

bool thing_must_find(struct cli_portfolio *h, enum thing_kind kind, str id, int64_t *number, struct err *e) {
    bool found = false;
    if (!thing_find(h->p, kind, id, &found, number, e))
        return false;
    if (found)
        return true;
    err_set(e, ERR_USAGE, id, _("there is no %s of this id"), _(thing_shapes[kind].title));
    return err_hint(e, _("`akashi %s list` shows them"), kind == THING_DEPLOYMENT ? "deploy" : thing_shapes[kind].kind);
}

const char *thing_head(const struct field *f) { return strcmp(msg_lang(), "ja") == 0 ? f->japanese : f->name; }
