/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a signed note, a checkpoint, a verifier key: what is accepted is written back byte for byte, and what is
 * refused names its place.
 */
#include <stdlib.h>

#include "seal/note.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_new();
    str text = str_n((const char *)data, size);
    struct note n;
    struct checkpoint c;
    struct vkey v, again;
    struct err e = {0};
    if (note_parse(a, text, S("f"), &n, &e))
        check(str_eq(note_text(a, &n), text));
    else
        check(e.kind != ERR_NONE && e.where[0] == 'f');
    if (checkpoint_parse(text, S("f"), &c, &e))
        check(str_eq(checkpoint_text(a, &c), text));
    if (vkey_parse(a, text, S("f"), &v, &e)) {
        bool broken;
        check(vkey_parse(a, vkey_text(a, &v), S("f"), &again, &e) && memcmp(v.id, again.id, 4) == 0);
        check(!note_verify(&n, &v, NULL, &broken)); /* no input makes a signature */
    }
    arena_free(a);
    return 0;
}
