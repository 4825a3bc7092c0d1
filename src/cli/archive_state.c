/* SPDX-License-Identifier: Apache-2.0
 *
 * What a check of the archive found, as a statement in the log of the home.
 */
#include "cli/archive_copy.h"
#include "seal/home.h"

bool cli_archive_state(struct cli *cli, const struct archive_checked *found, struct err *e) {
    struct home home;
    struct home_add add = {0};
    if (!cli_flag(cli, "state"))
        return true;
    if (!home_open(cli->ctx, cli->arena, cli->home, HOME_SIGN, &home, e))
        return false;
    bool ok = archive_check_payload(cli->ctx, cli->arena, home.origin, found, &add.payload, e) &&
              home_append(&home, cli->arena, &add, 1, e);
    if (ok && !cli->json)
        fprintf(cli->out, _("logged, entry %llu\n"), (unsigned long long)add.added.index);
    home_close(&home);
    return ok;
}
