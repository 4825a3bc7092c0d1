/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/trust.h"

#include "base/file.h"
#include "seal/keytext.h"

/* ── what is trusted ── */

/* "supplier.pub" → "supplier": what a policy calls the signer. */
static str name_of_key_file(str path) {
    str base = path_base(path), stem, end;
    return str_rcut(base, '.', &stem, &end) && stem.n ? stem : base;
}

static bool trust(struct cli_trust *t, str given, struct err *e) {
    struct trusted_key *k = vec_push(t->cli->arena, &t->options.keys);
    struct key_text text;
    if (!keytext_given(t->cli->ctx, t->cli->arena, given, &text, e))
        return false;
    *k = (struct trusted_key){.key = text.key,
                              .name = path_exists(given) || !text.name.p ? name_of_key_file(given) : text.name};
    pubkey_id(&k->key, k->id);
    return true;
}

static bool trust_all(struct cli_trust *t, struct err *e) {
    uint32_t n;
    const str *given = cli_texts(t->cli, "key", &n);
    for (uint32_t i = 0; i < n; i++)
        if (!trust(t, given[i], e))
            return false;
    for (uint32_t i = 0; i < t->policy.keys.n; i++)
        if (!trust(t, t->policy.keys.v[i], e))
            return false;
    return true;
}

/* A home that is there is asked, unless --no-home: its keys, and the keys it trusts. */
static bool open_home(struct cli_trust *t, struct err *e) {
    struct cli *cli = t->cli;
    if (cli_flag(cli, "no-home") || !path_exists(path_join(cli->arena, cli->home, S("log/checkpoint"))))
        return true;
    t->has_home = home_open(cli->ctx, cli->arena, cli->home, HOME_READ, &t->home, e);
    t->options.home = &t->home;
    return t->has_home;
}

static bool read_policies(struct cli_trust *t, str policy, struct err *e) {
    struct cli *cli = t->cli;
    str log = cli_text(cli, "log-policy");
    if (policy.p) {
        if (!verify_policy_read(cli->ctx, cli->arena, policy, &t->policy, e))
            return false;
        t->options.policy = &t->policy;
    }
    if (!log.p)
        log = t->policy.log;
    if (!log.p)
        return true;
    t->options.log_policy = &t->log_policy;
    return tlog_policy_read(cli->ctx, cli->arena, log, &t->log_policy, e);
}

void cli_trust_close(struct cli_trust *t) {
    if (t->has_home)
        home_close(&t->home);
    t->has_home = false;
}

bool cli_trust_open(struct cli *cli, str policy, struct cli_trust *out, struct err *e) {
    *out = (struct cli_trust){.cli = cli, .options = {.as_of = UINT64_MAX}};
    bool ok = read_policies(out, policy, e) && trust_all(out, e) && open_home(out, e);
    if (!ok)
        cli_trust_close(out);
    return ok;
}

/* ── the checklist ── */

static const char *state_word(enum holds s) {
    static const char *const words[] = {N_("holds"), N_("FAILS"), N_("not checked")};
    return _(words[s]);
}

/* Lines that say the same of several statements are one: "sbom, provenance, release: signed by …". */
struct shown {
    const struct verify_line *line;
    struct buf about;
};
VEC_NAMED(shown_lines, struct shown);

static void group_lines(struct arena *a, const struct verdict *v, struct shown_lines *out) {
    struct map known;
    map_init(&known, a);
    for (uint32_t i = 0; i < v->lines.n; i++) {
        const struct verify_line *l = &v->lines.v[i];
        bool fresh = false;
        str key = arena_printf(a, "%d %s %.*s", (int)l->state, l->id, STR_ARG(l->what));
        struct map_entry *known_as = map_put(&known, key, &fresh);
        if (fresh) {
            *vec_push(a, out) = (struct shown){.line = l};
            known_as->value = (void *)(uintptr_t)out->n; /* its number + 1: the lines move while they grow */
        }
        struct buf *about = &out->v[(uintptr_t)known_as->value - 1].about;
        if (about->n)
            buf_addz(about, ", ");
        buf_add(about, l->about);
    }
}

static void show_lines(struct cli *cli, const struct verdict *v) {
    static const struct column columns[] = {{.head = N_("verdict")},
                                            {.head = N_("check")},
                                            {.head = N_("about"), .wrap = true},
                                            {.head = N_("what"), .wrap = true}};
    static const enum cell_style styles[] = {CELL_GREEN, CELL_RED, CELL_YELLOW};
    struct table *t = table_new(cli->arena, columns, 4);
    struct shown_lines lines = {0};
    group_lines(cli->arena, v, &lines);
    for (uint32_t i = 0; i < lines.n; i++) {
        const struct verify_line *l = lines.v[i].line;
        table_row(t);
        table_cell(t, str_of(state_word(l->state)), styles[l->state]);
        table_cell(t, str_of(l->id), CELL_PLAIN);
        table_cell(t, arena_str(cli->arena, buf_str(&lines.v[i].about)), CELL_PLAIN);
        table_cell(t, l->what, CELL_PLAIN);
        buf_free(&lines.v[i].about);
    }
    table_print(t, cli);
}

/* Each hint once: ten statements by one unknown key need one remedy. */
static void show_hints(struct cli *cli, const struct verdict *v) {
    struct map said;
    map_init(&said, cli->arena);
    for (uint32_t i = 0; i < v->lines.n; i++) {
        bool fresh = false;
        if (v->lines.v[i].hint.n)
            map_put(&said, v->lines.v[i].hint, &fresh);
        if (fresh)
            fprintf(cli->out, "  → %.*s\n", STR_ARG(v->lines.v[i].hint));
    }
}

void cli_checklist(struct cli *cli, const struct verdict *v) {
    show_lines(cli, v);
    fputc('\n', cli->out);
    show_hints(cli, v);
}
