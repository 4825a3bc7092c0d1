/* SPDX-License-Identifier: Apache-2.0 */
#include "ident/purl_type.h"

/* Extension ids are 128 bits written with the letters a to p. */
static bool chrome_name(str s) {
    if (s.n != 32)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 'a' || s.p[i] > 'p')
            return false;
    return true;
}

/* One to four numbers. */
static bool chrome_version(str s) {
    str field;
    unsigned fields = 0;
    while (str_next(&s, '.', &field)) {
        if (++fields > 4 || field.n == 0)
            return false;
        for (size_t i = 0; i < field.n; i++)
            if (!ch_digit(field.p[i]))
                return false;
    }
    return fields > 0;
}

static bool cocoapods_name(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (ch_space(s.p[i]) || s.p[i] == '+')
            return false;
    return s.n && s.p[0] != '.';
}

/* A distribution's name, not a module's. */
static bool cpan_name(str s) { return str_find(s, S("::")) == STR_NONE; }

/* Name of the creator, then its regid. */
static bool swid_namespace(str s) {
    str rest = str_from(s, str_chr(s, '/') == STR_NONE ? s.n : str_chr(s, '/') + 1);
    return str_chr(rest, '/') == STR_NONE;
}

#define NS_REQ PURL_NS_REQUIRED
#define NS_NO PURL_NS_PROHIBITED
#define LOWER (PURL_NS_LOWER | PURL_NAME_LOWER)

/* Sorted by name. */
static const struct purl_type types[] = {
    {"alpm", NS_REQ | LOWER},
    {"apk", NS_REQ | LOWER},
    {"bazel", NS_NO},
    {"bitbucket", NS_REQ | LOWER},
    {"bitnami", NS_NO | PURL_NAME_LOWER},
    {"brew", LOWER},
    {"cargo", NS_NO},
    {"chrome-extension", NS_NO | PURL_NAME_LOWER, .name_ok = chrome_name, .version_ok = chrome_version},
    {"cocoapods", NS_NO, .name_ok = cocoapods_name},
    {"composer", NS_REQ | LOWER},
    {"conan", 0},
    {"conda", NS_NO},
    {"cpan", PURL_NS_UPPER, .name_ok = cpan_name},
    {"cran", NS_NO},
    {"deb", NS_REQ | LOWER},
    {"docker", 0},
    {"gem", NS_NO},
    {"generic", 0},
    {"git", NS_REQ | PURL_HOST_CASE},
    {"github", NS_REQ | LOWER},
    {"gitlab", NS_REQ | LOWER},
    {"golang", NS_REQ},
    {"hackage", NS_NO | PURL_NAME_DASH},
    {"hex", LOWER},
    {"huggingface", NS_REQ | PURL_VERSION_LOWER},
    {"julia", NS_NO, .qualifier = "uuid"},
    {"luarocks", LOWER},
    {"maven", NS_REQ},
    {"mlflow", NS_NO | PURL_SERVER_CASE},
    {"npm", 0},
    {"nuget", NS_NO},
    {"oci", NS_NO | PURL_NAME_LOWER | PURL_VERSION_LOWER},
    {"opam", NS_NO},
    {"otp", NS_NO | PURL_NAME_LOWER | PURL_SUBPATH_LOWER},
    {"pub", NS_NO | PURL_NAME_LOWER | PURL_NAME_UNDERSCORE},
    {"pypi", NS_NO | PURL_NAME_LOWER | PURL_NAME_DASH | PURL_VERSION_LOWER},
    {"qpkg", NS_REQ | PURL_NS_LOWER},
    {"rpm", NS_REQ | PURL_NS_LOWER},
    {"swid", 0, .qualifier = "tag_id", .namespace_ok = swid_namespace},
    {"swift", NS_REQ},
    {"vcpkg", NS_NO},
    {"vscode-extension", NS_REQ | LOWER | PURL_VERSION_LOWER},
    {"yocto", PURL_NS_LOWER},
};
static const struct purl_type other = {"generic", 0};

const struct purl_type *purl_type_find(str type) {
    size_t low = 0, high = sizeof types / sizeof *types;
    while (low < high) {
        size_t mid = (low + high) / 2;
        int c = str_cmp(type, str_of(types[mid].name));
        if (c == 0)
            return &types[mid];
        if (c < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return &other;
}
