/* SPDX-License-Identifier: Apache-2.0
 *
 * For *_test.c only: a home with [[notify]] in its akashi.toml, and an outbox.
 */
#ifndef AKASHI_NODE_NOTIFY_TESTING_H
#define AKASHI_NODE_NOTIFY_TESTING_H

#include <sys/stat.h>

#include "base/temporary.h"
#include "base/testing.h"
#include "node/notify_outbox.h"

struct place {
    struct testing *t;
    char folder[256];
    str home;
    struct subscriptions subs;
    struct outbox *o;
    int64_t now;
};

static inline void place_put(struct place *p, const char *name, str text) {
    str path = path_join(p->t->a, p->home, str_of(name));
    assert_true(file_replace(path, text, &p->t->e));
    assert_int_equal(chmod(arena_cstr(p->t->a, path), 0600), 0);
}

static inline void place_begin(struct place *p, struct testing *t, str settings) {
    *p = (struct place){.t = t, .now = 1795248000}; /* 2026-11-21T08:00:00Z, a Saturday */
    t->ctx.now_fixed = true;
    unsetenv("http_proxy");
    unsetenv("https_proxy");
    assert_non_null(mkdtemp(temporary_name(p->folder, sizeof p->folder, "notify")));
    p->home = str_of(p->folder);
    place_put(p, "secret", S("hunter2\n"));
    place_put(p, "akashi.toml", settings);
    if (!subscriptions_read(&t->ctx, t->a, p->home, &p->subs, &t->e) || !outbox_open(&t->ctx, p->home, &p->o, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
}

static inline void place_end(struct place *p) {
    static const char *const names[] = {"akashi.toml", "secret",        "out.jsonl",     "sock",
                                        "outbox.db",   "outbox.db-wal", "outbox.db-shm", "outbox.db-lock"};
    outbox_close(p->o);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        remove(arena_cstr(p->t->a, path_join(p->t->a, p->home, str_of(names[i]))));
    assert_int_equal(rmdir(p->folder), 0);
}

static inline struct notice notice_of(const char *about, const char *kind, unsigned rank) {
    static const str cases[] = {S_INIT("case-1"), S_INIT("case-2")};
    return (struct notice){.kind = str_of(kind),
                           .about = str_of(about),
                           .event = S("opened"),
                           .cases = cases,
                           .n_cases = 2,
                           .party = S("hospital-a"),
                           .priority = S("act"),
                           .rank = rank,
                           .subject = {S("log4j reaches 3 systems"), S("log4j が 3 システムに届きます")},
                           .text = {S("Upgrade to 2.17.1.\n"), S("2.17.1 に更新してください。\n")},
                           .time = 1795248000};
}

static inline uint32_t add(struct place *p, struct notice n) {
    uint32_t added;
    if (!outbox_add(p->o, &p->subs, &n, 1, p->now, &added, &p->t->e))
        fail_msg("%s: %s", p->t->e.where, p->t->e.what);
    return added;
}

static inline struct outbox_result send_now(struct place *p) {
    struct outbox_result r;
    bool busy;
    if (!outbox_send(p->o, &p->subs, p->now, &busy, &r, &p->t->e))
        fail_msg("%s: %s", p->t->e.where, p->t->e.what);
    assert_false(busy);
    return r;
}

/* "sent,queued" newest first */
static inline str states(struct place *p) {
    struct outbox_rows rows;
    struct buf b = {0};
    assert_true(outbox_list(p->o, p->t->a, -1, 100, &rows, &p->t->e));
    for (uint32_t i = 0; i < rows.n; i++)
        buf_addf(&b, "%s%s", i ? "," : "", outbox_state_name(rows.v[i].state));
    str out = arena_str(p->t->a, buf_str(&b));
    buf_free(&b);
    return out;
}

static inline str file_of(struct place *p, const char *name) {
    str text;
    assert_true(file_read(&p->t->ctx, p->t->a, path_join(p->t->a, p->home, str_of(name)), &text, &p->t->e));
    return text;
}

static inline unsigned times_in(str text, const char *what) {
    unsigned n = 0;
    for (size_t at; (at = str_find(text, str_of(what))) != STR_NONE; n++)
        text = str_from(text, at + 1);
    return n;
}

#endif
