/* SPDX-License-Identifier: Apache-2.0 */
#include "collect/conda.h"

#include "base/file.h"

static void fill(str *to, str from) {
    if (!to->n && from.n)
        *to = from;
}

bool conda_from_url(struct conda_package *p, str url) {
    static const char *const types[] = {"conda", "tar.bz2"};
    str base = path_base(url), folder = path_dir(url), rest, name, version, build, hash;
    str_cut(base, '#', &base, &hash);
    for (size_t i = 0; i < 2; i++) {
        str ending = str_of(types[i]);
        if (!str_ends(base, ending) || base.n <= ending.n + 1)
            continue;
        rest = str_upto(base, base.n - ending.n - 1);
        if (!str_rcut(rest, '-', &rest, &build) || !str_rcut(rest, '-', &name, &version) || !name.n)
            return false;
        fill(&p->name, name);
        fill(&p->version, version);
        fill(&p->build, build);
        fill(&p->type, ending);
        if (folder.n) {
            fill(&p->subdir, path_base(folder));
            fill(&p->channel, path_base(path_dir(folder)));
            fill(&p->url, url);
        }
        if (hash.n == 32)
            fill(&p->md5, hash);
        return true;
    }
    return false;
}

static bool is_name(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!ch_alnum(s.p[i]) && !strchr("-_.", s.p[i]))
            return false;
    return s.n > 0;
}

void conda_report(struct collect *c, struct arena *a, const struct conda_package *p) {
    struct purl_qualifier q[4];
    struct sbom_hash hashes[2];
    struct sbom_property requirement = {S("akashi:requirement"), p->requirement};
    struct find f = {.type = "conda",
                     .name = p->name,
                     .version = p->version,
                     .licence = p->licence,
                     .download = p->url,
                     .line = p->line,
                     .key = p->key,
                     .scope = p->scope,
                     .direct = p->direct,
                     .qualifiers = q,
                     .hashes = hashes,
                     .properties = &requirement,
                     .n_properties = p->requirement.n > 0};
    const struct purl_qualifier all[] = {
        {S("build"), p->build}, {S("channel"), p->channel}, {S("subdir"), p->subdir}, {S("type"), p->type}};
    if (!is_name(p->name)) {
        collect_unidentified(c, p->name.n ? p->name : p->url, str_of(_("this is no conda package name")));
        return;
    }
    for (size_t i = 0; i < 4; i++)
        if (all[i].value.n)
            q[f.n_qualifiers++] = all[i];
    if (p->sha256.n == 64)
        hashes[f.n_hashes++] = (struct sbom_hash){S("SHA-256"), p->sha256};
    if (p->md5.n == 32)
        hashes[f.n_hashes++] = (struct sbom_hash){S("MD5"), p->md5};
    (void)a;
    collect_find(c, &f);
}
