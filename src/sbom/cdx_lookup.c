/* SPDX-License-Identifier: Apache-2.0
 *
 * Questions to the tables of cdx_schema.c.
 */
#include "sbom/cdx_schema.h"

/* `also` and alternatives nest a few levels in the tables, which have no cycle without passing a member. */
/* NOLINTNEXTLINE(misc-no-recursion): depth of the tables */
const struct cdx_member *cdx_member_of(const struct cdx_rule *rule, str name, uint8_t version_bit) {
    const struct cdx_member *found = NULL;
    if (!rule)
        return NULL;
    for (const struct cdx_member *m = rule->kind == CDX_OBJECT ? rule->members : NULL; m && m->name; m++)
        if ((m->versions & version_bit) && m->rule->kind != CDX_ANY && str_is(name, m->name))
            return m;
    bool alternatives = rule->kind == CDX_ONE_OF || rule->kind == CDX_ANY_OF || rule->kind == CDX_ALL_OF;
    for (const struct cdx_part *p = alternatives ? rule->parts : NULL; !found && p && p->versions; p++)
        if (p->versions & version_bit)
            found = cdx_member_of(p->rule, name, version_bit);
    return found ? found : cdx_member_of(rule->also, name, version_bit);
}

/* NOLINTNEXTLINE(misc-no-recursion): depth of the tables */
const struct cdx_rule *cdx_item_of(const struct cdx_rule *rule, uint8_t version_bit) {
    if (!rule || (rule->kind != CDX_ARRAY && rule->kind != CDX_ONE_OF && rule->kind != CDX_ANY_OF))
        return rule;
    const struct cdx_rule *found = NULL;
    for (const struct cdx_part *p = rule->parts; !found && p && p->versions; p++) {
        if (!(p->versions & version_bit))
            continue;
        if (rule->kind == CDX_ARRAY)
            return p->rule;
        if (p->rule->kind == CDX_ARRAY)
            found = cdx_item_of(p->rule, version_bit);
    }
    return found;
}

bool cdx_word_allowed(const struct cdx_rule *rule, str word, uint8_t version_bit) {
    for (const struct cdx_words *w = rule->words; w && w->versions; w++) {
        if (!(w->versions & version_bit))
            continue;
        for (str rest = str_of(w->list), one; str_next(&rest, '|', &one);)
            if (str_eq(one, word))
                return true;
    }
    return false;
}

bool cdx_version(str text, unsigned *out) {
    if (text.n != 3 || text.p[0] != '1' || text.p[1] != '.' || text.p[2] < '0' || text.p[2] > '0' + CDX_NEWEST)
        return false;
    *out = (unsigned)(text.p[2] - '0');
    return true;
}
