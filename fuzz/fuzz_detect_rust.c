/* SPDX-License-Identifier: Apache-2.0
 *
 * Detectors of Rust packages: see detect.h for the property.
 */
#include "detect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const struct fuzz_files names[] = {
        {"Cargo.lock", "Cargo.toml"},
        {"Cargo.toml", NULL},
    };
    return fuzz_detect(data, size, names, sizeof names / sizeof *names, "rust");
}
