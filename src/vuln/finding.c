/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/finding.h"

#include <stdlib.h>

#include "sbom/graph.h"
#include "vuln/eol.h"

struct scanner {
    struct ctx *c;
    struct arena *a;
    struct scan *scan;
    const struct scan_options *o;
    struct matcher *m;
    struct scan_input *input;
    struct sbom_graph graph;
    struct map seen; /* purls of this input that were matched */
    uint32_t at;     /* component looked at */
    struct err *e;
};

const char *finding_status_name(enum finding_status s) {
    static const char *const names[] = {"open", "under_investigation", "not_affected", "fixed", "ignored"};
    return names[s];
}

/* ── one flaw from all advisories that describe it ── */

static void add_unique(struct arena *a, void *vec, str s) {
    struct {
        str *v;
        uint32_t n, cap;
    } *list = vec;
    for (uint32_t i = 0; i < list->n; i++)
        if (str_eq(list->v[i], s))
            return;
    *vec_push(a, list) = s;
}

/* Takes over from another advisory of the same flaw what the first one lacks. */
static void join(struct arena *a, struct advisory *into, const struct advisory *more) {
    if (!into->summary.n)
        into->summary = more->summary;
    if (!into->severity_text.n)
        into->severity_text = more->severity_text;
    for (uint32_t i = 0; i < more->ratings.n; i++)
        *vec_push(a, &into->ratings) = more->ratings.v[i];
    for (uint32_t i = 0; i < more->aliases.n; i++)
        add_unique(a, &into->aliases, more->aliases.v[i]);
    for (uint32_t i = 0; i < more->references.n; i++)
        add_unique(a, &into->references, more->references.v[i]);
    for (uint32_t i = 0; i < more->cwes.n; i++)
        add_unique(a, &into->cwes, more->cwes.v[i]);
    add_unique(a, &into->aliases, more->id);
}

static bool is_cve(str id) { return str_starts(id, S("CVE-")); }

static void name_finding(struct finding *f) {
    f->id = f->about.id;
    for (uint32_t i = 0; !is_cve(f->id) && i < f->about.aliases.n; i++)
        if (is_cve(f->about.aliases.v[i]))
            f->id = f->about.aliases.v[i];
}

/* Of two fixed versions the later: only it clears both advisories. */
static str later(const struct ecosystem *eco, str x, str y) {
    if (!x.n || !y.n)
        return x.n ? x : y;
    return eco && eco->compare(x, y) == ORDER_LESS ? y : x;
}

/* Many components share an advisory (one library in many versions): each is read once a scan. */
static const struct advisory *about_advisory(struct scanner *s, str id) {
    if (!s->scan->advisories.a)
        map_init(&s->scan->advisories, s->a);
    struct advisory *known = map_get(&s->scan->advisories, id);
    if (known)
        return known;
    known = arena_new_of(s->a, struct advisory);
    if (!matcher_advisory(s->m, id, s->a, known, s->e))
        return NULL;
    map_put(&s->scan->advisories, arena_str(s->a, id), NULL)->value = known;
    return known;
}

/* A copy whose lists may grow without touching the one that is shared. */
static struct advisory own_copy(const struct advisory *a) {
    struct advisory copy = *a;
    copy.aliases.cap = copy.aliases.n;
    copy.ratings.cap = copy.ratings.n;
    copy.cwes.cap = copy.cwes.n;
    copy.references.cap = copy.references.n;
    return copy;
}

static bool take_hit(struct scanner *s, struct finding *f, const struct hit *h) {
    const struct advisory *about = about_advisory(s, h->advisory);
    if (!about)
        return false;
    if (f->advisories.n == 0)
        f->about = own_copy(about);
    else
        join(s->a, &f->about, about);
    *vec_push(s->a, &f->advisories) = arena_str(s->a, h->advisory);
    f->fixed = later(ecosystem_find(h->ecosystem), f->fixed, arena_str(s->a, h->fixed));
    if (h->fix != FIX_UNKNOWN && f->fix != FIX_AVAILABLE)
        f->fix = h->fix;
    if (h->confidence < f->confidence)
        f->confidence = h->confidence;
    f->ecosystem = arena_str(s->a, h->ecosystem);
    return true;
}

static bool collect_flaws(struct scanner *s, const struct hits *found, uint32_t *first) {
    *first = s->scan->findings.n;
    for (uint32_t i = 0; i < found->n; i++) {
        struct finding *f = NULL;
        const struct hit *h = &found->v[i];
        for (uint32_t k = 0; h->flaw != SBOM_NO && k < i; k++)
            if (found->v[k].flaw == h->flaw) { /* the finding that took hit k has it among its advisories */
                for (uint32_t n = *first; !f && n < s->scan->findings.n; n++)
                    for (uint32_t j = 0; j < s->scan->findings.v[n].advisories.n; j++)
                        if (str_eq(s->scan->findings.v[n].advisories.v[j], found->v[k].advisory))
                            f = &s->scan->findings.v[n];
                break;
            }
        if (!f) {
            f = vec_push(s->a, &s->scan->findings);
            *f = (struct finding){
                .input = s->input, .component = &s->input->sbom->components.v[s->at], .confidence = CONFIDENCE_LOW};
        }
        if (!take_hit(s, f, h))
            return false;
    }
    return true;
}

/* ── judging ── */

static void answer(struct scanner *s, struct finding *f) {
    VEC(str) names = {0};
    *vec_push(s->a, &names) = f->id;
    *vec_push(s->a, &names) = f->about.id;
    for (uint32_t i = 0; i < f->about.aliases.n; i++)
        *vec_push(s->a, &names) = f->about.aliases.v[i];
    const struct ignore_rule *expired = NULL,
                             *rule = rules_ignore(s->o->rules, names.v, names.n, f->component, s->c->now, &expired);
    const struct vex_statement *st = vex_decide(s->o->vex, names.v, names.n, s->input->sbom, f->component);
    if (st && st->status != VEX_AFFECTED && st->status != VEX_NONE) {
        f->status = st->status == VEX_NOT_AFFECTED ? FINDING_NOT_AFFECTED
                    : st->status == VEX_FIXED      ? FINDING_FIXED
                                                   : FINDING_UNDER_INVESTIGATION;
        f->status_source = st->source;
        f->status_reason = st->justification.n ? st->justification : st->impact;
    }
    if (rule && f->status <= FINDING_UNDER_INVESTIGATION) {
        f->status = FINDING_IGNORED;
        f->status_source = rule->where;
        f->status_reason = rule->reason;
        f->until = rule->until;
    }
    if (expired && f->status <= FINDING_UNDER_INVESTIGATION)
        s->scan->expired++;
}

static void judge(struct scanner *s, struct finding *f) {
    name_finding(f);
    f->worst = advisory_worst(&f->about);
    struct priority_facts facts = priority_facts_of(&f->about, f->worst.vector, s->o->mission);
    f->priority = priority_decide(&facts);
    f->reason = priority_reason(s->a, &facts, &f->about);
    f->path = sbom_graph_path(&s->graph, s->at, s->a, &f->n_path);
    f->direct = f->component->direct;
    if (f->direct == DIRECT_UNKNOWN && s->graph.depth[s->at] != SBOM_NO)
        f->direct = s->graph.depth[s->at] <= 1 ? DIRECT_YES : DIRECT_TRANSITIVE;
    if (f->fixed.n && f->fix == FIX_UNKNOWN)
        f->fix = FIX_AVAILABLE;
    answer(s, f);
}

/* The component at another version: does anything open remain? */
static bool clean_at(struct scanner *s, const struct purl *p, str version, bool *clean) {
    struct purl other = *p;
    struct hits found = {0};
    enum assessed assessed;
    other.version = version;
    if (!matcher_purl(s->m, &other, purl_text(s->a, &other), s->a, &found, &assessed, s->e))
        return false;
    *clean = found.n == 0;
    return true;
}

/* Candidates are the fixed versions of the component's findings, tried from the smallest. */
static bool find_upgrade(struct scanner *s, uint32_t first) {
    struct finding *list = s->scan->findings.v + first;
    uint32_t n = s->scan->findings.n - first;
    struct purl p;
    if (!n || !list->component->purl.n || !purl_parse(s->a, list->component->purl, &p, NULL))
        return true;
    const struct ecosystem *eco = ecosystem_find(list->ecosystem);
    bool *tried = arena_array(s->a, bool, n);
    for (uint32_t round = 0; round < n && round < 32; round++) {
        uint32_t best = n;
        for (uint32_t i = 0; i < n; i++)
            if (!tried[i] && list[i].fixed.n &&
                (best == n || (eco && eco->compare(list[i].fixed, list[best].fixed) == ORDER_LESS)))
                best = i;
        if (best == n)
            return true;
        tried[best] = true;
        bool clean;
        if (!clean_at(s, &p, list[best].fixed, &clean))
            return false;
        if (clean) {
            for (uint32_t i = 0; i < n; i++)
                list[i].upgrade = list[best].fixed;
            return true;
        }
    }
    return true;
}

/* ── counting ── */

static struct assessment *assessment_of(struct scanner *s, str ecosystem) {
    for (uint32_t i = 0; i < s->scan->assessments.n; i++)
        if (str_eq(s->scan->assessments.v[i].ecosystem, ecosystem))
            return &s->scan->assessments.v[i];
    struct assessment *as = vec_push(s->a, &s->scan->assessments);
    *as = (struct assessment){.ecosystem = arena_str(s->a, ecosystem)};
    str bare = ecosystem;
    (void)str_cut(ecosystem, ':', &bare, &(str){0});
    for (uint32_t i = 0; i < s->scan->db.n_sources; i++) {
        const struct advdb_source *src = &s->scan->db.sources[i];
        if (str_ieq(src->ecosystem, ecosystem) || (str_ieq(src->ecosystem, bare) && src->ecosystem.n)) {
            as->advisories += src->advisories;
            if (src->newest > as->newest)
                as->newest = src->newest;
        }
    }
    return as;
}

static str ecosystem_of(struct scanner *s, const struct sbom_component *component) {
    struct purl p;
    if (!component->purl.n || !purl_parse(s->a, component->purl, &p, NULL))
        return component->cpes.n ? S("CPE") : S("");
    return matcher_ecosystem(&p, s->a);
}

static void count(struct scanner *s, enum assessed assessed) {
    const struct sbom_component *component = &s->input->sbom->components.v[s->at];
    str ecosystem = ecosystem_of(s, component);
    s->input->components++;
    s->input->assessed += assessed == ASSESSED;
    s->input->unidentified += assessed == NOT_ASSESSED_NO_IDENTITY;
    s->input->no_version += assessed == NOT_ASSESSED_NO_VERSION;
    s->input->no_data += assessed == NOT_ASSESSED_NO_DATA;
    if (!ecosystem.n)
        return;
    struct assessment *as = assessment_of(s, ecosystem);
    as->components++;
    as->assessed += assessed == ASSESSED;
}

static void judge_licences(struct scanner *s) {
    const struct sbom_component *component = &s->input->sbom->components.v[s->at];
    if (!rules_have_licences(s->o->rules))
        return;
    for (uint32_t i = 0; i < component->licences.n; i++) {
        const struct sbom_licence *l = &component->licences.v[i];
        str text = l->expression.n ? l->expression : l->name;
        enum licence_verdict v = text.n ? rules_licence(s->o->rules, text) : LICENCE_UNJUDGED;
        if (v >= LICENCE_REVIEW)
            *vec_push(s->a, &s->scan->licences) = (struct licence_finding){s->input, component, text, v};
    }
}

static str property_of(const struct sbom_component *component, const char *name) {
    for (uint32_t i = 0; i < component->properties.n; i++)
        if (str_is(component->properties.v[i].name, name))
            return component->properties.v[i].value;
    return (str){NULL, 0};
}

/* A file that a distribution's package brought is judged with that package: the distribution knows what it patched.
 * Only where there are no data for the distribution does the upstream range speak. */
static bool judged_with_owner(struct scanner *s, const struct sbom_component *component, bool *owned) {
    str owner = property_of(component, "akashi:owned-by");
    struct purl p;
    struct hits found = {0};
    enum assessed assessed;
    *owned = false;
    if (!s->m || !owner.n || !purl_parse(s->a, owner, &p, NULL))
        return true;
    if (!matcher_purl(s->m, &p, owner, s->a, &found, &assessed, s->e))
        return false;
    *owned = assessed == ASSESSED;
    return true;
}

static bool scan_component(struct scanner *s) {
    const struct sbom_component *component = &s->input->sbom->components.v[s->at];
    struct hits found = {0};
    enum assessed assessed = NOT_ASSESSED_NO_DATA;
    uint32_t first;
    bool owned;
    if (property_of(component, "akashi:dpkg-status").p) /* removed; only its settings are left */
        return true;
    if (!judged_with_owner(s, component, &owned))
        return false;
    if (owned) {
        assessed = ASSESSED;
    } else if (!s->m) {
        if (!component->purl.n && !component->cpes.n)
            assessed = NOT_ASSESSED_NO_IDENTITY;
    } else if (!matcher_component(s->m, component, s->a, &found, &assessed, s->e)) {
        return false;
    }
    count(s, assessed);
    judge_licences(s);
    bool fresh = true; /* one package listed twice in a document is one thing to mend */
    if (component->purl.n)
        map_put(&s->seen, component->purl, &fresh);
    if (!found.n || !fresh)
        return true;
    if (!collect_flaws(s, &found, &first))
        return false;
    for (uint32_t i = first; i < s->scan->findings.n; i++)
        judge(s, &s->scan->findings.v[i]);
    return find_upgrade(s, first);
}

/* The root is what the document is about; it is matched like any component when it has an identity of its own. */
static bool is_subject(const struct sbom *sbom, uint32_t i) {
    const struct sbom_component *component = &sbom->components.v[i];
    return i != sbom->root || component->purl.n || component->cpes.n;
}

bool scan_add(struct ctx *c, struct arena *a, struct scan *scan, const struct scan_options *o, str name,
              struct sbom *sbom, struct err *e) {
    struct scan_input *input = arena_new_of(a, struct scan_input);
    *input = (struct scan_input){.name = name, .sbom = sbom};
    struct scanner s = {.c = c, .a = a, .scan = scan, .o = o, .input = input, .e = e};
    s.graph = sbom_graph_of(sbom, a);
    map_init(&s.seen, a);
    if (o->db)
        matcher_document(s.m = matcher_new(c, o->db), sbom);
    else
        scan->db_missing = true;
    bool ok = true;
    for (s.at = 0; ok && s.at < sbom->components.n; s.at++)
        if (is_subject(sbom, s.at))
            ok = scan_component(&s);
    matcher_free(s.m);
    if (ok)
        end_of_life_find(a, scan, input, c->now);
    *vec_push(a, &scan->inputs) = input;
    return ok;
}

/* ── order ── */

static int by_number(double x, double y) { /* larger first */
    return x > y ? -1 : x < y ? 1 : 0;
}

static int urgency(const void *px, const void *py) {
    const struct finding *x = px, *y = py;
    bool open_x = x->status <= FINDING_UNDER_INVESTIGATION, open_y = y->status <= FINDING_UNDER_INVESTIGATION;
    int d = (int)open_y - (int)open_x;
    if (!d)
        d = (int)y->priority - (int)x->priority;
    if (!d)
        d = (int)y->about.kev - (int)x->about.kev;
    if (!d)
        d = (int)y->worst.severity - (int)x->worst.severity;
    if (!d)
        d = by_number(x->worst.score, y->worst.score);
    if (!d)
        d = by_number(x->about.epss, y->about.epss);
    if (!d)
        d = str_cmp(x->input->name, y->input->name);
    if (!d)
        d = str_cmp(x->component->name, y->component->name);
    if (!d)
        d = str_cmp(x->component->version, y->component->version);
    return d ? d : str_cmp(x->id, y->id);
}

static int by_ecosystem(const void *px, const void *py) {
    const struct assessment *x = px, *y = py;
    return str_cmp(x->ecosystem, y->ecosystem);
}

void scan_finish(struct scan *scan) {
    if (scan->findings.n)
        qsort(scan->findings.v, scan->findings.n, sizeof *scan->findings.v, urgency);
    if (scan->assessments.n)
        qsort(scan->assessments.v, scan->assessments.n, sizeof *scan->assessments.v, by_ecosystem);
    for (uint32_t i = 0; i < scan->findings.n; i++) {
        enum finding_status st = scan->findings.v[i].status;
        scan->open += st <= FINDING_UNDER_INVESTIGATION;
        scan->ignored += st == FINDING_IGNORED;
        scan->answered_by_vex += st == FINDING_NOT_AFFECTED || st == FINDING_FIXED;
    }
}

int64_t scan_oldest_days(const struct scan *scan, int64_t now) {
    int64_t oldest = -1;
    for (uint32_t i = 0; i < scan->assessments.n; i++) {
        const struct assessment *as = &scan->assessments.v[i];
        int64_t days = as->newest ? (now - as->newest) / 86400 : -1;
        if (as->assessed && days > oldest)
            oldest = days;
    }
    return oldest;
}
