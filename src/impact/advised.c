/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/advised.h"

#include "base/file.h"
#include "impact/hits.h"

const char *advised_name(enum advised k) {
    static const char *const names[] = {"known", "later", "unknown", "no-data"};
    return names[k];
}

bool advised_find(struct portfolio *p, struct arena *a, str database, str name, enum advised *out, struct err *e) {
    struct advdb *db;
    struct advdb_info info;
    str watched;
    bool named;
    *out = ADVISED_NO_DATA;
    if (!path_exists(database))
        return true;
    if (!hits_database(p, a, &watched, e) || !advdb_open(p->ctx, database, &db, e))
        return false;
    bool ok = advdb_names(p->ctx, db, name, &named, e);
    if (ok && named)
        advdb_info(db, a, &info);
    if (ok)
        *out = !named ? ADVISED_UNKNOWN : str_eq(info.digest, watched) ? ADVISED_KNOWN : ADVISED_LATER;
    advdb_close(db);
    return ok;
}
