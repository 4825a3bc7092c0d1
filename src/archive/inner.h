/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of this room share: an open archive and its packs on disk. For src/archive only.
 *
 * On disk: FOLDER/archive (format, id, whether encrypted), FOLDER/lock, FOLDER/index (a cache), FOLDER/packs/ID.pack
 * (finished, never changed) and ID.open (being written by whoever holds its lock, or waiting for the next one).
 *
 * Locks: `writing` before `lock`; neither is held while a block is compressed.
 */
#ifndef AKASHI_ARCHIVE_INNER_H
#define AKASHI_ARCHIVE_INNER_H

#include <limits.h>
#include <pthread.h>

#include "archive/chunk.h"
#include "archive/index.h"
#include "base/disk.h"

/* For what makes things better when it works and harms nothing when it does not. */
static inline void best_effort(bool done) { (void)done; }

enum { PACK_TARGET = 64 << 20, WORKERS_MOST = 64 };

struct pack_info {
    unsigned char id[PACK_ID];
    bool sealed;      /* as last seen: finished, every block indexed */
    bool mine;        /* written by this process now */
    bool borrowed;    /* unfinished, of another process, and a body put here relies on it: synced with ours */
    uint64_t covered; /* bytes whose blocks are indexed */
};

/* A block being filled. */
enum gather_kind { GATHER_TEXT, GATHER_FILE, GATHER_KINDS };
struct gather {
    struct buf raw, table;
    bool quick;          /* compressed for speed */
    struct gather *next; /* among the stuck */
};

struct cache;
struct archive {
    struct ctx *ctx;
    struct arena *arena;
    str folder;
    bool read_only;
    unsigned char id[PACK_ID];
    struct pack_keys keys;
    struct cutter cut_files, cut_texts;
    int lock_fd; /* -1 until something is put */

    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t settled;
    struct index *index;
    bool late;          /* the index was not read yet: who only asks the views never needs it */
    bool index_checked; /* against its digest */
    bool saving;        /* one thread writes it */
    struct map by_id;   /* id → number + 1 in packs */
    struct pack_info *packs;
    uint32_t n_packs, cap_packs;
    struct gather *gathers[GATHER_KINDS], *stuck; /* stuck: could not be written yet */
    uint32_t in_flight;
    struct squeezer *squeezers[WORKERS_MOST];
    uint32_t n_squeezers;
    struct cache *cache;

    pthread_mutex_t writing; /* over what follows */
    int fd;                  /* of the pack being written, or -1 */
    uint32_t pack;
    uint64_t end, synced;
    bool folder_dirty, broken; /* broken: a sync failed, nothing can be promised any more */
};

/* ── packs on disk (packs.c) ── */
struct pack_file {
    int fd;
    bool open; /* by its name: unfinished */
    uint64_t size;
    char path[PATH_MAX];
};
bool archive_path(const struct archive *a, const char *name, char out[PATH_MAX], struct err *e);
/* The name still leads to the file that was locked: nobody finished, renamed or removed it in between. */
bool archive_still_there(const char *path, int fd);
bool pack_path(const struct archive *a, const unsigned char id[PACK_ID], bool open, char out[PATH_MAX], struct err *e);
/* *missing (may be NULL) tells a pack that is not there from another failure. */
MUST_USE bool pack_open(const struct archive *a, const unsigned char id[PACK_ID], struct pack_file *out, bool *missing,
                        struct err *e);
void pack_close(struct pack_file *f);
/* Torn: of an open pack, in part zeros, in part as it should be. Power was lost before the head was on the disk; blocks
 * behind it may be there for all that, and what the head says is known. */
enum pack_head { HEAD_GOOD, HEAD_TORN, HEAD_BAD };
enum pack_head pack_head_of(const struct archive *a, const unsigned char id[PACK_ID], const struct pack_file *f);
/* The names in the packs folder; each() returns false to stop. */
MUST_USE bool packs_list(const struct archive *a,
                         bool (*each)(void *arg, const unsigned char id[PACK_ID], bool open, struct err *e), void *arg,
                         struct err *e);

struct block_seen {
    uint64_t at;
    struct block_head head;
    str table;  /* absent when it is damaged */
    str raw;    /* the plain body, when asked for and whole */
    bool whole; /* the check over the body holds, or was not asked for */
};
/* Walks the blocks from `from` on. Damaged stretches are stepped over and told with head.kind 0 and `whole` false; *end
 * is behind the last good block (a footer included), *tail the bytes behind that. each() may be NULL. */
struct pack_walk {
    bool bodies;     /* check them as well */
    bool raw;        /* and open them */
    bool seals_stay; /* without the key: tables are checked, not opened, and stay absent */
    bool (*each)(void *arg, const struct block_seen *b, struct err *e);
    void *arg;
    uint64_t end, tail;
    bool footer; /* the last good block is one */
};
MUST_USE bool pack_each(const struct archive *a, const struct pack_file *f, uint64_t from, struct pack_walk *w,
                        struct err *e);
bool pack_tail_there(const struct pack_file *f);
/* The plain footer; false when there is none that is whole. */
bool pack_footer(const struct archive *a, const struct pack_file *f, struct buf *out);

/* ── writing packs (writer.c); takes `writing` ── */
MUST_USE bool writer_append(struct archive *a, str block, struct place *out, struct err *e);
MUST_USE bool writer_sync(struct archive *a, struct err *e);
MUST_USE bool writer_finish(struct archive *a, struct err *e); /* seals the pack being written */
void writer_close(struct archive *a);

/* ── what is known (archive.c) ── */
/* Both with `lock` held. */
uint32_t archive_pack_number(struct archive *a, const unsigned char id[PACK_ID]);
/* Looks for what other processes added; also finds packs that are gone and starts anew then. */
MUST_USE bool archive_refresh(struct archive *a, struct err *e);
/* With `lock` held: the index as it lies there and what came behind it, read once. */
MUST_USE bool archive_index_ready(struct archive *a, struct err *e);
/* Writes the index when enough is new: at the end so much that the next one would notice when it opens the archive,
 * meanwhile so much that all writing together stays in proportion to what is put, and memory is not filled. Without
 * `lock`. */
enum index_save { SAVE_MEANWHILE, SAVE_AT_END, SAVE_ALWAYS };
MUST_USE bool archive_index_save(struct archive *a, enum index_save when, struct err *e);
struct squeezer *archive_squeezer(struct archive *a, bool quick);
void archive_squeezer_back(struct archive *a, struct squeezer *s);
/* Says that this process puts: from here on no other removes anything. */
MUST_USE bool archive_begin(struct archive *a, struct err *e);

/* ── chunks (body.c) ── */
MUST_USE bool chunk_put(struct archive *a, enum gather_kind where, const struct body_name *name, enum chunk_kind kind,
                        str bytes, struct err *e);
/* Everything put is in a pack (not synced). */
MUST_USE bool chunks_settle(struct archive *a, struct err *e);
/* Appends the chunk's bytes. Content is not held against its name here. Missing: true with *found = false. */
MUST_USE bool chunk_get(struct archive *a, const struct body_name *name, struct buf *out, enum chunk_kind *kind,
                        bool *found, struct err *e);

void gather_free(struct gather *g);
/* One of the caller's own. It counts as being written from here on: whoever settles waits for gather_give(). */
struct gather *gather_begin(struct archive *a);
/* Compresses, writes and frees it; what cannot be written is kept and tried again. */
MUST_USE bool gather_give(struct archive *a, struct gather *g, struct err *e);
/* Tries again what is kept. */
MUST_USE bool gathers_again(struct archive *a, struct err *e);
/* With `lock` held: it is here, or being written. id: of the index. */
bool chunk_known(struct archive *a, const struct body_name *id);

bool index_lookup(struct archive *a, const struct body_name *name, struct place *place);

/* ── lists (list.c): what a body of several chunks is made of ── */
enum piece_kind { PIECE_CHUNK = 0, PIECE_HOLE = 1, PIECE_PART = 2 };
struct piece {
    enum piece_kind kind;
    uint64_t size;         /* of the body */
    struct body_name name; /* of a chunk or part */
};
struct list_writer {
    struct buf pieces, parts;
    uint64_t total, part_total;
    uint32_t n; /* pieces in all */
    struct piece first;
};
MUST_USE bool list_add(struct archive *a, enum gather_kind where, struct list_writer *l, const struct piece *p,
                       struct err *e);
/* Puts the list under the body's name and frees the writer. */
MUST_USE bool list_end(struct archive *a, enum gather_kind where, struct list_writer *l, const struct body_name *body,
                       struct err *e);
void list_drop(struct list_writer *l);
bool list_begin(str list, uint64_t *total, size_t *at);
/* The next piece; false at the end with *good, or at damage without. */
bool list_next(str list, size_t *at, struct piece *out, bool *good);

/* ── bodies (body.c) ── */
/* A body that comes piece by piece, cut as a text. */
struct body_writer {
    struct archive *a;
    struct digest_state *sum;
    struct buf rest;
    struct list_writer list;
};
void body_writer_begin(struct archive *a, struct body_writer *w);
MUST_USE bool body_writer_add(struct body_writer *w, str bytes, struct err *e);
MUST_USE bool body_writer_end(struct body_writer *w, struct body_name *out, struct err *e); /* frees it */
void body_writer_drop(struct body_writer *w);

/* Bytes, or a hole (bytes.p NULL) of `hole` bytes. */
typedef bool piece_fn(void *arg, str bytes, uint64_t hole, struct err *e);
/* A body's bytes in order, whole against its name at the end. *total is known before the first piece; begin may refuse.
 */
struct body_walk {
    bool (*begin)(void *arg, uint64_t total, struct err *e);
    piece_fn *piece;
    void *arg;
    bool ahead; /* nothing else is read meanwhile: a second thread may open the next blocks */
};
MUST_USE bool body_each(struct archive *a, const struct body_name *name, const struct body_walk *w, struct err *e);
enum body_use { BODY_ALONE /* on all threads */, BODY_AMONG /* in one of several threads */ };
MUST_USE bool body_put_fd(struct archive *a, int fd, str where, enum body_use use, struct body_name *out,
                          uint64_t *size, struct err *e);

/* One more time, also when it is there already; known() is not asked. */
MUST_USE bool chunk_put_again(struct archive *a, const struct body_name *name, enum chunk_kind kind, str bytes,
                              struct err *e);
void archive_forget_index(struct archive *a); /* with `lock` held; archive_refresh makes it anew */
/* Alone: no other process puts or removes until the archive is closed. */
MUST_USE bool archive_alone(struct archive *a, struct err *e);

/* ── everything there is (census.c) ── */
enum { SEEN_GOOD = 1, SEEN_LIVE = 2, SEEN_TREE = 4 /* begins like a tree */, SEEN_PIECE = 8 /* of a list */ };
struct seen {
    struct body_name name;
    uint32_t pack, at, size; /* pack: number in `packs`; at: of the block */
    unsigned char kind, flags;
};
struct census_pack {
    unsigned char id[PACK_ID];
    bool open, damaged;
    uint64_t size;
    int64_t changed;
};
struct census {
    struct archive *a;
    struct arena *arena;
    struct seen *v; /* sorted by name */
    size_t n, cap;
    VEC(struct census_pack) packs;
    struct map erased; /* on purpose: not missed */
    bool bodies;       /* every chunk was held against its name */
    pthread_mutex_t lock;
    struct archive_check *check; /* where faults go; may be NULL */
    struct err first;
    bool failed;
};
MUST_USE bool census_take(struct archive *a, bool bodies, struct archive_check *check, struct census *out,
                          struct err *e);
void census_free(struct census *c);
/* The first entry of that name, or NULL; others follow it. */
struct seen *census_find(const struct census *c, const struct body_name *name);
void census_flag(const struct census *c, const struct body_name *name, unsigned char flag);
/* In the order they lie in the packs, so that each block is opened about once; to be freed. */
struct seen **census_by_place(const struct census *c);
/* Reads every list: tells which lack chunks, flags pieces, and lists that begin like a tree. */
MUST_USE bool census_lists(struct census *c, struct err *e);
bool census_erased(const struct census *c, const struct body_name *name);
bool census_good(const struct census *c, const struct body_name *name); /* there, and what its name promises */
bool census_is_body(const struct census *c, size_t i);                  /* after census_lists: no mere piece */
void census_lacks(struct census *c, const struct body_name *name, str path, const char *what);
void census_fault(struct census *c, const struct archive_fault *f);
/* Calls each() for the pieces of a list, those of its parts and the parts themselves. Broken lists end early. */
typedef bool piece_each(void *arg, const struct piece *p, struct err *e);
MUST_USE bool census_pieces(struct archive *a, const struct body_name *list, piece_each *each, void *arg, bool *whole,
                            struct err *e);

/* ── packs rewritten (sweep.c) ── */
/* Puts the good chunks of a pack that keep() wants into the pack being written. */
MUST_USE bool pack_rewrite(struct archive *a, const struct census_pack *p,
                           bool (*keep)(void *arg, const struct entry_head *h), void *arg, uint64_t *kept,
                           struct err *e);
/* Old packs go once what was saved from them is on disk: to damaged/, or for good. Then the index is made anew. */
MUST_USE bool packs_retire(struct archive *a, const struct census_pack *const *packs, uint32_t n, bool aside,
                           struct err *e);

/* ── reading ahead (ahead.c) ── */
struct ahead;
/* The list is borrowed until the end. NULL when it is not worth it; the others accept that. */
struct ahead *ahead_begin(struct archive *a, str list);
void ahead_moved(struct ahead *x, uint64_t consumed);
void ahead_end(struct ahead *x);

/* ── blocks read (cache.c) ── */
struct cache *cache_new(void);
void cache_free(struct cache *c); /* accepts NULL */
/* The chunk `name` of the block at that place, appended to *out. *gone: the pack is not there any more. */
MUST_USE bool cache_chunk(struct archive *a, const unsigned char pack[PACK_ID], uint64_t at,
                          const struct body_name *name, struct buf *out, enum chunk_kind *kind, bool *gone,
                          struct err *e);

#endif
