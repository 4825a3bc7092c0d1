/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys as people hand them round. What it is is told by its content, never by a file's name. A text with two keys is
 * refused: nobody could tell which one is trusted.
 */
#ifndef AKASHI_SEAL_KEYTEXT_H
#define AKASHI_SEAL_KEYTEXT_H

#include "seal/sig.h"

enum key_form {
    KEY_PEM,      /* RFC 7468: -----BEGIN PUBLIC KEY-----, a SubjectPublicKeyInfo */
    KEY_VKEY,     /* C2SP signed-note: NAME+KEYID+KEY */
    KEY_SSH,      /* ssh-ed25519 AAAA… COMMENT, ecdsa-sha2-nistp256 AAAA… COMMENT */
    KEY_DER,      /* SubjectPublicKeyInfo; also as one line of base64 */
    KEY_MINISIGN, /* minisign and signify: untrusted comment: …, RW… */
    KEY_JWK,      /* RFC 7517 */
};
struct key_text {
    enum key_form form;
    struct pubkey key;
    str name; /* what the text calls it: of a vkey, an SSH comment, an untrusted comment, a kid; else absent */
};

/* A public key in any of the forms. A private key is refused by its name. */
MUST_USE bool keytext_read(struct ctx *c, struct arena *a, str text, str where, struct key_text *out, struct err *e);

/* The same, of what somebody typed: the name of a file ("-" is standard input), or the key itself. */
MUST_USE bool keytext_given(struct ctx *c, struct arena *a, str given, struct key_text *out, struct err *e);

/* "pem", "vkey", "ssh", "der", "minisign", "jwk". */
const char *key_form_name(enum key_form f);
/* PEM, vkey, SSH and DER can be written; name is the vkey's (required there) and the SSH comment. ERR_USAGE when the
 * form has no room for that kind of key or cannot be written. */
MUST_USE bool keytext_write(struct arena *a, enum key_form form, const struct pubkey *k, str name, str *out,
                            struct err *e);

/* A private key in PEM: PRIVATE KEY, ENCRYPTED PRIVATE KEY, EC PRIVATE KEY (with or without a passphrase), or PKCS#8 in
 * DER. *locked says why it failed: a passphrase is needed (none was given) or is wrong. The text should lie in secret
 * memory. */
MUST_USE bool keytext_private(str text, str passphrase, str where, struct privkey **out, bool *locked, struct err *e);

#endif
