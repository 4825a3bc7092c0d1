/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/notify.h"

enum { LAST = 50, LAST_MOST = 100000, KEY_SHOWN = 12 };

static int state_of(str word) {
    for (int s = OUTBOX_QUEUED; s <= OUTBOX_UNSURE; s++)
        if (str_is(word, outbox_state_name((enum outbox_state)s)))
            return s;
    return -1;
}

static enum cell_style style_of(enum outbox_state s) {
    return s == OUTBOX_FAILED   ? CELL_RED
           : s == OUTBOX_UNSURE ? CELL_YELLOW
           : s == OUTBOX_SENT   ? CELL_GREEN
                                : CELL_PLAIN;
}

static const char *word_of(enum outbox_state s) {
    static const char *const words[] = {N_("queued"), N_("in a digest"), N_("sending"), N_("handing over"),
                                        N_("sent"),   N_("given up"),    N_("unsure")};
    return _(words[s]);
}

static void show_table(struct cli *cli, const struct outbox_rows *rows) {
    static const struct column columns[] = {{.head = N_("key")},
                                            {.head = N_("since")},
                                            {.head = N_("to"), .shrink = true},
                                            {.head = N_("state")},
                                            {.head = N_("subject"), .shrink = true},
                                            {.head = N_("what went wrong"), .wrap = true, .spare = true}};
    struct table *t = table_new(cli->arena, columns, 6);
    for (uint32_t i = 0; i < rows->n; i++) {
        const struct outbox_row *r = &rows->v[i];
        table_row(t);
        table_cell(t, str_upto(r->key, KEY_SHOWN), CELL_BOLD);
        table_cell(t, time_rfc3339(cli->arena, r->changed), CELL_PLAIN);
        table_cell(t, r->subscriber, CELL_PLAIN);
        table_cell(t, str_of(word_of(r->state)), style_of(r->state));
        table_cell(t, r->subject, CELL_PLAIN);
        table_cell(t, r->error, CELL_PLAIN);
    }
    table_print(t, cli);
}

static void show_json(struct cli *cli, const struct outbox_rows *rows) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_arr(&w);
    for (uint32_t i = 0; i < rows->n; i++)
        outbox_row_json(cli->arena, &w, &rows->v[i]);
    jw_arr_end(&w);
    put_json(cli, &b);
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct notifying n;
    struct outbox_rows rows = {0};
    int64_t last = cli_number(cli, "last", LAST);
    uint32_t most = last < 1 ? 1 : last > LAST_MOST ? LAST_MOST : (uint32_t)last;
    bool ok = notify_open(cli, &n, &e) &&
              outbox_list(n.outbox, cli->arena, state_of(cli_text(cli, "state")), most, &rows, &e);
    outbox_close(n.outbox);
    if (!ok)
        return cli_fail(cli, &e);
    if (cli->json)
        show_json(cli, &rows);
    else if (rows.n)
        show_table(cli, &rows);
    else
        fprintf(cli->out, "%s\n", _("no notices"));
    return 0;
}

const struct command notify_list_command = {
    .name = "notify list",
    .args = "",
    .summary = N_("what is in the outbox, newest first"),
    .text = N_(
        "A notice stays in the outbox for good: that is how the same one is never sent twice. What is unsure was "
        "handed over without an answer, so a person decides whether it goes out again."),
    .options =
        (const struct option_spec[]){
            {.name = "state",
             .kind = OPT_TEXT,
             .value = "STATE",
             .help = N_("only these"),
             .choices = "queued|gathered|sending|handing|sent|failed|unsure"},
            {.name = "last", .kind = OPT_NUMBER, .value = "N", .help = N_("how many at most (default: 50)")},
            {0}},
    .examples = (const struct example[]){{"akashi notify list --state unsure", N_("what somebody must look at")}, {0}},
    .run = run,
};
