/* SPDX-License-Identifier: Apache-2.0
 *
 * Which package of a catalogue fits: a short questionnaire as data (catalogues/choose/CATALOGUE.json), and what a party
 * chose in the end, as a statement (docs/predicates/choice.json).
 */
#ifndef AKASHI_CONFORM_CHOICE_H
#define AKASHI_CONFORM_CHOICE_H

#include "conform/catalogue.h"

/* ── what was chosen ── */
struct choice {
    uint64_t index; /* in the home's log */
    int64_t time;
    str catalogue, digest, package, party; /* digest: of the catalogue; party: id; absent: the home's own */
};
/* The newest one of the home's own keys for that catalogue and party. p may be NULL. when may be NULL: now. */
MUST_USE bool choice_latest(struct portfolio *p, struct arena *a, str catalogue, str party, const struct as_of *when,
                            bool *found, struct choice *out, struct err *e);

/* ── the questionnaire ── */
enum { QUESTIONS_MOST = 50, UNANSWERED = -1 };
struct choose_answer {
    str id;
    struct label text, why;
    int32_t weight, forces; /* forces: place in results; -1 none */
};
VEC_NAMED(choose_answers, struct choose_answer);
struct choose_question {
    str id;
    struct label text, help;
    struct choose_answers answers;
};
struct choose_result {
    str package;
    int32_t from; /* weights added up */
    struct label text;
};
VEC_NAMED(choose_questions, struct choose_question);
VEC_NAMED(choose_results, struct choose_result);
struct questionnaire {
    str catalogue, version;
    struct label title, note;
    struct choose_results results; /* rising */
    struct choose_questions questions;
};
MUST_USE bool questionnaire_read(struct ctx *c, struct arena *a, str text, str where, struct questionnaire *out,
                                 struct err *e);
/* The built-in one for that catalogue; its packages are k's. */
MUST_USE bool questionnaire_find(struct ctx *c, struct arena *a, const struct catalogue *k, struct questionnaire *out,
                                 struct err *e);

struct choose_change { /* what would lead elsewhere */
    uint32_t question, answer, result;
};
VEC_NAMED(choose_changes, struct choose_change);
struct recommendation {
    uint32_t result;
    int32_t score;
    uint32_t unanswered;
    bool certain;                  /* no answer to what is open would change it */
    struct choose_changes reasons; /* answers that weigh, heaviest first; result: their own */
    struct choose_changes changes; /* one other answer to one question would do */
};
/* answers: by question, the place of the answer or UNANSWERED (which weighs nothing). */
void recommend(struct arena *a, const struct questionnaire *q, const int32_t *answers, struct recommendation *out);
/* "safety=no" into answers; ERR_USAGE at `where` names what there is. */
MUST_USE bool answer_take(const struct questionnaire *q, str text, str where, int32_t *answers, struct err *e);

/* The statement; *same: that very choice is the newest already. */
struct choice_say {
    const struct catalogue *catalogue;
    const struct questionnaire *questionnaire;
    const int32_t *answers;
    const struct recommendation *recommendation;
    str package, party; /* party absent: the home's own */
    uint64_t index;     /* out */
    bool same;          /* out */
};
struct own_say;
struct portfolio_add;
/* The same without logging it (own_prepare). */
MUST_USE bool choice_prepare(struct portfolio *p, struct arena *a, const struct choice_say *x, struct own_say *own,
                             struct portfolio_add *add, struct err *e);
MUST_USE bool choice_say(struct portfolio *p, struct arena *a, struct choice_say *x, struct err *e);

#endif
