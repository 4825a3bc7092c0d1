/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/answer.h"

enum { HEAD_ROWS = 60 }; /* titles and explanations above the table may take so many */

const char *const answer_column_names[ANSWER_COLUMNS] = {"id",    "text",      "practice", "answer",
                                                         "level", "reference", "note"};

/* As answer_key() makes them: small letters, half width, no blanks. */
static const struct head {
    const char *name;
    enum answer_column column;
} heads[] = {
    {"id", ANSWER_ID},
    {"no", ANSWER_ID},
    {"no.", ANSWER_ID},
    {"#", ANSWER_ID},
    {"number", ANSWER_ID},
    {"item", ANSWER_ID},
    {"itemno", ANSWER_ID},
    {"questionid", ANSWER_ID},
    {"questionno", ANSWER_ID},
    {"questionnumber", ANSWER_ID},
    {"controlid", ANSWER_ID},
    {"ref", ANSWER_ID},
    {"№", ANSWER_ID},
    {"番号", ANSWER_ID},
    {"項番", ANSWER_ID},
    {"項目番号", ANSWER_ID},
    {"設問番号", ANSWER_ID},
    {"質問番号", ANSWER_ID},
    {"管理番号", ANSWER_ID},
    {"管理策番号", ANSWER_ID},
    {"通番", ANSWER_ID},
    {"識別子", ANSWER_ID},
    {"question", ANSWER_TEXT},
    {"questions", ANSWER_TEXT},
    {"questiontext", ANSWER_TEXT},
    {"text", ANSWER_TEXT},
    {"requirement", ANSWER_TEXT},
    {"requirements", ANSWER_TEXT},
    {"control", ANSWER_TEXT},
    {"description", ANSWER_TEXT},
    {"設問", ANSWER_TEXT},
    {"設問内容", ANSWER_TEXT},
    {"質問", ANSWER_TEXT},
    {"質問内容", ANSWER_TEXT},
    {"質問事項", ANSWER_TEXT},
    {"質問項目", ANSWER_TEXT},
    {"確認事項", ANSWER_TEXT},
    {"確認項目", ANSWER_TEXT},
    {"確認内容", ANSWER_TEXT},
    {"チェック項目", ANSWER_TEXT},
    {"チェック内容", ANSWER_TEXT},
    {"要求事項", ANSWER_TEXT},
    {"要求内容", ANSWER_TEXT},
    {"評価項目", ANSWER_TEXT},
    {"項目", ANSWER_TEXT},
    {"内容", ANSWER_TEXT},
    {"practice", ANSWER_PRACTICE},
    {"practices", ANSWER_PRACTICE},
    {"practiceid", ANSWER_PRACTICE},
    {"requirementid", ANSWER_PRACTICE},
    {"実践", ANSWER_PRACTICE},
    {"個別要求事項", ANSWER_PRACTICE},
    {"要求事項番号", ANSWER_PRACTICE},
    {"対応する要求事項", ANSWER_PRACTICE},
    {"answer", ANSWER_ANSWER},
    {"answers", ANSWER_ANSWER},
    {"youranswer", ANSWER_ANSWER},
    {"response", ANSWER_ANSWER},
    {"vendorresponse", ANSWER_ANSWER},
    {"supplierresponse", ANSWER_ANSWER},
    {"status", ANSWER_ANSWER},
    {"回答", ANSWER_ANSWER},
    {"ご回答", ANSWER_ANSWER},
    {"回答欄", ANSWER_ANSWER},
    {"ご回答欄", ANSWER_ANSWER},
    {"貴社回答", ANSWER_ANSWER},
    {"対応状況", ANSWER_ANSWER},
    {"対応", ANSWER_ANSWER},
    {"実施状況", ANSWER_ANSWER},
    {"適合状況", ANSWER_ANSWER},
    {"適否", ANSWER_ANSWER},
    {"判定", ANSWER_ANSWER},
    {"level", ANSWER_LEVEL},
    {"maturity", ANSWER_LEVEL},
    {"maturitylevel", ANSWER_LEVEL},
    {"レベル", ANSWER_LEVEL},
    {"達成レベル", ANSWER_LEVEL},
    {"実施レベル", ANSWER_LEVEL},
    {"対応レベル", ANSWER_LEVEL},
    {"成熟度", ANSWER_LEVEL},
    {"reference", ANSWER_REFERENCE},
    {"references", ANSWER_REFERENCE},
    {"evidence", ANSWER_REFERENCE},
    {"証跡", ANSWER_REFERENCE},
    {"証拠", ANSWER_REFERENCE},
    {"根拠", ANSWER_REFERENCE},
    {"根拠資料", ANSWER_REFERENCE},
    {"エビデンス", ANSWER_REFERENCE},
    {"参照", ANSWER_REFERENCE},
    {"参照先", ANSWER_REFERENCE},
    {"note", ANSWER_NOTE},
    {"notes", ANSWER_NOTE},
    {"comment", ANSWER_NOTE},
    {"comments", ANSWER_NOTE},
    {"remark", ANSWER_NOTE},
    {"remarks", ANSWER_NOTE},
    {"explanation", ANSWER_NOTE},
    {"備考", ANSWER_NOTE},
    {"備考欄", ANSWER_NOTE},
    {"コメント", ANSWER_NOTE},
    {"補足", ANSWER_NOTE},
    {"補足説明", ANSWER_NOTE},
    {"説明", ANSWER_NOTE},
    {"特記事項", ANSWER_NOTE},
    {NULL, ANSWER_COLUMNS},
};

static enum answer_column column_of(struct arena *a, str cell) {
    const struct head *h = heads;
    str key = answer_key(a, cell);
    size_t remark = key.n ? str_chr(str_from(key, 1), '(') : STR_NONE; /* "回答(○/×)" */
    if (remark != STR_NONE)
        key = str_upto(key, remark + 1);
    while (h->name && !str_is(key, h->name))
        h++;
    return h->column;
}

static uint32_t read_heads(struct arena *a, const struct csv_sheet *s, uint32_t row, uint32_t *at) {
    uint32_t found = 0;
    for (int i = 0; i < ANSWER_COLUMNS; i++)
        at[i] = SHEET_COLUMNS;
    for (uint32_t n = 0; n < s->rows.v[row].cells.n; n++) {
        enum answer_column c = column_of(a, csv_sheet_text(s, row, n));
        if (c == ANSWER_COLUMNS || at[c] != SHEET_COLUMNS)
            continue;
        at[c] = n;
        found++;
    }
    return found;
}

static bool asks(const uint32_t *at) {
    return at[ANSWER_ID] != SHEET_COLUMNS || at[ANSWER_TEXT] != SHEET_COLUMNS || at[ANSWER_PRACTICE] != SHEET_COLUMNS;
}

/* Row and place of a cell that says just this. */
static bool find_cell(struct arena *a, const struct csv_sheet *s, str key, uint32_t from, uint32_t to, uint32_t *row,
                      uint32_t *column) {
    for (*row = from; *row < s->rows.n && *row < to; ++*row)
        for (*column = 0; *column < s->rows.v[*row].cells.n; ++*column)
            if (str_eq(answer_key(a, csv_sheet_text(s, *row, *column)), key))
                return true;
    return false;
}

static bool take_given(struct arena *a, const struct csv_sheet *s, str given, bool first, struct answer_columns *out,
                       struct err *e) {
    str name, head;
    int c = 0;
    uint32_t row, column;
    bool cut = str_cut(given, '=', &name, &head);
    while (c < ANSWER_COLUMNS && !str_is(str_trim(name), answer_column_names[c]))
        c++;
    if (!cut || c == ANSWER_COLUMNS) {
        err_set(e, ERR_USAGE, given, "%s", _("write it like answer=HEAD"));
        return err_hint(e, "%s", _("columns are: id, text, practice, answer, level, reference, note"));
    }
    if (!find_cell(a, s, answer_key(a, head), first ? 0 : out->head, first ? HEAD_ROWS : out->head + 1, &row, &column))
        return err_set(e, ERR_USAGE, given, _("the sheet has no column with this head: %.*s"), STR_ARG(head));
    if (first) {
        out->head = row;
        read_heads(a, s, row, out->at);
    }
    for (int i = 0; i < ANSWER_COLUMNS; i++) /* what it was taken for by itself */
        if (out->at[i] == column)
            out->at[i] = SHEET_COLUMNS;
    out->at[c] = column;
    return true;
}

bool answer_columns_find(struct arena *a, const struct csv_sheet *s, const str *given, uint32_t n,
                         struct answer_columns *out, struct err *e) {
    uint32_t most = 0, at[ANSWER_COLUMNS];
    *out = (struct answer_columns){.head = UINT32_MAX};
    for (uint32_t i = 0; i < n; i++)
        if (!take_given(a, s, given[i], i == 0, out, e))
            return false;
    for (uint32_t row = 0; !n && row < s->rows.n && row < HEAD_ROWS; row++) {
        uint32_t found = read_heads(a, s, row, at);
        if (found <= most || !asks(at))
            continue;
        most = found;
        out->head = row;
        memcpy(out->at, at, sizeof at);
    }
    if (out->head != UINT32_MAX && asks(out->at))
        return true;
    err_set(e, ERR_INPUT, s->where, "%s", _("no row heads a column of questions"));
    return err_hint(e, "%s", _("say which it is: --column id=HEAD, --column text=HEAD or --column practice=HEAD"));
}
