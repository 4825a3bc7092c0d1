/* SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX in JSON.
 */
#include "sbom/codec.h"

static bool read_json(struct sbom_reading *r, struct err *e) {
    (void)r, (void)e;
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
