/* SPDX-License-Identifier: Apache-2.0
 *
 * Which element of CycloneDX XML is which member of the JSON tree. Nearly always the names are the same and the tables
 * of both notations tell whether an element wraps a list or is an item of it; the rest stands in a table here.
 */
#include "sbom/cdx_xml.h"

/* NOLINTNEXTLINE(misc-no-recursion): depth of the tables */
static size_t gather(const struct cdx_particle *p, uint8_t bit, const struct cdx_particle **out, size_t n,
                     size_t most) {
    for (; p && p->versions; p++) {
        if (!(p->versions & bit))
            continue;
        if (p->kind == PARTICLE_ELEMENT && n < most)
            out[n++] = p;
        else if (p->parts)
            n = gather(p->parts, bit, out, n, most);
    }
    return n;
}

size_t cdx_xml_elements(const struct cdx_xml *type, uint8_t bit, const struct cdx_particle **out, size_t most) {
    return type ? gather(type->content, bit, out, 0, most) : 0;
}

static const struct {
    const char *parent, *element, *member; /* parent NULL: any */
    bool how_told;
    enum cdx_how how;
} odd[] = {
    {"component", "data", "data", true, HOW_EACH}, /* 1.5 allows one only, still without a wrapper */
    {NULL, "energyConsumptions", "energyConsumptions", true, HOW_WRAP},
    {"protocolProperties", "cryptoRef", "cryptoRefArray", true, HOW_EACH},
    {"dependency", "dependency", "dependsOn", true, HOW_EACH},
    {"dependency", "provides", "provides", true, HOW_EACH},
    {"analysis", "responses", "response", true, HOW_WRAP},
    {"expression-detailed", "details", "expressionDetails", true, HOW_EACH},
    {NULL, "individual", "contact", false, HOW_ONE}, /* only where the tree has no "individual" */
};

/* The member in this version; else in the nearest one that has it, so that nothing is lost on the way. */
static const struct cdx_member *member_near(const struct cdx_rule *rule, str name, uint8_t bit) {
    const struct cdx_member *m = cdx_member_of(rule, name, bit);
    for (unsigned v = CDX_NEWEST; !m && v >= 2; v--)
        m = cdx_member_of(rule, name, V(v, v));
    return m;
}

static bool is_list(const struct cdx_rule *rule, uint8_t bit) {
    if (rule->kind == CDX_ARRAY)
        return true;
    for (const struct cdx_part *p = rule->kind == CDX_ANY_OF || rule->kind == CDX_ONE_OF ? rule->parts : NULL;
         p && p->versions; p++)
        if ((p->versions & bit) && p->rule->kind == CDX_ARRAY)
            return true;
    return false;
}

struct cdx_pairing cdx_pair(const char *parent, const struct cdx_particle *element, const struct cdx_rule *rule,
                            uint8_t bit) {
    const struct cdx_member *m = member_near(rule, str_of(element->name), bit);
    struct cdx_pairing pairing = {element->name, m ? m->rule : NULL, HOW_ONE};
    if (m && is_list(m->rule, bit))
        pairing.how = element->max > 1 ? HOW_EACH : HOW_WRAP;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        if (strcmp(odd[i].element, element->name) != 0 || (odd[i].parent && strcmp(odd[i].parent, parent) != 0) ||
            (m && !odd[i].how_told))
            continue;
        m = member_near(rule, str_of(odd[i].member), bit);
        pairing = (struct cdx_pairing){odd[i].member, m ? m->rule : NULL, odd[i].how};
        break;
    }
    return pairing;
}

const char *cdx_attribute_member(const char *attribute) {
    if (strcmp(attribute, "content-type") == 0)
        return "contentType";
    return strcmp(attribute, "license-identifier") == 0 ? "licenseIdentifier" : attribute;
}

const char *cdx_text_member(const char *element) {
    static const struct {
        const char *element, *member;
    } rows[] = {
        {"hash", "content"},
        {"property", "value"},
        {"environmentVar", "value"},
        {"expression", "expression"},
        {"classification", "classification"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].element, element) == 0)
            return rows[i].member;
    return "content";
}

bool cdx_is_party(const struct cdx_xml *type, const struct cdx_rule *rule, uint8_t bit) {
    const struct cdx_particle *all[CDX_ELEMENTS_MOST];
    size_t n = cdx_xml_elements(type, bit, all, CDX_ELEMENTS_MOST);
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i]->name, "organization") == 0)
            return rule && !cdx_member_of(rule, S("organization"), bit);
    return false;
}
