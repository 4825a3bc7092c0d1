/* SPDX-License-Identifier: Apache-2.0
 *
 * RPM: [epoch:]version[-release], compared as rpm ≥ 4.15 does (with "~" and "^").
 */
#include "ident/version_part.h"

static bool separator(str s) { return s.n && !ch_alnum(s.p[0]) && s.p[0] != '~' && s.p[0] != '^'; }
static bool begins(str s, char c) { return s.n && s.p[0] == c; }

/* Takes off separators. Answers 2 when neither "~" nor "^" decides. */
static int marks_cmp(str *a, str *b) {
    while (separator(*a))
        *a = str_from(*a, 1);
    while (separator(*b))
        *b = str_from(*b, 1);
    if (begins(*a, '~') || begins(*b, '~')) {
        if (!begins(*a, '~'))
            return 1;
        return begins(*b, '~') ? 0 : -1;
    }
    if (begins(*a, '^') || begins(*b, '^')) {
        if (!a->n)
            return -1;
        if (!b->n)
            return 1;
        if (!begins(*a, '^'))
            return 1;
        return begins(*b, '^') ? 0 : -1;
    }
    return 2;
}

static int rpmvercmp(str a, str b) {
    while (a.n || b.n) {
        int mark = marks_cmp(&a, &b);
        if (mark == 0) {
            a = str_from(a, 1);
            b = str_from(b, 1);
            continue;
        }
        if (mark != 2)
            return mark;
        if (!a.n || !b.n)
            break;
        int c = segment_cmp(&a, &b);
        if (c)
            return c;
    }
    return (a.n > 0) - (b.n > 0);
}

static enum order compare(str a, str b) {
    struct evr x, y;
    if (!evr_split(a, &x) || !evr_split(b, &y))
        return ORDER_ERROR;
    int c = digits_cmp(x.epoch, y.epoch);
    if (!c)
        c = rpmvercmp(x.version, y.version);
    if (!c && (!x.release.p || !y.release.p))
        c = (x.release.p != NULL) - (y.release.p != NULL);
    return order_of(c ? c : rpmvercmp(x.release, y.release));
}

static bool valid(str v) {
    struct evr x;
    return evr_split(v, &x);
}

/* Symbols at each step: "~" 0, end 1, "^" 2, letters 3, number 4. */
static uint64_t key(str v) {
    struct evr x;
    if (!evr_split(v, &x))
        return 0;
    struct key k = key_start();
    key_digits(&k, x.epoch);
    str s = x.version;
    for (;;) {
        while (separator(s))
            s = str_from(s, 1);
        if (!s.n || !k.left)
            break;
        if (s.p[0] == '~' || s.p[0] == '^') {
            key_put(&k, s.p[0] == '~' ? 0 : 2, 3);
            s = str_from(s, 1);
        } else if (ch_digit(s.p[0])) {
            key_put(&k, 4, 3);
            key_digits(&k, take_digits(&s));
        } else {
            str letters = take_letters(&s);
            key_put(&k, 3, 3);
            for (size_t i = 0; i < letters.n; i++)
                key_put(&k, (uint64_t)(unsigned char)letters.p[i], 7);
            key_put(&k, 0, 7);
        }
    }
    key_put(&k, 1, 3);
    key_close(&k);
    return key_end(k);
}

static const char *const names[] = {
    "rpm",          "AlmaLinux",   "Rocky Linux",   "Rocky",  "SUSE",        "openSUSE",
    "openEuler",    "Mageia",      "Photon OS",     "Photon", "Fedora",      "CentOS",
    "Oracle Linux", "Oracle",      "Amazon Linux",  "Amazon", "Azure Linux", "azurelinux",
    "Mariner",      "CBL-Mariner", "RHEL",          "redhat", "Anolis",      "Alibaba Cloud Linux",
    "OpenCloudOS",  "TencentOS",   "Miracle Linux", "SLES",   "ROSA",        "OpenMandriva",
    "yocto",        NULL};
const struct ecosystem eco_rpm = {"Red Hat", names, compare, valid, key};
