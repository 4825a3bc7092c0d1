/* SPDX-License-Identifier: Apache-2.0
 *
 * What the application holds while it runs: the home, views for those who read and for the one who writes.
 *
 * Readers each have views of their own for the time of a call; writing happens under one lock, in the order it came.
 */
#ifndef AKASHI_SERVE_APP_H
#define AKASHI_SERVE_APP_H

#include "impact/portfolio.h"

struct app;
struct app_plan {
    str home, store; /* store as portfolio_open() takes it */
    void (*problem)(void *of, const struct err *e);
    void *of;
};
MUST_USE bool app_open(struct ctx *c, const struct app_plan *plan, struct app **out, struct err *e);
void app_close(struct app *app); /* accepts NULL; nobody is in a call any more */
struct ctx *app_ctx(struct app *app);
str app_home(const struct app *app);
void app_problem(struct app *app, const struct err *e);
/* What the first visitor shows to become the administrator; made anew at each start. */
str app_first_key(const struct app *app);

/* Views to read, with a home opened for reading; given back when the call ends. */
struct views {
    struct home home;
    struct portfolio *p;
    struct arena *a;
    struct views *next;
};
MUST_USE bool app_read(struct app *app, struct views **out, struct err *e);
void app_read_end(struct app *app, struct views *v);
/* The views to write; nobody else writes until the end. */
MUST_USE bool app_write(struct app *app, struct views **out, struct err *e);
void app_write_end(struct app *app, struct views *v);

/* ── what is read once for many calls (serve/settings.h) ── kept until the application ends; the newest counts */
void *app_kept(struct app *app); /* NULL: nothing yet */
void app_keep(struct app *app, void *made, void (*end)(void *made));

#endif
