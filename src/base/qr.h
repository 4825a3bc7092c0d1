/* SPDX-License-Identifier: Apache-2.0
 *
 * QR codes, for digests on paper. The only module that knows libqrencode, which is loaded when it is needed.
 */
#ifndef AKASHI_BASE_QR_H
#define AKASHI_BASE_QR_H

#include "base/arena.h"

struct qr {
    unsigned width;
    const unsigned char *dark; /* width × width, row by row: 1 is dark */
};
/* Error correction M. False when the text is too long for a code, or the library is not installed. */
MUST_USE bool qr_make(struct arena *a, str text, struct qr *out);
/* As an SVG image in its own right, with the quiet zone of four modules; says what it is for those who cannot see. */
str qr_svg(struct arena *a, const struct qr *q, str title);

#endif
