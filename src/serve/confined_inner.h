/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said between the two sides (base/wire.h):
 *
 *     from inside, once: CONFINED or UNCONFINED
 *     from outside:      kind  language  name  more  size  the document
 *     from inside:       a frame: what (1 byte)  size (4)  its bytes
 *
 * Of advisories there are as many frames as parts: records and faults as they are found, then the end.
 */
#ifndef AKASHI_SERVE_CONFINED_INNER_H
#define AKASHI_SERVE_CONFINED_INNER_H

#include "serve/confined.h"

enum { READER_CONFINED = 'C', READER_UNCONFINED = 'U' };
enum {
    FRAME_GIST = 'g',
    FRAME_SHEET = 's',
    FRAME_FAULT = 'f',
    FRAME_RECORDS = 'r',
    FRAME_END = 'e',
    FRAME_SKETCH = 'k',
    FRAME_BUNDLE = 'b',
    FRAME_CATALOGUE = 'c',
    FRAME_GAP = 'p',
    FRAME_KEY = 'y',
};
enum { HEAD_MOST = 64 << 10, NAME_MOST = 4096, MORE_MOST = 64 << 20, DOCUMENT_MOST = 1 << 30 };

/* ── outside: one process (confined.c) ── */
struct reader {
    struct reader *next;
    pid_t pid;
    int fd;
    uint64_t whose; /* 0: nobody's yet */
    unsigned documents;
    bool tired; /* not to be asked again */
};
struct reader *readers_take(struct readers *r, str whose, const atomic_bool *stop, struct err *e);
void readers_give_back(struct readers *r, struct reader *x);
/* Ended by force where need be. */
void readers_lose(struct readers *r, struct reader *x, int *status);
void readers_unconfined(struct readers *r);
/* The one frame that is wanted, or what went wrong (confined_talk.c). */
MUST_USE bool readers_converse(struct readers *r, const struct reading_plan *plan, char want, struct buf *out,
                               struct err *e);

/* ── inside: one document ── */
struct asked_for {
    unsigned kind;
    str name, more, text;
    const char *lang;
};
MUST_USE bool reader_answer(char what, const struct buf *b);
MUST_USE bool read_bundle(struct ctx *c, struct arena *a, const struct asked_for *q, struct buf *out, struct err *e);
MUST_USE bool read_catalogue(struct ctx *c, struct arena *a, const struct asked_for *q, struct buf *out, struct err *e);
MUST_USE bool read_gap(struct arena *a, const struct asked_for *q, struct buf *out, struct err *e);
MUST_USE bool read_key(struct ctx *c, struct arena *a, const struct asked_for *q, struct buf *out, struct err *e);
/* Tells all of it, in as many frames as it takes. */
MUST_USE bool read_advisories(struct ctx *c, const struct asked_for *q);

#endif
