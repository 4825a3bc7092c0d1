/* SPDX-License-Identifier: Apache-2.0 */
#include "node/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>

static const unsigned char four_in_six[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static bool is_four(const struct address *x) { return memcmp(x->bytes, four_in_six, sizeof four_in_six) == 0; }

static void set_four(struct address *out, const void *four) {
    memcpy(out->bytes, four_in_six, sizeof four_in_six);
    memcpy(out->bytes + sizeof four_in_six, four, 4);
}

bool address_parse(str text, struct address *out) {
    char name[64];
    struct in_addr four;
    if (text.n > 2 && text.p[0] == '[' && text.p[text.n - 1] == ']')
        text = str_n(text.p + 1, text.n - 2);
    if (!text.n || text.n >= sizeof name)
        return false;
    memcpy(name, text.p, text.n);
    name[text.n] = 0;
    if (memchr(name, 0, text.n))
        return false;
    if (inet_pton(AF_INET, name, &four) == 1) {
        set_four(out, &four);
        return true;
    }
    return inet_pton(AF_INET6, name, out->bytes) == 1;
}

bool address_of_socket(const struct sockaddr *from, struct address *out) {
    *out = (struct address){{0}};
    if (from && from->sa_family == AF_INET)
        set_four(out, &((const struct sockaddr_in *)(const void *)from)->sin_addr);
    else if (from && from->sa_family == AF_INET6)
        memcpy(out->bytes, &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr, sizeof out->bytes);
    else
        return false;
    return true;
}

str address_text(struct arena *a, const struct address *x) {
    char name[INET6_ADDRSTRLEN] = "";
    if (is_four(x))
        inet_ntop(AF_INET, x->bytes + sizeof four_in_six, name, sizeof name);
    else
        inet_ntop(AF_INET6, x->bytes, name, sizeof name);
    return arena_str(a, str_of(name));
}

/* ── to listen on ── */

bool socket_address_parse(str text, struct sockaddr_storage *out, socklen_t *size) {
    struct sockaddr_in *four = (struct sockaddr_in *)out;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)out;
    struct address x;
    str host, port;
    uint64_t number;
    memset(out, 0, sizeof *out);
    if (!str_rcut(text, ':', &host, &port) || !str_u64(port, &number) || number > 65535 || !address_parse(host, &x))
        return false;
    bool bracketed = host.p[0] == '[';
    if (bracketed == is_four(&x)) /* "::1:80" could mean two things */
        return false;
    if (bracketed) {
        memcpy(&six->sin6_addr, x.bytes, sizeof x.bytes);
        six->sin6_family = AF_INET6;
        six->sin6_port = htons((uint16_t)number);
        *size = sizeof *six;
        return true;
    }
    memcpy(&four->sin_addr, x.bytes + sizeof four_in_six, 4);
    four->sin_family = AF_INET;
    four->sin_port = htons((uint16_t)number);
    *size = sizeof *four;
    return true;
}

str socket_address_text(struct arena *a, const struct sockaddr_storage *x) {
    const struct sockaddr_in *four = (const struct sockaddr_in *)x;
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)x;
    struct address plain;
    (void)address_of_socket((const struct sockaddr *)x, &plain);
    str name = address_text(a, &plain);
    if (x->ss_family == AF_INET6)
        return arena_printf(a, "[%.*s]:%u", STR_ARG(name), ntohs(six->sin6_port));
    return arena_printf(a, "%.*s:%u", STR_ARG(name), ntohs(four->sin_port));
}

/* ── nets ── */

bool net_parse(str text, struct net *out) {
    str base, bits;
    uint64_t n;
    bool given = str_cut(text, '/', &base, &bits);
    if (!address_parse(base, &out->base))
        return false;
    unsigned before = is_four(&out->base) && str_chr(base, ':') == STR_NONE ? 96 : 0;
    if (!given)
        n = 128 - before;
    else if (!str_u64(bits, &n) || n > 128 - before)
        return false;
    out->bits = before + (unsigned)n;
    return true;
}

bool net_has(const struct net *net, const struct address *x) {
    unsigned whole = net->bits / 8, rest = net->bits % 8;
    if (memcmp(net->base.bytes, x->bytes, whole) != 0)
        return false;
    return !rest || !((net->base.bytes[whole] ^ x->bytes[whole]) & (0xff << (8 - rest) & 0xff));
}

bool nets_have(const struct net *nets, uint32_t n, const struct address *x) {
    for (uint32_t i = 0; i < n; i++)
        if (net_has(&nets[i], x))
            return true;
    return false;
}

struct address address_forwarded(const struct net *proxies, uint32_t n, const struct address *peer, str forwarded) {
    struct address now = *peer, before;
    str head, last;
    while (forwarded.n && nets_have(proxies, n, &now)) {
        (void)str_rcut(forwarded, ',', &head, &last);
        if (!address_parse(str_trim(last), &before))
            break;
        now = before;
        forwarded = head;
    }
    return now;
}
