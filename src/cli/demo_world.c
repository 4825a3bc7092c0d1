/* SPDX-License-Identifier: Apache-2.0
 *
 * Who makes what, who runs what since when: rows of data/demo/, and chance.
 */
#include "base/csv.h"
#include "base/embedded.h"
#include "cli/demo.h"

str demo_data(const char *name) {
    for (const struct embedded_file *f = embedded_demo_data; f->name; f++)
        if (strcmp(f->name, name) == 0)
            return str_n(f->bytes, f->size);
    return S("");
}

/* Whether a list of words parted by blanks holds the word. */
static bool has_word(str list, str word) {
    str one;
    while (str_next(&list, ' ', &one))
        if (str_eq(one, word))
            return true;
    return false;
}

/* What stands in the brackets of "単体試験 (Unit Test)". */
static str english_of(str name) {
    size_t at = str_find(name, S(" ("));
    return at == STR_NONE ? name : str_upto(str_from(name, at + 2), name.n - at - 3);
}

static void read_products(struct demo *d) {
    str rest = demo_data("products"), word;
    struct csv_row row;
    (void)csv_next(d->a, &rest, &row);
    while (csv_next(d->a, &rest, &row)) {
        struct demo_product p = {.id = row.v[0],
                                 .name = row.v[1],
                                 .english = english_of(row.v[1]),
                                 .party = row.v[2],
                                 .tags = row.v[4],
                                 .service = row.v[5]};
        for (str list = row.v[3]; str_next(&list, ' ', &word);) {
            enum stack s;
            if (demo_stack_of(word, &s))
                p.stacks[s] = true;
        }
        *vec_push(d->a, &d->products) = p;
    }
}

static void read_places(struct demo *d) {
    str rest = demo_data("places");
    struct csv_row row;
    (void)csv_next(d->a, &rest, &row);
    while (csv_next(d->a, &rest, &row))
        *vec_push(d->a, &d->places) = (struct demo_place){row.v[0], row.v[1], row.v[2]};
}

/* Four to ten of each, 400 in all: what is over or missing goes to the products in turn. */
static void make_releases(struct demo *d) {
    uint32_t n = d->products.n, total = 0, *count = arena_array(d->a, uint32_t, n);
    for (uint32_t i = 0; i < n; i++)
        total += count[i] = 4 + demo_roll(6, i, 20, 0);
    for (uint32_t i = 0; n && total != DEMO_RELEASES; i = (i + 1) % n) {
        count[i] += total < DEMO_RELEASES ? 1u : count[i] > 2 ? -1u : 0;
        total = 0;
        for (uint32_t k = 0; k < n; k++)
            total += count[k];
    }
    for (uint32_t i = 0; i < n; i++) {
        struct demo_product *p = &d->products.v[i];
        int span = (-DEMO_BEGIN - 6) / (int)count[i];
        uint32_t major = 1 + demo_roll(4, i, 21, 0), minor = demo_roll(6, i, 22, 0);
        for (uint32_t k = 0; k < count[i]; k++) {
            if (k && demo_roll(8, i, 23, k) == 0)
                major++, minor = 0;
            else if (k)
                minor++;
            *vec_push(d->a, &p->releases) = (struct demo_release){
                DEMO_BEGIN + (int)k * span + (k ? (int)demo_roll((uint32_t)span - 1, i, 24, k) : 0),
                arena_printf(d->a, "%u.%u.0", major, minor)};
        }
    }
}

int demo_release_on(const struct demo_product *p, int day) {
    int at = (int)p->releases.n - 1;
    while (at >= 0 && p->releases.v[at].day > day)
        at--;
    return at;
}

static void add_deployment(struct demo *d, uint32_t product, uint32_t place, uint32_t instance) {
    const struct demo_place *at = &d->places.v[place];
    const struct demo_product *p = &d->products.v[product];
    uint64_t key = (uint64_t)product * 1000 + place;
    struct demo_deployment x = {.product = product, .place = place, .instance = instance, .release = -1};
    x.id = instance ? arena_printf(d->a, "%.*s/%.*s-%u", STR_ARG(at->party), STR_ARG(p->id), instance + 1)
                    : arena_printf(d->a, "%.*s/%.*s", STR_ARG(at->party), STR_ARG(p->id));
    x.since = instance ? DEMO_BEGIN + 20 + (int)demo_roll(640, key, 30, instance)
                       : DEMO_BEGIN + 5 + (int)demo_roll(60, key, 31, instance);
    x.follows = demo_roll(5, key, 32, instance) < 2;
    *vec_push(d->a, &d->deployments) = x;
}

/* One of each where it is of use; then more of what there is, here more than there. */
static void make_deployments(struct demo *d) {
    for (uint32_t place = 0; place < d->places.n; place++)
        for (uint32_t product = 0; product < d->products.n; product++) {
            str tags = d->products.v[product].tags;
            if (has_word(tags, d->places.v[place].tag) || has_word(tags, S("all")))
                add_deployment(d, product, place, 0);
        }
    uint32_t first = d->deployments.n, *instances = arena_array(d->a, uint32_t, first);
    for (uint32_t i = 0; d->deployments.n < DEMO_DEPLOYMENTS; i++) {
        uint32_t at = i < first ? i : demo_roll(first, i, 33, 0); /* two of each, then as it comes */
        const struct demo_deployment *x = &d->deployments.v[at];
        if (i >= first && demo_roll(5, x->place, 34, 0) > 2 && demo_roll(2, i, 35, 0))
            continue;
        add_deployment(d, x->product, x->place, ++instances[at]);
    }
}

void demo_world_make(struct demo *d) {
    d->packages = demo_packages_new(d->a);
    d->advisories = demo_advisories_new(d->a, d->packages, d->today);
    read_products(d);
    read_places(d);
    make_releases(d);
    make_deployments(d);
}
