/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi release: everything that is to be said about a version, made, signed, logged and archived in one go.
 */
#include "release/release.h"

#include "base/file.h"
#include "cli/cli.h"
#include "cli/net.h"

static struct release_plan plan_of(struct cli *cli) {
    struct release_plan p = {.paths = cli->args,
                             .n_paths = cli->n_args,
                             .product = cli_text(cli, "product"),
                             .version = cli_text(cli, "version"),
                             .purl = cli_text(cli, "purl"),
                             .sbom = cli_text(cli, "sbom"),
                             .source = cli_text(cli, "source"),
                             .builder = cli_text(cli, "builder"),
                             .policy = cli_text(cli, "policy"),
                             .bundle = cli_text(cli, "bundle")};
    p.tests = cli_texts(cli, "tests", &p.n_tests);
    p.analyses = cli_texts(cli, "sarif", &p.n_analyses);
    p.vex = cli_texts(cli, "vex", &p.n_vex);
    return p;
}

/* Without advisories the release goes on, and says that nothing is stated about findings. */
static void find_advisories(struct cli *cli, struct release_plan *p) {
    str path = cli_db_path(cli);
    if (path_exists(path))
        p->advisories = path;
    else
        ctx_warn(cli->ctx, path, "%s",
                 _("there is no advisory database: the release says nothing about known vulnerabilities (akashi db)"));
}

static void show_json(struct cli *cli, const struct release_plan *p, const struct release_result *r) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    release_json(&w, p, r);
    jw_kstr(&w, "bundle", r->bundle);
    jw_obj_end(&w);
    buf_addc(&b, '\n');
    fwrite(b.p, 1, b.n, cli->out);
    buf_free(&b);
}

static void show_table(struct cli *cli, const struct release_result *r) {
    static const struct column columns[] = {{.head = N_("entry"), .right = true},
                                            {.head = N_("statement")},
                                            {.head = N_("what it says"), .shrink = true},
                                            {.head = N_("digest of the envelope"), .shrink = true, .spare = true}};
    struct table *t = table_new(cli->arena, columns, 4);
    for (uint32_t i = 0; i < r->lines.n; i++) {
        const struct release_line *l = &r->lines.v[i];
        table_row(t);
        table_cell(t, arena_printf(cli->arena, "%llu", (unsigned long long)l->index), CELL_DIM);
        table_cell(t, l->kind, CELL_PLAIN);
        table_cell(t, l->remark, l->bad ? CELL_YELLOW : CELL_PLAIN);
        table_cell(t, l->sha256, CELL_DIM);
    }
    table_print(t, cli);
}

static void show(struct cli *cli, const struct release_plan *p, const struct release_result *r) {
    if (cli->json) {
        show_json(cli, p, r);
        return;
    }
    if (r->was_there)
        fprintf(cli->out, _("%.*s %.*s was released before with exactly these files: nothing was added\n"),
                STR_ARG(p->product), STR_ARG(p->version));
    else
        fprintf(cli->out,
                msg_n("Released %.*s %.*s: %u file, %u statements, signed and logged\n",
                      "Released %.*s %.*s: %u files, %u statements, signed and logged\n", r->files.n),
                STR_ARG(p->product), STR_ARG(p->version), r->files.n, r->lines.n);
    show_table(cli, r);
    fprintf(cli->out,
            _("\nProofs: %.*s\nHand it out with the files; anybody checks them with: akashi verify FILE --key "
              "YOUR-KEY.pem (akashi key export)\n"),
            STR_ARG(r->bundle));
}

struct cosign_call {
    struct cli *cli;
    struct home *home;
};
static void cosign_now(void *of) {
    struct cosign_call *c = of;
    cli_cosign(c->cli, c->home);
}

static int run_release(struct cli *cli) {
    struct release_plan p = plan_of(cli);
    struct release_result r;
    struct home home = {0};
    struct err e = {0};
    bool ok = home_open(cli->ctx, cli->arena, cli->home, HOME_SIGN, &home, &e);
    if (ok)
        find_advisories(cli, &p);
    struct cosign_call cosign = {cli, &home};
    p.logged = cosign_now;
    p.of = &cosign;
    ok = ok && release_run(cli->ctx, cli->arena, &home, &p, &r, &e);
    if (ok)
        show(cli, &p, &r);
    home_close(&home);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command release_command = {
    .name = "release",
    .args = "DIR|FILE…",
    .summary = N_(
        "say everything about a release at once: SBOM, findings, hardening, provenance, tests; signed and logged"),
    .text = N_(
        "Makes (or takes) the SBOM, matches it against the advisory database, looks at how the programs are "
        "hardened, states how it was built (from the CI system's variables, or locally) and what tests and "
        "analysers reported, puts the files into the archive, ties it all together in one release manifest, signs "
        "each statement, logs them in one batch, and writes PRODUCT-VERSION.akashi.json with the proofs beside "
        "the files.\n\nThe same files released again as the same version add nothing; other files as the same "
        "version are refused. Interrupted at any moment, the log has either all of it or nothing."),
    .options =
        (const struct option_spec[]){
            {.name = "product", .kind = OPT_TEXT, .value = "NAME", .help = N_("name of the product")},
            {.name = "version", .kind = OPT_TEXT, .value = "VERSION", .help = N_("version that is released")},
            {.name = "purl",
             .kind = OPT_TEXT,
             .value = "PURL",
             .help = N_("package URL of the release (default: pkg:generic/NAME@VERSION)")},
            {.name = "sbom",
             .kind = OPT_TEXT,
             .value = "FILE",
             .help = N_("take this SBOM instead of looking into the files")},
            {.name = "source",
             .kind = OPT_TEXT,
             .value = "DIR|URL",
             .help = N_("git work tree, or URL, of the sources it was built from")},
            {.name = "builder",
             .kind = OPT_TEXT,
             .value = "URI",
             .help = N_("who built it, in place of what the CI says")},
            {.name = "tests",
             .kind = OPT_TEXT,
             .value = "FILE",
             .many = true,
             .help = N_("test results as JUnit XML; may be repeated")},
            {.name = "sarif",
             .kind = OPT_TEXT,
             .value = "FILE",
             .many = true,
             .help = N_("results of static analysis as SARIF; may be repeated")},
            {.name = "vex",
             .kind = OPT_TEXT,
             .value = "FILE",
             .many = true,
             .help = N_("verdicts on findings: OpenVEX, CSAF or CycloneDX; may be repeated")},
            {.name = "policy",
             .kind = OPT_TEXT,
             .value = "POLICY",
             .help = N_("what hardening is measured by: minimum, standard or a file (default: minimum)")},
            {.name = "bundle", .kind = OPT_TEXT, .value = "FILE", .help = N_("where the proofs go")},
            {.name = "db", .kind = OPT_TEXT, .value = "FILE", .help = N_("advisory database (default: in the home)")},
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi release dist/ --product thing --version 1.2.0 --source .", N_("one command a release")},
            {"akashi release dist/ --product thing --version 1.2.0 --tests junit.xml --sarif lint.sarif",
             N_("in CI, with what the tests and the linter said")},
            {"akashi release thing.tar.gz --product thing --version 1.2.0 --sbom thing.cdx.json",
             N_("one file, with an SBOM made elsewhere")},
            {0},
        },
    .min_args = 1,
    .max_args = -1,
    .run = run_release,
};
