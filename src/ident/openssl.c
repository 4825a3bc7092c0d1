/* SPDX-License-Identifier: Apache-2.0
 *
 * OpenSSL: before 3.0 patch letters behind the three numbers (… 1.0.2y, 1.0.2z, 1.0.2za …), from 3.0 semantic.
 */
#include "ident/semver.h"
#include "ident/version_part.h"

static bool split(str s, struct semver *v, str *letters) {
    if (!semver_split(s, v))
        return false;
    const char *at = v->numbers.p + v->numbers.n;
    *letters = (str){NULL, 0};
    if (v->pre.n && v->pre.p == at) {
        *letters = take_letters(&v->pre);
        if (v->pre.n && v->pre.p[0] == '-')
            v->pre = str_from(v->pre, 1);
    }
    return true;
}

static enum order compare(str a, str b) {
    struct semver x, y;
    str p, q;
    if (!split(a, &x, &p) || !split(b, &y, &q))
        return ORDER_ERROR;
    int c = semver_numbers_cmp(x.numbers, y.numbers);
    if (!c)
        c = str_icmp(p, q);
    return order_of(c ? c : semver_cmp(&x, &y));
}

static bool valid(str v) {
    struct semver x;
    str letters;
    return split(v, &x, &letters);
}

static uint64_t key(str v) {
    struct semver x;
    str letters;
    if (!split(v, &x, &letters))
        return 0;
    struct key k = key_start();
    for (unsigned i = 0; i < 3; i++) {
        key_digits(&k, take_digits(&x.numbers));
        x.numbers = str_from(x.numbers, 1);
    }
    key_close(&k);
    return key_end(k);
}

static const char *const names[] = {NULL};
const struct ecosystem eco_openssl = {"openssl", names, compare, valid, key};
