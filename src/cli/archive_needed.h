/* SPDX-License-Identifier: Apache-2.0
 *
 * What the home's log refers to: the envelopes of its statements, and every SHA-256 that stands in one.
 */
#ifndef AKASHI_CLI_ARCHIVE_NEEDED_H
#define AKASHI_CLI_ARCHIVE_NEEDED_H

#include "cli/archive_home.h"
#include "seal/home.h"

/* An archive with the home it belongs to, when it belongs to one. */
struct archive_at_home {
    struct home home;
    bool has_home;
    struct archive *archive; /* the home's, or the one named on the command line */
    struct map needed;
};
/* use: how to open the home. Reads the whole log. */
MUST_USE bool archive_at_home_open(struct cli *cli, enum home_use use, struct archive_at_home *out, struct err *e);
void archive_at_home_close(struct archive_at_home *h);
/* An archive_needed; NULL should be given instead when there is no home. */
bool archive_is_needed(void *of, const struct body_name *name);

#endif
