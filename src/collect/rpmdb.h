/* SPDX-License-Identifier: Apache-2.0
 *
 * The three containers RPM has kept its headers in, read only. Each calls `each` for every header blob; each returns
 * false to stop.
 */
#ifndef AKASHI_COLLECT_RPMDB_H
#define AKASHI_COLLECT_RPMDB_H

#include "collect/collect.h"

typedef bool rpmdb_each(void *arg, str header);

bool rpmdb_is_sqlite(str bytes);
bool rpmdb_is_ndb(str bytes);
bool rpmdb_is_bdb(str bytes);
MUST_USE bool rpmdb_read_sqlite(struct ctx *c, str bytes, str where, rpmdb_each *each, void *arg, struct err *e);
MUST_USE bool rpmdb_read_ndb(str bytes, str where, rpmdb_each *each, void *arg, struct err *e);
MUST_USE bool rpmdb_read_bdb(struct arena *a, str bytes, str where, rpmdb_each *each, void *arg, struct err *e);

#endif
