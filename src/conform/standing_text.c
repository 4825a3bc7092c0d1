/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said about declarations, as statements about their envelopes.
 */
#include "base/digest.h"
#include "conform/standing.h"

struct saying {
    struct ctx *c;
    struct arena *a;
    struct buf b;
    struct jw w;
};

static void put(struct jw *w, const char *key, str s) {
    if (s.n)
        jw_kstr(w, key, s);
}

static void put_person(struct jw *w, const struct person *p) {
    jw_kobj(w, "person");
    jw_kstr(w, "name", p->name);
    jw_kstr(w, "role", p->role);
    jw_obj_end(w);
}

static void put_documents(struct jw *w, const char *key, const struct attacheds *v) {
    if (!v->n)
        return;
    jw_karr(w, key);
    for (uint32_t i = 0; i < v->n; i++) {
        jw_obj(w);
        jw_kstr(w, "name", v->v[i].name);
        jw_kstr(w, "sha256", v->v[i].sha256);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

/* Ends the predicate, dated, and makes it a statement about one envelope. */
static bool end(struct saying *s, const char *kind, str envelope, str *payload, struct err *e) {
    struct subject subject = {.name = S("envelope")};
    *vec_push(s->a, &subject.digests) = (struct subject_digest){S("sha256"), envelope};
    jw_kstr(&s->w, "date", time_rfc3339(s->a, s->c->now));
    jw_obj_end(&s->w);
    bool ok = statement_text(s->c, s->a, str_of(predicate_of_kind(str_of(kind))->type), &subject, 1, buf_str(&s->b),
                             payload, e);
    buf_free(&s->b);
    return ok;
}

static void open_object(struct saying *s) {
    s->w = jw_to(&s->b, false);
    jw_obj(&s->w);
}

bool challenge_payload(struct ctx *c, struct arena *a, const struct challenge *x, str *payload, struct err *e) {
    struct saying s = {.c = c, .a = a};
    str all = arena_printf(a, "%.*s|%.*s|%.*s|%lld", STR_ARG(x->declaration), STR_ARG(x->name), STR_ARG(x->text),
                           (long long)c->now);
    open_object(&s);
    jw_kstr(&s.w, "id", arena_printf(a, "X-%.12s", digest_hex(a, DIGEST_SHA256, all).p));
    jw_kstr(&s.w, "declaration", x->declaration);
    jw_karr(&s.w, "practices");
    for (uint32_t i = 0; i < x->practices.n; i++)
        jw_str(&s.w, x->practices.v[i]);
    jw_arr_end(&s.w);
    jw_kstr(&s.w, "text", x->text);
    jw_kobj(&s.w, "challenger");
    jw_kstr(&s.w, "name", x->name);
    put(&s.w, "contact", x->contact);
    jw_obj_end(&s.w);
    put_documents(&s.w, "evidence", &x->evidence);
    return end(&s, "challenge", x->declaration, payload, e);
}

bool challenge_answer_payload(struct ctx *c, struct arena *a, const struct challenge_answer *x, str *payload,
                              struct err *e) {
    struct saying s = {.c = c, .a = a};
    open_object(&s);
    jw_kstr(&s.w, "challenge", x->challenge);
    jw_kstr(&s.w, "declaration", x->declaration);
    jw_kstr(&s.w, "verdict", x->upheld ? S("upheld") : S("dismissed"));
    if (x->upheld)
        jw_kstr(&s.w, "outcome", str_of(standing_name(x->outcome)));
    put(&s.w, "replacement", x->replacement);
    jw_kstr(&s.w, "reason", x->reason);
    put_person(&s.w, &x->person);
    return end(&s, "challenge-answer", x->challenge, payload, e);
}

bool endorsement_payload(struct ctx *c, struct arena *a, const struct endorsement *x, str *payload, struct err *e) {
    struct saying s = {.c = c, .a = a};
    open_object(&s);
    jw_kstr(&s.w, "declaration", x->declaration);
    jw_kobj(&s.w, "by");
    put(&s.w, "id", x->party);
    jw_kstr(&s.w, "name", x->name);
    jw_obj_end(&s.w);
    jw_karr(&s.w, "checked");
    for (uint32_t i = 0; i < x->checked.n; i++) {
        jw_obj(&s.w);
        put(&s.w, "practice", x->checked.v[i].practice);
        jw_kstr(&s.w, "what", x->checked.v[i].what);
        if (x->checked.v[i].level >= 0)
            jw_kint(&s.w, "level", x->checked.v[i].level);
        jw_obj_end(&s.w);
    }
    jw_arr_end(&s.w);
    jw_kstr(&s.w, "result", x->result);
    put_documents(&s.w, "documents", &x->documents);
    put_person(&s.w, &x->person);
    return end(&s, "endorsement", x->declaration, payload, e);
}

bool standing_payload(struct ctx *c, struct arena *a, const struct standing_change *x, str *payload, struct err *e) {
    struct saying s = {.c = c, .a = a};
    open_object(&s);
    jw_kstr(&s.w, "declaration", x->declaration);
    jw_kstr(&s.w, "state", str_of(standing_name(x->state)));
    if (x->fallen.n)
        jw_karr(&s.w, "practices");
    for (uint32_t i = 0; i < x->fallen.n; i++) {
        jw_obj(&s.w);
        jw_kstr(&s.w, "id", x->fallen.v[i].practice->id);
        jw_kint(&s.w, "declared", x->fallen.v[i].target);
        jw_kint(&s.w, "now", x->fallen.v[i].level);
        jw_obj_end(&s.w);
    }
    if (x->fallen.n)
        jw_arr_end(&s.w);
    jw_kstr(&s.w, "reason", x->reason);
    if (x->until)
        jw_kstr(&s.w, "until", time_rfc3339(a, x->until));
    return end(&s, "standing", x->declaration, payload, e);
}

bool handover_payload(struct ctx *c, struct arena *a, str declaration, const struct scope_names *to, str *payload,
                      struct err *e) {
    struct saying s = {.c = c, .a = a};
    open_object(&s);
    jw_kstr(&s.w, "declaration", declaration);
    jw_karr(&s.w, "to");
    for (uint32_t i = 0; i < to->n; i++)
        jw_str(&s.w, to->v[i]);
    jw_arr_end(&s.w);
    return end(&s, "handover", declaration, payload, e);
}
