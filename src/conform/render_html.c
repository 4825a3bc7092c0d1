/* SPDX-License-Identifier: Apache-2.0
 *
 * A page to read and print: no script, no request. What is computed and what a person claims never look alike.
 */
#include "base/qr.h"
#include "base/xml.h"
#include "conform/render_page.h"

static const char style[] =
    "@page{size:A4;margin:18mm 16mm}body{font:14px/1.6 system-ui,\"Hiragino Sans\",\"Noto Sans JP\",\"Yu Gothic\","
    "sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}h1{font-size:1.5rem;"
    "margin:0 0 .3rem}h2{font-size:1.1rem;margin:2rem 0 .6rem;border-bottom:2px solid #1b1f24}header{display:flex;gap:"
    "1.5rem;justify-content:space-between;align-items:flex-start}.qr{width:30mm;height:30mm;flex:none}dl{display:grid;"
    "grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:1rem 0}dt{color:#59636e}dd{margin:0;overflow-wrap:"
    "anywhere}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .5rem;"
    "border-bottom:1px solid "
    "#d8dee4}th{font-weight:600;background:#f6f8fa}td.n{text-align:center}tr{break-inside:avoid}"
    "thead{display:table-header-group}.bar{display:inline-flex;gap:2px}.bar i{width:.7rem;height:.7rem;border:1px "
    "solid "
    "#57606a;border-radius:2px}.bar i.y{background:#1a7f37;border-color:#1a7f37}.bar i.c{background:repeating-linear-"
    "gradient(45deg,#bf8700 0 2px,#fff 2px 4px);border-color:#bf8700}.bar i.t{box-shadow:0 2px 0 0 "
    "#1b1f24}.short{color:"
    "#cf222e;font-weight:600}.claimed{color:#7d4e00}code{font-family:ui-monospace,monospace;font-size:.85em;overflow-"
    "wrap:"
    "anywhere}.stamp{border:2px solid;border-radius:.4rem;padding:.1rem .6rem;font-weight:700;display:inline-block}"
    ".good{color:#1a7f37}.warn{color:#9a6700}.bad{color:#cf222e}footer{margin-top:2rem;color:#59636e;font-size:.85em}"
    "@media(prefers-color-scheme:dark) and (not "
    "print){body{background:#0d1117;color:#e6edf3}h2{border-color:#e6edf3}th{"
    "background:#161b22}th,td{border-color:#30363d}dt,footer{color:#9198a1}.claimed{color:#e3b341}.short,.bad{color:"
    "#ff7b72}.good{color:#3fb950}.warn{color:#d29922}}@media print{body{max-width:none;margin:0;padding:0}}";

static void text(struct buf *b, str s) { xml_escape(b, s); }

static void head(const struct rendering *r, const struct page *p) {
    static const char *const stamps[] = {"good", "warn", "bad"};
    struct buf *b = r->out;
    struct qr q;
    buf_addf(b,
             "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
             "content=\"width=device-width,initial-scale=1\"><title>",
             msg_lang());
    text(b, p->id);
    buf_addf(b, "</title><style>%s</style></head><body><header><div><h1>", style);
    text(b, p->title);
    buf_addz(b, "</h1><p>");
    text(b, p->catalogue);
    buf_addf(b, "</p><p class=\"stamp %s\">", stamps[p->stamp_kind]);
    text(b, p->stamp);
    buf_addz(b, "</p></div>");
    if (qr_make(r->arena, p->digest, &q))
        buf_add(b, qr_svg(r->arena, &q, p->digest));
    buf_addz(b, "</header>\n");
}

static void pairs(struct buf *b, const struct page_pairs *all) {
    buf_addz(b, "<dl>");
    for (uint32_t i = 0; i < all->n; i++) {
        buf_addz(b, "<dt>");
        text(b, all->v[i].name);
        buf_addz(b, "</dt><dd>");
        text(b, all->v[i].value);
        buf_addz(b, "</dd>");
    }
    buf_addz(b, "</dl>\n");
}

/* Four boxes: full as far as evidence carries, hatched as far as a person claims, underlined at the target. */
static void bar(struct buf *b, const struct page_row *p) {
    buf_addf(b, "<span class=\"bar\" role=\"img\" aria-label=\"%d / 4\">", p->declared);
    for (int i = 1; i < LEVELS; i++)
        buf_addf(b, "<i class=\"%s%s\"></i>",
                 i <= p->level     ? "y"
                 : i <= p->claimed ? "c"
                                   : "",
                 i == p->target ? " t" : "");
    buf_addz(b, "</span>");
}

static void practice_row(struct buf *b, const struct page_row *p) {
    buf_addz(b, "<tr><td><code>");
    text(b, p->id);
    buf_addz(b, "</code></td><td>");
    text(b, p->title);
    if (p->remark.n) {
        buf_addz(b, "<br><span class=\"claimed\">");
        text(b, p->remark);
        buf_addz(b, "</span>");
    }
    buf_addz(b, "</td><td>");
    bar(b, p);
    buf_addf(b, "</td><td class=\"n%s\">%d / %d</td><td%s>", p->falls_short ? " short" : "", p->declared, p->target,
             p->claimed ? " class=\"claimed\"" : "");
    text(b, p->basis);
    buf_addf(b, "</td><td class=\"n\">%u</td></tr>\n", p->statements);
}

static void practices(struct buf *b, const struct page *p) {
    buf_addz(b, "<h2>");
    text(b, p->practices_title);
    buf_addz(b, "</h2><table><thead><tr>");
    for (size_t i = 0; i < PAGE_HEADS; i++) {
        buf_addz(b, "<th scope=\"col\">");
        text(b, p->heads[i]);
        buf_addz(b, "</th>");
    }
    buf_addz(b, "</tr></thead><tbody>\n");
    for (uint32_t i = 0; i < p->rows.n; i++)
        practice_row(b, &p->rows.v[i]);
    buf_addz(b, "</tbody></table>\n");
}

static bool write_html(const struct rendering *r, struct err *e) {
    struct page p;
    (void)e;
    page_of(r, &p);
    head(r, &p);
    pairs(r->out, &p.facts);
    practices(r->out, &p);
    if (p.history.n) {
        buf_addz(r->out, "<h2>");
        text(r->out, p.history_title);
        buf_addz(r->out, "</h2>");
        pairs(r->out, &p.history);
    }
    buf_addz(r->out, "<footer><p>");
    text(r->out, p.legend);
    buf_addz(r->out, "</p><p><code>");
    text(r->out, p.command);
    buf_addz(r->out, "</code></p></footer></body></html>\n");
    return true;
}
const struct rendition html_rendition = {"html", ".html", N_("a page to read and print (HTML)"), write_html};
