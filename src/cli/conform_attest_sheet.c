/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi conform attest --missing and --sheet.
 */
#include "base/file.h"
#include "cli/conform_attest.h"
#include "conform/choice.h"
#include "conform/status.h"

/* ── what waits for a word ── */

/* The one that is named, or chosen, or the catalogue's first. */
static bool package_of(struct attesting *k, str *out, struct err *e) {
    struct choice choice;
    bool found = false;
    *out = cli_text(k->cli, "package");
    if (out->p)
        return status_package(k->cli->arena, k->catalogue, *out, e);
    if (!choice_latest(k->h.p, k->cli->arena, k->catalogue->id, k->ask.party, NULL, &found, &choice, e))
        return false;
    if (found && package_number(k->catalogue, choice.package) >= 0)
        *out = choice.package;
    else if (k->catalogue->packages.n)
        *out = k->catalogue->packages.v[0].id;
    else
        return err_set(e, ERR_USAGE, k->catalogue->id, "%s",
                       _("this catalogue has no packages: nothing says which levels are wanted"));
    return true;
}

static void put_missing(struct attesting *k, str package, const struct words_wanted *all, uint32_t others) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kstr(&w, "catalogue", k->catalogue->id);
    jw_kstr(&w, "package", package);
    jw_karr(&w, "words");
    for (uint32_t i = 0; i < all->n; i++) {
        jw_obj(&w);
        jw_kstr(&w, "practice", all->v[i].state->practice->id);
        label_json(&w, "title", all->v[i].state->practice->title);
        jw_kint(&w, "level", all->v[i].level);
        jw_kstr(&w, "asks", all->v[i].asks);
        jw_kstr(&w, "needs", all->v[i].needs);
        jw_kbool(&w, "moreThanWords", all->v[i].more_than);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_kint(&w, "others", others);
    jw_obj_end(&w);
    put_json(k->cli, &b);
}

static void write_missing(struct attesting *k, const struct words_wanted *all) {
    struct buf b = {0};
    attest_sheet_write(&b, all, str_is(str_of(msg_lang()), "ja"));
    fwrite(b.p, 1, b.n, k->cli->out);
    buf_free(&b);
}

bool attesting_missing(struct attesting *k, struct err *e) {
    struct evaluation all;
    struct words_wanted wanted;
    uint32_t others;
    struct evaluation_ask ask = {
        .catalogue = k->catalogue, .scope = &k->scope, .when = k->h.when, .now = k->cli->ctx->now, .most = 1};
    if (!package_of(k, &ask.package, e) || !conform_evaluate(k->h.p, k->cli->arena, &ask, &all, e))
        return false;
    words_wanted(k->cli->arena, &all, &wanted, &others);
    if (k->cli->json)
        put_missing(k, ask.package, &wanted, others);
    else
        write_missing(k, &wanted);
    if (others)
        ctx_warn(k->cli->ctx, ask.package,
                 _("%u practices need something else than a person's word: akashi conform status says what"), others);
    return true;
}

/* ── what a sheet says ── */

static bool take_documents(struct attesting *k, struct attest_sheet *s, str folder, struct err *e) {
    for (uint32_t i = 0; i < s->rows.n; i++) {
        struct attest_row *r = &s->rows.v[i];
        struct err why = {0};
        if (!r->files.n)
            continue;
        r->ask.documents = (struct attested_documents){0};
        if (attesting_documents(k, folder, r->files.v, r->files.n, &r->ask.documents, &why))
            continue;
        (void)err_prefix(&why, "%.200s", why.where);
        (void)snprintf(why.where, sizeof why.where, "%.*s", STR_ARG(r->where));
        *e = why;
        return false;
    }
    return true;
}

enum { FAULTS_SHOWN = 20 };
static void show_faults(struct attesting *k) {
    for (uint32_t i = 0; i < k->bad.n && i < FAULTS_SHOWN; i++)
        cli_fail(k->cli, &k->bad.v[i]);
    if (k->bad.n > FAULTS_SHOWN)
        fprintf(stderr, _("… and %u more bad rows\n"), k->bad.n - FAULTS_SHOWN);
    fprintf(stderr, _("nothing was said: mend these rows first\n"));
}

bool attesting_sheet(struct attesting *k, struct err *e) {
    struct cli *cli = k->cli;
    struct attest_sheet s;
    str path = cli_text(cli, "sheet"), text;
    if (!file_read_plain(cli->ctx, cli->arena, path, &text, e) ||
        !attest_sheet_read(cli->arena, text, path, &k->ask, &s, e) || !take_documents(k, &s, path_dir(path), e))
        return false;
    k->done = arena_array(cli->arena, struct attested, s.rows.n + 1);
    if (!attest_sheet_check(k->h.p, cli->arena, &s, k->done, &k->bad, e))
        return false;
    if (k->bad.n) {
        show_faults(k);
        return true;
    }
    k->n = s.rows.n;
    if (!k->n)
        return err_set(e, ERR_INPUT, path, "%s", _("no row is filled in: nothing to say"));
    if (s.empty)
        ctx_warn(cli->ctx, path, _("%u rows are not filled in and say nothing"), s.empty);
    return attest_say_all(k->h.p, cli->arena, k->done, k->n, e);
}
