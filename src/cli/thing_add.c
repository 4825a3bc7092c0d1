/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/net.h"
#include "cli/thing.h"

static bool take_options(struct cli *cli, struct form *f, bool *given, struct err *e) {
    const struct thing_shape *s = &thing_shapes[f->kind];
    for (uint32_t i = 0; i < s->n; i++) {
        str text = cli_text(cli, s->fields[i].name);
        given[i] = text.p != NULL;
        if (!given[i] || field_take(cli->ctx, cli->arena, &s->fields[i], text, &f->v[i], e))
            continue;
        e->kind = ERR_USAGE;
        return err_prefix(e, "--%s", s->fields[i].name);
    }
    return true;
}

static void say(struct cli *cli, const struct stating *s) {
    const char *state = s->same ? "same" : s->was_there ? "changed" : "added";
    if (cli->json) {
        struct buf b = {0};
        struct jw w = jw_to(&b, true);
        jw_obj(&w);
        jw_kstr(&w, "id", s->form.id);
        jw_kstr(&w, "state", str_of(state));
        if (!s->same)
            jw_kint(&w, "entry", (int64_t)s->index);
        jw_obj_end(&w);
        put_json(cli, &b);
    } else if (s->same) {
        fprintf(cli->out, _("%.*s: nothing was added, it holds already\n"), STR_ARG(s->form.id));
    } else {
        fprintf(cli->out, s->was_there ? _("%.*s: changed, entry %llu\n") : _("%.*s: added, entry %llu\n"),
                STR_ARG(s->form.id), (unsigned long long)s->index);
    }
}

static bool state(struct cli *cli, struct cli_portfolio *h, struct stating *s, struct err *e) {
    struct errs bad = {0};
    struct stated counts;
    if (!things_prepare(h->p, cli->arena, s, 1, &bad, e))
        return false;
    if (bad.n) {
        *e = bad.v[0];
        e->kind = ERR_USAGE;
        return false;
    }
    return things_say(h->p, cli->arena, s, 1, &counts, e);
}

static int finish(struct cli *cli, struct cli_portfolio *h, const struct stating *s, bool ok, const struct err *e) {
    if (ok)
        say(cli, s);
    if (ok && !s->same)
        cli_cosign(cli, &h->home);
    thing_close(h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, e);
}

int thing_run_add(struct cli *cli, enum thing_kind kind) {
    struct err e = {0};
    struct cli_portfolio h = {0};
    bool given[FIELDS_MOST] = {0};
    struct stating s = {.form = {.kind = kind, .id = cli->args[0]}, .given = given};
    bool ok = take_options(cli, &s.form, given, &e) && cli_portfolio_open(cli, HOME_SIGN, &h, &e) &&
              state(cli, &h, &s, &e);
    return finish(cli, &h, &s, ok, &e);
}

static bool known(struct cli *cli, struct cli_portfolio *h, enum thing_kind kind, str id, struct err *e) {
    struct said now;
    int64_t number;
    bool found;
    if (!thing_must_find(h, kind, id, &number, e) || !thing_get(h->p, cli->arena, kind, number, NULL, &found, &now, e))
        return false;
    return !now.mentioned || err_set(e, ERR_USAGE, id, "%s", _("it was only mentioned: nothing is known of it yet"));
}

int thing_run_change(struct cli *cli, enum thing_kind kind, str id, const struct thing_change *changes) {
    const struct thing_shape *shape = &thing_shapes[kind];
    struct err e = {0};
    struct cli_portfolio h = {0};
    bool given[FIELDS_MOST] = {0}, ok = true;
    struct stating s = {.form = {.kind = kind, .id = id}, .given = given};
    for (; ok && changes->field; changes++)
        for (uint32_t i = 0; ok && i < shape->n; i++)
            if (strcmp(shape->fields[i].name, changes->field) == 0) {
                given[i] = true;
                ok = field_take(cli->ctx, cli->arena, &shape->fields[i], changes->value, &s.form.v[i], &e);
            }
    if (!ok)
        e.kind = ERR_USAGE;
    ok = ok && cli_portfolio_open(cli, HOME_SIGN, &h, &e) && known(cli, &h, kind, id, &e) && state(cli, &h, &s, &e);
    return finish(cli, &h, &s, ok, &e);
}
