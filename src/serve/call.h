/* SPDX-License-Identifier: Apache-2.0
 *
 * One request on its way through a handler: what was asked, who asks, the views to ask, the answer being made.
 *
 * A handler either writes its answer (call_json …) and returns true, or refuses (call_refuse: the caller's fault, with
 * a status) and returns true, or returns false with e filled: ERR_USAGE and ERR_INPUT become 400, ERR_LIMIT 413,
 * ERR_ENV 503. Refusals and errors are application/problem+json (RFC 9457) in the caller's language.
 */
#ifndef AKASHI_SERVE_CALL_H
#define AKASHI_SERVE_CALL_H

#include "base/json.h"
#include "impact/portfolio.h"
#include "node/server.h"
#include "serve/caller.h"

struct app;

struct call {
    struct app *app;
    struct arena *a; /* until the answer is sent */
    struct ctx *ctx; /* with the time of this request */
    const struct asked *asked;
    const struct api *api;
    str parts[ROUTE_PARTS];
    struct caller who;
    const char *lang; /* "ja" or "en": by ?lang=, the user's choice, Accept-Language */

    /* NULL with ROUTE_APART and ROUTE_AT_ONCE, home too. */
    struct portfolio *views; /* of one state from here to the end of the handler; what is shown is durable */
    struct home *home;       /* opened for signing where the route writes, else for reading */
    struct as_of when;       /* ?as-of= */
    struct json json;        /* the body, parsed; an absent root when there is none */
    str body;                /* as it came */
    str file;                /* ROUTE_FILE: where the body lies; gone after the answer unless it was moved away */

    struct answer *out;
    struct buf text; /* of the answer */
    struct jw w;
};

/* ── what was asked ── */
static inline str call_part(const struct call *q, unsigned i) { return q->parts[i]; }
static inline str call_text(const struct call *q, const char *name) { return asked_argument(q->asked, name); }
/* false with e filled when it is no number or more than `most`. */
MUST_USE bool call_number(struct call *q, const char *name, uint64_t otherwise, uint64_t most, uint64_t *out,
                          struct err *e);
/* "", "1", "true" and "yes" are set. */
bool call_flag(const struct call *q, const char *name);

/* Whether a document fits the schema of the route's body; ERR_INPUT says where it does not. Done already for a body
 * that is in q->json. */
MUST_USE bool call_fits(struct call *q, const struct json *doc, struct err *e);

/* ── the answer ── */
/* 200 with JSON: write exactly one value. */
struct jw *call_json(struct call *q);
/* The same with another status: 201, 202. */
struct jw *call_json_as(struct call *q, int status);
/* What is no JSON. The body is borrowed for the arena's life. */
bool call_bytes(struct call *q, const char *type, str body); /* true */
bool call_nothing(struct call *q);                           /* 204; true */
/* `code` is a word for programs ("not-found", "conflict", "forbidden"), `what` a sentence for people. */
bool call_refuse(struct call *q, int status, const char *code, const char *what, ...) PRINTF_LIKE(4, 5); /* true */
bool call_not_found(struct call *q);                                                                     /* true: 404 */
/* How a handler's thing was opened, and whether it goes on. When not, *returns is what the handler returns: false (e is
 * filled), or true when the thing is not there and 404 is said. */
static inline bool call_opened(struct call *q, bool ok, const bool *found, bool *returns) {
    *returns = ok && !*found && call_not_found(q);
    return ok && *found;
}
/* ROUTE_STREAM: server-sent events as pull() hands them out (node/server.h); `of` lives in the arena. True. */
bool call_events(struct call *q, size_t (*pull)(void *of, char *to, size_t room), void *of);
void call_header(struct call *q, const char *name, const char *value); /* borrowed for the arena's life */

/* ── writing ── From a route that does not write by itself: signs, logs and applies these with what others hand in at
 * the same moment, and returns when they are durable. */
MUST_USE bool call_append(struct call *q, struct portfolio_add *adds, uint32_t n, struct err *e);
/* From here on the views are as new as it gets: with what was just written. */
MUST_USE bool call_look_again(struct call *q, struct err *e);

/* ── what the server calls ── */
/* The head is there: which route it is, and what that allows; false: *out is the answer already. */
bool call_meet(struct app *app, struct arena *a, struct asked *asked, struct terms *terms, struct answer *out);
/* The answer to a request, from the routes' table to problem+json. */
bool call_answer(struct app *app, struct arena *a, const struct asked *asked, struct answer *out);
/* The words for what the server refuses by itself. */
void call_refused(struct arena *a, const struct asked *asked, int status, struct answer *out);
/* The answer was sent, or the client is gone: counted and logged. */
void call_ended(struct app *app, const struct asked *asked, const struct ended *x);
/* What is remembered of a request for logs: asked->state. */
struct visit {
    const struct api *api; /* NULL: no route */
    str parts[ROUTE_PARTS];
    str allowed; /* methods, when there is a route for another one */
    str user;    /* id; absent: nobody */
};
/* On every answer, whatever it is; ends with {0}. With HSTS where clients come by TLS. */
const struct answer_header *call_every_header(bool tls);

#endif
