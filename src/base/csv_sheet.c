/* SPDX-License-Identifier: Apache-2.0 */
#include "base/csv_sheet.h"

#include "base/charset.h"
#include "base/csv.h"

enum { LOOKED_AT = 65536 }; /* bytes in which the separator is looked for */

/* ── reading ── Bytes and decoded text are cut in step: in UTF-8 and CP932 a byte below 0x40 is never part of another
 * character, so commas, quotes and line ends are the same in both. */

struct cut {
    str raw, inner; /* inner: between the quotes, doubled ones and all */
    bool quoted, open, more;
    str end;
};

static struct cut cut_cell(str *rest, char separator) {
    struct cut c = {0};
    size_t n = 0;
    if (rest->n && rest->p[0] == '"') {
        c.quoted = true;
        for (n = 1; n < rest->n && (rest->p[n] != '"' || (n + 1 < rest->n && rest->p[n + 1] == '"'));)
            n += rest->p[n] == '"' ? 2 : 1;
        c.open = n >= rest->n;
        c.inner = str_n(rest->p + 1, (n < rest->n ? n : rest->n) - 1);
        n = n < rest->n ? n + 1 : rest->n;
    }
    while (n < rest->n && rest->p[n] != separator && rest->p[n] != '\n')
        n++;
    c.raw = str_upto(*rest, n);
    c.more = n < rest->n && rest->p[n] == separator;
    c.end = str_n(rest->p + n, n < rest->n && !c.more);
    *rest = str_from(*rest, n < rest->n ? n + 1 : n);
    if (!c.more && !c.open && c.raw.n && c.raw.p[c.raw.n - 1] == '\r') {
        c.raw.n--;
        c.end = str_n(c.raw.p + c.raw.n, 1 + c.end.n);
    }
    if (!c.quoted)
        c.inner = c.raw;
    return c;
}

static str unquoted(struct arena *a, const struct cut *c) {
    if (!c->quoted || !c->inner.n || !memchr(c->inner.p, '"', c->inner.n))
        return c->inner;
    char *p = arena_room(a, c->inner.n);
    size_t n = 0;
    for (size_t i = 0; i < c->inner.n; i++) {
        p[n++] = c->inner.p[i];
        i += c->inner.p[i] == '"';
    }
    return str_n(p, n);
}

static uint32_t lines_in(str s) {
    uint32_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    return n;
}

/* A quotation mark opens at the beginning of a cell alone, as cut_cell() has it. */
static char separator_of(str text) {
    static const char signs[] = {',', '\t', ';'};
    size_t best = 0, counts[sizeof signs] = {0};
    bool quoted = false, begins = true;
    for (size_t i = 0; i < text.n && i < LOOKED_AT; i++) {
        char c = text.p[i];
        if (quoted) {
            bool doubled = c == '"' && i + 1 < text.n && text.p[i + 1] == '"';
            quoted = c != '"' || doubled;
            i += doubled;
            continue;
        }
        quoted = c == '"' && begins;
        begins = c == '\n';
        for (size_t k = 0; k < sizeof signs; k++)
            if (c == signs[k]) {
                counts[k]++;
                begins = true;
            }
    }
    for (size_t k = 1; k < sizeof signs; k++)
        if (counts[k] > counts[best])
            best = k;
    return signs[best];
}

static bool read_rows(struct arena *a, str raw, str text, struct csv_sheet *s, struct err *e) {
    uint32_t line = 1, cells = 0;
    while (text.n) {
        struct sheet_row *row = vec_push(a, &s->rows);
        struct cut c, t;
        *row = (struct sheet_row){.line = line};
        do {
            str before = text;
            t = cut_cell(&text, s->separator);
            c = raw.p == before.p ? t : cut_cell(&raw, s->separator);
            if (raw.p == before.p)
                raw = text;
            str place = arena_printf(a, "%.*s:%u", STR_ARG(s->where), line);
            if (t.open)
                return err_set(e, ERR_INPUT, place, "%s", _("a quotation mark is not closed"));
            if (row->cells.n == SHEET_COLUMNS || cells++ == SHEET_CELLS)
                return err_set(e, ERR_LIMIT, place, "%s", _("the sheet has too many cells"));
            *vec_push(a, &row->cells) = (struct sheet_cell){.raw = c.raw, .text = unquoted(a, &t)};
            line += lines_in(t.raw);
        } while (t.more);
        row->end = t.end;
        line += t.end.n > 0;
        s->columns = row->cells.n > s->columns ? row->cells.n : s->columns;
    }
    return true;
}

bool csv_sheet_read(struct arena *a, str bytes, str where, struct csv_sheet *out, struct err *e) {
    str text;
    const char *charset;
    *out = (struct csv_sheet){.where = where};
    if (!text_decode(a, bytes, where, &text, &charset, e))
        return false;
    bool utf16 = strcmp(charset, "UTF-16") == 0;
    out->mark = (utf16 && bytes.n > 1 && (bytes.p[0] == '\xff' || bytes.p[0] == '\xfe')) ||
                (strcmp(charset, "UTF-8") == 0 && str_starts(bytes, S("\xef\xbb\xbf")));
    out->charset = !utf16 ? charset : bytes.p[0] == '\xfe' || !bytes.p[0] ? "UTF-16BE" : "UTF-16LE";
    out->separator = separator_of(text);
    return read_rows(a, strcmp(charset, "CP932") == 0 ? bytes : text, text, out, e);
}

str csv_sheet_text(const struct csv_sheet *s, uint32_t row, uint32_t column) {
    if (row >= s->rows.n || column >= s->rows.v[row].cells.n)
        return S("");
    return str_trim(csv_plain(s->rows.v[row].cells.v[column].text));
}

/* ── writing ── */

void csv_sheet_put(struct arena *a, struct csv_sheet *s, uint32_t row, uint32_t column, str text) {
    struct sheet_row *r = &s->rows.v[row];
    while (r->cells.n <= column)
        *vec_push(a, &r->cells) = (struct sheet_cell){.raw = S(""), .text = S("")};
    r->cells.v[column].now = text.p ? text : S("");
    s->columns = r->cells.n > s->columns ? r->cells.n : s->columns;
}

/* Character by character, where the whole has one without a place. */
static str encoded(struct arena *a, str text, uint32_t *replaced) {
    struct buf b = {0};
    str out, where = S("");
    if (text_encode_cp932(a, text, where, &out, NULL))
        return out;
    while (text.n) {
        uint32_t u;
        size_t n = str_rune(text, &u);
        str one = str_upto(text, n ? n : 1);
        if (!n || !text_encode_cp932(a, one, where, &out, NULL)) {
            out = S("\x81\xac"); /* 〓 */
            ++*replaced;
        }
        buf_add(&b, out);
        text = str_from(text, one.n);
    }
    out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static void put_now(struct arena *a, const struct csv_sheet *s, str now, struct buf *out, uint32_t *replaced) {
    struct buf cell = {0};
    bool quote = memchr(now.n ? now.p : "", s->separator, now.n) && s->separator != ',';
    csv_write(&cell, true, now);
    if (quote && (!cell.n || cell.p[0] != '"')) { /* csv_write knows commas alone */
        buf_addc(out, '"');
        buf_add(out, strcmp(s->charset, "CP932") == 0 ? encoded(a, buf_str(&cell), replaced) : buf_str(&cell));
        buf_addc(out, '"');
    } else {
        buf_add(out, strcmp(s->charset, "CP932") == 0 ? encoded(a, buf_str(&cell), replaced) : buf_str(&cell));
    }
    buf_free(&cell);
}

static str line_end(const struct csv_sheet *s) {
    for (uint32_t i = 0; i < s->rows.n; i++)
        if (s->rows.v[i].end.n)
            return s->rows.v[i].end;
    return S("\r\n");
}

bool csv_sheet_write(struct arena *a, const struct csv_sheet *s, struct buf *out, uint32_t *replaced, struct err *e) {
    struct buf b = {0};
    bool wide = str_starts(str_of(s->charset), S("UTF-16"));
    str end = line_end(s), text;
    *replaced = 0;
    if (s->mark)
        buf_addz(&b, "\xef\xbb\xbf");
    for (uint32_t i = 0; i < s->rows.n; i++) {
        const struct sheet_row *r = &s->rows.v[i];
        for (uint32_t n = 0; n < r->cells.n; n++) {
            if (n)
                buf_addc(&b, s->separator);
            if (r->cells.v[n].now.p)
                put_now(a, s, r->cells.v[n].now, &b, replaced);
            else
                buf_add(&b, r->cells.v[n].raw);
        }
        buf_add(&b, i + 1 < s->rows.n || r->end.n ? (r->end.n ? r->end : end) : S(""));
    }
    bool ok = !wide || text_encode_utf16(a, buf_str(&b), strcmp(s->charset, "UTF-16BE") == 0, s->where, &text, e);
    if (ok)
        buf_add(out, wide ? text : buf_str(&b));
    buf_free(&b);
    return ok;
}
