/* SPDX-License-Identifier: Apache-2.0
 *
 * Go modules: semantic versions with a "v" (pseudo-versions are pre-releases, "+incompatible" does not count), and the
 * toolchain's own "go1.22rc1".
 */
#include "ident/semver.h"

static str without_go(str s) {
    s = str_trim(s);
    return s.n > 2 && str_starts(s, S("go")) && ch_digit(s.p[2]) ? str_from(s, 2) : s;
}
static enum order compare(str a, str b) { return semver_compare(without_go(a), without_go(b)); }
static bool valid(str v) { return semver_valid(without_go(v)); }
static uint64_t key(str v) { return semver_key(without_go(v)); }

static const char *const names[] = {"golang", NULL};
const struct ecosystem eco_go = {"Go", names, compare, valid, key};
