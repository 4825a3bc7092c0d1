/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/cli.h"
#include "cli/input.h"
#include "cli/plumb.h"
#include "sbom/graph.h"

/* What the document says of a component itself comes before what its graph says. */
static const char *relationship(const struct sbom *s, const struct sbom_graph *g, uint32_t at) {
    const struct sbom_component *c = &s->components.v[at];
    if (c->is_root)
        return "root";
    if (c->direct == DIRECT_YES)
        return "direct";
    if (c->direct == DIRECT_TRANSITIVE)
        return "transitive";
    if (g->depth[at] == SBOM_NO)
        return "unknown";
    return g->depth[at] == 0 ? "root" : g->depth[at] == 1 ? "direct" : "transitive";
}

static bool list_file(struct cli *cli, struct arena *a, str file, struct buf *out, struct err *e) {
    struct sbom *s;
    if (!input_read(cli->ctx, a, file, &s, e))
        return false;
    struct sbom_graph g = sbom_graph_of(s, a);
    for (uint32_t i = 0; i < s->components.n; i++) {
        const struct sbom_component *c = &s->components.v[i];
        /* What was looked into is its own first component when the lock file names it. */
        bool document = c->in_metadata && (j_ok(c->origin) || !c->purl.n);
        if (document || c->type == TYPE_SERVICE)
            continue;
        buf_add(out, file);
        buf_addc(out, '\t');
        plumb_field(out, sbom_identity(a, c));
        buf_addf(out, "\t%s\n", relationship(s, &g, i));
    }
    return true;
}

static int run_components(struct cli *cli) {
    int code = 0;
    struct buf out = {0};
    for (uint32_t i = 0; i < cli->n_args; i++) {
        struct arena *a = arena_new();
        struct err e = {0};
        buf_clear(&out);
        if (!list_file(cli, a, cli->args[i], &out, &e)) {
            int failed = cli_fail(cli, &e);
            code = failed > code ? failed : code;
        }
        fwrite(buf_str(&out).p, 1, out.n, cli->out);
        arena_free(a);
    }
    buf_free(&out);
    return code;
}

const struct command plumb_components_command = {
    .name = "plumb components",
    .args = "FILE…",
    .summary = N_(
        "components of SBOMs, lock files, folders or images, a row each: file, purl or name@version, relationship"),
    .text = N_(
        "Columns are separated by tabs. The relationship is root, direct, transitive or unknown, from what the "
        "document says and from its dependency graph. CycloneDX's metadata component and services are no rows. A "
        "file that cannot be read is told on standard error and the rest goes on; the exit code is 3 then."),
    .examples =
        (const struct example[]){
            {"akashi plumb components app.cdx.json | cut -f2 | sort -u", N_("every package once")},
            {0},
        },
    .min_args = 1,
    .max_args = -1,
    .run = run_components,
};
