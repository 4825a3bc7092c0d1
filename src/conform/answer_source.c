/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/answer.h"

#include <stdlib.h>

#include "base/digest.h"

enum { ENTRIES_SHOWN = 4 };

VEC_NAMED(indices, uint64_t);

static int falling(const void *x, const void *y) {
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return (a < b) - (a > b);
}

/* The newest few. */
static str entries_text(struct arena *a, struct indices *all) {
    struct buf b = {0};
    uint32_t n = 0;
    if (!all->n)
        return S("");
    qsort(all->v, all->n, sizeof *all->v, falling);
    for (uint32_t i = 0; i < all->n; i++)
        if (!n || all->v[n - 1] != all->v[i])
            all->v[n++] = all->v[i];
    for (uint32_t i = 0; i < n && i < ENTRIES_SHOWN; i++)
        buf_addf(&b, "%s%llu", i ? ", " : "", (unsigned long long)all->v[i]);
    if (n > ENTRIES_SHOWN)
        buf_addf(&b, " +%u", n - ENTRIES_SHOWN);
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

static struct answer_known *known_of(const struct answer_source *s, const struct practice *p) {
    return &s->known[p - s->catalogue->practices.v];
}

static void begin(struct arena *a, const struct catalogue *c, struct answer_source *out) {
    *out = (struct answer_source){.catalogue = c, .known = arena_array(a, struct answer_known, c->practices.n + 1)};
    for (uint32_t i = 0; i < c->practices.n; i++)
        out->known[i].target = -1;
}

void answer_source_computed(struct arena *a, const struct catalogue *c, const struct evaluation *levels, str origin,
                            struct answer_source *out) {
    begin(a, c, out);
    out->name = arena_printf(a, _("log %.*s"), STR_ARG(origin));
    for (uint32_t i = 0; i < levels->practices.n; i++) {
        const struct practice_state *s = &levels->practices.v[i];
        struct indices all = {0};
        for (int level = 1; level <= s->level; level++)
            for (uint32_t r = 0; r < s->rules[level].n; r++)
                for (uint32_t n = 0; n < s->rules[level].v[r].evidence.n; n++)
                    *vec_push(a, &all) = s->rules[level].v[r].evidence.v[n].index;
        *known_of(out, s->practice) = (struct answer_known){.level = s->level,
                                                            .target = s->target,
                                                            .basis = s->basis,
                                                            .reason = s->reason,
                                                            .entries = entries_text(a, &all)};
    }
}

static void cap(const struct answer_source *s, const struct evaluation *now) {
    for (uint32_t i = 0; i < now->practices.n; i++) {
        struct answer_known *k = known_of(s, now->practices.v[i].practice);
        bool applies = now->practices.v[i].basis != BASIS_NOT_APPLICABLE;
        if (now->practices.v[i].level < k->level)
            k->level = now->practices.v[i].level;
        if (k->basis == BASIS_NOT_APPLICABLE && applies)
            *k = (struct answer_known){.target = k->target};
    }
}

void answer_source_declared(struct arena *a, const struct catalogue *c, const struct declaration_row *d,
                            const struct evaluation *now, struct answer_source *out) {
    begin(a, c, out);
    out->name = arena_printf(a, "%.*s sha256:%.16s", STR_ARG(d->said.id), hex_text(a, d->envelope, 32).p);
    for (uint32_t i = 0; i < d->said.practices.n; i++) {
        const struct declared_practice *p = &d->said.practices.v[i];
        const struct practice *x = practice_of(c, p->id);
        struct indices all = {0};
        if (!x)
            continue;
        for (uint32_t r = 0; r < p->rules.n; r++)
            for (uint32_t n = 0; n < p->rules.v[r].evidence.n; n++)
                *vec_push(a, &all) = d->said.evidence.v[p->rules.v[r].evidence.v[n]].index;
        *known_of(out, x) = (struct answer_known){.level = p->level,
                                                  .claimed = p->claimed > p->level ? p->claimed : 0,
                                                  .target = p->target,
                                                  .basis = p->basis,
                                                  .reason = p->claimed > p->level ? p->claim : p->reason,
                                                  .entries = entries_text(a, &all)};
        if (p->claimed > p->level)
            known_of(out, x)->by = arena_printf(a, "%.*s, %.*s", STR_ARG(p->by.name), STR_ARG(p->by.role));
    }
    if (now)
        cap(out, now);
}
