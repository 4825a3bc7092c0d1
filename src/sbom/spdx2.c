/* SPDX-License-Identifier: Apache-2.0
 *
 * The notations of SPDX 2.x as codecs.
 */
#include "sbom/spdx2_tree.h"

static bool read_json(struct sbom_reading *r, struct err *e) { return spdx2_read_tree(r, &r->doc, e); }

static bool read_as(struct sbom_reading *r, bool (*notation)(struct sbom_reading *, struct json *, struct err *),
                    struct err *e) {
    struct json tree;
    return notation(r, &tree, e) && spdx2_read_tree(r, &tree, e);
}
static bool read_tag(struct sbom_reading *r, struct err *e) { return read_as(r, spdx2_tag_tree, e); }
static bool read_yaml(struct sbom_reading *r, struct err *e) { return read_as(r, spdx2_yaml_tree, e); }
static bool read_xml(struct sbom_reading *r, struct err *e) { return read_as(r, spdx2_xml_tree, e); }
static bool read_rdf(struct sbom_reading *r, struct err *e) { return read_as(r, spdx2_rdf_tree, e); }

const struct sbom_codec codec_spdx2_json = {
    .format = SBOM_SPDX2,
    .notation = NOTE_JSON,
    .name = "spdx-json",
    .names = "spdx spdx2 spdx2-json",
    .writes = "",
    .read = read_json,
};
const struct sbom_codec codec_spdx2_tag = {
    .format = SBOM_SPDX2,
    .notation = NOTE_TAGVALUE,
    .name = "spdx-tagvalue",
    .names = "spdx-tag tagvalue tag-value spdx-tv",
    .writes = "",
    .read = read_tag,
};
const struct sbom_codec codec_spdx2_yaml = {
    .format = SBOM_SPDX2,
    .notation = NOTE_YAML,
    .name = "spdx-yaml",
    .names = "",
    .writes = "",
    .read = read_yaml,
};
const struct sbom_codec codec_spdx2_xml = {
    .format = SBOM_SPDX2,
    .notation = NOTE_XML,
    .name = "spdx-xml",
    .names = "",
    .writes = "",
    .read = read_xml,
};
const struct sbom_codec codec_spdx2_rdf = {
    .format = SBOM_SPDX2,
    .notation = NOTE_RDF,
    .name = "spdx-rdf",
    .names = "",
    .writes = "",
    .read = read_rdf,
};
