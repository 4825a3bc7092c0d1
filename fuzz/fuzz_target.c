/* SPDX-License-Identifier: Apache-2.0
 *
 * What a client writes in a request's head and in a form: a target that is taken keeps its promises and means the same
 * when it is written again; routes are found in any of them; forwarded addresses come from the header or the peer, and
 * parts of a form lie within it.
 */
#include <stdlib.h>

#include "node/address.h"
#include "node/target.h"
#include "serve/multipart.h"
#include "serve/route.h"
#include "serve/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static void check_text(str s) {
    check(str_utf8_ok(s));
    for (size_t i = 0; i < s.n; i++)
        check((unsigned char)s.p[i] >= ' ' && s.p[i] != 0x7f);
}

static void escape(struct buf *b, str s) {
    for (size_t i = 0; i < s.n; i++)
        buf_addf(b, "%%%02x", (unsigned char)s.p[i]);
}

static void check_target(struct arena *a, str text) {
    struct target x, y;
    struct buf b = {0};
    str rest, part, parts[ROUTE_PARTS], allowed;
    if (!target_parse(a, text, &x))
        return;
    check_text(x.path);
    rest = str_from(x.raw, 1);
    for (buf_addc(&b, '/'); str_next(&rest, '/', &part);) {
        str plain;
        check(target_decode(a, part, false, &plain));
        check(!str_is(plain, ".") && !str_is(plain, ".."));
        if (b.n > 1)
            buf_addc(&b, '/');
        escape(&b, plain);
    }
    for (uint32_t i = 0; i < x.n; i++) {
        check_text(x.arguments[i].name);
        check_text(x.arguments[i].value);
        buf_addc(&b, i ? '&' : '?');
        escape(&b, x.arguments[i].name);
        buf_addc(&b, '=');
        escape(&b, x.arguments[i].value);
    }
    if (b.n <= TARGET_MOST) {
        check(target_parse(a, buf_str(&b), &y) && y.n == x.n);
        for (uint32_t i = 0; i < x.n; i++)
            check(str_eq(x.arguments[i].name, y.arguments[i].name) &&
                  str_eq(x.arguments[i].value, y.arguments[i].value));
    }
    buf_free(&b);
    const struct api *r = api_find(a, S("GET"), x.raw, parts, &allowed);
    for (unsigned i = 0; r && i < ROUTE_PARTS; i++)
        check_text(parts[i]);
}

static void check_forwarded(str text) {
    struct net net;
    struct address peer, client;
    check(net_parse(S("127.0.0.0/8"), &net) && address_parse(S("127.0.0.1"), &peer));
    client = address_forwarded(&net, 1, &peer, text);
    check(text.n || memcmp(&client, &peer, sizeof peer) == 0);
    if (net_parse(text, &net))
        check(net.bits <= 128 && net_has(&net, &net.base));
}

static void check_form(struct arena *a, str text) {
    struct form_parts list;
    if (!multipart_read(a, S("multipart/form-data; boundary=B"), text, &list))
        return;
    for (uint32_t i = 0; i < list.n; i++)
        check(list.v[i].body.p >= text.p && list.v[i].body.p + list.v[i].body.n <= text.p + text.n);
}

/* One value, or none where two of one name differ. */
static void check_cookie(str text) {
    str value = cookie_of(text, "akashi");
    check(!value.n || (value.p >= text.p && value.p + value.n <= text.p + text.n));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_new();
    str text = {(const char *)data, size};
    check_target(a, text);
    check_forwarded(text);
    check_form(a, text);
    check_cookie(text);
    arena_free(a);
    return 0;
}
