/* SPDX-License-Identifier: Apache-2.0
 *
 * What was asked, by route: counted, timed, and told to Prometheus (text format 0.0.4) and to the access log.
 *
 * Neither holds addresses, arguments, path parts or names; the log has the route as the table says it, and the id of
 * the user.
 */
#ifndef AKASHI_SERVE_METRICS_H
#define AKASHI_SERVE_METRICS_H

#include "node/server.h"

struct api;
struct app;
struct metrics;
struct metrics *metrics_new(void);
void metrics_free(struct metrics *m); /* accepts NULL */
/* api NULL: no route. */
void metrics_count(struct metrics *m, const struct api *api, const struct ended *x);
void metrics_text(struct metrics *m, struct buf *b);

/* A file, or "-": standard error. */
struct access_log;
MUST_USE bool access_log_open(str path, struct access_log **out, struct err *e);
MUST_USE bool access_log_again(struct access_log *l, struct err *e); /* after it was moved away; accepts NULL */
void access_log_close(struct access_log *l);                         /* accepts NULL */
void access_log_write(struct access_log *l, const struct asked *asked, const struct ended *x);

#endif
