/* SPDX-License-Identifier: Apache-2.0
 *
 * What the ways of giving one's word share: practices on the command line, and sheets.
 */
#ifndef AKASHI_CLI_CONFORM_ATTEST_H
#define AKASHI_CLI_CONFORM_ATTEST_H

#include "cli/conform_scope.h"
#include "conform/attest_sheet.h"

struct attesting {
    struct cli *cli;
    struct cli_portfolio h;
    const struct catalogue *catalogue;
    struct conform_scope scope;
    struct attest_request ask; /* as the options say */
    struct attested *done;     /* n of them */
    uint32_t n;
    bool several;
    struct errs bad; /* of a sheet: then nothing was said */
};
/* Into the archive; a folder before their names, or absent. */
MUST_USE bool attesting_documents(struct attesting *k, str folder, const str *files, uint32_t n,
                                  struct attested_documents *out, struct err *e);
MUST_USE bool attesting_sheet(struct attesting *k, struct err *e);   /* --sheet */
MUST_USE bool attesting_missing(struct attesting *k, struct err *e); /* --missing: written */

#endif
