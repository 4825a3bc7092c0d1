/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi archive check --copy
 */
#include <stdio.h>

#include "base/file.h"
#include "cli/archive_copy.h"

static void show_json(struct cli *cli, const struct copy_check *k) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_karr(&w, "faults");
    for (uint32_t i = 0; i < k->faults.n; i++)
        jw_str(&w, k->faults.v[i]);
    jw_arr_end(&w);
    jw_kint(&w, "packs", k->packs);
    jw_kint(&w, "missing", k->missing);
    jw_kint(&w, "wrong", k->wrong);
    jw_kint(&w, "more", k->more);
    jw_kint(&w, "proved", k->proved);
    jw_kint(&w, "damaged", k->damaged);
    jw_kint(&w, "chunks", (int64_t)k->bodies);
    jw_kint(&w, "bytes", (int64_t)k->bytes);
    jw_obj_end(&w);
    buf_addc(&b, '\n');
    fwrite(b.p, 1, b.n, cli->out);
    buf_free(&b);
}

static void show(struct cli *cli, const struct copy_check *k) {
    for (uint32_t i = 0; i < k->faults.n; i++)
        fprintf(cli->out, "%.*s\n", STR_ARG(k->faults.v[i]));
    fprintf(cli->out, _("packs: %u · missing: %u · other content: %u · not ours: %u\n"), k->packs, k->missing, k->wrong,
            k->more);
    if (k->proved || k->damaged)
        fprintf(cli->out, _("packs fetched and opened: %u (%llu chunks, %.*s) · damaged: %u\n"), k->proved,
                (unsigned long long)k->bodies, STR_ARG(cli_size_text(cli, k->bytes)), k->damaged);
}

/* The archive when there is one, its key in either case. */
static bool check(struct cli *cli, struct copy_check *out, struct err *e) {
    struct copy_options o = {.place = cli_text(cli, "copy"),
                             .credentials = cli_text(cli, "credentials"),
                             .profile = cli_text(cli, "profile"),
                             .verify = true};
    struct archive *a = NULL;
    unsigned char key[AEAD_KEY];
    bool has_key, ok = cli_archive_key(cli, key, &has_key, e);
    str given = cli_text(cli, "archive"), folder = given.p ? given : path_join(cli->arena, cli->home, S("archive"));
    if (ok && path_exists(path_join(cli->arena, folder, S("archive"))))
        ok = cli_archive_open(cli, ARCHIVE_READ, &a, e);
    else if (ok && given.p)
        ok = err_set(e, ERR_INPUT, given, _("there is no archive here"));
    unsigned sample = 0;
    ok = ok && cli_sample(cli, &sample, e) &&
         copy_check(cli->ctx, cli->arena, a, has_key ? key : NULL, &o, sample, out, e);
    archive_close(a);
    wipe(key, sizeof key);
    return ok;
}

int cli_copy_check(struct cli *cli) {
    struct copy_check k;
    struct err e = {0};
    if (!check(cli, &k, &e))
        return cli_fail(cli, &e);
    if (cli->json)
        show_json(cli, &k);
    else
        show(cli, &k);
    struct archive_checked found = {.sample = k.packs ? (double)k.proved / k.packs : 0,
                                    .bodies = k.bodies,
                                    .bytes = k.bytes,
                                    .packs = k.packs,
                                    .faults = k.faults.n,
                                    .copy = cli_text(cli, "copy"),
                                    .write_once = cli_flag(cli, "write-once")};
    if (!cli_archive_state(cli, &found, &e))
        return cli_fail(cli, &e);
    cli_warnings(cli);
    return k.faults.n ? 1 : 0;
}
