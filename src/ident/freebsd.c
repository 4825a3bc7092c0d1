/* SPDX-License-Identifier: Apache-2.0
 *
 * FreeBSD's pkg: version[_revision][,epoch]. The version is a row of components, each a number, a letter and a patch
 * level; "alpha", "beta", "pre", "rc" count as their first letter, "pl" as none. A component without a number comes
 * before a missing one, so 1.0.rc1 < 1.0 < 1.0a.
 */
#include "ident/version_part.h"

struct freebsd {
    str version, revision, epoch;
};

struct component {
    bool number;
    str n, level;
    int letter;
};

static bool split(str s, struct freebsd *v) {
    *v = (struct freebsd){0};
    s = str_trim(s);
    str head, tail;
    if (str_rcut(s, ',', &head, &tail)) {
        v->epoch = tail;
        s = head;
    }
    if (str_rcut(s, '_', &head, &tail)) {
        v->revision = tail;
        s = head;
    }
    v->version = s;
    for (size_t i = 0; i < s.n; i++)
        if (!ch_alnum(s.p[i]) && s.p[i] != '.' && s.p[i] != '+' && s.p[i] != '_' && s.p[i] != '-' && s.p[i] != '~')
            return false;
    return s.n && ch_alnum(s.p[0]) && (!v->epoch.p || all_digits(v->epoch)) &&
           (!v->revision.p || all_digits(v->revision));
}

static int take_letter(str *s) {
    static const str stages[] = {S_INIT("alpha"), S_INIT("beta"), S_INIT("pre"), S_INIT("rc"), S_INIT("pl")};
    str rest = *s, word = take_letters(&rest);
    if (!word.n)
        return 0;
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        if (str_ieq(word, stages[i])) {
            *s = rest;
            return i == 4 ? 0 : stages[i].p[0] - 'a' + 1;
        }
    *s = str_from(*s, 1);
    return ch_tolower(word.p[0]) - 'a' + 1;
}

/* What is missing is 0, without letter and level. */
static struct component next(str *s) {
    struct component c = {.number = true};
    while (s->n && !ch_alnum(s->p[0]))
        *s = str_from(*s, 1);
    if (!s->n)
        return c;
    c.n = take_digits(s);
    c.number = c.n.n > 0;
    c.letter = take_letter(s);
    c.level = take_digits(s);
    return c;
}

static int version_cmp(str a, str b) {
    while (a.n || b.n) {
        struct component x = next(&a), y = next(&b);
        int c = x.number - y.number;
        if (!c)
            c = digits_cmp(x.n, y.n);
        if (!c)
            c = x.letter - y.letter;
        if (!c)
            c = digits_cmp(x.level, y.level);
        if (c)
            return c;
    }
    return 0;
}

static enum order compare(str a, str b) {
    struct freebsd x, y;
    if (!split(a, &x) || !split(b, &y))
        return ORDER_ERROR;
    int c = digits_cmp(x.epoch, y.epoch);
    if (!c)
        c = version_cmp(x.version, y.version);
    return order_of(c ? c : digits_cmp(x.revision, y.revision));
}

static bool valid(str v) {
    struct freebsd x;
    return split(v, &x);
}

static uint64_t key(str v) {
    struct freebsd x;
    if (!split(v, &x))
        return 0;
    struct key k = key_start();
    key_digits(&k, x.epoch);
    while (k.left) {
        struct component c = next(&x.version);
        key_put(&k, c.number, 1);
        if (c.number)
            key_digits(&k, c.n);
        key_put(&k, (uint64_t)c.letter, 5);
        key_digits(&k, c.level);
    }
    return key_end(k);
}

static const char *const names[] = {"pkgng", NULL};
const struct ecosystem eco_freebsd = {"FreeBSD", names, compare, valid, key};
