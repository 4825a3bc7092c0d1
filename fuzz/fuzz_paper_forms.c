/* SPDX-License-Identifier: Apache-2.0
 *
 * What a confined process hands over of a key, a catalogue and a sheet of what is met: any bytes are refused, or mean
 * what is written again as the very same; and what is made of any text that can be read is taken.
 */
#include <stdlib.h>
#include <string.h>

#include "conform/import_form.h"
#include "seal/keytext_form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static void check_same(struct buf *b, str bytes) {
    check(str_eq(buf_str(b), bytes));
    buf_clear(b);
}

static void check_forms(struct arena *a, str bytes) {
    struct buf b = {0};
    struct key_text k;
    struct hads v;
    struct catalogue_import x = {.alone = true};
    if (keytext_form_take(bytes, &k, NULL)) {
        keytext_form_write(&k, &b);
        check_same(&b, bytes);
    }
    if (gap_form_take(a, bytes, &v, NULL)) {
        gap_form_write(&v, &b);
        check_same(&b, bytes);
    }
    if (import_form_take(bytes, &x, NULL)) {
        import_form_write(&x, &b);
        check_same(&b, bytes);
    }
    buf_free(&b);
}

static void check_documents(struct ctx *c, struct arena *a, str text) {
    struct buf b = {0};
    struct key_text k, same;
    struct hads v = {0}, back;
    struct catalogue_import x = {.text = text, .where = S("f"), .alone = true}, taken = {.alone = true};
    if (keytext_read(c, a, text, S("f"), &k, NULL)) {
        keytext_form_write(&k, &b);
        check(keytext_form_take(buf_str(&b), &same, NULL) && pubkey_eq(&k.key, &same.key) && k.form == same.form);
        buf_clear(&b);
    }
    if (gap_read(a, text, S("f.csv"), &v, NULL)) {
        gap_form_write(&v, &b);
        check(gap_form_take(a, buf_str(&b), &back, NULL) && v.n == back.n);
        buf_clear(&b);
    }
    if (catalogue_import(c, a, &x, NULL)) {
        import_form_write(&x, &b);
        check(import_form_take(buf_str(&b), &taken, NULL) && str_eq(x.json, taken.json) &&
              strcmp(x.format, taken.format) == 0);
    }
    buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_new();
    str bytes = str_n((const char *)data, size);
    struct ctx c;
    ctx_init(&c);
    c.quiet = true;
    check_forms(a, bytes);
    check_documents(&c, a, bytes);
    ctx_free(&c);
    arena_free(a);
    return 0;
}
