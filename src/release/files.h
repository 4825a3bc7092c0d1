/* SPDX-License-Identifier: Apache-2.0
 *
 * The files a release is made of: what lies in a folder, or what was named, with their digests.
 */
#ifndef AKASHI_RELEASE_FILES_H
#define AKASHI_RELEASE_FILES_H

#include "base/ctx.h"

struct release_file {
    str path; /* on disk */
    str name; /* in statements: from the folder's root, or the file's own name */
    uint64_t size;
    str sha256; /* hex */
    bool ok;
    struct err fault;
};
VEC_NAMED(release_files, struct release_file);

/* Of a folder all regular files below it but bundles (*.akashi.json, finished or left half-written by a killed run) at
 * its top, in the order of their names; links are left to the archive. Of files the files, whose names must differ.
 * Digests are taken on all threads. */
MUST_USE bool release_files_read(struct ctx *c, struct arena *a, const str *paths, uint32_t n,
                                 struct release_files *out, struct err *e);
/* The same of files that lie elsewhere: names and SHA-256 as hex, as they were told. */
MUST_USE bool release_files_take(struct arena *a, const struct release_file *listed, uint32_t n,
                                 struct release_files *out, struct err *e);
/* One digest over names and digests: what "the same bits" means. */
str release_files_digest(struct arena *a, const struct release_files *files);

/* SHA-256 of a file in constant memory, as hex; *size may be NULL. */
MUST_USE bool file_sha256(struct arena *a, str path, str *hex, uint64_t *size, struct err *e);

#define BUNDLE_END ".akashi.json"

#endif
