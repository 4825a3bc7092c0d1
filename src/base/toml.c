/* SPDX-License-Identifier: Apache-2.0
 *
 * TOML tables may be opened in any order, so the document becomes a tree of nodes first, is then written as JSON text
 * with the line of each value, and read back by the one JSON reader. Rules: TOML 1.0 §Table, §Array of Tables.
 */
#include <assert.h>

#include "base/file.h"
#include "base/toml_scan.h"
#include "base/tree.h"

enum kind { KIND_STRING, KIND_JSON, KIND_TABLE, KIND_ARRAY };

/* How a table came to be decides who may add to it. */
enum made {
    MADE_PATH,   /* as a step of [a.b.c]: may still be opened, once */
    MADE_HEADER, /* by [a] or [[a]] */
    MADE_DOTTED, /* as a step of a.b = 1: only keys of the same section add to it */
    MADE_VALUE,  /* {…}, […] or a scalar: complete */
};

struct node {
    str key, text; /* key: in a table; text: of a scalar */
    struct node *next, *first, *last;
    struct map *index; /* children by key, once there are many */
    uint32_t line, count, depth, section;
    enum kind kind;
    enum made made;
};

enum { FEW = 8 };

struct toml {
    struct toml_scan s;
    const struct limits *limits;
    struct node *root;
    uint32_t section; /* number of the [header] or {…} whose keys are being read */
    uint32_t sections, values;
};

/* ── the tree ── */

static struct node *child_of(const struct node *table, str key) {
    if (table->index)
        return map_get(table->index, key);
    for (struct node *n = table->first; n; n = n->next)
        if (str_eq(n->key, key))
            return n;
    return NULL;
}

static void index_child(struct toml *t, struct node *table, struct node *n) {
    if (table->index) {
        map_put(table->index, n->key, NULL)->value = n;
    } else if (table->count > FEW) {
        table->index = arena_new_of(t->s.a, struct map);
        map_init(table->index, t->s.a);
        for (struct node *x = table->first; x; x = x->next)
            map_put(table->index, x->key, NULL)->value = x;
    }
}

static bool add(struct toml *t, struct node *parent, str key, enum kind kind, enum made made, struct node **out) {
    char place[400];
    if (kind >= KIND_TABLE && parent->depth >= t->limits->depth)
        return err_set(t->s.e, ERR_LIMIT, toml_place(&t->s, place), _("nested deeper than %u levels"),
                       t->limits->depth);
    if (t->values++ >= t->limits->entries)
        return err_set(t->s.e, ERR_LIMIT, toml_place(&t->s, place), _("more than %u values"), t->limits->entries);
    struct node *n = arena_new_of(t->s.a, struct node);
    *n = (struct node){
        .key = key, .kind = kind, .made = made, .line = t->s.line, .depth = parent->depth + 1, .section = t->section};
    *(parent->last ? &parent->last->next : &parent->first) = n;
    parent->last = n;
    parent->count++;
    if (parent->kind == KIND_TABLE)
        index_child(t, parent, n);
    *out = n;
    return true;
}

static bool taken(struct toml *t) { return toml_fail(&t->s, _("this key is already defined")); }

/* ── values ── */

static bool read_value(struct toml *t, struct node *parent, str key);
static bool read_pair(struct toml *t, struct node *table);

static bool read_array(struct toml *t, struct node *array) { /* NOLINT(misc-no-recursion): add() bounds the depth */
    t->s.at++;
    for (;;) {
        if (!toml_gap(&t->s))
            return false;
        if (toml_peek(&t->s) == ']')
            break;
        if (!read_value(t, array, (str){NULL, 0}) || !toml_gap(&t->s))
            return false;
        if (toml_peek(&t->s) == ',')
            t->s.at++;
        else if (toml_peek(&t->s) != ']')
            return toml_fail(&t->s, _("a comma or ] should stand here"));
    }
    t->s.at++;
    return true;
}

static bool read_inline_table(struct toml *t, struct node *table) { /* NOLINT(misc-no-recursion): add() bounds it */
    uint32_t outer = t->section;
    t->section = ++t->sections;
    t->s.at++;
    for (;;) {
        if (!toml_gap(&t->s))
            return false;
        if (toml_peek(&t->s) == '}')
            break;
        if (!read_pair(t, table) || !toml_gap(&t->s))
            return false;
        if (toml_peek(&t->s) == ',')
            t->s.at++;
        else if (toml_peek(&t->s) != '}')
            return toml_fail(&t->s, _("a comma or } should stand here"));
    }
    t->s.at++;
    t->section = outer;
    return true;
}

static bool read_value(struct toml *t, struct node *parent, str key) { /* NOLINT(misc-no-recursion): add() bounds it */
    struct node *n;
    char c = toml_peek(&t->s);
    enum kind kind = c == '[' ? KIND_ARRAY : c == '{' ? KIND_TABLE : KIND_STRING;
    if (!add(t, parent, key, kind, MADE_VALUE, &n))
        return false;
    if (kind == KIND_ARRAY)
        return read_array(t, n);
    if (kind == KIND_TABLE)
        return read_inline_table(t, n);
    if (c == '"' || c == '\'')
        return toml_string(&t->s, &n->text);
    struct toml_word word;
    if (!toml_plain(&t->s, &word))
        return false;
    n->text = word.text;
    n->kind = word.is_string ? KIND_STRING : KIND_JSON;
    return true;
}

/* Goes one step of a dotted key down, making the table when it is new. */
static bool dotted_step(struct toml *t, struct node **table, str key) {
    struct node *n = child_of(*table, key);
    if (!n && !add(t, *table, key, KIND_TABLE, MADE_DOTTED, &n))
        return false;
    if (n->kind != KIND_TABLE || n->made == MADE_HEADER || n->made == MADE_VALUE ||
        (n->made == MADE_DOTTED && n->section != t->section))
        return taken(t);
    n->made = MADE_DOTTED;
    n->section = t->section;
    *table = n;
    return true;
}

/* `a.b.c = value`. */
static bool read_pair(struct toml *t, struct node *table) { /* NOLINT(misc-no-recursion): add() bounds the depth */
    str key;
    for (;;) {
        if (!toml_key(&t->s, &key))
            return false;
        toml_blank(&t->s);
        if (toml_peek(&t->s) != '.')
            break;
        if (!dotted_step(t, &table, key))
            return false;
        t->s.at++;
        toml_blank(&t->s);
    }
    if (child_of(table, key))
        return taken(t);
    if (toml_peek(&t->s) != '=')
        return toml_fail(&t->s, _("= should stand behind the key"));
    t->s.at++;
    toml_blank(&t->s);
    return read_value(t, table, key);
}

/* ── headers ── */

/* One step of a header on the way to its last part. */
static bool header_step(struct toml *t, struct node **table, str key) {
    struct node *n = child_of(*table, key);
    if (!n && !add(t, *table, key, KIND_TABLE, MADE_PATH, &n))
        return false;
    if (n->kind == KIND_ARRAY && n->made == MADE_HEADER)
        n = n->last;
    if (n->kind != KIND_TABLE || n->made == MADE_VALUE)
        return taken(t);
    *table = n;
    return true;
}

static bool open_table(struct toml *t, struct node **table, str key) {
    struct node *n = child_of(*table, key);
    if (!n && !add(t, *table, key, KIND_TABLE, MADE_PATH, &n))
        return false;
    if (n->kind != KIND_TABLE || n->made != MADE_PATH)
        return taken(t);
    n->made = MADE_HEADER;
    *table = n;
    return true;
}

static bool open_element(struct toml *t, struct node **table, str key) {
    struct node *n = child_of(*table, key);
    if (!n && !add(t, *table, key, KIND_ARRAY, MADE_HEADER, &n))
        return false;
    if (n->kind != KIND_ARRAY || n->made != MADE_HEADER)
        return taken(t);
    return add(t, n, (str){NULL, 0}, KIND_TABLE, MADE_HEADER, table);
}

/* `[a.b]` or `[[a.b]]`; *table becomes what its keys go into. */
static bool read_header(struct toml *t, struct node **table) {
    bool element = str_starts(str_from(t->s.text, t->s.at), S("[["));
    str key;
    t->s.at += element ? 2 : 1;
    t->section = ++t->sections;
    *table = t->root;
    for (;;) {
        toml_blank(&t->s);
        if (!toml_key(&t->s, &key))
            return false;
        toml_blank(&t->s);
        if (toml_peek(&t->s) != '.')
            break;
        if (!header_step(t, table, key))
            return false;
        t->s.at++;
    }
    if (!str_starts(str_from(t->s.text, t->s.at), element ? S("]]") : S("]")))
        return toml_fail(&t->s, _("] should stand here"));
    if (!(element ? open_element(t, table, key) : open_table(t, table, key)))
        return false;
    t->s.at += element ? 2 : 1;
    return true;
}

static bool read_document(struct toml *t) {
    struct node *table = t->root;
    for (;;) {
        if (!toml_gap(&t->s))
            return false;
        if (t->s.at == t->s.text.n)
            return true;
        bool ok = toml_peek(&t->s) == '[' ? read_header(t, &table) : read_pair(t, table);
        if (!ok || !toml_line_end(&t->s))
            return false;
    }
}

/* ── as JSON ── */

struct output {
    struct jw w;
    struct arena *a;
    VEC(uint32_t) lines; /* one for each value and key, in the order the JSON reader counts them */
};

static void write_node(struct output *o, const struct node *n) { /* NOLINT(misc-no-recursion): add() bounds the depth */
    *vec_push(o->a, &o->lines) = n->line;
    switch (n->kind) {
    case KIND_STRING: jw_str(&o->w, n->text); return;
    case KIND_JSON: jw_raw(&o->w, n->text); return;
    case KIND_TABLE: jw_obj(&o->w); break;
    case KIND_ARRAY: jw_arr(&o->w); break;
    }
    for (const struct node *x = n->first; x; x = x->next) {
        if (n->kind == KIND_TABLE) {
            *vec_push(o->a, &o->lines) = x->line;
            jw_key(&o->w, x->key);
        }
        write_node(o, x);
    }
    if (n->kind == KIND_TABLE)
        jw_obj_end(&o->w);
    else
        jw_arr_end(&o->w);
}

static bool tree_to_json(struct ctx *c, struct arena *a, const struct node *root, str where, struct json *out,
                         struct err *e) {
    struct buf b = {0};
    struct output o = {.w = jw_to(&b, false), .a = a};
    write_node(&o, root);
    bool ok = json_parse(c, a, buf_str(&b), JSON_DUPLICATES_OK /* checked here */, where, out, e);
    buf_free(&b);
    assert(!ok || out->doc->val_read == o.lines.n);
    out->lines = ok ? o.lines.v : NULL;
    return ok;
}

bool toml_parse(struct ctx *c, struct arena *a, str text, str where, struct json *out, struct err *e) {
    struct arena *nodes = arena_new();
    struct toml t = {.s = {.a = nodes, .text = text_utf8(nodes, text), .where = where, .line = 1, .e = e},
                     .limits = &c->limits};
    t.root = arena_new_of(nodes, struct node);
    t.root->kind = KIND_TABLE;
    t.root->made = MADE_HEADER;
    t.root->line = t.root->depth = 1;
    bool ok = str_utf8_ok(t.s.text) || err_set(e, ERR_INPUT, where, _("this text is not UTF-8"));
    ok = ok && read_document(&t) && tree_to_json(c, a, t.root, where, out, e);
    arena_free(nodes);
    return ok;
}
