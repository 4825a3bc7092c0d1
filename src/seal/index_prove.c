/* SPDX-License-Identifier: Apache-2.0 */
#include "base/cipher.h"
#include "seal/index_row.h"
#include "seal/statement.h"

struct proving {
    struct ctx *ctx;
    struct view *v;
    const struct keyring *keys;
    struct arena *a;
    struct jw *w;
    struct index_table table;
    struct index_place *places; /* of what is asked */
    uint32_t n_places;
    struct log_entry entry; /* the index statement */
    struct dsse envelope;
    uint64_t covered;
};

static void put_hash(struct proving *k, struct hash h) {
    jw_str(k->w, base64_text(k->a, str_n((const char *)h.b, sizeof h.b)));
}

/* ── which index ── */

/* *ours: it is an index of this log; one that came from elsewhere, or is not there any more, is passed over. */
static bool read_statement(struct proving *k, str *root, bool *ours, struct err *e) {
    struct statement s;
    struct err odd = {0};
    str envelope, where = arena_printf(k->a, "log#%llu", (unsigned long long)k->entry.index);
    const struct known_key *signer = keyring_find(k->keys, k->entry.leaf.key);
    *ours = false;
    if (!signer || !signer->ours || k->entry.erased)
        return true;
    if (!log_envelope(view_log(k->v), k->a, &k->entry, &envelope, e))
        return false;
    if (!envelope.p || !dsse_parse(k->ctx, k->a, envelope, where, &k->envelope, &odd) ||
        !statement_parse(k->ctx, k->a, k->envelope.payload, where, &s, &odd))
        return true;
    *ours = str_eq(j_gets(s.predicate, "origin"), log_origin(view_log(k->v)));
    k->covered = (uint64_t)j_int(j_get(s.predicate, "size"), 0);
    *root = j_gets(s.predicate, "root");
    return true;
}

/* The newest below that size. */
static bool find_index(struct proving *k, uint64_t below, bool *found, str *root, struct err *e) {
    uint64_t index = below;
    bool ours = false;
    do {
        if (!view_last_index(k->v, index, found, &index, e))
            return false;
        if (*found && (!log_entry(view_log(k->v), k->a, index, &k->entry, e) || !read_statement(k, root, &ours, e)))
            return false;
    } while (*found && !ours);
    return true;
}

static bool choose_index(struct proving *k, uint64_t size, struct err *e) {
    struct index_root now;
    bool found;
    str said;
    if (!find_index(k, size < view_size(k->v) ? size + 1 : size, &found, &said, e))
        return false;
    if (!found) {
        err_set(e, ERR_INPUT, log_origin(view_log(k->v)), _("the log has no index yet"));
        return err_hint(e, "%s", _("`akashi log index` makes one"));
    }
    if (!index_table_read(k->v, k->a, k->covered, k->places, k->n_places, &k->table, e))
        return false;
    index_table_root(&k->table, k->covered, &now);
    if (str_eq(hex_text(k->a, now.root, 32), said))
        return true;
    err_set(e, ERR_INPUT, log_origin(view_log(k->v)),
            _("what the index of entry %llu lists is no longer what the log holds"),
            (unsigned long long)k->entry.index);
    return err_hint(e, "%s", _("bodies were erased since: `akashi log index` makes a new one"));
}

/* ── answers ── */

static bool put_row(struct proving *k, const char *name, uint64_t at, const struct index_row *r, bool with_key,
                    struct err *e) {
    struct hash path[MERKLE_PROOF_MOST];
    struct hash_source source = index_hashes(&k->table);
    uint32_t n = 0;
    if (!merkle_inclusion(&source, at, k->table.hashes.n, path, &n, e))
        return false;
    jw_kobj(k->w, name);
    jw_kint(k->w, "position", (int64_t)at);
    if (with_key) {
        jw_kstr(k->w, "key", hex_text(k->a, r->key, 32));
        jw_kint(k->w, "count", (int64_t)r->count);
        jw_kstr(k->w, "list", hex_text(k->a, r->list, 32));
    }
    jw_karr(k->w, "path");
    for (uint32_t i = 0; i < n; i++)
        put_hash(k, path[i]);
    jw_arr_end(k->w);
    jw_obj_end(k->w);
    return true;
}

static bool put_entries(struct proving *k, const struct word *word, struct err *e) {
    struct words one = {.v = (struct word *)(uintptr_t)word, .n = 1};
    struct view_found found;
    if (!view_find(k->v, k->a, &one, k->covered, &found, e))
        return false;
    jw_karr(k->w, "entries");
    for (uint32_t i = 0; i < found.n; i++)
        jw_int(k->w, (int64_t)found.v[i]);
    jw_arr_end(k->w);
    return true;
}

static bool put_answer(struct proving *k, const struct word *word, const struct index_place *p, struct err *e) {
    bool ok;
    jw_obj(k->w);
    jw_kstr(k->w, "word", word_text(k->a, word));
    if (p->there) {
        ok = put_row(k, "row", p->at, &p->row, false, e) && put_entries(k, word, e);
    } else {
        jw_karr(k->w, "entries");
        jw_arr_end(k->w);
        ok = (!p->has_before || put_row(k, "before", p->at - 1, &p->before, true, e)) &&
             (!p->has_after || put_row(k, "after", p->at, &p->after, true, e));
    }
    jw_obj_end(k->w);
    return ok;
}

/* ── the index statement in the log, and what came behind it ── */

static bool put_index(struct proving *k, const struct checkpoint *at, str note, struct err *e) {
    struct hash hashes[MERKLE_PROOF_MOST];
    struct hash_source source = log_hashes(view_log(k->v));
    uint32_t n = 0;
    if (!merkle_inclusion(&source, k->entry.index, at->size, hashes, &n, e))
        return false;
    struct proof p = {
        .extra = proof_extra(k->a, k->entry.bytes, k->entry.salt), .index = k->entry.index, .checkpoint = note};
    for (uint32_t i = 0; i < n; i++)
        *vec_push(k->a, &p.hashes) = hashes[i];
    jw_kobj(k->w, "index");
    jw_key(k->w, S("envelope"));
    jw_raw(k->w, dsse_text(k->a, &k->envelope));
    jw_kstr(k->w, "proof", proof_text(k->a, &p));
    jw_obj_end(k->w);
    return true;
}

static bool put_leaf(void *arg, const struct log_entry *entry, struct err *e) {
    struct proving *k = arg;
    (void)e;
    jw_str(k->w, base64_text(k->a, entry->bytes));
    return true;
}

/* The complete subtrees left of `covered`, the greatest first, and every leaf behind: together the root. */
static bool put_behind(struct proving *k, uint64_t to, struct err *e) {
    struct hash_source source = log_hashes(view_log(k->v));
    uint64_t at = 0;
    jw_kobj(k->w, "behind");
    jw_karr(k->w, "edge");
    for (int level = 63; level >= 0; level--) {
        struct hash h;
        if (!(k->covered >> level & 1))
            continue;
        if (!source.get(source.of, (unsigned)level, at >> level, &h, e))
            return false;
        put_hash(k, h);
        at += (uint64_t)1 << level;
    }
    jw_arr_end(k->w);
    jw_karr(k->w, "leaves");
    if (!log_each(view_log(k->v), k->covered, to, put_leaf, k, e))
        return false;
    jw_arr_end(k->w);
    jw_obj_end(k->w);
    return true;
}

static bool put_all(struct proving *k, const struct words *asked, struct err *e) {
    struct checkpoint at;
    str note;
    if (!log_checkpoint(view_log(k->v), k->a, &at, &note, e))
        return false;
    jw_obj(k->w);
    jw_kstr(k->w, "proof", S(INDEX_PROOF));
    if (!put_index(k, &at, note, e))
        return false;
    jw_karr(k->w, "answers");
    for (uint32_t i = 0; i < asked->n; i++)
        if (!put_answer(k, &asked->v[i], &k->places[i], e))
            return false;
    jw_arr_end(k->w);
    if (!put_behind(k, at.size, e))
        return false;
    jw_obj_end(k->w);
    return true;
}

bool index_prove(struct ctx *c, struct view *v, const struct keyring *keys, struct arena *a, const struct words *asked,
                 uint64_t size, str *proof, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    struct proving k = {.ctx = c, .v = v, .keys = keys, .a = a, .w = &w, .n_places = asked->n};
    k.places = arena_array(a, struct index_place, asked->n);
    for (uint32_t i = 0; i < asked->n; i++)
        word_key(&asked->v[i], k.places[i].key);
    bool ok = choose_index(&k, size, e) && put_all(&k, asked, e);
    buf_addc(&b, '\n');
    if (ok)
        *proof = arena_str(a, buf_str(&b));
    buf_free(&b);
    return ok;
}

bool index_audit(struct ctx *c, struct view *v, const struct keyring *keys, struct arena *a, bool *found,
                 uint64_t *index, bool *holds, struct err *e) {
    struct proving k = {.ctx = c, .v = v, .keys = keys, .a = a};
    struct index_root now;
    str said;
    *holds = true;
    if (!find_index(&k, UINT64_MAX, found, &said, e))
        return false;
    *index = k.entry.index;
    if (!*found)
        return true;
    if (!index_compute(v, k.covered, &now, e))
        return false;
    *holds = str_eq(hex_text(a, now.root, 32), said);
    return true;
}
