/* SPDX-License-Identifier: Apache-2.0
 *
 * One release of the demo as a CycloneDX document. What a product is made of stays much the same from release to
 * release; a component is as new as its product is diligent, and newer when an advisory asks for it.
 */
#include <math.h>

#include "base/digest.h"
#include "cli/demo.h"

enum { PARTS_MOST = STACKS * PACKAGES };
struct part {
    const struct demo_package *package;
    str version, ref;
};
struct parts {
    struct part v[PARTS_MOST];
    uint32_t n;
};

/* The most used is nearly everywhere, the hundredth in one of five. */
static bool uses(uint32_t product, uint32_t release, enum stack s, uint32_t rank) {
    uint64_t key = (uint64_t)product * STACKS + s;
    double often = fmin(0.97, 2.1 / sqrt((double)rank + 1));
    bool late = demo_roll(12, key, 40, rank) == 0; /* came in with a later release */
    return demo_roll(1000000, key, 41, rank) < often * 1000000 && (!late || release > 2);
}

static bool has_flaw(const struct demo_advisory *x, enum stack s, uint32_t rank, uint32_t version) {
    return x->stack == s && x->package == rank && version >= x->first && version < x->fixed;
}

static uint32_t version_used(const struct demo *d, uint32_t product, int day, enum stack s, uint32_t rank) {
    const struct demo_package *p = &d->packages->of[s][rank];
    int laziness = 15 + (int)demo_roll(280, product, 42, 0);
    uint32_t version = demo_version_on(p, day - (int)demo_roll((uint32_t)laziness, product, 43, rank));
    for (uint32_t i = 0; i < DEMO_ADVISORIES; i++) {
        const struct demo_advisory *x = &d->advisories->of[i];
        bool heard = x->day + 8 <= day && (day - x->day > 150 || demo_roll(4, product, 44, i) > 0);
        if (heard && has_flaw(x, s, rank, version))
            version = x->fixed;
    }
    return version;
}

static void gather(const struct demo *d, uint32_t product, uint32_t release, struct parts *out) {
    const struct demo_product *p = &d->products.v[product];
    out->n = 0;
    for (enum stack s = 0; s < STACKS; s++)
        for (uint32_t rank = 0; p->stacks[s] && rank < PACKAGES; rank++) {
            if (!uses(product, release, s, rank))
                continue;
            const struct demo_package *package = &d->packages->of[s][rank];
            str version = package->versions.v[version_used(d, product, p->releases.v[release].day, s, rank)].text;
            out->v[out->n++] = (struct part){package, version,
                                             arena_printf(d->a, "%.*s@%.*s", STR_ARG(package->purl), STR_ARG(version))};
        }
}

static void write_part(struct demo *d, struct jw *w, const struct part *x) {
    jw_obj(w);
    jw_kstr(w, "type", S("library"));
    jw_kstr(w, "bom-ref", x->ref);
    jw_kobj(w, "supplier");
    jw_kstr(w, "name", x->package->supplier);
    jw_obj_end(w);
    jw_kstr(w, "group", x->package->group);
    jw_kstr(w, "name", x->package->name);
    jw_kstr(w, "version", x->version);
    jw_karr(w, "hashes");
    jw_obj(w);
    jw_kstr(w, "alg", S("SHA-256"));
    jw_kstr(w, "content", digest_hex(d->a, DIGEST_SHA256, x->ref));
    jw_obj_end(w);
    jw_arr_end(w);
    jw_karr(w, "licenses");
    jw_obj(w);
    jw_kobj(w, "license");
    jw_kstr(w, "id", x->package->licence);
    jw_obj_end(w);
    jw_obj_end(w);
    jw_arr_end(w);
    jw_kstr(w, "purl", x->ref);
    jw_obj_end(w);
}

static void write_edges(struct jw *w, str from, const struct parts *parts, const uint32_t *to, uint32_t n) {
    jw_obj(w);
    jw_kstr(w, "ref", from);
    jw_karr(w, "dependsOn");
    for (uint32_t i = 0; i < n; i++)
        jw_str(w, parts->v[to[i]].ref);
    jw_arr_end(w);
    jw_obj_end(w);
}

/* A third are direct; each of the others hangs on one in front of it, so there are no rings and nothing is loose. */
static void write_graph(struct jw *w, uint32_t product, str root, const struct parts *parts) {
    static const uint32_t KEY = 45;
    uint32_t to[PARTS_MOST], n = 0;
    jw_karr(w, "dependencies");
    for (uint32_t i = 0; i < parts->n; i++)
        if (i < 3 || i % 3 == 0)
            to[n++] = i;
    write_edges(w, root, parts, to, n);
    for (uint32_t i = 0; i < parts->n; i++) {
        n = 0;
        for (uint32_t k = i + 1; k < parts->n; k++)
            if (k > 2 && k % 3 != 0 && demo_roll(k, product, KEY, k) == i)
                to[n++] = k;
        write_edges(w, parts->v[i].ref, parts, to, n);
    }
    jw_arr_end(w);
}

static void write_head(struct demo *d, struct jw *w, const struct demo_product *p, const struct demo_release *r,
                       str root) {
    jw_kobj(w, "metadata");
    jw_kstr(w, "timestamp", time_rfc3339(d->a, d->today + (int64_t)r->day * DEMO_DAY));
    jw_kobj(w, "tools");
    jw_karr(w, "components");
    jw_obj(w);
    jw_kstr(w, "type", S("application"));
    jw_kstr(w, "name", S("demo-builder"));
    jw_kstr(w, "version", S("1.0"));
    jw_obj_end(w);
    jw_arr_end(w);
    jw_obj_end(w);
    jw_kobj(w, "component");
    jw_kstr(w, "type", S("application"));
    jw_kstr(w, "bom-ref", root);
    jw_kobj(w, "supplier");
    jw_kstr(w, "name", p->party);
    jw_obj_end(w);
    jw_kstr(w, "name", p->english);
    jw_kstr(w, "version", r->version);
    jw_kstr(w, "purl", root);
    jw_obj_end(w);
    jw_obj_end(w);
}

void demo_sbom_write(struct demo *d, uint32_t product, uint32_t release) {
    const struct demo_product *p = &d->products.v[product];
    const struct demo_release *r = &p->releases.v[release];
    struct parts *parts = arena_new_of(d->a, struct parts);
    gather(d, product, release, parts);
    str root = arena_printf(d->a, "pkg:generic/%.*s/%.*s@%.*s", STR_ARG(p->party), STR_ARG(p->id), STR_ARG(r->version));
    struct jw w = jw_to(&d->file, false);
    jw_obj(&w);
    jw_kstr(&w, "bomFormat", S("CycloneDX"));
    jw_kstr(&w, "specVersion", S("1.5"));
    jw_kint(&w, "version", 1);
    write_head(d, &w, p, r, root);
    jw_karr(&w, "components");
    for (uint32_t i = 0; i < parts->n; i++)
        write_part(d, &w, &parts->v[i]);
    jw_arr_end(&w);
    write_graph(&w, product, root, parts);
    jw_obj_end(&w);
}

void demo_release_write(struct demo *d, uint32_t product, uint32_t release) {
    const struct demo_product *p = &d->products.v[product];
    const struct demo_release *r = &p->releases.v[release];
    str day = time_rfc3339(d->a, d->today + (int64_t)r->day * DEMO_DAY);
    buf_addf(&d->file,
             "{\"product\":\"%.*s\",\"version\":\"%.*s\",\"party\":\"%.*s\",\"releasedOn\":\"%.*s\",\"sbom\":",
             STR_ARG(p->id), STR_ARG(r->version), STR_ARG(p->party), STR_ARG(day));
    demo_sbom_write(d, product, release);
    buf_addz(&d->file, "}\n");
}
