/* SPDX-License-Identifier: Apache-2.0
 *
 * How tables are cut and laid onto servers: a list of steps from the files in nodes/, printed by store_plan() and taken
 * by store_spread(). Parts go round: part i to server i modulo their number, the leading one is the first.
 */
#include "store/spread.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/embedded.h"
#include "store/postgres.h"

enum { PARTS_MOST = 1024, NODES_MOST = 64 };

static const char *piece(const char *name) {
    for (const struct embedded_file *f = embedded_node_sql; f->name; f++)
        if (strcmp(f->name, name) == 0)
            return f->bytes;
    abort();
}

/* ── words in the pieces ── */

struct word {
    const char *name;
    str value;
};
enum { WORDS = 16 };
struct words {
    struct word v[WORDS];
    uint32_t n;
};
static void put_word(struct words *w, const char *name, str value) {
    for (uint32_t i = 0; i < w->n; i++)
        if (strcmp(w->v[i].name, name) == 0) {
            w->v[i].value = value;
            return;
        }
    if (w->n == WORDS)
        abort();
    w->v[w->n++] = (struct word){name, value};
}

/* Comment lines are for who reads the file; @word@ is replaced. */
static void fill(struct buf *b, const char *text, const struct words *w) {
    str rest = str_of(text), line, before, word;
    while (str_line(&rest, &line)) {
        if (str_starts(line, S("--")))
            continue;
        while (str_cut(line, '@', &before, &word)) {
            str name, behind;
            buf_add(b, before);
            if (!str_cut(word, '@', &name, &behind))
                abort();
            uint32_t i = 0;
            while (i < w->n && !str_is(name, w->v[i].name))
                i++;
            if (i == w->n)
                abort();
            buf_add(b, w->v[i].value);
            line = behind;
        }
        buf_add(b, before);
        buf_addc(b, '\n');
    }
}

static void step(struct spread *p, int node, const char *name, const struct words *w) {
    struct buf b = {0};
    fill(&b, piece(name), w);
    struct spread_step *last = p->steps.n ? &p->steps.v[p->steps.n - 1] : NULL;
    if (last && last->node == node)
        last->sql = arena_cat(p->a, last->sql, buf_str(&b));
    else
        *vec_push(p->a, &p->steps) = (struct spread_step){node, arena_str(p->a, buf_str(&b))};
    buf_free(&b);
}

/* ── which ── */

static bool is_node_name(str s) {
    bool ok = s.n > 0 && s.n <= 32 && ch_lower(s.p[0]);
    for (size_t i = 0; ok && i < s.n; i++)
        ok = ch_lower(s.p[i]) || ch_digit(s.p[i]) || s.p[i] == '_';
    return ok;
}
static bool check(const struct store_layout *l, struct err *e) {
    if (l->parts > PARTS_MOST || l->n_nodes > NODES_MOST)
        return err_set(e, ERR_USAGE, S("--nodes"), _("at most %d parts on %d servers"), (int)PARTS_MOST,
                       (int)NODES_MOST);
    for (uint32_t i = 0; i < l->n_nodes; i++) {
        if (!is_node_name(l->nodes[i].name) || !postgres_is_address(l->nodes[i].address)) {
            err_set(e, ERR_USAGE, S("--server"), _("server %u is not given as NAME=postgresql://…"), i + 1);
            return err_hint(e, "%s", _("the name: small letters, digits and _, at most 32"));
        }
        for (uint32_t k = 0; k < i; k++)
            if (str_eq(l->nodes[k].name, l->nodes[i].name))
                return err_set(e, ERR_USAGE, S("--server"), _("'%.*s' is named twice"), STR_ARG(l->nodes[i].name));
    }
    if (l->parts && l->parts <= l->n_nodes)
        return err_set(e, ERR_USAGE, S("--nodes"), _("%u parts cannot lie on %u servers"), l->parts, l->n_nodes + 1);
    return true;
}

static str quoted(struct arena *a, str v) {
    struct buf b = {0};
    buf_addc(&b, '\'');
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] == '\'')
            buf_addc(&b, '\'');
        buf_addc(&b, v.p[i]);
    }
    buf_addc(&b, '\'');
    v = arena_str(a, buf_str(&b));
    buf_free(&b);
    return v;
}

/* ── the steps ── */

static void words_of(struct spread *p, struct words *w) {
    put_word(w, "schema", p->schema);
    put_word(w, "nodes", arena_cat(p->a, p->schema, S("_nodes")));
    put_word(w, "local", arena_cat(p->a, p->schema, S("_local")));
    put_word(w, "part", arena_cat(p->a, p->schema, S("_part")));
    put_word(w, "owner", p->owner);
    put_word(w, "count", arena_printf(p->a, "%u", p->parts));
}
static void words_of_node(struct spread *p, struct words *w, uint32_t i) {
    const struct spread_node *n = &p->nodes[i];
    put_word(w, "name", n->name);
    put_word(w, "server", arena_printf(p->a, "%.*s_%.*s", STR_ARG(p->schema), STR_ARG(n->name)));
    put_word(w, "options", n->options);
    put_word(w, "user", n->user);
}

static void spread_table(struct spread *p, struct words *w, const struct store_distributed *t) {
    put_word(w, "table", str_of(t->table));
    put_word(w, "key", str_of(t->column));
    step(p, -1, p->n_nodes ? "table_spread" : "table_local", w);
    for (uint32_t i = 0; i < p->parts; i++) {
        uint32_t at = i % (p->n_nodes + 1);
        put_word(w, "number", arena_printf(p->a, "%u", i));
        if (at)
            words_of_node(p, w, at - 1);
        step(p, -1, !p->n_nodes ? "part_local" : at ? "part_there" : "part_here", w);
    }
    if (p->n_nodes)
        step(p, -1, "table_end", w);
}

static void steps_of_node(struct spread *p, struct words *w, uint32_t node) {
    step(p, (int)node, "part", w);
    for (const struct store_distributed *t = p->tables; t->table; t++)
        for (uint32_t i = node + 1; i < p->parts; i += p->n_nodes + 1) {
            put_word(w, "table", str_of(t->table));
            put_word(w, "number", arena_printf(p->a, "%u", i));
            step(p, (int)node, "leaf", w);
        }
}

static void steps_of_citus(struct spread *p, struct words *w) {
    for (const struct store_distributed *t = p->tables; t->table; t++) {
        const struct store_distributed *first = p->tables;
        while (strcmp(first->column, t->column) != 0)
            first++;
        put_word(w, "table", str_of(t->table));
        put_word(w, "key", str_of(t->column));
        put_word(w, "with", first == t ? S("none") : arena_printf(p->a, "%.*s.%s", STR_ARG(p->schema), first->table));
        put_word(w, "shards", first == t ? arena_printf(p->a, ", shard_count => %u", p->parts) : S(""));
        step(p, -1, "citus", w);
    }
}

void spread_steps(struct spread *p) {
    struct words w = {0};
    words_of(p, &w);
    p->steps.n = 0;
    if (p->citus) {
        steps_of_citus(p, &w);
        return;
    }
    for (uint32_t i = 0; i < p->n_nodes; i++)
        steps_of_node(p, &w, i);
    step(p, -1, p->n_nodes ? "leader" : "local", &w);
    for (uint32_t i = 0; i < p->n_nodes; i++) {
        words_of_node(p, &w, i);
        step(p, -1, "server", &w);
    }
    for (const struct store_distributed *t = p->tables; t->table; t++)
        spread_table(p, &w, t);
}

/* What of an address goes into the definition of a server, and what into that of its user. */
static void describe(struct spread *p, struct spread_node *n, const PQconninfoOption *o, const char *user,
                     const char *password) {
    static const char *const server[] = {"host", "hostaddr", "port", "dbname", "sslmode", "sslrootcert"};
    struct buf options = {0}, who = {0};
    for (; o->keyword; o++) {
        for (size_t i = 0; o->val && i < sizeof server / sizeof *server; i++)
            if (strcmp(o->keyword, server[i]) == 0)
                buf_addf(&options, "%s%s %.*s", options.n ? ", " : "", o->keyword,
                         STR_ARG(quoted(p->a, str_of(o->val))));
        if (o->val && strcmp(o->keyword, "user") == 0 && !user)
            user = o->val;
        if (o->val && strcmp(o->keyword, "password") == 0 && !password)
            password = o->val;
    }
    if (user)
        buf_addf(&who, "user %.*s", STR_ARG(quoted(p->a, str_of(user))));
    if (password && *password)
        buf_addf(&who, "%spassword %.*s", who.n ? ", " : "",
                 STR_ARG(p->shows ? S("'…'") : quoted(p->a, str_of(password))));
    n->options = arena_str(p->a, buf_str(&options));
    n->user = arena_str(p->a, buf_str(&who));
    buf_free(&options);
    buf_free(&who);
}

bool spread_begin(struct spread *p, struct arena *a, str where, const struct store_layout *l, struct err *e) {
    char schema[64] = "akashi";
    str ignored;
    p->a = a;
    if (!check(l, e) || (where.p && !pg_address(a, where, schema, sizeof schema, &ignored, e)))
        return false;
    p->schema = arena_str(a, str_of(schema));
    p->parts = l->parts ? l->parts : l->n_nodes + 1;
    p->n_nodes = l->n_nodes;
    p->nodes = arena_array(a, struct spread_node, l->n_nodes + 1);
    p->owner = S("akashi");
    for (uint32_t i = 0; i < l->n_nodes; i++)
        p->nodes[i] = (struct spread_node){.name = l->nodes[i].name, .address = l->nodes[i].address};
    return true;
}

/* From the address alone, or from the connection: that knows what PGPASSFILE and PGSERVICE said. */
bool spread_describe(struct spread *p, const struct pq *k, uint32_t i, const struct pg *node, struct err *e) {
    char schema[64], *text = NULL;
    str libpq;
    if (node) {
        describe(p, &p->nodes[i], node->options, node->k.user(node->c), node->k.pass(node->c));
        return true;
    }
    if (!pg_address(p->a, p->nodes[i].address, schema, sizeof schema, &libpq, e))
        return false;
    PQconninfoOption *o = k->conninfoParse(arena_cstr(p->a, libpq), &text);
    if (text)
        k->freemem(text);
    if (!o)
        return err_set(e, ERR_USAGE, pg_shown(p->a, p->nodes[i].address),
                       _("this is no address of a PostgreSQL database"));
    describe(p, &p->nodes[i], o, NULL, NULL);
    k->conninfoFree(o);
    return true;
}

static bool print_plan(struct spread *p, struct buf *out, struct err *e) {
    struct pq k = {0};
    for (uint32_t i = 0; i < p->n_nodes; i++)
        if ((i == 0 && !pq_load(&k, e)) || !spread_describe(p, &k, i, NULL, e))
            return false;
    spread_steps(p);
    for (uint32_t i = 0; i < p->steps.n; i++) {
        const struct spread_step *s = &p->steps.v[i];
        str address = s->node < 0 ? (str){NULL, 0} : pg_shown(p->a, p->nodes[s->node].address);
        if (s->node < 0)
            buf_addz(out, "-- on the leading server\n");
        else
            buf_addf(out, "-- on %.*s (%.*s)\n", STR_ARG(p->nodes[s->node].name), STR_ARG(address));
        buf_add(out, s->sql);
        buf_addc(out, '\n');
    }
    return true;
}

bool store_plan(struct ctx *c, str where, const struct store_layout *l, struct buf *out, struct err *e) {
    struct spread p = {.tables = store_distributed, .shows = true};
    struct arena *a = arena_new();
    struct store *s = NULL;
    bool ok = spread_begin(&p, a, where, l, e);
    if (ok && where.p && !l->n_nodes) { /* is Citus there? */
        ok = store_open(c, where, STORE_WRITE, &s, e);
        ok = ok && spread_has_citus(s, &p.citus, e);
    }
    ok = ok && print_plan(&p, out, e);
    store_close(s);
    arena_free(a);
    return ok;
}
