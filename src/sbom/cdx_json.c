/* SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX in JSON: the tree is the document.
 */
#include "sbom/cdx_write.h"

static void validate(struct sbom_reading *r) {
    unsigned version;
    struct jv stated = j_get(r->doc.root, "specVersion");
    if (!cdx_version(j_str(stated), &version) || version < 2)
        codec_error(r, codec_place(r, j_ok(stated) ? stated : r->doc.root),
                    _("CycloneDX JSON has the versions 1.2 to 1.7; this one is unknown"));
    else
        cdx_check(r, r->doc.root, version);
}

static bool read_json(struct sbom_reading *r, struct err *e) {
    struct cdx_in in = {r->arena, r->out};
    if (!j_is_obj(r->doc.root))
        return err_set(e, ERR_INPUT, r->where, _("a CycloneDX document is a JSON object"));
    cdx_read_document(&in, r->doc.root);
    if (r->flags & SBOM_VALIDATE)
        validate(r);
    return true;
}

bool cdx_same_form(const struct sbom_writing *w) {
    const struct sbom_form *from = &w->sbom->form;
    return from->format == SBOM_CYCLONEDX && from->notation == w->form.notation &&
           str_eq(from->version, w->form.version);
}

bool cdx_fitted_tree(struct sbom_writing *w, unsigned version, enum sbom_notation notation, struct buf *out,
                     struct json *tree, struct err *e) {
    struct json all;
    struct buf text = {0};
    cdx_write_tree(w, version, &text);
    bool ok = json_parse(w->ctx, w->arena, buf_str(&text), JSON_DUPLICATES_OK, S("CycloneDX"), &all, e);
    buf_free(&text);
    if (!ok)
        return false;
    struct jw jw = jw_to(out, notation == NOTE_JSON && w->pretty);
    cdx_fit(w, &all, version, cdx_same_form(w), &jw);
    return !tree || json_parse(w->ctx, w->arena, buf_str(out), JSON_DUPLICATES_OK, S("CycloneDX"), tree, e);
}

static bool write_json(struct sbom_writing *w, struct err *e) {
    unsigned version;
    return cdx_version(w->form.version, &version) && cdx_fitted_tree(w, version, NOTE_JSON, w->out, NULL, e);
}

extern const struct sbom_codec codec_cdx_json;
const struct sbom_codec codec_cdx_json = {
    .format = SBOM_CYCLONEDX,
    .notation = NOTE_JSON,
    .name = "cyclonedx-json",
    .names = "cyclonedx cdx cdx-json",
    .writes = "1.6 1.7 1.5 1.4 1.3 1.2",
    .read = read_json,
    .write = write_json,
};
