/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 3.0 JSON-LD as a codec.
 */
#include "sbom/spdx3.h"
#include "sbom/spdx3_check.h"
#include "sbom/spdx3_write.h"

static bool read_json(struct sbom_reading *r, struct err *e) {
    bool ok = spdx3_read_graph(r->arena, r->out, &r->doc, e);
    if (!(r->flags & SBOM_VALIDATE) || !j_is_obj(r->doc.root))
        return ok;
    spdx3_check_tree(r, &r->doc);
    return true;
}

const struct sbom_codec codec_spdx3 = {
    .format = SBOM_SPDX3,
    .notation = NOTE_JSON,
    .name = "spdx3-json",
    .names = "spdx3 spdx-jsonld jsonld spdx3-jsonld",
    .writes = "3.0.1",
    .read = read_json,
    .write = spdx3_write_document,
};
