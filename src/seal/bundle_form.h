/* SPDX-License-Identifier: Apache-2.0
 *
 * A bundle as bytes (base/wire.h), so that whoever takes a stranger's file apart can be another process than the one
 * that checks signatures. Digests and canonical texts are made anew where it is taken. A bundle that was taken is
 * written as the same bytes again.
 *
 *     "AkB1"  n statements: where  proof  type  payload  n signatures: keyid  signature
 *             n keys  n documents
 */
#ifndef AKASHI_SEAL_BUNDLE_FORM_H
#define AKASHI_SEAL_BUNDLE_FORM_H

#include "seal/bundle.h"

void bundle_write(const struct bundle *b, struct buf *out);
/* Bytes are borrowed. Fails when any byte is not as bundle_write() has it. */
MUST_USE bool bundle_take(struct arena *a, str bytes, struct bundle *out, struct err *e);

#endif
