/* SPDX-License-Identifier: Apache-2.0
 *
 * HOME/view/list: "akashi view 2", the log's origin, the size and root of the log it covers, then a line for each
 * segment (first entry, entry behind its last, id), and the SHA-256 of the lines above.
 */
#include <dirent.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "seal/view_inner.h"

static const char head[] = "akashi view 2";
enum { SEGMENTS_MOST = 4096, LEFT_AFTER = 3600 /* seconds: no merge takes that long */ };

void segments_close(struct view *v) {
    for (uint32_t i = 0; i < v->segments.n; i++)
        db_close(v->segments.v[i].db);
    v->segments.n = 0;
    v->size = 0;
}

static bool log_root(struct view *v, uint64_t size, struct hash *out, struct err *e) {
    struct hash_source hashes = log_hashes(v->log);
    return merkle_root(&hashes, size, out, e);
}

/* ── reading ── */

static bool whole(struct arena *a, str text, str *lines) {
    if (text.n < 66 || text.p[text.n - 1] != '\n')
        return false;
    *lines = str_upto(text, text.n - 65);
    return str_eq(digest_hex(a, DIGEST_SHA256, *lines), str_upto(str_from(text, text.n - 65), 64));
}

static bool read_segment(str line, uint64_t from, struct segment *out) {
    str first, rest, behind, id;
    *out = (struct segment){0};
    return str_cut(line, ' ', &first, &rest) && str_cut(rest, ' ', &behind, &id) && str_u64(first, &out->from) &&
           str_u64(behind, &out->to) && hex_bytes(id, out->id, DB_ID) && out->from == from && out->to > from;
}

static bool read_segments(struct view *v, str lines, uint64_t size) {
    str line;
    uint64_t from = 0;
    for (; str_line(&lines, &line); from = v->segments.v[v->segments.n - 1].to) {
        struct segment s;
        if (v->segments.n >= SEGMENTS_MOST || !read_segment(line, from, &s))
            return false;
        *vec_push(v->a, &v->segments) = s;
    }
    return from == size;
}

static str segment_path(struct view *v, const struct segment *s) {
    return arena_printf(v->a, "%.*s/%.*s.db", STR_ARG(v->folder), STR_ARG(hex_text(v->a, s->id, DB_ID)));
}

static enum view_state open_segments(struct view *v) {
    for (uint32_t i = 0; i < v->segments.n; i++) {
        struct segment *s = &v->segments.v[i];
        str path = segment_path(v, s);
        if (!db_open_checked(v->ctx, path, s->id, false, &s->db, NULL))
            return path_exists(path) ? VIEW_DAMAGED : VIEW_GONE;
    }
    return VIEW_GOOD;
}

/* Of this version, of this log, not ahead of it, and the log is still the one it was then. */
static enum view_state read_text(struct view *v, str text, uint64_t log_size) {
    str lines, line, size, root;
    struct hash then, now;
    uint64_t n;
    if (!whole(v->a, text, &lines))
        return VIEW_DAMAGED;
    if (!str_line(&lines, &line) || !str_is(line, head) || !str_line(&lines, &line) ||
        !str_eq(line, log_origin(v->log)))
        return VIEW_FOREIGN;
    if (!str_line(&lines, &line) || !str_cut(line, ' ', &size, &root) || !str_u64(size, &n) ||
        !hex_bytes(root, then.b, sizeof then.b))
        return VIEW_DAMAGED;
    if (n > log_size || !log_root(v, n, &now, NULL) || !hash_eq(then, now))
        return VIEW_FOREIGN;
    if (!read_segments(v, lines, n))
        return VIEW_DAMAGED;
    v->size = n;
    return open_segments(v);
}

bool view_list_read(struct view *v, enum view_state *state, uint64_t *log_size, struct err *e) {
    struct checkpoint now;
    str text, note;
    segments_close(v);
    bool there = path_exists(v->list_file), read = there && file_read(v->ctx, v->a, v->list_file, &text, NULL);
    if (!log_checkpoint(v->log, v->a, &now, &note, e))
        return false;
    *log_size = now.size;
    *state = !there ? VIEW_NONE : read ? read_text(v, text, now.size) : VIEW_DAMAGED;
    if (*state != VIEW_GOOD)
        segments_close(v);
    return true;
}

/* ── writing ── */

bool view_list_write(struct view *v, struct err *e) {
    struct hash root;
    struct buf b = {0};
    if (!log_root(v, v->size, &root, e))
        return false;
    buf_addf(&b, "%s\n%.*s\n%llu %.*s\n", head, STR_ARG(log_origin(v->log)), (unsigned long long)v->size,
             STR_ARG(hex_text(v->a, root.b, sizeof root.b)));
    for (uint32_t i = 0; i < v->segments.n; i++) {
        const struct segment *s = &v->segments.v[i];
        buf_addf(&b, "%llu %llu %.*s\n", (unsigned long long)s->from, (unsigned long long)s->to,
                 STR_ARG(hex_text(v->a, s->id, DB_ID)));
    }
    buf_addf(&b, "%.*s\n", STR_ARG(digest_hex(v->a, DIGEST_SHA256, buf_str(&b))));
    bool ok = file_replace(v->list_file, buf_str(&b), e);
    buf_free(&b);
    return ok;
}

static bool named(const struct view *v, str file) {
    unsigned char id[DB_ID];
    if (!hex_bytes(str_upto(file, (size_t)2 * DB_ID), id, DB_ID))
        return true; /* none of ours */
    for (uint32_t i = 0; i < v->segments.n && str_ends(file, S(".db")); i++)
        if (memcmp(v->segments.v[i].id, id, DB_ID) == 0)
            return true;
    return false;
}

void view_sweep(struct view *v) {
    DIR *d = opendir(arena_cstr(v->a, v->folder));
    for (struct dirent *f; d && (f = readdir(d));) {
        struct stat st;
        str file = str_of(f->d_name);
        if (file.n < 2 * (size_t)DB_ID || named(v, file))
            continue;
        const char *path = arena_cstr(v->a, path_join(v->a, v->folder, file));
        if (str_ends(file, S(".db")) || (stat(path, &st) == 0 && st.st_mtime + LEFT_AFTER < time(NULL)))
            unlink(path);
    }
    if (d)
        closedir(d);
}
