/* SPDX-License-Identifier: Apache-2.0
 *
 * Conan references.
 */
#include "collect/conan_ref.h"

bool conan_ref_parse(str text, struct conan_ref *out) {
    str head, tail, rest;
    *out = (struct conan_ref){0};
    text = str_trim(text);
    (void)str_cut(text, '%', &text, &rest);
    if (str_cut(text, '#', &head, &tail)) {
        (void)str_cut(tail, ':', &out->rrev, &rest);
    } else {
        (void)str_cut(text, ':', &head, &rest);
    }
    if (str_cut(head, '@', &head, &tail))
        (void)str_cut(tail, '/', &out->user, &out->channel);
    return str_cut(head, '/', &out->name, &out->version) && out->name.n > 0 && out->version.n > 0;
}

void conan_ref_find(struct collect *c, struct arena *a, const struct conan_ref *ref, const struct find *as) {
    struct find find = *as;
    struct purl_qualifier qualifiers[3];
    const struct purl_qualifier all[] = {{S("channel"), ref->channel}, {S("rrev"), ref->rrev}, {S("user"), ref->user}};
    bool range = ref->version.p[0] == '[';
    struct sbom_property requested = {S("akashi:requirement"), ref->version};
    (void)a;
    for (size_t i = 0; i < 3; i++)
        if (all[i].value.n && !str_is(all[i].value, "_"))
            qualifiers[find.n_qualifiers++] = all[i];
    find.type = "conan";
    find.name = ref->name;
    find.version = range ? (str){0} : ref->version;
    find.qualifiers = qualifiers;
    if (range) {
        find.properties = &requested;
        find.n_properties = 1;
    }
    collect_find(c, &find);
}
