/* SPDX-License-Identifier: Apache-2.0
 *
 * What a log is read from: leaves, names of tiles, bundles, records of the journal. What is accepted is written back
 * byte for byte; a journal's record with any byte changed is refused by its sum.
 */
#include <stdlib.h>

#include "seal/log_inner.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static void leaves(str in) {
    struct leaf l;
    unsigned char out[LEAF_MOST];
    if (leaf_read(in, &l))
        check(str_eq(str_n((char *)out, leaf_write(&l, out)), in));
}

static void names(str in) {
    struct tile t;
    char out[TILE_NAME_MOST];
    if (tile_named(in, &t))
        check(str_eq(str_n(out, tile_name(&t, out)), in) && t.width >= 1 && t.width <= TILE_WIDTH);
}

static void bundles(str in) {
    struct buf b = {0};
    str rest = in, entry;
    while (bundle_next(&rest, &entry))
        bundle_add(&b, entry);
    check(str_eq(buf_str(&b), str_upto(in, in.n - rest.n)));
    buf_free(&b);
}

static void journal(str in) {
    struct journal_record r;
    struct journal_entry x;
    if (!journal_read(in, NULL, &r))
        return;
    for (str rest = r.entries; journal_next(&rest, &x);)
        check(x.leaf.p >= in.p && x.leaf.p + x.leaf.n <= in.p + in.n);
    if (journal_read(in, r.before, &r)) {
        char *changed = malloc(in.n);
        memcpy(changed, in.p, in.n);
        changed[r.length / 2] = (char)(changed[r.length / 2] ^ 1);
        check(!journal_read(str_n(changed, in.n), r.before, &r));
        free(changed);
    }
}

/* A record made of the input reads back as what it was made of. */
static void record(str in) {
    struct buf b = {0};
    unsigned char before[32] = {7}, sum[32];
    struct journal_entry e[2] = {{.leaf = str_upto(in, 300), .envelope = in}, {.leaf = str_upto(in, 74)}}, x;
    struct journal_record r;
    journal_write(&b, 5, before, str_upto(in, 100), e, 2, sum);
    check(journal_read(buf_str(&b), before, &r) && r.n == 2 && r.first == 5 && r.length == b.n);
    check(str_eq(r.note, str_upto(in, 100)) && memcmp(sum, r.sum, 32) == 0);
    str rest = r.entries;
    check(journal_next(&rest, &x) && str_eq(x.leaf, e[0].leaf) && x.envelope.p && str_eq(x.envelope, in));
    check(journal_next(&rest, &x) && str_eq(x.leaf, e[1].leaf) && !x.envelope.p && rest.n == 0);
    buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    str in = str_n(size ? (const char *)data : "", size);
    leaves(in);
    names(in);
    bundles(in);
    journal(in);
    record(in);
    return 0;
}
