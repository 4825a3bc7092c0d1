/* SPDX-License-Identifier: Apache-2.0
 *
 * Conan references: name/version[@user/channel][#recipe revision][:package id][#package revision][%time].
 */
#ifndef AKASHI_COLLECT_CONAN_REF_H
#define AKASHI_COLLECT_CONAN_REF_H

#include "collect/report.h"

struct conan_ref {
    str name, version, user, channel, rrev;
};
/* False without a name. */
bool conan_ref_parse(str text, struct conan_ref *out);
/* Reports it, with the rest of `as`. */
void conan_ref_find(struct collect *c, struct arena *a, const struct conan_ref *ref, const struct find *as);

#endif
