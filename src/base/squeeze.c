/* SPDX-License-Identifier: Apache-2.0
 *
 * First byte: 0 = the text as it is, 1 = a Zstandard frame that states its size.
 */
#include "base/squeeze.h"

#include <stdlib.h>
#include <zstd.h>

enum { LEVEL = -2 /* half the time of level 1, a sixth more bytes */, WORTH = 160 /* a shorter text hardly shrinks */ };

struct squeezer {
    ZSTD_CCtx *z;
    int level;
};

struct squeezer *squeezer_new_at(int level) {
    struct squeezer *s = calloc(1, sizeof *s);
    if (!s || !(s->z = ZSTD_createCCtx()))
        abort();
    s->level = level;
    return s;
}
struct squeezer *squeezer_new(void) {
    return squeezer_new_at(LEVEL);
}

void squeezer_level(struct squeezer *s, int level) { s->level = level; }

void squeezer_free(struct squeezer *s) {
    if (s)
        ZSTD_freeCCtx(s->z);
    free(s);
}

void squeeze(struct squeezer *s, struct buf *out, str text) {
    if (text.n >= WORTH) {
        size_t most = ZSTD_compressBound(text.n);
        char *to = buf_room(out, most + 1);
        size_t n = ZSTD_compressCCtx(s->z, to + 1, most, text.p, text.n, s->level);
        if (!ZSTD_isError(n) && n < text.n) {
            *to = 1;
            out->n += n + 1;
            return;
        }
    }
    buf_addc(out, 0);
    buf_add(out, text);
}

str unsqueeze(struct arena *a, str packed, size_t most) {
    str body = str_from(packed, 1);
    if (packed.n == 0)
        return (str){NULL, 0};
    if (packed.p[0] == 0)
        return body.n <= most ? arena_str(a, body) : (str){NULL, 0};
    unsigned long long size = ZSTD_getFrameContentSize(body.p, body.n);
    if (packed.p[0] != 1 || size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > most)
        return (str){NULL, 0};
    char *p = arena_alloc(a, (size_t)size + 1);
    size_t n = ZSTD_decompress(p, (size_t)size, body.p, body.n);
    return ZSTD_isError(n) || n != size ? (str){NULL, 0} : str_n(p, n);
}

size_t squeeze_most(size_t n) { return ZSTD_compressBound(n); }

size_t squeeze_into(struct squeezer *s, str text, void *to, size_t room) {
    size_t n = ZSTD_compressCCtx(s->z, to, room, text.p, text.n, s->level);
    return ZSTD_isError(n) ? 0 : n;
}

bool unsqueeze_into(str frame, void *to, size_t n) {
    size_t got = ZSTD_decompress(to, n, frame.p, frame.n);
    return !ZSTD_isError(got) && got == n;
}
