/* SPDX-License-Identifier: Apache-2.0
 *
 * The schema is made of parts, each with a version of its own; every step forward is one piece of a .sql file. Views
 * from before a piece that says "anew" are not brought forward but dropped: what was in them follows from the log.
 */
#include "store/schema.h"

#include "store/queries.h"
#include "store/store_inner.h"

struct part {
    str name;
    int64_t version;
};
struct parts {
    struct arena *a;
    VEC(struct part) v;
};

static int64_t version_of(const struct parts *p, const char *name) {
    for (uint32_t i = 0; i < p->v.n; i++)
        if (str_is(p->v.v[i].name, name))
            return p->v.v[i].version;
    return 0;
}

static int64_t ours(const struct store *s, str name) {
    int64_t version = 0;
    for (const struct store_schema *x = s->schemas; x->name; x++)
        if (str_is(name, x->name))
            version = x->version;
    return version;
}

static bool read_parts(struct store *s, struct parts *p, bool fresh, struct err *e) {
    struct ask *q;
    bool row = true;
    if (fresh)
        return true;
    if (!store_ask(s, &Q_schema_parts, &q, e))
        return false;
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(p->a, &p->v) = (struct part){arena_str(p->a, ask_col_text(q, 0)), ask_col_int(q, 1)};
    }
    ask_end(q);
    return true;
}

/* A part that we do not know, or in a version that we do not know, was made by a later program. */
static const struct part *newer_part(const struct store *s, const struct parts *p) {
    for (uint32_t i = 0; i < p->v.n; i++)
        if (p->v.v[i].version > ours(s, p->v.v[i].name))
            return &p->v.v[i];
    return NULL;
}
static bool refuse_newer(const struct store *s, const struct parts *p, struct err *e) {
    const struct part *newer = newer_part(s, p);
    if (!newer)
        return true;
    err_set(e, ERR_ENV, str_of(s->shown), _("these views were made by a newer akashi (%.*s %lld)"),
            STR_ARG(newer->name), (long long)newer->version);
    return err_hint(e, "%s", _("use that version, or keep views of your own with --store"));
}

static bool step(struct store *s, const struct store_schema *x, struct err *e) {
    struct ask *q;
    if (!s->engine->exec(s->of, x->sql[s->engine->kind], e) || !store_ask(s, &Q_schema_part_set, &q, e))
        return false;
    ask_text(q, 1, str_of(x->name));
    ask_int(q, 2, x->version);
    return ask_run(q, e);
}

static bool forward(struct store *s, const struct parts *p, bool only_store, struct err *e) {
    for (const struct store_schema *x = s->schemas; x->name; x++)
        if (str_is(S("store"), x->name) == only_store && x->version > version_of(p, x->name) && !step(s, x, e))
            return false;
    return true;
}

static bool is_behind(const struct store *s, const struct parts *p) {
    for (const struct store_schema *x = s->schemas; x->name; x++)
        if (x->version > version_of(p, x->name))
            return true;
    return false;
}

static bool look(struct store *s, struct parts *p, struct err *e) {
    bool there = false;
    return s->engine->has_schema(s->of, &there, e) && read_parts(s, p, !there, e);
}

/* A new part is only added to what is there; a further version of one may change rows. */
static bool changes_rows(const struct store *s, const struct parts *p) {
    for (const struct store_schema *x = s->schemas; x->name; x++)
        if (x->version > 1 && version_of(p, x->name) > 0 && x->version > version_of(p, x->name))
            return true;
    return false;
}

static bool begin_anew(const struct store *s, const struct parts *p) {
    for (const struct store_schema *x = s->schemas; x->name; x++)
        if (x->anew && version_of(p, x->name) > 0 && x->version > version_of(p, x->name))
            return true;
    return false;
}

static bool table_names(struct store *s, struct parts *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!s->engine->ask_once(s->of, s->engine->columns, &q, e))
        return false;
    while (ask_step(q, &row, e)) {
        if (!row) {
            ask_end(q);
            return true;
        }
        str name = ask_col_text(q, 0);
        if (!out->v.n || !str_eq(out->v.v[out->v.n - 1].name, name))
            vec_push(out->a, &out->v)->name = arena_str(out->a, name);
    }
    return false;
}

/* Whatever a version of before called them. */
static bool drop_tables(struct store *s, struct parts *now, struct err *e) {
    struct parts tables = {.a = now->a};
    bool ok = table_names(s, &tables, e);
    for (uint32_t i = 0; ok && i < tables.v.n; i++)
        ok = s->engine->exec(s->of, arena_printf(now->a, "DROP TABLE \"%.*s\"", STR_ARG(tables.v.v[i].name)).p, e);
    now->v.n = 0;
    return ok;
}

static bool bring_forward(struct store *s, struct arena *a, struct err *e) {
    struct parts now = {.a = a};
    str copy = {NULL, 0};
    if (!store_begin(s, e))
        return false;
    /* Another process may have done it while this one waited. */
    bool ok = look(s, &now, e) && refuse_newer(s, &now, e);
    bool changes = ok && changes_rows(s, &now), anew = ok && begin_anew(s, &now);
    ok = ok && (!changes || !s->engine->may_change || s->engine->may_change(s->of, anew, e));
    bool copies = ok && changes && !anew && s->engine->copy;
    ok = ok && (!copies || s->engine->copy(s->of, &copy, e));
    bool copied = copies && ok;
    ok = ok && (!anew || drop_tables(s, &now, e)) && forward(s, &now, true, e) && forward(s, &now, false, e) &&
         store_commit(s, e);
    if (!ok)
        store_rollback(s);
    if (ok && copied)
        s->engine->copy_remove(s->of);
    else if (copied)
        err_hint(e, _("the views are as they were; a copy is in %.*s"), STR_ARG(copy));
    return ok;
}

/* What schema_mark says of a store that is where we would bring it. */
static int64_t mark_of(const struct store *s) {
    int64_t mark = 0;
    for (const struct store_schema *x = s->schemas; x->name; x++)
        if (x->version == ours(s, str_of(x->name)))
            mark += 1000000 + x->version;
    return mark;
}

bool store_schema_same(struct store *s, struct err *e) {
    struct ask *q;
    bool row;
    if (!s->mark)
        return true;
    if (!store_ask(s, &Q_schema_mark, &q, e) || !ask_step(q, &row, e))
        return false;
    bool same = row && ask_col_int(q, 0) == s->mark;
    ask_end(q);
    if (same)
        return true;
    err_set(e, ERR_ENV, str_of(s->shown), "%s",
            _("another akashi, a newer one, has brought these views forward meanwhile"));
    return err_hint(e, "%s", _("start this program again, in the newer version"));
}

bool store_is_newer(struct ctx *c, str where, bool *newer, struct err *e) {
    struct store *s;
    struct parts now = {.a = arena_new()};
    *newer = false;
    bool ok = store_open_schemas(c, where, STORE_READ, NULL, &s, e);
    if (ok) {
        s->schemas = store_schemas;
        ok = look(s, &now, e);
        *newer = ok && newer_part(s, &now) != NULL;
        store_close(s);
    }
    arena_free(now.a);
    return ok;
}

bool store_schema_apply(struct store *s, enum store_use use, struct err *e) {
    struct parts now = {.a = arena_new()};
    bool ok = look(s, &now, e) && refuse_newer(s, &now, e);
    if (ok && is_behind(s, &now)) {
        s->absent = use == STORE_READ && !now.v.n;
        if (use == STORE_WRITE) {
            ok = bring_forward(s, now.a, e);
        } else if (s->absent) {
            err_set(e, ERR_ENV, str_of(s->shown), _("there are no views here yet"));
            ok = err_hint(e, "%s", _("run any command that writes, or `akashi rebuild`"));
        } else {
            err_set(e, ERR_ENV, str_of(s->shown), _("these views were made by an older akashi"));
            ok = err_hint(e, "%s", _("run any command that writes, or `akashi rebuild`"));
        }
    }
    arena_free(now.a);
    s->mark = ok ? mark_of(s) : 0;
    return ok;
}
