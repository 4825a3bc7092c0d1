/* SPDX-License-Identifier: Apache-2.0
 *
 * The list of detectors: one word each, sorted. Where two claim the same file, both read it, in this order.
 */
#include "collect/detectors.h"

const struct detector *const detectors[] = {
#define DETECTOR(name) &name,
#include "collect/detectors.list"
#undef DETECTOR
    NULL,
};
