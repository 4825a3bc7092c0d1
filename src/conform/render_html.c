/* SPDX-License-Identifier: Apache-2.0
 *
 * A page to read and print: no script, no request. What is computed and what a person claims never look alike.
 */
#include "base/digest.h"
#include "base/qr.h"
#include "base/xml.h"
#include "conform/render.h"

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
static void word(struct buf *b, const char *s) { xml_escape(b, str_of(s)); }

static void pair(struct buf *b, const char *name, str value) {
    buf_addz(b, "<dt>");
    word(b, name);
    buf_addz(b, "</dt><dd>");
    text(b, value);
    buf_addz(b, "</dd>");
}

static const char *stamp_class(enum standing s) {
    return s == STANDING_GOOD ? "good" : s <= STANDING_CHALLENGED ? "warn" : "bad";
}
static const char *stamp_word(enum standing s) {
    static const char *const words[] = {N_("valid"),     N_("expired"),   N_("at risk"),    N_("challenged"),
                                        N_("suspended"), N_("corrected"), N_("superseded"), N_("withdrawn")};
    return _(words[s]);
}

static void head(const struct rendering *r, str sha256) {
    struct buf *b = r->out;
    const struct declaration *d = &r->declared->said;
    struct qr q;
    buf_addf(b,
             "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
             "content=\"width=device-width,initial-scale=1\"><title>",
             msg_lang());
    text(b, d->id);
    buf_addf(b, "</title><style>%s</style></head><body><header><div><h1>", style);
    word(b, _("Declaration of conformity"));
    buf_addz(b, "</h1><p>");
    text(b, label_text(r->catalogue->title));
    buf_addf(b, "</p><p class=\"stamp %s\">", stamp_class(r->declared->standing));
    word(b, stamp_word(r->declared->standing));
    buf_addz(b, "</p></div>");
    if (qr_make(r->arena, arena_cat(r->arena, S("sha256:"), sha256), &q))
        buf_add(b, qr_svg(r->arena, &q, arena_cat(r->arena, S("sha256:"), sha256)));
    buf_addz(b, "</header>\n");
}

static str names(struct arena *a, const struct scope_names *v) {
    struct buf b = {0};
    for (uint32_t i = 0; i < v->n; i++) {
        buf_addz(&b, i ? ", " : "");
        buf_add(&b, v->v[i]);
    }
    str all = arena_str(a, buf_str(&b));
    buf_free(&b);
    return all;
}

static str day(struct arena *a, int64_t t) { return str_upto(time_rfc3339(a, t), 10); }

static str package_title(const struct rendering *r) {
    int32_t n = package_number(r->catalogue, r->declared->said.package);
    return n < 0 ? r->declared->said.package : label_text(r->catalogue->packages.v[n].title);
}

static void facts(const struct rendering *r, str sha256) {
    struct buf *b = r->out;
    struct arena *a = r->arena;
    const struct declaration *d = &r->declared->said;
    buf_addz(b, "<dl>");
    pair(b, _("Declaration"), d->id);
    pair(b, _("Declared by"), d->party_name);
    pair(b, _("Signed for by"), arena_printf(a, "%.*s, %.*s", STR_ARG(d->signatory.role), STR_ARG(d->signatory.name)));
    pair(b, _("Package"), package_title(r));
    pair(b, _("Valid"), arena_printf(a, "%.*s – %.*s", STR_ARG(day(a, d->from)), STR_ARG(day(a, d->until))));
    pair(b, _("Products"), names(a, &d->products));
    if (d->sites.n)
        pair(b, _("Sites"), names(a, &d->sites));
    for (uint32_t i = 0; i < d->exclusions.n; i++)
        pair(b, _("Not covered"),
             arena_printf(a, "%.*s: %.*s", STR_ARG(d->exclusions.v[i].what), STR_ARG(d->exclusions.v[i].reason)));
    pair(b, _("Releases counted"), arena_printf(a, "%llu", (unsigned long long)d->releases));
    pair(b, _("Evidence"),
         arena_printf(a, _("%u statements in the log %.*s, as of %.*s"), d->evidence.n, STR_ARG(d->origin),
                      STR_ARG(time_rfc3339(a, d->time))));
    pair(b, _("Catalogue edition"),
         arena_printf(a, "%.*s %.*s, SHA-256 %.16s…", STR_ARG(d->catalogue), STR_ARG(d->catalogue_version),
                      d->catalogue_sha256.p));
    pair(b, "SHA-256", sha256);
    if (d->note.n)
        pair(b, _("Note"), d->note);
    buf_addz(b, "</dl>\n");
}

/* Four boxes: full as far as evidence carries, hatched as far as a person claims, underlined at the target. */
static void bar(struct buf *b, const struct declared_practice *p) {
    buf_addf(b, "<span class=\"bar\" role=\"img\" aria-label=\"%d / 4\">", declared_level(p));
    for (int i = 1; i < LEVELS; i++)
        buf_addf(b, "<i class=\"%s%s\"></i>",
                 i <= p->level     ? "y"
                 : i <= p->claimed ? "c"
                                   : "",
                 i == p->target ? " t" : "");
    buf_addz(b, "</span>");
}

static uint32_t counted(const struct declared_practice *p) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->rules.n; i++)
        n += p->rules.v[i].evidence.n;
    return n;
}

static void practice_row(const struct rendering *r, const struct declared_practice *p) {
    struct buf *b = r->out;
    const struct practice *x = practice_of(r->catalogue, p->id);
    bool falls_short = declared_level(p) < p->target && p->basis != BASIS_NOT_APPLICABLE;
    buf_addz(b, "<tr><td><code>");
    text(b, p->id);
    buf_addz(b, "</code></td><td>");
    text(b, x ? label_text(x->title) : S(""));
    if (p->claimed || p->reason.n) {
        buf_addz(b, "<br><span class=\"claimed\">");
        text(b, p->claimed ? p->claim : p->reason);
        buf_addz(b, "</span>");
    }
    buf_addz(b, "</td><td>");
    bar(b, p);
    buf_addf(b, "</td><td class=\"n%s\">%d / %d</td><td%s>", falls_short ? " short" : "", declared_level(p), p->target,
             p->claimed ? " class=\"claimed\"" : "");
    word(b, _(basis_title(p)));
    buf_addf(b, "</td><td class=\"n\">%u</td></tr>\n", counted(p));
}

static void practices(const struct rendering *r) {
    static const char *const heads[] = {N_("Practice"), N_("Title"), N_("Level"), "", N_("Basis"), N_("Statements")};
    const struct declaration *d = &r->declared->said;
    buf_addz(r->out, "<h2>");
    word(r->out, _("Practices"));
    buf_addz(r->out, "</h2><table><thead><tr>");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        buf_addz(r->out, "<th scope=\"col\">");
        word(r->out, *heads[i] ? _(heads[i]) : "");
        buf_addz(r->out, "</th>");
    }
    buf_addz(r->out, "</tr></thead><tbody>\n");
    for (uint32_t i = 0; i < d->practices.n; i++)
        if (d->practices.v[i].target >= 0)
            practice_row(r, &d->practices.v[i]);
    buf_addz(r->out, "</tbody></table>\n");
}

static void history(const struct rendering *r) {
    static const char *const kinds[] = {N_("endorsed"), N_("challenged"), N_("answered"), N_("standing"),
                                        N_("handed over")};
    bool any = false;
    for (uint32_t i = 0; i < r->declared->events.n; i++) {
        const struct declaration_event *x = &r->declared->events.v[i];
        if (x->event == DECLARED_GIVEN || !x->counts) /* to whom it was given is nobody else's business */
            continue;
        if (!any) {
            buf_addz(r->out, "<h2>");
            word(r->out, _("What became of it"));
            buf_addz(r->out, "</h2><dl>");
        }
        any = true;
        str said = j_gets(x->said, "reason");
        said = said.n ? said : j_gets(x->said, "text");
        said = said.n ? said : j_gets(x->said, "result");
        pair(r->out, arena_printf(r->arena, "%.*s %s", STR_ARG(day(r->arena, x->time)), _(kinds[x->event])).p, said);
    }
    if (any)
        buf_addz(r->out, "</dl>\n");
}

static void write_html(const struct rendering *r) {
    str sha256 = hex_text(r->arena, r->declared->envelope, 32);
    head(r, sha256);
    facts(r, sha256);
    practices(r);
    history(r);
    buf_addz(r->out, "<footer><p>");
    word(r->out, _("Full boxes: computed from signed statements in the log; anybody who has them can compute it again. "
                   "Hatched boxes: claimed by the person who signed, beyond the evidence. The line below a box marks "
                   "what the package wants."));
    buf_addz(r->out, "</p><p><code>akashi conform verify ");
    text(r->out, r->declared->said.id);
    buf_addz(r->out, ".declaration.json --key KEY</code></p></footer></body></html>\n");
}
const struct rendition html_rendition = {"html", ".html", N_("a page to read and print (HTML)"), write_html};
