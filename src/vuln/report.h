/* SPDX-License-Identifier: Apache-2.0
 *
 * A scan written down for a reader: one file per format holding one `const struct report`, one word in report.c.
 */
#ifndef AKASHI_VULN_REPORT_H
#define AKASHI_VULN_REPORT_H

#include "vuln/finding.h"

struct report_options {
    bool show_suppressed; /* answered findings too, where the format has no natural place for them */
    bool pretty;
};
struct report {
    const char *name;    /* "sarif" */
    const char *summary; /* N_() */
    bool (*write)(struct ctx *c, struct arena *a, const struct scan *scan, const struct report_options *o,
                  struct buf *out, struct err *e);
};
extern const struct report *const reports[]; /* NULL at the end */
const struct report *report_find(str name);
/* "table|json|…" for the option's choices. */
extern const char report_names[];

/* Pieces several formats share. */
str finding_path_text(struct arena *a, const struct finding *f, const char *arrow); /* "app → a@1 → b@2" */
str finding_fix_text(struct arena *a, const struct finding *f);                     /* "1.2.3", "won't fix" … */
str component_text(struct arena *a, const struct sbom_component *component);        /* "ns/name@version" */
bool finding_shown(const struct finding *f, const struct report_options *o);

#endif
