/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi vex add, show, publish: what is said of vulnerabilities in products, by whom, and what counts.
 */
#include "base/digest.h"
#include "base/file.h"
#include "cli/case.h"
#include "impact/case_answer.h"
#include "impact/publish.h"
#include "impact/vex_request.h"

static bool find_product(struct cli *cli, struct cli_watch *x, str id, int64_t *out, struct err *e) {
    bool found;
    if (!thing_find(x->views.p, THING_PRODUCT, id, &found, out, e))
        return false;
    if (found)
        return true;
    err_set(e, ERR_USAGE, id, _("there is no such product"));
    (void)cli;
    return err_hint(e, "%s", _("see: akashi product list"));
}

/* ── add ── */

static int run_vex_add(struct cli *cli) {
    struct cli_watch x;
    struct err e = {0};
    struct truth told;
    struct vex_request r = {.flaw = cli->args[0],
                            .product = cli_text(cli, "product"),
                            .component = cli_text(cli, "component"),
                            .status = cli_text(cli, "status"),
                            .justification = cli_text(cli, "justification"),
                            .impact = cli_text(cli, "impact"),
                            .action = cli_text(cli, "action"),
                            .dashes = "--"};
    uint32_t n;
    const str *releases = cli_texts(cli, "release", &n);
    for (uint32_t i = 0; i < n; i++)
        *vec_push(cli->arena, &r.releases) = releases[i];
    if (!cli_watch_open(cli, HOME_SIGN, &x, &e))
        return cli_fail(cli, &e);
    bool ok = vex_request_log(x.views.p, cli->arena, &r, &told, &e);
    if (ok)
        fprintf(cli->out, _("%.*s in %.*s: %s, signed and logged\n"), STR_ARG(told.flaw), STR_ARG(r.product),
                vex_status_name(told.status));
    cli_watch_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

/* ── show ── */

static const char *reach_name(const struct standing *s) {
    static const char *const names[] = {N_("this release"), N_("carried over"), N_("the component"), N_("elsewhere")};
    return names[s->reach];
}

static void show_table(struct cli *cli, const struct verdict_views *v) {
    static const struct column columns[] = {{.head = N_("release")},
                                            {.head = N_("component"), .shrink = true},
                                            {.head = N_("counts")},
                                            {.head = N_("verdict")},
                                            {.head = N_("reason"), .shrink = true},
                                            {.head = N_("by"), .shrink = true},
                                            {.head = N_("rank"), .right = true},
                                            {.head = N_("because"), .shrink = true},
                                            {.head = N_("said of"), .shrink = true}};
    struct arena *a = cli->arena;
    struct table *t = table_new(a, columns, 9);
    for (uint32_t i = 0; i < v->n; i++) {
        str where = v->v[i].deployment.n
                        ? arena_printf(a, "%.*s (%.*s)", STR_ARG(v->v[i].release), STR_ARG(v->v[i].deployment))
                        : v->v[i].release;
        for (uint32_t k = 0; k < v->v[i].all.n; k++) {
            const struct standing *s = &v->v[i].all.v[k];
            bool counts = (int64_t)k == v->v[i].winner;
            str of = str_of(_(reach_name(s)));
            table_row(t);
            table_cell(t, where, CELL_PLAIN);
            table_cell(t, v->v[i].component, CELL_PLAIN);
            table_cell(t, counts ? str_of(_("yes")) : str_of(_("no")), counts ? CELL_GREEN : CELL_DIM);
            table_cell(t, str_of(verdict_status_name(s->verdict->status)), counts ? CELL_BOLD : CELL_PLAIN);
            table_cell(t, s->verdict->justification.n ? s->verdict->justification : s->verdict->impact, CELL_PLAIN);
            table_cell(t, s->issuer, CELL_PLAIN);
            table_cell(t, arena_printf(a, "%u", s->rank), CELL_PLAIN);
            table_cell(t, s->because, CELL_PLAIN);
            table_cell(t, s->carried.n ? arena_printf(a, "%.*s: %.*s", STR_ARG(of), STR_ARG(s->carried)) : of,
                       CELL_PLAIN);
        }
        if (!v->v[i].all.n) {
            table_row(t);
            table_cell(t, where, CELL_PLAIN);
            table_cell(t, v->v[i].component, CELL_PLAIN);
            for (int k = 0; k < 7; k++)
                table_cell(t, S("-"), CELL_DIM);
        }
    }
    table_print(t, cli);
}

static int run_vex_show(struct cli *cli) {
    struct cli_watch x;
    struct err e = {0};
    struct verdict_views v;
    struct flaw_row flaw;
    int64_t product;
    bool found = false;
    if (!cli_watch_open(cli, HOME_READ, &x, &e))
        return cli_fail(cli, &e);
    bool ok = find_product(cli, &x, cli->args[1], &product, &e) &&
              hits_flaw(x.views.p, cli->arena, cli->args[0], &found, &flaw, &e) &&
              (found ||
               err_set(&e, ERR_USAGE, cli->args[0], _("nothing in the portfolio is known to be hit by this"))) &&
              watch_verdicts(x.views.p, &x.plan, cli->arena, product, flaw.number, &v, &e);
    if (ok && cli->json) {
        struct buf b = {0};
        struct jw w = jw_to(&b, true);
        verdict_views_json(&w, &v);
        put_json(cli, &b);
    } else if (ok)
        show_table(cli, &v);
    cli_watch_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

/* ── publish ── */

struct publishing {
    struct cli *cli;
    struct cli_watch x;
    struct truths truths;
    str folder;
    struct buf text;
};

static bool put(struct publishing *p, str name, const char *type, struct err *e) {
    struct file_new f;
    str path = path_join(p->cli->arena, p->folder, name);
    bool was_there = false;
    bool ok = file_new_open(&f, path, e) && fd_write_all(f.fd, buf_str(&p->text), path, e) && file_new_commit(&f, e);
    file_new_abandon(&f);
    ok = ok && vex_document_log(p->x.views.p, p->cli->arena, type, p->truths.product, buf_str(&p->text), &was_there, e);
    if (ok)
        fprintf(p->cli->out, was_there ? _("%.*s: as it was logged before\n") : _("%.*s: signed and logged\n"),
                STR_ARG(path));
    return ok;
}

/* Two versions never share a file. */
static str file_name(struct publishing *p, str version, const char *end) {
    struct buf b = {0};
    bool same = true;
    str text = version.n ? arena_printf(p->cli->arena, "%.*s-%.*s", STR_ARG(p->truths.product), STR_ARG(version))
                         : p->truths.product;
    for (size_t i = 0; i < text.n; i++) {
        bool plain = ch_alnum(text.p[i]) || text.p[i] == '.' || text.p[i] == '-' || text.p[i] == '_';
        buf_addc(&b, plain ? text.p[i] : '_');
        same = same && plain;
    }
    if (!same && version.n)
        buf_addf(&b, "-%.8s", digest_hex(p->cli->arena, DIGEST_SHA256, version).p);
    buf_addz(&b, end);
    str name = arena_str(p->cli->arena, buf_str(&b));
    buf_free(&b);
    return name;
}

static bool put_one_cyclonedx(struct publishing *p, str version, struct err *e) {
    buf_clear(&p->text);
    publish_cyclonedx(p->cli->arena, &p->truths, version, &p->text);
    return put(p, file_name(p, version, ".cdx.vex.json"), "https://cyclonedx.org/bom", e);
}

static bool put_cyclonedx(struct publishing *p, struct err *e) {
    struct map seen;
    bool of_all = false;
    map_init(&seen, p->cli->arena);
    for (uint32_t i = 0; i < p->truths.v.n; i++)
        of_all = of_all || !p->truths.v.v[i].versions.n;
    if (of_all && !put_one_cyclonedx(p, (str){NULL, 0}, e))
        return false;
    for (uint32_t i = 0; i < p->truths.v.n; i++)
        for (uint32_t k = 0; k < p->truths.v.v[i].versions.n; k++) {
            str version = p->truths.v.v[i].versions.v[k];
            bool fresh;
            map_put(&seen, version, &fresh);
            if (fresh && !put_one_cyclonedx(p, version, e))
                return false;
        }
    return true;
}

static bool put_all(struct publishing *p, struct err *e) {
    str format = cli_text(p->cli, "format");
    bool all = !format.p || str_is(format, "all");
    if (!p->truths.v.n)
        return err_set(e, ERR_USAGE, p->truths.product, _("nothing was said of this product yet"));
    if (all || str_is(format, "openvex")) {
        buf_clear(&p->text);
        publish_openvex(p->cli->arena, &p->truths, &p->text);
        if (!put(p, file_name(p, (str){NULL, 0}, ".openvex.json"), "https://openvex.dev/ns", e))
            return false;
    }
    if (all || str_is(format, "csaf")) {
        buf_clear(&p->text);
        publish_csaf(p->cli->arena, &p->truths, &p->text);
        if (!put(p, file_name(p, (str){NULL, 0}, ".csaf.json"),
                 "https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json", e))
            return false;
    }
    return (!all && !str_is(format, "cyclonedx")) || put_cyclonedx(p, e);
}

static int run_vex_publish(struct cli *cli) {
    struct publishing p = {.cli = cli, .folder = cli_text(cli, "to")};
    struct err e = {0};
    int64_t product;
    if (!p.folder.n)
        p.folder = S(".");
    if (!folder_make(p.folder, 0777, &e) || !cli_watch_open(cli, HOME_SIGN, &p.x, &e))
        return cli_fail(cli, &e);
    bool ok = find_product(cli, &p.x, cli->args[0], &product, &e) &&
              publish_gather(p.x.views.p, cli->arena, product, &p.truths, &e) && put_all(&p, &e);
    buf_free(&p.text);
    cli_watch_close(&p.x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command vex_add_command = {
    .name = "vex add",
    .args = "VULNERABILITY",
    .summary = N_("state a verdict on a vulnerability in a product: signed and logged"),
    .options =
        (const struct option_spec[]){
            {.name = "product", .kind = OPT_TEXT, .value = "ID", .help = N_("the product it is about")},
            {.name = "release",
             .kind = OPT_TEXT,
             .many = true,
             .value = "VERSION",
             .help = N_("these versions; without it all")},
            {.name = "component",
             .kind = OPT_TEXT,
             .value = "PURL",
             .help = N_("the component it is about; without it the whole product")},
            {.name = "status",
             .kind = OPT_TEXT,
             .value = "STATUS",
             .help = N_("the verdict"),
             .choices = "not_affected|affected|fixed|under_investigation"},
            {.name = "justification",
             .kind = OPT_TEXT,
             .value = "WORD",
             .help = N_("why it is not affected"),
             .choices = "component_not_present|vulnerable_code_not_present|vulnerable_code_not_in_execute_path|"
                        "vulnerable_code_cannot_be_controlled_by_adversary|inline_mitigations_already_exist"},
            {.name = "impact", .kind = OPT_TEXT, .value = "TEXT", .help = N_("the same in words")},
            {.name = "action", .kind = OPT_TEXT, .value = "TEXT", .help = N_("what users are to do")},
            OPTION_STORE,
            {0},
        },
    .examples = (const struct example[]){{"akashi vex add CVE-2021-44228 --product thing --release 1.2 --component "
                                          "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 --status not_affected "
                                          "--justification vulnerable_code_not_in_execute_path",
                                          N_("the code is there and never runs")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_vex_add,
};

const struct command vex_show_command = {
    .name = "vex show",
    .args = "VULNERABILITY PRODUCT",
    .summary = N_("everything said of a vulnerability in a product, side by side, and what counts and why"),
    .options = (const struct option_spec[]){OPTION_STORE, {0}},
    .min_args = 2,
    .max_args = 2,
    .run = run_vex_show,
};

const struct command vex_publish_command = {
    .name = "vex publish",
    .args = "PRODUCT",
    .summary = N_("what we say of vulnerabilities in a product, as documents for others: OpenVEX, CSAF, CycloneDX"),
    .text = N_(
        "All three say the same, and are signed and logged. Verdicts that many releases share stand once. "
        "CycloneDX has a document for each release. Publishing again without anything new gives the same bytes."),
    .options =
        (const struct option_spec[]){
            {.name = "format",
             .kind = OPT_TEXT,
             .value = "FORMAT",
             .help = N_("only this one"),
             .choices = "all|openvex|csaf|cyclonedx"},
            {.name = "to", .kind = OPT_TEXT, .value = "DIR", .help = N_("folder for the files (default: the current)")},
            OPTION_STORE,
            {0},
        },
    .examples = (const struct example[]){{"akashi vex publish thing --to public/vex", N_("all three")}, {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_vex_publish,
};
