/* SPDX-License-Identifier: Apache-2.0
 *
 * Objects of an SPDX tree taken member by member, by a table. What is not in the table, or does not fit the model,
 * stays an extra: the caller loses nothing by forgetting a member.
 */
#ifndef AKASHI_SBOM_SPDX_MEMBERS_H
#define AKASHI_SBOM_SPDX_MEMBERS_H

#include "sbom/codec.h"

struct taker {
    struct arena *a;
    void *more; /* what the format's own functions need */
    str prefix; /* of keys, taken off before the search; may be absent */
};

struct member {
    str key;
    /* Puts the value into the field; false = it does not fit there. */
    bool (*take)(struct taker *t, void *field, int arg, struct jv v);
    size_t at;
    int arg;
};

void take_members(struct taker *t, const struct member *table, size_t n, struct jv object, void *out,
                  struct sbom_extras *extras);

bool take_text(struct taker *t, void *field, int arg, struct jv v);
/* NONE and NOASSERTION say that nothing is said: the field stays absent and the word an extra. */
bool take_stated(struct taker *t, void *field, int arg, struct jv v);
bool take_texts(struct taker *t, void *field, int arg, struct jv v); /* struct sbom_strs */
bool take_nothing(struct taker *t, void *field, int arg, struct jv v);

static inline bool spdx_unstated(str s) { return str_is(s, "NOASSERTION") || str_is(s, "NONE"); }
str spdx_lower(struct arena *a, str s); /* a copy only when it is needed */

#define MEMBERS(t) t, sizeof(t) / sizeof *(t)

#endif
