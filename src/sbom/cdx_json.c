/* SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX in JSON: the tree is the document.
 */
#include "sbom/cdx.h"

static bool read_json(struct sbom_reading *r, struct err *e) {
    struct cdx_in in = {r->arena, r->out};
    if (!j_is_obj(r->doc.root))
        return err_set(e, ERR_INPUT, r->where, _("a CycloneDX document is a JSON object"));
    cdx_read_document(&in, r->doc.root);
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
