/* SPDX-License-Identifier: Apache-2.0
 *
 * Terms of Erlang and Elixir.
 */
#include "collect/term.h"

struct parser {
    struct arena *a;
    const struct found_file *f;
    const char *format;
    struct err *e;
    str text;
    size_t at;
    uint32_t line, depth, max_depth;
};

static bool fail(struct parser *p) { return report_malformed(p->a, p->f, p->line, p->format, p->e); }

static bool is_word(char ch) { return ch_alnum(ch) || ch == '_' || ch == '@' || ch == '-' || ch == '+' || ch == '.'; }

/* White space, commas, comments, and the marks between a key and its value. */
static void skip(struct parser *p) {
    for (; p->at < p->text.n; p->at++) {
        char ch = p->text.p[p->at];
        if (ch == '\n')
            p->line++;
        else if (ch == '#' || (ch == '%' && !str_starts(str_from(p->text, p->at), S("%{"))))
            while (p->at + 1 < p->text.n && p->text.p[p->at + 1] != '\n')
                p->at++;
        else if (str_starts(str_from(p->text, p->at), S("=>")))
            p->at++;
        else if (!ch_space(ch) && ch != ',' && ch != '.' &&
                 !(ch == ':' && p->at + 1 < p->text.n && ch_space(p->text.p[p->at + 1])))
            return;
    }
}

static struct term *add(struct parser *p, enum term_kind kind, struct term ***tail) {
    struct term *t = arena_new_of(p->a, struct term);
    *t = (struct term){.kind = kind, .line = p->line};
    **tail = t;
    *tail = &t->next;
    return t;
}

static bool string(struct parser *p, struct term ***tail) {
    size_t start = ++p->at;
    struct term *t = add(p, TERM_STRING, tail);
    while (p->at < p->text.n && p->text.p[p->at] != '"') {
        if (p->text.p[p->at] == '\n')
            p->line++;
        p->at += p->text.p[p->at] == '\\' ? 2 : 1;
    }
    if (p->at >= p->text.n)
        return fail(p);
    t->text = str_n(p->text.p + start, p->at - start);
    p->at++;
    return true;
}

static bool word(struct parser *p, struct term ***tail) {
    if (p->text.p[p->at] == ':')
        p->at++;
    size_t start = p->at;
    if (p->at < p->text.n && p->text.p[p->at] == '"') /* :"quoted atom" */
        return string(p, tail);
    while (p->at < p->text.n && is_word(p->text.p[p->at]))
        p->at++;
    if (p->at == start)
        return fail(p);
    add(p, TERM_ATOM, tail)->text = str_n(p->text.p + start, p->at - start);
    if (p->at < p->text.n && p->text.p[p->at] == ':')
        p->at++;
    return true;
}

/* Terms up to `close`; 0 is the end of the text. */
// NOLINTNEXTLINE(misc-no-recursion): limits.depth
static bool terms(struct parser *p, char close, struct term **out) {
    struct term **tail = out;
    if (p->depth++ > p->max_depth)
        return err_set(p->e, ERR_LIMIT, report_place(p->a, p->f, p->line), _("nested too deeply"));
    for (;;) {
        skip(p);
        if (p->at >= p->text.n)
            break;
        str rest = str_from(p->text, p->at);
        char ch = rest.p[0];
        if (ch == '}' || ch == ']' || str_starts(rest, S(">>"))) {
            if (ch != close)
                return fail(p);
            p->at += ch == '>' ? 2 : 1;
            p->depth--;
            return true;
        }
        if (ch == '"') {
            if (!string(p, &tail))
                return false;
        } else if (str_starts(rest, S("<<"))) {
            struct term *inner = NULL;
            p->at += 2;
            if (!terms(p, '>', &inner) || !inner || inner->kind != TERM_STRING)
                return p->e->kind != ERR_NONE ? false : fail(p);
            add(p, TERM_STRING, &tail)->text = inner->text;
        } else if (ch == '{' || ch == '[' || ch == '%') {
            bool map = ch == '%';
            p->at += map ? 2 : 1;
            struct term *t = add(p, map ? TERM_MAP : ch == '{' ? TERM_TUPLE : TERM_LIST, &tail);
            if (!terms(p, ch == '[' ? ']' : '}', &t->child))
                return false;
        } else if (!word(p, &tail)) {
            return false;
        }
    }
    p->depth--;
    return close == 0 || fail(p);
}

bool term_parse(struct ctx *c, struct arena *a, str text, const char *format, const struct found_file *f,
                struct term **out, struct err *e) {
    struct parser p = {.a = a, .f = f, .format = format, .e = e, .text = text, .line = 1};
    p.max_depth = c->limits.depth;
    *out = NULL;
    return terms(&p, 0, out);
}

const struct term *term_at(const struct term *t, uint32_t n) {
    const struct term *at = t ? t->child : NULL;
    while (at && n--)
        at = at->next;
    return at;
}

str term_text(const struct term *t, uint32_t n, enum term_kind kind) {
    const struct term *at = term_at(t, n);
    return at && at->kind == kind ? at->text : (str){0};
}
