/* SPDX-License-Identifier: Apache-2.0
 *
 * Looking up many keys of a large map: one look-up waits for memory three times (slot, entry, key), many that are
 * brought near together hardly longer than one.
 */
#ifndef AKASHI_BASE_NEAR_H
#define AKASHI_BASE_NEAR_H

#include "base/arena.h"

/* Brings what looking up the keys of these hashes (hash_bytes()) reads nearer to the processor. */
void map_near(const struct map *m, const uint64_t *hashes, uint32_t n);
/* map_find() with the hash at hand. */
struct map_entry *map_find_hashed(const struct map *m, str key, uint64_t hash);

#endif
