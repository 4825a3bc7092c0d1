/* SPDX-License-Identifier: Apache-2.0
 *
 * References to container images.
 */
#include "collect/image_ref.h"

static bool is_registry(str first) {
    return str_chr(first, '.') != STR_NONE || str_chr(first, ':') != STR_NONE || str_is(first, "localhost");
}

bool image_ref_parse(str text, struct image_ref *out) {
    str rest, first;
    *out = (struct image_ref){.registry = S("docker.io"), .path = S("")};
    text = str_trim(text);
    if (!text.n || str_chr(text, '$') != STR_NONE || str_chr(text, '{') != STR_NONE || str_chr(text, ' ') != STR_NONE)
        return false;
    (void)str_cut(text, '@', &text, &out->digest);
    if (str_cut(text, '/', &first, &rest) && is_registry(first)) {
        out->registry = first;
        text = rest;
    }
    size_t colon = str_rchr(text, ':'), slash = str_rchr(text, '/');
    if (colon != STR_NONE && (slash == STR_NONE || colon > slash)) {
        out->tag = str_from(text, colon + 1);
        text = str_upto(text, colon);
    }
    if (!str_rcut(text, '/', &out->path, &out->name)) {
        out->name = text;
        out->path = str_is(out->registry, "docker.io") ? S("library") : S("");
    }
    return out->name.n > 0;
}

static void by_digest(struct collect *c, struct arena *a, const struct image_ref *r, struct find find) {
    struct purl_qualifier qualifiers[2];
    str where = arena_printf(a, "%.*s/%.*s%s%.*s", STR_ARG(r->registry), STR_ARG(r->path), r->path.n ? "/" : "",
                             STR_ARG(r->name));
    qualifiers[find.n_qualifiers++] = (struct purl_qualifier){S("repository_url"), where};
    if (r->tag.n)
        qualifiers[find.n_qualifiers++] = (struct purl_qualifier){S("tag"), r->tag};
    find.type = "oci";
    find.name = r->name;
    find.version = r->digest;
    find.qualifiers = qualifiers;
    collect_find(c, &find);
}

static void by_tag(struct collect *c, const struct image_ref *r, struct find find) {
    struct purl_qualifier where = {S("repository_url"), r->registry};
    find.type = "docker";
    find.ns = r->path;
    find.name = r->name;
    find.version = r->tag;
    find.qualifiers = &where;
    find.n_qualifiers = !str_is(r->registry, "docker.io");
    collect_find(c, &find);
}

void image_ref_find(struct collect *c, struct arena *a, str text, const struct find *as) {
    struct find find = *as;
    struct image_ref r;
    find.kind = TYPE_CONTAINER;
    if (!image_ref_parse(text, &r))
        collect_unidentified(c, text, str_of(_("its name has a variable that is not set here")));
    else if (r.digest.n)
        by_digest(c, a, &r, find);
    else if (r.tag.n && !str_is(r.tag, "latest"))
        by_tag(c, &r, find);
    else
        collect_unidentified(c, text, str_of(_("the image is not pinned to a tag or digest")));
}
