/* SPDX-License-Identifier: Apache-2.0
 *
 * All rows with those of kept answers, which do not follow from the log alone (`-- cache:` in sql/).
 */
#ifndef AKASHI_STORE_DUMP_H
#define AKASHI_STORE_DUMP_H

#include "store/store.h"

MUST_USE bool store_dump_all(struct store *s, bool (*take)(void *arg, struct buf *lines, struct err *e), void *arg,
                             struct err *e);

#endif
