/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

static void doc_free(void *doc) { yyjson_doc_free(doc); }

/* "file:line:column" of a byte position. */
static str position(struct arena *a, str where, str text, size_t at) {
    size_t line = 1, start = 0;
    if (at > text.n)
        at = text.n;
    for (size_t i = 0; i < at; i++)
        if (text.p[i] == '\n')
            line++, start = i + 1;
    return arena_printf(a, "%.*s:%zu:%zu", STR_ARG(where), line, at - start + 1);
}

static const char *syntax_message(yyjson_read_code code) {
    const struct {
        yyjson_read_code code;
        const char *text;
    } known[] = {
        {YYJSON_READ_ERROR_EMPTY_CONTENT, N_("the document is empty")},
        {YYJSON_READ_ERROR_UNEXPECTED_END, N_("the JSON text ends too early")},
        {YYJSON_READ_ERROR_UNEXPECTED_CONTENT, N_("there is more text behind the JSON value")},
        {YYJSON_READ_ERROR_INVALID_NUMBER, N_("this is no JSON number")},
        {YYJSON_READ_ERROR_INVALID_STRING, N_("this JSON string is broken (bad escape, control character or UTF-8)")},
        {YYJSON_READ_ERROR_LITERAL, N_("this is no JSON value")},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].code == code)
            return _(known[i].text);
    return _("the JSON syntax is broken here");
}

static struct yyjson_val *next_of(struct yyjson_val *v) {
    return yyjson_is_ctn(v) ? (struct yyjson_val *)(void *)((char *)v + v->uni.ofs) : v + 1;
}

/* Nesting, by one pass over the values in the order they were read. */
static struct yyjson_val *too_deep(struct yyjson_doc *doc, uint32_t most, struct arena *a) {
    struct yyjson_val *v = doc->root, *end = v + doc->val_read;
    struct yyjson_val **ends = arena_array(a, struct yyjson_val *, (size_t)most + 1);
    uint32_t depth = 0;
    for (; v < end; v++) {
        while (depth && v >= ends[depth - 1])
            depth--;
        if (!yyjson_is_ctn(v))
            continue;
        if (depth == most)
            return v;
        ends[depth++] = next_of(v);
    }
    return NULL;
}

static str key_text(struct yyjson_val *key) { return str_n(key->uni.str, unsafe_yyjson_get_len(key)); }

static int key_order(const void *x, const void *y) {
    return str_cmp(key_text(*(struct yyjson_val *const *)x), key_text(*(struct yyjson_val *const *)y));
}

static bool same_key(struct yyjson_val *a, struct yyjson_val *b) { return str_eq(key_text(a), key_text(b)); }

/* Small objects pair by pair (the lengths settle nearly all), large ones sorted. */
static struct yyjson_val *repeated_key_in(struct yyjson_val *obj, struct yyjson_val **keys) {
    size_t n = unsafe_yyjson_get_len(obj);
    struct yyjson_val *key = obj + 1;
    for (size_t i = 0; i < n; i++, key = next_of(key + 1)) {
        keys[i] = key;
        for (size_t j = 0; n <= 16 && j < i; j++)
            if (same_key(keys[j], key))
                return key;
    }
    if (n > 16) {
        qsort(keys, n, sizeof *keys, key_order);
        for (size_t i = 1; i < n; i++)
            if (same_key(keys[i - 1], keys[i]))
                return keys[i - 1] > keys[i] ? keys[i - 1] : keys[i];
    }
    return NULL;
}

static struct yyjson_val *repeated_key(struct yyjson_doc *doc) {
    struct yyjson_val *v = doc->root, *end = v + doc->val_read, *small[16], *found = NULL;
    for (; v < end && !found; v++) {
        if (!yyjson_is_obj(v) || unsafe_yyjson_get_len(v) < 2)
            continue;
        size_t n = unsafe_yyjson_get_len(v);
        struct yyjson_val **keys = n <= 16 ? small : malloc(n * sizeof(struct yyjson_val *));
        if (!keys)
            abort();
        found = repeated_key_in(v, keys);
        if (keys != small)
            free(keys);
    }
    return found;
}

static yyjson_read_flag read_flags(unsigned flags) {
    /* Numbers too large for a double stay text, so that nothing is lost and nothing becomes infinite. */
    yyjson_read_flag f = YYJSON_READ_BIGNUM_AS_RAW;
    if (flags & JSON_RELAXED)
        f |= YYJSON_READ_ALLOW_COMMENTS | YYJSON_READ_ALLOW_TRAILING_COMMAS;
    if (flags & JSON_MORE)
        f |= YYJSON_READ_STOP_WHEN_DONE;
    return f;
}

static bool check(struct ctx *c, struct arena *a, unsigned flags, str where, struct json *out, struct err *e) {
    struct arena_mark m = arena_mark(a);
    struct yyjson_val *bad = too_deep(out->doc, c->limits.depth, a);
    if (bad) {
        err_set(e, ERR_LIMIT, json_place(out, (struct jv){bad}, a), _("nested deeper than %u levels"), c->limits.depth);
        arena_reset(a, m);
        return false;
    }
    bad = flags & JSON_DUPLICATES_OK ? NULL : repeated_key(out->doc);
    if (bad) {
        err_set(e, ERR_INPUT, json_place(out, (struct jv){bad + 1}, a), _("this member stands twice in one object"));
        arena_reset(a, m);
        return false;
    }
    (void)where;
    return true;
}

static bool parse(struct ctx *c, struct arena *a, str text, unsigned flags, str where, struct json *out,
                  struct err *e) {
    yyjson_read_err bad;
    /* Without the in-situ flag yyjson copies the text and does not write to it. */
    struct yyjson_doc *doc = yyjson_read_opts((char *)(uintptr_t)(text.p ? text.p : ""), text.n, read_flags(flags),
                                              NULL, &bad);
    if (!doc) {
        if (bad.code == YYJSON_READ_ERROR_MEMORY_ALLOCATION)
            abort();
        return err_set(e, ERR_INPUT, position(a, where, text, bad.pos), "%s", syntax_message(bad.code));
    }
    arena_defer(a, doc_free, doc);
    *out = (struct json){.root = {doc->root}, .doc = doc, .where = where};
    return check(c, a, flags, where, out, e);
}

bool json_parse(struct ctx *c, struct arena *a, str text, unsigned flags, str where, struct json *out, struct err *e) {
    return parse(c, a, text_utf8(a, text), flags, arena_str(a, where), out, e);
}

bool json_parse_next(struct ctx *c, struct arena *a, str *rest, str where, struct json *out, struct err *e) {
    *rest = str_trim(*rest);
    if (e)
        e->kind = ERR_NONE;
    if (rest->n == 0)
        return false;
    if (!parse(c, a, *rest, JSON_MORE, arena_str(a, where), out, e))
        return false;
    *rest = str_from(*rest, yyjson_doc_get_read_size(out->doc));
    return true;
}

/* ── places ── */

static void pointer_add(struct buf *b, str key) {
    buf_addc(b, '/');
    for (size_t i = 0; i < key.n; i++)
        if (key.p[i] == '~' || key.p[i] == '/')
            buf_addz(b, key.p[i] == '~' ? "~0" : "~1");
        else
            buf_addc(b, key.p[i]);
}

/* Values lie in the order they were read and a container spans what is in it, so the way down is found by address. */
str json_pointer(const struct json *doc, struct jv v, struct arena *a) {
    struct buf b = {0};
    struct jv at = doc->root;
    while (v.v && at.v && at.v != v.v && yyjson_is_ctn(at.v)) {
        bool found = false;
        for (struct jiter it = j_iter(at); !found && j_next(&it);) {
            if (v.v >= next_of(it.val.v))
                continue;
            if (it.obj_)
                pointer_add(&b, it.key);
            else
                buf_addf(&b, "/%zu", it.index);
            at = it.val;
            found = true;
        }
        if (!found)
            break;
    }
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

str json_place(const struct json *doc, struct jv v, struct arena *a) {
    if (doc->lines && v.v)
        return arena_printf(a, "%.*s:%u", STR_ARG(doc->where), doc->lines[v.v - doc->doc->root]);
    str pointer = json_pointer(doc, v, a);
    enum { SHOWN = 200 }; /* a document nested without end would have a pointer without end */
    if (pointer.n > SHOWN)
        return arena_printf(a, "%.*s#%.*s…", STR_ARG(doc->where), SHOWN, pointer.p);
    return arena_printf(a, "%.*s#%.*s", STR_ARG(doc->where), STR_ARG(pointer));
}

static bool is_negative(struct yyjson_val *v) { return yyjson_is_sint(v) && yyjson_get_sint(v) < 0; }

/* yyjson reads a copy of the text in place, so a string starts where it stood in the text. */
size_t json_offset(const struct json *doc, str in_document) {
    uintptr_t pool = (uintptr_t)doc->doc->str_pool, p = (uintptr_t)in_document.p;
    bool inside = pool && p >= pool && p - pool <= doc->doc->dat_read;
    return inside ? p - pool : STR_NONE;
}

bool json_equal(struct jv x, struct jv y) { /* NOLINT(misc-no-recursion): depth is bounded by json_parse */
    if (!x.v || !y.v || yyjson_get_type(x.v) != yyjson_get_type(y.v))
        return x.v == y.v;
    if (yyjson_is_arr(x.v)) {
        struct jiter i = j_iter(x), j = j_iter(y);
        if (j_len(x) != j_len(y))
            return false;
        while (j_next(&i) && j_next(&j))
            if (!json_equal(i.val, j.val))
                return false;
        return true;
    }
    if (yyjson_is_obj(x.v)) {
        if (j_len(x) != j_len(y))
            return false;
        for (struct jiter i = j_iter(x); j_next(&i);) {
            struct jv other = j_getn(y, i.key);
            if (!other.v || !json_equal(i.val, other))
                return false;
        }
        return true;
    }
    /* Whole numbers exactly: as doubles, neighbours past 2^53 would be one. */
    if (yyjson_is_int(x.v) && yyjson_is_int(y.v))
        return yyjson_get_uint(x.v) == yyjson_get_uint(y.v) && is_negative(x.v) == is_negative(y.v);
    if (yyjson_is_num(x.v))
        return !(yyjson_get_num(x.v) < yyjson_get_num(y.v)) && !(yyjson_get_num(x.v) > yyjson_get_num(y.v));
    return unsafe_yyjson_equals(x.v, y.v);
}

/* ── writing ── */

static void newline(struct jw *w) {
    if (!w->pretty)
        return;
    size_t n = 1 + (size_t)w->depth_ * 2;
    char *p = buf_room(w->b, n);
    memset(p, ' ', n);
    p[0] = '\n';
    w->b->n += n;
}

/* What stands before a value: a comma and line for an array's member, nothing after a key. */
static void before(struct jw *w) {
    if (w->key_) {
        w->key_ = false;
        return;
    }
    if (!w->first_)
        buf_addc(w->b, ',');
    if (w->depth_)
        newline(w);
    w->first_ = false;
}

static void open_with(struct jw *w, char c) {
    before(w);
    buf_addc(w->b, c);
    w->depth_++;
    w->first_ = true;
}
static void close_with(struct jw *w, char c) {
    w->depth_--;
    if (!w->first_)
        newline(w);
    buf_addc(w->b, c);
    w->first_ = false;
}
void jw_obj(struct jw *w) { open_with(w, '{'); }
void jw_obj_end(struct jw *w) { close_with(w, '}'); }
void jw_arr(struct jw *w) { open_with(w, '['); }
void jw_arr_end(struct jw *w) { close_with(w, ']'); }

static size_t utf8_length(const unsigned char *p, size_t n) {
    size_t want = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    return want <= n && str_utf8_ok(str_n((const char *)p, want)) ? want : 0;
}

/* How many of the first bytes need no second look, by eights: printable ASCII but '"' and '\'. */
static size_t plain_run(const char *p, size_t n) {
    const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        uint64_t x, quote, slash, del;
        memcpy(&x, p + i, 8);
        quote = x ^ (ones * '"');
        slash = x ^ (ones * '\\');
        del = x ^ (ones * 0x7F);
        if ((x | (x - ones * 0x20) | (quote - ones) | (slash - ones) | (del - ones)) & high)
            break;
    }
    return i;
}

static void escaped(struct buf *b, str s) {
    static const char hex[] = "0123456789abcdef";
    buf_addc(b, '"');
    size_t from = 0;
    for (size_t i = plain_run(s.p, s.n); i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\')
            continue;
        if (c >= 0x80) {
            size_t len = utf8_length((const unsigned char *)s.p + i, s.n - i);
            if (len) {
                i += len - 1;
                continue;
            }
        }
        buf_add(b, str_n(s.p + from, i - from));
        from = i + 1;
        switch (c) {
        case '"': buf_addz(b, "\\\""); break;
        case '\\': buf_addz(b, "\\\\"); break;
        case '\n': buf_addz(b, "\\n"); break;
        case '\r': buf_addz(b, "\\r"); break;
        case '\t': buf_addz(b, "\\t"); break;
        default:
            if (c >= 0x80) {
                buf_addz(b, "\xEF\xBF\xBD");
            } else {
                buf_addz(b, "\\u00");
                buf_addc(b, hex[c >> 4]);
                buf_addc(b, hex[c & 15]);
            }
        }
    }
    if (s.n)
        buf_add(b, str_n(s.p + from, s.n - from));
    buf_addc(b, '"');
}

void jw_key(struct jw *w, str key) {
    if (!w->first_)
        buf_addc(w->b, ',');
    newline(w);
    w->first_ = false;
    escaped(w->b, key);
    buf_addz(w->b, w->pretty ? ": " : ":");
    w->key_ = true;
}
void jw_str(struct jw *w, str s) {
    before(w);
    escaped(w->b, s);
}
void jw_int(struct jw *w, int64_t v) {
    before(w);
    if (v < 0)
        buf_addc(w->b, '-');
    buf_u64(w->b, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
}
void jw_bool(struct jw *w, bool v) {
    before(w);
    buf_addz(w->b, v ? "true" : "false");
}
void jw_null(struct jw *w) {
    before(w);
    buf_addz(w->b, "null");
}

/* The shortest of 15 to 17 digits that reads back as the same number. */
static void number(struct buf *b, double v) {
    char text[40];
    if (!isfinite(v)) {
        buf_addz(b, "null");
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, v);
        double back = strtod(text, NULL);
        if (!(back < v) && !(back > v))
            break;
    }
    buf_addz(b, text);
}
void jw_num(struct jw *w, double v) {
    before(w);
    number(w->b, v);
}

static void scalar(struct jw *w, struct yyjson_val *v) {
    before(w);
    switch (yyjson_get_type(v)) {
    case YYJSON_TYPE_STR: escaped(w->b, j_str((struct jv){v})); break;
    case YYJSON_TYPE_BOOL: buf_addz(w->b, yyjson_get_bool(v) ? "true" : "false"); break;
    case YYJSON_TYPE_RAW: buf_add(w->b, str_n(yyjson_get_raw(v), yyjson_get_len(v))); break;
    case YYJSON_TYPE_NUM:
        if (yyjson_is_uint(v))
            buf_u64(w->b, yyjson_get_uint(v));
        else if (yyjson_is_sint(v))
            buf_addf(w->b, "%lld", (long long)yyjson_get_sint(v));
        else {
            size_t n = w->b->n;
            number(w->b, yyjson_get_real(v));
            /* 1.0 stays a real: other readers tell 1 and 1.0 apart. */
            str t = str_n(w->b->p + n, w->b->n - n);
            if (str_chr(t, '.') == STR_NONE && str_chr(t, 'e') == STR_NONE && t.n && t.p[0] != 'n')
                buf_addz(w->b, ".0");
        }
        break;
    default: buf_addz(w->b, "null");
    }
}

void jw_val(struct jw *w, struct jv v) { /* NOLINT(misc-no-recursion): depth is bounded by json_parse */
    if (yyjson_is_arr(v.v)) {
        jw_arr(w);
        for (struct jiter it = j_iter(v); j_next(&it);)
            jw_val(w, it.val);
        jw_arr_end(w);
    } else if (yyjson_is_obj(v.v)) {
        jw_obj(w);
        for (struct jiter it = j_iter(v); j_next(&it);) {
            jw_key(w, it.key);
            jw_val(w, it.val);
        }
        jw_obj_end(w);
    } else {
        scalar(w, v.v);
    }
}

void jw_raw(struct jw *w, str json) {
    struct yyjson_doc *doc = w->pretty ? yyjson_read_opts((char *)(uintptr_t)json.p, json.n, YYJSON_READ_BIGNUM_AS_RAW,
                                                          NULL, NULL)
                                       : NULL;
    if (doc) {
        jw_val(w, (struct jv){doc->root});
        yyjson_doc_free(doc);
    } else {
        before(w);
        buf_add(w->b, json);
    }
}

void jw_kstr(struct jw *w, const char *key, str s) {
    if (s.p) {
        jw_key(w, str_of(key));
        jw_str(w, s);
    }
}
void jw_kint(struct jw *w, const char *key, int64_t v) {
    jw_key(w, str_of(key));
    jw_int(w, v);
}
void jw_kbool(struct jw *w, const char *key, bool v) {
    jw_key(w, str_of(key));
    jw_bool(w, v);
}
void jw_kobj(struct jw *w, const char *key) {
    jw_key(w, str_of(key));
    jw_obj(w);
}
void jw_karr(struct jw *w, const char *key) {
    jw_key(w, str_of(key));
    jw_arr(w);
}

str json_text(struct jv v, struct arena *a) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    jw_val(&w, v);
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}
