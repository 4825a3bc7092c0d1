/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "seal/view_inner.h"

/* Words are kept back and added in their order, so that the table grows at its end only; a statement may have so many
 * that they are added in between. */
enum { WORDS_KEPT = 1 << 20 };

struct adding {
    struct ctx *ctx;
    struct db *db;
    struct log *log;
    struct arena *a;
    struct word_row *words;
    size_t n, cap;
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

static int by_key(const void *x, const void *y) {
    const struct word_row *a = x, *b = y;
    int order = memcmp(a->key, b->key, 32);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

bool word_row_add(struct db *db, const struct word_row *row, struct err *e) {
    struct stmt *s;
    if (!db_stmt(db, view_sql("add_word"), &s, e))
        return false;
    stmt_blob(s, 1, bytes32(row->key));
    stmt_int(s, 2, (int64_t)row->index);
    return stmt_run(s, e);
}

static bool put_words(struct adding *k, struct err *e) {
    bool ok = true;
    if (k->n)
        qsort(k->words, k->n, sizeof *k->words, by_key);
    for (size_t i = 0; ok && i < k->n; i++)
        ok = word_row_add(k->db, &k->words[i], e);
    k->n = 0;
    return ok;
}

static bool add_words(struct adding *k, const struct log_entry *entry, const struct statement *statement,
                      struct err *e) {
    struct words words;
    words_of(k->a, entry->leaf.kind, entry->leaf.key, statement, &words);
    if (k->n + words.n > k->cap) {
        k->cap = 2 * (k->n + words.n);
        k->words = realloc(k->words, k->cap * sizeof *k->words);
        if (!k->words)
            abort();
    }
    for (uint32_t i = 0; i < words.n; i++) {
        struct word_row *row = &k->words[k->n++];
        word_key(&words.v[i], row->key);
        row->index = entry->index;
    }
    return k->n < WORDS_KEPT || put_words(k, e);
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

bool view_add(struct making *m, struct err *e) {
    struct adding k = {.ctx = m->v->ctx, .db = m->db, .log = m->v->log, .a = arena_new()};
    bool ok = log_each(k.log, m->segment.from, m->segment.to, add_entry, &k, e) && put_words(&k, e);
    free(k.words);
    arena_free(k.a);
    return ok;
}
