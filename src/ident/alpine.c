/* SPDX-License-Identifier: Apache-2.0
 *
 * Alpine's apk: digits{.digits}{letter{digits}}{_suffix{digits}}{~hash}{-r digits}. Tokens are compared in turn; where
 * the kinds differ, the kind that comes later in the grammar is the smaller version, and a pre-release suffix the
 * smallest of all.
 */
#include "ident/version_part.h"

enum kind { FIRST, NUMBER, LETTER, SUFFIX, SUFFIX_NUMBER, HASH, REVISION, END, INVALID };

struct token {
    enum kind kind;
    str text;   /* digits, hash */
    int suffix; /* place among the suffixes (negative: before the release), or the letter */
};

/* Longer names before their prefixes. */
static const struct {
    str name;
    int place;
} suffixes[] = {{S_INIT("alpha"), -4}, {S_INIT("beta"), -3}, {S_INIT("pre"), -2},
                {S_INIT("rc"), -1},    {S_INIT("cvs"), 1},   {S_INIT("svn"), 2},
                {S_INIT("git"), 3},    {S_INIT("hg"), 4},    {S_INIT("p"), 5}};

static struct token suffix_token(str *s) {
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        str after = str_from(*s, suffixes[i].name.n);
        if (str_starts(*s, suffixes[i].name) && (after.n == 0 || !ch_lower(after.p[0]))) {
            *s = after;
            return (struct token){.kind = SUFFIX, .suffix = suffixes[i].place};
        }
    }
    return (struct token){.kind = INVALID};
}

static struct token hash_token(str *s) {
    size_t n = 0;
    while (n < s->n && (ch_digit(s->p[n]) || (s->p[n] >= 'a' && s->p[n] <= 'f')))
        n++;
    struct token t = {.kind = n ? HASH : INVALID, .text = str_upto(*s, n)};
    *s = str_from(*s, n);
    return t;
}

static struct token digits_token(str *s, enum kind kind) {
    str digits = take_digits(s);
    return (struct token){.kind = digits.n ? kind : INVALID, .text = digits};
}

static struct token letter_token(str *s) {
    struct token t = {.kind = LETTER, .suffix = (unsigned char)s->p[0]};
    *s = str_from(*s, 1);
    return t;
}

/* The token behind one of kind `before`. */
static struct token next(str *s, enum kind before) {
    const struct token bad = {.kind = INVALID};
    if (s->n == 0)
        return (struct token){.kind = before >= INVALID ? INVALID : END};
    char c = s->p[0];
    if (ch_lower(c))
        return before <= NUMBER ? letter_token(s) : bad;
    if (ch_digit(c))
        return before == SUFFIX ? digits_token(s, SUFFIX_NUMBER) : before == LETTER ? digits_token(s, NUMBER) : bad;
    str rest = str_from(*s, 1);
    struct token t = bad;
    /* "10.2.22.r0" is in use: the point may stand before a letter. */
    if (c == '.' && before <= NUMBER)
        t = rest.n && ch_lower(rest.p[0]) ? letter_token(&rest) : digits_token(&rest, NUMBER);
    else if (c == '_' && before <= SUFFIX_NUMBER)
        t = suffix_token(&rest);
    else if (c == '~' && before < HASH)
        t = hash_token(&rest);
    else if (c == '-' && before < REVISION && rest.n && rest.p[0] == 'r') {
        rest = str_from(rest, 1);
        t = digits_token(&rest, REVISION);
    }
    *s = rest;
    return t;
}

static int text_cmp(const struct token *x, const struct token *y) {
    /* As in Gentoo: a number with a leading zero counts like the digits behind a decimal point. */
    bool fraction = x->kind == NUMBER && (x->text.p[0] == '0' || y->text.p[0] == '0');
    return fraction || x->kind == HASH ? str_cmp(x->text, y->text) : digits_cmp(x->text, y->text);
}

static int token_cmp(const struct token *x, const struct token *y) {
    return x->kind == LETTER || x->kind == SUFFIX ? x->suffix - y->suffix : text_cmp(x, y);
}

static bool valid(str v) {
    v = str_trim(v);
    struct token t = digits_token(&v, FIRST);
    while (t.kind < END)
        t = next(&v, t.kind);
    return t.kind == END;
}

static int tokens_cmp(str a, str b) {
    struct token x = digits_token(&a, FIRST), y = digits_token(&b, FIRST);
    while (x.kind == y.kind && x.kind < END) {
        int c = token_cmp(&x, &y);
        if (c)
            return c;
        x = next(&a, x.kind);
        y = next(&b, y.kind);
    }
    if (x.kind == y.kind)
        return 0;
    if (x.kind == SUFFIX && x.suffix < 0)
        return -1;
    if (y.kind == SUFFIX && y.suffix < 0)
        return 1;
    return x.kind > y.kind ? -1 : 1;
}

/* ── strings that are no versions ──
 * Compared as far as they are; a missing revision is -r0 then. What follows only says that something does: the version
 * without a tail is the greater one. */

struct loose {
    str head, revision, tail;
    bool has_revision;
};

static void loosely(str s, struct loose *v) {
    str rest = s;
    *v = (struct loose){0};
    struct token t = digits_token(&rest, FIRST);
    while (t.kind < REVISION) {
        v->head = str_upto(s, s.n - rest.n);
        t = next(&rest, t.kind);
    }
    rest = str_from(s, v->head.n);
    if (str_starts(rest, S("-r"))) {
        rest = str_from(rest, 2);
        v->revision = take_digits(&rest);
        v->has_revision = true;
    }
    v->tail = rest;
}

static int loose_cmp(str a, str b) {
    struct loose x, y;
    loosely(a, &x);
    loosely(b, &y);
    if (x.tail.n && y.tail.n && !x.has_revision && !y.has_revision)
        return str_cmp(a, b);
    int c = x.head.n && y.head.n ? tokens_cmp(x.head, y.head) : (x.head.n > 0) - (y.head.n > 0);
    if (!c)
        c = digits_cmp(x.revision, y.revision);
    return c ? c : (x.tail.n == 0) - (y.tail.n == 0);
}

static enum order compare(str a, str b) {
    a = str_trim(a);
    b = str_trim(b);
    if (!a.n || !b.n)
        return ORDER_ERROR;
    return order_of(valid(a) && valid(b) ? tokens_cmp(a, b) : loose_cmp(a, b));
}

/* A number with a leading zero compares as text with any other number in its place, so the key stops before it: what a
 * key may hold of a later number is only that it is there. */
static uint64_t key(str v) {
    v = str_trim(v);
    if (!valid(v))
        return 0;
    struct key k = key_start();
    key_digits(&k, digits_token(&v, FIRST).text);
    return key_end(k);
}

static const char *const names[] = {"apk",          "Wolfi",      "Chainguard",
                                    "MinimOS",      "Alpaquita",  "BellSoft Hardened Containers",
                                    "postmarketOS", "CleanStart", NULL};
const struct ecosystem eco_alpine = {"Alpine", names, compare, valid, key};
