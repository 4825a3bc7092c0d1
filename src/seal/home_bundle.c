/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/home_bundle.h"

#include "seal/keytext.h"
#include "seal/proof.h"

/* ── proofs ── */

static bool proof_at(struct arena *a, struct home *home, const struct log_entry *entry, const struct checkpoint *at,
                     str note, str *proof, struct err *e) {
    struct hash hashes[MERKLE_PROOF_MOST];
    struct hash_source source = log_hashes(home->log);
    uint32_t n = 0;
    if (!merkle_inclusion(&source, entry->index, at->size, hashes, &n, e))
        return false;
    struct proof p = {.extra = proof_extra(a, entry->bytes, entry->erased ? NULL : entry->salt),
                      .index = entry->index,
                      .checkpoint = note};
    for (uint32_t i = 0; i < n; i++)
        *vec_push(a, &p.hashes) = hashes[i];
    *proof = proof_text(a, &p);
    return true;
}

/* ── bundles ── */

static bool add_statement(struct arena *a, struct home *home, uint64_t index, const struct checkpoint *at, str note,
                          struct bundle *b, struct err *e) {
    struct bundled *one = vec_push(a, &b->statements);
    struct log_entry entry;
    if (!log_entry(home->log, a, index, &entry, e) || !log_envelope(home->log, a, &entry, &one->text, e))
        return false;
    if (!one->text.p)
        return err_set(e, ERR_INPUT, log_origin(home->log), _("the body of entry %llu was erased"),
                       (unsigned long long)index);
    return dsse_parse(home->ctx, a, one->text, log_origin(home->log), &one->envelope, e) &&
           proof_at(a, home, &entry, at, note, &one->proof, e);
}

static void add_keys(struct arena *a, const struct home *home, struct bundle *b) {
    str pem;
    *vec_push(a, &b->keys) = vkey_text(a, &home->vkey);
    if (home->key && !pubkey_eq(privkey_public(home->key), &home->vkey.key) &&
        keytext_write(a, KEY_PEM, privkey_public(home->key), home->party, &pem, NULL))
        *vec_push(a, &b->keys) = pem;
}

bool home_bundle(struct home *home, struct arena *a, const uint64_t *indices, uint32_t n, struct bundle *out,
                 struct err *e) {
    struct checkpoint at;
    str note;
    *out = (struct bundle){0};
    if (!log_checkpoint(home->log, a, &at, &note, e))
        return false;
    for (uint32_t i = 0; i < n; i++)
        if (!add_statement(a, home, indices[i], &at, note, out, e))
            return false;
    add_keys(a, home, out);
    return true;
}
