/* SPDX-License-Identifier: Apache-2.0
 *
 * A proof that an answer of `akashi log find` is whole.
 */
#include "release/checklist.h"
#include "seal/index.h"

/* Of the log the proof speaks of: which policy counts depends on it. */
static str origin_of(struct looking *l, str text) {
    struct json doc;
    struct proof p;
    if (!json_parse(l->ctx, l->arena, text, JSON_STRICT, l->out->thing, &doc, NULL) ||
        !proof_parse(l->arena, j_gets(j_get(doc.root, "index"), "proof"), l->out->thing, &p, NULL))
        return S("");
    return p.at.origin;
}

static const char *signer_name(struct looking *l, const unsigned char id[32]) {
    for (uint32_t i = 0; i < l->keys.n; i++)
        if (memcmp(l->keys.v[i].id, id, 32) == 0)
            return arena_cstr(l->arena, l->keys.v[i].name);
    return "";
}

static void say_answer(struct looking *l, const struct index_answer *x) {
    enum { SHOWN = 20 };
    struct buf b = {0};
    for (uint32_t i = 0; i < x->entries.n && i < SHOWN; i++)
        buf_addf(&b, "%s%llu", i ? ", " : "", (unsigned long long)x->entries.v[i]);
    if (x->entries.n > SHOWN)
        buf_addz(&b, ", …");
    if (x->entries.n)
        say_holds(l, "answer", word_text(l->arena, &x->word), _("%u statements: entries %.*s"), x->entries.n,
                  STR_ARG(buf_str(&b)));
    else
        say_holds(l, "answer", word_text(l->arena, &x->word), "%s", _("no statement"));
    buf_free(&b);
}

static void say_whole(struct looking *l, const struct index_verdict *v) {
    if (v->complete) {
        say_holds(l, "complete", l->out->thing, _("nothing is left out up to entry %llu"), (unsigned long long)v->size);
        return;
    }
    say_unchecked(l, "complete", l->out->thing,
                  _("entries %llu to %llu came after the index: they may be about it too"),
                  (unsigned long long)v->covered, (unsigned long long)v->size - 1);
    say_hint(l, _("ask for a proof with a newer index (`akashi log index`)"));
}

bool look_at_find(struct looking *l, str text, struct err *e) {
    struct index_verdict v;
    struct tlog_policy policy = policy_for(l, origin_of(l, text));
    struct pubkey *signers = arena_array(l->arena, struct pubkey, l->keys.n + 1);
    for (uint32_t i = 0; i < l->keys.n; i++)
        signers[i] = l->keys.v[i].key;
    l->out->kind = "proof";
    if (!index_proof_check(l->ctx, l->arena, text, l->out->thing, &policy, signers, l->keys.n, &v, e))
        return false;
    if (!v.holds) {
        say_fails(l, "answer", l->out->thing, "%s", _(v.fault));
        if (!l->keys.n)
            say_hint(l, _("name the keys you trust: --key FILE"));
        return true;
    }
    say_holds(l, "index", v.log.at.origin, _("an index of the first %llu entries, logged as entry %llu, signed by %s"),
              (unsigned long long)v.covered, (unsigned long long)v.log.index, signer_name(l, v.signer));
    /* Whoever has a key that was revoked could sign an index that leaves things out. */
    if (!look_at_key(l, v.log.at.origin, v.signer, &v.log.leaf.time))
        return true;
    for (uint32_t i = 0; i < v.answers.n; i++)
        say_answer(l, &v.answers.v[i]);
    say_whole(l, &v);
    return true;
}
