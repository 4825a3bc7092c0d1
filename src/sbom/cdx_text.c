/* SPDX-License-Identifier: Apache-2.0
 *
 * Forms of text CycloneDX asks for.
 */
#include "ident/licence.h"
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

bool cdx_licence_id_ok(str id) { return id.n && str_eq(licence_id(id), id); }

static const char *const pattern_says[] = {
    [PATTERN_URN_UUID] = N_("this must be \"urn:uuid:\" and a UUID in lower case"),
    [PATTERN_BOM_LINK] = N_("this must be a BOM-Link, \"urn:cdx:UUID/VERSION\""),
    [PATTERN_BOM_LINK_ELEMENT] = N_("this must be a BOM-Link to an element, \"urn:cdx:UUID/VERSION#REF\""),
    [PATTERN_MIME] = N_("this must be a media type in lower case, as \"text/plain\""),
    [PATTERN_HASH] = N_("this must be 32, 40, 64, 96 or 128 hexadecimal digits"),
    [PATTERN_LOCALE] = N_("this must be a language as \"en\" or \"en-US\""),
    [PATTERN_CRE] = N_("this must be \"CRE:\" and two numbers, as \"CRE:123-456\""),
    [PATTERN_PATENT] = N_("this is no patent or application number"),
    [PATTERN_URN_UUID_XML] = N_("this must be \"urn:uuid:\" and a UUID in lower case"),
    [PATTERN_CPE] = N_("this is no CPE name (cpe:/… or cpe:2.3:…)"),
    [PATTERN_COUNTRY] = N_("this must be a country code of two capitals"),
};
static const char *const format_says[] = {
    [FORMAT_DATE_TIME] = N_("this must be date and time with zone, as \"2026-01-02T03:04:05Z\""),
    [FORMAT_DATE] = N_("this must be a date, as \"2026-01-02\""),
    [FORMAT_IRI] = N_("this must be an address (IRI) without blanks"),
    [FORMAT_URI] = N_("this must be a URI with its scheme"),
    [FORMAT_XML_DATE_TIME] = N_("this must be date and time, as \"2026-01-02T03:04:05Z\""),
    [FORMAT_XML_DATE] = N_("this must be a date, as \"2026-01-02\""),
    [FORMAT_EMAIL] = N_("this must be an e-mail address"),
};

const char *cdx_pattern_says(enum cdx_pattern pattern) { return pattern_says[pattern]; }
const char *cdx_format_says(enum cdx_format format) { return format_says[format]; }

/* ── CPE names (as the XML schema wants them) ── */

static bool in_uri_part(char c) { return ch_alnum(c) || c == '.' || c == '_' || c == '-' || c == '~' || c == '%'; }

static bool cpe_uri(str s) {
    str part;
    unsigned n = 0;
    if (!str_istarts(s, S("cpe:/")) || s.p[0] != 'c')
        return false;
    s = str_from(s, 5);
    if (s.n && strchr("AHOaho", s.p[0]))
        s = str_from(s, 1);
    if (s.n == 0)
        return true;
    if (s.p[0] != ':')
        return false;
    for (s = str_from(s, 1); str_next(&s, ':', &part); n++)
        if (part.n && !all_of(part, in_uri_part))
            return false;
    return n <= 6;
}

/* One attribute value: "*", "-", or text with quoted specials and wildcards at its ends only. */
static bool cpe_value(str s) {
    size_t i = 0, taken = 0, end = s.n;
    if (s.n == 1 && (s.p[0] == '*' || s.p[0] == '-'))
        return true;
    if (i < end && s.p[i] == '*')
        i++;
    else
        while (i < end && s.p[i] == '?')
            i++;
    for (; i < end; i++, taken++) {
        if (s.p[i] == '\\' && i + 1 < end && strchr("\\*?!\"#$%&'()+,/:;<=>@[]^`{|}~", s.p[i + 1]))
            i++;
        else if (!ch_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '.' && s.p[i] != '_')
            break;
    }
    if (i < end && s.p[i] == '*')
        i++;
    else
        while (i < end && s.p[i] == '?')
            i++;
    return taken > 0 && i == end;
}

static bool cpe_language(str s) {
    str language, region;
    bool has = str_cut(s, '-', &language, &region);
    if (s.n == 1)
        return s.p[0] == '*' || s.p[0] == '-';
    if (language.n < 2 || language.n > 3)
        return false;
    for (size_t i = 0; i < language.n; i++)
        if (!ch_alpha(language.p[i]))
            return false;
    return !has || (region.n == 2 && ch_alpha(region.p[0]) && ch_alpha(region.p[1])) ||
           (region.n == 3 && all_of(region, is_digit));
}

/* The text up to the next colon that is not quoted. */
static bool cpe_next(str *rest, str *part) {
    size_t i = 0;
    if (!rest->p)
        return false;
    while (i < rest->n && rest->p[i] != ':')
        i += rest->p[i] == '\\' ? 2 : 1;
    *part = str_upto(*rest, i);
    *rest = i < rest->n ? str_from(*rest, i + 1) : (str){NULL, 0};
    return true;
}

static bool cpe_formatted(str s) {
    str part;
    unsigned n = 0;
    if (!str_starts(s, S("cpe:2.3:")))
        return false;
    for (s = str_from(s, 8); cpe_next(&s, &part); n++) {
        bool ok = n == 0 ? part.n == 1 && strchr("aho*-", part.p[0]) : n == 6 ? cpe_language(part) : cpe_value(part);
        if (!ok)
            return false;
    }
    return n == 11;
}

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
    case PATTERN_URN_UUID_XML: return urn_uuid(s) || like(s, "{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}");
    case PATTERN_CPE: return cpe_uri(s) || cpe_formatted(s);
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

/* xs:dateTime and xs:date: the zone is optional for both. */
static bool xml_date_time(str s) {
    int64_t t;
    return s.n >= 19 && s.p[10] == 'T' && time_parse(s, &t);
}

static bool xml_date(str s) {
    int64_t t;
    str zone = str_from(s, 10);
    if (s.n < 10 || !time_parse(str_upto(s, 10), &t))
        return false;
    return zone.n == 0 || (zone.n == 1 && zone.p[0] == 'Z') || (zone.n == 6 && zone.p[3] == ':');
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
    case FORMAT_XML_DATE_TIME: return xml_date_time(s);
    case FORMAT_XML_DATE: return xml_date(s);
    }
    return true;
}
