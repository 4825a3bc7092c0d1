/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of CycloneDX as data: what each object of the JSON tree may, must and must not hold, by version. Checking
 * a document, choosing what a target version can hold and turning XML into the tree all walk these tables.
 *
 * A version is the minor number: CycloneDX 1.6 is 6. V(a, b) is the set of versions from a to b.
 */
#ifndef AKASHI_SBOM_CDX_SCHEMA_H
#define AKASHI_SBOM_CDX_SCHEMA_H

#include "sbom/cdx.h"

#define V(from, to) ((uint8_t)((0xFFu << (from)) & (0xFFu >> (7 - (to))) & 0xFFu))
enum { CDX_NEWEST = 7 };

enum cdx_kind {
    CDX_ANY,
    CDX_STRING,
    CDX_LICENCE, /* an id of the SPDX licence list */
    CDX_INTEGER,
    CDX_NUMBER,
    CDX_BOOL,
    CDX_OBJECT,
    CDX_ARRAY,
    CDX_ONE_OF, /* exactly one of parts fits */
    CDX_ANY_OF, /* at least one */
    CDX_ALL_OF,
};

enum cdx_pattern {
    PATTERN_NONE,
    PATTERN_URN_UUID,         /* urn:uuid:… */
    PATTERN_BOM_LINK,         /* urn:cdx:uuid/version */
    PATTERN_BOM_LINK_ELEMENT, /* urn:cdx:uuid/version#ref */
    PATTERN_MIME,             /* type/subtype */
    PATTERN_HASH,             /* 32, 40, 64, 96 or 128 hex digits */
    PATTERN_LOCALE,           /* en, en-US */
    PATTERN_CRE,              /* CRE:123-456 */
    PATTERN_PATENT,           /* letters, digits, -/.() and blanks, 2 to 30 of them */
    PATTERN_COUNTRY,          /* JP */
    PATTERN_URN_UUID_XML,     /* urn:uuid:… or {…} */
    PATTERN_CPE,              /* CPE 2.2 URI or 2.3 formatted string */
};
enum cdx_format {
    FORMAT_NONE,
    FORMAT_DATE_TIME,
    FORMAT_DATE,
    FORMAT_IRI,
    FORMAT_URI,
    FORMAT_EMAIL,
    FORMAT_XML_DATE_TIME, /* the zone may be missing */
    FORMAT_XML_DATE,
};
/* What XML does to white space before it looks at a text. */
enum cdx_blanks { BLANKS_KEEP, BLANKS_REPLACE /* each becomes a space */, BLANKS_COLLAPSE /* runs, and the ends */ };

struct cdx_words {
    uint8_t versions;
    const char *list; /* separated by '|' */
};
struct cdx_part {
    uint8_t versions;
    const struct cdx_rule *rule;
};
struct cdx_member {
    const char *name;
    uint8_t versions, required; /* a name may have several rows for different versions */
    const struct cdx_rule *rule;
};

struct cdx_rule {
    enum cdx_kind kind;
    enum cdx_pattern pattern;
    enum cdx_format format;
    enum cdx_blanks blanks;
    bool has_min;                     /* numbers: min and max (when max is not 0) count */
    uint8_t open;                     /* objects: versions that allow members not listed */
    uint8_t unique;                   /* arrays: versions that forbid equal items */
    int min, max;                     /* length of text, value of numbers, items of arrays; max 0 = no bound */
    const struct cdx_words *words;    /* ends with versions == 0 */
    const struct cdx_member *members; /* ends with name == NULL */
    const struct cdx_part *parts;     /* items of an array, alternatives; ends with versions == 0 */
    const struct cdx_rule *also;      /* must hold as well */
};

/* The document. */
extern const struct cdx_rule *const cdx_bom;
/* The component, for rules a table cannot tell. */
extern const struct cdx_rule *const cdx_component_rule;

/* The licence inside {"license": …}. */
extern const struct cdx_rule *const cdx_licence_rule;

/* The member's row for that version, or NULL. Looks into `also` and alternatives too. */
const struct cdx_member *cdx_member_of(const struct cdx_rule *rule, str name, uint8_t version_bit);
/* The rule of an array's items (or of the value itself) in that version, or NULL. */
const struct cdx_rule *cdx_item_of(const struct cdx_rule *rule, uint8_t version_bit);
bool cdx_word_allowed(const struct cdx_rule *rule, str word, uint8_t version_bit);

/* Checks a tree against the rules of its version and tells every breach with its place. */
void cdx_check(struct sbom_reading *r, struct jv root, unsigned version);

/* Does one value hold to a rule? */
bool cdx_value_ok(struct jv v, const struct cdx_rule *rule, uint8_t version_bit);
/* Only what a schema cannot say: bom-refs are unique, dependencies point at something. */
void cdx_check_refs(struct sbom_reading *r, struct jv root);

/* 0…7 of "1.6"; false for anything else. */
bool cdx_version(str text, unsigned *out);

/* Text forms. */
bool cdx_pattern_ok(enum cdx_pattern pattern, str s);
bool cdx_licence_id_ok(str id);
/* What is wrong with a text of that form, as a message to translate. */
const char *cdx_pattern_says(enum cdx_pattern pattern);
const char *cdx_format_says(enum cdx_format format);
bool cdx_format_ok(enum cdx_format format, str s);

#endif
