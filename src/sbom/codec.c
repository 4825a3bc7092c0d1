/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of formats, names of forms, and what readers and writers share.
 */
#include "sbom/codec.h"

enum { PROBLEMS_MOST = 1000 };

/* One line per format and notation. */
extern const struct sbom_codec codec_cdx_json, codec_cdx_xml;
extern const struct sbom_codec codec_spdx2_json, codec_spdx2_tag, codec_spdx2_yaml, codec_spdx2_xml, codec_spdx2_rdf;
extern const struct sbom_codec codec_spdx3;

/* clang-format off */
const struct sbom_codec *const sbom_codecs[] = {
    &codec_cdx_json,
    &codec_cdx_xml,
    &codec_spdx2_json,
    &codec_spdx2_tag,
    &codec_spdx2_yaml,
    &codec_spdx2_xml,
    &codec_spdx2_rdf,
    &codec_spdx3,
    NULL,
};
/* clang-format on */

const struct sbom_codec *codec_of(enum sbom_format format, enum sbom_notation notation) {
    for (size_t i = 0; sbom_codecs[i]; i++)
        if (sbom_codecs[i]->format == format && sbom_codecs[i]->notation == notation)
            return sbom_codecs[i];
    return NULL;
}

static bool word_in(str words, str word) {
    for (str one; str_next(&words, ' ', &one);)
        if (one.n && str_ieq(one, word))
            return true;
    return false;
}

bool codec_writes(const struct sbom_codec *codec, str version) {
    return version.n && word_in(str_of(codec->writes), version);
}

/* The usual version is the first in the list. */
static str usual_version(const struct sbom_codec *codec) {
    str first, rest;
    str_cut(str_of(codec->writes), ' ', &first, &rest);
    return first;
}

static str version_of(const struct sbom_codec *codec, str version) {
    for (str rest = str_of(codec->writes), one; str_next(&rest, ' ', &one);)
        if (str_eq(one, version))
            return one;
    return (str){NULL, 0};
}

bool sbom_form_parse(str text, struct sbom_form *out, struct err *e) {
    str name, version;
    str_cut(text, '@', &name, &version);
    for (size_t i = 0; sbom_codecs[i]; i++) {
        const struct sbom_codec *codec = sbom_codecs[i];
        if (!str_ieq(name, str_of(codec->name)) && !word_in(str_of(codec->names), name))
            continue;
        *out = (struct sbom_form){.format = codec->format, .notation = codec->notation};
        out->version = version.p ? version_of(codec, version) : usual_version(codec);
        if (!codec->writes[0])
            return err_set(e, ERR_USAGE, text, _("this form is read, not written"));
        if (out->version.p)
            return true;
        err_set(e, ERR_USAGE, text, _("this version of the form is not written"));
        return err_hint(e, _("versions written: %s"), codec->writes);
    }
    err_set(e, ERR_USAGE, text, _("no such SBOM form"));
    struct buf names = {0};
    for (size_t i = 0; sbom_codecs[i]; i++)
        if (sbom_codecs[i]->writes[0])
            buf_addf(&names, "%s%s", names.n ? ", " : "", sbom_codecs[i]->name);
    err_hint(e, _("forms: %.*s"), STR_ARG(buf_str(&names)));
    buf_free(&names);
    return false;
}

str sbom_form_name(struct arena *a, struct sbom_form form) {
    const struct sbom_codec *codec = codec_of(form.format, form.notation);
    if (!codec)
        return S("unknown");
    return form.version.n ? arena_printf(a, "%s@%.*s", codec->name, STR_ARG(form.version)) : str_of(codec->name);
}

/* ── what readers and writers tell ── */

static str PRINTF_LIKE(2, 0) formatted(struct arena *a, const char *what, va_list ap) {
    struct buf b = {0};
    buf_addv(&b, what, ap);
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

static void note(struct arena *a, struct sbom_problems *list, bool error, str where, str what) {
    if (list->n < PROBLEMS_MOST)
        *vec_push(a, list) = (struct sbom_problem){.error = error, .where = arena_str(a, where), .what = what};
    else if (list->n == PROBLEMS_MOST)
        *vec_push(a, list) = (struct sbom_problem){
            .error = error, .where = arena_str(a, where), .what = str_of(_("and more; the list ends here"))};
    else if (error)
        list->v[PROBLEMS_MOST].error = true;
}

bool codec_full(const struct sbom_reading *r) {
    return r->problems->n > PROBLEMS_MOST && r->problems->v[PROBLEMS_MOST].error;
}

void codec_error(struct sbom_reading *r, str where, const char *what, ...) {
    va_list ap;
    va_start(ap, what);
    note(r->arena, r->problems, true, where, formatted(r->arena, what, ap));
    va_end(ap);
}

void codec_advice(struct sbom_reading *r, str where, const char *what, ...) {
    va_list ap;
    va_start(ap, what);
    note(r->arena, r->problems, false, where, formatted(r->arena, what, ap));
    va_end(ap);
}

/* Losses outlive the writer's arena: they live where the sbom lives. */
void codec_loss(struct sbom_writing *w, str where, const char *what, ...) {
    struct arena *a = w->sbom->arena;
    va_list ap;
    va_start(ap, what);
    note(a, w->losses, false, where.n ? where : S("/"), formatted(a, what, ap));
    va_end(ap);
}

str codec_place(struct sbom_reading *r, struct jv v) {
    return json_place(r->doc.doc ? &r->doc : &r->out->source, v, r->arena);
}

void extras_add(struct arena *a, struct sbom_extras *extras, str key, struct jv val) {
    *vec_push(a, extras) = (struct sbom_extra){.key = key, .val = val};
}

void extra_write(struct jw *w, const struct sbom_extra *extra) {
    jw_key(w, extra->key);
    if (extra->val.v)
        jw_val(w, extra->val);
    else
        jw_raw(w, extra->json);
}
