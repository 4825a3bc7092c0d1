/* SPDX-License-Identifier: Apache-2.0
 *
 * Detectors of Maven, Gradle and sbt: see detect.h for the property.
 */
#include "detect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const struct fuzz_files names[] = {
        {"app/pom.xml", "pom.xml"},
        {"gradle.lockfile", NULL},
        {"gradle/libs.versions.toml", NULL},
        {"gradle/verification-metadata.xml", NULL},
        {"build.sbt.lock", NULL},
    };
    return fuzz_detect(data, size, names, sizeof names / sizeof *names, "maven/pom,gradle,sbt");
}
