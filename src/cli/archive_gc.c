/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "cli/archive_needed.h"

static int run(struct cli *cli) {
    struct err e = {0};
    struct archive_at_home h;
    int64_t hours = cli_number(cli, "grace", 24);
    struct archive_gc g = {.arg = &h,
                           .dry = cli_flag(cli, "dry-run"),
                           .grace = (uint32_t)(hours < 0         ? 0
                                               : hours > 1000000 ? 1000000
                                                                 : hours) *
                                    3600};
    bool ok = archive_at_home_open(cli, HOME_READ, &h, &e);
    if (ok) {
        g.is_needed = h.has_home ? archive_is_needed : NULL;
        ok = archive_gc(h.archive, &g, &e);
    }
    archive_at_home_close(&h);
    if (!ok)
        return cli_fail(cli, &e);
    fprintf(cli->out,
            g.dry ? _("%llu chunks would be removed, about %.*s, from %llu packs\n")
                  : _("%llu chunks removed, about %.*s, from %llu packs\n"),
            (unsigned long long)g.chunks, STR_ARG(cli_size_text(cli, g.bytes)), (unsigned long long)g.packs);
    cli_warnings(cli);
    return 0;
}

const struct command archive_gc_command = {
    .name = "archive gc",
    .summary = N_("remove what no statement refers to"),
    .text = N_("Kept is: every statement of the home's log, whatever a digest in one names, what was put by hand, and "
               "what is held. A pack that was written to lately is left alone. Nothing is removed from a damaged "
               "archive, or while another process puts."),
    .options =
        (const struct option_spec[]){
            ARCHIVE_OPTIONS,
            {.name = "grace",
             .kind = OPT_NUMBER,
             .value = "HOURS",
             .help = N_("leave packs alone that changed within (default: 24)")},
            {.name = "dry-run", .kind = OPT_FLAG, .help = N_("only say what would go")},
            {0},
        },
    .examples = (const struct example[]){{"akashi archive gc --dry-run", N_("see first")}, {0}},
    .run = run,
};
