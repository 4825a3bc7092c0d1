/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 2.x XML, to JSON and on.
 */
#include "spdx.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_spdx(data, size, codec_of(SBOM_SPDX2, NOTE_XML), (struct sbom_form){SBOM_SPDX2, NOTE_JSON, S("2.3")});
    return 0;
}
