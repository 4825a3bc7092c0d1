/* SPDX-License-Identifier: Apache-2.0 */
#include "collect/collect.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/pool.h"
#include "collect/run.h"

/* ── for detectors ── */

struct ctx *collect_ctx(struct collect *c) {
    return c->run->ctx;
}

static const struct sbom_hash *copy_hashes(struct arena *a, const struct sbom_hash *from, uint32_t n) {
    struct sbom_hash *to = arena_array(a, struct sbom_hash, n);
    for (uint32_t i = 0; i < n; i++)
        to[i] = (struct sbom_hash){arena_str(a, from[i].alg), arena_lower(a, from[i].hex)};
    return to;
}

/* Takes user and password out of addresses: a lock file may hold the key to a private registry, and an SBOM is for
 * others. The name alone of an ssh address ("git@") is no secret and part of the address. */
static str without_secrets(struct arena *a, str s) {
    if (str_find(s, S("://")) == STR_NONE || str_chr(s, '@') == STR_NONE)
        return s;
    struct buf b = {0};
    for (size_t at; (at = str_find(s, S("://"))) != STR_NONE;) {
        bool ssh = at >= 3 && str_is(str_n(s.p + at - 3, 3), "ssh");
        size_t end = at + 3, user = STR_NONE, colon = STR_NONE;
        for (; end < s.n && !memchr("/?# \t\r\n\"'<>", s.p[end], 11); end++) {
            if (s.p[end] == '@')
                user = end;
            if (s.p[end] == ':' && user == STR_NONE && colon == STR_NONE)
                colon = end;
        }
        buf_add(&b, str_upto(s, at + 3));
        if (ssh && user != STR_NONE)
            buf_addf(&b, "%.*s@", STR_ARG(str_n(s.p + at + 3, (colon != STR_NONE ? colon : user) - at - 3)));
        s = str_from(s, user == STR_NONE ? at + 3 : user + 1);
        size_t host = user == STR_NONE ? end - at - 3 : end - user - 1;
        buf_add(&b, str_upto(s, host));
        s = str_from(s, host);
    }
    buf_add(&b, s);
    s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

static const struct sbom_property *copy_properties(struct arena *a, const struct sbom_property *from, uint32_t n) {
    struct sbom_property *to = arena_array(a, struct sbom_property, n);
    for (uint32_t i = 0; i < n; i++)
        to[i] = (struct sbom_property){arena_str(a, from[i].name), arena_str(a, without_secrets(a, from[i].value))};
    return to;
}

/* The canonical purl, and the parts it has. */
static str purl_of(struct arena *a, const struct find *f) {
    struct purl p;
    struct err e = {0};
    if (f->purl.n)
        return purl_parse(a, f->purl, &p, &e) ? purl_text(a, &p) : (str){NULL, 0};
    if (!f->type || !f->name.n)
        return (str){NULL, 0};
    struct purl_qualifier *q = arena_array(a, struct purl_qualifier, f->n_qualifiers);
    for (uint32_t i = 0; i < f->n_qualifiers; i++)
        q[i] = (struct purl_qualifier){f->qualifiers[i].key, without_secrets(a, f->qualifiers[i].value)};
    return purl_make_q(a, f->type, f->ns, without_secrets(a, f->name), f->version, q, f->n_qualifiers);
}

void collect_find(struct collect *c, const struct find *f) {
    struct arena *a = c->keep;
    struct kept_find k = {.f = *f, .purl = purl_of(a, f)};
    str *texts[] = {&k.f.ns,       &k.f.name,        &k.f.version,   &k.f.licence, &k.f.supplier, &k.f.homepage,
                    &k.f.download, &k.f.description, &k.f.copyright, &k.f.cpe,     &k.f.author,   &k.f.key};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = texts[i]->n ? arena_str(a, without_secrets(a, *texts[i])) : (str){NULL, 0};
    if (!k.f.name.n && k.purl.n) {
        struct purl p;
        if (purl_parse(a, k.purl, &p, NULL)) {
            k.f.ns = p.ns;
            k.f.name = p.name;
            k.f.version = p.version;
        }
    }
    if (!k.f.name.n) {
        collect_unidentified(c, f->purl.n ? f->purl : S("?"), str_of(_("it has no name")));
        return;
    }
    k.f.purl = k.purl;
    k.f.qualifiers = NULL;
    k.f.n_qualifiers = 0;
    k.f.hashes = copy_hashes(a, f->hashes, f->n_hashes);
    k.f.properties = copy_properties(a, f->properties, f->n_properties);
    *vec_push(a, &c->report->finds) = k;
}

void collect_edge(struct collect *c, str from, str to) {
    if (from.n && to.n)
        *vec_push(c->keep, &c->report->edges) = (struct edge){arena_str(c->keep, from), arena_str(c->keep, to)};
}

void collect_unidentified(struct collect *c, str what, str why) {
    *vec_push(c->keep, &c->report->unnamed) = (struct unnamed){arena_str(c->keep, without_secrets(c->keep, what)),
                                                               arena_str(c->keep, why)};
}

static bool own(struct collect *c, str key, str path) {
    if (!map_find(&c->run->paths, path))
        return false;
    *vec_push(c->keep, &c->report->owned) = (struct owned){arena_str(c->keep, key), arena_str(c->keep, path)};
    return true;
}

/* One path after another in one buffer; "" when it does not fit. A package database names every file of a system, so
 * this is no place for printf. */
static str join_path(char *to, size_t room, str root, const char *between, str path) {
    size_t n = strlen(between);
    if (root.n + n + path.n >= room)
        return S("");
    if (root.n)
        memcpy(to, root.p, root.n);
    memcpy(to + root.n, between, n);
    if (path.n)
        memcpy(to + root.n + n, path.p, path.n);
    return str_n(to, root.n + n + path.n);
}

/* Only paths somebody looks at matter: of the 100,000 files of a system, a few hundred. Databases of systems with a
 * merged /usr may still say /lib where the tree says /usr/lib. */
void collect_owns(struct collect *c, str key, str fs_root, str path) {
    char room[4200];
    while (path.n && path.p[0] == '/')
        path = str_from(path, 1);
    str full = fs_root.n ? join_path(room, sizeof room, fs_root, "/", path) : path;
    if (!full.n || own(c, key, full))
        return;
    if (!str_starts(path, S("lib")) && !str_starts(path, S("bin/")) && !str_starts(path, S("sbin/")))
        return;
    str merged = join_path(room, sizeof room, fs_root, fs_root.n ? "/usr/" : "usr/", path);
    if (merged.n)
        own(c, key, merged);
}

str collect_fs_root(const struct found_file *f, const char *db) {
    str path = str_from(f->path, f->source->prefix.n), tail = str_of(db);
    size_t at = STR_NONE;
    for (size_t i = 0; i + tail.n <= path.n; i++)
        if ((i == 0 || path.p[i - 1] == '/') && str_starts(str_from(path, i), tail))
            at = i;
    return at == STR_NONE || at == 0 ? S("") : str_upto(path, at - 1);
}

/* What editors of some systems put before a text: a byte order mark; UTF-16 becomes UTF-8. No binary format any
 * detector reads begins so. */
static str unmarked(struct arena *a, str bytes) {
    bool marked = str_starts(bytes, S("\xEF\xBB\xBF")) || str_starts(bytes, S("\xFF\xFE")) ||
                  str_starts(bytes, S("\xFE\xFF"));
    return marked ? text_utf8(a, bytes) : bytes;
}

bool collect_open(struct collect *c, const struct found_file *f, str path, struct arena *a, str *bytes, struct err *e) {
    struct err own;
    struct err *to = e ? e : &own;
    /* f->path carries the prefix of an archive; the source knows its members without it. */
    str inside = str_from(f->path, f->source->prefix.n), clean;
    (void)c;
    to->kind = ERR_NONE;
    if (path.n && path.p[0] == '/')
        clean = path_clean(a, str_from(path, 1));
    else
        clean = path_clean(a, path_join(a, path_dir(inside), path));
    if (!clean.n || !source_read(f->source, clean, a, bytes, to))
        return false;
    *bytes = unmarked(a, *bytes);
    return true;
}

bool collect_nested(struct collect *c, const struct found_file *f, str bytes, struct err *e) {
    struct arena *a = arena_new();
    struct source *s = NULL;
    struct report *mine = c->report;
    bool ok = source_open_nested(f->source, a, bytes, arena_cat(a, f->path, S("!")), &s, e);
    for (uint32_t i = 0; s && i < s->candidates.n; i++) {
        struct candidate *cand = &s->candidates.v[i];
        /* What a library declares for those who build it again is not what the archive holds; jar.c reads the rest. */
        if (str_starts(cand->file.path, S("META-INF/maven/")))
            continue;
        struct arena *scratch = arena_new();
        struct err inner = {0};
        str member;
        cand->file.layer = f->layer;
        if (!source_take(s, cand, scratch, &member, &inner))
            ctx_warn_err(c->run->ctx, &inner);
        else if (member.p)
            run_read(c, cand, member, scratch);
        arena_free(scratch);
    }
    source_close(s);
    arena_free(a);
    c->report = mine;
    return ok;
}

void collect_inside(struct collect *c, const struct found_file *f, str bytes) {
    struct err e = {0};
    if (collect_nested(c, f, bytes, &e))
        return;
    ctx_warn_err(c->run->ctx, &e);
    atomic_fetch_add(&c->run->malformed, 1);
}

/* ── one file ── */

static void read_failed(struct collect *c, struct report *r, str path, const struct err *e) {
    struct err w = *e;
    if (w.kind == ERR_NONE)
        err_set(&w, ERR_INPUT, path, _("the file is malformed"));
    if (!w.where[0])
        err_within(&w, path);
    ctx_warn_err(c->run->ctx, &w);
    atomic_fetch_add(&c->run->malformed, 1);
    r->finds.n = r->edges.n = r->unnamed.n = r->owned.n = 0;
}

static void too_large(struct collect *c, str path) {
    ctx_warn(c->run->ctx, path, _("larger than the %zu MiB a document may have"), c->run->ctx->limits.file >> 20);
    atomic_fetch_add(&c->run->malformed, 1);
}

void run_read(struct collect *c, const struct candidate *cand, str bytes, struct arena *scratch) {
    struct found_file f = cand->file;
    f.path = f.source->prefix.n ? arena_cat(scratch, f.source->prefix, f.path) : f.path;
    f.size = bytes.n;
    if (bytes.n <= c->run->ctx->limits.file)
        bytes = unmarked(scratch, bytes);
    for (uint8_t i = 0; i < cand->claims.n; i++) {
        const struct detector *d = matcher_detector(c->run->matcher, cand->claims.by[i]);
        struct report *r = arena_new_of(c->keep, struct report);
        struct err e = {0};
        if (!d->pieces && bytes.n > c->run->ctx->limits.file) {
            too_large(c, f.path);
            continue;
        }
        r->detector = d;
        r->path = arena_str(c->keep, f.path);
        r->layer = arena_str(c->keep, f.layer);
        *c->tail = r;
        c->tail = &r->next;
        c->report = r;
        if (!d->read(c, &f, bytes, scratch, &e))
            read_failed(c, r, f.path, &e);
    }
}

/* ── the run ── */

/* Two rounds. The first reads every file; the second, once the package databases have said what they own, what of it
 * is left for detectors that only look at files nobody owns: of a whole system next to nothing. */
struct job {
    uint64_t size; /* 0: not known by name */
    uint32_t at;   /* index of the candidate */
};
struct jobs {
    struct run *run;
    struct arena **keep; /* per worker */
    struct report **first;
    struct job *order;      /* what takes long comes first, so that no thread is left alone with it */
    struct claims *waiting; /* of the second round, per candidate */
    bool second;
    struct progress *progress;
};

static void list_file(struct sbom_file *to, struct arena *a, str path, str bytes) {
    static const enum digest kinds[] = {DIGEST_SHA1, DIGEST_SHA256};
    to->path = arena_str(a, path);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        *vec_push(a, &to->hashes) = (struct sbom_hash){str_of(digest_name(kinds[i])), digest_hex(a, kinds[i], bytes)};
}

/* Takes out of `now` what waits for the second round. */
static void wait_for_owners(const struct matcher *m, struct claims *now, struct claims *later) {
    struct claims all = *now;
    now->n = later->n = 0;
    for (uint8_t i = 0; i < all.n; i++) {
        struct claims *to = matcher_detector(m, all.by[i])->of_unowned ? later : now;
        to->by[to->n++] = all.by[i];
    }
}

/* Whom the candidate is offered to in this round, before it is opened; false: to nobody. */
static bool begin_round(struct jobs *j, struct candidate *cand, struct claims *later) {
    if (j->second) {
        cand->claims = *later;
        cand->put_off = false;
        return true;
    }
    cand->put_off = !j->run->files;
    if (!cand->claims.n || j->run->files)
        return !cand->sniffed || j->run->files;
    wait_for_owners(j->run->matcher, &cand->claims, later);
    return cand->claims.n > 0;
}

static void offer(struct jobs *j, struct collect *c, size_t at, struct candidate *cand, str bytes,
                  struct arena *scratch) {
    if (j->run->files && !j->second)
        list_file(&j->run->files[at], c->keep, cand->file.path, bytes);
    if (!j->second && !j->waiting[at].n) /* its head may have brought more */
        wait_for_owners(j->run->matcher, &cand->claims, &j->waiting[at]);
    if (cand->claims.n)
        run_read(c, cand, bytes, scratch);
}

static void one_job(void *arg, size_t i, unsigned worker) {
    struct jobs *j = arg;
    struct source *s = j->run->source;
    uint32_t at = j->order[i].at;
    struct candidate *cand = &s->candidates.v[at];
    if (!begin_round(j, cand, &j->waiting[at]))
        return;
    struct arena *scratch = arena_new();
    struct collect c = {.run = j->run, .keep = j->keep[worker], .tail = &j->first[at]};
    struct err e = {0};
    str bytes;
    while (*c.tail)
        c.tail = &(*c.tail)->next;
    if (!source_take(s, cand, scratch, &bytes, &e)) {
        ctx_warn_err(j->run->ctx, &e);
        atomic_fetch_add(&j->run->malformed, 1);
    } else if (bytes.p) {
        offer(j, &c, at, cand, bytes, scratch);
    } else if (!j->second && cand->claims.n) {
        j->waiting[at] = cand->claims; /* put off */
    }
    arena_free(scratch);
    progress_add(j->progress, !j->second);
}

/* What is known by name stands before what has to be looked into, and of that the largest first. */
static int job_order(const void *x, const void *y) {
    const struct job *a = x, *b = y;
    return a->size != b->size ? (a->size < b->size ? 1 : -1) : a->at < b->at ? -1 : a->at > b->at;
}

static void free_arena(void *arena) { arena_free(arena); }

static void read_all(struct jobs *j, struct arena *tmp) {
    const struct source *s = j->run->source;
    uint32_t n = s->candidates.n, left = 0;
    j->order = arena_array(tmp, struct job, n + 1);
    j->waiting = arena_array(tmp, struct claims, n + 1);
    for (uint32_t i = 0; i < n; i++)
        j->order[i] = (struct job){s->candidates.v[i].claims.n ? s->candidates.v[i].file.size + 1 : 0, i};
    qsort(j->order, n, sizeof *j->order, job_order);
    pool_run(j->run->ctx, n, one_job, j);
    run_index_owners(j->run, tmp, j->first, n);
    for (uint32_t i = 0; i < n; i++)
        if (j->waiting[i].n && !map_find(&j->run->owners, s->candidates.v[i].file.path))
            j->order[left++].at = i;
    j->second = true;
    pool_run(j->run->ctx, left, one_job, j);
}

static struct sbom *run_all(struct run *run, struct arena *tmp, struct arena *a, str path,
                            const struct collect_options *o) {
    struct ctx *c = run->ctx;
    struct source *s = run->source;
    struct jobs j = {.run = run, .first = arena_array(tmp, struct report *, s->candidates.n + 1)};
    j.keep = arena_array(tmp, struct arena *, c->threads);
    for (unsigned i = 0; i < c->threads; i++) {
        j.keep[i] = arena_new();
        arena_defer(tmp, free_arena, j.keep[i]);
    }
    if (o->files)
        run->files = arena_array(tmp, struct sbom_file, s->candidates.n + 1);
    map_init(&run->paths, tmp);
    for (uint32_t i = 0; i < s->candidates.n; i++)
        map_put(&run->paths, s->candidates.v[i].file.path, NULL);
    j.progress = progress_begin(c, _("files read"), s->candidates.n);
    read_all(&j, tmp);
    progress_end(j.progress);
    return run_join(run, a, j.first, s->candidates.n, path, o);
}

/* text absent: what lies at path. */
static bool collect_any(struct ctx *c, struct arena *a, str path, str text, const struct collect_options *o,
                        struct sbom **out, struct err *e) {
    struct arena *tmp = arena_new(); /* what is only needed meanwhile */
    struct matcher *m = NULL;
    struct run run = {.ctx = c, .distro_arena = arena_new()};
    pthread_mutex_init(&run.distro_lock, NULL);
    map_init(&run.distros, run.distro_arena);
    bool ok = detector_table_new(tmp, detectors, o->only, o->skip, &m, e);
    run.matcher = m;
    if (ok)
        ok = text.p ? source_open_text(c, tmp, m, path, text, &run.source, e)
                    : source_open(c, tmp, m, path, o->files, &run.source, e);
    if (ok)
        *out = run_all(&run, tmp, a, path, o);
    unsigned malformed = (unsigned)atomic_load(&run.malformed);
    if (ok && o->strict && malformed)
        ok = err_set(e, ERR_INPUT, path,
                     msg_n("%u file could not be read (see the warning)",
                           "%u files could not be read (see the warnings)", malformed),
                     malformed);
    source_close(run.source);
    pthread_mutex_destroy(&run.distro_lock);
    arena_free(run.distro_arena);
    arena_free(tmp);
    return ok;
}

bool collect_run(struct ctx *c, struct arena *a, str path, const struct collect_options *o, struct sbom **out,
                 struct err *e) {
    return collect_any(c, a, path, (str){NULL, 0}, o, out, e);
}

bool collect_text(struct ctx *c, struct arena *a, str path, str text, const struct collect_options *o,
                  struct sbom **out, struct err *e) {
    return collect_any(c, a, path, text.p ? text : S(""), o, out, e);
}
