/* SPDX-License-Identifier: Apache-2.0
 *
 * Bodies that were erased on purpose. What an erased body said is in no view: views that took it in before are made
 * anew, because numbers follow the log, and a name that only it brought would leave a gap. What the log says is erased
 * counts as erased, also while its bytes are still there.
 *
 * Noted is each entry that was passed over for it (portfolio.c) and each inventory whose document was (inventory.c), so
 * that a second statement about the same body changes nothing.
 */
#ifndef AKASHI_IMPACT_GONE_H
#define AKASHI_IMPACT_GONE_H

#include "impact/portfolio.h"

/* Inside a transaction: the erasures among the entries that are to be applied, up to `to`. *anew: these views hold what
 * one of them took away. */
MUST_USE bool gone_look(struct portfolio *p, uint64_t to, bool *anew, struct err *e);
void gone_forget(struct contents *c);
/* Of the entries that gone_look() was about. A document that is put in again after its erasure is there. */
bool gone_entry(const struct portfolio *p, uint64_t index);
bool gone_body(const struct portfolio *p, const unsigned char body[32], uint64_t index);
MUST_USE bool gone_note(struct portfolio *p, uint64_t index, struct err *e);

#endif
