/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON, read and written. The only module that knows yyjson.
 *
 * A document is immutable and lives in the arena it was parsed into; a `struct jv` is one value of it, passed by
 * value. Every accessor accepts an absent or wrongly typed value and answers "absent", so readers stay free of
 * null checks; what must be there is checked by the format's own rules.
 */
#ifndef AKASHI_BASE_JSON_H
#define AKASHI_BASE_JSON_H

#include <yyjson.h>

#include "base/ctx.h"

struct jv {
    struct yyjson_val *v;
};

struct json {
    struct jv root;
    struct yyjson_doc *doc;
    str where;             /* file name for messages */
    const uint32_t *lines; /* line of each value in parse order, when the text came from another notation; or NULL */
};

enum json_flags {
    JSON_STRICT = 0,
    JSON_RELAXED = 1,       /* comments and trailing commas (bun.lock, tsconfig) */
    JSON_DUPLICATES_OK = 2, /* do not refuse an object that has one key twice: the first one counts */
    JSON_MORE = 4,          /* stop behind the first value and report how much was read (see json_parse_next) */
};

/* Fails on bad syntax, invalid UTF-8, nesting beyond limits.depth, a repeated key; e->where is "file:line:column".
 * The text need not outlive the call. UTF-16 and UTF-8 byte order marks are accepted. */
MUST_USE bool json_parse(struct ctx *c, struct arena *a, str text, unsigned flags, str where, struct json *out,
                         struct err *e);

/* For streams of values without separators or on lines: takes one value from the front of *rest.
 * Returns false with e->kind == ERR_NONE at the end. */
MUST_USE bool json_parse_next(struct ctx *c, struct arena *a, str *rest, str where, struct json *out, struct err *e);

/* ── values ── */
static inline bool j_ok(struct jv v) { return v.v != NULL; }
static inline bool j_is_obj(struct jv v) { return yyjson_is_obj(v.v); }
static inline bool j_is_arr(struct jv v) { return yyjson_is_arr(v.v); }
static inline bool j_is_str(struct jv v) { return yyjson_is_str(v.v); }
static inline bool j_is_num(struct jv v) { return yyjson_is_num(v.v) || yyjson_is_raw(v.v); }
static inline bool j_is_int(struct jv v) { return yyjson_is_int(v.v); }
static inline bool j_is_bool(struct jv v) { return yyjson_is_bool(v.v); }
static inline bool j_is_null(struct jv v) { return yyjson_is_null(v.v); }
static inline bool j_same(struct jv x, struct jv y) { return x.v == y.v; }

/* Text of a string value; absent for anything else. */
static inline str j_str(struct jv v) {
    return yyjson_is_str(v.v) ? (str){yyjson_get_str(v.v), yyjson_get_len(v.v)} : (str){NULL, 0};
}
static inline int64_t j_int(struct jv v, int64_t otherwise) {
    return yyjson_is_int(v.v) ? yyjson_get_sint(v.v) : otherwise;
}
static inline double j_num(struct jv v, double otherwise) {
    return yyjson_is_num(v.v) ? yyjson_get_num(v.v) : otherwise;
}
static inline bool j_true(struct jv v) { return yyjson_is_true(v.v); }
/* Members of an object or array; 0 for anything else. */
static inline size_t j_len(struct jv v) { return yyjson_is_ctn(v.v) ? yyjson_get_len(v.v) : 0; }

static inline struct jv j_getn(struct jv obj, str key) {
    return (struct jv){key.p ? yyjson_obj_getn(obj.v, key.p, key.n) : NULL};
}
static inline struct jv j_get(struct jv obj, const char *key) { return j_getn(obj, str_of(key)); }
static inline str j_gets(struct jv obj, const char *key) { return j_str(j_get(obj, key)); }
/* obj["a"]["b"], absent as soon as one step is. */
static inline struct jv j_get2(struct jv obj, const char *a, const char *b) { return j_get(j_get(obj, a), b); }
static inline struct jv j_at(struct jv arr, size_t i) { return (struct jv){yyjson_arr_get(arr.v, i)}; }

/* for (struct jiter it = j_iter(v); j_next(&it);) uses it.key (objects only) and it.val. Nothing for a scalar. */
struct jiter {
    struct jv val;
    str key;
    size_t index; /* of val: 0, 1, … */
    struct yyjson_val *next_;
    size_t left_;
    bool obj_, started_;
};
static inline struct jiter j_iter(struct jv v) {
    struct jiter it = {.left_ = j_len(v), .obj_ = yyjson_is_obj(v.v)};
    it.next_ = it.left_ ? v.v + 1 : NULL;
    return it;
}
static inline bool j_next(struct jiter *it) {
    if (it->left_ == 0)
        return false;
    it->left_--;
    it->index += it->started_;
    it->started_ = true;
    if (it->obj_) {
        it->key = (str){it->next_->uni.str, yyjson_get_len(it->next_)};
        it->next_++;
    }
    it->val.v = it->next_;
    it->next_ = yyjson_is_ctn(it->next_) ? (struct yyjson_val *)(void *)((char *)it->next_ + it->next_->uni.ofs)
                                         : it->next_ + 1;
    return true;
}

/* Where a value stands: "/components/3/name" (RFC 6901). Walks from the root: for messages only. */
str json_pointer(const struct json *doc, struct jv v, struct arena *a);
/* "file#/pointer", or "file:line" when the document has lines. */
str json_place(const struct json *doc, struct jv v, struct arena *a);

/* Bytes of the parsed text in front of the content of one of the document's strings or keys; STR_NONE when it is none
 * of them. */
size_t json_offset(const struct json *doc, str in_document);

/* Line of a value, or of the key in front of a member's value; 0 when the document has no lines. */
static inline uint32_t json_value_line(const struct json *doc, struct jv v) {
    return doc->lines && v.v ? doc->lines[v.v - doc->doc->root] : 0;
}
static inline uint32_t json_key_line(const struct json *doc, struct jv member) {
    return json_value_line(doc, (struct jv){member.v ? member.v - 1 : NULL});
}

/* Same structure and content; the order of object members does not matter. */
bool json_equal(struct jv x, struct jv y);

/* ── writing ── */

/* Streams JSON into a buffer; takes care of commas, escapes and indentation. */
struct jw {
    struct buf *b;
    bool pretty; /* two spaces, a line each */
    bool first_, key_;
    uint32_t depth_;
};
static inline struct jw jw_to(struct buf *b, bool pretty) {
    return (struct jw){.b = b, .pretty = pretty, .first_ = true};
}
void jw_obj(struct jw *w);     /* { */
void jw_obj_end(struct jw *w); /* } */
void jw_arr(struct jw *w);     /* [ */
void jw_arr_end(struct jw *w); /* ] */
void jw_key(struct jw *w, str key);
void jw_str(struct jw *w, str s); /* bytes that are not UTF-8 become U+FFFD */
void jw_int(struct jw *w, int64_t v);
void jw_num(struct jw *w, double v);
void jw_bool(struct jw *w, bool v);
void jw_null(struct jw *w);
void jw_val(struct jw *w, struct jv v); /* a parsed value, whole */
/* Text that already is JSON, one value; re-indented when pretty. */
void jw_raw(struct jw *w, str json);

/* "key": value, left out when the value is absent (the str's p is NULL). */
void jw_kstr(struct jw *w, const char *key, str s);
void jw_kint(struct jw *w, const char *key, int64_t v);
void jw_kbool(struct jw *w, const char *key, bool v);
void jw_kobj(struct jw *w, const char *key);
void jw_karr(struct jw *w, const char *key);

/* A value as compact JSON text, numbers as they were. */
str json_text(struct jv v, struct arena *a);

#endif
