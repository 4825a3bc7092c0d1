/* SPDX-License-Identifier: Apache-2.0
 *
 * Debian: [epoch:]upstream[-revision], deb-version(7). The same walk serves all who use dpkg.
 */
#include "ident/version_part.h"

struct deb {
    str epoch, upstream, revision;
};

static bool part_ok(str s, bool upstream) {
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= ' ' || c >= 0x7f || (!upstream && c == ':'))
            return false;
    }
    return true;
}

/* dpkg itself takes more than the policy allows (an upstream that begins with a letter, "_", "^"), and so do those who
 * compare with it. */
static bool split(str s, struct deb *v) {
    *v = (struct deb){0};
    s = str_trim(s);
    size_t colon = str_chr(s, ':');
    if (colon != STR_NONE) {
        v->epoch = str_upto(s, colon);
        /* dpkg keeps the epoch in an int. */
        if (!all_digits(v->epoch) || digits_cmp(v->epoch, S("2147483647")) > 0)
            return false;
        s = str_from(s, colon + 1);
    }
    if (!str_rcut(s, '-', &v->upstream, &v->revision)) {
        v->upstream = s;
        v->revision = (str){NULL, 0};
    }
    bool empty = v->revision.p && v->revision.n == 0;
    return v->upstream.n && !empty && part_ok(v->upstream, true) && part_ok(v->revision, false);
}

/* "~" < end = digit < letters < the rest. */
static int weight(str s) {
    unsigned char c = s.n ? (unsigned char)s.p[0] : '0';
    return c == '~' ? -1 : ch_digit((char)c) ? 0 : ch_alpha((char)c) ? c : c + 256;
}

static int verrevcmp(str a, str b) {
    while (a.n || b.n) {
        while ((a.n && !ch_digit(a.p[0])) || (b.n && !ch_digit(b.p[0]))) {
            int x = weight(a), y = weight(b);
            if (x != y)
                return x < y ? -1 : 1;
            a = str_from(a, 1);
            b = str_from(b, 1);
        }
        str x = take_digits(&a), y = take_digits(&b);
        int c = digits_cmp(x, y);
        if (c)
            return c;
    }
    return 0;
}

static enum order compare(str a, str b) {
    struct deb x, y;
    if (!split(a, &x) || !split(b, &y))
        return ORDER_ERROR;
    int c = digits_cmp(x.epoch, y.epoch);
    if (!c)
        c = verrevcmp(x.upstream, y.upstream);
    return order_of(c ? c : verrevcmp(x.revision, y.revision));
}

static bool valid(str v) {
    struct deb x;
    return split(v, &x);
}

static uint64_t key(str v) {
    struct deb x;
    if (!split(v, &x))
        return 0;
    struct key k = key_start();
    key_digits(&k, x.epoch);
    str s = x.upstream;
    while (k.left) {
        /* "~" 0, end 1, letters 66…, the rest 256+33…; nine bits hold them all. */
        while (s.n && !ch_digit(s.p[0])) {
            key_put(&k, (unsigned)(weight(s) + 1), 9);
            s = str_from(s, 1);
        }
        key_put(&k, 1, 9);
        key_digits(&k, take_digits(&s));
    }
    return key_end(k);
}

static const char *const names[] = {"deb",     "dpkg",       "Ubuntu", "Echo",       "Raspbian", "Kali",
                                    "Devuan",  "Linux Mint", "Pop",    "elementary", "deepin",   "UOS",
                                    "Proxmox", "Vyos",       "opkg",   "openwrt",    "opam",     NULL};
const struct ecosystem eco_debian = {"Debian", names, compare, valid, key};
