/* SPDX-License-Identifier: Apache-2.0
 *
 * A4 for print: what is full is computed, what is hatched is claimed, also in grey. The pages are set twice, first to
 * count them.
 */
#include "base/paper.h"
#include "base/qr.h"
#include "conform/render_page.h"

static const double MARGIN = 45, FOOT = 40, QR_SIDE = 92, ROW_PAD = 4;
#define WIDTH (PAPER_WIDTH - 2 * MARGIN)
#define BOTTOM (PAPER_HEIGHT - MARGIN - FOOT)

static const struct paper_colour ink = {0.11, 0.12, 0.14}, grey = {0.35, 0.39, 0.43}, pale = {0.95, 0.96, 0.97},
                                 rule = {0.82, 0.84, 0.86}, green = {0.1, 0.5, 0.22}, amber = {0.6, 0.4, 0},
                                 red = {0.81, 0.13, 0.18}, white = {1, 1, 1};

struct setting {
    const struct page *page;
    const struct qr *qr; /* NULL: no code */
    struct paper *p;
    double y;
    unsigned number, pages; /* pages: 0 while they are counted */
};

static struct paper_style plain(double size, struct paper_colour c) {
    return (struct paper_style){.size = size, .colour = c};
}
static struct paper_style bold(double size, struct paper_colour c) {
    return (struct paper_style){.size = size, .bold = true, .colour = c};
}

/* ── pages ── */

static void foot(struct setting *s) {
    struct paper_style left = plain(7, grey), right = plain(7, grey);
    char text[64];
    double y = PAPER_HEIGHT - MARGIN - 14;
    right.align = PAPER_RIGHT;
    left.fixed = true;
    paper_fill(s->p, MARGIN, y - 6, WIDTH, 0.5, rule);
    paper_write(s->p, MARGIN, y, WIDTH - 60, &left, s->page->digest);
    (void)snprintf(text, sizeof text, "%u / %u", s->number, s->pages ? s->pages : s->number);
    paper_write(s->p, MARGIN + WIDTH - 60, y, 60, &right, str_of(text));
}

static void next_page(struct setting *s) {
    struct paper_style style = plain(8, grey);
    foot(s);
    paper_page(s->p);
    s->number++;
    s->y = MARGIN;
    s->y += paper_write(s->p, MARGIN, s->y, WIDTH, &style, s->page->title) + 2;
    style = bold(8, ink);
    s->y += paper_write(s->p, MARGIN, s->y, WIDTH, &style, s->page->id) + 10;
}

static bool fits(const struct setting *s, double height) { return s->y + height <= BOTTOM; }

/* ── head ── */

static void put_qr(struct setting *s, double x, double y) {
    double module = QR_SIDE / (s->qr->width + 8);
    paper_fill(s->p, x, y, QR_SIDE, QR_SIDE, white);
    for (unsigned row = 0; row < s->qr->width; row++)
        for (unsigned at = 0; at < s->qr->width; at++) {
            unsigned end = at;
            while (end < s->qr->width && s->qr->dark[row * s->qr->width + end])
                end++;
            if (end > at)
                paper_fill(s->p, x + (at + 4) * module, y + (row + 4) * module, (end - at) * module, module,
                           (struct paper_colour){0, 0, 0});
            at = end;
        }
}

static void head(struct setting *s) {
    static const struct paper_colour *const stamps[] = {&green, &amber, &red};
    const struct paper_colour c = *stamps[s->page->stamp_kind];
    double width = WIDTH - (s->qr ? QR_SIDE + 16 : 0), high;
    struct paper_style style = bold(19, ink), stamp = bold(10, c);
    s->y = MARGIN;
    if (s->qr)
        put_qr(s, MARGIN + WIDTH - QR_SIDE, MARGIN - 8);
    s->y += paper_write(s->p, MARGIN, s->y, width, &style, s->page->title) + 4;
    style = plain(10.5, ink);
    s->y += paper_write(s->p, MARGIN, s->y, width, &style, s->page->catalogue) + 10;
    stamp.align = PAPER_CENTRE;
    high = paper_measure(s->p, &stamp, 90, s->page->stamp);
    paper_frame(s->p, MARGIN + 0.75, s->y, 90, high + 6, 1.5, c);
    paper_write(s->p, MARGIN, s->y + 3, 91.5, &stamp, s->page->stamp);
    s->y += high + 20;
    if (s->qr && s->y < MARGIN + QR_SIDE)
        s->y = MARGIN + QR_SIDE;
}

static void title(struct setting *s, str text) {
    struct paper_style style = bold(12, ink);
    if (!fits(s, 70))
        next_page(s);
    s->y += 12;
    s->y += paper_write(s->p, MARGIN, s->y, WIDTH, &style, text) + 2;
    paper_fill(s->p, MARGIN, s->y, WIDTH, 1.2, ink);
    s->y += 6;
}

static void pairs(struct setting *s, const struct page_pairs *all) {
    static const double NAMES = 118;
    struct paper_style name = plain(9, grey), value = plain(9, ink);
    for (uint32_t i = 0; i < all->n; i++) {
        double left = paper_measure(s->p, &name, NAMES - 8, all->v[i].name);
        double right = paper_measure(s->p, &value, WIDTH - NAMES, all->v[i].value);
        double high = left > right ? left : right;
        if (!fits(s, high))
            next_page(s);
        paper_write(s->p, MARGIN, s->y, NAMES - 8, &name, all->v[i].name);
        paper_write(s->p, MARGIN + NAMES, s->y, WIDTH - NAMES, &value, all->v[i].value);
        s->y += high + 3;
    }
}

/* ── practices ── */

static const double widths[PAGE_HEADS] = {66, 0, 62, 36, 76, 54}; /* the title takes what is left */
static double at_column(int n) {
    double x = MARGIN, rest = WIDTH;
    for (int i = 0; i < PAGE_HEADS; i++)
        rest -= widths[i];
    for (int i = 0; i < n; i++)
        x += widths[i] > 0 ? widths[i] : rest;
    return x;
}
static double column_width(int n) { return at_column(n + 1) - at_column(n) - 6; }

static void heads(struct setting *s) {
    struct paper_style style = bold(8, ink);
    double high = 0;
    for (int i = 0; i < PAGE_HEADS; i++) {
        double h = paper_measure(s->p, &style, column_width(i), s->page->heads[i]);
        high = h > high ? h : high;
    }
    paper_fill(s->p, MARGIN, s->y, WIDTH, high + 2 * ROW_PAD, pale);
    for (int i = 0; i < PAGE_HEADS; i++) {
        style.align = i == PAGE_HEADS - 1 ? PAPER_RIGHT : PAPER_LEFT;
        paper_write(s->p, at_column(i) + 3, s->y + ROW_PAD, column_width(i), &style, s->page->heads[i]);
    }
    s->y += high + 2 * ROW_PAD;
}

static void bar(struct setting *s, const struct page_row *r, double left, double y) {
    static const double SIDE = 9, STEP = 12;
    for (int i = 1; i < LEVELS; i++) {
        double x = left + (i - 1) * STEP;
        if (i <= r->level)
            paper_fill(s->p, x, y, SIDE, SIDE, green);
        else if (i <= r->claimed)
            paper_hatch(s->p, x, y, SIDE, SIDE, amber);
        paper_frame(s->p, x, y, SIDE, SIDE, 0.7, i <= r->level ? green : i <= r->claimed ? amber : grey);
        if (i == r->target)
            paper_fill(s->p, x, y + SIDE + 1.5, SIDE, 1.6, ink);
    }
}

static double row_height(struct setting *s, const struct page_row *r) {
    struct paper_style id = plain(8, ink), text = plain(9, ink), small = plain(8, amber);
    double high = paper_measure(s->p, &text, column_width(1), r->title), other;
    id.fixed = true;
    if (r->remark.n)
        high += 1 + paper_measure(s->p, &small, column_width(1), r->remark);
    other = paper_measure(s->p, &id, column_width(0), r->id);
    high = other > high ? other : high;
    other = paper_measure(s->p, &text, column_width(4), r->basis);
    return other > high ? other : high;
}

static void put_row(struct setting *s, const struct page_row *r) {
    struct paper_style id = plain(8, ink), text = plain(9, ink), small = plain(8, amber), number = plain(9, ink);
    double high = row_height(s, r), top = s->y + ROW_PAD, x;
    char level[32], statements[16];
    if (!fits(s, high + 2 * ROW_PAD)) {
        next_page(s);
        heads(s);
        top = s->y + ROW_PAD;
    }
    id.fixed = true;
    paper_write(s->p, at_column(0) + 3, top, column_width(0), &id, r->id);
    x = paper_write(s->p, at_column(1) + 3, top, column_width(1), &text, r->title);
    paper_write(s->p, at_column(1) + 3, top + x + 1, column_width(1), &small, r->remark);
    bar(s, r, at_column(2) + 3, top + 1.5);
    (void)snprintf(level, sizeof level, "%d / %d", r->declared, r->target);
    (void)snprintf(statements, sizeof statements, "%u", r->statements);
    number.colour = r->falls_short ? red : ink;
    number.bold = r->falls_short;
    paper_write(s->p, at_column(3) + 3, top, column_width(3), &number, str_of(level));
    text.colour = r->claimed ? amber : ink;
    paper_write(s->p, at_column(4) + 3, top, column_width(4), &text, r->basis);
    number = plain(9, ink);
    number.align = PAPER_RIGHT;
    paper_write(s->p, at_column(5) + 3, top, column_width(5), &number, str_of(statements));
    s->y = top + high + ROW_PAD;
    paper_fill(s->p, MARGIN, s->y, WIDTH, 0.4, rule);
}

static void legend(struct setting *s) {
    struct paper_style style = plain(8, grey), command = plain(8, ink);
    double high = paper_measure(s->p, &style, WIDTH, s->page->legend) + 30;
    command.fixed = true;
    if (!fits(s, high))
        next_page(s);
    s->y += 14;
    s->y += paper_write(s->p, MARGIN, s->y, WIDTH, &style, s->page->legend) + 5;
    s->y += paper_write(s->p, MARGIN, s->y, WIDTH, &command, s->page->command);
}

/* Returns how many pages it took. */
static unsigned set_all(struct setting *s) {
    s->number = 1;
    head(s);
    pairs(s, &s->page->facts);
    title(s, s->page->practices_title);
    heads(s);
    for (uint32_t i = 0; i < s->page->rows.n; i++)
        put_row(s, &s->page->rows.v[i]);
    if (s->page->history.n) {
        title(s, s->page->history_title);
        pairs(s, &s->page->history);
    }
    legend(s);
    foot(s);
    paper_page(s->p);
    return s->number;
}

static bool write_pdf(const struct rendering *r, struct err *e) {
    struct page page;
    struct qr qr;
    struct setting s = {.page = &page};
    page_of(r, &page);
    s.qr = qr_make(r->arena, page.digest, &qr) ? &qr : NULL;
    struct paper_about about = {arena_printf(r->arena, "%.*s %.*s", STR_ARG(page.title), STR_ARG(page.id)),
                                r->declared->said.party_name, page.catalogue, r->declared->time};
    if (!paper_begin(r->arena, &about, &s.p, e))
        return false;
    s.pages = set_all(&s);
    paper_abandon(s.p);
    if (!paper_begin(r->arena, &about, &s.p, e))
        return false;
    set_all(&s);
    return paper_end(s.p, r->out, e);
}
const struct rendition pdf_rendition = {"pdf", ".pdf", N_("for print and mail (PDF)"), write_pdf};
