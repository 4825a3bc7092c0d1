/* SPDX-License-Identifier: Apache-2.0
 *
 * The log as anybody who may read here sees it: commitments. What a statement says lies in the archive and is the
 * owner's to open; whoever has a body checks it against the proof.
 */
#include "base/cipher.h"
#include "base/digest.h"
#include "seal/log_json.h"
#include "seal/merkle.h"
#include "serve/asking.h"

bool api_log(struct call *q, struct err *e);
bool api_log_entry(struct call *q, struct err *e);
bool api_log_proof(struct call *q, struct err *e);
bool api_log_checkpoint(struct call *q, struct err *e);

struct listing {
    struct arena *a;
    struct jw *w;
    bool owner;
};

static bool put(void *arg, const struct log_entry *entry, struct err *e) {
    struct listing *k = arg;
    (void)e;
    log_entry_json(k->a, k->w, entry, k->owner);
    return true;
}

/* Newest first, page by page: "next" is the entry to stop before. */
bool api_log(struct call *q, struct err *e) {
    struct log *log = q->home->log;
    uint64_t size = q->when.given ? q->when.size : q->views->size, before, limit;
    if (!call_number(q, "before", size, UINT32_MAX, &before, e) || !call_number(q, "limit", ROWS, ROWS_MOST, &limit, e))
        return false;
    before = before < size ? before : size;
    uint64_t from = before > limit ? before - limit : 0;
    struct listing k = {q->a, call_json(q), q->who.reader.owner};
    jw_obj(k.w);
    jw_kstr(k.w, "origin", q->home->origin);
    jw_kint(k.w, "total", (int64_t)size);
    if (from)
        jw_kint(k.w, "next", (int64_t)from);
    jw_karr(k.w, "rows");
    if (!log_each(log, from, before, put, &k, e))
        return false;
    jw_arr_end(k.w);
    jw_obj_end(k.w);
    return true;
}
const struct route_doc api_log_doc = {
    .answer = "log-answer",
    .arguments = (const struct route_argument[]){{"before", "number", N_("entries before this one (the newest)")},
                                                 ARGUMENT_LIMIT,
                                                 ARGUMENT_AS_OF,
                                                 {0}},
    .says = N_("when, what kind, whose key and what it commits to; \"next\" is the next page's ?before="),
};

static bool index_of(struct call *q, uint64_t *out, bool *there) {
    *there = str_u64(call_part(q, 0), out) && *out < q->views->size;
    return *there;
}

bool api_log_entry(struct call *q, struct err *e) {
    struct log_entry entry;
    uint64_t index;
    bool there;
    str envelope = {NULL, 0};
    if (!index_of(q, &index, &there))
        return call_not_found(q);
    if (!log_entry(q->home->log, q->a, index, &entry, e) ||
        (q->who.reader.owner && !log_envelope(q->home->log, q->a, &entry, &envelope, e)))
        return false;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_key(w, S("entry"));
    log_entry_json(q->a, w, &entry, q->who.reader.owner);
    jw_kstr(w, "leaf", base64_text(q->a, entry.bytes));
    if (envelope.p) {
        jw_kstr(w, "salt", hex_text(q->a, entry.salt, LEAF_SALT));
        jw_key(w, S("body"));
        jw_raw(w, envelope);
    }
    jw_obj_end(w);
    return true;
}
const struct route_doc api_log_entry_doc = {
    .answer = "entry-answer",
    .says = N_("the leaf's bytes; for the home's own people also the signed envelope and the salt it was committed to "
               "with, when it was not erased"),
};

static void hashes_json(struct arena *a, struct jw *w, const char *key, const struct hash *v, uint32_t n) {
    jw_karr(w, key);
    for (uint32_t i = 0; i < n; i++)
        jw_str(w, base64_text(a, str_n((const char *)&v[i], sizeof v[i])));
    jw_arr_end(w);
}

bool api_log_proof(struct call *q, struct err *e) {
    struct hash_source hashes = log_hashes(q->home->log);
    struct hash proof[MERKLE_PROOF_MOST];
    struct checkpoint at;
    uint64_t index;
    uint32_t n = 0;
    bool there;
    str note;
    if (!index_of(q, &index, &there))
        return call_not_found(q);
    if (!log_checkpoint(q->home->log, q->a, &at, &note, e) || !merkle_inclusion(&hashes, index, at.size, proof, &n, e))
        return false;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kint(w, "index", (int64_t)index);
    jw_kint(w, "size", (int64_t)at.size);
    hashes_json(q->a, w, "hashes", proof, n);
    jw_kstr(w, "checkpoint", note);
    jw_kstr(w, "key", vkey_text(q->a, &q->home->vkey));
    jw_obj_end(w);
    return true;
}
const struct route_doc api_log_proof_doc = {
    .answer = "log-proof-answer",
    .says = N_("hashes in base64 from the leaf to the root of the checkpoint that comes along, and the key that signed "
               "it (as C2SP signed-note writes it): a browser can check all of it"),
};

bool api_log_checkpoint(struct call *q, struct err *e) {
    struct checkpoint at;
    str note;
    return log_checkpoint(q->home->log, q->a, &at, &note, e) && call_bytes(q, "text/plain; charset=utf-8", note);
}
const struct route_doc api_log_checkpoint_doc = {.others = "text/plain",
                                                 .says = N_("the newest signed checkpoint, as C2SP writes it")};
