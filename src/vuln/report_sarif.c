/* SPDX-License-Identifier: Apache-2.0
 *
 * SARIF 2.1.0, with what code hosts read: security-severity, partialFingerprints, suppressions.
 */
#include "base/digest.h"
#include "vuln/report.h"

static str level_of(enum severity s) {
    return s >= SEVERITY_HIGH ? S("error") : s == SEVERITY_MEDIUM ? S("warning") : S("note");
}

/* RFC 3986 path characters stay. */
static str uri_of(struct arena *a, str path) {
    static const char hex[] = "0123456789ABCDEF";
    struct buf b = {0};
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        if (ch_alnum((char)c) || (c && strchr("-._~/!$&'()*+,;=@", c))) {
            buf_addc(&b, (char)c);
        } else {
            buf_addc(&b, '%');
            buf_addc(&b, hex[c >> 4]);
            buf_addc(&b, hex[c & 15]);
        }
    }
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

static void text_object(struct jw *w, const char *key, str text) {
    jw_kobj(w, key);
    jw_kstr(w, "text", text);
    jw_obj_end(w);
}

static void rule(struct jw *w, struct arena *a, const struct finding *f) {
    str summary = f->about.summary.n ? f->about.summary : f->id;
    jw_obj(w);
    jw_kstr(w, "id", f->id);
    text_object(w, "shortDescription", summary);
    text_object(w, "fullDescription", f->about.details.n ? str_upto(f->about.details, 1000) : summary);
    if (f->about.url.n || f->about.references.n)
        jw_kstr(w, "helpUri", f->about.url.n ? f->about.url : f->about.references.v[0]);
    jw_kobj(w, "defaultConfiguration");
    jw_kstr(w, "level", level_of(f->worst.severity));
    jw_obj_end(w);
    jw_kobj(w, "properties");
    if (f->worst.score >= 0)
        jw_kstr(w, "security-severity", arena_printf(a, "%.1f", f->worst.score));
    jw_karr(w, "tags");
    jw_str(w, S("security"));
    jw_str(w, S("vulnerability"));
    jw_arr_end(w);
    jw_obj_end(w);
    jw_obj_end(w);
}

static void locations(struct jw *w, struct arena *a, const struct finding *f) {
    const struct sbom_place here = {.path = f->input->name};
    const struct sbom_place *list = f->component->places.n ? f->component->places.v : &here;
    uint32_t n = f->component->places.n ? f->component->places.n : 1;
    jw_karr(w, "locations");
    for (uint32_t i = 0; i < n && i < 10; i++) {
        jw_obj(w);
        jw_kobj(w, "physicalLocation");
        jw_kobj(w, "artifactLocation");
        jw_kstr(w, "uri", uri_of(a, list[i].path));
        jw_obj_end(w);
        jw_kobj(w, "region");
        jw_kint(w, "startLine", list[i].line ? list[i].line : 1);
        jw_obj_end(w);
        jw_obj_end(w);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void suppression(struct jw *w, const struct finding *f) {
    if (f->status <= FINDING_UNDER_INVESTIGATION)
        return;
    jw_karr(w, "suppressions");
    jw_obj(w);
    jw_kstr(w, "kind", S("external"));
    jw_kstr(w, "status", S("accepted"));
    jw_kstr(w, "justification", f->status_reason);
    jw_obj_end(w);
    jw_arr_end(w);
}

static void result(struct jw *w, struct arena *a, const struct finding *f, int64_t rule_index) {
    str name = component_text(a, f->component);
    str upgrade = f->fixed.n ? arena_printf(a, _(" Fixed in %.*s."), STR_ARG(f->fixed)) : S("");
    str key = arena_printf(a, "%.*s\n%.*s\n%.*s", STR_ARG(f->id),
                           STR_ARG(f->component->purl.n ? f->component->purl : name),
                           STR_ARG(f->component->places.n ? f->component->places.v[0].path : f->input->name));
    jw_obj(w);
    jw_kstr(w, "ruleId", f->id);
    jw_kint(w, "ruleIndex", rule_index);
    jw_kstr(w, "level", level_of(f->worst.severity));
    text_object(w, "message",
                arena_printf(a, _("%.*s is affected by %.*s (%s: %.*s).%.*s"), STR_ARG(name), STR_ARG(f->id),
                             priority_name(f->priority), STR_ARG(f->reason), STR_ARG(upgrade)));
    locations(w, a, f);
    jw_kobj(w, "partialFingerprints");
    jw_kstr(w, "akashiFinding/v1", digest_hex(a, DIGEST_SHA256, key));
    jw_obj_end(w);
    suppression(w, f);
    jw_obj_end(w);
}

static bool write_sarif(struct ctx *c, struct arena *a, const struct scan *scan, const struct report_options *o,
                        struct buf *out, struct err *e) {
    struct jw w = jw_to(out, o->pretty);
    struct map rules;
    (void)c, (void)e;
    map_init(&rules, a);
    jw_obj(&w);
    jw_kstr(&w, "$schema", S("https://json.schemastore.org/sarif-2.1.0.json"));
    jw_kstr(&w, "version", S("2.1.0"));
    jw_karr(&w, "runs");
    jw_obj(&w);
    jw_kobj(&w, "tool");
    jw_kobj(&w, "driver");
    jw_kstr(&w, "name", S("akashi"));
    jw_kstr(&w, "version", S(AKASHI_VERSION));
    jw_kstr(&w, "semanticVersion", S(AKASHI_VERSION));
    jw_karr(&w, "rules");
    for (uint32_t i = 0; i < scan->findings.n; i++) {
        bool fresh;
        struct map_entry *entry = map_put(&rules, scan->findings.v[i].id, &fresh);
        if (fresh) {
            entry->value = (void *)(uintptr_t)(rules.entries.n - 1);
            rule(&w, a, &scan->findings.v[i]);
        }
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    jw_obj_end(&w);
    jw_karr(&w, "results");
    for (uint32_t i = 0; i < scan->findings.n; i++)
        result(&w, a, &scan->findings.v[i], (int64_t)(uintptr_t)map_get(&rules, scan->findings.v[i].id));
    jw_arr_end(&w);
    jw_kstr(&w, "columnKind", S("utf16CodeUnits"));
    jw_obj_end(&w);
    jw_arr_end(&w);
    jw_obj_end(&w);
    buf_addc(out, '\n');
    return true;
}

const struct report report_as_sarif = {"sarif", N_("SARIF 2.1.0, for code hosts and editors"), write_sarif};
