/* SPDX-License-Identifier: Apache-2.0
 *
 * Detectors of Python and conda packages: see detect.h for the property.
 */
#include "detect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const struct fuzz_files names[] = {
        {"requirements.txt", "constraints.txt"},
        {"poetry.lock", "pyproject.toml"},
        {"pdm.lock", "pyproject.toml"},
        {"uv.lock", NULL},
        {"pylock.toml", "pyproject.toml"},
        {"Pipfile.lock", "Pipfile"},
        {"a.dist-info/METADATA", "a.dist-info/direct_url.json"},
        {"pyproject.toml", NULL},
        {"conda-meta/a.json", NULL},
        {"conda-lock.yml", NULL},
        {"environment.yml", NULL},
    };
    return fuzz_detect(data, size, names, sizeof names / sizeof *names, "python,conda");
}
