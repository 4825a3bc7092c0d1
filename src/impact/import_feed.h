/* SPDX-License-Identifier: Apache-2.0
 *
 * The documents that are to be imported, one by one: paths, and lines of JSON.
 */
#ifndef AKASHI_IMPACT_IMPORT_FEED_H
#define AKASHI_IMPACT_IMPORT_FEED_H

#include "impact/import.h"

struct import_item {
    str where;     /* for messages */
    str path;      /* of the document; else */
    str line;      /* a line of JSON, or a document */
    str folder;    /* where the paths in a line begin */
    bool found;    /* in a folder: what is no SBOM is passed over */
    bool document; /* line is a document, whatever it looks like */
    uint64_t size; /* bytes, about */
};

struct import_feed;
struct import_feed *feed_new(struct ctx *c, const struct import_plan *plan);
void feed_free(struct import_feed *f);
/* How many there are; 0 = unknown, because some come from a stream. */
uint64_t feed_total(const struct import_feed *f);
/* The next one, text in the arena; *more false at the end. With wait false, *more is false too when a stream has
 * nothing at the moment (feed_over() tells). An input that cannot be read is the plan's fault(), and passed over. */
void feed_next(struct import_feed *f, struct arena *a, bool wait, struct import_item *out, bool *more);
bool feed_over(const struct import_feed *f);

#endif
