/* SPDX-License-Identifier: Apache-2.0
 *
 * What the system's service manager and a server say to each other: sockets handed over (LISTEN_FDS), "ready",
 * "stopping" (NOTIFY_SOCKET). Without a manager nothing happens.
 */
#ifndef AKASHI_NODE_SYSTEM_H
#define AKASHI_NODE_SYSTEM_H

#include "base/err.h"

/* The socket handed to this process to listen on, or -1. */
int system_listening(void);
/* "READY=1", "STOPPING=1", "RELOADING=1". */
void system_notify(const char *state);
/* As many open files as the system allows. */
void system_raise_files(void);

#endif
