/* SPDX-License-Identifier: Apache-2.0
 *
 * Within things_*.c.
 */
#ifndef AKASHI_IMPACT_THINGS_INNER_H
#define AKASHI_IMPACT_THINGS_INNER_H

#include "ident/version.h"
#include "impact/things_form.h"

static const int64_t HOLDS = INT64_MAX; /* held_until of what holds now */

extern const char *const need_kinds[5]; /* by enum need_kind: "service", … */
/* "deployment:a": false when it is none. */
bool need_cut(str text, enum need_kind *kind, str *value);
enum thing_kind need_thing(enum need_kind kind); /* of services, deployments and parties */

/* "psirt:Name <address>": false when there is no address. */
bool contact_cut(str text, struct contact *out);

/* The moment of a text of FIELD_FROM or FIELD_UNTIL; 0 when it is none. And back. */
int64_t field_time(const struct field *f, str text);
str field_time_text(struct arena *a, const struct field *f, int64_t t);

/* ── many at once ── */
enum { THINGS_AT_ONCE = 1024 };
/* As text, a JSON array, made in the arena. */
void thing_numbers(struct ask *q, int at, struct arena *a, const int64_t *numbers, uint32_t n);

/* ── who may speak (things_judge.c) ── */

struct saying {
    enum thing_kind kind;
    int64_t number, log_id, entry, time;
    const unsigned char *signer; /* 32 bytes */
    str parties;                 /* numbers of the parties concerned */
};
/* By what the store knows of the entries before: may the signer speak of it? */
MUST_USE bool saying_counts(struct portfolio *p, const struct saying *s, bool *counts, struct err *e);
/* What holds now ends with this entry. */
MUST_USE bool saying_closes(struct portfolio *p, const struct saying *s, struct err *e);
MUST_USE bool saying_signer(struct portfolio *p, struct arena *a, const struct saying *s, struct err *e);

/* ── which release is the newest (things_release.c) ── of releases in the order of their ids, the last that is newer
 * than the newest before it */
const struct ecosystem *versions_of_product(struct arena *a, str purl); /* purl may be absent */
bool version_newer(const struct ecosystem *eco, str version, uint32_t release, str than, uint32_t than_release);

#endif
