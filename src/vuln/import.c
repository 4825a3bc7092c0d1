/* SPDX-License-Identifier: Apache-2.0
 *
 * `db import`: texts are gathered in rounds of bounded size; while all cores inflate, parse and compile one round, the
 * round before is merged into a private copy of the database, which takes the old one's place when all is well.
 */
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/pool.h"
#include "base/unpack.h"
#include "vuln/advdb.h"
#include "vuln/import_compiled.h"
#include "vuln/zip.h"

/* A round costs memory of a few times its texts; larger rounds mean fewer rewrites of package rows. */
enum { ROUND_FIRST = 12 << 20, ROUND_MOST = 96 << 20, CHUNK = 512 << 10, FOLDERS_DEEP = 64 };

struct unit {
    str where; /* of a text in memory or a file; an entry's follows from its archive */
    str text;  /* already read; else absent */
    const struct zip *zip;
    uint32_t entry;
    bool named; /* the user named it: what is wrong with it is an error, not a warning */
};
VEC_NAMED(units, struct unit);
VEC_NAMED(starts, uint32_t);

struct import {
    struct ctx *c;
    struct advdb_writer *w;
    struct import_result *counts;
    struct arena *round; /* holds the units and texts of the round */
    struct units units;
    uint64_t bytes, budget;
    struct compiler **now, **before; /* one per thread: being filled; being merged */
    struct starts chunks;            /* first unit of each */
    pthread_mutex_t lock;
    struct err error, merge_error;
    atomic_bool failed;
    bool merge_ok, pending;
    uint32_t depth;
    struct progress *progress;
    const struct compile_plan *plan; /* compiles for somebody else: there is no database, no list and no other thread */
};

/* ── one text ── */

static void refuse(struct import *im, const struct unit *u, struct compiler *out, const struct err *e) {
    out->skipped++;
    if (im->plan) {
        im->plan->fault(im->plan->arg, e);
        return;
    }
    if (!u->named && e->kind != ERR_ENV) {
        ctx_warn_err(im->c, e);
        return;
    }
    pthread_mutex_lock(&im->lock);
    if (!im->failed)
        im->error = *e;
    im->failed = true;
    pthread_mutex_unlock(&im->lock);
}

/* What people keep beside advisories in folders and archives is passed over without a word. */
static bool looks_meant(str where) {
    return str_iends(where, S(".json")) || str_iends(where, S(".xml")) || str_iends(where, S(".csv"));
}

static void read_document(struct import *im, const struct unit *u, str text, str where, struct compiler *out,
                          struct arena *a) {
    struct err e = {0};
    unsigned char hash[HASH_SIZE];
    text_hash(text, hash);
    if (im->w && advdb_writer_knows(im->w, hash)) {
        out->documents++;
        out->unchanged++;
        return;
    }
    struct import_job job = {.ctx = im->c, .arena = a, .where = where, .text = text, .out = out};
    const struct importer *reader = NULL;
    if (!import_detect(&job, &reader, &e)) {
        refuse(im, u, out, &e);
        return;
    }
    if (!reader) {
        err_set(&e, ERR_INPUT, where, _("this is no advisory in a format we read"));
        err_hint(&e, "%s", _("OSV, CVE 5, NVD 2.0, KEV, EPSS, JVN VULDEF, CSAF and OpenVEX are read"));
        if (u->named || looks_meant(where))
            refuse(im, u, out, &e);
        else
            out->skipped++;
        return;
    }
    /* An object is one document in most formats: its text is its identity, so that it need not be parsed again. */
    uint32_t before = out->records.n;
    if (!reader->read(&job, &e))
        refuse(im, u, out, &e);
    if (out->records.n == before + 1)
        memcpy(out->records.v[before].hash, hash, HASH_SIZE);
    if (im->plan && !im->plan->compiled(im->plan->arg, out))
        im->failed = true;
}

static void read_text(struct import *im, const struct unit *u, str text, str where, struct compiler *out,
                      struct arena *a, uint32_t depth);

static bool is_archive(str text) { return zip_is(text) || unpack_looks_like_archive(text); }

// NOLINTNEXTLINE(misc-no-recursion): bounded by limits.nested
static void read_archive(struct import *im, const struct unit *u, str text, str where, struct compiler *out,
                         struct arena *a, uint32_t depth) {
    struct err e = {0};
    struct unpack *up;
    struct entry entry;
    if (depth >= im->c->limits.nested) {
        err_set(&e, ERR_LIMIT, where, _("archives nested deeper than %u"), im->c->limits.nested);
        refuse(im, u, out, &e);
        return;
    }
    if (!unpack_open_text(im->c, text, where, &up, &e)) {
        refuse(im, u, out, &e);
        return;
    }
    while (!im->failed && unpack_next(up, &entry, &e)) {
        struct arena_mark m = arena_mark(a);
        str inner, path = arena_printf(a, "%.*s!%.*s", STR_ARG(where), STR_ARG(entry.path));
        if (entry.kind == ENTRY_FILE && !entry.unsafe && unpack_read(up, a, &inner, &e))
            read_text(im, u, inner, path, out, a, depth + 1);
        arena_reset(a, m);
    }
    if (e.kind != ERR_NONE)
        refuse(im, u, out, &e);
    unpack_close(up);
}

// NOLINTNEXTLINE(misc-no-recursion): bounded by limits.nested
static void read_text(struct import *im, const struct unit *u, str text, str where, struct compiler *out,
                      struct arena *a, uint32_t depth) {
    struct err e = {0};
    if (is_archive(text))
        read_archive(im, u, text, where, out, a, depth);
    else if (!text_unpack(im->c, a, text, where, &text, &e))
        refuse(im, u, out, &e);
    else if (is_archive(text))
        read_archive(im, u, text, where, out, a, depth + 1);
    else
        read_document(im, u, text, where, out, a);
}

static void read_unit(struct import *im, const struct unit *u, struct compiler *out, struct arena *a) {
    struct err e = {0};
    str text = u->text, where = u->where;
    if (u->zip) {
        where = arena_printf(a, "%.*s!%.*s", STR_ARG(u->zip->where), STR_ARG(u->zip->v[u->entry].name));
        if (!zip_read(im->c, a, u->zip, u->entry, &text, &e)) {
            refuse(im, u, out, &e);
            return;
        }
    } else if (!text.p && !file_read(im->c, a, u->where, &text, &e)) {
        e.kind = u->named ? e.kind : ERR_INPUT; /* one unreadable file of a folder is that file's affair */
        refuse(im, u, out, &e);
        return;
    }
    read_text(im, u, text, where, out, a, im->depth);
}

/* ── rounds ── */

static void work(void *arg, size_t i, unsigned worker) {
    struct import *im = arg;
    if (i == 0) {
        if (im->pending)
            im->merge_ok = advdb_writer_merge(im->w, im->before, im->c->threads, im->counts, &im->merge_error);
        return;
    }
    struct compiler *out = im->now[worker];
    struct arena *a = arena_new();
    struct arena_mark start = arena_mark(a);
    uint32_t end = i < im->chunks.n ? im->chunks.v[i] : im->units.n;
    for (uint32_t u = im->chunks.v[i - 1]; u < end && !im->failed; u++) {
        read_unit(im, &im->units.v[u], out, a);
        arena_reset(a, start);
    }
    progress_add(im->progress, end - im->chunks.v[i - 1]);
    arena_free(a);
}

static bool take_counts(struct import *im, struct err *e) {
    for (unsigned t = 0; t < im->c->threads; t++) {
        struct compiler *k = im->before[t];
        im->counts->documents += k->documents;
        im->counts->skipped += k->skipped;
        im->counts->advisories += k->records.n;
        im->counts->unchanged += k->unchanged;
        k->documents = k->skipped = k->unchanged = 0;
        compiler_clear(k);
    }
    if (!im->merge_ok && e)
        *e = im->merge_error;
    return im->merge_ok;
}

/* Compiles the gathered units while the round before is merged. */
static bool run_round(struct import *im, struct err *e) {
    if (!im->units.n && !im->pending)
        return true;
    im->merge_ok = true;
    pool_run(im->c, (size_t)im->chunks.n + 1, work, im);
    bool ok = take_counts(im, e);
    struct compiler **merged = im->before;
    im->before = im->now;
    im->now = merged;
    im->pending = im->units.n > 0;
    arena_free(im->round);
    im->round = arena_new();
    im->units = (struct units){0};
    im->chunks = (struct starts){0};
    im->bytes = 0;
    im->budget = im->budget * 2 < ROUND_MOST ? im->budget * 2 : ROUND_MOST;
    if (ok && im->failed) {
        *e = im->error;
        return false;
    }
    return ok;
}

/* Chunks are cut by size, so that one core does not end up with the large ones. */
static void gather(struct import *im, struct unit u, uint64_t size) {
    if (im->chunks.n == 0 || im->bytes / CHUNK != (im->bytes + size) / CHUNK)
        *vec_push(im->round, &im->chunks) = im->units.n;
    *vec_push(im->round, &im->units) = u;
    im->bytes += size + 64;
}

static bool flush_if_full(struct import *im, struct err *e) { return im->bytes < im->budget || run_round(im, e); }

/* ── inputs ── */

static bool add_zip(struct import *im, str text, str where, uint32_t depth, struct err *e);

/* An archive we have no directory of: its entries come one after another. */
static bool add_stream(struct import *im, str text, str where, struct err *e) {
    struct unpack *up;
    struct entry entry;
    if (!unpack_open_text(im->c, text, where, &up, e))
        return false;
    bool ok = true;
    while (ok && unpack_next(up, &entry, e)) {
        if (entry.kind != ENTRY_FILE || entry.unsafe)
            continue;
        struct unit u = {.where = arena_printf(im->round, "%.*s!%.*s", STR_ARG(where), STR_ARG(entry.path))};
        ok = unpack_read(up, im->round, &u.text, e);
        if (ok)
            gather(im, u, u.text.n);
        ok = ok && flush_if_full(im, e);
    }
    unpack_close(up);
    return ok && e->kind == ERR_NONE;
}

// NOLINTNEXTLINE(misc-no-recursion): bounded by limits.nested
static bool add_inner_zip(struct import *im, const struct zip *z, uint32_t i, uint32_t depth, struct err *e) {
    struct arena *a = arena_new();
    str text, where = arena_printf(a, "%.*s!%.*s", STR_ARG(z->where), STR_ARG(z->v[i].name));
    bool ok = depth + 1 < im->c->limits.nested ||
              err_set(e, ERR_LIMIT, where, _("archives nested deeper than %u"), im->c->limits.nested);
    if (ok && !zip_read(im->c, a, z, i, &text, e)) { /* one damaged entry; the others are read */
        ctx_warn_err(im->c, e);
        *e = (struct err){0};
        im->counts->skipped++;
    } else if (ok) {
        ok = add_zip(im, text, where, depth + 1, e);
    }
    arena_free(a);
    return ok;
}

/* Units point into the archive's text: the round is finished before the text goes. */
// NOLINTNEXTLINE(misc-no-recursion): bounded by limits.nested
static bool add_zip(struct import *im, str text, str where, uint32_t depth, struct err *e) {
    struct arena *a = arena_new();
    struct zip *z = arena_new_of(a, struct zip);
    bool plain, ok = zip_open(im->c, a, text, where, z, &plain, e);
    if (ok && !plain)
        ok = add_stream(im, text, where, e);
    for (uint32_t i = 0; ok && i < z->n; i++) {
        str name = z->v[i].name;
        if (name.n == 0 || name.p[name.n - 1] == '/')
            continue;
        if (str_iends(name, S(".zip"))) {
            ok = run_round(im, e) && add_inner_zip(im, z, i, depth, e);
            continue;
        }
        im->depth = depth + 1;
        gather(im, (struct unit){.zip = z, .entry = i}, z->v[i].size);
        ok = flush_if_full(im, e);
    }
    ok = ok && run_round(im, e);
    arena_free(a);
    return ok;
}

static bool add_file(struct import *im, str path, bool named, struct err *e) {
    struct arena *a = arena_new();
    str text;
    bool ok = true;
    struct stat st;
    int found = stat(arena_cstr(a, path), &st);
    if (str_is(path, "-") || (found == 0 && !S_ISREG(st.st_mode))) {
        ok = file_read(im->c, im->round, path, &text, e);
        if (ok)
            gather(im, (struct unit){.where = arena_str(im->round, path), .text = text, .named = named}, text.n);
    } else if (!file_map(a, path, &text, e)) {
        if (e->kind == ERR_ENV && found != 0)
            e->kind = ERR_INPUT;
        ok = !named;
        if (ok)
            ctx_warn_err(im->c, e);
        im->counts->skipped++;
        *e = ok ? (struct err){0} : *e;
    } else if (zip_is(text)) {
        im->depth = 0;
        ok = add_zip(im, text, path, 0, e);
    } else if (unpack_looks_like_archive(text)) {
        im->depth = 1;
        ok = add_stream(im, text, path, e) && run_round(im, e);
    } else {
        im->depth = 0;
        gather(im, (struct unit){.where = arena_str(im->round, path), .named = named}, (uint64_t)st.st_size);
    }
    arena_free(a);
    return ok && flush_if_full(im, e);
}

static int name_order(const void *x, const void *y) { return str_cmp(*(const str *)x, *(const str *)y); }

static bool worth_reading(str name) {
    static const char *const ends[] = {".json", ".xml", ".csv", ".zip", ".gz",   ".zst",
                                       ".xz",   ".bz2", ".tgz", ".tar", ".jsonl"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_iends(name, str_of(ends[i])))
            return true;
    return false;
}

// NOLINTNEXTLINE(misc-no-recursion): bounded by FOLDERS_DEEP
static bool add_folder(struct import *im, str path, uint32_t deep, struct err *e) {
    struct arena *a = arena_new();
    VEC(str) names = {0};
    DIR *dir = opendir(arena_cstr(a, path));
    if (!dir) {
        err_errno(e, path, _("cannot open the folder"));
        arena_free(a);
        if (deep == 0)
            return false;
        ctx_warn_err(im->c, e);
        *e = (struct err){0};
        return true;
    }
    for (struct dirent *d; (d = readdir(dir)) != NULL && names.n < im->c->limits.entries;)
        if (d->d_name[0] != '.')
            *vec_push(a, &names) = arena_str(a, str_of(d->d_name));
    closedir(dir);
    if (names.n)
        qsort(names.v, names.n, sizeof *names.v, name_order);
    bool ok = true;
    for (uint32_t i = 0; i < names.n && ok; i++) {
        str child = path_join(a, path, names.v[i]);
        struct stat st;
        if (lstat(arena_cstr(a, child), &st) != 0)
            continue;
        if (S_ISDIR(st.st_mode) && deep < FOLDERS_DEEP)
            ok = add_folder(im, child, deep + 1, e);
        else if (S_ISREG(st.st_mode) && worth_reading(names.v[i]))
            ok = add_file(im, child, false, e);
    }
    arena_free(a);
    return ok;
}

static bool add_inputs(struct import *im, const str *inputs, uint32_t n, struct err *e) {
    for (uint32_t i = 0; i < n; i++) {
        bool ok = path_is_dir(inputs[i]) ? add_folder(im, inputs[i], 0, e) : add_file(im, inputs[i], true, e);
        if (!ok)
            return false;
    }
    bool compiled = run_round(im, e);
    return compiled && run_round(im, e); /* the last round has nothing to compile, it merges */
}

/* ── the file ── */

/* Two imports at once would lose one's work: the second waits for the first. The lock is on the folder, so that
 * nothing lies about afterwards. */
static int lock_folder(str path) {
    char name[PATH_MAX];
    str dir = path_dir(path);
    snprintf(name, sizeof name, "%.*s", STR_ARG(dir));
    int fd = open(dir.n ? name : path.n && path.p[0] == '/' ? "/" : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0 && flock(fd, LOCK_EX) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

/* Copies that an import ended by force left behind. Whoever writes one holds the lock, so now nobody does. */
static void sweep(int folder, str path) {
    str base = path_base(path);
    int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    if (!d && fd >= 0)
        close(fd);
    for (struct dirent *at; d && (at = readdir(d));) {
        str name = str_of(at->d_name);
        if (str_starts(name, base) && str_starts(str_from(name, base.n), S(".new-")) && name.n == base.n + 11)
            unlinkat(folder, at->d_name, 0);
    }
    if (d)
        closedir(d);
}

static bool copy_old(struct ctx *c, str path, const struct file_new *f, struct err *e) {
    struct arena *a = arena_new();
    str old;
    bool ok = true;
    (void)c;
    if (path_exists(path)) {
        ok = file_map(a, path, &old, e) && fd_write_all(f->fd, old, path, e);
    }
    arena_free(a);
    return ok;
}

static struct compiler **compilers_new(unsigned n) {
    struct compiler **v = calloc(n, sizeof *v);
    for (unsigned i = 0; v && i < n; i++) {
        v[i] = malloc(sizeof **v);
        if (!v[i])
            abort();
        compiler_init(v[i]);
    }
    if (!v)
        abort();
    return v;
}
static void compilers_free(struct compiler **v, unsigned n) {
    for (unsigned i = 0; i < n; i++) {
        compiler_free(v[i]);
        free(v[i]);
    }
    free(v);
}

/* Files and folders, or what somebody else compiled. */
struct inputs {
    const str *v;
    uint32_t n;
    const struct compiled_source *source;
};

static bool merge_compiled(struct ctx *c, str temporary, const struct compiled_source *from, struct import_result *out,
                           struct err *e) {
    struct advdb_writer *w;
    struct compiler k, *const all = &k;
    bool more = true, ok = advdb_writer_open(c, temporary, &w, e);
    if (!ok)
        return false;
    compiler_init(&k);
    while (ok && more) {
        ok = from->next(from->arg, &k, &more, e) && advdb_writer_merge(w, &all, 1, out, e);
        out->documents += k.documents;
        out->advisories += k.records.n;
        k.documents = 0;
        compiler_clear(&k);
    }
    ok = ok && advdb_writer_finish(w, e);
    compiler_free(&k);
    advdb_writer_close(w);
    return ok;
}

static bool import_into(struct ctx *c, str temporary, const struct inputs *in, struct import_result *out,
                        struct err *e) {
    struct import im = {.c = c, .counts = out, .budget = ROUND_FIRST};
    if (in->source)
        return merge_compiled(c, temporary, in->source, out, e);
    if (!advdb_writer_open(c, temporary, &im.w, e))
        return false;
    pthread_mutex_init(&im.lock, NULL);
    im.round = arena_new();
    im.now = compilers_new(c->threads);
    im.before = compilers_new(c->threads);
    im.progress = progress_begin(c, _("advisories"), 0);
    bool ok = add_inputs(&im, in->v, in->n, e) && advdb_writer_finish(im.w, e);
    progress_end(im.progress);
    compilers_free(im.now, c->threads);
    compilers_free(im.before, c->threads);
    arena_free(im.round);
    pthread_mutex_destroy(&im.lock);
    advdb_writer_close(im.w);
    return ok;
}

static bool rewrite(struct ctx *c, str db_path, const struct inputs *in, struct import_result *out, struct err *e) {
    struct file_new f;
    struct err own = {0};
    e = e ? e : &own;
    *out = (struct import_result){0};
    int lock = lock_folder(db_path);
    if (lock >= 0)
        sweep(lock, db_path);
    bool ok = file_new_open(&f, db_path, e) && copy_old(c, db_path, &f, e) &&
              import_into(c, str_of(f.temporary), in, out, e) && file_new_commit(&f, e);
    if (!ok && str_eq(str_of(e->where), str_of(f.temporary)))
        snprintf(e->where, sizeof e->where, "%.*s", STR_ARG(db_path));
    file_new_abandon(&f);
    if (lock >= 0)
        close(lock);
    return ok;
}

bool advdb_import(struct ctx *c, str db_path, const str *inputs, uint32_t n, struct import_result *out, struct err *e) {
    return rewrite(c, db_path, &(struct inputs){.v = inputs, .n = n}, out, e);
}

bool advdb_import_compiled(struct ctx *c, str db_path, const struct compiled_source *from, struct import_result *out,
                           struct err *e) {
    return rewrite(c, db_path, &(struct inputs){.source = from}, out, e);
}

void advdb_compile(struct ctx *c, str text, str where, const struct compile_plan *plan) {
    struct import im = {.c = c, .plan = plan};
    struct arena *a = arena_new();
    struct compiler k;
    const struct unit whole = {.where = where, .text = text, .named = true};
    const struct unit entry = {.where = where, .text = text};
    compiler_init(&k);
    read_text(&im, is_archive(text) ? &entry : &whole, text, where, &k, a, 0);
    plan->finished(plan->arg, &k);
    compiler_free(&k);
    arena_free(a);
}
