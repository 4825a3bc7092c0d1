/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the predicate of an offer, an answer or a re-opening. What fits its schema is read; written again it
 * fits, and reads back as the same.
 */
#include <stdlib.h>

#include "conform/decision.h"
#include "seal/statement.h"

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

static bool fits(struct trying *t, const char *kind) {
    return predicate_check(t->c, t->a, str_of(predicate_of_kind(str_of(kind))->type), &t->doc, t->doc.root, NULL);
}

/* The predicate of a payload. */
static struct jv again(struct trying *t, str payload, struct statement *s) {
    struct err e = {0};
    check(statement_parse(t->c, t->a, payload, S("f"), s, &e));
    return s->predicate;
}

static void try_offer(struct trying *t) {
    struct offer one, two;
    struct statement s;
    str payload, second;
    if (!fits(t, "offer") || !offer_read(t->a, t->doc.root, &one) || !offer_payload(t->c, t->a, &one, &payload, NULL))
        return;
    check(offer_read(t->a, again(t, payload, &s), &two));
    check(offer_payload(t->c, t->a, &two, &second, NULL) && str_eq(payload, second));
}

static void try_answer(struct trying *t) {
    struct offer_answer one, two;
    struct statement s;
    str payload, second;
    if (!fits(t, "answer") || !answer_read(t->doc.root, &one) || !answer_payload(t->c, t->a, &one, &payload, NULL))
        return;
    check(answer_read(again(t, payload, &s), &two) && one.kind == two.kind);
    check(answer_payload(t->c, t->a, &two, &second, NULL) && str_eq(payload, second));
}

static void try_reopening(struct trying *t) {
    struct reopening one, two;
    struct statement s;
    str payload, second;
    if (!fits(t, "offer-reopened") || !reopening_read(t->doc.root, &one) ||
        !reopening_payload(t->c, t->a, &one, &payload, NULL))
        return;
    check(reopening_read(again(t, payload, &s), &two) && one.because == two.because);
    check(reopening_payload(t->c, t->a, &two, &second, NULL) && str_eq(payload, second));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct trying t = {.c = &c, .a = arena_new()};
    ctx_init(&c);
    c.limits.depth = 64;
    if (json_parse(&c, t.a, str_n((const char *)data, size), JSON_STRICT, S("f"), &t.doc, NULL)) {
        try_offer(&t);
        try_answer(&t);
        try_reopening(&t);
    }
    arena_free(t.a);
    ctx_free(&c);
    return 0;
}
