/* SPDX-License-Identifier: Apache-2.0
 *
 * What a machine asks to know how the server is: alive, ready, how busy.
 */
#include <stdio.h>
#include <unistd.h>

#include "serve/app.h"
#include "serve/call.h"
#include "serve/job.h"
#include "serve/metrics.h"

bool api_healthz(struct call *q, struct err *e);
bool api_readyz(struct call *q, struct err *e);
bool api_metrics(struct call *q, struct err *e);

bool api_healthz(struct call *q, struct err *e) {
    (void)e;
    return call_bytes(q, "text/plain; charset=utf-8", S("ok\n"));
}
const struct route_doc api_healthz_doc = {.others = "text/plain"};

bool api_readyz(struct call *q, struct err *e) {
    (void)e;
    return call_bytes(q, "text/plain; charset=utf-8",
                      app_read_only(q->app) ? S("ready, read only: the disk is full\n") : S("ready\n"));
}
const struct route_doc api_readyz_doc = {
    .others = "text/plain",
    .says = N_("503 while the views cannot be read; says so when nothing can be written because the disk is full")};

static unsigned long long resident(void) {
    unsigned long long all = 0, held = 0;
    FILE *f = fopen("/proc/self/statm", "re");
    if (!f)
        return 0;
    if (fscanf(f, "%llu %llu", &all, &held) != 2) // NOLINT(cert-err34-c): the kernel writes numbers
        held = 0;
    (void)fclose(f);
    return held * (unsigned long long)sysconf(_SC_PAGESIZE);
}

static void gauge(struct buf *b, const char *name, const char *kind, unsigned long long v) {
    buf_addf(b, "# TYPE akashi_%s %s\nakashi_%s %llu\n", name, kind, name, v);
}

static void put_jobs(struct call *q, struct buf *b) {
    uint64_t counts[JOB_STATES];
    if (!app_jobs(q->app))
        return;
    jobs_count(app_jobs(q->app), counts);
    buf_addz(b, "# TYPE akashi_jobs gauge\n");
    for (int i = 0; i < JOB_STATES; i++)
        buf_addf(b, "akashi_jobs{state=\"%s\"} %llu\n", job_state_words[i], (unsigned long long)counts[i]);
}

bool api_metrics(struct call *q, struct err *e) {
    struct buf *b = &q->text;
    (void)e;
    (void)call_bytes(q, "text/plain; version=0.0.4; charset=utf-8", (str){NULL, 0});
    metrics_text(app_metrics(q->app), b);
    if (q->asked->server) {
        struct server_state s = server_state(q->asked->server);
        gauge(b, "connections", "gauge", s.connections);
        gauge(b, "queue_waiting", "gauge", s.waiting);
        gauge(b, "workers", "gauge", s.workers);
        gauge(b, "queue_refused_total", "counter", s.refused);
    }
    put_jobs(q, b);
    gauge(b, "log_entries", "gauge", q->views->size);
    gauge(b, "read_only", "gauge", app_read_only(q->app));
    gauge(b, "resident_memory_bytes", "gauge", resident());
    return true;
}
const struct route_doc api_metrics_doc = {.others = "text/plain",
                                          .says = N_("text format 0.0.4: requests by route and status, times, queue, "
                                                     "connections, memory; no addresses and no names")};
