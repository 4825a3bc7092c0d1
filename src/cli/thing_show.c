/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/line.h"
#include "cli/thing.h"

struct showing {
    struct cli *cli;
    struct cli_portfolio h;
    struct said now;
    struct history past;
};

static bool never_held(const struct said_once *x) { return x->held_until == x->said.entry; }

/* ── text ── */

static void show_line(struct showing *k, const char *head, str value) {
    unsigned width = text_width(str_of(head));
    fprintf(k->cli->out, "  %s%*s %.*s\n", head, width < 18 ? (int)(18 - width) : 0, "", STR_ARG(value));
}

/* What a statement says that another does not. */
static void show_difference(struct showing *k, const struct form *f, const struct form *other) {
    const struct thing_shape *s = &thing_shapes[f->kind];
    for (uint32_t i = 0; i < s->n; i++)
        if (!other || !str_eq(f->v[i], other->v[i]))
            fprintf(k->cli->out, "      %s: %.*s\n", thing_head(&s->fields[i]), STR_ARG(f->v[i].p ? f->v[i] : S("-")));
}

static void show_past(struct showing *k) {
    const struct form *before = NULL;
    for (uint32_t i = 0; i < k->past.n; i++) {
        const struct said_once *x = &k->past.v[i];
        str day = str_upto(time_rfc3339(k->cli->arena, x->said.time), 10);
        str by = key_owner(k->cli, &k->h.home, x->said.signer);
        fprintf(k->cli->out,
                never_held(x) ? _("  entry %lld, %.*s: claimed by %.*s, who has no say in it\n")
                              : _("  entry %lld, %.*s: said by %.*s\n"),
                (long long)x->said.entry, STR_ARG(day), STR_ARG(by));
        if (i)
            show_difference(k, &x->said.form, before);
        if (!never_held(x) || !before)
            before = &x->said.form;
    }
}

static void show_text(struct showing *k) {
    const struct thing_shape *s = &thing_shapes[k->now.form.kind];
    fprintf(k->cli->out, "%.*s\n", STR_ARG(k->now.form.id));
    if (k->now.mentioned)
        fprintf(k->cli->out, "  %s\n", _("only mentioned: nobody who may has said anything of it"));
    for (uint32_t i = 0; i < s->n; i++)
        if (k->now.form.v[i].p)
            show_line(k, thing_head(&s->fields[i]), k->now.form.v[i]);
    show_past(k);
}

/* ── JSON ── */

static void show_json(struct showing *k) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    said_json(&w, k->cli->arena, &k->now);
    said_history_json(&w, k->cli->arena, &k->h.home, &k->past);
    jw_obj_end(&w);
    put_json(k->cli, &b);
}

int thing_run_show(struct cli *cli, enum thing_kind kind) {
    struct err e = {0};
    struct showing k = {.cli = cli};
    int64_t number;
    bool found;
    bool ok = cli_portfolio_open(cli, HOME_READ, &k.h, &e) && thing_must_find(&k.h, kind, cli->args[0], &number, &e) &&
              thing_get(k.h.p, cli->arena, kind, number, &k.h.when, &found, &k.now, &e) &&
              thing_history(k.h.p, cli->arena, kind, number, &k.h.when, &k.past, &e);
    if (ok && !found)
        ok = err_set(&e, ERR_USAGE, cli->args[0], "%s", _("nobody had named it then"));
    if (ok && cli->json)
        show_json(&k);
    else if (ok)
        show_text(&k);
    thing_close(&k.h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}
