/* SPDX-License-Identifier: Apache-2.0
 *
 * A catalogue is refused with a reason, or its canonical text is read again as the same catalogue, and so is what
 * becomes of it in OSCAL.
 */
#include <assert.h>

#include "conform/import.h"
#include "conform/oscal.h"

static void there_and_back(struct ctx *c, struct arena *a, const struct catalogue *k) {
    struct catalogue again, back;
    struct err e = {0};
    str text;
    bool ok = catalogue_read(c, a, k->text, S("again"), &again, &e);
    assert(ok && str_eq(again.text, k->text) && str_eq(again.digest, k->digest));
    for (uint32_t i = 0; i < k->practices.n; i++) {
        assert(practice_of(&again, k->practices.v[i].id) == &again.practices.v[i]);
        for (int level = 0; level < LEVELS; level++)
            for (uint32_t n = 0; n < k->practices.v[i].evidence[level].n; n++)
                assert(rule_text(a, &k->practices.v[i].evidence[level].v[n]).n);
    }
    ok = oscal_catalogue(c, a, k, &text, &e);
    assert(ok);
    struct catalogue_import x = {.text = text, .where = S("oscal")};
    ok = catalogue_import(c, a, &x, &e) && catalogue_read(c, a, x.json, S("back"), &back, &e);
    assert(ok && str_eq(back.text, k->text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct arena *a = arena_new();
    struct catalogue k;
    struct err e = {0};
    ctx_init(&c);
    if (catalogue_read(&c, a, str_n((const char *)data, size), S("fuzz"), &k, &e))
        there_and_back(&c, a, &k);
    else
        assert(e.kind != ERR_NONE && e.what[0]);
    arena_free(a);
    ctx_free(&c);
    return 0;
}
