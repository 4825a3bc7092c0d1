/* SPDX-License-Identifier: Apache-2.0
 *
 * CPE 2.3: formatted strings, 2.2 URIs, well-formed names and their matching (NISTIR 7695, 7696).
 */
#ifndef AKASHI_IDENT_CPE_H
#define AKASHI_IDENT_CPE_H

#include "base/arena.h"
#include "base/err.h"

enum cpe_part {
    CPE_PART,
    CPE_VENDOR,
    CPE_PRODUCT,
    CPE_VERSION,
    CPE_UPDATE,
    CPE_EDITION,
    CPE_LANGUAGE,
    CPE_SW_EDITION,
    CPE_TARGET_SW,
    CPE_TARGET_HW,
    CPE_OTHER,
    CPE_PARTS
};
enum cpe_value { CPE_ANY, CPE_NA, CPE_TEXT };

/* A well-formed name. Text is unquoted lower case; special characters that were not escaped (* and ?) stay as
 * wildcards marked by a preceding 0x01 byte. */
struct cpe {
    struct {
        enum cpe_value kind;
        str text;
    } at[CPE_PARTS];
};

/* "cpe:2.3:a:…" or "cpe:/a:…". */
MUST_USE bool cpe_parse(struct arena *a, str text, struct cpe *out, struct err *e);
void cpe_write(const struct cpe *c, struct buf *out); /* formatted string */

enum cpe_relation { CPE_DISJOINT, CPE_EQUAL, CPE_SUBSET, CPE_SUPERSET, CPE_UNDEFINED };
/* Relation of source to target, over all parts (NISTIR 7696 §6.2, §7.3). */
enum cpe_relation cpe_compare(const struct cpe *source, const struct cpe *target);
/* One part. */
enum cpe_relation cpe_compare_part(const struct cpe *source, const struct cpe *target, enum cpe_part part);

#endif
