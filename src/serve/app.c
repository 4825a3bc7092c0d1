/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/app.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/cipher.h"
#include "base/digest.h"

struct kept {
    void *made;
    void (*end)(void *made);
    struct kept *next;
};
struct app {
    struct ctx *ctx;
    struct arena *arena;
    struct app_plan plan;
    str first_key;
    struct views *writer;
    pthread_mutex_t writing; /* over the writer */
    pthread_mutex_t lock;    /* over what follows */
    struct views *idle;
    struct kept *kept;
};

static void views_close(struct views *v) {
    if (!v)
        return;
    portfolio_close(v->p);
    home_close(&v->home);
    arena_free(v->a);
}

static bool views_open(struct app *app, enum home_use use, struct views **out, struct err *e) {
    struct arena *a = arena_new();
    struct views *v = arena_new_of(a, struct views);
    v->a = a;
    *out = NULL;
    if (!home_open(app->ctx, a, app->plan.home, use, &v->home, e)) {
        arena_free(a);
        return false;
    }
    bool ok = use == HOME_SIGN ? portfolio_open(app->ctx, &v->home, app->plan.store, &v->p, e)
                               : portfolio_begin(app->ctx, &v->home, app->plan.store, &v->p, e);
    if (ok)
        *out = v;
    else
        views_close(v);
    return ok;
}

bool app_open(struct ctx *c, const struct app_plan *plan, struct app **out, struct err *e) {
    struct arena *a = arena_new();
    struct app *app = arena_new_of(a, struct app);
    unsigned char key[16];
    *app = (struct app){.ctx = c, .arena = a, .plan = *plan};
    pthread_mutex_init(&app->writing, NULL);
    pthread_mutex_init(&app->lock, NULL);
    random_bytes(key, sizeof key);
    app->first_key = hex_text(a, key, sizeof key);
    *out = NULL;
    if (!views_open(app, HOME_SIGN, &app->writer, e)) {
        app_close(app);
        return false;
    }
    *out = app;
    return true;
}

void app_close(struct app *app) {
    if (!app)
        return;
    for (struct views *v = app->idle, *next; v; v = next) {
        next = v->next;
        views_close(v);
    }
    views_close(app->writer);
    for (struct kept *k = app->kept; k; k = k->next)
        k->end(k->made);
    pthread_mutex_destroy(&app->writing);
    pthread_mutex_destroy(&app->lock);
    arena_free(app->arena);
}

struct ctx *app_ctx(struct app *app) {
    return app->ctx;
}
str app_home(const struct app *app) { return app->plan.home; }
str app_first_key(const struct app *app) { return app->first_key; }

void app_problem(struct app *app, const struct err *e) {
    if (app->plan.problem)
        app->plan.problem(app->plan.of, e);
}

bool app_read(struct app *app, struct views **out, struct err *e) {
    pthread_mutex_lock(&app->lock);
    *out = app->idle;
    if (app->idle)
        app->idle = app->idle->next;
    pthread_mutex_unlock(&app->lock);
    return *out || views_open(app, HOME_READ, out, e);
}

void app_read_end(struct app *app, struct views *v) {
    if (!v)
        return;
    pthread_mutex_lock(&app->lock);
    v->next = app->idle;
    app->idle = v;
    pthread_mutex_unlock(&app->lock);
}

bool app_write(struct app *app, struct views **out, struct err *e) {
    pthread_mutex_lock(&app->writing);
    *out = app->writer;
    if (portfolio_catch_up(app->writer->p, e))
        return true;
    pthread_mutex_unlock(&app->writing);
    *out = NULL;
    return false;
}

void app_write_end(struct app *app, struct views *v) {
    if (v)
        pthread_mutex_unlock(&app->writing);
}

void *app_kept(struct app *app) {
    pthread_mutex_lock(&app->lock);
    void *made = app->kept ? app->kept->made : NULL;
    pthread_mutex_unlock(&app->lock);
    return made;
}

void app_keep(struct app *app, void *made, void (*end)(void *made)) {
    pthread_mutex_lock(&app->lock);
    struct kept *k = arena_new_of(app->arena, struct kept);
    *k = (struct kept){made, end, app->kept};
    app->kept = k;
    pthread_mutex_unlock(&app->lock);
}
