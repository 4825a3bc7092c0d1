/* SPDX-License-Identifier: Apache-2.0 */
#include "archive/archive.h"
#include "base/file.h"
#include "cli/home.h"

struct checking {
    struct cli *cli;
    struct home home;
    struct archive *archive; /* opened alone where the home does not open */
    struct vkey vkey;
    bool has_home, has_key;
    struct jw w;
};

/* ── the log by itself ── */

static void put_fault(void *arg, const struct log_fault *f) {
    struct checking *k = arg;
    FILE *out = k->cli->out;
    if (k->cli->json) {
        jw_obj(&k->w);
        jw_kstr(&k->w, "where", f->where);
        if (f->has_index)
            jw_kint(&k->w, "entry", (int64_t)f->index);
        jw_kstr(&k->w, "what", str_of(_(f->what)));
        jw_obj_end(&k->w);
    } else if (f->has_index)
        fprintf(out, _("%.*s: entry %llu: %s\n"), STR_ARG(f->where), (unsigned long long)f->index, _(f->what));
    else
        fprintf(out, "%.*s: %s\n", STR_ARG(f->where), _(f->what));
}

/* A log that is damaged may keep the home from opening; then it is looked at without what the home knows. */
static bool prepare(struct checking *k, struct err *e) {
    struct cli *cli = k->cli;
    struct err why = {0};
    str given = cli_text(cli, "key");
    k->has_home = home_open(cli->ctx, cli->arena, cli->home, HOME_READ, &k->home, &why);
    if (k->has_home) {
        k->vkey = k->home.vkey;
        k->has_key = true;
    } else {
        str folder = path_join(cli->arena, cli->home, S("archive"));
        ctx_warn_err(cli->ctx, &why);
        if (path_is_dir(folder) && !home_archive_open(cli->ctx, cli->home, true, &k->archive, e))
            return false;
    }
    if (given.p) {
        if (!vkey_parse(cli->arena, given, S("--key"), &k->vkey, e))
            return false;
        k->has_key = true;
    }
    if (!k->has_key)
        ctx_warn(cli->ctx, cli->home, "%s",
                 _("the signature of the checkpoint was not checked: name the log's key with --key"));
    return true;
}

static bool check_log(struct checking *k, uint64_t *faults, struct err *e) {
    struct cli *cli = k->cli;
    struct archive *archive = k->has_home ? k->home.archive : k->archive;
    struct log_store store = log_store_of(archive);
    struct buf b = {0};
    if (cli->json) {
        k->w = jw_to(&b, true);
        jw_arr(&k->w);
    }
    bool ok = log_check(cli->ctx, cli->home, archive ? &store : NULL, k->has_key ? &k->vkey : NULL, put_fault, k,
                        faults, e);
    if (!cli->json) {
        if (ok && *faults == 0)
            fprintf(cli->out, "%s\n", _("every entry, tile and body is what it was"));
        return ok;
    }
    jw_arr_end(&k->w);
    if (ok)
        put_json(cli, &b);
    else
        buf_free(&b);
    return ok;
}

/* ── against a copy ── */

static void put_difference_json(struct cli *cli, const struct log_difference *d) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kint(&w, "size", (int64_t)d->size[0]);
    jw_kint(&w, "copy", (int64_t)d->size[1]);
    jw_kint(&w, "agree", (int64_t)d->agree);
    jw_kbool(&w, "fork", d->fork);
    jw_kbool(&w, "sameOrigin", !d->origins);
    jw_obj_end(&w);
    put_json(cli, &b);
}

static void put_difference(struct cli *cli, const struct log_difference *d) {
    FILE *out = cli->out;
    if (d->origins)
        fprintf(out, "%s\n", _("these are two logs: their origins differ"));
    if (d->fork)
        fprintf(out, _("FORK: both are the same up to size %llu; entry %llu is the first that differs\n"),
                (unsigned long long)d->agree, (unsigned long long)d->agree);
    else if (d->size[0] == d->size[1])
        fprintf(out, _("the copy is the same: %llu entries\n"), (unsigned long long)d->size[0]);
    else if (d->size[0] > d->size[1])
        fprintf(out, _("no fork: the copy has the first %llu of %llu entries\n"), (unsigned long long)d->size[1],
                (unsigned long long)d->size[0]);
    else
        fprintf(out, _("no fork, but the copy has %llu entries and this log only the first %llu of them\n"),
                (unsigned long long)d->size[1], (unsigned long long)d->size[0]);
}

/* A log's folder, or a home with one. */
static str log_folder_in(struct arena *a, str path) {
    str below = path_join(a, path, S("log"));
    return path_exists(path_join(a, path, S("checkpoint"))) || !path_is_dir(below) ? arena_str(a, path) : below;
}

static int run_against(struct cli *cli, str copy) {
    struct err e = {0};
    struct log_difference d;
    struct tile_reader one = tile_folder(log_folder_in(cli->arena, cli->home).p);
    struct tile_reader two = tile_folder(log_folder_in(cli->arena, copy).p);
    if (!log_compare(cli->ctx, &one, &two, &d, &e))
        return cli_fail(cli, &e);
    if (cli->json)
        put_difference_json(cli, &d);
    else
        put_difference(cli, &d);
    /* That this log is behind its copy means that it was rolled back. */
    return d.fork || d.origins || d.size[0] < d.size[1];
}

static int run_check(struct cli *cli) {
    struct err e = {0};
    struct checking k = {.cli = cli};
    uint64_t faults = 0;
    str copy = cli_text(cli, "against");
    if (copy.p)
        return run_against(cli, copy);
    bool ok = prepare(&k, &e) && check_log(&k, &faults, &e);
    if (k.has_home)
        home_close(&k.home);
    archive_close(k.archive);
    if (!ok)
        return cli_fail(cli, &e);
    cli_warnings(cli);
    return faults > 0;
}

const struct command log_check_command = {
    .name = "log check",
    .summary = N_("hash everything again and say exactly what is wrong"),
    .text = N_("Entries against tiles, tiles against each other and the signed checkpoint, each body against what its "
               "entry committed to. Every fault is told once, at its place; nothing is changed. Exit code 1 when there "
               "is any.\n\n"
               "--against COPY compares with a copy of the log (a folder with a checkpoint, or a home): it finds forks "
               "and roll-backs, and says up to which entry both agree."),
    .options =
        (const struct option_spec[]){
            {.name = "against", .kind = OPT_TEXT, .value = "COPY", .help = N_("compare with this copy")},
            {.name = "key",
             .kind = OPT_TEXT,
             .value = "VKEY",
             .help = N_("the log's verifier key (default: the home's)")},
            {0},
        },
    .examples = (const struct example[]){{"akashi log check", N_("is the log whole?")},
                                         {"akashi log check --against /media/usb/log",
                                          N_("has anybody rewritten it since the copy was made?")},
                                         {0}},
    .run = run_check,
};
