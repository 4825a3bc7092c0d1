/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/disk.h"
#include "seal/log_check.h"

/* ── bodies ── */

static void check_envelope(struct check *k, struct arena *a, uint64_t index, const struct leaf *leaf,
                           const struct map_record *r) {
    unsigned char body[32];
    struct err e = {0};
    str name = arena_printf(a, "archive/%.*s", STR_ARG(hex_text(a, r->digest, 32))), envelope = {NULL, 0};
    const str *waiting = map_get(&k->envelopes, str_n((const char *)r->digest, 32));
    if (waiting)
        envelope = *waiting;
    else if (!k->store->get(k->store->of, a, r->digest, &envelope, &e)) {
        check_fault_at(k, name, index, N_("the envelope cannot be read or is damaged"));
        return;
    }
    if (!envelope.p && index >= k->lost_from)
        return; /* told already: it stood in the part of the journal that is damaged */
    if (!envelope.p) {
        check_fault_at(k, name, index, N_("the envelope is not there"));
        return;
    }
    leaf_commit(r->salt, envelope, body);
    if (memcmp(body, leaf->body, 32) != 0)
        check_fault_at(k, name, index, N_("the envelope is not what the log committed to"));
}

static void check_entry(struct check *k, struct arena *a, uint64_t index, str entry, const unsigned char *record) {
    struct leaf leaf;
    struct map_record r;
    struct find find = {k->ctx, k->find_fd, k->map_fd, k->path.find, k->path.map};
    bool has;
    if (!leaf_read(entry, &leaf)) {
        check_fault_at(k, S("log"), index, N_("the entry is no record of ours"));
        return;
    }
    if (!record)
        return;
    map_decode(index, record, &r);
    if (!r.good) {
        check_fault_at(k, S("append/map"), index, N_("the record of salt and envelope is damaged"));
        return;
    }
    if (k->find_fd >= 0 && !(find_has(&find, index, r.digest, &has, NULL) && has))
        check_fault_at(k, S("append/find"), index, N_("the entry is not found by its digest"));
    if (k->store && !r.erased)
        check_envelope(k, a, index, &leaf, &r);
}

void check_bodies(struct check *k, struct arena *a, uint64_t from, const str *entries, unsigned n) {
    unsigned char *map = arena_alloc(a, (size_t)n * MAP_RECORD);
    size_t got = 0;
    struct leaf leaf;
    int64_t last = INT64_MIN;
    if (k->map_fd >= 0)
        (void)!disk_read_some(k->map_fd, k->path.map, map, (size_t)n * MAP_RECORD, from * MAP_RECORD, &got, NULL);
    for (unsigned i = 0; i < n; i++) {
        struct arena_mark m = arena_mark(a);
        bool there = k->map_fd >= 0 && got >= (size_t)(i + 1) * MAP_RECORD;
        if (k->map_fd >= 0 && !there)
            check_fault_at(k, S("append/map"), from + i, N_("the record of salt and envelope is missing"));
        check_entry(k, a, from + i, entries[i], there ? map + (size_t)i * MAP_RECORD : NULL);
        if (leaf_read(entries[i], &leaf)) {
            if (leaf.time < last)
                check_fault_at(k, S("log"), from + i, N_("the entry is older than the one before it"));
            last = leaf.time;
            if (i == 0)
                k->first_time[from / TILE_WIDTH] = leaf.time;
            k->last_time[from / TILE_WIDTH] = leaf.time;
        }
        arena_reset(a, m);
    }
}

/* ── find: as many slots in use as there are entries ── */

/* Slots of entries that a writer was about to add when it died are in order: the map has those. */
void check_find_strays(struct check *k) {
    unsigned char page[65536];
    uint64_t used = 0, at = 0, known = 0, mask = ((uint64_t)1 << 40) - 1, value;
    bool stray = false;
    size_t got;
    if (k->find_fd < 0 || k->map_fd < 0 || !disk_size(k->map_fd, k->path.map, &known, NULL))
        return;
    do {
        off_t data = lseek(k->find_fd, (off_t)at, SEEK_DATA); /* a young table is mostly holes */
        at = data > 0 ? (uint64_t)data & ~(uint64_t)7 : at;
        if (!disk_read_some(k->find_fd, k->path.find, page, sizeof page, at, &got, NULL))
            break;
        for (size_t i = 0; i + 8 <= got; i += 8) {
            memcpy(&value, page + i, 8);
            if (value == 0)
                continue;
            value = get_be(page + i, 8) & mask;
            used += value != 0 && value <= k->size;
            stray = stray || value == 0 || value > known / MAP_RECORD;
        }
        at += got;
    } while (got == sizeof page);
    if (stray || used > k->size)
        check_fault(k, S("append/find"), N_("the table holds slots that no entry has"));
}

/* ── journal ── */

static void keep_envelopes(struct check *k, const struct journal_record *r) {
    struct journal_entry x;
    for (str rest = r->entries; journal_next(&rest, &x);)
        if (x.envelope.p) {
            str *kept = arena_new_of(k->a, str);
            *kept = x.envelope;
            map_put(&k->envelopes, arena_str(k->a, str_n((char *)x.digest, 32)), NULL)->value = kept;
        }
}

/* What cannot be read is a write that was cut short, unless somebody was shown what it held. */
static bool was_shown(const struct check *k, uint64_t good, str rest, uint64_t *settled) {
    struct journal_record r, next;
    struct log_state s = {0};
    unsigned char boot[16];
    boot_id(boot);
    int fd = open(k->path.lock, O_RDONLY | O_CLOEXEC);
    bool known = fd >= 0 && state_read(fd, boot, &s);
    if (fd >= 0)
        close(fd);
    bool legible = journal_read(rest, NULL, &r);
    *settled = known ? s.settled : legible ? r.first : 0;
    if (known)
        return s.journal > good;
    return (legible && r.first < k->size) || (legible && journal_read(str_from(rest, r.length), NULL, &next));
}

void check_journal(struct check *k) {
    unsigned char before[32] = {0};
    struct journal_record r;
    str rest = k->journal;
    uint64_t next = 0, at = 0, settled;
    for (bool first = true; journal_read(rest, before, &r); first = false) {
        if (!first && r.first != next)
            break;
        next = r.first + r.n;
        keep_envelopes(k, &r);
        memcpy(before, r.sum, 32);
        rest = str_from(rest, r.length);
        at += r.length;
    }
    if (rest.n && (was_shown(k, at, rest, &settled) || (at && next < k->size))) {
        k->lost_from = at ? next : settled;
        check_fault_at(k, arena_printf(k->a, "append/journal:%llu", (unsigned long long)at), k->lost_from,
                       N_("the journal is damaged from here on"));
    }
    for (; journal_read(rest, NULL, &r); rest = str_from(rest, r.length)) /* each envelope is checked by itself */
        keep_envelopes(k, &r);
}
