/* SPDX-License-Identifier: Apache-2.0
 *
 * Tab-separated values (opens in a spreadsheet) and Markdown (for a pull request or a wiki).
 */
#include <stdio.h>

#include "vuln/report.h"

/* ── tsv ── */

/* A tab or line break inside a value would make two cells of it. A leading = + - @ would be a formula. */
static void cell(struct buf *b, str s) {
    bool call = s.n && s.p[0] == '@' && str_chr(s, '(') != STR_NONE; /* @babel/core is a name, @SUM(…) is not */
    if (call || (s.n && (s.p[0] == '=' || s.p[0] == '+')))
        buf_addc(b, '\'');
    for (size_t i = 0; i < s.n; i++)
        buf_addc(b, (unsigned char)s.p[i] < 0x20 ? ' ' : s.p[i]);
}

static bool write_tsv(struct ctx *c, struct arena *a, const struct scan *scan, const struct report_options *o,
                      struct buf *out, struct err *e) {
    static const char *const head[] = {"input",    "component", "version", "purl",   "id",   "advisories",
                                       "priority", "severity",  "score",   "kev",    "epss", "fixed",
                                       "upgrade",  "status",    "path",    "summary"};
    (void)c, (void)e;
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        buf_addf(out, "%s%s", i ? "\t" : "", head[i]);
    for (uint32_t i = 0; i < scan->findings.n; i++) {
        const struct finding *f = &scan->findings.v[i];
        if (!finding_shown(f, o))
            continue;
        struct buf ids = {0};
        for (uint32_t k = 0; k < f->advisories.n; k++)
            buf_addf(&ids, "%s%.*s", k ? " " : "", STR_ARG(f->advisories.v[k]));
        buf_addc(out, '\n');
        const str cells[] = {
            f->input->name,
            f->component->name,
            f->component->version,
            f->component->purl,
            f->id,
            buf_str(&ids),
            str_of(priority_name(f->priority)),
            str_of(severity_name(f->worst.severity)),
            f->worst.score >= 0 ? arena_printf(a, "%.1f", f->worst.score) : S(""),
            f->about.kev ? S("yes") : S("no"),
            f->about.epss >= 0 ? arena_printf(a, "%.5f", f->about.epss) : S(""),
            f->fixed,
            f->upgrade,
            str_of(finding_status_name(f->status)),
            finding_path_text(a, f, ">"),
            f->about.summary,
        };
        for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) {
            if (k)
                buf_addc(out, '\t');
            cell(out, cells[k]);
        }
        buf_free(&ids);
    }
    buf_addc(out, '\n');
    return true;
}

/* ── markdown ── */

static void md(struct buf *b, str s) {
    for (size_t i = 0; i < s.n; i++) {
        if (strchr("|\\`*_<>[]", s.p[i]) && s.p[i])
            buf_addc(b, '\\');
        buf_addc(b, (unsigned char)s.p[i] < 0x20 ? ' ' : s.p[i]);
    }
}

static bool write_markdown(struct ctx *c, struct arena *a, const struct scan *scan, const struct report_options *o,
                           struct buf *out, struct err *e) {
    (void)e;
    buf_addf(out, "# %s\n\n", _("Findings"));
    buf_addf(out, "%s: %.*s\n\n", _("Time"), STR_ARG(time_rfc3339(a, c->now)));
    buf_addf(out, "| %s | %s | %s | %s | %s | %s |\n|---|---|---|---|---|---|\n", _("Priority"), _("Component"),
             _("Vulnerability"), _("Severity"), _("Fixed in"), _("Why"));
    for (uint32_t i = 0; i < scan->findings.n; i++) {
        const struct finding *f = &scan->findings.v[i];
        if (!finding_shown(f, o))
            continue;
        buf_addf(out, "| %s | ", priority_name(f->priority));
        md(out, component_text(a, f->component));
        buf_addz(out, " | ");
        md(out, f->id);
        buf_addf(out, " | %s", severity_name(f->worst.severity));
        if (f->worst.score >= 0)
            buf_addf(out, " %.1f", f->worst.score);
        buf_addz(out, " | ");
        md(out, finding_fix_text(a, f));
        buf_addz(out, " | ");
        md(out, f->status > FINDING_UNDER_INVESTIGATION ? f->status_reason : f->reason);
        buf_addz(out, " |\n");
    }
    buf_addf(out, "\n## %s\n\n| %s | %s | %s | %s |\n|---|---|---|---|\n", _("What this stands on"), _("Ecosystem"),
             _("Components"), _("Assessed"), _("Data as of"));
    for (uint32_t i = 0; i < scan->assessments.n; i++) {
        const struct assessment *as = &scan->assessments.v[i];
        buf_addz(out, "| ");
        md(out, as->ecosystem);
        buf_addf(out, " | %u | %u | ", as->components, as->assessed);
        buf_add(out, as->newest ? time_rfc3339(a, as->newest) : str_of(_("no data")));
        buf_addz(out, " |\n");
    }
    return true;
}

const struct report report_as_tsv = {"tsv", N_("tab-separated values, one finding a line"), write_tsv};
const struct report report_as_markdown = {"markdown", N_("a Markdown report"), write_markdown};
