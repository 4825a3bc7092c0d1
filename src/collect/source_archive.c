/* SPDX-License-Identifier: Apache-2.0
 *
 * A packed archive as a source: read once from front to end. Members a detector may want are kept, small ones in the
 * arena and large ones in an unlinked temporary file, so that memory does not follow the size of an image.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "collect/source.h"

enum {
    SPILL_FROM = 1 << 20, /* bytes of a member from which on it goes to the temporary file */
    LINKS_MOST = 40,      /* as the kernel does */
};

struct kept_bytes {
    str bytes; /* absent: in the spill file */
    uint64_t at, size;
};
struct link_target {
    str target; /* as written; of a hard link: a path of this source */
    bool hard;
};

bool source_spill_open(struct source *s, struct err *e) { return s->spill >= 0 || file_nameless(&s->spill, e); }

static bool write_at(int fd, str bytes, uint64_t at, struct err *e) {
    while (bytes.n) {
        ssize_t n = pwrite(fd, bytes.p, bytes.n, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_errno(e, S(""), _("cannot write the temporary file"));
        bytes = str_from(bytes, (size_t)n);
        at += (uint64_t)n;
    }
    return true;
}

static bool keep_bytes(struct source *s, struct arena *a, str bytes, struct kept_bytes *k, struct err *e) {
    k->size = bytes.n;
    if (bytes.n < SPILL_FROM) {
        k->bytes = arena_str(a, str_n(bytes.p ? bytes.p : "", bytes.n));
        return true;
    }
    if (!source_spill_open(s, e))
        return false;
    /* Each member begins on a page, so that it can be mapped alone. */
    k->at = atomic_fetch_add(&s->spilled, (bytes.n + 65535) & ~(uint64_t)65535);
    return write_at(s->spill, bytes, k->at, e);
}

bool source_keep(struct source *s, struct arena *a, struct unpack *u, const struct entry *entry, bool *wanted,
                 struct candidate *out, struct err *e) {
    *out = (struct candidate){.file = {.source = s, .size = entry->size, .mode = entry->mode & 07777}};
    match_path(s->matcher, entry->path, &out->claims);
    bool opens = match_opens(s->matcher, entry->path);
    str base = path_base(entry->path), head;
    *wanted = out->claims.n || opens || s->everything;
    if (!out->claims.n && !opens && !match_is_text_name(s->matcher, base) &&
        match_may_be_binary(s->matcher, base, entry->mode) && !match_is_data_folder(s->matcher, entry->path)) {
        out->file.path = entry->path;
        if (!unpack_peek(u, 64, &head, e))
            return false;
        match_head(s->matcher, head, &out->file, &out->claims);
        *wanted |= out->claims.n > 0;
    }
    if (*wanted && entry->size > s->ctx->limits.member) {
        ctx_warn(s->ctx, arena_cat(a, s->prefix, entry->path), _("larger than the %zu MiB a document may have"),
                 s->ctx->limits.member >> 20);
        *wanted = false;
    }
    if (!*wanted)
        return true;
    struct arena *tmp = arena_new();
    str bytes;
    bool ok = unpack_read(u, tmp, &bytes, e);
    if (ok && atomic_fetch_add(&s->budget->kept, bytes.n) + bytes.n > s->ctx->limits.unpacked)
        ok = err_set(e, ERR_LIMIT, entry->path, _("the archive unpacks to more than %zu MiB"),
                     s->ctx->limits.unpacked >> 20);
    if (ok) {
        out->file.path = arena_str(a, entry->path);
        out->file.size = bytes.n;
        out->file.capabilities = arena_str(a, entry->capabilities);
        out->kept = arena_new_of(a, struct kept_bytes);
        ok = keep_bytes(s, a, bytes, out->kept, e);
    }
    arena_free(tmp);
    return ok;
}

void source_add_link(struct source *s, str path, str target, bool hard) {
    struct link_target *l = arena_new_of(s->arena, struct link_target);
    *l = (struct link_target){arena_str(s->arena, target), hard};
    map_put(&s->links, arena_str(s->arena, path), NULL)->value = l;
}

static int by_path(const void *x, const void *y) {
    const struct candidate *a = x, *b = y;
    return str_cmp(a->file.path, b->file.path);
}

void source_sort(struct source *s) {
    if (s->candidates.n)
        qsort(s->candidates.v, s->candidates.n, sizeof *s->candidates.v, by_path);
    for (uint32_t i = 0; i < s->candidates.n; i++)
        map_put(&s->files, s->candidates.v[i].file.path, NULL)->value = s->candidates.v[i].kept;
}

bool source_stream(struct source *s, struct unpack *u, struct err *e) {
    struct entry entry;
    struct map at; /* a path that occurs twice: the later one counts, as unpacking would have it */
    map_init(&at, s->arena);
    while (unpack_next(u, &entry, e)) {
        bool wanted = false, fresh;
        struct candidate cand;
        if (entry.unsafe) {
            ctx_warn(s->ctx, unpack_where(u), _("an entry of the archive has a name that leads outside; left out"));
            continue;
        }
        if (entry.kind == ENTRY_LINK || entry.kind == ENTRY_HARDLINK)
            source_add_link(s, entry.path, entry.target, entry.kind == ENTRY_HARDLINK);
        if (entry.kind != ENTRY_FILE)
            continue;
        if (!source_keep(s, s->arena, u, &entry, &wanted, &cand, e))
            return false;
        if (!wanted)
            continue;
        struct map_entry *seen = map_put(&at, cand.file.path, &fresh);
        if (fresh) {
            seen->value = (void *)(uintptr_t)(s->candidates.n);
            *vec_push(s->arena, &s->candidates) = cand;
        } else {
            s->candidates.v[(uintptr_t)seen->value] = cand;
        }
    }
    source_sort(s);
    return e->kind == ERR_NONE;
}

/* ── reading ── */

struct mapping {
    void *p;
    size_t n;
};
static void unmap(void *ptr) {
    struct mapping *m = ptr;
    munmap(m->p, m->n);
}

static bool kept_read(struct source *s, const struct kept_bytes *k, struct arena *a, str *bytes, struct err *e) {
    if (k->bytes.p) {
        *bytes = k->bytes;
        return true;
    }
    void *p = mmap(NULL, k->size, PROT_READ, MAP_PRIVATE, s->spill, (off_t)k->at);
    if (p == MAP_FAILED)
        return err_errno(e, S(""), _("cannot read the file"));
    struct mapping *m = arena_new_of(a, struct mapping);
    *m = (struct mapping){p, k->size};
    arena_defer(a, unmap, m);
    *bytes = str_n(p, k->size);
    return true;
}

/* The path a link leads to, from the root of the source; absent when it leads nowhere. */
static str follow(struct arena *a, str link, const struct link_target *l) {
    str target = l->target, joined;
    bool absolute = target.n && target.p[0] == '/';
    while (target.n && target.p[0] == '/')
        target = str_from(target, 1);
    joined = l->hard || absolute ? target : path_join(a, path_dir(link), target);
    return path_clean(a, joined);
}

/* The path with the first link in it replaced; false when it has none. */
static bool step(const struct source *s, struct arena *a, str *path) {
    for (size_t i = 1; i <= path->n; i++) {
        if (i < path->n && path->p[i] != '/')
            continue;
        str front = str_upto(*path, i);
        struct link_target *l = map_get(&s->links, front);
        if (!l)
            continue;
        str to = follow(a, front, l);
        *path = to.p ? path_join(a, to, str_from(*path, i + 1)) : to;
        return to.p != NULL;
    }
    return false;
}

bool source_read_packed(struct source *s, str path, struct arena *a, str *bytes, struct err *e) {
    e->kind = ERR_NONE;
    for (int i = 0; i < LINKS_MOST && path.p; i++) {
        struct kept_bytes *k = map_get(&s->files, path);
        if (k)
            return kept_read(s, k, a, bytes, e);
        if (!step(s, a, &path))
            return false;
    }
    return false;
}

void source_add_text(struct source *s, str path, str bytes) {
    struct candidate cand = {.file = {.source = s, .path = arena_str(s->arena, path), .size = bytes.n, .mode = 0755}};
    cand.kept = arena_new_of(s->arena, struct kept_bytes);
    *cand.kept = (struct kept_bytes){.bytes = bytes.p ? bytes : S(""), .size = bytes.n};
    match_path(s->matcher, cand.file.path, &cand.claims);
    if (!cand.claims.n)
        match_head(s->matcher, str_upto(bytes, 64), &cand.file, &cand.claims);
    *vec_push(s->arena, &s->candidates) = cand;
}

bool source_take_packed(struct source *s, struct candidate *cand, struct arena *a, str *bytes, struct err *e) {
    return cand->kept ? kept_read(s, cand->kept, a, bytes, e) : true;
}
