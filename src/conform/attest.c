/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/attest.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/file.h"

static void subject_of(struct arena *a, const char *kind, str id, struct subject *out) {
    str named = arena_printf(a, "%s:%.*s", kind, STR_ARG(id));
    *out = (struct subject){.name = id};
    *vec_push(a, &out->digests) = (struct subject_digest){S("sha256"), digest_hex(a, DIGEST_SHA256, named)};
}

static bool finish(struct ctx *c, struct arena *a, const char *kind, const struct subject *subjects, uint32_t n,
                   struct buf *b, str *payload, struct err *e) {
    str predicate = arena_str(a, buf_str(b));
    buf_free(b);
    return statement_text(c, a, str_of(predicate_of_kind(str_of(kind))->type), subjects, n, predicate, payload, e);
}

static void put_names(struct jw *w, const char *key, const struct scope_names *names) {
    if (!names->n)
        return;
    jw_karr(w, key);
    for (uint32_t i = 0; i < names->n; i++)
        jw_str(w, names->v[i]);
    jw_arr_end(w);
}

/* ── attestations ── */

static void put_scope(struct jw *w, const struct attestation *x) {
    if (!x->party.n && !x->products.n)
        return;
    jw_kobj(w, "scope");
    if (x->party.n)
        jw_kstr(w, "party", x->party);
    put_names(w, "products", &x->products);
    jw_obj_end(w);
}

static void put_documents(struct jw *w, const struct attested_documents *all) {
    if (!all->n)
        return;
    jw_karr(w, "documents");
    for (uint32_t i = 0; i < all->n; i++) {
        jw_obj(w);
        jw_kstr(w, "name", all->v[i].name);
        jw_kobj(w, "digest");
        jw_kstr(w, "sha256", all->v[i].sha256);
        jw_obj_end(w);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void put_sample(struct jw *w, const struct attestation *x) {
    if (!x->of)
        return;
    jw_kobj(w, "sample");
    jw_kint(w, "n", x->n);
    jw_kint(w, "of", x->of);
    jw_kstr(w, "seed", x->seed);
    jw_obj_end(w);
}

static void put_word(struct jw *w, const struct attestation *x) {
    if (!x->reason.n) {
        jw_kint(w, "level", x->level);
        return;
    }
    jw_kobj(w, "notApplicable");
    jw_kstr(w, "reason", x->reason);
    jw_obj_end(w);
}

bool attestation_payload(struct ctx *c, struct arena *a, const struct attestation *x, str *payload, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    struct subject subject;
    subject_of(a, "practice", arena_printf(a, "%.*s %.*s", STR_ARG(x->catalogue), STR_ARG(x->practice)), &subject);
    jw_obj(&w);
    jw_kstr(&w, "catalogue", x->catalogue);
    jw_kstr(&w, "practice", x->practice);
    put_word(&w, x);
    if (x->text.n)
        jw_kstr(&w, "text", x->text);
    jw_kobj(&w, "person");
    jw_kstr(&w, "name", x->person);
    jw_kstr(&w, "role", x->role);
    jw_obj_end(&w);
    jw_kstr(&w, "date", time_rfc3339(a, x->date));
    put_scope(&w, x);
    put_documents(&w, &x->documents);
    if (x->expires)
        jw_kstr(&w, "expires", time_rfc3339(a, x->expires));
    put_sample(&w, x);
    jw_obj_end(&w);
    return finish(c, a, "attestation", &subject, 1, &b, payload, e);
}

/* ── samples ── */

struct lot {
    unsigned char digest[32];
    uint32_t number;
};
static int by_digest(const void *x, const void *y) {
    const struct lot *a = x, *b = y;
    return memcmp(a->digest, b->digest, 32);
}
static int by_number(const void *x, const void *y) {
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

void sample_draw(struct arena *a, str seed, uint32_t n, uint32_t of, struct drawn *out) {
    of = of < DRAW_MOST ? of : DRAW_MOST;
    n = n < of ? n : of;
    struct lot *lots = arena_array(a, struct lot, of + 1);
    for (uint32_t i = 0; i < of; i++) {
        char number[16];
        int length = snprintf(number, sizeof number, ":%u", i + 1);
        struct digest_state *sum = digest_begin(DIGEST_SHA256);
        digest_add(sum, seed);
        digest_add(sum, str_n(number, (size_t)length));
        digest_end(sum, lots[i].digest);
        lots[i].number = i + 1;
    }
    if (of)
        qsort(lots, of, sizeof *lots, by_digest);
    for (uint32_t i = 0; i < n; i++)
        *vec_push(a, out) = lots[i].number;
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, by_number);
}

/* ── the archive ── */

bool archive_check_payload(struct ctx *c, struct arena *a, str origin, const struct archive_checked *x, str *payload,
                           struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    struct subject subject;
    str place, query;
    subject_of(a, "archive", origin, &subject);
    jw_obj(&w);
    jw_kstr(&w, "checkedOn", time_rfc3339(a, c->now));
    jw_key(&w, S("sample"));
    jw_num(&w, x->sample < 0 ? 0 : x->sample > 1 ? 1 : x->sample);
    jw_kint(&w, "bodies", (int64_t)x->bodies);
    jw_kint(&w, "bytes", (int64_t)x->bytes);
    jw_kint(&w, "packs", (int64_t)x->packs);
    jw_kint(&w, "faults", (int64_t)x->faults);
    if (x->copy.n) { /* behind ? an address says how it is reached, which is nobody's business */
        jw_kstr(&w, "copy", str_cut(x->copy, '?', &place, &query) ? place : x->copy);
        jw_kbool(&w, "writeOnce", x->write_once);
    }
    jw_obj_end(&w);
    return finish(c, a, "archive-check", &subject, 1, &b, payload, e);
}

/* ── disclosures ── */

bool disclosure_payload(struct ctx *c, struct arena *a, const struct disclosed *x, str *payload, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    struct subject *subjects = arena_array(a, struct subject, x->envelopes.n + 1);
    for (uint32_t i = 0; i < x->envelopes.n; i++) {
        subjects[i] = (struct subject){.name = arena_printf(a, "%.*s %.*s", STR_ARG(x->product), STR_ARG(x->version))};
        *vec_push(a, &subjects[i].digests) = (struct subject_digest){S("sha256"), x->envelopes.v[i]};
    }
    jw_obj(&w);
    jw_kstr(&w, "product", x->product);
    jw_kstr(&w, "version", x->version);
    put_names(&w, "to", &x->to);
    put_names(&w, "what", &x->what);
    jw_kstr(&w, "date", time_rfc3339(a, c->now));
    if (x->text.n)
        jw_kstr(&w, "text", x->text);
    jw_obj_end(&w);
    return finish(c, a, "disclosure", subjects, x->envelopes.n, &b, payload, e);
}
