/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>
#include <stdlib.h>

#include "base/line.h"
#include "cli/cli.h"

enum { GAP = 2, LEAST = 8 };

struct cell {
    str text;
    enum cell_style style;
};
struct table {
    struct arena *a;
    const struct column *columns;
    uint32_t n;
    VEC(struct cell) cells; /* row by row */
};

struct table *table_new(struct arena *a, const struct column *columns, uint32_t n) {
    struct table *t = arena_new_of(a, struct table);
    t->a = a;
    t->columns = columns;
    t->n = n;
    return t;
}

void table_row(struct table *t) {
    while (t->cells.n % t->n)
        *vec_push(t->a, &t->cells) = (struct cell){S(""), CELL_PLAIN};
}

/* What a hostile document put into a name must not move the cursor or change colours. */
static str visible(struct arena *a, str s) {
    bool clean = true;
    for (size_t i = 0; i < s.n && clean; i++)
        clean = (unsigned char)s.p[i] >= 0x20 && s.p[i] != 0x7F;
    if (clean && str_utf8_ok(s))
        return s;
    struct buf b = {0};
    bool utf8 = str_utf8_ok(s);
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '\n' || c == '\t')
            buf_addc(&b, ' ');
        else if (c < 0x20 || c == 0x7F || (!utf8 && c >= 0x80))
            buf_addc(&b, '?');
        else
            buf_addc(&b, (char)c);
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

void table_cell(struct table *t, str text, enum cell_style style) {
    *vec_push(t->a, &t->cells) = (struct cell){visible(t->a, text), style};
}

/* As much of s as fits, wherever that is. */
static str fitting(str s, unsigned width) {
    size_t n = 0;
    for (unsigned used = 0; n < s.n;) {
        uint32_t u;
        size_t more = str_rune(str_from(s, n), &u);
        more = more ? more : 1;
        used += text_width(str_n(s.p + n, more));
        if (used > width)
            break;
        n += more;
    }
    return str_upto(s, n);
}

static void paint(const struct cli *cli, str text, enum cell_style style) {
    static const char *const codes[] = {"", "\033[1m", "\033[2m", "\033[1;31m", "\033[33m", "\033[32m", "\033[36m"};
    if (cli->colour && style != CELL_PLAIN)
        fprintf(cli->out, "%s%.*s\033[0m", codes[style], STR_ARG(text));
    else
        fprintf(cli->out, "%.*s", STR_ARG(text));
}

/* The end of s that fits. */
static str fitting_tail(str s, unsigned width) {
    for (unsigned used = text_width(s); used > width;) {
        uint32_t u;
        size_t more = str_rune(s, &u);
        more = more ? more : 1;
        used -= text_width(str_upto(s, more));
        s = str_from(s, more);
    }
    return s;
}

/* One line of one cell; what is left for the next line goes to *rest. */
static void put(const struct cli *cli, const struct column *col, struct cell cell, unsigned width, bool last,
                str *rest) {
    str shown = cell.text;
    unsigned w = text_width(shown);
    *rest = S("");
    if (w > width && col->wrap) {
        shown = str_upto(cell.text, line_fit(cell.text, width));
        *rest = str_trim(str_from(cell.text, shown.n));
        shown = str_trim(shown);
    } else if (w > width) {
        shown = col->tail ? fitting_tail(cell.text, width - 1) : fitting(cell.text, width - 1);
    }
    bool cut = !col->wrap && w > width;
    w = text_width(shown) + cut;
    int pad = w < width ? (int)(width - w) : 0;
    if (col->right)
        fprintf(cli->out, "%*s", pad, "");
    if (cut && col->tail)
        fputs("…", cli->out);
    paint(cli, shown, cell.style);
    if (cut && !col->tail)
        fputs("…", cli->out);
    if (!col->right && !last)
        fprintf(cli->out, "%*s", pad, "");
    if (!last)
        fprintf(cli->out, "%*s", GAP, "");
}

static void print_row(const struct table *t, const struct cli *cli, const struct cell *row, const unsigned *widths) {
    struct cell *now = arena_array(t->a, struct cell, t->n);
    for (uint32_t i = 0; i < t->n; i++)
        now[i] = row[i];
    for (bool more = true; more;) {
        more = false;
        uint32_t last = t->n - 1;
        while (last > 0 && (!now[last].text.n || !widths[last]))
            last--;
        for (uint32_t i = 0; i <= last; i++) {
            str rest;
            if (!widths[i])
                continue;
            put(cli, &t->columns[i], now[i], widths[i], i == last, &rest);
            now[i].text = rest;
            more |= rest.n > 0;
        }
        for (uint32_t i = last + 1; i < t->n; i++)
            now[i].text = S("");
        fputc('\n', cli->out);
    }
}

static str head_of(const struct table *t, uint32_t i) {
    return t->columns[i].head ? str_of(_(t->columns[i].head)) : S("");
}

/* Too narrow even for the least widths: one value per line. */
static void print_stacked(const struct table *t, const struct cli *cli) {
    for (uint32_t at = 0; at < t->cells.n; at += t->n) {
        for (uint32_t i = 0; i < t->n; i++) {
            if (!t->cells.v[at + i].text.n)
                continue;
            if (t->columns[i].head)
                fprintf(cli->out, "%s: ", head_of(t, i).p);
            paint(cli, t->cells.v[at + i].text, t->cells.v[at + i].style);
            fputc('\n', cli->out);
        }
        fputc('\n', cli->out);
    }
}

/* Takes columns off the widest column that may give, one at a time, down to the floor of its kind. */
static bool squeeze(const struct table *t, unsigned *widths, unsigned room, unsigned floor_wrap, unsigned floor_cut) {
    unsigned total = 0;
    for (uint32_t i = 0; i < t->n; i++)
        total += widths[i] ? widths[i] + (total ? GAP : 0) : 0;
    while (total > room) {
        uint32_t widest = t->n;
        for (uint32_t i = 0; i < t->n; i++) {
            unsigned least = t->columns[i].wrap ? floor_wrap : floor_cut;
            if ((t->columns[i].shrink || t->columns[i].wrap) && widths[i] > least &&
                (widest == t->n || widths[i] > widths[widest]))
                widest = i;
        }
        if (widest == t->n)
            return false;
        widths[widest]--;
        total--;
    }
    return true;
}

/* First to widths that read well, then without the spare columns (width 0), then as narrow as it goes. */
static bool fit(const struct table *t, unsigned *widths, unsigned room) {
    enum { WELL_WRAPPED = 26, WELL_CUT = 18 };
    if (squeeze(t, widths, room, WELL_WRAPPED, WELL_CUT))
        return true;
    for (uint32_t i = 0; i < t->n; i++)
        if (t->columns[i].spare)
            widths[i] = 0;
    return squeeze(t, widths, room, WELL_WRAPPED, WELL_CUT) || squeeze(t, widths, room, LEAST, LEAST);
}

void table_print(const struct table *t, const struct cli *cli) {
    assert(t->n > 0);
    unsigned *widths = arena_array(t->a, unsigned, t->n);
    struct cell *heads = arena_array(t->a, struct cell, t->n);
    for (uint32_t i = 0; i < t->n; i++) {
        heads[i] = (struct cell){head_of(t, i), CELL_BOLD};
        widths[i] = text_width(heads[i].text);
    }
    for (uint32_t i = 0; i < t->cells.n; i++) {
        unsigned w = text_width(t->cells.v[i].text);
        if (w > widths[i % t->n])
            widths[i % t->n] = w;
    }
    if (cli->width && !fit(t, widths, cli->width)) {
        print_stacked(t, cli);
        return;
    }
    if (t->columns[0].head)
        print_row(t, cli, heads, widths);
    for (uint32_t at = 0; at + t->n <= t->cells.n; at += t->n) {
        struct arena_mark m = arena_mark(t->a);
        print_row(t, cli, &t->cells.v[at], widths);
        arena_reset(t->a, m);
    }
}
