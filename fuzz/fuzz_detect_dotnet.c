/* SPDX-License-Identifier: Apache-2.0
 *
 * Detectors of NuGet: see detect.h for the property.
 */
#include "detect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const struct fuzz_files names[] = {
        {"packages.lock.json", NULL},      {"a.deps.json", NULL},
        {"packages.config", NULL},         {"a.csproj", "Directory.Packages.props"},
        {"obj/project.assets.json", NULL},
    };
    return fuzz_detect(data, size, names, sizeof names / sizeof *names, "nuget");
}
