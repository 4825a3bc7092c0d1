/* SPDX-License-Identifier: Apache-2.0
 *
 * A copy in a store that speaks the S3 protocol. Each object is sent in one signed PUT with its SHA-256, which the
 * store holds against what it received; so an object is there whole or not at all. The digest is kept with the object
 * and asked for afterwards, and for each comparison.
 */
#include "archive/s3.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/http.h"
#include "base/xml.h"

enum { TRIES = 5, PAGES = 100000, OBJECT_MOST_GIB = 5 };

struct s3 {
    struct s3_address at;
    struct s3_keys keys;
    struct http *http;
    str sigv4;
};

struct ask {
    const char *method;
    str name, query; /* of the object, without prefix; query: sorted and encoded */
    const struct copy_item *item;
    struct http_header headers[12];
    uint32_t n_headers;
    int into;
    uint64_t most;
};

static void header(struct ask *q, str name, str value) {
    q->headers[q->n_headers++] = (struct http_header){name, value};
}

static void pause_for(const struct copy_place *p, unsigned tries) {
    uint64_t ms = (uint64_t)(p->o->pause ? p->o->pause : 500) << tries;
    struct timespec t = {.tv_sec = (time_t)(ms / 1000), .tv_nsec = (long)(ms % 1000) * 1000000};
    nanosleep(&t, NULL);
}

/* What the store says of itself: a word such as AccessDenied, never more (its pages quote what was sent). */
static str code_of(struct copy_place *p, struct arena *a, const struct http_answer *r) {
    struct xml_node *root;
    if (!r->body.n || r->body.n > 64 << 10 || !xml_parse(p->ctx, a, r->body, S("s3"), &root, NULL))
        return (str){NULL, 0};
    str code = xml_text(root, "Code");
    for (size_t i = 0; i < code.n; i++)
        if (!ch_alnum(code.p[i]))
            return (str){NULL, 0};
    return code.n <= 64 ? code : (str){NULL, 0};
}

static bool refused(struct copy_place *p, struct arena *a, str url, const struct http_answer *r, struct err *e) {
    str code = code_of(p, a, r), where = http_shown(a, url);
    if (code.n)
        err_set(e, ERR_ENV, where, _("the store answers %d %.*s"), r->status, STR_ARG(code));
    else
        err_set(e, ERR_ENV, where, _("the store answers %d"), r->status);
    if (r->status == 401 || r->status == 403)
        return err_hint(e, "%s", _("check the credentials, what they may do, the region and the clock"));
    if (r->status == 301 || r->status == 307)
        return err_hint(e, "%s", _("the bucket lies in another region: name it with region="));
    if (r->status == 501)
        return err_hint(e, "%s", _("the store does not know this; without --write-once and --retain it needs less"));
    return false;
}

static bool passing(int status) { return status == 429 || status >= 500; }

/* One request, repeated while the network or the store have passing troubles. The answer's status is the caller's
 * to judge. */
static bool ask(struct copy_place *p, struct arena *a, struct ask *q, struct http_answer *out, str *url,
                struct err *e) {
    struct s3 *s = p->own;
    str path = s3_encoded(a, arena_cat(a, s->at.prefix, q->name), true);
    *url = arena_printf(a, "%.*s/%.*s%s%.*s%s%.*s", STR_ARG(s->at.endpoint), STR_ARG(s->at.bucket),
                        q->query.p ? "" : "/", STR_ARG(q->query.p ? S("") : path), q->query.p ? "?" : "",
                        STR_ARG(q->query));
    header(q, S("x-amz-content-sha256"),
           q->item ? hex_text(a, q->item->sha256, 32) : digest_hex(a, DIGEST_SHA256, S("")));
    if (s->keys.token.p)
        header(q, S("x-amz-security-token"), str_of((const char *)s->keys.token.p));
    struct http_request r = {.method = q->method,
                             .url = *url,
                             .headers = q->headers,
                             .n_headers = q->n_headers,
                             .most = q->most,
                             .into = q->into,
                             .sigv4 = s->sigv4.p,
                             .user = (const char *)s->keys.id.p,
                             .password = (const char *)s->keys.key.p};
    for (unsigned tries = 0;; tries++) {
        if (q->item) {
            r.body_fd = q->item->fd;
            r.body_size = q->item->size;
            if (lseek(q->item->fd, 0, SEEK_SET) < 0)
                return err_errno(e, q->name, _("cannot read"));
        }
        if (q->into > 0 && (ftruncate(q->into, 0) != 0 || lseek(q->into, 0, SEEK_SET) < 0))
            return err_errno(e, q->name, _("cannot write"));
        bool answered = http_do(s->http, a, &r, out, e);
        bool again = answered ? passing(out->status) && out->status != 501 : out->failure == HTTP_NO_ANSWER;
        if (!again || tries + 1 == TRIES)
            return answered;
        pause_for(p, tries);
    }
}

/* ── what is there ── */

static str cut_prefix(const struct s3 *s, str key) {
    return str_starts(key, s->at.prefix) ? str_from(key, s->at.prefix.n) : (str){NULL, 0};
}

static bool list_page(struct copy_place *p, struct arena *a, str *token, struct copy_objects *out, struct err *e) {
    struct s3 *s = p->own;
    struct http_answer r;
    struct xml_node *root;
    struct ask q = {.name = S("")};
    str url, prefix = s3_encoded(a, arena_cat(a, s->at.prefix, S("packs/")), false);
    q.query = token->n ? arena_printf(a, "continuation-token=%.*s&list-type=2&prefix=%.*s",
                                      STR_ARG(s3_encoded(a, *token, false)), STR_ARG(prefix))
                       : arena_printf(a, "list-type=2&prefix=%.*s", STR_ARG(prefix));
    if (!ask(p, a, &q, &r, &url, e))
        return false;
    if (r.status != 200)
        return refused(p, a, url, &r, e);
    if (!xml_parse(p->ctx, a, r.body, http_shown(a, url), &root, e))
        return false;
    for (const struct xml_node *n = xml_child(root, "Contents"); n; n = xml_again(n)) {
        struct copy_object o = {.name = cut_prefix(s, xml_text(n, "Key"))};
        if (o.name.n && str_u64(xml_text(n, "Size"), &o.size))
            *vec_push(a, out) = o;
    }
    *token = str_is(xml_text(root, "IsTruncated"), "true") ? xml_text(root, "NextContinuationToken") : S("");
    return true;
}

static bool list(struct copy_place *p, struct arena *a, struct copy_objects *out, struct err *e) {
    str token = S("");
    *out = (struct copy_objects){0};
    for (unsigned page = 0; page == 0 || token.n; page++) {
        str before = token;
        if (page >= PAGES)
            return err_set(e, ERR_LIMIT, p->o->place, _("the store's list of objects does not end"));
        if (!list_page(p, a, &token, out, e))
            return false;
        if (token.n && str_eq(token, before))
            return err_set(e, ERR_ENV, p->o->place, _("the store's list of objects does not end"));
    }
    return true;
}

/* The digest as the store itself worked it out, else the one kept with the object. */
static bool digest_said(struct arena *a, const struct http_answer *r, unsigned char sum[32]) {
    str said = http_header_of(r, "x-amz-checksum-sha256"), bytes;
    if (said.n && base64_bytes(a, said, false, &bytes) && bytes.n == 32) {
        memcpy(sum, bytes.p, 32);
        return true;
    }
    return hex_bytes(http_header_of(r, "x-amz-meta-akashi-sha256"), sum, 32);
}

static bool measure_there(struct copy_place *p, str name, uint64_t most, struct copy_item *out, struct err *e) {
    int fd;
    if (!file_nameless(&fd, e))
        return false;
    bool ok = p->kind->get(p, name, fd, most, e) && copy_measure(fd, name, out, e);
    close(fd);
    return ok;
}

static bool compare_in(struct copy_place *p, struct arena *a, const struct copy_item *item, enum copy_state *out,
                       struct err *e) {
    struct http_answer r;
    struct copy_item there = {0};
    struct ask q = {.method = "HEAD", .name = item->name};
    str url;
    header(&q, S("x-amz-checksum-mode"), S("ENABLED"));
    if (!ask(p, a, &q, &r, &url, e))
        return false;
    *out = COPY_ABSENT;
    if (r.status == 404)
        return true;
    if (r.status != 200)
        return refused(p, a, url, &r, e);
    *out = COPY_OTHER;
    if (!str_u64(http_header_of(&r, "content-length"), &there.size) || there.size != item->size)
        return true;
    if (!digest_said(a, &r, there.sha256) && !measure_there(p, item->name, item->size, &there, e))
        return false;
    *out = memcmp(there.sha256, item->sha256, 32) == 0 ? COPY_SAME : COPY_OTHER;
    return true;
}

static bool compare(struct copy_place *p, const struct copy_item *item, enum copy_state *out, struct err *e) {
    struct arena *a = arena_new();
    bool ok = compare_in(p, a, item, out, e);
    arena_free(a);
    return ok;
}

/* ── there and back ── */

static void put_headers(struct copy_place *p, struct arena *a, struct ask *q) {
    str hex = hex_text(a, q->item->sha256, 32);
    header(q, S("Content-Type"), S("application/octet-stream"));
    header(q, S("x-amz-checksum-sha256"), base64_text(a, str_n((const char *)q->item->sha256, 32)));
    header(q, S("x-amz-meta-akashi-sha256"), hex);
    if (p->o->write_once)
        header(q, S("If-None-Match"), S("*"));
    if (p->o->retain) {
        header(q, S("x-amz-object-lock-mode"), S("COMPLIANCE"));
        header(q, S("x-amz-object-lock-retain-until-date"),
               time_rfc3339(a, p->ctx->now + (int64_t)p->o->retain * 86400));
    }
}

static bool put_in(struct copy_place *p, struct arena *a, const struct copy_item *item, bool *there, struct err *e) {
    struct http_answer r;
    struct ask q = {.method = "PUT", .name = item->name, .item = item};
    enum copy_state state;
    str url;
    *there = false;
    if (item->size > (uint64_t)OBJECT_MOST_GIB << 30)
        return err_set(e, ERR_LIMIT, item->name, _("larger than the %d GiB one object may have"), OBJECT_MOST_GIB);
    put_headers(p, a, &q);
    if (!ask(p, a, &q, &r, &url, e))
        return false;
    if (p->o->write_once && (r.status == 412 || r.status == 409)) {
        *there = true;
        return true;
    }
    if (r.status != 200 && r.status != 201 && r.status != 204)
        return refused(p, a, url, &r, e);
    if (!compare_in(p, a, item, &state, e))
        return false;
    return state == COPY_SAME ||
           err_set(e, ERR_ENV, http_shown(a, url), _("the store has something else than what was sent"));
}

static bool put(struct copy_place *p, const struct copy_item *item, bool *there, struct err *e) {
    struct arena *a = arena_new();
    bool ok = put_in(p, a, item, there, e);
    arena_free(a);
    return ok;
}

static bool get_in(struct copy_place *p, struct arena *a, str name, int fd, uint64_t most, struct err *e) {
    struct http_answer r;
    struct copy_item got = {0};
    unsigned char said[32];
    struct ask q = {.name = name, .into = fd, .most = most ? most : 1};
    str url;
    header(&q, S("x-amz-checksum-mode"), S("ENABLED"));
    if (!ask(p, a, &q, &r, &url, e))
        return false;
    if (r.status == 404 && !str_is(code_of(p, a, &r), "NoSuchBucket")) {
        e->kind = ERR_NONE;
        return false;
    }
    if (r.status != 200)
        return refused(p, a, url, &r, e);
    if (!copy_measure(fd, name, &got, e))
        return false;
    return !digest_said(a, &r, said) || memcmp(said, got.sha256, 32) == 0 ||
           err_set(e, ERR_INPUT, http_shown(a, url), _("what came is not what was sent there: its digest is another"));
}

static bool get(struct copy_place *p, str name, int fd, uint64_t most, struct err *e) {
    struct arena *a = arena_new();
    struct err own = {0};
    bool ok = get_in(p, a, name, fd, most, &own);
    *e = own;
    arena_free(a);
    return ok;
}

static void done(struct copy_place *p) {
    struct s3 *s = p->own;
    http_close(s->http);
    s3_keys_free(&s->keys);
}

static const struct copy_kind s3_kind = {.list = list, .compare = compare, .put = put, .get = get, .close = done};

bool s3_open(struct copy_place *p, struct err *e) {
    struct s3 *s = arena_new_of(p->arena, struct s3);
    p->own = s;
    p->kind = &s3_kind;
    if (!s3_address_parse(p->arena, p->o->place, &s->at, e) ||
        !s3_keys_find(p->o->credentials, p->o->profile, &s->keys, e) || !http_open(p->ctx, &s->http, e))
        return false;
    s->sigv4 = arena_printf(p->arena, "aws:amz:%.*s:s3", STR_ARG(s->at.region));
    return true;
}
