/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of decisions: offers with their answers, re-openings and receipts, as the log has them.
 */
#include "conform/decision.h"

#include "base/digest.h"
#include "conform/decision_inner.h"

static const char *const states[] = {"open", "accepted", "declined", "deferred", "alternative", "reopened"};
const char *decision_state_name(enum decision_state s) { return states[s]; }

/* ── rows ── */

static void take_logged(struct ask *q, int entry, int time, int signer, struct logged *out) {
    str key = ask_col_blob(q, signer);
    *out = (struct logged){.entry = (uint64_t)ask_col_int(q, entry), .time = ask_col_int(q, time)};
    memcpy(out->signer, key.p, key.n < 32 ? key.n : 32);
}

static bool parse(struct deciding *k, str text, struct json *out, struct err *e) {
    return json_parse(k->p->ctx, k->a, text, JSON_STRICT, S("views"), out, e);
}

static bool read_offer(struct deciding *k, str digest, bool *found, struct err *e) {
    struct decision *d = k->d;
    struct json doc;
    struct ask *q;
    if (!store_ask(k->p->store, &Q_offer_row, &q, e))
        return false;
    ask_int(q, 1, k->p->log_id);
    ask_text(q, 2, digest);
    ask_int(q, 3, k->size);
    if (!ask_step(q, found, e))
        return false;
    if (!*found)
        return true;
    take_logged(q, 1, 2, 3, &d->log);
    d->log.digest = arena_str(k->a, digest);
    str text = arena_str(k->a, ask_col_text(q, 4));
    ask_end(q);
    d->id = offer_id(k->a, digest);
    if (!parse(k, text, &doc, e))
        return false;
    (void)offer_read(k->a, doc.root, &d->said);
    return true;
}

/* One row of the same content as another adds its entry to it. */
static struct answer_row *answer_of(struct deciding *k, str content) {
    for (uint32_t i = 0; i < k->d->answers.n; i++)
        if (str_eq(k->d->answers.v[i].content, content))
            return &k->d->answers.v[i];
    struct answer_row *x = vec_push(k->a, &k->d->answers);
    *x = (struct answer_row){.content = arena_str(k->a, content), .standing = ANSWER_STRANGER};
    return x;
}

struct answer_text {
    uint32_t at; /* in answers */
    str text;
};

static bool read_answers(struct deciding *k, str digest, struct err *e) {
    VEC(struct answer_text) texts = {0};
    struct ask *q;
    bool row;
    if (!store_ask(k->p->store, &Q_answers_of, &q, e))
        return false;
    ask_int(q, 1, k->p->log_id);
    ask_text(q, 2, digest);
    ask_int(q, 3, k->size);
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        struct answer_row *x = answer_of(k, ask_col_text(q, 2));
        struct logged one;
        take_logged(q, 0, 3, 4, &one);
        one.digest = arena_str(k->a, ask_col_text(q, 1));
        if (!x->log.digest.p) {
            x->log = one;
            *vec_push(k->a, &texts) = (struct answer_text){(uint32_t)(x - k->d->answers.v),
                                                           arena_str(k->a, ask_col_text(q, 5))};
        }
        *vec_push(k->a, &x->all) = one;
    }
    ask_end(q);
    for (uint32_t i = 0; i < texts.n; i++) {
        struct json doc;
        if (!parse(k, texts.v[i].text, &doc, e))
            return false;
        (void)answer_read(doc.root, &k->d->answers.v[texts.v[i].at].said);
    }
    return true;
}

static bool read_reopenings(struct deciding *k, str digest, struct err *e) {
    VEC(str) texts = {0};
    struct ask *q;
    bool row;
    if (!store_ask(k->p->store, &Q_offer_reopened_of, &q, e))
        return false;
    ask_int(q, 1, k->p->log_id);
    ask_text(q, 2, digest);
    ask_int(q, 3, k->size);
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        struct reopening_row *x = vec_push(k->a, &k->d->reopenings);
        *x = (struct reopening_row){0};
        take_logged(q, 0, 1, 2, &x->log);
        *vec_push(k->a, &texts) = arena_str(k->a, ask_col_text(q, 3));
    }
    ask_end(q);
    for (uint32_t i = 0; i < texts.n; i++) {
        struct json doc;
        if (!parse(k, texts.v[i], &doc, e))
            return false;
        (void)reopening_read(doc.root, &k->d->reopenings.v[i].said);
    }
    return true;
}

bool decision_receipts(struct portfolio *p, struct arena *a, str envelope, int64_t size, struct receipts *out,
                       struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, &Q_receipts_of, &q, e))
        return false;
    ask_int(q, 1, p->log_id);
    ask_text(q, 2, envelope);
    ask_int(q, 3, size);
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        struct received r = {.entry = (uint64_t)ask_col_int(q, 0),
                             .origin = arena_str(a, ask_col_text(q, 2)),
                             .place = (uint64_t)ask_col_int(q, 3),
                             .time = ask_col_int(q, 4),
                             .proof = arena_str(a, ask_col_text(q, 5))};
        str signer = ask_col_blob(q, 1);
        const struct known_key *key = p->home && p->home->keys && signer.n == 32
                                          ? keyring_find(p->home->keys, (const unsigned char *)signer.p)
                                          : NULL;
        if (r.origin.n && key && key->ours) /* what we checked ourselves when it came */
            *vec_push(a, out) = r;
    }
    ask_end(q);
    return true;
}

static bool read_receipts(struct deciding *k, struct err *e) {
    struct decision *d = k->d;
    if (!decision_receipts(k->p, k->a, d->log.digest, k->size, &d->receipts, e))
        return false;
    for (uint32_t i = 0; i < d->answers.n; i++)
        for (uint32_t n = 0; n < d->answers.v[i].all.n; n++)
            if (!decision_receipts(k->p, k->a, d->answers.v[i].all.v[n].digest, k->size, &d->answers.v[i].receipts, e))
                return false;
    return true;
}

/* ── asking ── */

static bool read_one(struct portfolio *p, struct arena *a, str digest, const struct decision_ask *ask, bool *found,
                     struct decision *out, struct err *e) {
    struct deciding k = {.p = p, .a = a, .ask = ask, .d = out};
    k.size = ask->when.given ? (int64_t)ask->when.size : INT64_MAX;
    *out = (struct decision){0};
    if (!read_offer(&k, digest, found, e))
        return false;
    return !*found || (read_answers(&k, digest, e) && read_reopenings(&k, digest, e) && read_receipts(&k, e) &&
                       decision_judge(&k, e));
}

static bool digests(struct portfolio *p, struct arena *a, const struct decision_ask *ask, struct case_names *out,
                    struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, &Q_offers_all, &q, e))
        return false;
    ask_int(q, 1, p->log_id);
    ask_int(q, 2, ask->when.given ? (int64_t)ask->when.size : INT64_MAX);
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(a, out) = arena_str(a, ask_col_text(q, 0));
    }
    ask_end(q);
    return true;
}

enum { ID_LEAST = 4 };
bool decision_find(struct portfolio *p, struct arena *a, str id, const struct decision_ask *ask, bool *found,
                   struct decision *out, struct err *e) {
    struct case_names all = {0};
    str wanted = str_istarts(id, S("O-")) ? str_from(id, 2) : id, digest = {NULL, 0};
    *found = false;
    if (wanted.n < ID_LEAST)
        return true;
    if (!digests(p, a, ask, &all, e))
        return false;
    wanted = arena_lower(a, wanted);
    for (uint32_t i = 0; i < all.n; i++)
        if (str_starts(all.v[i], wanted)) {
            if (digest.p)
                return err_set(e, ERR_USAGE, id, "%s", _("more than one offer begins like this"));
            digest = all.v[i];
        }
    return !digest.p || read_one(p, a, digest, ask, found, out, e);
}

bool decisions_each(struct portfolio *p, const struct decision_ask *ask,
                    bool (*each)(void *arg, const struct decision *d, struct err *e), void *arg, struct err *e) {
    struct arena *a = arena_new();
    struct case_names all = {0};
    bool ok = digests(p, a, ask, &all, e);
    for (uint32_t i = 0; ok && i < all.n; i++) {
        struct arena_mark m = arena_mark(a);
        struct decision d;
        bool found = false;
        ok = read_one(p, a, all.v[i], ask, &found, &d, e) && (!found || each(arg, &d, e));
        arena_reset(a, m);
    }
    arena_free(a);
    return ok;
}

uint64_t decision_version(const struct decision *d) {
    uint64_t newest = d->log.entry;
    for (uint32_t i = 0; i < d->answers.n; i++) {
        const struct answer_row *x = &d->answers.v[i];
        newest = x->log.entry > newest ? x->log.entry : newest;
        for (uint32_t n = 0; n < x->all.n; n++)
            newest = x->all.v[n].entry > newest ? x->all.v[n].entry : newest;
    }
    for (uint32_t i = 0; i < d->reopenings.n; i++)
        newest = d->reopenings.v[i].log.entry > newest ? d->reopenings.v[i].log.entry : newest;
    return newest;
}
