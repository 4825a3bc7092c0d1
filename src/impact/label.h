/* SPDX-License-Identifier: Apache-2.0
 *
 * A name from a data file in both languages: {"en": "…", "ja": "…"}, or plain text that serves for both.
 */
#ifndef AKASHI_IMPACT_LABEL_H
#define AKASHI_IMPACT_LABEL_H

#include "base/json.h"

struct label {
    str en, ja;
};

static inline struct label label_of(struct jv v) {
    if (j_is_str(v))
        return (struct label){j_str(v), j_str(v)};
    struct label l = {j_gets(v, "en"), j_gets(v, "ja")};
    return (struct label){l.en.p ? l.en : l.ja, l.ja.p ? l.ja : l.en};
}

static inline str label_in(struct label l, const char *lang) { return lang[0] == 'j' ? l.ja : l.en; }
/* In the reader's language. */
static inline str label_text(struct label l) { return label_in(l, msg_lang()); }

#endif
