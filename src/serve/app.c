/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>

#include "base/cipher.h"
#include "base/digest.h"
#include "base/file.h"
#include "impact/hits.h"
#include "impact/recall.h"
#include "serve/app_inner.h"
#include "serve/confined.h"
#include "serve/limits.h"
#include "serve/metrics.h"
#include "serve/oidc.h"
#include "serve/sender.h"
#include "serve/shape.h"
#include "store/schema.h"
#include "vuln/vuln.h"

enum { RECALL_BYTES = 64 << 20 };

/* ── views ── */

static void views_close(struct views *v) {
    if (!v)
        return;
    portfolio_close(v->p);
    home_close(&v->home);
    ctx_free(&v->ctx);
    arena_free(v->a);
}

/* Which file it is; 0: none of ours to look at. */
static unsigned long long file_of(const struct portfolio *p) {
    struct stat st;
    if (str_starts(p->where, S("postgresql://")) || str_starts(p->where, S("postgres://")) ||
        stat(p->where.p, &st) != 0)
        return 0;
    return (unsigned long long)st.st_ino << 16 ^ st.st_dev;
}

static void set_time(const struct app *app, struct ctx *c) {
    c->now_fixed = app->ctx->now_fixed;
    c->now = c->now_fixed ? app->ctx->now : (int64_t)time(NULL);
}

static bool views_open(struct app *app, enum home_use use, struct views **out, struct err *e) {
    struct arena *a = arena_new();
    struct views *v = arena_new_of(a, struct views);
    *out = NULL;
    v->a = a;
    v->generation = atomic_load(&app->generation);
    ctx_init(&v->ctx);
    v->ctx.limits = app->ctx->limits;
    v->ctx.asked_to_end = app->ctx->asked_to_end;
    v->ctx.asked_of = app->ctx->asked_of;
    if (use == HOME_READ) /* one question does not take the machine from all others */
        v->ctx.threads = 1;
    if (!home_open(&v->ctx, a, app->plan.home, use, &v->home, e)) {
        views_close(v);
        return false;
    }
    bool ok = use == HOME_SIGN ? portfolio_open(&v->ctx, &v->home, app->plan.store, &v->p, e) &&
                                     hits_again(v->p, path_join(a, app->plan.home, S("advisories.db")), e)
                               : portfolio_begin(&v->ctx, &v->home, app->plan.store, &v->p, e);
    if (!ok) {
        views_close(v);
        return false;
    }
    v->elsewhere = app_elsewhere(app);
    v->p->elsewhere = &v->elsewhere;
    v->file = file_of(v->p);
    if (use == HOME_READ)
        recall_use(app->recall, v->p, v->file << 16 ^ atomic_load(&app->breaks));
    *out = v;
    return true;
}

static bool usable(struct app *app, const struct views *v) {
    return !v->broken && v->generation == atomic_load(&app->generation) && v->file == file_of(v->p);
}

static void forget_warnings(struct views *v) {
    uint32_t n;
    (void)ctx_warnings(&v->ctx, &n);
    if (!n)
        return;
    struct ctx fresh, old = v->ctx;
    ctx_init(&fresh);
    v->ctx.sink = fresh.sink;
    ctx_free(&old);
}

static struct views *take_idle(struct app *app) {
    pthread_mutex_lock(&app->lock);
    struct views *v = app->idle;
    if (v)
        app->idle = v->next;
    pthread_mutex_unlock(&app->lock);
    return v;
}

bool app_read(struct app *app, struct views **out, struct err *e) {
    struct views *v;
    while ((v = take_idle(app)) && !usable(app, v))
        views_close(v);
    if (!v && !views_open(app, HOME_READ, &v, e)) {
        *out = NULL;
        return false;
    }
    set_time(app, &v->ctx);
    *out = v;
    return true;
}

void app_read_end(struct app *app, struct views *v) {
    if (!v)
        return;
    v->home.by = (str){NULL, 0};
    if (!usable(app, v)) {
        atomic_fetch_add(&app->breaks, v->broken);
        views_close(v);
        return;
    }
    forget_warnings(v);
    pthread_mutex_lock(&app->lock);
    v->next = app->idle;
    app->idle = v;
    pthread_mutex_unlock(&app->lock);
}

/* ── writing ── */

bool app_outgrown(struct app *app) {
    struct arena *a = arena_new();
    bool newer = false;
    str where = app->plan.store.n ? app->plan.store : path_join(a, app->plan.home, S("portfolio.db"));
    bool known = store_is_newer(app->ctx, where, &newer, NULL);
    arena_free(a);
    return known && newer;
}

static bool is_full(const char *path) {
    enum { LEAST = 32 << 20 };
    struct statvfs disk;
    return path && statvfs(path, &disk) == 0 && (uint64_t)disk.f_bavail * disk.f_bsize < LEAST;
}

/* Each may lie on a disk of its own. */
static void find_rooms(struct app *app) {
    static const char *const parts[] = {"log", "archive", "append", "jobs"};
    str store = app->plan.store;
    uint32_t n = 0;
    app->rooms[n++] = arena_cstr(app->arena, app->plan.home);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        app->rooms[n++] = path_join(app->arena, app->plan.home, str_of(parts[i])).p;
    if (store.n && !str_starts(store, S("postgresql://")) && !str_starts(store, S("postgres://")))
        app->rooms[n++] = arena_cstr(app->arena, path_dir(store));
}

void app_look_for_room(struct app *app) { atomic_store(&app->room_looked, -2); }

/* Looked at no more than once a second. */
bool app_read_only(struct app *app) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
    int64_t now = (int64_t)t.tv_sec << 1, seen = atomic_load(&app->room_looked);
    if ((seen & ~(int64_t)1) == now)
        return seen & 1;
    bool full = false;
    for (size_t i = 0; i < sizeof app->rooms / sizeof *app->rooms && !full; i++)
        full = is_full(app->rooms[i]);
    atomic_store(&app->room_looked, now | full);
    return full;
}

bool app_write(struct app *app, struct views **out, struct err *e) {
    *out = NULL;
    if (app_read_only(app))
        return err_set(e, ERR_ENV, app->plan.home, _("the disk is full: only reading works until there is room"));
    pthread_mutex_lock(&app->writing);
    if (app->writer && !usable(app, app->writer)) {
        views_close(app->writer);
        app->writer = NULL;
    }
    if (app->writer || views_open(app, HOME_SIGN, &app->writer, e)) {
        set_time(app, &app->writer->ctx);
        if (portfolio_catch_up(app->writer->p, e)) {
            *out = app->writer;
            return true;
        }
        app->writer->broken = true;
    }
    pthread_mutex_unlock(&app->writing);
    return false;
}

void app_write_end(struct app *app, struct views *v) {
    if (!v)
        return;
    v->home.by = (str){NULL, 0};
    forget_warnings(v);
    pthread_mutex_unlock(&app->writing);
}

/* ── its life ── */

static void tell_unconfined(void *of) {
    struct err e = {0};
    (void)err_set(
        &e, ERR_ENV, S("kernel"),
        _("WARNING: this kernel has no Landlock or no seccomp: documents from outside are read without them"));
    app_problem(of, &e);
}

/* So many that nobody who may work waits for one. */
static void open_readers(struct app *app) {
    const struct readers_plan plan = {.program = app->plan.program,
                                      .most = 2 * app->ctx->threads + 2,
                                      .spare = app->plan.ahead,
                                      .unconfined = tell_unconfined,
                                      .of = app};
    readers_open(&plan, &app->readers);
}

bool app_open(struct ctx *c, const struct app_plan *plan, struct app **out, struct err *e) {
    struct arena *a = arena_new();
    struct app *app = arena_new_of(a, struct app);
    unsigned char key[16];
    *out = NULL;
    *app = (struct app){.ctx = c, .arena = a, .plan = *plan};
    app->plan.home = arena_str(a, plan->home);
    app->last_handed = &app->handed;
    app->metrics = metrics_new();
    app->throttle = throttle_new();
    app->limits = limits_new(plan->rate);
    app->recall = recall_new(RECALL_BYTES);
    find_rooms(app);
    app_look_for_room(app);
    pthread_mutex_init(&app->writing, NULL);
    pthread_mutex_init(&app->lock, NULL);
    pthread_cond_init(&app->written, NULL);
    random_bytes(key, sizeof key);
    app->first_key = hex_text(a, key, sizeof key);
    if ((plan->access_log.n && !access_log_open(plan->access_log, &app->log, e)) ||
        !shapes_open(c, a, &app->shapes, e) || !views_open(app, HOME_SIGN, &app->writer, e) ||
        !access_open(c, app->plan.home, &app->access, e) || !oidc_open(c, app->plan.home, &app->oidc, e) ||
        !sender_open(c, app->plan.home, &app->sender, e)) {
        app_close(app);
        return false;
    }
    open_readers(app);
    *out = app;
    return true;
}

static void close_idle(struct app *app) {
    for (struct views *v; (v = take_idle(app));)
        views_close(v);
}

void app_reload(struct app *app) {
    struct err e = {0};
    atomic_fetch_add(&app->generation, 1);
    close_idle(app);
    if (!access_log_again(app->log, &e))
        app_problem(app, &e);
}

void app_close(struct app *app) {
    if (!app)
        return;
    sender_close(app->sender);
    close_idle(app);
    readers_close(app->readers);
    recall_free(app->recall);
    advdb_close(app->flaws);
    views_close(app->writer);
    access_close(app->access);
    oidc_close(app->oidc);
    throttle_free(app->throttle);
    for (struct kept *k = app->kept; k; k = k->next)
        k->end(k->made);
    access_log_close(app->log);
    limits_free(app->limits);
    metrics_free(app->metrics);
    for (unsigned i = 0; i < app->n_squeezers; i++)
        squeezer_free(app->squeezers[i]);
    pthread_cond_destroy(&app->written);
    pthread_mutex_destroy(&app->writing);
    pthread_mutex_destroy(&app->lock);
    arena_free(app->arena);
}

struct ctx *app_ctx(struct app *app) {
    return app->ctx;
}
str app_home(const struct app *app) { return app->plan.home; }
str app_store(const struct app *app) { return app->plan.store; }
struct jobs *app_jobs(struct app *app) {
    return app->jobs;
}
void app_set_jobs(struct app *app, struct jobs *jobs) { app->jobs = jobs; }
struct sender *app_sender(struct app *app) {
    return app->sender;
}
struct access *app_access(struct app *app) {
    return app->access;
}
struct throttle *app_throttle(struct app *app) {
    return app->throttle;
}
struct readers *app_readers(struct app *app) {
    return app->readers;
}
const char *app_program(const struct app *app) { return app->plan.program; }
struct oidc *app_oidc(struct app *app) {
    return app->oidc;
}
str app_first_key(const struct app *app) { return app->first_key; }
const struct shapes *app_shapes(struct app *app) { return app->shapes; }
bool app_checks(const struct app *app) { return app->plan.checks; }
struct metrics *app_metrics(struct app *app) {
    return app->metrics;
}
struct limits_table *app_limits(struct app *app) {
    return app->limits;
}
struct access_log *app_access_log(struct app *app) {
    return app->log;
}

void app_problem(struct app *app, const struct err *e) {
    if (app->plan.problem)
        app->plan.problem(app->plan.of, e);
}

struct squeezer *app_squeezer(struct app *app) {
    enum { LEVEL = 1 };
    pthread_mutex_lock(&app->lock);
    struct squeezer *z = app->n_squeezers ? app->squeezers[--app->n_squeezers] : NULL;
    pthread_mutex_unlock(&app->lock);
    return z ? z : squeezer_new_at(LEVEL);
}

void app_squeezer_end(struct app *app, struct squeezer *z) {
    pthread_mutex_lock(&app->lock);
    if (app->n_squeezers < sizeof app->squeezers / sizeof *app->squeezers) {
        app->squeezers[app->n_squeezers++] = z;
        z = NULL;
    }
    pthread_mutex_unlock(&app->lock);
    squeezer_free(z);
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
