/* SPDX-License-Identifier: Apache-2.0 */
#include "base/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/file.h"
#include "base/gzip.h"
#include "base/library.h"

/* ── libarchive, loaded with the first archive ── */

#define ARCHIVE_CALLS(CALL)                                                                                            \
    CALL(archive_read_support_filter_none)                                                                             \
    CALL(archive_read_support_filter_gzip)                                                                             \
    CALL(archive_read_support_filter_bzip2)                                                                            \
    CALL(archive_read_support_filter_xz)                                                                               \
    CALL(archive_read_support_filter_lzma)                                                                             \
    CALL(archive_read_support_filter_zstd)                                                                             \
    CALL(archive_read_support_filter_lz4)                                                                              \
    CALL(archive_read_support_filter_compress)                                                                         \
    CALL(archive_read_support_filter_rpm)                                                                              \
    CALL(archive_read_new)                                                                                             \
    CALL(archive_read_support_format_tar)                                                                              \
    CALL(archive_read_support_format_zip)                                                                              \
    CALL(archive_read_support_format_7zip)                                                                             \
    CALL(archive_read_support_format_ar)                                                                               \
    CALL(archive_read_support_format_cpio)                                                                             \
    CALL(archive_read_support_format_iso9660)                                                                          \
    CALL(archive_error_string)                                                                                         \
    CALL(archive_read_open_filename)                                                                                   \
    CALL(archive_read_open_memory)                                                                                     \
    CALL(archive_entry_hardlink)                                                                                       \
    CALL(archive_entry_filetype)                                                                                       \
    CALL(archive_entry_pathname_utf8)                                                                                  \
    CALL(archive_entry_pathname)                                                                                       \
    CALL(archive_entry_xattr_reset)                                                                                    \
    CALL(archive_entry_xattr_next)                                                                                     \
    CALL(archive_entry_symlink)                                                                                        \
    CALL(archive_entry_mode)                                                                                           \
    CALL(archive_entry_size_is_set)                                                                                    \
    CALL(archive_entry_size)                                                                                           \
    CALL(archive_entry_xattr_count)                                                                                    \
    CALL(archive_filter_bytes)                                                                                         \
    CALL(archive_read_data)                                                                                            \
    CALL(archive_filter_count)                                                                                         \
    CALL(archive_read_data_block)                                                                                      \
    CALL(archive_read_next_header)                                                                                     \
    CALL(archive_read_free)                                                                                            \
    CALL(archive_read_support_format_raw)

#define POINTER(name) __typeof__(&(name)) name;
#define PLACE(name) {#name, offsetof(struct archive_calls, name)},

struct archive_calls {
    ARCHIVE_CALLS(POINTER)
};
static const struct library_call archive_calls[] = {ARCHIVE_CALLS(PLACE)};

static struct archive_calls lib; /* written once, by load() */
static bool loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    loaded = library_load("libarchive.so.13", archive_calls, sizeof archive_calls / sizeof *archive_calls, &lib);
}

bool unpack_ready(struct err *e) {
    pthread_once(&once, load);
    if (loaded)
        return true;
    err_set(e, ERR_ENV, S("libarchive.so.13"), _("cannot load the library that reads archives"));
    return err_hint(e, "%s", _("install libarchive (libarchive13)"));
}

/* Shared by an archive and those inside it, so that nesting does not multiply the bounds. */
struct budget {
    uint64_t bytes, entries;
};

struct unpack {
    struct ctx *ctx;
    struct archive *archive;
    struct archive_entry *current;
    struct arena *names; /* `where`, and behind the mark the strings of the current entry */
    struct arena_mark mark;
    struct buf peeked; /* beginning of the current entry, read by unpack_peek */
    str where, text;   /* text: the archive itself, when it was opened from memory */
    uint64_t produced; /* bytes taken out of this archive */
    uint64_t packed;   /* bytes of the archive, when known */
    unsigned depth;
    struct budget *budget, own_budget;
    bool ended;
};

bool unpack_looks_like_archive(str head) {
    static const struct {
        size_t at;
        str magic;
    } known[] = {
        {0, S_INIT("PK\3\4")},
        {0, S_INIT("PK\5\6")},
        {0, S_INIT("\x1F\x8B")},
        {0, S_INIT("\x28\xB5\x2F\xFD")},
        {0, S_INIT("\xFD"
                   "7zXZ\0")},
        {0, S_INIT("BZh")},
        {0, S_INIT("7z\xBC\xAF\x27\x1C")},
        {0, S_INIT("!<arch>\n")},
        {0, S_INIT("\xED\xAB\xEE\xDB")},
        {257, S_INIT("ustar")},
        {0, S_INIT("070701")},
        {0, S_INIT("070702")},
        {0, S_INIT("070707")},
        {0, S_INIT("\x04\x22\x4D\x18")},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_starts(str_from(head, known[i].at), known[i].magic))
            return true;
    return false;
}

/* Only filters that libarchive does itself: the others would start programs. */
static void allow_filters(struct archive *a) {
    lib.archive_read_support_filter_none(a);
    lib.archive_read_support_filter_gzip(a);
    lib.archive_read_support_filter_bzip2(a);
    lib.archive_read_support_filter_xz(a);
    lib.archive_read_support_filter_lzma(a);
    lib.archive_read_support_filter_zstd(a);
    lib.archive_read_support_filter_lz4(a);
    lib.archive_read_support_filter_compress(a);
    lib.archive_read_support_filter_rpm(a);
}

/* NULL when the library is not there. */
static struct unpack *begin(struct ctx *c, str where, struct err *e) {
    if (!unpack_ready(e))
        return NULL;
    struct unpack *u = calloc(1, sizeof *u);
    if (!u || !(u->archive = lib.archive_read_new()))
        abort();
    u->ctx = c;
    u->names = arena_new();
    u->where = arena_str(u->names, where);
    u->mark = arena_mark(u->names);
    u->budget = &u->own_budget;
    allow_filters(u->archive);
    lib.archive_read_support_format_tar(u->archive);
    lib.archive_read_support_format_zip(u->archive);
    lib.archive_read_support_format_7zip(u->archive);
    lib.archive_read_support_format_ar(u->archive);
    lib.archive_read_support_format_cpio(u->archive);
    lib.archive_read_support_format_iso9660(u->archive);
    return u;
}

static bool damaged(struct unpack *u, struct err *e) {
    const char *text = lib.archive_error_string(u->archive);
    return err_set(e, ERR_INPUT, u->where, _("the archive is damaged: %s"), text ? text : "?");
}

static bool opened(struct unpack *u, int result, struct unpack **out, struct err *e) {
    if (result == ARCHIVE_OK) {
        *out = u;
        return true;
    }
    const char *text = lib.archive_error_string(u->archive);
    err_set(e, ERR_INPUT, u->where, _("this is no archive we can read: %s"), text ? text : "?");
    unpack_close(u);
    *out = NULL;
    return false;
}

bool unpack_open_file(struct ctx *c, str path, struct unpack **out, struct err *e) {
    struct unpack *u = begin(c, path, e);
    *out = NULL;
    return u && opened(u, lib.archive_read_open_filename(u->archive, arena_cstr(u->names, path), 1 << 16), out, e);
}

bool unpack_open_text(struct ctx *c, str text, str where, struct unpack **out, struct err *e) {
    struct unpack *u = begin(c, where, e);
    *out = NULL;
    if (!u)
        return false;
    u->packed = text.n;
    u->text = text;
    return opened(u, lib.archive_read_open_memory(u->archive, text.n ? text.p : "", text.n), out, e);
}

bool unpack_open_inner(struct unpack *outer, str text, str where, struct unpack **out, struct err *e) {
    *out = NULL;
    if (outer->depth + 1 > outer->ctx->limits.nested)
        return err_set(e, ERR_LIMIT, where, _("more than %u archives inside each other"), outer->ctx->limits.nested);
    if (!unpack_open_text(outer->ctx, text, where, out, e))
        return false;
    (*out)->depth = outer->depth + 1;
    (*out)->budget = outer->budget;
    return true;
}

static enum entry_kind kind_of(struct archive_entry *entry) {
    if (lib.archive_entry_hardlink(entry))
        return ENTRY_HARDLINK;
    switch (lib.archive_entry_filetype(entry)) {
    case AE_IFREG: return ENTRY_FILE;
    case AE_IFDIR: return ENTRY_DIR;
    case AE_IFLNK: return ENTRY_LINK;
    default: return ENTRY_OTHER;
    }
}

static const char *name_of(struct archive_entry *entry) {
    const char *name = lib.archive_entry_pathname_utf8(entry);
    return name ? name : lib.archive_entry_pathname(entry);
}

/* Pax headers and their kin carry extended attributes. */
static str capabilities_of(struct unpack *u) {
    enum { CAPABILITIES_MOST = 64, ATTRIBUTES_MOST = 256 };
    const char *name;
    const void *value;
    size_t n;
    lib.archive_entry_xattr_reset(u->current);
    for (int i = 0; i < ATTRIBUTES_MOST && lib.archive_entry_xattr_next(u->current, &name, &value, &n) == ARCHIVE_OK;
         i++)
        if (name && strcmp(name, "security.capability") == 0 && value && n <= CAPABILITIES_MOST)
            return arena_str(u->names, str_n(value, n));
    return (str){NULL, 0};
}

static void describe(struct unpack *u, struct entry *out) {
    const char *name = name_of(u->current), *link = lib.archive_entry_hardlink(u->current);
    if (!link)
        link = lib.archive_entry_symlink(u->current);
    str path = str_of(name ? name : "");
    while (path.n && path.p[0] == '/') /* GNU tar does the same: an absolute name means one below the target */
        path = str_from(path, 1);
    *out = (struct entry){.kind = kind_of(u->current), .mode = lib.archive_entry_mode(u->current)};
    out->path = path_clean(u->names, path);
    out->unsafe = !out->path.p || memchr(path.p, '\\', path.n ? path.n : 1) == path.p;
    if (out->unsafe)
        out->path = (str){NULL, 0};
    out->target = link ? arena_str(u->names, str_of(link)) : (str){NULL, 0};
    int64_t size = lib.archive_entry_size_is_set(u->current) ? lib.archive_entry_size(u->current) : 0;
    out->size = size > 0 ? (uint64_t)size : 0;
    if (lib.archive_entry_xattr_count(u->current) > 0)
        out->capabilities = capabilities_of(u);
}

static bool within_bounds(struct unpack *u, size_t now, struct err *e) {
    u->produced += now;
    u->budget->bytes += now;
    if (u->budget->bytes > u->ctx->limits.unpacked)
        return err_set(e, ERR_LIMIT, u->where, _("the archive unpacks to more than %zu MiB"),
                       u->ctx->limits.unpacked >> 20);
    int64_t read = lib.archive_filter_bytes(u->archive, -1);
    uint64_t packed = u->packed ? u->packed : read > 0 ? (uint64_t)read : 1;
    if (u->produced > (1 << 20) && u->produced / u->ctx->limits.ratio > packed)
        return err_set(e, ERR_LIMIT, u->where, _("the archive expands more than %u times: this looks like a bomb"),
                       u->ctx->limits.ratio);
    return true;
}

/* Reads until b holds `most` bytes or the entry ends. */
static bool fill(struct unpack *u, struct buf *b, size_t most, struct err *e) {
    while (b->n < most) {
        size_t room = most - b->n < (1 << 16) ? most - b->n : 1 << 16;
        ssize_t n = lib.archive_read_data(u->archive, buf_room(b, room), room);
        if (n == ARCHIVE_RETRY)
            continue;
        if (n < 0)
            return damaged(u, e);
        if (n == 0)
            return true;
        b->n += (size_t)n;
        if (!within_bounds(u, (size_t)n, e))
            return false;
    }
    return true;
}

/* Where the archive as a whole is compressed, an entry nobody wants has to be expanded all the same: here, under the
 * bounds, rather than by libarchive on the way to the next header. Elsewhere libarchive seeks past it. */
static bool pass_over(struct unpack *u, struct err *e) {
    const void *block;
    size_t n;
    la_int64_t at;
    if (lib.archive_filter_count(u->archive) <= 1)
        return true;
    for (;;) {
        int result = lib.archive_read_data_block(u->archive, &block, &n, &at);
        if (result == ARCHIVE_EOF)
            return true;
        if (result == ARCHIVE_RETRY)
            continue;
        if (result < ARCHIVE_WARN)
            return damaged(u, e);
        if (!within_bounds(u, n, e))
            return false;
    }
}

bool unpack_next(struct unpack *u, struct entry *entry, struct err *e) {
    if (e)
        e->kind = ERR_NONE;
    if (u->ended)
        return false;
    buf_clear(&u->peeked);
    if (u->current && !pass_over(u, e)) {
        u->ended = true;
        return false;
    }
    arena_reset(u->names, u->mark);
    int result = lib.archive_read_next_header(u->archive, &u->current);
    if (result == ARCHIVE_EOF) {
        u->ended = true;
        return false;
    }
    if (result < ARCHIVE_WARN) {
        u->ended = true;
        return damaged(u, e);
    }
    if (++u->budget->entries > u->ctx->limits.entries) {
        u->ended = true;
        return err_set(e, ERR_LIMIT, u->where, _("more than %u entries in an archive"), u->ctx->limits.entries);
    }
    describe(u, entry);
    return true;
}

bool unpack_peek(struct unpack *u, size_t n, str *out, struct err *e) {
    if (!fill(u, &u->peeked, n, e))
        return false;
    *out = str_upto(buf_str(&u->peeked), n);
    return true;
}

bool unpack_read(struct unpack *u, struct arena *a, str *out, struct err *e) {
    size_t most = u->ctx->limits.member;
    if (!fill(u, &u->peeked, most + 1, e))
        return false;
    if (u->peeked.n > most)
        return err_set(e, ERR_LIMIT, u->where, _("an entry of the archive is larger than %zu MiB"), most >> 20);
    *out = arena_str(a, buf_str(&u->peeked));
    if (u->peeked.cap > (1 << 22)) /* do not hold on to the largest entry ever seen */
        buf_free(&u->peeked);
    buf_clear(&u->peeked);
    return true;
}

bool unpack_borrow(struct unpack *u, str *out, struct err *e) {
    const void *block;
    size_t n, most = u->ctx->limits.member;
    la_int64_t at;
    int result;
    *out = (str){NULL, 0};
    if (!u->text.p || u->peeked.n)
        return true;
    while ((result = lib.archive_read_data_block(u->archive, &block, &n, &at)) != ARCHIVE_EOF) {
        if (result < ARCHIVE_WARN)
            return damaged(u, e);
        const char *p = block;
        bool inside = p >= u->text.p && p <= u->text.p + u->text.n && n <= (size_t)(u->text.p + u->text.n - p);
        if (inside && at == 0 && (la_int64_t)n == lib.archive_entry_size(u->current)) {
            *out = str_n(p, n);
            return true;
        }
        /* archive_read_data() cannot go on behind this call, so the rest is taken here too, holes as zeros. */
        if (at < 0 || (uint64_t)at > most || n > most - (size_t)at)
            return err_set(e, ERR_LIMIT, u->where, _("an entry of the archive is larger than %zu MiB"), most >> 20);
        if ((size_t)at > u->peeked.n) {
            size_t hole = (size_t)at - u->peeked.n;
            memset(buf_room(&u->peeked, hole), 0, hole);
            u->peeked.n += hole;
        }
        buf_add(&u->peeked, str_n(p, n));
        if (!within_bounds(u, n, e))
            return false;
    }
    return true;
}

str unpack_where(const struct unpack *u) { return u->where; }

void unpack_close(struct unpack *u) {
    if (!u)
        return;
    lib.archive_read_free(u->archive);
    buf_free(&u->peeked);
    arena_free(u->names);
    free(u);
}

/* ── one compressed stream ── */

static bool looks_compressed(str s) {
    return str_starts(s, S("\x1F\x8B")) || str_starts(s, S("\x28\xB5\x2F\xFD")) ||
           str_starts(s, S("\xFD"
                           "7zXZ\0")) ||
           str_starts(s, S("BZh"));
}

bool text_unpack(struct ctx *c, struct arena *a, str text, str where, str *out, struct err *e) {
    *out = text;
    if (!looks_compressed(text))
        return true;
    if (!unpack_ready(e))
        return false;
    struct unpack *u = calloc(1, sizeof *u);
    if (!u || !(u->archive = lib.archive_read_new()))
        abort();
    u->ctx = c;
    u->names = arena_new();
    u->where = where;
    u->packed = text.n;
    u->budget = &u->own_budget;
    allow_filters(u->archive);
    lib.archive_read_support_format_raw(u->archive);
    struct buf b = {0};
    bool ok = lib.archive_read_open_memory(u->archive, text.p, text.n) == ARCHIVE_OK &&
              lib.archive_read_next_header(u->archive, &u->current) >= ARCHIVE_WARN;
    if (!ok)
        err_set(e, ERR_INPUT, where, _("the compressed data are damaged"));
    ok = ok && fill(u, &b, c->limits.file + 1, e);
    if (ok && b.n > c->limits.file)
        ok = err_set(e, ERR_LIMIT, where, _("larger than the %zu MiB a document may have"), c->limits.file >> 20);
    if (ok)
        *out = arena_str(a, buf_str(&b));
    buf_free(&b);
    unpack_close(u);
    return ok;
}

struct gunzip {
    z_stream z;
    uint64_t given, most;
    bool bad, whole;
};

static void gunzip_free(void *g) { inflateEnd(&((struct gunzip *)g)->z); }

struct gunzip *gunzip_begin(struct arena *a, uint64_t most) {
    struct gunzip *g = arena_new_of(a, struct gunzip);
    g->most = most;
    g->bad = inflateInit2(&g->z, 16 + MAX_WBITS) != Z_OK; /* 16: gzip */
    arena_defer(a, gunzip_free, g);
    return g;
}

bool gunzip_more(struct gunzip *g, str piece, void (*take)(void *of, str plain), void *of) {
    unsigned char plain[16 << 10];
    g->z.next_in = (z_const Bytef *)(uintptr_t)piece.p;
    g->z.avail_in = (uInt)(piece.n < UINT32_MAX ? piece.n : UINT32_MAX);
    g->bad |= piece.n > UINT32_MAX;
    do {
        if (g->whole && g->z.avail_in) { /* one member behind the other is gzip too */
            g->whole = false;
            g->bad |= inflateReset(&g->z) != Z_OK;
        }
        g->z.next_out = plain;
        g->z.avail_out = sizeof plain;
        int result = g->bad || g->whole ? Z_DATA_ERROR : inflate(&g->z, Z_NO_FLUSH);
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
            g->bad |= !g->whole;
            break;
        }
        size_t n = sizeof plain - g->z.avail_out;
        g->given += n;
        g->whole = result == Z_STREAM_END;
        g->bad = g->given > g->most;
        if (n && !g->bad)
            take(of, str_n((const char *)plain, n));
    } while (!g->bad && (g->z.avail_in || g->z.avail_out == 0));
    return !g->bad;
}

bool gunzip_whole(const struct gunzip *g) { return g->whole && !g->bad; }

str gzip_text(struct arena *a, str text) {
    enum { QUICK = 1, MEMORY = 8 };
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)text.p, .avail_in = (unsigned)text.n};
    if (text.n > UINT32_MAX || deflateInit2(&z, QUICK, Z_DEFLATED, 16 + MAX_WBITS, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return (str){NULL, 0};
    char *to = arena_room(a, text.n + 1);
    z.next_out = (unsigned char *)to;
    z.avail_out = (unsigned)text.n;
    bool whole = deflate(&z, Z_FINISH) == Z_STREAM_END;
    deflateEnd(&z);
    return whole ? str_n(to, z.total_out) : (str){NULL, 0};
}

bool zlib_unpack(struct ctx *c, struct arena *a, str text, str where, str *out, struct err *e) {
    z_stream z = {0};
    struct buf b = {0};
    int result = inflateInit(&z) == Z_OK ? Z_OK : Z_MEM_ERROR;
    z.next_in = (z_const Bytef *)(uintptr_t)text.p;
    z.avail_in = text.n < UINT32_MAX ? (uInt)text.n : UINT32_MAX;
    bool bounded = true;
    while (result == Z_OK && bounded) {
        size_t room = 1 << 16;
        z.next_out = (Bytef *)buf_room(&b, room);
        z.avail_out = (uInt)room;
        result = inflate(&z, Z_NO_FLUSH);
        b.n += room - z.avail_out;
        bounded = b.n <= c->limits.member && (b.n < (1 << 20) || b.n / c->limits.ratio <= text.n);
        if (result == Z_OK && z.avail_in == 0 && z.avail_out > 0)
            result = Z_BUF_ERROR; /* it ends too early */
    }
    inflateEnd(&z);
    bool ok = bounded && result == Z_STREAM_END;
    if (ok)
        *out = arena_str(a, buf_str(&b));
    else if (!bounded)
        err_set(e, ERR_LIMIT, where, _("the archive expands more than %u times: this looks like a bomb"),
                c->limits.ratio);
    else
        err_set(e, ERR_INPUT, where, _("the compressed data are damaged"));
    buf_free(&b);
    return ok;
}
