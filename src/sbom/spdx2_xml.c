/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 2.x in the plain XML form of the SPDX tools: one element for each member of the JSON form, repeated for an
 * array.
 */
#include "base/xml.h"
#include "sbom/spdx2_tree.h"

/* Members that are arrays even when they have one element. */
static const str arrays[] = {
    S_INIT("packages"),
    S_INIT("files"),
    S_INIT("relationships"),
    S_INIT("annotations"),
    S_INIT("checksums"),
    S_INIT("externalRefs"),
    S_INIT("hasFiles"),
    S_INIT("licenseInfoFromFiles"),
    S_INIT("licenseInfoInFiles"),
    S_INIT("fileTypes"),
    S_INIT("creators"),
    S_INIT("snippets"),
    S_INIT("ranges"),
    S_INIT("licenseInfoInSnippets"),
    S_INIT("attributionTexts"),
    S_INIT("documentDescribes"),
    S_INIT("externalDocumentRefs"),
    S_INIT("hasExtractedLicensingInfos"),
    S_INIT("seeAlsos"),
    S_INIT("crossRefs"),
    S_INIT("fileContributors"),
    S_INIT("fileDependencies"),
    S_INIT("artifactOfs"),
    S_INIT("revieweds"),
    S_INIT("packageVerificationCodeExcludedFiles"),
};

static bool is_array(str name) {
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        if (str_eq(arrays[i], name))
            return true;
    return false;
}

static struct tn *node_of(struct sbom_reading *r, const struct xml_node *x);

static struct tn *object_of(struct sbom_reading *r, const struct xml_node *x) { /* NOLINT(misc-no-recursion) */
    struct tn *object = tn_new(r->arena, TN_OBJ, x->line);
    struct map members; /* by name: the names are the document's, their number is not bounded */
    map_init(&members, r->arena);
    for (const struct xml_node *child = x->child; child; child = child->next) {
        struct map_entry *known = map_put(&members, child->name, NULL);
        struct tn *value = node_of(r, child);
        if (known->value && ((struct tn *)known->value)->kind == TN_ARR) {
            tn_push(known->value, value);
        } else if (known->value) {
            spdx2_complain(r, child->line, _("this element stands twice; the first one counts"));
        } else if (is_array(child->name)) {
            known->value = tn_add(object, child->name, tn_new(r->arena, TN_ARR, child->line));
            tn_push(known->value, value);
        } else {
            known->value = tn_add(object, child->name, value);
        }
    }
    return object;
}

/* Depth is bounded by xml_parse. */
static struct tn *node_of(struct sbom_reading *r, const struct xml_node *x) { /* NOLINT(misc-no-recursion) */
    return x->child ? object_of(r, x) : tn_scalar(r->arena, x->name, x->text, x->line);
}

bool spdx2_xml_tree(struct sbom_reading *r, struct json *out, struct err *e) {
    struct xml_node *root;
    if (!xml_parse(r->ctx, r->arena, r->text, r->where, &root, e))
        return false;
    return tn_finish(r, object_of(r, root), out, e);
}
