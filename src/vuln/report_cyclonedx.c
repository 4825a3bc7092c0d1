/* SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX 1.6 with vulnerabilities (VDR). One input keeps its whole SBOM; several give one document with the
 * affected components.
 */
#include "vuln/report.h"

static str analysis_state(const struct finding *f) {
    switch (f->status) {
    case FINDING_NOT_AFFECTED: return S("not_affected");
    case FINDING_FIXED: return S("resolved");
    case FINDING_UNDER_INVESTIGATION: return S("in_triage");
    case FINDING_OPEN:
    case FINDING_IGNORED: break;
    }
    return (str){NULL, 0};
}

static str cdx_method(str vector) {
    str v = cvss_version(vector);
    return str_is(v, "4.0")   ? S("CVSSv4")
           : str_is(v, "3.1") ? S("CVSSv31")
           : str_is(v, "3.0") ? S("CVSSv3")
           : str_is(v, "2.0") ? S("CVSSv2")
                              : S("other");
}

static void add_ratings(struct arena *a, struct sbom_vuln *v, const struct advisory *about) {
    for (uint32_t i = 0; i < about->ratings.n; i++) {
        const struct rating *r = &about->ratings.v[i];
        double score = r->score;
        if (!cvss_score(r->vector, &score) && score < 0)
            continue;
        *vec_push(a, &v->ratings) = (struct sbom_rating){.source = r->source,
                                                         .method = cdx_method(r->vector),
                                                         .vector = r->vector,
                                                         .score = score,
                                                         .severity = str_of(severity_name(severity_of_score(score)))};
    }
}

static struct sbom_vuln *vuln_of(struct arena *a, struct sbom *s, struct map *known, const struct finding *f) {
    /* Findings of one flaw with the same verdict share an entry; `affects` then names the components. */
    str key = arena_printf(a, "%.*s\n%d\n%.*s", STR_ARG(f->id), (int)f->status, STR_ARG(f->status_reason));
    bool fresh;
    struct map_entry *entry = map_put(known, key, &fresh);
    if (!fresh)
        return &s->vulns.v[(uintptr_t)entry->value];
    entry->value = (void *)(uintptr_t)s->vulns.n;
    struct sbom_vuln *v = vec_push(a, &s->vulns);
    *v = (struct sbom_vuln){.id = f->id,
                            .description = f->about.summary,
                            .published = f->about.published,
                            .updated = f->about.modified,
                            .state = analysis_state(f),
                            .analysis_detail = f->status_reason};
    v->source_url = f->about.url;
    if (f->fixed.n)
        v->recommendation = arena_printf(a, "upgrade to %.*s", STR_ARG(f->upgrade.n ? f->upgrade : f->fixed));
    for (uint32_t i = 0; i < f->about.aliases.n; i++)
        if (!str_eq(f->about.aliases.v[i], f->id))
            *vec_push(a, &v->aliases) = f->about.aliases.v[i];
    for (uint32_t i = 0; i < f->about.cwes.n; i++) {
        int64_t number;
        str digits = str_istarts(f->about.cwes.v[i], S("CWE-")) ? str_from(f->about.cwes.v[i], 4) : f->about.cwes.v[i];
        if (str_i64(digits, &number))
            *vec_push(a, &v->cwes) = number;
    }
    add_ratings(a, v, &f->about);
    return v;
}

/* The component's ref in the document we write; made unique when several inputs meet. */
static str place_component(struct arena *a, struct sbom *s, struct map *placed, const struct finding *f, bool copy) {
    if (!copy)
        return f->component->ref.n ? f->component->ref : sbom_identity(a, f->component);
    str key = arena_printf(a, "%p", (const void *)f->component);
    bool fresh;
    struct map_entry *entry = map_put(placed, key, &fresh);
    if (fresh) {
        str *ref = arena_new_of(a, str);
        struct sbom_component *c = sbom_add(s);
        *c = *f->component;
        *ref = arena_printf(a, "%.*s#%.*s", STR_ARG(f->input->name), STR_ARG(sbom_identity(a, f->component)));
        c->ref = *ref;
        c->parent = SBOM_NO;
        c->is_root = c->in_metadata = false;
        c->origin = (struct jv){NULL};
        entry->value = ref;
    }
    return *(str *)entry->value;
}

static bool write_cyclonedx(struct ctx *c, struct arena *a, const struct scan *scan, const struct report_options *o,
                            struct buf *out, struct err *e) {
    bool single = scan->inputs.n == 1;
    struct sbom *s = sbom_new(a);
    struct map known, placed;
    if (single)
        *s = *scan->inputs.v[0]->sbom;
    s->vulns.v = NULL;
    s->vulns.n = s->vulns.cap = 0;
    for (uint32_t i = 0; single && i < s->components.n; i++)
        if (!s->components.v[i].ref.n)
            s->components.v[i].ref = sbom_identity(a, &s->components.v[i]);
    map_init(&known, a);
    map_init(&placed, a);
    for (uint32_t i = 0; i < scan->findings.n; i++) {
        const struct finding *f = &scan->findings.v[i];
        struct sbom_affect affect = {.ref = place_component(a, s, &placed, f, !single)};
        *vec_push(a, &affect.versions) = (struct sbom_affected){.version = f->component->version,
                                                                .status = S("affected")};
        struct sbom_vuln *v = vuln_of(a, s, &known, f);
        *vec_push(a, &v->affects) = affect;
    }
    sbom_link(s);
    struct sbom_form form = {SBOM_CYCLONEDX, NOTE_JSON, S("1.6")};
    if (!sbom_write(c, s, form, o->pretty, out, NULL, e))
        return false;
    buf_addc(out, '\n');
    return true;
}

const struct report report_as_cyclonedx = {"cyclonedx", N_("CycloneDX 1.6 with vulnerabilities (VDR)"),
                                           write_cyclonedx};
