/* SPDX-License-Identifier: Apache-2.0
 *
 * nginx: words, ";" and blocks. A directive is a key, its words are the value with one space between; a block is a
 * context that inherits from the one around it. A location's, an upstream's, an if's own words stand inside it as
 * "location", "upstream", "if". include takes in other files at its place. The type of a context is its directive for
 * those below, "block" for the rest.
 */
#include "inspect/config_rules.h"
#include "inspect/inspectors.h"

enum { INCLUDES = 16 };

static const char *const types[] = {"file", "events", "http", "server", "location", "upstream",
                                    "if",   "stream", "mail", "block",  NULL};

struct scan {
    struct config *c;
    str rest;
    uint32_t line;
    unsigned blocks, includes;
};

static const char *type_of(str directive) {
    for (const char *const *t = types + 1; *t; t++)
        if (str_is(directive, *t))
            return *t;
    return "block";
}

/* White space and comments. */
static void skip(struct scan *s) {
    while (s->rest.n && (ch_space(s->rest.p[0]) || s->rest.p[0] == '#')) {
        size_t n = 1;
        if (s->rest.p[0] == '#') {
            n = str_chr(s->rest, '\n');
            n = n == STR_NONE ? s->rest.n : n;
        } else
            s->line += s->rest.p[0] == '\n';
        s->rest = str_from(s->rest, n);
    }
}

static char take(struct scan *s) {
    char ch = s->rest.p[0];
    s->line += ch == '\n';
    s->rest = str_from(s->rest, 1);
    return ch;
}

static bool quoted(struct scan *s, struct buf *b, struct err *e) {
    uint32_t line = s->line;
    for (char quote = take(s), ch; s->rest.n;) {
        ch = take(s);
        if (ch == quote)
            return true;
        if (ch == '\\' && s->rest.n && (s->rest.p[0] == quote || s->rest.p[0] == '\\'))
            ch = take(s);
        buf_addc(b, ch);
    }
    return config_bad(s->c, line, e, _("the quote is not closed"));
}

static void bare(struct scan *s, struct buf *b) {
    while (s->rest.n && !ch_space(s->rest.p[0])) {
        char ch = s->rest.p[0];
        /* "${name}" is part of the word; a brace of its own begins a block. */
        bool variable = ch == '{' && b->n && b->p[b->n - 1] == '$';
        if (ch == ';' || (ch == '{' && !variable))
            return;
        buf_addc(b, take(s));
        if (ch == '\\' && s->rest.n)
            buf_addc(b, take(s));
        while (variable && s->rest.n && s->rest.p[0] != '}' && s->rest.p[0] != '\n')
            buf_addc(b, take(s));
    }
}

struct directive {
    str name, value;
    uint32_t line;
    char end; /* ';', '{', '}' or 0 at the end of the text */
};

static bool directive(struct scan *s, struct directive *d, struct err *e) {
    struct buf b = {0};
    bool ok = true;
    *d = (struct directive){.value = S("")};
    skip(s);
    d->line = s->line;
    while (ok && s->rest.n && !d->end) {
        char ch = s->rest.p[0];
        if (ch == ';' || ch == '{' || (ch == '}' && !d->name.p)) {
            d->end = take(s);
            break;
        }
        size_t before = b.n;
        if (d->name.p && b.n)
            buf_addc(&b, ' ');
        if (ch == '"' || ch == '\'')
            ok = quoted(s, &b, e);
        else
            bare(s, &b);
        if (!d->name.p) {
            d->name = arena_str(s->c->a, str_from(buf_str(&b), before));
            buf_clear(&b);
        }
        skip(s);
    }
    d->value = arena_str(s->c->a, buf_str(&b));
    buf_free(&b);
    if (ok && !d->end && d->name.p)
        return config_bad(s->c, d->line, e, _("the directive ends in neither \";\" nor a block"));
    return ok;
}

static bool scan(struct scan *s, bool inside, struct err *e);

// NOLINTNEXTLINE(misc-no-recursion): as scan()
static bool include(struct scan *s, str pattern, uint32_t line, struct err *e) {
    struct config *c = s->c;
    struct config_pieces pieces;
    str file = c->file;
    if (s->includes >= INCLUDES)
        return config_bad(c, line, e, _("files include each other more than 16 deep"));
    if (!config_beside(c, pattern, "etc/nginx", &pieces, e))
        return false;
    for (uint32_t i = 0; i < pieces.n; i++) {
        c->file = pieces.v[i].path;
        struct scan inner = {
            .c = c, .rest = pieces.v[i].bytes, .line = 1, .blocks = s->blocks, .includes = s->includes + 1};
        if (!scan(&inner, false, e))
            return false;
    }
    c->file = file;
    return true;
}

/* A block whose content is in another language (Lua, or a map's table). */
static bool opaque(struct scan *s, const struct directive *d, struct err *e) {
    unsigned open = 1;
    while (s->rest.n && open) {
        char ch = take(s);
        open += ch == '{';
        open -= ch == '}';
    }
    return !open || config_bad(s->c, d->line, e, _("the block is not closed"));
}

// NOLINTNEXTLINE(misc-no-recursion): as scan()
static bool block(struct scan *s, const struct directive *d, struct err *e) {
    struct config *c = s->c;
    uint32_t back = c->of_inner;
    if (str_ends(d->name, S("_by_lua_block")) || str_is(d->name, "map") || str_is(d->name, "geo") ||
        str_is(d->name, "types"))
        return opaque(s, d, e);
    if (s->blocks >= CONFIG_DEPTH)
        return config_bad(c, d->line, e, _("blocks lie too deep in each other"));
    if (!config_enter(c, type_of(d->name), d->line, e) || (d->value.n && !config_add(c, d->name, d->value, d->line, e)))
        return false;
    s->blocks++;
    bool ok = scan(s, true, e);
    s->blocks--;
    config_leave(c, back);
    return ok;
}

// NOLINTNEXTLINE(misc-no-recursion): blocks and includes are counted
static bool scan(struct scan *s, bool inside, struct err *e) {
    struct directive d;
    uint32_t opened = s->line;
    while (directive(s, &d, e)) {
        bool ok = true;
        if (d.end == '}' || !d.end)
            return (d.end == '}') == inside ||
                   config_bad(s->c, d.end ? d.line : opened, e,
                              d.end ? _("this brace closes no block") : _("the block is not closed"));
        if (d.end == '{')
            ok = block(s, &d, e);
        else if (str_is(d.name, "include"))
            ok = include(s, d.value, d.line, e);
        else if (d.name.n)
            ok = config_add(s->c, d.name, d.value, d.line, e);
        if (!ok)
            return false;
    }
    return false;
}

static bool read(struct config *c, str bytes, struct err *e) {
    struct scan s = {.c = c, .rest = bytes, .line = 1};
    if (!scan(&s, false, e))
        return false;
    /* A snippet without a server says nothing by itself. */
    uint32_t n;
    (void)config_within(c, 0, S("listen"), &n);
    bool block = false;
    for (uint32_t i = 1; i < c->contexts.n && !block; i++)
        block = str_is(str_of(c->contexts.v[i].type), "http") || str_is(str_of(c->contexts.v[i].type), "server");
    c->not_mine = !block && !n;
    return true;
}

const struct config_kind config_nginx = {.name = "nginx", .contexts = types, .read = read};

static const char *const files[] = {"nginx.conf",        "*.nginx",         "*.nginx.conf",
                                    "nginx/*.conf",      "conf.d/*.conf",   "sites-enabled/*",
                                    "sites-available/*", "snippets/*.conf", NULL};
static bool prepare(struct ctx *c, struct arena *a, const struct inspect_options *o, const void **state,
                    struct err *e) {
    return config_prepare(&config_nginx, c, a, o, state, e);
}

const struct inspector inspector_nginx = {
    .name = "nginx", .title = N_("nginx"), .files = files, .prepare = prepare, .look = config_look};
