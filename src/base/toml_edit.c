/* SPDX-License-Identifier: Apache-2.0 */
#include "base/toml_edit.h"

/* A header or a key with its value, without the comments and blanks between them. */
struct item {
    size_t from, to; /* to: behind its line's end */
    bool header, list;
    str name; /* as it is written, without blanks at its ends */
};
VEC_NAMED(items, struct item);

/* Behind the string that begins at i. */
static size_t skip_string(str s, size_t i) {
    char q = s.p[i];
    size_t run = i + 2 < s.n && s.p[i + 1] == q && s.p[i + 2] == q ? 3 : 1;
    for (i += run; i < s.n; i++) {
        if (q == '"' && s.p[i] == '\\') {
            i++;
            continue;
        }
        if (run == 1 && (s.p[i] == q || s.p[i] == '\n'))
            return s.p[i] == q ? i + 1 : i;
        if (run == 3 && s.p[i] == q && i + 2 < s.n && s.p[i + 1] == q && s.p[i + 2] == q) {
            for (i += 3; i < s.n && s.p[i] == q; i++) /* """" ends with a quote of its own */
                ;
            return i;
        }
    }
    return s.n;
}

/* Behind the line's end at which everything that was opened is closed again. */
static size_t skip_value(str s, size_t i) {
    int depth = 0;
    while (i < s.n) {
        char c = s.p[i];
        if (c == '"' || c == '\'') {
            i = skip_string(s, i);
            continue;
        }
        if (c == '#')
            while (i < s.n && s.p[i] != '\n')
                i++;
        if (i == s.n)
            break;
        c = s.p[i++];
        depth += c == '[' || c == '{';
        depth -= c == ']' || c == '}';
        if (c == '\n' && depth <= 0)
            break;
    }
    return i;
}

static struct item read_item(str s, size_t from) {
    struct item x = {.from = from, .header = s.p[from] == '['};
    x.list = x.header && from + 1 < s.n && s.p[from + 1] == '[';
    size_t begins = from + x.header + x.list, i = begins;
    while (i < s.n && s.p[i] != (x.header ? ']' : '=') && s.p[i] != '\n')
        i = s.p[i] == '"' || s.p[i] == '\'' ? skip_string(s, i) : i + 1;
    x.name = str_trim(str_n(s.p + begins, (i < s.n ? i : s.n) - begins));
    x.to = i;
    while (x.header && x.to < s.n && s.p[x.to] != '\n')
        x.to++;
    x.to = x.header ? x.to + (x.to < s.n) : skip_value(s, i);
    return x;
}

static struct items read_items(struct arena *a, str s) {
    struct items out = {0};
    for (size_t i = 0; i < s.n;) {
        if (s.p[i] == '#') {
            while (i < s.n && s.p[i] != '\n')
                i++;
        } else if (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\r' || s.p[i] == '\n') {
            i++;
        } else {
            struct item x = read_item(s, i);
            *vec_push(a, &out) = x;
            i = x.to > i ? x.to : i + 1;
        }
    }
    return out;
}

/* ── writing ── */

static void put_string(struct buf *b, str s) {
    buf_addc(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\')
            buf_addf(b, "\\%c", c);
        else if (c < 0x20 || c == 0x7F)
            buf_addf(b, "\\u%04X", c);
        else
            buf_addc(b, (char)c);
    }
    buf_addc(b, '"');
}

static bool put_scalar(struct buf *b, struct jv v) {
    if (j_is_str(v))
        put_string(b, j_str(v));
    else if (j_is_bool(v))
        buf_addz(b, j_true(v) ? "true" : "false");
    else if (j_is_int(v))
        buf_addf(b, "%lld", (long long)j_int(v, 0));
    else
        return false;
    return true;
}

static void put_key(struct buf *b, str key, struct jv v) {
    bool bare = key.n > 0;
    for (size_t i = 0; i < key.n; i++)
        bare = bare && (ch_alnum(key.p[i]) || key.p[i] == '-' || key.p[i] == '_');
    if (bare)
        buf_add(b, key);
    else
        put_string(b, key);
    buf_addz(b, " = ");
    if (!j_is_arr(v)) {
        (void)put_scalar(b, v);
    } else {
        bool first = true;
        buf_addc(b, '[');
        for (struct jiter it = j_iter(v); j_next(&it);) {
            if (!j_is_str(it.val) && !j_is_int(it.val) && !j_is_bool(it.val))
                continue;
            if (!first)
                buf_addz(b, ", ");
            first = false;
            (void)put_scalar(b, it.val);
        }
        buf_addc(b, ']');
    }
    buf_addc(b, '\n');
}

static bool can_put(struct jv v) { return j_is_str(v) || j_is_int(v) || j_is_bool(v) || j_is_arr(v); }

static str taken(struct arena *a, struct buf *b) {
    str out = arena_str(a, buf_str(b));
    buf_free(b);
    return out;
}

static void put_whole_lines(struct buf *b, str text) {
    buf_add(b, text);
    if (text.n && text.p[text.n - 1] != '\n')
        buf_addc(b, '\n');
}

/* ── the three ways to change it ── */

uint32_t toml_tables(struct arena *a, str text, str name) {
    struct items all = read_items(a, text);
    uint32_t n = 0;
    for (uint32_t i = 0; i < all.n; i++)
        n += all.v[i].list && str_eq(all.v[i].name, name);
    return n;
}

str toml_add_table(struct arena *a, str text, str name, struct jv table) {
    struct buf b = {0};
    put_whole_lines(&b, text);
    buf_addf(&b, "%s[[%.*s]]\n", text.n ? "\n" : "", STR_ARG(name));
    for (struct jiter it = j_iter(table); j_next(&it);)
        if (can_put(it.val))
            put_key(&b, it.key, it.val);
    return taken(a, &b);
}

str toml_drop_table(struct arena *a, str text, str name, uint32_t n) {
    struct items all = read_items(a, text);
    struct buf b = {0};
    str below = arena_cat(a, name, S("."));
    uint32_t i = 0, seen = 0;
    for (; i < all.n; i++)
        if (all.v[i].list && str_eq(all.v[i].name, name) && seen++ == n)
            break;
    if (i == all.n)
        return text;
    uint32_t last = i;
    while (last + 1 < all.n && (!all.v[last + 1].header || str_starts(all.v[last + 1].name, below)))
        last++;
    buf_add(&b, str_upto(text, all.v[i].from));
    buf_add(&b, str_from(text, all.v[last].to));
    return taken(a, &b);
}

/* The key within [table], or where it would stand: behind the header. */
static bool find_key(const struct items *all, str table, str key, const struct item **header, const struct item **at) {
    *header = *at = NULL;
    for (uint32_t i = 0; i < all->n; i++) {
        const struct item *x = &all->v[i];
        if (x->header && *header)
            break;
        if (x->header && !x->list && str_eq(x->name, table))
            *header = x;
        else if (*header && str_eq(x->name, key))
            *at = x;
    }
    return *header != NULL;
}

str toml_set(struct arena *a, str text, str table, str key, struct jv value) {
    struct items all = read_items(a, text);
    const struct item *header, *at;
    struct buf b = {0};
    if (!find_key(&all, table, key, &header, &at)) {
        put_whole_lines(&b, text);
        if (can_put(value)) {
            buf_addf(&b, "%s[%.*s]\n", text.n ? "\n" : "", STR_ARG(table));
            put_key(&b, key, value);
        }
        return taken(a, &b);
    }
    put_whole_lines(&b, str_upto(text, at ? at->from : header->to));
    if (can_put(value))
        put_key(&b, key, value);
    buf_add(&b, str_from(text, at ? at->to : header->to));
    return taken(a, &b);
}
