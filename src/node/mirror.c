/* SPDX-License-Identifier: Apache-2.0 */
#include "node/mirror.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/unpack.h"
#include "node/tiles.h"

/* Of one request; a client with more goes on with the next. */
enum { CHECKPOINT_MOST = (1 << 20) + (8 << 10), ENTRIES_MOST = 1 << 30, HASH_DIGITS = 64, ANSWER_MOST = 1 << 20 };

/* ── serving ── */

static bool reply_with(const struct reply *r, struct answer *out) {
    *out = (struct answer){
        .status = r->status, .type = r->type, .cache = "no-store", .accept_encoding = "gzip", .body = r->body};
    return true;
}

static bool add_checkpoint(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    struct reply r;
    return mirror_add_checkpoint(of, a, q->body, &r, e) && reply_with(&r, out);
}

struct incoming {
    struct mirror_upload *upload;
    struct gunzip *gunzip; /* NULL: it comes plain */
    bool unknown, damaged;
};

static void *entries_begin(void *of, struct arena *a, const struct asked *q) {
    struct incoming *in = arena_new_of(a, struct incoming);
    str coding = asked_header(q, "Content-Encoding");
    in->upload = mirror_upload_begin(of, a);
    if (str_ieq(coding, S("gzip")) || str_ieq(coding, S("x-gzip")))
        in->gunzip = gunzip_begin(a, ENTRIES_MOST);
    in->unknown = coding.n && !in->gunzip && !str_ieq(coding, S("identity"));
    return in;
}

static void take_plain(void *upload, str piece) { mirror_upload_more(upload, piece); }

static void entries_more(void *stream, str piece) {
    struct incoming *in = stream;
    if (in->unknown || in->damaged)
        return;
    if (!in->gunzip)
        mirror_upload_more(in->upload, piece);
    else
        in->damaged = !gunzip_more(in->gunzip, piece, take_plain, in->upload);
}

static bool add_entries(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    struct incoming *in = q->stream;
    struct reply r;
    (void)of;
    if (in->unknown) {
        (void)answer_text(out, 415, "this content coding is not known here\n");
        out->accept_encoding = "gzip";
        return true;
    }
    return mirror_upload_end(in->upload, a, &r, e) && reply_with(&r, out);
}

/* /HASH/name, nothing else: "pending" and the lock files are not below a hash. */
static bool answer_copy(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    const struct mirror *m = of;
    str hash, name;
    unsigned char bytes[HASH_DIGITS / 2];
    if (!str_cut(str_from(q->path, 1), '/', &hash, &name) || !hex_bytes(hash, bytes, sizeof bytes) ||
        !str_eq(hash, hex_text(a, bytes, sizeof bytes)))
        return answer_text(out, 404, "not found\n");
    return tiles_answer(a, path_join(a, m->folder, hash), name, out, e);
}

const struct route mirror_routes[] = {
    {.method = "POST", .path = "/add-checkpoint", .most = CHECKPOINT_MOST, .answer = add_checkpoint},
    {.method = "POST",
     .path = "/add-entries",
     .most = ENTRIES_MOST,
     .answer = add_entries,
     .begin = entries_begin,
     .more = entries_more},
    {.method = "GET", .path = "/", .below = true, .answer = answer_copy},
    {0},
};

/* ── asking ── */

static bool post(struct far_mirror *m, struct arena *a, const char *path, const char *type, str body, struct reply *out,
                 struct err *e) {
    struct http_header header = {S("Content-Type"), str_of(type)};
    struct http_request q = {.method = "POST",
                             .url = url_join(a, m->url, str_of(path)),
                             .headers = &header,
                             .n_headers = 1,
                             .body = body,
                             .most = ANSWER_MOST};
    struct http_answer r;
    bool ok = http_do(m->http, a, &q, &r, e);
    *out = (struct reply){.status = r.status, .body = r.body};
    return ok;
}

static bool far_checkpoint(void *of, struct arena *a, str request, struct reply *out, struct err *e) {
    return post(of, a, "add-checkpoint", "text/plain; charset=utf-8", request, out, e);
}

static bool far_entries(void *of, struct arena *a, str request, struct reply *out, struct err *e) {
    return post(of, a, "add-entries", "application/octet-stream", request, out, e);
}

struct mirror_end mirror_far(struct arena *a, struct far_mirror *m) {
    return (struct mirror_end){{far_checkpoint, m, http_shown(a, m->url)}, far_entries};
}
