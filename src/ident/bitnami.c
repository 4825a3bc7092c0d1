/* SPDX-License-Identifier: Apache-2.0
 *
 * Bitnami: upstream's version with the packaging revision behind it ("2.3.1-4"). Advisories speak of upstream's
 * version, so the revision does not count.
 */
#include "ident/semver.h"
#include "ident/version_part.h"

static bool split(str s, struct semver *v) {
    if (!semver_split(s, v))
        return false;
    size_t dash = str_rchr(v->pre, '-');
    if (all_digits(v->pre))
        v->pre = (str){NULL, 0};
    else if (dash != STR_NONE && all_digits(str_from(v->pre, dash + 1)))
        v->pre = str_upto(v->pre, dash);
    return true;
}

static enum order compare(str a, str b) {
    struct semver x, y;
    return split(a, &x) && split(b, &y) ? order_of(semver_cmp(&x, &y)) : ORDER_ERROR;
}
static uint64_t key(str v) {
    struct semver x;
    return split(v, &x) ? semver_key_of(&x) : 0;
}

static const char *const names[] = {NULL};
const struct ecosystem eco_bitnami = {"Bitnami", names, compare, semver_valid, key};
