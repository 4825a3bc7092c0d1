/* SPDX-License-Identifier: Apache-2.0
 *
 * From names to numbers. Rows are only added, in the order of the log; what was remembered stays true.
 */
#include "impact/contents_inner.h"
#include "store/queries.h"

static bool ask_one(struct ask *q, bool *found, int64_t *id, struct err *e) {
    if (!ask_step(q, found, e))
        return false;
    if (*found)
        *id = ask_col_int(q, 0);
    return true;
}

/* The next number of a table of names. */
static bool next_of(struct contents *c, const struct query *last, int64_t *kept, int64_t *out, struct err *e) {
    struct ask *q;
    bool found;
    if (*kept < 0) {
        *kept = 0;
        if (!store_ask(c->s, last, &q, e) || !ask_one(q, &found, kept, e))
            return false;
        ask_end(q);
    }
    *out = ++*kept;
    return true;
}

struct name_table {
    const struct query *find, *last, *add;
};
static const struct name_table package_table = {&Q_package_find, &Q_package_last, &Q_package_add},
                               licence_table = {&Q_licence_find, &Q_licence_last, &Q_licence_add};

static bool number_of(struct contents *c, const struct name_table *t, struct names *known, int64_t *last, str name,
                      int64_t *out, struct err *e) {
    struct ask *q;
    bool found;
    if (names_get(known, name, out))
        return true;
    if (!store_ask(c->s, t->find, &q, e))
        return false;
    ask_text(q, 1, name);
    if (!ask_one(q, &found, out, e))
        return false;
    ask_end(q);
    if (!found) {
        if (!next_of(c, t->last, last, out, e) || !store_ask(c->s, t->add, &q, e))
            return false;
        ask_int(q, 1, *out);
        ask_text(q, 2, name);
        if (!ask_send(q, e))
            return false;
    }
    names_put(known, name, *out);
    return true;
}

/* A package with more than a million versions: what comes then counts as "of an unknown version". */
static bool next_component(struct contents *c, int64_t package, component_id *out, struct err *e) {
    component_id first = package << COMPONENT_BITS, last = first + ((component_id)1 << COMPONENT_BITS) - 1;
    str key = str_n((const char *)&package, sizeof package);
    struct ask *q;
    bool found = names_get(&c->lasts, key, out);
    if (!found) {
        if (!store_ask(c->s, &Q_component_last, &q, e))
            return false;
        ask_int(q, 1, first);
        ask_int(q, 2, last);
        if (!ask_one(q, &found, out, e))
            return false;
        ask_end(q);
    }
    *out = !found ? first : *out < last ? *out + 1 : -1;
    if (*out >= 0)
        names_put(&c->lasts, key, *out);
    return true;
}

static bool add(struct contents *c, component_id id, const struct identity *x, int64_t licence, struct err *e) {
    struct ask *q;
    if (!store_ask(c->s, &Q_component_add, &q, e))
        return false;
    ask_int(q, 1, id);
    ask_int(q, 2, package_of(id));
    ask_text(q, 3, x->rest);
    ask_text(q, 4, x->version);
    if (licence >= 0)
        ask_int(q, 5, licence);
    else
        ask_text(q, 5, (str){NULL, 0});
    ask_int(q, 6, x->unidentified);
    return ask_send(q, e);
}

static bool find(struct contents *c, int64_t package, str rest, bool *found, component_id *id, bool *licensed,
                 struct err *e) {
    struct ask *q;
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
    struct ask *q;
    if (!number_of(c, &licence_table, &c->licences, &c->last_licence, text, &licence, e) ||
        !store_ask(c->s, &Q_component_licence, &q, e))
        return false;
    ask_int(q, 1, id);
    ask_int(q, 2, licence);
    return ask_send(q, e);
}

static bool look_up(struct contents *c, struct arena *a, const struct part *part, component_id *id, bool *licensed,
                    bool *unidentified, struct err *e) {
    struct identity x;
    int64_t package, licence = -1;
    bool found;
    identity_of(a, part->key, &x);
    *unidentified = x.unidentified;
    if (!number_of(c, &package_table, &c->packages, &c->last_package, x.package, &package, e) ||
        !find(c, package, x.rest, &found, id, licensed, e))
        return false;
    if (found)
        return true;
    if (!next_component(c, package, id, e))
        return false;
    if (*id < 0 || (*id + 1) >> COMPONENT_BITS != package) { /* the last number is kept for them */
        x.rest = S("@~");
        x.version = (str){NULL, 0};
        *id = ((package + 1) << COMPONENT_BITS) - 1;
        component_id there;
        if (!find(c, package, x.rest, &found, &there, licensed, e))
            return false;
        if (found) {
            *id = there;
            return true;
        }
    }
    if (part->licence.n && !number_of(c, &licence_table, &c->licences, &c->last_licence, part->licence, &licence, e))
        return false;
    *licensed = licence >= 0;
    return add(c, *id, &x, licence, e);
}

bool contents_intern(struct contents *c, const struct part *part, component_id *id, bool *unidentified, struct err *e) {
    int64_t known;
    bool licensed;
    bool fresh = !names_get(&c->components, part->key, &known);
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
        names_put(&c->components, part->key, *id << 2 | (int64_t)*unidentified << 1 | licensed);
    return true;
}
