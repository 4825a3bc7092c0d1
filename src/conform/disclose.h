/* SPDX-License-Identifier: Apache-2.0
 *
 * What there is to give of a release: the statements about it, by what people ask for.
 */
#ifndef AKASHI_CONFORM_DISCLOSE_H
#define AKASHI_CONFORM_DISCLOSE_H

#include "impact/portfolio.h"

extern const char *const disclosed_kinds[5]; /* "sbom", "provenance", "vex", "hardening", NULL */

struct giveable {
    int what; /* place in disclosed_kinds; -1: the release's manifest */
    uint64_t index;
    str sha256;             /* of the envelope, hex */
    bool document;          /* the statement names an SBOM that lies in the archive */
    unsigned char body[32]; /* that one */
};
VEC_NAMED(giveables, struct giveable);
/* Those of the home's own log; by kind. ERR_INPUT when there is no such release. */
MUST_USE bool disclosable(struct portfolio *p, struct arena *a, str product, str version, struct giveables *out,
                          struct err *e);

#endif
