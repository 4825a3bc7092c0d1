/* SPDX-License-Identifier: Apache-2.0
 *
 * One HTML file that needs nothing else: no script, no request, readable on paper.
 */
#include "base/xml.h"
#include "vuln/report.h"

static const char style[] =
    "body{font:15px/1.5 system-ui,\"Hiragino Sans\",\"Noto Sans JP\",sans-serif;margin:2rem auto;max-width:76rem;"
    "padding:0 1rem;color:#1b1f24;background:#fff}h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;"
    "border-bottom:1px solid #d8dee4}th{font-weight:600;background:#f6f8fa}td.n{text-align:right}"
    ".p{display:inline-block;border-radius:.3rem;padding:0 .5rem;font-weight:600;white-space:nowrap}"
    ".act{background:#cf222e;color:#fff}.attend{background:#bf5700;color:#fff}.tracks{background:#eac54f}"
    ".track{background:#eaeef2}.sum{display:flex;gap:1rem;flex-wrap:wrap}.sum div{border:1px solid #d8dee4;"
    "border-radius:.5rem;padding:.6rem 1rem}.sum b{display:block;font-size:1.6rem}.dim{color:#59636e}"
    "code{font-family:ui-monospace,monospace;font-size:.92em;overflow-wrap:anywhere}"
    "@media(prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}th{background:#161b22}"
    "th,td,.sum div{border-color:#30363d}.track{background:#30363d}.tracks{color:#000}.dim{color:#9198a1}}"
    "@media print{body{max-width:none}}";

static void cell(struct buf *b, str s) {
    buf_addz(b, "<td>");
    xml_escape(b, s);
    buf_addz(b, "</td>");
}

static void heads(struct buf *b, const char *const *names, size_t n) {
    buf_addz(b, "<table><thead><tr>");
    for (size_t i = 0; i < n; i++) {
        buf_addz(b, "<th scope=\"col\">");
        xml_escape(b, str_of(_(names[i])));
        buf_addz(b, "</th>");
    }
    buf_addz(b, "</tr></thead><tbody>");
}

static void number_card(struct buf *b, const char *label, uint32_t n) {
    buf_addf(b, "<div><b>%u</b>", n);
    xml_escape(b, str_of(label));
    buf_addz(b, "</div>");
}

static void summary(struct buf *b, const struct scan *scan) {
    uint32_t by[4] = {0}, components = 0, unsure = 0;
    for (uint32_t i = 0; i < scan->open; i++)
        by[scan->findings.v[i].priority]++;
    for (uint32_t i = 0; i < scan->inputs.n; i++) {
        components += scan->inputs.v[i]->components;
        unsure += scan->inputs.v[i]->components - scan->inputs.v[i]->assessed;
    }
    buf_addz(b, "<div class=\"sum\">");
    number_card(b, "act", by[PRIORITY_ACT]);
    number_card(b, "attend", by[PRIORITY_ATTEND]);
    number_card(b, "track*", by[PRIORITY_TRACK_STAR]);
    number_card(b, "track", by[PRIORITY_TRACK]);
    number_card(b, _("Components"), components);
    number_card(b, _("not assessed"), unsure);
    buf_addz(b, "</div>");
}

static void finding_row(struct buf *b, struct arena *a, const struct finding *f) {
    static const char *const classes[] = {"track", "tracks", "attend", "act"};
    buf_addf(b, "<tr><td><span class=\"p %s\">%s</span></td><td><code>", classes[f->priority],
             priority_name(f->priority));
    xml_escape(b, component_text(a, f->component));
    buf_addz(b, "</code></td><td>");
    xml_escape(b, f->id);
    if (f->about.summary.n) {
        buf_addz(b, "<br><span class=\"dim\">");
        xml_escape(b, f->about.summary);
        buf_addz(b, "</span>");
    }
    buf_addf(b, "</td><td>%s", severity_name(f->worst.severity));
    if (f->worst.score >= 0)
        buf_addf(b, " %.1f", f->worst.score);
    buf_addz(b, "</td>");
    cell(b, finding_fix_text(a, f));
    cell(b, f->status > FINDING_UNDER_INVESTIGATION
                ? arena_printf(a, "%s: %.*s", finding_status_name(f->status), STR_ARG(f->status_reason))
                : f->reason);
    buf_addz(b, "<td><code>");
    xml_escape(b, f->n_path > 2            ? finding_path_text(a, f, "→")
                  : f->component->places.n ? f->component->places.v[0].path
                                           : f->input->name);
    buf_addz(b, "</code></td></tr>\n");
}

static void standing(struct buf *b, struct arena *a, const struct scan *scan) {
    static const char *const names[] = {N_("Ecosystem"), N_("Components"), N_("Assessed"), N_("Advisories"),
                                        N_("Data as of")};
    buf_addz(b, "<h2>");
    xml_escape(b, str_of(_("What this stands on")));
    buf_addz(b, "</h2>");
    heads(b, names, sizeof names / sizeof *names);
    for (uint32_t i = 0; i < scan->assessments.n; i++) {
        const struct assessment *as = &scan->assessments.v[i];
        buf_addz(b, "<tr>");
        cell(b, as->ecosystem);
        buf_addf(b, "<td class=\"n\">%u</td><td class=\"n\">%u</td><td class=\"n\">%llu</td>", as->components,
                 as->assessed, (unsigned long long)as->advisories);
        cell(b, as->newest ? str_upto(time_rfc3339(a, as->newest), 10) : str_of(_("no data")));
        buf_addz(b, "</tr>");
    }
    buf_addz(b, "</tbody></table>");
}

static bool write_html(struct ctx *c, struct arena *a, const struct scan *scan, const struct report_options *o,
                       struct buf *out, struct err *e) {
    static const char *const names[] = {N_("Priority"), N_("Component"), N_("Vulnerability"), N_("Severity"),
                                        N_("Fixed in"), N_("Why"),       N_("Where")};
    (void)e;
    buf_addf(out,
             "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
             "content=\"width=device-width\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
             "'none'; style-src 'unsafe-inline'\"><title>%s</title><style>%s</style></head><body><h1>%s</h1>"
             "<p class=\"dim\">akashi %s · %.*s",
             msg_lang(), _("Findings"), style, _("Findings"), AKASHI_VERSION, STR_ARG(time_rfc3339(a, c->now)));
    for (uint32_t i = 0; i < scan->inputs.n; i++) {
        buf_addz(out, " · ");
        xml_escape(out, scan->inputs.v[i]->name);
    }
    buf_addz(out, "</p>");
    summary(out, scan);
    buf_addf(out, "<h2>%s</h2>", _("Findings"));
    heads(out, names, sizeof names / sizeof *names);
    for (uint32_t i = 0; i < scan->findings.n; i++)
        if (finding_shown(&scan->findings.v[i], o))
            finding_row(out, a, &scan->findings.v[i]);
    buf_addz(out, "</tbody></table>");
    standing(out, a, scan);
    buf_addz(out, "</body></html>\n");
    return true;
}

const struct report report_as_html = {"html", N_("one self-contained HTML page"), write_html};
