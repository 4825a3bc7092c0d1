/* SPDX-License-Identifier: Apache-2.0
 *
 * For *_test.c only: an empty place for a store on the engine under test. tests/postgres sets AKASHI_TEST_POSTGRES
 * to the address of a throwaway server; each place is a schema of its own there. Without it a place is a file.
 */
#ifndef AKASHI_STORE_STORE_TESTING_H
#define AKASHI_STORE_STORE_TESTING_H

#include <stdio.h>
#include <unistd.h>

#include "base/temporary.h"
#include "base/testing.h"
#include "store/store.h"

struct store_place {
    char folder[256], where[600];
    bool postgres;
};

static inline const char *store_testing_address(void) {
    const char *address = getenv("AKASHI_TEST_POSTGRES");
    return address && *address ? address : NULL;
}

/* Where the store that a test would keep in this file lies on the engine under test. */
static inline str store_testing_file(struct arena *a, str path) {
    const char *address = store_testing_address();
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < path.n; i++)
        hash = (hash ^ (unsigned char)path.p[i]) * 1099511628211u;
    if (!address)
        return path;
    return arena_printf(a, "%s%sakashi_schema=t%d_%016llx", address, strchr(address, '?') ? "&" : "?", (int)getpid(),
                        (unsigned long long)hash);
}

/* The folder is made and may be used for other files of the test. */
static inline void store_place_make(struct store_place *p) {
    const char *address = store_testing_address();
    assert_non_null(mkdtemp(temporary_name(p->folder, sizeof p->folder, "store")));
    p->postgres = address != NULL;
    const char *unique = strrchr(p->folder, '-') + 1; /* letters and digits; schemas are of small letters */
    if (!address) {
        snprintf(p->where, sizeof p->where, "%s/views.db", p->folder);
        return;
    }
    int n = snprintf(p->where, sizeof p->where, "%s%sakashi_schema=t%d_", address, strchr(address, '?') ? "&" : "?",
                     (int)getpid());
    for (const char *u = unique; *u && n < (int)sizeof p->where - 4; u++)
        n += snprintf(p->where + n, sizeof p->where - (size_t)n, "%02x", (unsigned)(unsigned char)*u);
}

/* The files of the store and the folder; other files must be gone. */
static inline void store_place_remove(struct store_place *p) {
    static const char *const names[] = {"views.db", "views.db-wal", "views.db-shm", "views.db.before"};
    char path[300];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", p->folder, names[i]);
        unlink(path);
    }
    rmdir(p->folder);
}

#endif
