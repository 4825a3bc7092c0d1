/* SPDX-License-Identifier: Apache-2.0 */
#include "store/process.h"

#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>

/* Nobody asks SQLite how much memory it has; counting it would be one lock for the connections of all threads. */
static void settle(void) { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

void sqlite_process(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, settle);
}

bool sqlite_full(struct sqlite3 *h, int code) {
    int system = (code & 0xFF) == SQLITE_IOERR && h ? sqlite3_system_errno(h) : 0;
    return (code & 0xFF) == SQLITE_FULL || system == ENOSPC || system == EDQUOT;
}
