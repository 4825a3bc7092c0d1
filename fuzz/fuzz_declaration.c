/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the predicate of a declaration, a contract or a target for an extent. What fits its schema is read;
 * written again it fits, and reads back as the same.
 */
#include <stdlib.h>

#include "conform/contract.h"
#include "conform/declaration.h"
#include "conform/extent.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

struct trying {
    struct ctx *c;
    struct arena *a;
    struct json doc;
};

static bool fits(struct trying *t, const char *kind, struct json *doc) {
    return predicate_check(t->c, t->a, str_of(predicate_of_kind(str_of(kind))->type), doc, doc->root, NULL);
}

static struct json again(struct trying *t, str text) {
    struct json doc;
    struct err e = {0};
    check(json_parse(t->c, t->a, text, JSON_STRICT, S("again"), &doc, &e));
    return doc;
}

static void try_contract(struct trying *t) {
    struct contract one, two;
    if (!fits(t, "contract", &t->doc) || !contract_read(t->a, t->doc.root, &one))
        return;
    str text = contract_text(t->a, &one);
    struct json doc = again(t, text);
    check(fits(t, "contract", &doc));
    check(contract_read(t->a, doc.root, &two) && str_eq(contract_text(t->a, &two), text));
    check(two.duties.n == one.duties.n && two.clocks.n == one.clocks.n && two.sides.n == one.sides.n);
}

static void try_target(struct trying *t) {
    struct extent_target one, two;
    if (!fits(t, "extent-target", &t->doc))
        return;
    extent_target_read(t->doc.root, &one);
    for (int i = 0; extent_aspects[i].id; i++)
        check(one.degrees[i] >= -1 && one.degrees[i] < EXTENT_DEGREES);
    str text = extent_target_text(t->a, &one);
    struct json doc = again(t, text);
    extent_target_read(doc.root, &two);
    check(str_eq(extent_target_text(t->a, &two), text));
}

static void try_declaration(struct trying *t) {
    struct statement s = {.predicate = t->doc.root, .type = str_of(predicate_of_kind(S("declaration"))->type)}, back;
    struct declaration one, two;
    str payload, second;
    struct err e = {0};
    if (!fits(t, "declaration", &t->doc) || !declaration_read(t->a, &s, &one) ||
        !declaration_payload(t->c, t->a, &one, &payload, NULL))
        return;
    for (uint32_t i = 0; i < one.practices.n; i++)
        for (uint32_t r = 0; r < one.practices.v[i].rules.n; r++)
            for (uint32_t n = 0; n < one.practices.v[i].rules.v[r].evidence.n; n++)
                check(one.practices.v[i].rules.v[r].evidence.v[n] < one.evidence.n);
    check(statement_parse(t->c, t->a, payload, S("payload"), &back, &e) && declaration_read(t->a, &back, &two));
    check(declaration_payload(t->c, t->a, &two, &second, NULL) && str_eq(payload, second));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct trying t = {.c = &c, .a = arena_new()};
    ctx_init(&c);
    c.limits.depth = 64;
    if (json_parse(&c, t.a, str_n((const char *)data, size), JSON_STRICT, S("f"), &t.doc, NULL)) {
        try_contract(&t);
        try_target(&t);
        try_declaration(&t);
    }
    arena_free(t.a);
    ctx_free(&c);
    return 0;
}
