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

void thing_json(struct jw *w, struct arena *a, const struct said *s) {
    str text = form_predicate(a, &s->form, 1);
    struct json doc;
    struct ctx c;
    ctx_init(&c);
    if (json_parse(&c, a, text, JSON_STRICT, S("form"), &doc, NULL))
        for (struct jiter it = j_iter(doc.root); j_next(&it);) {
            jw_key(w, it.key);
            jw_val(w, it.val);
        }
    ctx_free(&c);
    if (s->mentioned)
        jw_kbool(w, "mentioned", true);
    else
        jw_kint(w, "entry", s->entry);
}
