/* SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX in XML: parsed, checked, turned into the tree, read from it.
 */
#include "sbom/cdx_xml.h"
#include "sbom/cdx_write.h"

static bool read_xml(struct sbom_reading *r, struct err *e) {
    struct xml_node *bom;
    unsigned version = CDX_NEWEST;
    if (!xml_parse(r->ctx, r->arena, r->text, r->where, &bom, e))
        return false;
    str stated = str_starts(bom->ns, S(CDX_NAMESPACE)) ? str_from(bom->ns, strlen(CDX_NAMESPACE)) : S("");
    bool known = cdx_version(stated, &version) && str_is(bom->name, "bom");
    r->out->form.version = stated;
    if (!known)
        codec_error(r, xml_place(bom, r->where, r->arena),
                    _("CycloneDX XML has the versions 1.0 to 1.7; this one is unknown"));
    else if (r->flags & SBOM_VALIDATE)
        cdx_check_xml(r, bom, version);
    if (!cdx_from_xml(r->ctx, r->arena, bom, version, r->where, &r->out->source, e))
        return false;
    struct cdx_in in = {r->arena, r->out};
    cdx_read_document(&in, r->out->source.root);
    return true;
}

static bool write_xml(struct sbom_writing *w, struct err *e) {
    unsigned version;
    struct json tree;
    struct buf text = {0};
    bool ok = cdx_version(w->form.version, &version) && cdx_fitted_tree(w, version, NOTE_XML, &text, &tree, e);
    if (ok)
        cdx_to_xml(w, &tree, version);
    buf_free(&text);
    return ok;
}

extern const struct sbom_codec codec_cdx_xml;
const struct sbom_codec codec_cdx_xml = {
    .format = SBOM_CYCLONEDX,
    .notation = NOTE_XML,
    .name = "cyclonedx-xml",
    .names = "cdx-xml",
    .writes = "1.6 1.7 1.5 1.4 1.3 1.2",
    .read = read_xml,
    .write = write_xml,
};
