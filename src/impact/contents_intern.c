/* SPDX-License-Identifier: Apache-2.0
 *
 * From names to numbers. Rows are only added, in the order of the log; what was remembered stays true. New rows are
 * kept until contents_flush() and loaded together, in the order of their keys.
 */
#include <stdlib.h>

#include "impact/called.h"
#include "impact/contents_inner.h"
#include "store/queries.h"

enum { LASTS_MOST = 1 << 20 };

/* ── a transaction ── */

static void begin_table(struct contents *c, struct name_table *t) {
    map_init(&t->fresh, c->pending_arena);
    t->rows.v = NULL;
    t->rows.n = t->rows.cap = 0;
}
void names_none_fresh(struct contents *c) {
    struct component_table *t = &c->components;
    begin_table(c, &c->packages);
    begin_table(c, &c->licences);
    map_init(&t->fresh, c->pending_arena);
    t->rows.v = NULL;
    t->rows.n = t->rows.cap = 0;
    t->licensed.v = NULL;
    t->licensed.n = t->licensed.cap = 0;
}

void expected_forget(struct contents *c) {
    arena_free(c->expected_arena);
    c->expected_arena = arena_new();
    c->foreseen.n = 0;
    map_init(&c->expected, c->expected_arena);
    map_init(&c->packages.absent, c->expected_arena);
    map_init(&c->licences.absent, c->expected_arena);
    map_init(&c->components.absent, c->expected_arena);
}

void names_begin(struct contents *c) {
    c->packages.find = &Q_package_find;
    c->packages.last = &Q_package_last;
    c->packages.known_many = &Q_packages_known;
    c->packages.in = &L_package_in;
    c->licences.find = &Q_licence_find;
    c->licences.last = &Q_licence_last;
    c->licences.known_many = &Q_licences_known;
    c->licences.in = &L_licence_in;
    c->packages.newest = c->licences.newest = -1;
    map_init(&c->components.lasts, c->taken_arena);
    names_none_fresh(c);
    expected_forget(c);
}

void names_forget(struct contents *c) {
    names_clear(&c->components.known);
    names_clear(&c->packages.known);
    names_clear(&c->licences.known);
    names_clear(&c->products);
    names_clear(&c->parties);
    names_clear(&c->traits);
    names_clear(&c->called);
}

/* ── writing ── */

static bool write_table(struct contents *c, struct name_table *t, struct err *e) {
    struct loading *l;
    if (!t->rows.n)
        return true;
    if (!load_begin(c->s, t->in, &l, e))
        return false;
    for (uint32_t i = 0; i < t->rows.n; i++) {
        load_int(l, t->rows.v[i].id);
        load_text(l, t->rows.v[i].text);
        if (!load_row(l, e))
            return false;
    }
    return load_end(l, e);
}

static int by_id(const void *x, const void *y) {
    component_id a = ((const struct component_new *)x)->id, b = ((const struct component_new *)y)->id;
    return (a > b) - (a < b);
}

/* What a later document says of a component without a licence: the first of them counts. */
static bool write_licensed(struct contents *c, const struct component_licensed *x, struct err *e) {
    struct component_table *t = &c->components;
    struct component_new key = {.id = x->id}, *row = NULL;
    struct ask *q;
    if (t->rows.n)
        row = bsearch(&key, t->rows.v, t->rows.n, sizeof key, by_id);
    if (row) {
        row->licence = row->licence < 0 ? x->licence : row->licence;
        return true;
    }
    if (!store_ask(c->s, &Q_component_licence, &q, e))
        return false;
    ask_int(q, 1, x->id);
    ask_int(q, 2, x->licence);
    return ask_send(q, e);
}

static bool write_components(struct contents *c, struct err *e) {
    struct component_table *t = &c->components;
    struct loading *l;
    if (t->rows.n)
        qsort(t->rows.v, t->rows.n, sizeof *t->rows.v, by_id);
    for (uint32_t i = 0; i < t->licensed.n; i++)
        if (!write_licensed(c, &t->licensed.v[i], e))
            return false;
    if (!t->rows.n)
        return true;
    if (!load_begin(c->s, &L_component_in, &l, e))
        return false;
    for (uint32_t i = 0; i < t->rows.n; i++) {
        const struct component_new *x = &t->rows.v[i];
        load_int(l, x->id);
        load_int(l, package_of(x->id));
        load_text(l, x->rest);
        load_text(l, x->version);
        if (x->licence >= 0)
            load_int(l, x->licence);
        else
            load_null(l);
        load_int(l, x->unidentified);
        if (!load_row(l, e))
            return false;
    }
    return load_end(l, e);
}

static bool write_packages(struct contents *c, struct err *e) {
    const struct name_table *t = &c->packages;
    int64_t first = t->rows.n ? t->rows.v[0].id : 0;
    return write_table(c, &c->packages, e) && (!first || called_packages(c->p, first, e));
}

bool names_write(struct contents *c, struct err *e) {
    bool ok = write_packages(c, e) && write_table(c, &c->licences, e) && write_components(c, e);
    names_none_fresh(c);
    if (c->components.lasts.entries.n > LASTS_MOST)
        map_init(&c->components.lasts, c->taken_arena);
    return ok;
}

/* ── one name ── */

static bool ask_one(struct ask *q, bool *found, int64_t *id, struct err *e) {
    if (!ask_step(q, found, e))
        return false;
    if (*found)
        *id = ask_col_int(q, 0);
    return true;
}

/* Known to be absent, until it is added. */
static bool is_absent(const struct map *absent, str name) { return map_get(absent, name) != NULL; }
static void no_more_absent(struct map *absent, str name) {
    struct map_entry *x = map_find(absent, name);
    if (x)
        x->value = NULL;
}

static bool next_of(struct contents *c, struct name_table *t, int64_t *out, struct err *e) {
    struct ask *q;
    bool found;
    if (t->newest < 0) {
        t->newest = 0;
        if (!store_ask(c->s, t->last, &q, e) || !ask_one(q, &found, &t->newest, e))
            return false;
        ask_end(q);
    }
    *out = ++t->newest;
    return true;
}

static bool find_name(struct contents *c, struct name_table *t, str name, bool *found, int64_t *out, struct err *e) {
    const void *fresh = map_get(&t->fresh, name);
    struct ask *q;
    *found = fresh != NULL;
    if (fresh)
        *out = (int64_t)(uintptr_t)fresh - 1;
    if (fresh || is_absent(&t->absent, name))
        return true;
    if (!store_ask(c->s, t->find, &q, e))
        return false;
    ask_text(q, 1, name);
    if (!ask_one(q, found, out, e))
        return false;
    ask_end(q);
    return true;
}

static bool number_of(struct contents *c, struct name_table *t, str name, int64_t *out, struct err *e) {
    bool found;
    if (names_get(&t->known, name, out))
        return true;
    if (!find_name(c, t, name, &found, out, e))
        return false;
    if (!found) {
        if (!next_of(c, t, out, e))
            return false;
        name = arena_str(c->pending_arena, name);
        *vec_push(c->pending_arena, &t->rows) = (struct name_new){*out, name};
        map_put(&t->fresh, name, NULL)->value = (void *)(uintptr_t)(*out + 1);
        no_more_absent(&t->absent, name);
    }
    names_put(&t->known, name, *out);
    return true;
}

/* ── one component ── */

str component_place(struct arena *a, const struct identity *x) {
    return arena_printf(a, "%.*s\n%.*s", STR_ARG(x->package), STR_ARG(x->rest));
}

/* A package with more than a million versions: what comes then counts as "of an unknown version". */
static bool next_component(struct contents *c, int64_t package, component_id *out, struct err *e) {
    struct component_table *t = &c->components;
    component_id first = package << COMPONENT_BITS, last = first + ((component_id)1 << COMPONENT_BITS) - 1;
    str key = str_n((const char *)&package, sizeof package);
    const struct map_entry *known = map_find(&t->lasts, key);
    struct ask *q;
    bool found;
    if (known) {
        *out = (component_id)(uintptr_t)known->value - 1;
        found = *out >= 0;
    } else if (c->packages.rows.n && package >= c->packages.rows.v[0].id) {
        found = false; /* the package itself is new */
    } else {
        /* Its last component may be one of those that are not written yet. */
        if (!names_write(c, e) || !store_ask(c->s, &Q_component_last, &q, e))
            return false;
        ask_int(q, 1, first);
        ask_int(q, 2, last);
        if (!ask_one(q, &found, out, e))
            return false;
        ask_end(q);
    }
    *out = !found ? first : *out < last ? *out + 1 : -1;
    if (*out >= 0) {
        bool fresh;
        struct map_entry *x = map_put(&t->lasts, key, &fresh);
        if (fresh)
            x->key = arena_str(c->taken_arena, key);
        x->value = (void *)(uintptr_t)(*out + 1);
    }
    return true;
}

static void add(struct contents *c, component_id id, const struct identity *x, int64_t licence, str place) {
    struct component_table *t = &c->components;
    struct arena *a = c->pending_arena;
    contents_creates(c, id);
    *vec_push(a, &t->rows) = (struct component_new){.id = id,
                                                    .licence = licence,
                                                    .rest = arena_str(a, x->rest),
                                                    .version = arena_str(a, x->version),
                                                    .unidentified = x->unidentified};
    map_put(&t->fresh, arena_str(a, place), NULL)->value = (void *)(uintptr_t)t->rows.n;
    no_more_absent(&t->absent, place);
}

static bool find(struct contents *c, int64_t package, str rest, str place, bool *found, component_id *id,
                 bool *licensed, struct err *e) {
    const struct component_table *t = &c->components;
    const void *fresh = map_get(&t->fresh, place);
    struct ask *q;
    *found = fresh != NULL;
    if (fresh) {
        const struct component_new *x = &t->rows.v[(uintptr_t)fresh - 1];
        *id = x->id;
        *licensed = x->licence >= 0;
    }
    if (fresh || is_absent(&t->absent, place))
        return true;
    if (!store_ask(c->s, &Q_component_find, &q, e))
        return false;
    ask_int(q, 1, package);
    ask_text(q, 2, rest);
    if (!ask_one(q, found, id, e))
        return false;
    *licensed = *found && !ask_col_null(q, 1);
    ask_end(q);
    return true;
}

static bool set_licence(struct contents *c, component_id id, str text, struct err *e) {
    int64_t licence;
    if (!number_of(c, &c->licences, text, &licence, e))
        return false;
    *vec_push(c->pending_arena, &c->components.licensed) = (struct component_licensed){id, licence};
    return true;
}

static bool look_up(struct contents *c, struct arena *a, const struct part *part, component_id *id, bool *licensed,
                    bool *unidentified, struct err *e) {
    struct identity x;
    int64_t package, licence = -1;
    bool found;
    identity_of(a, part->key, &x);
    *unidentified = x.unidentified;
    if (!number_of(c, &c->packages, x.package, &package, e))
        return false;
    str place = component_place(a, &x);
    if (!find(c, package, x.rest, place, &found, id, licensed, e))
        return false;
    if (found)
        return true;
    if (!next_component(c, package, id, e))
        return false;
    if (*id < 0 || (*id + 1) >> COMPONENT_BITS != package) { /* the last number is kept for them */
        x.rest = S("@~");
        x.version = (str){NULL, 0};
        *id = ((package + 1) << COMPONENT_BITS) - 1;
        place = component_place(a, &x);
        component_id there;
        if (!find(c, package, x.rest, place, &found, &there, licensed, e))
            return false;
        if (found) {
            *id = there;
            return true;
        }
    }
    if (part->licence.n && !number_of(c, &c->licences, part->licence, &licence, e))
        return false;
    *licensed = licence >= 0;
    add(c, *id, &x, licence, place);
    return true;
}

bool contents_intern(struct contents *c, const struct part *part, int64_t foreseen, component_id *id,
                     bool *unidentified, struct err *e) {
    int64_t known = foreseen;
    bool licensed;
    /* Whether it has a licence may be known better since. */
    bool fresh = (known < 0 || (part->licence.n && !(known & 1))) &&
                 !names_get(&c->components.known, part->key, &known);
    if (fresh) {
        struct arena *a = arena_new();
        bool ok = look_up(c, a, part, id, &licensed, unidentified, e);
        arena_free(a);
        if (!ok)
            return false;
    } else {
        *id = known >> 2;
        *unidentified = known & 2;
        licensed = known & 1;
    }
    if (part->licence.n && !licensed) {
        if (!set_licence(c, *id, part->licence, e))
            return false;
        licensed = fresh = true;
    }
    if (fresh)
        names_put(&c->components.known, part->key, *id << 2 | (int64_t)*unidentified << 1 | licensed);
    return true;
}
