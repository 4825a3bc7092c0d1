/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/assets.h"

static const char *const coding_words[ASSET_CODINGS] = {"zstd", "br", "gzip", NULL};

/* "br;q=0" is a refusal (RFC 9110 §12.5.3). */
static bool refused(str parameters) {
    str name;
    while (str_next(&parameters, ';', &name)) {
        name = str_trim(name);
        if (!str_istarts(name, S("q=0")))
            continue;
        for (size_t i = 3; i < name.n; i++)
            if (name.p[i] != '.' && name.p[i] != '0')
                return false;
        return true;
    }
    return false;
}

enum asset_coding asset_coding_of(const struct asset *f, str accepts) {
    enum asset_coding best = ASSET_PLAIN;
    str one;
    while (str_next(&accepts, ',', &one)) {
        str word;
        if (!str_next(&one, ';', &word) || refused(one))
            continue;
        for (enum asset_coding c = ASSET_ZSTD; c < best; c++)
            if (f->bodies[c].p && str_ieq(str_trim(word), str_of(coding_words[c])))
                best = c;
    }
    return best;
}

static const struct asset *named(const struct asset *table, str path) {
    for (const struct asset *f = table; f->path; f++)
        if (str_is(path, f->path))
            return f;
    return NULL;
}

const struct asset *asset_find(const struct asset *table, str path) {
    const struct asset *f = named(table, path);
    bool page = !str_is(path, "/api") && !str_starts(path, S("/api/")) && !str_starts(path, S("/assets/")) &&
                !str_starts(path, S("/."));
    return f || !page ? f : named(table, S("/index.html"));
}

static const struct answer_header *headers(struct arena *a, const struct asset *f, const char *coding) {
    struct answer_header *v = arena_array(a, struct answer_header, 4);
    v[0] = (struct answer_header){"ETag", f->tag};
    v[1] = (struct answer_header){"Vary", "Accept-Encoding"};
    v[2] = coding ? (struct answer_header){"Content-Encoding", coding} : (struct answer_header){NULL, NULL};
    v[3] = (struct answer_header){NULL, NULL};
    return v;
}

bool asset_answer(const struct asset *table, struct arena *a, const struct asked *q, struct answer *out) {
    bool asks = strcmp(q->method, "GET") == 0 || strcmp(q->method, "HEAD") == 0;
    const struct asset *f = asks ? asset_find(table, q->path) : NULL;
    if (!f)
        return false;
    bool known = str_find(asked_header(q, "If-None-Match"), str_of(f->tag)) != STR_NONE;
    enum asset_coding c = asset_coding_of(f, asked_header(q, "Accept-Encoding"));
    *out = (struct answer){
        .status = known ? 304 : 200,
        .type = known ? NULL : f->type,
        .cache = str_starts(str_of(f->path), S("/assets/")) ? "public, max-age=31536000, immutable" : "no-cache",
        .headers = headers(a, f, known ? NULL : coding_words[c]),
    };
    if (!known)
        out->body = str_n((const char *)f->bodies[c].p, f->bodies[c].n);
    return true;
}
