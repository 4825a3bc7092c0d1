/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi scan: SBOMs, trees, archives, images → findings, most urgent first.
 */
#include <dirent.h>
#include <stdlib.h>

#include "base/file.h"
#include "cli/cli.h"
#include "cli/input.h"
#include "cli/scan_table.h"
#include "vuln/report.h"

struct job {
    struct cli *cli;
    struct advdb *db;
    struct vex vex;
    struct rules rules;
    struct scan scan;
    struct scan_options options;
};

/* ── what to read ── */

static bool is_vex_name(str name) {
    return str_ends(name, S(".vex.json")) || str_ends(name, S(".openvex.json")) || str_ends(name, S(".csaf.json")) ||
           str_is(name, "vex.json") || str_is(name, "openvex.json");
}

static bool read_vex(struct job *j, str path, struct err *e) {
    str bytes;
    return file_read_plain(j->cli->ctx, j->cli->arena, path, &bytes, e) &&
           vex_read(j->cli->ctx, &j->vex, bytes, path, e);
}

static int by_name(const void *x, const void *y) { return str_cmp(*(const str *)x, *(const str *)y); }

/* VEX documents that lie beside an SBOM, or in a scanned folder and its vex/ and .vex/. One that cannot be read is a
 * warning: it was not asked for by name. */
static void find_vex(struct job *j, str folder) {
    struct arena *a = j->cli->arena;
    VEC(str) found = {0};
    DIR *d = opendir(arena_cstr(a, folder.n ? folder : S(".")));
    for (struct dirent *entry; d && (entry = readdir(d));)
        if (is_vex_name(str_of(entry->d_name)))
            *vec_push(a, &found) = path_join(a, folder, str_of(entry->d_name));
    if (d)
        closedir(d);
    if (found.n)
        qsort(found.v, found.n, sizeof(str), by_name);
    for (uint32_t i = 0; i < found.n; i++) {
        struct err e = {0};
        if (!read_vex(j, found.v[i], &e))
            ctx_warn_err(j->cli->ctx, &e);
    }
}

static void find_vex_beside(struct job *j, str input) {
    struct arena *a = j->cli->arena;
    if (str_is(input, "-"))
        return;
    if (!path_is_dir(input)) {
        find_vex(j, path_dir(input));
        return;
    }
    find_vex(j, input);
    find_vex(j, path_join(a, input, S("vex")));
    find_vex(j, path_join(a, input, S(".vex")));
}

/* --config, else akashi.toml in the scanned folder, in the current one, in the home: the first that is there. */
static bool read_rules(struct job *j, struct err *e) {
    struct cli *cli = j->cli;
    str given = cli_text(cli, "config");
    if (given.p)
        return rules_read(cli->ctx, cli->arena, given, &j->rules, e);
    const str folders[] = {cli->n_args && path_is_dir(cli->args[0]) ? cli->args[0] : S("."), S("."), cli->home};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        str path = path_join(cli->arena, folders[i], S("akashi.toml"));
        if (path_exists(path))
            return rules_read(cli->ctx, cli->arena, path, &j->rules, e);
    }
    return true;
}

static bool open_db(struct job *j, struct err *e) {
    struct cli *cli = j->cli;
    str path = cli_db_path(cli);
    if (path_exists(path))
        return advdb_open(cli->ctx, path, &j->db, e);
    err_set(e, ERR_ENV, path, _("there is no advisory database: nothing can be known to be vulnerable"));
    err_hint(e, "%s", _("make one: akashi db import FILE… or akashi db update"));
    return !cli_flag(cli, "require-data");
}

static bool scan_inputs(struct job *j, struct err *e) {
    static const str here[] = {S_INIT(".")};
    const str *inputs = j->cli->n_args ? j->cli->args : here;
    uint32_t n = j->cli->n_args ? j->cli->n_args : 1;
    for (uint32_t i = 0; i < n; i++)
        find_vex_beside(j, inputs[i]);
    for (uint32_t i = 0; i < n; i++) {
        struct sbom *sbom;
        if (!input_read(j->cli->ctx, j->cli->arena, inputs[i], &sbom, e))
            return false;
        vex_from_sbom(&j->vex, sbom, inputs[i]);
        if (!scan_add(j->cli->ctx, j->cli->arena, &j->scan, &j->options, inputs[i], sbom, e))
            return false;
    }
    scan_finish(&j->scan);
    return true;
}

/* ── what it means for the exit code ── */

static bool finding_fails(const struct finding *f, str level) {
    static const char *const severities[] = {"unknown", "none", "low", "medium", "high", "critical"};
    enum priority wanted;
    if (f->status > FINDING_UNDER_INVESTIGATION)
        return false;
    if (str_is(level, "any"))
        return true;
    if (str_is(level, "kev"))
        return f->about.kev;
    if (priority_parse(level, &wanted))
        return f->priority >= wanted;
    for (int s = SEVERITY_LOW; s <= SEVERITY_CRITICAL; s++)
        if (str_is(level, severities[s]))
            return (int)f->worst.severity >= s;
    return false;
}

static bool fails(const struct job *j) {
    uint32_t n;
    const str *given = cli_texts(j->cli, "fail-on", &n);
    static const str any[] = {S_INIT("any")};
    const str *levels = n ? given : any;
    for (uint32_t i = 0; i < (n ? n : 1); i++) {
        if (str_is(levels[i], "never"))
            return false;
        if (str_is(levels[i], "licence"))
            for (uint32_t k = 0; k < j->scan.licences.n; k++)
                if (j->scan.licences.v[k].verdict == LICENCE_DENIED)
                    return true;
        for (uint32_t k = 0; k < j->scan.findings.n; k++)
            if (finding_fails(&j->scan.findings.v[k], levels[i]))
                return true;
    }
    return false;
}

/* "Nothing found" from no data or old data is no answer: --require-data and --max-age make it exit 4. */
static bool data_suffice(struct job *j, struct err *e) {
    int64_t days = scan_oldest_days(&j->scan, j->cli->ctx->now), most = cli_number(j->cli, "max-age", -1);
    if (cli_flag(j->cli, "require-data")) {
        if (j->scan.db.advisories == 0)
            return err_set(e, ERR_ENV, cli_db_path(j->cli), _("the advisory database is empty"));
        for (uint32_t i = 0; i < j->scan.inputs.n; i++)
            if (j->scan.inputs.v[i]->no_data)
                return err_set(e, ERR_ENV, j->scan.inputs.v[i]->name,
                               msg_n("%u component could not be assessed: there are no advisories for its ecosystem",
                                     "%u components could not be assessed: there are no advisories for their ecosystem",
                                     j->scan.inputs.v[i]->no_data),
                               j->scan.inputs.v[i]->no_data);
    }
    if (most >= 0 && days > most)
        return err_set(e, ERR_ENV, cli_db_path(j->cli), _("the advisory data are %lld days old, more than %lld"),
                       (long long)days, (long long)most);
    return true;
}

/* Old data miss what was found out since: said even when nobody asked. */
static void warn_of_stale_data(struct job *j) {
    enum { STALE_DAYS = 30 };
    int64_t days = scan_oldest_days(&j->scan, j->cli->ctx->now);
    if (j->db && j->scan.db.advisories == 0)
        ctx_warn(j->cli->ctx, cli_db_path(j->cli), _("the advisory database is empty"));
    if (days > STALE_DAYS)
        ctx_warn(j->cli->ctx, cli_db_path(j->cli),
                 _("the newest advisory of an ecosystem is %lld days old: run akashi db update or import fresh data"),
                 (long long)days);
}

static bool write_report(struct job *j, struct err *e) {
    struct cli *cli = j->cli;
    str format = cli_text(cli, "format");
    if (cli->json)
        format = S("json");
    const struct report *report = report_find(format);
    if (!report) {
        scan_table_print(cli, &j->scan, cli_flag(cli, "show-suppressed"));
        return true;
    }
    struct report_options o = {.show_suppressed = cli_flag(cli, "show-suppressed"), .pretty = true};
    struct buf out = {0};
    bool ok = report->write(cli->ctx, cli->arena, &j->scan, &o, &out, e);
    if (ok)
        fwrite(out.p, 1, out.n, cli->out);
    buf_free(&out);
    return ok;
}

static bool prepare(struct job *j, struct err *e) {
    uint32_t n;
    const str *given = cli_texts(j->cli, "vex", &n);
    j->vex.a = j->cli->arena;
    for (uint32_t i = 0; i < n; i++)
        if (!read_vex(j, given[i], e))
            return false;
    if (!read_rules(j, e) || !open_db(j, e))
        return false;
    j->options = (struct scan_options){.db = j->db, .vex = &j->vex, .rules = &j->rules, .mission = MISSION_MEDIUM};
    str mission = cli_text(j->cli, "mission").p ? cli_text(j->cli, "mission") : j->rules.mission;
    if (mission.p && !mission_parse(mission, &j->options.mission))
        return err_set(e, ERR_INPUT, S("akashi.toml"), _("mission must be low, medium or high"));
    if (j->db)
        advdb_info(j->db, j->cli->arena, &j->scan.db);
    return true;
}

static int run_scan(struct cli *cli) {
    struct job j = {.cli = cli};
    struct err e = {0}, no_db = {0};
    int code = 0;
    if (!prepare(&j, &e) || (no_db = e, !scan_inputs(&j, &e)) || !write_report(&j, &e)) {
        code = cli_fail(cli, &e);
    } else {
        warn_of_stale_data(&j);
        cli_warnings(cli);
        if (!j.db)
            (void)cli_fail(cli, &no_db);
        e = (struct err){0};
        code = !data_suffice(&j, &e) ? cli_fail(cli, &e) : fails(&j) ? 1 : 0;
    }
    advdb_close(j.db);
    return code;
}

const struct command scan_command = {
    .name = "scan",
    .args = "[PATH|SBOM|IMAGE|-]…",
    .summary = N_("find known vulnerabilities in SBOMs, folders, archives and images, most urgent first"),
    .text = N_("Without an argument the current folder is scanned. Components are matched by package identity against "
               "the advisory database (akashi db). Verdicts of VEX documents given with --vex or lying beside the "
               "input, and ignore rules of akashi.toml, answer findings; answered ones are counted and shown with "
               "--show-suppressed. The result always says which data it stands on and what could not be assessed."),
    .options =
        (const struct option_spec[]){
            {.name = "format",
             .letter = 'f',
             .kind = OPT_TEXT,
             .value = "FORMAT",
             .help = N_("form of the result"),
             .choices = report_names},
            {.name = "fail-on",
             .kind = OPT_TEXT,
             .value = "LEVEL",
             .many = true,
             .help = N_("exit 1 when an open finding is at or above LEVEL; may be repeated (default: any)"),
             .choices = "any|low|medium|high|critical|track|track*|attend|act|kev|licence|never"},
            {.name = "vex",
             .kind = OPT_TEXT,
             .value = "FILE",
             .many = true,
             .help = N_("take verdicts from an OpenVEX, CSAF or CycloneDX document; may be repeated")},
            {.name = "show-suppressed", .kind = OPT_FLAG, .help = N_("show findings that VEX or a rule answered")},
            {.name = "config",
             .kind = OPT_TEXT,
             .value = "FILE",
             .help = N_("rules (default: akashi.toml in the scanned, the current or the home folder)")},
            {.name = "mission",
             .kind = OPT_TEXT,
             .value = "LEVEL",
             .help = N_("what an outage would do to your mission and people (default: medium)"),
             .choices = "low|medium|high"},
            {.name = "require-data",
             .kind = OPT_FLAG,
             .help = N_("exit 4 when a component could not be assessed for want of advisory data")},
            {.name = "max-age",
             .kind = OPT_NUMBER,
             .value = "DAYS",
             .help = N_("exit 4 when the advisory data are older")},
            {.name = "db", .kind = OPT_TEXT, .value = "FILE", .help = N_("advisory database (default: in the home)")},
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi scan .", N_("what is wrong with the project in this folder")},
            {"akashi scan app.cdx.json --fail-on high", N_("gate a build")},
            {"akashi scan image.tar -f sarif -o findings.sarif", N_("a saved container image, for a code host")},
            {"akashi scan sbom.json --vex supplier.openvex.json --show-suppressed",
             N_("with a supplier's verdicts, and what they answered")},
            {0},
        },
    .max_args = -1,
    .run = run_scan,
};
