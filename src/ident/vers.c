/* SPDX-License-Identifier: Apache-2.0
 *
 * VERS: "vers:<scheme>/<constraint>|<constraint>…", sorted by version.
 */
#include <stdlib.h>

#include "ident/native.h"
#include "ident/version_part.h"

extern const struct ecosystem eco_datetime, eco_packagist, eco_pub, eco_pypi, eco_semver;

enum { MAX_CONSTRAINTS = 10000 };

static const struct {
    const char *name, *scheme;
} schemes[] = {{"RubyGems", "gem"},      {"Packagist", "composer"},
               {"crates.io", "cargo"},   {"Go", "golang"},
               {"ConanCenter", "conan"}, {"Debian", "deb"},
               {"Red Hat", "rpm"},       {"Alpine", "apk"},
               {"Arch Linux", "alpm"},   {"GitHub Actions", "githubactions"}};

static str scheme_of(struct arena *a, const struct ecosystem *eco) {
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (str_is(str_of(eco->name), schemes[i].name))
            return str_of(schemes[i].scheme);
    return arena_lower(a, str_of(eco->name));
}

/* ── sorting: by version, then by comparator as text ("!=", "<", "<=", "=", ">", ">=") ── */

static int rank(enum range_op op) {
    static const int ranks[] = {[RANGE_NE] = 0, [RANGE_LT] = 1, [RANGE_LE] = 2, [RANGE_EQ] = 3,
                                [RANGE_GT] = 4, [RANGE_GE] = 5, [RANGE_ANY] = 6};
    return ranks[op];
}

/* What is no version of the ecosystem stands behind those that are. */
static bool in_order(const struct ecosystem *eco, const struct constraint *x, const struct constraint *y) {
    bool valid_x = eco->valid(x->version), valid_y = eco->valid(y->version);
    int c = valid_y - valid_x;
    if (!c)
        c = valid_x ? (int)eco->compare(x->version, y->version) : str_cmp(x->version, y->version);
    if (c == ORDER_ERROR)
        c = str_cmp(x->version, y->version);
    return c < 0 || (c == 0 && rank(x->op) <= rank(y->op));
}

static void merge(const struct ecosystem *eco, struct constraint *to, const struct constraint *from, size_t mid,
                  size_t n) {
    size_t i = 0, j = mid;
    for (size_t k = 0; k < n; k++)
        to[k] = i < mid && (j == n || in_order(eco, &from[i], &from[j])) ? from[i++] : from[j++];
}

static void sort(struct arena *a, struct vers *v, const struct ecosystem *eco) {
    struct constraint *from = v->v, *to = arena_array(a, struct constraint, (size_t)v->n + 1);
    for (size_t run = 1; run < v->n; run *= 2) {
        for (size_t at = 0; at < v->n; at += 2 * run) {
            size_t n = v->n - at < 2 * run ? v->n - at : 2 * run;
            merge(eco, to + at, from + at, n < run ? n : run, n);
        }
        struct constraint *other = from;
        from = to;
        to = other;
    }
    v->v = from;
}

/* ── reading ── */

static int hex(char c) { return ch_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10; }

static bool decode(struct arena *a, str s, str *out) {
    *out = s;
    if (str_chr(s, '%') == STR_NONE)
        return true;
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        p[n] = s.p[i];
        if (s.p[i] == '%') {
            if (s.n - i < 3 || !ch_hex(s.p[i + 1]) || !ch_hex(s.p[i + 2]))
                return false;
            p[n] = (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2]));
            i += 2;
        }
        n++;
    }
    *out = str_n(p, n);
    return true;
}

static enum range_op take_comparator(str *s) {
    static const struct {
        str text;
        enum range_op op;
    } comparators[] = {{S_INIT("<="), RANGE_LE}, {S_INIT(">="), RANGE_GE}, {S_INIT("!="), RANGE_NE},
                       {S_INIT("<"), RANGE_LT},  {S_INIT(">"), RANGE_GT},  {S_INIT("="), RANGE_EQ}};
    for (size_t i = 0; i < sizeof comparators / sizeof *comparators; i++)
        if (str_starts(*s, comparators[i].text)) {
            *s = str_trim(str_from(*s, comparators[i].text.n));
            return comparators[i].op;
        }
    return RANGE_EQ;
}

static bool parse_constraint(struct arena *a, str s, const struct vers *v, struct constraint *c, str whole,
                             struct err *e) {
    *c = (struct constraint){.op = take_comparator(&s)};
    if (str_is(s, "*") && c->op == RANGE_EQ) {
        *c = (struct constraint){RANGE_ANY, s};
        return true;
    }
    if (!decode(a, s, &c->version))
        return err_set(e, ERR_INPUT, whole, _("VERS range has a %% that is not followed by two hexadecimal digits"));
    if (c->version.n == 0)
        return err_set(e, ERR_INPUT, whole, _("VERS range has a comparator without a version"));
    if (!v->eco->valid(c->version) && v->eco == &eco_datetime)
        return err_set(e, ERR_INPUT, whole, _("not a version of %s"), v->eco->name);
    return true;
}

static bool parse_constraints(struct arena *a, str s, struct vers *v, str whole, struct err *e) {
    size_t bars = 1;
    for (size_t i = 0; i < s.n; i++)
        bars += s.p[i] == '|';
    if (bars > MAX_CONSTRAINTS)
        return err_set(e, ERR_LIMIT, str_upto(whole, 80), _("VERS range has more than %d constraints"),
                       MAX_CONSTRAINTS);
    v->v = arena_array(a, struct constraint, bars);
    str field;
    while (str_next(&s, '|', &field)) {
        field = str_trim(field);
        if (field.n && !parse_constraint(a, field, v, &v->v[v->n++], whole, e))
            return false;
    }
    if (v->n == 0)
        return err_set(e, ERR_INPUT, whole, _("VERS range has no constraint"));
    for (uint32_t i = 0; i < v->n; i++)
        if (v->v[i].op == RANGE_ANY && v->n > 1)
            return err_set(e, ERR_INPUT, whole, _("\"*\" must be the only constraint of a VERS range"));
    return true;
}

static bool scheme_ok(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!ch_alnum(s.p[i]) && s.p[i] != '.' && s.p[i] != '-' && s.p[i] != '+' && s.p[i] != '_')
            return false;
    return s.n > 0;
}

bool vers_parse(struct arena *a, str text, struct vers *out, struct err *e) {
    *out = (struct vers){0};
    str s = str_trim(text), scheme, rest;
    if (!str_istarts(s, S("vers:")))
        return err_set(e, ERR_INPUT, text, _("a VERS range begins with \"vers:\""));
    s = str_from(s, 5);
    if (!str_cut(s, '/', &scheme, &rest) || !scheme_ok(scheme))
        return err_set(e, ERR_INPUT, text, _("VERS range has no scheme"));
    out->scheme = arena_lower(a, scheme);
    bool all = str_is(out->scheme, "all"), none = str_is(out->scheme, "none");
    out->eco = all || none ? &eco_semver : ecosystem_find(out->scheme);
    if (!out->eco)
        return err_set(e, ERR_INPUT, text, _("unknown VERS scheme %.*s"), STR_ARG(scheme));
    if (!parse_constraints(a, rest, out, text, e))
        return false;
    if ((all || none) && out->v[0].op != RANGE_ANY)
        return err_set(e, ERR_INPUT, text, _("VERS schemes \"all\" and \"none\" take \"*\" only"));
    sort(a, out, out->eco);
    return true;
}

/* ── writing ── */

/* What would be read as something else, and what no URL may hold. */
static bool encoded(char c) {
    return (unsigned char)c <= ' ' || (unsigned char)c >= 0x7f || strchr("|<>=!*%,/?#\"\\", c) != NULL;
}

void vers_write(const struct vers *v, struct buf *out) {
    static const char *const comparators[] = {
        [RANGE_EQ] = "", [RANGE_NE] = "!=", [RANGE_LT] = "<", [RANGE_LE] = "<=", [RANGE_GT] = ">", [RANGE_GE] = ">="};
    buf_add(out, S("vers:"));
    buf_add(out, v->scheme);
    buf_addc(out, '/');
    for (uint32_t i = 0; i < v->n; i++) {
        if (i)
            buf_addc(out, '|');
        if (v->v[i].op == RANGE_ANY) {
            buf_addc(out, '*');
            continue;
        }
        buf_addz(out, comparators[v->v[i].op]);
        for (size_t k = 0; k < v->v[i].version.n; k++) {
            char c = v->v[i].version.p[k];
            if (encoded(c))
                buf_addf(out, "%%%02X", (unsigned char)c);
            else
                buf_addc(out, c);
        }
    }
}

static bool unique(const struct vers *v) {
    for (uint32_t i = 1; i < v->n; i++)
        if (v->eco->compare(v->v[i - 1].version, v->v[i].version) == ORDER_EQUAL)
            return false;
    return true;
}

bool vers_check(str text, struct err *e) {
    struct arena *a = arena_new();
    struct vers v;
    struct buf b = {0};
    bool ok = vers_parse(a, text, &v, e);
    if (ok) {
        vers_write(&v, &b);
        ok = str_eq(buf_str(&b), text) && unique(&v);
        if (!ok)
            err_set(e, ERR_INPUT, text, _("VERS range is not in canonical form, which is %.*s"), STR_ARG(buf_str(&b)));
    }
    buf_free(&b);
    arena_free(a);
    return ok;
}

/* ── containment ── */

static bool is_upper(enum range_op op) { return op == RANGE_LT || op == RANGE_LE; }
static bool is_lower(enum range_op op) { return op == RANGE_GT || op == RANGE_GE; }

/* As PyPI compares: a bound without a local part does not see the version's. */
static enum order against(const struct vers *v, str version, str bound) {
    size_t plus = str_chr(version, '+');
    if (v->eco == &eco_pypi && plus != STR_NONE && str_chr(bound, '+') == STR_NONE)
        version = str_upto(version, plus);
    return v->eco->compare(version, bound);
}

/* Of bounds in a row that open upwards the first counts, of those that open downwards the last. So the version is
 * inside when the nearest bound below it opens upwards or the nearest above it opens downwards. */
static bool between(const struct vers *v, const enum order *at) {
    enum range_op below = RANGE_ANY, above = RANGE_ANY;
    for (uint32_t i = 0; i < v->n && above == RANGE_ANY; i++) {
        enum range_op op = v->v[i].op;
        if (!is_upper(op) && !is_lower(op))
            continue;
        if (at[i] == ORDER_GREATER || (at[i] == ORDER_EQUAL && is_upper(op)))
            below = op;
        else
            above = op;
    }
    return is_lower(below) || is_upper(above);
}

bool vers_contains(const struct vers *v, str version, bool *inside, struct err *e) {
    *inside = false;
    if (str_is(v->scheme, "all") || str_is(v->scheme, "none")) {
        *inside = v->scheme.p[0] == 'a';
        return true;
    }
    if (v->n == 0 || v->v[0].op == RANGE_ANY) {
        *inside = true;
        return v->eco->valid(version) || err_set(e, ERR_INPUT, version, _("not a version of %s"), v->eco->name);
    }
    enum order few[64], *at = v->n <= 64 ? few : malloc(v->n * sizeof *at);
    if (!at)
        abort();
    bool valid = true, equal = false, unequal = false, only_unequal = true;
    for (uint32_t i = 0; i < v->n; i++) {
        enum range_op op = v->v[i].op;
        at[i] = against(v, version, v->v[i].version);
        valid = valid && at[i] != ORDER_ERROR;
        equal = equal || (at[i] == ORDER_EQUAL && (op == RANGE_EQ || op == RANGE_LE || op == RANGE_GE));
        unequal = unequal || (at[i] == ORDER_EQUAL && op == RANGE_NE);
        only_unequal = only_unequal && op == RANGE_NE;
    }
    if (valid)
        *inside = equal || (!unequal && (only_unequal || between(v, at)));
    if (at != few)
        free(at);
    return valid || err_set(e, ERR_INPUT, version, _("not a version of %s"), v->eco->name);
}

/* ── from the ecosystem's own notation ── */

bool vers_from_native(struct arena *a, const struct ecosystem *eco, str native, struct vers *out, struct err *e) {
    struct native n = {.a = a, .eco = eco, .text = native, .published = true, .e = e};
    *out = (struct vers){.eco = eco, .scheme = scheme_of(a, eco)};
    if (!native_parse(&n))
        return false;
    out->v = arena_array(a, struct constraint, (size_t)n.terms.n * 2 + 1);
    for (uint32_t i = 0; i < n.terms.n; i++) {
        const struct native_term *t = &n.terms.v[i];
        if (t->op == RANGE_ANY) {
            /* Whatever else is said, one group that takes anything takes all. */
            out->v[0] = (struct constraint){RANGE_ANY, S("*")};
            out->n = 1;
            return true;
        }
        out->v[out->n++] = (struct constraint){t->upper.p ? RANGE_LT : t->op, t->version};
        if (t->upper.p)
            out->v[out->n++] = (struct constraint){RANGE_GE, native_canonical(a, eco, t->upper)};
    }
    /* Composer's versions are shown as semantic ones here, with the fourth number as the build, and sorted like that.
     */
    sort(a, out, eco == &eco_packagist ? &eco_pub : eco);
    return true;
}
