/* SPDX-License-Identifier: Apache-2.0 */
#include "base/cipher.h"
#include "seal/index_row.h"
#include "seal/statement.h"

struct checking {
    struct ctx *ctx;
    struct arena *a;
    const struct json *doc;
    const struct tlog_policy *policy;
    const struct pubkey *signers;
    uint32_t n_signers;
    struct index_verdict *out;
    struct err *e;
    uint64_t rows;
    struct hash root; /* of the index */
};

static bool bad(struct checking *k, struct jv at, const char *what) {
    return err_set(k->e, ERR_INPUT, json_place(k->doc, at, k->a), "%s", what);
}

/* A verdict, not an error: the first fault is kept. */
static void fault(struct checking *k, const char *what) {
    if (!k->out->fault)
        k->out->fault = what;
}

/* ── pieces ── */

static bool read_number(struct checking *k, struct jv owner, const char *key, uint64_t *out) {
    struct jv v = j_get(owner, key);
    *out = (uint64_t)j_int(v, 0);
    return (j_is_int(v) && j_int(v, -1) >= 0) || bad(k, j_ok(v) ? v : owner, _("a whole number should stand here"));
}

static bool read_hash(struct checking *k, struct jv v, struct hash *out) {
    str bytes;
    if (!base64_bytes(k->a, j_str(v), false, &bytes) || bytes.n != sizeof out->b)
        return bad(k, v, _("this is no hash in base64"));
    memcpy(out->b, bytes.p, sizeof out->b);
    return true;
}

static bool read_hex(struct checking *k, struct jv owner, const char *key, unsigned char out[32]) {
    struct jv v = j_get(owner, key);
    return hex_bytes(j_str(v), out, 32) || bad(k, j_ok(v) ? v : owner, _("this is no SHA-256 in hex"));
}

static bool read_path(struct checking *k, struct jv row, struct hash path[MERKLE_PROOF_MOST], uint32_t *n) {
    struct jv v = j_get(row, "path");
    *n = 0;
    if (!j_is_arr(v) || j_len(v) > MERKLE_PROOF_MOST)
        return bad(k, j_ok(v) ? v : row, _("a list of hashes should stand here"));
    for (struct jiter it = j_iter(v); j_next(&it);)
        if (!read_hash(k, it.val, &path[(*n)++]))
            return false;
    return true;
}

/* ── the index statement ── */

static bool read_predicate(struct checking *k, const struct dsse *d, str where) {
    struct statement s;
    struct hash root;
    if (!statement_parse(k->ctx, k->a, d->payload, where, &s, k->e))
        return false;
    if (!str_is(statement_kind(s.type), "index"))
        return err_set(k->e, ERR_INPUT, where, _("this statement is no index of a log"));
    k->out->covered = (uint64_t)j_int(j_get(s.predicate, "size"), 0);
    k->rows = (uint64_t)j_int(j_get(s.predicate, "rows"), 0);
    if (!hex_bytes(j_gets(s.predicate, "root"), root.b, 32))
        return err_set(k->e, ERR_INPUT, where, _("this is no SHA-256 in hex"));
    k->root = root;
    if (!str_eq(j_gets(s.predicate, "origin"), k->out->log.at.origin))
        fault(k, N_("the index is that of another log"));
    return true;
}

static void judge_signature(struct checking *k, const struct dsse *d) {
    bool *good = arena_array(k->a, bool, k->n_signers + 1);
    dsse_verify(k->a, d, k->signers, k->n_signers, good);
    for (uint32_t i = 0; i < k->n_signers && !k->out->signature; i++)
        if (good[i]) {
            k->out->signature = true;
            pubkey_id(&k->signers[i], k->out->signer);
        }
    if (!k->out->signature)
        fault(k, N_("the index is not signed by a key you trust"));
    else if (memcmp(k->out->signer, k->out->log.leaf.key, 32) != 0)
        fault(k, N_("the log has the index under another signer"));
}

static bool check_index(struct checking *k) {
    struct jv index = j_get(k->doc->root, "index");
    str proof = j_gets(index, "proof"), where = json_place(k->doc, index, k->a);
    struct dsse d = {0};
    if (!j_is_obj(index) || !proof.n)
        return bad(k, k->doc->root, _("the index statement and its proof should stand here"));
    if (!dsse_from(k->a, k->doc, j_get(index, "envelope"), &d, k->e) ||
        !proof_check(k->a, proof, where, dsse_text(k->a, &d), k->policy, &k->out->log, k->e))
        return false;
    k->out->size = k->out->log.at.size;
    if (!proof_holds(&k->out->log))
        fault(k, N_("the index statement is not proved to be in the log"));
    if (!read_predicate(k, &d, where))
        return false;
    judge_signature(k, &d);
    if (k->out->covered > k->out->log.index)
        fault(k, N_("the index covers more than what came before it"));
    return true;
}

/* ── answers ── */

static bool row_holds(struct checking *k, struct jv v, const struct index_row *row, uint64_t *position, bool *holds) {
    struct hash path[MERKLE_PROOF_MOST];
    uint32_t n;
    if (!read_number(k, v, "position", position) || !read_path(k, v, path, &n))
        return false;
    *holds = *position < k->rows && merkle_inclusion_ok(*position, k->rows, index_row_hash(row), path, n, k->root);
    return true;
}

static bool read_entries(struct checking *k, struct jv v, struct index_answer *out) {
    struct jv list = j_get(v, "entries");
    if (!j_is_arr(list))
        return bad(k, v, _("a list of entries should stand here"));
    for (struct jiter it = j_iter(list); j_next(&it);) {
        uint64_t n = (uint64_t)j_int(it.val, 0);
        if (!j_is_int(it.val) || j_int(it.val, -1) < 0)
            return bad(k, it.val, _("a whole number should stand here"));
        if (n >= k->out->covered || (out->entries.n && out->entries.v[out->entries.n - 1] >= n))
            fault(k, N_("the entries of an answer are not in order or beyond the index"));
        *vec_push(k->a, &out->entries) = n;
    }
    return true;
}

static bool check_present(struct checking *k, struct jv v, const unsigned char key[32], const struct index_answer *x) {
    struct index_row row = {.count = x->entries.n};
    uint64_t position;
    bool holds;
    memcpy(row.key, key, 32);
    index_list_digest(x->entries.v, x->entries.n, row.list);
    if (!row_holds(k, v, &row, &position, &holds))
        return false;
    if (!holds || !x->entries.n)
        fault(k, N_("the index has another list of entries for what was asked"));
    return true;
}

/* A neighbour: before (sign < 0) or after what is not there. */
static bool check_neighbour(struct checking *k, struct jv v, const unsigned char key[32], int sign,
                            uint64_t *position) {
    struct index_row row;
    bool holds;
    if (!read_hex(k, v, "key", row.key) || !read_hex(k, v, "list", row.list) ||
        !read_number(k, v, "count", &row.count) || !row_holds(k, v, &row, position, &holds))
        return false;
    int order = memcmp(row.key, key, 32);
    if (!holds || (sign < 0 ? order >= 0 : order <= 0))
        fault(k, N_("the index does not show that what was asked is not there"));
    return true;
}

static bool check_absent(struct checking *k, struct jv answer, const unsigned char key[32],
                         const struct index_answer *x) {
    struct jv before = j_get(answer, "before"), after = j_get(answer, "after");
    uint64_t left = 0, right = k->rows;
    if (j_ok(before) && !check_neighbour(k, before, key, -1, &left))
        return false;
    if (j_ok(after) && !check_neighbour(k, after, key, 1, &right))
        return false;
    uint64_t first = j_ok(before) ? left + 1 : 0;
    if (first != right || x->entries.n)
        fault(k, N_("the index does not show that what was asked is not there"));
    return true;
}

static bool check_answer(struct checking *k, struct jv v) {
    struct index_answer *x = vec_push(k->a, &k->out->answers);
    unsigned char key[32];
    *x = (struct index_answer){0};
    if (!word_parse(k->a, j_gets(v, "word"), &x->word))
        return bad(k, v, _("this is nothing that can be asked for"));
    word_key(&x->word, key);
    if (!read_entries(k, v, x))
        return false;
    struct jv row = j_get(v, "row");
    return j_ok(row) ? check_present(k, row, key, x) : check_absent(k, v, key, x);
}

static bool check_answers(struct checking *k) {
    struct jv answers = j_get(k->doc->root, "answers");
    if (!j_is_arr(answers) || !j_len(answers))
        return bad(k, k->doc->root, _("there is no answer in it"));
    for (struct jiter it = j_iter(answers); j_next(&it);)
        if (!check_answer(k, it.val))
            return false;
    return true;
}

/* ── what came behind the index ── */

/* The edge of the tree at the size the index covers. */
static bool read_edge(struct checking *k, struct jv behind, struct merkle_edge *edge) {
    struct jv list = j_get(behind, "edge");
    struct jiter it = j_iter(list);
    *edge = (struct merkle_edge){.size = k->out->covered};
    for (int level = 63; level >= 0; level--) {
        if (!(k->out->covered >> level & 1))
            continue;
        if (!j_next(&it))
            return bad(k, behind, _("a list of hashes should stand here"));
        if (!read_hash(k, it.val, &edge->full[level]))
            return false;
    }
    return !j_next(&it) || bad(k, list, _("there are more hashes than there should be"));
}

static bool read_leaves(struct checking *k, struct jv behind, struct merkle_edge *edge) {
    struct jv list = j_get(behind, "leaves");
    if (!j_is_arr(list))
        return bad(k, behind, _("a list of leaves should stand here"));
    for (struct jiter it = j_iter(list); j_next(&it);) {
        struct index_behind *b = vec_push(k->a, &k->out->behind);
        str bytes;
        if (!base64_bytes(k->a, j_str(it.val), false, &bytes) || !leaf_read(bytes, &b->leaf))
            return bad(k, it.val, _("this is no leaf in base64"));
        b->index = edge->size;
        merkle_edge_add(edge, merkle_leaf(bytes));
    }
    return true;
}

static bool tells(const struct word *w, const struct leaf *leaf, struct arena *a) {
    if (strcmp(w->what, "kind") == 0)
        return str_eq(w->text, leaf->kind);
    return strcmp(w->what, "key") == 0 && str_eq(w->text, hex_text(a, leaf->key, 32));
}

/* Kinds can be told from the leaves; keys too, but a key event may name another key within its body. */
static bool can_be_told(const struct word *w) { return strcmp(w->what, "kind") == 0; }

static void judge_behind(struct checking *k) {
    struct index_verdict *out = k->out;
    out->complete = true;
    for (uint32_t i = 0; i < out->answers.n; i++) {
        struct index_answer *x = &out->answers.v[i];
        for (uint32_t b = 0; b < out->behind.n; b++) {
            if (tells(&x->word, &out->behind.v[b].leaf, k->a))
                *vec_push(k->a, &x->entries) = out->behind.v[b].index;
            else if (!can_be_told(&x->word) && out->behind.v[b].index != out->log.index)
                out->complete = false;
        }
    }
}

static bool check_behind(struct checking *k) {
    struct jv behind = j_get(k->doc->root, "behind");
    struct merkle_edge edge;
    if (!j_is_obj(behind))
        return bad(k, k->doc->root, _("the entries behind the index should stand here"));
    if (!read_edge(k, behind, &edge) || !read_leaves(k, behind, &edge))
        return false;
    struct hash want;
    memcpy(want.b, k->out->log.at.root, 32);
    if (edge.size != k->out->size || !hash_eq(edge.size ? merkle_edge_root(&edge) : merkle_empty(), want))
        fault(k, N_("the entries behind the index are not those of the log"));
    else
        judge_behind(k);
    return true;
}

bool index_proof_is(struct jv root) { return str_starts(j_gets(root, "proof"), S("akashi-find/")); }

bool index_proof_check(struct ctx *c, struct arena *a, str text, str where, const struct tlog_policy *policy,
                       const struct pubkey *signers, uint32_t n, struct index_verdict *out, struct err *e) {
    struct json doc;
    *out = (struct index_verdict){0};
    struct checking k = {c, a, &doc, policy, signers, n, out, e, 0, {{0}}};
    if (!json_parse(c, a, text, JSON_STRICT, where, &doc, e))
        return false;
    if (!str_is(j_gets(doc.root, "proof"), INDEX_PROOF))
        return bad(&k, doc.root, _("this is no proof of an answer (akashi-find/1)"));
    if (!check_index(&k) || !check_answers(&k) || !check_behind(&k))
        return false;
    out->holds = !out->fault;
    out->complete = out->complete && out->holds;
    return true;
}
