/* SPDX-License-Identifier: Apache-2.0
 *
 * One text for one content: members in the order of their names' bytes, no blanks, whole numbers without a point, a
 * label that is the same in both languages as one text. What is named by a digest (catalogues, maps) is named by the
 * digest of this. canonical(canonical(x)) == canonical(x).
 */
#ifndef AKASHI_CONFORM_CANONICAL_H
#define AKASHI_CONFORM_CANONICAL_H

#include "base/json.h"

str canonical_text(struct arena *a, struct jv v);

#endif
