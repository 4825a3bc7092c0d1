/* SPDX-License-Identifier: Apache-2.0
 *
 * What the `archive` commands share: which archive, with which key, and names on the command line.
 */
#ifndef AKASHI_CLI_ARCHIVE_HOME_H
#define AKASHI_CLI_ARCHIVE_HOME_H

#include "archive/archive.h"
#include "cli/cli.h"

/* To be put in a command's options. */
#define ARCHIVE_OPTIONS                                                                                                \
    {.name = "archive", .kind = OPT_TEXT, .value = "DIR", .help = N_("the archive (default: the home's)")}, {          \
        .name = "archive-key", .kind = OPT_TEXT, .value = "FILE",                                                      \
        .help = N_("32 bytes, or 64 hex digits: bodies are encrypted with them")                                       \
    }

enum archive_use { ARCHIVE_READ, ARCHIVE_WRITE };
MUST_USE bool cli_archive_open(struct cli *cli, enum archive_use use, struct archive **out, struct err *e);
/* The key of --archive-key, or the home's; *given = false where there is none. */
MUST_USE bool cli_archive_key(struct cli *cli, unsigned char key[AEAD_KEY], bool *given, struct err *e);
/* 64 hex digits, with or without "sha256:". */
MUST_USE bool cli_body_name(str text, struct body_name *out, struct err *e);
/* --sample: "5" or "5%", 0 without the option. */
MUST_USE bool cli_sample(const struct cli *cli, unsigned *percent, struct err *e);
str cli_name_text(struct cli *cli, const struct body_name *name);
str cli_size_text(struct cli *cli, uint64_t n); /* "12.3 MiB" */

#endif
