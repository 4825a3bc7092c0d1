/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/embedded.h"
#include "conform/choice.h"
#include "conform/shape.h"

/* ── reading ── */

struct reading {
    struct arena *a;
    struct json doc;
    struct questionnaire *out;
};

static bool fail(const struct reading *r, struct jv at, struct err *e, const char *what) {
    return err_set(e, ERR_INPUT, json_place(&r->doc, at, r->a), "%s: %.*s", what, STR_ARG(j_str(at)));
}

static int32_t result_of(const struct questionnaire *q, str package) {
    for (uint32_t i = 0; i < q->results.n; i++)
        if (str_eq(q->results.v[i].package, package))
            return (int32_t)i;
    return -1;
}

static bool read_results(struct reading *r, struct err *e) {
    for (struct jiter it = j_iter(j_get(r->doc.root, "results")); j_next(&it);) {
        struct choose_result x = {j_gets(it.val, "package"), (int32_t)j_int(j_get(it.val, "from"), 0),
                                  label_of(j_get(it.val, "text"))};
        struct choose_results *all = &r->out->results;
        if (result_of(r->out, x.package) >= 0)
            return fail(r, j_get(it.val, "package"), e, _("two results have this package"));
        if (all->n ? x.from <= all->v[all->n - 1].from : x.from != 0)
            return err_set(e, ERR_INPUT, json_place(&r->doc, j_get(it.val, "from"), r->a), "%s",
                           _("results begin with 0 and rise"));
        *vec_push(r->a, all) = x;
    }
    return true;
}

static int32_t answer_number(const struct choose_question *q, str id) {
    for (uint32_t i = 0; i < q->answers.n; i++)
        if (str_eq(q->answers.v[i].id, id))
            return (int32_t)i;
    return UNANSWERED;
}

static int32_t question_number(const struct questionnaire *q, str id) {
    for (uint32_t i = 0; i < q->questions.n; i++)
        if (str_eq(q->questions.v[i].id, id))
            return (int32_t)i;
    return -1;
}

static bool read_answers(struct reading *r, struct jv list, struct choose_question *q, struct err *e) {
    for (struct jiter it = j_iter(list); j_next(&it);) {
        struct jv forces = j_get(it.val, "forces");
        struct choose_answer x = {j_gets(it.val, "id"), label_of(j_get(it.val, "text")), label_of(j_get(it.val, "why")),
                                  (int32_t)j_int(j_get(it.val, "weight"), 0),
                                  j_ok(forces) ? result_of(r->out, j_str(forces)) : -1};
        if (answer_number(q, x.id) != UNANSWERED)
            return fail(r, j_get(it.val, "id"), e, _("two answers have this id"));
        if (j_ok(forces) && x.forces < 0)
            return fail(r, forces, e, _("no result has this package"));
        *vec_push(r->a, &q->answers) = x;
    }
    return true;
}

static bool read_questions(struct reading *r, struct err *e) {
    for (struct jiter it = j_iter(j_get(r->doc.root, "questions")); j_next(&it);) {
        struct choose_question q = {.id = j_gets(it.val, "id"),
                                    .text = label_of(j_get(it.val, "text")),
                                    .help = label_of(j_get(it.val, "help"))};
        if (question_number(r->out, q.id) >= 0)
            return fail(r, j_get(it.val, "id"), e, _("two questions have this id"));
        if (!read_answers(r, j_get(it.val, "answers"), &q, e))
            return false;
        *vec_push(r->a, &r->out->questions) = q;
    }
    return true;
}

bool questionnaire_read(struct ctx *c, struct arena *a, str text, str where, struct questionnaire *out, struct err *e) {
    struct reading r = {.a = a, .out = out};
    *out = (struct questionnaire){0};
    if (!json_parse(c, a, text, JSON_STRICT, where, &r.doc, e) || !conform_shape(c, a, "choose", &r.doc, e))
        return false;
    out->catalogue = j_gets(r.doc.root, "catalogue");
    out->version = j_gets(r.doc.root, "version");
    out->title = label_of(j_get(r.doc.root, "title"));
    out->note = label_of(j_get(r.doc.root, "note"));
    return read_results(&r, e) && read_questions(&r, e);
}

bool questionnaire_find(struct ctx *c, struct arena *a, const struct catalogue *k, struct questionnaire *out,
                        struct err *e) {
    const struct embedded_file *f = embedded_questionnaires;
    while (f->name && !str_is(k->id, f->name))
        f++;
    if (!f->name)
        return err_set(e, ERR_USAGE, k->id, "%s", _("there is no questionnaire for this catalogue"));
    if (!questionnaire_read(c, a, str_n(f->bytes, f->size), arena_printf(a, "choose/%s.json", f->name), out, e))
        return false;
    for (uint32_t i = 0; i < out->results.n; i++)
        if (package_number(k, out->results.v[i].package) < 0)
            return err_set(e, ERR_INPUT, k->id, _("there is no package '%.*s'"), STR_ARG(out->results.v[i].package));
    return true;
}

/* ── judging ── */

static uint32_t judge(const struct questionnaire *q, const int32_t *answers, int32_t *score) {
    int32_t forced = 0;
    uint32_t result = 0;
    *score = 0;
    for (uint32_t i = 0; i < q->questions.n; i++) {
        if (answers[i] == UNANSWERED)
            continue;
        const struct choose_answer *x = &q->questions.v[i].answers.v[answers[i]];
        *score += x->weight;
        forced = x->forces > forced ? x->forces : forced;
    }
    while (result + 1 < q->results.n && q->results.v[result + 1].from <= *score)
        result++;
    return result > (uint32_t)forced ? result : (uint32_t)forced;
}

/* The heaviest that the open questions could bring: whether anything is left to chance. */
static bool is_certain(const struct questionnaire *q, const int32_t *answers, uint32_t result) {
    int32_t worst[QUESTIONS_MOST], score;
    for (uint32_t i = 0; i < q->questions.n; i++) {
        worst[i] = answers[i];
        for (uint32_t n = 0; answers[i] == UNANSWERED && n < q->questions.v[i].answers.n; n++) {
            int32_t forces = q->questions.v[i].answers.v[n].forces;
            if (forces > (int32_t)result)
                return false;
            if (worst[i] == UNANSWERED ||
                q->questions.v[i].answers.v[n].weight > q->questions.v[i].answers.v[worst[i]].weight)
                worst[i] = (int32_t)n;
        }
    }
    return judge(q, worst, &score) == result;
}

struct weighed {
    struct choose_change of;
    int32_t weight;
};

static int by_weight(const void *x, const void *y) {
    const struct weighed *a = x, *b = y;
    return a->weight != b->weight ? (a->weight < b->weight) - (a->weight > b->weight)
                                  : (a->of.question > b->of.question) - (a->of.question < b->of.question);
}

static void find_reasons(struct arena *a, const struct questionnaire *q, const int32_t *answers,
                         struct recommendation *out) {
    struct weighed all[QUESTIONS_MOST];
    uint32_t n = 0;
    for (uint32_t i = 0; i < q->questions.n; i++) {
        if (answers[i] == UNANSWERED)
            continue;
        const struct choose_answer *x = &q->questions.v[i].answers.v[answers[i]];
        if (x->weight > 0 || x->forces > 0)
            all[n++] = (struct weighed){{i, (uint32_t)answers[i], out->result}, x->weight + (x->forces > 0 ? 1000 : 0)};
    }
    qsort(all, n, sizeof *all, by_weight);
    for (uint32_t i = 0; i < n; i++)
        *vec_push(a, &out->reasons) = all[i].of;
}

void recommend(struct arena *a, const struct questionnaire *q, const int32_t *answers, struct recommendation *out) {
    int32_t other[QUESTIONS_MOST], score;
    *out = (struct recommendation){0};
    out->result = judge(q, answers, &out->score);
    memcpy(other, answers, q->questions.n * sizeof *other);
    for (uint32_t i = 0; i < q->questions.n; i++) {
        out->unanswered += answers[i] == UNANSWERED;
        for (uint32_t n = 0; n < q->questions.v[i].answers.n; n++) {
            other[i] = (int32_t)n;
            uint32_t result = judge(q, other, &score);
            if (other[i] != answers[i] && result != out->result)
                *vec_push(a, &out->changes) = (struct choose_change){i, n, result};
        }
        other[i] = answers[i];
    }
    out->certain = is_certain(q, answers, out->result);
    find_reasons(a, q, answers, out);
}

/* ── answers as they are typed ── */

static bool no_such(struct buf *b, str where, str text, const char *what, struct err *e) {
    err_set(e, ERR_USAGE, where, "%s: %.*s", what, STR_ARG(text));
    err_hint(e, _("one of: %.*s"), STR_ARG(buf_str(b)));
    buf_free(b);
    return false;
}

bool answer_take(const struct questionnaire *q, str text, str where, int32_t *answers, struct err *e) {
    struct buf b = {0};
    str id, value;
    if (!str_cut(text, '=', &id, &value))
        return err_set(e, ERR_USAGE, where, _("write it as QUESTION=ANSWER: %.*s"), STR_ARG(text));
    int32_t n = question_number(q, str_trim(id));
    if (n < 0) {
        for (uint32_t i = 0; i < q->questions.n; i++)
            buf_addf(&b, "%s%.*s", i ? ", " : "", STR_ARG(q->questions.v[i].id));
        return no_such(&b, where, id, _("there is no such question"), e);
    }
    answers[n] = answer_number(&q->questions.v[n], str_trim(value));
    if (answers[n] != UNANSWERED)
        return true;
    for (uint32_t i = 0; i < q->questions.v[n].answers.n; i++)
        buf_addf(&b, "%s%.*s", i ? ", " : "", STR_ARG(q->questions.v[n].answers.v[i].id));
    return no_such(&b, where, text, _("there is no such answer"), e);
}
