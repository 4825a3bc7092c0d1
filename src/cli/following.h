/* SPDX-License-Identifier: Apache-2.0
 *
 * Commands that go on until they are told to end (--follow): SIGTERM, SIGINT and SIGHUP wait until what is under way is
 * done. SIGHUP that is ignored (nohup) stays so.
 */
#ifndef AKASHI_CLI_FOLLOWING_H
#define AKASHI_CLI_FOLLOWING_H

#include <stdbool.h>
#include <stdint.h>

void following_begin(void);
/* Asked to end. Never when following_begin() was not called: then such a signal ended us. */
bool following_over(void);
/* False when asked to end. Other signals make the pause shorter. */
bool following_pause(int64_t milliseconds);

#endif
