/* SPDX-License-Identifier: Apache-2.0
 *
 * A key that was read from a text, as bytes (base/wire.h), for whoever has it read by another process. What was taken
 * is written as the same bytes again.
 *
 *     "AkK1"  form  kind  the key's own bytes  name
 */
#ifndef AKASHI_SEAL_KEYTEXT_FORM_H
#define AKASHI_SEAL_KEYTEXT_FORM_H

#include "seal/keytext.h"

void keytext_form_write(const struct key_text *k, struct buf *out);
/* Bytes are borrowed. Fails when any byte is not as keytext_form_write() has it, or the key is none. */
MUST_USE bool keytext_form_take(str bytes, struct key_text *out, struct err *e);

#endif
