/* SPDX-License-Identifier: Apache-2.0 */
#include "release/checklist.h"
#include "vuln/priority.h"

#define EACH_TRUSTED(l, v, wanted)                                                                                     \
    for (uint32_t i_ = 0; i_ < (l)->out->statements.n; i_++)                                                           \
        for (const struct verified *v = &(l)->out->statements.v[i_]; v && counts((l), v, (wanted)); v = NULL)

static bool any_name(const struct patterns *wanted, const struct verified *v) {
    for (uint32_t i = 0; i < v->signers.n; i++)
        if (pattern_matches(wanted, v->signers.v[i]))
            return true;
    return false;
}

/* A statement counts when it is trusted, of that kind, and signed by whom the policy wants for it. */
static bool counts(const struct looking *l, const struct verified *v, const char *kind) {
    const struct verify_policy *p = l->options->policy;
    if (!v->trusted || (kind && !str_is(v->kind, kind)))
        return false;
    for (uint32_t i = 0; i < p->signers.n; i++)
        if (str_eq(p->signers.v[i].kind, v->kind) && !any_name(&p->signers.v[i].names, v))
            return false;
    return true;
}

static void want_kinds(struct looking *l) {
    const struct patterns *kinds = &l->options->policy->statements;
    for (uint32_t i = 0; i < kinds->n; i++) {
        const char *kind = arena_cstr(l->arena, kinds->v[i]);
        bool there = false;
        EACH_TRUSTED(l, v, kind) there = true;
        if (there)
            say_holds(l, "policy.statements", kinds->v[i], _("is there"));
        else
            say_fails(l, "policy.statements", kinds->v[i], _("the policy demands it, and none that counts is here"));
    }
}

static void want_signers(struct looking *l) {
    const struct verify_policy *p = l->options->policy;
    for (uint32_t i = 0; i < l->out->statements.n; i++) {
        const struct verified *v = &l->out->statements.v[i];
        for (uint32_t k = 0; v->trusted && k < p->signers.n; k++)
            if (str_eq(p->signers.v[k].kind, v->kind) && !any_name(&p->signers.v[k].names, v))
                say_fails(l, "policy.signers", v->kind, _("signed by %.*s, whom the policy does not name for it"),
                          STR_ARG(v->signers.v[0]));
    }
}

static void want_logged(struct looking *l) {
    bool all = l->out->statements.n > 0;
    for (uint32_t i = 0; i < l->out->statements.n; i++)
        all &= l->out->statements.v[i].logged;
    if (!l->options->policy->logged)
        return;
    if (all)
        say_holds(l, "policy.logged", (str){NULL, 0}, _("everything said is in a log"));
    else
        say_fails(l, "policy.logged", (str){NULL, 0}, _("the policy demands that everything said is in a log"));
}

/* ── results that have to be PASSED ── */

static void want_passed(struct looking *l, const char *kind, const char *id) {
    uint32_t seen = 0, failed = 0;
    EACH_TRUSTED(l, v, kind) {
        seen++;
        failed += str_is(j_gets(v->statement.predicate, "result"), "FAILED") ||
                  !j_gets(v->statement.predicate, "result").p;
    }
    if (!seen)
        say_fails(l, id, str_of(kind), _("the policy demands it, and none that counts is here"));
    else if (failed)
        say_fails(l, id, str_of(kind), _("its result is FAILED"));
    else
        say_holds(l, id, str_of(kind), _("passed"));
}

static void want_hardening_policy(struct looking *l) {
    const struct patterns *wanted = &l->options->policy->hardening;
    if (!wanted->n)
        return;
    bool good = false;
    str last = {NULL, 0};
    EACH_TRUSTED(l, v, "hardening") {
        last = j_gets(j_get(v->statement.predicate, "policy"), "name");
        good |= pattern_matches(wanted, last);
    }
    if (good)
        say_holds(l, "policy.hardening", S("hardening"), _("measured by the policy %.*s"), STR_ARG(last));
    else
        say_fails(l, "policy.hardening", S("hardening"),
                  _("measured by the policy %.*s, which is not one of those demanded"),
                  STR_ARG(last.p ? last : S("-")));
}

/* ── findings ── */

struct counted {
    uint32_t statements, open, kev, urgent;
    int64_t oldest; /* of the data */
    str first_kev, first_urgent;
};

static str annotation(struct jv finding, const char *key) {
    for (struct jiter it = j_iter(j_get(finding, "annotations")); j_next(&it);)
        if (j_gets(it.val, key).p)
            return j_gets(it.val, key);
    return (str){NULL, 0};
}

static bool is_open(struct jv finding) {
    str status = annotation(finding, "status");
    return !status.p || str_is(status, "open") || str_is(status, "under_investigation");
}

static enum priority priority_of(struct jv finding) {
    enum priority p = PRIORITY_ACT; /* who does not say how urgent it is gets no benefit of it */
    for (struct jiter it = j_iter(j_get(finding, "severity")); j_next(&it);)
        if (str_is(j_gets(it.val, "method"), "akashi-priority"))
            (void)priority_parse(j_gets(it.val, "score"), &p);
    return p;
}

static void count_findings(struct counted *n, struct jv predicate, bool by_priority, enum priority most) {
    struct jv scanner = j_get(predicate, "scanner");
    int64_t updated;
    n->statements++;
    if (!time_parse(j_gets(j_get(scanner, "db"), "lastUpdate"), &updated))
        updated = 0;
    if (updated < n->oldest)
        n->oldest = updated;
    for (struct jiter it = j_iter(j_get(scanner, "result")); j_next(&it);) {
        if (!is_open(it.val))
            continue;
        n->open++;
        if (annotation(it.val, "kev").p && n->kev++ == 0)
            n->first_kev = j_gets(it.val, "id");
        if (by_priority && priority_of(it.val) >= most && n->urgent++ == 0)
            n->first_urgent = j_gets(it.val, "id");
    }
}

static void judge_findings(struct looking *l, const struct counted *n, bool by_priority) {
    const struct verify_policy *p = l->options->policy;
    if (p->no_kev && n->kev)
        say_fails(l, "policy.kev", S("vulns"), _("%u open findings are known to be exploited, %.*s first"), n->kev,
                  STR_ARG(n->first_kev));
    else if (p->no_kev)
        say_holds(l, "policy.kev", S("vulns"), _("no open finding is known to be exploited"));
    if (by_priority && n->urgent)
        say_fails(l, "policy.priority", S("vulns"), _("%u open findings are at %.*s or above, %.*s first"), n->urgent,
                  STR_ARG(p->no_priority), STR_ARG(n->first_urgent));
    else if (by_priority)
        say_holds(l, "policy.priority", S("vulns"), _("no open finding is at %.*s or above"), STR_ARG(p->no_priority));
    if (p->most_open >= 0 && n->open > p->most_open)
        say_fails(l, "policy.open", S("vulns"), _("%u findings are open, more than %lld"), n->open,
                  (long long)p->most_open);
    else if (p->most_open >= 0)
        say_holds(l, "policy.open", S("vulns"), _("%u findings are open"), n->open);
    int64_t days = (l->ctx->now - n->oldest) / 86400;
    if (p->most_days >= 0 && days > p->most_days)
        say_fails(l, "policy.age", S("vulns"), _("the advisory data are %lld days old, more than %lld"),
                  (long long)days, (long long)p->most_days);
    else if (p->most_days >= 0)
        say_holds(l, "policy.age", S("vulns"), _("the advisory data are %lld days old"), (long long)days);
}

static void want_findings(struct looking *l) {
    const struct verify_policy *p = l->options->policy;
    struct counted n = {.oldest = INT64_MAX};
    enum priority most = PRIORITY_ACT;
    bool by_priority = p->no_priority.n > 0;
    if (!p->no_kev && !by_priority && p->most_open < 0 && p->most_days < 0)
        return;
    if (by_priority && !priority_parse(p->no_priority, &most)) {
        say_fails(l, "policy.priority", p->path, _("no-priority must be track, track*, attend or act"));
        return;
    }
    EACH_TRUSTED(l, v, "vulns") count_findings(&n, v->statement.predicate, by_priority, most);
    if (!n.statements)
        say_fails(l, "policy.findings", S("vulns"), _("the policy demands it, and none that counts is here"));
    else
        judge_findings(l, &n, by_priority);
}

/* ── provenance ── */

static bool any_source(const struct patterns *wanted, struct jv predicate) {
    for (struct jiter it = j_iter(j_get2(predicate, "buildDefinition", "resolvedDependencies")); j_next(&it);)
        if (pattern_matches(wanted, j_gets(it.val, "uri")))
            return true;
    return false;
}

static void want_provenance(struct looking *l) {
    const struct verify_policy *p = l->options->policy;
    bool builder = false, source = false;
    str named = S("-");
    if (!p->builders.n && !p->sources.n)
        return;
    EACH_TRUSTED(l, v, "provenance") {
        str id = j_gets(j_get2(v->statement.predicate, "runDetails", "builder"), "id");
        named = id.p ? id : named;
        builder |= pattern_matches(&p->builders, id);
        source |= any_source(&p->sources, v->statement.predicate);
    }
    if (p->builders.n && builder)
        say_holds(l, "policy.builder", S("provenance"), _("built by %.*s"), STR_ARG(named));
    else if (p->builders.n)
        say_fails(l, "policy.builder", S("provenance"), _("built by %.*s, which the policy does not name"),
                  STR_ARG(named));
    if (p->sources.n && source)
        say_holds(l, "policy.source", S("provenance"), _("built from the sources the policy names"));
    else if (p->sources.n)
        say_fails(l, "policy.source", S("provenance"), _("not built from the sources the policy names"));
}

void look_at_policy(struct looking *l) {
    const struct verify_policy *p = l->options->policy;
    want_kinds(l);
    want_signers(l);
    want_logged(l);
    if (p->hardening_passed)
        want_passed(l, "hardening", "policy.hardening");
    want_hardening_policy(l);
    if (p->tests_passed)
        want_passed(l, "test-result", "policy.tests");
    if (p->analysis_passed)
        want_passed(l, "static-analysis", "policy.analysis");
    want_findings(l);
    want_provenance(l);
}
