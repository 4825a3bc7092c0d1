/* SPDX-License-Identifier: Apache-2.0
 *
 * Model to bytes: the target's writer, with an arena of its own.
 */
#include "sbom/codec.h"

bool sbom_write(struct ctx *c, const struct sbom *s, struct sbom_form form, bool pretty, struct buf *out,
                struct sbom_problems *losses, struct err *e) {
    struct sbom_problems unheard = {0};
    const struct sbom_codec *codec = codec_of(form.format, form.notation);
    if (!codec || !codec->write || !codec_writes(codec, form.version))
        return err_set(e, ERR_USAGE, form.version, _("this form is read, not written"));
    struct sbom_writing w = {.ctx = c,
                             .arena = arena_new(),
                             .sbom = s,
                             .form = form,
                             .pretty = pretty,
                             .out = out,
                             .losses = losses ? losses : &unheard};
    bool ok = codec->write(&w, e);
    arena_free(w.arena);
    return ok;
}
