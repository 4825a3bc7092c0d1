/* SPDX-License-Identifier: Apache-2.0
 *
 * Commands that go on until they are told to end (--follow): SIGTERM, SIGINT and SIGHUP wait until what is under way is
 * done; ctx_ending() tells of them, so that who waits for another machine does not do so for long. SIGHUP that is
 * ignored (nohup) stays so.
 */
#ifndef AKASHI_CLI_FOLLOWING_H
#define AKASHI_CLI_FOLLOWING_H

#include "cli/cli.h"

void following_begin(struct cli *cli);
/* Asked to end. Never when following_begin() was not called: then such a signal ended us. */
bool following_over(void);
/* False when asked to end. Other signals make the pause shorter. */
bool following_pause(int64_t milliseconds);

/* What goes wrong round after round in the same way is said once, and once that it works again. *said begins empty. */
void following_failed(struct cli *cli, const struct err *e, struct err *said);
void following_works(struct err *said);

/* Of what hears such a signal by itself (a server): ctx_ending() tells once ending_now() was called. */
void ending_begin(struct cli *cli);
void ending_now(struct cli *cli); /* nothing happens without the one before */

#endif
