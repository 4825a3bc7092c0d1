/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a passphrase comes from. In this order: the file that AKASHI_PASSPHRASE_FILE names, the systemd credential
 * "akashi-passphrase" ($CREDENTIALS_DIRECTORY), the terminal. It lies in secret memory from its first byte.
 */
#ifndef AKASHI_SEAL_PASSPHRASE_H
#define AKASHI_SEAL_PASSPHRASE_H

#include "seal/secret_file.h"

enum { PASSPHRASE_MOST = 1024 };

struct passphrase_ask {
    str subject;      /* what it is for, named in the question: a key file */
    bool fresh;       /* for a new key: asked twice, and not empty */
    bool no_terminal; /* only what is configured */
    bool was_asked;   /* out: a person typed it, who may try again */
};
/* One line end behind it is taken off. Fails when there is none to be had, when the file is readable for others, when
 * the two typed do not agree. While it is typed nothing is shown; a signal finds the terminal as it was. Call it before
 * threads are started: they would take the signals instead. */
MUST_USE bool passphrase_get(struct passphrase_ask *ask, struct secret *out, struct err *e);

#endif
