/* SPDX-License-Identifier: Apache-2.0
 *
 * Files are read and matched on all cores and printed in the order given: whoever finishes a file prints every file
 * whose turn has come.
 */
#include <pthread.h>
#include <stdlib.h>

#include "base/pool.h"
#include "cli/cli.h"
#include "cli/input.h"
#include "cli/plumb.h"
#include "vuln/vuln.h"

struct worker {
    struct arena *arena;
    struct matcher *matcher;
    uint32_t file; /* number of the file at hand, from 1 */
};
struct findings_job {
    struct cli *cli;
    struct advdb *db;
    struct worker *workers;
    struct buf *rows; /* of each file until its turn */
    bool *done;
    uint32_t turn, read;
    struct err error; /* of the database: ends everything */
    pthread_mutex_t lock;
};

static void add_rows(struct worker *w, struct buf *out, str file, const struct sbom_component *k,
                     const struct found *f) {
    str identity = k->purl.n ? k->purl : sbom_identity(w->arena, k);
    for (uint32_t i = 0; i < f->n; i++) {
        buf_add(out, file);
        buf_addc(out, '\t');
        plumb_field(out, identity);
        buf_addc(out, '\t');
        plumb_field(out, f->v[i].advisory);
        buf_addc(out, '\t');
        plumb_field(out, f->v[i].fixed.n ? f->v[i].fixed : S("-"));
        buf_addc(out, '\n');
    }
}

static bool match_file(struct findings_job *j, struct worker *w, str file, struct buf *out, struct err *e) {
    struct sbom *sbom;
    if (!input_read(j->cli->ctx, w->arena, file, &sbom, e)) {
        e->kind = ERR_INPUT; /* of this file only, whatever the reason */
        return false;
    }
    matcher_document(w->matcher, sbom);
    for (uint32_t i = 0; i < sbom->components.n; i++) {
        const struct sbom_component *k = &sbom->components.v[i];
        struct found *f;
        if (!matcher_find(w->matcher, k, &f, e)) {
            e->kind = ERR_ENV;
            return false;
        }
        /* One purl several times in a document is one row for each advisory. */
        if (k->purl.n && f->seen == w->file)
            continue;
        f->seen = k->purl.n ? w->file : 0;
        add_rows(w, out, file, k, f);
    }
    return true;
}

static void print_due(struct findings_job *j) {
    for (; j->turn < j->cli->n_args && j->done[j->turn]; j->turn++) {
        fwrite(buf_str(&j->rows[j->turn]).p, 1, j->rows[j->turn].n, j->cli->out);
        buf_free(&j->rows[j->turn]);
    }
}

static void one_file(void *arg, size_t i, unsigned worker) {
    struct findings_job *j = arg;
    struct worker *w = &j->workers[worker];
    struct err e = {0};
    if (!w->arena) {
        w->arena = arena_new();
        w->matcher = matcher_new(j->cli->ctx, j->db);
    }
    struct arena_mark m = arena_mark(w->arena);
    w->file = (uint32_t)i + 1;
    bool ok = match_file(j, w, j->cli->args[i], &j->rows[i], &e);
    arena_reset(w->arena, m);
    pthread_mutex_lock(&j->lock);
    if (!ok && e.kind == ERR_ENV)
        j->error = e;
    else if (!ok)
        ctx_warn_err(j->cli->ctx, &e);
    j->read += ok;
    j->done[i] = true;
    print_due(j);
    pthread_mutex_unlock(&j->lock);
}

static int finish(struct findings_job *j) {
    static const char unread[] = N_("none of the files could be read");
    struct err e = {0};
    cli_warnings(j->cli);
    if (j->error.kind)
        return cli_fail(j->cli, &j->error);
    if (j->read || !j->cli->n_args)
        return 0;
    err_set(&e, ERR_INPUT, S(""), "%s", _(unread));
    return cli_fail(j->cli, &e);
}

static int run_plumb_findings(struct cli *cli) {
    struct findings_job j = {.cli = cli};
    struct err e = {0};
    if (!advdb_open(cli->ctx, cli_db_path(cli), &j.db, &e))
        return cli_fail(cli, &e);
    struct advdb_info info;
    advdb_info(j.db, cli->arena, &info);
    if (!info.advisories)
        ctx_warn(cli->ctx, cli_db_path(cli), "%s",
                 _("the database is EMPTY: a scan with it finds nothing and proves nothing"));
    j.workers = arena_array(cli->arena, struct worker, cli->ctx->threads);
    j.rows = arena_array(cli->arena, struct buf, cli->n_args);
    j.done = arena_array(cli->arena, bool, cli->n_args);
    pthread_mutex_init(&j.lock, NULL);
    pool_run(cli->ctx, cli->n_args, one_file, &j);
    for (unsigned i = 0; i < cli->ctx->threads; i++) {
        matcher_free(j.workers[i].matcher);
        arena_free(j.workers[i].arena);
    }
    pthread_mutex_destroy(&j.lock);
    int code = finish(&j);
    advdb_close(j.db);
    return code;
}

const struct command plumb_findings_command = {
    .name = "plumb findings",
    .args = "FILE…",
    .summary = N_("print advisories that affect the components of SBOMs, one row each"),
    .text = N_("Rows are file, purl, advisory id, fixed version or \"-\", separated by tabs: one row for each advisory "
               "as published (aliases are not folded, withdrawn ones are absent), in the order of the files. A file "
               "that cannot be read is told on stderr and the others go on."),
    .options =
        (const struct option_spec[]){
            {.name = "db", .kind = OPT_TEXT, .value = "FILE", .help = N_("advisory database (default: in the home)")},
            {0},
        },
    .examples = (const struct example[]){{"akashi plumb findings *.cdx.json | cut -f3 | sort -u",
                                          N_("every advisory that affects any of these")},
                                         {0}},
    .min_args = 1,
    .max_args = -1,
    .run = run_plumb_findings,
};
