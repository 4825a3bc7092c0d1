/* SPDX-License-Identifier: Apache-2.0
 *
 * Properties of the version orders on made-up versions: each is a total order where its ecosystem has one, its coarse
 * key never contradicts it, and Debian's and RPM's agree with dpkg and rpm where these are installed.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/temporary.h"
#include "base/testing.h"
#include "ident/version.h"

enum { POOL = 100, PAIRS = 400 };

/* xorshift, so that a failure comes back with its seed. */
static uint32_t next_random(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (uint32_t)(*seed >> 32);
}

static const char *const pieces[] = {
    "0",  "1",   "2",  "9",    "10",    "01",       "00",   "010", "20240101", "18446744073709551616",
    ".",  ".",   ".",  "-",    "-",     "+",        "~",    "^",   "_",        "a",
    "b",  "c",   "rc", "beta", "alpha", "dev",      "post", "pre", "p",        "r",
    "_p", "_rc", "-r", "sp",   "final", "snapshot", "ga",   "u",   "git",      "z",
    ".0", "-0",  ".1", "1.0",  "A",     "RC"};
static const char *const dates[] = {"2024-01-01T00:00:00Z",      "2024-02-29T23:59:59.5Z", "1999-12-31T23:00:00-01:00",
                                    "2024-01-01T01:00:00+01:00", "0001-01-01T00:00:00Z",   "9999-12-31T23:59:60Z"};

static str made_up(struct arena *a, uint64_t *seed) {
    struct buf b = {0};
    unsigned n = 1 + next_random(seed) % 7;
    if (next_random(seed) % 12 == 0)
        buf_addz(&b, dates[next_random(seed) % 6]);
    else {
        if (next_random(seed) % 6 == 0)
            buf_add(&b, S("1:"));
        buf_addf(&b, "%u", next_random(seed) % 3);
        while (n--)
            buf_addz(&b, pieces[next_random(seed) % (sizeof pieces / sizeof *pieces)]);
    }
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

static str made_up_valid(struct arena *a, const struct ecosystem *eco, uint64_t *seed) {
    str s = S("");
    for (int tries = 0; tries < 20000; tries++) {
        s = made_up(a, seed);
        if (eco->valid(s))
            break;
    }
    return s;
}

/* Conan compares numbers with words as text, pacman ignores a release only one side has, Maven ranks ".word" against
 * "-word" and against nothing in ways that do not fit, commits have no order. */
static bool is_total(const struct ecosystem *eco) {
    static const char *const partial[] = {"ConanCenter", "Arch Linux", "Maven", "GIT"};
    for (size_t i = 0; i < sizeof partial / sizeof *partial; i++)
        if (str_is(str_of(eco->name), partial[i]))
            return false;
    return true;
}

static void check_pair(const struct ecosystem *eco, str a, str b) {
    enum order o = eco->compare(a, b), back = eco->compare(b, a);
    if (o == ORDER_ERROR || o != -back)
        fail_msg("%s: %.*s %d %.*s, %d back", eco->name, STR_ARG(a), o, STR_ARG(b), back);
    uint64_t x = eco->key(a), y = eco->key(b);
    if (!x || !y || (x < y && o != ORDER_LESS) || (x > y && o != ORDER_GREATER))
        fail_msg("%s: keys of %.*s %d %.*s: %llx %llx", eco->name, STR_ARG(a), o, STR_ARG(b), (unsigned long long)x,
                 (unsigned long long)y);
}

static void check_triples(const struct ecosystem *eco, const str *pool, const signed char *m) {
    for (int i = 0; i < POOL; i++)
        for (int j = 0; j < POOL; j++)
            for (int k = 0; m[i * POOL + j] <= 0 && k < POOL; k++)
                if (m[j * POOL + k] <= 0 && m[i * POOL + k] > m[i * POOL + j])
                    fail_msg("%s: %.*s, %.*s, %.*s are in a circle", eco->name, STR_ARG(pool[i]), STR_ARG(pool[j]),
                             STR_ARG(pool[k]));
}

static void total_orders(void **state) {
    struct testing *t = *state;
    static signed char m[POOL * POOL];
    uint64_t seed = 20261121;
    for (const struct ecosystem *const *e = ecosystems; *e; e++) {
        const struct ecosystem *eco = *e;
        str pool[POOL];
        for (int i = 0; i < POOL; i++)
            pool[i] = made_up_valid(t->a, eco, &seed);
        for (int i = 0; i < POOL; i++) {
            if (eco->compare(pool[i], pool[i]) != ORDER_EQUAL)
                fail_msg("%s: %.*s differs from itself", eco->name, STR_ARG(pool[i]));
            for (int j = 0; j < POOL; j++) {
                m[i * POOL + j] = (signed char)eco->compare(pool[i], pool[j]);
                if (!str_is(str_of(eco->name), "GIT"))
                    check_pair(eco, pool[i], pool[j]);
            }
        }
        if (is_total(eco))
            check_triples(eco, pool, m);
    }
}

/* ── against the tools ── */

/* Writes pairs to a file, one on a line, and answers its name. */
static const char *write_pairs(struct testing *t, str (*pairs)[2], const char *eco, uint64_t seed) {
    char *name = temporary_name(arena_alloc(t->a, 256), 256, "order");
    int fd = mkstemp(name);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    if (!f)
        fail_msg("cannot write %s", name);
    const struct ecosystem *e = ecosystem_find(str_of(eco));
    for (int i = 0; i < PAIRS; i++) {
        pairs[i][0] = made_up_valid(t->a, e, &seed);
        /* Half of the pairs share a beginning: random strings alone differ too soon. */
        pairs[i][1] = made_up_valid(t->a, e, &seed);
        if (i % 2) {
            str joined = arena_cat(t->a, pairs[i][0], str_from(pairs[i][1], 1));
            if (e->valid(joined))
                pairs[i][1] = joined;
        }
        fprintf(f, "%.*s %.*s\n", STR_ARG(pairs[i][0]), STR_ARG(pairs[i][1]));
    }
    fclose(f);
    return name;
}

static void against_tool(struct testing *t, const char *eco, const char *before, const char *after, uint64_t seed) {
    static str pairs[PAIRS][2];
    const char *file = write_pairs(t, pairs, eco, seed);
    FILE *p = popen(arena_printf(t->a, "%s%s%s", before, file, after).p, "r");
    char line[16];
    int rows = 0;
    for (; p && rows < PAIRS && fgets(line, sizeof line, p); rows++) {
        enum order want = line[0] == '-' ? ORDER_LESS : line[0] == '0' ? ORDER_EQUAL : ORDER_GREATER;
        enum order got = ecosystem_find(str_of(eco))->compare(pairs[rows][0], pairs[rows][1]);
        if (got != want)
            fail_msg("%s: %.*s %.*s: tool %d, we %d", eco, STR_ARG(pairs[rows][0]), STR_ARG(pairs[rows][1]), want, got);
    }
    if (p)
        pclose(p);
    unlink(file);
    assert_int_equal(rows, PAIRS);
}

static void debian_agrees_with_dpkg(void **state) {
    if (access("/usr/bin/dpkg", X_OK) != 0)
        skip();
    against_tool(*state, "Debian",
                 "while read a b; do if dpkg --compare-versions \"$a\" lt \"$b\"; then echo -1; "
                 "elif dpkg --compare-versions \"$a\" eq \"$b\"; then echo 0; else echo 1; fi; done < ",
                 " 2>/dev/null", 7);
}

static void rpm_agrees_with_rpm(void **state) {
    if (access("/usr/bin/rpm", X_OK) != 0)
        skip();
    against_tool(*state, "rpm", "rpm --eval \"%{lua: for l in io.lines('",
                 "') do local a, b = l:match('([^ ]+) ([^ ]+)'); print(rpm.vercmp(a, b) .. string.char(10)) end}\"",
                 11);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(total_orders), TEST(debian_agrees_with_dpkg), TEST(rpm_agrees_with_rpm)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
