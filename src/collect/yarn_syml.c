/* SPDX-License-Identifier: Apache-2.0 */
#include "collect/yarn_syml.h"

#include <stdio.h>

static bool broken(struct syml *s, struct err *e) {
    char where[400];
    int n = snprintf(where, sizeof where, "%.*s:%u", STR_ARG(s->where), s->line);
    return err_set(e, ERR_INPUT, str_n(where, n < 400 ? (size_t)n : 399), "%s",
                   _("this line does not belong in a yarn.lock"));
}

/* A quoted word; both notations write \" and \\ as JSON does. */
static bool quoted(struct syml *s, str *rest, str *out) {
    char quote = rest->p[0];
    struct buf b = {0};
    size_t i = 1;
    for (; i < rest->n && rest->p[i] != quote; i++) {
        if (rest->p[i] == '\\' && quote == '"' && i + 1 < rest->n)
            i++;
        buf_addc(&b, rest->p[i]);
    }
    *out = arena_str(s->a, buf_str(&b));
    buf_free(&b);
    if (i >= rest->n)
        return false;
    *rest = str_from(*rest, i + 1);
    return true;
}

static bool word(struct syml *s, str *rest, const char *ends, str *out) {
    if (rest->n && (rest->p[0] == '"' || rest->p[0] == '\''))
        return quoted(s, rest, out);
    size_t n = 0;
    while (n < rest->n && !strchr(ends, rest->p[n])) {
        bool colon_end = rest->p[n] == ':' && (n + 1 == rest->n || rest->p[n + 1] == ' ');
        if (colon_end)
            break;
        n++;
    }
    *out = str_upto(*rest, n);
    *rest = str_from(*rest, n);
    return n > 0;
}

/* `a@1, "b@2":` — the words, joined by ", ". */
static bool entry_key(struct syml *s, str text, str *out) {
    struct buf b = {0};
    str one;
    bool ok;
    for (;;) {
        text = str_trim(text);
        ok = word(s, &text, ",", &one);
        if (!ok)
            break;
        buf_add(&b, str_trim(one));
        text = str_trim(text);
        if (!text.n || text.p[0] != ',')
            break;
        buf_addz(&b, ", ");
        text = str_from(text, 1);
    }
    *out = arena_str(s->a, buf_str(&b));
    buf_free(&b);
    return ok && (text.n == 0 || str_is(text, ":"));
}

static bool pair(struct syml *s, str text, struct syml_line *out) {
    if (!word(s, &text, " ", &out->key))
        return false;
    bool colon = text.n && text.p[0] == ':';
    text = str_trim(str_from(text, colon));
    out->value = (str){NULL, 0};
    if (text.n == 0)
        return colon;
    if (text.p[0] != '"' && text.p[0] != '\'') {
        out->value = text;
        return true;
    }
    return quoted(s, &text, &out->value) && (text.n == 0 || str_starts(str_trim(text), S("#")));
}

/* A very long key of Yarn 2: "? KEY" and, on the next line, ":" in front of the block. */
static bool long_key(struct syml *s, str text, struct syml_line *out) {
    str next;
    if (!entry_key(s, str_from(text, 1), &out->key) || !str_line(&s->rest, &next))
        return false;
    s->line++;
    if (str_is(str_trim(next), ":"))
        return true;
    if (!str_starts(next, S(":")))
        return false;
    s->pending = str_trim(str_from(next, 1)); /* the first pair, right behind the colon */
    return true;
}

bool syml_next(struct syml *s, struct syml_line *out, struct err *e) {
    str line;
    if (e)
        e->kind = ERR_NONE;
    if (s->pending.n) {
        line = s->pending;
        s->pending = (str){NULL, 0};
        *out = (struct syml_line){.depth = 1, .line = s->line};
        return pair(s, line, out) || broken(s, e);
    }
    while (str_line(&s->rest, &line)) {
        s->line++;
        str text = str_trim(line);
        if (text.n == 0 || text.p[0] == '#' || str_is(text, "---"))
            continue;
        size_t indent = 0;
        while (line.p[indent] == ' ')
            indent++;
        *out = (struct syml_line){.depth = (uint32_t)(indent < 1000 ? indent / 2 : 500), .line = s->line};
        bool ok = indent % 2 == 0 && line.p[indent] != '\t' &&
                  (indent > 0                  ? pair(s, text, out)
                   : str_starts(text, S("? ")) ? long_key(s, text, out)
                   : text.p[text.n - 1] == ':' ? entry_key(s, text, &out->key)
                                               : false);
        return ok || broken(s, e);
    }
    return false;
}
