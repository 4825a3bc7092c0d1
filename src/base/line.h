/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a line ends, as a reader expects it. Words stay whole. Japanese, which has no blanks, is cut where a phrase
 * ends if one ends near, never inside a word of katakana, and no line begins with 。 or ー or ends with 「.
 */
#ifndef AKASHI_BASE_LINE_H
#define AKASHI_BASE_LINE_H

#include "base/str.h"

/* Columns a text takes on a terminal (East Asian wide = 2). */
unsigned text_width(str s);

/* How many bytes of s stand in a line of at most `width` columns: all of it when it fits, else at least one character.
 * A blank at the end may hang over; who prints trims both sides. */
size_t line_fit(str s, unsigned width);

#endif
