/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/own.h"

#include <stdlib.h>

#include "base/digest.h"
#include "conform/canonical.h"
#include "seal/view.h"

struct looking {
    struct portfolio *p;
    struct arena *a;
    struct view *view;
    const char *kind;
    str name;
    struct map seen;
    struct owns *out;
};

static bool is_ours(const struct looking *l, const struct view_entry *x) {
    const struct known_key *k = keyring_find(l->p->home->keys, x->key);
    return k && k->ours && keyring_judge(l->p->home->keys, k->id, x->time) == KEY_GOOD;
}

/* *there = false when the body is gone or is something else than its leaf says. */
static bool read_body(const struct looking *l, uint64_t index, struct own *out, bool *there, struct err *e) {
    struct log *log = view_log(l->view);
    struct log_entry entry;
    struct dsse d;
    str envelope;
    *there = false;
    if (!log_entry(log, l->a, index, &entry, e) || !log_envelope(log, l->a, &entry, &envelope, e))
        return false;
    if (!envelope.p || !dsse_parse(l->p->ctx, l->a, envelope, S("log"), &d, NULL) ||
        !str_is(d.payload_type, DSSE_IN_TOTO) ||
        !statement_open(l->p->ctx, l->a, d.payload, S("log"), &out->statement, NULL))
        return true;
    const struct predicate *type = predicate_of_type(out->statement.type);
    *there = type && str_is(str_of(type->kind), l->kind);
    return true;
}

static bool look_at(struct looking *l, uint64_t index, struct err *e) {
    struct view_entry entry;
    struct own one = {.index = index};
    bool there;
    if (!view_entry(l->view, l->a, index, &entry, e))
        return false;
    if (entry.erased || !entry.subjects.n || !str_is(entry.kind, l->kind) || !is_ours(l, &entry))
        return true;
    one.name = entry.subjects.v[0].name;
    one.time = entry.time;
    memcpy(one.envelope, entry.envelope, 32);
    if ((l->name.p && !str_eq(l->name, one.name)) || map_find(&l->seen, one.name))
        return true;
    if (!read_body(l, index, &one, &there, e))
        return false;
    if (there) {
        map_put(&l->seen, one.name, NULL);
        *vec_push(l->a, l->out) = one;
    }
    return true;
}

static int by_name(const void *x, const void *y) {
    return str_cmp(((const struct own *)x)->name, ((const struct own *)y)->name);
}

bool own_newest(struct portfolio *p, struct arena *a, const char *kind, str name, const struct as_of *when,
                struct owns *out, struct err *e) {
    struct looking l = {.p = p, .a = a, .kind = kind, .name = name, .out = out};
    struct words words = {0};
    struct view_found found;
    *out = (struct owns){0};
    if (!p || !p->home || !p->home->log)
        return true;
    map_init(&l.seen, a);
    *vec_push(a, &words) = (struct word){"kind", str_of(kind)};
    if (!view_open(p->ctx, p->home->path, p->home->log, &l.view, e))
        return false;
    uint64_t size = when && when->given ? when->size : view_size(l.view);
    bool ok = view_find(l.view, a, &words, size, &found, e);
    for (uint32_t i = ok ? found.n : 0; ok && i > 0 && !(name.p && out->n); i--)
        ok = look_at(&l, found.v[i - 1], e);
    view_close(l.view);
    if (out->n > 1)
        qsort(out->v, out->n, sizeof *out->v, by_name);
    return ok;
}

/* ── saying ── */

/* What it replaces is named, so that going back to what was said before is a statement of its own. */
static bool payload(struct portfolio *p, struct arena *a, const struct own_say *x, const struct own *before, str *out,
                    struct err *e) {
    struct subject subjects[2] = {{.name = x->name}, {.name = S("replaces")}};
    *vec_push(a, &subjects[0].digests) = (struct subject_digest){S("sha256"),
                                                                 digest_hex(a, DIGEST_SHA256, x->predicate)};
    if (before)
        *vec_push(a, &subjects[1].digests) = (struct subject_digest){S("sha256"), hex_text(a, before->envelope, 32)};
    return statement_text(p->ctx, a, str_of(predicate_of_kind(str_of(x->kind))->type), subjects, before ? 2 : 1,
                          x->predicate, out, e);
}

bool own_prepare(struct portfolio *p, struct arena *a, struct own_say *x, struct portfolio_add *add, struct err *e) {
    struct owns before;
    *add = (struct portfolio_add){.payload = {NULL, 0}};
    if (!own_newest(p, a, x->kind, x->name, NULL, &before, e))
        return false;
    x->replaced = before.n > 0;
    x->same = before.n && str_eq(canonical_text(a, before.v[0].statement.predicate), x->predicate);
    x->index = before.n ? before.v[0].index : 0;
    return x->same || payload(p, a, x, before.n ? &before.v[0] : NULL, &add->payload, e);
}

bool own_say(struct portfolio *p, struct arena *a, struct own_say *x, struct err *e) {
    struct portfolio_add add;
    if (!own_prepare(p, a, x, &add, e) || (!x->same && !portfolio_append(p, a, &add, 1, e)))
        return false;
    if (!x->same)
        x->index = add.index;
    return true;
}
