/* SPDX-License-Identifier: Apache-2.0
 *
 * Ranges as package managers and advisories write them. One notation serves nearly all: operators and versions, where a
 * comma or a blank is "and" and a bar is "or".
 */
#include "ident/native.h"

#include "ident/version_part.h"

extern const struct ecosystem eco_cargo, eco_conan, eco_go, eco_maven, eco_nginx, eco_npm, eco_nuget, eco_openssl,
    eco_packagist, eco_pypi;

enum { MAX_TERMS = 10000 };

bool native_fail(const struct native *n) {
    return err_set(n->e, ERR_INPUT, n->text, _("not a version range of %s"), n->eco->name);
}

/* Composer's ">=1.2" and "<2" begin and end before the pre-releases. */
static bool of_composer(const struct native *n, enum range_op op, str version) {
    if (n->eco != &eco_packagist || (op != RANGE_GE && op != RANGE_LT))
        return false;
    for (size_t i = 0; i < version.n; i++)
        if (!ch_digit(version.p[i]) && version.p[i] != '.')
            return false;
    return version.n > 0;
}

void native_add(struct native *n, enum range_op op, str version) {
    if (n->published)
        version = native_canonical(n->a, n->eco, version);
    else if (of_composer(n, op, version))
        version = arena_cat(n->a, version, S("-dev"));
    *vec_push(n->a, &n->terms) = (struct native_term){.op = op, .version = version, .group = n->group};
}

/* ── intervals ── */

static bool interval_ends(struct native *n, char open, str inside, char close) {
    str low, high;
    if (!str_cut(inside, ',', &low, &high)) {
        low = str_trim(low);
        if (!low.n || open != '[' || close != ']')
            return native_fail(n);
        native_add(n, RANGE_EQ, low);
        return true;
    }
    low = str_trim(low);
    high = str_trim(high);
    if (low.n)
        native_add(n, open == '[' ? RANGE_GE : RANGE_GT, low);
    if (high.n)
        native_add(n, close == ']' ? RANGE_LE : RANGE_LT, high);
    if (!low.n && !high.n)
        native_add(n, RANGE_ANY, S("*"));
    return true;
}

bool native_intervals(struct native *n) {
    str s = str_trim(n->text);
    while (s.n) {
        char open = s.p[0];
        size_t end = 1;
        while (end < s.n && s.p[end] != ']' && s.p[end] != ')')
            end++;
        if ((open != '[' && open != '(') || end == s.n)
            return native_fail(n);
        if (!interval_ends(n, open, str_n(s.p + 1, end - 1), s.p[end]))
            return false;
        n->group++;
        s = str_trim(str_from(s, end + 1));
        while (s.n && (s.p[0] == ',' || s.p[0] == '|'))
            s = str_trim(str_from(s, 1));
    }
    return n->terms.n > 0;
}

/* ── operators ── */

enum mark { MARK_OP, MARK_CARET, MARK_TILDE, MARK_PESSIMISTIC };
static const struct {
    str text;
    enum mark mark;
    enum range_op op;
} operators[] = {
    /* Longer ones before their beginnings. */
    {S_INIT("==="), MARK_OP, RANGE_EQ},         {S_INIT("=="), MARK_OP, RANGE_EQ},
    {S_INIT("=<"), MARK_OP, RANGE_LE},          {S_INIT("=>"), MARK_OP, RANGE_GE},
    {S_INIT("<="), MARK_OP, RANGE_LE},          {S_INIT(">="), MARK_OP, RANGE_GE},
    {S_INIT("<<"), MARK_OP, RANGE_LT},          {S_INIT(">>"), MARK_OP, RANGE_GT},
    {S_INIT("<>"), MARK_OP, RANGE_NE},          {S_INIT("!="), MARK_OP, RANGE_NE},
    {S_INIT("~>"), MARK_PESSIMISTIC, RANGE_EQ}, {S_INIT("~="), MARK_PESSIMISTIC, RANGE_EQ},
    {S_INIT("<"), MARK_OP, RANGE_LT},           {S_INIT(">"), MARK_OP, RANGE_GT},
    {S_INIT("="), MARK_OP, RANGE_EQ},           {S_INIT("^"), MARK_CARET, RANGE_EQ},
    {S_INIT("~"), MARK_TILDE, RANGE_EQ},        {S_INIT("!"), MARK_OP, RANGE_NE},
};

static bool take_operator(str *s, enum mark *mark, enum range_op *op) {
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (str_starts(*s, operators[i].text)) {
            *s = str_trim(str_from(*s, operators[i].text.n));
            *mark = operators[i].mark;
            *op = operators[i].op;
            return true;
        }
    *mark = MARK_OP;
    *op = RANGE_EQ;
    return false;
}

static bool ends_version(char c) { return ch_space(c) || c == ',' || c == '|' || c == '"' || c == '\''; }

static str take_version(str *s) {
    size_t n = 0;
    while (n < s->n && !ends_version(s->p[n]) && !(n && (s->p[n] == '<' || s->p[n] == '>')))
        n++;
    str version = str_upto(*s, n);
    *s = str_from(*s, n);
    return version;
}

static bool any_word(str s) {
    return str_is(s, "*") || str_ieq(s, S("x")) || str_ieq(s, S("any")) || str_ieq(s, S("all")) ||
           str_ieq(s, S("latest"));
}

static bool has_wildcard(const struct native *n, str s) {
    if (n->eco == &eco_conan)
        return false;
    return str_ends(s, S(".*")) || str_ends(s, S(".x")) || str_ends(s, S(".X"));
}

static bool of_npm(const struct native *n) { return !n->published && n->eco == &eco_npm; }

/* npm and Cargo read a version of less than three numbers as one with wildcards: "<=2" takes 2.9.9 in. */
static str with_wildcard(const struct native *n, str version) {
    size_t dots = 0;
    if (n->published || (n->eco != &eco_npm && n->eco != &eco_cargo))
        return version;
    str numbers = without_v(version);
    for (size_t i = 0; i < numbers.n; i++) {
        dots += numbers.p[i] == '.';
        if (!ch_digit(numbers.p[i]) && numbers.p[i] != '.')
            return version;
    }
    return numbers.n && dots < 2 ? arena_cat(n->a, numbers, S(".x")) : version;
}

static void add_any(struct native *n, enum mark mark, enum range_op op) {
    if (n->eco == &eco_conan && n->published)
        native_add(n, RANGE_GE, S("0.0.0"));
    else if (of_npm(n) && mark == MARK_OP && (op == RANGE_LT || op == RANGE_GT))
        native_add(n, RANGE_LT, S("0.0.0-0")); /* nothing is beyond every version */
    else
        native_add(n, RANGE_ANY, S("*"));
}

static bool add_term(struct native *n, bool operated, enum mark mark, enum range_op op, str version) {
    if (of_npm(n)) {
        version = str_starts(version, S("=")) ? str_from(version, 1) : version;
        mark = mark == MARK_PESSIMISTIC ? MARK_TILDE : mark;
    }
    if (n->eco == &eco_packagist && str_chr(version, '@') != STR_NONE)
        version = str_upto(version, str_chr(version, '@'));
    if (n->terms.n >= MAX_TERMS || !version.n)
        return native_fail(n);
    if (any_word(version)) {
        add_any(n, mark, op);
        return true;
    }
    if (mark == MARK_CARET || (!operated && n->eco == &eco_cargo && !has_wildcard(n, version)))
        return native_expand(n, SHAPE_CARET, op, version);
    if (mark == MARK_TILDE)
        return native_expand(n, SHAPE_TILDE, op, version);
    if (mark == MARK_PESSIMISTIC)
        return native_expand(n, SHAPE_PESSIMISTIC, op, version);
    version = with_wildcard(n, version);
    if (has_wildcard(n, version))
        return native_expand(n, SHAPE_WILDCARD, op, version);
    native_add(n, op, version);
    return true;
}

/* "1.2 - 2.3": the second end, when one follows. */
static bool take_hyphen(str *s, str *high) {
    str rest = str_trim(*s);
    if (!str_starts(rest, S("- ")))
        return false;
    rest = str_trim(str_from(rest, 2));
    *high = take_version(&rest);
    *s = rest;
    return true;
}

static bool skip_between(struct native *n, str *s) {
    size_t before = s->n;
    while (s->n && ends_version(s->p[0])) {
        if (s->p[0] == '|' && n->terms.n && n->terms.v[n->terms.n - 1].group == n->group)
            n->group++;
        *s = str_from(*s, 1);
    }
    return s->n != before;
}

/* Hex joins with words. */
static bool take_join(struct native *n, str *s) {
    if (str_istarts(*s, S("and ")))
        *s = str_from(*s, 4);
    else if (str_istarts(*s, S("or "))) {
        *s = str_from(*s, 3);
        n->group++;
    } else
        return false;
    return true;
}

static bool parse_operators(struct native *n, str s) {
    for (;;) {
        skip_between(n, &s);
        if (s.n == 0)
            return true;
        if (take_join(n, &s))
            continue;
        if (str_istarts(s, S("include_prerelease="))) {
            take_version(&s);
            continue;
        }
        enum mark mark;
        enum range_op op;
        bool operated = take_operator(&s, &mark, &op);
        while (s.n && (s.p[0] == '"' || s.p[0] == '\''))
            s = str_from(s, 1);
        str version = take_version(&s), high;
        if (!operated && take_hyphen(&s, &high)) {
            if (!high.n)
                return native_fail(n);
            if (of_npm(n)) {
                if (!add_term(n, true, MARK_OP, RANGE_GE, version) || !add_term(n, true, MARK_OP, RANGE_LE, high))
                    return false;
                continue;
            }
            native_add(n, RANGE_GE, version);
            native_add(n, RANGE_LE, high);
        } else if (!add_term(n, operated, mark, op, version)) {
            return false;
        }
    }
}

/* ── notations of their own ── */

/* "1.5.0+, 1.4.1+": a version with an even minor number is of a stable branch and reaches to its end; "a-b" a range. */
static bool parse_nginx(struct native *n) {
    str rest = n->text, field, low, high;
    while (str_next(&rest, ',', &field)) {
        field = str_trim(field);
        if (str_ends(field, S("+"))) {
            str numbers = str_upto(field, field.n - 1), major, minor;
            uint64_t k;
            native_add(n, RANGE_GE, numbers);
            str_cut(numbers, '.', &major, &minor);
            str_cut(minor, '.', &minor, &high);
            if (str_u64(minor, &k) && k % 2 == 0)
                native_add(n, RANGE_LT, arena_printf(n->a, "%.*s.%llu.0", STR_ARG(major), (unsigned long long)k + 1));
        } else if (any_word(field)) {
            native_add(n, RANGE_ANY, S("*"));
        } else if (str_cut(field, '-', &low, &high)) {
            native_add(n, RANGE_GE, str_trim(low));
            native_add(n, RANGE_LE, str_trim(high));
        } else if (field.n && !str_ieq(field, S("none"))) {
            native_add(n, RANGE_EQ, field);
        }
        n->group++;
    }
    return true;
}

static bool parse_list(struct native *n) {
    str rest = n->text, field;
    while (str_next(&rest, ',', &field)) {
        field = str_trim(field);
        if (field.n && !parse_operators(n, field))
            return false;
        n->group++;
    }
    return true;
}

bool native_parse(struct native *n) {
    n->text = str_trim(n->text);
    bool interval = n->text.n && (n->text.p[0] == '[' || n->text.p[0] == '(');
    if (interval && n->eco == &eco_conan && n->text.p[n->text.n - 1] == ']')
        return parse_operators(n, str_n(n->text.p + 1, n->text.n - 2));
    if (interval)
        return native_intervals(n);
    if (n->eco == &eco_nginx)
        return parse_nginx(n);
    if (n->eco == &eco_openssl && str_chr(n->text, '<') == STR_NONE && str_chr(n->text, '>') == STR_NONE)
        return parse_list(n);
    return parse_operators(n, n->text);
}

/* ── does a version satisfy it? ── */

/* PEP 440: a bound without a local part does not see the version's. */
static str seen(const struct ecosystem *eco, str version, str bound) {
    size_t plus = str_chr(version, '+');
    return eco == &eco_pypi && plus != STR_NONE && str_chr(bound, '+') == STR_NONE ? str_upto(version, plus) : version;
}

/* The release of a PEP 440 version: the numbers it begins with, and its epoch. */
static str release_of(str version) {
    size_t n = 0;
    while (n < version.n && (ch_digit(version.p[n]) || version.p[n] == '.' || version.p[n] == '!'))
        n++;
    while (n && version.p[n - 1] == '.')
        n--;
    return str_upto(version, n);
}

/* PEP 440: "<2" leaves the pre-releases of 2 out, ">2" its post-releases and local versions. */
static bool apart(const struct ecosystem *eco, enum range_op op, str version, str bound) {
    str release = release_of(bound);
    if (eco != &eco_pypi || (op != RANGE_LT && op != RANGE_GT) ||
        eco->compare(release_of(version), release) != ORDER_EQUAL)
        return true;
    if (op == RANGE_LT)
        return release.n != bound.n;
    return str_chr(version, '+') == STR_NONE &&
           (str_find(version, S("post")) == STR_NONE || str_find(bound, S("post")) != STR_NONE);
}

static bool term_holds(const struct native *n, const struct native_term *t, str version, bool *valid) {
    if (t->op == RANGE_ANY)
        return true;
    bool fits = apart(n->eco, t->op, version, t->version);
    version = seen(n->eco, version, t->version);
    enum order o = n->eco->compare(version, t->version);
    *valid = *valid && o != ORDER_ERROR;
    if (t->upper.p)
        return o == ORDER_LESS || n->eco->compare(version, t->upper) != ORDER_LESS;
    switch (t->op) {
    case RANGE_EQ: return o == ORDER_EQUAL;
    case RANGE_NE: return o != ORDER_EQUAL;
    case RANGE_LT: return fits && o == ORDER_LESS;
    case RANGE_LE: return o == ORDER_LESS || o == ORDER_EQUAL;
    case RANGE_GT: return fits && o == ORDER_GREATER;
    case RANGE_GE: return o == ORDER_GREATER || o == ORDER_EQUAL;
    case RANGE_ANY: return true;
    }
    return false;
}

bool range_satisfies(struct arena *a, const struct ecosystem *eco, str native, str version, bool *inside,
                     struct err *e) {
    struct native n = {.a = a, .eco = eco, .text = native, .e = e};
    if (!native_parse(&n))
        return false;
    bool valid = true, group_holds = true;
    *inside = n.terms.n == 0;
    for (uint32_t i = 0; i < n.terms.n; i++) {
        group_holds = group_holds && term_holds(&n, &n.terms.v[i], version, &valid);
        if (i + 1 == n.terms.n || n.terms.v[i + 1].group != n.terms.v[i].group) {
            *inside = *inside || group_holds;
            group_holds = true;
        }
    }
    return valid || err_set(e, ERR_INPUT, version, _("not a version of %s"), eco->name);
}
