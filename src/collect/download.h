/* SPDX-License-Identifier: Apache-2.0
 *
 * Sources a build downloads (CMake, Meson wraps, Bazel): a repository at a tag or commit, or an archive with a digest.
 */
#ifndef AKASHI_COLLECT_DOWNLOAD_H
#define AKASHI_COLLECT_DOWNLOAD_H

#include "collect/report.h"

struct download {
    str name; /* what the build calls it */
    str url;  /* of an archive; archives of GitHub are named by their repository and tag */
    str git, ref;
    str version;           /* when stated apart from both */
    struct sbom_hash hash; /* alg.n == 0: none */
    uint32_t line;
    enum sbom_scope scope;
    enum sbom_direct direct;
    str key;
};
/* Reports it: as pkg:github and the like, else as pkg:generic with download_url and checksum; counts what has neither
 * address nor version as unidentified. */
void download_find(struct collect *c, struct arena *a, const struct download *d);
/* "sha256" → "SHA-256"; NULL for one not known. */
const char *hash_name(str alg);

#endif
