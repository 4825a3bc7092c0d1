/* SPDX-License-Identifier: Apache-2.0
 *
 * A table that somebody looks at, as PDF: what is on the screen comes back on pages of A4. Nothing is looked up: who
 * may see the rows has them already.
 */
#include "base/paper.h"
#include "serve/call.h"

bool api_paper(struct call *q, struct err *e);

enum { COLUMNS_MOST = 16, ROWS_MOST = 5000, CELL_MOST = 400 };
static const double MARGIN = 36, FOOT = 22, PAD = 3, SIGNS_MOST = 44;
#define WIDTH (PAPER_WIDTH - 2 * MARGIN)
#define BOTTOM (PAPER_HEIGHT - MARGIN - FOOT)

static const struct paper_colour ink = {0.11, 0.12, 0.14}, grey = {0.35, 0.39, 0.43}, pale = {0.95, 0.96, 0.97},
                                 rule = {0.82, 0.84, 0.86};

struct column {
    str head;
    bool number;
    double x, width;
};
struct sheet {
    struct paper *p;
    struct arena *a;
    str title, sub;
    struct column columns[COLUMNS_MOST];
    int n;
    double y;
    unsigned page;
};

/* ── columns ── */

/* Signs of half an em; CJK takes two. */
static double breadth(str s) {
    double n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        n += c < 0x80 ? 1 : c >= 0xE3 ? 2 : (c & 0xC0) == 0xC0 ? 1 : 0;
    }
    return n > SIGNS_MOST ? SIGNS_MOST : n;
}

static str cell_of(struct sheet *s, struct jv v) {
    str text = j_is_str(v) ? j_str(v) : j_ok(v) && !j_is_null(v) ? json_text(v, s->a) : S("");
    size_t n = text.n < CELL_MOST ? text.n : CELL_MOST;
    while (n < text.n && n && ((unsigned char)text.p[n] & 0xC0) == 0x80)
        n--;
    return str_upto(text, n);
}

/* Each as wide as its widest cell asks for, and all of them together as wide as the page. */
static void share_width(struct sheet *s, struct jv rows) {
    double all = 0;
    for (int i = 0; i < s->n; i++)
        s->columns[i].width = breadth(s->columns[i].head);
    for (struct jiter it = j_iter(rows); j_next(&it);) {
        int i = 0;
        for (struct jiter cells = j_iter(it.val); i < s->n && j_next(&cells); i++) {
            double wanted = breadth(cell_of(s, cells.val));
            s->columns[i].width = wanted > s->columns[i].width ? wanted : s->columns[i].width;
        }
    }
    for (int i = 0; i < s->n; i++)
        all += s->columns[i].width += 3; /* nobody gets nothing */
    double x = MARGIN;
    for (int i = 0; i < s->n; i++) {
        s->columns[i].width *= WIDTH / all;
        s->columns[i].x = x;
        x += s->columns[i].width;
    }
}

/* ── pages ── */

static struct paper_style style_of(const struct column *c, double size, struct paper_colour colour, bool bold) {
    return (struct paper_style){
        .size = size, .bold = bold, .colour = colour, .align = c && c->number ? PAPER_RIGHT : PAPER_LEFT};
}

static void put_heads(struct sheet *s) {
    double high = 0;
    for (int i = 0; i < s->n; i++) {
        struct paper_style style = style_of(&s->columns[i], 7, grey, true);
        double h = paper_measure(s->p, &style, s->columns[i].width - 2 * PAD, s->columns[i].head);
        high = h > high ? h : high;
    }
    paper_fill(s->p, MARGIN, s->y, WIDTH, high + 2 * PAD, pale);
    for (int i = 0; i < s->n; i++) {
        struct paper_style style = style_of(&s->columns[i], 7, grey, true);
        paper_write(s->p, s->columns[i].x + PAD, s->y + PAD, s->columns[i].width - 2 * PAD, &style, s->columns[i].head);
    }
    s->y += high + 2 * PAD;
}

static void put_foot(struct sheet *s) {
    struct paper_style left = style_of(NULL, 7, grey, false), right = left;
    char number[24];
    right.align = PAPER_RIGHT;
    (void)snprintf(number, sizeof number, "%u", s->page);
    paper_write(s->p, MARGIN, PAPER_HEIGHT - MARGIN - 8, WIDTH - 40, &left, s->title);
    paper_write(s->p, MARGIN + WIDTH - 40, PAPER_HEIGHT - MARGIN - 8, 40, &right, str_of(number));
    paper_page(s->p);
    s->page++;
    s->y = MARGIN;
}

static void put_row(struct sheet *s, struct jv row) {
    str cells[COLUMNS_MOST] = {{0}};
    double high = 0;
    int n = 0;
    for (struct jiter it = j_iter(row); n < s->n && j_next(&it); n++) {
        struct paper_style style = style_of(&s->columns[n], 7.5, ink, false);
        cells[n] = cell_of(s, it.val);
        double h = paper_measure(s->p, &style, s->columns[n].width - 2 * PAD, cells[n]);
        high = h > high ? h : high;
    }
    if (s->y + high + 2 * PAD > BOTTOM) {
        put_foot(s);
        put_heads(s);
    }
    for (int i = 0; i < n; i++) {
        struct paper_style style = style_of(&s->columns[i], 7.5, ink, false);
        paper_write(s->p, s->columns[i].x + PAD, s->y + PAD, s->columns[i].width - 2 * PAD, &style, cells[i]);
    }
    s->y += high + 2 * PAD;
    paper_fill(s->p, MARGIN, s->y, WIDTH, 0.4, rule);
}

static void put_all(struct sheet *s, struct jv rows) {
    struct paper_style title = style_of(NULL, 15, ink, true), sub = style_of(NULL, 8, grey, false);
    s->y = MARGIN;
    s->page = 1;
    s->y += paper_write(s->p, MARGIN, s->y, WIDTH, &title, s->title) + 3;
    s->y += paper_write(s->p, MARGIN, s->y, WIDTH, &sub, s->sub) + 8;
    put_heads(s);
    for (struct jiter it = j_iter(rows); j_next(&it);) {
        struct arena_mark mark = arena_mark(s->a);
        put_row(s, it.val);
        arena_reset(s->a, mark);
    }
    put_foot(s);
}

/* ── the route ── */

static bool read_columns(struct sheet *s, struct jv columns, struct err *e) {
    for (struct jiter it = j_iter(columns); j_next(&it);) {
        if (s->n == COLUMNS_MOST)
            return err_set(e, ERR_LIMIT, S("columns"), _("more than %d columns"), COLUMNS_MOST);
        s->columns[s->n++] = (struct column){.head = j_gets(it.val, "head"), .number = j_true(j_get(it.val, "number"))};
    }
    return s->n > 0 || err_set(e, ERR_USAGE, S("columns"), "%s", _("must be a list"));
}

bool api_paper(struct call *q, struct err *e) {
    struct jv rows = j_get(q->json.root, "rows"), columns = j_get(q->json.root, "columns");
    struct sheet s = {.a = q->a, .title = j_gets(q->json.root, "title"), .sub = j_gets(q->json.root, "sub")};
    struct buf out = {0};
    if (!j_is_arr(rows) || !j_is_arr(columns) || !s.title.n)
        return err_set(e, ERR_USAGE, S("rows"), "%s", _("a table has a title, columns and rows"));
    if (j_len(rows) > ROWS_MOST)
        return err_set(e, ERR_LIMIT, S("rows"), _("more than %d rows: narrow the list first, or take it as CSV"),
                       ROWS_MOST);
    struct paper_about about = {.title = s.title, .author = S("Akashi"), .subject = s.sub, .time = q->ctx->now};
    if (!read_columns(&s, columns, e) || !paper_begin(q->a, &about, &s.p, e))
        return false;
    share_width(&s, rows);
    put_all(&s, rows);
    bool ok = paper_end(s.p, &out, e);
    str bytes = arena_str(q->a, buf_str(&out));
    buf_free(&out);
    return ok && call_bytes(q, "application/pdf", bytes);
}
const struct route_doc api_paper_doc = {
    .others = "application/pdf",
    .body = "table",
    .says = N_(
        "{\"title\", \"sub\"?, \"columns\": [{\"head\", \"number\"?}], \"rows\": [[text or number]]}: the PDF, at "
        "most 5,000 rows; 503 where the libraries for it are not installed")};
