/* SPDX-License-Identifier: Apache-2.0
 *
 * Who asks. The only place that decides who somebody is and what they may do; what they may see is decided by their
 * reader (impact/audience.h), inside the store.
 */
#ifndef AKASHI_SERVE_CALLER_H
#define AKASHI_SERVE_CALLER_H

#include "impact/audience.h"
#include "serve/route.h"

enum caller_by { CALLER_NOBODY, CALLER_SESSION, CALLER_TOKEN };

struct caller {
    enum caller_by by;
    str user, name;       /* the user's id, and what to call them; a token's name for tokens */
    unsigned may;         /* bits 1 << enum may */
    struct reader reader; /* what they may see; the owner's for those of the home's own party */
    str parties;          /* as reader_parse() takes it; absent: the owner's */
    str csrf;             /* what a session's writing requests must carry as X-Akashi-Csrf; absent: not needed */
    int64_t until;        /* the session or token ends then */
};
static inline bool caller_may(const struct caller *c, enum may m) { return m == MAY_ANYBODY || (c->may >> m & 1); }

/* By the session's cookie or "Authorization: Bearer …" ("X-Api-Key: …"). Nobody is no error: out->by says so. */
MUST_USE bool caller_of(struct call *q, struct caller *out, struct err *e);

#endif
