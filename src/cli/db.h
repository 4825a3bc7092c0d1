/* SPDX-License-Identifier: Apache-2.0
 *
 * Advisories from the configured addresses, for commands other than `db update`.
 */
#ifndef AKASHI_CLI_DB_H
#define AKASHI_CLI_DB_H

#include "cli/cli.h"
#include "vuln/vuln.h"

/* Fetches what [db] urls of akashi.toml name and imports what changed; *any false when it names nothing. Addresses that
 * failed are warnings, counted. */
MUST_USE bool cli_db_update(struct cli *cli, bool *any, uint32_t *failed, struct import_result *r, struct err *e);

#endif
