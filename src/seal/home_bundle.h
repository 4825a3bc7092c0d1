/* SPDX-License-Identifier: Apache-2.0
 *
 * Statements of a home's log on their way to somebody else: each with the proof that it is there.
 */
#ifndef AKASHI_SEAL_HOME_BUNDLE_H
#define AKASHI_SEAL_HOME_BUNDLE_H

#include "seal/bundle.h"
#include "seal/home.h"

/* The entries at these indices with their proofs in the tree as it is now, and the keys to check them with (hints).
 * ERR_INPUT when a body was erased or is withheld. */
MUST_USE bool home_bundle(struct home *home, struct arena *a, const uint64_t *indices, uint32_t n, struct bundle *out,
                          struct err *e);

#endif
