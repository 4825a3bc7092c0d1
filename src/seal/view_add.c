/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/view_add.h"

#include "base/digest.h"
#include "seal/view_sql.h"
#include "seal/words.h"

struct adding {
    struct ctx *ctx;
    struct db *db;
    struct log *log;
    struct arena *a;
};

static str bytes32(const unsigned char *p) { return str_n((const char *)p, 32); }

/* ── one entry ── */

static bool add_statement(struct adding *k, const struct log_entry *entry, str type, struct err *e) {
    struct stmt *s;
    if (!db_stmt(k->db, view_sql("add_statement"), &s, e))
        return false;
    stmt_int(s, 1, (int64_t)entry->index);
    stmt_int(s, 2, entry->leaf.time);
    stmt_text(s, 3, entry->leaf.kind);
    stmt_blob(s, 4, bytes32(entry->leaf.key));
    stmt_blob(s, 5, bytes32(entry->envelope));
    stmt_text(s, 6, type);
    return stmt_run(s, e);
}

static bool add_subject(struct adding *k, uint64_t index, uint32_t at, const struct subject *subject, struct err *e) {
    for (uint32_t i = 0; i < subject->digests.n; i++) {
        struct stmt *s;
        if (!db_stmt(k->db, view_sql("add_subject"), &s, e))
            return false;
        stmt_int(s, 1, (int64_t)index);
        stmt_int(s, 2, at);
        stmt_text(s, 3, subject->name);
        stmt_text(s, 4, subject->uri);
        stmt_text(s, 5, subject->digests.v[i].algorithm);
        stmt_text(s, 6, subject->digests.v[i].hex);
        if (!stmt_run(s, e))
            return false;
    }
    return true;
}

static bool add_words(struct adding *k, const struct log_entry *entry, const struct statement *statement,
                      struct err *e) {
    struct words words;
    words_of(k->a, entry->leaf.kind, entry->leaf.key, statement, &words);
    for (uint32_t i = 0; i < words.n; i++) {
        unsigned char key[32];
        struct stmt *s;
        if (!db_stmt(k->db, view_sql("add_word"), &s, e))
            return false;
        word_key(&words.v[i], key);
        stmt_blob(s, 1, bytes32(key));
        stmt_int(s, 2, (int64_t)entry->index);
        stmt_text(s, 3, str_of(words.v[i].what));
        stmt_text(s, 4, words.v[i].text);
        if (!stmt_run(s, e))
            return false;
    }
    return true;
}

static bool add_erasure(struct adding *k, uint64_t index, const struct statement *statement, struct err *e) {
    const struct predicate *p = predicate_of_type(statement->type);
    struct jv target = j_get(statement->predicate, "index");
    struct stmt *s;
    if (!p || strcmp(p->kind, "erasure") != 0 || !j_is_int(target) || j_int(target, -1) < 0)
        return true;
    if (!db_stmt(k->db, view_sql("add_erasure"), &s, e))
        return false;
    stmt_int(s, 1, (int64_t)index);
    stmt_int(s, 2, j_int(target, 0));
    return stmt_run(s, e);
}

/* The statement of an entry; NULL when its body is erased, withheld, damaged or none that we understand. */
static const struct statement *read_body(struct adding *k, const struct log_entry *entry) {
    struct err bad = {0};
    struct dsse d;
    str envelope, where = arena_printf(k->a, "log#%llu", (unsigned long long)entry->index);
    struct statement *s = arena_new_of(k->a, struct statement);
    if (entry->erased)
        return NULL;
    if (!log_envelope(k->log, k->a, entry, &envelope, &bad)) {
        ctx_warn_err(k->ctx, &bad);
        return NULL;
    }
    if (!envelope.p || !dsse_parse(k->ctx, k->a, envelope, where, &d, &bad) || !str_is(d.payload_type, DSSE_IN_TOTO) ||
        !statement_open(k->ctx, k->a, d.payload, where, s, &bad))
        return NULL;
    return s;
}

static bool add_entry(void *arg, const struct log_entry *entry, struct err *e) {
    struct adding *k = arg;
    struct arena_mark m = arena_mark(k->a);
    const struct statement *s = read_body(k, entry);
    bool ok = add_statement(k, entry, s ? s->type : (str){NULL, 0}, e) && add_words(k, entry, s, e);
    for (uint32_t i = 0; ok && s && i < s->subjects.n; i++)
        ok = add_subject(k, entry->index, i, &s->subjects.v[i], e);
    ok = ok && (!s || add_erasure(k, entry->index, s, e));
    arena_reset(k->a, m);
    return ok;
}

/* ── erasures ── */

struct erasure {
    uint64_t by, target;
    str kind, key;
};

static bool run_on(struct db *db, const char *name, const struct erasure *x, struct err *e) {
    struct stmt *s;
    if (!db_stmt(db, view_sql(name), &s, e))
        return false;
    stmt_int(s, 1, (int64_t)x->target);
    if (strcmp(name, "erase_statement") == 0)
        stmt_int(s, 2, (int64_t)x->by);
    if (strcmp(name, "erase_words") == 0) {
        stmt_text(s, 2, x->kind);
        stmt_text(s, 3, x->key);
    }
    return stmt_run(s, e);
}

/* Those the view still shows, though a statement says they are gone. */
static bool open_erasures(struct adding *k, struct erasure **out, uint32_t *n, struct err *e) {
    VEC(struct erasure) list = {0};
    struct stmt *s;
    bool row;
    if (!db_stmt(k->db, view_sql("open_erasures"), &s, e))
        return false;
    for (;;) {
        if (!stmt_step(s, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(k->a, &list) = (struct erasure){(uint64_t)stmt_col_int(s, 0), (uint64_t)stmt_col_int(s, 1),
                                                  arena_str(k->a, stmt_col_text(s, 2)),
                                                  arena_lower(k->a, stmt_col_text(s, 3))};
    }
    stmt_reset(s);
    *out = list.v;
    *n = list.n;
    return true;
}

static bool erase(struct adding *k, struct err *e) {
    struct erasure *list;
    uint32_t n;
    if (!open_erasures(k, &list, &n, e))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        struct log_entry entry;
        if (!log_entry(k->log, k->a, list[i].target, &entry, e))
            return false;
        if (entry.erased &&
            (!run_on(k->db, "erase_subjects", &list[i], e) || !run_on(k->db, "erase_words", &list[i], e) ||
             !run_on(k->db, "erase_statement", &list[i], e)))
            return false;
    }
    return true;
}

bool view_add(struct ctx *c, struct db *db, struct log *log, uint64_t from, uint64_t to, struct err *e) {
    struct adding k = {c, db, log, arena_new()};
    bool ok = log_each(log, from, to, add_entry, &k, e) && erase(&k, e);
    arena_free(k.a);
    return ok;
}
