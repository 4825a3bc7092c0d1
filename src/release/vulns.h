/* SPDX-License-Identifier: Apache-2.0
 *
 * A scan as an in-toto vulns v0.2 predicate, with the digest of the advisory database it stands on.
 */
#ifndef AKASHI_RELEASE_VULNS_H
#define AKASHI_RELEASE_VULNS_H

#include "vuln/finding.h"

str vulns_predicate(struct ctx *c, struct arena *a, const struct scan *scan);

#endif
