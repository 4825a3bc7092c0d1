/* SPDX-License-Identifier: Apache-2.0
 *
 * From entries of the log to rows of the view.
 */
#ifndef AKASHI_SEAL_VIEW_ADD_H
#define AKASHI_SEAL_VIEW_ADD_H

#include "seal/log.h"
#include "store/db.h"

/* Entries from `from` up to `to`, and what has been erased since. The caller holds the transaction. */
MUST_USE bool view_add(struct ctx *c, struct db *db, struct log *log, uint64_t from, uint64_t to, struct err *e);

#endif
