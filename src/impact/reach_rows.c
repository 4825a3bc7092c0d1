/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/reach_rows.h"

#include <stdlib.h>

#include "base/digest.h"
#include "impact/reach_rows_inner.h"

/* ── columns ── */

/* clang-format off */
static const struct reach_column release_columns[] = {
    {.key = "product", .kind = COLUMN_TEXT},
    {.key = "name", .head = N_("PRODUCT"), .kind = COLUMN_TEXT, .instead = 1, .shrink = true},
    {.key = "version", .head = N_("VERSION"), .kind = COLUMN_TEXT},
    {.key = "party", .kind = COLUMN_TEXT},
    {.key = "party_name", .head = N_("BY"), .kind = COLUMN_TEXT, .instead = 4, .shrink = true, .spare = true},
    {.key = "components", .head = N_("COMPONENT"), .kind = COLUMN_LIST, .shrink = true, .tail = true},
    {.key = "since", .head = N_("SINCE"), .kind = COLUMN_TIME, .spare = true},
    {.key = "entry", .kind = COLUMN_NUMBER},
    {.key = "sbom", .kind = COLUMN_TEXT},
    {.key = "disagrees", .kind = COLUMN_FLAG},
    {.key = "paths", .kind = COLUMN_LIST},
    {0}};
static const struct reach_column product_columns[] = {
    {.key = "product", .head = N_("ID"), .kind = COLUMN_TEXT, .shrink = true},
    {.key = "name", .head = N_("PRODUCT"), .kind = COLUMN_TEXT, .shrink = true},
    {.key = "party", .kind = COLUMN_TEXT},
    {.key = "party_name", .head = N_("BY"), .kind = COLUMN_TEXT, .instead = 3, .shrink = true},
    {.key = "releases", .head = N_("RELEASES"), .kind = COLUMN_NUMBER},
    {0}};
static const struct reach_column deployment_columns[] = {
    {.key = "deployment", .head = N_("DEPLOYMENT"), .kind = COLUMN_TEXT, .shrink = true},
    {.key = "product", .kind = COLUMN_TEXT},
    {.key = "name", .head = N_("PRODUCT"), .kind = COLUMN_TEXT, .instead = 2, .shrink = true},
    {.key = "version", .head = N_("VERSION"), .kind = COLUMN_TEXT},
    {.key = "customer", .kind = COLUMN_TEXT},
    {.key = "customer_name", .head = N_("CUSTOMER"), .kind = COLUMN_TEXT, .instead = 5, .shrink = true},
    {.key = "operator", .kind = COLUMN_TEXT},
    {.key = "operator_name", .head = N_("RUN BY"), .kind = COLUMN_TEXT, .instead = 7, .shrink = true, .spare = true},
    {.key = "host", .kind = COLUMN_TEXT},
    {.key = "host_name", .kind = COLUMN_TEXT},
    {.key = "environment", .head = N_("ENVIRONMENT"), .kind = COLUMN_TEXT, .shrink = true, .spare = true},
    {.key = "exposure", .head = N_("EXPOSURE"), .kind = COLUMN_TEXT, .spare = true},
    {.key = "zone", .kind = COLUMN_TEXT},
    {.key = "data", .kind = COLUMN_TEXT},
    {.key = "owner", .kind = COLUMN_TEXT},
    {.key = "service", .head = N_("SERVICE"), .kind = COLUMN_TEXT, .shrink = true},
    {0}};
static const struct reach_column customer_columns[] = {
    {.key = "customer", .head = N_("ID"), .kind = COLUMN_TEXT, .shrink = true},
    {.key = "name", .head = N_("CUSTOMER"), .kind = COLUMN_TEXT, .shrink = true},
    {.key = "sector", .head = N_("SECTOR"), .kind = COLUMN_TEXT, .shrink = true},
    {.key = "region", .head = N_("REGION"), .kind = COLUMN_TEXT, .shrink = true},
    {.key = "deployments", .head = N_("DEPLOYMENTS"), .kind = COLUMN_NUMBER},
    {.key = "contacts", .head = N_("CONTACT"), .kind = COLUMN_LIST, .shrink = true, .spare = true},
    {0}};
static const struct reach_column service_columns[] = {
    {.key = "service", .kind = COLUMN_TEXT},
    {.key = "name", .head = N_("SERVICE"), .kind = COLUMN_TEXT, .instead = 1, .shrink = true},
    {.key = "sector", .head = N_("SECTOR"), .kind = COLUMN_TEXT, .shrink = true},
    {.key = "region", .head = N_("REGION"), .kind = COLUMN_TEXT, .shrink = true, .spare = true},
    {.key = "party", .kind = COLUMN_TEXT},
    {.key = "party_name", .kind = COLUMN_TEXT},
    {.key = "direct", .kind = COLUMN_FLAG},
    {.key = "path", .head = N_("THROUGH"), .kind = COLUMN_LIST, .shrink = true, .tail = true},
    {.key = "falls", .head = N_("FALLS"), .kind = COLUMN_FLAG},
    {.key = "population", .kind = COLUMN_NUMBER},
    {.key = "substitutes", .kind = COLUMN_NUMBER},
    {.key = "mtpd", .kind = COLUMN_NUMBER},
    {.key = "restore", .kind = COLUMN_NUMBER},
    {.key = "people", .head = N_("PEOPLE"), .kind = COLUMN_NUMBER},
    {.key = "people_hours_within", .head = N_("WITHIN MTPD"), .kind = COLUMN_NUMBER, .spare = true},
    {.key = "people_hours_beyond", .head = N_("BEYOND MTPD"), .kind = COLUMN_NUMBER},
    {0}};
static const struct reach_column told_columns[] = {
    {.key = "party", .kind = COLUMN_TEXT},
    {.key = "name", .head = N_("WHO"), .kind = COLUMN_TEXT, .instead = 1, .shrink = true},
    {.key = "why", .head = N_("WHY"), .kind = COLUMN_LIST, .wrap = true},
    {.key = "contacts", .head = N_("CONTACT"), .kind = COLUMN_LIST, .wrap = true},
    {.key = "language", .kind = COLUMN_TEXT},
    {0}};
/* clang-format on */

static const struct {
    const char *name;
    const struct reach_column *columns;
} lists[REACH_LISTS] = {{"releases", release_columns},       {"products", product_columns},
                        {"deployments", deployment_columns}, {"customers", customer_columns},
                        {"services", service_columns},       {"tell", told_columns}};

const char *reach_list_name(enum reach_list l) { return lists[l].name; }
const struct reach_column *reach_columns(enum reach_list l) { return lists[l].columns; }
bool reach_list_parse(str word, enum reach_list *out) {
    for (size_t i = 0; i < REACH_LISTS; i++)
        if (str_is(word, lists[i].name)) {
            *out = (enum reach_list)i;
            return true;
        }
    return false;
}

/* ── cells ── */

struct reach_cell cell_text(str text) {
    return (struct reach_cell){.given = text.n > 0, .text = text};
}
struct reach_cell cell_number(int64_t number) {
    return (struct reach_cell){.given = true, .number = number};
}
/* -1: not stated. */
static struct reach_cell cell_stated(int64_t number) {
    return number < 0 ? (struct reach_cell){.given = false} : cell_number(number);
}
struct reach_cell cell_list(const str *list, uint32_t n) {
    return (struct reach_cell){.given = n > 0, .list = list, .n = n};
}

/* ── products, deployments, customers, services ── */

static bool product_row(struct rows *x, uint64_t at) {
    const struct named *of, *by;
    struct reach *r = x->r;
    if (!thing_name(&x->names, THING_PRODUCT, r->products.v[at], &of, x->e) ||
        !thing_name(&x->names, THING_PARTY, of->party, &by, x->e))
        return false;
    const struct reach_cell cells[] = {cell_text(of->id), cell_text(of->name), cell_text(by->id), cell_text(by->name),
                                       cell_number(r->per_product[at])};
    return x->each(x->arg, cells, x->e);
}

static bool deployment_row(struct rows *x, uint64_t at) {
    static const char *const exposures[] = {"", "small", "controlled", "open"};
    const struct reached_deployment *d = &x->r->deployments.v[at];
    const struct named *of, *customer, *operator_, *host, *service;
    struct deployment full;
    bool found;
    if (!deployment_get(x->r->p, x->scratch, d->number, &x->r->when, &full, &found, x->e) ||
        !thing_name(&x->names, THING_PRODUCT, d->product, &of, x->e) ||
        !thing_name(&x->names, THING_PARTY, d->customer, &customer, x->e) ||
        !thing_name(&x->names, THING_PARTY, d->operator_, &operator_, x->e) ||
        !thing_name(&x->names, THING_PARTY, d->host, &host, x->e) ||
        !thing_name(&x->names, THING_SERVICE, d->service, &service, x->e))
        return false;
    if (!found)
        full = (struct deployment){0};
    struct release_row release = {.version = full.version};
    if (d->release != UINT32_MAX && !contents_release(x->r->p->contents, x->scratch, d->release, &release, x->e))
        return false;
    const struct reach_cell cells[] = {
        cell_text(full.id),         cell_text(of->id),           cell_text(of->name),
        cell_text(release.version), cell_text(customer->id),     cell_text(customer->name),
        cell_text(operator_->id),   cell_text(operator_->name),  cell_text(host->id),
        cell_text(host->name),      cell_text(full.environment), cell_text(str_of(exposures[full.exposure])),
        cell_text(full.zone),       cell_text(full.data),        cell_text(full.owner),
        cell_text(service->id),
    };
    return x->each(x->arg, cells, x->e);
}

static bool customer_row(struct rows *x, uint64_t at) {
    int64_t number = x->r->customers.v[at];
    struct party party = {0};
    bool found;
    const struct named *name;
    if (!thing_name(&x->names, THING_PARTY, number, &name, x->e) ||
        !party_get(x->r->p, x->scratch, number, &x->r->when, &party, &found, x->e))
        return false;
    if (!found)
        party = (struct party){0};
    uint32_t n;
    const str *contacts = contact_texts(x->scratch, &party, &n);
    const struct reach_cell cells[] = {
        cell_text(name->id),     cell_text(name->name),           cell_text(party.sector),
        cell_text(party.region), cell_number(x->at_customer[at]), cell_list(contacts, n)};
    return x->each(x->arg, cells, x->e);
}

/* From what is hit to the service: "deployment hospital-a/emr", "power", "water". The service itself is not in it. */
static bool service_path(struct rows *x, const struct reached_service *s, struct reach_cell *out) {
    struct reach *r = x->r;
    VEC(str) way = {0};
    uint32_t at = s->through, steps = 0;
    const struct reached_service *first = s;
    for (; at != UINT32_MAX && steps <= r->services.n; steps++) {
        first = &r->services.v[at];
        *vec_push(x->scratch, &way) = first->of->id;
        at = first->through;
    }
    if (first->deployment >= 0) {
        str id;
        if (!thing_id(r->p, x->scratch, THING_DEPLOYMENT, first->deployment, &id, x->e))
            return false;
        *vec_push(x->scratch, &way) = id;
    }
    for (uint32_t i = 0; i < way.n / 2; i++) {
        str swap = way.v[i];
        way.v[i] = way.v[way.n - 1 - i];
        way.v[way.n - 1 - i] = swap;
    }
    *out = cell_list(way.v, way.n);
    return true;
}

static bool service_row(struct rows *x, uint64_t at) {
    const struct reached_service *s = &x->r->services.v[at];
    const struct service *of = s->of;
    const struct named *by;
    struct reach_cell path;
    if (!thing_name(&x->names, THING_PARTY, of->party, &by, x->e) || !service_path(x, s, &path))
        return false;
    const struct reach_cell cells[] = {
        cell_text(of->id),
        cell_text(of->name),
        cell_text(of->sector),
        cell_text(of->region),
        cell_text(by->id),
        cell_text(by->name),
        cell_number(s->direct),
        path,
        cell_number(s->falls),
        cell_stated(of->population),
        cell_number(of->substitutes),
        cell_stated(of->mtpd),
        cell_stated(of->restore),
        cell_number((int64_t)s->people),
        cell_number((int64_t)s->within),
        cell_number((int64_t)s->beyond),
    };
    return x->each(x->arg, cells, x->e);
}

/* ── pages ── */

uint64_t reach_rows_count(const struct reach *r, enum reach_list l) {
    const uint64_t counts[REACH_LISTS] = {r->n_releases,  r->products.n, r->deployments.n,
                                          r->customers.n, r->services.n, r->told.n};
    return counts[l];
}

/* How many deployments each customer has, in one pass. */
static void count_customers(struct rows *x) {
    struct reach *r = x->r;
    x->at_customer = arena_array(r->a, uint32_t, r->customers.n + 1);
    for (uint32_t i = 0; i < r->deployments.n; i++) {
        int64_t number = r->deployments.v[i].customer;
        uint32_t low = 0, high = r->customers.n;
        while (low < high) {
            uint32_t middle = low + (high - low) / 2;
            if (r->customers.v[middle] < number)
                low = middle + 1;
            else
                high = middle;
        }
        if (low < r->customers.n && r->customers.v[low] == number)
            x->at_customer[low]++;
    }
}

bool reach_rows(struct reach *r, const struct reach_page *page,
                bool (*each)(void *arg, const struct reach_cell *cells, struct err *e), void *arg, struct err *e) {
    static bool (*const fill[REACH_LISTS])(struct rows *, uint64_t) = {NULL,         product_row, deployment_row,
                                                                       customer_row, service_row, tell_row};
    struct rows x = {.r = r, .names = {.r = r}, .page = page, .scratch = arena_new(), .each = each, .arg = arg, .e = e};
    uint64_t all = reach_rows_count(r, page->list), to = page->from < all ? all - page->from : 0;
    to = page->from + (to < page->n ? to : page->n);
    bool own, ok = portfolio_read(r->p, &own, e);
    if (page->list == REACH_CUSTOMERS)
        count_customers(&x);
    if (ok && page->list == REACH_TOLD && page->from < to)
        ok = tell_read(&x, page->from, to);
    if (ok && page->list == REACH_RELEASES)
        ok = release_rows(&x, page->from, to);
    else
        for (uint64_t at = page->from; ok && at < to; at++) {
            struct arena_mark m = arena_mark(x.scratch);
            ok = fill[page->list](&x, at);
            arena_reset(x.scratch, m);
        }
    portfolio_read_end(r->p, own);
    arena_free(x.scratch);
    return ok;
}
