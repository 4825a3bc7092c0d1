/* SPDX-License-Identifier: Apache-2.0
 *
 * Many callers, one sync: whoever comes while nobody writes becomes the leader, and writes for all who came until then;
 * those who come meanwhile wait for the next round. A round is of statements, or of documents.
 */
#include <sys/stat.h>

#include "base/file.h"
#include "impact/hits.h"
#include "serve/app_inner.h"

enum { ROUND_MOST = 2048 };

struct handed {
    struct handed *next;
    struct portfolio_add *adds;
    uint32_t n;
    struct import_gist *document; /* in place of adds */
    bool done, ok;
    struct err e;
};

static struct handed *take_round(struct app *app) {
    struct handed *first = app->handed, *h = first;
    uint32_t n = h->n;
    for (; h->next && n + h->next->n <= ROUND_MOST && !h->next->document == !first->document; h = h->next)
        n += h->next->n;
    app->handed = h->next;
    if (!app->handed)
        app->last_handed = &app->handed;
    h->next = NULL;
    return first;
}

static bool write_one(struct views *v, struct arena *a, struct handed *h) {
    h->ok = portfolio_append(v->p, a, h->adds, h->n, &h->e);
    if (!h->ok && h->e.kind == ERR_ENV)
        v->broken = true;
    return h->ok;
}

/* False: one of them is not as it should be; nobody knows which. */
static bool write_together(struct views *v, struct arena *a, struct handed *round, uint32_t n, struct err *e) {
    struct portfolio_add *all = arena_array(a, struct portfolio_add, n);
    uint32_t at = 0;
    for (struct handed *h = round; h; at += h->n, h = h->next)
        memcpy(all + at, h->adds, h->n * sizeof *all);
    if (!portfolio_append(v->p, a, all, n, e))
        return false;
    at = 0;
    for (struct handed *h = round; h; at += h->n, h = h->next) {
        memcpy(h->adds, all + at, h->n * sizeof *all);
        h->ok = true;
    }
    return true;
}

/* ── documents ── */

/* What is new in the views is held against the advisories there are. The database stays open while it is the same. */
static bool look_for_flaws(struct app *app, struct portfolio *p, struct arena *a, struct err *e) {
    struct hits_change change;
    struct stat st;
    str path = path_join(a, app->plan.home, S("advisories.db"));
    if (stat(path.p, &st) != 0)
        return true;
    uint64_t now = (uint64_t)st.st_ino ^ (uint64_t)st.st_mtim.tv_sec << 20 ^ (uint64_t)st.st_mtim.tv_nsec << 34;
    if (app->flaws && app->flaws_of != now) {
        advdb_close(app->flaws);
        app->flaws = NULL;
    }
    if (!app->flaws && !advdb_open(app->ctx, path, &app->flaws, e))
        return false;
    app->flaws_of = now;
    return hits_update(p, app->flaws, a, &change, e);
}

static bool take_documents(struct app *app, struct views *v, struct arena *a, struct handed *round, uint32_t n,
                           struct err *e) {
    struct import_gist *list = arena_array(a, struct import_gist, n);
    bool fresh = false;
    uint32_t i = 0;
    for (struct handed *h = round; h && i < n; h = h->next)
        list[i++] = *h->document;
    if (!import_gists(v->p, a, list, n, e))
        return false;
    for (i = 0; i < n; i++)
        fresh |= !list[i].known;
    if (fresh && !look_for_flaws(app, v->p, a, e))
        return false;
    i = 0;
    for (struct handed *h = round; h && i < n; h = h->next) {
        *h->document = list[i++];
        h->ok = true;
    }
    return true;
}

/* One that cannot be taken takes no other along. */
static void take_each(struct app *app, struct views *v, struct arena *a, struct handed *round) {
    for (struct handed *h = round; h && !v->broken; h = h->next)
        if (!take_documents(app, v, a, h, 1, &h->e) && h->e.kind == ERR_ENV)
            v->broken = true;
}

static bool write_all(struct app *app, struct views *v, struct arena *a, struct handed *round, uint32_t n,
                      struct err *e) {
    if (!round->document)
        return round->next && write_together(v, a, round, n, e);
    bool ok = take_documents(app, v, a, round, n, e);
    if (!ok && e->kind == ERR_ENV)
        v->broken = true;
    return ok;
}

static void write_round(struct app *app, struct handed *round) {
    struct arena *a = arena_new();
    struct views *v = NULL;
    struct err e = {0};
    uint32_t n = 0;
    for (struct handed *h = round; h; h = h->next)
        n += h->n;
    if (!app_write(app, &v, &e)) {
        for (struct handed *h = round; h; h = h->next)
            h->e = e;
    } else if (!write_all(app, v, a, round, n, &e)) {
        if (round->document)
            take_each(app, v, a, round);
        for (struct handed *h = round; h && !round->document && !v->broken; h = h->next)
            (void)write_one(v, a, h);
        for (struct handed *h = round; h; h = h->next)
            if (!h->ok && h->e.kind == ERR_NONE)
                h->e = e.kind ? e : round->e;
    }
    app_write_end(app, v);
    arena_free(a);
}

static void finish_round(struct app *app, struct handed *round) {
    for (struct handed *h = round, *next; h; h = next) {
        next = h->next; /* once it is done it is its owner's */
        h->done = true;
    }
    pthread_cond_broadcast(&app->written);
}

static bool hand_in(struct app *app, struct handed *mine, struct err *e) {
    pthread_mutex_lock(&app->lock);
    *app->last_handed = mine;
    app->last_handed = &mine->next;
    while (!mine->done) {
        if (app->leading) {
            pthread_cond_wait(&app->written, &app->lock);
            continue;
        }
        app->leading = true;
        struct handed *round = take_round(app);
        pthread_mutex_unlock(&app->lock);
        write_round(app, round);
        pthread_mutex_lock(&app->lock);
        app->leading = false;
        finish_round(app, round);
    }
    pthread_mutex_unlock(&app->lock);
    if (!mine->ok && e)
        *e = mine->e;
    return mine->ok;
}

bool app_append(struct app *app, struct portfolio_add *adds, uint32_t n, struct err *e) {
    struct handed mine = {.adds = adds, .n = n};
    return !n || hand_in(app, &mine, e);
}

bool app_take(struct app *app, struct import_gist *document, struct err *e) {
    struct handed mine = {.document = document, .n = 1};
    return hand_in(app, &mine, e);
}
