/* SPDX-License-Identifier: Apache-2.0
 *
 * Who asks. The only place that decides who somebody is and what they may do; what they may see is decided by their
 * reader (impact/audience.h), inside the store.
 */
#ifndef AKASHI_SERVE_CALLER_H
#define AKASHI_SERVE_CALLER_H

#include "base/json.h"
#include "impact/audience.h"
#include "serve/route.h"

enum caller_by { CALLER_NOBODY, CALLER_SESSION, CALLER_TOKEN };

/* What roles held for another party let somebody do: about what is that party's, nothing else. */
struct caller_at {
    str party;
    unsigned may;
};
struct caller {
    enum caller_by by;
    str user, name;             /* the user's id, and what to call them; a token's name for tokens */
    unsigned may;               /* bits 1 << enum may */
    const struct caller_at *at; /* beyond reading; only for routes that are ROUTE_BY_PARTY */
    uint32_t n_at;
    struct reader reader; /* what they may see; the owner's for those of the home's own party; set with the views */
    str parties;          /* as reader_parse() takes it; absent: the owner's */
    str lang;             /* the user's choice; absent: none */
    str csrf;             /* what a session's writing requests must carry as X-Akashi-Csrf; absent: not needed */
    str session, token;   /* which, by id */
    bool ended;           /* a session's cookie came that is good no more */
    int64_t until;        /* the session or token ends then */
};
static inline bool caller_may(const struct caller *c, enum may m) { return m == MAY_ANYBODY || (c->may >> m & 1); }
/* About something of this party (its id; a unit, a customer): by a role for the whole home, or for that party. */
bool caller_may_for(const struct caller *c, enum may m, str party);
/* Somewhere: what a route that is ROUTE_BY_PARTY is opened by. */
bool caller_may_somewhere(const struct caller *c, enum may m);

struct call;
/* By the session's cookie or "Authorization: Bearer …" ("X-Api-Key: …"). Nobody is no error: out->by says so. */
MUST_USE bool caller_of(struct call *q, struct caller *out, struct err *e);
/* Whoever the session with this secret belongs to. */
MUST_USE bool caller_by_session(struct call *q, str secret, struct caller *out, struct err *e);
/* Whether a writing request comes from a page of another site (Sec-Fetch-Site, Origin), or lacks its session's
 * X-Akashi-Csrf. Requests with a token come from no page. */
bool caller_forged(const struct call *q);
/* Sets who.reader by the views that are open. */
MUST_USE bool caller_reader(struct call *q, struct err *e);

/* Members of a list: "read", "upload" …, but "anybody". */
void caller_put_may(struct jw *w, unsigned may);
bool caller_may_word(str word, enum may *out);

/* ── where the request came from ── */
str caller_address(const struct call *q); /* of the client; "" inside of the program */
str caller_host(const struct call *q);    /* "akashi.example.jp:8433", as the client names this server */
str caller_origin(const struct call *q);  /* "https://akashi.example.jp:8433" */

/* ── the cookie ── "__Host-akashi" by TLS, else "akashi": HttpOnly, SameSite=Strict */
void caller_set_cookie(struct call *q, str secret, int64_t seconds); /* an empty one takes it away */

#endif
