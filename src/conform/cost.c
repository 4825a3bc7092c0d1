/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/cost.h"

#include "base/digest.h"
#include "base/file.h"
#include "store/queries.h"

bool cost_payload(struct ctx *c, struct arena *a, const struct cost *x, str *payload, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    struct subject subject = {.name = arena_printf(a, "%.*s %.*s", STR_ARG(x->catalogue), STR_ARG(x->practice))};
    if (x->hours <= 0 && x->money <= 0)
        return err_set(e, ERR_USAGE, x->practice, "%s", _("say how many hours or how much money it took"));
    str named = arena_printf(a, "practice:%.*s", STR_ARG(subject.name));
    *vec_push(a, &subject.digests) = (struct subject_digest){S("sha256"), digest_hex(a, DIGEST_SHA256, named)};
    jw_obj(&w);
    jw_kstr(&w, "catalogue", x->catalogue);
    jw_kstr(&w, "practice", x->practice);
    if (x->hours > 0)
        jw_key(&w, S("hours")), jw_num(&w, x->hours);
    if (x->money > 0) {
        jw_key(&w, S("money")), jw_num(&w, x->money);
        jw_kstr(&w, "currency", x->currency);
    }
    jw_kstr(&w, "date", time_rfc3339(a, x->spent));
    jw_kstr(&w, "bookedOn", time_rfc3339(a, c->now));
    if (x->text.n)
        jw_kstr(&w, "text", x->text);
    jw_obj_end(&w);
    str predicate = arena_str(a, buf_str(&b));
    buf_free(&b);
    return statement_text(c, a, str_of(predicate_of_kind(S("cost"))->type), &subject, 1, predicate, payload, e);
}

static bool take_cost(struct portfolio *p, const struct entry *x, struct err *e) {
    struct jv k = x->statement->predicate;
    struct ask *q;
    int64_t spent;
    if (!time_parse(j_gets(k, "date"), &spent))
        spent = x->time;
    if (!store_ask(p->store, &Q_cost_add, &q, e))
        return false;
    ask_int(q, 1, x->log_id);
    ask_int(q, 2, (int64_t)x->index);
    ask_int(q, 3, x->time);
    ask_blob(q, 4, str_n((const char *)x->key, 32));
    ask_text(q, 5, j_gets(k, "catalogue"));
    ask_text(q, 6, j_gets(k, "practice"));
    ask_int(q, 7, spent);
    ask_real(q, 8, j_num(j_get(k, "hours"), 0));
    ask_real(q, 9, j_num(j_get(k, "money"), 0));
    ask_text(q, 10, j_gets(k, "currency"));
    ask_text(q, 11, j_gets(k, "text"));
    return ask_send(q, e);
}
const struct projection evidence_cost_projection = {"cost", take_cost};

static bool is_ours(const struct portfolio *p, str signer, int64_t time) {
    if (!p->home || !p->home->keys || signer.n != 32)
        return signer.n == 32;
    const struct known_key *k = keyring_find(p->home->keys, (const unsigned char *)signer.p);
    return k && k->ours && keyring_judge(p->home->keys, k->id, time) == KEY_GOOD;
}

bool costs_list(struct portfolio *p, struct arena *a, const struct as_of *when, struct costs *out, struct err *e) {
    struct ask *q;
    bool row;
    *out = (struct costs){0};
    if (!store_ask(p->store, &Q_cost_rows, &q, e))
        return false;
    ask_int(q, 1, when && when->given ? (int64_t)when->size : INT64_MAX);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        if (!is_ours(p, ask_col_blob(q, 2), ask_col_int(q, 1)))
            continue;
        *vec_push(a, out) = (struct cost){.entry = (uint64_t)ask_col_int(q, 0),
                                          .booked = ask_col_int(q, 1),
                                          .catalogue = arena_str(a, ask_col_text(q, 3)),
                                          .practice = arena_str(a, ask_col_text(q, 4)),
                                          .spent = ask_col_int(q, 5),
                                          .hours = ask_col_real(q, 6),
                                          .money = ask_col_real(q, 7),
                                          .currency = arena_str(a, ask_col_text(q, 8)),
                                          .text = arena_str(a, ask_col_text(q, 9))};
    }
    ask_end(q);
    return true;
}
