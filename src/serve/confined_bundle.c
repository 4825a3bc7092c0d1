/* SPDX-License-Identifier: Apache-2.0
 *
 * The side inside, for bundles. What the other side has to read again (a statement's JSON, an SBOM that came along) is
 * read here first: what makes a reader crash, loop or swell does it in this process.
 */
#include "base/file.h"
#include "sbom/sbom.h"
#include "seal/bundle_form.h"
#include "seal/statement.h"
#include "serve/confined_inner.h"

static void try_all(struct ctx *c, const struct bundle *b) {
    struct arena *a = arena_new();
    struct arena_mark start = arena_mark(a);
    struct statement s;
    struct sbom *doc;
    for (uint32_t i = 0; i < b->statements.n; i++) {
        const struct bundled *x = &b->statements.v[i];
        bool ok = statement_open(c, a, x->envelope.payload, x->where, &s, NULL);
        (void)ok; /* what is wrong with one is told where it is taken */
        arena_reset(a, start);
    }
    for (uint32_t i = 0; i < b->documents.n; i++) {
        bool ok = sbom_read(c, a, b->documents.v[i].bytes, S("document"), SBOM_LENIENT, &doc, NULL, NULL);
        (void)ok;
        arena_reset(a, start);
    }
    arena_free(a);
}

bool read_bundle(struct ctx *c, struct arena *a, const struct asked_for *q, struct buf *out, struct err *e) {
    struct bundle b = {0};
    str text;
    if (!text_unpack(c, a, q->text, q->name, &text, e) || !bundle_read_any(c, a, text, q->name, &b, e))
        return false;
    try_all(c, &b);
    bundle_write(&b, out);
    return true;
}
