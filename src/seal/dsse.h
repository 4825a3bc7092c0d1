/* SPDX-License-Identifier: Apache-2.0
 *
 * DSSE envelopes. What is handed on is exactly the bytes that were verified.
 */
#ifndef AKASHI_SEAL_DSSE_H
#define AKASHI_SEAL_DSSE_H

#include "base/json.h"
#include "seal/sig.h"

enum { DSSE_SIGNATURES_MOST = 64 };
struct dsse_signature {
    str keyid; /* a hint, never a decision */
    str sig;   /* bytes */
};
struct dsse {
    str payload_type, payload; /* payload: bytes, decoded */
    VEC(struct dsse_signature) signatures;
};

/* Unknown members are ignored; base64 of both alphabets is accepted. An envelope without signatures can be read (and
 * verifies with no key); one with a signature that is not base64 cannot. */
MUST_USE bool dsse_parse(struct ctx *c, struct arena *a, str text, str where, struct dsse *out, struct err *e);
/* The same from a value within another document (a bundle). */
MUST_USE bool dsse_from(struct arena *a, const struct json *doc, struct jv v, struct dsse *out, struct err *e);
/* One line of JSON, members in the order payload, payloadType, signatures. */
str dsse_text(struct arena *a, const struct dsse *d);

/* "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body */
str dsse_pae(struct arena *a, str payload_type, str payload);

/* Adds a signature; signing twice with one key replaces the first. */
MUST_USE bool dsse_sign(struct arena *a, struct dsse *d, const struct privkey *k, struct err *e);

/* How many distinct keys of the n have a good signature; good[i] (may be NULL) says which. An envelope that carries one
 * signature twice counts its key once. */
uint32_t dsse_verify(struct arena *a, const struct dsse *d, const struct pubkey *keys, uint32_t n, bool *good);

#define DSSE_IN_TOTO "application/vnd.in-toto+json"

#endif
