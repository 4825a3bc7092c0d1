/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"
#include "cli/home.h"
#include "seal/index.h"

struct finding_in_log {
    struct cli *cli;
    struct home home;
    struct view *view;
    struct words words;
    struct view_found found;
    uint64_t size;
};

/* "thing.tar.gz", "pkg:npm/a@1 and 3 more" */
static str subject_text(struct arena *a, const struct view_entry *entry) {
    if (entry->erased)
        return str_of(_("(erased)"));
    if (!entry->subjects.n)
        return str_of(_("(withheld)"));
    const struct subject *s = &entry->subjects.v[0];
    str first = s->name.n ? s->name : s->uri.n ? s->uri : s->digests.n ? s->digests.v[0].hex : S("-");
    if (entry->subjects.n == 1)
        return first;
    return arena_printf(a, _("%.*s and %u more"), STR_ARG(first), entry->subjects.n - 1);
}

static bool put_table(struct finding_in_log *f, struct err *e) {
    static const struct column columns[] = {{.head = N_("ENTRY"), .right = true},
                                            {.head = N_("TIME")},
                                            {.head = N_("KIND"), .shrink = true},
                                            {.head = N_("ABOUT"), .shrink = true},
                                            {.head = N_("BY"), .shrink = true}};
    struct arena *a = f->cli->arena;
    struct table *t = table_new(a, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < f->found.n; i++) {
        struct view_entry entry;
        if (!view_entry(f->view, a, f->found.v[i], &entry, e))
            return false;
        table_row(t);
        table_cell(t, arena_printf(a, "%llu", (unsigned long long)entry.index), CELL_PLAIN);
        table_cell(t, time_rfc3339(a, entry.time), CELL_DIM);
        table_cell(t, entry.kind, CELL_BOLD);
        table_cell(t, subject_text(a, &entry), entry.type.p ? CELL_PLAIN : CELL_DIM);
        table_cell(t, key_owner(f->cli, &f->home, entry.key), CELL_PLAIN);
    }
    if (f->found.n)
        table_print(t, f->cli);
    else
        fprintf(f->cli->out, _("nothing about it among the %llu entries\n"), (unsigned long long)f->size);
    return true;
}

static bool put_entry(struct finding_in_log *f, struct jw *w, uint64_t index, struct err *e) {
    struct arena *a = f->cli->arena;
    struct view_entry entry;
    if (!view_entry(f->view, a, index, &entry, e))
        return false;
    const struct known_key *by = keyring_find(f->home.keys, entry.key);
    jw_obj(w);
    jw_kint(w, "index", (int64_t)entry.index);
    jw_kstr(w, "time", time_rfc3339(a, entry.time));
    jw_kstr(w, "kind", entry.kind);
    jw_kstr(w, "type", entry.type);
    jw_kstr(w, "key", hex_text(a, entry.key, 32));
    jw_kstr(w, "party", by ? by->name : (str){NULL, 0});
    jw_kstr(w, "envelope", hex_text(a, entry.envelope, 32));
    jw_kbool(w, "erased", entry.erased);
    jw_karr(w, "subjects");
    for (uint32_t i = 0; i < entry.subjects.n; i++)
        subject_write(w, &entry.subjects.v[i]);
    jw_arr_end(w);
    jw_obj_end(w);
    return true;
}

static bool put_all_json(struct finding_in_log *f, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    bool ok = true;
    jw_obj(&w);
    jw_karr(&w, "asked");
    for (uint32_t i = 0; i < f->words.n; i++)
        jw_str(&w, word_text(f->cli->arena, &f->words.v[i]));
    jw_arr_end(&w);
    jw_kint(&w, "size", (int64_t)f->size);
    jw_karr(&w, "statements");
    for (uint32_t i = 0; ok && i < f->found.n; i++)
        ok = put_entry(f, &w, f->found.v[i], e);
    jw_arr_end(&w);
    jw_obj_end(&w);
    if (ok)
        put_json(f->cli, &b);
    else
        buf_free(&b);
    return ok;
}

/* Every word is asked for alone, so that each has its row or the place where it would stand. */
static bool put_proof(struct finding_in_log *f, struct err *e) {
    str proof;
    if (!index_prove(f->cli->ctx, f->view, f->home.keys, f->cli->arena, &f->words, f->size, &proof, e))
        return false;
    fprintf(f->cli->out, "%.*s", STR_ARG(proof));
    return true;
}

static bool look(struct finding_in_log *f, struct err *e) {
    struct cli *cli = f->cli;
    return words_asked(cli->arena, cli->args[0], &f->words, e) &&
           home_open(cli->ctx, cli->arena, cli->home, HOME_READ, &f->home, e) &&
           home_as_of(&f->home, cli_text(cli, "as-of"), &f->size, e) &&
           view_open(cli->ctx, cli->home, f->home.log, &f->view, e) &&
           view_find(f->view, cli->arena, &f->words, f->size, &f->found, e);
}

static int run_find(struct cli *cli) {
    struct err e = {0};
    struct finding_in_log f = {.cli = cli};
    bool ok = look(&f, &e);
    if (ok)
        ok = cli_flag(cli, "prove") ? put_proof(&f, &e) : cli->json ? put_all_json(&f, &e) : put_table(&f, &e);
    view_close(f.view);
    home_close(&f.home);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command log_find_command = {
    .name = "log find",
    .args = "DIGEST|PURL|PRODUCT|KEY|KIND",
    .summary = N_("every statement about something, and proof that none was left out"),
    .text = N_(
        "What is asked for is told by its form; \"product:\", \"party:\", \"purl:\", \"digest:\", \"key:\" or "
        "\"kind:\" in "
        "front says it outright. A purl without a version finds every version.\n\n"
        "--prove writes, instead of the answer, a proof that the answer is whole: it rests on the newest index of "
        "the log (`akashi log index`), and `akashi verify` checks it with public keys alone."),
    .options =
        (const struct option_spec[]){
            OPTION_AS_OF,
            {.name = "prove", .kind = OPT_FLAG, .help = N_("write a proof that nothing was left out")},
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi log find pkg:npm/left-pad", N_("all that was said about any version")},
            {"akashi log find vex --as-of 2026-04-01", N_("what was known on that day")},
            {"akashi log find product:thing --prove -o thing.find.json", N_("for somebody who wants to be sure")},
            {0},
        },
    .min_args = 1,
    .max_args = 1,
    .run = run_find,
};
