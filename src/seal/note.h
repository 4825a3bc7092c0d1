/* SPDX-License-Identifier: Apache-2.0
 *
 * C2SP signed-note, tlog-checkpoint and tlog-cosignature, read and written byte for byte.
 */
#ifndef AKASHI_SEAL_NOTE_H
#define AKASHI_SEAL_NOTE_H

#include "seal/sig.h"

/* The byte that says what a note's key is for. */
enum note_use { NOTE_ED25519 = 1, NOTE_COSIGNATURE = 4, NOTE_ML_DSA_44 = 6 };

/* A verifier key: "name+hex(key id)+base64(use ‖ key)". */
struct vkey {
    str name;
    enum note_use use;
    unsigned char id[4];
    struct pubkey key;
};
MUST_USE bool vkey_parse(struct arena *a, str text, str where, struct vkey *out, struct err *e);
/* False when the kind of key cannot have that use. */
bool vkey_of(struct arena *a, str name, enum note_use use, const struct pubkey *k, struct vkey *out);
str vkey_text(struct arena *a, const struct vkey *v);

struct note_line {
    str name;
    unsigned char id[4];
    str sig; /* behind the id */
};
struct note {
    str text; /* with its last newline; what is signed */
    VEC(struct note_line) lines;
};
/* Names and texts are borrowed from bytes; at most 1 MiB and 128 lines. The place of an error is where:LINE. */
MUST_USE bool note_parse(struct arena *a, str bytes, str where, struct note *out, struct err *e);
str note_text(struct arena *a, const struct note *n);
/* One line of a signature, without its newline; false when it is none. */
bool note_line_parse(struct arena *a, str line, struct note_line *out);
/* Adds a line, in the place of one of the same key if there is one. */
void note_put(struct arena *a, struct note *n, const struct note_line *line);
void note_line_add(struct arena *a, struct buf *b, const struct note_line *l);
/* Whether it can name a key: something, without Unicode spaces and "+". */
bool note_name_ok(str name);

/* Checkpoints. */
struct checkpoint {
    str origin;
    uint64_t size;
    unsigned char root[32];
    str extensions; /* further lines, each with its newline; "" usually */
};
/* text is a note's text; origin and extensions are borrowed from it. */
MUST_USE bool checkpoint_parse(str text, str where, struct checkpoint *out, struct err *e);
str checkpoint_text(struct arena *a, const struct checkpoint *c);
/* Decimal without leading zeros; a SHA-256 in base64: as all tlog formats have them. */
bool tlog_number(str s, uint64_t *out);
bool tlog_hash(str base64, unsigned char out[32]);

/* Signs and adds a line, or replaces the line this key made before. time is used by cosignatures only. */
MUST_USE bool note_sign(struct arena *a, struct note *n, str name, enum note_use use, const struct privkey *k,
                        uint64_t time, struct err *e);
/* A good line of that key: *time (may be NULL) is a cosignature's, the newest if there are several. A line that names
 * the key and does not verify makes the whole note bad: false with *broken = true. */
bool note_verify(const struct note *n, const struct vkey *v, uint64_t *time, bool *broken);

#endif
