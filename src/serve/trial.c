/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/trial.h"

const char *const import_kind_words[IMPORT_KINDS] = {"sboms",    "advisories",  "parties",
                                                     "products", "deployments", "services"};

bool import_kind_of(str word, enum import_kind *out) {
    for (int i = 0; i < IMPORT_KINDS; i++)
        if (str_is(word, import_kind_words[i])) {
            *out = (enum import_kind)i;
            return true;
        }
    return false;
}
