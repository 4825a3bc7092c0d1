/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "cli/archive_needed.h"
#include "cli/home.h"
#include "seal/statement.h"
#include "seal/view.h"

enum { YEARS_MOST = 200 };

struct holding {
    struct cli *cli;
    struct archive_at_home h;
    int64_t until;
    VEC(struct body_name) names;
};

/* Years are counted on the calendar; 29 February becomes 1 March. */
static bool until_of(struct cli *cli, int64_t *out, struct err *e) {
    int64_t years = cli_number(cli, "years", 0);
    str given = cli_text(cli, "until");
    if ((years > 0) == (given.p != NULL) || years < 0 || years > YEARS_MOST)
        return err_set(e, ERR_USAGE, S(""), _("say for how long: --years N (up to 200) or --until DAY"));
    if (given.p)
        return (time_parse(given, out) && *out > cli->ctx->now) ||
               err_set(e, ERR_USAGE, given, _("this is no day in the future"));
    str now = time_rfc3339(cli->arena, cli->ctx->now), rest = str_from(now, 4);
    uint64_t year;
    if (str_starts(rest, S("-02-29")))
        rest = arena_cat(cli->arena, S("-03-01"), str_from(rest, 6));
    return (str_u64(str_upto(now, 4), &year) &&
            time_parse(arena_printf(cli->arena, "%04u%.*s", (unsigned)(year + (uint64_t)years), STR_ARG(rest)), out)) ||
           err_set(e, ERR_USAGE, S(""), _("this is no day in the future"));
}

static void hold_digests(struct holding *k, const struct view_entry *entry) {
    struct body_name name;
    memcpy(name.b, entry->envelope, 32);
    *vec_push(k->cli->arena, &k->names) = name;
    for (uint32_t i = 0; i < entry->subjects.n; i++)
        for (uint32_t d = 0; d < entry->subjects.v[i].digests.n; d++)
            if (str_is(entry->subjects.v[i].digests.v[d].algorithm, "sha256") &&
                hex_bytes(entry->subjects.v[i].digests.v[d].hex, name.b, 32) && archive_has(k->h.archive, &name))
                *vec_push(k->cli->arena, &k->names) = name;
}

/* A digest of the archive, or anything `log find` knows: then the statements and the files they are about. */
static bool names_of(struct holding *k, str text, struct err *e) {
    struct cli *cli = k->cli;
    struct body_name name;
    struct words words = {0};
    struct view *v = NULL;
    struct view_found found = {0};
    if (cli_body_name(text, &name, NULL) && archive_has(k->h.archive, &name)) {
        *vec_push(cli->arena, &k->names) = name;
        return true;
    }
    if (!k->h.has_home)
        return err_set(e, ERR_INPUT, text, _("there is no such body in the archive"));
    bool ok = words_asked(cli->arena, text, &words, e) && view_open(cli->ctx, cli->home, k->h.home.log, &v, e) &&
              view_find(v, cli->arena, &words, view_size(v), &found, e);
    for (uint32_t i = 0; ok && i < found.n; i++) {
        struct view_entry entry = {0};
        ok = view_entry(v, cli->arena, found.v[i], &entry, e);
        if (ok && !entry.erased)
            hold_digests(k, &entry);
    }
    view_close(v);
    return ok && (k->names.n || err_set(e, ERR_INPUT, text, _("neither archive nor log know this")));
}

static bool state(struct holding *k, str reason, struct err *e) {
    struct cli *cli = k->cli;
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    struct subject *subjects = arena_array(cli->arena, struct subject, k->names.n);
    struct home_add add = {.kind = S("hold")};
    for (uint32_t i = 0; i < k->names.n; i++) {
        subjects[i].name = S("body");
        *vec_push(cli->arena, &subjects[i].digests) = (struct subject_digest){S("sha256"),
                                                                              cli_name_text(cli, &k->names.v[i])};
    }
    jw_obj(&w);
    jw_kstr(&w, "until", time_rfc3339(cli->arena, k->until));
    jw_kstr(&w, "reason", reason);
    jw_obj_end(&w);
    bool ok = statement_text(cli->ctx, cli->arena, str_of(predicate_of_kind(S("hold"))->type), subjects, k->names.n,
                             buf_str(&b), &add.payload, e) &&
              home_append(&k->h.home, cli->arena, &add, 1, e);
    buf_free(&b);
    return ok;
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct holding k = {.cli = cli};
    str reason = cli_text(cli, "reason");
    reason = reason.n ? reason : S("held");
    bool ok = until_of(cli, &k.until, &e) && archive_at_home_open(cli, HOME_SIGN, &k.h, &e);
    ok = ok && names_of(&k, cli->args[0], &e) && (!k.h.has_home || state(&k, reason, &e));
    for (uint32_t i = 0; ok && i < k.names.n; i++)
        ok = archive_root_add(k.h.archive, &(struct archive_root){k.names.v[i], k.until, reason}, &e);
    archive_at_home_close(&k.h);
    if (!ok)
        return cli_fail(cli, &e);
    str day = str_upto(time_rfc3339(cli->arena, k.until), 10);
    for (uint32_t i = 0; i < k.names.n; i++)
        fprintf(cli->out, _("%.*s  held until %.*s\n"), STR_ARG(cli_name_text(cli, &k.names.v[i])), STR_ARG(day));
    cli_warnings(cli);
    return 0;
}

const struct command archive_hold_command = {
    .name = "archive hold",
    .args = "DIGEST|WORD",
    .summary = N_("keep something for a number of years, whatever happens"),
    .text = N_("A digest holds that body or folder. Any other word is looked up as in `log find` (a product, a package "
               "URL): what is found and the files it is about are held. In a home the hold is a signed statement. "
               "Until the day erase and gc refuse; a hold can be made longer, never shorter."),
    .options =
        (const struct option_spec[]){
            ARCHIVE_OPTIONS,
            {.name = "years", .kind = OPT_NUMBER, .value = "N", .help = N_("how long from today")},
            {.name = "until", .kind = OPT_TEXT, .value = "DAY", .help = N_("or until which day")},
            {.name = "reason", .kind = OPT_TEXT, .value = "TEXT", .help = N_("why; shown by list")},
            {0},
        },
    .examples = (const struct example[]){{"akashi archive hold product:thing --years 10 --reason 'contract 12'",
                                          N_("all releases of a product")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
