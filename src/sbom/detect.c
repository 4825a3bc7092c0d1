/* SPDX-License-Identifier: Apache-2.0
 *
 * Which format a text is in, from its content: the top-level members of a JSON object, the root element of XML, the
 * telling lines of tag-value and YAML. Nothing is parsed; at most HEAD bytes are looked at for JSON and XML.
 */
#include "sbom/codec.h"

enum { HEAD = 1 << 18 };

/* ── what the telling values mean ── */

static str version_behind(str text, const char *prefix) {
    size_t at = str_find(text, str_of(prefix));
    if (at == STR_NONE)
        return (str){NULL, 0};
    str v = str_from(text, at + strlen(prefix));
    size_t n = 0;
    while (n < v.n && (ch_digit(v.p[n]) || v.p[n] == '.'))
        n++;
    while (n && v.p[n - 1] == '.')
        n--;
    return str_upto(v, n);
}

static struct sbom_form cyclonedx(enum sbom_notation notation, str version) {
    return (struct sbom_form){.format = SBOM_CYCLONEDX, .notation = notation, .version = version};
}
static struct sbom_form spdx2(enum sbom_notation notation, str spdx_version) {
    str v = version_behind(spdx_version, "SPDX-");
    return (struct sbom_form){.format = SBOM_SPDX2, .notation = notation, .version = v.p ? v : S("")};
}

/* What one top-level member tells; members that tell less do not override. */
static void learn(struct sbom_form *form, str key, str value, str *spec_version) {
    /* Only CycloneDX has this member; a wrong word in it makes the document invalid, not another format's. */
    if (str_is(key, "bomFormat"))
        form->format = SBOM_CYCLONEDX;
    else if (str_is(key, "$schema") && form->format == SBOM_NONE &&
             str_find(value, S("cyclonedx.org/schema/bom")) != STR_NONE)
        form->format = SBOM_CYCLONEDX;
    else if (str_is(key, "specVersion"))
        *spec_version = value;
    else if (str_is(key, "spdxVersion") && str_starts(value, S("SPDX-")))
        *form = spdx2(NOTE_JSON, value);
    else if (str_is(key, "SPDXID") && form->format == SBOM_NONE && str_starts(value, S("SPDXRef-")))
        *form = spdx2(NOTE_JSON, S(""));
    else if (str_is(key, "@context") && str_find(value, S("spdx.org/rdf/3")) != STR_NONE)
        *form = (struct sbom_form){.format = SBOM_SPDX3, .version = version_behind(value, "spdx.org/rdf/")};
    if (form->format == SBOM_CYCLONEDX)
        form->version = spec_version->p ? *spec_version : S("");
}

static bool settled(const struct sbom_form *form) { return form->format != SBOM_NONE && form->version.n; }

/* ── JSON ── */

struct sbom_form detect_json(struct jv root) {
    struct sbom_form form = {0};
    str spec_version = {NULL, 0};
    for (struct jiter it = j_iter(root); j_is_obj(root) && j_next(&it);) {
        struct jv v = it.val;
        for (struct jiter in = j_iter(v); j_is_arr(v) && str_is(it.key, "@context") && j_next(&in);)
            learn(&form, it.key, j_str(in.val), &spec_version);
        learn(&form, it.key, j_str(v), &spec_version);
    }
    return form;
}

/* Position behind the string that opens at i. */
static size_t string_end(str t, size_t i) {
    for (i++; i < t.n && t.p[i] != '"'; i++)
        if (t.p[i] == '\\')
            i++;
    return i < t.n ? i + 1 : t.n;
}

static struct sbom_form scan_json(str t) {
    struct sbom_form form = {0};
    str key = {NULL, 0}, spec_version = {NULL, 0};
    unsigned depth = 0;
    bool is_key = true, context = false;
    for (size_t i = 0; i < t.n && !settled(&form);) {
        char ch = t.p[i];
        if (ch == '"') {
            size_t end = string_end(t, i);
            str text = end - i >= 2 ? str_n(t.p + i + 1, end - i - 2) : S("");
            if (depth == 1 && is_key)
                key = text;
            else if (depth == 1 || (depth == 2 && context))
                learn(&form, key, text, &spec_version);
            i = end;
            continue;
        }
        if (ch == '{' || ch == '[') {
            depth++;
            context = depth == 2 && ch == '[' && str_is(key, "@context");
        } else if ((ch == '}' || ch == ']') && depth > 0 && --depth == 0) {
            break;
        }
        if (depth == 1 && (ch == ',' || ch == ':'))
            is_key = ch == ',';
        i++;
    }
    return form;
}

/* ── XML ── */

/* The start tag of the root element, or nothing. */
static str root_tag(str t) {
    for (;;) {
        size_t at = str_chr(t, '<');
        if (at == STR_NONE || at + 1 >= t.n)
            return S("");
        t = str_from(t, at);
        bool comment = str_starts(t, S("<!--"));
        if (t.p[1] != '?' && t.p[1] != '!') {
            size_t end = str_chr(t, '>');
            return str_upto(t, end == STR_NONE ? t.n : end);
        }
        size_t skip = comment ? str_find(t, S("-->")) : str_chr(t, '>');
        if (skip == STR_NONE)
            return S("");
        t = str_from(t, skip + 1);
    }
}

static struct sbom_form scan_xml(str t) {
    str tag = root_tag(t);
    size_t end = 1;
    while (end < tag.n && !ch_space(tag.p[end]))
        end++;
    str name = str_n(tag.p + (tag.n > 0), tag.n ? end - 1 : 0), prefix, local;
    str_rcut(name, ':', &prefix, &local);
    str version = version_behind(tag, "http://cyclonedx.org/schema/bom/");
    if (str_is(local, "bom") && version.p)
        return cyclonedx(NOTE_XML, version);
    if (str_is(local, "RDF") && str_find(t, S("spdx.org/rdf/terms")) != STR_NONE)
        return spdx2(NOTE_RDF, t);
    if (str_is(local, "Document") && str_find(t, S("SPDXRef-")) != STR_NONE)
        return spdx2(NOTE_XML, t);
    return (struct sbom_form){0};
}

/* ── lines ── */

static str unquoted(str v) {
    v = str_trim(v);
    if (v.n >= 2 && (v.p[0] == '"' || v.p[0] == '\'') && v.p[v.n - 1] == v.p[0])
        return str_n(v.p + 1, v.n - 2);
    return v;
}

/* "Tag:" at the beginning of a line, anywhere in the text; its value. */
static str line_value(str t, const char *tag) {
    str needle = str_of(tag);
    for (str rest = t;;) {
        size_t at = str_find(rest, needle);
        if (at == STR_NONE)
            return (str){NULL, 0};
        const char *p = rest.p + at;
        bool starts = p == t.p || p[-1] == '\n' || p[-1] == '\r';
        str value = str_from(rest, at + needle.n);
        if (starts) {
            str line = value; /* empty at the end of the text, where there is no further line */
            str_line(&value, &line);
            return unquoted(line);
        }
        rest = value;
    }
}

static struct sbom_form scan_lines(str t) {
    str v = line_value(t, "SPDXVersion:");
    if (v.p)
        return spdx2(NOTE_TAGVALUE, v);
    v = line_value(t, "spdxVersion:");
    if (v.p && str_starts(v, S("SPDX-")))
        return spdx2(NOTE_YAML, v);
    return (struct sbom_form){0};
}

struct sbom_form sbom_detect(str text) {
    if (str_starts(text, S("\xEF\xBB\xBF")))
        text = str_from(text, 3);
    size_t blank = 0;
    while (blank < text.n && ch_space(text.p[blank]))
        blank++;
    str t = str_from(text, blank);
    if (!t.n)
        return (struct sbom_form){0};
    if (t.p[0] == '{')
        return scan_json(str_upto(t, HEAD));
    if (t.p[0] == '<')
        return scan_xml(str_upto(t, HEAD));
    return scan_lines(t);
}
