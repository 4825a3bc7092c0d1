/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared libraries that are loaded when they are first needed. One that brings a dozen others along, with a hundred
 * thousand addresses to settle, would cost every start of the program more than many a command takes.
 */
#ifndef AKASHI_BASE_LIBRARY_H
#define AKASHI_BASE_LIBRARY_H

#include <stddef.h>

#include "base/str.h"

struct library_call {
    const char *name;
    size_t at; /* of the pointer to it, in the caller's struct */
};

/* Loads a library for good and finds n of its functions; false when it is not there or lacks one. Loading it again
 * costs little and is no harm. */
MUST_USE bool library_load(const char *file, const struct library_call *calls, size_t n, void *to);

#endif
