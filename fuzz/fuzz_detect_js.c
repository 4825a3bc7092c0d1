/* SPDX-License-Identifier: Apache-2.0
 *
 * Detectors of JavaScript packages: see detect.h for the property.
 */
#include "detect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const struct fuzz_files names[] = {
        {"package-lock.json", "package.json"},
        {"yarn.lock", "package.json"},
        {"pnpm-lock.yaml", "package.json"},
        {"bun.lock", NULL},
        {"deno.lock", NULL},
        {"node_modules/@s/a/package.json", NULL},
    };
    return fuzz_detect(data, size, names, sizeof names / sizeof *names, "npm");
}
