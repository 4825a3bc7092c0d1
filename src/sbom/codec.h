/* SPDX-License-Identifier: Apache-2.0
 *
 * What a format of SBOM is to this room: a struct of facts and two functions. A format is one or more files with one
 * `const struct sbom_codec` for each notation, and one word each in the table of codec.c.
 *
 * Invariant: a reader fills r->out only with what the document says; a writer tells every loss.
 */
#ifndef AKASHI_SBOM_CODEC_H
#define AKASHI_SBOM_CODEC_H

#include "sbom/sbom.h"

struct sbom_reading {
    struct ctx *ctx;
    struct arena *arena;
    str text, where; /* UTF-8 without byte order mark, decompressed; lives as long as the arena */
    unsigned flags;  /* enum sbom_read_flags */
    struct json doc; /* NOTE_JSON: the parsed document; root.v == NULL otherwise */
    struct sbom *out;
    struct sbom_problems *problems; /* never NULL */
};

struct sbom_writing {
    struct ctx *ctx;
    struct arena *arena; /* temporary: gone after the call, with everything but *out and *losses' texts */
    const struct sbom *sbom;
    struct sbom_form form; /* with a version this codec writes */
    bool pretty;
    struct buf *out;
    struct sbom_problems *losses; /* never NULL */
};

struct sbom_codec {
    enum sbom_format format;
    enum sbom_notation notation;
    const char *name;   /* "cyclonedx-json" */
    const char *names;  /* other names, separated by spaces: "cyclonedx cdx cdx-json" */
    const char *writes; /* versions we write, separated by spaces, the usual one first; "" = read only */
    /* Fills r->out (fresh, with form as detected). Fails when the text cannot be read as this format at all; what only
     * breaks the format's rules goes to codec_error(). */
    bool (*read)(struct sbom_reading *r, struct err *e);
    bool (*write)(struct sbom_writing *w, struct err *e); /* NULL = read only */
};

extern const struct sbom_codec *const sbom_codecs[]; /* NULL at the end */
const struct sbom_codec *codec_of(enum sbom_format format, enum sbom_notation notation);
bool codec_writes(const struct sbom_codec *codec, str version);

/* The form of a parsed JSON document, by its root. */
struct sbom_form detect_json(struct jv root);

/* Notes what breaks the rules (error) or what could be better (advice). The list is capped; errors of one document
 * beyond the cap are counted in a last line. */
void codec_error(struct sbom_reading *r, str where, const char *what, ...) PRINTF_LIKE(3, 4);
void codec_advice(struct sbom_reading *r, str where, const char *what, ...) PRINTF_LIKE(3, 4);
bool codec_full(const struct sbom_reading *r); /* nothing more is noted; spares looking for places */
/* Place of a value of r->out->source, or of r->doc. */
str codec_place(struct sbom_reading *r, struct jv v);
/* Notes what the target cannot hold; `where` is the identity or JSON pointer of what loses it. */
void codec_loss(struct sbom_writing *w, str where, const char *what, ...) PRINTF_LIKE(3, 4);

/* A new extra that stays a value of the document. */
void extras_add(struct arena *a, struct sbom_extras *extras, str key, struct jv val);
/* The value of an extra is written behind its key. */
void extra_write(struct jw *w, const struct sbom_extra *extra);

#endif
