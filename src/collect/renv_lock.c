/* SPDX-License-Identifier: Apache-2.0
 *
 * renv.lock (R): Packages by name with Package, Version, Source, Repository or Remote…, Requirements. Packages that
 * come from no repository of CRAN's kind are no pkg:cran: GitHub ones are named by their repository.
 */
#include "collect/detectors.h"
#include "collect/report.h"

static bool is_cran(struct jv p) {
    str source = j_gets(p, "Source"), repository = j_gets(p, "Repository");
    return str_is(source, "Repository") && repository.n > 0 && !str_istarts(repository, S("Bioc"));
}

static bool name_it(struct arena *a, struct jv p, struct find *out) {
    str source = j_gets(p, "Source"), user = j_gets(p, "RemoteUsername"), repo = j_gets(p, "RemoteRepo");
    out->name = j_gets(p, "Package");
    out->version = j_gets(p, "Version");
    if (is_cran(p)) {
        out->type = "cran";
        return out->name.n > 0;
    }
    if (str_is(source, "Bioconductor") || str_istarts(j_gets(p, "Repository"), S("Bioc"))) {
        out->type = "bioconductor";
        return out->name.n > 0;
    }
    if (str_is(source, "GitHub") && user.n && repo.n) {
        str sha = j_gets(p, "RemoteSha");
        out->type = "github";
        out->ns = user;
        out->name = repo;
        out->version = sha.n ? sha : out->version;
        return true;
    }
    if (j_gets(p, "RemoteUrl").n)
        return find_repository(a, j_gets(p, "RemoteUrl"), j_gets(p, "RemoteSha"), out);
    return false;
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!report_json(c, f, bytes, a, "renv.lock", &doc, e))
        return false;
    for (struct jiter it = j_iter(j_get(doc.root, "Packages")); j_next(&it);) {
        struct find find = {.key = it.key};
        struct sbom_property hash = {S("akashi:renv:hash"), j_gets(it.val, "Hash")};
        if (!name_it(a, it.val, &find)) {
            collect_unidentified(c, it.key, str_of(_("where it comes from is not told")));
            continue;
        }
        find.properties = &hash; /* of the DESCRIPTION fields, not of a file */
        find.n_properties = hash.value.n > 0;
        collect_find(c, &find);
        for (struct jiter r = j_iter(j_get(it.val, "Requirements")); j_next(&r);)
            collect_edge(c, it.key, j_str(r.val));
    }
    return true;
}

static const char *const files[] = {"renv.lock", NULL};
const struct detector detector_renv_lock = {
    .name = "r/renv", .of_project = true, .files = files, .purl_types = "cran", .read = read};
