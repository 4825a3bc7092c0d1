/* SPDX-License-Identifier: Apache-2.0
 *
 * YAML: what is accepted has a line inside the text for each value, and its JSON text, which is YAML too, reads as
 * the same tree; what is refused names a place.
 */
#include <stdlib.h>

#include "base/tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static void check_lines(const struct json *doc, size_t size) {
    for (size_t i = 0; i < doc->doc->val_read; i++)
        check(doc->lines[i] >= 1 && doc->lines[i] <= size + 1);
}

/* YAML's printable characters are fewer than JSON's and a key past 1,024 bytes is none: only short ASCII is sure. */
static bool sure(str text) {
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] >= 0x80)
            return false;
    return text.n < 1000;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const unsigned flags[] = {YAML_TYPED, YAML_STRINGS};
    struct ctx c;
    ctx_init(&c);
    c.limits.depth = 64;
    c.limits.file = 1 << 20;
    struct arena *a = arena_new();
    str text = str_n((const char *)data, size);
    for (size_t i = 0; i < 2; i++) {
        struct json doc, again;
        struct err e = {0};
        if (yaml_parse(&c, a, text, flags[i], S("f"), &doc, &e)) {
            check_lines(&doc, size);
            str written = json_text(doc.root, a);
            struct json reread;
            check(json_parse(&c, a, written, JSON_STRICT, S("json"), &reread, &e) && json_equal(doc.root, reread.root));
            if (sure(written))
                check(yaml_parse(&c, a, written, YAML_TYPED, S("again"), &again, &e) &&
                      json_equal(doc.root, again.root));
        } else {
            check(e.kind != ERR_NONE && e.where[0] == 'f' && e.what[0]);
        }
        if (yaml_parse_all(&c, a, text, flags[i], S("f"), &doc, &e))
            check_lines(&doc, size);
    }
    arena_free(a);
    ctx_free(&c);
    return 0;
}
