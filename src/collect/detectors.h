/* SPDX-License-Identifier: Apache-2.0
 *
 * Declares each `const struct detector` named in detectors.list.
 */
#ifndef AKASHI_COLLECT_DETECTORS_H
#define AKASHI_COLLECT_DETECTORS_H

#include "collect/collect.h"

#define DETECTOR(name) extern const struct detector name;
#include "collect/detectors.list"
#undef DETECTOR

#endif
