/* SPDX-License-Identifier: Apache-2.0
 *
 * NuGet: up to four numbers, then a semantic pre-release compared without case; the build does not count.
 */
#include "ident/semver.h"
#include "ident/version_part.h"

static int identifiers_icmp(str a, str b) {
    str x, y;
    for (;;) {
        bool more_a = str_next(&a, '.', &x), more_b = str_next(&b, '.', &y);
        if (!more_a || !more_b)
            return more_a - more_b;
        bool nx = all_digits(x), ny = all_digits(y);
        int c = nx && ny ? digits_cmp(x, y) : nx != ny ? (nx ? -1 : 1) : str_icmp(x, y);
        if (c)
            return c;
    }
}

static enum order compare(str a, str b) {
    struct semver x, y;
    if (!semver_split(a, &x) || !semver_split(b, &y))
        return ORDER_ERROR;
    int c = semver_numbers_cmp(x.numbers, y.numbers);
    if (!c && (!x.pre.n || !y.pre.n))
        return order_of((x.pre.n == 0) - (y.pre.n == 0));
    return order_of(c ? c : identifiers_icmp(x.pre, y.pre));
}

static const char *const names[] = {"dotnet", NULL};
const struct ecosystem eco_nuget = {"NuGet", names, compare, semver_valid, semver_key};
