/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/fetch.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/digest.h"

/* libcurl brings some twenty-five libraries along, which would cost every start of the program more than a scan takes:
 * it is loaded when something is to be fetched. */
struct curl_calls {
    CURLcode (*global_init)(long);
    void (*global_cleanup)(void);
    CURL *(*init)(void);
    CURLcode (*setopt)(CURL *, CURLoption, ...);
    CURLcode (*getinfo)(CURL *, CURLINFO, ...);
    CURLcode (*perform)(CURL *);
    void (*cleanup)(CURL *);
    const char *(*strerror)(CURLcode);
    struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
    void (*slist_free_all)(struct curl_slist *);
};

static bool load(void *lib, const char *name, void *to) {
    void *p = dlsym(lib, name);
    memcpy(to, &p, sizeof p); /* ISO C has no cast between the two kinds of pointers */
    return p != NULL;
}

static bool load_all(void *lib, struct curl_calls *k) {
    return load(lib, "curl_global_init", &k->global_init) && load(lib, "curl_global_cleanup", &k->global_cleanup) &&
           load(lib, "curl_easy_init", &k->init) && load(lib, "curl_easy_setopt", &k->setopt) &&
           load(lib, "curl_easy_getinfo", &k->getinfo) && load(lib, "curl_easy_perform", &k->perform) &&
           load(lib, "curl_easy_cleanup", &k->cleanup) && load(lib, "curl_easy_strerror", &k->strerror) &&
           load(lib, "curl_slist_append", &k->slist_append) && load(lib, "curl_slist_free_all", &k->slist_free_all);
}

enum { CONNECT_SECONDS = 30, REDIRECTS = 5, IDLE_SECONDS = 60, ATTEMPTS = 3 };

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
    CURL *curl;
    struct curl_calls k;
    int fd;
    uint64_t got, most;
    bool too_large, disk_failed;
    struct err disk_error;
    char error[CURL_ERROR_SIZE];
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
    buf_addf(&b, "url %.*s\n", STR_ARG(t->url));
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

static size_t on_header(char *p, size_t size, size_t n, void *arg) {
    struct transfer *t = arg;
    str line = str_trim(str_n(p, size * n)), name, value;
    if (str_starts(line, S("HTTP/"))) /* a new answer, after a redirect */
        t->stamp = (struct stamp){{NULL, 0}, {NULL, 0}};
    else if (str_cut(line, ':', &name, &value) && str_ieq(name, S("etag")))
        t->stamp.etag = arena_str(t->a, str_trim(value));
    else if (value.p && str_ieq(name, S("last-modified")))
        t->stamp.modified = arena_str(t->a, str_trim(value));
    return size * n;
}

static long status_of(struct transfer *t) {
    long status = 0;
    t->k.getinfo(t->curl, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

/* Opens the part when the first bytes of a good answer come: 206 goes on with it, 200 starts again. */
static bool open_part(struct transfer *t) {
    bool again = status_of(t) != 206;
    t->fd = open(arena_cstr(t->a, t->names.part), O_WRONLY | O_CREAT | O_CLOEXEC | (again ? O_TRUNC : O_APPEND), 0644);
    if (t->fd < 0)
        return err_errno(&t->disk_error, t->names.part, _("cannot create a file here"));
    if (again)
        t->got = 0;
    return !again || stamp_write(t, t->names.part_meta, &t->disk_error);
}

static size_t on_body(char *p, size_t size, size_t n, void *arg) {
    struct transfer *t = arg;
    size_t bytes = size * n;
    if (status_of(t) != 200 && status_of(t) != 206)
        return bytes; /* an error page */
    if (t->fd < 0 && !open_part(t)) {
        t->disk_failed = true;
        return 0;
    }
    t->got += bytes;
    t->too_large = t->got > t->most;
    if (t->too_large)
        return 0;
    if (!fd_write_all(t->fd, str_n(p, bytes), t->names.part, &t->disk_error)) {
        t->disk_failed = true;
        return 0;
    }
    return bytes;
}

static struct curl_slist *header(struct transfer *t, struct curl_slist *list, const char *name, str value) {
    struct curl_slist *more = t->k.slist_append(list, arena_printf(t->a, "%s: %.*s", name, STR_ARG(value)).p);
    return more ? more : list;
}

/* A part goes on only if the server can tell that it is still the same file. */
static struct curl_slist *conditions(struct transfer *t) {
    struct curl_slist *list = NULL;
    struct stat st;
    struct stamp part = stamp_read(t, t->names.part_meta), body = stamp_read(t, t->names.meta);
    str same = part.etag.n && !str_starts(part.etag, S("W/")) ? part.etag : part.modified;
    if (same.n && stat(arena_cstr(t->a, t->names.part), &st) == 0 && st.st_size > 0) {
        t->got = (uint64_t)st.st_size;
        list = header(t, list, "Range", arena_printf(t->a, "bytes=%llu-", (unsigned long long)t->got));
        return header(t, list, "If-Range", same);
    }
    if (path_exists(t->names.body) && body.etag.n)
        list = header(t, list, "If-None-Match", body.etag);
    if (path_exists(t->names.body) && body.modified.n)
        list = header(t, list, "If-Modified-Since", body.modified);
    return list;
}

static void set_options(struct transfer *t, struct curl_slist *headers) {
    CURL *h = t->curl;
    t->k.setopt(h, CURLOPT_URL, arena_cstr(t->a, t->url));
    t->k.setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
    t->k.setopt(h, CURLOPT_REDIR_PROTOCOLS_STR, str_istarts(t->url, S("https:")) ? "https" : "http,https");
    t->k.setopt(h, CURLOPT_FOLLOWLOCATION, 1L);
    t->k.setopt(h, CURLOPT_MAXREDIRS, (long)REDIRECTS);
    t->k.setopt(h, CURLOPT_NOSIGNAL, 1L);
    t->k.setopt(h, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    t->k.setopt(h, CURLOPT_LOW_SPEED_LIMIT, 1L);
    t->k.setopt(h, CURLOPT_LOW_SPEED_TIME, (long)(t->o->idle ? t->o->idle : IDLE_SECONDS));
    t->k.setopt(h, CURLOPT_USERAGENT, "akashi/" AKASHI_VERSION);
    t->k.setopt(h, CURLOPT_HTTPHEADER, headers);
    t->k.setopt(h, CURLOPT_HEADERFUNCTION, on_header);
    t->k.setopt(h, CURLOPT_HEADERDATA, t);
    t->k.setopt(h, CURLOPT_WRITEFUNCTION, on_body);
    t->k.setopt(h, CURLOPT_WRITEDATA, t);
    t->k.setopt(h, CURLOPT_ERRORBUFFER, t->error);
}

/* The whole is there: the part becomes the body, and what was said of it is remembered. */
static bool keep(struct transfer *t, struct err *e) {
    if (t->fd < 0 && !open_part(t)) { /* an empty file */
        *e = t->disk_error;
        return false;
    }
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

static enum outcome refuse(struct transfer *t, CURLcode code, long status, struct err *e) {
    if (t->disk_failed) {
        *e = t->disk_error;
        return FAILED;
    }
    if (t->too_large) {
        drop(t, t->names.part);
        err_set(e, ERR_ENV, t->url, _("larger than the %llu MiB one file may have"),
                (unsigned long long)(t->most >> 20));
        return FAILED;
    }
    if (code != CURLE_OK) {
        err_set(e, ERR_ENV, t->url, _("cannot fetch: %s"), t->error[0] ? t->error : t->k.strerror(code));
        err_hint(e, "%s", _("check the address, the network and the proxy (https_proxy); what is there stays in use"));
        return code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT || code == CURLE_TOO_MANY_REDIRECTS
                   ? FAILED
                   : AGAIN;
    }
    err_set(e, ERR_ENV, t->url, _("the server answers with HTTP status %ld"), status);
    if (status == 416) { /* our part is not a part of what is there */
        drop(t, t->names.part);
        drop(t, t->names.part_meta);
        return AGAIN;
    }
    return status >= 500 || status == 429 ? AGAIN : FAILED;
}

static enum outcome attempt(struct transfer *t, struct fetched *out, struct err *e) {
    t->curl = t->k.init();
    if (!t->curl) {
        err_set(e, ERR_ENV, t->url, _("cannot fetch: %s"), "curl_easy_init");
        return FAILED;
    }
    t->fd = -1;
    t->got = 0;
    t->error[0] = 0;
    struct curl_slist *headers = conditions(t);
    set_options(t, headers);
    CURLcode code = t->k.perform(t->curl);
    long status = status_of(t);
    enum outcome end = DONE;
    if (code == CURLE_OK && status == 304)
        out->changed = false;
    else if (code == CURLE_OK && (status == 200 || status == 206))
        end = keep(t, e) ? (out->changed = true, DONE) : FAILED;
    else
        end = refuse(t, code, status, e);
    if (t->fd >= 0)
        close(t->fd);
    t->k.slist_free_all(headers);
    t->k.cleanup(t->curl);
    return end;
}

bool fetch(struct ctx *c, struct arena *a, const struct fetch_options *o, str url, struct fetched *out, struct err *e) {
    struct transfer t = {.c = c, .a = a, .o = o, .url = url, .names = names_of(a, o, url)};
    t.most = o->most ? o->most : c->limits.unpacked;
    *out = (struct fetched){.path = t.names.body};
    void *lib = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!lib || !load_all(lib, &t.k) || t.k.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        err_set(e, ERR_ENV, url, _("cannot fetch: %s"), "libcurl.so.4");
        return err_hint(e, "%s", _("install libcurl (libcurl4), or fetch by hand and use `akashi db import`"));
    }
    enum outcome end = AGAIN;
    for (uint32_t i = 0; i < (o->attempts ? o->attempts : ATTEMPTS) && end == AGAIN; i++)
        end = attempt(&t, out, e);
    t.k.global_cleanup(); /* the library itself stays: what it registered must not point into nothing */
    return end == DONE;
}
