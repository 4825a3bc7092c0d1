/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/fetch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/http.h"

enum { ATTEMPTS = 3 };

struct names {
    str body, meta, part, part_meta;
};
/* What the server said of a file; both may be absent. */
struct stamp {
    str etag, modified;
};
struct transfer {
    struct ctx *c;
    struct arena *a;
    const struct fetch_options *o;
    str url;
    struct names names;
    struct stamp stamp; /* of this answer */
    struct http *http;
    int fd;
    uint64_t got; /* bytes of the part that go on */
    VEC(struct http_header) asks;
};

/* ── the folder ── */

static struct names names_of(struct arena *a, const struct fetch_options *o, str url) {
    str stem = path_join(a, o->folder, str_upto(digest_hex(a, DIGEST_SHA256, url), 24));
    return (struct names){arena_cat(a, stem, S(".body")), arena_cat(a, stem, S(".meta")),
                          arena_cat(a, stem, S(".part")), arena_cat(a, stem, S(".part-meta"))};
}

static struct stamp stamp_read(struct transfer *t, str path) {
    str text, line;
    struct stamp s = {{NULL, 0}, {NULL, 0}};
    if (!path_exists(path) || !file_read(t->c, t->a, path, &text, NULL))
        return s;
    while (str_line(&text, &line)) {
        if (str_starts(line, S("etag ")))
            s.etag = str_from(line, 5);
        else if (str_starts(line, S("modified ")))
            s.modified = str_from(line, 9);
    }
    return s;
}

static bool stamp_write(struct transfer *t, str path, struct err *e) {
    struct buf b = {0};
    buf_addf(&b, "url %.*s\n", STR_ARG(http_shown(t->a, t->url)));
    if (t->stamp.etag.n)
        buf_addf(&b, "etag %.*s\n", STR_ARG(t->stamp.etag));
    if (t->stamp.modified.n)
        buf_addf(&b, "modified %.*s\n", STR_ARG(t->stamp.modified));
    bool ok = file_replace(path, buf_str(&b), e);
    buf_free(&b);
    return ok;
}

static void drop(struct transfer *t, str path) { unlink(arena_cstr(t->a, path)); }

void fetch_forget(struct arena *a, const struct fetch_options *o, str url) {
    unlink(arena_cstr(a, names_of(a, o, url).meta));
}

/* ── the transfer ── */

/* Opens the part when a good answer comes: 206 goes on with it, 200 starts again. */
static bool open_part(void *of, const struct http_answer *r, int *into, struct err *e) {
    struct transfer *t = of;
    bool again = r->status != 206;
    t->stamp = (struct stamp){http_header_of(r, "etag"), http_header_of(r, "last-modified")};
    t->fd = open(arena_cstr(t->a, t->names.part), O_WRONLY | O_CREAT | O_CLOEXEC | (again ? O_TRUNC : O_APPEND), 0644);
    if (t->fd < 0)
        return err_errno(e, t->names.part, _("cannot create a file here"));
    *into = t->fd;
    return !again || stamp_write(t, t->names.part_meta, e);
}

static void ask(struct transfer *t, const char *name, str value) {
    *vec_push(t->a, &t->asks) = (struct http_header){str_of(name), value};
}

/* A part goes on only if the server can tell that it is still the same file. */
static void ask_conditions(struct transfer *t) {
    struct stat st;
    struct stamp part = stamp_read(t, t->names.part_meta), body = stamp_read(t, t->names.meta);
    str same = part.etag.n && !str_starts(part.etag, S("W/")) ? part.etag : part.modified;
    t->asks.n = 0;
    if (same.n && stat(arena_cstr(t->a, t->names.part), &st) == 0 && st.st_size > 0) {
        t->got = (uint64_t)st.st_size;
        ask(t, "Range", arena_printf(t->a, "bytes=%llu-", (unsigned long long)t->got));
        ask(t, "If-Range", same);
        return;
    }
    if (path_exists(t->names.body) && body.etag.n)
        ask(t, "If-None-Match", body.etag);
    if (path_exists(t->names.body) && body.modified.n)
        ask(t, "If-Modified-Since", body.modified);
}

/* The whole is there: the part becomes the body, and what was said of it is remembered. */
static bool keep(struct transfer *t, struct err *e) {
    bool ok = fsync(t->fd) == 0 || err_errno(e, t->names.part, _("cannot write"));
    close(t->fd);
    t->fd = -1;
    drop(t, t->names.meta); /* a body without a meta is fetched again; the reverse would be believed */
    if (ok && rename(arena_cstr(t->a, t->names.part), arena_cstr(t->a, t->names.body)) != 0)
        ok = err_errno(e, t->names.body, _("cannot replace the file"));
    ok = ok && stamp_write(t, t->names.meta, e);
    drop(t, t->names.part_meta);
    return ok;
}

enum outcome { DONE, AGAIN, FAILED };

static enum outcome refuse(struct transfer *t, enum http_failure why, struct err *e) {
    if (why == HTTP_TOO_LARGE) {
        drop(t, t->names.part);
        return t->got ? AGAIN : FAILED; /* behind a part of another file there was less room than it may have */
    }
    if (why != HTTP_STOPPED)
        err_hint(e, "%s", _("check the address, the network and the proxy (https_proxy); what is there stays in use"));
    return why == HTTP_NO_ANSWER && !ctx_ending(t->c) ? AGAIN : FAILED;
}

static enum outcome refuse_status(struct transfer *t, int status, struct err *e) {
    err_set(e, ERR_ENV, http_shown(t->a, t->url), _("the server answers with HTTP status %ld"), (long)status);
    if (status == 416) { /* our part is not a part of what is there */
        drop(t, t->names.part);
        drop(t, t->names.part_meta);
        return AGAIN;
    }
    return status >= 500 || status == 429 ? AGAIN : FAILED;
}

static enum outcome attempt(struct transfer *t, struct fetched *out, struct err *e) {
    struct http_answer r;
    t->fd = -1;
    t->got = 0;
    ask_conditions(t);
    uint64_t most = t->o->most ? t->o->most : t->c->limits.unpacked;
    struct http_request q = {.url = t->url,
                             .headers = t->asks.v,
                             .n_headers = t->asks.n,
                             .most = most > t->got ? most - t->got : 1,
                             .idle = t->o->idle,
                             .gives_up = true,
                             .begin = open_part,
                             .of = t};
    enum outcome end = DONE;
    if (!http_do(t->http, t->a, &q, &r, e))
        end = refuse(t, r.failure, e);
    else if (r.status == 304)
        out->changed = false;
    else if (r.status == 200 || r.status == 206)
        end = keep(t, e) ? (out->changed = true, DONE) : FAILED;
    else
        end = refuse_status(t, r.status, e);
    if (t->fd >= 0)
        close(t->fd);
    return end;
}

bool fetch(struct ctx *c, struct arena *a, const struct fetch_options *o, str url, struct fetched *out, struct err *e) {
    struct transfer t = {.c = c, .a = a, .o = o, .url = url, .names = names_of(a, o, url)};
    *out = (struct fetched){.path = t.names.body};
    if (!http_open(c, &t.http, e))
        return err_hint(e, "%s", _("install libcurl (libcurl4), or fetch by hand and use `akashi db import`"));
    enum outcome end = AGAIN;
    for (uint32_t i = 0; i < (o->attempts ? o->attempts : ATTEMPTS) && end == AGAIN; i++)
        end = attempt(&t, out, e);
    http_close(t.http);
    return end == DONE;
}
