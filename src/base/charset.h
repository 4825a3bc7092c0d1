/* SPDX-License-Identifier: Apache-2.0
 *
 * Text as people in Japan save it, as UTF-8. The only module that knows iconv.
 */
#ifndef AKASHI_BASE_CHARSET_H
#define AKASHI_BASE_CHARSET_H

#include "base/ctx.h"

/* UTF-8 with or without a byte order mark, UTF-16, else Shift_JIS as Microsoft writes it (CP932). *charset is which:
 * "UTF-8", "UTF-16", "CP932". Fails where the text is none of them, with the line (where:LINE) that cannot be read.
 * out: the text itself, or in the arena. */
MUST_USE bool text_decode(struct arena *a, str text, str where, str *out, const char **charset, struct err *e);
/* To CP932; false with the line where a character has no place in it. */
MUST_USE bool text_encode_cp932(struct arena *a, str text, str where, str *out, struct err *e);
/* To UTF-16, big or little endian; a byte order mark in front stays one. */
MUST_USE bool text_encode_utf16(struct arena *a, str text, bool big, str where, str *out, struct err *e);

#endif
