/* SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX's words for types of components.
 */
#include "sbom/cdx.h"

static const struct {
    const char *word;
    enum sbom_type type;
    unsigned since;
} types[] = {
    /* The first word of a type is the one written for it. */
    {"application", TYPE_APPLICATION, 0},
    {"framework", TYPE_FRAMEWORK, 0},
    {"library", TYPE_LIBRARY, 0},
    {"container", TYPE_CONTAINER, 2},
    {"platform", TYPE_PLATFORM, 5},
    {"operating-system", TYPE_OS, 0},
    {"device", TYPE_DEVICE, 0},
    {"device-driver", TYPE_DEVICE_DRIVER, 5},
    {"firmware", TYPE_FIRMWARE, 2},
    {"file", TYPE_FILE, 1},
    {"machine-learning-model", TYPE_MODEL, 5},
    {"data", TYPE_DATA, 5},
    {"cryptographic-asset", TYPE_CRYPTO, 6},
    /* SPDX purposes and the like that CycloneDX has no word for. */
    {"library", TYPE_UNKNOWN, 0},
    {"file", TYPE_SOURCE, 1},
    {"file", TYPE_ARCHIVE, 1},
    {"application", TYPE_INSTALL, 0},
    {"library", TYPE_OTHER, 0},
    {"application", TYPE_SERVICE, 0},
};

enum sbom_type cdx_type(str word) {
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_is(word, types[i].word))
            return types[i].type;
    return TYPE_UNKNOWN;
}

const char *cdx_type_word(enum sbom_type type) {
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].type == type)
            return types[i].word;
    return "library";
}

unsigned cdx_type_since(enum sbom_type type) {
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].type == type)
            return types[i].since;
    return 0;
}
