/* SPDX-License-Identifier: Apache-2.0 */
#include "collect/guess.h"

enum { LOOKED_AT = 1 << 16 };

/* In order: the first row all of whose marks stand in the beginning of the file. A mark with '^' stands at the
 * beginning of a line. */
static const struct {
    const char *name, *marks[3];
} rows[] = {
    {"yarn.lock", {"^# yarn lockfile v1"}},
    {"yarn.lock", {"^__metadata:", "^  version:"}},
    {"pnpm-lock.yaml", {"^lockfileVersion:"}},
    {"bun.lock", {"\"lockfileVersion\"", "\"workspaces\"", "\"packages\""}},
    {"package-lock.json", {"\"lockfileVersion\""}},
    {"Pipfile.lock", {"\"_meta\"", "\"pipfile-spec\""}},
    {"uv.lock", {"^[[package]]", "^source = {"}},
    {"pdm.lock", {"^[[package]]", "^[metadata]", "^lock_version = "}},
    {"poetry.lock", {"^[[package]]", "^python-versions = "}},
    {"poetry.lock", {"^[[package]]", "^[metadata]", "^lock-version = "}},
    {"pylock.toml", {"^lock-version = ", "^[[packages]]"}},
    {"Cargo.lock", {"^[[package]]"}},
    {"Gemfile.lock", {"^GEM", "^  remote:"}},
    {"Gemfile.lock", {"^DEPENDENCIES", "^PLATFORMS"}},
    {"composer.lock", {"\"packages\"", "\"packages-dev\"", "\"content-hash\""}},
    {"packages.lock.json", {"\"dependencies\"", "\"resolved\"", "\"contentHash\""}},
    {"app.deps.json", {"\"runtimeTarget\"", "\"libraries\""}},
    {"packages.config", {"<packages>", "<package "}},
    {"pom.xml", {"<project", "<modelVersion>"}},
    {"pom.xml", {"<project", "<artifactId>"}},
    {"verification-metadata.xml", {"<verification-metadata"}},
    {"gradle.lockfile", {"^empty="}},
    {"go.mod", {"^module ", "^go "}},
    {"go.mod", {"^module ", "^require"}},
    {"mix.lock", {"^%{", "{:hex,"}},
    {"rebar.lock", {"{<<\"", "{pkg,<<\""}},
    {"pubspec.lock", {"^packages:", "^    dependency:"}},
    {"Podfile.lock", {"^PODS:"}},
    {"Package.resolved", {"\"pins\"", "\"version\""}},
    {"conan.lock", {"\"graph_lock\""}},
    {"conan.lock", {"\"requires\"", "\"build_requires\"", "\"python_requires\""}},
    {"renv.lock", {"\"R\"", "\"Packages\"", "\"Source\""}},
    {"stack.yaml.lock", {"^snapshots:", "^packages:"}},
    {"cabal.project.freeze", {"^constraints:"}},
    {"Manifest.toml", {"^julia_version", "^[[deps."}},
    {"deno.lock", {"\"specifiers\"", "\"version\""}},
    {"var/lib/dpkg/status", {"^Package: ", "^Status: ", "^Version: "}},
    {"lib/apk/db/installed", {"^C:Q1", "^P:", "^V:"}},
    {"environment.yml", {"^dependencies:", "^channels:"}},
};

static bool has(str text, const char *mark) {
    bool line = *mark == '^';
    str needle = str_of(mark + line);
    for (str rest = text;;) {
        size_t at = str_find(rest, needle);
        if (at == STR_NONE)
            return false;
        const char *p = rest.p + at;
        if (!line || p == text.p || p[-1] == '\n')
            return true;
        rest = str_from(rest, at + 1);
    }
}

/* NAME, NAME[extra], NAME==1.0, NAME @ url …: every line that is not blank, a comment, an option or a continuation. */
static bool is_requirement(str line) {
    size_t i = 0;
    while (i < line.n && (ch_alnum(line.p[i]) || strchr("-_.", line.p[i])))
        i++;
    if (i == 0 || !ch_alnum(line.p[0]))
        return false;
    str rest = str_trim(str_from(line, i));
    return rest.n == 0 || strchr("=<>~![@;#\\(", rest.p[0]) != NULL;
}

static bool is_requirements(str text) {
    uint32_t lines = 0;
    bool continued = false;
    for (str rest = text, line; str_line(&rest, &line);) {
        bool inside = continued;
        line = str_trim(line);
        continued = line.n && line.p[line.n - 1] == '\\';
        if (inside || !line.n || line.p[0] == '#' || line.p[0] == '-')
            continue;
        if (!is_requirement(line) && str_find(line, S("://")) == STR_NONE)
            return false;
        lines++;
    }
    return lines > 0;
}

const char *guess_name(str bytes) {
    str head = str_upto(bytes, LOOKED_AT);
    if (!str_utf8_ok(bytes) || has(head, "\"SPDXID\"") || has(head, "\"bomFormat\"")) /* an SBOM lists packages too */
        return NULL;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool all = true;
        for (size_t k = 0; all && k < 3 && rows[i].marks[k]; k++)
            all = has(head, rows[i].marks[k]);
        if (all)
            return rows[i].name;
    }
    return is_requirements(bytes) ? "requirements.txt" : NULL;
}
