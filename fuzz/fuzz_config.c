/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a configuration file; the first byte chooses the kind. Contexts lie in each other, entries in the order
 * of the text and inside it; what the index finds is what a search of all entries finds; every built-in rule comes to a
 * verdict, with a place inside the text for each fault.
 */
#include <stdlib.h>

#include "inspect/config_rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static const struct config_rules *rules_of(struct ctx *c, const struct config_kind *kind) {
    static struct config_rules all[8];
    static struct arena *a; /* for the whole run */
    if (!a)
        a = arena_new();
    for (size_t i = 0; config_kinds[i]; i++)
        if (config_kinds[i] == kind) {
            struct err e = {0};
            if (!all[i].rules.n)
                check(config_rules_builtin(c, a, kind, &all[i], &e));
            return &all[i];
        }
    abort();
}

static void check_structure(const struct config *c, uint32_t lines) {
    for (uint32_t i = 0; i < c->contexts.n; i++) {
        const struct config_context *at = &c->contexts.v[i];
        check(i == 0 ? at->parent == 0 : at->parent < i);
        check(at->first <= c->entries.n && at->first <= at->end && at->line <= lines);
    }
    for (uint32_t i = 0; i < c->entries.n; i++) {
        const struct config_entry *entry = &c->entries.v[i];
        const struct config_context *in = &c->contexts.v[entry->context];
        check(entry->context < c->contexts.n && i >= in->first && i < in->end);
        check(entry->line >= 1 && entry->line <= lines && (!entry->next || entry->next > i + 1));
        uint32_t first = config_own(c, entry->context, entry->key), n;
        check(!first ||
              (str_eq(c->entries.v[first - 1].key, entry->key) && c->entries.v[first - 1].context == entry->context));
        const uint32_t *within = config_within(c, entry->context, entry->key, &n);
        check(n > 0 && within[0] <= i && within[n - 1] >= i);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct err e = {0};
    struct config file;
    if (size == 0 || size > 1 << 16)
        return 0;
    struct arena *a = arena_new();
    const struct config_kind *kind = config_kinds[data[0] % 5];
    str text = str_n((const char *)data + 1, size - 1);
    uint32_t lines = 1;
    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n';
    ctx_init(&c);
    bool packed = kind == config_kind_find(S("kernel")) && text.n > 1 && (unsigned char)text.p[0] >= 0x1f;
    if (config_read(&c, a, kind, S("x.service"), text, NULL, &file, &e)) {
        if (!packed)
            check_structure(&file, lines);
        const struct config_rules *rules = rules_of(&c, kind);
        for (uint32_t i = 0; i < rules->rules.n; i++) {
            struct config_faults faults = {0};
            enum check_state state = config_judge(&file, &rules->rules.v[i], a, &faults);
            check((state == CHECK_BAD) == (faults.n > 0));
            for (uint32_t k = 0; k < faults.n && !packed; k++)
                check(faults.v[k].line <= lines);
        }
    } else {
        check(e.kind != ERR_NONE && e.where[0] && e.what[0]);
    }
    arena_free(a);
    ctx_free(&c);
    return 0;
}
