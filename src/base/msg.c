/* SPDX-License-Identifier: Apache-2.0 */
#include "base/msg_in.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A GNU .mo file, made by msgfmt and linked in (src/base/meson.build):
 *
 *   0  magic 0x950412de   4  revision   8  N strings   12 offset of originals   16 offset of translations
 *   originals, translations: N × { length, offset }, originals sorted bytewise; plural forms follow a NUL
 */
extern const unsigned char catalogue_ja[];
extern const unsigned long catalogue_ja_size;

static bool at_start;                                                /* set once in msg_init, before any thread */
static _Thread_local enum { AS_AT_START, JAPANESE, ENGLISH } chosen; /* by msg_thread */

static bool japanese(void) { return chosen == AS_AT_START ? at_start : chosen == JAPANESE; }

static uint32_t word(size_t at) {
    uint32_t v;
    memcpy(&v, catalogue_ja + at, sizeof v);
    return v;
}

static const char *lookup(const char *text) {
    if (catalogue_ja_size < 28 || word(0) != 0x950412de)
        return NULL;
    size_t lo = 0, hi = word(8), originals = word(12), translations = word(16);
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int c = strcmp(text, (const char *)catalogue_ja + word(originals + mid * 8 + 4));
        if (c == 0) {
            const char *found = (const char *)catalogue_ja + word(translations + mid * 8 + 4);
            return *found ? found : NULL;
        }
        if (c < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return NULL;
}

const char *msg(const char *text) {
    const char *found = japanese() && *text ? lookup(text) : NULL;
    return found ? found : text;
}

const char *msg_in(const char *lang, const char *text) {
    const char *found = lang[0] == 'j' && *text ? lookup(text) : NULL;
    return found ? found : text;
}

const char *msg_n(const char *one, const char *many, unsigned long n) {
    const char *found = japanese() ? lookup(one) : NULL;
    return found ? found : n == 1 ? one : many;
}

void msg_init(const char *lang) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; !lang && i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            lang = value;
    }
    at_start = lang && strncmp(lang, "ja", 2) == 0;
}

void msg_thread(const char *lang) { chosen = !lang ? AS_AT_START : lang[0] == 'j' ? JAPANESE : ENGLISH; }

const char *msg_lang(void) { return japanese() ? "ja" : "en"; }
