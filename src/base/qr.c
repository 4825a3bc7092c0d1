/* SPDX-License-Identifier: Apache-2.0 */
#include "base/qr.h"

#include <qrencode.h>

#include "base/library.h"
#include "base/xml.h"

#define LIBRARY "libqrencode.so.4"
enum { QUIET = 4 };

struct qr_calls {
    QRcode *(*encode)(const char *, int, QRecLevel, QRencodeMode, int);
    void (*free)(QRcode *);
};
static const struct library_call wanted[] = {{"QRcode_encodeString", offsetof(struct qr_calls, encode)},
                                             {"QRcode_free", offsetof(struct qr_calls, free)}};

bool qr_make(struct arena *a, str text, struct qr *out) {
    struct qr_calls k;
    *out = (struct qr){0};
    if (!library_load(LIBRARY, wanted, 2, &k))
        return false;
    QRcode *code = k.encode(arena_cstr(a, text), 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (!code)
        return false;
    out->width = (unsigned)code->width;
    size_t n = (size_t)out->width * out->width;
    unsigned char *dark = arena_alloc(a, n);
    for (size_t i = 0; i < n; i++)
        dark[i] = code->data[i] & 1;
    out->dark = dark;
    k.free(code);
    return true;
}

/* One path of runs: a rectangle for each row of dark modules side by side. */
static void runs(struct buf *b, const struct qr *q) {
    for (unsigned y = 0; y < q->width; y++)
        for (unsigned x = 0; x < q->width; x++) {
            unsigned end = x;
            while (end < q->width && q->dark[y * q->width + end])
                end++;
            if (end > x)
                buf_addf(b, "M%u %uh%uv1h-%uz", x + QUIET, y + QUIET, end - x, end - x);
            x = end;
        }
}

str qr_svg(struct arena *a, const struct qr *q, str title) {
    struct buf b = {0};
    unsigned side = q->width + 2 * QUIET;
    buf_addf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %u %u\" role=\"img\" class=\"qr\"><title>",
             side, side);
    xml_escape(&b, title);
    buf_addf(&b, "</title><path fill=\"#fff\" d=\"M0 0h%uv%uH0z\"/><path fill=\"#000\" d=\"", side, side);
    runs(&b, q);
    buf_addz(&b, "\"/></svg>");
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}
