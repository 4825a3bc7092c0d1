/* SPDX-License-Identifier: Apache-2.0
 *
 * A process that gives up what it does not need before it reads what strangers wrote: no file can be opened (Landlock),
 * no system call but those of reading, memory and time works (seccomp), memory and processor time are bounded.
 *
 * Needs Linux 5.13 for Landlock and 3.17 for seccomp; what a kernel has not is told, and the rest holds all the same.
 */
#ifndef AKASHI_SERVE_CONFINE_H
#define AKASHI_SERVE_CONFINE_H

#include <sys/types.h>

#include "base/err.h"

enum { CONFINED_FILES = 1, CONFINED_CALLS = 2, CONFINED_ALL = 3 };
struct confine_plan {
    uint64_t memory;  /* bytes; 0: no bound */
    unsigned seconds; /* of processor time; 0: no bound */
};
/* From here to the end of this process, which must have one thread. What took hold: a set of CONFINED_…. */
unsigned confine(const struct confine_plan *plan);

/* Starts a program (NULL: this one) that will do that: with these two as standard input and output, nowhere to complain
 * to, and no signal held back. False with errno. */
bool confine_start(const char *program, char *const argv[], char *const env[], int in, int out, pid_t *pid);

#endif
