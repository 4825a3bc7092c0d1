/* SPDX-License-Identifier: Apache-2.0 */
#include "node/tiles.h"

#include <errno.h>
#include <fcntl.h>

#include "base/file.h"
#include "seal/witness.h"

/* ── serving ── */

/* tlog-tiles: a checkpoint is not kept beyond seconds, the rest never changes. */
static const char short_lived[] = "max-age=2", for_ever[] = "public, max-age=31536000, immutable";

bool tiles_answer(struct arena *a, str folder, str name, struct answer *out, struct err *e) {
    struct tile t;
    bool checkpoint = str_is(name, "checkpoint");
    if (!checkpoint && !tile_named(name, &t))
        return answer_text(out, 404, "not found\n");
    str path = path_join(a, folder, name);
    int fd = open(arena_cstr(a, path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR || errno == ELOOP))
        return answer_text(out, 404, "not found\n");
    if (fd < 0)
        return err_errno(e, path, _("cannot open the file"));
    *out = (struct answer){.status = 200,
                           .type = checkpoint ? "text/plain; charset=utf-8" : "application/octet-stream",
                           .cache = checkpoint ? short_lived : for_ever,
                           .fd = fd};
    return true;
}

static bool answer_log(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    return tiles_answer(a, ((struct served_log *)of)->folder, str_from(q->path, 1), out, e);
}

const struct route log_routes[] = {
    {.method = "GET", .path = "/", .below = true, .answer = answer_log},
    {0},
};

/* ── reading ── */

str url_join(struct arena *a, str prefix, str name) {
    while (str_ends(prefix, S("/")))
        prefix.n--;
    return arena_printf(a, "%.*s/%.*s", STR_ARG(prefix), STR_ARG(name));
}

static bool read_far(void *of, struct arena *a, str name, str *out, struct err *e) {
    struct far_log *l = of;
    struct http_answer r;
    struct http_request q = {.url = url_join(a, l->url, name), .most = BUNDLE_MOST};
    *out = (str){NULL, 0};
    if (!http_do(l->http, a, &q, &r, e))
        return false;
    if (r.status == 404 || r.status == 410)
        return true;
    if (r.status != 200)
        return reply_refused(a, http_shown(a, q.url), &(struct reply){.status = r.status, .body = r.body}, e);
    *out = r.body;
    return true;
}

struct tile_reader tile_url(struct arena *a, struct far_log *l) {
    return (struct tile_reader){.read = read_far, .of = l, .where = http_shown(a, l->url)};
}
