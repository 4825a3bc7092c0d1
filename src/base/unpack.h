/* SPDX-License-Identifier: Apache-2.0
 *
 * Archives as a stream of entries: tar, zip, 7z, ar, cpio, rpm, iso, with any compression around. The only module
 * that knows libarchive. Nothing is ever written to disk here; names are handed on cleaned (path_clean), and an entry
 * whose name climbs out of the archive is reported with `unsafe` set, so a caller cannot follow it by accident.
 */
#ifndef AKASHI_BASE_UNPACK_H
#define AKASHI_BASE_UNPACK_H

#include "base/ctx.h"

struct unpack;

enum entry_kind { ENTRY_FILE, ENTRY_DIR, ENTRY_LINK /* symbolic */, ENTRY_HARDLINK, ENTRY_OTHER };

struct entry {
    str path;   /* cleaned, without leading "./" or "/" */
    str target; /* of a link, as written */
    enum entry_kind kind;
    uint64_t size; /* as declared; 0 when unknown */
    uint32_t mode;
    bool unsafe;      /* climbed out or absolute with ..: path is absent */
    str capabilities; /* extended attribute security.capability as stored; absent when there is none */
};

/* True when text begins like an archive we read. */
bool unpack_looks_like_archive(str head);

/* Loads libarchive, which else happens with the first archive: before a process gives up its right to open files. */
MUST_USE bool unpack_ready(struct err *e);

MUST_USE bool unpack_open_file(struct ctx *c, str path, struct unpack **out, struct err *e);
/* text is borrowed until unpack_close. */
MUST_USE bool unpack_open_text(struct ctx *c, str text, str where, struct unpack **out, struct err *e);
/* Takes over the bounds and nesting of an outer archive. */
MUST_USE bool unpack_open_inner(struct unpack *outer, str text, str where, struct unpack **out, struct err *e);
/* Next entry; false at the end (e->kind == ERR_NONE) or on damage. Entry strings hold until the next call. */
MUST_USE bool unpack_next(struct unpack *u, struct entry *entry, struct err *e);
/* The current entry's bytes into the arena, within limits.member, .unpacked and .ratio. */
MUST_USE bool unpack_read(struct unpack *u, struct arena *a, str *out, struct err *e);
/* At most n bytes of its beginning (to sniff); unpack_read afterwards still gives the whole. */
MUST_USE bool unpack_peek(struct unpack *u, size_t n, str *out, struct err *e);
/* The current entry's bytes where they lie, when the archive was opened from text and holds them as they are (a tar
 * without compression): nothing is copied, limits.member does not apply. Otherwise *out is absent, and unpack_read
 * gives them. */
MUST_USE bool unpack_borrow(struct unpack *u, str *out, struct err *e);
/* Name of the archive, for messages. */
str unpack_where(const struct unpack *u);
void unpack_close(struct unpack *u); /* accepts NULL */

/* gzip (RFC 1952) that comes piece by piece. more() hands on what each piece gives, in pieces; false when it is damaged
 * or gave more than `most` bytes in all. Dies with the arena. */
struct gunzip;
struct gunzip *gunzip_begin(struct arena *a, uint64_t most);
MUST_USE bool gunzip_more(struct gunzip *g, str piece, void (*take)(void *of, str plain), void *of);
/* Whether the last piece was the end of it. */
bool gunzip_whole(const struct gunzip *g);

/* One zlib stream (RFC 1950) in memory, bounded by limits.member and limits.ratio. */
MUST_USE bool zlib_unpack(struct ctx *c, struct arena *a, str text, str where, str *out, struct err *e);

#endif
