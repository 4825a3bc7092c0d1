/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/data_words.h"

#include <string.h>

#include "base/msg.h"

/* Behind each word: what it means, of which the Japanese is shown. */
struct word {
    const char *word, *means;
};
static const struct word severities[] = {{"critical", N_("severity: critical")},
                                         {"high", N_("severity: high")},
                                         {"medium", N_("severity: medium")},
                                         {"low", N_("severity: low")},
                                         {"none", N_("severity: none")},
                                         {"unknown", N_("severity: unknown")},
                                         {NULL, NULL}};
static const struct word sectors[] = {{"information", N_("sector: information and communication")},
                                      {"telecom", N_("sector: information and communication")},
                                      {"finance", N_("sector: finance")},
                                      {"aviation", N_("sector: aviation")},
                                      {"airport", N_("sector: airports")},
                                      {"railway", N_("sector: railways")},
                                      {"power", N_("sector: electric power")},
                                      {"electricity", N_("sector: electric power")},
                                      {"energy", N_("sector: energy")},
                                      {"gas", N_("sector: gas")},
                                      {"government", N_("sector: government")},
                                      {"administration", N_("sector: government")},
                                      {"medical", N_("sector: medical")},
                                      {"health", N_("sector: medical")},
                                      {"water", N_("sector: water")},
                                      {"logistics", N_("sector: logistics")},
                                      {"chemical", N_("sector: chemicals")},
                                      {"credit", N_("sector: credit cards")},
                                      {"petroleum", N_("sector: petroleum")},
                                      {"port", N_("sector: ports")},
                                      {"ports", N_("sector: ports")},
                                      {"manufacturing", N_("sector: manufacturing")},
                                      {"software", N_("sector: software")},
                                      {NULL, NULL}};
static const struct word roles[] = {{"developer", N_("developer")}, {"supplier", N_("supplier")},
                                    {"operator", N_("operator")},   {"customer", N_("customer")},
                                    {"other", N_("other")},         {NULL, NULL}};
static const struct word exposures[] = {{"small", N_("exposure: small")},
                                        {"controlled", N_("exposure: controlled")},
                                        {"open", N_("exposure: open")},
                                        {NULL, NULL}};
static const struct word statuses[] = {{"open", N_("finding: open")},
                                       {"affected", N_("finding: affected")},
                                       {"accepted", N_("finding: accepted")},
                                       {"accept", N_("finding: accepted")},
                                       {"not_affected", N_("finding: not affected")},
                                       {"fixed", N_("finding: fixed")},
                                       {"under_investigation", N_("finding: under investigation")},
                                       {"ignored", N_("finding: ignored")},
                                       {NULL, NULL}};
static const struct word presences[] = {
    {"yes", N_("presence: yes")}, {"part", N_("presence: part")}, {"no", N_("presence: no")}, {NULL, NULL}};
static const struct word weights[] = {
    {"high", N_("weight: high")}, {"medium", N_("weight: medium")}, {"low", N_("weight: low")}, {NULL, NULL}};
static const struct word *const kinds[WORD_KINDS] = {
    [WORD_SEVERITY] = severities, [WORD_SECTOR] = sectors,     [WORD_ROLE] = roles,      [WORD_PRESENCE] = presences,
    [WORD_WEIGHT] = weights,      [WORD_EXPOSURE] = exposures, [WORD_STATUS] = statuses,
};

str data_word(enum data_word_kind kind, str word) {
    if (strcmp(msg_lang(), "en") == 0)
        return word;
    for (const struct word *w = kinds[kind]; w->word; w++)
        if (str_is(word, w->word))
            return str_of(_(w->means));
    return word;
}

str data_words(struct arena *a, enum data_word_kind kind, str words) {
    struct buf b = {0};
    if (strcmp(msg_lang(), "en") == 0)
        return words;
    while (words.n) {
        size_t n = str_chr(words, ';');
        str one = str_trim(str_upto(words, n == STR_NONE ? words.n : n));
        buf_addf(&b, "%s%.*s", b.n ? "、" : "", STR_ARG(data_word(kind, one)));
        words = str_from(words, n == STR_NONE ? words.n : n + 1);
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}
