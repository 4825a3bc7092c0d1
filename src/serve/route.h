/* SPDX-License-Identifier: Apache-2.0
 *
 * The routes of the application as data (routes.list): method, path, what the caller must be allowed to do, how large a
 * body may be, who answers, what it is for. Dispatch, OpenAPI, the page to try it and the test of every role come from
 * this table; nothing is answered that is not in it.
 */
#ifndef AKASHI_SERVE_ROUTE_H
#define AKASHI_SERVE_ROUTE_H

#include "base/json.h"

/* What somebody may do. A caller has a set of these, by roles (caller.h); a route asks for one. */
enum may {
    MAY_ANYBODY, /* without signing in */
    MAY_SELF,    /* whoever is signed in, about themselves */
    MAY_READ,    /* what their parties may see */
    MAY_UPLOAD,  /* releases, SBOMs, parties, products, deployments, services */
    MAY_RESPOND, /* cases, VEX, answers to offers */
    MAY_ASSESS,  /* attestations, challenges, endorsements */
    MAY_MANAGE,  /* declarations, offers, contracts, sharing */
    MAY_ADMIN,   /* users, tokens of others, settings */
    MAY_COUNT
};
extern const char *const may_words[MAY_COUNT]; /* "anybody", "self" … */

enum route_flags {
    ROUTE_WRITES = 1,    /* runs alone with the home opened for signing: q->home and q->views may be written */
    ROUTE_RAW = 2,       /* the body is no JSON: q->body as it came */
    ROUTE_FILE = 4,      /* the body may be large and is put to disk first: q->file */
    ROUTE_SMALL = 64,    /* with ROUTE_FILE: one of up to 128 KiB may stay in memory: q->body, and no file */
    ROUTE_STREAM = 8,    /* the answer is a stream of events (call_events) */
    ROUTE_AT_ONCE = 16,  /* takes no time and touches no views: answered where it was read */
    ROUTE_APART = 128,   /* may wait for other machines: q->views and q->home are NULL, and nothing is held meanwhile */
    ROUTE_BY_PARTY = 32, /* open to those who hold the role for one party alone: its handler asks call_may_for() */
};

/* One argument behind "?", or of the path. */
struct route_argument {
    const char *name, *kind; /* "text", "number", "flag", "time", or the words it may be: "json|csv" */
    const char *help;        /* N_() */
};
/* What the handler's file says of it, beside the row in the table. */
struct route_doc {
    const struct route_argument *arguments; /* ends with {0}; NULL: none */
    const char *body;   /* the name of a JSON Schema, serve/shapes/NAME.json: what is sent is held against it before the
                           handler is called, and refused with the place of what does not fit; each route that takes JSON
                           has one (shape_test.c). A handler that reads a body itself (ROUTE_FILE) asks call_fits() */
    const char *form;   /* the same of a form's fields (multipart/form-data), where one is taken; NULL: none */
    const char *answer; /* the same of the answer, where it may be JSON (shapes_answer) */
    const char *others; /* media types of answers that are no JSON: "text/csv|application/pdf"; NULL: none */
    bool nothing;       /* the answer may be 204, with nothing in it */
    const char *says;   /* N_() what comes back, what is refused and why; NULL */
};

struct call;
struct api {
    const char *method, *path; /* "/api/v1/cases/{case}": a part in braces is call_part(q, 0), the next 1 … */
    enum may may;
    unsigned flags;
    size_t most; /* bytes of a body */
    bool (*answer)(struct call *q, struct err *e);
    const struct route_doc *doc;
    const char *summary; /* N_() */
};
extern const struct api apis[]; /* {0} at the end */

/* The names in braces of a path, one after the other. */
bool route_next_part(str *rest, str *name);
/* NULL: the row tells of no such argument. */
const struct route_argument *route_argument_of(const struct api *r, str name);
/* Members of a JSON Schema for a kind of argument. */
void route_kind_json(struct jw *w, const char *kind);

enum { ROUTE_PARTS = 4 };
/* The row for it, with the parts in braces decoded; NULL when there is none: then *allowed names the methods that this
 * path has ("GET, POST"), absent when it has none. The path is as the client wrote it: "%2F" is no border of parts. */
struct arena;
const struct api *api_find(struct arena *a, str method, str raw, str parts[ROUTE_PARTS], str *allowed);

#endif
