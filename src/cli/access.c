/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/access.h"

bool cli_access_open(struct cli *cli, enum home_use use, struct cli_access *out, struct err *e) {
    *out = (struct cli_access){0};
    if (!home_open(cli->ctx, cli->arena, cli->home, use, &out->home, e))
        return false;
    if (access_open(cli->ctx, cli->home, &out->x, e))
        return true;
    home_close(&out->home);
    return false;
}

void cli_access_close(struct cli_access *k) {
    if (!k->x)
        return;
    access_close(k->x);
    home_close(&k->home);
}

bool cli_access_end(struct cli *cli, struct cli_access *k, bool ok, const struct audit *said, uint32_t n,
                    struct err *e) {
    struct home_add *adds = arena_array(cli->arena, struct home_add, n + 1);
    for (uint32_t i = 0; ok && i < n; i++) {
        struct audit x = said[i];
        x.by = S("command");
        ok = audit_payload(cli->ctx, cli->arena, &x, &adds[i].payload, e);
    }
    ok = ok && (!n || home_append(&k->home, cli->arena, adds, n, e));
    return access_end(k->x, ok, e);
}

bool cli_access_user(struct cli *cli, struct cli_access *k, str name, struct user *out, struct err *e) {
    bool found;
    access_lock(k->x);
    bool ok = user_by_name(k->x, cli->arena, name, &found, out, e);
    access_unlock(k->x);
    return ok && (found || err_set(e, ERR_USAGE, name, _("there is no user of this name")));
}
