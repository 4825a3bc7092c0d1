/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/things_state.h"

#include "impact/things_inner.h"
#include "store/queries.h"

/* ── what holds already ── */

static bool merge(struct portfolio *p, struct arena *a, struct stating *s, struct err *e) {
    struct said now;
    int64_t number;
    bool found;
    s->was_there = s->same = false;
    if (!thing_find(p, s->form.kind, s->form.id, &found, &number, e))
        return false;
    if (!found)
        return true;
    if (!thing_get(p, a, s->form.kind, number, NULL, &found, &now, e))
        return false;
    if (!found || now.mentioned)
        return true;
    s->was_there = true;
    for (uint32_t i = 0; s->given && i < thing_shapes[s->form.kind].n; i++)
        if (!s->given[i])
            s->form.v[i] = now.form.v[i];
    s->same = form_same(&s->form, &now.form);
    return true;
}

bool things_prepare(struct portfolio *p, struct arena *a, struct stating *list, uint32_t n, struct errs *bad,
                    struct err *e) {
    for (uint32_t i = 0; i < n; i++) {
        const struct field *field;
        struct err why = {0};
        if (!merge(p, a, &list[i], e))
            return false;
        list[i].refused = !list[i].same && !form_check(&list[i].form, &field, &why);
        if (!list[i].refused)
            continue;
        if (field && !strstr(why.what, field->name))
            (void)err_prefix(&why, "%s", field->name);
        snprintf(why.where, sizeof why.where, "%.*s", STR_ARG(list[i].where.p ? list[i].where : list[i].form.id));
        *vec_push(a, bad) = why;
    }
    return true;
}

/* ── what deserves a second look ── */

enum { TOLD_MOST = 20 };
struct looking {
    struct portfolio *p;
    struct arena *a;
    struct map stated[4], told[4];
    uint32_t unknown, ended;
};

static bool look_at_id(struct looking *l, const struct stating *s, enum thing_kind kind, str id, struct err *e) {
    int64_t number;
    bool found, fresh;
    if (map_find(&l->stated[kind], id))
        return true;
    map_put(&l->told[kind], id, &fresh);
    if (!fresh || !thing_find(l->p, kind, id, &found, &number, e))
        return !fresh;
    if (!found && l->unknown++ < TOLD_MOST)
        ctx_warn(l->p->ctx, s->where.p ? s->where : s->form.id,
                 _("nothing was ever said of the %s '%.*s': from now on it is known by this mention alone"),
                 _(thing_shapes[kind].title), STR_ARG(id));
    return true;
}

static bool look_at_list(struct looking *l, const struct stating *s, const struct field *f, str v, struct err *e) {
    str group, one, value;
    enum need_kind kind;
    while (str_next(&v, ';', &group)) {
        if (f->type == FIELD_PARTIES && !look_at_id(l, s, THING_PARTY, group, e))
            return false;
        while (f->type == FIELD_NEEDS && str_next(&group, '|', &one))
            if (need_cut(one, &kind, &value) && kind != NEED_ZONE && kind != NEED_PACKAGE &&
                !look_at_id(l, s, need_thing(kind), value, e))
                return false;
    }
    return true;
}

static bool look(struct looking *l, const struct stating *s, struct err *e) {
    const struct thing_shape *shape = &thing_shapes[s->form.kind];
    for (uint32_t i = 0; i < shape->n; i++) {
        const struct field *f = &shape->fields[i];
        str v = s->form.v[i];
        bool list = f->type == FIELD_PARTIES || f->type == FIELD_NEEDS;
        if (!v.n)
            continue;
        if (f->type == FIELD_THING ? !look_at_id(l, s, f->of, v, e) : list && !look_at_list(l, s, f, v, e))
            return false;
        if (strcmp(f->name, "until") == 0 && field_time(f, v) < l->p->ctx->now && !s->was_there &&
            l->ended++ < TOLD_MOST)
            ctx_warn(l->p->ctx, s->where.p ? s->where : s->form.id, _("ended on %.*s already: it counts as past"),
                     STR_ARG(v));
    }
    return true;
}

static bool look_at_all(struct portfolio *p, struct arena *a, const struct stating *list, uint32_t n, struct err *e) {
    struct looking l = {.p = p, .a = a};
    bool ok = true;
    str last = !n ? S("") : list[n - 1].where.p ? list[n - 1].where : list[n - 1].form.id;
    for (int k = 0; k < 4; k++) {
        map_init(&l.stated[k], a);
        map_init(&l.told[k], a);
    }
    for (uint32_t i = 0; i < n; i++)
        if (!list[i].refused)
            map_put(&l.stated[list[i].form.kind], list[i].form.id, NULL);
    for (uint32_t i = 0; ok && i < n; i++)
        ok = list[i].refused || list[i].same || look(&l, &list[i], e);
    if (ok && l.unknown > TOLD_MOST)
        ctx_warn(p->ctx, last, _("%u more ids were mentioned of which nothing was ever said"), l.unknown - TOLD_MOST);
    if (ok && l.ended > TOLD_MOST)
        ctx_warn(p->ctx, last, _("%u more have ended already"), l.ended - TOLD_MOST);
    return ok;
}

static bool tell_rings(struct portfolio *p, struct arena *a, struct err *e) {
    struct rings rings = {0};
    if (!services_rings(p, a, TOLD_MOST, &rings, e))
        return false;
    for (uint32_t i = 0; i < rings.n; i++)
        ctx_warn(p->ctx, str_upto(rings.v[i], str_chr(rings.v[i], ' ')), _("services need each other in a ring: %.*s"),
                 STR_ARG(rings.v[i]));
    return true;
}

/* ── saying it ── */

static bool revision_of(struct portfolio *p, const struct form *f, int64_t *out, struct err *e) {
    struct ask *q;
    int64_t number;
    bool found;
    *out = 1;
    if (!thing_find(p, f->kind, f->id, &found, &number, e))
        return false;
    if (!found)
        return true;
    if (!store_ask(p->store, &Q_thing_said_count, &q, e))
        return false;
    ask_int(q, 1, f->kind);
    ask_int(q, 2, number);
    if (!ask_step(q, &found, e))
        return false;
    *out = ask_col_int(q, 0) + 1;
    ask_end(q);
    return true;
}

enum { AT_ONCE = 2000 };
struct batch {
    struct portfolio_add adds[AT_ONCE];
    struct stating *of[AT_ONCE];
    uint32_t n;
};

static bool flush(struct portfolio *p, struct arena *a, struct batch *b, struct stated *out, struct err *e) {
    if (b->n && !portfolio_append(p, a, b->adds, b->n, e))
        return false;
    for (uint32_t i = 0; i < b->n; i++) {
        b->of[i]->index = b->adds[i].index;
        *(b->of[i]->was_there ? &out->changed : &out->added) += 1;
    }
    b->n = 0;
    return true;
}

static bool say_all(struct portfolio *p, struct stating *list, uint32_t n, struct batch *b, struct stated *out,
                    struct err *e) {
    struct arena *a = arena_new();
    struct arena_mark m = arena_mark(a);
    bool ok = true;
    for (uint32_t i = 0; ok && i < n; i++) {
        int64_t revision;
        out->same += list[i].same;
        if (list[i].refused || list[i].same)
            continue;
        struct portfolio_add *add = &b->adds[b->n];
        *add = (struct portfolio_add){0};
        b->of[b->n++] = &list[i];
        ok = revision_of(p, &list[i].form, &revision, e) &&
             form_payload(p->ctx, a, &list[i].form, revision, &add->payload, e);
        if (ok && b->n == AT_ONCE) {
            ok = flush(p, a, b, out, e);
            arena_reset(a, m);
        }
    }
    ok = ok && flush(p, a, b, out, e);
    arena_free(a);
    return ok;
}

bool things_say(struct portfolio *p, struct arena *a, struct stating *list, uint32_t n, struct stated *out,
                struct err *e) {
    bool services = false;
    *out = (struct stated){0};
    for (uint32_t i = 0; i < n; i++)
        services |= list[i].form.kind == THING_SERVICE && !list[i].refused && !list[i].same;
    return look_at_all(p, a, list, n, e) && say_all(p, list, n, arena_new_of(a, struct batch), out, e) &&
           (!services || tell_rings(p, a, e));
}
