/* SPDX-License-Identifier: Apache-2.0
 *
 * Forms of text CycloneDX asks for.
 */
#include "sbom/cdx_schema.h"

/* Matches a picture: 'x' lower hex digit, 'A' capital, 'a' small letter; anything else stands for itself. */
static bool like(str s, const char *picture) {
    if (s.n != strlen(picture))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool ok = picture[i] == 'x'   ? ch_digit(c) || (c >= 'a' && c <= 'f')
                  : picture[i] == 'A' ? ch_upper(c)
                  : picture[i] == 'a' ? ch_lower(c)
                                      : c == picture[i];
        if (!ok)
            return false;
    }
    return true;
}

static const char uuid[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

static bool all_of(str s, bool (*ok)(char c)) {
    for (size_t i = 0; i < s.n; i++)
        if (!ok(s.p[i]))
            return false;
    return s.n > 0;
}
static bool is_hex(char c) { return ch_hex(c); }
static bool is_digit(char c) { return ch_digit(c); }
static bool in_mime(char c) { return ch_lower(c) || ch_digit(c) || c == '-' || c == '+' || c == '.'; }

static bool urn_uuid(str s) { return str_starts(s, S("urn:uuid:")) && like(str_from(s, 9), uuid); }

static bool bom_link(str s, bool element) {
    str document, ref, id, version;
    bool has_ref = str_cut(s, '#', &document, &ref);
    if (has_ref != element || (element && ref.n == 0) || !str_starts(document, S("urn:cdx:")))
        return false;
    return str_cut(str_from(document, 8), '/', &id, &version) && like(id, uuid) && all_of(version, is_digit) &&
           version.p[0] != '0';
}

static bool mime(str s) {
    str type, subtype;
    return str_cut(s, '/', &type, &subtype) && all_of(type, in_mime) && all_of(subtype, in_mime);
}

static bool hash(str s) {
    return (s.n == 32 || s.n == 40 || s.n == 64 || s.n == 96 || s.n == 128) && all_of(s, is_hex);
}

static bool cre(str s) {
    str one, two;
    return str_starts(s, S("CRE:")) && str_cut(str_from(s, 4), '-', &one, &two) && all_of(one, is_digit) &&
           all_of(two, is_digit);
}

static bool patent(str s) {
    if (s.n < 2 || s.n > 30 || !ch_alnum(s.p[0]) || !ch_alnum(s.p[s.n - 1]))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!ch_alnum(s.p[i]) && !ch_space(s.p[i]) && !strchr("-/.()", s.p[i]))
            return false;
    return true;
}

bool cdx_licence_id_ok(str id) { return id.n > 0; }

bool cdx_pattern_ok(enum cdx_pattern pattern, str s) {
    switch (pattern) {
    case PATTERN_NONE: return true;
    case PATTERN_URN_UUID: return urn_uuid(s);
    case PATTERN_BOM_LINK: return bom_link(s, false);
    case PATTERN_BOM_LINK_ELEMENT: return bom_link(s, true);
    case PATTERN_MIME: return mime(s);
    case PATTERN_HASH: return hash(s);
    case PATTERN_LOCALE: return like(s, "aa") || like(s, "aa-AA");
    case PATTERN_CRE: return cre(s);
    case PATTERN_PATENT: return patent(s);
    case PATTERN_COUNTRY: return like(s, "AA");
    }
    return true;
}

/* RFC 3339 date-time: time_parse, which is kinder, and the parts it leaves open. */
static bool date_time(str s) {
    int64_t t;
    size_t at = 19;
    if (s.n < 20 || (s.p[10] != 'T' && s.p[10] != 't') || !time_parse(s, &t))
        return false;
    if (s.p[at] == '.')
        for (at++; at < s.n && ch_digit(s.p[at]);)
            at++;
    return at < s.n;
}

static bool date(str s) {
    int64_t t;
    return s.n == 10 && time_parse(s, &t);
}

/* Blanks and control characters are what no IRI can hold; the rest of RFC 3987 is left to whoever follows it. */
static bool iri(str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7F)
            return false;
    return true;
}

static bool uri(str s) {
    str scheme, rest;
    return str_cut(s, ':', &scheme, &rest) && scheme.n && ch_alpha(scheme.p[0]) && iri(s);
}

static bool email(str s) {
    str local, domain;
    return str_rcut(s, '@', &local, &domain) && local.n && domain.n && iri(domain);
}

bool cdx_format_ok(enum cdx_format format, str s) {
    switch (format) {
    case FORMAT_NONE: return true;
    case FORMAT_DATE_TIME: return date_time(s);
    case FORMAT_DATE: return date(s);
    case FORMAT_IRI: return iri(s);
    case FORMAT_URI: return uri(s);
    case FORMAT_EMAIL: return email(s);
    }
    return true;
}
