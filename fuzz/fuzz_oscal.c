/* SPDX-License-Identifier: Apache-2.0
 *
 * What others publish (OSCAL, CycloneDX, lists, CSV) is refused with a reason, or becomes JSON that is judged like any
 * other; what is then a catalogue goes to OSCAL and comes back the same.
 */
#include <assert.h>

#include "conform/import.h"
#include "conform/oscal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct arena *a = arena_new();
    struct catalogue_import x = {.text = str_n((const char *)data, size), .where = S("fuzz")}, y = {.where = S("back")};
    struct catalogue k, back;
    struct err e = {0};
    ctx_init(&c);
    if (!catalogue_import(&c, a, &x, &e)) {
        assert(e.kind != ERR_NONE && e.what[0]);
    } else if (catalogue_read(&c, a, x.json, S("made"), &k, &e)) {
        bool ok = oscal_catalogue(&c, a, &k, &y.text, &e) && catalogue_import(&c, a, &y, &e) &&
                  catalogue_read(&c, a, y.json, S("back"), &back, &e);
        assert(ok && str_eq(back.text, k.text));
    }
    arena_free(a);
    ctx_free(&c);
    return 0;
}
