/* SPDX-License-Identifier: Apache-2.0
 *
 * PyPI: PEP 440. [N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local], with the spellings its appendix B accepts.
 */
#include "ident/pypi.h"

#include "ident/version_part.h"

static void skip_separator(str *s) {
    if (s->n && (s->p[0] == '.' || s->p[0] == '-' || s->p[0] == '_'))
        *s = str_from(*s, 1);
}

/* Takes one of the words, with an optional separator before it. */
static bool take_word(str *s, const str *words, size_t n, size_t *which) {
    str rest = *s;
    skip_separator(&rest);
    for (size_t i = 0; i < n; i++)
        if (str_istarts(rest, words[i])) {
            *s = str_from(rest, words[i].n);
            *which = i;
            return true;
        }
    return false;
}

/* The number behind a word, with an optional separator; none is an implicit 0. */
static str take_number(str *s) {
    str rest = *s;
    skip_separator(&rest);
    str digits = take_digits(&rest);
    if (digits.n)
        *s = rest;
    return digits.n ? digits : S("0");
}

static void take_pre(str *s, struct pep440 *v) {
    /* Longer words before their prefixes. */
    static const str words[] = {S_INIT("alpha"),   S_INIT("a"),   S_INIT("beta"), S_INIT("b"),
                                S_INIT("preview"), S_INIT("pre"), S_INIT("rc"),   S_INIT("c")};
    static const enum pep440_pre kinds[] = {PRE_A, PRE_A, PRE_B, PRE_B, PRE_RC, PRE_RC, PRE_RC, PRE_RC};
    size_t which;
    if (take_word(s, words, sizeof words / sizeof *words, &which)) {
        v->pre = kinds[which];
        v->pre_number = take_number(s);
    }
}

static void take_post(str *s, struct pep440 *v) {
    static const str words[] = {S_INIT("post"), S_INIT("rev"), S_INIT("r")};
    size_t which;
    str rest = str_from(*s, 1);
    if (s->n > 1 && s->p[0] == '-' && ch_digit(rest.p[0])) {
        v->post = take_digits(&rest);
        *s = rest;
    } else if (take_word(s, words, sizeof words / sizeof *words, &which)) {
        v->post = take_number(s);
    }
}

static bool take_local(str *s, struct pep440 *v) {
    if (s->n == 0 || s->p[0] != '+')
        return true;
    v->local = str_from(*s, 1);
    *s = str_from(*s, s->n);
    bool before = false;
    for (size_t i = 0; i < v->local.n; i++) {
        bool letter = ch_alnum(v->local.p[i]);
        if (!letter && (!before || !(v->local.p[i] == '.' || v->local.p[i] == '-' || v->local.p[i] == '_')))
            return false;
        before = letter;
    }
    return before;
}

bool pep440_split(str s, struct pep440 *v) {
    static const str dev[] = {S_INIT("dev")};
    *v = (struct pep440){0};
    s = str_trim(s);
    if (s.n && (s.p[0] | 0x20) == 'v')
        s = str_from(s, 1);
    str rest = s, digits = take_digits(&rest);
    if (digits.n && rest.n && rest.p[0] == '!') {
        v->epoch = digits;
        s = str_from(rest, 1);
    }
    size_t n = 0, which;
    while (n < s.n && (ch_digit(s.p[n]) || (n && s.p[n] == '.' && n + 1 < s.n && ch_digit(s.p[n + 1]))))
        n++;
    v->release = str_upto(s, n);
    s = str_from(s, n);
    if (n == 0)
        return false;
    take_pre(&s, v);
    take_post(&s, v);
    if (take_word(&s, dev, 1, &which))
        v->dev = take_number(&s);
    return take_local(&s, v) && s.n == 0;
}

static int release_cmp(str a, str b) {
    while (a.n || b.n) {
        str x = take_digits(&a), y = take_digits(&b);
        int c = digits_cmp(x, y);
        if (c)
            return c;
        a = str_from(a, 1);
        b = str_from(b, 1);
    }
    return 0;
}

/* Where the pre-release part sorts: "1.dev1" before "1a1" before "1" = "1.post1". */
static int pre_place(const struct pep440 *v) { return v->pre ? (int)v->pre : v->dev.p && !v->post.p ? 0 : PRE_RC + 1; }

int pep440_public_cmp(const struct pep440 *a, const struct pep440 *b) {
    int c = digits_cmp(a->epoch, b->epoch);
    if (!c)
        c = release_cmp(a->release, b->release);
    if (!c)
        c = pre_place(a) - pre_place(b);
    if (!c && a->pre)
        c = digits_cmp(a->pre_number, b->pre_number);
    if (!c)
        c = (a->post.p != NULL) - (b->post.p != NULL);
    if (!c)
        c = digits_cmp(a->post, b->post);
    if (!c)
        c = (b->dev.p != NULL) - (a->dev.p != NULL);
    return c ? c : digits_cmp(a->dev, b->dev);
}

static bool local_next(str *rest, str *field) {
    if (!rest->p)
        return false;
    size_t n = 0;
    while (n < rest->n && ch_alnum(rest->p[n]))
        n++;
    *field = str_upto(*rest, n);
    *rest = n < rest->n ? str_from(*rest, n + 1) : (str){NULL, 0};
    return true;
}

static int local_cmp(str a, str b) {
    str x, y;
    for (;;) {
        bool more_a = local_next(&a, &x), more_b = local_next(&b, &y);
        if (!more_a || !more_b)
            return more_a - more_b;
        bool nx = all_digits(x), ny = all_digits(y);
        int c = nx && ny ? digits_cmp(x, y) : nx != ny ? (nx ? 1 : -1) : str_icmp(x, y);
        if (c)
            return c;
    }
}

static enum order compare(str a, str b) {
    struct pep440 x, y;
    if (!pep440_split(a, &x) || !pep440_split(b, &y))
        return ORDER_ERROR;
    int c = pep440_public_cmp(&x, &y);
    return order_of(c ? c : local_cmp(x.local, y.local));
}

static bool valid(str v) {
    struct pep440 x;
    return pep440_split(v, &x);
}

/* Trailing zeros of the release count for nothing, so three numbers always stand in the key; a fourth one ends it. */
static uint64_t key(str v) {
    struct pep440 x;
    if (!pep440_split(v, &x))
        return 0;
    struct key k = key_start();
    key_digits(&k, x.epoch);
    str s = x.release;
    for (unsigned i = 0; i < 3; i++) {
        key_digits(&k, take_digits(&s));
        s = str_from(s, 1);
    }
    bool more = false;
    while (s.n) {
        more = more || !digits_zero(take_digits(&s));
        s = str_from(s, 1);
    }
    key_put(&k, more, 1);
    if (!more) {
        key_put(&k, (uint64_t)pre_place(&x), 3);
        if (x.pre)
            key_digits(&k, x.pre_number);
    }
    return key_end(k);
}

/* ── before PEP 440 ──
 * Runs of digits, of letters, "." and "-". Digits are zero-padded to 8, words get a "*" in front; "pre", "preview",
 * "c", "rc" and "dev" have fixed spellings; "-" is dropped before a release-like word and trailing zeros go. */

enum { LEGACY_PARTS = 64 };
struct legacy {
    str text[LEGACY_PARTS];
    bool word[LEGACY_PARTS];
    unsigned n;
};

static bool legacy_before_final(str part) { return str_icmp(part, S("final")) < 0; }

static str legacy_word(str word) {
    if (str_ieq(word, S("pre")) || str_ieq(word, S("preview")) || str_ieq(word, S("rc")))
        return S("c");
    if (str_ieq(word, S("dev")))
        return S("@");
    return str_is(word, "-") ? S("final-") : word;
}

static bool legacy_mark(char c) { return c == '.' || c == '-'; }

static str legacy_take(str *s) {
    if (ch_digit(s->p[0]))
        return take_digits(s);
    if (ch_alpha(s->p[0]))
        return take_letters(s);
    size_t n = 1;
    if (!legacy_mark(s->p[0]))
        while (n < s->n && !ch_alnum(s->p[n]) && !legacy_mark(s->p[n]))
            n++;
    str word = str_upto(*s, n);
    *s = str_from(*s, n);
    return word;
}

static void legacy_push(struct legacy *l, str text, bool word) {
    if (l->n < LEGACY_PARTS) {
        l->text[l->n] = text;
        l->word[l->n++] = word;
    }
}

static void legacy_word_push(struct legacy *l, str word) {
    if (legacy_before_final(word))
        while (l->n && l->word[l->n - 1] && str_is(l->text[l->n - 1], "final-"))
            l->n--;
    while (l->n && !l->word[l->n - 1] && digits_zero(l->text[l->n - 1]))
        l->n--;
    legacy_push(l, word, true);
}

static void legacy_split(str s, struct legacy *l) {
    l->n = 0;
    s = str_trim(s);
    while (s.n) {
        str part = legacy_take(&s);
        if (ch_digit(part.p[0]))
            legacy_push(l, part, false);
        else if (!str_is(part, "."))
            legacy_word_push(l, legacy_word(part));
    }
    legacy_word_push(l, S("final"));
}

int pep440_legacy_cmp(str a, str b) {
    struct legacy x, y;
    legacy_split(a, &x);
    legacy_split(b, &y);
    for (unsigned i = 0; i < x.n && i < y.n; i++) {
        int c = x.word[i] != y.word[i] ? (x.word[i] ? -1 : 1)
                : x.word[i]            ? str_icmp(x.text[i], y.text[i])
                                       : digits_cmp(x.text[i], y.text[i]);
        if (c)
            return c;
    }
    return (x.n > y.n) - (x.n < y.n);
}

static const char *const names[] = {"pip", "python", NULL};
const struct ecosystem eco_pypi = {"PyPI", names, compare, valid, key};
