/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/place.h"

#include "vuln/distro.h"
#include "vuln/pack.h"

/* When two names are the same package. */
enum sameness { EXACT, NO_CASE, PEP503, CRATE, GIT_URL };

static const struct {
    const char *ecosystem;
    enum sameness same;
} sameness[] = {
    {"pypi", PEP503},       {"crates.io", CRATE}, {"go", NO_CASE},  {"npm", NO_CASE},      {"nuget", NO_CASE},
    {"packagist", NO_CASE}, {"hex", NO_CASE},     {"pub", NO_CASE}, {"swifturl", GIT_URL}, {"github actions", NO_CASE},
    {"bitnami", NO_CASE},   {"vscode", NO_CASE},  {"cpe", NO_CASE},
};

/* Purl types of the language ecosystems. `join` stands between namespace and name; 0: the namespace is no part of it.
 */
static const struct {
    const char *type, *ecosystem;
    char join;
} languages[] = {
    {"npm", "npm", '/'},
    {"pypi", "PyPI", 0},
    {"maven", "Maven", ':'},
    {"golang", "Go", '/'},
    {"cargo", "crates.io", 0},
    {"nuget", "NuGet", 0},
    {"gem", "RubyGems", 0},
    {"composer", "Packagist", '/'},
    {"hex", "Hex", '/'},
    {"pub", "Pub", 0},
    {"hackage", "Hackage", 0},
    {"cran", "CRAN", 0},
    {"bioconductor", "Bioconductor", 0},
    {"conan", "ConanCenter", 0},
    {"swift", "SwiftURL", '/'},
    {"github", "GitHub Actions", '/'},
    {"githubactions", "GitHub Actions", '/'},
    {"generic", "OSS-Fuzz", 0},
    {"bitnami", "Bitnami", 0},
    {"julia", "Julia", 0},
    {"opam", "opam", 0},
    {"vscode-extension", "VSCode", '/'},
};

static enum sameness sameness_of(str ecosystem) {
    for (size_t i = 0; i < sizeof sameness / sizeof *sameness; i++)
        if (str_is(ecosystem, sameness[i].ecosystem))
            return sameness[i].same;
    return EXACT;
}

/* PEP 503: lower case, and each run of "-", "_", "." is one "-". */
static str pep503(struct arena *a, str name) {
    char *p = arena_alloc(a, name.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < name.n; i++) {
        char ch = ch_tolower(name.p[i]);
        bool sign = ch == '-' || ch == '_' || ch == '.';
        if (!sign)
            p[n++] = ch;
        else if (n == 0 || p[n - 1] != '-')
            p[n++] = '-';
    }
    return str_n(p, n);
}

static str crate(struct arena *a, str name) {
    char *p = arena_alloc(a, name.n + 1);
    for (size_t i = 0; i < name.n; i++)
        p[i] = name.p[i] == '_' ? '-' : ch_tolower(name.p[i]);
    return str_n(p, name.n);
}

/* "https://github.com/apple/swift-nio.git", as advisories may have it, and "github.com/apple/swift-nio". */
static str git_url(str name) {
    size_t at = str_find(name, S("://"));
    name = at == STR_NONE ? name : str_from(name, at + 3);
    return str_ends(name, S(".git")) ? str_upto(name, name.n - 4) : name;
}

str place_name(struct arena *a, str ecosystem, str name) {
    switch (sameness_of(ecosystem)) {
    case PEP503: return pep503(a, name);
    case CRATE: return crate(a, name);
    case GIT_URL: return git_url(arena_lower(a, name));
    case NO_CASE: return arena_lower(a, name);
    case EXACT: break;
    }
    return name;
}

int64_t place_key(str ecosystem, str name) {
    uint64_t h = stable_hash(stable_hash(STABLE_HASH_START, ecosystem), name);
    h = (h ^ h >> 32) * 0xE7037ED1A0B428DBu;
    h = (h ^ h >> 29) >> 1; /* row ids are signed */
    return (int64_t)(h | (h == 0));
}

str place_shown(struct arena *a, str ecosystem) {
    str base, suffix;
    bool cut = str_cut(ecosystem, ':', &base, &suffix);
    str shown = distro_shown(base);
    for (size_t i = 0; !shown.p && i < sizeof languages / sizeof *languages; i++)
        if (str_ieq(base, str_of(languages[i].ecosystem)))
            shown = str_of(languages[i].ecosystem);
    if (str_is(base, "cpe"))
        shown = S("CPE");
    if (!shown.p)
        return ecosystem;
    return cut ? arena_printf(a, "%.*s:%.*s", STR_ARG(shown), STR_ARG(suffix)) : shown;
}

/* ── what a component's purl points at ── */

static bool no_version(str v) { return v.n == 0; }

static uint32_t language_of(struct arena *a, const struct purl *p, struct place_query *out) {
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        if (!str_is(p->type, languages[i].type))
            continue;
        str eco = arena_lower(a, str_of(languages[i].ecosystem)), name = p->name, version = p->version;
        if (languages[i].join && p->ns.n)
            name = arena_printf(a, "%.*s%c%.*s", STR_ARG(p->ns), languages[i].join, STR_ARG(p->name));
        if (str_is(eco, "go")) {
            if (str_is(name, "std"))
                name = S("stdlib");
            if (str_starts(version, S("go")))
                version = str_from(version, 2);
            if (version.n > 1 && version.p[0] == 'v' && ch_digit(version.p[1]))
                version = str_from(version, 1);
        }
        *out = (struct place_query){eco, place_name(a, eco, name), version, false, false};
        return 1;
    }
    return 0;
}

/* "+b1" of a Debian binary-only rebuild: advisories speak of the source version. */
static str without_binnmu(str v) {
    size_t n = v.n;
    while (n && ch_digit(v.p[n - 1]))
        n--;
    return n > 2 && n < v.n && v.p[n - 1] == 'b' && v.p[n - 2] == '+' ? str_upto(v, n - 2) : v;
}

/* upstream=NAME, NAME@VERSION, "NAME (VERSION)" as dpkg writes it, or NAME-VERSION-RELEASE.src.rpm. */
static void source_of(str upstream, str *name, str *version) {
    *name = upstream;
    *version = (str){NULL, 0};
    str head, tail, release;
    if (str_ends(upstream, S(".rpm"))) {
        str nvr = str_upto(upstream, upstream.n - 4);
        if (str_ends(nvr, S(".src")) || str_ends(nvr, S(".nosrc")))
            str_rcut(nvr, '.', &nvr, &tail);
        if (str_rcut(nvr, '-', &head, &release) && str_rcut(head, '-', name, &tail))
            *version = str_n(tail.p, tail.n + 1 + release.n);
        return;
    }
    if (str_cut(upstream, '(', &head, &tail) && str_ends(tail, S(")"))) {
        *name = str_trim(head);
        *version = str_trim(str_upto(tail, tail.n - 1));
    } else if (str_cut(upstream, '@', &head, &tail)) {
        *name = head;
        *version = tail;
    }
}

static str with_epoch(struct arena *a, const struct purl *p, str version) {
    str epoch = purl_qualifier(p, "epoch");
    if (!epoch.n || str_is(epoch, "0") || no_version(version) || str_chr(version, ':') != STR_NONE)
        return version;
    return arena_printf(a, "%.*s:%.*s", STR_ARG(epoch), STR_ARG(version));
}

static uint32_t distribution_of(struct arena *a, const struct purl *p, str distro, struct place_query *out) {
    struct distro_release at;
    if (!distro_of(a, p, distro, &at))
        return 0;
    bool rpm = str_is(p->type, "rpm");
    str version = rpm ? with_epoch(a, p, p->version) : p->version, upstream = purl_qualifier(p, "upstream");
    if (!upstream.n)
        upstream = purl_qualifier(p, "source");
    uint32_t n = 0, all = at.n;
    str base, release;
    if (at.n && str_cut(at.ecosystems[at.n - 1], ':', &base, &release))
        all++;
    for (uint32_t i = 0; i < all; i++) {
        str eco = i < at.n ? at.ecosystems[i] : base;
        bool decides = i + 1 < at.n, any = i == at.n;
        bool source_known = upstream.n > 0 && at.by != BY_BINARY;
        if (source_known) {
            str name, source_version;
            source_of(upstream, &name, &source_version);
            if (no_version(source_version))
                source_version = str_is(p->type, "deb") ? without_binnmu(version) : version;
            else if (rpm)
                source_version = with_epoch(a, p, source_version);
            out[n++] = (struct place_query){eco, name, source_version, decides, any};
        }
        if (!source_known || (at.by == BY_BOTH && !str_eq(out[n - 1].name, p->name)))
            out[n++] = (struct place_query){eco, p->name, str_is(p->type, "deb") ? without_binnmu(version) : version,
                                            decides, any};
    }
    return n;
}

uint32_t place_of(struct arena *a, const struct purl *p, str distro, struct place_query out[PLACE_QUERIES]) {
    uint32_t n = language_of(a, p, out);
    return n ? n : distribution_of(a, p, distro, out);
}
