/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/declaration.h"

#include "base/file.h"

struct person cli_person(struct cli *cli) {
    return (struct person){cli_text(cli, "person"), cli_text(cli, "title")};
}

bool cli_attach(struct cli *cli, struct cli_portfolio *x, const str *paths, uint32_t n, struct attacheds *out,
                struct err *e) {
    for (uint32_t i = 0; i < n; i++) {
        str text;
        if (!file_read_plain(cli->ctx, cli->arena, paths[i], &text, e) ||
            !attached_put(x->p, cli->arena, path_base(paths[i]), text, out, e))
            return false;
    }
    return true;
}

const char *standing_title(enum standing s) {
    static const char *const titles[] = {N_("good"),      N_("expired"),   N_("at risk"),    N_("challenged"),
                                         N_("suspended"), N_("corrected"), N_("superseded"), N_("withdrawn")};
    return _(titles[s]);
}

enum cell_style standing_style(enum standing s) {
    static const enum cell_style styles[] = {CELL_GREEN, CELL_DIM, CELL_YELLOW, CELL_YELLOW,
                                             CELL_RED,   CELL_DIM, CELL_DIM,    CELL_RED};
    return styles[s];
}
