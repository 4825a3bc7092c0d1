/* SPDX-License-Identifier: Apache-2.0 */
#include "base/toml_scan.h"

#include <stdio.h>

str toml_place(const struct toml_scan *s, char out[400]) {
    str before = str_upto(s->text, s->at);
    size_t start = str_rchr(before, '\n');
    size_t column = start == STR_NONE ? s->at + 1 : s->at - start;
    int n = snprintf(out, 400, "%.*s:%u:%zu", STR_ARG(s->where), s->line, column);
    return str_n(out, n < 400 ? (size_t)n : 399);
}

bool toml_fail(struct toml_scan *s, const char *what) {
    char place[400];
    return err_set(s->e, ERR_INPUT, toml_place(s, place), "%s", what);
}

/* ── white space ── */

void toml_blank(struct toml_scan *s) {
    while (toml_peek(s) == ' ' || toml_peek(s) == '\t')
        s->at++;
}

/* Tab is the only control character TOML allows outside line breaks. */
static bool is_control(char c) { return ((unsigned char)c < 0x20 && c != '\t') || c == 0x7F; }

static bool line_break(struct toml_scan *s) {
    str rest = str_from(s->text, s->at);
    size_t n = str_starts(rest, S("\r\n")) ? 2 : str_starts(rest, S("\n")) ? 1 : 0;
    s->at += n;
    s->line += n > 0;
    return n > 0;
}

static bool comment(struct toml_scan *s) {
    if (toml_peek(s) != '#')
        return true;
    while (s->at < s->text.n && s->text.p[s->at] != '\n') {
        bool end = s->text.p[s->at] == '\r' && s->at + 1 < s->text.n && s->text.p[s->at + 1] == '\n';
        if (end)
            break;
        if (is_control(s->text.p[s->at]))
            return toml_fail(s, _("a control character stands in this comment"));
        s->at++;
    }
    return true;
}

bool toml_gap(struct toml_scan *s) {
    do {
        toml_blank(s);
        if (!comment(s))
            return false;
    } while (line_break(s));
    return true;
}

bool toml_line_end(struct toml_scan *s) {
    toml_blank(s);
    if (!comment(s))
        return false;
    return s->at == s->text.n || line_break(s) || toml_fail(s, _("the line should end here"));
}

/* ── strings ── */

static void add_utf8(struct buf *b, uint32_t c) {
    if (c < 0x80) {
        buf_addc(b, (char)c);
        return;
    }
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned lead[] = {0, 0xC0, 0xE0, 0xF0};
    buf_addc(b, (char)(lead[more] | c >> (6 * more)));
    while (more--)
        buf_addc(b, (char)(0x80 | (c >> (6 * more) & 0x3F)));
}

static bool hex_escape(struct toml_scan *s, size_t digits, struct buf *b) {
    uint32_t v = 0;
    if (s->text.n - s->at < digits)
        return toml_fail(s, _("this escape is too short"));
    for (; digits; digits--, s->at++) {
        char c = s->text.p[s->at];
        if (!ch_hex(c))
            return toml_fail(s, _("this escape needs hexadecimal digits"));
        v = v << 4 | (uint32_t)(ch_digit(c) ? c - '0' : ch_tolower(c) - 'a' + 10);
    }
    if (v > 0x10FFFF || (v >= 0xD800 && v <= 0xDFFF))
        return toml_fail(s, _("this escape names no Unicode character"));
    add_utf8(b, v);
    return true;
}

/* A backslash at the end of a line of a multi-line string swallows the white space up to the next text. */
static bool swallow_lines(struct toml_scan *s) {
    toml_blank(s);
    if (!line_break(s))
        return toml_fail(s, _("TOML knows no such escape"));
    do
        toml_blank(s);
    while (line_break(s));
    return true;
}

static bool escape(struct toml_scan *s, bool many_lines, struct buf *b) {
    static const char from[] = "btnfre\"\\", to[] = "\b\t\n\f\r\x1B\"\\";
    char c = toml_peek(s);
    const char *known = c ? strchr(from, c) : NULL;
    if (known) {
        s->at++;
        buf_addc(b, to[known - from]);
        return true;
    }
    size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits) {
        s->at++;
        return hex_escape(s, digits, b);
    }
    if (many_lines)
        return swallow_lines(s);
    return toml_fail(s, _("TOML knows no such escape"));
}

/* Up to five quotes may end a multi-line string: the first one or two belong to its text. */
static size_t closing_quotes(const struct toml_scan *s, char quote) {
    size_t n = 0;
    while (n < 5 && s->at + n < s->text.n && s->text.p[s->at + n] == quote)
        n++;
    return n;
}

/* Takes the quotes at this place; sets *closed when they end the string. */
static void quotes(struct toml_scan *s, char quote, bool many_lines, bool *closed) {
    size_t n = many_lines ? closing_quotes(s, quote) : 1;
    *closed = !many_lines || n >= 3;
    s->at += n;
}

/* The text between the quotes. Copied to *b only from the first escape on: most strings are slices. */
static bool string_body(struct toml_scan *s, char quote, bool many_lines, struct buf *b, str *out) {
    size_t start = s->at, from = s->at, close = many_lines ? 3 : 1;
    bool closed = false, copied = false;
    while (!closed) {
        char c = toml_peek(s);
        if (s->at == s->text.n)
            return toml_fail(s, _("this string has no end"));
        if (c == quote) {
            quotes(s, quote, many_lines, &closed);
        } else if (c == '\\' && quote == '"') {
            buf_add(b, str_n(s->text.p + from, s->at - from));
            copied = true;
            s->at++;
            if (!escape(s, many_lines, b))
                return false;
            from = s->at;
        } else if (c == '\n' || c == '\r') {
            if (!many_lines || !line_break(s))
                return toml_fail(s, _("a line break stands in this string"));
        } else if (is_control(c)) {
            return toml_fail(s, _("a control character stands in this string"));
        } else {
            s->at++;
        }
    }
    size_t end = s->at - close;
    if (copied)
        buf_add(b, str_n(s->text.p + from, end - from));
    *out = copied ? arena_str(s->a, buf_str(b)) : str_n(s->text.p + start, end - start);
    return true;
}

bool toml_string(struct toml_scan *s, str *out) {
    char quote = toml_peek(s);
    struct buf b = {0};
    str rest = str_from(s->text, s->at);
    bool many_lines = str_starts(rest, quote == '"' ? S("\"\"\"") : S("'''"));
    s->at += many_lines ? 3 : 1;
    if (many_lines)
        line_break(s); /* the one right behind the opening quotes is no part of the text */
    bool ok = string_body(s, quote, many_lines, &b, out);
    buf_free(&b);
    return ok;
}

bool toml_key(struct toml_scan *s, str *out) {
    char c = toml_peek(s);
    if (c == '"' || c == '\'') {
        str rest = str_from(s->text, s->at);
        if (str_starts(rest, S("\"\"\"")) || str_starts(rest, S("'''")))
            return toml_fail(s, _("a key cannot be a multi-line string"));
        return toml_string(s, out);
    }
    size_t start = s->at;
    while (ch_alnum(toml_peek(s)) || toml_peek(s) == '_' || toml_peek(s) == '-')
        s->at++;
    *out = str_n(s->text.p + start, s->at - start);
    return out->n > 0 || toml_fail(s, _("a key should stand here"));
}

/* ── numbers, dates ── */

/* Digits of the base with single underscores between two of them, copied without underscores. */
static bool digits(str *rest, unsigned base, struct buf *b) {
    bool last_digit = false, any = false;
    for (; rest->n; *rest = str_from(*rest, 1)) {
        char c = rest->p[0];
        unsigned v = ch_digit(c) ? (unsigned)(c - '0') : ch_hex(c) ? (unsigned)(ch_tolower(c) - 'a' + 10) : 99;
        if (c == '_' && last_digit) {
            last_digit = false;
            continue;
        }
        if (v >= base)
            break;
        buf_addc(b, c);
        last_digit = any = true;
    }
    return any && last_digit;
}

static bool radix_integer(str text, struct buf *b) {
    unsigned base = text.p[1] == 'x' ? 16 : text.p[1] == 'o' ? 8 : 2;
    struct buf plain = {0};
    str rest = str_from(text, 2);
    uint64_t v = 0;
    bool ok = digits(&rest, base, &plain) && rest.n == 0;
    for (size_t i = 0; ok && i < plain.n; i++) {
        char c = plain.p[i];
        unsigned d = ch_digit(c) ? (unsigned)(c - '0') : (unsigned)(ch_tolower(c) - 'a' + 10);
        ok = v <= ((uint64_t)INT64_MAX - d) / base;
        v = v * base + d;
    }
    buf_free(&plain);
    if (ok)
        buf_u64(b, v);
    return ok;
}

/* Sign, digits, and for a float its fraction and exponent; *is_float tells which. */
static bool decimal(str text, struct buf *b, bool *is_float) {
    str rest = text;
    if (rest.p[0] == '+' || rest.p[0] == '-') {
        if (rest.p[0] == '-')
            buf_addc(b, '-');
        rest = str_from(rest, 1);
    }
    size_t start = b->n;
    if (!digits(&rest, 10, b) || (b->p[start] == '0' && b->n - start > 1))
        return false;
    if (rest.n && rest.p[0] == '.') {
        *is_float = true;
        buf_addc(b, '.');
        rest = str_from(rest, 1);
        if (!digits(&rest, 10, b))
            return false;
    }
    if (rest.n && (rest.p[0] == 'e' || rest.p[0] == 'E')) {
        *is_float = true;
        buf_addc(b, 'e');
        rest = str_from(rest, 1);
        if (rest.n && (rest.p[0] == '+' || rest.p[0] == '-')) {
            buf_addc(b, rest.p[0]);
            rest = str_from(rest, 1);
        }
        if (!digits(&rest, 10, b))
            return false;
    }
    return rest.n == 0;
}

static bool number(struct toml_scan *s, str text, struct toml_word *out) {
    struct buf b = {0};
    bool is_float = false, ok;
    int64_t v;
    if (text.n > 2 && text.p[0] == '0' && (text.p[1] == 'x' || text.p[1] == 'o' || text.p[1] == 'b')) {
        ok = radix_integer(text, &b);
    } else {
        ok = decimal(text, &b, &is_float);
        /* INT64_MIN has no positive twin, so str_i64 does not know it. */
        ok = ok && (is_float || str_i64(buf_str(&b), &v) || str_is(buf_str(&b), "-9223372036854775808"));
    }
    if (ok && str_is(buf_str(&b), "-0"))
        out->text = S("0");
    else
        out->text = arena_str(s->a, buf_str(&b));
    buf_free(&b);
    return ok;
}

/* Two digits with a value of at most `most`. */
static bool two(str *rest, unsigned least, unsigned most, unsigned *out) {
    if (rest->n < 2 || !ch_digit(rest->p[0]) || !ch_digit(rest->p[1]))
        return false;
    *out = (unsigned)(rest->p[0] - '0') * 10 + (unsigned)(rest->p[1] - '0');
    *rest = str_from(*rest, 2);
    return *out >= least && *out <= most;
}

static bool take(str *rest, char c) {
    if (rest->n == 0 || rest->p[0] != c)
        return false;
    *rest = str_from(*rest, 1);
    return true;
}

static bool full_date(str *rest) {
    static const unsigned days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned century, year, month, day;
    if (!two(rest, 0, 99, &century) || !two(rest, 0, 99, &year) || !take(rest, '-') || !two(rest, 1, 12, &month) ||
        !take(rest, '-') || !two(rest, 1, 31, &day))
        return false;
    year += century * 100;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= days[month - 1] - (month == 2 && !leap);
}

static bool clock_time(str *rest) {
    unsigned v;
    if (!two(rest, 0, 23, &v) || !take(rest, ':') || !two(rest, 0, 59, &v))
        return false;
    if (!take(rest, ':'))
        return true;
    if (!two(rest, 0, 60, &v))
        return false;
    if (!take(rest, '.'))
        return true;
    bool any = rest->n && ch_digit(rest->p[0]);
    while (rest->n && ch_digit(rest->p[0]))
        *rest = str_from(*rest, 1);
    return any;
}

static bool offset(str *rest) {
    unsigned v;
    if (take(rest, 'Z') || take(rest, 'z'))
        return true;
    return (take(rest, '+') || take(rest, '-')) && two(rest, 0, 23, &v) && take(rest, ':') && two(rest, 0, 59, &v);
}

static bool date_or_time(str text) {
    str rest = text;
    if (text.n > 2 && text.p[2] == ':')
        return clock_time(&rest) && rest.n == 0;
    if (!full_date(&rest))
        return false;
    if (rest.n == 0)
        return true;
    if (!take(&rest, 'T') && !take(&rest, 't') && !take(&rest, ' '))
        return false;
    return clock_time(&rest) && (rest.n == 0 || offset(&rest)) && rest.n == 0;
}

static bool word_char(char c) { return ch_alnum(c) || c == '_' || c == '+' || c == '-' || c == '.' || c == ':'; }

/* The run of characters a number, date or word can have; one blank may stand between a date and its time. */
static str run_of(const struct toml_scan *s) {
    str rest = str_from(s->text, s->at);
    size_t n = 0;
    while (n < rest.n && word_char(rest.p[n]))
        n++;
    if (n == 10 && rest.p[4] == '-' && rest.n > n + 2 && rest.p[n] == ' ' && ch_digit(rest.p[n + 1]))
        for (n++; n < rest.n && word_char(rest.p[n]);)
            n++;
    return str_upto(rest, n);
}

static bool is_special_float(str text) {
    str bare = text.n && (text.p[0] == '+' || text.p[0] == '-') ? str_from(text, 1) : text;
    return str_is(bare, "inf") || str_is(bare, "nan");
}

bool toml_plain(struct toml_scan *s, struct toml_word *out) {
    str text = run_of(s);
    if (text.n == 0)
        return toml_fail(s, _("a value should stand here"));
    *out = (struct toml_word){.text = text};
    bool word = str_is(text, "true") || str_is(text, "false");
    bool date = text.n >= 5 && (text.p[2] == ':' || text.p[4] == '-') && date_or_time(text);
    out->is_string = date || is_special_float(text);
    if (!word && !out->is_string && !number(s, text, out))
        return toml_fail(s, _("this is no TOML value"));
    s->at += text.n;
    return true;
}
