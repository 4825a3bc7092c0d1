/* SPDX-License-Identifier: Apache-2.0 */
#include "base/schema.h"

#include <float.h>
#include <locale.h>
#include <regex.h>
#include <stdio.h>

#include "base/once.h"

enum {
    STEPS_MOST = 4000000,     /* rules looked at for one document */
    PATTERN_TEXT_MOST = 8192, /* a longer string fits no pattern */
    PATTERN_MOST = 400,
    REPEATS_MOST = 600,
    ITEMS_UNIQUE_MOST = 4096, /* compared pair by pair */
};

/* The first thing that is wrong. */
struct fault {
    struct jv at;
    str what;
    uint32_t depth;
    bool choice; /* a const did not fit: of several forms this one was not meant */
};

struct check {
    const struct schema *s;
    const struct json *doc;
    struct arena *a;
    uint32_t steps, depth;
    bool exhausted;
    struct fault fault;
};

static bool fail(struct check *k, struct jv at, str what) {
    k->fault = (struct fault){at, what, k->depth, false};
    return false;
}

static bool fits(struct check *k, struct jv schema, struct jv v);

/* ── types ── */

static bool is_whole(struct jv v) { return j_is_int(v); }

static const struct type {
    const char *word, *says;
    bool (*is)(struct jv v);
} types[] = {
    {"object", N_("must be an object"), j_is_obj}, {"array", N_("must be a list"), j_is_arr},
    {"string", N_("must be text"), j_is_str},      {"integer", N_("must be a whole number"), is_whole},
    {"number", N_("must be a number"), j_is_num},  {"boolean", N_("must be true or false"), j_is_bool},
    {"null", N_("must be null"), j_is_null},
};

static const struct type *type_of(str word) {
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_is(word, types[i].word))
            return &types[i];
    return NULL;
}

static bool type_fits(struct check *k, struct jv rule, struct jv v) {
    const struct type *t = NULL;
    if (j_is_str(rule)) {
        t = type_of(j_str(rule));
        return t->is(v) || fail(k, v, str_of(_(t->says)));
    }
    for (struct jiter it = j_iter(rule); j_next(&it);) {
        t = type_of(j_str(it.val));
        if (t->is(v))
            return true;
    }
    return fail(k, v, arena_printf(k->a, _("must be one of these types: %.*s"), STR_ARG(json_text(rule, k->a))));
}

/* ── values ── */

static bool const_fits(struct check *k, struct jv rule, struct jv v) {
    if (json_equal(rule, v))
        return true;
    fail(k, v, arena_printf(k->a, _("must be %.*s"), STR_ARG(json_text(rule, k->a))));
    k->fault.choice = true;
    return false;
}

static bool enum_fits(struct check *k, struct jv rule, struct jv v) {
    struct buf b = {0};
    for (struct jiter it = j_iter(rule); j_next(&it);) {
        if (json_equal(it.val, v)) {
            buf_free(&b);
            return true;
        }
        if (b.n)
            buf_addz(&b, ", ");
        buf_add(&b, j_is_str(it.val) ? j_str(it.val) : json_text(it.val, k->a));
    }
    str list = arena_str(k->a, buf_str(&b));
    buf_free(&b);
    return fail(k, v, arena_printf(k->a, _("must be one of %.*s"), STR_ARG(list)));
}

/* Numbers too large for a double are text to the reader: beyond every bound. */
static double number_of(struct jv v, struct arena *a) {
    if (!yyjson_is_raw(v.v))
        return j_num(v, 0);
    return str_starts(json_text(v, a), S("-")) ? -DBL_MAX : DBL_MAX;
}

static bool minimum_fits(struct check *k, struct jv rule, struct jv v) {
    if (!j_is_num(v) || number_of(v, k->a) >= j_num(rule, 0))
        return true;
    return fail(k, v, arena_printf(k->a, _("must be at least %.*s"), STR_ARG(json_text(rule, k->a))));
}

static bool above_fits(struct check *k, struct jv rule, struct jv v) {
    if (!j_is_num(v) || number_of(v, k->a) > j_num(rule, 0))
        return true;
    return fail(k, v, arena_printf(k->a, _("must be more than %.*s"), STR_ARG(json_text(rule, k->a))));
}

static bool maximum_fits(struct check *k, struct jv rule, struct jv v) {
    if (!j_is_num(v) || number_of(v, k->a) <= j_num(rule, 0))
        return true;
    return fail(k, v, arena_printf(k->a, _("must be at most %.*s"), STR_ARG(json_text(rule, k->a))));
}

static int64_t characters(str s) {
    int64_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

static bool min_length_fits(struct check *k, struct jv rule, struct jv v) {
    if (!j_is_str(v) || characters(j_str(v)) >= j_int(rule, 0))
        return true;
    return fail(k, v,
                j_int(rule, 0) == 1
                    ? str_of(_("must not be empty"))
                    : arena_printf(k->a, _("must have at least %lld characters"), (long long)j_int(rule, 0)));
}

static bool max_length_fits(struct check *k, struct jv rule, struct jv v) {
    if (!j_is_str(v) || characters(j_str(v)) <= j_int(rule, 0))
        return true;
    return fail(k, v, arena_printf(k->a, _("must have at most %lld characters"), (long long)j_int(rule, 0)));
}

static bool pattern_fits(struct check *k, struct jv rule, struct jv v) {
    str s = j_str(v);
    if (!j_is_str(v))
        return true;
    const regex_t *re = map_get(&k->s->patterns, j_str(rule));
    if (s.n <= PATTERN_TEXT_MOST && !memchr(s.p, 0, s.n)) {
        k->steps += (uint32_t)s.n / 16;
        if (regexec(re, arena_cstr(k->a, s), 0, NULL, 0) == 0)
            return true;
    }
    return fail(k, v, arena_printf(k->a, _("must have the form %.*s"), STR_ARG(j_str(rule))));
}

/* RFC 3339 with date and time. */
static bool is_time(str s) {
    int64_t t;
    return s.n >= 20 && (s.p[10] == 'T' || s.p[10] == 't') && time_parse(s, &t);
}

/* RFC 3986: a scheme, a colon, something, and only characters a URI may hold. */
static bool is_uri(str s) {
    str scheme, rest;
    if (!str_cut(s, ':', &scheme, &rest) || !scheme.n || !ch_alpha(scheme.p[0]) || !rest.n)
        return false;
    for (size_t i = 0; i < scheme.n; i++)
        if (!ch_alnum(scheme.p[i]) && !strchr("+-.", scheme.p[i]))
            return false;
    for (size_t i = 0; i < rest.n; i++)
        if (rest.p[i] <= ' ' || rest.p[i] > '~' || strchr("<>\"{}|\\^`", rest.p[i]))
            return false;
    return true;
}

static bool format_fits(struct check *k, struct jv rule, struct jv v) {
    bool time = str_is(j_str(rule), "date-time");
    if (!j_is_str(v) || (time ? is_time(j_str(v)) : is_uri(j_str(v))))
        return true;
    return fail(k, v,
                str_of(time ? _("must be a time such as 2026-11-21T07:59:03Z")
                            : _("must be a URI such as https://example.jp/x or pkg:npm/x@1.0")));
}

/* ── objects ── */

static bool required_fits(struct check *k, struct jv rule, struct jv v) {
    for (struct jiter it = j_iter(rule); j_is_obj(v) && j_next(&it);)
        if (!j_ok(j_getn(v, j_str(it.val))))
            return fail(k, v, arena_printf(k->a, _("the member \"%.*s\" is missing"), STR_ARG(j_str(it.val))));
    return true;
}

static bool properties_fit(struct check *k, struct jv rule, struct jv v) { /* NOLINT(misc-no-recursion): see fits() */
    for (struct jiter it = j_iter(rule); j_is_obj(v) && j_next(&it);) {
        struct jv member = j_getn(v, it.key);
        if (j_ok(member) && !fits(k, it.val, member))
            return false;
    }
    return true;
}

static bool others_fit(struct check *k, struct jv schema, struct jv rule, /* NOLINT(misc-no-recursion): see fits() */
                       struct jv v) {
    if (j_true(rule) || !j_is_obj(v))
        return true;
    struct jv named = j_get(schema, "properties");
    for (struct jiter it = j_iter(v); j_next(&it);) {
        if (j_ok(j_getn(named, it.key)))
            continue;
        if (!j_is_obj(rule))
            return fail(k, it.val, arena_printf(k->a, _("the member \"%.*s\" is not known here"), STR_ARG(it.key)));
        if (!fits(k, rule, it.val))
            return false;
    }
    return true;
}

static bool min_properties_fits(struct check *k, struct jv rule, struct jv v) {
    if (!j_is_obj(v) || (int64_t)j_len(v) >= j_int(rule, 0))
        return true;
    return fail(k, v, arena_printf(k->a, _("must have at least %lld members"), (long long)j_int(rule, 0)));
}

static bool max_properties_fits(struct check *k, struct jv rule, struct jv v) {
    if (!j_is_obj(v) || (int64_t)j_len(v) <= j_int(rule, 0))
        return true;
    return fail(k, v, arena_printf(k->a, _("must have at most %lld members"), (long long)j_int(rule, 0)));
}

/* ── lists ── */

static bool items_fit(struct check *k, struct jv rule, struct jv v) { /* NOLINT(misc-no-recursion): see fits() */
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);)
        if (!fits(k, rule, it.val))
            return false;
    return true;
}

static bool min_items_fits(struct check *k, struct jv rule, struct jv v) {
    if (!j_is_arr(v) || (int64_t)j_len(v) >= j_int(rule, 0))
        return true;
    return fail(k, v, arena_printf(k->a, _("must have at least %lld entries"), (long long)j_int(rule, 0)));
}

static bool max_items_fits(struct check *k, struct jv rule, struct jv v) {
    if (!j_is_arr(v) || (int64_t)j_len(v) <= j_int(rule, 0))
        return true;
    return fail(k, v, arena_printf(k->a, _("must have at most %lld entries"), (long long)j_int(rule, 0)));
}

static bool unique_fits(struct check *k, struct jv rule, struct jv v) {
    if (!j_is_arr(v) || !j_true(rule))
        return true;
    if (j_len(v) > ITEMS_UNIQUE_MOST)
        return fail(k, v, arena_printf(k->a, _("must have at most %lld entries"), (long long)ITEMS_UNIQUE_MOST));
    for (struct jiter it = j_iter(v); j_next(&it);) {
        struct jiter other = it;
        while (j_next(&other))
            if (json_equal(it.val, other.val))
                return fail(k, other.val, str_of(_("this entry stands twice")));
        k->steps += (uint32_t)j_len(v);
    }
    return true;
}

/* ── combinations ── */

/* Which of two faults says more about what was meant. */
static bool says_more(const struct fault *x, const struct fault *y) {
    return !y->at.v || (x->choice != y->choice ? y->choice : x->depth > y->depth);
}

static uint32_t branches_that_fit(struct check *k, struct jv rule, struct jv v, /* NOLINT(misc-no-recursion) */
                                  struct fault *furthest) {
    uint32_t n = 0;
    *furthest = (struct fault){0};
    for (struct jiter it = j_iter(rule); j_next(&it);) {
        if (fits(k, it.val, v))
            n++;
        else if (says_more(&k->fault, furthest))
            *furthest = k->fault;
    }
    return n;
}

static bool any_fits(struct check *k, struct jv rule, struct jv v) { /* NOLINT(misc-no-recursion): see fits() */
    struct fault furthest;
    if (branches_that_fit(k, rule, v, &furthest))
        return true;
    k->fault = furthest;
    return false;
}

static bool one_fits(struct check *k, struct jv rule, struct jv v) { /* NOLINT(misc-no-recursion): see fits() */
    struct fault furthest;
    uint32_t n = branches_that_fit(k, rule, v, &furthest);
    if (n > 1)
        return fail(k, v, str_of(_("fits several forms of which it must fit only one")));
    if (!n)
        k->fault = furthest;
    return n == 1;
}

static struct jv target_of(const struct schema *s, str ref) {
    str prefix = S("#/$defs/");
    return str_starts(ref, prefix) ? j_getn(j_get(s->doc.root, "$defs"), str_from(ref, prefix.n)) : (struct jv){NULL};
}

static bool ref_fits(struct check *k, struct jv rule, struct jv v) { /* NOLINT(misc-no-recursion): see fits() */
    return fits(k, target_of(k->s, j_str(rule)), v);
}

/* ── the table of keywords ── */

enum takes {
    TAKES_ANYTHING,
    TAKES_TYPE,
    TAKES_LIST,
    TAKES_WORDS,
    TAKES_COUNT,
    TAKES_NUMBER,
    TAKES_BOOL,
    TAKES_PATTERN,
    TAKES_FORMAT,
    TAKES_REF,
    TAKES_SCHEMA,
    TAKES_SCHEMA_OR_BOOL,
    TAKES_SCHEMAS,
    TAKES_SCHEMA_MAP
};

#define WORD(w) w, sizeof w - 1
static const struct keyword {
    const char *word;
    size_t n; /* its length: most words are told apart by it */
    enum takes takes;
    bool (*fits)(struct check *k, struct jv rule, struct jv v); /* NULL: demands nothing, or is seen to by fits() */
} keywords[] = {
    {WORD("type"), TAKES_TYPE, type_fits},
    {WORD("const"), TAKES_ANYTHING, const_fits},
    {WORD("enum"), TAKES_LIST, enum_fits},
    {WORD("required"), TAKES_WORDS, required_fits},
    {WORD("properties"), TAKES_SCHEMA_MAP, properties_fit},
    {WORD("additionalProperties"), TAKES_SCHEMA_OR_BOOL, NULL},
    {WORD("items"), TAKES_SCHEMA, items_fit},
    {WORD("minItems"), TAKES_COUNT, min_items_fits},
    {WORD("maxItems"), TAKES_COUNT, max_items_fits},
    {WORD("uniqueItems"), TAKES_BOOL, unique_fits},
    {WORD("minLength"), TAKES_COUNT, min_length_fits},
    {WORD("maxLength"), TAKES_COUNT, max_length_fits},
    {WORD("minimum"), TAKES_NUMBER, minimum_fits},
    {WORD("maximum"), TAKES_NUMBER, maximum_fits},
    {WORD("exclusiveMinimum"), TAKES_NUMBER, above_fits},
    {WORD("minProperties"), TAKES_COUNT, min_properties_fits},
    {WORD("maxProperties"), TAKES_COUNT, max_properties_fits},
    {WORD("pattern"), TAKES_PATTERN, pattern_fits},
    {WORD("format"), TAKES_FORMAT, format_fits},
    {WORD("anyOf"), TAKES_SCHEMAS, any_fits},
    {WORD("oneOf"), TAKES_SCHEMAS, one_fits},
    {WORD("$ref"), TAKES_REF, ref_fits},
    {WORD("$defs"), TAKES_SCHEMA_MAP, NULL},
    {WORD("$schema"), TAKES_ANYTHING, NULL},
    {WORD("$id"), TAKES_ANYTHING, NULL},
    {WORD("$comment"), TAKES_ANYTHING, NULL},
    {WORD("title"), TAKES_ANYTHING, NULL},
    {WORD("description"), TAKES_ANYTHING, NULL},
    {WORD("examples"), TAKES_ANYTHING, NULL},
    {WORD("default"), TAKES_ANYTHING, NULL},
};
#undef WORD

static const struct keyword *keyword_of(str word) {
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (word.n == keywords[i].n && memcmp(word.p, keywords[i].word, word.n) == 0)
            return &keywords[i];
    return NULL;
}

/* Depth is bounded by the document's depth and the chain of $refs, both counted here. */
static bool fits(struct check *k, struct jv schema, struct jv v) { /* NOLINT(misc-no-recursion) */
    if (k->steps++ > STEPS_MOST || k->depth > 2 * k->s->depth) {
        k->exhausted = true;
        return fail(k, v, str_of(_("too large or too deep to be checked")));
    }
    bool ok = true;
    k->depth++;
    for (struct jiter it = j_iter(schema); ok && !k->exhausted && j_next(&it);) {
        const struct keyword *w = keyword_of(it.key);
        ok = w->fits ? w->fits(k, it.val, v) : true;
        if (ok && w->takes == TAKES_SCHEMA_OR_BOOL)
            ok = others_fit(k, schema, it.val, v);
    }
    k->depth--;
    return ok && !k->exhausted;
}

bool schema_check(const struct schema *s, struct arena *a, const struct json *doc, struct jv v, struct err *e) {
    struct check k = {.s = s, .doc = doc, .a = a};
    if (fits(&k, s->doc.root, v))
        return true;
    if (k.exhausted)
        return err_set(e, ERR_LIMIT, json_place(doc, v, a), "%s", _("too large or too deep to be checked"));
    return err_set(e, ERR_INPUT, json_place(doc, k.fault.at, a), "%.*s", STR_ARG(k.fault.what));
}

/* ── loading ── */

struct load {
    struct schema *s;
    struct arena *a;
    struct err *e;
};

static bool bad(struct load *l, struct jv at, const char *what) {
    return err_set(l->e, ERR_INPUT, json_place(&l->s->doc, at, l->a), "%s", what);
}

/* The C library writes out what is repeated: repetitions of groups or of repetitions could grow without end. */
static bool pattern_is_tame(str p) {
    uint64_t repeats = 0, n;
    for (size_t i = 0; i < p.n; i++) {
        if (p.p[i] != '{' && p.p[i] != '+')
            continue;
        if (i == 0 || strchr(")}+*?", p.p[i - 1]))
            return false;
        str count, rest = p.p[i] == '{' ? str_from(p, i + 1) : S("");
        str_cut(rest, '}', &count, &rest);
        for (str bound; str_next(&count, ',', &bound);)
            if (bound.n && (!str_u64(bound, &n) || (repeats += n) > REPEATS_MOST))
                return false;
    }
    return p.n <= PATTERN_MOST;
}

static void pattern_free(void *re) { regfree(re); }

/* Whether its letters, in any locale, are those of ASCII: then it means the same byte by byte, and that is far faster.
 * A point or an excluded set stands for a character, which may be of several bytes. */
static bool pattern_is_bytes(str p) {
    for (size_t i = 0; i < p.n; i++)
        if ((unsigned char)p.p[i] >= 0x80 || (p.p[i] == '[' && i + 1 < p.n && (p.p[i + 1] == '^' || p.p[i + 1] == ':')))
            return false;
    bool set = false;
    for (size_t i = 0; i < p.n; i++) {
        if (p.p[i] == '.' && !set && !(i && p.p[i - 1] == '\\'))
            return false;
        set = p.p[i] == '[' || (set && p.p[i] != ']');
    }
    return true;
}

static int pattern_compile(regex_t *re, const char *p, bool bytes) {
    locale_t c = bytes ? newlocale(LC_ALL_MASK, "C", (locale_t)0) : (locale_t)0;
    locale_t before = c ? uselocale(c) : (locale_t)0;
    int code = regcomp(re, p, REG_EXTENDED | REG_NOSUB);
    if (c) {
        uselocale(before);
        freelocale(c);
    }
    return code;
}

static bool load_pattern(struct load *l, struct jv v) {
    if (!j_is_str(v))
        return bad(l, v, _("must be text"));
    if (map_get(&l->s->patterns, j_str(v)))
        return true;
    if (!pattern_is_tame(j_str(v)))
        return bad(l, v, _("this regular expression could grow without end: no repeated groups, few repetitions"));
    regex_t *re = arena_new_of(l->a, regex_t);
    if (pattern_compile(re, arena_cstr(l->a, j_str(v)), pattern_is_bytes(j_str(v))) != 0)
        return bad(l, v, _("this is no extended regular expression"));
    arena_defer(l->a, pattern_free, re);
    map_put(&l->s->patterns, j_str(v), NULL)->value = re;
    return true;
}

static bool load_type(struct load *l, struct jv v) {
    if (j_is_str(v) && type_of(j_str(v)))
        return true;
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);)
        if (!type_of(j_str(it.val)))
            return bad(l, it.val, _("this is no type of JSON Schema"));
    return j_len(v) && j_is_arr(v) ? true : bad(l, v, _("this is no type of JSON Schema"));
}

static bool load_words(struct load *l, struct jv v) {
    for (struct jiter it = j_iter(v); j_next(&it);)
        if (!j_is_str(it.val))
            return bad(l, it.val, _("must be text"));
    return j_is_arr(v) ? true : bad(l, v, _("must be a list"));
}

static bool load_schema(struct load *l, struct jv v);

static bool load_schemas(struct load *l, struct jv v) { /* NOLINT(misc-no-recursion): json_parse bounds the depth */
    for (struct jiter it = j_iter(v); j_next(&it);)
        if (!load_schema(l, it.val))
            return false;
    return true;
}

static bool load_keyword(struct load *l, const struct keyword *w, struct jv v) { /* NOLINT(misc-no-recursion) */
    switch (w->takes) {
    case TAKES_ANYTHING: return true;
    case TAKES_TYPE: return load_type(l, v);
    case TAKES_LIST: return j_is_arr(v) && j_len(v) ? true : bad(l, v, _("must be a list"));
    case TAKES_WORDS: return load_words(l, v);
    case TAKES_COUNT: return j_is_int(v) && j_int(v, -1) >= 0 ? true : bad(l, v, _("must be a whole number"));
    case TAKES_NUMBER: return j_is_num(v) ? true : bad(l, v, _("must be a number"));
    case TAKES_BOOL: return j_is_bool(v) ? true : bad(l, v, _("must be true or false"));
    case TAKES_PATTERN: return load_pattern(l, v);
    case TAKES_FORMAT:
        return str_is(j_str(v), "date-time") || str_is(j_str(v), "uri") ? true
                                                                        : bad(l, v, _("this format is not known here"));
    case TAKES_REF: return j_ok(target_of(l->s, j_str(v))) ? true : bad(l, v, _("this reference leads nowhere"));
    case TAKES_SCHEMA: return load_schema(l, v);
    case TAKES_SCHEMA_OR_BOOL: return j_is_bool(v) || load_schema(l, v);
    case TAKES_SCHEMAS: return j_is_arr(v) && j_len(v) ? load_schemas(l, v) : bad(l, v, _("must be a list"));
    case TAKES_SCHEMA_MAP: return j_is_obj(v) ? load_schemas(l, v) : bad(l, v, _("must be an object"));
    }
    return false;
}

static bool load_schema(struct load *l, struct jv v) { /* NOLINT(misc-no-recursion): json_parse bounds the depth */
    if (!j_is_obj(v))
        return bad(l, v, _("must be an object"));
    for (struct jiter it = j_iter(v); j_next(&it);) {
        const struct keyword *w = keyword_of(it.key);
        if (!w)
            return bad(l, it.val, _("this keyword of JSON Schema is not known here"));
        if (!load_keyword(l, w, it.val))
            return false;
    }
    return true;
}

bool schema_load(struct ctx *c, struct arena *a, str text, str where, struct schema *out, struct err *e) {
    *out = (struct schema){.depth = c->limits.depth};
    map_init(&out->patterns, a);
    if (!json_parse(c, a, text, JSON_STRICT, where, &out->doc, e))
        return false;
    struct load l = {.s = out, .a = a, .e = e};
    return load_schema(&l, out->doc.root);
}

struct ours {
    struct ctx *ctx;
    const struct embedded_file *file;
    struct err *e;
};

static void *load_ours(void *arg, struct arena *a) {
    const struct ours *o = arg;
    struct schema *s = arena_new_of(a, struct schema);
    str text = str_n(o->file->bytes, o->file->size);
    return schema_load(o->ctx, a, text, str_of(o->file->name), s, o->e) ? s : NULL;
}

bool schema_ours(struct ctx *c, const struct embedded_file *file, const struct schema **out, struct err *e) {
    char name[48]; /* files of different rooms may have one name */
    int n = snprintf(name, sizeof name, "schema %p", (const void *)file->bytes);
    *out = ctx_once(c, str_n(name, (size_t)n), load_ours, &(struct ours){c, file, e});
    return *out != NULL;
}
