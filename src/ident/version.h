/* SPDX-License-Identifier: Apache-2.0
 *
 * Versions and ranges of versions, per ecosystem. An ecosystem is one file holding one `const struct ecosystem` and
 * one word in the list of ecosystem.c.
 */
#ifndef AKASHI_IDENT_VERSION_H
#define AKASHI_IDENT_VERSION_H

#include "base/arena.h"
#include "base/err.h"

enum order { ORDER_LESS = -1, ORDER_EQUAL = 0, ORDER_GREATER = 1, ORDER_ERROR = 2 };

struct ecosystem {
    const char *name;         /* OSV name: "npm", "PyPI", "Debian" … or a scheme's own name where OSV has none */
    const char *const *names; /* other names, any case: purl types, VERS schemes, distributions; NULL at the end */
    /* Order by the ecosystem's own rule; ORDER_ERROR when either is no version there. */
    enum order (*compare)(str a, str b);
    bool (*valid)(str v);
    /* Coarse key: key(a) < key(b) implies a < b; equal keys say nothing. 0 when the version is invalid. */
    uint64_t (*key)(str v);
};

/* By OSV name (a suffix as in "Debian:12" is ignored), purl type or VERS scheme, any case; NULL when unknown. */
const struct ecosystem *ecosystem_find(str name);
/* All of them; NULL at the end. */
extern const struct ecosystem *const ecosystems[];

/* OSV's order: like compare, but "0" sorts before everything and an invalid version has a fixed place (behind every
 * valid one, bytewise among themselves; PyPI follows the old LegacyVersion rule). Never ORDER_ERROR. */
enum order version_compare_osv(const struct ecosystem *eco, str a, str b);

/* ── ranges ── */

enum range_op { RANGE_EQ, RANGE_NE, RANGE_LT, RANGE_LE, RANGE_GT, RANGE_GE, RANGE_ANY };
struct constraint {
    enum range_op op;
    str version;
};
/* A VERS range: constraints sorted by version. */
struct vers {
    const struct ecosystem *eco;
    str scheme;
    struct constraint *v;
    uint32_t n;
};
/* "vers:npm/>=1.2.3|<2.0.0"; the canonical text by vers_write. Blanks, an order that is not sorted and "=" are mended;
 * vers_check refuses them. */
MUST_USE bool vers_parse(struct arena *a, str text, struct vers *out, struct err *e);
void vers_write(const struct vers *v, struct buf *out);
/* Is the text a VERS range in its canonical form? */
MUST_USE bool vers_check(str text, struct err *e);
/* VERS containment; false with e filled when the version is no version of the ecosystem. */
MUST_USE bool vers_contains(const struct vers *v, str version, bool *inside, struct err *e);
/* The ecosystem's own notation ("^1.2", "[1.0,2.0)", ">= 1.0, < 2.0 || 3", "~> 1.2") as VERS. */
MUST_USE bool vers_from_native(struct arena *a, const struct ecosystem *eco, str native, struct vers *out,
                               struct err *e);

/* Does the version satisfy the ecosystem's own notation? (VERS cannot say "both of two ranges", this can.) Empty is any
 * version. */
MUST_USE bool range_satisfies(struct arena *a, const struct ecosystem *eco, str native, str version, bool *inside,
                              struct err *e);

enum osv_event_kind { OSV_INTRODUCED, OSV_FIXED, OSV_LAST_AFFECTED, OSV_LIMIT };
struct osv_event {
    enum osv_event_kind kind;
    str version;
};
/* OSV evaluation of one range of events in any order: is the version affected? */
bool osv_affects(const struct ecosystem *eco, const struct osv_event *events, uint32_t n, str version);

#endif
