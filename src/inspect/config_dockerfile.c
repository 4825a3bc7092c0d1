/* SPDX-License-Identifier: Apache-2.0
 *
 * Dockerfile, Containerfile. Each instruction is a key; a stage is a context that inherits from the stage it is built
 * on; the last one is the final stage.
 *
 *   FROM debian:12 AS build    → FROM debian:12      (an earlier stage or scratch: no FROM)
 *   RUN a && b | c             → RUN a, RUN b | c    (one entry a command, at its own line; here-documents too)
 *   ENV A=1 B=2                → ENV A=1, ENV B=2    (ARG and LABEL alike; the old form ENV A 1 is ENV A=1)
 *   ONBUILD USER root          → USER root
 *
 * What is given twice and counts once (USER, CMD …) is there once. Variables are filled in from ARG and ENV where a
 * value is known.
 */
#include "inspect/config_rules.h"
#include "inspect/inspectors.h"

struct line {
    str text;
    uint32_t number;
};
struct dockerfile {
    struct config *c;
    str rest;
    uint32_t number; /* of the line taken last */
    char escape;
    struct map args;   /* name → str * */
    struct map stages; /* lower-case name → context number */
    uint32_t stage;
};

static const char *const once[] = {"USER", "CMD", "ENTRYPOINT", "HEALTHCHECK", "WORKDIR", "STOPSIGNAL", "SHELL", NULL};
static const char *const pairs[] = {"ENV", "ARG", "LABEL", NULL};

static bool listed(const char *const *list, str s) {
    for (; *list; list++)
        if (str_is(s, *list))
            return true;
    return false;
}

static bool name_char(char ch) { return ch_alnum(ch) || ch == '_'; }

/* $NAME, ${NAME}, ${NAME:-otherwise}; what is not known stays as it is. */
static str filled(struct dockerfile *d, str s) {
    struct buf b = {0};
    for (size_t i = 0; i < s.n;) {
        bool braced = i + 1 < s.n && s.p[i + 1] == '{';
        size_t from = i + 1 + braced, end = from;
        while (s.p[i] == '$' && end < s.n && name_char(s.p[end]))
            end++;
        if (s.p[i] != '$' || end == from) {
            buf_addc(&b, s.p[i++]);
            continue;
        }
        const str *value = map_get(&d->args, str_n(s.p + from, end - from));
        str otherwise = {0};
        size_t close = braced ? str_chr(str_from(s, end), '}') : 0;
        if (close == STR_NONE)
            close = s.n - end;
        if (braced && str_starts(str_from(s, end), S(":-")))
            otherwise = str_n(s.p + end + 2, close - 2);
        end += close + (braced && end + close < s.n);
        buf_add(&b, value && value->n ? *value : otherwise.n ? otherwise : str_n(s.p + i, end - i));
        i = end;
    }
    str out = arena_str(d->c->a, str_upto(buf_str(&b), 1 << 16));
    buf_free(&b);
    return out;
}

static bool word(str *rest, str *out) {
    *rest = str_trim(*rest);
    size_t end = 0;
    char quote = 0;
    for (; end < rest->n && (quote || !ch_space(rest->p[end])); end++)
        if (quote ? rest->p[end] == quote : rest->p[end] == '"' || rest->p[end] == '\'')
            quote = quote ? 0 : rest->p[end];
    *out = str_upto(*rest, end);
    *rest = str_from(*rest, end);
    return out->n > 0;
}

static str unquoted(struct arena *a, str s) {
    struct buf b = {0};
    char quote = 0;
    for (size_t i = 0; i < s.n; i++)
        if (quote ? s.p[i] == quote : s.p[i] == '"' || s.p[i] == '\'')
            quote = quote ? 0 : s.p[i];
        else
            buf_addc(&b, s.p[i]);
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

/* ["a", "b c"] as "a b c"; anything else as it is. */
static str exec_form(struct arena *a, str s) {
    if (!str_starts(s, S("[")) || !str_ends(s, S("]")))
        return s;
    struct ctx c = {.limits = {.depth = 2}};
    struct json j;
    if (!json_parse(&c, a, s, JSON_STRICT, S(""), &j, NULL))
        return s;
    struct buf b = {0};
    for (struct jiter it = j_iter(j.root); j_next(&it);)
        buf_addf(&b, "%s%.*s", b.n ? " " : "", STR_ARG(j_str(it.val)));
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

/* ── lines ── */

/* One instruction, as the pieces it is continued on. */
VEC_NAMED(pieces, struct line);

static bool take_line(struct dockerfile *d, str *line) {
    if (!str_line(&d->rest, line))
        return false;
    d->number++;
    return true;
}

static bool instruction(struct dockerfile *d, struct pieces *out) {
    str line;
    out->n = 0;
    while (take_line(d, &line)) {
        str text = str_trim(line);
        if (!text.n || text.p[0] == '#')
            continue;
        bool more = text.p[text.n - 1] == d->escape;
        *vec_push(d->c->a, out) = (struct line){more ? str_upto(text, text.n - 1) : text, d->number};
        if (!more)
            return true;
    }
    return out->n > 0;
}

/* The word behind "<<" or "<<-" without quotes; absent when there is none. */
static str heredoc(str text) {
    size_t at = str_find(text, S("<<"));
    if (at == STR_NONE)
        return (str){NULL, 0};
    str rest = str_from(text, at + 2);
    while (rest.n && (rest.p[0] == '-' || rest.p[0] == '"' || rest.p[0] == '\''))
        rest = str_from(rest, 1);
    size_t end = 0;
    while (end < rest.n && name_char(rest.p[end]))
        end++;
    return end ? str_upto(rest, end) : (str){NULL, 0};
}

static void here_lines(struct dockerfile *d, str end, struct pieces *out) {
    str line;
    while (take_line(d, &line) && !str_eq(str_trim(line), end))
        *vec_push(d->c->a, out) = (struct line){str_trim(line), d->number};
}

static str all_of(struct arena *a, const struct pieces *p) {
    struct buf b = {0};
    for (uint32_t i = 0; i < p->n; i++)
        buf_addf(&b, "%s%.*s", i ? " " : "", STR_ARG(p->v[i].text));
    str out = arena_str(a, str_trim(buf_str(&b)));
    buf_free(&b);
    return out;
}

/* ── instructions ── */

static bool from(struct dockerfile *d, str rest, uint32_t line, struct err *e) {
    str image = {0}, w;
    uint32_t parent = 0;
    while (word(&rest, &image) && str_starts(image, S("--")))
        ;
    image = unquoted(d->c->a, filled(d, image));
    void *earlier = map_get(&d->stages, arena_lower(d->c->a, image));
    if (earlier)
        parent = (uint32_t)(uintptr_t)earlier;
    if (d->stage)
        config_leave(d->c, 0);
    if (!config_enter_from(d->c, "stage", parent, line, e))
        return false;
    d->stage = d->c->of_inner;
    if (word(&rest, &w) && str_ieq(w, S("as")) && word(&rest, &w))
        map_put(&d->stages, arena_lower(d->c->a, w), NULL)->value = (void *)(uintptr_t)d->stage;
    return earlier || str_ieq(image, S("scratch")) || config_add(d->c, S("FROM"), image, line, e);
}

static bool pair(struct dockerfile *d, str key, str name, str value, uint32_t line, struct err *e) {
    str *kept = arena_new_of(d->c->a, str);
    *kept = unquoted(d->c->a, filled(d, value));
    if (!str_is(key, "LABEL"))
        map_put(&d->args, name, NULL)->value = kept;
    str said = value.p ? arena_printf(d->c->a, "%.*s=%.*s", STR_ARG(name), STR_ARG(*kept)) : name;
    return config_add(d->c, key, said, line, e);
}

static bool add_pairs(struct dockerfile *d, str key, str rest, uint32_t line, struct err *e) {
    str w, name, value, tail = rest;
    if (word(&tail, &w) && str_chr(w, '=') == STR_NONE && str_trim(tail).n && !str_is(key, "ARG"))
        return pair(d, key, w, str_trim(tail), line, e);
    while (word(&rest, &w)) {
        if (!str_cut(w, '=', &name, &value))
            value = (str){NULL, 0};
        if (!pair(d, key, name, value, line, e))
            return false;
    }
    return true;
}

/* Ends of simple commands: && || ; and line breaks, but not within quotes. A pipe stays: what it feeds matters. */
static bool commands(struct dockerfile *d, const struct pieces *p, str key, struct err *e) {
    struct buf b = {0};
    uint32_t line = 0;
    char quote = 0;
    bool ok = true;
    for (uint32_t i = 0; i <= p->n && ok; i++) {
        str s = i < p->n ? p->v[i].text : S(";");
        for (size_t k = 0; k < s.n && ok; k++) {
            char ch = s.p[k];
            bool two = k + 1 < s.n && s.p[k + 1] == ch && (ch == '&' || ch == '|');
            if (quote ? ch == quote : ch == '"' || ch == '\'')
                quote = quote ? 0 : ch;
            if ((i < p->n && quote) || !(ch == ';' || two)) {
                if (!line && !ch_space(ch))
                    line = p->v[i].number;
                buf_addc(&b, ch);
                continue;
            }
            str command = arena_str(d->c->a, str_trim(buf_str(&b)));
            ok = !command.n || config_add(d->c, key, command, line, e);
            buf_clear(&b);
            line = 0;
            k += two;
        }
        if (b.n)
            buf_addc(&b, ' ');
    }
    buf_free(&b);
    return ok;
}

/* RUN's own options ("--mount=…") are a key of their own. */
static bool run(struct dockerfile *d, struct pieces *p, struct err *e) {
    str rest = str_trim(p->v[0].text), w;
    for (str tail = rest; word(&tail, &w) && str_starts(w, S("--")); rest = tail)
        if (!config_add(d->c, S("RUN-OPTION"), w, p->v[0].number, e))
            return false;
    p->v[0].text = str_trim(rest);
    str end = heredoc(p->v[p->n - 1].text);
    if (str_starts(p->v[0].text, S("["))) {
        str whole = exec_form(d->c->a, all_of(d->c->a, p));
        return config_add(d->c, S("RUN"), whole, p->v[0].number, e);
    }
    if (!end.p)
        return commands(d, p, S("RUN"), e);
    struct pieces inside = {0};
    here_lines(d, end, &inside);
    if (!commands(d, p, S("RUN"), e))
        return false;
    for (uint32_t i = 0; i < inside.n; i++)
        if (inside.v[i].text.n && inside.v[i].text.p[0] != '#' &&
            !commands(d, &(struct pieces){.v = &inside.v[i], .n = 1}, S("RUN"), e))
            return false;
    return true;
}

static bool other(struct dockerfile *d, str key, const struct pieces *p, struct err *e) {
    str rest = all_of(d->c->a, p);
    uint32_t line = p->v[0].number;
    if (str_is(key, "FROM"))
        return from(d, rest, line, e);
    if (listed(pairs, key))
        return add_pairs(d, key, rest, line, e);
    str end = str_is(key, "COPY") || str_is(key, "ADD") ? heredoc(rest) : (str){NULL, 0};
    if (end.p)
        here_lines(d, end, &(struct pieces){0});
    rest = exec_form(d->c->a, filled(d, rest));
    return listed(once, key) ? config_add_last(d->c, key, rest, line, e) : config_add(d->c, key, rest, line, e);
}

/* "# escape=`" in front of everything. */
static char escape_of(str bytes) {
    str line;
    while (str_line(&bytes, &line) && str_starts(str_trim(line), S("#"))) {
        str name, value;
        if (str_cut(str_from(str_trim(line), 1), '=', &name, &value) && str_ieq(str_trim(name), S("escape")))
            return str_is(str_trim(value), "`") ? '`' : '\\';
    }
    return '\\';
}

static bool read(struct config *c, str bytes, struct err *e) {
    struct dockerfile d = {.c = c, .rest = bytes, .escape = escape_of(bytes)};
    struct pieces p = {0};
    map_init(&d.args, c->a);
    map_init(&d.stages, c->a);
    while (instruction(&d, &p)) {
        str verb;
        for (int onbuild = 0; onbuild < 2; onbuild++) {
            if (!word(&p.v[0].text, &verb) || !str_ieq(verb, S("ONBUILD")))
                break;
        }
        struct buf b = {0};
        for (size_t i = 0; i < verb.n; i++)
            buf_addc(&b, ch_lower(verb.p[i]) ? (char)(verb.p[i] - 32) : verb.p[i]);
        str key = arena_str(c->a, buf_str(&b));
        buf_free(&b);
        if (!(str_is(key, "RUN") ? run(&d, &p, e) : other(&d, key, &p, e)))
            return false;
    }
    c->not_mine = !d.stage;
    if (d.stage)
        c->contexts.v[d.stage].type = "final";
    return true;
}

static const char *const contexts[] = {"file", "stage", "final", NULL};
const struct config_kind config_dockerfile = {.name = "dockerfile", .contexts = contexts, .read = read};

static const char *const files[] = {
    "Dockerfile", "Containerfile", "Dockerfile.*", "*.Dockerfile", "*.dockerfile", "Containerfile.*", NULL};
static bool prepare(struct ctx *c, struct arena *a, const struct inspect_options *o, const void **state,
                    struct err *e) {
    return config_prepare(&config_dockerfile, c, a, o, state, e);
}

const struct inspector inspector_dockerfile = {.name = "dockerfile",
                                               .title = N_("Dockerfile, Containerfile"),
                                               .files = files,
                                               .prepare = prepare,
                                               .look = config_look};
