/* SPDX-License-Identifier: Apache-2.0
 *
 * `akashi demo --story`: how a vendor of eight people comes from `akashi init` to a declaration that a hospital checks,
 * how a patch that was declined comes back by itself, and how a challenge is upheld. docs/tutorial.md is this story
 * told in one run; tools/check-tutorial holds the two together.
 */
#ifndef AKASHI_CLI_STORY_H
#define AKASHI_CLI_STORY_H

#include "cli/script.h"

enum { STORY_DAYS = 27 };
extern const struct script_step story_steps[]; /* ends with {0} */

struct cli;
/* Plays it and prints each command with what it says; an error when a step does not hold. */
int story_run(struct cli *cli);

#endif
