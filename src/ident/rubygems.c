/* SPDX-License-Identifier: Apache-2.0
 *
 * RubyGems: runs of digits and of letters; a word makes it a pre-release; "-" reads as ".pre."; zeros at the end of the
 * numbers and of the rest do not count. A platform behind the version ("1.2.0-x86_64-linux") is no part of it.
 */
#include "ident/version_part.h"

static bool platform_word(str s) {
    static const char *const words[] = {
        "x86",     "x64",     "x86_64",      "i386",      "i486",    "i586",    "i686",   "amd64",
        "arm",     "arm64",   "aarch64",     "armv5",     "armv6",   "armv6l",  "armv7",  "armv7l",
        "armv8",   "armhf",   "ppc",         "ppc64",     "ppc64le", "powerpc", "s390x",  "riscv64",
        "sparc",   "mips",    "loongarch64", "universal", "java",    "jruby",   "mswin",  "mswin32",
        "mswin64", "mingw",   "mingw32",     "mingw64",   "linux",   "darwin",  "macos",  "freebsd",
        "openbsd", "solaris", "aix",         "wasm32",    "android", "windows", "dalvik", "dotnet"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_ieq(s, str_of(words[i])))
            return true;
    return false;
}

static str without_platform(str s) {
    str rest = str_trim(s), field;
    s = rest;
    while (str_next(&rest, '-', &field))
        if (field.p > s.p && platform_word(field))
            return str_upto(s, (size_t)(field.p - s.p) - 1);
    return s;
}

static bool segment(char c) { return ch_alnum(c); }

static bool valid(str v) {
    v = without_platform(v);
    bool before = false;
    for (size_t i = 0; i < v.n; i++) {
        char c = v.p[i];
        if (!segment(c) && !(before && (c == '.' || c == '-')))
            return false;
        before = segment(c) || c == '-';
    }
    /* The bound keeps next_segment() from looking ahead over and over in megabytes of zeros. */
    return v.n && v.n <= 1024 && before && ch_digit(v.p[0]);
}

/* Takes the next run; the "-" gives "pre" first. */
static bool next_run(str *s, str *run) {
    while (s->n && s->p[0] == '.')
        *s = str_from(*s, 1);
    if (s->n == 0)
        return false;
    if (s->p[0] == '-') {
        *s = str_from(*s, 1);
        *run = S("pre");
    } else {
        *run = ch_digit(s->p[0]) ? take_digits(s) : take_letters(s);
    }
    return true;
}

/* The run that counts: zeros are skipped when only zeros follow up to the first word or the end. */
static bool next_segment(str *s, bool *worded, str *run) {
    if (!next_run(s, run))
        return false;
    if (!ch_digit(run->p[0])) {
        *worded = true;
        return true;
    }
    str ahead = *s, zero = *run;
    while (digits_zero(zero)) {
        if (!next_run(&ahead, &zero))
            return false;
        if (!ch_digit(zero.p[0])) {
            /* Behind the first word zeros fall off at the very end only. */
            if (*worded)
                return true;
            *s = ahead;
            *run = zero;
            *worded = true;
            return true;
        }
    }
    return true;
}

static enum order compare(str a, str b) {
    if (!valid(a) || !valid(b))
        return ORDER_ERROR;
    a = without_platform(a);
    b = without_platform(b);
    bool worded_a = false, worded_b = false;
    for (;;) {
        str x = S("0"), y = S("0");
        bool more_a = next_segment(&a, &worded_a, &x), more_b = next_segment(&b, &worded_b, &y);
        if (!more_a && !more_b)
            return ORDER_EQUAL;
        if (!more_a)
            x = S("0");
        if (!more_b)
            y = S("0");
        bool nx = ch_digit(x.p[0]), ny = ch_digit(y.p[0]);
        int c = nx != ny ? (nx ? 1 : -1) : nx ? digits_cmp(x, y) : str_cmp(x, y);
        if (c)
            return order_of(c);
    }
}

/* Symbols: word 0, number 1; nothing is the number 0. */
static uint64_t key(str v) {
    if (!valid(v))
        return 0;
    struct key k = key_start();
    str s = without_platform(v), run;
    bool worded = false;
    while (k.left && next_segment(&s, &worded, &run)) {
        key_put(&k, ch_digit(run.p[0]), 1);
        if (ch_digit(run.p[0])) {
            key_digits(&k, run);
            continue;
        }
        for (size_t i = 0; i < run.n; i++)
            key_put(&k, (unsigned char)run.p[i], 7);
        key_put(&k, 0, 7);
    }
    while (k.left) {
        key_put(&k, 1, 1);
        key_number(&k, 0);
    }
    return key_end(k);
}

static const char *const names[] = {"gem", "ruby", NULL};
const struct ecosystem eco_rubygems = {"RubyGems", names, compare, valid, key};
