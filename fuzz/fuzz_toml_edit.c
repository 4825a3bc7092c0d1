/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever a TOML text says: with a table more it says that and all it said before; without it again, what it said. A
 * text that no reader takes is no matter, but nothing is read behind its end.
 */
#include "base/file.h"
#include "base/toml_edit.h"
#include "base/tree.h"

static bool read_text(struct ctx *c, struct arena *a, str text, struct json *doc) {
    struct err e = {0};
    return toml_parse(c, a, text, S("fuzz"), doc, &e);
}

/* Tables of this name that are written as [[name]]: those that are changed here. */
static bool is_plain(struct arena *a, str text, struct jv root) {
    struct jv list = j_get(root, "rule");
    uint32_t n = toml_tables(a, text, S("rule"));
    return n ? j_is_arr(list) && j_len(list) == n : !j_ok(list);
}

static void check(bool holds) {
    if (!holds)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char table[] = "{\"id\":\"a\\\"\\n\",\"n\":[1,\"#]\"]}";
    struct ctx c;
    struct err e = {0};
    struct arena *a = arena_new();
    struct json doc, more, less, row;
    str text = text_utf8(a, arena_str(a, str_n((const char *)data, size)));
    ctx_init(&c);
    c.quiet = true;
    check(json_parse(&c, a, str_of(table), JSON_STRICT, S("table"), &row, &e));
    str added = toml_add_table(a, text, S("rule"), row.root);
    str without = toml_drop_table(a, text, S("rule"), 0);
    (void)toml_set(a, text, S("policy"), S("list"), j_get(row.root, "n"));
    if (read_text(&c, a, text, &doc) && is_plain(a, text, doc.root)) {
        uint32_t n = (uint32_t)j_len(j_get(doc.root, "rule"));
        check(read_text(&c, a, added, &more) && j_len(j_get(more.root, "rule")) == n + 1);
        check(str_is(j_gets(j_at(j_get(more.root, "rule"), n), "id"), "a\"\n"));
        check(read_text(&c, a, toml_drop_table(a, added, S("rule"), n), &less));
        check(str_eq(json_text(less.root, a), json_text(doc.root, a)));
        check(!n || (read_text(&c, a, without, &less) && j_len(j_get(less.root, "rule")) == n - 1));
    }
    ctx_free(&c);
    arena_free(a);
    return 0;
}
