/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"
#include "node/address.h"
#include "node/target.h"

static void targets_are_taken_apart(void **state) {
    static const struct {
        const char *text, *raw, *path; /* raw NULL: refused */
        const char *name, *value;      /* of the last argument */
    } rows[] = {
        {"/", "/", "/", NULL, NULL},
        {"/a/b", "/a/b", "/a/b", NULL, NULL},
        {"/a/", "/a/", "/a/", NULL, NULL},
        {"/a%2Fb/c", "/a%2Fb/c", "/a/b/c", NULL, NULL},
        {"/%E8%A8%BC", "/%E8%A8%BC", "/証", NULL, NULL},
        {"/a+b?c+d=e+f", "/a+b", "/a+b", "c d", "e f"},
        {"/?x", "/", "/", "x", ""},
        {"/?x=", "/", "/", "x", ""},
        {"/?x=1&&y=%3D%26", "/", "/", "y", "=&"},
        {"/?a=b?c/d/../e", "/", "/", "a", "b?c/d/../e"},
        {"", NULL, NULL, NULL, NULL},
        {"a", NULL, NULL, NULL, NULL},
        {"*", NULL, NULL, NULL, NULL},
        {"http://x/", NULL, NULL, NULL, NULL},
        {"//x", NULL, NULL, NULL, NULL},
        {"/a//b", NULL, NULL, NULL, NULL},
        {"/a//", NULL, NULL, NULL, NULL},
        {"/../a", NULL, NULL, NULL, NULL},
        {"/a/..", NULL, NULL, NULL, NULL},
        {"/a/./b", NULL, NULL, NULL, NULL},
        {"/%2e%2E/a", NULL, NULL, NULL, NULL},
        {"/%00", NULL, NULL, NULL, NULL},
        {"/%0a", NULL, NULL, NULL, NULL},
        {"/%7f", NULL, NULL, NULL, NULL},
        {"/%", NULL, NULL, NULL, NULL},
        {"/%4", NULL, NULL, NULL, NULL},
        {"/%zz", NULL, NULL, NULL, NULL},
        {"/%ff", NULL, NULL, NULL, NULL},
        {"/%c0%af", NULL, NULL, NULL, NULL}, /* "/" written too long */
        {"/?%ff", NULL, NULL, NULL, NULL},
        {"/?a=%00", NULL, NULL, NULL, NULL},
    };
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct target x;
        bool ok = target_parse(t->a, str_of(rows[i].text), &x);
        if (ok != (rows[i].raw != NULL))
            fail_msg("%s is %s", rows[i].text, ok ? "taken" : "refused");
        if (!ok)
            continue;
        check_str(x.raw, rows[i].raw);
        check_str(x.path, rows[i].path);
        if (!rows[i].name) {
            assert_int_equal(x.n, 0);
            continue;
        }
        check_str(x.arguments[x.n - 1].name, rows[i].name);
        check_str(x.arguments[x.n - 1].value, rows[i].value);
        assert_non_null(x.arguments[x.n - 1].value.p);
    }
}

static void targets_are_bounded(void **state) {
    struct testing *t = *state;
    struct buf b = {0};
    struct target x;
    buf_addz(&b, "/?");
    for (int i = 0; i < ARGUMENTS_MOST; i++)
        buf_addz(&b, "a&");
    assert_true(target_parse(t->a, buf_str(&b), &x));
    buf_addz(&b, "a");
    assert_false(target_parse(t->a, buf_str(&b), &x));
    buf_clear(&b);
    while (b.n < TARGET_MOST)
        buf_addz(&b, "/a");
    assert_true(target_parse(t->a, buf_str(&b), &x));
    buf_addz(&b, "b");
    assert_false(target_parse(t->a, buf_str(&b), &x));
    buf_free(&b);
}

static void nets_hold_addresses(void **state) {
    static const struct {
        const char *net, *address;
        bool in;
    } rows[] = {
        {"10.0.0.0/8", "10.255.1.2", true},
        {"10.0.0.0/8", "11.0.0.1", false},
        {"192.0.2.1", "192.0.2.1", true},
        {"192.0.2.1", "192.0.2.2", false},
        {"192.0.2.128/25", "192.0.2.127", false},
        {"192.0.2.128/25", "192.0.2.200", true},
        {"0.0.0.0/0", "203.0.113.9", true},
        {"0.0.0.0/0", "2001:db8::1", false},
        {"2001:db8::/32", "2001:db8:1::1", true},
        {"2001:db8::/32", "2001:db9::1", false},
        {"::1", "::1", true},
        {"127.0.0.0/8", "::ffff:127.0.0.1", true},
    };
    static const char *const bad[] = {"", "10.0.0.0/33", "10.0.0/8", "x", "::/129", "10.0.0.0/-1", "10.0.0.0/"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct net net;
        struct address x;
        assert_true(net_parse(str_of(rows[i].net), &net) && address_parse(str_of(rows[i].address), &x));
        if (net_has(&net, &x) != rows[i].in)
            fail_msg("%s in %s", rows[i].address, rows[i].net);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct net net;
        if (net_parse(str_of(bad[i]), &net))
            fail_msg("\"%s\" is taken for a net", bad[i]);
    }
}

/* What stands before the last address that is no proxy of ours anybody may have written. */
static void only_proxies_are_believed(void **state) {
    static const struct {
        const char *peer, *forwarded, *client;
    } rows[] = {
        {"127.0.0.1", "", "127.0.0.1"},
        {"127.0.0.1", "192.0.2.7", "192.0.2.7"},
        {"127.0.0.1", "198.51.100.1, 192.0.2.7", "192.0.2.7"},
        {"127.0.0.1", "198.51.100.1, 10.1.1.1", "198.51.100.1"},
        {"127.0.0.1", "nonsense, 10.1.1.1", "10.1.1.1"},
        {"127.0.0.1", "2001:db8::7", "2001:db8::7"},
        {"127.0.0.1", "nonsense", "127.0.0.1"},
        {"203.0.113.5", "192.0.2.7", "203.0.113.5"},
    };
    struct testing *t = *state;
    struct net proxies[2];
    assert_true(net_parse(S("127.0.0.1"), &proxies[0]) && net_parse(S("10.0.0.0/8"), &proxies[1]));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct address peer, client;
        assert_true(address_parse(str_of(rows[i].peer), &peer));
        client = address_forwarded(proxies, 2, &peer, str_of(rows[i].forwarded));
        check_str(address_text(t->a, &client), rows[i].client);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(targets_are_taken_apart), TEST(targets_are_bounded),
                                       TEST(nets_hold_addresses), TEST(only_proxies_are_believed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
