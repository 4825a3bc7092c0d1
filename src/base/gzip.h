/* SPDX-License-Identifier: Apache-2.0
 *
 * Text as gzip, for those who cannot read Zstandard (reading it: base/unpack.h).
 */
#ifndef AKASHI_BASE_GZIP_H
#define AKASHI_BASE_GZIP_H

#include "base/arena.h"

/* Quickly rather than small; absent when that is not shorter. */
str gzip_text(struct arena *a, str text);

#endif
