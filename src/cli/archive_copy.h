/* SPDX-License-Identifier: Apache-2.0
 *
 * What `archive copy` and `archive check --copy` share.
 */
#ifndef AKASHI_CLI_ARCHIVE_COPY_H
#define AKASHI_CLI_ARCHIVE_COPY_H

#include "archive/copy.h"
#include "cli/archive_home.h"
#include "conform/attest.h"

/* To be put in a command's options. */
#define COPY_OPTIONS                                                                                                   \
    {.name = "credentials",                                                                                            \
     .kind = OPT_TEXT,                                                                                                 \
     .value = "FILE",                                                                                                  \
     .help = N_("for a store: a file as the AWS tools have it; nobody else may read it")},                             \
    {                                                                                                                  \
        .name = "profile", .kind = OPT_TEXT, .value = "NAME", .help = N_("its section (default: default)")             \
    }

/* Is the copy complete, and is a sample of it restorable? Exit code 0, 1 when there are faults, or an error's. Needs
 * the options copy and sample, ARCHIVE_OPTIONS and COPY_OPTIONS. The copy of an archive that is not at hand is looked
 * at alone. */
int cli_copy_check(struct cli *cli);
/* --state: what was found is signed and logged; without the option nothing. */
MUST_USE bool cli_archive_state(struct cli *cli, const struct archive_checked *found, struct err *e);

#endif
