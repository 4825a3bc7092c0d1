/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/home_inner.h"
#include "seal/index.h"
#include "seal/statement.h"

/* An index is due whenever a thousand entries have come, in a long log an eighth of it. Making one reads the whole
 * view, so at growing distances all of them together cost a log of n entries some nine readings of the last one: O(n
 * log n).
 */
enum { INDEX_EVERY = 1000, INDEX_PART = 8 };

bool home_sign(const struct home *h, struct arena *a, struct home_add *add, struct err *e) {
    struct statement s = {0};
    if (!h->key)
        return err_set(e, ERR_ENV, h->path, _("the home was opened for reading only"));
    add->payload = statement_with_by(a, add->payload, h->by);
    if ((!add->checked && !statement_parse(h->ctx, a, add->payload, S("statement"), &s, e)) ||
        !statement_sign(h->ctx, a, add->payload, h->key, &add->envelope, e))
        return false;
    if (!add->kind.p)
        add->kind = statement_kind(s.type);
    memcpy(add->key, h->key_id, 32);
    add->ready = true;
    return true;
}

/* The identity of an envelope is its canonical text, whoever made it. */
static bool take_envelope(struct home *h, struct arena *a, struct home_add *add, struct err *e) {
    struct dsse d;
    struct statement s;
    if (!dsse_parse(h->ctx, a, add->envelope, S("envelope"), &d, e) ||
        !statement_parse(h->ctx, a, d.payload, S("statement"), &s, e))
        return false;
    add->envelope = dsse_text(a, &d);
    if (!add->kind.p)
        add->kind = statement_kind(s.type);
    return true;
}

static bool append(struct home *h, struct arena *a, struct home_add *adds, uint32_t n, struct err *e) {
    struct log_add *list = arena_array(a, struct log_add, n);
    for (uint32_t i = 0; i < n; i++) {
        struct home_add *add = &adds[i];
        if (!add->ready && !(add->payload.p ? home_sign(h, a, add, e) : take_envelope(h, a, add, e)))
            return false;
        list[i] = (struct log_add){.envelope = add->envelope, .kind = add->kind, .same_ok = true};
        memcpy(list[i].key, add->key, 32);
    }
    if (!log_append(h->log, list, n, e))
        return false;
    for (uint32_t i = 0; i < n; i++)
        adds[i].added = list[i];
    return true;
}

/* ── the index ── */

static bool index_payload(struct home *h, struct arena *a, const struct index_root *root, str *payload, struct err *e) {
    struct subject subject = {.name = h->origin};
    *vec_push(a, &subject.digests) = (struct subject_digest){S("sha256"), hex_text(a, root->root, 32)};
    return statement_text(h->ctx, a, str_of(predicate_of_kind(S("index"))->type), &subject, 1,
                          index_predicate(a, h->origin, root), payload, e);
}

bool home_index(struct home *h, struct arena *a, uint64_t *index, struct err *e) {
    struct view *v;
    struct index_root root;
    struct home_add add = {0};
    /* Out of the archive bodies are read faster than out of the journal. */
    if (!log_settle(h->log, e) || !view_open(h->ctx, h->path, h->log, &v, e))
        return false;
    bool ok = view_tidy(v, e) && index_compute(v, view_size(v), &root, e);
    view_close(v);
    str by = h->by;
    h->by = (str){NULL, 0}; /* nobody asked for an index */
    ok = ok && index_payload(h, a, &root, &add.payload, e) && append(h, a, &add, 1, e);
    h->by = by;
    if (!ok)
        return false;
    *index = add.added.index;
    home_note_events(h);
    return true;
}

static uint64_t next_due(uint64_t size) {
    uint64_t due = 0;
    while (due <= size)
        due += due / INDEX_PART > INDEX_EVERY ? due / INDEX_PART : INDEX_EVERY;
    return due;
}

/* What was asked for is done and acknowledged; an index that cannot be made now is made with a later append. */
static void make_index(struct home *h) {
    struct arena *a = arena_new();
    struct err bad = {0};
    uint64_t index;
    if (!home_index(h, a, &index, &bad))
        ctx_warn_err(h->ctx, &bad);
    arena_free(a);
}
/* Threads may share a home. */
void home_index_wait(struct home *h) { __atomic_store_n(&h->index_waits, true, __ATOMIC_RELAXED); }
void home_index_go_on(struct home *h) {
    __atomic_store_n(&h->index_waits, false, __ATOMIC_RELAXED);
    if (__atomic_exchange_n(&h->index_due, false, __ATOMIC_RELAXED))
        make_index(h);
}

static void index_now_and_then(struct home *h, const struct home_add *adds, uint32_t n) {
    uint64_t first = UINT64_MAX, last = 0;
    for (uint32_t i = 0; i < n; i++)
        if (!adds[i].added.was_there) {
            first = adds[i].added.index < first ? adds[i].added.index : first;
            last = adds[i].added.index > last ? adds[i].added.index : last;
        }
    if (first > last || !h->key || next_due(first) > last + 1)
        return;
    if (__atomic_load_n(&h->index_waits, __ATOMIC_RELAXED))
        __atomic_store_n(&h->index_due, true, __ATOMIC_RELAXED);
    else
        make_index(h);
}

bool home_append(struct home *h, struct arena *a, struct home_add *adds, uint32_t n, struct err *e) {
    if (!append(h, a, adds, n, e))
        return false;
    index_now_and_then(h, adds, n);
    return true;
}
