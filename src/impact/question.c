/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/question.h"

#include <stdlib.h>

#include "base/digest.h"
#include "ident/purl.h"
#include "impact/digests.h"
#include "impact/hits.h"

struct asking {
    struct portfolio *p;
    struct arena *a;
    struct question *q;
    struct err *e;
};

const char *question_kind_name(enum question_kind k) {
    static const char *const names[] = {"package", "flaw", "file", "party", "release", "product", "unknown"};
    return names[k];
}

static int by_component(const void *x, const void *y) {
    component_id a = *(const component_id *)x, b = *(const component_id *)y;
    return a < b ? -1 : a > b;
}
static int by_release(const void *x, const void *y) {
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return a < b ? -1 : a > b;
}

/* Ascending, each once. */
static void put_in_order(struct question *q) {
    uint32_t kept = 0;
    if (q->components.n)
        qsort(q->components.v, q->components.n, sizeof *q->components.v, by_component);
    for (uint32_t i = 0; i < q->components.n; i++)
        if (!kept || q->components.v[kept - 1] != q->components.v[i])
            q->components.v[kept++] = q->components.v[i];
    q->components.n = kept;
    kept = 0;
    if (q->releases.n)
        qsort(q->releases.v, q->releases.n, sizeof *q->releases.v, by_release);
    for (uint32_t i = 0; i < q->releases.n; i++)
        if (!kept || q->releases.v[kept - 1] != q->releases.v[i])
            q->releases.v[kept++] = q->releases.v[i];
    q->releases.n = kept;
}

/* ── packages ── */

/* Qualifiers that were asked for are all there. */
static bool has_qualifiers(struct arena *a, str purl, const struct purl *asked) {
    struct purl p;
    struct err odd = {0};
    if (!asked->n_qualifiers)
        return true;
    if (!purl_parse(a, purl, &p, &odd))
        return false;
    for (uint32_t i = 0; i < asked->n_qualifiers; i++) {
        bool there = false;
        for (uint32_t k = 0; k < p.n_qualifiers; k++)
            there |= str_eq(p.qualifiers[k].key, asked->qualifiers[i].key) &&
                     str_eq(p.qualifiers[k].value, asked->qualifiers[i].value);
        if (!there)
            return false;
    }
    return true;
}

static bool take_versions(struct asking *k, int64_t package, const struct purl *asked,
                          const struct version_choice *choice) {
    struct component_rows rows = {0};
    if (!contents_versions(k->p->contents, k->a, package, &rows, k->e))
        return false;
    for (uint32_t i = 0; i < rows.n; i++)
        if (version_chosen(k->a, choice, rows.v[i].version) && has_qualifiers(k->a, rows.v[i].purl, asked))
            *vec_push(k->a, &k->q->components) = rows.v[i].id;
    return true;
}

/* Canonical, without version, qualifiers and subpath. */
static str package_text(struct arena *a, const struct purl *p) {
    struct purl bare = *p;
    bare.version = bare.subpath = (str){NULL, 0};
    bare.n_qualifiers = 0;
    return purl_text(a, &bare);
}

static bool ask_package(struct asking *k, str text) {
    struct question *q = k->q;
    struct purl asked;
    struct version_choice *choice;
    str purl;
    bool found;
    int64_t package;
    q->kind = QUESTION_PACKAGE;
    question_cut_range(k->a, text, &purl, &q->range);
    if (!purl_parse(k->a, purl, &asked, k->e)) {
        k->e->kind = ERR_USAGE;
        return false;
    }
    q->package = package_text(k->a, &asked);
    q->name = q->range.p ? arena_printf(k->a, "%.*s@%.*s", STR_ARG(q->package), STR_ARG(q->range)) : q->package;
    if (!version_choice_parse(k->a, asked.type, q->range, &choice, k->e) ||
        !contents_package(k->p->contents, q->package, &found, &package, k->e))
        return false;
    if (found && !q->range.p && !asked.n_qualifiers)
        q->every = package;
    return !found || take_versions(k, package, &asked, choice);
}

/* "name:NAME@VERSION", "cpe:2.3:…": what an SBOM lists without a purl. */
static bool ask_name(struct asking *k, str text) {
    static const struct purl any = {.n_qualifiers = 0};
    struct question *q = k->q;
    struct version_choice *choice;
    struct identity x;
    bool found;
    int64_t package;
    identity_of_text(k->a, text, &x);
    q->kind = QUESTION_PACKAGE;
    q->name = text;
    q->package = x.package;
    q->range = x.version;
    return version_choice_parse(k->a, S("generic"), q->range, &choice, k->e) &&
           contents_package(k->p->contents, x.package, &found, &package, k->e) &&
           (!found || take_versions(k, package, &any, choice));
}

/* ── flaws ── */

/* The beginning of a name that flaws have, so that one that hits nothing here is answered, not refused; or NULL. */
static const char *flaw_head(str s) {
    static const char *const heads[] = {"CVE-", "GHSA-", "PYSEC-", "RUSTSEC-", "GO-",  "OSV-",  "DSA-",
                                        "DLA-", "USN-",  "RHSA-",  "JVNDB-",   "MAL-", "EUVD-", "GSD-"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (str_istarts(s, str_of(heads[i])))
            return heads[i];
    return NULL;
}

/* As the one who gave the name writes it: CVE-2026-1, GHSA-abcd-efgh-jkmp. Behind the head, only theirs has letters. */
static str flaw_spelled(struct arena *a, str text) {
    const char *head = flaw_head(text);
    return head ? arena_cat(a, str_of(head), arena_lower(a, str_from(text, strlen(head)))) : text;
}

static bool ask_flaw(struct asking *k, str text, bool *found) {
    struct flaw_row flaw;
    struct hit_rows rows = {0};
    if (!hits_flaw(k->p, k->a, text, found, &flaw, k->e) ||
        (!*found && !hits_flaw(k->p, k->a, flaw_spelled(k->a, text), found, &flaw, k->e)))
        return false;
    if (!*found)
        return true;
    k->q->kind = QUESTION_FLAW;
    k->q->name = flaw.id;
    k->q->flaw = flaw.number;
    if (!hits_of_flaw(k->p, k->a, flaw.number, &rows, k->e))
        return false;
    for (uint32_t i = 0; i < rows.n; i++)
        *vec_push(k->a, &k->q->components) = rows.v[i].component;
    return true;
}

/* ── files ── */

static bool ask_file(struct asking *k, str hex) {
    unsigned char digest[32];
    k->q->kind = QUESTION_FILE;
    if (!hex_bytes(arena_lower(k->a, hex), digest, sizeof digest))
        return err_set(k->e, ERR_USAGE, hex, "%s", _("not a SHA-256 digest: 64 hexadecimal digits"));
    k->q->name = arena_lower(k->a, hex);
    return digests_find(k->p, k->a, digest, k->q, k->e);
}

static bool looks_like_digest(str s) {
    unsigned char digest[32];
    return s.n == 64 && hex_bytes(s, digest, sizeof digest);
}

/* ── things by their id ── */

static bool ask_party(struct asking *k, str id, bool *found) {
    int64_t number;
    if (!thing_find(k->p, THING_PARTY, id, found, &number, k->e) || !*found)
        return k->e->kind == ERR_NONE;
    k->q->kind = QUESTION_PARTY;
    k->q->name = id;
    k->q->party = number;
    return true;
}

static bool ask_product(struct asking *k, str id, str version, bool *found) {
    int64_t number;
    struct release_rows rows = {0};
    if (!thing_find(k->p, THING_PRODUCT, id, found, &number, k->e) || !*found)
        return k->e->kind == ERR_NONE;
    if (!contents_releases(k->p->contents, k->a, number, version, &rows, k->e))
        return false;
    *found = rows.n > 0 || !version.p;
    if (!*found)
        return true;
    k->q->kind = version.p ? QUESTION_RELEASE : QUESTION_PRODUCT;
    k->q->name = version.p ? arena_printf(k->a, "%.*s@%.*s", STR_ARG(id), STR_ARG(version)) : id;
    k->q->product = number;
    k->q->version = version;
    for (uint32_t i = 0; i < rows.n; i++)
        *vec_push(k->a, &k->q->releases) = rows.v[i].id;
    return true;
}

static bool ask_release(struct asking *k, str text, bool *found) {
    str id, version;
    *found = false;
    if (!str_rcut(text, '@', &id, &version) || !version.n)
        return true;
    return ask_product(k, id, version, found);
}

/* ── one after the other ── */

/* What is written in front says what it is; *took false when nothing is. */
static bool ask_outright(struct asking *k, str text, bool *took, bool *found) {
    *took = *found = true;
    if (str_istarts(text, S("pkg:")))
        return ask_package(k, text);
    if (str_starts(text, S("name:")) || str_istarts(text, S("cpe:")))
        return ask_name(k, text);
    if (str_starts(text, S("file:")) || str_starts(text, S("sha256:"))) {
        str hex = str_from(text, str_chr(text, ':') + 1);
        return ask_file(k, str_starts(hex, S("sha256:")) ? str_from(hex, 7) : hex);
    }
    if (str_starts(text, S("party:")))
        return ask_party(k, str_from(text, 6), found);
    if (str_starts(text, S("product:")))
        return ask_product(k, str_from(text, 8), (str){NULL, 0}, found);
    if (str_starts(text, S("release:")))
        return ask_release(k, str_from(text, 8), found);
    *took = *found = false;
    return true;
}

static bool ask_by_form(struct asking *k, str text, bool *found) {
    if (looks_like_digest(text)) {
        *found = true;
        return ask_file(k, text);
    }
    if (!ask_flaw(k, text, found) || *found)
        return k->e->kind == ERR_NONE;
    if (flaw_head(text)) { /* one that hits nothing here */
        *found = true;
        k->q->kind = QUESTION_FLAW;
        k->q->name = flaw_spelled(k->a, text);
        return true;
    }
    if (!ask_release(k, text, found) || *found)
        return k->e->kind == ERR_NONE;
    if (!ask_party(k, text, found) || *found)
        return k->e->kind == ERR_NONE;
    return ask_product(k, text, (str){NULL, 0}, found);
}

bool question_parse(struct portfolio *p, struct arena *a, str text, struct question *out, struct err *e) {
    struct err mine = {0};
    struct asking k = {p, a, out, e ? e : &mine};
    bool took, found;
    text = arena_str(a, str_trim(text));
    *out = (struct question){.asked = text, .name = text, .every = -1, .flaw = -1, .party = -1, .product = -1};
    if (!ask_outright(&k, text, &took, &found) || (!took && !ask_by_form(&k, text, &found)))
        return false;
    if (!found) {
        out->kind = QUESTION_UNKNOWN;
        out->name = text;
    }
    put_in_order(out);
    return true;
}
