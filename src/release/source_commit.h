/* SPDX-License-Identifier: Apache-2.0
 *
 * Which commit a work tree stands at and where it came from, read from its .git without running git.
 */
#ifndef AKASHI_RELEASE_SOURCE_COMMIT_H
#define AKASHI_RELEASE_SOURCE_COMMIT_H

#include "base/ctx.h"

struct source_commit {
    str url;    /* of the remote "origin", or the only remote; without user and password; absent when there is none */
    str ref;    /* "refs/heads/main"; absent on a detached HEAD */
    str commit; /* 40 or 64 hex digits; absent before the first commit */
};

/* Looks in `folder` and the folders above it. ERR_INPUT when that is no git work tree. */
MUST_USE bool source_commit_read(struct ctx *c, struct arena *a, str folder, struct source_commit *out, struct err *e);

/* A URL without user name and password, so that no token reaches a statement. */
str url_without_secrets(struct arena *a, str url);

#endif
