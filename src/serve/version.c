/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/version.h"

void call_tag(struct call *q, str version) {
    q->out->cache = "private, no-cache";
    call_header(q, "ETag", arena_printf(q->a, "\"%.*s\"", STR_ARG(version)).p);
}

static str text_of(struct arena *a, uint64_t version) { return arena_printf(a, "%llu", (unsigned long long)version); }

void call_tag_number(struct call *q, uint64_t version) { call_tag(q, text_of(q->a, version)); }

bool call_is_current(const struct call *q, str version) {
    str tag = asked_header(q->asked, "If-Match");
    if (!tag.n || str_is(tag, "*"))
        return true;
    if (str_starts(tag, S("W/")))
        tag = str_from(tag, 2);
    if (str_starts(tag, S("\"")) && str_ends(tag, S("\"")) && tag.n > 1)
        tag = str_upto(str_from(tag, 1), tag.n - 2);
    return str_eq(tag, version);
}

bool call_is_current_number(const struct call *q, uint64_t version) {
    return call_is_current(q, text_of(q->a, version));
}

bool call_conflict(struct call *q, const char *title,
                   bool (*put)(struct call *q, struct jw *w, const void *of, struct err *e), const void *of,
                   struct err *e) {
    struct jw *w = call_json_as(q, 409);
    q->out->type = "application/problem+json";
    jw_obj(w);
    jw_kstr(w, "type", S("urn:akashi:problem:conflict"));
    jw_kstr(w, "title", str_of(title));
    jw_kint(w, "status", 409);
    jw_key(w, S("yours"));
    jw_val(w, q->json.root);
    jw_key(w, S("current"));
    bool ok = put(q, w, of, e);
    jw_obj_end(w);
    return ok;
}
