/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "cli/archive_home.h"

struct rows {
    struct cli *cli;
    VEC(struct archive_body) bodies;
    const struct archive_root *roots;
    uint32_t n_roots;
};

static bool take(void *arg, const struct archive_body *b, struct err *e) {
    struct rows *r = arg;
    (void)e;
    *vec_push(r->cli->arena, &r->bodies) = *b;
    return true;
}

static const struct archive_root *root_of(const struct rows *r, const struct body_name *name) {
    for (uint32_t i = 0; i < r->n_roots; i++)
        if (memcmp(r->roots[i].name.b, name->b, 32) == 0)
            return &r->roots[i];
    return NULL;
}

static void show_json(const struct rows *r) {
    struct cli *cli = r->cli;
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_arr(&w);
    for (uint32_t i = 0; i < r->bodies.n; i++) {
        const struct archive_root *root = root_of(r, &r->bodies.v[i].name);
        jw_obj(&w);
        jw_kstr(&w, "sha256", cli_name_text(cli, &r->bodies.v[i].name));
        jw_kstr(&w, "kind", r->bodies.v[i].tree ? S("tree") : S("body"));
        jw_kint(&w, "size", (int64_t)r->bodies.v[i].size);
        if (root && root->until)
            jw_kstr(&w, "heldUntil", time_rfc3339(cli->arena, root->until));
        if (root)
            jw_kstr(&w, "label", root->label);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    buf_addc(&b, '\n');
    fwrite(b.p, 1, b.n, cli->out);
    buf_free(&b);
}

static void show_table(const struct rows *r) {
    static const struct column columns[] = {{.head = N_("digest")},
                                            {.head = N_("kind")},
                                            {.head = N_("size"), .right = true},
                                            {.head = N_("held until")},
                                            {.head = N_("label"), .shrink = true, .tail = true}};
    struct cli *cli = r->cli;
    struct table *t = table_new(cli->arena, columns, 5);
    for (uint32_t i = 0; i < r->bodies.n; i++) {
        const struct archive_body *b = &r->bodies.v[i];
        const struct archive_root *root = root_of(r, &b->name);
        table_row(t);
        table_cell(t, cli_name_text(cli, &b->name), CELL_PLAIN);
        table_cell(t, str_of(b->tree ? _("tree") : _("body")), CELL_PLAIN);
        table_cell(t, cli_size_text(cli, b->size), CELL_PLAIN);
        table_cell(t, root && root->until ? str_upto(time_rfc3339(cli->arena, root->until), 10) : S("-"), CELL_PLAIN);
        table_cell(t, root ? root->label : S("-"), CELL_PLAIN);
    }
    table_print(t, cli);
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct archive *a = NULL;
    struct rows r = {.cli = cli};
    bool ok = cli_archive_open(cli, ARCHIVE_READ, &a, &e) && archive_roots(a, cli->arena, &r.roots, &r.n_roots, &e) &&
              archive_bodies(a, take, &r, &e);
    archive_close(a);
    if (!ok)
        return cli_fail(cli, &e);
    if (cli->json)
        show_json(&r);
    else
        show_table(&r);
    cli_warnings(cli);
    return 0;
}

const struct command archive_list_command = {
    .name = "archive list",
    .summary = N_("say what is in the archive"),
    .text = N_("Bodies and trees, with what was held or put by hand. Files of a tree are bodies too."),
    .options = (const struct option_spec[]){ARCHIVE_OPTIONS, {0}},
    .examples = (const struct example[]){{"akashi archive list", N_("everything that can be had back")}, {0}},
    .run = run,
};
