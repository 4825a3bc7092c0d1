/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of SPDX 3.0: classes with their properties as a table, and what goes across elements.
 */
#ifndef AKASHI_SBOM_SPDX3_CHECK_H
#define AKASHI_SBOM_SPDX3_CHECK_H

#include "sbom/spdx3.h"

enum spdx3_value {
    VALUE_TEXT,
    VALUE_FLAG,
    VALUE_DECIMAL, /* a number, or a text that is one */
    VALUE_SIZE,    /* a whole number from 0 */
    VALUE_PLACE,   /* a whole number from 1 */
    VALUE_WORD,
    VALUE_THING, /* an object, or the id of one */
};
enum { NEEDED = 1, LIST = 2, FILLED = 4 /* a list with at least one */ };

struct spdx3_property {
    const char *name;
    enum spdx3_value value;
    unsigned flags;
    const char *const *words; /* of VALUE_WORD; NULL at the end */
};

enum spdx3_use { ABSTRACT, PART /* of an element */, ELEMENT /* has an spdxId */ };
struct spdx3_class_def {
    const char *name, *parent;
    const struct spdx3_property *properties;
    size_t n;
    enum spdx3_use use;
};
extern const struct spdx3_class_def spdx3_classes[]; /* name == NULL at the end */

void spdx3_check_tree(struct sbom_reading *r, const struct json *tree);

#endif
