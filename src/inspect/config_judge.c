/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules against one file. A condition is true or not in one context; what made it true is the evidence, whose places
 * are shown.
 */
#include "inspect/config_judge.h"

#include <stdlib.h>

enum { LONGEST_SUBJECT = 1 << 16 };

/* ── operators ── */

static bool same(str x, str y, bool any_case) { return any_case ? str_ieq(x, y) : str_eq(x, y); }

static bool fits_is(str value, str wanted, bool any_case) { return same(value, wanted, any_case); }

static bool separator(char ch) { return ch_space(ch) || ch == ',' || ch == '+' || ch == '^'; }

static bool fits_contains(str value, str wanted, bool any_case) {
    for (size_t i = 0; i < value.n;) {
        size_t end = i;
        while (end < value.n && !separator(value.p[end]))
            end++;
        if (end > i && same(str_n(value.p + i, end - i), wanted, any_case))
            return true;
        i = end + 1;
    }
    return false;
}

static bool fits_begins(str value, str wanted, bool any_case) {
    return any_case ? str_istarts(value, wanted) : str_starts(value, wanted);
}

/* The number s begins with, and what stands behind it and one dot. */
static uint64_t leading(str *s) {
    uint64_t number = 0;
    size_t i = 0;
    for (; i < s->n && ch_digit(s->p[i]) && number < UINT64_MAX / 16; i++)
        number = number * 10 + (uint64_t)(s->p[i] - '0');
    *s = str_from(*s, i);
    *s = str_starts(*s, S(".")) ? str_from(*s, 1) : S("");
    return number;
}

/* "5.10" > "5.4", "5.10.0" == "5.10"; only what begins with a digit is a number. */
static bool numbers(str x, str y, int *order) {
    if (!x.n || !y.n || !ch_digit(x.p[0]) || !ch_digit(y.p[0]))
        return false;
    *order = 0;
    while (*order == 0 && (x.n || y.n)) {
        uint64_t a = leading(&x), b = leading(&y);
        *order = (a > b) - (a < b);
    }
    return true;
}

static bool fits_less(str value, str wanted, bool any_case) {
    int order;
    (void)any_case;
    return numbers(value, wanted, &order) && order < 0;
}

static bool fits_more(str value, str wanted, bool any_case) {
    int order;
    (void)any_case;
    return numbers(value, wanted, &order) && order > 0;
}

static const struct config_op ops[] = {
    {.name = "is", .fits = fits_is},
    {.name = "is-not", .negative = true, .fits = fits_is},
    {.name = "matches", .pattern = true},
    {.name = "matches-not", .negative = true, .pattern = true},
    {.name = "contains", .fits = fits_contains},
    {.name = "contains-not", .negative = true, .fits = fits_contains},
    {.name = "begins", .fits = fits_begins},
    {.name = "begins-not", .negative = true, .fits = fits_begins},
    {.name = "less-than", .fits = fits_less},
    {.name = "more-than", .fits = fits_more},
    {.name = "present", .valueless = true},
    {.name = "absent", .negative = true, .valueless = true},
    {0},
};

const struct config_op *config_op_find(str name) {
    for (const struct config_op *op = ops; op->name; op++)
        if (str_is(name, op->name))
            return op;
    return NULL;
}

/* regexec() wants a NUL behind the text and none in it. */
static bool matches(const struct config_condition *t, str value) {
    char small[1024], *text = small;
    size_t n = value.n < LONGEST_SUBJECT ? value.n : LONGEST_SUBJECT;
    bool found = false;
    if (n >= sizeof small && !(text = malloc(n + 1)))
        abort();
    for (size_t i = 0; i < n; i++)
        text[i] = value.p[i] ? value.p[i] : ' ';
    text[n] = 0;
    for (uint32_t i = 0; i < t->n && !found; i++)
        found = regexec(&t->patterns[i], text, 0, NULL, 0) == 0;
    if (text != small)
        free(text);
    return found;
}

static bool fits(const struct config_condition *t, str value) {
    if (t->op->valueless)
        return true;
    if (t->op->pattern)
        return matches(t, value);
    for (uint32_t i = 0; i < t->n; i++)
        if (t->op->fits(value, t->values[i], t->any_case))
            return true;
    return false;
}

/* ── conditions ── */

struct evidence {
    struct arena *a;
    VEC(uint32_t) entries;
    const struct config_condition *unset; /* the test that was true because its key is not there */
};

struct asked {               /* the entries a test is about */
    const uint32_t *numbers; /* of WHERE_WITHIN */
    uint32_t n, chain;
};

static struct asked ask(const struct config *c, uint32_t context, const struct config_condition *t) {
    struct asked q = {0};
    if (t->where == WHERE_WITHIN)
        q.numbers = config_within(c, context, t->key, &q.n);
    else
        q.chain = t->where == WHERE_OWN ? config_own(c, context, t->key) : config_nearest(c, context, t->key);
    return q;
}

static bool next_asked(const struct config *c, struct asked *q, uint32_t *number) {
    if (q->numbers) {
        if (!q->n)
            return false;
        q->n--;
        *number = *q->numbers++;
        return true;
    }
    if (!q->chain)
        return false;
    *number = q->chain - 1;
    q->chain = c->entries.v[*number].next;
    return true;
}

static bool holds_test(const struct config *c, uint32_t context, const struct config_condition *t,
                       struct evidence *ev) {
    struct asked q = ask(c, context, t);
    uint32_t number, first = 0;
    bool any = false, there = false, keep = !ev->entries.n && !ev->unset;
    while (next_asked(c, &q, &number)) {
        if (!there)
            first = number;
        there = true;
        if (!fits(t, c->entries.v[number].value))
            continue;
        any = true;
        if (!t->op->negative && keep)
            *vec_push(ev->a, &ev->entries) = number;
    }
    if (!there && t->otherwise.p && !t->op->valueless)
        any = fits(t, t->otherwise);
    bool truth = any != t->op->negative;
    if (truth && keep && t->op->negative && there)
        *vec_push(ev->a, &ev->entries) = first;
    if (truth && keep && !there)
        ev->unset = t;
    return truth;
}

// NOLINTNEXTLINE(misc-no-recursion): the reader bounds the depth
static bool holds(const struct config *c, uint32_t context, const struct config_condition *t, struct evidence *ev) {
    struct evidence none = {.a = ev->a};
    switch (t->form) {
    case FORM_TEST: return holds_test(c, context, t, ev);
    case FORM_NOT: return !holds(c, context, t->inner, &none);
    case FORM_ALL:
        for (uint32_t i = 0; i < t->n_inner; i++)
            if (!holds(c, context, &t->inner[i], ev))
                return false;
        return true;
    case FORM_ANY:
        for (uint32_t i = 0; i < t->n_inner; i++) {
            struct evidence own = {.a = ev->a};
            if (!holds(c, context, &t->inner[i], &own))
                continue;
            if (!ev->entries.n && !ev->unset)
                *ev = own;
            return true;
        }
        return false;
    }
    return false;
}

// NOLINTNEXTLINE(misc-no-recursion): the reader bounds the depth
static bool sets_a_key(const struct config *c, uint32_t context, const struct config_condition *t) {
    if (t->form == FORM_TEST)
        return config_own(c, context, t->key) != 0;
    for (uint32_t i = 0; i < t->n_inner; i++)
        if (sets_a_key(c, context, &t->inner[i]))
            return true;
    return false;
}

static bool asked_in(const struct config *c, const struct config_rule *r, uint32_t context) {
    str type = str_of(c->contexts.v[context].type);
    for (const char *const *s = r->scope; *s; s++)
        if (str_is(type, *s))
            return s == r->scope || sets_a_key(c, context, &r->bad);
    return false;
}

/* ── faults ── */

struct judge {
    const struct config *c;
    struct arena *a, *scratch;
    struct map seen;
    struct config_faults *faults;
};

static void add_fault(struct judge *j, str file, uint32_t line, str found) {
    bool fresh;
    map_put(&j->seen, arena_printf(j->scratch, "%.*s:%u:%.*s", STR_ARG(file), line, STR_ARG(found)), &fresh);
    if (fresh)
        *vec_push(j->a, j->faults) = (struct config_fault){file, line, found};
}

/* A value may be a whole script, or no text at all. */
static str shown(struct arena *a, str key, str value) {
    enum { MOST = 120 };
    size_t n = value.n < MOST ? value.n : MOST;
    while (n < value.n && n > 0 && ((unsigned char)value.p[n] & 0xC0) == 0x80)
        n--;
    return arena_printf(a, "%.*s %.*s%s", STR_ARG(key), STR_ARG(str_upto(value, n)), n < value.n ? "…" : "");
}

static void add_evidence(struct judge *j, uint32_t context, const struct evidence *ev) {
    const struct config_context *at = &j->c->contexts.v[context];
    for (uint32_t i = 0; i < ev->entries.n; i++) {
        const struct config_entry *entry = &j->c->entries.v[ev->entries.v[i]];
        add_fault(j, entry->file, entry->line, shown(j->a, entry->key, entry->value));
    }
    if (ev->entries.n)
        return;
    str found = {0};
    if (ev->unset && ev->unset->otherwise.p)
        found = arena_printf(j->a, _("%.*s is not set, so it is %.*s"), STR_ARG(ev->unset->key),
                             STR_ARG(ev->unset->otherwise));
    else if (ev->unset)
        found = arena_printf(j->a, _("%.*s is not set"), STR_ARG(ev->unset->key));
    add_fault(j, at->file, at->line, found);
}

enum check_state config_judge(const struct config *c, const struct config_rule *r, struct arena *a,
                              struct config_faults *faults) {
    struct judge j = {.c = c, .a = a, .scratch = c->a, .faults = faults};
    enum check_state state = CHECK_NONE;
    uint32_t before = faults->n;
    map_init(&j.seen, c->a);
    for (uint32_t i = 0; i < c->contexts.n; i++) {
        struct evidence ev = {.a = c->a}, when = {.a = c->a};
        if (!asked_in(c, r, i) || (r->when && !holds(c, i, r->when, &when)))
            continue;
        state = CHECK_GOOD;
        if (holds(c, i, &r->bad, &ev))
            add_evidence(&j, i, &ev);
    }
    return faults->n > before ? CHECK_BAD : state;
}
