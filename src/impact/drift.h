/* SPDX-License-Identifier: Apache-2.0
 *
 * What releases have drifted away from: components behind the newest known version, no longer cared for, taken back,
 * changed behind one's back. Newest known is what the portfolio itself holds and what advisories name as fixed: no
 * registry is asked.
 */
#ifndef AKASHI_IMPACT_DRIFT_H
#define AKASHI_IMPACT_DRIFT_H

#include "impact/scope.h"

enum drift {
    DRIFT_MALICIOUS,    /* an advisory calls the package malicious (MAL-…) */
    DRIFT_REPUBLISHED,  /* the same version with another hash */
    DRIFT_SUPPLIER,     /* another supplier than before */
    DRIFT_YANKED,       /* an advisory says that it was taken back */
    DRIFT_END_OF_LIFE,  /* its maker no longer fixes it */
    DRIFT_UNMAINTAINED, /* an advisory says so, or no newer version was seen for years */
    DRIFT_BEHIND,       /* newer versions are known */
};
enum { DRIFTS = DRIFT_BEHIND + 1 };
extern const char *const drift_words[DRIFTS]; /* "malicious", … */

struct drift_row {
    enum drift why;
    component_id component; /* -1 for a distribution */
    str purl;               /* or "debian-10" */
    str than; /* behind: the newest; end of life, unmaintained: a day or an advisory; supplier: who before → who now;
                 malicious, yanked: the advisory */
    uint32_t n;        /* behind: how many versions; republished: how many hashes; a distribution: how many packages */
    uint64_t releases; /* of the scope */
};
VEC_NAMED(drift_rows, struct drift_row);
struct drift_plan {
    unsigned only;   /* bits 1 << DRIFT_…; 0 = all */
    uint32_t behind; /* at least so many versions */
    int64_t years;   /* without a newer version */
    int64_t now;
};
/* The gravest kind first, in it what is in most releases. */
MUST_USE bool drift_find(struct portfolio *p, struct arena *a, const struct drift_plan *plan, const struct scope *s,
                         struct drift_rows *out, struct err *e);

#endif
