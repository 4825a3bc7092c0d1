/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls in Starlark and like languages, read without running them.
 */
#include "collect/call_list.h"

struct scan {
    str text;
    size_t at;
    uint32_t line;
};

enum token { TOKEN_END, TOKEN_WORD, TOKEN_STRING, TOKEN_MARK };

static void skip(struct scan *s) {
    for (; s->at < s->text.n; s->at++) {
        char ch = s->text.p[s->at];
        if (ch == '#')
            while (s->at + 1 < s->text.n && s->text.p[s->at + 1] != '\n')
                s->at++;
        else if (ch == '\n')
            s->line++;
        else if (!ch_space(ch))
            return;
    }
}

static enum token quoted(struct scan *s, str *text) {
    char quote = s->text.p[s->at];
    str rest = str_from(s->text, s->at);
    bool three = rest.n >= 3 && rest.p[1] == quote && rest.p[2] == quote;
    size_t width = three ? 3 : 1, start = s->at + width;
    for (s->at = start; s->at < s->text.n; s->at++) {
        char ch = s->text.p[s->at];
        bool end = ch == quote && (!three || (s->at + 2 < s->text.n && s->text.p[s->at + 1] == quote &&
                                              s->text.p[s->at + 2] == quote));
        if (end || (!three && ch == '\n')) {
            *text = str_n(s->text.p + start, s->at - start);
            s->at += width;
            return TOKEN_STRING;
        }
        s->line += ch == '\n';
        s->at += ch == '\\';
    }
    return TOKEN_END;
}

static enum token next(struct scan *s, str *text) {
    skip(s);
    *text = (str){0};
    if (s->at >= s->text.n)
        return TOKEN_END;
    size_t start = s->at;
    char ch = s->text.p[start];
    if (ch == '"' || ch == '\'')
        return quoted(s, text);
    while (s->at < s->text.n && (ch_alnum(s->text.p[s->at]) || s->text.p[s->at] == '_' || s->text.p[s->at] == '.'))
        s->at++;
    if (s->at == start) {
        s->at++;
        *text = str_n(s->text.p + start, 1);
        return TOKEN_MARK;
    }
    *text = str_n(s->text.p + start, s->at - start);
    return TOKEN_WORD;
}

/* Arguments up to the bracket that closes the call. */
static bool arguments(struct arena *a, struct scan *s, struct call *out) {
    str text, word = {0};
    struct call_arg arg = {0};
    uint32_t depth = 1;
    for (;;) {
        enum token t = next(s, &text);
        if (t == TOKEN_END)
            return false;
        if (t == TOKEN_STRING && !arg.value.p) {
            arg.value = text;
        } else if (t == TOKEN_WORD) {
            word = text;
            if (depth == 1 && !arg.value.p)
                arg.value = text;
        } else if (t == TOKEN_MARK && text.p[0] == '=' && depth == 1 && word.p && !arg.key.p) {
            arg = (struct call_arg){.key = word};
        } else if (t == TOKEN_MARK && (text.p[0] == '(' || text.p[0] == '[' || text.p[0] == '{')) {
            depth++;
        } else if (t == TOKEN_MARK && (text.p[0] == ')' || text.p[0] == ']' || text.p[0] == '}')) {
            depth--;
        }
        if (depth == 0 || (depth == 1 && t == TOKEN_MARK && text.p[0] == ',')) {
            if (arg.key.p || arg.value.p)
                *vec_push(a, &out->args) = arg;
            arg = (struct call_arg){0};
            word = (str){0};
            if (depth == 0)
                return true;
        }
    }
}

bool calls_read(struct arena *a, str text, struct calls *out) {
    struct scan s = {.text = text, .line = 1};
    str token, name = {0};
    uint32_t line = 1;
    for (;;) {
        enum token t = next(&s, &token);
        if (t == TOKEN_END)
            return true;
        if (t == TOKEN_WORD) {
            name = token;
            line = s.line;
        } else if (t == TOKEN_MARK && token.p[0] == '(' && name.p) {
            struct call *c = vec_push(a, out);
            *c = (struct call){.name = name, .line = line};
            if (!arguments(a, &s, c))
                return false;
            name = (str){0};
        } else {
            name = (str){0};
        }
    }
}

str call_arg(const struct call *c, const char *key) {
    for (uint32_t i = 0; i < c->args.n; i++)
        if (c->args.v[i].key.p ? str_is(c->args.v[i].key, key) : key[0] == 0)
            return c->args.v[i].value;
    return (str){0};
}
