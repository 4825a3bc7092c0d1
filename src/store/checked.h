/* SPDX-License-Identifier: Apache-2.0
 *
 * Files whose every page carries a check (db_open_checked). For db.c only.
 */
#ifndef AKASHI_STORE_CHECKED_H
#define AKASHI_STORE_CHECKED_H

#include <sqlite3.h>

#include "store/db.h"

/* The name of SQLite's layer ("VFS") that writes and compares the checks; the file's URI must have "id=HEX". */
const char *checked_layer(void);
/* Leaves room for them in the pages of a database that is still empty. */
bool checked_reserve(sqlite3 *h);

#endif
