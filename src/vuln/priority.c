/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/priority.h"

/* CISA's coordinator tree 2.0.3: [exploitation][automatable][total][mission]. T track, S track*, D attend, A act. */
static const char tree[3][2][2][4] = {
    {{"TTT", "TTS"}, {"TTD", "TTD"}},
    {{"TTS", "TSD"}, {"TTD", "TSD"}},
    {{"TTD", "TDA"}, {"DDA", "DAA"}},
};

enum priority priority_decide(const struct priority_facts *f) {
    switch (tree[f->exploitation][f->automatable][f->total][f->mission]) {
    case 'A': return PRIORITY_ACT;
    case 'D': return PRIORITY_ATTEND;
    case 'S': return PRIORITY_TRACK_STAR;
    default: return PRIORITY_TRACK;
    }
}

static bool metric_is(str vector, const char *name, const char *value) {
    return str_is(cvss_metric(vector, name), value);
}

/* Exploit prediction above one in ten within 30 days is treated as "an exploit is around": about the best tenth of
 * a percent of all scored vulnerabilities lies above one half, the best three percent above one tenth. */
static const double epss_means_poc = 0.1;

static enum exploitation exploitation_of(const struct advisory *a, str vector) {
    if (a->kev || str_ieq(a->ssvc_exploitation, S("active")) || metric_is(vector, "E", "A"))
        return EXPLOITATION_ACTIVE;
    if (str_ieq(a->ssvc_exploitation, S("poc")) || str_ieq(a->ssvc_exploitation, S("public poc")) ||
        metric_is(vector, "E", "P") || a->epss >= epss_means_poc)
        return EXPLOITATION_POC;
    return EXPLOITATION_NONE;
}

static bool automatable_of(const struct advisory *a, str vector) {
    if (a->ssvc_automatable.p)
        return str_ieq(a->ssvc_automatable, S("yes"));
    bool no_user = metric_is(vector, "UI", "N"), no_privilege = metric_is(vector, "PR", "N");
    if (metric_is(vector, "Au", "N")) /* version 2 has no user interaction: medium complexity often means it */
        no_user = no_privilege = true;
    return metric_is(vector, "AV", "N") && metric_is(vector, "AC", "L") && no_user && no_privilege &&
           !metric_is(vector, "AT", "P");
}

static bool total_of(const struct advisory *a, str vector) {
    if (a->ssvc_impact.p)
        return str_ieq(a->ssvc_impact, S("total"));
    if (metric_is(vector, "VC", "H") || cvss_metric(vector, "VC").p)
        return metric_is(vector, "VC", "H") && metric_is(vector, "VI", "H");
    bool two = cvss_metric(vector, "Au").p != NULL;
    return metric_is(vector, "C", two ? "C" : "H") && metric_is(vector, "I", two ? "C" : "H");
}

struct priority_facts priority_facts_of(const struct advisory *a, str vector, enum mission mission) {
    return (struct priority_facts){exploitation_of(a, vector), automatable_of(a, vector), total_of(a, vector), mission};
}

str priority_reason(struct arena *arena, const struct priority_facts *f, const struct advisory *a) {
    const char *exploited = f->exploitation == EXPLOITATION_ACTIVE
                                ? a->kev ? _("exploited now (KEV)") : _("exploited now")
                            : f->exploitation == EXPLOITATION_POC ? _("an exploit is around")
                                                                  : _("no exploit known");
    return arena_printf(arena, "%s · %s · %s", exploited, f->automatable ? _("automatable") : _("needs hand work"),
                        f->total ? _("total impact") : _("partial impact"));
}

const char *priority_name(enum priority p) {
    static const char *const names[] = {"track", "track*", "attend", "act"};
    return names[p];
}

bool priority_parse(str word, enum priority *out) {
    for (int p = PRIORITY_TRACK; p <= PRIORITY_ACT; p++)
        if (str_ieq(word, str_of(priority_name((enum priority)p)))) {
            *out = (enum priority)p;
            return true;
        }
    return false;
}

bool mission_parse(str word, enum mission *out) {
    static const char *const names[] = {"low", "medium", "high"};
    for (int i = 0; i < 3; i++)
        if (str_ieq(word, str_of(names[i]))) {
            *out = (enum mission)i;
            return true;
        }
    return false;
}

struct worst_rating advisory_worst(const struct advisory *a) {
    struct worst_rating worst = {.score = -1, .severity = severity_of_word(a->severity_text)};
    bool version2 = false;
    for (uint32_t i = 0; i < a->ratings.n; i++) {
        const struct rating *r = &a->ratings.v[i];
        double score = r->score;
        bool two = str_is(cvss_version(r->vector), "2.0");
        /* Version 2 counts only where nothing newer is given: its scale has no "critical". */
        if ((!cvss_score(r->vector, &score) && score < 0) || (two && worst.score >= 0 && !version2))
            continue;
        if (score > worst.score || (version2 && !two)) {
            worst = (struct worst_rating){score, r->vector, r->source, severity_of_score(score)};
            version2 = two;
        }
    }
    return worst;
}
