/* SPDX-License-Identifier: Apache-2.0
 *
 * libpq, loaded when it is needed.
 */
#include <dlfcn.h>

#include "store/postgres.h"

static bool load(void *lib, const char *name, void *to) {
    void *p = dlsym(lib, name);
    memcpy(to, &p, sizeof p); /* ISO C has no cast between the two kinds of pointers */
    return p != NULL;
}

bool pq_load(struct pq *out, struct err *e) {
    void *lib = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    bool ok = lib != NULL;
#define PQ_LOAD(field, result, arguments) ok = ok && load(lib, "PQ" #field, &out->field);
    PQ_CALLS(PQ_LOAD)
#undef PQ_LOAD
    if (ok)
        return true; /* the library stays: what it registered must not point into nothing */
    err_set(e, ERR_ENV, S("libpq.so.5"), _("cannot load the library that speaks to PostgreSQL"));
    return err_hint(e, "%s", _("install libpq (libpq5), or keep the views in a file: leave --store out"));
}
