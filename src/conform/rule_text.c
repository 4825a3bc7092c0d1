/* SPDX-License-Identifier: Apache-2.0
 *
 * A rule as a sentence: over what, what is wanted, how fresh, by whom.
 */
#include "conform/rule.h"

struct word {
    const char *name, *text;
};

/* In the order of enum rule_about: all of them; after "95 % of". */
static const struct {
    const char *every, *of;
} scopes[] = {
    {NULL, NULL},
    {N_("every release"), N_("the releases")},
    {N_("every product"), N_("the products")},
    {N_("every deployment"), N_("the deployments")},
    {N_("every service"), N_("the services")},
    {N_("every case"), N_("the cases")},
    {N_("every customer"), N_("the customers")},
    {N_("every sub-contractor"), N_("the sub-contractors")},
    {N_("every decision offered"), N_("the decisions offered")},
    {N_("every challenge"), N_("the challenges")},
};

static const struct word kind_words[] = {
    {"release-manifest", N_("manifest of the release")},
    {"sbom", N_("SBOM")},
    {"provenance", N_("provenance of the build")},
    {"hardening", N_("hardening report")},
    {"test-result", N_("test result")},
    {"static-analysis", N_("static analysis")},
    {"vulns", N_("scan for known vulnerabilities")},
    {"vsa", N_("verdict of a verifier")},
    {"hold", N_("kept in the archive")},
    {"disclosure", N_("given to customers")},
    {"vex", N_("VEX published")},
    {"csaf", N_("security advisory published")},
    {"product", N_("product stated")},
    {"deployment", N_("deployment stated")},
    {"service", N_("service stated")},
    {"party", N_("party stated")},
    {"case", N_("case kept")},
    {"watch", N_("watch for new vulnerabilities")},
    {"cosignature", N_("log cosigned by a witness")},
    {"archive-check", N_("archive check")},
    {"attestation", N_("attestation by a named person")},
    {"contract", N_("contract stated")},
    {"decision", N_("decision of the customer")},
    {"challenge", N_("challenge")},
    {"declaration", N_("declaration")},
    {0},
};

static const struct word fact_words[] = {
    {"files", N_("files")},
    {"archived", N_("files in the archive")},
    {"source", N_("source named")},
    {"advisories", N_("advisory database named")},
    {"components", N_("components")},
    {"identified", N_("components identified")},
    {"licensed", N_("components with licence")},
    {"supplied", N_("components with supplier")},
    {"hashed", N_("components with digest")},
    {"edges", N_("says what depends on what")},
    {"builder", N_("builder named")},
    {"hosted", N_("built by a build service")},
    {"materials", N_("materials named")},
    {"binaries", N_("programs looked at")},
    {"meets", N_("policy met")},
    {"result", N_("result")},
    {"passed", N_("tests passed")},
    {"failed", N_("tests failed")},
    {"errors", N_("errors")},
    {"warnings", N_("warnings")},
    {"tools", N_("tools")},
    {"findings", N_("findings")},
    {"urgent", N_("urgent findings")},
    {"kev", N_("known to be exploited")},
    {"years", N_("years")},
    {"customers", N_("share of the customers")},
    {"sbom", N_("SBOM given")},
    {"provenance", N_("provenance given")},
    {"vex", N_("VEX given")},
    {"hardening", N_("hardening report given")},
    {"flaws", N_("vulnerabilities it speaks of")},
    {"owner", N_("owner named")},
    {"support_until", N_("end of support stated")},
    {"end_of_life", N_("end of life stated")},
    {"release", N_("release known")},
    {"zone", N_("zone stated")},
    {"exposure", N_("exposure stated")},
    {"customer", N_("customer stated")},
    {"mtpd", N_("tolerable outage stated")},
    {"restore", N_("time to restore stated")},
    {"needs", N_("things it needs")},
    {"security_contact", N_("security contact stated")},
    {"contacts", N_("contacts")},
    {"in_time", N_("in time")},
    {"closed", N_("closed")},
    {"root_cause", N_("root cause stated")},
    {"practices", N_("practices")},
    {"entries", N_("entries looked at")},
    {"cases", N_("cases of the last year or still open")},
    {"open", N_("open cases")},
    {"begun", N_("taken up")},
    {"closed_cases", N_("closed cases")},
    {"begun_cases", N_("cases taken up")},
    {"witnesses", N_("witnesses")},
    {"sample", N_("share restored")},
    {"bodies", N_("bodies looked at")},
    {"faults", N_("faults")},
    {"copy", N_("of a copy elsewhere")},
    {"write_once", N_("write-once storage")},
    {"level", N_("level")},
    {"role", N_("role")},
    {"document", N_("document attached")},
    {"sampled", N_("share looked at")},
    {"responsibilities", N_("responsibilities given")},
    {"unheld", N_("practices nobody holds")},
    {"requirements", N_("requirements stated")},
    {"sla", N_("SLA stated")},
    {"answered", N_("answered")},
    {"reviewed", N_("reviewed")},
    {"countersigned", N_("countersignatures")},
    {0},
};

/* Facts that are shares of something: shown in percent. */
static const char *const shares[] = {"identified", "licensed", "supplied", "hashed",
                                     "customers",  "sample",   "sampled",  NULL};

static str word_of(const struct word *words, str name) {
    for (; words->name; words++)
        if (str_is(name, words->name))
            return str_of(_(words->text));
    return name;
}

static str number_text(struct arena *a, const struct fact_test *t) {
    static const char *const policies[] = {"none", "minimum", "standard"};
    if (str_is(t->fact, "meets") && (t->number == 0 || t->number == 1 || t->number == 2))
        return str_of(policies[(int)t->number]);
    for (int i = 0; shares[i]; i++)
        if (str_is(t->fact, shares[i]) && t->number <= 1)
            return arena_printf(a, "%g %%", t->number * 100);
    return arena_printf(a, "%g", t->number);
}

static bool is_count(str fact) {
    static const char *const counts[] = {"files",
                                         "components",
                                         "materials",
                                         "binaries",
                                         "passed",
                                         "failed",
                                         "errors",
                                         "warnings",
                                         "tools",
                                         "findings",
                                         "urgent",
                                         "kev",
                                         "years",
                                         "flaws",
                                         "needs",
                                         "contacts",
                                         "practices",
                                         "entries",
                                         "cases",
                                         "open",
                                         "closed_cases",
                                         "begun_cases",
                                         "witnesses",
                                         "bodies",
                                         "faults",
                                         "responsibilities",
                                         "unheld",
                                         "requirements",
                                         "countersigned",
                                         "level",
                                         NULL};
    for (int i = 0; counts[i]; i++)
        if (str_is(fact, counts[i]))
            return true;
    return false;
}

static str test_text(struct arena *a, const struct fact_test *t) {
    static const char *const signs[] = {"", "≥ ", "≤ "};
    str name = word_of(fact_words, t->fact);
    if (t->relation == FACT_IS && !t->text.p && !is_count(t->fact) && (t->number == 1 || t->number == 0))
        return t->number == 1 ? name : arena_printf(a, _("not %s"), arena_cstr(a, name));
    str want = t->text.p ? t->text : number_text(a, t);
    return arena_printf(a, "%.*s: %s%.*s", STR_ARG(name), signs[t->relation], STR_ARG(want));
}

static void add_scope(struct arena *a, struct buf *b, const struct rule *r) {
    if (r->about == ABOUT_ONCE)
        return;
    if (r->share >= 1)
        buf_addz(b, _(scopes[r->about].every));
    else
        buf_addf(b, _("%s of %s"), arena_cstr(a, arena_printf(a, "%g %%", r->share * 100)), _(scopes[r->about].of));
    if (r->shipped_within)
        buf_addf(b, _(" of the last %lld days"), (long long)(r->shipped_within / 86400));
    if (r->delivered)
        buf_addz(b, _(" that a customer runs"));
    for (uint32_t i = 0; i < r->among.n; i++)
        buf_addf(b, " (%s)", arena_cstr(a, test_text(a, &r->among.v[i])));
    buf_addz(b, ": ");
}

static void add_rest(struct buf *b, const struct rule *r) {
    bool of_others = str_is(r->kind, "vsa") || str_is(r->kind, "cosignature");
    if (r->fresh_within)
        buf_addf(b, _("; no older than %lld days"), (long long)(r->fresh_within / 86400));
    if (r->least > 1)
        buf_addf(b, _("; at least %u of them"), r->least);
    if (r->by == BY_OTHER && !of_others)
        buf_addz(b, _("; signed by somebody else"));
    if (r->by == BY_ANY)
        buf_addz(b, _("; whoever signed it"));
    if (r->by == BY_SELF && of_others)
        buf_addz(b, _("; signed by the party itself"));
}

static void add_one(struct arena *a, struct buf *b, const struct rule *r) {
    str says = label_text(r->says);
    if (says.n) {
        buf_add(b, says);
        return;
    }
    add_scope(a, b, r);
    buf_add(b, word_of(kind_words, r->kind));
    for (uint32_t i = 0; i < r->where.n; i++) {
        buf_addz(b, _(", "));
        buf_add(b, test_text(a, &r->where.v[i]));
    }
    add_rest(b, r);
}

str rule_text(struct arena *a, const struct rule *r) {
    struct buf b = {0};
    if (label_text(r->says).n || r->kind.p)
        add_one(a, &b, r);
    else
        for (uint32_t i = 0; i < r->any.n; i++) {
            buf_addz(&b, i ? _(", or ") : "");
            add_one(a, &b, &r->any.v[i]);
        }
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}
