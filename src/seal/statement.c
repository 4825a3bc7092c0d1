/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/statement.h"

static const char type_v1[] = "https://in-toto.io/Statement/v1", type_v01[] = "https://in-toto.io/Statement/v0.1";

/* ── digests ── */

/* Digests of a fixed length (in-toto DigestSet); git's may be SHA-1 or SHA-256. */
static const struct algorithm {
    const char *name;
    unsigned hex, or_hex;
} algorithms[] = {
    {"sha256", 64, 0},     {"sha512", 128, 0},    {"sha384", 96, 0},     {"sha224", 56, 0},   {"sha1", 40, 0},
    {"md5", 32, 0},        {"sha512_224", 56, 0}, {"sha512_256", 64, 0}, {"sha3_224", 56, 0}, {"sha3_256", 64, 0},
    {"sha3_384", 96, 0},   {"sha3_512", 128, 0},  {"ripemd160", 40, 0},  {"sm3", 64, 0},      {"dirHash1", 64, 0},
    {"gitCommit", 40, 64}, {"gitTree", 40, 64},   {"gitBlob", 40, 64},   {"gitTag", 40, 64},
};

static const struct algorithm *algorithm_of(str name) {
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
        if (str_is(name, algorithms[i].name))
            return &algorithms[i];
    return NULL;
}

/* What is no known algorithm may have any form. */
static bool is_digest(str algorithm, str value) {
    const struct algorithm *known = algorithm_of(algorithm);
    for (size_t i = 0; known && i < value.n; i++)
        if (!ch_hex(value.p[i]))
            return false;
    return !known || value.n == known->hex || value.n == known->or_hex;
}

/* ── reading ── */

struct reader {
    struct ctx *c;
    struct arena *a;
    struct statement *s;
    struct err *e;
    uint32_t odd; /* digests that cannot be any */
};
enum { ODD_TOLD = 8 }; /* finding the place of each takes time that grows with the document */

static bool fail(struct reader *r, struct jv at, const char *what) {
    return err_set(r->e, ERR_INPUT, json_place(&r->s->doc, at, r->a), "%s", what);
}

static bool read_digests(struct reader *r, struct jv subject, struct subject *out) {
    struct jv digests = j_get(subject, "digest");
    if (!j_is_obj(digests) || !j_len(digests))
        return fail(r, subject, _("a subject must have a digest: by it, and by it alone, it is known"));
    for (struct jiter it = j_iter(digests); j_next(&it);) {
        str hex = j_str(it.val);
        if (!it.key.n || !hex.n)
            return fail(r, it.val, _("a digest must be text that is not empty"));
        bool good = is_digest(it.key, hex);
        if (!good && r->odd++ < ODD_TOLD)
            ctx_warn(r->c, json_place(&r->s->doc, it.val, r->a), _("this can be no %.*s digest: it will match nothing"),
                     STR_ARG(it.key));
        if (good && algorithm_of(it.key))
            hex = arena_lower(r->a, hex);
        *vec_push(r->a, &out->digests) = (struct subject_digest){it.key, hex};
    }
    return true;
}

static bool read_text(struct reader *r, struct jv owner, const char *key, str *out) {
    struct jv v = j_get(owner, key);
    *out = j_str(v);
    return !j_ok(v) || j_is_str(v) || fail(r, v, _("must be text"));
}

static bool read_subjects(struct reader *r) {
    struct jv subjects = j_get(r->s->doc.root, "subject");
    if (!j_is_arr(subjects) || !j_len(subjects))
        return fail(r, j_ok(subjects) ? subjects : r->s->doc.root, _("a statement must have at least one subject"));
    for (struct jiter it = j_iter(subjects); j_next(&it);) {
        struct subject *s = vec_push(r->a, &r->s->subjects);
        *s = (struct subject){0};
        if (!j_is_obj(it.val))
            return fail(r, it.val, _("must be an object"));
        if (!read_text(r, it.val, "name", &s->name) || !read_text(r, it.val, "uri", &s->uri) ||
            !read_digests(r, it.val, s))
            return false;
    }
    return true;
}

static bool read_type(struct reader *r) {
    struct jv root = r->s->doc.root, v = j_get(root, "predicateType");
    str form = j_gets(root, "_type");
    if (!str_is(form, type_v1) && !str_is(form, type_v01))
        return fail(r, root, _("this is no in-toto Statement of version 1 or 0.1 (the member \"_type\" says which)"));
    r->s->type = j_str(v);
    r->s->by = j_gets(root, STATEMENT_BY);
    if (!r->s->type.n)
        return fail(r, j_ok(v) ? v : root, _("a statement must say of what type its predicate is (\"predicateType\")"));
    return true;
}

/* The specification knows objects alone; cosign writes an SPDX tag-value document as a text, and its reader is a
 * shape's business. */
static bool read_predicate(struct reader *r) {
    struct jv v = j_get(r->s->doc.root, "predicate");
    if (j_is_null(v)) /* unset, in the JSON of protocol buffers */
        v = (struct jv){NULL};
    r->s->predicate = v;
    return !j_ok(v) || j_is_obj(v) || (j_is_str(v) && predicate_of_type(r->s->type)) ||
           fail(r, v, _("a predicate must be an object"));
}

bool statement_open(struct ctx *c, struct arena *a, str payload, str where, struct statement *out, struct err *e) {
    struct reader r = {.c = c, .a = a, .s = out, .e = e};
    *out = (struct statement){0};
    return json_parse(c, a, payload, JSON_STRICT, where, &out->doc, e) && read_type(&r) && read_subjects(&r) &&
           read_predicate(&r);
}

static bool check_predicate(struct reader *r) {
    const struct predicate *p = predicate_of_type(r->s->type);
    if (!j_ok(r->s->predicate) && p && p->schema)
        return fail(r, r->s->doc.root, _("the predicate is missing"));
    return predicate_check(r->c, r->a, r->s->type, &r->s->doc, r->s->predicate, r->e);
}

bool statement_parse(struct ctx *c, struct arena *a, str payload, str where, struct statement *out, struct err *e) {
    struct reader r = {.c = c, .a = a, .s = out, .e = e};
    return statement_open(c, a, payload, where, out, e) && check_predicate(&r);
}

/* ── writing ── */

str subject_sha256(const struct subject *s) {
    for (uint32_t i = 0; i < s->digests.n; i++)
        if (str_is(s->digests.v[i].algorithm, "sha256"))
            return s->digests.v[i].hex;
    return (str){NULL, 0};
}

void subject_write(struct jw *w, const struct subject *s) {
    jw_obj(w);
    jw_kstr(w, "name", s->name);
    jw_kstr(w, "uri", s->uri);
    jw_kobj(w, "digest");
    for (uint32_t i = 0; i < s->digests.n; i++) {
        jw_key(w, s->digests.v[i].algorithm);
        jw_str(w, s->digests.v[i].hex);
    }
    jw_obj_end(w);
    jw_obj_end(w);
}

static bool check_digests(const struct subject *s, struct err *e) {
    for (uint32_t i = 0; i < s->digests.n; i++)
        if (!is_digest(s->digests.v[i].algorithm, s->digests.v[i].hex))
            return err_set(e, ERR_INPUT, s->name, _("%.*s is no %.*s digest"), STR_ARG(s->digests.v[i].hex),
                           STR_ARG(s->digests.v[i].algorithm));
    return true;
}

static bool write_statement(struct ctx *c, struct arena *a, str type, const struct subject *subjects, uint32_t n,
                            str predicate, str *out, struct err *e) {
    struct statement made;
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    for (uint32_t i = 0; i < n; i++)
        if (!check_digests(&subjects[i], e))
            return false;
    jw_obj(&w);
    jw_kstr(&w, "_type", str_of(type_v1));
    jw_karr(&w, "subject");
    for (uint32_t i = 0; i < n; i++)
        subject_write(&w, &subjects[i]);
    jw_arr_end(&w);
    jw_kstr(&w, "predicateType", type);
    jw_key(&w, S("predicate"));
    jw_raw(&w, predicate);
    jw_obj_end(&w);
    *out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return statement_parse(c, a, *out, S("statement"), &made, e);
}

bool statement_text(struct ctx *c, struct arena *a, str type, const struct subject *subjects, uint32_t n, str predicate,
                    str *out, struct err *e) {
    struct json body;
    return json_parse(c, a, predicate, JSON_STRICT, S("predicate"), &body, e) &&
           write_statement(c, a, type, subjects, n, json_text(body.root, a), out, e);
}

bool statement_of_written(struct ctx *c, struct arena *a, str type, const struct subject *subjects, uint32_t n,
                          const struct buf *predicate, str *out, struct err *e) {
    return write_statement(c, a, type, subjects, n, buf_str(predicate), out, e);
}

/* In front, where a payload of ours has its form: whatever else somebody writes into one cannot stand for it. */
str statement_with_by(struct arena *a, str payload, str by) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    if (!by.n || !str_starts(payload, S("{\"_type\":")))
        return payload;
    jw_obj(&w);
    jw_kstr(&w, STATEMENT_BY, by);
    jw_obj_end(&w);
    b.p[b.n - 1] = ',';
    buf_add(&b, str_from(payload, 1));
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

bool statement_sign(struct ctx *c, struct arena *a, str payload, const struct privkey *k, str *envelope,
                    struct err *e) {
    struct dsse d = {.payload_type = S(DSSE_IN_TOTO), .payload = payload};
    (void)c;
    if (!dsse_sign(a, &d, k, e))
        return false;
    *envelope = dsse_text(a, &d);
    return true;
}
