/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows becoming things: as structs, for the questions, and as forms, for people.
 *
 * Rows are taken a page at a time and the statement is let go before anybody is called, so that whoever is called may
 * ask for things too.
 */
#include "impact/duration.h"
#include "impact/things_inner.h"
#include "store/queries.h"

enum { PAGE = 256, FIRST = 5 /* column of the first field */ };

/* The size of the log that is meant. */
static int64_t size_of(const struct as_of *when) {
    return when && when->given ? (int64_t)(when->size < INT64_MAX ? when->size : INT64_MAX) : INT64_MAX;
}
static int64_t time_of(struct portfolio *p, const struct as_of *when) {
    return when && when->given ? when->time : p->ctx->now;
}

static bool ask_page(struct portfolio *p, enum thing_kind kind, int64_t size, int64_t after, uint32_t n, int64_t entry,
                     struct ask **q, struct err *e) {
    if (!store_ask(p->store, thing_shapes[kind].at, q, e))
        return false;
    ask_int(*q, 1, size);
    ask_int(*q, 2, after);
    ask_int(*q, 3, n);
    ask_int(*q, 4, entry);
    return true;
}

/* ── columns ── */

static int64_t int_at(struct ask *q, int at, int64_t otherwise) {
    return ask_col_null(q, at) ? otherwise : ask_col_int(q, at);
}
static str text_at(struct ask *q, int at, struct arena *a) { return arena_str(a, ask_col_text(q, at)); }
static bool mentioned_at(struct ask *q) { return ask_col_null(q, 2); }

static void read_contacts(struct arena *a, str text, struct party *out) {
    str one;
    while (str_next(&text, ';', &one)) {
        struct contact c;
        if (contact_cut(one, &c))
            *vec_push(a, &out->contacts) = c;
    }
}

static void read_party(struct ask *q, struct arena *a, void *to) {
    struct party *x = to;
    str one, primes;
    *x = (struct party){.number = ask_col_int(q, 0),
                        .id = text_at(q, 1, a),
                        .mentioned = mentioned_at(q),
                        .entry = (uint64_t)ask_col_int(q, 2),
                        .name = text_at(q, FIRST, a),
                        .roles = (unsigned)ask_col_int(q, FIRST + 1),
                        .sector = text_at(q, FIRST + 5, a),
                        .region = text_at(q, FIRST + 6, a),
                        .language = text_at(q, FIRST + 7, a)};
    read_contacts(a, text_at(q, FIRST + 3, a), x);
    primes = text_at(q, FIRST + 4, a);
    for (int64_t number; str_next(&primes, ';', &one);)
        if (str_i64(one, &number))
            *vec_push(a, &x->primes) = number;
}

static void read_product(struct ask *q, struct arena *a, void *to) {
    struct product *x = to;
    *x = (struct product){.number = ask_col_int(q, 0),
                          .id = text_at(q, 1, a),
                          .mentioned = mentioned_at(q),
                          .entry = (uint64_t)ask_col_int(q, 2),
                          .name = text_at(q, FIRST, a),
                          .party = int_at(q, FIRST + 1, -1),
                          .purl = text_at(q, FIRST + 2, a),
                          .support_from = ask_col_int(q, FIRST + 3),
                          .support_until = ask_col_int(q, FIRST + 4),
                          .end_of_life = ask_col_int(q, FIRST + 5),
                          .tlp = text_at(q, FIRST + 6, a)};
}

static enum exposure exposure_of(str s) {
    return str_is(s, "small")        ? EXPOSURE_SMALL
           : str_is(s, "controlled") ? EXPOSURE_CONTROLLED
           : str_is(s, "open")       ? EXPOSURE_OPEN
                                     : EXPOSURE_UNKNOWN;
}
static void read_deployment(struct ask *q, struct arena *a, void *to) {
    struct deployment *x = to;
    *x = (struct deployment){.number = ask_col_int(q, 0),
                             .id = text_at(q, 1, a),
                             .mentioned = mentioned_at(q),
                             .entry = (uint64_t)ask_col_int(q, 2),
                             .product = int_at(q, FIRST, -1),
                             .version = text_at(q, FIRST + 1, a),
                             .follows = ask_col_int(q, FIRST + 2) != 0,
                             .customer = int_at(q, FIRST + 3, -1),
                             .operator_ = int_at(q, FIRST + 4, -1),
                             .host = int_at(q, FIRST + 5, -1),
                             .service = int_at(q, FIRST + 6, -1),
                             .environment = text_at(q, FIRST + 7, a),
                             .zone = text_at(q, FIRST + 8, a),
                             .exposure = exposure_of(ask_col_text(q, FIRST + 9)),
                             .data = text_at(q, FIRST + 10, a),
                             .owner = text_at(q, FIRST + 11, a),
                             .since = ask_col_int(q, FIRST + 12),
                             .until = ask_col_int(q, FIRST + 13)};
    x->follows = x->follows || !x->version.p;
}

static void read_needs(struct arena *a, str text, struct service *out) {
    str group, one, value;
    enum need_kind kind;
    for (uint32_t n = 0; str_next(&text, ';', &group); n++)
        while (str_next(&group, '|', &one)) {
            struct need need = {.group = n, .number = -1};
            if (!need_cut(one, &kind, &value))
                continue;
            need.kind = kind;
            if (kind == NEED_ZONE || kind == NEED_PACKAGE)
                need.text = value;
            else if (!str_i64(value, &need.number))
                continue;
            *vec_push(a, &out->needs) = need;
        }
}
static void read_service(struct ask *q, struct arena *a, void *to) {
    struct service *x = to;
    int64_t substitutes = ask_col_int(q, FIRST + 7);
    *x = (struct service){.number = ask_col_int(q, 0),
                          .id = text_at(q, 1, a),
                          .mentioned = mentioned_at(q),
                          .entry = (uint64_t)ask_col_int(q, 2),
                          .name = text_at(q, FIRST, a),
                          .party = int_at(q, FIRST + 1, -1),
                          .sector = text_at(q, FIRST + 2, a),
                          .region = text_at(q, FIRST + 3, a),
                          .mtpd = int_at(q, FIRST + 4, -1),
                          .restore = int_at(q, FIRST + 5, -1),
                          .population = int_at(q, FIRST + 6, -1),
                          .substitutes = substitutes > 0 && substitutes <= 100 ? (unsigned)substitutes : 0};
    read_needs(a, text_at(q, FIRST + 8, a), x);
}

/* ── structs ── */

typedef bool each_fn(void *arg, const void *x, struct err *e);
static const struct reader_of {
    size_t size;
    void (*read)(struct ask *q, struct arena *a, void *to);
} readers[4] = {
    [THING_PARTY] = {sizeof(struct party), read_party},
    [THING_PRODUCT] = {sizeof(struct product), read_product},
    [THING_DEPLOYMENT] = {sizeof(struct deployment), read_deployment},
    [THING_SERVICE] = {sizeof(struct service), read_service},
};

/* Takes what the statement has into `page`, of at most PAGE. */
static bool take_page(struct ask *q, struct arena *a, enum thing_kind kind, char *page, uint32_t *n, struct err *e) {
    bool row;
    for (*n = 0; ask_step(q, &row, e); (*n)++) {
        if (!row) {
            ask_end(q);
            return true;
        }
        readers[kind].read(q, a, page + *n * readers[kind].size);
    }
    return false;
}

/* Every struct begins with its number. */
static int64_t number_at(const char *page, enum thing_kind kind, uint32_t i) {
    int64_t number;
    memcpy(&number, page + i * readers[kind].size, sizeof number);
    return number;
}

static bool each_of(struct portfolio *p, enum thing_kind kind, const struct as_of *when, each_fn *each, void *arg,
                    struct err *e) {
    struct arena *a = arena_new();
    char *page = arena_alloc_n(a, PAGE, readers[kind].size);
    struct arena_mark m = arena_mark(a);
    struct ask *q;
    int64_t after = -1;
    bool ok = true;
    for (uint32_t n = PAGE; ok && n == PAGE;) {
        ok = ask_page(p, kind, size_of(when), after, PAGE, -1, &q, e) && take_page(q, a, kind, page, &n, e);
        for (uint32_t i = 0; ok && i < n; i++)
            ok = each(arg, page + i * readers[kind].size, e);
        after = ok && n ? number_at(page, kind, n - 1) : after;
        arena_reset(a, m);
    }
    arena_free(a);
    return ok;
}

static bool get_of(struct portfolio *p, struct arena *a, enum thing_kind kind, int64_t number, const struct as_of *when,
                   void *out, bool *found, struct err *e) {
    struct ask *q;
    bool row;
    *found = false;
    memset(out, 0, readers[kind].size);
    if (number < 0)
        return true;
    if (!ask_page(p, kind, size_of(when), number - 1, 1, -1, &q, e) || !ask_step(q, &row, e))
        return false;
    *found = row && ask_col_int(q, 0) == number;
    if (*found)
        readers[kind].read(q, a, out);
    ask_end(q);
    return true;
}

bool party_get(struct portfolio *p, struct arena *a, int64_t number, const struct as_of *when, struct party *out,
               bool *found, struct err *e) {
    return get_of(p, a, THING_PARTY, number, when, out, found, e);
}
bool product_get(struct portfolio *p, struct arena *a, int64_t number, const struct as_of *when, struct product *out,
                 bool *found, struct err *e) {
    return get_of(p, a, THING_PRODUCT, number, when, out, found, e);
}
bool deployment_get(struct portfolio *p, struct arena *a, int64_t number, const struct as_of *when,
                    struct deployment *out, bool *found, struct err *e) {
    return get_of(p, a, THING_DEPLOYMENT, number, when, out, found, e);
}
bool service_get(struct portfolio *p, struct arena *a, int64_t number, const struct as_of *when, struct service *out,
                 bool *found, struct err *e) {
    return get_of(p, a, THING_SERVICE, number, when, out, found, e);
}

static bool some_of(struct portfolio *p, struct arena *a, enum thing_kind kind, const int64_t *numbers, uint32_t n,
                    const struct as_of *when, char *out, bool *found, struct err *e) {
    static const struct query *const queries[4] = {
        [THING_PARTY] = &Q_parties_of, [THING_PRODUCT] = &Q_products_of, [THING_SERVICE] = &Q_services_of};
    struct ask *q;
    bool row = true, ok = store_ask(p->store, queries[kind], &q, e);
    uint32_t at = 0;
    if (!ok)
        return false;
    ask_int(q, 1, size_of(when));
    thing_numbers(q, 2, a, numbers, n);
    while ((ok = ask_step(q, &row, e)) && row) {
        while (at < n && numbers[at] < ask_col_int(q, 0))
            at++;
        if (at == n || numbers[at] != ask_col_int(q, 0) || found[at])
            continue;
        found[at] = true;
        readers[kind].read(q, a, out + at * readers[kind].size);
    }
    if (ok)
        ask_end(q);
    return ok;
}

static bool get_many(struct portfolio *p, struct arena *a, enum thing_kind kind, const int64_t *numbers, uint32_t n,
                     const struct as_of *when, void *out, bool *found, struct err *e) {
    bool ok = true;
    memset(out, 0, n * readers[kind].size);
    memset(found, 0, n * sizeof *found);
    for (uint32_t from = 0; ok && from < n; from += THINGS_AT_ONCE)
        ok = some_of(p, a, kind, numbers + from, n - from < THINGS_AT_ONCE ? n - from : THINGS_AT_ONCE, when,
                     (char *)out + from * readers[kind].size, found + from, e);
    return ok;
}

bool parties_get(struct portfolio *p, struct arena *a, const int64_t *numbers, uint32_t n, const struct as_of *when,
                 struct party *out, bool *found, struct err *e) {
    return get_many(p, a, THING_PARTY, numbers, n, when, out, found, e);
}
bool products_get(struct portfolio *p, struct arena *a, const int64_t *numbers, uint32_t n, const struct as_of *when,
                  struct product *out, bool *found, struct err *e) {
    return get_many(p, a, THING_PRODUCT, numbers, n, when, out, found, e);
}
bool services_get(struct portfolio *p, struct arena *a, const int64_t *numbers, uint32_t n, const struct as_of *when,
                  struct service *out, bool *found, struct err *e) {
    return get_many(p, a, THING_SERVICE, numbers, n, when, out, found, e);
}

/* A function of the right type around each caller's. */
struct call {
    bool (*party)(void *arg, const struct party *x, struct err *e);
    bool (*product)(void *arg, const struct product *x, struct err *e);
    bool (*deployment)(void *arg, const struct deployment *x, struct err *e);
    bool (*service)(void *arg, const struct service *x, struct err *e);
    void *arg;
};
static bool call_party(void *arg, const void *x, struct err *e) {
    const struct call *k = arg;
    return k->party(k->arg, x, e);
}
static bool call_product(void *arg, const void *x, struct err *e) {
    const struct call *k = arg;
    return k->product(k->arg, x, e);
}
static bool call_deployment(void *arg, const void *x, struct err *e) {
    const struct call *k = arg;
    return k->deployment(k->arg, x, e);
}
static bool call_service(void *arg, const void *x, struct err *e) {
    const struct call *k = arg;
    return k->service(k->arg, x, e);
}

bool parties_each(struct portfolio *p, const struct as_of *when,
                  bool (*each)(void *arg, const struct party *x, struct err *e), void *arg, struct err *e) {
    struct call k = {.party = each, .arg = arg};
    return each_of(p, THING_PARTY, when, call_party, &k, e);
}
bool products_each(struct portfolio *p, const struct as_of *when,
                   bool (*each)(void *arg, const struct product *x, struct err *e), void *arg, struct err *e) {
    struct call k = {.product = each, .arg = arg};
    return each_of(p, THING_PRODUCT, when, call_product, &k, e);
}
bool deployments_each(struct portfolio *p, const struct as_of *when,
                      bool (*each)(void *arg, const struct deployment *x, struct err *e), void *arg, struct err *e) {
    struct call k = {.deployment = each, .arg = arg};
    return each_of(p, THING_DEPLOYMENT, when, call_deployment, &k, e);
}
bool services_each(struct portfolio *p, const struct as_of *when,
                   bool (*each)(void *arg, const struct service *x, struct err *e), void *arg, struct err *e) {
    struct call k = {.service = each, .arg = arg};
    return each_of(p, THING_SERVICE, when, call_service, &k, e);
}

/* ── deployments of products ── */

static bool of_product(struct portfolio *p, int64_t product, int64_t size, int64_t time, struct arena *a, char *page,
                       const struct call *k, struct err *e) {
    int64_t after = -1;
    for (uint32_t n = PAGE; n == PAGE;) {
        struct arena_mark m = arena_mark(a);
        struct ask *q;
        if (!store_ask(p->store, &Q_deployments_of_product, &q, e))
            return false;
        ask_int(q, 1, product);
        ask_int(q, 2, size);
        ask_int(q, 3, after);
        ask_int(q, 4, PAGE);
        if (!take_page(q, a, THING_DEPLOYMENT, page, &n, e))
            return false;
        const struct deployment *list = (const struct deployment *)(const void *)page;
        for (uint32_t i = 0; i < n; i++)
            if ((!list[i].until || list[i].until >= time) && !k->deployment(k->arg, &list[i], e))
                return false;
        after = n ? list[n - 1].number : after;
        arena_reset(a, m);
    }
    return true;
}

bool deployments_of(struct portfolio *p, const int64_t *products, uint32_t n, const struct as_of *when,
                    bool (*each)(void *arg, const struct deployment *x, struct err *e), void *arg, struct err *e) {
    struct call k = {.deployment = each, .arg = arg};
    struct arena *a = arena_new();
    char *page = arena_alloc_n(a, PAGE, sizeof(struct deployment));
    bool ok = true;
    for (uint32_t i = 0; ok && i < n; i++)
        ok = of_product(p, products[i], size_of(when), time_of(p, when), a, page, &k, e);
    arena_free(a);
    return ok;
}
