/* SPDX-License-Identifier: Apache-2.0
 *
 * Advisories of the demo, as OSV documents. Their ids begin with DEMO-: nobody takes them for real ones.
 */
#include "cli/demo.h"

static const struct {
    const char *summary, *vector;
} kinds[] = {
    {"Remote code execution through a crafted message", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"},
    {"Denial of service by deeply nested input", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"},
    {"Path traversal when archives are unpacked", "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:N/I:H/A:L"},
    {"Session tokens can be guessed", "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:N"},
    {"Memory is read beyond a buffer", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:L"},
    {"Script injection in rendered text", "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N"},
    {"Secrets are written to a log file", "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N"},
    {"Certificates of other hosts are accepted", "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:L/A:N"},
    {"Slow pattern matching on long input", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L"},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static str day_text(struct arena *a, int64_t today, int day) {
    return time_rfc3339(a, today + (int64_t)day * DEMO_DAY);
}

/* One of six is in what nearly everybody uses. */
static uint32_t some_package(uint32_t at) {
    return at % 6 == 2 ? 1 + demo_roll(5, at, 11, 0) : 8 + demo_roll(PACKAGES - 8, at, 12, 0);
}

static void make_one(struct arena *a, struct demo_packages *p, struct demo_advisory *x, uint32_t at, int64_t today) {
    bool last = at == DEMO_ADVISORIES - 1;
    x->day = last ? 0 : DEMO_BEGIN + 25 + (int)(at * 690 / DEMO_ADVISORIES) + (int)demo_roll(12, at, 13, 0);
    x->stack = last ? STACK_MAVEN : (enum stack)demo_roll(STACKS, at / 2, 14, 0);
    x->package = last ? 0 : some_package(at);
    x->kind = last ? 0 : demo_roll(KINDS, at, 15, 0);
    x->kev = last ? 0 : at % 9 == 4 ? x->day + 20 : DEMO_NEVER;
    x->id = arena_printf(a, "DEMO-%.4s-%04u", day_text(a, today, x->day).p, at + 1);
    x->listed = arena_printf(a, "CVE-0000-%04u", at + 1);
    struct demo_versions *versions = &p->of[x->stack][x->package].versions;
    int mended_on = last ? x->day - 12 : x->day; /* quietly: who is quick is safe already */
    uint32_t newest = demo_version_on(&p->of[x->stack][x->package], mended_on - 1);
    struct demo_version mended = {mended_on, arena_printf(a, "%.*s.1", STR_ARG(versions->v[newest].text))};
    if (x->stack != STACK_PYPI || last) { /* the last part counted up: 2.4.1 → 2.4.2 */
        str head, tail;
        uint64_t patch = 0;
        str_rcut(versions->v[newest].text, '.', &head, &tail);
        (void)str_u64(tail, &patch);
        mended.text = arena_printf(a, "%.*s.%llu", STR_ARG(head), (unsigned long long)patch + 1);
    }
    x->first = newest < 6 ? 0 : last ? newest - 4 : newest - 6 + demo_roll(5, at, 16, 0);
    /* The versions behind begin with the mended one; one that would have the same name gives way. */
    if (newest + 1 < versions->n && str_eq(versions->v[newest + 1].text, mended.text)) {
        versions->v[newest + 1].day = mended_on;
    } else {
        (void)*vec_push(a, versions);
        memmove(&versions->v[newest + 2], &versions->v[newest + 1], (versions->n - newest - 2) * sizeof *versions->v);
        versions->v[newest + 1] = mended;
    }
    x->fixed = newest + 1;
}

struct demo_advisories *demo_advisories_new(struct arena *a, struct demo_packages *p, int64_t today) {
    struct demo_advisories *all = arena_new_of(a, struct demo_advisories);
    for (uint32_t i = 0; i < DEMO_ADVISORIES; i++) {
        make_one(a, p, &all->of[i], i, today);
        for (uint32_t k = 0; k < i; k++) /* numbers of versions behind the one put in have moved */
            if (all->of[k].stack == all->of[i].stack && all->of[k].package == all->of[i].package)
                all->of[k].fixed += all->of[k].fixed >= all->of[i].fixed;
    }
    return all;
}

static str plain_version(str text) { return str_starts(text, S("v")) ? str_from(text, 1) : text; }

void demo_advisory_write(const struct demo_packages *p, const struct demo_advisory *x, int64_t today, struct buf *out) {
    const struct demo_package *package = &p->of[x->stack][x->package];
    struct arena *a = arena_new();
    struct jw w = jw_to(out, false);
    str when = day_text(a, today, x->day);
    jw_obj(&w);
    jw_kstr(&w, "id", x->id);
    if (x->kev != DEMO_NEVER) {
        jw_karr(&w, "aliases");
        jw_str(&w, x->listed);
        jw_arr_end(&w);
    }
    jw_kstr(&w, "modified", when);
    jw_kstr(&w, "published", when);
    jw_kstr(&w, "summary", arena_printf(a, "%s in %.*s", kinds[x->kind].summary, STR_ARG(package->osv)));
    jw_kstr(&w, "details", S("Invented for the demonstration of Akashi; no such package exists."));
    jw_karr(&w, "severity");
    jw_obj(&w);
    jw_kstr(&w, "type", S("CVSS_V3"));
    jw_kstr(&w, "score", str_of(kinds[x->kind].vector));
    jw_obj_end(&w);
    jw_arr_end(&w);
    jw_karr(&w, "affected");
    jw_obj(&w);
    jw_kobj(&w, "package");
    jw_kstr(&w, "ecosystem", str_of(demo_ecosystems[x->stack]));
    jw_kstr(&w, "name", package->osv);
    jw_obj_end(&w);
    jw_karr(&w, "ranges");
    jw_obj(&w);
    jw_kstr(&w, "type", x->stack == STACK_NPM || x->stack == STACK_GOLANG ? S("SEMVER") : S("ECOSYSTEM"));
    jw_karr(&w, "events");
    jw_obj(&w);
    jw_kstr(&w, "introduced", x->first ? plain_version(package->versions.v[x->first].text) : S("0"));
    jw_obj_end(&w);
    jw_obj(&w);
    jw_kstr(&w, "fixed", plain_version(package->versions.v[x->fixed].text));
    jw_obj_end(&w);
    jw_arr_end(&w);
    jw_obj_end(&w);
    jw_arr_end(&w);
    jw_obj_end(&w);
    jw_arr_end(&w);
    jw_obj_end(&w);
    arena_free(a);
}

void demo_kev_write(const struct demo_advisories *all, int day, int64_t today, struct buf *out) {
    struct arena *a = arena_new();
    struct jw w = jw_to(out, false);
    jw_obj(&w);
    jw_kstr(&w, "title", S("Exploited vulnerabilities of the demo"));
    jw_kstr(&w, "catalogVersion", str_upto(day_text(a, today, day), 10));
    jw_kstr(&w, "dateReleased", day_text(a, today, day));
    jw_karr(&w, "vulnerabilities");
    for (uint32_t i = 0; i < DEMO_ADVISORIES; i++) {
        const struct demo_advisory *x = &all->of[i];
        if (x->kev == DEMO_NEVER || x->kev > day)
            continue;
        jw_obj(&w);
        jw_kstr(&w, "cveID", x->listed);
        jw_kstr(&w, "vulnerabilityName", str_of(kinds[x->kind].summary));
        jw_kstr(&w, "dateAdded", str_upto(day_text(a, today, x->kev), 10));
        jw_kstr(&w, "requiredAction", S("Apply updates per vendor instructions."));
        jw_kstr(&w, "dueDate", str_upto(day_text(a, today, x->kev + 21), 10));
        jw_kstr(&w, "knownRansomwareCampaignUse", S("Unknown"));
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    arena_free(a);
}
