/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"

#include <errno.h>
#include <stdio.h>

/* Cuts at a character boundary: a message is shown to people. */
static void put(char *to, size_t size, str s) {
    size_t n = s.n < size ? s.n : size - 1;
    while (n < s.n && n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    if (n)
        memmove(to, s.p, n);
    to[n] = 0;
}

static void PRINTF_LIKE(3, 0) putv(char *to, size_t size, const char *fmt, va_list ap) {
    struct buf b = {0};
    buf_addv(&b, fmt, ap);
    put(to, size, buf_str(&b));
    buf_free(&b);
}

static void PRINTF_LIKE(4, 0) fill(struct err *e, enum err_kind kind, str where, const char *what, va_list ap) {
    if (!e)
        return;
    struct buf b = {0};
    buf_addv(&b, what, ap); /* before e changes: the arguments may point into it */
    e->kind = kind;
    e->hint[0] = 0;
    put(e->where, sizeof e->where, where);
    put(e->what, sizeof e->what, buf_str(&b));
    buf_free(&b);
}

bool(err_set)(struct err *e, enum err_kind kind, str where, const char *what, ...) {
    va_list ap;
    va_start(ap, what);
    fill(e, kind, where, what, ap);
    va_end(ap);
    return false;
}

bool(err_errno)(struct err *e, str where, const char *what, ...) {
    int number = errno;
    va_list ap;
    va_start(ap, what);
    fill(e, ERR_ENV, where, what, ap);
    va_end(ap);
    if (e) {
        char text[128];
        size_t n = strlen(e->what);
        snprintf(e->what + n, sizeof e->what - n, ": %s", strerror_r(number, text, sizeof text));
        if (number == ENOSPC || number == EDQUOT)
            err_hint(e, "%s", _("free some space and run it again; what was there before is untouched"));
    }
    return false;
}

bool(err_hint)(struct err *e, const char *hint, ...) {
    if (!e)
        return false;
    va_list ap;
    va_start(ap, hint);
    putv(e->hint, sizeof e->hint, hint, ap);
    va_end(ap);
    return false;
}

bool(err_prefix)(struct err *e, const char *prefix, ...) {
    if (!e)
        return false;
    struct buf b = {0};
    va_list ap;
    va_start(ap, prefix);
    buf_addv(&b, prefix, ap);
    va_end(ap);
    buf_addf(&b, ": %s", e->what);
    put(e->what, sizeof e->what, buf_str(&b));
    buf_free(&b);
    return false;
}

bool(err_within)(struct err *e, str outer) {
    if (!e)
        return false;
    struct buf b = {0};
    buf_add(&b, outer);
    if (e->where[0])
        buf_addf(&b, "!%s", e->where);
    put(e->where, sizeof e->where, buf_str(&b));
    buf_free(&b);
    return false;
}

int err_exit_code(enum err_kind kind) {
    static const int code[] = {[ERR_NONE] = 0, [ERR_USAGE] = 2, [ERR_INPUT] = 3, [ERR_LIMIT] = 3, [ERR_ENV] = 4};
    return code[kind];
}
