/* SPDX-License-Identifier: Apache-2.0
 *
 * Catalogues and what lies between them: one in full, what remains of one, how far one covers another, which package of
 * it fits.
 */
#include "conform/choose_json.h"
#include "conform/export.h"
#include "conform/gap_json.h"
#include "conform/own.h"
#include "serve/app.h"
#include "serve/asking.h"
#include "serve/confined.h"

bool api_catalogue(struct call *q, struct err *e);
bool api_gap(struct call *q, struct err *e);
bool api_gap_sheet(struct call *q, struct err *e);
bool api_map(struct call *q, struct err *e);
bool api_choose(struct call *q, struct err *e);
bool api_choose_answer(struct call *q, struct err *e);

static bool catalogue_by(struct call *q, str id, const char *otherwise, const struct catalogue **out, struct err *e) {
    return catalogue_find(q->ctx, q->views, q->a, id.n ? id : str_of(otherwise), out, e);
}

/* ── one in full ── in the reader's language */

static void put_text(struct jw *w, const char *key, struct label l) {
    if (label_text(l).n)
        jw_kstr(w, key, label_text(l));
}

static void put_levels(struct call *q, struct jw *w, const struct practice *p) {
    jw_karr(w, "levels");
    for (int level = 0; level < LEVELS; level++) {
        jw_obj(w);
        jw_kint(w, "level", level);
        put_text(w, "text", p->levels[level]);
        jw_karr(w, "rules");
        for (uint32_t i = 0; i < p->evidence[level].n; i++)
            jw_str(w, rule_text(q->a, &p->evidence[level].v[i]));
        jw_arr_end(w);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void put_practice(struct call *q, struct jw *w, const struct catalogue *k, const struct practice *p) {
    int32_t unit = practice_unit(k, p);
    jw_obj(w);
    jw_kstr(w, "id", p->id);
    jw_kstr(w, "group", k->groups.v[p->group].id);
    if (unit >= 0)
        jw_kstr(w, "requirement", k->groups.v[unit].id);
    jw_kstr(w, "origin", p->origin);
    put_text(w, "title", p->title);
    put_text(w, "text", p->text);
    jw_kstr(w, "binds", roles_text(q->a, p->binds));
    jw_kobj(w, "targets");
    for (uint32_t i = 0; i < k->packages.n; i++)
        if (p->targets[i] >= 0) {
            jw_key(w, k->packages.v[i].id);
            jw_int(w, p->targets[i]);
        }
    jw_obj_end(w);
    put_levels(q, w, p);
    if (p->effort.first >= 0) {
        jw_kint(w, "hoursFirst", p->effort.first);
        jw_kint(w, "hoursYearly", p->effort.yearly);
    }
    put_text(w, "protects", p->protects);
    put_text(w, "incident", p->incident);
    put_text(w, "start", p->start);
    jw_kstr(w, "command", p->command);
    jw_obj_end(w);
}

static void put_catalogue(struct call *q, struct jw *w, const struct catalogue *k) {
    jw_obj(w);
    jw_kstr(w, "id", k->id);
    jw_kstr(w, "version", k->version);
    jw_kstr(w, "status", k->status);
    jw_kstr(w, "digest", k->digest);
    put_text(w, "title", k->title);
    put_text(w, "publisher", k->publisher);
    put_text(w, "source", k->source);
    put_text(w, "note", k->note);
    jw_karr(w, "packages");
    for (uint32_t i = 0; i < k->packages.n; i++) {
        jw_obj(w);
        jw_kstr(w, "id", k->packages.v[i].id);
        put_text(w, "title", k->packages.v[i].title);
        put_text(w, "text", k->packages.v[i].text);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_karr(w, "groups");
    for (uint32_t i = 0; i < k->groups.n; i++) {
        const struct catalogue_group *g = &k->groups.v[i];
        jw_obj(w);
        jw_kstr(w, "id", g->id);
        jw_kstr(w, "kind", g->kind);
        if (g->parent >= 0)
            jw_kstr(w, "parent", k->groups.v[g->parent].id);
        put_text(w, "title", g->title);
        put_text(w, "text", g->text);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_karr(w, "practices");
    for (uint32_t i = 0; i < k->practices.n; i++)
        put_practice(q, w, k, &k->practices.v[i]);
    jw_arr_end(w);
    jw_obj_end(w);
}

static bool sheet_of(struct call *q, const struct catalogue *k, struct err *e) {
    str text;
    return catalogue_csv(q->a, k, (str){NULL, 0}, &text, e) && call_bytes(q, "text/csv; charset=utf-8", text);
}

bool api_catalogue(struct call *q, struct err *e) {
    enum { AS_TEXTS, AS_FILE, AS_CSV };
    const struct catalogue *k;
    int form;
    if (!call_choice(q, "form", "texts|akashi|csv", AS_TEXTS, &form, e) ||
        !catalogue_by(q, call_part(q, 0), "cip", &k, e))
        return false;
    if (form == AS_CSV)
        return sheet_of(q, k, e);
    if (form == AS_FILE)
        return call_bytes(q, "application/json", k->text);
    put_catalogue(q, call_json(q), k);
    return true;
}
const struct route_doc api_catalogue_doc = {
    .answer = "catalogue-answer",
    .others = "text/csv",
    .arguments =
        (const struct route_argument[]){{"form", "texts|akashi|csv",
                                         N_("in the reader's language (texts), in both as its file is, or as a "
                                            "sheet")},
                                        {0}},
    .says = N_("groups, and practices with what must be so at each level, which evidence shows it, what it costs"),
};

/* ── what remains ── */

#define ARGUMENTS_GAP                                                                                                  \
    {"want", "text", N_("the catalogue to be met (cip)")}, {"package", "text", N_("only what this package asks for")}, \
        {"role", "text", N_("only what binds one of these: developer,supplier,operator,customer,other")}, {            \
        "form", "json|csv", N_("as what (json)")                                                                       \
    }

static bool gap_of(struct call *q, struct gap_ask *ask, struct err *e) {
    struct gap gap;
    int form;
    str role = call_text(q, "role");
    ask->package = call_text(q, "package");
    if (!ask->package.n)
        ask->package = (str){NULL, 0};
    if (role.n && !roles_parse(role, &ask->roles))
        return err_set(e, ERR_USAGE, S("role"), _("must be one of %s"), "developer|supplier|operator|customer|other");
    if (!call_choice(q, "form", "json|csv", 0, &form, e) ||
        !catalogue_by(q, call_text(q, "want"), "cip", &ask->want, e) || !gap_find(q->ctx, q->views, q->a, ask, &gap, e))
        return false;
    if (form) {
        struct buf b = {0};
        gap_csv(q->a, &gap, &b);
        str text = arena_str(q->a, buf_str(&b));
        buf_free(&b);
        return call_bytes(q, "text/csv; charset=utf-8", text);
    }
    gap_json(call_json(q), ask, &gap);
    return true;
}

bool api_gap(struct call *q, struct err *e) {
    const struct catalogue *have;
    struct hads all = {0};
    struct gap_ask ask = {.have = &all};
    str id;
    if (!call_needs(q, "have", &id, e) || !catalogue_by(q, id, "cip", &have, e))
        return false;
    gap_have_all(q->a, have, &all);
    return gap_of(q, &ask, e);
}
const struct route_doc api_gap_doc = {
    .answer = "gap-answer",
    .others = "text/csv",
    .arguments = (const struct route_argument[]){{"have", "text", N_("a catalogue that is met already")},
                                                 ARGUMENTS_GAP,
                                                 {0}},
    .says = N_("practices: met, in part (by what), open; what is left stands with the cheapest first"),
};

bool api_gap_sheet(struct call *q, struct err *e) {
    struct hads all = {0};
    struct gap_ask ask = {.have = &all};
    str have = call_text(q, "have");
    ask.where = arena_printf(q->a, "%.*s.csv", STR_ARG(have.n ? have : S("body")));
    if (!q->body.n)
        return err_set(e, ERR_USAGE, S("body"), "%s", _("send a sheet: CSV with the columns catalogue, id, level"));
    const struct reading_plan plan = call_reading(q, q->body, ask.where);
    return readers_gap(app_readers(q->app), &plan, q->a, &all, e) && gap_of(q, &ask, e);
}
const struct route_doc api_gap_sheet_doc = {
    .answer = "gap-answer",
    .others = "text/csv",
    .arguments = (const struct route_argument[]){{"have", "text", N_("the catalogue that rows without one are of")},
                                                 ARGUMENTS_GAP,
                                                 {0}},
    .says = N_("the body is CSV with the columns catalogue, id, level (カタログ, 識別子, レベル): what is met already"),
};

/* ── how far one covers another ── */

bool api_map(struct call *q, struct err *e) {
    const struct catalogue *from, *to;
    struct relation r;
    str from_id, to_id;
    int form;
    if (!call_needs(q, "from", &from_id, e) || !call_needs(q, "to", &to_id, e) ||
        !call_choice(q, "form", "json|csv", 0, &form, e) || !catalogue_by(q, from_id, "", &from, e) ||
        !catalogue_by(q, to_id, "", &to, e) || !relation_find(q->ctx, q->views, q->a, from, to, &r, e))
        return false;
    if (form) {
        struct buf b = {0};
        relation_csv(&r, &b);
        str text = arena_str(q->a, buf_str(&b));
        buf_free(&b);
        return call_bytes(q, "text/csv; charset=utf-8", text);
    }
    relation_json(call_json(q), &r);
    return true;
}
const struct route_doc api_map_doc = {
    .answer = "relation-answer",
    .others = "text/csv",
    .arguments = (const struct route_argument[]){{"from", "text", N_("the catalogue that is met")},
                                                 {"to", "text", N_("the one that is asked for")},
                                                 {"form", "json|csv", N_("as what (json)")},
                                                 {0}},
    .says = N_("for each practice of the one: by what of the other it is covered, and how strongly"),
};

/* ── which package ── */

struct choosing {
    const struct catalogue *k;
    struct questionnaire questions;
    int32_t answers[QUESTIONS_MOST];
    struct recommendation r;
};

static bool questions_of(struct call *q, str id, struct choosing *x, struct err *e) {
    return catalogue_by(q, id, "cip", &x->k, e) && questionnaire_find(q->ctx, q->a, x->k, &x->questions, e);
}

bool api_choose(struct call *q, struct err *e) {
    struct choosing x;
    if (!questions_of(q, call_text(q, "catalogue"), &x, e))
        return false;
    questionnaire_json(call_json(q), &x.questions);
    return true;
}
const struct route_doc api_choose_doc = {
    .answer = "questions-answer",
    .arguments = (const struct route_argument[]){{"catalogue", "text", N_("which catalogue (cip)")}, {0}},
    .says = N_("questions with their answers"),
};

static bool take_answers(struct call *q, struct choosing *x, struct err *e) {
    for (uint32_t i = 0; i < QUESTIONS_MOST; i++)
        x->answers[i] = UNANSWERED;
    for (struct jiter it = j_iter(j_get(q->json.root, "answers")); j_next(&it);) {
        str answer = j_str(it.val), text = arena_printf(q->a, "%.*s=%.*s", STR_ARG(it.key), STR_ARG(answer));
        if (answer.n && !answer_take(&x->questions, text, S("answers"), x->answers, e))
            return false;
    }
    return true;
}

/* The statement goes the way of all that many hand in: the views of this call only read. */
static bool keep(struct call *q, const struct choosing *x, struct choice_say *say, struct err *e) {
    struct own_say own;
    struct portfolio_add add = {0};
    *say = (struct choice_say){.catalogue = x->k,
                               .questionnaire = &x->questions,
                               .answers = x->answers,
                               .recommendation = &x->r,
                               .package = j_gets(q->json.root, "package"),
                               .party = j_gets(q->json.root, "party")};
    if (!say->package.n)
        say->package = x->questions.results.v[x->r.result].package;
    if (package_number(x->k, say->package) < 0)
        return err_set(e, ERR_USAGE, S("package"), _("there is no package '%.*s'"), STR_ARG(say->package));
    if (!choice_prepare(q->views, q->a, say, &own, &add, e) || (!own.same && !call_append(q, &add, 1, e)))
        return false;
    say->index = own.same ? own.index : add.index;
    say->same = own.same;
    return true;
}

bool api_choose_answer(struct call *q, struct err *e) {
    struct choosing x;
    struct choice_say say;
    bool saves = j_true(j_get(q->json.root, "save"));
    if (saves && !caller_may(&q->who, MAY_MANAGE))
        return call_refuse(q, 403, "forbidden", "%s", _("to state a choice needs the role to manage"));
    if (!questions_of(q, j_gets(q->json.root, "catalogue"), &x, e) || !take_answers(q, &x, e))
        return false;
    recommend(q->a, &x.questions, x.answers, &x.r);
    if (saves && !keep(q, &x, &say, e))
        return false;
    struct jw *w = call_json_as(q, saves ? 201 : 200);
    jw_obj(w);
    recommendation_json(w, &x.questions, x.answers, &x.r);
    if (saves) {
        jw_kstr(w, "package", say.package);
        jw_kint(w, "entry", (int64_t)say.index);
        jw_kbool(w, "wasThere", say.same);
    }
    jw_obj_end(w);
    return true;
}
const struct route_doc api_choose_answer_doc = {
    .answer = "choice-answer",
    .body = "choose",
    .says = N_(
        "{catalogue, answers: {question: answer}, save, package, party}: which package fits and why, and which "
        "other answer would change it; with save the choice becomes a statement, which needs the role to manage"),
};
