/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/traits.h"

#include "store/queries.h"

static bool add_hash(struct contents *c, component_id id, const struct part *part, uint32_t release_id, struct err *e) {
    struct ask *q;
    if (!store_ask(c->s, &Q_component_hash_add, &q, e))
        return false;
    ask_int(q, 1, id);
    ask_int(q, 2, part->hash_kind);
    ask_blob(q, 3, str_n((const char *)part->hash, sizeof part->hash));
    ask_int(q, 4, release_id);
    return ask_send(q, e);
}

static bool add_supplier(struct contents *c, component_id id, str supplier, uint32_t release_id, struct err *e) {
    struct ask *q;
    if (!store_ask(c->s, &Q_component_supplier_add, &q, e))
        return false;
    ask_int(q, 1, id);
    ask_text(q, 2, supplier);
    ask_int(q, 3, release_id);
    return ask_send(q, e);
}

bool traits_note(struct contents *c, component_id id, const struct part *part, uint32_t release_id, struct err *e) {
    uint64_t key[3] = {(uint64_t)id, 0, part->supplier.n ? hash_bytes(part->supplier) : 0};
    int64_t known;
    if (part->hash_kind == HASH_NONE && !part->supplier.n)
        return true;
    memcpy(&key[1], part->hash, sizeof key[1]);
    key[1] ^= (uint64_t)part->hash_kind;
    str name = str_n((const char *)key, sizeof key);
    if (names_get(&c->traits, name, &known))
        return true;
    if (part->hash_kind != HASH_NONE && !add_hash(c, id, part, release_id, e))
        return false;
    if (part->supplier.n && !add_supplier(c, id, part->supplier, release_id, e))
        return false;
    names_put(&c->traits, name, 1);
    return true;
}
