/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/bundle.h"

#include "base/cipher.h"
#include "base/digest.h"
#include "base/file.h"

static const char bundle_version[] = "akashi/1";

enum { KEYS_MOST = 1000, STATEMENTS_MOST = 1000000, DOCUMENTS_MOST = 100000 };

static bool fail(struct arena *a, const struct json *doc, struct jv at, const char *what, struct err *e) {
    return err_set(e, ERR_INPUT, json_place(doc, at, a), "%s", what);
}

static bool add(struct arena *a, const struct json *doc, struct jv envelope, struct jv proof, struct bundle *out,
                struct err *e) {
    struct bundled b = {.proof = j_str(proof)};
    if (out->statements.n >= STATEMENTS_MOST)
        return err_set(e, ERR_LIMIT, doc->where, _("more than %u statements"), (unsigned)STATEMENTS_MOST);
    /* Finding a place takes time that grows with the document: only near its beginning is it worth that. */
    b.where = out->statements.n < 64 ? json_place(doc, envelope, a) : doc->where;
    if (!dsse_from(a, doc, envelope, &b.envelope, e))
        return false;
    b.text = dsse_text(a, &b.envelope);
    *vec_push(a, &out->statements) = b;
    return true;
}

static bool read_statement(struct arena *a, const struct json *doc, struct jv v, struct bundle *out, struct err *e) {
    struct jv envelope = j_get(v, "envelope"), proof = j_get(v, "proof");
    if (!j_is_obj(envelope))
        return fail(a, doc, v, _("a statement of a bundle must have an envelope"), e);
    if (j_ok(proof) && (!j_is_str(proof) || !j_str(proof).n))
        return fail(a, doc, proof, _("a proof must be text that is not empty"), e);
    return add(a, doc, envelope, proof, out, e);
}

static bool read_document(struct arena *a, const struct json *doc, struct jv v, struct bundle *out, struct err *e) {
    struct bundle_document d, *at;
    unsigned char wanted[32];
    if (out->documents.n >= DOCUMENTS_MOST)
        return err_set(e, ERR_LIMIT, doc->where, _("more than %u documents"), (unsigned)DOCUMENTS_MOST);
    if (!hex_bytes(j_gets(v, "sha256"), wanted, 32) || !base64_bytes(a, j_gets(v, "content"), false, &d.bytes))
        return fail(a, doc, v, _("a document of a bundle must have its SHA-256 and its content in base64"), e);
    digest_of(DIGEST_SHA256, d.bytes, d.sha256);
    if (memcmp(wanted, d.sha256, 32) != 0)
        return fail(a, doc, v, _("this document is another one than its SHA-256 says"), e);
    at = vec_push(a, &out->documents);
    *at = d;
    return true;
}

static bool is_bundle(struct jv root) { return j_ok(j_get(root, "bundle")); }

static bool bundle_from(struct arena *a, const struct json *doc, struct bundle *out, struct err *e) {
    struct jv root = doc->root, statements = j_get(root, "statements"), keys = j_get(root, "keys");
    if (!str_is(j_gets(root, "bundle"), bundle_version)) {
        fail(a, doc, j_ok(j_get(root, "bundle")) ? j_get(root, "bundle") : root,
             _("this is no bundle of version akashi/1"), e);
        return err_hint(e, "%s", _("a newer akashi may have made it"));
    }
    if (!j_is_arr(statements))
        return fail(a, doc, j_ok(statements) ? statements : root, _("a bundle must have a list of statements"), e);
    for (struct jiter it = j_iter(statements); j_next(&it);)
        if (!read_statement(a, doc, it.val, out, e))
            return false;
    if (j_ok(keys) && (!j_is_arr(keys) || j_len(keys) > KEYS_MOST))
        return fail(a, doc, keys, _("the keys of a bundle must be a list of at most 1,000 texts"), e);
    for (struct jiter it = j_iter(keys); j_next(&it);) {
        if (!j_is_str(it.val))
            return fail(a, doc, it.val, _("a key must be text"), e);
        *vec_push(a, &out->keys) = j_str(it.val);
    }
    for (struct jiter it = j_iter(j_get(root, "documents")); j_next(&it);)
        if (!read_document(a, doc, it.val, out, e))
            return false;
    return true;
}

bool bundle_parse(struct ctx *c, struct arena *a, str text, str where, struct bundle *out, struct err *e) {
    struct json doc;
    *out = (struct bundle){0};
    return json_parse(c, a, text, JSON_STRICT, where, &doc, e) && bundle_from(a, &doc, out, e);
}

str bundle_text(struct arena *a, const struct bundle *bundle) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kstr(&w, "bundle", str_of(bundle_version));
    jw_karr(&w, "statements");
    for (uint32_t i = 0; i < bundle->statements.n; i++) {
        const struct bundled *s = &bundle->statements.v[i];
        jw_obj(&w);
        jw_key(&w, S("envelope"));
        jw_raw(&w, dsse_text(a, &s->envelope));
        jw_kstr(&w, "proof", s->proof);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_karr(&w, "keys");
    for (uint32_t i = 0; i < bundle->keys.n; i++)
        jw_str(&w, bundle->keys.v[i]);
    jw_arr_end(&w);
    if (bundle->documents.n) {
        jw_karr(&w, "documents");
        for (uint32_t i = 0; i < bundle->documents.n; i++) {
            jw_obj(&w);
            jw_kstr(&w, "sha256", hex_text(a, bundle->documents.v[i].sha256, 32));
            jw_kstr(&w, "content", base64_text(a, bundle->documents.v[i].bytes));
            jw_obj_end(&w);
        }
        jw_arr_end(&w);
    }
    jw_obj_end(&w);
    buf_addc(&b, '\n');
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

/* ── other wrappings ── */

static bool read_one(struct arena *a, const struct json *doc, struct jv v, struct bundle *out, struct err *e) {
    if (j_is_obj(j_get(v, "dsseEnvelope")))
        return add(a, doc, j_get(v, "dsseEnvelope"), (struct jv){NULL}, out, e);
    if (j_ok(j_get(v, "payload")) || j_ok(j_get(v, "payloadType")))
        return add(a, doc, v, (struct jv){NULL}, out, e);
    fail(a, doc, v, _("this is neither a DSSE envelope nor a bundle of them"), e);
    return err_hint(e, "%s", _("`akashi sign FILE --predicate TYPE` makes an envelope"));
}

static bool read_value(struct arena *a, const struct json *doc, struct bundle *out, struct err *e) {
    if (is_bundle(doc->root))
        return bundle_from(a, doc, out, e);
    if (!j_is_arr(doc->root))
        return read_one(a, doc, doc->root, out, e);
    for (struct jiter it = j_iter(doc->root); j_next(&it);)
        if (!read_one(a, doc, it.val, out, e))
            return false;
    return true;
}

bool bundle_read_any(struct ctx *c, struct arena *a, str text, str where, struct bundle *out, struct err *e) {
    struct json doc;
    str rest = str_trim(text_utf8(a, text));
    struct err bad = {0};
    *out = (struct bundle){0};
    /* A bundle or a pretty-printed envelope is one value; only several values are told line by line. */
    if (json_parse(c, a, rest, JSON_STRICT, where, &doc, e))
        return read_value(a, &doc, out, e);
    for (uint32_t n = 1; json_parse_next(c, a, &rest, arena_printf(a, "%.*s (%u)", STR_ARG(where), n), &doc, &bad); n++)
        if (!read_value(a, &doc, out, e))
            return false;
    if (bad.kind == ERR_NONE && out->statements.n)
        return true;
    if (out->statements.n && e)
        *e = bad;
    return false;
}
