/* SPDX-License-Identifier: Apache-2.0
 *
 * Maven: the POM reference's version order. A version is a row of tokens, each a number or a word with "." or "-" in
 * front; a change between digits and letters counts as "-".
 */
#include "ident/version_part.h"

enum { TOKENS = 64 };

/* Words in their order; those that stand for "nothing" share a place. Others come behind, by alphabet. */
enum place { ALPHA, BETA, MILESTONE, RC, SNAPSHOT, RELEASE, SP, OTHER };
static const struct {
    str word;
    enum place place;
} words[] = {{S_INIT("alpha"), ALPHA}, {S_INIT("beta"), BETA},      {S_INIT("milestone"), MILESTONE},
             {S_INIT("rc"), RC},       {S_INIT("cr"), RC},          {S_INIT("snapshot"), SNAPSHOT},
             {S_INIT(""), RELEASE},    {S_INIT("final"), RELEASE},  {S_INIT("ga"), RELEASE},
             {S_INIT("sp"), SP},       {S_INIT("release"), RELEASE}};

struct token {
    str text;
    bool number, dash;
    enum place place;
};
struct maven {
    struct token v[TOKENS];
    unsigned n;
};

/* "a1", "b1", "m1": short for alpha, beta, milestone when a number follows at once. */
static enum place place_of(str word, bool before_digit) {
    if (word.n == 1 && before_digit) {
        char c = ch_tolower(word.p[0]);
        if (c == 'a' || c == 'b' || c == 'm')
            return c == 'a' ? ALPHA : c == 'b' ? BETA : MILESTONE;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_ieq(word, words[i].word))
            return words[i].place;
    return OTHER;
}

static bool is_null(const struct token *t) { return t->number ? digits_zero(t->text) : t->place == RELEASE; }

static str take_word(str *s) {
    size_t n = 0;
    while (n < s->n && !ch_digit(s->p[n]) && s->p[n] != '.' && s->p[n] != '-')
        n++;
    str word = str_upto(*s, n);
    *s = str_from(*s, n);
    return word;
}

/* From the end, and again from each dash on: what means nothing goes. */
static void trim(struct maven *m) {
    unsigned end = m->n;
    while (end > 1) {
        unsigned from = end;
        while (from > 1 && is_null(&m->v[from - 1]))
            from--;
        memmove(m->v + from, m->v + end, (m->n - end) * sizeof *m->v);
        m->n -= end - from;
        end = from;
        while (end > 1 && !m->v[end - 1].dash)
            end--;
        if (end > 1)
            end--;
    }
}

/* "12.10.2.jre11" is 12.10.2 built for Java 11. Those for Java 6 and 7 came one after the other and stay. */
static str without_java(str s) {
    size_t n = s.n;
    while (n && ch_digit(s.p[n - 1]))
        n--;
    str head = str_upto(s, n), java = str_from(s, n);
    if (n < 5 || head.p[n - 4] != '.' || digits_cmp(java, S("8")) < 0)
        return s;
    return str_iends(head, S("jre")) || str_iends(head, S("jdk")) ? str_upto(s, n - 4) : s;
}

static void split(str s, struct maven *m) {
    bool dash = false;
    m->n = 0;
    s = without_java(str_trim(s));
    while (m->n < TOKENS) {
        struct token *t = &m->v[m->n++];
        if (s.n == 0 || s.p[0] == '.' || s.p[0] == '-')
            *t = (struct token){.text = S("0"), .number = true, .dash = dash};
        else if (ch_digit(s.p[0]))
            *t = (struct token){.text = take_digits(&s), .number = true, .dash = dash};
        else {
            *t = (struct token){.text = take_word(&s), .dash = dash};
            t->place = place_of(t->text, s.n && ch_digit(s.p[0]));
        }
        if (s.n == 0)
            break;
        bool point = s.p[0] == '.';
        dash = !point;
        if (point || s.p[0] == '-')
            s = str_from(s, 1);
    }
    trim(m);
}

/* ".word" < "-word" < "-number" < ".number" */
static int kind(const struct token *t) { return t->number ? (t->dash ? 2 : 3) : t->dash; }

static int token_cmp(const struct token *x, const struct token *y) {
    int c = kind(x) - kind(y);
    if (c)
        return c;
    if (x->number)
        return digits_cmp(x->text, y->text);
    c = (int)x->place - (int)y->place;
    return c || x->place != OTHER ? c : str_icmp(x->text, y->text);
}

/* What the shorter version has where the other has t. */
static struct token padding(const struct token *t) {
    return t->dash || !t->number ? (struct token){.dash = t->dash, .place = RELEASE}
                                 : (struct token){.text = S("0"), .number = true};
}

static bool valid(str v) {
    v = str_trim(v);
    for (size_t i = 0; i < v.n; i++)
        if ((unsigned char)v.p[i] <= ' ')
            return false;
    return v.n > 0;
}

static enum order compare(str a, str b) {
    if (!valid(a) || !valid(b))
        return ORDER_ERROR;
    struct maven x, y;
    split(a, &x);
    split(b, &y);
    for (unsigned i = 0; i < x.n || i < y.n; i++) {
        struct token p = i < x.n ? x.v[i] : padding(&y.v[i]), q = i < y.n ? y.v[i] : padding(&x.v[i]);
        int c = token_cmp(&p, &q);
        if (c)
            return order_of(c);
    }
    return ORDER_EQUAL;
}

/* The key holds the leading numbers: a further ".number" that is not 0 beats everything else that may follow. The rest
 * is no total order (".foo" > nothing > "-alpha" > ".foo"), so behind it the key ends. */
static uint64_t key(str v) {
    if (!valid(v))
        return 0;
    struct maven m;
    struct key k = key_start();
    split(v, &m);
    key_put(&k, m.v[0].number, 1);
    if (m.v[0].number)
        key_digits(&k, m.v[0].text);
    for (unsigned i = 1; i < m.n && m.v[0].number; i++) {
        if (!m.v[i].number || m.v[i].dash || digits_zero(m.v[i].text))
            break;
        key_put(&k, 1, 1);
        key_digits(&k, m.v[i].text);
    }
    key_close(&k);
    return key_end(k);
}

static const char *const names[] = {"gradle", "clojars", NULL};
const struct ecosystem eco_maven = {"Maven", names, compare, valid, key};
