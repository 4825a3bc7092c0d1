/* SPDX-License-Identifier: Apache-2.0 */
#include "base/wire.h"

enum { ABSENT = -1 };

void wire_put_number(struct buf *b, uint32_t n) {
    const char bytes[4] = {(char)n, (char)(n >> 8), (char)(n >> 16), (char)(n >> 24)};
    buf_add(b, str_n(bytes, 4));
}

void wire_put_wide(struct buf *b, uint64_t n) {
    wire_put_number(b, (uint32_t)n);
    wire_put_number(b, (uint32_t)(n >> 32));
}

void wire_put_text(struct buf *b, str s) {
    wire_put_number(b, s.p ? (uint32_t)s.n : (uint32_t)ABSENT);
    if (s.n)
        buf_add(b, s);
}

/* Its room may have ended within a character. */
static str whole(const char *text) {
    str s = str_of(text);
    for (int i = 0; i < 3 && s.n && !str_utf8_ok(s); i++)
        s.n--;
    return str_utf8_ok(s) ? s : S("?");
}

void wire_put_err(struct buf *b, const struct err *e) {
    wire_put_number(b, e->kind == ERR_LIMIT ? ERR_LIMIT : ERR_INPUT);
    wire_put_text(b, whole(e->where));
    wire_put_text(b, whole(e->what));
    wire_put_text(b, whole(e->hint));
}

str wire_raw(struct wire *w, size_t n) {
    str s = str_upto(w->rest, n);
    w->bad = w->bad || n > w->rest.n;
    if (w->bad)
        return (str){NULL, 0};
    w->rest = str_from(w->rest, n);
    return s;
}

uint32_t wire_number(struct wire *w, uint32_t most) {
    const unsigned char *p = (const unsigned char *)wire_raw(w, 4).p;
    if (!p)
        return 0;
    uint32_t n = (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
    w->bad = n > most;
    return w->bad ? 0 : n;
}

uint64_t wire_wide(struct wire *w) {
    uint64_t low = wire_number(w, UINT32_MAX);
    return low | (uint64_t)wire_number(w, UINT32_MAX) << 32;
}

str wire_bytes(struct wire *w, size_t most) {
    uint32_t n = wire_number(w, UINT32_MAX);
    if (w->bad || n == (uint32_t)ABSENT)
        return (str){NULL, 0};
    w->bad = n > most;
    return wire_raw(w, n);
}

str wire_text(struct wire *w, size_t most) {
    str s = wire_bytes(w, most);
    w->bad = w->bad || !str_utf8_ok(s);
    return w->bad ? (str){NULL, 0} : s;
}

uint32_t wire_count(struct wire *w, size_t least) {
    uint32_t n = wire_number(w, UINT32_MAX);
    w->bad = w->bad || n > w->rest.n / least;
    return w->bad ? 0 : n;
}

static bool is_plain(str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
            return false;
    return true;
}

void wire_err(struct wire *w, struct err *out) {
    enum err_kind kind = (enum err_kind)wire_number(w, ERR_LIMIT);
    str where = wire_text(w, sizeof out->where), what = wire_text(w, sizeof out->what);
    str hint = wire_text(w, sizeof out->hint);
    *out = (struct err){0};
    w->bad = w->bad || (kind != ERR_INPUT && kind != ERR_LIMIT) || !what.n || !is_plain(where) || !is_plain(what) ||
             !is_plain(hint);
    if (w->bad)
        return;
    (void)err_set(out, kind, where, "%.*s", STR_ARG(what));
    if (hint.n)
        (void)err_hint(out, "%.*s", STR_ARG(hint));
}

bool wire_end(const struct wire *w) { return !w->bad && !w->rest.n; }
