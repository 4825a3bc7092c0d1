/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said about a declaration (standing.h), checked, signed and logged, and made ready to be handed over; for
 * commands and the application alike.
 */
#ifndef AKASHI_CONFORM_STANDING_SAY_H
#define AKASHI_CONFORM_STANDING_SAY_H

#include "conform/standing.h"

/* Which declaration, and what it says: one this home knows, or one that came in a file. */
struct saying_about {
    str sha256; /* of its envelope, hex */
    const struct declaration *said;
    const char *dashes; /* what stands before the name of a field in messages: "--", "" */
};
struct said {
    uint64_t index; /* in the home's log */
    str bundle;     /* the statement with its proof */
};
/* Each fills in what x leaves to the home: which declaration, who speaks. ERR_USAGE when too little is said, or of a
 * practice that the declaration does not speak of. */
MUST_USE bool challenge_say(struct portfolio *p, struct arena *a, const struct saying_about *about, struct challenge *x,
                            struct said *out, struct err *e);
MUST_USE bool endorsement_say(struct portfolio *p, struct arena *a, const struct saying_about *about,
                              struct endorsement *x, struct said *out, struct err *e);
/* A challenge of one's own declarations by its id ("X-1a2b…"); *d NULL: there is none. */
MUST_USE bool challenge_find(struct portfolio *p, struct arena *a, const struct as_of *when, str id,
                             const struct declaration_row **d, const struct declaration_event **challenge,
                             struct err *e);
/* replacement: the corrected declaration by id or digest, where the outcome asks for one. */
MUST_USE bool challenge_answer_say(struct portfolio *p, struct arena *a, const struct declaration_row *d,
                                   const struct declaration_event *challenge, str replacement, const char *dashes,
                                   struct challenge_answer *x, struct said *out, struct err *e);
/* good, suspended or withdrawn, of one's own that has not ended. */
MUST_USE bool standing_say(struct portfolio *p, struct arena *a, const struct declaration_row *d, const char *dashes,
                           struct standing_change *x, struct said *out, struct err *e);
/* To these parties (ids); out->bundle: the declaration, with its evidence unless withheld. */
MUST_USE bool handover_say(struct portfolio *p, struct arena *a, const struct declaration_row *d, bool withhold,
                           const char *dashes, const struct scope_names *to, struct said *out, struct err *e);

/* A document into the archive, as a statement names it; attached_keep() before the statement is logged. */
MUST_USE bool attached_put(struct portfolio *p, struct arena *a, str name, str bytes, struct attacheds *out,
                           struct err *e);
MUST_USE bool attached_keep(struct portfolio *p, const struct attacheds *all, struct err *e);

#endif
