/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of a semantic version, for the ecosystems that vary it. Private to this room.
 */
#ifndef AKASHI_IDENT_SEMVER_H
#define AKASHI_IDENT_SEMVER_H

#include "ident/version.h"

struct semver {
    str numbers; /* "1.2.3": digits and dots, at least one number */
    str pre;     /* without its dash; absent when there is none */
    str build;   /* without its plus */
};

bool semver_split(str s, struct semver *v);
int semver_numbers_cmp(str a, str b);
int semver_identifiers_cmp(str a, str b);
int semver_cmp(const struct semver *a, const struct semver *b); /* the build does not count */
uint64_t semver_key_of(const struct semver *v);

enum order semver_compare(str a, str b);
bool semver_valid(str v);
uint64_t semver_key(str v);

#endif
