/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/dsse.h"

static bool wrong(struct err *e, struct arena *a, const struct json *doc, struct jv at, const char *what) {
    return err_set(e, ERR_INPUT, json_place(doc, at, a), "%s", what);
}

static bool member_bytes(struct arena *a, const struct json *doc, struct jv in, const char *name, str *out,
                         struct err *e) {
    struct jv v = j_get(in, name);
    if (!j_is_str(v))
        return err_set(e, ERR_INPUT, json_place(doc, in, a), _("an envelope (DSSE) has \"%s\" as text here"), name);
    return base64_bytes(a, j_str(v), true, out) || wrong(e, a, doc, v, _("this is not base64"));
}

/* Refused when any signature cannot be decoded (DSSE protocol, step 1 of verifying). */
static bool read_signature(struct arena *a, const struct json *doc, struct jv v, struct dsse *out, struct err *e) {
    str sig;
    if (!member_bytes(a, doc, v, "sig", &sig, e))
        return false;
    *vec_push(a, &out->signatures) = (struct dsse_signature){j_gets(v, "keyid"), sig};
    return true;
}

bool dsse_from(struct arena *a, const struct json *doc, struct jv v, struct dsse *out, struct err *e) {
    struct jv type = j_get(v, "payloadType"), signatures = j_get(v, "signatures");
    *out = (struct dsse){.payload_type = j_str(type)};
    if (!member_bytes(a, doc, v, "payload", &out->payload, e))
        return false;
    if (out->payload_type.n == 0)
        return wrong(e, a, doc, v, _("an envelope (DSSE) has a \"payloadType\""));
    if (!j_is_arr(signatures))
        return wrong(e, a, doc, v, _("an envelope (DSSE) has a list \"signatures\""));
    if (j_len(signatures) > DSSE_SIGNATURES_MOST)
        return err_set(e, ERR_LIMIT, json_place(doc, signatures, a), _("an envelope may have %d signatures at most"),
                       DSSE_SIGNATURES_MOST);
    for (struct jiter it = j_iter(signatures); j_next(&it);)
        if (!read_signature(a, doc, it.val, out, e))
            return false;
    return true;
}

bool dsse_parse(struct ctx *c, struct arena *a, str text, str where, struct dsse *out, struct err *e) {
    struct json doc;
    if (text.n > c->limits.file)
        return err_set(e, ERR_LIMIT, where, _("the envelope is too large"));
    return json_parse(c, a, text, JSON_STRICT, where, &doc, e) && dsse_from(a, &doc, doc.root, out, e);
}

str dsse_text(struct arena *a, const struct dsse *d) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    jw_obj(&w);
    jw_kstr(&w, "payload", base64_text(a, d->payload));
    jw_kstr(&w, "payloadType", d->payload_type);
    jw_karr(&w, "signatures");
    for (uint32_t i = 0; i < d->signatures.n; i++) {
        jw_obj(&w);
        jw_kstr(&w, "keyid", d->signatures.v[i].keyid);
        jw_kstr(&w, "sig", base64_text(a, d->signatures.v[i].sig));
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

static void add_sized(struct buf *b, str part) {
    buf_addc(b, ' ');
    buf_u64(b, part.n);
    buf_addc(b, ' ');
    buf_add(b, part);
}
str dsse_pae(struct arena *a, str payload_type, str payload) {
    struct buf b = {0};
    buf_add(&b, S("DSSEv1"));
    add_sized(&b, payload_type);
    add_sized(&b, payload);
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

bool dsse_sign(struct arena *a, struct dsse *d, const struct privkey *k, struct err *e) {
    unsigned char sig[SIG_MOST];
    size_t n;
    if (!sig_make(k, dsse_pae(a, d->payload_type, d->payload), sig, &n, e))
        return false;
    str keyid = pubkey_id_hex(a, privkey_public(k));
    struct dsse_signature *place = NULL;
    for (uint32_t i = 0; i < d->signatures.n && !place; i++)
        if (str_eq(d->signatures.v[i].keyid, keyid))
            place = &d->signatures.v[i];
    if (!place && d->signatures.n == DSSE_SIGNATURES_MOST)
        return err_set(e, ERR_LIMIT, (str){NULL, 0}, _("an envelope may have %d signatures at most"),
                       DSSE_SIGNATURES_MOST);
    if (!place)
        place = vec_push(a, &d->signatures);
    *place = (struct dsse_signature){keyid, arena_str(a, str_n((char *)sig, n))};
    return true;
}

/* ── verifying ── */

struct matcher {
    const struct pubkey *keys;
    uint32_t n;
    str pae;
    const str *ids; /* hex, of each key */
    bool *good;
};

/* The key that made it, tried first where the hint points: with many keys that is one verification instead of many. */
static uint32_t signer(const struct matcher *m, const struct dsse_signature *s) {
    uint32_t hinted = m->n;
    for (uint32_t i = 0; i < m->n && hinted == m->n; i++)
        if (str_eq(m->ids[i], s->keyid))
            hinted = i;
    if (hinted < m->n && sig_verify(&m->keys[hinted], m->pae, s->sig))
        return hinted;
    for (uint32_t i = 0; i < m->n; i++)
        if (i != hinted && !m->good[i] && sig_verify(&m->keys[i], m->pae, s->sig))
            return i;
    return m->n;
}

/* One signature is one key's, even where several could have made it; a key that is listed twice is one key. */
static bool count(const struct matcher *m, uint32_t at) {
    if (at == m->n || m->good[at])
        return false;
    for (uint32_t i = 0; i < m->n; i++)
        m->good[i] = m->good[i] || pubkey_eq(&m->keys[i], &m->keys[at]);
    return true;
}

uint32_t dsse_verify(struct arena *a, const struct dsse *d, const struct pubkey *keys, uint32_t n, bool *good) {
    struct arena_mark mark = arena_mark(a);
    str *ids = arena_array(a, str, n);
    struct matcher m = {keys, n, dsse_pae(a, d->payload_type, d->payload), ids, arena_array(a, bool, n)};
    uint32_t signers = 0;
    for (uint32_t i = 0; i < n; i++)
        ids[i] = pubkey_id_hex(a, &keys[i]);
    for (uint32_t i = 0; i < d->signatures.n; i++)
        signers += count(&m, signer(&m, &d->signatures.v[i]));
    if (good && n)
        memcpy(good, m.good, n * sizeof *good);
    arena_reset(a, mark);
    return signers;
}
