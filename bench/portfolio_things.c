/* SPDX-License-Identifier: Apache-2.0 */
#include "portfolio_things.h"

#include <math.h>
#include <stdlib.h>

struct making {
    uint64_t state;
    uint32_t products, customers, services, hosts, deployments;
    struct made_sheets *out;
};

static uint32_t below(struct making *m, uint32_t n) { /* splitmix64 */
    uint64_t z = (m->state += 0x9E3779B97F4A7C15u);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (uint32_t)((z ^ z >> 31) % n);
}
/* Rank r about as often as 1/r. */
static uint32_t popular(struct making *m, uint32_t n) {
    uint32_t rank = (uint32_t)exp((double)below(m, 1 << 30) / (1 << 30) * log((double)n + 1));
    return rank > n ? n - 1 : rank - 1;
}

/* The sectors of customers, the larger ones more than once. */
static const char *sector(uint32_t at) {
    static const char *const all[] = {"government", "government", "medical", "medical", "medical",   "finance",
                                      "finance",    "power",      "water",   "railway", "logistics", "telecom"};
    return all[at % (sizeof all / sizeof *all)];
}

static void make_parties(struct making *m, uint32_t suppliers) {
    struct buf *b = &m->out->parties;
    buf_addz(b, "id,name,roles,contacts,sector,region,language\n");
    for (uint32_t i = 0; i < suppliers; i++)
        buf_addf(b, "supplier-%u,Supplier %u,supplier;developer,psirt:psirt@supplier-%u.example,,JP-%02u,%s\n", i, i, i,
                 1 + below(m, 47), i % 4 ? "ja" : "en");
    for (uint32_t i = 0; i < m->hosts; i++)
        buf_addf(b, "host-%u,Host %u,operator,security:noc@host-%u.example,telecom,JP-%02u,ja\n", i, i, i,
                 1 + below(m, 47));
    for (uint32_t i = 0; i < m->customers; i++)
        buf_addf(b, "customer-%u,Customer %u,customer,security:it@customer-%u.example,%s,JP-%02u,ja\n", i, i, i,
                 sector(i), 1 + below(m, 47));
}

static void make_products(struct making *m, uint32_t suppliers) {
    struct buf *b = &m->out->products;
    buf_addz(b, "id,name,party,purl,tlp,support-until\n");
    for (uint32_t i = 0; i < m->products; i++)
        buf_addf(b, "product-%u,Product %u,supplier-%u,pkg:generic/product-%u,%s,%s\n", i, i, i % suppliers, i,
                 i % 3 ? "amber" : "clear", below(m, 10) ? "2035-03-31" : "2024-03-31");
}

/* A service needs one of two systems, or a zone, and services that were there before it. */
static void make_services(struct making *m) {
    struct buf *b = &m->out->services;
    buf_addz(b, "id,name,party,sector,region,mtpd,restore,population,substitutes,needs\n");
    for (uint32_t i = 0; i < m->services; i++) {
        uint32_t customer = i % m->customers;
        buf_addf(b, "service-%u,Service %u,customer-%u,%s,JP-%02u,PT%uH,PT%uH,%u,%u,", i, i, customer, sector(customer),
                 1 + below(m, 47), 1 + below(m, 24), 4 + below(m, 72), 1000 * (1 + popular(m, 2000)), below(m, 6) * 10);
        if (i % 3 == 0)
            buf_addf(b, "deployment:system-%u|deployment:system-%u", below(m, m->deployments),
                     below(m, m->deployments));
        else
            buf_addf(b, "zone:zone-%u", below(m, m->hosts));
        if (i > 10)
            buf_addf(b, ";service:service-%u", below(m, i < 200 ? i : i / 20));
        buf_addc(b, '\n');
    }
}

static void make_deployments(struct making *m) {
    static const char *const exposures[] = {"small", "controlled", "open", "controlled"};
    struct buf *b = &m->out->deployments;
    buf_addz(b, "id,product,version,customer,operator,host,service,environment,zone,exposure\n");
    for (uint32_t i = 0; i < m->deployments; i++) {
        uint32_t customer = popular(m, m->customers), host = popular(m, m->hosts);
        buf_addf(b, "system-%u,product-%u,", i, popular(m, m->products));
        if (i % 3)
            buf_addf(b, "1.%u", below(m, 16));
        buf_addf(b, ",customer-%u,host-%u,host-%u,service-%u,%s,zone-%u,%s\n", customer, popular(m, m->hosts), host,
                 below(m, m->services), i % 5 ? "production" : "test", host, exposures[below(m, 4)]);
    }
}

void made_sheets(uint64_t releases, uint64_t seed, struct made_sheets *out) {
    *out = (struct made_sheets){{0}};
    struct making m = {.state = seed ^ 0x5EED, .out = out};
    m.products = (uint32_t)(releases / 20 + 1);
    m.customers = m.services = (uint32_t)(releases / 500 + 1);
    m.hosts = (uint32_t)(releases / 5000 + 2);
    m.deployments = (uint32_t)(releases / 10 + 1);
    uint32_t suppliers = m.products / 50 + 1;
    make_parties(&m, suppliers);
    make_products(&m, suppliers);
    make_services(&m);
    make_deployments(&m);
}
void made_sheets_free(struct made_sheets *x) {
    buf_free(&x->parties);
    buf_free(&x->products);
    buf_free(&x->services);
    buf_free(&x->deployments);
}

/* ── advisories ── */

static const char *ecosystem_of(str purl) {
    static const struct {
        const char *type, *ecosystem;
    } all[] = {{"pkg:npm/", "npm"},
               {"pkg:pypi/", "PyPI"},
               {"pkg:maven/", "Maven"},
               {"pkg:golang/", "Go"},
               {"pkg:nuget/", "NuGet"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (str_starts(purl, str_of(all[i].type)))
            return all[i].ecosystem;
    return NULL;
}

void made_advisory(struct made *m, uint64_t at, bool by_popularity, struct buf *out) {
    static const char *const vectors[] = {
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
        "CVSS:3.1/AV:N/AC:H/PR:L/UI:R/S:U/C:L/I:L/A:N", "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N"};
    struct buf purl = {0};
    struct making roll = {.state = at * 7919 + 17};
    uint32_t package;
    const char *ecosystem;
    do {
        package = by_popularity ? made_pick(m) : below(&roll, made_packages(m));
        buf_clear(&purl);
        made_package(m, package, &purl);
        ecosystem = ecosystem_of(buf_str(&purl));
    } while (!ecosystem);
    str name = buf_str(&purl);
    name = str_from(name, str_chr(name, '/') + 1);
    uint32_t versions = made_versions(m, package), fixed = versions / 2 + below(&roll, versions - versions / 2);
    buf_addf(out,
             "{\"id\":\"CVE-2026-%llu\",\"modified\":\"2026-01-02T00:00:00Z\",\"published\":\"2026-01-01T00:00:00Z\","
             "\"summary\":\"made up\",\"severity\":[{\"type\":\"CVSS_V3\",\"score\":\"%s\"}],"
             "\"affected\":[{\"package\":{\"ecosystem\":\"%s\",\"name\":\"",
             (unsigned long long)at + 100000, vectors[below(&roll, 4)], ecosystem);
    for (size_t i = 0; i < name.n; i++) /* Maven writes group:artifact */
        buf_addc(out, name.p[i] == '/' && strcmp(ecosystem, "Maven") == 0 ? ':' : name.p[i]);
    buf_addf(out, "\"},\"ranges\":[{\"type\":\"%s\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"",
             strcmp(ecosystem, "npm") == 0 ? "SEMVER" : "ECOSYSTEM");
    made_version(m, package, fixed, out);
    buf_addz(out, "\"}]}]}]}\n");
    buf_free(&purl);
}
