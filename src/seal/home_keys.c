/* SPDX-License-Identifier: Apache-2.0
 *
 * HOME/keys/events is a cache: "akashi key events 1", the size of the log it was made from, the entries of kind "key",
 * and the SHA-256 of the lines above. One that is damaged or ahead of the log is made anew.
 */
#include "base/digest.h"
#include "base/file.h"
#include "seal/home_inner.h"
#include "seal/statement.h"

static const char cache_head[] = "akashi key events 1";

struct events {
    struct home *h;
    struct arena *a;
    struct home_events *out;
    VEC(uint64_t) entries;
    uint64_t size;
};

/* ── the cache ── */

static str cache_path(struct events *k) { return path_join(k->a, k->h->path, S("keys/events")); }

static bool read_numbers(struct events *k, str text) {
    str line;
    uint64_t n;
    if (!str_line(&text, &line) || !str_is(line, cache_head) || !str_line(&text, &line) || !str_u64(line, &k->size))
        return false;
    while (str_line(&text, &line)) {
        if (!str_u64(line, &n) || n >= k->size)
            return false;
        *vec_push(k->a, &k->entries) = n;
    }
    return true;
}

/* Fills entries and size; leaves both empty when the cache is of no use. */
static void read_cache(struct events *k, uint64_t log_size) {
    str text, body, sum;
    bool ok = path_exists(cache_path(k)) && file_read(k->h->ctx, k->a, cache_path(k), &text, NULL) && text.n > 65 &&
              text.p[text.n - 1] == '\n';
    if (ok) {
        body = str_upto(text, text.n - 65);
        sum = str_upto(str_from(text, text.n - 65), 64);
        ok = str_eq(digest_hex(k->a, DIGEST_SHA256, body), sum) && read_numbers(k, body) && k->size <= log_size;
    }
    if (!ok) {
        k->entries.n = 0;
        k->size = 0;
    }
}

/* A cache that cannot be written is only missed. */
static void write_cache(struct events *k) {
    struct buf b = {0};
    struct err ignored = {0};
    buf_addf(&b, "%s\n%llu\n", cache_head, (unsigned long long)k->size);
    for (uint32_t i = 0; i < k->entries.n; i++)
        buf_addf(&b, "%llu\n", (unsigned long long)k->entries.v[i]);
    buf_addf(&b, "%.*s\n", STR_ARG(digest_hex(k->a, DIGEST_SHA256, buf_str(&b))));
    if (!file_replace(cache_path(k), buf_str(&b), &ignored))
        ignored.kind = ERR_NONE;
    buf_free(&b);
}

static bool take_key(void *arg, uint64_t index, const struct leaf *leaf, struct err *e) {
    struct events *k = arg;
    (void)e;
    if (str_is(leaf->kind, "key"))
        *vec_push(k->a, &k->entries) = index;
    return true;
}

/* ── the events ── */

static void take_event(struct events *k, struct jv predicate) {
    struct home_event x = {.revoked = str_is(j_gets(predicate, "event"), "revoked")};
    if (!str_is(j_gets(predicate, "event"), "made") && hex_bytes(j_gets(predicate, "keyId"), x.key, 32)) {
        x.has_successor = hex_bytes(j_gets(predicate, "successor"), x.successor, 32);
        *vec_push(k->a, k->out) = x;
    }
}

/* Statements about keys of others may have been taken in too: they are theirs to judge. */
static bool by_us(struct events *k, const struct dsse *d) {
    uint32_t n;
    const struct pubkey *ours = keyring_ours(k->h->keys, k->a, &n);
    return n == 0 || dsse_verify(k->a, d, ours, n, NULL) > 0;
}

static bool apply(struct events *k, uint64_t index, struct err *e) {
    struct log_entry entry;
    struct dsse d;
    struct statement s;
    struct err bad = {0};
    str envelope, where = arena_printf(k->a, "log#%llu", (unsigned long long)index);
    if (!log_entry(k->h->log, k->a, index, &entry, e) || !log_envelope(k->h->log, k->a, &entry, &envelope, e))
        return false;
    if (!envelope.p)
        return true;
    if (!dsse_parse(k->h->ctx, k->a, envelope, where, &d, &bad) ||
        !statement_parse(k->h->ctx, k->a, d.payload, where, &s, &bad)) {
        ctx_warn_err(k->h->ctx, &bad);
    } else if (!keyring_apply(k->h->ctx, k->h->keys, &d, s.predicate, entry.leaf.time, &bad)) {
        if (by_us(k, &d))
            ctx_warn(k->h->ctx, where, _("this key event does not count: %s"), bad.what);
    } else {
        take_event(k, s.predicate);
    }
    return true;
}

static bool find_entries(struct events *k, struct err *e) {
    struct checkpoint now;
    str note;
    if (!log_checkpoint(k->h->log, k->a, &now, &note, e))
        return false;
    read_cache(k, now.size);
    uint64_t known = k->size;
    if (known < now.size && !log_leaves(k->h->log, known, now.size, take_key, k, e))
        return false;
    k->size = now.size;
    if (known + 256 <= now.size || !known)
        write_cache(k);
    return true;
}

void home_note_events(struct home *h) {
    struct arena *a = arena_new();
    struct home_events none = {0};
    struct events k = {.h = h, .a = a, .out = &none};
    struct err ignored = {0};
    if (!find_entries(&k, &ignored))
        ignored.kind = ERR_NONE; /* it is only missed */
    arena_free(a);
}

static bool read_below(struct home *h, struct arena *a, uint64_t size, struct home_events *out, struct err *e) {
    struct events k = {.h = h, .a = a, .out = out};
    *out = (struct home_events){0};
    if (!find_entries(&k, e))
        return false;
    for (uint32_t i = 0; i < k.entries.n; i++)
        if (k.entries.v[i] < size && !apply(&k, k.entries.v[i], e))
            return false;
    return true;
}

bool home_read_events(struct home *h, struct arena *a, struct home_events *out, struct err *e) {
    return read_below(h, a, UINT64_MAX, out, e);
}

bool home_keys_at(struct home *h, struct arena *a, uint64_t size, struct keyring **out, struct err *e) {
    struct home then = *h;
    struct home_events events;
    then.keys = *out = keyring_new(a);
    return read_below(&then, a, size, &events, e) &&
           keyring_trust_folder(h->ctx, then.keys, trusted_folder(a, h->path), e);
}
