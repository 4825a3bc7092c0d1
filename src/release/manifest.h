/* SPDX-License-Identifier: Apache-2.0
 *
 * The release manifest: the statement that ties a release together.
 */
#ifndef AKASHI_RELEASE_MANIFEST_H
#define AKASHI_RELEASE_MANIFEST_H

#include "release/gather.h"

struct manifest_part {
    str kind, type, sha256; /* of the envelope */
};
struct manifest {
    str product, version, party, purl, released, tree, advisories;
    VEC(struct manifest_part) parts;
    struct statement statement; /* its subjects are the files */
};
/* False with ERR_INPUT when the statement is no manifest. */
MUST_USE bool manifest_read(struct arena *a, const struct statement *s, str where, struct manifest *out, struct err *e);
/* The payload over the gathered evidence; parts[i] belongs to g->evidence.v[i]. tree: name of the folder in the
 * archive, absent when files were archived one by one. */
MUST_USE bool manifest_write(const struct gathering *g, const struct manifest_part *parts, str tree, uint64_t bytes,
                             str *payload, struct err *e);
/* Whether its subjects are exactly these files. */
bool manifest_is_of(const struct manifest *m, const struct release_files *files);
const struct manifest_part *manifest_part_of(const struct manifest *m, str envelope_sha256);

#endif
