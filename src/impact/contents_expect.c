/* SPDX-License-Identifier: Apache-2.0
 *
 * Many releases looked up ahead, a few questions for all of them. What is there goes where contents_add() remembers
 * such things; what is not there is remembered as absent until the next expectation or transaction.
 */
#include <stdlib.h>

#include "base/digest.h"
#include "impact/contents.h"
#include "impact/contents_inner.h"
#include "impact/things.h"
#include "store/queries.h"

/* A list of what is asked, each once: by text, written as JSON. */
struct wanted {
    struct map places; /* text → value of the caller's */
    struct buf json;
    struct jw w;
};
enum { ASKED_MOST = 1 << 14 };

static void wanted_begin(struct wanted *k, struct arena *a) {
    map_init(&k->places, a);
    buf_clear(&k->json);
    k->w = jw_to(&k->json, false);
    jw_arr(&k->w);
}
static bool wanted_add(struct wanted *k, str place, const void *value) {
    bool fresh;
    struct map_entry *x = map_put(&k->places, place, &fresh);
    if (fresh)
        x->value = (void *)(uintptr_t)value;
    return fresh;
}
static bool wanted_full(const struct wanted *k) { return k->places.entries.n >= ASKED_MOST; }

struct expecting {
    struct contents *c;
    struct arena *a; /* for the time of the call */
    const struct release_new *list;
    uint32_t n;
    struct wanted k;
};

/* Asks for what is wanted; take() gets each answer with its place. */
static bool ask_wanted(struct expecting *x, const struct query *query, int64_t second,
                       void (*take)(struct expecting *x, const struct map_entry *at, struct ask *q), struct err *e) {
    struct ask *q;
    bool row;
    if (!x->k.places.entries.n)
        return true;
    jw_arr_end(&x->k.w);
    if (!store_ask(x->c->s, query, &q, e))
        return false;
    ask_text(q, 1, buf_str(&x->k.json));
    if (second >= 0)
        ask_int(q, 2, second);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        uint64_t at = (uint64_t)ask_col_int(q, 0);
        if (at < x->k.places.entries.n)
            take(x, &x->k.places.entries.v[at], q);
    }
    ask_end(q);
    return true;
}

/* ── products and parties ── */

static void take_product(struct expecting *x, const struct map_entry *at, struct ask *q) {
    if (!ask_col_null(q, 1))
        names_put(&x->c->products, at->key, ask_col_int(q, 1));
}
static void take_party(struct expecting *x, const struct map_entry *at, struct ask *q) {
    if (!ask_col_null(q, 1))
        names_put(&x->c->parties, at->key, ask_col_int(q, 1));
}

static bool expect_things(struct expecting *x, enum thing_kind kind, struct err *e) {
    struct names *known = kind == THING_PRODUCT ? &x->c->products : &x->c->parties;
    int64_t number;
    wanted_begin(&x->k, x->a);
    for (uint32_t i = 0; i < x->n; i++) {
        str id = kind == THING_PRODUCT ? x->list[i].product : x->list[i].party;
        if (id.n && !names_get(known, id, &number) && wanted_add(&x->k, id, NULL))
            jw_str(&x->k.w, id);
    }
    return ask_wanted(x, &Q_things_known, kind, kind == THING_PRODUCT ? take_product : take_party, e);
}

/* ── documents ── */

static void take_release(struct expecting *x, const struct map_entry *at, struct ask *q) {
    struct known_release *known = arena_new_of(x->c->expected_arena, struct known_release);
    known->first = ask_col_null(q, 1) ? -1 : ask_col_int(q, 1);
    known->same = ask_col_null(q, 2) ? -1 : ask_col_int(q, 2);
    map_put(&x->c->expected, at->key, NULL)->value = known;
}

static void want_release(struct expecting *x, const struct release_new *r, int64_t product) {
    struct arena *a = x->c->expected_arena;
    str place = document_place(a, release_place(a, product, r->version), r->body);
    if (!wanted_add(&x->k, place, r))
        return;
    jw_arr(&x->k.w);
    jw_int(&x->k.w, product);
    jw_str(&x->k.w, r->version);
    jw_int(&x->k.w, body_key(r->body));
    jw_str(&x->k.w, hex_text(x->a, r->body, 32));
    jw_arr_end(&x->k.w);
}

/* Of a product that nobody has mentioned there is nothing. */
static bool expect_releases(struct expecting *x, struct err *e) {
    int64_t product;
    wanted_begin(&x->k, x->a);
    for (uint32_t i = 0; i < x->n; i++)
        if (names_get(&x->c->products, x->list[i].product, &product))
            want_release(x, &x->list[i], product);
    return ask_wanted(x, &Q_releases_known, -1, take_release, e);
}

/* ── packages and licences ── */

static void absent_or_known(struct expecting *x, struct name_table *t, const struct map_entry *at, struct ask *q) {
    if (!ask_col_null(q, 1))
        names_put(&t->known, at->key, ask_col_int(q, 1));
    else
        map_put(&t->absent, arena_str(x->c->expected_arena, at->key), NULL)->value = x->c;
}
static void take_package(struct expecting *x, const struct map_entry *at, struct ask *q) {
    absent_or_known(x, &x->c->packages, at, q);
}
static void take_licence(struct expecting *x, const struct map_entry *at, struct ask *q) {
    absent_or_known(x, &x->c->licences, at, q);
}

static bool want_name(struct expecting *x, struct name_table *t, str name) {
    int64_t number;
    if (!name.n || names_get(&t->known, name, &number) || map_get(&t->fresh, name) || map_get(&t->absent, name) ||
        !wanted_add(&x->k, name, NULL))
        return false;
    jw_str(&x->k.w, name);
    return wanted_full(&x->k);
}

static bool expect_licences(struct expecting *x, struct err *e) {
    wanted_begin(&x->k, x->a);
    for (uint32_t i = 0; i < x->n; i++)
        for (uint32_t k = 0; k < x->list[i].parts->n; k++)
            if (want_name(x, &x->c->licences, x->list[i].parts->v[k].licence)) {
                if (!ask_wanted(x, &Q_licences_known, -1, take_licence, e))
                    return false;
                wanted_begin(&x->k, x->a);
            }
    return ask_wanted(x, &Q_licences_known, -1, take_licence, e);
}

/* ── components ── */

struct met { /* a key that is not known yet */
    str key;
    struct identity identity;
    str place;
    bool at_home;    /* its package is there … */
    int64_t package; /* … by this number */
};
VEC_NAMED(mets, struct met);

static void *room_for(void *old, size_t *cap, size_t n, size_t size) {
    if (*cap && n <= *cap)
        return old;
    n = n ? n : 1;
    *cap = n;
    void *p = realloc(old, n * size);
    if (!p)
        abort();
    return p;
}
static void foresee(struct foreseen *f, const struct release_new *list, uint32_t n) {
    size_t parts = 0;
    f->starts = room_for(f->starts, &f->cap_starts, n, sizeof *f->starts);
    for (uint32_t i = 0; i < n; parts += list[i++].parts->n)
        f->starts[i] = parts;
    f->known = room_for(f->known, &f->cap, parts, sizeof *f->known);
    f->list = list;
    f->n = n;
    f->at = 0;
}

static str key_of(const void *parts, uint32_t i) { return ((const struct part *)parts)[i].key; }

static void find_unknown(struct expecting *x, struct mets *out) {
    struct foreseen *f = &x->c->foreseen;
    struct map seen;
    map_init(&seen, x->a);
    foresee(f, x->list, x->n);
    for (uint32_t i = 0; i < x->n; i++) {
        int64_t *known = f->known + f->starts[i];
        names_get_many(&x->c->components.known, key_of, x->list[i].parts->v, x->list[i].parts->n, known);
        for (uint32_t k = 0; k < x->list[i].parts->n; k++) {
            str key = x->list[i].parts->v[k].key;
            bool fresh;
            if (known[k] >= 0)
                continue;
            map_put(&seen, key, &fresh);
            if (!fresh)
                continue;
            struct met *met = vec_push(x->a, out);
            met->key = key;
            identity_of(x->a, key, &met->identity);
        }
    }
}

static bool expect_packages(struct expecting *x, const struct mets *mets, struct err *e) {
    wanted_begin(&x->k, x->a);
    for (uint32_t i = 0; i < mets->n; i++)
        if (want_name(x, &x->c->packages, mets->v[i].identity.package)) {
            if (!ask_wanted(x, &Q_packages_known, -1, take_package, e))
                return false;
            wanted_begin(&x->k, x->a);
        }
    return ask_wanted(x, &Q_packages_known, -1, take_package, e);
}

static void absent_component(struct expecting *x, const struct met *met) {
    map_put(&x->c->components.absent, met->place, NULL)->value = x->c;
}
static void take_component(struct expecting *x, const struct map_entry *at, struct ask *q) {
    const struct met *met = at->value;
    if (ask_col_null(q, 1)) {
        absent_component(x, met);
        return;
    }
    int64_t id = ask_col_int(q, 1);
    names_put(&x->c->components.known, met->key, id >> 1 << 2 | (int64_t)met->identity.unidentified << 1 | (id & 1));
}

/* Of a package that is not there, or not written yet, no component is there either. */
static void want_component(struct expecting *x, struct met *met) {
    struct name_table *t = &x->c->packages;
    met->place = component_place(x->c->expected_arena, &met->identity);
    if (map_get(&x->c->components.fresh, met->place))
        return;
    met->at_home = !map_get(&t->fresh, met->identity.package) &&
                   names_get(&t->known, met->identity.package, &met->package);
    if (!met->at_home) {
        absent_component(x, met);
        return;
    }
    if (!wanted_add(&x->k, met->place, met))
        return;
    jw_arr(&x->k.w);
    jw_int(&x->k.w, met->package);
    jw_str(&x->k.w, met->identity.rest);
    jw_arr_end(&x->k.w);
}

static bool expect_components(struct expecting *x, struct mets *mets, struct err *e) {
    wanted_begin(&x->k, x->a);
    for (uint32_t i = 0; i < mets->n; i++) {
        want_component(x, &mets->v[i]);
        if (wanted_full(&x->k)) {
            if (!ask_wanted(x, &Q_components_known, -1, take_component, e))
                return false;
            wanted_begin(&x->k, x->a);
        }
    }
    return ask_wanted(x, &Q_components_known, -1, take_component, e);
}

/* ── what a new component's number comes behind ── */

static void take_last(struct expecting *x, const struct map_entry *at, struct ask *q) {
    int64_t last = ask_col_null(q, 1) ? -1 : ask_col_int(q, 1);
    map_put(&x->c->components.lasts, arena_str(x->c->taken_arena, at->key), NULL)->value = (void *)(uintptr_t)(last +
                                                                                                               1);
}

static bool expect_lasts(struct expecting *x, const struct mets *mets, struct err *e) {
    const struct component_table *t = &x->c->components;
    wanted_begin(&x->k, x->a);
    for (uint32_t i = 0; i < mets->n; i++) {
        const struct met *met = &mets->v[i];
        str number = str_n((const char *)&met->package, sizeof met->package);
        if (!met->at_home || !map_get(&t->absent, met->place) || map_find(&t->lasts, number) ||
            !wanted_add(&x->k, number, NULL))
            continue;
        jw_int(&x->k.w, met->package);
        if (wanted_full(&x->k)) {
            if (!ask_wanted(x, &Q_components_last, -1, take_last, e))
                return false;
            wanted_begin(&x->k, x->a);
        }
    }
    return ask_wanted(x, &Q_components_last, -1, take_last, e);
}

bool contents_expect(struct contents *c, const struct release_new *list, uint32_t n, struct err *e) {
    struct expecting x = {.c = c, .a = arena_new(), .list = list, .n = n};
    struct mets mets = {0};
    expected_forget(c);
    find_unknown(&x, &mets);
    bool ok = expect_things(&x, THING_PRODUCT, e) && expect_things(&x, THING_PARTY, e) && expect_releases(&x, e) &&
              expect_packages(&x, &mets, e) && expect_components(&x, &mets, e) && expect_lasts(&x, &mets, e) &&
              expect_licences(&x, e);
    buf_free(&x.k.json);
    arena_free(x.a);
    return ok;
}
