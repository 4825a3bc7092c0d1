/* SPDX-License-Identifier: Apache-2.0 */
#include "node/witness.h"

#include "node/tiles.h"

/* ── serving ── */

enum { REQUEST_MOST = (1 << 20) + (8 << 10), ANSWER_MOST = 1 << 20 };

static bool add_checkpoint(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    struct reply r;
    if (!witness_add_checkpoint(of, a, q->body, &r, e))
        return false;
    *out = (struct answer){.status = r.status, .type = r.type, .cache = "no-store", .body = r.body};
    return true;
}

const struct route witness_routes[] = {
    {.method = "POST", .path = "/add-checkpoint", .most = REQUEST_MOST, .answer = add_checkpoint},
    {0},
};

/* ── asking ── */

struct far {
    struct http *http;
    str url;
};

static bool post(void *of, struct arena *a, str request, struct reply *out, struct err *e) {
    static const struct http_header type = {S_INIT("Content-Type"), S_INIT("text/plain; charset=utf-8")};
    const struct far *f = of;
    struct http_answer r;
    struct http_request q = {
        .method = "POST", .url = f->url, .headers = &type, .n_headers = 1, .body = request, .most = ANSWER_MOST};
    bool ok = http_do(f->http, a, &q, &r, e);
    *out = (struct reply){.status = r.status, .body = r.body};
    return ok;
}

bool witness_ask(struct http *h, struct arena *a, const struct asked_witness *w, const struct hash_source *hashes,
                 uint64_t size, struct note *note, struct err *e) {
    struct far far = {h, url_join(a, w->url, S("add-checkpoint"))};
    struct witness_end end = {post, &far, http_shown(a, far.url)};
    uint64_t had;
    uint32_t taken;
    str body;
    if (!witness_offer(a, &end, hashes, size, note_text(a, note), &had, &body, e) ||
        !cosignatures_take(a, body, end.where, w->keys, w->n_keys, note, &taken, e))
        return false;
    return taken > 0 ||
           err_set(e, ERR_INPUT, end.where, _("the witness answered with no cosignature by the key given"));
}
