/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/gone.h"

#include <stdlib.h>

#include "base/digest.h"
#include "impact/contents.h"
#include "impact/contents_inner.h"
#include "store/queries.h"

enum { DOCUMENTS_MOST = 10000 };

struct gone {
    struct arena *a;
    bool known;
    uint64_t from, to;          /* erasures among these entries */
    struct map entries, bodies; /* index, digest → index of the last erasure + 1 */
};
struct erasing { /* an erasure statement */
    uint64_t at;
};
VEC_NAMED(erasings, struct erasing);

void gone_forget(struct contents *c) {
    struct gone *g = c->gone;
    if (g)
        arena_free(g->a);
    free(g);
    c->gone = NULL;
}

static struct gone *begin(struct portfolio *p, uint64_t to) {
    gone_forget(p->contents);
    struct gone *g = calloc(1, sizeof *g);
    if (!g)
        abort();
    g->a = arena_new();
    g->from = p->size;
    g->to = to;
    map_init(&g->entries, g->a);
    map_init(&g->bodies, g->a);
    return p->contents->gone = g;
}

/* ── what the log says ── */

struct leaves {
    struct arena *a;
    struct erasings found;
};
static bool each_leaf(void *arg, uint64_t index, const struct leaf *leaf, struct err *e) {
    struct leaves *k = arg;
    (void)e;
    if (str_is(leaf->kind, "erasure"))
        *vec_push(k->a, &k->found) = (struct erasing){index};
    return true;
}

static void mark(struct gone *g, struct map *m, str key, uint64_t at) {
    bool fresh;
    struct map_entry *x = map_put(m, key, &fresh);
    if (fresh)
        x->key = arena_str(g->a, key);
    x->value = (void *)(uintptr_t)(at + 1);
}

static str index_key(const uint64_t *index) { return str_n((const char *)index, sizeof *index); }

/* A statement that cannot be read any more takes nothing away. */
static bool take(struct portfolio *p, struct gone *g, struct arena *a, uint64_t at, struct err *e) {
    struct log_entry entry;
    struct statement s;
    struct dsse d;
    struct err bad = {0};
    unsigned char body[32];
    str envelope;
    if (!log_entry(p->home->log, a, at, &entry, e))
        return false;
    if (entry.erased || !log_envelope(p->home->log, a, &entry, &envelope, &bad))
        return bad.kind != ERR_ENV || err_set(e, bad.kind, str_of(bad.where), "%s", bad.what);
    if (!envelope.p || !dsse_parse(p->ctx, a, envelope, S("log"), &d, NULL) ||
        !statement_open(p->ctx, a, d.payload, S("log"), &s, NULL))
        return true;
    int64_t index = j_int(j_get(s.predicate, "index"), -1);
    if (index >= 0 && (uint64_t)index < at)
        mark(g, &g->entries, index_key(&(uint64_t){(uint64_t)index}), at);
    if (hex_bytes(j_gets(s.predicate, "body"), body, sizeof body))
        mark(g, &g->bodies, str_n((const char *)body, sizeof body), at);
    return true;
}

static bool read_all(struct portfolio *p, struct gone *g, struct err *e) {
    struct leaves k = {.a = arena_new()};
    struct arena *a = arena_new();
    struct arena_mark m = arena_mark(a);
    bool ok = log_leaves(p->home->log, g->from, g->to, each_leaf, &k, e);
    for (uint32_t i = 0; ok && i < k.found.n; i++) {
        ok = take(p, g, a, k.found.v[i].at, e);
        arena_reset(a, m);
    }
    arena_free(a);
    arena_free(k.a);
    g->known = ok;
    return ok;
}

/* ── what the views hold ── */

static bool is_noted(struct portfolio *p, uint64_t index, bool *noted, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_body_gone_find, &q, e))
        return false;
    ask_int(q, 1, p->log_id);
    ask_int(q, 2, (int64_t)index);
    if (!ask_step(q, noted, e))
        return false;
    ask_end(q);
    return true;
}

static bool entry_holds(struct portfolio *p, struct arena *a, uint64_t index, bool *holds, struct err *e) {
    struct log_entry entry;
    bool noted;
    *holds = false;
    if (index >= p->size)
        return true;
    if (!log_entry(p->home->log, a, index, &entry, e) || !is_noted(p, index, &noted, e))
        return false;
    *holds = !noted && projection_of(entry.leaf.kind);
    return true;
}

static bool body_holds(struct portfolio *p, struct arena *a, str body, uint64_t erased, bool *holds, struct err *e) {
    struct release_rows rows;
    *holds = false;
    if (!contents_of_body(p->contents, a, (const unsigned char *)body.p, DOCUMENTS_MOST, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.n && !*holds; i++) {
        bool noted = true;
        if (rows.v[i].log_id == p->log_id && rows.v[i].entry < erased && !is_noted(p, rows.v[i].entry, &noted, e))
            return false;
        *holds = !noted;
    }
    return true;
}

static bool holds_any(struct portfolio *p, const struct gone *g, bool *holds, struct err *e) {
    struct arena *a = arena_new();
    bool ok = true;
    *holds = false;
    for (uint32_t i = 0; ok && !*holds && i < g->entries.entries.n; i++) {
        uint64_t index;
        memcpy(&index, g->entries.entries.v[i].key.p, sizeof index);
        ok = entry_holds(p, a, index, holds, e);
    }
    for (uint32_t i = 0; ok && !*holds && i < g->bodies.entries.n; i++) {
        const struct map_entry *x = &g->bodies.entries.v[i];
        ok = body_holds(p, a, x->key, (uint64_t)(uintptr_t)x->value - 1, holds, e);
    }
    arena_free(a);
    return ok;
}

bool gone_look(struct portfolio *p, uint64_t to, bool *anew, struct err *e) {
    struct gone *g = p->contents->gone;
    *anew = false;
    if (g && g->known && g->from <= p->size && to <= g->to)
        return true;
    g = begin(p, to);
    return read_all(p, g, e) && holds_any(p, g, anew, e);
}

/* ── on the way in ── */

bool gone_entry(const struct portfolio *p, uint64_t index) {
    const struct gone *g = p->contents->gone;
    return g && map_find(&g->entries, index_key(&index));
}
bool gone_body(const struct portfolio *p, const unsigned char body[32], uint64_t index) {
    const struct gone *g = p->contents->gone;
    const struct map_entry *x = g ? map_find(&g->bodies, str_n((const char *)body, 32)) : NULL;
    return x && index < (uint64_t)(uintptr_t)x->value - 1;
}

bool gone_note(struct portfolio *p, uint64_t index, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_body_gone_add, &q, e))
        return false;
    ask_int(q, 1, p->log_id);
    ask_int(q, 2, (int64_t)index);
    return ask_send(q, e);
}
