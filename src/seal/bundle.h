/* SPDX-License-Identifier: Apache-2.0
 *
 * What travels with a release, NAME.akashi.json: envelopes, each with the proof that it is in a log, so that anybody
 * can check them offline with public keys only.
 *
 *   {"bundle": "akashi/1",
 *    "statements": [{"envelope": {DSSE}, "proof": "TLOG-PROOF TEXT"} …],
 *    "keys": ["PEM or vkey" …],
 *    "documents": [{"sha256": "HEX", "content": "BASE64"} …]}
 *
 * Documents are what statements name by a digest and are no statements themselves (an SBOM that was imported).
 *
 * An envelope's identity is its canonical text, dsse_text(), wherever it stands: in a bundle, a file of its own, the
 * archive. The keys are hints (whom to ask about), never a reason to trust. Whether what is inside fits together is for
 * the verifier.
 */
#ifndef AKASHI_SEAL_BUNDLE_H
#define AKASHI_SEAL_BUNDLE_H

#include "seal/dsse.h"

struct bundled {
    struct dsse envelope;
    str text;  /* of the envelope, canonical: what log and archive know */
    str proof; /* C2SP tlog-proof; absent when it is in no log yet */
    str where; /* for messages: file#/pointer, file:line */
};
struct bundle_document {
    unsigned char sha256[32]; /* of its bytes: checked when it is read */
    str bytes;
};
struct bundle {
    VEC(struct bundled) statements;
    VEC(str) keys;
    VEC(struct bundle_document) documents;
};

MUST_USE bool bundle_parse(struct ctx *c, struct arena *a, str text, str where, struct bundle *out, struct err *e);
str bundle_text(struct arena *a, const struct bundle *b);

/* Envelopes in any wrapping we know: a bundle, one DSSE envelope, many (lines as in .intoto.jsonl, or a list), Sigstore
 * bundles (their dsseEnvelope). Keys stay empty but for our own. */
MUST_USE bool bundle_read_any(struct ctx *c, struct arena *a, str text, str where, struct bundle *out, struct err *e);

#endif
