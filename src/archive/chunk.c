/* SPDX-License-Identifier: Apache-2.0 */
#include "archive/chunk.h"

#include "archive/le.h"

/* splitmix64 (Steele, Lea, Flood 2014): spreads a counter over 64 bits. */
static uint64_t spread(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* The hash shifts left by one a byte, so its upper bits have seen the most bytes. */
static uint64_t upper_bits(unsigned n) { return ~(uint64_t)0 << (64 - n); }

void cutter_init(struct cutter *c, uint32_t average, const unsigned char seed[32]) {
    static const unsigned char fixed[33] = "Akashi cuts bodies where they say";
    unsigned bits = (unsigned)__builtin_ctz(average);
    for (unsigned i = 0, part = 0; i < 256; i++, part = (part + 8) % 32) {
        uint64_t state = le_get((seed ? seed : fixed) + part, 8) + i;
        c->gear[i] = spread(&state);
    }
    /* Two bits more before the average and two fewer behind it (FastCDC §3.5) draw lengths towards the average. */
    c->strict = upper_bits(bits + 2);
    c->loose = upper_bits(bits - 2);
    c->least = average / 4;
    c->average = average;
    c->most = average * 4;
}

size_t cutter_next(const struct cutter *c, str s) {
    const unsigned char *p = (const unsigned char *)s.p;
    size_t end = s.n < c->most ? s.n : c->most, middle = end < c->average ? end : c->average, i = c->least;
    uint64_t hash = 0;
    if (end <= i)
        return end;
    for (; i < middle; i++) {
        hash = (hash << 1) + c->gear[p[i]];
        if (!(hash & c->strict))
            return i + 1;
    }
    for (; i < end; i++) {
        hash = (hash << 1) + c->gear[p[i]];
        if (!(hash & c->loose))
            return i + 1;
    }
    return end;
}
