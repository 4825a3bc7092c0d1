/* SPDX-License-Identifier: Apache-2.0 */
#include "ident/licence.h"

#include "ident/licence_list.h"

enum {
    MAX_TERMS = 1024, /* licences in one expression */
    MAX_DEPTH = 64,   /* parentheses */
};

/* ── the list ── */

static const struct licence_entry *lookup(const struct licence_entry *v, size_t n, str id) {
    size_t low = 0;
    while (low < n) {
        size_t mid = low + (n - low) / 2;
        int c = str_icmp(id, str_of(v[mid].id));
        if (c == 0)
            return &v[mid];
        if (c < 0)
            n = mid;
        else
            low = mid + 1;
    }
    return NULL;
}

str licence_id(str id) {
    const struct licence_entry *entry = lookup(licence_entries, licence_entries_n, id);
    return entry ? str_of(entry->id) : (str){NULL, 0};
}
bool licence_is_deprecated(str id) {
    const struct licence_entry *entry = lookup(licence_entries, licence_entries_n, id);
    return entry && entry->deprecated;
}
str licence_exception(str id) {
    const struct licence_entry *entry = lookup(exception_entries, exception_entries_n, id);
    return entry ? str_of(entry->id) : (str){NULL, 0};
}

/* ── expressions ──
 *
 *   or   = and { "OR" and }
 *   and  = term { "AND" term }
 *   term = "(" or ")" | id ["+"] ["WITH" exception]
 */

struct parser {
    struct arena *a;
    str all, rest;
    unsigned terms, depth;
    struct err *e;
};

static bool word_char(char c) { return !ch_space(c) && c != '(' && c != ')'; }

static str peek(struct parser *p) {
    p->rest = str_trim(p->rest);
    size_t n = p->rest.n && !word_char(p->rest.p[0]);
    while (n < p->rest.n && word_char(p->rest.p[n]) && word_char(p->rest.p[0]))
        n++;
    return str_upto(p->rest, n);
}
static str take(struct parser *p) {
    str word = peek(p);
    p->rest = str_from(p->rest, word.n);
    return word;
}
static bool take_word(struct parser *p, str word) {
    if (!str_ieq(peek(p), word))
        return false;
    take(p);
    return true;
}

static bool fail(struct parser *p, const char *what, str word) {
    return err_set(p->e, ERR_INPUT, p->all, "%s: %.*s", what, STR_ARG(word));
}

static bool reference_chars(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!ch_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '.')
            return false;
    return s.n > 0;
}

/* "[DocumentRef-x:]<kind>y" */
static bool is_reference(str s, str kind) {
    str head, tail;
    if (str_cut(s, ':', &head, &tail)) {
        if (!str_starts(head, S("DocumentRef-")) || !reference_chars(str_from(head, 12)))
            return false;
        s = tail;
    }
    return str_starts(s, kind) && reference_chars(str_from(s, kind.n));
}

static bool parse_exception(struct parser *p, struct licence *l) {
    str word = take(p);
    l->exception = is_reference(word, S("AdditionRef-")) ? word : licence_exception(word);
    return l->exception.p || fail(p, _("no licence exception on the SPDX list"), word);
}

static bool parse_id(struct parser *p, struct licence *l) {
    str word = take(p), id = word;
    if (word.n == 0 || str_is(word, ")"))
        return fail(p, _("licence expression lacks a licence before"), word.n ? word : S("(end)"));
    if (is_reference(word, S("LicenseRef-"))) {
        l->op = LICENCE_REF;
        l->id = word;
    } else {
        l->or_later = word.p[word.n - 1] == '+';
        id.n -= l->or_later;
        l->id = licence_id(id);
        if (!l->id.p)
            return fail(p, _("no licence on the SPDX list"), word);
    }
    return !take_word(p, S("WITH")) || parse_exception(p, l);
}

static bool parse_or(struct parser *p, struct licence **out);

// NOLINTNEXTLINE(misc-no-recursion)
static bool parse_term(struct parser *p, struct licence **out) {
    if (++p->terms > MAX_TERMS || p->depth > MAX_DEPTH)
        return err_set(p->e, ERR_LIMIT, str_upto(p->all, 80), _("licence expression is too large"));
    if (!take_word(p, S("("))) {
        *out = arena_new_of(p->a, struct licence);
        return parse_id(p, *out);
    }
    p->depth++;
    if (!parse_or(p, out))
        return false;
    p->depth--;
    return take_word(p, S(")")) || fail(p, _("licence expression lacks a \")\" before"), peek(p));
}

static struct licence *join(struct parser *p, enum licence_op op, struct licence *left, struct licence *right) {
    struct licence *l = arena_new_of(p->a, struct licence);
    *l = (struct licence){.op = op, .left = left, .right = right};
    return l;
}

// NOLINTNEXTLINE(misc-no-recursion)
static bool parse_and(struct parser *p, struct licence **out) {
    struct licence *right;
    if (!parse_term(p, out))
        return false;
    while (take_word(p, S("AND"))) {
        if (!parse_term(p, &right))
            return false;
        *out = join(p, LICENCE_AND, *out, right);
    }
    return true;
}

// NOLINTNEXTLINE(misc-no-recursion)
static bool parse_or(struct parser *p, struct licence **out) {
    struct licence *right;
    if (!parse_and(p, out))
        return false;
    while (take_word(p, S("OR"))) {
        if (!parse_and(p, &right))
            return false;
        *out = join(p, LICENCE_OR, *out, right);
    }
    return true;
}

bool licence_parse(struct arena *a, str text, struct licence **out, struct err *e) {
    struct parser p = {.a = a, .all = text, .rest = text, .e = e};
    if (!parse_or(&p, out))
        return false;
    str word = peek(&p);
    return word.n == 0 || fail(&p, _("licence expression has a word too many"), word);
}

/* The tree is as deep as the expression has terms, at most MAX_TERMS. */
// NOLINTNEXTLINE(misc-no-recursion)
static void write_within(const struct licence *l, enum licence_op outer, struct buf *out) {
    if (l->op == LICENCE_ID || l->op == LICENCE_REF) {
        buf_add(out, l->id);
        if (l->or_later)
            buf_addc(out, '+');
        if (l->exception.p) {
            buf_add(out, S(" WITH "));
            buf_add(out, l->exception);
        }
        return;
    }
    bool parentheses = outer == LICENCE_AND && l->op == LICENCE_OR;
    if (parentheses)
        buf_addc(out, '(');
    write_within(l->left, l->op, out);
    buf_add(out, l->op == LICENCE_AND ? S(" AND ") : S(" OR "));
    write_within(l->right, l->op, out);
    if (parentheses)
        buf_addc(out, ')');
}

void licence_write(const struct licence *l, struct buf *out) { write_within(l, LICENCE_OR, out); }
