/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/view.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/embedded.h"
#include "base/file.h"
#include "seal/view_add.h"
#include "seal/view_sql.h"
#include "store/db.h"

enum { VIEW_VERSION = 1 };

struct view {
    struct ctx *ctx;
    struct arena *a;
    struct db *db;
    struct log *log;
    str file, sum, fresh, lock_file; /* view.db, view.sum, view.db.new, view.lock */
    uint64_t size;
    int lock;
};

const char *view_sql(const char *name) {
    const struct embedded_file *f = embedded_view_sql;
    while (f->name && strcmp(f->name, name) != 0)
        f++;
    return f->bytes;
}

/* ── is what is there good? ── */

static bool digest_file(str path, str *hex, struct arena *a, struct err *e) {
    struct arena *own = arena_new();
    str bytes;
    bool ok = file_map(own, path, &bytes, e);
    if (ok)
        *hex = digest_hex(a, DIGEST_SHA256, bytes);
    arena_free(own);
    return ok;
}

/* view.sum may name two digests: of the file that is, and of the one about to take its place. */
static bool sum_is_good(struct view *v) {
    str sums, line, hex;
    if (!file_read(v->ctx, v->a, v->sum, &sums, NULL) || !digest_file(v->file, &hex, v->a, NULL))
        return false;
    while (str_line(&sums, &line))
        if (str_eq(line, hex))
            return true;
    return false;
}

static bool log_root(struct view *v, uint64_t size, struct hash *out, struct err *e) {
    struct hash_source hashes = log_hashes(v->log);
    return merkle_root(&hashes, size, out, e);
}

/* Of this version, of this log, not ahead of it, and the log is still the one it was then. */
static bool read_state(struct view *v, uint64_t log_size, bool *fits) {
    struct stmt *s;
    struct hash root;
    bool row;
    if (!db_stmt(v->db, view_sql("state"), &s, NULL) || !stmt_step(s, &row, NULL))
        return false;
    v->size = row ? (uint64_t)stmt_col_int(s, 2) : UINT64_MAX;
    str was = stmt_col_blob(s, 3);
    *fits = row && stmt_col_int(s, 0) == VIEW_VERSION && str_eq(stmt_col_text(s, 1), log_origin(v->log)) &&
            v->size <= log_size && log_root(v, v->size, &root, NULL) && was.n == 32 && memcmp(was.p, root.b, 32) == 0;
    stmt_reset(s);
    return true;
}

static void forget(struct view *v) {
    db_close(v->db);
    v->db = NULL;
    v->size = 0;
}

/* Opens the view when there is nothing wrong with it. */
static bool open_good(struct view *v, uint64_t log_size) {
    bool fits = false;
    if (!path_exists(v->file))
        return false;
    bool whole = sum_is_good(v) && db_open(v->ctx, v->file, DB_READ, &v->db, NULL) && read_state(v, log_size, &fits);
    if (whole && fits)
        return true;
    ctx_warn(v->ctx, v->file, "%s",
             whole ? _("the view was made by another version or from another log: it is made anew")
                   : _("the view is damaged: it is made anew"));
    forget(v);
    return false;
}

/* ── bringing it up to date ── */

static bool begin_new(struct view *v, struct db *db, struct err *e) {
    struct stmt *s;
    if (!db_exec(db, view_sql("schema"), e) || !db_stmt(db, view_sql("begin"), &s, e))
        return false;
    stmt_int(s, 1, VIEW_VERSION);
    stmt_text(s, 2, log_origin(v->log));
    return stmt_run(s, e);
}

static bool set_size(struct view *v, struct db *db, uint64_t size, struct err *e) {
    struct hash root;
    struct stmt *s;
    if (!log_root(v, size, &root, e) || !db_stmt(db, view_sql("set_size"), &s, e))
        return false;
    stmt_int(s, 1, (int64_t)size);
    stmt_blob(s, 2, str_n((const char *)root.b, sizeof root.b));
    return stmt_run(s, e);
}

static bool fill(struct view *v, bool anew, uint64_t to, struct err *e) {
    struct db *db;
    if (!db_open(v->ctx, v->fresh, DB_WRITE, &db, e))
        return false;
    bool ok = db_exec(db, view_sql("writing"), e) && (!anew || begin_new(v, db, e)) &&
              view_add(v->ctx, db, v->log, anew ? 0 : v->size, to, e) && set_size(v, db, to, e) &&
              db_exec(db, "COMMIT", e);
    db_close(db);
    return ok;
}

static bool copy_file(struct view *v, struct err *e) {
    struct arena *own = arena_new();
    str bytes;
    int fd = -1;
    bool ok = file_map(own, v->file, &bytes, e);
    if (ok) {
        fd = open(arena_cstr(own, v->fresh), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        ok = fd >= 0 ? fd_write_all(fd, bytes, v->fresh, e) : err_errno(e, v->fresh, _("cannot create a file here"));
    }
    if (fd >= 0)
        close(fd);
    arena_free(own);
    return ok;
}

/* The new file takes the old one's place; killed at any moment, view.sum names the digest of the file that is there. */
static bool replace(struct view *v, struct err *e) {
    str before, after;
    bool had = digest_file(v->file, &before, v->a, NULL);
    if (!digest_file(v->fresh, &after, v->a, e))
        return false;
    str both = had ? arena_printf(v->a, "%.*s\n%.*s\n", STR_ARG(before), STR_ARG(after)) : (str){NULL, 0};
    str one = arena_printf(v->a, "%.*s\n", STR_ARG(after));
    if (!file_replace(v->sum, had ? both : one, e))
        return false;
    if (rename(arena_cstr(v->a, v->fresh), arena_cstr(v->a, v->file)) != 0)
        return err_errno(e, v->file, _("cannot take its place"));
    return file_replace(v->sum, one, e);
}

static bool update(struct view *v, bool anew, uint64_t to, struct err *e) {
    unlink(arena_cstr(v->a, v->fresh));
    bool ok = (anew || copy_file(v, e)) && fill(v, anew, to, e) && replace(v, e);
    if (!ok)
        unlink(arena_cstr(v->a, v->fresh));
    forget(v);
    if (!ok || !db_open(v->ctx, v->file, DB_READ, &v->db, e))
        return false;
    v->size = to;
    return true;
}

/* Something was erased since: the same size, yet other rows. */
static bool has_open_erasures(struct view *v) {
    struct stmt *s;
    bool row = false, found = false;
    if (!db_stmt(v->db, view_sql("open_erasures"), &s, NULL))
        return true;
    while (!found && stmt_step(s, &row, NULL) && row) {
        struct log_entry entry;
        found = log_entry(v->log, v->a, (uint64_t)stmt_col_int(s, 1), &entry, NULL) && entry.erased;
    }
    stmt_reset(s);
    return found;
}

static bool catch_up(struct view *v, bool anew, struct err *e) {
    struct checkpoint now;
    str note;
    if (!log_checkpoint(v->log, v->a, &now, &note, e))
        return false;
    if (anew || !open_good(v, now.size))
        return update(v, true, now.size, e);
    return (v->size == now.size && !has_open_erasures(v)) || update(v, false, now.size, e);
}

static bool take_lock(struct view *v, struct err *e) {
    v->lock = open(arena_cstr(v->a, v->lock_file), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (v->lock < 0)
        return err_errno(e, v->lock_file, _("cannot create a file here"));
    while (flock(v->lock, LOCK_EX) != 0)
        if (errno != EINTR)
            return err_errno(e, v->lock_file, _("cannot lock it"));
    return true;
}

static bool open_view(struct ctx *c, str home, struct log *log, bool anew, struct view **out, struct err *e) {
    struct arena *a = arena_new();
    struct view *v = arena_new_of(a, struct view);
    *v = (struct view){.ctx = c, .a = a, .log = log, .lock = -1};
    v->file = path_join(a, home, S("view.db"));
    v->sum = path_join(a, home, S("view.sum"));
    v->fresh = path_join(a, home, S("view.db.new"));
    v->lock_file = path_join(a, home, S("view.lock"));
    bool ok = take_lock(v, e) && catch_up(v, anew, e);
    if (v->lock >= 0)
        close(v->lock);
    v->lock = -1;
    *out = ok ? v : NULL;
    if (!ok)
        view_close(v);
    return ok;
}

bool view_open(struct ctx *c, str home, struct log *log, struct view **out, struct err *e) {
    return open_view(c, home, log, false, out, e);
}
bool view_rebuild(struct ctx *c, str home, struct log *log, struct view **out, struct err *e) {
    return open_view(c, home, log, true, out, e);
}

void view_close(struct view *v) {
    if (!v)
        return;
    db_close(v->db);
    arena_free(v->a);
}

uint64_t view_size(const struct view *v) { return v->size; }
struct log *view_log(const struct view *v) {
    return v->log;
}

/* ── asking ── */

/* Questions as of a size beyond the view mean all of it. */
static int64_t bound(const struct view *v, uint64_t size) { return (int64_t)(size < v->size ? size : v->size); }

static void copy32(unsigned char out[32], str blob) {
    memset(out, 0, 32);
    if (blob.n == 32)
        memcpy(out, blob.p, 32);
}

static bool read_subjects(struct view *v, struct arena *a, struct view_entry *out, struct err *e) {
    struct stmt *s;
    bool row;
    int64_t last = -1;
    if (!db_stmt(v->db, view_sql("subjects"), &s, e))
        return false;
    stmt_int(s, 1, (int64_t)out->index);
    for (;;) {
        if (!stmt_step(s, &row, e))
            return false;
        if (!row)
            break;
        if (stmt_col_int(s, 0) != last)
            *vec_push(a, &out->subjects) = (struct subject){.name = arena_str(a, stmt_col_text(s, 1)),
                                                            .uri = arena_str(a, stmt_col_text(s, 2))};
        last = stmt_col_int(s, 0);
        struct subject *subject = &out->subjects.v[out->subjects.n - 1];
        *vec_push(a, &subject->digests) = (struct subject_digest){arena_str(a, stmt_col_text(s, 3)),
                                                                  arena_str(a, stmt_col_text(s, 4))};
    }
    stmt_reset(s);
    return true;
}

bool view_entry(struct view *v, struct arena *a, uint64_t index, struct view_entry *out, struct err *e) {
    struct stmt *s;
    bool row;
    *out = (struct view_entry){.index = index};
    if (!db_stmt(v->db, view_sql("statement"), &s, e))
        return false;
    stmt_int(s, 1, (int64_t)index);
    if (!stmt_step(s, &row, e))
        return false;
    if (!row)
        return err_set(e, ERR_INPUT, v->file, _("the log has no entry %llu"), (unsigned long long)index);
    out->time = stmt_col_int(s, 0);
    out->kind = arena_str(a, stmt_col_text(s, 1));
    copy32(out->key, stmt_col_blob(s, 2));
    copy32(out->envelope, stmt_col_blob(s, 3));
    out->type = arena_str(a, stmt_col_text(s, 4));
    out->erased = stmt_col_text(s, 5).p != NULL;
    stmt_reset(s);
    return read_subjects(v, a, out, e);
}

static bool find_one(struct view *v, struct arena *a, const struct word *w, uint64_t size, struct view_found *out,
                     struct err *e) {
    unsigned char key[32];
    struct stmt *s;
    bool row;
    word_key(w, key);
    if (!db_stmt(v->db, view_sql("find"), &s, e))
        return false;
    stmt_blob(s, 1, str_n((const char *)key, sizeof key));
    stmt_int(s, 2, bound(v, size));
    for (;;) {
        if (!stmt_step(s, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(a, out) = (uint64_t)stmt_col_int(s, 0);
    }
    stmt_reset(s);
    return true;
}

static int by_number(const void *x, const void *y) {
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return a < b ? -1 : a > b;
}

bool view_find(struct view *v, struct arena *a, const struct words *words, uint64_t size, struct view_found *out,
               struct err *e) {
    uint32_t n = 0;
    *out = (struct view_found){0};
    for (uint32_t i = 0; i < words->n; i++)
        if (!find_one(v, a, &words->v[i], size, out, e))
            return false;
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, by_number);
    for (uint32_t i = 0; i < out->n; i++)
        if (!n || out->v[n - 1] != out->v[i])
            out->v[n++] = out->v[i];
    out->n = n;
    return true;
}

bool view_rows(struct view *v, uint64_t size,
               void (*each)(void *arg, const unsigned char key[32], const uint64_t *entries, uint64_t n), void *arg,
               struct err *e) {
    struct arena *a = arena_new();
    struct view_found list = {0};
    unsigned char key[32];
    struct stmt *s;
    bool row = true, ok = db_stmt(v->db, view_sql("rows"), &s, e);
    if (ok)
        stmt_int(s, 1, bound(v, size));
    while (ok && row) {
        ok = stmt_step(s, &row, e);
        str next = ok && row ? stmt_col_blob(s, 0) : (str){NULL, 0};
        if (list.n && (next.n != 32 || memcmp(next.p, key, 32) != 0)) {
            each(arg, key, list.v, list.n);
            list.n = 0;
        }
        if (next.n == 32) {
            memcpy(key, next.p, 32);
            *vec_push(a, &list) = (uint64_t)stmt_col_int(s, 1);
        }
    }
    if (ok)
        stmt_reset(s);
    arena_free(a);
    return ok;
}

bool view_last_index(struct view *v, uint64_t size, bool *found, uint64_t *index, struct err *e) {
    struct stmt *s;
    bool row;
    if (!db_stmt(v->db, view_sql("last_index"), &s, e))
        return false;
    stmt_int(s, 1, bound(v, size));
    if (!stmt_step(s, &row, e))
        return false;
    *found = row && stmt_col_text(s, 0).p;
    *index = *found ? (uint64_t)stmt_col_int(s, 0) : 0;
    stmt_reset(s);
    return true;
}

/* ── dump ── */

static bool dump_table(struct view *v, const char *query, int columns, struct buf *out, struct err *e) {
    struct stmt *s;
    bool row;
    if (!db_stmt(v->db, view_sql(query), &s, e))
        return false;
    buf_addf(out, "# %s\n", query);
    for (;;) {
        if (!stmt_step(s, &row, e))
            return false;
        if (!row)
            break;
        for (int i = 0; i < columns; i++) {
            str text = stmt_col_text(s, i);
            if (i)
                buf_addc(out, '\t');
            buf_add(out, text.p ? text : S("-"));
        }
        buf_addc(out, '\n');
    }
    stmt_reset(s);
    return true;
}

bool view_dump(struct view *v, struct buf *out, struct err *e) {
    return dump_table(v, "dump_statement", 7, out, e) && dump_table(v, "dump_subject", 6, out, e) &&
           dump_table(v, "dump_word", 4, out, e);
}
