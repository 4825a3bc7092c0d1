/* SPDX-License-Identifier: Apache-2.0
 *
 * The questionnaire and what it recommends, as JSON for whoever asks.
 */
#ifndef AKASHI_CONFORM_CHOOSE_JSON_H
#define AKASHI_CONFORM_CHOOSE_JSON_H

#include "base/json.h"
#include "conform/choice.h"

void questionnaire_json(struct jw *w, const struct questionnaire *q);
/* Members. */
void recommendation_json(struct jw *w, const struct questionnaire *q, const int32_t *answers,
                         const struct recommendation *r);

#endif
