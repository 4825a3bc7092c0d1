/* SPDX-License-Identifier: Apache-2.0
 *
 * Pub (Dart): semantic versions whose build part counts too, behind everything else; no build is the smallest.
 */
#include "ident/semver.h"
#include "ident/version_part.h"

static enum order compare(str a, str b) {
    struct semver x, y;
    if (!semver_split(a, &x) || !semver_split(b, &y))
        return ORDER_ERROR;
    int c = semver_cmp(&x, &y);
    if (!c && (!x.build.n || !y.build.n))
        return order_of((x.build.n > 0) - (y.build.n > 0));
    return order_of(c ? c : semver_identifiers_cmp(x.build, y.build));
}

static const char *const names[] = {"dart", NULL};
const struct ecosystem eco_pub = {"Pub", names, compare, semver_valid, semver_key};
