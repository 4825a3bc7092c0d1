/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <yaml.h>

#include "base/file.h"
#include "base/tree.h"

/* libyaml's document loader resolves anchors to node numbers; nodes are written out as JSON text and parsed again, so
 * that every later stage sees one kind of tree. An alias is written in full where it stands: `budget` bounds what a
 * few lines of nested aliases can grow into, and `most_members` how often mappings that merge each other (<<) are
 * walked although they write nothing new. */
struct writer {
    struct ctx *ctx;
    struct arena *a;
    str where;
    unsigned flags;
    yaml_document_t *doc;
    struct buf out;
    struct jw jw;
    VEC(uint32_t) lines;
    size_t members, most_members;
    uint32_t depth;
    size_t budget;
    struct err *e;
};

static str place(const struct writer *w, size_t line) {
    return arena_printf(w->a, "%.*s:%zu", STR_ARG(w->where), line + 1);
}

static str text_of(const yaml_node_t *n) { return str_n((const char *)n->data.scalar.value, n->data.scalar.length); }

static bool is_word(str s, const char *const *words) {
    for (; *words; words++)
        if (str_is(s, *words))
            return true;
    return false;
}

/* A decimal integer or float of the core schema that is also a JSON number. */
static bool json_number(str s) {
    size_t i = s.n && s.p[0] == '-', start = i;
    while (i < s.n && ch_digit(s.p[i]))
        i++;
    if (i == start || (s.p[start] == '0' && i > start + 1))
        return false;
    if (i < s.n && s.p[i] == '.') {
        size_t dot = i++;
        while (i < s.n && ch_digit(s.p[i]))
            i++;
        if (i == dot + 1)
            return false;
    }
    if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
        i++;
        if (i < s.n && (s.p[i] == '+' || s.p[i] == '-'))
            i++;
        size_t digits = i;
        while (i < s.n && ch_digit(s.p[i]))
            i++;
        if (i == digits)
            return false;
    }
    return i == s.n;
}

static void write_scalar(struct writer *w, const yaml_node_t *n) {
    static const char *const yes[] = {"true", "True", "TRUE", NULL}, *const no[] = {"false", "False", "FALSE", NULL},
                             *const nil[] = {"null", "Null", "NULL", "~", "", NULL};
    str s = text_of(n);
    bool plain = n->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && !(w->flags & YAML_STRINGS);
    if (n->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && s.n == 0)
        jw_null(&w->jw);
    else if (plain && is_word(s, nil))
        jw_null(&w->jw);
    else if (plain && (is_word(s, yes) || is_word(s, no)))
        jw_bool(&w->jw, is_word(s, yes));
    else if (plain && json_number(s))
        jw_raw(&w->jw, s);
    else
        jw_str(&w->jw, s);
}

static bool write_node(struct writer *w, int id);

static void note_line(struct writer *w, const yaml_node_t *n) {
    *vec_push(w->a, &w->lines) = (uint32_t)n->start_mark.line + 1;
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded */
static bool write_pair(struct writer *w, const yaml_node_pair_t *p, struct map *seen, bool merged) {
    const yaml_node_t *key = yaml_document_get_node(w->doc, p->key);
    if (!key || key->type != YAML_SCALAR_NODE)
        return err_set(w->e, ERR_INPUT, place(w, key ? key->start_mark.line : 0), _("a YAML key must be plain text"));
    bool fresh;
    map_put(seen, text_of(key), &fresh);
    if (!fresh)
        return merged || err_set(w->e, ERR_INPUT, place(w, key->start_mark.line), _("this key stands twice"));
    note_line(w, key);
    jw_key(&w->jw, text_of(key));
    return write_node(w, p->value);
}

static bool is_merge(struct writer *w, const yaml_node_pair_t *p) {
    const yaml_node_t *key = yaml_document_get_node(w->doc, p->key);
    return key && key->type == YAML_SCALAR_NODE && key->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           str_is(text_of(key), "<<");
}

/* The mapping's own keys first: they win over merged ones. NOLINTNEXTLINE(misc-no-recursion): depth is bounded */
static bool write_members(struct writer *w, const yaml_node_t *n, struct map *seen, bool merged) {
    if (++w->depth > w->ctx->limits.depth)
        return err_set(w->e, ERR_LIMIT, place(w, n->start_mark.line), _("nested deeper than %u levels"),
                       w->ctx->limits.depth);
    const yaml_node_pair_t *from = n->data.mapping.pairs.start, *top = n->data.mapping.pairs.top;
    w->members += (size_t)(top - from);
    if (w->members > w->most_members)
        return err_set(w->e, ERR_LIMIT, place(w, n->start_mark.line),
                       _("YAML aliases grow the document beyond all bounds"));
    for (const yaml_node_pair_t *p = from; p < top; p++)
        if (!is_merge(w, p) && !write_pair(w, p, seen, merged))
            return false;
    for (const yaml_node_pair_t *p = from; p < top; p++) {
        if (!is_merge(w, p))
            continue;
        const yaml_node_t *v = yaml_document_get_node(w->doc, p->value);
        if (v && v->type == YAML_MAPPING_NODE && !write_members(w, v, seen, true))
            return false;
        for (yaml_node_item_t *i = v && v->type == YAML_SEQUENCE_NODE ? v->data.sequence.items.start : NULL;
             i && i < v->data.sequence.items.top; i++) {
            const yaml_node_t *each = yaml_document_get_node(w->doc, *i);
            if (each && each->type == YAML_MAPPING_NODE && !write_members(w, each, seen, true))
                return false;
        }
    }
    w->depth--;
    return true;
}

static bool write_node(struct writer *w, int id) { /* NOLINT(misc-no-recursion): depth is bounded */
    const yaml_node_t *n = yaml_document_get_node(w->doc, id);
    size_t line = n ? n->start_mark.line : 0;
    if (w->depth >= w->ctx->limits.depth)
        return err_set(w->e, ERR_LIMIT, place(w, line), _("nested deeper than %u levels"), w->ctx->limits.depth);
    if (!n || w->out.n > w->budget)
        return err_set(w->e, ERR_LIMIT, place(w, line), _("YAML aliases grow the document beyond all bounds"));
    note_line(w, n);
    if (n->type == YAML_SCALAR_NODE) {
        write_scalar(w, n);
        return true;
    }
    w->depth++;
    bool ok = true;
    if (n->type == YAML_SEQUENCE_NODE) {
        jw_arr(&w->jw);
        for (yaml_node_item_t *i = n->data.sequence.items.start; ok && i < n->data.sequence.items.top; i++)
            ok = write_node(w, *i);
        jw_arr_end(&w->jw);
    } else {
        struct arena *keys = arena_new();
        struct map seen;
        map_init(&seen, keys);
        jw_obj(&w->jw);
        ok = write_members(w, n, &seen, false);
        jw_obj_end(&w->jw);
        arena_free(keys);
    }
    w->depth--;
    return ok;
}

static bool write_document(struct writer *w) {
    const yaml_node_t *root = yaml_document_get_root_node(w->doc);
    if (root)
        return write_node(w, 1); /* libyaml numbers nodes from 1; the root is the first */
    *vec_push(w->a, &w->lines) = 1;
    jw_null(&w->jw);
    return true;
}

static bool load(struct writer *w, yaml_parser_t *parser, bool all) {
    for (bool first = true;; first = false) {
        yaml_document_t doc;
        if (!yaml_parser_load(parser, &doc))
            return err_set(w->e, ERR_INPUT, place(w, parser->problem_mark.line), _("the YAML is broken here: %s"),
                           parser->problem ? parser->problem : "?");
        w->doc = &doc;
        bool end = !yaml_document_get_root_node(&doc) && !first;
        bool ok = end || write_document(w);
        bool last = end || !yaml_document_get_root_node(&doc);
        w->doc = NULL;
        yaml_document_delete(&doc);
        if (!ok)
            return false;
        if (last || !all)
            return true;
    }
}

static bool parse(struct ctx *c, struct arena *a, str text, unsigned flags, bool all, str where, struct json *out,
                  struct err *e) {
    text = text_utf8(a, text);
    struct writer w = {.ctx = c, .a = a, .where = arena_str(a, where), .flags = flags, .e = e};
    w.budget = text.n < ((size_t)1 << 20) ? (size_t)64 << 20 : text.n * 64;
    if (w.budget > c->limits.file)
        w.budget = c->limits.file;
    w.most_members = ((size_t)1 << 20) + text.n;
    w.jw = jw_to(&w.out, false);
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        abort();
    yaml_parser_set_input_string(&parser, (const unsigned char *)(text.p ? text.p : ""), text.n);
    if (all) {
        *vec_push(a, &w.lines) = 1;
        jw_arr(&w.jw);
    }
    bool ok = load(&w, &parser, all);
    if (all)
        jw_arr_end(&w.jw);
    yaml_parser_delete(&parser);
    if (ok && (ok = json_parse(c, a, buf_str(&w.out), JSON_STRICT, where, out, e)))
        out->lines = w.lines.v;
    buf_free(&w.out);
    return ok;
}

bool yaml_parse(struct ctx *c, struct arena *a, str text, unsigned flags, str where, struct json *out, struct err *e) {
    return parse(c, a, text, flags, false, where, out, e);
}
bool yaml_parse_all(struct ctx *c, struct arena *a, str text, unsigned flags, str where, struct json *out,
                    struct err *e) {
    return parse(c, a, text, flags, true, where, out, e);
}
