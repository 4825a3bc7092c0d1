/* SPDX-License-Identifier: Apache-2.0
 *
 * Declares each `const struct inspector` named in inspectors.list.
 */
#ifndef AKASHI_INSPECT_INSPECTORS_H
#define AKASHI_INSPECT_INSPECTORS_H

#include "inspect/inspect.h"

#define INSPECTOR(name) extern const struct inspector name;
#include "inspect/inspectors.list"
#undef INSPECTOR

#endif
