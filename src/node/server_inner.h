/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the files of the server: server.c knows libmicrohttpd, server_ask.c what a request must be like.
 */
#ifndef AKASHI_NODE_SERVER_INNER_H
#define AKASHI_NODE_SERVER_INNER_H

#include <stdatomic.h>

#include "node/clients.h"
#include "node/server.h"
#include "node/workers.h"

enum { PATIENCE_SECONDS = 30, REST_MOST = 8 << 20, HELD_MOST = 64 << 20, CONNECTIONS_MOST = 256 };

/* One request under way. */
struct request {
    struct work work; /* first: what waits in the queue is this */
    struct arena *a;
    struct client *client;
    str text;                  /* its target as it came */
    const struct route *route; /* NULL: refused before its body */
    int refused;               /* with this status */
    bool begun, counted, closing, answered;
    bool worked; /* the workers had it, or need not */
    struct terms terms;
    struct asked q;
    struct answer r;
    struct buf body;
    int fd;      /* of q.file */
    size_t held; /* bytes of a body that could have gone to a file */
    uint64_t got, sent;
    int64_t since; /* nanoseconds */
    struct request *sleeping;
};

/* What server.c made of the plan, as far as server_ask.c looks at it. */
struct asking {
    const struct server_plan *plan;
    bool secure;
    atomic_ullong requests;
    atomic_size_t held; /* of all requests */
    unsigned long long seed;
};

struct request *request_new(const char *target);
void request_free(struct asking *s, struct request *x);
/* The head is there: the route, or a refusal in x->r (then x->route is NULL). */
void request_begin(struct asking *s, struct request *x, const char *method);
/* Takes a piece of the body; false when the client goes on and on. */
bool request_take(struct asking *s, struct request *x, str piece);
/* Runs the handler. */
void request_answer(struct asking *s, struct request *x);
void request_refuse(struct asking *s, struct request *x, int status);

/* server.c: each header of the request in the order it came. */
void asked_each_header(const struct asked *q, void (*each)(void *arg, str name, str value), void *arg);

#endif
