/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"
#include "cli/demo.h"

uint64_t demo_hash(uint64_t x, uint64_t y, uint64_t z) { /* splitmix64 over each */
    uint64_t v[3] = {x, y, z}, h = 0;
    for (int i = 0; i < 3; i++) {
        h += v[i] + 0x9E3779B97F4A7C15u;
        h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9u;
        h = (h ^ h >> 27) * 0x94D049BB133111EBu;
        h ^= h >> 31;
    }
    return h;
}
uint32_t demo_roll(uint32_t n, uint64_t x, uint64_t y, uint64_t z) { return (uint32_t)(demo_hash(x, y, z) % n); }

/* ── names ── */

static const char *const makers[] = {"kasumi",    "tsubame", "kohaku", "suzuran", "hibari",  "yamabuki", "konpeki",
                                     "akatsuki",  "shigure", "minori", "tanpopo", "karasu",  "murasame", "hozuki",
                                     "kogarashi", "natsume", "wakaba", "fukurou", "tsukimi", "nagisa"};
static const char *const jobs[] = {"log",    "json",   "http",     "config", "crypto", "xml",      "cache",   "router",
                                   "queue",  "sql",    "template", "auth",   "image",  "yaml",     "metrics", "zip",
                                   "mail",   "schema", "client",   "events", "locale", "markdown", "pdf",     "charts",
                                   "tokens", "retry",  "csv",      "ldap",   "sched",  "trace",    "hl7",     "modbus"};
static const char *const licences[] = {"Apache-2.0",    "MIT",     "MIT", "Apache-2.0",
                                       "BSD-3-Clause",  "MIT",     "ISC", "Apache-2.0",
                                       "LGPL-2.1-only", "MPL-2.0", "MIT", "AGPL-3.0-only"};
enum { MAKERS = sizeof makers / sizeof *makers, JOBS = sizeof jobs / sizeof *jobs };

static const char *const words[STACKS] = {"maven", "npm", "pypi", "golang", "nuget"};
const char *const demo_ecosystems[STACKS] = {"Maven", "npm", "PyPI", "Go", "NuGet"};

bool demo_stack_of(str word, enum stack *out) {
    for (int i = 0; i < STACKS; i++)
        if (str_is(word, words[i]))
            return *out = (enum stack)i, true;
    return false;
}

static void name_it(struct arena *a, struct demo_package *p, enum stack s, uint32_t rank) {
    const char *m = makers[(rank + rank / MAKERS) % MAKERS],
               *j = jobs[(rank * 7 + (uint32_t)s * 3 * (rank > 0)) % JOBS];
    p->supplier = arena_printf(a, "%s project", m);
    p->licence = str_of(licences[demo_roll(sizeof licences / sizeof *licences, rank, s, 1)]);
    switch (s) {
    case STACK_MAVEN:
        p->purl = arena_printf(a, "pkg:maven/example.%s/%s-%s", m, m, j);
        p->osv = arena_printf(a, "example.%s:%s-%s", m, m, j);
        p->name = arena_printf(a, "%s-%s", m, j);
        p->group = arena_printf(a, "example.%s", m);
        break;
    case STACK_NPM:
        p->purl = arena_printf(a, "pkg:npm/%%40%s-demo/%s", m, j);
        p->osv = arena_printf(a, "@%s-demo/%s", m, j);
        p->name = str_of(j);
        p->group = arena_printf(a, "@%s-demo", m);
        break;
    case STACK_GOLANG:
        p->purl = arena_printf(a, "pkg:golang/go.%s.example/%s", m, j);
        p->osv = p->name = arena_printf(a, "go.%s.example/%s", m, j);
        break;
    case STACK_PYPI:
        p->purl = arena_printf(a, "pkg:pypi/%s-%s-demo", m, j);
        p->osv = p->name = arena_printf(a, "%s-%s-demo", m, j);
        break;
    case STACK_NUGET:
    case STACKS:
        p->purl = arena_printf(a, "pkg:nuget/Demo.%s.%s", m, j);
        p->osv = p->name = arena_printf(a, "Demo.%s.%s", m, j);
        break;
    }
}

/* ── versions ── */

static void make_versions(struct arena *a, struct demo_package *p, enum stack s, uint32_t rank) {
    uint64_t key = (uint64_t)s * PACKAGES + rank;
    uint32_t major = 1 + demo_roll(3, key, 2, 0), minor = demo_roll(9, key, 3, 0), patch = 0;
    int day = -1500 + (int)demo_roll(120, key, 4, 0);
    for (uint32_t i = 0; day < 0; i++) {
        *vec_push(a, &p->versions) = (struct demo_version){
            day, arena_printf(a, s == STACK_GOLANG ? "v%u.%u.%u" : "%u.%u.%u", major, minor, patch)};
        uint32_t step = demo_roll(100, key, 5, i);
        if (step < 5)
            major++, minor = patch = 0;
        else if (step < 40)
            minor++, patch = 0;
        else
            patch++;
        day += 25 + (int)demo_roll(130, key, 6, i);
    }
}

uint32_t demo_version_on(const struct demo_package *p, int day) {
    uint32_t n = p->versions.n;
    while (n > 1 && p->versions.v[n - 1].day > day)
        n--;
    return n - 1;
}

struct demo_packages *demo_packages_new(struct arena *a) {
    struct demo_packages *all = arena_new_of(a, struct demo_packages);
    for (int s = 0; s < STACKS; s++)
        for (uint32_t i = 0; i < PACKAGES; i++) {
            name_it(a, &all->of[s][i], (enum stack)s, i);
            make_versions(a, &all->of[s][i], (enum stack)s, i);
        }
    return all;
}
