/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/handed.h"

#include "base/file.h"
#include "seal/bundle.h"
#include "seal/keytext.h"

static const char *const kinds[HANDED_KINDS] = {"declaration", "endorsement", "challenge", "challenge-answer",
                                                "standing"};

static void keys_brought_along(struct ctx *c, struct arena *a, const struct bundle *b, str where,
                               struct trusted_keys *out) {
    for (uint32_t i = 0; i < b->keys.n; i++) {
        struct key_text key;
        if (!keytext_read(c, a, b->keys.v[i], where, &key, NULL))
            continue;
        struct trusted_key *k = vec_push(a, out);
        *k = (struct trusted_key){.key = key.key, .name = where};
        pubkey_id(&k->key, k->id);
    }
}

bool handed_read(struct ctx *c, struct arena *a, struct home *home, str file, struct handed_over *out, struct err *e) {
    struct bundle b = {0};
    str text;
    *out = (struct handed_over){0};
    return file_read_plain(c, a, file, &text, e) && bundle_read_any(c, a, text, file, &b, e) &&
           handed_of(c, a, home, &b, file, out, e);
}

bool handed_of(struct ctx *c, struct arena *a, struct home *home, const struct bundle *b, str where,
               struct handed_over *out, struct err *e) {
    struct verify_options o = {.home = home, .as_of = UINT64_MAX, .statements_only = true, .given = b};
    *out = (struct handed_over){0};
    keys_brought_along(c, a, b, where, &o.keys);
    if (!verify_thing(c, a, where, &o, &out->verdict, e))
        return false;
    for (uint32_t i = 0; i < out->verdict.statements.n; i++) {
        const struct verified *v = &out->verdict.statements.v[i];
        for (int k = 0; k < HANDED_KINDS; k++)
            if (v->trusted && str_is(v->kind, kinds[k])) {
                out->of[k] = v;
                out->known[k] = keyring_judge(home->keys, v->key, v->logged ? v->time : c->now) == KEY_GOOD;
            }
    }
    return true;
}

/* ── taking it in ── */

static bool may_take(const struct verified *v, bool known, struct err *e) {
    if (known || str_is(v->kind, "challenge") || str_is(v->kind, "endorsement"))
        return true;
    err_set(e, ERR_INPUT, v->where, _("no trusted key signed this: %.*s"), STR_ARG(v->kind));
    return err_hint(e, "%s", _("`akashi key trust` adds the signer's public key, once you are sure whose it is"));
}

static bool check_all(str file, const struct handed_over *h, struct err *e) {
    bool any = false;
    for (int i = 0; i < HANDED_KINDS; i++) {
        if (h->of[i] && !may_take(h->of[i], h->known[i], e))
            return false;
        any = any || h->of[i];
    }
    return any || err_set(e, ERR_INPUT, file, "%s", _("there is neither a declaration in it nor a word about one"));
}

bool handed_take(struct portfolio *p, struct arena *a, str file, const struct handed_over *h,
                 struct handed_entries *out, struct err *e) {
    *out = (struct handed_entries){0};
    if (!check_all(file, h, e))
        return false;
    for (int i = 0; i < HANDED_KINDS; i++) {
        const struct verified *v = h->of[i];
        if (!v)
            continue;
        struct home_add add = {.envelope = v->text, .kind = v->kind};
        memcpy(add.key, v->key, sizeof add.key);
        if (!home_append(p->home, a, &add, 1, e))
            return false;
        *vec_push(a, out) = (struct handed_entry){v->kind, add.added.index, add.added.was_there, h->known[i]};
    }
    return portfolio_catch_up(p, e);
}
