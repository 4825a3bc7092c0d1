/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "cli/archive_copy.h"

struct told {
    struct cli *cli;
    struct buf json;
    struct jw w;
};

static void fault(void *arg, const struct archive_fault *f) {
    struct told *t = arg;
    struct arena *a = arena_new();
    str name = f->has_name ? hex_text(a, f->name.b, 32) : S("");
    if (t->cli->json) {
        jw_obj(&t->w);
        jw_kstr(&t->w, "what", str_of(f->what));
        if (f->where.p)
            jw_kstr(&t->w, "file", f->where);
        if (f->has_offset)
            jw_kint(&t->w, "offset", (int64_t)f->offset);
        if (f->has_name)
            jw_kstr(&t->w, "sha256", name);
        if (f->path.p)
            jw_kstr(&t->w, "path", f->path);
        jw_obj_end(&t->w);
    } else {
        str at = f->has_offset ? arena_printf(a, "@%llu", (unsigned long long)f->offset) : S("");
        str gap = f->where.p && f->has_name ? S(" ") : S("");
        str path = f->path.p ? arena_printf(a, " %.*s", STR_ARG(f->path)) : S("");
        fprintf(t->cli->out, "%.*s%.*s%.*s%.*s%.*s: %s\n", STR_ARG(f->where), STR_ARG(at), STR_ARG(gap), STR_ARG(name),
                STR_ARG(path), _(f->what));
    }
    arena_free(a);
}

static void show(struct told *t, const struct archive_check *k) {
    struct cli *cli = t->cli;
    if (cli->json) {
        jw_arr_end(&t->w);
        jw_kint(&t->w, "packs", (int64_t)k->packs);
        jw_kint(&t->w, "chunks", (int64_t)k->chunks);
        jw_kint(&t->w, "bytes", (int64_t)k->bytes);
        jw_kint(&t->w, "bodies", (int64_t)k->bodies);
        jw_kint(&t->w, "trees", (int64_t)k->trees);
        jw_kint(&t->w, "sampled", (int64_t)k->sampled);
        jw_obj_end(&t->w);
        buf_addc(&t->json, '\n');
        fwrite(t->json.p, 1, t->json.n, cli->out);
        return;
    }
    fprintf(cli->out, _("%llu packs, %llu chunks, %.*s; %llu bodies, %llu trees\n"), (unsigned long long)k->packs,
            (unsigned long long)k->chunks, STR_ARG(cli_size_text(cli, k->bytes)), (unsigned long long)k->bodies,
            (unsigned long long)k->trees);
    if (k->sample)
        fprintf(cli->out, _("%llu bodies were read whole\n"), (unsigned long long)k->sampled);
    if (k->faults)
        fprintf(cli->out, _("%llu faults\n"), (unsigned long long)k->faults);
    else
        fprintf(cli->out, "%s\n", _("everything is what its name promises"));
}

static int run(struct cli *cli) {
    if (cli_text(cli, "copy").p)
        return cli_copy_check(cli);
    struct err e = {0};
    struct archive *a = NULL;
    struct told t = {.cli = cli};
    struct archive_check k = {.fault = fault, .arg = &t};
    if (!cli_sample(cli, &k.sample, &e) || !cli_archive_open(cli, ARCHIVE_READ, &a, &e))
        return cli_fail(cli, &e);
    if (cli->json) {
        t.w = jw_to(&t.json, true);
        jw_obj(&t.w);
        jw_karr(&t.w, "faults");
    }
    bool ok = archive_check(a, &k, &e);
    archive_close(a);
    if (ok)
        show(&t, &k);
    struct archive_checked found = {.sample = k.bodies ? (double)k.sampled / (double)k.bodies : 0,
                                    .bodies = k.sampled,
                                    .bytes = k.bytes,
                                    .packs = k.packs,
                                    .faults = k.faults};
    ok = ok && cli_archive_state(cli, &found, &e);
    buf_free(&t.json);
    cli_warnings(cli);
    return !ok ? cli_fail(cli, &e) : k.faults ? 1 : 0;
}

const struct command archive_check_command = {
    .name = "archive check",
    .summary = N_("hold everything in the archive against its digest"),
    .text = N_("Opens every pack and says which file and offset is damaged and which bodies and files of trees are hit "
               "by it. Exit 1 when anything is. --sample also reads a part of the bodies whole, as if restored."),
    .options =
        (const struct option_spec[]){
            ARCHIVE_OPTIONS,
            {.name = "sample", .kind = OPT_TEXT, .value = "PERCENT", .help = N_("read so many of 100 bodies whole")},
            {.name = "copy",
             .kind = OPT_TEXT,
             .value = "COPY",
             .help = N_("look at a copy instead: is all of the archive there? --sample fetches so many of 100 packs "
                        "and opens them")},
            {.name = "state",
             .kind = OPT_FLAG,
             .help = N_("sign and log what was found, so that it counts as evidence")},
            {.name = "write-once",
             .kind = OPT_FLAG,
             .help = N_("with --state: say that the copy's place refuses to replace or remove what is there")},
            COPY_OPTIONS,
            {0},
        },
    .examples = (const struct example[]){{"akashi archive check --sample 5", N_("prove that a copy can be restored")},
                                         {0}},
    .run = run,
};
