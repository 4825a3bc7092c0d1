/* SPDX-License-Identifier: Apache-2.0
 *
 * The usual name of a lock file that carries another one. Only for a file somebody named by hand: in a tree, names
 * decide, because a guess about every text file would find things that are not there.
 */
#ifndef AKASHI_COLLECT_GUESS_H
#define AKASHI_COLLECT_GUESS_H

#include "base/str.h"

/* "package-lock.json", "requirements.txt" …; NULL when the content is like none of them. */
const char *guess_name(str bytes);

#endif
