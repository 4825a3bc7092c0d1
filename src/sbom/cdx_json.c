/* SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX in JSON: the tree is the document.
 */
#include "sbom/cdx_schema.h"

static void validate(struct sbom_reading *r) {
    unsigned version;
    struct jv stated = j_get(r->doc.root, "specVersion");
    if (!cdx_version(j_str(stated), &version) || version < 2)
        codec_error(r, codec_place(r, j_ok(stated) ? stated : r->doc.root),
                    _("CycloneDX JSON has the versions 1.2 to 1.7; this one is unknown"));
    else
        cdx_check(r, r->doc.root, version);
}

static bool read_json(struct sbom_reading *r, struct err *e) {
    struct cdx_in in = {r->arena, r->out};
    if (!j_is_obj(r->doc.root))
        return err_set(e, ERR_INPUT, r->where, _("a CycloneDX document is a JSON object"));
    cdx_read_document(&in, r->doc.root);
    if (r->flags & SBOM_VALIDATE)
        validate(r);
    return true;
}

extern const struct sbom_codec codec_cdx_json;
const struct sbom_codec codec_cdx_json = {
    .format = SBOM_CYCLONEDX,
    .notation = NOTE_JSON,
    .name = "cyclonedx-json",
    .names = "cyclonedx cdx cdx-json",
    .writes = "",
    .read = read_json,
};
