/* SPDX-License-Identifier: Apache-2.0
 *
 * For those who keep answers of the matcher: what changed between two states of the advisory database, and which of
 * its rows an answer came from.
 *
 * The database remembers its digest after every import, and for each thing the import that last changed it. An answer
 * about a component depends on rows of packages ("places") alone; they are the same for all versions of a package on
 * one distribution.
 */
#ifndef AKASHI_VULN_CHANGE_H
#define AKASHI_VULN_CHANGE_H

#include "vuln/vuln.h"

VEC_NAMED(places, int64_t);
struct advdb_change {
    bool known;           /* false: the database never stood at that digest, so everything may have changed */
    struct places places; /* ascending */
    VEC(str) advisories;  /* ids of documents that came, changed, went, or are now about another flaw */
    bool kev, epss;       /* these lists are others */
};
MUST_USE bool matcher_changes(struct matcher *m, struct arena *a, str since_digest, struct advdb_change *out,
                              struct err *e);

/* Where an answer about this component comes from, or would come from if there were advisories. */
MUST_USE bool matcher_places(struct matcher *m, const struct sbom_component *component, struct arena *a,
                             struct places *out, struct err *e);

/* The number of the flaw that has this name; 0 when none has. It holds for this database only. */
MUST_USE bool matcher_flaw(struct matcher *m, str name, uint32_t *flaw, struct err *e);
/* EPSS of a CVE in millionths; -1 when it has none. */
MUST_USE bool matcher_epss(struct matcher *m, str cve, int64_t *out, struct err *e);
/* All CVEs known to be exploited. */
MUST_USE bool matcher_kev(struct matcher *m, bool (*each)(void *arg, str cve, struct err *e), void *arg, struct err *e);

#endif
