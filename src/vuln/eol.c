/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/eol.h"

/* End of free security support as announced by each maker (Debian: end of LTS). `product` is the id of os-release for
 * distributions and a component name for runtimes; `version` stands for all versions that begin with it. */
static const struct {
    const char *product, *shown, *version, *ended;
} table[] = {
    {"debian", "Debian", "7", "2018-05-31"},
    {"debian", "Debian", "8", "2020-06-30"},
    {"debian", "Debian", "9", "2022-06-30"},
    {"debian", "Debian", "10", "2024-06-30"},
    {"debian", "Debian", "11", "2026-08-31"},
    {"debian", "Debian", "12", "2028-06-30"},
    {"ubuntu", "Ubuntu", "14.04", "2019-04-25"},
    {"ubuntu", "Ubuntu", "16.04", "2021-04-30"},
    {"ubuntu", "Ubuntu", "18.04", "2023-05-31"},
    {"ubuntu", "Ubuntu", "20.04", "2025-05-31"},
    {"ubuntu", "Ubuntu", "22.04", "2027-06-01"},
    {"ubuntu", "Ubuntu", "23.10", "2024-07-11"},
    {"ubuntu", "Ubuntu", "24.10", "2025-07-10"},
    {"centos", "CentOS", "6", "2020-11-30"},
    {"centos", "CentOS", "7", "2024-06-30"},
    {"centos", "CentOS", "8", "2021-12-31"},
    {"almalinux", "AlmaLinux", "8", "2029-05-31"},
    {"almalinux", "AlmaLinux", "9", "2032-05-31"},
    {"rocky", "Rocky Linux", "8", "2029-05-31"},
    {"rhel", "Red Hat Enterprise Linux", "6", "2020-11-30"},
    {"rhel", "Red Hat Enterprise Linux", "7", "2024-06-30"},
    {"redhat", "Red Hat Enterprise Linux", "7", "2024-06-30"},
    {"amzn", "Amazon Linux", "2018.03", "2023-12-31"},
    {"amzn", "Amazon Linux", "2", "2026-06-30"},
    {"fedora", "Fedora", "39", "2024-11-26"},
    {"fedora", "Fedora", "40", "2025-05-13"},
    {"fedora", "Fedora", "41", "2025-12-15"},
    {"alpine", "Alpine", "3.12", "2022-05-01"},
    {"alpine", "Alpine", "3.13", "2022-11-01"},
    {"alpine", "Alpine", "3.14", "2023-05-01"},
    {"alpine", "Alpine", "3.15", "2023-11-01"},
    {"alpine", "Alpine", "3.16", "2024-05-23"},
    {"alpine", "Alpine", "3.17", "2024-11-22"},
    {"alpine", "Alpine", "3.18", "2025-05-09"},
    {"alpine", "Alpine", "3.19", "2025-11-01"},
    {"alpine", "Alpine", "3.20", "2026-04-01"},
    {"alpine", "Alpine", "3.21", "2026-11-01"},
    {"opensuse-leap", "openSUSE Leap", "15.5", "2024-12-31"},
    {"opensuse-leap", "openSUSE Leap", "15.6", "2026-04-30"},
    {"python", "Python", "2", "2020-01-01"},
    {"python", "Python", "3.6", "2021-12-23"},
    {"python", "Python", "3.7", "2023-06-27"},
    {"python", "Python", "3.8", "2024-10-07"},
    {"python", "Python", "3.9", "2025-10-31"},
    {"node", "Node.js", "12", "2022-04-30"},
    {"node", "Node.js", "14", "2023-04-30"},
    {"node", "Node.js", "16", "2023-09-11"},
    {"node", "Node.js", "18", "2025-04-30"},
    {"node", "Node.js", "20", "2026-04-30"},
    {"php", "PHP", "5", "2018-12-31"},
    {"php", "PHP", "7", "2022-11-28"},
    {"php", "PHP", "8.0", "2023-11-26"},
    {"php", "PHP", "8.1", "2025-12-31"},
    {"ruby", "Ruby", "2", "2023-03-31"},
    {"ruby", "Ruby", "3.0", "2024-04-23"},
    {"ruby", "Ruby", "3.1", "2025-03-31"},
    {"openssl", "OpenSSL", "1.0", "2019-12-31"},
    {"openssl", "OpenSSL", "1.1", "2023-09-11"},
    {"openssl", "OpenSSL", "3.1", "2025-03-14"},
    {"openssl", "OpenSSL", "3.2", "2025-11-23"},
    {"openssl", "OpenSSL", "3.3", "2026-04-09"},
};

static bool begins_version(str version, str prefix) {
    return str_starts(version, prefix) && (version.n == prefix.n || !ch_digit(version.p[prefix.n]));
}

static size_t entry_of(str product, str version) {
    size_t n = sizeof table / sizeof *table;
    for (size_t i = 0; i < n; i++)
        if (str_ieq(product, str_of(table[i].product)) && begins_version(version, str_of(table[i].version)))
            return i;
    return n;
}

str end_of_life_date(str product, str version) {
    size_t i = entry_of(product, version);
    return i < sizeof table / sizeof *table ? str_of(table[i].ended) : (str){NULL, 0};
}

static void tell(struct arena *a, struct scan *scan, const struct scan_input *input, int64_t now, str product,
                 str version) {
    int64_t ended;
    size_t i = entry_of(product, version);
    if (i == sizeof table / sizeof *table || !time_parse(str_of(table[i].ended), &ended) || now < ended + 86400)
        return;
    str what = arena_printf(a, "%s %s", table[i].shown, table[i].version);
    for (uint32_t k = 0; k < scan->ended.n; k++)
        if (scan->ended.v[k].input == input && str_eq(scan->ended.v[k].what, what))
            return;
    *vec_push(a, &scan->ended) = (struct end_of_life){input, what, str_of(table[i].ended)};
}

/* Runtimes are recognised only where a file or image component says so (generic, docker, bitnami purls): a library
 * that happens to be called "python" on npm is no runtime. A distribution's own package follows the distribution. */
static bool names_runtime(const struct purl *p) {
    return str_is(p->type, "generic") || str_is(p->type, "docker") || str_is(p->type, "oci") ||
           str_is(p->type, "bitnami");
}

void end_of_life_find(struct arena *a, struct scan *scan, const struct scan_input *input, int64_t now) {
    for (uint32_t i = 0; i < input->sbom->components.n; i++) {
        const struct sbom_component *component = &input->sbom->components.v[i];
        struct arena_mark mark = arena_mark(a);
        struct purl p;
        if (component->type == TYPE_OS)
            tell(a, scan, input, now, component->name, component->version);
        if (!component->purl.n || !purl_parse(a, component->purl, &p, NULL))
            continue;
        str distro = purl_qualifier(&p, "distro"), id, release;
        uint32_t before = scan->ended.n;
        if (distro.n && str_rcut(distro, '-', &id, &release))
            tell(a, scan, input, now, id, release);
        else if (names_runtime(&p))
            tell(a, scan, input, now, p.name, p.version);
        if (scan->ended.n == before)
            arena_reset(a, mark);
    }
}
