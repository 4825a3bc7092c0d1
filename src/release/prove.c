/* SPDX-License-Identifier: Apache-2.0 */
#include "release/prove.h"

#include "base/digest.h"
#include "base/file.h"
#include "seal/bundle.h"
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

bool prove_entry(struct arena *a, struct home *home, const struct log_entry *entry, str *proof, struct err *e) {
    struct checkpoint at;
    str note;
    return log_checkpoint(home->log, a, &at, &note, e) && proof_at(a, home, entry, &at, note, proof, e);
}

/* ── bundles ── */

static bool add_statement(struct ctx *c, struct arena *a, struct home *home, uint64_t index,
                          const struct checkpoint *at, str note, struct bundle *b, struct err *e) {
    struct bundled *one = vec_push(a, &b->statements);
    struct log_entry entry;
    if (!log_entry(home->log, a, index, &entry, e) || !log_envelope(home->log, a, &entry, &one->text, e))
        return false;
    if (!one->text.p)
        return err_set(e, ERR_INPUT, log_origin(home->log), _("the body of entry %llu was erased"),
                       (unsigned long long)index);
    return dsse_parse(c, a, one->text, log_origin(home->log), &one->envelope, e) &&
           proof_at(a, home, &entry, at, note, &one->proof, e);
}

static void add_keys(struct arena *a, const struct home *home, struct bundle *b) {
    struct vkey v;
    if (home->key && vkey_of(a, home->origin, NOTE_ED25519, privkey_public(home->key), &v))
        *vec_push(a, &b->keys) = vkey_text(a, &v);
}

bool prove_write_bundle(struct ctx *c, struct arena *a, struct home *home, const struct release_result *out,
                        struct err *e) {
    struct bundle b = {0};
    struct checkpoint at;
    str note;
    if (!log_checkpoint(home->log, a, &at, &note, e))
        return false;
    for (uint32_t i = 0; i < out->lines.n; i++)
        if (!add_statement(c, a, home, out->lines.v[i].index, &at, note, &b, e))
            return false;
    add_keys(a, home, &b);
    return file_replace(out->bundle, bundle_text(a, &b), e);
}
