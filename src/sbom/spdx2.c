/* SPDX-License-Identifier: Apache-2.0
 *
 * The notations of SPDX 2.x as codecs.
 */
#include "sbom/spdx2_tree.h"
#include "sbom/spdx2_write.h"

/* What is no list of objects cannot be read, yet the document is known as SPDX: it is not valid, and where is told. */
static bool read_tree(struct sbom_reading *r, const struct json *tree, struct err *e) {
    bool ok = spdx2_read_tree(r, tree, e);
    if (!(r->flags & SBOM_VALIDATE) || !j_is_obj(tree->root))
        return ok;
    spdx2_check_tree(r, tree);
    return true;
}

static bool read_json(struct sbom_reading *r, struct err *e) { return read_tree(r, &r->doc, e); }

static bool read_as(struct sbom_reading *r, bool (*notation)(struct sbom_reading *, struct json *, struct err *),
                    struct err *e) {
    struct json tree;
    return notation(r, &tree, e) && read_tree(r, &tree, e);
}
static bool read_tag(struct sbom_reading *r, struct err *e) { return read_as(r, spdx2_tag_tree, e); }
static bool read_yaml(struct sbom_reading *r, struct err *e) { return read_as(r, spdx2_yaml_tree, e); }
static bool read_xml(struct sbom_reading *r, struct err *e) { return read_as(r, spdx2_xml_tree, e); }
static bool read_rdf(struct sbom_reading *r, struct err *e) { return read_as(r, spdx2_rdf_tree, e); }

static bool write_json(struct sbom_writing *w, struct err *e) {
    (void)e;
    spdx2_write_document(w, w->out, w->pretty);
    return true;
}

/* The JSON form, parsed again, is the tree that tag-value is written from. */
static bool write_tag(struct sbom_writing *w, struct err *e) {
    struct buf b = {0};
    struct json tree;
    spdx2_write_document(w, &b, false);
    bool ok = json_parse(w->ctx, w->arena, buf_str(&b), JSON_STRICT, S("spdx"), &tree, e);
    buf_free(&b);
    if (ok)
        spdx2_tag_write(w, tree.root);
    return ok;
}

const struct sbom_codec codec_spdx2_json = {
    .format = SBOM_SPDX2,
    .notation = NOTE_JSON,
    .name = "spdx-json",
    .names = "spdx spdx2 spdx2-json",
    .writes = "2.3 2.2",
    .read = read_json,
    .write = write_json,
};
const struct sbom_codec codec_spdx2_tag = {
    .format = SBOM_SPDX2,
    .notation = NOTE_TAGVALUE,
    .name = "spdx-tagvalue",
    .names = "spdx-tag tagvalue tag-value spdx-tv",
    .writes = "2.3 2.2",
    .read = read_tag,
    .write = write_tag,
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
