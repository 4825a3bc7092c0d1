/* SPDX-License-Identifier: Apache-2.0
 *
 * Maven coordinates as a find.
 */
#include "collect/maven_find.h"

str maven_exact(str version) {
    static const char *const moving[] = {"latest.", "LATEST", "RELEASE"};
    if (version.n > 2 && version.p[0] == '[' && version.p[version.n - 1] == ']' && str_chr(version, ',') == STR_NONE)
        return str_trim(str_n(version.p + 1, version.n - 2));
    if (version.n == 0 || version.p[0] == '[' || version.p[0] == '(' || version.p[0] == ']' ||
        str_find(version, S("${")) != STR_NONE || str_ends(version, S("+")))
        return (str){0};
    for (size_t i = 0; i < sizeof moving / sizeof *moving; i++)
        if (str_starts(version, str_of(moving[i])))
            return (str){0};
    return version;
}

str interval_lowest(str text) {
    size_t end = 1;
    while (end < text.n && text.p[end] != ']' && text.p[end] != ')' && text.p[end] != '[')
        end++;
    if (end >= text.n || (text.p[0] != '[' && text.p[0] != '('))
        return (str){0};
    str lower, upper, within = str_n(text.p + 1, end - 1);
    (void)str_cut(within, ',', &lower, &upper);
    lower = str_trim(lower), upper = str_trim(upper);
    str found = text.p[0] == '[' && lower.n ? lower : text.p[end] == ']' ? upper : (str){0};
    return str_chr(found, ',') == STR_NONE && str_find(found, S("${")) == STR_NONE ? found : (str){0};
}

void maven_find(struct find *out, str group, str artifact, str version, struct sbom_property *requested) {
    out->type = "maven";
    out->ns = group;
    out->name = artifact;
    out->version = maven_exact(version);
    if (out->version.n || !version.n)
        return;
    out->version = interval_lowest(version);
    *requested = (struct sbom_property){S("akashi:requirement"), version};
    out->properties = requested;
    out->n_properties = 1;
}

bool maven_split(str text, str *group, str *artifact, str *version) {
    str rest, more;
    *version = (str){0};
    if (!str_cut(text, ':', group, &rest))
        return false;
    if (str_cut(rest, ':', artifact, &more)) {
        (void)str_cut(more, ':', version, &rest);
        (void)str_cut(*version, '@', version, &rest);
    }
    return group->n > 0 && artifact->n > 0;
}

static bool has_test(str name) { return str_istarts(name, S("test")) || str_find(name, S("Test")) != STR_NONE; }

enum sbom_scope gradle_scope(str configurations) {
    static const char *const tools[] = {"classpath", "annotationProcessor", "kapt", "ksp"};
    bool any = false, test = true, tool = true, compile = true;
    str name;
    while (str_next(&configurations, ',', &name)) {
        name = str_trim(name);
        if (!name.n)
            continue;
        any = true;
        bool is_test = has_test(name), is_tool = false;
        for (size_t i = 0; i < sizeof tools / sizeof *tools; i++)
            is_tool |= str_is(name, tools[i]);
        if (!is_test && (str_iends(name, S("runtimeClasspath")) || str_is(name, "runtime") || str_is(name, "default")))
            return SCOPE_REQUIRED;
        test &= is_test;
        tool &= is_tool || is_test;
        compile &= is_test || is_tool || str_iends(name, S("compileClasspath")) || str_is(name, "provided");
    }
    if (!any)
        return SCOPE_UNKNOWN;
    return test || tool ? SCOPE_DEV : compile ? SCOPE_OPTIONAL : SCOPE_UNKNOWN;
}
