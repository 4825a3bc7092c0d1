/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists of numbers as few bytes: base-128 numbers, least digits first, the last byte below 128.
 *
 *     components    for each: package - package before; then number within the package, or when the package is the
 *                   same, that number - the number before
 *     block         for each component: as above (the first is relative to 0), how many releases, each release -
 *                   release before (the first is relative to the run's first); or, where a bit for each of a bucket's
 *                   65,536 releases is shorter: 0, how many, those bits, the first release's the least of the first
 * byte
 */
#ifndef AKASHI_IMPACT_IDLIST_H
#define AKASHI_IMPACT_IDLIST_H

#include "impact/contents.h"

/* Component ids, ascending, each once. */
void idlist_write(struct buf *b, const component_id *ids, uint32_t n);
/* Next id of a list; false at the end, or where the bytes are no list. `last` starts as 0 and `rest` as the bytes. */
bool idlist_next(str *rest, component_id *last);

void idblock_write(struct buf *b, component_id last, component_id id, const uint16_t *offsets, uint32_t n);
/* The next component of a block, its count, and its releases in *offsets, which has room for `most`. False where the
 * bytes are none. */
bool idblock_next(str *rest, component_id *last, uint16_t *offsets, uint32_t most, uint32_t *n);

/* Sorts pairs by component; equal ones keep their order. `room` is as large as `v`. */
struct pair {
    component_id id;
    uint32_t at; /* release */
};
void pairs_sort(struct pair *v, struct pair *room, size_t n);
/* Sorts, and drops what stands more than once; returns how many are left. */
uint32_t ids_sort(component_id *v, uint32_t n);

#endif
