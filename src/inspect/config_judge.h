/* SPDX-License-Identifier: Apache-2.0
 *
 * Operators of conditions, by the names rules files use.
 */
#ifndef AKASHI_INSPECT_CONFIG_JUDGE_H
#define AKASHI_INSPECT_CONFIG_JUDGE_H

#include "inspect/config_rules.h"

const struct config_op *config_op_find(str name); /* or NULL */

#endif
