/* SPDX-License-Identifier: Apache-2.0
 *
 * Advisories in every format (told by content): compiling the same text twice gives the same records, every packed
 * entry and text can be read again, and asking an entry about any version of the document answers without reading past
 * it.
 */
#include <stdlib.h>

#include "vuln/compile.h"
#include "vuln/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void compile(struct ctx *c, struct compiler *out, str text) {
    struct arena *a = arena_new();
    struct import_job job = {.ctx = c, .arena = a, .where = S("fuzz"), .text = text, .out = out};
    const struct importer *reader;
    struct err e = {0};
    if (import_detect(&job, &reader, &e) && reader && !reader->read(&job, &e) && e.kind == ERR_NONE)
        abort();
    arena_free(a);
}

static void read_again(struct record *r) {
    struct arena *a = arena_new();
    struct advisory v = {0};
    struct doc_strs related = {0};
    if (!r->withdrawn &&
        (!brief_read(a, r->brief, &v, &related) || !str_eq(v.id, r->id) || !detail_read(a, r->detail, &v)))
        abort();
    for (uint32_t i = 0; i < r->affects.n && i < 64; i++) {
        struct entry_ask ask = {.arena = a};
        struct entry_match m;
        entry_ask_set(&ask, r->affects.v[i].ecosystem, S("1.2.3"));
        (void)entry_match(&ask, r->affects.v[i].entry, &m);
        entry_ask_set(&ask, r->affects.v[i].ecosystem, str_upto(r->affects.v[i].entry, 7)); /* no version at all */
        (void)entry_match(&ask, r->affects.v[i].entry, &m);
    }
    arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct compiler x, y;
    str text = {(const char *)data, size};
    ctx_init(&c);
    c.quiet = true;
    compiler_init(&x);
    compiler_init(&y);
    compile(&c, &x, text);
    compile(&c, &y, text);
    if (x.records.n != y.records.n)
        abort();
    for (uint32_t i = 0; i < x.records.n; i++) {
        if (memcmp(x.records.v[i].hash, y.records.v[i].hash, HASH_SIZE) != 0)
            abort();
        read_again(&x.records.v[i]);
    }
    compiler_free(&x);
    compiler_free(&y);
    ctx_free(&c);
    return 0;
}
