/* SPDX-License-Identifier: Apache-2.0
 *
 * What the application holds while it runs: the home, views for those who read and for the one who writes.
 *
 * Readers each have views of their own for the time of a call; writing happens under one lock, in the order it came.
 * Views that stopped working (the database is away, its file was replaced, the settings changed) are thrown away and
 * opened anew by whoever needs some next.
 */
#ifndef AKASHI_SERVE_APP_H
#define AKASHI_SERVE_APP_H

#include "base/squeeze.h"
#include "impact/import.h"
#include "impact/inventory.h"
#include "impact/portfolio.h"
#include "serve/access.h"
#include "serve/throttle.h"

struct app;
struct app_plan {
    str home, store; /* store as portfolio_open() takes it */
    void (*problem)(void *of, const struct err *e);
    void *of;
    unsigned rate;       /* requests a second from one address or token; 0: no bound */
    str access_log;      /* a file, or "-": standard error; absent: none */
    const char *program; /* what reads documents (confined.h); NULL: this one */
    unsigned ahead;      /* so many of its processes are started before they are needed */
    bool checks;         /* for tests: an answer that does not fit its schema is a 500 (shapes_answer) */
};
MUST_USE bool app_open(struct ctx *c, const struct app_plan *plan, struct app **out, struct err *e);
void app_close(struct app *app); /* accepts NULL; nobody is in a call any more */
struct ctx *app_ctx(struct app *app);
str app_home(const struct app *app);
void app_problem(struct app *app, const struct err *e);
struct access *app_access(struct app *app);
struct throttle *app_throttle(struct app *app);
struct readers;
struct readers *app_readers(struct app *app);   /* confined.h */
const char *app_program(const struct app *app); /* as the plan has it */
struct oidc;
struct oidc *app_oidc(struct app *app); /* NULL: none is set up */
/* What the first visitor shows to become the administrator; made anew at each start. Good while there is none. */
str app_first_key(const struct app *app);
/* Settings may have changed: views are opened anew, the access log is, too. */
void app_reload(struct app *app);

/* Views to read, with a home opened for reading; given back when the call ends. They see what was committed. */
struct views {
    struct home home;
    struct portfolio *p;
    struct arena *a;
    struct views *next;
    struct ctx ctx; /* of its own: its warnings are forgotten when the call ends */
    bool broken;    /* set by whoever met an error that is not the caller's: not used again */
    unsigned generation;
    unsigned long long file; /* which file the views lay in */
    struct elsewhere elsewhere;
};
MUST_USE bool app_read(struct app *app, struct views **out, struct err *e);
void app_read_end(struct app *app, struct views *v);
/* The views to write; nobody else writes until the end. Whoever writes for a user says so in (*out)->home.by. Refused
 * (ERR_ENV) while app_read_only(). */
MUST_USE bool app_write(struct app *app, struct views **out, struct err *e);
void app_write_end(struct app *app, struct views *v);
/* Signs, logs and applies these with what others hand in meanwhile: one sync for all. True: durable and to be seen. */
MUST_USE bool app_append(struct app *app, struct portfolio_add *adds, uint32_t n, struct err *e);
/* The same of a document that was read (import_gist_prepare()), and what is known of flaws in it. */
MUST_USE bool app_take(struct app *app, struct import_gist *document, struct err *e);
/* A newer program has brought the views forward: this one cannot answer any more. */
bool app_outgrown(struct app *app);
/* A disk of the home, its log, its archive or the views is full but for what reading needs. */
bool app_read_only(struct app *app);
/* Something could not be written: whether it is for that is looked at anew. */
void app_look_for_room(struct app *app);

str app_store(const struct app *app); /* as the plan has it */

/* ── what serves the requests themselves ── */
struct jobs;
struct jobs *app_jobs(struct app *app); /* NULL: nobody works on them */
void app_set_jobs(struct app *app, struct jobs *jobs);
struct sender;
struct sender *app_sender(struct app *app); /* of notices */
struct shapes;
const struct shapes *app_shapes(struct app *app);
bool app_checks(const struct app *app); /* as the plan has it */
struct metrics;
struct limits_table;
struct access_log;
struct metrics *app_metrics(struct app *app);
struct limits_table *app_limits(struct app *app);
struct access_log *app_access_log(struct app *app); /* NULL: none */
struct squeezer *app_squeezer(struct app *app);
void app_squeezer_end(struct app *app, struct squeezer *z);

/* ── what is read once for many calls (serve/settings.h) ── kept until the application ends; the newest counts */
void *app_kept(struct app *app); /* NULL: nothing yet */
void app_keep(struct app *app, void *made, void (*end)(void *made));

#endif
