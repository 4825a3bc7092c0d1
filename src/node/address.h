/* SPDX-License-Identifier: Apache-2.0
 *
 * Network addresses: where a server listens, who a client is, which nets are trusted to say so for others.
 */
#ifndef AKASHI_NODE_ADDRESS_H
#define AKASHI_NODE_ADDRESS_H

#include <sys/socket.h>

#include "base/arena.h"

/* IPv4 addresses are kept as ::ffff:a.b.c.d, so that there is one kind. */
struct address {
    unsigned char bytes[16];
};
bool address_parse(str text, struct address *out); /* "192.0.2.1", "2001:db8::1", "[2001:db8::1]" */
bool address_of_socket(const struct sockaddr *from, struct address *out);
str address_text(struct arena *a, const struct address *x);

/* "ADDRESS:PORT", "[ADDRESS]:PORT" to listen on. */
bool socket_address_parse(str text, struct sockaddr_storage *out, socklen_t *size);
str socket_address_text(struct arena *a, const struct sockaddr_storage *x);

/* "10.0.0.0/8", "2001:db8::/32", a bare address. */
struct net {
    struct address base;
    unsigned bits; /* of 128 */
};
bool net_parse(str text, struct net *out);
bool net_has(const struct net *net, const struct address *x);
bool nets_have(const struct net *nets, uint32_t n, const struct address *x);

/* Who really asks: when `peer` is one of the trusted proxies, the last address of "X-Forwarded-For" that is none of
 * them; what stands before it anybody may have written. */
struct address address_forwarded(const struct net *proxies, uint32_t n, const struct address *peer, str forwarded);

#endif
