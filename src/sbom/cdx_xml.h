/* SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX in XML: the rules of its elements as data, and the ways between elements and the JSON tree.
 *
 * What XML holds and the JSON tree has no word for (elements and attributes of other namespaces, XML signatures) stays
 * in the tree under the members CDX_FOREIGN and CDX_FOREIGN_ATTRIBUTES, so that XML to XML loses nothing.
 */
#ifndef AKASHI_SBOM_CDX_XML_H
#define AKASHI_SBOM_CDX_XML_H

#include "base/xml.h"
#include "sbom/cdx_schema.h"

#define CDX_FOREIGN "$xml"                      /* array of elements as text */
#define CDX_FOREIGN_ATTRIBUTES "$xmlAttributes" /* array of {name, namespace, value} */
#define CDX_NAMESPACE "http://cyclonedx.org/schema/bom/"

enum particle_kind { PARTICLE_ELEMENT, PARTICLE_FOREIGN, PARTICLE_SEQUENCE, PARTICLE_CHOICE };
#define MANY UINT16_MAX

struct cdx_particle {
    enum particle_kind kind;
    uint8_t versions; /* 0 ends a list */
    uint16_t min, max;
    const char *name;
    const struct cdx_xml *type;  /* an element with structure, or NULL */
    const struct cdx_rule *text; /* an element that is only text, or NULL; both NULL: anything */
    const struct cdx_particle *parts;
};

struct cdx_xml {
    uint8_t any_attributes;              /* versions that allow any attribute */
    uint8_t other_attributes;            /* versions that allow attributes of other namespaces */
    uint8_t mixed;                       /* versions that allow text among the elements */
    const struct cdx_member *attributes; /* rules are of text */
    const struct cdx_part *text;         /* the element is text with attributes */
    const struct cdx_particle *content;
};

/* The document element. */
extern const struct cdx_xml *const cdx_xml_bom;

/* Rules of an element of an extension we know, or NULL. */
const struct cdx_xml *cdx_extension(str ns, str name);

/* Checks the document element and all below; problems name file and line. */
void cdx_check_xml(struct sbom_reading *r, const struct xml_node *bom, unsigned version);

/* NULL when a text keeps to a rule of XML, else what is wrong with it, as a message to translate. */
const char *cdx_xml_text_wrong(struct arena *a, str raw, const struct cdx_rule *rule, uint8_t version_bit);

/* All elements a type may hold, in order, in a version; at most `most` of them. Returns how many. */
size_t cdx_xml_elements(const struct cdx_xml *type, uint8_t version_bit, const struct cdx_particle **out, size_t most);
enum { CDX_ELEMENTS_MOST = 96 };

/* How an element and a member of the tree belong together. */
enum cdx_how {
    HOW_ONE,  /* the element is the member's value */
    HOW_EACH, /* every such element is one item of the member's array */
    HOW_WRAP, /* the element wraps the items of the member's array */
};
struct cdx_pairing {
    const char *member;
    const struct cdx_rule *rule; /* of the member; NULL when the tree has no word for the element */
    enum cdx_how how;
};
struct cdx_pairing cdx_pair(const char *parent, const struct cdx_particle *element, const struct cdx_rule *rule,
                            uint8_t version_bit);
/* Name of the member an attribute becomes. */
const char *cdx_attribute_member(const char *attribute);
/* Name of the member the text of an element becomes, or NULL. */
const char *cdx_text_member(const char *element);
/* An object of two alternatives told apart by an element in XML ("organization", "individual") and by its members in
 * the tree. */
bool cdx_is_party(const struct cdx_xml *type, const struct cdx_rule *rule, uint8_t version_bit);

/* The tree of a document, with lines. */
MUST_USE bool cdx_from_xml(struct ctx *c, struct arena *a, const struct xml_node *bom, unsigned version, str where,
                           struct json *out, struct err *e);
/* Writes a tree as a document of that version; what XML cannot hold is told through w. */
void cdx_to_xml(struct sbom_writing *w, const struct json *tree, unsigned version);

#endif
