/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/proof.h"

#include "base/cipher.h"

static const char head[] = "c2sp.org/tlog-proof@v1";
enum { PROOF_BYTES_MOST = 4 << 20 };

/* ── reading ── */

struct reader {
    struct arena *a;
    str rest, where;
    uint32_t line;
    struct err *e;
};

static bool bad(struct reader *r, const char *what) {
    return err_set(r->e, ERR_INPUT, arena_printf(r->a, "%.*s:%u", STR_ARG(r->where), r->line), "%s", what);
}

/* A line with its newline; false at the end or without one. */
static bool next(struct reader *r, str *line) {
    r->line++;
    return str_chr(r->rest, '\n') != STR_NONE && str_cut(r->rest, '\n', line, &r->rest);
}

static bool read_hashes(struct reader *r, struct proof *out) {
    for (str line;;) {
        struct hash h;
        if (!next(r, &line))
            return bad(r, _("an empty line and the checkpoint are missing"));
        if (line.n == 0)
            return true;
        if (out->hashes.n == MERKLE_PROOF_MOST || !tlog_hash(line, h.b))
            return bad(r, _("this is no hash of a proof"));
        *vec_push(r->a, &out->hashes) = h;
    }
}

bool proof_parse(struct arena *a, str text, str where, struct proof *out, struct err *e) {
    struct reader r = {.a = a, .rest = text, .where = where, .e = e};
    str line;
    *out = (struct proof){.extra = {NULL, 0}};
    if (text.n > PROOF_BYTES_MOST)
        return err_set(e, ERR_LIMIT, where, _("a proof may have %d MiB at most"), PROOF_BYTES_MOST >> 20);
    if (!next(&r, &line) || !str_is(line, head))
        return bad(&r, _("this is no proof: \"c2sp.org/tlog-proof@v1\" is expected here"));
    bool more = next(&r, &line);
    if (more && str_starts(line, S("extra "))) {
        if (!base64_bytes(a, str_from(line, 6), false, &out->extra))
            return bad(&r, _("the extra data is not base64"));
        more = next(&r, &line);
    }
    if (!more || !str_starts(line, S("index ")) || !tlog_number(str_from(line, 6), &out->index))
        return bad(&r, _("\"index\" and the number of the entry are expected here"));
    if (!read_hashes(&r, out))
        return false;
    out->checkpoint = r.rest;
    str at = arena_printf(a, "%.*s#checkpoint", STR_ARG(where));
    return note_parse(a, r.rest, at, &out->note, e) && checkpoint_parse(out->note.text, at, &out->at, e);
}

/* ── writing ── */

str proof_extra(struct arena *a, str leaf, const unsigned char salt[LEAF_SALT]) {
    return salt ? arena_cat(a, leaf, str_n((const char *)salt, LEAF_SALT)) : leaf;
}

str proof_text(struct arena *a, const struct proof *p) {
    struct buf b = {0};
    buf_addf(&b, "%s\n", head);
    if (p->extra.p) {
        buf_add(&b, S("extra "));
        base64_add(&b, p->extra);
        buf_addc(&b, '\n');
    }
    buf_addf(&b, "index %llu\n", (unsigned long long)p->index);
    for (uint32_t i = 0; i < p->hashes.n; i++) {
        base64_add(&b, str_n((const char *)p->hashes.v[i].b, sizeof p->hashes.v[i].b));
        buf_addc(&b, '\n');
    }
    buf_addc(&b, '\n');
    buf_add(&b, p->checkpoint);
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

/* ── checking ── */

/* The leaf says its own length; what follows is nothing or the salt. */
static bool split_extra(str extra, str *leaf, str *salt) {
    if (extra.n < LEAF_LEAST)
        return false;
    size_t n = LEAF_LEAST + (size_t)(unsigned char)extra.p[LEAF_LEAST - 1];
    *leaf = str_upto(extra, n);
    *salt = str_from(extra, n);
    return extra.n == n || extra.n == n + LEAF_SALT;
}

static bool commits_to(const struct leaf *l, str salt, str envelope) {
    unsigned char body[32];
    leaf_commit((const unsigned char *)salt.p, envelope, body);
    return memcmp(body, l->body, sizeof body) == 0;
}

bool proof_check(struct arena *a, str proof, str where, str envelope, const struct tlog_policy *policy,
                 struct proof_verdict *out, struct err *e) {
    struct proof p;
    struct hash root;
    str leaf, salt;
    *out = (struct proof_verdict){.index = 0};
    if (!proof_parse(a, proof, where, &p, e))
        return false;
    out->index = p.index;
    out->at = p.at;
    tlog_policy_judge(a, policy, &p.note, p.at.origin, &out->policy);
    out->has_entry = split_extra(p.extra, &leaf, &salt) && leaf_read(leaf, &out->leaf);
    if (!out->has_entry)
        return true;
    memcpy(root.b, p.at.root, sizeof root.b);
    out->has_salt = salt.n == LEAF_SALT;
    out->entry_matches = out->has_salt && envelope.p && commits_to(&out->leaf, salt, envelope);
    out->included = merkle_inclusion_ok(p.index, p.at.size, merkle_leaf(leaf), p.hashes.v, p.hashes.n, root);
    return true;
}

bool proof_holds(const struct proof_verdict *v) {
    return v->has_entry && v->entry_matches && v->included && tlog_policy_accepts(&v->policy);
}
