/* SPDX-License-Identifier: Apache-2.0
 *
 * Which detectors want a file? Answered from its path with three hash look-ups, whatever the number of detectors.
 */
#ifndef AKASHI_COLLECT_MATCH_H
#define AKASHI_COLLECT_MATCH_H

#include "collect/collect.h"

enum { MATCH_MOST = 8 }; /* detectors one file is offered to */

struct claims {
    uint8_t n;
    uint16_t by[MATCH_MOST]; /* indexes into the matcher's detectors, rising */
};

struct matcher;

/* only and skip are comma lists of detector names or their first parts; absent = no restriction. Fails (ERR_USAGE) on
 * a word that names no detector. */
MUST_USE bool detector_table_new(struct arena *a, const struct detector *const *list, str only, str skip,
                                 struct matcher **out, struct err *e);
const struct detector *matcher_detector(const struct matcher *m, uint16_t index);
/* Detectors that claim this path by name. */
void match_path(const struct matcher *m, str path, struct claims *out);
/* Detectors that recognise the beginning of a file nobody claimed by name. */
void match_head(const struct matcher *m, str head, const struct found_file *f, struct claims *out);
/* Some detector may ask for this file with collect_open. */
bool match_opens(const struct matcher *m, str path);
/* From now on the head of every file nobody claims by name is looked at, whatever its name and mode. */
void matcher_any_name(struct matcher *m);
/* A file with this name may be a program or library although no detector claims it by name. */
bool match_may_be_binary(const struct matcher *m, str base, uint32_t mode);
/* The name alone says that it is neither; spares the stat. */
bool match_is_text_name(const struct matcher *m, str base);

/* Nor are programs in this folder (with '/' behind); spares the stat of a system's thousands of data files. */
bool match_is_data_folder(const struct matcher *m, str folder);

#endif
