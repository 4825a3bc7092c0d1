/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/report.h"

/* The table for terminals is cli/'s own; these are the formats that are files. */
#define REPORTS(X) X(json) X(jsonl) X(tsv) X(sarif) X(cyclonedx) X(openvex) X(csaf) X(markdown) X(html)

#define DECLARE(name) extern const struct report report_as_##name;
#define LIST(name) &report_as_##name,
#define NAME(name) "|" #name
REPORTS(DECLARE)
const struct report *const reports[] = {REPORTS(LIST) NULL};
const char report_names[] = "table" REPORTS(NAME);

const struct report *report_find(str name) {
    for (const struct report *const *r = reports; *r; r++)
        if (str_is(name, (*r)->name))
            return *r;
    return NULL;
}

str component_text(struct arena *a, const struct sbom_component *component) {
    str group = component->group.n ? arena_printf(a, "%.*s/", STR_ARG(component->group)) : S("");
    str version = component->version.n ? arena_printf(a, "@%.*s", STR_ARG(component->version)) : S("");
    return arena_printf(a, "%.*s%.*s%.*s", STR_ARG(group), STR_ARG(component->name), STR_ARG(version));
}

str finding_path_text(struct arena *a, const struct finding *f, const char *arrow) {
    struct buf b = {0};
    for (uint32_t i = 0; i < f->n_path; i++) {
        if (i)
            buf_addf(&b, " %s ", arrow);
        buf_add(&b, component_text(a, &f->input->sbom->components.v[f->path[i]]));
    }
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

str finding_fix_text(struct arena *a, const struct finding *f) {
    if (f->fixed.n)
        return arena_str(a, f->fixed);
    switch (f->fix) {
    case FIX_WONT: return str_of(_("will not be fixed"));
    case FIX_NONE_YET: return str_of(_("no fix yet"));
    case FIX_AVAILABLE:
    case FIX_UNKNOWN: break;
    }
    return S("-");
}

bool finding_shown(const struct finding *f, const struct report_options *o) {
    return f->status <= FINDING_UNDER_INVESTIGATION || o->show_suppressed;
}
