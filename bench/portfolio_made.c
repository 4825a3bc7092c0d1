/* SPDX-License-Identifier: Apache-2.0 */
#include "portfolio_made.h"

#include <math.h>
#include <stdlib.h>

enum { RELEASES_OF_PRODUCT = 20, VERSIONS_MOST = 60, COMPONENTS_MOST = 100000 };

struct made {
    uint64_t releases, at, end, state;
    uint32_t products, components, packages;
    double *popular;    /* cumulative */
    uint64_t *families; /* components of each product; 0 where not begun */
    uint16_t *versions; /* releases of each product so far */
    struct made_release last;
    /* texts, made once */
    struct arena *a;
    str *purls, *names;
    str numbers[10][VERSIONS_MOST]; /* by what the minor number counts to */
};

static uint64_t next(struct made *m) { /* splitmix64 */
    uint64_t z = (m->state += 0x9E3779B97F4A7C15u);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}
static double unit(struct made *m) { return (double)(next(m) >> 11) / 9007199254740992.0; }
static uint32_t below(struct made *m, uint32_t n) { return (uint32_t)(next(m) % n); }
static uint32_t hash(uint32_t x) {
    x = (x ^ x >> 16) * 0x7FEB352Du;
    x = (x ^ x >> 15) * 0x846CA68Bu;
    return x ^ x >> 16;
}

static void make_texts(struct made *m);

struct made *made_new(uint64_t releases, uint32_t components, uint64_t seed) {
    struct made *m = calloc(1, sizeof *m);
    if (!m || !components || components > COMPONENTS_MOST)
        abort();
    m->releases = m->end = releases;
    m->state = seed;
    m->components = components;
    m->products = (uint32_t)(releases / RELEASES_OF_PRODUCT + 1);
    m->packages = 20000 + m->products / 2;
    if (m->packages < components * 4)
        m->packages = components * 4;
    m->popular = calloc(m->packages, sizeof *m->popular);
    m->families = calloc((size_t)m->products * components, sizeof *m->families);
    m->versions = calloc(m->products, sizeof *m->versions);
    if (!m->popular || !m->families || !m->versions)
        abort();
    double sum = 0;
    for (uint32_t i = 0; i < m->packages; i++)
        m->popular[i] = sum += 1 / pow(i + 2, 0.9);
    make_texts(m);
    return m;
}
void made_free(struct made *m) {
    arena_free(m->a);
    free(m->popular);
    free(m->families);
    free(m->versions);
    free(m);
}

void made_go_to(struct made *m, uint64_t from, uint64_t end) {
    m->end = from;
    while (made_next(m, NULL))
        ;
    m->end = end;
}

uint32_t made_packages(const struct made *m) { return m->packages; }
uint32_t made_versions(const struct made *m, uint32_t package) {
    (void)m;
    return 5 + hash(package * 7 + 1) % (VERSIONS_MOST - 5);
}

uint32_t made_pick(struct made *m) {
    double at = unit(m) * m->popular[m->packages - 1];
    uint32_t low = 0, high = m->packages - 1;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (m->popular[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void word(uint32_t x, struct buf *out) {
    static const char *const syllables[] = {"ka", "lo",  "mi", "ter", "no", "su", "ra",  "vel",
                                            "ti", "zen", "co", "dra", "fi", "gu", "hex", "ply"};
    for (int i = 0; i < 4; i++, x >>= 4)
        buf_addz(out, syllables[x & 15]);
}
static const char *kind_of(uint32_t package) {
    static const char *const kinds[] = {"npm", "npm", "npm", "pypi", "maven", "golang", "nuget", "deb"};
    return kinds[hash(package) & 7];
}
static void make_texts(struct made *m) {
    m->a = arena_new();
    m->purls = arena_array(m->a, str, m->packages);
    m->names = arena_array(m->a, str, m->packages);
    for (uint32_t i = 0; i < m->packages; i++) {
        struct buf name = {0};
        const char *kind = kind_of(i);
        word(hash(i * 3 + 5), &name);
        buf_addf(&name, "-%u", i);
        m->names[i] = arena_str(m->a, buf_str(&name));
        buf_free(&name);
        str group = strcmp(kind, "maven") == 0    ? arena_printf(m->a, "org.g%u/", i % 977)
                    : strcmp(kind, "golang") == 0 ? arena_printf(m->a, "example.org/g%u/", i % 977)
                    : strcmp(kind, "deb") == 0    ? S("debian/")
                                                  : S("");
        m->purls[i] = arena_printf(m->a, "pkg:%s/%.*s%.*s", kind, STR_ARG(group), STR_ARG(m->names[i]));
    }
    for (uint32_t minor = 1; minor < 10; minor++)
        for (uint32_t i = 0; i < VERSIONS_MOST; i++)
            m->numbers[minor][i] = arena_printf(m->a, "%u.%u.%u", 1 + i / (minor * 4), i / 4 % minor, i % 4);
}
static void name_of(const struct made *m, uint32_t package, struct buf *out) { buf_add(out, m->names[package]); }
void made_package(const struct made *m, uint32_t package, struct buf *out) { buf_add(out, m->purls[package]); }
void made_version(const struct made *m, uint32_t package, uint32_t i, struct buf *out) {
    buf_add(out, m->numbers[1 + hash(package) % 9][i]);
}

/* Versions rise with time: old releases have old ones, and most take one of the newest. */
static uint64_t component(struct made *m, uint32_t package) {
    uint32_t n = made_versions(m, package);
    double now = m->at < m->releases ? (double)m->at / (double)m->releases : 1;
    double newest = (double)(n - 1) * (0.2 + 0.8 * now);
    double back = unit(m) * unit(m) * 6;
    return (uint64_t)package << 8 | (uint32_t)(newest > back ? newest - back : 0);
}

static int by_value(const void *x, const void *y) {
    uint64_t a = *(const uint64_t *)x >> 8, b = *(const uint64_t *)y >> 8;
    return (a > b) - (a < b);
}
static bool has(const uint64_t *v, uint32_t n, uint32_t package) {
    for (uint32_t i = 0; i < n; i++)
        if (v[i] >> 8 == package)
            return true;
    return false;
}

static void change(struct made *m, uint64_t *family, bool first) {
    uint32_t n = m->components, changed = first ? n : n / 10 + 1;
    for (uint32_t i = 0; i < changed; i++) {
        uint32_t at = first ? i : below(m, n), package = (uint32_t)(family[at] >> 8);
        if (first || below(m, 5) == 0)
            do
                package = made_pick(m);
            while (has(family, first ? i : n, package));
        family[at] = component(m, package);
    }
    qsort(family, n, sizeof *family, by_value);
}

static void put_component(const struct made *m, uint64_t x, struct buf *out) {
    static const char *const licences[] = {"MIT",        "MIT",          "MIT", "Apache-2.0",
                                           "Apache-2.0", "BSD-3-Clause", "ISC", "LGPL-2.1-only"};
    uint32_t package = (uint32_t)(x >> 8);
    buf_addz(out, "{\"type\":\"library\",\"bom-ref\":\"");
    made_package(m, package, out);
    buf_addc(out, '@');
    made_version(m, package, x & 255, out);
    buf_addz(out, "\",\"name\":\"");
    name_of(m, package, out);
    buf_addz(out, "\",\"version\":\"");
    made_version(m, package, x & 255, out);
    buf_addz(out, "\",\"purl\":\"");
    made_package(m, package, out);
    buf_addc(out, '@');
    made_version(m, package, x & 255, out);
    buf_addz(out, "\",\"licenses\":[{\"license\":{\"id\":\"");
    buf_addz(out, licences[hash(package + 9) & 7]);
    buf_addz(out, "\"}}]}");
}

static void put_release(struct made *m, const struct made_release *r, struct buf *out) {
    buf_addf(
        out,
        "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"serialNumber\":\"urn:uuid:%08x-%04x-4000-8000-%"
        "012llx\","
        "\"version\":1,\"metadata\":{\"timestamp\":\"2026-01-01T00:00:00Z\",\"component\":{\"type\":\"application\","
        "\"bom-ref\":\"root\",\"name\":\"product-%u\",\"version\":\"1.%u\",\"supplier\":{\"name\":\"supplier-%u\"}}},"
        "\"components\":[",
        hash(r->product), r->version & 0xFFFF, (unsigned long long)m->at, r->product, r->version,
        r->product % (m->products / 50 + 1));
    for (uint32_t i = 0; i < r->n; i++) {
        buf_addz(out, i ? "," : "");
        put_component(m, r->components[i], out);
    }
    buf_addz(out, "],\"dependencies\":[{\"ref\":\"root\",\"dependsOn\":[");
    for (uint32_t i = 0; i < r->n; i++) {
        buf_addz(out, i ? ",\"" : "\"");
        made_package(m, (uint32_t)(r->components[i] >> 8), out);
        buf_addc(out, '@');
        made_version(m, (uint32_t)(r->components[i] >> 8), r->components[i] & 255, out);
        buf_addc(out, '"');
    }
    buf_addz(out, "]}]}");
}

bool made_next(struct made *m, struct buf *out) {
    if (out)
        buf_clear(out);
    if (m->at == m->end)
        return false;
    uint32_t product = below(m, m->products);
    uint64_t *family = m->families + (size_t)product * m->components;
    change(m, family, m->versions[product] == 0);
    m->last = (struct made_release){product, m->versions[product]++, m->components, family};
    if (out)
        put_release(m, &m->last, out);
    m->at++;
    return true;
}
const struct made_release *made_last(const struct made *m) { return &m->last; }
