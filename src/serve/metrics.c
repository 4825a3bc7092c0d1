/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/metrics.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "serve/route.h"

/* Upper ends in microseconds; the last class has none. */
static const unsigned ends[] = {500, 1000, 2500, 5000, 10000, 20000, 50000, 100000, 500000, 2000000, 10000000};
enum { ENDS = sizeof ends / sizeof *ends, CLASSES = 6 /* 0: the client was gone; 1xx … 5xx */ };

struct counted {
    atomic_ullong status[CLASSES], by_time[ENDS + 1], microseconds;
};
struct metrics {
    size_t n;
    struct counted rows[]; /* of apis[], and one for no route */
};

struct metrics *metrics_new(void) {
    size_t n = 1;
    for (const struct api *r = apis; r->path; r++)
        n++;
    struct metrics *m = calloc(1, sizeof *m + n * sizeof *m->rows);
    if (!m)
        abort();
    m->n = n;
    return m;
}

void metrics_free(struct metrics *m) { free(m); }

void metrics_count(struct metrics *m, const struct api *api, const struct ended *x) {
    struct counted *c = &m->rows[api ? (size_t)(api - apis) : m->n - 1];
    uint64_t us = x->nanoseconds > 0 ? (uint64_t)x->nanoseconds / 1000 : 0;
    int class = x->status / 100 > 5 ? 5 : x->status / 100;
    unsigned i = 0;
    while (i < ENDS && us > ends[i])
        i++;
    atomic_fetch_add_explicit(&c->status[class], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&c->by_time[i], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&c->microseconds, us, memory_order_relaxed);
}

static void name(struct buf *b, const struct metrics *m, size_t i) {
    bool none = i == m->n - 1;
    buf_addf(b, "method=\"%s\",route=\"%s\"", none ? "" : apis[i].method, none ? "" : apis[i].path);
}

static void put_counts(struct buf *b, struct metrics *m, size_t i) {
    static const char *const words[CLASSES] = {"gone", "1xx", "2xx", "3xx", "4xx", "5xx"};
    for (int k = 0; k < CLASSES; k++) {
        unsigned long long n = atomic_load_explicit(&m->rows[i].status[k], memory_order_relaxed);
        if (!n)
            continue;
        buf_addz(b, "akashi_http_requests_total{");
        name(b, m, i);
        buf_addf(b, ",status=\"%s\"} %llu\n", words[k], n);
    }
}

static void put_times(struct buf *b, struct metrics *m, size_t i) {
    unsigned long long sum = 0, all = 0;
    for (unsigned k = 0; k <= ENDS; k++)
        all += atomic_load_explicit(&m->rows[i].by_time[k], memory_order_relaxed);
    if (!all)
        return;
    for (unsigned k = 0; k <= ENDS; k++) {
        sum += atomic_load_explicit(&m->rows[i].by_time[k], memory_order_relaxed);
        buf_addz(b, "akashi_http_request_seconds_bucket{");
        name(b, m, i);
        if (k < ENDS)
            buf_addf(b, ",le=\"%g\"} %llu\n", ends[k] / 1e6, sum);
        else
            buf_addf(b, ",le=\"+Inf\"} %llu\n", sum);
    }
    buf_addz(b, "akashi_http_request_seconds_sum{");
    name(b, m, i);
    buf_addf(b, "} %.6f\nakashi_http_request_seconds_count{",
             (double)atomic_load_explicit(&m->rows[i].microseconds, memory_order_relaxed) / 1e6);
    name(b, m, i);
    buf_addf(b, "} %llu\n", sum);
}

void metrics_text(struct metrics *m, struct buf *b) {
    buf_addz(b, "# TYPE akashi_http_requests_total counter\n");
    for (size_t i = 0; i < m->n; i++)
        put_counts(b, m, i);
    buf_addz(b, "# TYPE akashi_http_request_seconds histogram\n");
    for (size_t i = 0; i < m->n; i++)
        put_times(b, m, i);
}
