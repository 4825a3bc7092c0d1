/* SPDX-License-Identifier: Apache-2.0
 *
 * Notations that stand for a lower and an upper bound, and the forms of versions VERS wants.
 */
#include "ident/native.h"
#include "ident/pypi.h"
#include "ident/version_part.h"

extern const struct ecosystem eco_cargo, eco_conan, eco_go, eco_hex, eco_npm, eco_nuget, eco_packagist, eco_pypi,
    eco_rubygems;

enum { NUMBERS = 8 };

/* The numbers a version begins with. */
struct numbers {
    uint64_t v[NUMBERS];
    unsigned n;
    str rest;
};

static bool numbers_of(str s, struct numbers *out) {
    *out = (struct numbers){0};
    s = without_v(s);
    while (out->n < NUMBERS && s.n && ch_digit(s.p[0])) {
        if (!str_u64(take_digits(&s), &out->v[out->n]) || out->v[out->n] == UINT64_MAX)
            return false;
        out->n++;
        if (s.n < 2 || s.p[0] != '.' || !ch_digit(s.p[1]))
            break;
        s = str_from(s, 1);
    }
    out->rest = s;
    return true;
}

/* The first `keep` numbers, the last of them one up, then zeros up to `fill` numbers. */
static str bumped(struct arena *a, const struct numbers *x, unsigned keep, unsigned fill) {
    struct buf b = {0};
    for (unsigned i = 0; i < keep || i < fill; i++) {
        if (i)
            buf_addc(&b, '.');
        buf_u64(&b, i >= keep ? 0 : (i < x->n ? x->v[i] : 0) + (i + 1 == keep));
    }
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

static unsigned fill_of(const struct ecosystem *eco) {
    return eco == &eco_conan || eco == &eco_rubygems || eco == &eco_pypi ? 0 : 3;
}

/* PEP 440 matches a beginning: 1.0.dev1 is 1.*, 2a1 is not. */
static bool of_pypi(const struct native *n) { return !n->published && n->eco == &eco_pypi; }

/* A bound below the pre-releases of what comes next. VERS as published says so for Conan only. */
static str below(const struct native *n, str bound) {
    static const struct {
        const struct ecosystem *eco;
        str lowest; /* no pre-release is lower */
    } ends[] = {
        {&eco_npm, S_INIT("-0")},     {&eco_cargo, S_INIT("-0")},    {&eco_hex, S_INIT("-0")},
        {&eco_pypi, S_INIT(".dev0")}, {&eco_rubygems, S_INIT(".A")}, {&eco_packagist, S_INIT("-dev")},
    };
    if (n->eco == &eco_conan)
        return arena_cat(n->a, bound, S("-"));
    for (size_t i = 0; !n->published && i < sizeof ends / sizeof *ends; i++)
        if (n->eco == ends[i].eco)
            return arena_cat(n->a, bound, ends[i].lowest);
    return bound;
}

static str upper_bound(const struct native *n, const struct numbers *x, unsigned keep) {
    return below(n, bumped(n->a, x, keep, fill_of(n->eco)));
}

static bool wild(str s) { return s.n == 1 && (s.p[0] == '*' || s.p[0] == 'x' || s.p[0] == 'X'); }

/* "1.2.*" → "1.2"; absent when the version has no wildcard. */
static str without_wildcards(str s) {
    str head, tail;
    bool found = false;
    while (s.n && str_rcut(s, '.', &head, &tail) && wild(tail)) {
        s = head;
        found = true;
    }
    return found ? s : (str){NULL, 0};
}

static void bounds(struct native *n, str lower, str upper) {
    native_add(n, RANGE_GE, lower);
    native_add(n, RANGE_LT, upper);
}

static bool wildcard(struct native *n, enum range_op op, str version) {
    struct numbers x;
    str head = without_wildcards(version);
    if (!head.p || !numbers_of(head, &x) || !x.n)
        return native_fail(n);
    str upper = upper_bound(n, &x, x.n), lower = head;
    if (of_pypi(n))
        lower = arena_cat(n->a, head, S(".dev0"));
    switch (op) {
    case RANGE_NE:
        native_add(n, RANGE_NE, lower);
        n->terms.v[n->terms.n - 1].upper = upper;
        break;
    case RANGE_LT: native_add(n, RANGE_LT, lower); break;
    case RANGE_LE: native_add(n, RANGE_LT, upper); break;
    case RANGE_GT: native_add(n, RANGE_GE, upper); break;
    case RANGE_GE:
        native_add(n, RANGE_GE, lower);
        if (n->published)
            native_add(n, RANGE_LT, upper);
        break;
    case RANGE_EQ:
    case RANGE_ANY: bounds(n, lower, upper); break;
    }
    return true;
}

/* Up to the leftmost number that is not zero. */
static bool caret(struct native *n, str version) {
    str head = without_wildcards(version);
    struct numbers x;
    if (!numbers_of(head.p ? head : version, &x) || !x.n)
        return native_fail(n);
    unsigned keep = 1;
    while (keep < x.n && keep < 3 && x.v[keep - 1] == 0)
        keep++;
    bounds(n, head.p ? head : version, upper_bound(n, &x, keep));
    return true;
}

/* "~1.2.3-pre" as the NpmSpec of python-semanticversion splits it, which is what the published VERS forms show. */
static void tilde_pre(struct native *n, str version, const struct numbers *x) {
    struct numbers release = *x;
    str base = arena_printf(n->a, "%llu.%llu.%llu", (unsigned long long)x->v[0], (unsigned long long)x->v[1],
                            (unsigned long long)x->v[2]);
    native_add(n, RANGE_GE, version);
    native_add(n, RANGE_LT, x->v[2] ? bumped(n->a, &release, 2, 3) : base);
    native_add(n, RANGE_GE, base);
    native_add(n, RANGE_LT, bumped(n->a, &release, 3, 3));
}

/* npm, Cargo, Conan: the patch (or minor) may rise. Composer: the last number given may. */
static bool tilde(struct native *n, str version) {
    str head = without_wildcards(version);
    struct numbers x;
    if (!numbers_of(head.p ? head : version, &x) || !x.n)
        return native_fail(n);
    if (n->published && n->eco == &eco_npm && x.n == 3 && x.rest.n) {
        tilde_pre(n, version, &x);
        return true;
    }
    unsigned keep = x.n > 2 ? 2 : x.n;
    if (n->eco == &eco_packagist && x.n > 1)
        keep = x.n - 1;
    bounds(n, head.p ? head : version, upper_bound(n, &x, keep));
    return true;
}

/* RubyGems, Hex, PyPI: the last number given may rise. */
static bool pessimistic(struct native *n, str version) {
    struct numbers x;
    if (!numbers_of(version, &x) || !x.n)
        return native_fail(n);
    str upper = bumped(n->a, &x, x.n > 1 ? x.n - 1 : 1, n->eco == &eco_hex ? 3 : 0);
    bounds(n, version, n->eco == &eco_conan ? upper : below(n, upper));
    return true;
}

bool native_expand(struct native *n, enum native_shape shape, enum range_op op, str version) {
    switch (shape) {
    case SHAPE_CARET: return caret(n, version);
    case SHAPE_TILDE: return tilde(n, version);
    case SHAPE_PESSIMISTIC: return pessimistic(n, version);
    case SHAPE_WILDCARD: return wildcard(n, op, version);
    }
    return native_fail(n);
}

/* ── how VERS shows a version ── */

static void number_add(struct buf *b, str digits) {
    str s = without_zeros(digits);
    buf_add(b, s.n ? s : S("0"));
}

/* Three numbers without leading zeros; a fourth becomes the build, what follows the pre-release. */
static void coerce(struct buf *b, str s) {
    unsigned n = 0;
    for (; n < 3 && s.n && ch_digit(s.p[0]); n++) {
        if (n)
            buf_addc(b, '.');
        number_add(b, take_digits(&s));
        if (n == 2 || s.n < 2 || s.p[0] != '.' || !ch_digit(s.p[1])) {
            n++;
            break;
        }
        s = str_from(s, 1);
    }
    for (; n < 3; n++)
        buf_add(b, S(".0"));
    if (s.n == 0)
        return;
    bool build = s.p[0] == '+' || s.p[0] == '.';
    buf_addc(b, build ? '+' : '-');
    if (build || s.p[0] == '-')
        s = str_from(s, 1);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        buf_addc(b, ch_alnum(c) || c == '.' || c == '-' ? c : c != '+' ? '-' : build ? '.' : '+');
        build = build || c == '+';
    }
}

static void pep440_write(struct buf *b, const struct pep440 *v) {
    static const char *const pre[] = {"", "a", "b", "rc"};
    if (v->epoch.p && !digits_zero(v->epoch)) {
        number_add(b, v->epoch);
        buf_addc(b, '!');
    }
    str rest = v->release, number;
    for (bool first = true; str_next(&rest, '.', &number); first = false) {
        if (!first)
            buf_addc(b, '.');
        number_add(b, number);
    }
    if (v->pre) {
        buf_addz(b, pre[v->pre]);
        number_add(b, v->pre_number);
    }
    if (v->post.p) {
        buf_add(b, S(".post"));
        number_add(b, v->post);
    }
    if (v->dev.p) {
        buf_add(b, S(".dev"));
        number_add(b, v->dev);
    }
    if (!v->local.p)
        return;
    buf_addc(b, '+');
    for (size_t i = 0; i < v->local.n; i++)
        buf_addc(b, v->local.p[i] == '-' || v->local.p[i] == '_' ? '.' : ch_tolower(v->local.p[i]));
}

str native_canonical(struct arena *a, const struct ecosystem *eco, str version) {
    struct pep440 v;
    struct buf b = {0};
    if (eco == &eco_npm || eco == &eco_packagist || eco == &eco_go) {
        version = without_v(version);
        if (version.n && ch_digit(version.p[0]))
            coerce(&b, version);
    } else if (eco == &eco_pypi && pep440_split(version, &v)) {
        pep440_write(&b, &v);
    }
    if (b.n)
        version = arena_str(a, buf_str(&b));
    buf_free(&b);
    return version;
}
