/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/search.h"

#include <stdlib.h>

#include "impact/case.h"
#include "impact/hits.h"
#include "store/queries.h"

enum { ROWS_LOOKED_AT = 10000, OF_A_KIND = 32, TEXT_MOST = 200, TEXT_LEAST = 2 };

struct searching {
    struct portfolio *p;
    struct arena *a;
    const struct reader *reader;
    const struct as_of *when;
    str text;    /* trimmed */
    str lower;   /* in small letters */
    str pattern; /* for LIKE */
    bool masked; /* `mask` was read */
    uint32_t limit;
    roaring_bitmap_t *mask; /* releases the reader may see; NULL: all */
    struct search_hits *out;
};
VEC_NAMED(numbers_found, int64_t);

/* ── how well a name fits ── */

static bool fits(const struct searching *s, str name, unsigned *rank) {
    str lower = arena_lower(s->a, name);
    size_t at = str_find(lower, s->lower);
    if (at == STR_NONE)
        return false;
    unsigned r = str_eq(lower, s->lower)                                    ? 0
                 : at == 0                                                  ? 1
                 : at && (lower.p[at - 1] == '/' || lower.p[at - 1] == ':') ? 2
                                                                            : 3;
    *rank = r < *rank ? r : *rank;
    return true;
}

static void add(struct searching *s, const char *kind, str id, str name, unsigned rank) {
    for (uint32_t i = 0; i < s->out->n; i++)
        if (s->out->v[i].kind == kind && str_eq(s->out->v[i].id, id))
            return;
    *vec_push(s->a, s->out) = (struct search_hit){kind, id, name, rank};
}

/* ── candidates ── */

static bool numbers_of(struct searching *s, const struct query *query, str from, str until, int64_t kind,
                       struct numbers_found *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(s->p->store, query, &q, e))
        return false;
    ask_text(q, 1, from);
    if (until.p)
        ask_text(q, 2, until);
    else
        ask_int(q, 2, ROWS_LOOKED_AT);
    ask_int(q, 3, OF_A_KIND);
    if (kind >= 0)
        ask_int(q, 4, kind);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(s->a, out) = ask_col_int(q, 0);
    }
    ask_end(q);
    return true;
}

static bool containing(struct searching *s, const struct query *query, int64_t kind, struct numbers_found *out,
                       struct err *e) {
    return numbers_of(s, query, s->pattern, (str){NULL, 0}, kind, out, e);
}
/* Everything that begins with it lies below it followed by the largest rune. */
static bool beginning(struct searching *s, const struct query *query, str with, struct numbers_found *out,
                      struct err *e) {
    return numbers_of(s, query, with, arena_cat(s->a, with, S("\xF4\x8F\xBF\xBF")), -1, out, e);
}

/* ── things ── */

/* The id itself, ids and names that contain it. */
static bool things_named(struct searching *s, enum thing_kind kind, const struct query *names,
                         struct numbers_found *out, struct err *e) {
    bool found;
    int64_t number;
    if (!thing_find(s->p, kind, s->text, &found, &number, e))
        return false;
    if (found)
        *vec_push(s->a, out) = number;
    return containing(s, &Q_search_things, kind, out, e) && containing(s, names, -1, out, e);
}

static bool add_parties(struct searching *s, struct err *e) {
    struct numbers_found v = {0};
    if (!things_named(s, THING_PARTY, &Q_search_parties, &v, e))
        return false;
    for (uint32_t i = 0; i < v.n; i++) {
        struct party x;
        bool found;
        unsigned rank = UINT32_MAX;
        if (!party_get(s->p, s->a, v.v[i], s->when, &x, &found, e))
            return false;
        if (found && audience_party(s->reader, &x) && ((int)fits(s, x.id, &rank) | (int)fits(s, x.name, &rank)))
            add(s, "party", x.id, x.name, rank);
    }
    return true;
}

static bool add_products(struct searching *s, struct err *e) {
    struct numbers_found v = {0};
    if (!things_named(s, THING_PRODUCT, &Q_search_products, &v, e))
        return false;
    for (uint32_t i = 0; i < v.n; i++) {
        struct product x;
        bool found;
        unsigned rank = UINT32_MAX;
        if (!product_get(s->p, s->a, v.v[i], s->when, &x, &found, e))
            return false;
        if (found && audience_product(s->reader, &x) && ((int)fits(s, x.id, &rank) | (int)fits(s, x.name, &rank)))
            add(s, "product", x.id, x.name, rank);
    }
    return true;
}

static bool add_services(struct searching *s, struct err *e) {
    struct numbers_found v = {0};
    if (!things_named(s, THING_SERVICE, &Q_search_services, &v, e))
        return false;
    for (uint32_t i = 0; i < v.n; i++) {
        struct service x;
        bool found;
        unsigned rank = UINT32_MAX;
        if (!service_get(s->p, s->a, v.v[i], s->when, &x, &found, e))
            return false;
        if (found && audience_service(s->reader, &x) && ((int)fits(s, x.id, &rank) | (int)fits(s, x.name, &rank)))
            add(s, "service", x.id, x.name, rank);
    }
    return true;
}

/* ── components ── */

static bool see_releases(struct searching *s, struct err *e) {
    if (s->masked)
        return true;
    s->masked = true;
    return contents_releases_at(s->p->contents, s->when, &s->limit, e) &&
           audience_releases(s->p, s->reader, s->when, s->limit, &s->mask, e);
}

/* Whether one of these is in a release the reader may see. */
static bool seen(struct searching *s, const component_id *ids, uint32_t n, bool *yes, struct err *e) {
    roaring_bitmap_t *in;
    *yes = s->reader->owner && !s->when->given;
    if (*yes || !n)
        return true;
    if (!see_releases(s, e) || !contents_with(s->p->contents, ids, n, s->limit, &in, e))
        return false;
    *yes = s->mask ? roaring_bitmap_intersect(in, s->mask) : !roaring_bitmap_is_empty(in);
    roaring_bitmap_free(in);
    return true;
}

/* "pkg:npm/left" of "pkg:npm/left@1.0.0?a=b". */
static str package_of_text(str purl) {
    size_t from = str_rchr(purl, '/'), end;
    from = from == STR_NONE ? 0 : from;
    end = str_chr(str_from(purl, from), '@');
    return end == STR_NONE ? purl : str_upto(purl, from + end);
}

static bool add_package(struct searching *s, int64_t package, struct err *e) {
    struct component_rows rows;
    struct component_ids ids = {0};
    bool yes;
    unsigned rank = UINT32_MAX;
    if (!contents_versions(s->p->contents, s->a, package, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.n; i++)
        *vec_push(s->a, &ids) = rows.v[i].id;
    if (!rows.n || !seen(s, ids.v, ids.n, &yes, e))
        return !rows.n;
    str name = package_of_text(rows.v[0].purl);
    if (yes && fits(s, name, &rank))
        add(s, "package", name, (str){NULL, 0}, rank);
    return true;
}

static bool add_packages(struct searching *s, struct err *e) {
    static const char *const types[] = {"npm", "pypi", "maven", "golang",   "cargo",  "nuget",
                                        "gem", "deb",  "rpm",   "composer", "github", "generic"};
    struct numbers_found v = {0};
    bool ok = true;
    if (str_starts(s->lower, S("pkg:")))
        ok = beginning(s, &Q_search_packages_from, package_of_text(s->text), &v, e);
    else
        for (size_t i = 0; ok && i < sizeof types / sizeof *types; i++)
            ok = beginning(s, &Q_search_packages_from, arena_printf(s->a, "pkg:%s/%.*s", types[i], STR_ARG(s->lower)),
                           &v, e);
    ok = ok && containing(s, &Q_search_packages, -1, &v, e);
    for (uint32_t i = 0; ok && i < v.n && i < 2 * OF_A_KIND; i++)
        ok = add_package(s, v.v[i], e);
    return ok;
}

static str upper(struct arena *a, str text) {
    str out = arena_str(a, text);
    for (size_t i = 0; i < out.n; i++)
        if (out.p[i] >= 'a' && out.p[i] <= 'z')
            ((char *)(uintptr_t)out.p)[i] = (char)(out.p[i] - 'a' + 'A');
    return out;
}

/* Their names mostly are in capitals; those of GHSA go on in small letters. */
static str flaw_name(struct searching *s) {
    return str_istarts(s->text, S("GHSA-")) ? arena_cat(s->a, S("GHSA-"), str_from(s->lower, 5)) : upper(s->a, s->text);
}

static bool add_flaw(struct searching *s, int64_t number, struct err *e) {
    struct flaw_row f;
    struct flaw_names names;
    struct component_ids ids;
    bool yes;
    unsigned rank = UINT32_MAX;
    if (!hits_flaw_row(s->p, s->a, number, &f, e) || !hits_components(s->p, s->a, f.number, &ids, e) ||
        !hits_names(s->p, s->a, f.number, &names, e) || !seen(s, ids.v, ids.n, &yes, e))
        return false;
    bool named = (int)fits(s, f.id, &rank) | (int)fits(s, f.summary, &rank);
    for (uint32_t i = 0; i < names.n; i++)
        named |= fits(s, names.v[i], &rank);
    if (yes && ids.n && named)
        add(s, "flaw", f.id, f.summary, rank);
    return true;
}

static bool add_flaws(struct searching *s, struct err *e) {
    struct numbers_found v = {0};
    bool ok = beginning(s, &Q_search_flaws_from, flaw_name(s), &v, e) && containing(s, &Q_search_flaws, -1, &v, e);
    for (uint32_t i = 0; ok && i < v.n; i++)
        ok = add_flaw(s, v.v[i], e);
    return ok;
}

/* ── releases: PRODUCT@VERSION, the version as far as it was typed ── */

static bool add_releases(struct searching *s, struct err *e) {
    str id, version;
    struct product of;
    struct release_rows rows;
    bool found;
    int64_t number;
    if (!str_rcut(s->text, '@', &id, &version) || !thing_find(s->p, THING_PRODUCT, id, &found, &number, e))
        return !str_rcut(s->text, '@', &id, &version);
    if (!found)
        return true;
    if (!product_get(s->p, s->a, number, s->when, &of, &found, e) || !see_releases(s, e))
        return false;
    if (!found || !contents_releases(s->p->contents, s->a, number, (str){NULL, 0}, &rows, e))
        return !found;
    for (uint32_t i = rows.n, n = 0; i-- > 0 && n < OF_A_KIND;) {
        const struct release_row *r = &rows.v[i];
        if (r->twin != r->id || r->id >= s->limit || (s->mask && !roaring_bitmap_contains(s->mask, r->id)) ||
            !str_istarts(r->version, version))
            continue;
        n++;
        add(s, "release", arena_printf(s->a, "%.*s@%.*s", STR_ARG(of.id), STR_ARG(r->version)), of.name,
            str_eq(r->version, version) ? 0 : 1);
    }
    return true;
}

/* ── cases ── */

static bool add_cases(struct searching *s, struct err *e) {
    struct numbers_found v = {0};
    if (!containing(s, &Q_search_cases, -1, &v, e))
        return false;
    for (uint32_t i = 0; i < v.n; i++) {
        struct case_row c;
        struct product of;
        bool found;
        unsigned rank = UINT32_MAX;
        if (!case_get(s->p, s->a, v.v[i], &c, e) || !product_get(s->p, s->a, c.product, s->when, &of, &found, e))
            return false;
        if (found && audience_case(s->reader, &of) && ((int)fits(s, c.id, &rank) | (int)fits(s, c.package, &rank)))
            add(s, "case", c.id, arena_printf(s->a, "%.*s: %.*s", STR_ARG(of.id), STR_ARG(c.package)), rank + 1);
    }
    return true;
}

/* ── all ── */

static int by_rank(const void *x, const void *y) {
    const struct search_hit *a = x, *b = y;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->id.n != b->id.n)
        return a->id.n < b->id.n ? -1 : 1;
    int order = str_cmp(a->id, b->id);
    return order ? order : strcmp(a->kind, b->kind);
}

static str pattern_of(struct arena *a, str lower) {
    struct buf b = {0};
    buf_addc(&b, '%');
    for (size_t i = 0; i < lower.n; i++) {
        if (lower.p[i] == '%' || lower.p[i] == '_' || lower.p[i] == '\\')
            buf_addc(&b, '\\');
        buf_addc(&b, lower.p[i]);
    }
    buf_addc(&b, '%');
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

bool search_find(struct portfolio *p, struct arena *a, const struct reader *reader, const struct as_of *when, str text,
                 uint32_t most, struct search_hits *out, struct err *e) {
    struct searching s = {
        .p = p, .a = a, .reader = reader, .when = when, .text = str_trim(str_upto(text, TEXT_MOST)), .out = out};
    *out = (struct search_hits){0};
    if (s.text.n < TEXT_LEAST || !str_utf8_ok(s.text))
        return true;
    s.lower = arena_lower(a, s.text);
    s.pattern = pattern_of(a, s.lower);
    bool ok = add_products(&s, e) && add_releases(&s, e) && add_parties(&s, e) && add_services(&s, e) &&
              add_cases(&s, e) && add_flaws(&s, e) && add_packages(&s, e);
    if (s.mask)
        roaring_bitmap_free(s.mask);
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, by_rank);
    out->n = out->n < most ? out->n : most;
    return ok;
}

void search_json(struct jw *w, str text, const struct search_hits *found) {
    jw_obj(w);
    jw_kstr(w, "q", text);
    jw_karr(w, "rows");
    for (uint32_t i = 0; i < found->n; i++) {
        jw_obj(w);
        jw_kstr(w, "kind", str_of(found->v[i].kind));
        jw_kstr(w, "id", found->v[i].id);
        jw_kstr(w, "name", found->v[i].name);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_obj_end(w);
}
