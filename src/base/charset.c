/* SPDX-License-Identifier: Apache-2.0 */
#include "base/charset.h"

#include <errno.h>
#include <iconv.h>

#include "base/file.h"

static uint32_t line_of(str text, size_t at) {
    uint32_t line = 1;
    for (size_t i = 0; i < at && i < text.n; i++)
        line += text.p[i] == '\n';
    return line;
}

/* The whole text or nothing. *bad: bytes in front of what cannot be converted. */
static bool convert(struct arena *a, iconv_t cd, str text, size_t grow, str *out, size_t *bad) {
    size_t room = text.n * grow, left = text.n;
    char *to = arena_room(a, room + 1), *end = to, *from = (char *)(uintptr_t)text.p;
    bool ok = iconv(cd, &from, &left, &end, &room) != (size_t)-1 && iconv(cd, NULL, NULL, &end, &room) != (size_t)-1;
    *bad = text.n - left;
    *out = str_n(to, (size_t)(end - to));
    return ok;
}

static bool with_iconv(struct arena *a, const char *to, const char *from, str text, size_t grow, str where, str *out,
                       const char *what, struct err *e) {
    size_t bad = 0;
    iconv_t cd = iconv_open(to, from);
    if (cd == (iconv_t)-1) { // NOLINT(performance-no-int-to-ptr): what iconv_open gives
        err_set(e, ERR_ENV, where, "%s", _("this system cannot convert Shift_JIS (CP932)"));
        return err_hint(e, "%s", _("save the file as UTF-8; on Debian 13 the package libc-gconv-modules-extra has it"));
    }
    bool ok = convert(a, cd, text, grow, out, &bad);
    iconv_close(cd);
    if (ok)
        return true;
    str place = arena_printf(a, "%.*s:%u", STR_ARG(where), line_of(text, bad));
    return err_set(e, ERR_INPUT, place, "%s", what);
}

bool text_decode(struct arena *a, str text, str where, str *out, const char **charset, struct err *e) {
    *out = text_utf8(a, text);
    *charset = out->p == text.p || str_from(text, 3).p == out->p ? "UTF-8" : "UTF-16";
    if (str_utf8_ok(*out))
        return true;
    *charset = "CP932";
    /* A byte of half-width kana becomes three. */
    if (with_iconv(a, "UTF-8", "CP932", text, 3, where, out, _("this is neither UTF-8 nor Shift_JIS"), e))
        return true;
    return e && e->kind == ERR_INPUT ? err_hint(e, "%s", _("save the file as \"CSV UTF-8\"")) : false;
}

bool text_encode_cp932(struct arena *a, str text, str where, str *out, struct err *e) {
    return with_iconv(a, "CP932", "UTF-8", text, 2, where, out, _("a character here does not exist in Shift_JIS"), e);
}

bool text_encode_utf16(struct arena *a, str text, bool big, str where, str *out, struct err *e) {
    return with_iconv(a, big ? "UTF-16BE" : "UTF-16LE", "UTF-8", text, 2, where, out, _("this is no UTF-8"), e);
}
