/* SPDX-License-Identifier: Apache-2.0
 *
 * A small HTTP server: routes in a table, everything a client can spend bounded. The only module that knows
 * libmicrohttpd, which is loaded when something is served.
 *
 * No request has more than its route's `most` bytes of body, no connection idles longer than 30 seconds, no more than
 * 256 are open. Handlers run on a few threads at once.
 */
#ifndef AKASHI_NODE_SERVER_H
#define AKASHI_NODE_SERVER_H

#include "base/ctx.h"

struct server;

struct answer_header {
    const char *name, *value;
};
struct asked {
    const char *method;
    str path; /* decoded, as the client wrote it: nothing is cleaned */
    str body; /* of a route without more() */
    void *stream;
    str address; /* of the client, without its port */
    bool secure; /* it came by TLS */
    /* In place of a connection, for a request that is made inside of the program; each ends with {0}, NULL: none. */
    const struct answer_header *headers, *arguments;
    const void *connection;
    struct server *server;
};
/* A header of the request; absent when it is not there. */
str asked_header(const struct asked *q, const char *name);
/* "?name=value", decoded; absent when it is not there, the first one when it is there twice. */
str asked_argument(const struct asked *q, const char *name);

struct answer {
    int status;
    const char *type, *cache;            /* Content-Type, Cache-Control; NULL: none */
    const char *accept_encoding;         /* NULL: none */
    const struct answer_header *headers; /* more of them; ends with {0}; NULL: none */
    str body;
    int fd; /* > 0: this file instead of the body; closed by the server */
};

struct route {
    const char *method; /* "GET" answers HEAD too */
    const char *path;   /* "/add-checkpoint", or with `below` what it begins with */
    bool below;
    size_t most; /* bytes of a body */
    /* false with e filled: 500, and the server's problem() is told. */
    bool (*answer)(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e);
    /* A body taken piece by piece: begin() gives q->stream, which dies with the arena (arena_defer). */
    void *(*begin)(void *of, struct arena *a, const struct asked *q);
    void (*more)(void *stream, str piece);
};

struct server_plan {
    str listen;                 /* "ADDRESS:PORT", "[ADDRESS]:PORT"; port 0: the system chooses */
    const struct route *routes; /* the first that fits answers; ends with {0} */
    void *of;
    void (*problem)(void *of, const struct err *e); /* from any thread */
};
/* Listens when it returns. SIGTERM and SIGINT are blocked in this thread and those it makes, for server_wait. */
MUST_USE bool server_start(struct ctx *c, const struct server_plan *plan, struct server **out, struct err *e);
/* "127.0.0.1:8080" */
str server_address(const struct server *s, struct arena *a);
/* Returns when the process is asked to end (SIGTERM, SIGINT). */
void server_wait(struct server *s);
/* Finishes the requests under way; accepts NULL. */
void server_stop(struct server *s);

/* For bodies that are said in a word. */
bool answer_text(struct answer *out, int status, const char *text);

#endif
