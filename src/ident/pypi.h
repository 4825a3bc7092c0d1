/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of a PEP 440 version. Private to this room.
 */
#ifndef AKASHI_IDENT_PYPI_H
#define AKASHI_IDENT_PYPI_H

#include "ident/version.h"

enum pep440_pre { PRE_NONE, PRE_A, PRE_B, PRE_RC };
struct pep440 {
    str epoch, release; /* "1.2.3" */
    enum pep440_pre pre;
    str pre_number, post, dev, local; /* post, dev, local: absent when not there */
};

bool pep440_split(str s, struct pep440 *v);
/* Without the local part. */
int pep440_public_cmp(const struct pep440 *a, const struct pep440 *b);
/* The order setuptools gave to strings before PEP 440; OSV keeps it for strings that PEP 440 rejects. */
int pep440_legacy_cmp(str a, str b);

#endif
