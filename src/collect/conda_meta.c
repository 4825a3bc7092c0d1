/* SPDX-License-Identifier: Apache-2.0
 *
 * conda-meta/NAME.json: one file per package installed in a conda environment.
 */
#include "base/file.h"
#include "collect/conda.h"

/* "https://host/channel/linux-64" or just "channel" */
static str channel_of(str channel, str subdir) {
    return subdir.n && str_eq(path_base(channel), subdir) ? path_base(path_dir(channel)) : path_base(channel);
}

static bool conda_meta_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!json_parse(collect_ctx(c), a, bytes, JSON_DUPLICATES_OK, f->path, &doc, e))
        return false;
    struct conda_package p = {.name = j_gets(doc.root, "name"),
                              .version = j_gets(doc.root, "version"),
                              .build = j_gets(doc.root, "build"),
                              .subdir = j_gets(doc.root, "subdir"),
                              .licence = j_gets(doc.root, "license"),
                              .md5 = j_gets(doc.root, "md5"),
                              .sha256 = j_gets(doc.root, "sha256"),
                              .line = 1};
    if (!p.name.n || !p.version.n)
        return err_set(e, ERR_INPUT, f->path, _("package metadata should have a name and a version"));
    p.channel = channel_of(j_gets(doc.root, "channel"), p.subdir);
    conda_from_url(&p, j_gets(doc.root, "url"));
    conda_report(c, a, &p);
    return true;
}

const struct detector detector_conda_meta = {
    .name = "conda/installed",
    .files = (const char *const[]){"conda-meta/*.json", NULL},
    .purl_types = "conda",
    .read = conda_meta_read,
};
