/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/words.h"

#include "base/digest.h"
#include "ident/purl.h"

enum { WORDS_MOST = 100000, DIGEST_HEX_LEAST = 32, DIGEST_HEX_MOST = 128 };

void word_key(const struct word *w, unsigned char out[32]) {
    char small[512];
    size_t n = strlen(w->what) + 1;
    if (n + w->text.n <= sizeof small) { /* nearly always: a third of the time */
        memcpy(small, w->what, n);
        if (w->text.n)
            memcpy(small + n, w->text.p, w->text.n);
        digest_of(DIGEST_SHA256, str_n(small, n + w->text.n), out);
        return;
    }
    struct digest_state *s = digest_begin(DIGEST_SHA256);
    digest_add(s, str_n(w->what, n));
    digest_add(s, w->text);
    digest_end(s, out);
}

/* ── one word, normalised ── */

static bool is_hex(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!ch_hex(s.p[i]))
            return false;
    return s.n > 0;
}

/* Hex in lower case without its algorithm; what is no hex (a git-like name) stays as it is. */
static str normal_digest(struct arena *a, str s) {
    str algorithm, rest;
    if (str_cut(s, ':', &algorithm, &rest) && is_hex(rest))
        s = rest;
    return is_hex(s) ? arena_lower(a, s) : s;
}

static str normal_purl(struct arena *a, str s) {
    struct purl p;
    return purl_parse(a, s, &p, NULL) ? purl_text(a, &p) : (str){NULL, 0};
}

static str normal_hex(struct arena *a, str s) { return is_hex(s) ? arena_lower(a, s) : (str){NULL, 0}; }
static str normal_name(struct arena *a, str s) {
    (void)a;
    return str_trim(s);
}
static str normal_kind(struct arena *a, str s) {
    const struct predicate *p = predicate_of_kind(s);
    (void)a;
    return p ? str_of(p->kind) : statement_kind(s);
}

static const struct what {
    const char *name;
    str (*normal)(struct arena *a, str s); /* absent: it can be none */
} whats[] = {{"digest", normal_digest}, {"purl", normal_purl}, {"product", normal_name},
             {"party", normal_name},    {"key", normal_hex},   {"kind", normal_kind}};

static const struct what *what_of(str name) {
    for (size_t i = 0; i < sizeof whats / sizeof *whats; i++)
        if (str_is(name, whats[i].name))
            return &whats[i];
    return NULL;
}

static bool word_make(struct arena *a, const struct what *what, str text, struct word *out) {
    *out = (struct word){what->name, what->normal(a, text)};
    return out->text.n > 0;
}

str word_text(struct arena *a, const struct word *w) { return arena_printf(a, "%s:%.*s", w->what, STR_ARG(w->text)); }

bool word_parse(struct arena *a, str text, struct word *out) {
    str name, rest;
    const struct what *what = str_cut(text, ':', &name, &rest) ? what_of(name) : NULL;
    return what && word_make(a, what, rest, out) && str_eq(out->text, rest);
}

/* ── of a statement ── */

struct taker {
    struct arena *a;
    struct words *out;
    struct map seen;
};

static void take(struct taker *t, const char *what, str text) {
    struct word w;
    bool fresh;
    if (t->out->n >= WORDS_MOST || !text.n || !word_make(t->a, what_of(str_of(what)), text, &w))
        return;
    w.text = arena_str(t->a, w.text);
    map_put(&t->seen, word_text(t->a, &w), &fresh);
    if (fresh)
        *vec_push(t->a, t->out) = w;
}

/* Of a file of a version, of the version, and of all of them: whoever asks for pkg:npm/a means every version. */
static void take_purl(struct taker *t, str text) {
    struct purl p;
    if (!str_istarts(text, S("pkg:")) || !purl_parse(t->a, text, &p, NULL))
        return;
    take(t, "purl", purl_text(t->a, &p));
    p.subpath = (str){NULL, 0};
    take(t, "purl", purl_text(t->a, &p));
    p.version = (str){NULL, 0};
    p.n_qualifiers = 0;
    take(t, "purl", purl_text(t->a, &p));
}

/* Where a predicate names what it is about. A step is a member, or * for each entry of a list. */
static const struct place {
    const char *word; /* of the predicate */
    const char *what, *path;
} places[] = {
    {"cyclonedx", "product", "metadata/component/name"},
    {"cyclonedx", "purl", "metadata/component/purl"},
    {"spdx", "product", "name"},
    {"vsa", "purl", "resourceUri"},
    {"vsa", "digest", "inputAttestations/*/digest/sha256"},
    {"release", "purl", "purl"},
    {"release-v0.2", "purl", "purl"},
    {"openvex", "purl", "statements/*/products/*/@id"},
    {"openvex", "purl", "statements/*/products/*/identifiers/purl"},
    {"csaf", "product", "product_tree/full_product_names/*/name"},
    {"csaf", "purl", "product_tree/full_product_names/*/product_identification_helper/purl"},
    {"csaf-2.1", "product", "product_tree/full_product_names/*/name"},
    {"csaf-2.1", "purl", "product_tree/full_product_names/*/product_identification_helper/purls/*"},
    {"party", "party", "name"},
    {"party", "party", "id"},
    {"product", "product", "id"},
    {"product", "party", "party"},
    {"product", "purl", "purl"},
    {"deployment", "product", "product"},
    {"deployment", "party", "customer"},
    {"deployment", "party", "operator"},
    {"deployment", "party", "host"},
    {"service", "party", "party"},
    {"case", "product", "steps/*/product"},
    {"key", "party", "party"},
    {"key", "key", "keyId"},
    {"key", "key", "successor"},
    {"release-manifest", "product", "product"},
    {"release-manifest", "party", "party"},
    {"release-manifest", "purl", "purl"},
    {"release-manifest", "digest", "statements/*/digest/sha256"},
    {"release-manifest", "digest", "files/tree"},
    {"inventory", "product", "product"},
    {"inventory", "purl", "purl"},
    {"static-analysis", "digest", "reports/*/digest/sha256"},
    {"hold", "product", "product"},
    {"erasure", "digest", "body"},
    {"offer", "product", "about/product"},
    {"offer", "party", "provider/id"},
    {"offer", "party", "provider/name"},
    {"offer", "party", "customer/id"},
    {"offer", "party", "customer/name"},
    {"contract", "party", "sides/*/party"},
    {"extent-target", "product", "product"},
    {"extent-target", "party", "customer/id"},
    {"answer", "party", "provider/name"},
    {"answer", "party", "customer/name"},
};

static void take_path(struct taker *t, const char *what, struct jv v, str path) { /* NOLINT(misc-no-recursion): path */
    str step, rest;
    if (!path.n) {
        if (strcmp(what, "purl") == 0)
            take_purl(t, j_str(v));
        else
            take(t, what, j_str(v));
        return;
    }
    str_cut(path, '/', &step, &rest);
    if (!str_is(step, "*")) {
        take_path(t, what, j_getn(v, step), rest);
        return;
    }
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);)
        take_path(t, what, it.val, rest);
}

static void take_subjects(struct taker *t, const struct statement *s) {
    for (uint32_t i = 0; i < s->subjects.n; i++) {
        const struct subject *subject = &s->subjects.v[i];
        for (uint32_t k = 0; k < subject->digests.n; k++)
            take(t, "digest", subject->digests.v[k].hex);
        take_purl(t, subject->uri);
        take_purl(t, subject->name);
    }
}

void words_of(struct arena *a, str kind, const unsigned char key[32], const struct statement *s, struct words *out) {
    struct taker t = {.a = a, .out = out};
    map_init(&t.seen, a);
    *out = (struct words){0};
    take(&t, "kind", kind);
    take(&t, "key", hex_text(a, key, 32));
    const struct predicate *p = s ? predicate_of_type(s->type) : NULL;
    if (s)
        take_subjects(&t, s);
    for (size_t i = 0; p && i < sizeof places / sizeof *places; i++)
        if (strcmp(places[i].word, p->word) == 0)
            take_path(&t, places[i].what, s->predicate, str_of(places[i].path));
}

/* ── of a question ── */

static bool looks_like_digest(str s) {
    str algorithm, rest;
    if (str_cut(s, ':', &algorithm, &rest) && is_hex(rest))
        s = rest;
    return is_hex(s) && s.n >= DIGEST_HEX_LEAST && s.n <= DIGEST_HEX_MOST;
}

static void guess(struct arena *a, str text, struct words *out) {
    struct word w;
    if (str_istarts(text, S("pkg:"))) {
        if (word_make(a, what_of(S("purl")), text, &w))
            *vec_push(a, out) = w;
    } else if (looks_like_digest(text)) {
        if (word_make(a, what_of(S("digest")), text, &w))
            *vec_push(a, out) = w;
        if (text.n == 64 && word_make(a, what_of(S("key")), text, &w))
            *vec_push(a, out) = w;
    } else if (predicate_of_kind(text) || str_find(text, S("://")) != STR_NONE || str_starts(text, S("tag:"))) {
        if (word_make(a, what_of(S("kind")), text, &w))
            *vec_push(a, out) = w;
    } else {
        static const char *const names[] = {"product", "party"};
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (word_make(a, what_of(str_of(names[i])), text, &w))
                *vec_push(a, out) = w;
    }
}

bool words_asked(struct arena *a, str text, struct words *out, struct err *e) {
    str name, rest;
    struct word w;
    *out = (struct words){0};
    text = str_trim(text);
    const struct what *what = str_cut(text, ':', &name, &rest) ? what_of(name) : NULL;
    if (what && word_make(a, what, str_trim(rest), &w))
        *vec_push(a, out) = w;
    else if (!what)
        guess(a, text, out);
    if (out->n)
        return true;
    err_set(e, ERR_USAGE, text, _("this is nothing to look for"));
    return err_hint(e, "%s", _("a digest, a package URL, a product, a key id or a kind such as sbom"));
}
