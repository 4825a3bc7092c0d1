/* SPDX-License-Identifier: Apache-2.0
 *
 * The notations of SPDX 2.x as codecs.
 */
#include "sbom/spdx2.h"

static bool read_json(struct sbom_reading *r, struct err *e) { return spdx2_read_tree(r, &r->doc, e); }

const struct sbom_codec codec_spdx2_json = {
    .format = SBOM_SPDX2,
    .notation = NOTE_JSON,
    .name = "spdx-json",
    .names = "spdx spdx2 spdx2-json",
    .writes = "",
    .read = read_json,
};
