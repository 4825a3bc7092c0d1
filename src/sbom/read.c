/* SPDX-License-Identifier: Apache-2.0
 *
 * Bytes to model: undo compression and UTF-16, detect, hand to the format's reader.
 */
#include "base/file.h"
#include "sbom/codec.h"

/* JSON is parsed once, and the parsed root decides: members may stand in any order. */
static bool take_json(struct sbom_reading *r, struct sbom_form *form, struct err *e) {
    if (!json_parse(r->ctx, r->arena, r->text, JSON_STRICT, r->where, &r->doc, e))
        return false;
    *form = detect_json(r->doc.root);
    return true;
}

static bool looks_like_json(str text) {
    str t = str_trim(str_upto(text, 4096));
    return t.n && (t.p[0] == '{' || t.p[0] == '[');
}

static bool unknown_format(str where, struct err *e) {
    err_set(e, ERR_INPUT, where, _("this is no SBOM in a format known here"));
    return err_hint(e, _("known are CycloneDX (JSON, XML) and SPDX (JSON, tag-value, YAML, RDF/XML, JSON-LD)"));
}

bool sbom_read(struct ctx *c, struct arena *a, str bytes, str where, unsigned flags, struct sbom **out,
               struct sbom_problems *problems, struct err *e) {
    struct sbom_problems unheard = {0};
    str plain;
    if (!text_unpack(c, a, bytes, where, &plain, e))
        return false;
    struct sbom_reading r = {.ctx = c,
                             .arena = a,
                             .text = text_utf8(a, plain),
                             .where = arena_str(a, where),
                             .flags = flags,
                             .problems = problems ? problems : &unheard};
    struct sbom_form form = {0};
    if (!looks_like_json(r.text))
        form = sbom_detect(r.text);
    else if (!take_json(&r, &form, e))
        return false;
    const struct sbom_codec *codec = codec_of(form.format, form.notation);
    if (!codec)
        return unknown_format(r.where, e);
    r.out = sbom_new(a);
    r.out->form = form;
    r.out->source = r.doc;
    if (!codec->read(&r, e))
        return false;
    sbom_link(r.out);
    *out = r.out;
    return true;
}
