/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules of single values and between members (SPDX 2.3 clauses 6 to 12, annexes D and F).
 */
#include "ident/cpe.h"
#include "ident/licence.h"
#include "ident/purl.h"
#include "sbom/spdx2_check.h"
#include "sbom/spdx_members.h"

/* ── the document ── */

void spdx2_rule_version(struct spdx2_check *c, struct jv v) {
    if (!str_is(j_str(v), "SPDX-2.2") && !str_is(j_str(v), "SPDX-2.3"))
        spdx2_bad(c, v, _("this must be SPDX-2.2 or SPDX-2.3"));
}

void spdx2_rule_data_licence(struct spdx2_check *c, struct jv v) {
    if (!str_is(j_str(v), "CC0-1.0"))
        spdx2_bad(c, v, _("an SPDX document is licensed under CC0-1.0"));
}

void spdx2_rule_document_id(struct spdx2_check *c, struct jv v) {
    if (!str_is(j_str(v), "SPDXRef-DOCUMENT"))
        spdx2_bad(c, v, _("the document's own id is SPDXRef-DOCUMENT"));
}

/* RFC 3986 §3.1: a letter, then letters, digits, '+', '-', '.', before the colon. */
static bool has_scheme(str uri) {
    size_t n = 0;
    while (n < uri.n && (ch_alnum(uri.p[n]) || uri.p[n] == '+' || uri.p[n] == '-' || uri.p[n] == '.'))
        n++;
    return n > 0 && ch_alpha(uri.p[0]) && n + 1 < uri.n && uri.p[n] == ':';
}

static bool has_blank(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (ch_space(s.p[i]))
            return true;
    return false;
}

void spdx2_rule_namespace(struct spdx2_check *c, struct jv v) {
    str uri = j_str(v);
    if (!has_scheme(uri) || has_blank(uri))
        spdx2_bad(c, v, _("this must be an absolute URI"));
    else if (str_chr(uri, '#') != STR_NONE)
        spdx2_bad(c, v, _("a document namespace has no # in it"));
}

/* Also "git+git@host:path": a scheme is enough, nothing is fetched. */
void spdx2_rule_location(struct spdx2_check *c, struct jv v) {
    str uri = j_str(v);
    if (!spdx_unstated(uri) && (!has_scheme(uri) || has_blank(uri)))
        spdx2_bad(c, v, _("this must be a URI, NONE or NOASSERTION"));
}

/* §6.9: "2010-01-29T18:30:22Z" */
void spdx2_rule_date(struct spdx2_check *c, struct jv v) {
    static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
    str s = j_str(v);
    int64_t t;
    bool ok = s.n == sizeof form - 1 && time_parse(s, &t);
    for (size_t i = 0; ok && i < s.n; i++)
        ok = form[i] == 'd' ? ch_digit(s.p[i]) : s.p[i] == form[i];
    if (!ok)
        spdx2_bad(c, v, _("this must be a time like 2024-01-31T12:00:00Z"));
}

/* ── people ── */

static bool is_party(str s, bool tool) {
    str kind, name;
    if (!str_cut(s, ':', &kind, &name) || !str_trim(name).n)
        return false;
    return str_is(kind, "Person") || str_is(kind, "Organization") || (tool && str_is(kind, "Tool"));
}

void spdx2_rule_creator(struct spdx2_check *c, struct jv v) {
    if (!is_party(j_str(v), true))
        spdx2_bad(c, v, _("this must be \"Person: …\", \"Organization: …\" or \"Tool: …\""));
}

void spdx2_rule_party(struct spdx2_check *c, struct jv v) {
    if (!is_party(j_str(v), false) && !str_is(j_str(v), "NOASSERTION"))
        spdx2_bad(c, v, _("this must be \"Person: …\", \"Organization: …\" or NOASSERTION"));
}

/* ── ids ── */

void spdx2_rule_id(struct spdx2_check *c, struct jv v) {
    str id = j_str(v);
    if (!spdx2_id_ok(id))
        spdx2_bad(c, v, _("an SPDXID is \"SPDXRef-\" and letters, digits, '.' and '-'"));
    if (id.n && map_get(&c->ids, id) != v.v)
        spdx2_bad(c, v, _("this SPDXID stands twice: %.*s"), STR_ARG(str_upto(id, 80)));
}

/* "DocumentRef-x:SPDXRef-y" with a DocumentRef the document declares. */
static bool is_elsewhere(struct spdx2_check *c, str id) {
    str document, element;
    return str_cut(id, ':', &document, &element) && map_find(&c->documents, document) && spdx2_id_ok(element);
}

static bool is_known(struct spdx2_check *c, str id) { return map_find(&c->ids, id) || is_elsewhere(c, id); }

void spdx2_rule_id_used(struct spdx2_check *c, struct jv v) {
    if (!is_known(c, j_str(v)))
        spdx2_bad(c, v, _("there is no %.*s in the document"), STR_ARG(str_upto(j_str(v), 80)));
}

void spdx2_rule_from(struct spdx2_check *c, struct jv v) { spdx2_rule_id_used(c, v); }

void spdx2_rule_to(struct spdx2_check *c, struct jv v) {
    if (!spdx_unstated(j_str(v)))
        spdx2_rule_id_used(c, v);
}

static bool id_letters(str s, const char *more) {
    for (size_t i = 0; i < s.n; i++)
        if (!ch_alnum(s.p[i]) && !strchr(more, s.p[i]))
            return false;
    return s.n > 0;
}

void spdx2_rule_document_ref(struct spdx2_check *c, struct jv v) {
    str id = j_str(v);
    if (!str_starts(id, S("DocumentRef-")) || !id_letters(str_from(id, 12), ".-+"))
        spdx2_bad(c, v, _("this must be \"DocumentRef-\" and letters, digits, '.', '-' and '+'"));
    else if (map_get(&c->documents, id) != v.v)
        spdx2_bad(c, v, _("this id stands twice: %.*s"), STR_ARG(str_upto(id, 80)));
}

void spdx2_rule_licence_ref(struct spdx2_check *c, struct jv v) {
    str id = j_str(v);
    if (!str_starts(id, S("LicenseRef-")) || !id_letters(str_from(id, 11), ".-"))
        spdx2_bad(c, v, _("this must be \"LicenseRef-\" and letters, digits, '.' and '-'"));
    else if (map_get(&c->licences, id) != v.v)
        spdx2_bad(c, v, _("this id stands twice: %.*s"), STR_ARG(str_upto(id, 80)));
}

/* ── licences ── */

/* Every LicenseRef must be told by the document, every DocumentRef declared. */
/* NOLINTNEXTLINE(misc-no-recursion): json_parse bounds the depth */
static bool refs_known(struct spdx2_check *c, struct jv v, const struct licence *l, unsigned depth) {
    if (!l || depth > 512)
        return true;
    if (l->op == LICENCE_AND || l->op == LICENCE_OR)
        return refs_known(c, v, l->left, depth + 1) && refs_known(c, v, l->right, depth + 1);
    str document, licence;
    if (l->op != LICENCE_REF)
        return true;
    bool elsewhere = str_cut(l->id, ':', &document, &licence);
    if (elsewhere ? map_find(&c->documents, document) != NULL : map_find(&c->licences, l->id) != NULL)
        return true;
    spdx2_bad(c, v, _("the document does not tell what %.*s is"), STR_ARG(str_upto(l->id, 80)));
    return false;
}

void spdx2_rule_licence(struct spdx2_check *c, struct jv v) {
    struct licence *l;
    struct err e = {0};
    str text = j_str(v);
    if (spdx_unstated(text) || map_find(&c->good, text))
        return;
    if (!licence_parse(c->a, text, &l, &e))
        spdx2_bad(c, v, "%s", e.what);
    else if (refs_known(c, v, l, 0))
        map_put(&c->good, text, NULL);
}

void spdx2_rule_list_version(struct spdx2_check *c, struct jv v) {
    str major, minor;
    uint64_t n;
    if (!str_cut(j_str(v), '.', &major, &minor) || !str_u64(major, &n) || !ch_digit(minor.n ? minor.p[0] : ' '))
        spdx2_odd(c, v, _("a licence list version is written like 3.19"));
}

void spdx2_rule_filled(struct spdx2_check *c, struct jv v) {
    if (!j_str(v).n)
        spdx2_bad(c, v, _("this must not be empty"));
}

/* ── words ── */

static bool listed(const char *const *words, str s) {
    for (; *words; words++)
        if (str_is(s, *words))
            return true;
    return false;
}

static void one_of(struct spdx2_check *c, struct jv v, bool known) {
    if (!known)
        spdx2_bad(c, v, _("SPDX does not have the word %.*s here"), STR_ARG(str_upto(j_str(v), 80)));
}

/* Those that 2.3 added. */
void spdx2_rule_relation_type(struct spdx2_check *c, struct jv v) {
    static const char *const newer[] = {"REQUIREMENT_DESCRIPTION_FOR", "SPECIFICATION_FOR", NULL};
    one_of(c, v, spdx2_is_relation(j_str(v)) && !(c->v22 && listed(newer, j_str(v))));
}

void spdx2_rule_purpose(struct spdx2_check *c, struct jv v) {
    /* §7.24 writes a hyphen, the JSON form an underline. */
    bool hyphen = str_is(j_str(v), "OPERATING-SYSTEM") && c->r->out->form.notation != NOTE_TAGVALUE;
    one_of(c, v, spdx2_purpose_to_type(j_str(v)) != TYPE_UNKNOWN && !hyphen);
}

void spdx2_rule_annotation_type(struct spdx2_check *c, struct jv v) {
    static const char *const words[] = {"OTHER", "REVIEW", NULL};
    one_of(c, v, listed(words, j_str(v)));
}

void spdx2_rule_file_type(struct spdx2_check *c, struct jv v) {
    static const char *const words[] = {"SOURCE", "BINARY", "ARCHIVE",       "APPLICATION", "AUDIO", "IMAGE",
                                        "TEXT",   "VIDEO",  "DOCUMENTATION", "SPDX",        "OTHER", NULL};
    one_of(c, v, listed(words, j_str(v)));
}

void spdx2_rule_category(struct spdx2_check *c, struct jv v) {
    static const char *const words[] = {
        "SECURITY", "PACKAGE-MANAGER", "PACKAGE_MANAGER", "PERSISTENT-ID", "PERSISTENT_ID", "OTHER", NULL};
    one_of(c, v, listed(words, j_str(v)));
}

/* Those that 2.3 added. */
void spdx2_rule_algorithm(struct spdx2_check *c, struct jv v) {
    static const char *const newer[] = {"SHA3-256",    "SHA3-384", "SHA3-512", "BLAKE2b-256", "BLAKE2b-384",
                                        "BLAKE2b-512", "BLAKE3",   "ADLER32",  NULL};
    one_of(c, v, spdx2_alg_to_model(j_str(v)).p && !(c->v22 && listed(newer, j_str(v))));
}

/* ── digests ── */

static bool is_hex(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!ch_hex(s.p[i]))
            return false;
    return s.n > 0;
}

void spdx2_rule_checksum(struct spdx2_check *c, struct jv object) {
    str alg = j_gets(object, "algorithm"), hex = j_gets(object, "checksumValue");
    uint32_t digits = spdx2_alg_digits(alg);
    if (!hex.p)
        return;
    if (!is_hex(hex))
        spdx2_bad(c, j_get(object, "checksumValue"), _("a checksum is written in hexadecimal"));
    else if (digits && hex.n != digits)
        spdx2_bad(c, j_get(object, "checksumValue"), _("a %.*s checksum has %u hexadecimal digits, this has %zu"),
                  STR_ARG(alg), digits, hex.n);
}

void spdx2_rule_verification(struct spdx2_check *c, struct jv v) {
    if (j_str(v).n != 40 || !is_hex(j_str(v)))
        spdx2_bad(c, v, _("a package verification code has 40 hexadecimal digits"));
}

void spdx2_rule_file(struct spdx2_check *c, struct jv object) {
    struct jv sums = j_get(object, "checksums");
    for (struct jiter it = j_iter(sums); j_next(&it);)
        if (str_is(j_gets(it.val, "algorithm"), "SHA1"))
            return;
    if (j_len(sums))
        spdx2_bad(c, sums, _("a file must have a SHA1 checksum"));
}

/* ── external references, annex F ── */

static const struct {
    const char *category;
    const char *types[8];
} reference_types[] = {
    {"SECURITY", {"cpe22Type", "cpe23Type", "advisory", "fix", "url", "swid", NULL}},
    {"PACKAGE-MANAGER", {"purl", "maven-central", "npm", "nuget", "bower", NULL}},
    {"PERSISTENT-ID", {"swh", "gitoid", NULL}},
};

static bool same_category(str written, const char *category) {
    str name = str_of(category);
    for (size_t i = 0; i < name.n && i < written.n; i++)
        if (written.p[i] != name.p[i] && !(written.p[i] == '_' && name.p[i] == '-'))
            return false;
    return written.n == name.n;
}

static bool type_fits(str category, str type) {
    for (size_t i = 0; i < sizeof reference_types / sizeof *reference_types; i++)
        if (same_category(category, reference_types[i].category))
            return listed(reference_types[i].types, type);
    return true;
}

static void check_locator(struct spdx2_check *c, struct jv v, str type) {
    struct purl purl;
    struct cpe cpe;
    struct err e = {0};
    if (str_is(type, "purl") && !purl_parse(c->a, j_str(v), &purl, &e))
        spdx2_bad(c, v, "%s", e.what);
    if (str_is(type, "cpe23Type") && (!str_starts(j_str(v), S("cpe:2.3:")) || !cpe_parse(c->a, j_str(v), &cpe, &e)))
        spdx2_bad(c, v, _("this must be a CPE 2.3 formatted string"));
    if (str_is(type, "cpe22Type") && !str_starts(j_str(v), S("cpe:/")))
        spdx2_bad(c, v, _("this must be a CPE 2.2 URI"));
}

void spdx2_rule_reference(struct spdx2_check *c, struct jv object) {
    str category = j_gets(object, "referenceCategory"), type = j_gets(object, "referenceType");
    struct jv locator = j_get(object, "referenceLocator");
    if (str_starts(type, S("http://spdx.org/rdf/references/")))
        type = str_from(type, 31);
    if (has_blank(type) || has_blank(j_str(locator)))
        spdx2_bad(c, object, _("type and locator of an external reference have no spaces"));
    if (type.n && !type_fits(category, type))
        spdx2_bad(c, j_get(object, "referenceType"), _("SPDX does not have the type %.*s in the category %.*s"),
                  STR_ARG(str_upto(type, 80)), STR_ARG(str_upto(category, 80)));
    else if (j_is_str(locator))
        check_locator(c, locator, type);
}

/* ── between members ── */

/* A range starts at 1 or later and ends where it starts or later. */
static bool check_range(struct spdx2_check *c, struct jv range, const char *unit) {
    struct jv start = j_get(j_get(range, "startPointer"), unit), end = j_get(j_get(range, "endPointer"), unit);
    if (!start.v && !end.v)
        return false;
    if (!start.v || !end.v)
        spdx2_bad(c, range, _("both pointers of a range need %s"), unit);
    else if (j_is_int(start) && j_is_int(end) && (j_int(start, 0) < 1 || j_int(end, 0) < j_int(start, 0)))
        spdx2_bad(c, range, _("a range begins at 1 or later and ends no earlier than it begins"));
    return true;
}

/* §9.3: the range in bytes is needed; §9.4: the one in lines may stand beside it. */
void spdx2_rule_ranges(struct spdx2_check *c, struct jv object) {
    struct jv ranges = j_get(object, "ranges");
    bool bytes = false;
    for (struct jiter it = j_iter(ranges); j_next(&it);) {
        bool lines = check_range(c, it.val, "lineNumber"), here = check_range(c, it.val, "offset");
        bytes |= here;
        if (j_is_obj(it.val) && !lines && !here)
            spdx2_bad(c, it.val, _("a range is told in bytes (offset) or lines (lineNumber)"));
    }
    if (j_len(ranges) && !bytes)
        spdx2_odd(c, ranges, _("a snippet must tell its range in bytes"));
}

/* §7.8: without an analysis of files there is nothing to say about them. */
void spdx2_rule_package(struct spdx2_check *c, struct jv object) {
    static const char *const of_files[] = {"packageVerificationCode", "licenseInfoFromFiles"};
    struct jv analyzed = j_get(object, "filesAnalyzed");
    if (!j_is_bool(analyzed) || j_true(analyzed))
        return;
    for (size_t i = 0; i < sizeof of_files / sizeof *of_files; i++)
        if (j_get(object, of_files[i]).v)
            spdx2_bad(c, j_get(object, of_files[i]), _("%s must be left out when filesAnalyzed is false"), of_files[i]);
}

/* §6: a document is about something. With one package it is plain what. */
void spdx2_rule_document(struct spdx2_check *c, struct jv object) {
    bool described = j_len(j_get(object, "documentDescribes")) > 0 || j_len(j_get(object, "packages")) == 1;
    for (struct jiter it = j_iter(j_get(object, "relationships")); !described && j_next(&it);) {
        str type = j_gets(it.val, "relationshipType");
        described = str_is(type, "DESCRIBES") || str_is(type, "DESCRIBED_BY");
    }
    if (!described)
        spdx2_odd(c, object, _("the document does not say what it describes"));
}
