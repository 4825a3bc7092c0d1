/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/choice.h"

#include "conform/canonical.h"
#include "conform/own.h"

static str name_of(struct arena *a, str catalogue, str party) {
    return party.n ? arena_printf(a, "%.*s:%.*s", STR_ARG(catalogue), STR_ARG(party)) : catalogue;
}

bool choice_latest(struct portfolio *p, struct arena *a, str catalogue, str party, const struct as_of *when,
                   bool *found, struct choice *out, struct err *e) {
    struct owns own;
    *out = (struct choice){0};
    if (!own_newest(p, a, "choice", name_of(a, catalogue, party), when, &own, e))
        return false;
    *found = own.n > 0;
    if (!*found)
        return true;
    struct jv v = own.v[0].statement.predicate;
    *out = (struct choice){.index = own.v[0].index,
                           .time = own.v[0].time,
                           .catalogue = j_gets(v, "catalogue"),
                           .digest = j_gets(v, "catalogueDigest"),
                           .package = j_gets(v, "package"),
                           .party = j_gets(v, "party")};
    return true;
}

static void put_answers(struct jw *w, const struct choice_say *x) {
    const struct questionnaire *q = x->questionnaire;
    jw_karr(w, "answers");
    for (uint32_t i = 0; i < q->questions.n; i++) {
        if (x->answers[i] == UNANSWERED)
            continue;
        jw_obj(w);
        jw_kstr(w, "question", q->questions.v[i].id);
        jw_kstr(w, "answer", q->questions.v[i].answers.v[x->answers[i]].id);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void put_reasons(struct jw *w, const struct choice_say *x) {
    const struct choose_changes *reasons = &x->recommendation->reasons;
    jw_karr(w, "reasons");
    for (uint32_t i = 0; i < reasons->n; i++) {
        struct label why = x->questionnaire->questions.v[reasons->v[i].question].answers.v[reasons->v[i].answer].why;
        if (!why.en.n)
            continue;
        jw_obj(w);
        jw_kstr(w, "ja", why.ja);
        jw_kstr(w, "en", why.en);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static str predicate_of(struct arena *a, const struct choice_say *x) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    jw_obj(&w);
    jw_kstr(&w, "catalogue", x->catalogue->id);
    jw_kstr(&w, "catalogueDigest", x->catalogue->digest);
    jw_kstr(&w, "package", x->package);
    if (x->party.n)
        jw_kstr(&w, "party", x->party);
    jw_kstr(&w, "recommended", x->questionnaire->results.v[x->recommendation->result].package);
    jw_kbool(&w, "certain", x->recommendation->certain);
    jw_kint(&w, "score", x->recommendation->score);
    jw_kstr(&w, "questions", x->questionnaire->version);
    put_answers(&w, x);
    put_reasons(&w, x);
    jw_obj_end(&w);
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

static bool wanted(struct portfolio *p, struct arena *a, const struct choice_say *x, struct own_say *own,
                   struct err *e) {
    struct json doc;
    *own = (struct own_say){.kind = "choice", .name = name_of(a, x->catalogue->id, x->party)};
    if (!json_parse(p->ctx, a, predicate_of(a, x), JSON_STRICT, S("choice"), &doc, e))
        return false;
    own->predicate = canonical_text(a, doc.root);
    return true;
}

bool choice_prepare(struct portfolio *p, struct arena *a, const struct choice_say *x, struct own_say *own,
                    struct portfolio_add *add, struct err *e) {
    return wanted(p, a, x, own, e) && own_prepare(p, a, own, add, e);
}

bool choice_say(struct portfolio *p, struct arena *a, struct choice_say *x, struct err *e) {
    struct own_say say;
    if (!wanted(p, a, x, &say, e) || !own_say(p, a, &say, e))
        return false;
    x->index = say.index;
    x->same = say.same;
    return true;
}
