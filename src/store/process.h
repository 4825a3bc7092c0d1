/* SPDX-License-Identifier: Apache-2.0
 *
 * What everybody here who uses SQLite needs of it.
 */
#ifndef AKASHI_STORE_PROCESS_H
#define AKASHI_STORE_PROCESS_H

#include <stdbool.h>

/* What it asks for once in a process, before anything else of it is called. */
void sqlite_process(void);
/* Whether that failure means that there is no room; it is not always said in that word. h may be NULL. */
struct sqlite3;
bool sqlite_full(struct sqlite3 *h, int code);

#endif
