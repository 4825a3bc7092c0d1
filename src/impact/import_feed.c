/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/import_feed.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { DEPTH_MOST = 64, PATIENCE_MS = 500, READ_BYTES = 1 << 20 };

struct found {
    str path;
    uint64_t size;
    bool listed, lines; /* named by the caller; holds lines of JSON */
};
struct import_feed {
    struct ctx *ctx;
    const struct import_plan *plan;
    struct arena *a;
    VEC(struct found) files;
    uint32_t at;
    bool streams; /* some file is of lines */
    bool handed;  /* the caller has no more documents */
    uint64_t number;
    /* the stream at hand */
    int fd; /* -1: none */
    str name, folder;
    struct buf b;
    size_t taken;
    uint64_t line;
    bool ended, first;
};

static void fault(struct import_feed *f, const struct err *e) {
    if (f->plan->fault)
        f->plan->fault(f->plan->arg, e);
}

/* ── what is there ── */

static int by_text(const void *x, const void *y) { return str_cmp(*(const str *)x, *(const str *)y); }

static void add_file(struct import_feed *f, str path, uint64_t size, bool listed) {
    bool lines = str_is(path, "-") || str_iends(path, S(".jsonl")) || str_iends(path, S(".ndjson"));
    f->streams |= lines;
    *vec_push(f->a, &f->files) = (struct found){path, size, listed, lines};
}

static void walk(struct import_feed *f, str path, unsigned depth);

/* NOLINTNEXTLINE(misc-no-recursion): no deeper than DEPTH_MOST */
static void look_at(struct import_feed *f, str path, unsigned depth, bool listed) {
    struct stat st;
    struct err e = {0};
    if (str_is(path, "-")) {
        add_file(f, path, 0, listed);
    } else if (stat(arena_cstr(f->a, path), &st) != 0) {
        err_errno(&e, path, "%s", _("cannot be read"));
        fault(f, &e);
    } else if (S_ISDIR(st.st_mode)) {
        walk(f, path, depth);
    } else if (S_ISREG(st.st_mode) || listed) {
        add_file(f, path, (uint64_t)st.st_size, listed);
    }
}

/* In the order of names, so that a run is like the one before it. NOLINTNEXTLINE(misc-no-recursion): see above */
static void walk(struct import_feed *f, str path, unsigned depth) {
    VEC(str) names = {0};
    struct err e = {0};
    DIR *d = depth < DEPTH_MOST ? opendir(arena_cstr(f->a, path)) : NULL;
    if (!d) {
        if (depth < DEPTH_MOST)
            err_errno(&e, path, "%s", _("cannot be read"));
        else
            err_set(&e, ERR_LIMIT, path, "%s", _("folders lie too deep in each other"));
        fault(f, &e);
        return;
    }
    for (struct dirent *x; (x = readdir(d));)
        if (x->d_name[0] != '.')
            *vec_push(f->a, &names) = arena_str(f->a, str_of(x->d_name));
    closedir(d);
    if (names.n)
        qsort(names.v, names.n, sizeof *names.v, by_text);
    for (uint32_t i = 0; i < names.n; i++)
        look_at(f, path_join(f->a, path, names.v[i]), depth + 1, false);
}

struct import_feed *feed_new(struct ctx *c, const struct import_plan *plan) {
    struct import_feed *f = calloc(1, sizeof *f);
    if (!f)
        abort();
    f->ctx = c;
    f->plan = plan;
    f->a = arena_new();
    f->fd = -1;
    f->handed = !plan->next;
    for (uint32_t i = 0; i < plan->n; i++)
        look_at(f, plan->inputs[i], 0, true);
    return f;
}

void feed_free(struct import_feed *f) {
    if (!f)
        return;
    if (f->fd > STDERR_FILENO)
        close(f->fd);
    buf_free(&f->b);
    arena_free(f->a);
    free(f);
}

uint64_t feed_total(const struct import_feed *f) { return f->streams || !f->handed ? 0 : f->files.n; }
bool feed_over(const struct import_feed *f) { return f->fd < 0 && f->at == f->files.n && f->handed; }

/* ── a stream ── */

static bool open_stream(struct import_feed *f, str path) {
    struct err e = {0};
    bool standard = str_is(path, "-");
    f->fd = standard ? STDIN_FILENO : open(arena_cstr(f->a, path), O_RDONLY | O_CLOEXEC);
    if (f->fd < 0) {
        err_errno(&e, path, "%s", _("cannot be read"));
        fault(f, &e);
        return false;
    }
    f->name = path;
    f->folder = standard ? S("") : path_dir(path);
    buf_clear(&f->b);
    f->taken = 0;
    f->line = 0;
    f->ended = false;
    f->first = true;
    return true;
}
static void close_stream(struct import_feed *f) {
    if (f->fd > STDERR_FILENO)
        close(f->fd);
    f->fd = -1;
}

/* More of the stream into the buffer; *nothing when there is none at the moment and nobody waits. */
static bool read_more(struct import_feed *f, bool wait, bool *nothing, struct err *e) {
    struct pollfd p = {.fd = f->fd, .events = POLLIN};
    *nothing = !wait && poll(&p, 1, PATIENCE_MS) == 0;
    if (*nothing)
        return true;
    if (f->taken) {
        memmove(f->b.p, f->b.p + f->taken, f->b.n - f->taken);
        f->b.n -= f->taken;
        f->taken = 0;
    }
    if (f->b.n > f->ctx->limits.file)
        return err_set(e, ERR_LIMIT, f->name, "%s", _("a line is longer than a document may be"));
    ssize_t n;
    do
        n = read(f->fd, buf_room(&f->b, READ_BYTES), READ_BYTES);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return err_errno(e, f->name, "%s", _("cannot be read"));
    f->b.n += (size_t)n;
    f->ended = n == 0;
    return true;
}

/* A first line that is no whole value begins a document that is all of the stream. */
static bool is_whole(struct import_feed *f, str line) {
    struct arena *a = arena_new();
    struct json doc;
    bool whole = json_parse(f->ctx, a, line, JSON_DUPLICATES_OK, f->name, &doc, NULL) && j_is_obj(doc.root);
    arena_free(a);
    return whole;
}

static bool take_all(struct import_feed *f, struct arena *a, struct import_item *out, struct err *e) {
    bool nothing;
    while (!f->ended)
        if (!read_more(f, true, &nothing, e))
            return false;
    str text = str_from(buf_str(&f->b), f->taken);
    *out = (struct import_item){.where = str_is(f->name, "-") ? S("<stdin>") : f->name,
                                .line = arena_str(a, text),
                                .document = true,
                                .size = text.n};
    f->taken = f->b.n;
    return true;
}

/* *more false: nothing now, or the stream is over and closed. */
static bool next_line(struct import_feed *f, struct arena *a, bool wait, struct import_item *out, bool *more,
                      struct err *e) {
    for (;;) {
        str rest = str_from(buf_str(&f->b), f->taken);
        const char *end = rest.n ? memchr(rest.p, '\n', rest.n) : NULL;
        bool nothing;
        if (!end && !f->ended) {
            if (!read_more(f, wait, &nothing, e))
                return false;
            if (!nothing)
                continue;
            *more = false;
            return true;
        }
        str line = end ? str_n(rest.p, (size_t)(end - rest.p)) : rest;
        if (!end && !rest.n) {
            close_stream(f);
            *more = false;
            return true;
        }
        f->line++;
        if (f->first && str_trim(line).n && !is_whole(f, line)) {
            *more = true;
            return take_all(f, a, out, e);
        }
        f->taken += line.n + (end != NULL);
        line = str_trim(line);
        if (!line.n)
            continue;
        f->first = false;
        *out = (struct import_item){
            .where = arena_printf(a, "%.*s:%llu", STR_ARG(f->name), (unsigned long long)f->line),
            .line = arena_str(a, line),
            .folder = f->folder,
            .size = line.n};
        *more = true;
        return true;
    }
}

static bool next_in_hand(struct import_feed *f, struct arena *a, struct import_item *out) {
    str text = f->handed ? (str){NULL, 0} : f->plan->next(f->plan->arg, a);
    f->handed = !text.p;
    if (text.p)
        *out = (struct import_item){.where = arena_printf(a, "#%llu", (unsigned long long)++f->number),
                                    .line = text,
                                    .document = true,
                                    .size = text.n};
    return text.p != NULL;
}

void feed_next(struct import_feed *f, struct arena *a, bool wait, struct import_item *out, bool *more) {
    *more = false;
    for (;;) {
        if (f->fd >= 0) {
            struct err bad = {0};
            if (!next_line(f, a, wait, out, more, &bad)) {
                fault(f, &bad);
                close_stream(f);
                *more = false;
            }
            if (*more || f->fd >= 0)
                return;
        }
        if (f->at == f->files.n) {
            *more = next_in_hand(f, a, out);
            return;
        }
        const struct found *x = &f->files.v[f->at++];
        if (x->lines) {
            (void)open_stream(f, x->path);
            continue;
        }
        *out = (struct import_item){.where = x->path, .path = x->path, .found = !x->listed, .size = x->size};
        *more = true;
        return;
    }
}
