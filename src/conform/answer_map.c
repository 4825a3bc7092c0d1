/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "conform/answer.h"

/* ── keys ── */

static bool is_blank(uint32_t u) { return u <= ' ' || u == 0xA0 || u == 0x3000 || u == 0x200B || u == 0xFEFF; }

static bool is_dash(uint32_t u) { return (u >= 0x2010 && u <= 0x2015) || u == 0x2212 || u == 0xFF0D || u == 0xFE63; }

str answer_key(struct arena *a, str text) {
    char *p = arena_room(a, text.n + 1);
    size_t n = 0;
    for (uint32_t u; text.n;) {
        size_t more = str_rune(text, &u);
        more = more ? more : 1;
        if (u > 0xFF00 && u < 0xFF5F)
            u -= 0xFEE0; /* full-width ASCII */
        else if (is_dash(u))
            u = '-';
        if (u < 0x80 && !is_blank(u)) {
            p[n++] = ch_tolower((char)u);
        } else if (!is_blank(u)) {
            memcpy(p + n, text.p, more);
            n += more;
        }
        text = str_from(text, more);
    }
    return str_n(p, n);
}

/* ── reading ── */

static void put(struct arena *a, struct answer_map *m, str question, struct answer_link link) {
    bool fresh;
    struct map_entry *at = map_put(&m->by_key, answer_key(a, question), &fresh);
    if (fresh) {
        struct answer_question *q = arena_new_of(a, struct answer_question);
        q->question = question;
        at->value = q;
        *vec_push(a, &m->questions) = q;
    }
    *vec_push(a, &((struct answer_question *)at->value)->links) = link;
}

enum column { C_QUESTION, C_PRACTICE, C_STRENGTH, COLUMNS };

static uint32_t column_named(struct arena *a, const struct csv_sheet *s, const char *const *names) {
    for (; *names; names++)
        for (uint32_t n = 0; s->rows.n && n < s->rows.v[0].cells.n; n++)
            if (str_eq(answer_key(a, csv_sheet_text(s, 0, n)), str_of(*names)))
                return n;
    return SHEET_COLUMNS;
}

static bool read_heads(struct arena *a, const struct csv_sheet *s, uint32_t *at, struct err *e) {
    static const char *const names[COLUMNS][8] = {
        {"question", "from", "id", "設問", "設問番号", "質問", "元", NULL},
        {"practice", "to", "requirement", "実践", "個別要求事項", "要求事項", "先", NULL},
        {"strength", "関係", NULL}};
    for (int i = 0; i < COLUMNS; i++)
        at[i] = column_named(a, s, names[i]);
    if (at[C_QUESTION] != SHEET_COLUMNS && at[C_PRACTICE] != SHEET_COLUMNS)
        return true;
    err_set(e, ERR_INPUT, arena_printf(a, "%.*s:1", STR_ARG(s->where)), _("there is no column '%s'"),
            at[C_QUESTION] == SHEET_COLUMNS ? "question" : "practice");
    return err_hint(e, "%s", _("the heads of columns are: question, practice, strength; in Japanese 設問, 実践, 関係"));
}

static bool read_csv(struct arena *a, str bytes, struct answer_map *m, struct err *e) {
    struct csv_sheet s;
    uint32_t at[COLUMNS];
    str stem = path_base(m->where);
    size_t cut = str_find(stem, S("--"));
    if (!csv_sheet_read(a, bytes, m->where, &s, e) || !read_heads(a, &s, at, e))
        return false;
    stem = str_iends(stem, S(".csv")) ? str_upto(stem, stem.n - 4) : stem;
    if (cut != STR_NONE && cut + 2 < stem.n)
        m->to = str_from(stem, cut + 2);
    for (uint32_t row = 1; row < s.rows.n; row++) {
        str question = csv_sheet_text(&s, row, at[C_QUESTION]), word = csv_sheet_text(&s, row, at[C_STRENGTH]);
        struct answer_link link = {csv_sheet_text(&s, row, at[C_PRACTICE]), MAP_EQUAL, s.rows.v[row].line};
        str place = arena_printf(a, "%.*s:%u", STR_ARG(m->where), link.line);
        if (!question.n || !link.practice.n) /* a question that stands for nothing is none of ours */
            continue;
        if (word.n && !strength_parse(word, &link.strength)) {
            err_set(e, ERR_INPUT, place, _("this is no strength: %.*s"), STR_ARG(word));
            return err_hint(e, "%s", _("one of: equal, superset, subset, overlaps (同等, 含む, 一部, 重なる)"));
        }
        put(a, m, question, link);
    }
    return true;
}

static bool read_json(struct ctx *c, struct arena *a, str bytes, struct answer_map *m, struct err *e) {
    struct mapping all;
    str none = {NULL, 0};
    if (!mapping_read(c, a, bytes, m->where, none, none, &all, e))
        return false;
    m->to = all.to;
    for (uint32_t i = 0; i < all.rows.n; i++)
        put(a, m, all.rows.v[i].from, (struct answer_link){all.rows.v[i].to, all.rows.v[i].strength, 0});
    return true;
}

bool answer_map_read(struct ctx *c, struct arena *a, str bytes, str where, struct answer_map *out, struct err *e) {
    str rest = text_utf8(a, bytes);
    *out = (struct answer_map){.where = where};
    map_init(&out->by_key, a);
    while (rest.n && ch_space(*rest.p))
        rest = str_from(rest, 1);
    bool ok = rest.n && *rest.p == '{' ? read_json(c, a, bytes, out, e) : read_csv(a, bytes, out, e);
    if (ok && !out->questions.n)
        return err_set(e, ERR_INPUT, where, "%s", _("it leads from no question to a practice"));
    return ok;
}
