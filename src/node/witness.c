/* SPDX-License-Identifier: Apache-2.0 */
#include "node/witness.h"

/* ── serving ── */

enum { REQUEST_MOST = (1 << 20) + (8 << 10), ANSWER_MOST = 1 << 20, ATTEMPTS = 4 };

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

str url_join(struct arena *a, str prefix, str name) {
    while (str_ends(prefix, S("/")))
        prefix.n--;
    return arena_printf(a, "%.*s/%.*s", STR_ARG(prefix), STR_ARG(name));
}

/* The first line of what a server says, without what could play tricks on a terminal. */
static str first_words(struct arena *a, str body) {
    str line = str_upto(body, 160);
    (void)str_line(&body, &line);
    char *said = arena_cstr(a, str_upto(line, 160));
    for (char *p = said; *p; p++)
        if ((unsigned char)*p < 0x20 || (unsigned char)*p > 0x7e)
            *p = '?';
    return str_of(said);
}

bool http_refused(struct arena *a, str url, const struct http_answer *r, struct err *e) {
    return err_set(e, r->status >= 500 ? ERR_ENV : ERR_INPUT, http_shown(a, url),
                   _("the server answers with status %d: %.*s"), r->status, STR_ARG(first_words(a, r->body)));
}

static bool post(struct http *h, struct arena *a, str url, str body, struct http_answer *out, struct err *e) {
    static const struct http_header type = {S_INIT("Content-Type"), S_INIT("text/plain; charset=utf-8")};
    struct http_request q = {
        .method = "POST", .url = url, .headers = &type, .n_headers = 1, .body = body, .most = ANSWER_MOST};
    return http_do(h, a, &q, out, e);
}

static bool rolled_back(struct arena *a, str url, uint64_t has, uint64_t size, struct err *e) {
    err_set(e, ERR_INPUT, http_shown(a, url),
            _("this log has %llu entries, but the witness has seen %llu of it: it was ROLLED BACK, or this is a copy"),
            (unsigned long long)size, (unsigned long long)has);
    return err_hint(e, "%s", _("bring back the newest copy of the log; do not append to this one"));
}

static bool forked(struct arena *a, str url, uint64_t size, struct err *e) {
    err_set(e, ERR_INPUT, http_shown(a, url),
            _("the witness has seen ANOTHER log of this name with %llu entries: one of the two is a FORK"),
            (unsigned long long)size);
    return err_hint(e, "%s", _("do not append to this copy before it is clear which one is right; `akashi log check`"));
}

/* One request; *old becomes the size the witness has when it is another. */
static bool ask_from(struct http *h, struct arena *a, str url, const struct hash_source *hashes, uint64_t *old,
                     uint64_t size, str checkpoint, struct http_answer *r, struct err *e) {
    struct hash proof[MERKLE_PROOF_MOST];
    uint32_t n = 0;
    uint64_t has;
    if (*old > size)
        return rolled_back(a, url, *old, size, e);
    if (!merkle_consistency(hashes, *old, size, proof, &n, e) ||
        !post(h, a, url, add_checkpoint_text(a, *old, proof, n, checkpoint), r, e))
        return false;
    if (r->status != 409)
        return true;
    str line = r->body;
    if (!str_ends(line, S("\n")) || !tlog_number(str_upto(line, line.n - 1), &has))
        return http_refused(a, url, r, e);
    if (has == *old)
        return forked(a, url, size, e); /* the same size, and yet a conflict */
    *old = has;
    return true;
}

bool witness_ask(struct http *h, struct arena *a, const struct asked_witness *w, const struct hash_source *hashes,
                 uint64_t size, struct note *note, struct err *e) {
    str url = url_join(a, w->url, S("add-checkpoint")), checkpoint = note_text(a, note);
    struct http_answer r = {.status = 409};
    uint64_t old = 0;
    uint32_t taken;
    for (int i = 0; i < ATTEMPTS && r.status == 409; i++) /* others may ask for the same log in between */
        if (!ask_from(h, a, url, hashes, &old, size, checkpoint, &r, e))
            return false;
    if (r.status == 422)
        return forked(a, url, old, e);
    if (r.status != 200)
        return http_refused(a, url, &r, e);
    if (!cosignatures_take(a, r.body, http_shown(a, url), w->keys, w->n_keys, note, &taken, e))
        return false;
    return taken > 0 ||
           err_set(e, ERR_INPUT, http_shown(a, url), _("the witness answered with no cosignature by the key given"));
}
