/* SPDX-License-Identifier: Apache-2.0
 *
 * For *_test.c only: where temporary files go. TMPDIR decides, as it does for every other program.
 */
#ifndef AKASHI_BASE_TEMPORARY_H
#define AKASHI_BASE_TEMPORARY_H

#include <stdio.h>
#include <stdlib.h>

/* Template for mkdtemp() and mkstemp(): FOLDER/akashi-NAME- and six letters. */
static inline char *temporary_name(char *to, size_t size, const char *name) {
    const char *folder = getenv("TMPDIR");
    snprintf(to, size, "%s/akashi-%s-XXXXXX", folder && *folder ? folder : P_tmpdir, name);
    return to;
}

#endif
