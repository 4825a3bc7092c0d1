/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/home.h"
#include "seal/log_json.h"

enum { SHOWN_BY_DEFAULT = 20 };

struct showing {
    struct cli *cli;
    struct home home;
    struct table *table;
    struct jw w;
};

static bool show_row(void *arg, const struct log_entry *entry, struct err *e) {
    struct showing *s = arg;
    struct arena *a = s->cli->arena;
    (void)e;
    table_row(s->table);
    table_cell(s->table, arena_printf(a, "%llu", (unsigned long long)entry->index), CELL_PLAIN);
    table_cell(s->table, time_rfc3339(a, entry->leaf.time), CELL_DIM);
    table_cell(s->table, arena_str(a, entry->leaf.kind), CELL_BOLD);
    table_cell(s->table, arena_str(a, key_owner(s->cli, &s->home, entry->leaf.key)), CELL_PLAIN);
    table_cell(s->table, entry->erased ? str_of(_("(erased)")) : short_hex(a, entry->envelope),
               entry->erased ? CELL_DIM : CELL_PLAIN);
    return true;
}

static bool show_object(void *arg, const struct log_entry *entry, struct err *e) {
    struct showing *s = arg;
    struct arena_mark m = arena_mark(s->cli->arena);
    struct arena *a = s->cli->arena;
    (void)e;
    log_entry_json(a, &s->w, entry, true);
    arena_reset(a, m);
    return true;
}

static bool show(struct showing *s, uint64_t from, uint64_t to, struct err *e) {
    static const struct column columns[] = {{.head = N_("ENTRY"), .right = true},
                                            {.head = N_("TIME")},
                                            {.head = N_("KIND"), .shrink = true},
                                            {.head = N_("BY"), .shrink = true},
                                            {.head = N_("ENVELOPE")}};
    struct cli *cli = s->cli;
    if (!cli->json) {
        s->table = table_new(cli->arena, columns, sizeof columns / sizeof *columns);
        if (!log_each(s->home.log, from, to, show_row, s, e))
            return false;
        if (from < to)
            table_print(s->table, cli);
        return true;
    }
    struct buf b = {0};
    s->w = jw_to(&b, true);
    jw_arr(&s->w);
    bool ok = log_each(s->home.log, from, to, show_object, s, e);
    jw_arr_end(&s->w);
    if (ok)
        put_json(cli, &b);
    else
        buf_free(&b);
    return ok;
}

static int run_show(struct cli *cli) {
    struct err e = {0};
    struct showing s = {.cli = cli};
    uint64_t then = 0;
    bool ok = home_open(cli->ctx, cli->arena, cli->home, HOME_READ, &s.home, &e) &&
              home_as_of(&s.home, cli_text(cli, "as-of"), &then, &e);
    if (ok) {
        int64_t size = (int64_t)then, to = cli_number(cli, "to", size);
        to = to < 0 ? 0 : to > size ? size : to;
        int64_t from = cli_number(cli, "from", to > SHOWN_BY_DEFAULT ? to - SHOWN_BY_DEFAULT : 0);
        ok = show(&s, from < 0 ? 0 : (uint64_t)from, (uint64_t)to, &e);
    }
    home_close(&s.home);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command log_show_command = {
    .name = "log show",
    .summary = N_("list entries of the log: when, what kind, whose key"),
    .text = N_(
        "Without --from the last twenty. An entry says no more than this table: what a statement says lies in the "
        "archive, for those who may read it."),
    .options =
        (const struct option_spec[]){
            OPTION_AS_OF,
            {.name = "from", .kind = OPT_NUMBER, .value = "N", .help = N_("first entry to show")},
            {.name = "to", .kind = OPT_NUMBER, .value = "N", .help = N_("stop before this entry")},
            {0},
        },
    .examples = (const struct example[]){{"akashi log show --from 0 --to 100", N_("the first hundred")}, {0}},
    .run = run_show,
};
