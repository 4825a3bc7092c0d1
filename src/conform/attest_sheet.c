/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/attest_sheet.h"

#include "base/charset.h"
#include "base/csv.h"

enum { ROWS_MOST = 2000 };
enum column {
    C_PRACTICE,
    C_TITLE,
    C_QUESTION,
    C_NEEDS,
    C_WANTED,
    C_LEVEL,
    C_REASON,
    C_PERSON,
    C_ROLE,
    C_DOCUMENT,
    C_TEXT,
    C_DATE,
    C_EXPIRES,
    C_SAMPLE,
    C_SEED,
    C_PRODUCTS,
    COLUMNS
};
static const struct head {
    const char *english, *japanese;
} heads[COLUMNS] = {
    [C_PRACTICE] = {"practice", "個別要求事項"},
    [C_TITLE] = {"title", "題名"},
    [C_QUESTION] = {"is this so?", "このとおりですか"},
    [C_NEEDS] = {"what counts", "数えられる条件"},
    [C_WANTED] = {"wanted level", "目標レベル"},
    [C_LEVEL] = {"level", "レベル"},
    [C_REASON] = {"not applicable because", "該当しない理由"},
    [C_PERSON] = {"person", "氏名"},
    [C_ROLE] = {"role", "役職"},
    [C_DOCUMENT] = {"documents", "文書"},
    [C_TEXT] = {"text", "説明"},
    [C_DATE] = {"date", "確認日"},
    [C_EXPIRES] = {"expires", "有効期限"},
    [C_SAMPLE] = {"sample", "サンプル"},
    [C_SEED] = {"seed", "シード"},
    [C_PRODUCTS] = {"products", "製品"},
};

/* ── what waits for a word ── */

static bool asks_for_word(const struct rule *r) {
    if (str_is(r->kind, "attestation"))
        return r->by != BY_OTHER;
    for (uint32_t i = 0; i < r->any.n; i++)
        if (str_is(r->any.v[i].kind, "attestation") && r->any.v[i].by != BY_OTHER)
            return true;
    return false;
}

static int level_asked(const struct rule *r) {
    int level = 1;
    const struct rule *x = r;
    for (uint32_t i = 0; !x->kind.n && i < r->any.n; i++)
        if (str_is(r->any.v[i].kind, "attestation"))
            x = &r->any.v[i];
    for (uint32_t i = 0; i < x->where.n; i++)
        if (str_is(x->where.v[i].fact, "level") && x->where.v[i].number > level)
            level = (int)x->where.v[i].number;
    return level < LEVELS ? level : LEVELS - 1;
}

static void add_text(struct buf *b, const char *between, str text) {
    if (b->n && text.n)
        buf_addz(b, between);
    buf_add(b, text);
}

static bool is_wanted(struct arena *a, const struct practice_state *s, struct word_wanted *out) {
    struct buf asks = {0}, needs = {0};
    *out = (struct word_wanted){.state = s};
    for (int level = 1; level <= s->target; level++) {
        bool here = false; /* what a higher level asks holds for the lower ones too */
        for (uint32_t i = 0; i < s->rules[level].n; i++) {
            const struct rule_state *r = &s->rules[level].v[i];
            if (r->holds)
                continue;
            if (!asks_for_word(r->rule)) {
                out->more_than = true;
                continue;
            }
            if (!here)
                buf_clear(&needs);
            here = true;
            int asked = level_asked(r->rule);
            out->level = asked > out->level ? asked : out->level;
            add_text(&needs, "; ", rule_text(a, r->rule));
        }
        if (here)
            add_text(&asks, " ", label_text(s->practice->levels[level]));
    }
    out->asks = arena_str(a, buf_str(&asks));
    out->needs = arena_str(a, buf_str(&needs));
    buf_free(&asks);
    buf_free(&needs);
    return out->level > 0;
}

void words_wanted(struct arena *a, const struct evaluation *all, struct words_wanted *out, uint32_t *others) {
    *out = (struct words_wanted){0};
    *others = 0;
    for (uint32_t i = 0; i < all->practices.n; i++) {
        const struct practice_state *s = &all->practices.v[i];
        struct word_wanted x;
        if (s->level >= s->target || s->basis == BASIS_NOT_APPLICABLE)
            continue;
        if (is_wanted(a, s, &x))
            *vec_push(a, out) = x;
        else
            ++*others;
    }
}

static void write_row(struct buf *b, const struct word_wanted *x) {
    char wanted[16];
    (void)snprintf(wanted, sizeof wanted, "%d", x->level);
    csv_write(b, true, x->state->practice->id);
    csv_write(b, false, label_text(x->state->practice->title));
    csv_write(b, false, x->asks);
    csv_write(b, false, x->needs);
    csv_write(b, false, str_of(wanted));
    for (int i = C_LEVEL; i < COLUMNS; i++)
        csv_write(b, false, S(""));
    buf_addz(b, "\r\n");
}

void attest_sheet_write(struct buf *b, const struct words_wanted *all, bool japanese) {
    if (japanese)
        buf_addz(b, "\xEF\xBB\xBF"); /* Excel takes a file without it for Shift_JIS */
    for (int i = 0; i < COLUMNS; i++)
        csv_write(b, i == 0, str_of(japanese ? heads[i].japanese : heads[i].english));
    buf_addz(b, "\r\n");
    for (uint32_t i = 0; i < all->n; i++)
        write_row(b, &all->v[i]);
}

/* ── reading ── */

struct reading {
    struct arena *a;
    str where;
    uint32_t line, at[COLUMNS], n;
    const struct attest_request *otherwise;
    struct attest_sheet *out;
};

static str place(const struct reading *r) { return arena_printf(r->a, "%.*s:%u", STR_ARG(r->where), r->line); }

static str names_of(struct arena *a) {
    str names = str_of(heads[0].english);
    for (int i = 1; i < COLUMNS; i++)
        names = arena_printf(a, "%.*s, %s", STR_ARG(names), heads[i].english);
    return names;
}

static int column_of(str head) {
    for (int i = 0; i < COLUMNS; i++)
        if (str_ieq(head, str_of(heads[i].english)) || str_is(head, heads[i].japanese))
            return i;
    return COLUMNS;
}

static bool read_heads(struct reading *r, const struct csv_row *row, struct err *e) {
    for (int i = 0; i < COLUMNS; i++)
        r->at[i] = CSV_FIELDS;
    r->n = row->n;
    for (uint32_t i = 0; i < row->n; i++) {
        str head = str_trim(row->v[i]);
        int column = column_of(head);
        if (column == COLUMNS) {
            if (!head.n)
                continue;
            err_set(e, ERR_INPUT, place(r), _("there is no column '%.*s'"), STR_ARG(head));
            return err_hint(e, _("the heads of columns are: %.*s"), STR_ARG(names_of(r->a)));
        }
        if (r->at[column] != CSV_FIELDS)
            return err_set(e, ERR_INPUT, place(r), _("the column '%.*s' stands twice"), STR_ARG(head));
        r->at[column] = i;
    }
    if (r->at[C_PRACTICE] != CSV_FIELDS)
        return true;
    err_set(e, ERR_INPUT, place(r), _("there is no column '%s'"), heads[C_PRACTICE].english);
    return err_hint(e, "%s", _("`akashi conform attest --missing` writes such a sheet"));
}

/* Absent: the cell is empty, or there is no such column. */
static str cell(const struct reading *r, const struct csv_row *row, enum column c) {
    str text = str_trim(csv_plain(csv_at(row, r->at[c])));
    return text.n ? arena_str(r->a, text) : (str){NULL, 0};
}

static void names_in(struct arena *a, str text, struct scope_names *out) {
    str name;
    while (str_next(&text, ';', &name)) {
        name = str_trim(name);
        if (name.n)
            *vec_push(a, out) = name;
    }
}

static bool take_level(struct reading *r, str text, struct attest_request *ask, struct err *e) {
    uint64_t level = 0;
    if (text.n && (!str_u64(text, &level) || level < 1 || level >= LEVELS))
        return err_set(e, ERR_INPUT, place(r), _("'%.*s' is no level: 1 to 4"), STR_ARG(text));
    ask->level = (int64_t)level;
    return true;
}

static bool is_filled(const struct reading *r, const struct csv_row *row) {
    for (int i = C_LEVEL; i < COLUMNS; i++)
        if (cell(r, row, (enum column)i).n)
            return true;
    return false;
}

static str or_else(str text, str otherwise) { return text.p ? text : otherwise; }

static bool read_row(struct reading *r, const struct csv_row *row, struct err *e) {
    struct attest_row x = {.ask = *r->otherwise, .where = place(r)};
    str practice = cell(r, row, C_PRACTICE), documents = cell(r, row, C_DOCUMENT), products = cell(r, row, C_PRODUCTS);
    if (row->open)
        return err_set(e, ERR_INPUT, x.where, "%s", _("the sheet ends within quotes"));
    if (row->n > r->n) {
        err_set(e, ERR_INPUT, x.where, _("this row has %u cells, the head has %u"), row->n, r->n);
        return err_hint(e, "%s", _("is there a comma in a cell without quotes around it?"));
    }
    if (!is_filled(r, row)) {
        r->out->empty += practice.n > 0;
        return true;
    }
    if (!practice.n)
        return err_set(e, ERR_INPUT, x.where, "%s", _("this row does not say which practice it is about"));
    x.ask.practice = practice;
    x.ask.reason = cell(r, row, C_REASON);
    x.ask.text = or_else(cell(r, row, C_TEXT), x.ask.text);
    x.ask.person = or_else(cell(r, row, C_PERSON), x.ask.person);
    x.ask.role = or_else(cell(r, row, C_ROLE), x.ask.role);
    x.ask.date = or_else(cell(r, row, C_DATE), x.ask.date);
    x.ask.expires = or_else(cell(r, row, C_EXPIRES), x.ask.expires);
    x.ask.sample = or_else(cell(r, row, C_SAMPLE), x.ask.sample);
    x.ask.seed = or_else(cell(r, row, C_SEED), x.ask.seed);
    names_in(r->a, documents, &x.files);
    if (products.n) {
        x.ask.products = (struct scope_names){0};
        names_in(r->a, products, &x.ask.products);
    }
    if (!take_level(r, cell(r, row, C_LEVEL), &x.ask, e))
        return false;
    if (r->out->rows.n == ROWS_MOST)
        return err_set(e, ERR_LIMIT, x.where, _("a sheet may have %d rows"), ROWS_MOST);
    *vec_push(r->a, &r->out->rows) = x;
    return true;
}

bool attest_sheet_read(struct arena *a, str text, str where, const struct attest_request *otherwise,
                       struct attest_sheet *out, struct err *e) {
    struct reading r = {.a = a, .where = where, .line = 1, .otherwise = otherwise, .out = out};
    struct csv_row row;
    const char *charset;
    bool head = false;
    *out = (struct attest_sheet){0};
    if (!text_decode(a, text, where, &text, &charset, e))
        return false;
    for (; csv_next(a, &text, &row); r.line += row.lines) {
        if (csv_is_blank(&row))
            continue;
        if (!(head ? read_row(&r, &row, e) : read_heads(&r, &row, e)))
            return false;
        head = true;
    }
    return head || err_set(e, ERR_INPUT, where, "%s", _("this sheet is empty"));
}

/* ── looking at all of it ── */

static bool same_scope(const struct attest_request *x, const struct attest_request *y) {
    if (x->products.n != y->products.n)
        return false;
    for (uint32_t i = 0; i < x->products.n; i++)
        if (!str_eq(x->products.v[i], y->products.v[i]))
            return false;
    return true;
}

static bool is_told_already(const struct attest_sheet *s, uint32_t n, struct err *e) {
    for (uint32_t i = 0; i < n; i++)
        if (str_eq(s->rows.v[i].ask.practice, s->rows.v[n].ask.practice) &&
            same_scope(&s->rows.v[i].ask, &s->rows.v[n].ask)) {
            str file, line = S("");
            (void)str_rcut(s->rows.v[i].where, ':', &file, &line);
            err_set(e, ERR_INPUT, (str){NULL, 0}, _("line %.*s speaks of the same practice already"), STR_ARG(line));
            return true;
        }
    return false;
}

bool attest_sheet_check(struct portfolio *p, struct arena *a, const struct attest_sheet *s, struct attested *out,
                        struct errs *bad, struct err *e) {
    for (uint32_t i = 0; i < s->rows.n; i++) {
        struct err why = {0};
        if (!is_told_already(s, i, &why) && attest_check(p, a, &s->rows.v[i].ask, &out[i], &why))
            continue;
        if (why.kind != ERR_USAGE && why.kind != ERR_INPUT) {
            *e = why;
            return false;
        }
        if (why.where[0])
            (void)err_prefix(&why, "%.200s", why.where);
        why.kind = ERR_INPUT;
        (void)snprintf(why.where, sizeof why.where, "%.*s", STR_ARG(s->rows.v[i].where));
        *vec_push(a, bad) = why;
    }
    return true;
}
