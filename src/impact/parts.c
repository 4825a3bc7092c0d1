/* SPDX-License-Identifier: Apache-2.0
 *
 * A key is the purl, CPE or "name:NAME" as written, and behind a line feed the version, where the first part has none.
 */
#include "impact/parts.h"

#include "base/digest.h"
#include "ident/cpe.h"
#include "ident/purl.h"
#include "sbom/diff.h"
#include "vuln/distro.h"

/* ── from a document ── */

/* PostgreSQL's text has no NUL. */
static str without_nul(struct arena *a, str s) {
    if (!s.n || !memchr(s.p, 0, s.n))
        return s;
    struct buf b = {0};
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i])
            buf_addc(&b, s.p[i]);
        else
            buf_addz(&b, "\xEF\xBF\xBD");
    s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

static str joined(struct arena *a, const char *head, str one, str two) {
    size_t h = strlen(head), n = h + one.n + (two.n ? 1 + two.n : 0);
    char *p = arena_room(a, n + 1), *at = p;
    memcpy(at, head, h);
    at += h;
    if (one.n)
        memcpy(at, one.p, one.n);
    at += one.n;
    if (two.n) {
        *at++ = '\n';
        memcpy(at, two.p, two.n);
        at += two.n;
    }
    *at = 0;
    return without_nul(a, str_n(p, n));
}

/* As scan reads it: the release of the document's operating system, where the purl does not say. */
static str with_distro(struct arena *a, str raw, str distro) {
    struct purl p, whole;
    if (!distro.n || !purl_parse(a, raw, &p, NULL) || !distro_by_document(&p, distro))
        return raw;
    struct purl_qualifier *q = arena_array(a, struct purl_qualifier, p.n_qualifiers + 1);
    if (p.n_qualifiers)
        memcpy(q, p.qualifiers, p.n_qualifiers * sizeof *q);
    q[p.n_qualifiers++] = (struct purl_qualifier){S("distro"), distro};
    p.qualifiers = q;
    return purl_build(a, &p, &whole, NULL) ? purl_text(a, &whole) : raw;
}

str part_key(struct arena *a, const struct sbom_component *c, str distro) {
    str purl = c->purl.n ? c->purl : c->more_purls.n ? c->more_purls.v[0] : (str){NULL, 0};
    if (purl.n)
        return joined(a, "", with_distro(a, purl, distro),
                      str_chr(purl, '@') == STR_NONE ? c->version : (str){NULL, 0});
    if (c->cpes.n)
        return joined(a, "", c->cpes.v[0], c->version);
    if (c->type == TYPE_FILE || c->in_metadata || c->is_root || !c->name.n)
        return (str){NULL, 0};
    if (c->group.n)
        return joined(a, "name:", arena_printf(a, "%.*s/%.*s", STR_ARG(c->group), STR_ARG(c->name)), c->version);
    return joined(a, "name:", c->name, c->version);
}

/* Short enough for every index; what was cut is told apart by its digest. */
static str bounded(struct arena *a, str s) {
    enum { HEAD = IDENTITY_MOST - 72 };
    if (s.n <= IDENTITY_MOST)
        return s;
    size_t n = HEAD;
    while (n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return arena_printf(a, "%.*s~%.*s", (int)n, s.p, STR_ARG(digest_hex(a, DIGEST_SHA256, s)));
}

/* Most state one licence by its id. */
static str licence_of(struct arena *a, const struct sbom_component *c) {
    if (!c->licences.n)
        return (str){NULL, 0};
    if (c->licences.n == 1 && c->licences.v[0].kind == LICENCE_DECLARED && c->licences.v[0].expression.n)
        return bounded(a, without_nul(a, arena_str(a, c->licences.v[0].expression)));
    return bounded(a, without_nul(a, sbom_licence_line(a, c)));
}

enum { SUPPLIER_MOST = 200 };
static str supplier_of(struct arena *a, const struct sbom_component *c) {
    str name = c->supplier && c->supplier->name.n   ? c->supplier->name
               : c->producer && c->producer->name.n ? c->producer->name
                                                    : c->publisher;
    size_t n = name.n < SUPPLIER_MOST ? name.n : SUPPLIER_MOST;
    while (n && n < name.n && ((unsigned char)name.p[n] & 0xC0) == 0x80)
        n--;
    name = str_trim(str_upto(name, n));
    return name.n ? without_nul(a, arena_str(a, name)) : (str){NULL, 0};
}

/* Hashes are compared with their like alone, so always the same one is taken of several. */
static void take_hash(const struct sbom_component *c, struct part *out) {
    static const struct {
        const char *name;
        enum hash_kind kind;
        size_t hex;
    } kinds[] = {{"SHA-256", HASH_SHA256, 64}, {"SHA-512", HASH_SHA512, 128}, {"SHA-1", HASH_SHA1, 40}};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (uint32_t i = 0; i < c->hashes.n; i++) {
            const struct sbom_hash *h = &c->hashes.v[i];
            if (h->hex.n == kinds[k].hex && str_is(h->alg, kinds[k].name) &&
                hex_bytes(str_upto(h->hex, 2 * sizeof out->hash), out->hash, sizeof out->hash)) {
                out->hash_kind = kinds[k].kind;
                return;
            }
        }
}

static bool has_edges(const struct sbom *s) {
    for (uint32_t i = 0; i < s->relations.n; i++) {
        const struct sbom_relation *r = &s->relations.v[i];
        if (r->from_at != SBOM_NO && r->to_at != SBOM_NO && str_find(r->type, S("DEPEND")) != STR_NONE)
            return true;
    }
    return false;
}

void parts_of(struct arena *a, const struct sbom *s, struct parts *out) {
    str distro = distro_of_document(a, s);
    if (!out->cap) { /* in one piece: growing leaves the smaller ones behind in the arena */
        out->v = arena_room(a, (s->components.n + (size_t)1) * sizeof *out->v);
        out->cap = s->components.n;
    }
    out->edges = out->edges || has_edges(s);
    for (uint32_t i = 0; i < s->components.n; i++) {
        const struct sbom_component *c = &s->components.v[i];
        str key = c->type == TYPE_SERVICE ? (str){NULL, 0} : part_key(a, c, distro);
        if (!key.n)
            continue;
        struct part *part = vec_push(a, out);
        *part = (struct part){.key = key, .licence = licence_of(a, c), .supplier = supplier_of(a, c)};
        take_hash(c, part);
    }
}

/* ── identity ── */

static bool of_purl(struct arena *a, str raw, str version, struct identity *out) {
    struct purl p, whole;
    if (!str_istarts(raw, S("pkg:")) || !purl_parse(a, raw, &p, NULL))
        return false;
    if (!p.version.n && version.n) {
        struct purl with = p;
        with.version = version;
        if (purl_build(a, &with, &whole, NULL))
            p = whole;
    }
    str text = purl_text(a, &p);
    struct purl bare = {.type = p.type, .ns = p.ns, .name = p.name};
    str package = purl_text(a, &bare);
    if (!str_starts(text, package))
        return false;
    *out = (struct identity){.package = package, .rest = str_from(text, package.n), .version = p.version};
    return true;
}

/* Where the colon in front of a part of a formatted string stands. */
static size_t colon_before(str cpe, unsigned part) {
    unsigned seen = 0;
    for (size_t i = 0; i < cpe.n; i++) {
        if (cpe.p[i] == '\\')
            i++;
        else if (cpe.p[i] == ':' && ++seen == part)
            return i;
    }
    return cpe.n;
}

static bool of_cpe(struct arena *a, str raw, str version, struct identity *out) {
    struct cpe cpe;
    struct buf b = {0};
    if (!str_istarts(raw, S("cpe:")) || !cpe_parse(a, raw, &cpe, NULL))
        return false;
    if (cpe.at[CPE_VERSION].kind == CPE_ANY && version.n) {
        cpe.at[CPE_VERSION].kind = CPE_TEXT;
        cpe.at[CPE_VERSION].text = arena_lower(a, version);
    }
    cpe_write(&cpe, &b);
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    size_t cut = colon_before(text, 2 + CPE_VERSION);
    *out = (struct identity){.package = str_upto(text, cut), .rest = str_from(text, cut)};
    if (cpe.at[CPE_VERSION].kind == CPE_TEXT)
        out->version = cpe.at[CPE_VERSION].text;
    return true;
}

void identity_of(struct arena *a, str key, struct identity *out) {
    str raw, version;
    str_cut(key, '\n', &raw, &version);
    if (!of_purl(a, raw, version, out) && !of_cpe(a, raw, version, out)) {
        *out = (struct identity){.package = raw, .rest = S(""), .version = version, .unidentified = true};
        if (!str_starts(raw, S("name:")))
            out->package = arena_printf(a, "name:%.*s", STR_ARG(raw));
        if (version.n)
            out->rest = arena_printf(a, "@%.*s", STR_ARG(version));
    }
    out->package = bounded(a, out->package);
    out->rest = bounded(a, out->rest);
    out->version = out->version.n ? bounded(a, without_nul(a, out->version)) : (str){NULL, 0};
}

void identity_of_text(struct arena *a, str text, struct identity *out) {
    str name, version;
    if (str_starts(text, S("name:")) && str_rcut(text, '@', &name, &version) && name.n > S("name:").n)
        identity_of(a, joined(a, "", name, version), out);
    else
        identity_of(a, text, out);
}
