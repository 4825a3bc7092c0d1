/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/choose_json.h"

#include "conform/catalogue_json.h"

static void put_question(struct jw *w, const struct choose_question *q) {
    jw_obj(w);
    jw_kstr(w, "id", q->id);
    label_json(w, "text", q->text);
    label_json(w, "help", q->help);
    jw_karr(w, "answers");
    for (uint32_t i = 0; i < q->answers.n; i++) {
        jw_obj(w);
        jw_kstr(w, "id", q->answers.v[i].id);
        label_json(w, "text", q->answers.v[i].text);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_obj_end(w);
}

void questionnaire_json(struct jw *w, const struct questionnaire *q) {
    jw_obj(w);
    jw_kstr(w, "catalogue", q->catalogue);
    jw_kstr(w, "version", q->version);
    label_json(w, "title", q->title);
    label_json(w, "note", q->note);
    jw_karr(w, "packages");
    for (uint32_t i = 0; i < q->results.n; i++) {
        jw_obj(w);
        jw_kstr(w, "id", q->results.v[i].package);
        label_json(w, "text", q->results.v[i].text);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_karr(w, "questions");
    for (uint32_t i = 0; i < q->questions.n; i++)
        put_question(w, &q->questions.v[i]);
    jw_arr_end(w);
    jw_obj_end(w);
}

static void put_change(struct jw *w, const struct questionnaire *q, const struct choose_change *c, bool is_reason) {
    const struct choose_question *question = &q->questions.v[c->question];
    const struct choose_answer *answer = &question->answers.v[c->answer];
    jw_obj(w);
    jw_kstr(w, "question", question->id);
    jw_kstr(w, "answer", answer->id);
    if (is_reason) {
        jw_kint(w, "weight", answer->weight);
        label_json(w, "why", answer->why);
    } else {
        jw_kstr(w, "package", q->results.v[c->result].package);
    }
    jw_obj_end(w);
}

void recommendation_json(struct jw *w, const struct questionnaire *q, const int32_t *answers,
                         const struct recommendation *r) {
    jw_kstr(w, "catalogue", q->catalogue);
    jw_kstr(w, "recommended", q->results.v[r->result].package);
    label_json(w, "text", q->results.v[r->result].text);
    jw_kbool(w, "certain", r->certain);
    jw_kint(w, "score", r->score);
    jw_karr(w, "unanswered");
    for (uint32_t i = 0; i < q->questions.n; i++)
        if (answers[i] == UNANSWERED)
            jw_str(w, q->questions.v[i].id);
    jw_arr_end(w);
    jw_karr(w, "reasons");
    for (uint32_t i = 0; i < r->reasons.n; i++)
        put_change(w, q, &r->reasons.v[i], true);
    jw_arr_end(w);
    jw_karr(w, "changes");
    for (uint32_t i = 0; i < r->changes.n; i++)
        put_change(w, q, &r->changes.v[i], false);
    jw_arr_end(w);
}
