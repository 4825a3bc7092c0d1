/* SPDX-License-Identifier: Apache-2.0
 *
 * An HTTP server: routes in a table, everything a client can spend bounded.
 *
 * What takes time is answered by a fixed number of workers from a bounded queue (429 when it is full), so that the
 * threads that talk to clients never wait. No request has more than its route's `most` bytes of body; whoever sends or
 * takes bytes more slowly than a bad line does is cut off. A request whose length two readers could understand
 * differently (two lengths, a length and chunks) is refused and its connection closed.
 */
#ifndef AKASHI_NODE_SERVER_H
#define AKASHI_NODE_SERVER_H

#include "base/ctx.h"
#include "node/address.h"
#include "node/target.h"

struct server;

struct answer_header {
    const char *name, *value;
};
struct asked {
    const char *method;
    str path;    /* decoded: "/a/b/c" */
    str raw;     /* as the client wrote it: "/a%2Fb/c" */
    str body;    /* of a route without more() that is not put to a file */
    str file;    /* terms.to_file: where the body lies; removed when the answer is sent, unless it was moved away */
    str id;      /* of this request, for logs */
    str host;    /* that the client named: X-Forwarded-Host of a trusted proxy, or Host */
    str address; /* of the client without its port, seen through the trusted proxies */
    bool secure; /* it came by TLS, here or at a trusted proxy */
    void *stream;
    void *state; /* of the route's meet() */
    struct target target;
    /* In place of a connection, for a request that is made inside of the program; each ends with {0}, NULL: none. */
    const struct answer_header *headers, *arguments;
    const void *connection;
    struct server *server;
};
/* A header of the request; absent when it is not there. */
str asked_header(const struct asked *q, const char *name);
/* "?name=value", decoded; absent when it is not there, the first one when it is there twice, empty for "?name". */
str asked_argument(const struct asked *q, const char *name);

/* What pull() returns in place of a number of bytes. */
#define ANSWER_LATER ((size_t)0) /* asked again within half a second */
#define ANSWER_END SIZE_MAX
struct answer {
    int status;
    const char *type, *cache;            /* Content-Type, Cache-Control; NULL: none */
    const char *accept_encoding;         /* NULL: none */
    const struct answer_header *headers; /* more of them; ends with {0}; NULL: none */
    str body;                            /* lives as long as the request's arena, or for ever */
    int fd;                              /* > 0: this file instead of the body; closed by the server */
    /* A body without an end known beforehand: up to `room` bytes at a time. It must not wait for anything. */
    size_t (*pull)(void *of, char *to, size_t room);
    void *pulled; /* its `of` */
};

/* What a route allows, once the head of a request is there. */
struct terms {
    size_t most;  /* bytes of a body */
    bool at_once; /* takes no time: answered by the thread that read it */
    bool to_file; /* the body goes to a file in plan.incoming */
    size_t here;  /* but not one whose length is told to be no more than this, while there is room for it */
};
struct route {
    const char *method;  /* "GET" answers HEAD too; NULL: every method */
    const char *path;    /* "/add-checkpoint", or with `below` what it begins with */
    bool below, at_once; /* at_once: as in terms */
    size_t most;
    /* false with e filled: 500, and the server's problem() is told. */
    bool (*answer)(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e);
    /* A body taken piece by piece: begin() gives q->stream, which dies with the arena (arena_defer). */
    void *(*begin)(void *of, struct arena *a, const struct asked *q);
    void (*more)(void *stream, str piece);
    /* Before the body: may change the terms and set q->state; false with *out filled: that is the answer. */
    bool (*meet)(void *of, struct arena *a, struct asked *q, struct terms *terms, struct answer *out);
};

struct ended {
    int status; /* 0: the client was gone before */
    uint64_t bytes_in, bytes_out;
    int64_t nanoseconds;
};
struct server_plan {
    str listen;                 /* "ADDRESS:PORT", "[ADDRESS]:PORT"; port 0: the system chooses */
    const struct route *routes; /* the first that fits answers; ends with {0} */
    void *of;
    void (*problem)(void *of, const struct err *e); /* from any thread */

    /* What follows may be left out. */
    unsigned workers, queue;           /* 0: as many as are useful */
    unsigned connections, per_address; /* 0: 256 and as many */
    unsigned patience;                 /* seconds for a head or between two requests; 0: 30 */
    const struct answer_header *every; /* on every answer; ends with {0} */
    const struct net *proxies;         /* who is believed about X-Forwarded-*; borrowed */
    uint32_t n_proxies;
    str incoming;         /* folder for bodies that go to files */
    str certificate, key; /* PEM files; absent: no TLS */
    /* The words of a refusal by the server itself: 400, 404, 405, 413, 429, 500, 507. */
    void (*refuse)(void *of, struct arena *a, const struct asked *q, int status, struct answer *out);
    void (*ended)(void *of, const struct asked *q, const struct ended *x); /* from any thread */
    void (*reload)(void *of, struct server *s);                            /* SIGHUP, by the waiting thread */
};
/* Listens when it returns (on the socket systemd hands over, where there is one). SIGTERM and SIGINT are blocked in
 * this thread and those it makes, for server_wait. */
MUST_USE bool server_start(struct ctx *c, const struct server_plan *plan, struct server **out, struct err *e);
/* "127.0.0.1:8080" */
str server_address(const struct server *s, struct arena *a);
/* Returns when the process is asked to end (SIGTERM, SIGINT). */
void server_wait(struct server *s);
/* Reads the certificate again, for connections from now on; on failure the old one stays. */
MUST_USE bool server_renew(struct server *s, struct err *e);
/* Takes no new requests, finishes those under way; accepts NULL. */
void server_stop(struct server *s);
/* It is about to stop: streams end, nothing long should begin. */
bool server_stopping(const struct server *s);

struct server_state {
    unsigned connections, waiting, workers;
    uint64_t refused; /* because the queue was full */
};
struct server_state server_state(struct server *s);

/* For bodies that are said in a word. */
bool answer_text(struct answer *out, int status, const char *text);

#endif
