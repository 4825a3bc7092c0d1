/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/things_csv.h"

#include "base/charset.h"
#include "base/csv.h"
#include "impact/cells.h"

enum { FAULTS_TOLD = 100, ID_COLUMN = FIELDS_MOST, NO_COLUMN = FIELDS_MOST + 1 };

struct reading {
    struct ctx *ctx;
    struct arena *a;
    struct sheet *out;
    unsigned columns[CSV_FIELDS]; /* field of each column, ID_COLUMN or NO_COLUMN */
    uint32_t n;
    struct map seen; /* id → row */
    uint32_t line;
};

/* ── heads ── */

/* "support_until", "Support until" and "support-until" are one. */
static bool head_is(str head, const char *name) {
    str want = str_of(name);
    if (head.n != want.n)
        return false;
    for (size_t i = 0; i < head.n; i++) {
        char c = ch_tolower(head.p[i]);
        if ((c == '_' || c == ' ' ? '-' : c) != ch_tolower(want.p[i]))
            return false;
    }
    return true;
}

/* What sheets of before may say. */
static str head_of_now(str head) { return str_is(head, "ゾーン") ? S("区画") : head; }

static unsigned column_of(enum thing_kind kind, str head) {
    const struct thing_shape *s = &thing_shapes[kind];
    head = head_of_now(head);
    if (str_ieq(head, S("id")) || str_is(head, "識別子"))
        return ID_COLUMN;
    for (unsigned i = 0; i < s->n; i++)
        if (head_is(head, s->fields[i].name) || head_is(head, s->fields[i].japanese))
            return i;
    return NO_COLUMN;
}

static str names_of(struct arena *a, enum thing_kind kind) {
    str names = S("id");
    for (uint32_t i = 0; i < thing_shapes[kind].n; i++)
        names = arena_printf(a, "%.*s, %s", STR_ARG(names), thing_shapes[kind].fields[i].name);
    return names;
}

static bool read_heads(struct reading *r, const struct csv_row *row, struct err *e) {
    str place = arena_printf(r->a, "%.*s:%u", STR_ARG(r->out->where), r->line);
    bool id = false;
    r->n = row->n;
    for (uint32_t i = 0; i < row->n; i++) {
        str head = cell_trim(row->v[i]);
        r->columns[i] = column_of(r->out->kind, head);
        if (r->columns[i] == NO_COLUMN) {
            if (!head.n)
                continue;
            if (row->n == 1 && (str_chr(head, ';') != STR_NONE || str_chr(head, '\t') != STR_NONE)) {
                err_set(e, ERR_INPUT, place, "%s", _("there are no commas between the columns"));
                return err_hint(e, "%s", _("save the sheet as CSV, with commas"));
            }
            err_set(e, ERR_INPUT, place, _("there is no field '%.*s'"), STR_ARG(head));
            return err_hint(e, _("the heads of columns are: %.*s"), STR_ARG(names_of(r->a, r->out->kind)));
        }
        bool *given = r->columns[i] == ID_COLUMN ? &id : &r->out->given[r->columns[i]];
        if (*given)
            return err_set(e, ERR_INPUT, place, _("the column '%.*s' stands twice"), STR_ARG(head));
        *given = true;
    }
    if (id)
        return true;
    err_set(e, ERR_INPUT, place, "%s", _("there is no column 'id'"));
    return err_hint(e, _("the heads of columns are: %.*s"), STR_ARG(names_of(r->a, r->out->kind)));
}

/* ── rows ── */

static void fault(struct reading *r, const char *column, const struct err *why) {
    struct sheet *s = r->out;
    if (s->faulty++ >= FAULTS_TOLD)
        return;
    struct err *e = vec_push(r->a, &s->faults);
    *e = *why;
    str place = arena_printf(r->a, "%.*s:%u", STR_ARG(s->where), r->line);
    snprintf(e->where, sizeof e->where, "%.*s", STR_ARG(place));
    if (column)
        (void)err_prefix(e, "%s", column);
}

static bool read_cells(struct reading *r, const struct csv_row *row, struct form *f) {
    struct err e = {0};
    for (uint32_t i = 0; i < row->n && i < r->n; i++) {
        str cell = csv_plain(row->v[i]);
        if (r->columns[i] == ID_COLUMN)
            f->id = arena_str(r->a, cell_trim(cell));
        if (r->columns[i] >= ID_COLUMN)
            continue;
        const struct field *field = &thing_shapes[f->kind].fields[r->columns[i]];
        if (!field_take(r->ctx, r->a, field, cell, &f->v[r->columns[i]], &e)) {
            fault(r, field->name, &e);
            return false; /* one fault a row */
        }
    }
    return true;
}

/* The same thing once more. */
static void again(struct reading *r, const struct form *f, const struct sheet_row *first) {
    struct err e = {0};
    if (form_same(&first->form, f))
        return;
    err_set(&e, ERR_INPUT, (str){NULL, 0}, _("'%.*s' stands in line %u already, with something else"), STR_ARG(f->id),
            first->line);
    (void)err_hint(&e, "%s", _("one row for each thing: take one of them out"));
    fault(r, NULL, &e);
}

static void read_row(struct reading *r, const struct csv_row *row) {
    struct form f = {.kind = r->out->kind};
    struct err e = {0};
    bool fresh;
    if (csv_is_blank(row) || !read_cells(r, row, &f))
        return;
    if (row->n > r->n) {
        err_set(&e, ERR_INPUT, (str){NULL, 0}, _("this row has %u cells, the head has %u"), row->n, r->n);
        (void)err_hint(&e, "%s", _("is there a comma in a cell without quotes around it?"));
        fault(r, NULL, &e);
        return;
    }
    if (!thing_id_check(f.id, &e)) {
        fault(r, "id", &e);
        return;
    }
    struct map_entry *entry = map_put(&r->seen, f.id, &fresh);
    if (!fresh) {
        again(r, &f, &r->out->rows.v[(uintptr_t)entry->value - 1]);
        return;
    }
    *vec_push(r->a, &r->out->rows) = (struct sheet_row){f, r->line};
    entry->value = (void *)(uintptr_t)r->out->rows.n; // NOLINT(performance-no-int-to-ptr): a number, never followed
}

bool sheet_read(struct ctx *c, struct arena *a, enum thing_kind kind, str text, str where, struct sheet *out,
                struct err *e) {
    struct reading r = {.ctx = c, .a = a, .out = out, .line = 1};
    struct csv_row row;
    const char *charset;
    bool heads = false;
    *out = (struct sheet){.kind = kind, .where = where};
    map_init(&r.seen, a);
    if (!text_decode(a, text, where, &text, &charset, e))
        return false;
    for (; csv_next(a, &text, &row); r.line += row.lines) {
        if (row.open) { /* nothing behind it can be told apart */
            struct err why = {0};
            err_set(&why, ERR_INPUT, arena_printf(a, "%.*s:%u", STR_ARG(where), r.line), "%s",
                    _("a quote is opened here and never closed"));
            (void)err_hint(&why, "%s", _("within quotes, a quote is written twice: \"\""));
            if (heads)
                fault(&r, NULL, &why);
            else
                *e = why;
            return heads;
        }
        if (heads)
            read_row(&r, &row);
        else if (!csv_is_blank(&row) && !(heads = read_heads(&r, &row, e)))
            return false;
    }
    return heads || err_set(e, ERR_INPUT, where, "%s", _("this sheet is empty"));
}

/* ── writing ── */

void sheet_head(struct buf *b, enum thing_kind kind, bool japanese) {
    const struct thing_shape *s = &thing_shapes[kind];
    if (japanese)
        buf_addz(b, "\xEF\xBB\xBF"); /* Excel takes a file without it for Shift_JIS */
    csv_write(b, true, japanese ? S("識別子") : S("id"));
    for (uint32_t i = 0; i < s->n; i++)
        csv_write(b, false, str_of(japanese ? s->fields[i].japanese : s->fields[i].name));
    buf_addz(b, "\r\n");
}

void sheet_line(struct buf *b, const struct form *f) {
    csv_write(b, true, f->id);
    for (uint32_t i = 0; i < thing_shapes[f->kind].n; i++)
        csv_write(b, false, f->v[i].p ? f->v[i] : S(""));
    buf_addz(b, "\r\n");
}
