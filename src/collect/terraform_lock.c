/* SPDX-License-Identifier: Apache-2.0
 *
 * .terraform.lock.hcl: provider "registry.terraform.io/hashicorp/aws" { version = "…" constraints = "…" hashes = […] }.
 * The hashes are of the provider's packages for several platforms, so none is the component's.
 */
#include "collect/detectors.h"
#include "collect/report.h"

static void find_provider(struct collect *c, str address, str version, str constraints, uint32_t line) {
    struct sbom_property requirement = {S("akashi:requirement"), constraints};
    struct find find = {.type = "terraform",
                        .version = version,
                        .line = line,
                        .direct = DIRECT_YES,
                        .properties = &requirement,
                        .n_properties = constraints.n > 0};
    if (!address.n)
        return;
    if (!str_rcut(address, '/', &find.ns, &find.name))
        find.name = address;
    collect_find(c, &find);
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    str line, address = {0}, version = {0}, constraints = {0}, key, value;
    uint32_t at = 0;
    bool open = false;
    for (struct lines l = {.rest = bytes}; lines_next(&l, &line);) {
        line = uncomment(line, '#');
        if (str_starts(line, S("provider "))) {
            if (open)
                return report_malformed(a, f, l.no, ".terraform.lock.hcl", e);
            address = between(line, '"', '"');
            version = constraints = (str){0};
            at = l.no;
            open = true;
        } else if (str_is(line, "}") && open) {
            find_provider(c, address, version, constraints, at);
            open = false;
        } else if (open && str_cut(line, '=', &key, &value)) {
            if (str_is(str_trim(key), "version"))
                version = unquote(str_trim(value));
            if (str_is(str_trim(key), "constraints"))
                constraints = unquote(str_trim(value));
        }
    }
    return !open || report_malformed(a, f, at, ".terraform.lock.hcl", e);
}

static const char *const files[] = {".terraform.lock.hcl", NULL};
const struct detector detector_terraform_lock = {
    .name = "terraform/lock", .of_project = true, .files = files, .purl_types = "terraform", .read = read};
