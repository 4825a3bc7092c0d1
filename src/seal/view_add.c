/* SPDX-License-Identifier: Apache-2.0
 *
 * From the log into a segment: some hundred entries are read and taken apart on all threads, then written in their
 * order.
 */
#include <stdlib.h>

#include "base/pool.h"
#include "seal/view_inner.h"

/* Words are kept back and added in their order, so that the table grows at its end only; a statement may have so many
 * that they are added in between. */
enum { WORDS_KEPT = 1 << 20, AT_ONCE = 512, WORKERS_MOST = 64 };

struct taken { /* an entry, and what is found in it */
    struct log_entry entry;
    const struct statement *statement; /* NULL: its body is erased, withheld, damaged or none that we understand */
    struct word_row *words;
    uint32_t n_words;
    struct err *bad; /* why it cannot be read */
};
struct adding {
    struct ctx *ctx;
    struct db *db;
    struct log *log;
    struct arena *a, *of_worker[WORKERS_MOST];
    struct taken *taken; /* room for AT_ONCE */
    uint32_t n_taken;
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

static bool add_words(struct adding *k, const struct taken *x, struct err *e) {
    if (k->n + x->n_words > k->cap) {
        k->cap = 2 * (k->n + x->n_words);
        k->words = realloc(k->words, k->cap * sizeof *k->words);
        if (!k->words)
            abort();
    }
    if (x->n_words)
        memcpy(k->words + k->n, x->words, x->n_words * sizeof *x->words);
    k->n += x->n_words;
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

static bool add_entry(struct adding *k, const struct taken *x, struct err *e) {
    const struct statement *s = x->statement;
    uint64_t index = x->entry.index;
    if (x->bad)
        ctx_warn_err(k->ctx, x->bad);
    bool ok = add_statement(k, &x->entry, s ? s->type : (str){NULL, 0}, e) && add_words(k, x, e);
    for (uint32_t i = 0; ok && s && i < s->subjects.n; i++)
        ok = add_subject(k, index, i, &s->subjects.v[i], e);
    return ok && (!s || add_erasure(k, index, s, e));
}

/* ── reading ── */

static void read_body(const struct adding *k, struct arena *a, struct taken *x) {
    struct err bad = {0};
    struct dsse d;
    str envelope, where = arena_printf(a, "log#%llu", (unsigned long long)x->entry.index);
    struct statement *s = arena_new_of(a, struct statement);
    if (x->entry.erased)
        return;
    if (!log_envelope(k->log, a, &x->entry, &envelope, &bad)) {
        x->bad = arena_new_of(a, struct err);
        *x->bad = bad;
    } else if (envelope.p && dsse_parse(k->ctx, a, envelope, where, &d, &bad) && str_is(d.payload_type, DSSE_IN_TOTO) &&
               statement_open(k->ctx, a, d.payload, where, s, &bad)) {
        x->statement = s;
    }
}

static void read_one(void *arg, size_t i, unsigned worker) {
    struct adding *k = arg;
    struct taken *x = &k->taken[i];
    struct arena *a = k->of_worker[worker];
    struct words words;
    read_body(k, a, x);
    words_of(a, x->entry.leaf.kind, x->entry.leaf.key, x->statement, &words);
    x->words = arena_array(a, struct word_row, words.n + 1);
    x->n_words = words.n;
    for (uint32_t w = 0; w < words.n; w++) {
        word_key(&words.v[w], x->words[w].key);
        x->words[w].index = x->entry.index;
    }
}

static bool add_taken(struct adding *k, struct err *e) {
    bool ok = true;
    pool_run(k->ctx, k->n_taken, read_one, k);
    for (uint32_t i = 0; ok && i < k->n_taken; i++)
        ok = add_entry(k, &k->taken[i], e);
    k->n_taken = 0;
    arena_reset(k->a, (struct arena_mark){0});
    for (unsigned i = 0; i < WORKERS_MOST; i++)
        arena_reset(k->of_worker[i], (struct arena_mark){0});
    return ok;
}

static bool take_entry(void *arg, const struct log_entry *entry, struct err *e) {
    struct adding *k = arg;
    struct taken *x = &k->taken[k->n_taken++];
    *x = (struct taken){.entry = *entry};
    x->entry.bytes = (str){NULL, 0};
    x->entry.leaf.kind = arena_str(k->a, entry->leaf.kind);
    return k->n_taken < AT_ONCE || add_taken(k, e);
}

bool view_add(struct making *m, struct err *e) {
    struct adding k = {.ctx = m->v->ctx, .db = m->db, .log = m->v->log, .a = arena_new()};
    for (unsigned i = 0; i < WORKERS_MOST; i++)
        k.of_worker[i] = arena_new();
    k.taken = malloc(AT_ONCE * sizeof *k.taken);
    if (!k.taken)
        abort();
    bool ok = log_each(k.log, m->segment.from, m->segment.to, take_entry, &k, e) && add_taken(&k, e) &&
              put_words(&k, e);
    free(k.words);
    free(k.taken);
    for (unsigned i = 0; i < WORKERS_MOST; i++)
        arena_free(k.of_worker[i]);
    arena_free(k.a);
    return ok;
}
