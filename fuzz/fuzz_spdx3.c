/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 3.0 JSON-LD.
 */
#include "spdx.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_spdx(data, size, codec_of(SBOM_SPDX3, NOTE_JSON), (struct sbom_form){SBOM_SPDX3, NOTE_JSON, S("3.0.1")});
    return 0;
}
