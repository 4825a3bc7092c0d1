/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "cli/archive_needed.h"

static bool copy_open(struct cli *cli, struct archive **out, struct err *e) {
    struct archive_options o = {.read_only = true};
    str from = cli_text(cli, "from");
    unsigned char key[AEAD_KEY];
    bool has_key = false;
    *out = NULL;
    if (!from.p)
        return true;
    bool ok = cli_archive_key(cli, key, &has_key, e);
    o.key = has_key ? key : NULL;
    ok = ok && archive_open(cli->ctx, from, &o, out, e);
    wipe(key, sizeof key);
    return ok;
}

struct envelopes {
    struct arena *a;
    struct map names;
};
static bool take_name(void *arg, const struct log_entry *entry, struct err *e) {
    struct envelopes *n = arg;
    bool fresh;
    (void)e;
    if (entry->erased)
        return true;
    struct map_entry *at = map_put(&n->names, str_n((const char *)entry->envelope, 32), &fresh);
    if (fresh)
        at->key = arena_str(n->a, at->key);
    return true;
}
static bool is_envelope(void *arg, const struct body_name *name) {
    const struct envelopes *n = arg;
    return map_find(&n->names, str_n((const char *)name->b, 32)) != NULL;
}

/* The log tells the names of its envelopes without the archive. */
static bool names_of_envelopes(struct cli *cli, struct envelopes *out, struct err *e) {
    struct log *log;
    struct checkpoint now;
    *out = (struct envelopes){.a = cli->arena};
    map_init(&out->names, cli->arena);
    if (!log_open(cli->ctx, cli->home, NULL, NULL, &log, e))
        return false;
    bool ok = log_checkpoint(log, cli->arena, &now, NULL, e) && log_each(log, 0, now.size, take_name, out, e);
    log_close(log);
    return ok;
}

static bool repair_once(struct archive *a, struct archive_repair *r, struct archive_repair *sum, struct err *e) {
    r->packs = r->kept = r->fetched = r->missing = 0;
    bool ok = archive_repair(a, r, e);
    sum->packs += r->packs;
    sum->kept += r->kept;
    sum->fetched += r->fetched;
    sum->missing = r->missing;
    return ok;
}

/* A home's archive: first the statements themselves, which the log names; then what stands in them. */
static bool repair_home(struct cli *cli, struct archive_repair *sum, struct err *e) {
    struct archive *a = NULL, *from = NULL;
    struct envelopes names;
    struct archive_at_home h = {0};
    bool ok = names_of_envelopes(cli, &names, e) && cli_archive_open(cli, ARCHIVE_WRITE, &a, e) &&
              copy_open(cli, &from, e);
    struct archive_repair r = {.from = from, .is_needed = is_envelope, .arg = &names};
    ok = ok && repair_once(a, &r, sum, e);
    archive_close(a);
    if (ok && from) {
        struct err unreadable = {0};
        r.is_needed = archive_is_needed;
        r.arg = &h;
        if (archive_at_home_open(cli, HOME_READ, &h, &unreadable))
            ok = repair_once(h.archive, &r, sum, e);
        else
            ctx_warn_err(cli->ctx, &unreadable); /* a statement is lost for good: the copy has it neither */
        archive_at_home_close(&h);
    }
    archive_close(from);
    return ok;
}

static bool repair_alone(struct cli *cli, struct archive_repair *sum, struct err *e) {
    struct archive *a = NULL;
    struct archive_repair r = {0};
    bool ok = cli_archive_open(cli, ARCHIVE_WRITE, &a, e) && copy_open(cli, &r.from, e) && repair_once(a, &r, sum, e);
    archive_close(r.from);
    archive_close(a);
    return ok;
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct archive_repair r = {0};
    bool alone = cli_text(cli, "archive").p || !home_is(cli->home);
    if (!(alone ? repair_alone(cli, &r, &e) : repair_home(cli, &r, &e)))
        return cli_fail(cli, &e);
    fprintf(cli->out, _("%llu damaged packs moved aside, %llu chunks saved from them, %llu taken from the copy\n"),
            (unsigned long long)r.packs, (unsigned long long)r.kept, (unsigned long long)r.fetched);
    if (r.missing)
        fprintf(cli->out, _("%llu chunks are still missing\n"), (unsigned long long)r.missing);
    cli_warnings(cli);
    return r.missing ? 1 : 0;
}

const struct command archive_repair_command = {
    .name = "archive repair",
    .summary = N_("save what is good, take what is missing from a copy"),
    .text = N_(
        "Good chunks of damaged packs go into new ones, the damaged packs to the folder damaged/, and the index "
        "is made anew. What is then missing is taken from the copy: what other chunks lead to, and at a home the "
        "statements of its log and all that they name. Exit 1 when something stays missing."),
    .options =
        (const struct option_spec[]){
            ARCHIVE_OPTIONS,
            {.name = "from", .kind = OPT_TEXT, .value = "DIR", .help = N_("a copy of the archive")},
            {0},
        },
    .examples = (const struct example[]){{"akashi archive repair --from /mnt/copy", N_("mend from a backup")}, {0}},
    .run = run,
};
