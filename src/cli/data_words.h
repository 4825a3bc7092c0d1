/* SPDX-License-Identifier: Apache-2.0
 *
 * Words that come from data ("critical", "medical"), for people to read. In English they are the words themselves; what
 * is not known here is shown as it came. JSON and sheets have the words, never this.
 */
#ifndef AKASHI_CLI_DATA_WORDS_H
#define AKASHI_CLI_DATA_WORDS_H

#include "base/arena.h"

enum data_word_kind {
    WORD_SEVERITY,
    WORD_SECTOR,
    WORD_ROLE,
    WORD_EXPOSURE,
    WORD_STATUS,
    WORD_PRESENCE,
    WORD_WEIGHT,
    WORD_KINDS
};

str data_word(enum data_word_kind kind, str word);
/* "developer;supplier": each of them. */
str data_words(struct arena *a, enum data_word_kind kind, str words);

#endif
