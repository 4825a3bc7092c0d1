/* SPDX-License-Identifier: Apache-2.0
 *
 * Records of the journal: one for each batch, chained by their sums.
 *
 *   0   8   "AkaJrnl1"
 *   8   8   length of the record, all of it
 *   16  8   index of its first entry
 *   24  4   number of entries
 *   28  4   length of the checkpoint
 *   32  32  sum of the record before it; zeros in the first
 *   64      the signed checkpoint with these entries
 *           entries: salt 32 · SHA-256 of the envelope 32 · length of the leaf 2 · of the envelope 4 (all ones: it is
 * in the archive) · leaf · envelope 32  SHA-256 of everything before
 */
#include "base/digest.h"
#include "seal/log_inner.h"

static const char magic[8] = {'A', 'k', 'a', 'J', 'r', 'n', 'l', '1'};

void journal_write(struct buf *b, uint64_t first, const unsigned char before[32], str note,
                   const struct journal_entry *entries, uint32_t n, unsigned char sum[32]) {
    unsigned char head[JOURNAL_HEAD];
    size_t at = b->n, length = JOURNAL_HEAD + note.n + (size_t)n * JOURNAL_ENTRY + JOURNAL_SUM;
    for (uint32_t i = 0; i < n; i++)
        length += entries[i].leaf.n + entries[i].envelope.n;
    memcpy(head, magic, 8);
    put_be(head + 8, length, 8);
    put_be(head + 16, first, 8);
    put_be(head + 24, n, 4);
    put_be(head + 28, note.n, 4);
    memcpy(head + 32, before, 32);
    (void)buf_room(b, length);
    buf_add(b, str_n((char *)head, sizeof head));
    buf_add(b, note);
    for (uint32_t i = 0; i < n; i++) {
        const struct journal_entry *x = &entries[i];
        unsigned char lengths[6];
        put_be(lengths, x->leaf.n, 2);
        put_be(lengths + 2, x->envelope.p ? x->envelope.n : IN_STORE, 4);
        buf_add(b, str_n((const char *)x->salt, 32));
        buf_add(b, str_n((const char *)x->digest, 32));
        buf_add(b, str_n((char *)lengths, 6));
        buf_add(b, x->leaf);
        buf_add(b, x->envelope);
    }
    digest_of(DIGEST_SHA256, str_n(b->p + at, b->n - at), sum);
    buf_add(b, str_n((char *)sum, 32));
}

bool journal_read(str bytes, const unsigned char *before, struct journal_record *out) {
    const unsigned char *p = (const unsigned char *)bytes.p;
    if (bytes.n < JOURNAL_HEAD + JOURNAL_SUM || memcmp(p, magic, 8) != 0)
        return false;
    uint64_t length = get_be(p + 8, 8), note = get_be(p + 28, 4);
    if (length > bytes.n || length < JOURNAL_HEAD + JOURNAL_SUM || note > length - JOURNAL_HEAD - JOURNAL_SUM)
        return false;
    *out = (struct journal_record){.length = length, .first = get_be(p + 16, 8), .n = (uint32_t)get_be(p + 24, 4)};
    out->note = str_n(bytes.p + JOURNAL_HEAD, note);
    out->entries = str_n(bytes.p + JOURNAL_HEAD + note, length - JOURNAL_HEAD - JOURNAL_SUM - note);
    memcpy(out->before, p + 32, 32);
    memcpy(out->sum, p + length - JOURNAL_SUM, 32);
    if (out->n > out->entries.n / JOURNAL_ENTRY)
        return false;
    if (!before)
        return true;
    unsigned char sum[32];
    digest_of(DIGEST_SHA256, str_n(bytes.p, length - JOURNAL_SUM), sum);
    return memcmp(sum, out->sum, 32) == 0 && memcmp(before, out->before, 32) == 0;
}

bool journal_next(str *rest, struct journal_entry *out) {
    const unsigned char *p = (const unsigned char *)rest->p;
    if (rest->n < JOURNAL_ENTRY)
        return false;
    uint64_t leaf = get_be(p + 64, 2), envelope = get_be(p + 66, 4);
    bool here = envelope != IN_STORE;
    if (leaf + (here ? envelope : 0) > rest->n - JOURNAL_ENTRY)
        return false;
    memcpy(out->salt, p, 32);
    memcpy(out->digest, p + 32, 32);
    out->leaf = str_n(rest->p + JOURNAL_ENTRY, leaf);
    out->envelope = here ? str_n(rest->p + JOURNAL_ENTRY + leaf, envelope) : (str){NULL, 0};
    *rest = str_from(*rest, JOURNAL_ENTRY + leaf + out->envelope.n);
    return true;
}
