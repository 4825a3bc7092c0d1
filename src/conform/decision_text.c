/* SPDX-License-Identifier: Apache-2.0
 *
 * Offers, answers and re-openings as predicates: written and read.
 */
#include "base/digest.h"
#include "conform/decision.h"
#include "seal/statement.h"

static const char *const answers[] = {"accept", "decline", "defer", "alternative"};
static const char *const reasons[] = {"exploited", "more-likely", "review", "deferred", "asked"};

const char *answer_kind_name(enum answer_kind k) { return answers[k]; }
const char *reopened_name(enum reopened_because b) { return reasons[b]; }

/* ── writing ── */

static void put(struct jw *w, const char *key, str s) {
    if (s.n)
        jw_kstr(w, key, s);
}

static void put_time(struct jw *w, struct arena *a, const char *key, int64_t t) {
    if (t)
        jw_kstr(w, key, time_rfc3339(a, t));
}

static void put_side(struct jw *w, const char *key, const struct decision_side *s) {
    if (!s->id.n && !s->name.n)
        return;
    jw_kobj(w, key);
    put(w, "id", s->id);
    put(w, "name", s->name);
    jw_obj_end(w);
}

static void put_flaws(struct jw *w, const struct offer_flaws *v) {
    if (!v->n)
        return;
    jw_karr(w, "flaws");
    for (uint32_t i = 0; i < v->n; i++) {
        jw_obj(w);
        jw_kstr(w, "id", v->v[i].id);
        jw_kbool(w, "kev", v->v[i].kev);
        if (v->v[i].epss >= 0)
            jw_kint(w, "epss", v->v[i].epss);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void put_about(struct jw *w, const struct offer *o) {
    jw_kobj(w, "about");
    jw_kstr(w, "product", o->product);
    put(w, "release", o->release);
    put(w, "deployment", o->deployment);
    put(w, "case", o->case_id);
    put_flaws(w, &o->flaws);
    if (o->practices.n) {
        jw_karr(w, "practices");
        for (uint32_t i = 0; i < o->practices.n; i++)
            jw_str(w, o->practices.v[i]);
        jw_arr_end(w);
    }
    jw_obj_end(w);
}

static bool payload_of(struct ctx *c, struct arena *a, const char *word, const struct subject *about, struct buf *b,
                       str *payload, struct err *e) {
    bool ok = statement_text(c, a, str_of(predicate_of_kind(str_of(word))->type), about, 1, buf_str(b), payload, e);
    buf_free(b);
    return ok;
}

bool offer_payload(struct ctx *c, struct arena *a, const struct offer *o, str *payload, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    jw_obj(&w);
    put_side(&w, "provider", &o->provider);
    put_side(&w, "customer", &o->customer);
    jw_kstr(&w, "measure", o->measure);
    jw_kstr(&w, "title", o->title);
    put_about(&w, o);
    jw_kstr(&w, "risk", o->risk);
    if (o->cost_provider.n || o->cost_customer.n) {
        jw_kobj(&w, "cost");
        put(&w, "provider", o->cost_provider);
        put(&w, "customer", o->cost_customer);
        jw_obj_end(&w);
    }
    put_time(&w, a, "deadline", o->deadline);
    put(&w, "ifNot", o->if_not);
    jw_kstr(&w, "stated", time_rfc3339(a, o->stated));
    jw_obj_end(&w);
    struct subject about = {.name = arena_cat(a, S("product:"), o->product)};
    *vec_push(a, &about.digests) = (struct subject_digest){S("sha256"), digest_hex(a, DIGEST_SHA256, about.name)};
    return payload_of(c, a, "offer", &about, &b, payload, e);
}

static struct subject about_offer(struct arena *a, str digest) {
    struct subject about = {.name = offer_id(a, digest)};
    *vec_push(a, &about.digests) = (struct subject_digest){S("sha256"), digest};
    return about;
}

bool answer_payload(struct ctx *c, struct arena *a, const struct offer_answer *o, str *payload, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    struct subject about = about_offer(a, o->offer);
    jw_obj(&w);
    jw_kstr(&w, "offer", o->offer);
    put_side(&w, "provider", &o->provider);
    put_side(&w, "customer", &o->customer);
    jw_kstr(&w, "answer", str_of(answers[o->kind]));
    put_time(&w, a, "until", o->until);
    put(&w, "alternative", o->alternative);
    jw_kstr(&w, "reason", o->reason);
    jw_kobj(&w, "by");
    jw_kstr(&w, "person", o->person);
    jw_kstr(&w, "role", o->role);
    jw_obj_end(&w);
    put(&w, "riskOwner", o->risk_owner);
    put_time(&w, a, "review", o->review);
    if (o->reported)
        jw_kbool(&w, "reported", true);
    put(&w, "document", o->document);
    jw_kstr(&w, "stated", time_rfc3339(a, o->stated));
    jw_obj_end(&w);
    return payload_of(c, a, "answer", &about, &b, payload, e);
}

bool reopening_payload(struct ctx *c, struct arena *a, const struct reopening *o, str *payload, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    struct subject about = about_offer(a, o->offer);
    jw_obj(&w);
    jw_kstr(&w, "offer", o->offer);
    put(&w, "answer", o->answer);
    jw_kstr(&w, "because", str_of(reasons[o->because]));
    put(&w, "flaw", o->flaw);
    if (o->epss >= 0)
        jw_kint(&w, "epss", o->epss);
    put_time(&w, a, "day", o->day);
    put(&w, "reason", o->reason);
    jw_obj_end(&w);
    return payload_of(c, a, "offer-reopened", &about, &b, payload, e);
}

/* ── reading ── */

static int64_t time_in(struct jv v, const char *key) {
    int64_t t;
    return time_parse(j_gets(v, key), &t) ? t : 0;
}

static struct decision_side side_in(struct jv v, const char *key) {
    return (struct decision_side){j_gets(j_get(v, key), "id"), j_gets(j_get(v, key), "name")};
}

static bool word_in(str word, const char *const *words, int n, int *out) {
    for (int i = 0; i < n; i++)
        if (str_is(word, words[i])) {
            *out = i;
            return true;
        }
    return false;
}

bool offer_read(struct arena *a, struct jv v, struct offer *out) {
    struct jv about = j_get(v, "about");
    *out = (struct offer){.provider = side_in(v, "provider"),
                          .customer = side_in(v, "customer"),
                          .measure = j_gets(v, "measure"),
                          .title = j_gets(v, "title"),
                          .product = j_gets(about, "product"),
                          .release = j_gets(about, "release"),
                          .deployment = j_gets(about, "deployment"),
                          .case_id = j_gets(about, "case"),
                          .risk = j_gets(v, "risk"),
                          .cost_provider = j_gets(j_get(v, "cost"), "provider"),
                          .cost_customer = j_gets(j_get(v, "cost"), "customer"),
                          .if_not = j_gets(v, "ifNot"),
                          .deadline = time_in(v, "deadline"),
                          .stated = time_in(v, "stated")};
    for (struct jiter it = j_iter(j_get(about, "flaws")); j_next(&it);)
        *vec_push(a, &out->flaws) = (struct offer_flaw){j_gets(it.val, "id"), j_true(j_get(it.val, "kev")),
                                                        (int32_t)j_int(j_get(it.val, "epss"), -1)};
    for (struct jiter it = j_iter(j_get(about, "practices")); j_next(&it);)
        *vec_push(a, &out->practices) = j_str(it.val);
    return out->measure.n && out->title.n && out->product.n;
}

bool answer_read(struct jv v, struct offer_answer *out) {
    int kind = 0;
    *out = (struct offer_answer){.offer = j_gets(v, "offer"),
                                 .provider = side_in(v, "provider"),
                                 .customer = side_in(v, "customer"),
                                 .alternative = j_gets(v, "alternative"),
                                 .reason = j_gets(v, "reason"),
                                 .person = j_gets(j_get(v, "by"), "person"),
                                 .role = j_gets(j_get(v, "by"), "role"),
                                 .risk_owner = j_gets(v, "riskOwner"),
                                 .document = j_gets(v, "document"),
                                 .reported = j_true(j_get(v, "reported")),
                                 .until = time_in(v, "until"),
                                 .review = time_in(v, "review"),
                                 .stated = time_in(v, "stated")};
    bool ok = word_in(j_gets(v, "answer"), answers, ANSWER_ALTERNATIVE + 1, &kind);
    out->kind = (enum answer_kind)kind;
    return ok && out->offer.n == 64;
}

bool reopening_read(struct jv v, struct reopening *out) {
    int because = 0;
    *out = (struct reopening){.offer = j_gets(v, "offer"),
                              .answer = j_gets(v, "answer"),
                              .flaw = j_gets(v, "flaw"),
                              .reason = j_gets(v, "reason"),
                              .epss = (int32_t)j_int(j_get(v, "epss"), -1),
                              .day = time_in(v, "day")};
    bool ok = word_in(j_gets(v, "because"), reasons, REOPENED_ASKED + 1, &because);
    out->because = (enum reopened_because)because;
    return ok && out->offer.n == 64;
}

str answer_content(struct arena *a, struct jv predicate) {
    return digest_hex(a, DIGEST_SHA256, json_text(predicate, a));
}

str offer_id(struct arena *a, str digest) { return arena_cat(a, S("O-"), str_upto(digest, 12)); }
