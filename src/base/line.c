/* SPDX-License-Identifier: Apache-2.0 */
#include "base/line.h"

#include <wchar.h>

/* A rune, or one byte that is none. */
static size_t rune_at(str s, uint32_t *u, unsigned *columns) {
    size_t n = str_rune(s, u);
    if (!n) {
        *u = 0xFFFD;
        n = 1;
    }
    int w = wcwidth((wchar_t)*u);
    *columns = w < 0 ? 1 : (unsigned)w;
    return n;
}

unsigned text_width(str s) {
    unsigned width = 0, w;
    uint32_t u;
    while (s.n) {
        s = str_from(s, rune_at(s, &u, &w));
        width += w;
    }
    return width;
}

enum kind { BLANK, NARROW, OPENING, STOP, CLOSING, HIRAGANA, KATAKANA, WIDE };

static bool is_of(uint32_t u, const uint32_t *set) {
    while (*set && *set != u)
        set++;
    return *set;
}

static enum kind kind_of(uint32_t u, unsigned columns) {
    static const uint32_t
        opening[] = U"([{「『（［｛【〔〈《“‘",
        stop[] = U"。、．，！？：；",
        closing[] =
            U")]},.:;!?%」』）］｝】〕〉》”’・ー々〻゛゜ヽヾゝゞ〜…‥％°ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ";
    if (u == ' ')
        return BLANK;
    if (is_of(u, opening))
        return OPENING;
    if (is_of(u, stop))
        return STOP;
    if (is_of(u, closing))
        return CLOSING;
    return u >= 0x3041 && u <= 0x309F ? HIRAGANA : u >= 0x30A0 && u <= 0x30FF ? KATAKANA : columns > 1 ? WIDE : NARROW;
}

struct place { /* between two characters */
    enum kind before, after;
    bool wide_before, wide_after;
    bool joined; /* the blank in it stands between a number or a foreign word and what belongs to it: "3 件", "SBOM を"
                  */
};

enum worth { NEVER, TORN /* katakana */, WEAK, ALLOWED, GOOD, WORTHS };

static enum worth worth_of(const struct place *p) {
    if (p->after == BLANK || p->after == CLOSING || p->after == STOP || p->before == OPENING)
        return NEVER;
    if (p->before == BLANK)
        return p->joined ? ALLOWED : GOOD;
    if (!p->wide_before && !p->wide_after)
        return NEVER;
    if (p->before == STOP || (p->before == CLOSING && p->wide_before && p->after == OPENING))
        return GOOD;
    if (p->after == KATAKANA && (p->before == KATAKANA || p->before == CLOSING))
        return TORN;
    return p->before == HIRAGANA && p->after != HIRAGANA ? GOOD : ALLOWED;
}

struct cut {
    size_t n;
    unsigned used;
};

/* A phrase's end is taken when it leaves little more than a fifth of the line empty; a path or list is cut behind its
 * sign only when there is nothing else in the last two thirds. */
static size_t choose(const struct cut *cuts, size_t n, unsigned used, unsigned width) {
    const struct cut *good = &cuts[GOOD], *allowed = cuts[ALLOWED].n > good->n ? &cuts[ALLOWED] : good;
    if (good->n && good->used + width / 5 + 4 >= used)
        return good->n;
    if (allowed->n && (allowed->used * 3 > width || cuts[WEAK].used * 3 <= width))
        return allowed->n;
    if (cuts[WEAK].used * 3 > width)
        return cuts[WEAK].n;
    return cuts[TORN].n ? cuts[TORN].n : n;
}

size_t line_fit(str s, unsigned width) {
    struct cut cuts[WORTHS] = {{0}};
    struct place at = {.before = OPENING};
    enum kind before_blank = OPENING;
    size_t n = 0;
    unsigned used = 0;
    while (n < s.n) {
        uint32_t u;
        unsigned w;
        size_t more = rune_at(str_from(s, n), &u, &w);
        at.after = kind_of(u, w);
        at.wide_after = w > 1;
        at.joined = at.before == BLANK && before_blank == NARROW && at.wide_after;
        if (n)
            cuts[worth_of(&at)] = (struct cut){n, used};
        if (at.after != BLANK && used + w > width)
            return n ? choose(cuts, n, used, width) : more;
        n += more;
        used += w;
        if (u == ',' || u == '/' || u == '|')
            cuts[WEAK] = (struct cut){n, used};
        if (at.after != BLANK)
            before_blank = at.after;
        at.before = at.after;
        at.wide_before = at.wide_after;
    }
    return n;
}
