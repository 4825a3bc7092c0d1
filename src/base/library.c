/* SPDX-License-Identifier: Apache-2.0 */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

bool library_load(const char *file, const struct library_call *calls, size_t n, void *to) {
    /* Not unloaded again: what it registered (handlers, keys of threads) must not point into nothing. */
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; library && i < n; i++) {
        void *p = dlsym(library, calls[i].name);
        if (!p)
            return false;
        memcpy((char *)to + calls[i].at, &p, sizeof p); /* ISO C has no cast between the two kinds of pointers */
    }
    return library != NULL;
}
