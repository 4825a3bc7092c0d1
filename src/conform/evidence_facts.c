/* SPDX-License-Identifier: Apache-2.0
 *
 * What statements about files state, each kind in a function: from the statement alone. docs/evidence.md says what each
 * fact means.
 */
#include "conform/evidence_inner.h"
#include "impact/contents.h"

static double count_of(struct jv list) { return (double)j_len(list); }
static double number_in(struct jv object, const char *name) { return j_num(j_get(object, name), 0); }
static double is_stated(struct jv v) { return j_is_str(v) ? j_str(v).n > 0 : j_len(v) > 0; }

/* ── builds ── */

static bool names_commit(struct jv materials) {
    for (struct jiter it = j_iter(materials); j_next(&it);) {
        struct jv digest = j_get(it.val, "digest");
        if (j_is_str(j_get(digest, "gitCommit")) || j_is_str(j_get(digest, "sha1")) ||
            str_starts(j_gets(it.val, "uri"), S("git+")))
            return true;
    }
    return false;
}

/* A builder on a person's machine calls itself so (release/provenance.c), and GitHub's says whose machine it is. */
static bool is_hosted(str builder) {
    return builder.n && !str_starts(builder, S("tag:akashi,2026:builder/local/")) &&
           !str_ends(builder, S("/self-hosted"));
}

static void of_provenance(struct jv p, struct facts *out) {
    struct jv old = j_get(p, "builder"), run = j_get2(p, "runDetails", "builder");
    struct jv materials = j_get(p, "materials"), resolved = j_get2(p, "buildDefinition", "resolvedDependencies");
    if (!j_ok(materials))
        materials = resolved;
    str builder = j_gets(j_ok(run) ? run : old, "id");
    facts_number(out, "builder", builder.n > 0);
    facts_number(out, "hosted", is_hosted(builder));
    facts_number(out, "source", names_commit(materials));
    facts_number(out, "materials", count_of(materials));
}

static void of_hardening(struct jv p, struct facts *out) {
    str policy = j_gets(j_get(p, "policy"), "name");
    bool passed = str_is(j_gets(p, "result"), "PASSED"),
         known = str_is(policy, "minimum") || str_is(policy, "standard");
    facts_number(out, "binaries", count_of(j_get(p, "files")));
    facts_word(out, "meets", passed && known ? policy : S("none"));
}

static void of_tests(struct jv p, struct facts *out) {
    facts_word(out, "result", j_gets(p, "result"));
    facts_number(out, "passed", count_of(j_get(p, "passedTests")));
    facts_number(out, "failed", count_of(j_get(p, "failedTests")));
}

static void of_analysis(struct jv p, struct facts *out) {
    struct jv counts = j_get(p, "counts");
    facts_number(out, "errors", number_in(counts, "error"));
    facts_number(out, "warnings", number_in(counts, "warning"));
    facts_number(out, "tools", count_of(j_get(p, "tools")));
}

/* ── vulnerabilities ── */

static bool settled(str status) {
    return str_is(status, "not_affected") || str_is(status, "fixed") || str_is(status, "ignored");
}
static str annotated(struct jv finding, const char *name) {
    for (struct jiter it = j_iter(j_get(finding, "annotations")); j_next(&it);)
        if (j_gets(it.val, name).n)
            return j_gets(it.val, name);
    return (str){NULL, 0};
}
static bool is_urgent(struct jv finding) {
    for (struct jiter it = j_iter(j_get(finding, "severity")); j_next(&it);) {
        str method = j_gets(it.val, "method"), score = j_gets(it.val, "score");
        if (str_is(method, "akashi-priority"))
            return str_is(score, "act");
        if (str_ieq(score, S("critical")))
            return true;
    }
    return false;
}
static void of_vulns(struct jv p, struct facts *out) {
    uint32_t findings = 0, urgent = 0, kev = 0;
    for (struct jiter it = j_iter(j_get2(p, "scanner", "result")); j_next(&it);) {
        if (settled(annotated(it.val, "status")))
            continue;
        findings++;
        urgent += is_urgent(it.val);
        kev += annotated(it.val, "kev").n > 0;
    }
    facts_number(out, "findings", findings);
    facts_number(out, "urgent", urgent);
    facts_number(out, "kev", kev);
}

static void of_vsa(struct jv p, struct facts *out) { facts_word(out, "result", j_gets(p, "verificationResult")); }

static const struct {
    const char *kind;
    void (*facts)(struct jv predicate, struct facts *out);
} kinds[] = {
    {"provenance", of_provenance},    {"hardening", of_hardening}, {"test-result", of_tests},
    {"static-analysis", of_analysis}, {"vulns", of_vulns},         {"vsa", of_vsa},
};

static void of_manifest(const struct entry *x, struct facts *out) {
    struct jv p = x->statement->predicate, tree = j_get(p, "files");
    facts_number(out, "files", j_num(j_get(tree, "count"), (double)x->statement->subjects.n));
    facts_number(out, "archived", is_stated(j_get(tree, "tree")));
    facts_number(out, "source", is_stated(j_get2(p, "source", "uri")));
    facts_number(out, "advisories", is_stated(j_get(p, "advisories")));
}

bool facts_of_statement(const struct entry *x, struct facts *out) {
    if (str_is(x->kind, "release-manifest")) {
        of_manifest(x, out);
        return true;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(x->kind, kinds[i].kind)) {
            kinds[i].facts(x->statement->predicate, out);
            return true;
        }
    return false;
}

/* ── inventories ── */

bool facts_of_parts(struct portfolio *p, uint32_t release, const struct parts *parts, struct facts *out,
                    struct err *e) {
    uint32_t components, unidentified, licensed = 0, supplied = 0, hashed = 0;
    if (!contents_listed(p->contents, release, &components, &unidentified, e))
        return false;
    for (uint32_t i = 0; i < parts->n; i++) {
        const struct part *k = &parts->v[i];
        licensed += k->licence.n > 0;
        supplied += k->supplier.n > 0;
        hashed += k->hash_kind != HASH_NONE;
    }
    double all = parts->n ? parts->n : 1;
    facts_number(out, "components", components);
    facts_number(out, "identified", components ? 1 - (double)unidentified / components : 0);
    facts_number(out, "licensed", licensed / all);
    facts_number(out, "supplied", supplied / all);
    facts_number(out, "hashed", hashed / all);
    facts_number(out, "edges", parts->edges);
    return true;
}
