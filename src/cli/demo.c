/* SPDX-License-Identifier: Apache-2.0
 *
 * `akashi demo`: a home to look around in. What marks it as one of ours is written as soon as there is a home, and
 * names the key of its log: no other home is ever taken for it.
 */
#include "cli/demo.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/temporary.h"
#include "cli/home.h"
#include "cli/story.h"

/* Never the person's own home unless it was named. */
static str demo_home(struct cli *cli, struct err *e) {
    const char *named = getenv("AKASHI_HOME");
    bool given = cli_text(cli, "home").p || (named && *named);
    str home = given ? cli->home : arena_cat(cli->arena, cli->home, S("-demo"));
    if (home.p[0] == '/')
        return home;
    char *here = realpath(".", NULL);
    if (!here)
        err_errno(e, S("."), "%s", _("cannot be read"));
    home = here ? path_join(cli->arena, str_of(here), home) : (str){NULL, 0};
    free(here);
    return home;
}

/* ── the mark ── */

static bool log_name(struct cli *cli, str home, str *out, struct err *e) {
    struct home h;
    if (!home_open(cli->ctx, cli->arena, home, HOME_READ, &h, e))
        return false;
    *out = vkey_text(cli->arena, &h.vkey);
    home_close(&h);
    return true;
}

static bool put_mark(struct demo *d, bool whole, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    str log;
    if (!log_name(d->cli, d->play.home, &log, e))
        return false;
    jw_obj(&w);
    jw_kint(&w, "demo", 1);
    jw_kstr(&w, "log", log);
    jw_kstr(&w, "made", time_rfc3339(d->a, d->now));
    jw_kbool(&w, "whole", whole);
    jw_kstr(&w, "note",
            S("Made by `akashi demo`; everything in this home is invented. Removed by `akashi demo --clean`."));
    jw_obj_end(&w);
    buf_addc(&b, '\n');
    bool ok = file_replace(path_join(d->a, d->play.home, S(DEMO_MARK)), buf_str(&b), e);
    buf_free(&b);
    return ok;
}

/* ERR_USAGE when it is no home of ours. */
static bool check_mark(struct cli *cli, str home, struct err *e) {
    struct json mark;
    str text, log, path = path_join(cli->arena, home, S(DEMO_MARK));
    if (!path_exists(path)) {
        err_set(e, ERR_USAGE, home, "%s", _("this is no home that `akashi demo` made: nothing is removed"));
        return false;
    }
    if (!file_read(cli->ctx, cli->arena, path, &text, e) ||
        !json_parse(cli->ctx, cli->arena, text, JSON_STRICT, path, &mark, e) || !log_name(cli, home, &log, e))
        return false;
    return str_eq(j_gets(mark.root, "log"), log) ||
           err_set(e, ERR_USAGE, path, "%s", _("this belongs to another home: nothing is removed"));
}

/* ── clean ── */

/* What a home consists of, and what its use adds. */
static bool is_ours(const char *name) {
    static const char *const begins[] = {"advisories.db", "akashi.toml", "append",     "archive",  "keys",    "log",
                                         "portfolio.db",  "view",        "watch.lock", "outbox",   "notices", "hits",
                                         "serve",         "index",       "access",     "incoming", "jobs"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (strncmp(name, begins[i], strlen(begins[i])) == 0)
            return true;
    return false;
}

/* The mark goes last, so that an interrupted one can be gone on with. */
static bool clean(struct cli *cli, str home, uint32_t *left, struct err *e) {
    DIR *d = opendir(arena_cstr(cli->arena, home));
    if (!d)
        return err_errno(e, home, "%s", _("cannot be read"));
    *left = 0;
    for (struct dirent *entry; (entry = readdir(d));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            strcmp(entry->d_name, DEMO_MARK) == 0)
            continue;
        if (is_ours(entry->d_name) &&
            (unlinkat(dirfd(d), entry->d_name, 0) == 0 || folder_remove(dirfd(d), entry->d_name)))
            continue;
        ++*left;
        fprintf(cli->out, _("left alone: %.*s/%s\n"), STR_ARG(home), entry->d_name);
    }
    unlinkat(dirfd(d), DEMO_MARK, 0);
    closedir(d);
    return *left || rmdir(arena_cstr(cli->arena, home)) == 0 || err_errno(e, home, "%s", _("cannot remove the folder"));
}

static int run_clean(struct cli *cli, str home) {
    struct err e = {0};
    uint32_t left;
    if (!check_mark(cli, home, &e) || !clean(cli, home, &left, &e))
        return cli_fail(cli, &e);
    if (!left)
        fprintf(cli->out, _("%.*s is removed\n"), STR_ARG(home));
    return 0;
}

/* ── make ── */

/* Who is told: into files of the home, so that nothing leaves the machine. */
static bool subscribe(struct demo *d, struct err *e) {
    static const char more[] =
        "\n[[notify]]\nname = \"soc\"\nchannel = \"file\"\nfile = \"notices.jsonl\"\n"
        "\n[[notify]]\nname = \"shiraho\"\nchannel = \"file\"\nfile = \"notices-shiraho.jsonl\"\n"
        "party = \"shiraho\"\nminimum = \"attend\"\n";
    str path = path_join(d->a, d->play.home, S("akashi.toml")), text;
    return file_read(d->cli->ctx, d->a, path, &text, e) && file_replace(path, arena_cat(d->a, text, str_of(more)), e);
}

static bool make_home(struct demo *d, struct err *e) {
    if (path_exists(path_join(d->a, d->play.home, S(DEMO_MARK)))) {
        err_set(e, ERR_USAGE, d->play.home, "%s", _("there is a demo here already"));
        return err_hint(e, _("see: akashi demo --clean --home %.*s"), STR_ARG(d->play.home));
    }
    if (home_is(d->play.home)) {
        err_set(e, ERR_USAGE, d->play.home, "%s", _("this is a home already: the demo gets one of its own"));
        return err_hint(e, "%s", _("choose another folder with --home or AKASHI_HOME"));
    }
    demo_on(d, DEMO_BEGIN, 0);
    return demo_run(d, e,
                    "akashi init --name hinata --role supplier,developer,operator --no-passphrase --origin "
                    "hinata.example/akashi-demo") &&
           put_mark(d, false, e) && subscribe(d, e);
}

static bool make(struct demo *d, struct err *e) {
    demo_world_make(d);
    return make_home(d, e) && demo_years(d, e) && put_mark(d, true, e);
}

static void say_text(struct demo *d) {
    static const struct {
        const char *command, *says;
    } next[] = {
        {"akashi impact %.*s", N_("who is hit by what became known today")},
        {"akashi case list --due", N_("what is to be done, by its clocks")},
        {"akashi impact top", N_("single points of failure")},
        {"akashi conform status --package minimum --product single-sign-on",
         N_("what the evidence carries, and what not")},
        {"akashi decide list --due", N_("which customers have to decide, again too")},
        {"akashi demo --clean", N_("removes all of it")},
    };
    FILE *out = d->cli->out;
    str flaw = d->advisories->of[DEMO_ADVISORIES - 1].id;
    fprintf(out, _("A home to look around in: %.*s\n"), STR_ARG(d->play.home));
    fprintf(out, "%s\n\n",
            _("It is that of hinata, an integrator, with three suppliers, hospitals, a city, a power company and a "
              "sector body. All of it is invented."));
    fprintf(out, "  export AKASHI_HOME='%.*s'\n", STR_ARG(d->play.home));
    for (size_t i = 0; i < sizeof next / sizeof *next; i++) {
        str line = i ? str_of(next[i].command) : arena_printf(d->a, "akashi impact %.*s", STR_ARG(flaw));
        fprintf(out, "  %.*s\n      %s\n", STR_ARG(line), _(next[i].says));
    }
}

static void say_json(struct demo *d) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kstr(&w, "home", d->play.home);
    jw_kint(&w, "products", (int64_t)d->products.n);
    jw_kint(&w, "releases", DEMO_RELEASES);
    jw_kint(&w, "deployments", DEMO_DEPLOYMENTS);
    jw_kstr(&w, "breaking", d->advisories->of[DEMO_ADVISORIES - 1].id);
    jw_obj_end(&w);
    put_json(d->cli, &b);
}

static int run_make(struct cli *cli, str home) {
    struct err e = {0};
    char folder[4096];
    struct demo d = {.cli = cli, .a = cli->arena, .now = cli->ctx->now};
    d.today = d.now - d.now % DEMO_DAY;
    unsetenv("AKASHI_STORE"); /* views lie in the demo's home, whatever those of other homes do */
    unsetenv("AKASHI_DB");
    if (!mkdtemp(temporary_name(folder, sizeof folder, "demo"))) {
        err_errno(&e, str_of(folder), "%s", _("cannot make the folder"));
        return cli_fail(cli, &e);
    }
    d.play = (struct play){
        .arena = cli->arena, .folder = str_of(folder), .home = home, .lang = msg_lang(), .columns = 100, .now = d.now};
    bool ok = make(&d, &e);
    buf_free(&d.file);
    (void)folder_remove(AT_FDCWD, folder);
    if (ok && cli->json)
        say_json(&d);
    else if (ok)
        say_text(&d);
    return ok ? 0 : cli_fail(cli, &e);
}

static int run(struct cli *cli) {
    struct err e = {0};
    if (cli_flag(cli, "story") || cli_flag(cli, "markdown"))
        return story_run(cli);
    str home = demo_home(cli, &e);
    if (!home.p)
        return cli_fail(cli, &e);
    return cli_flag(cli, "clean") ? run_clean(cli, home) : run_make(cli, home);
}

const struct command demo_command = {
    .name = "demo",
    .summary = N_("a made-up home to look around in"),
    .text = N_(
        "Three suppliers and an integrator serve hospitals, a city and a power company: 60 products, 400 releases, "
        "2,000 deployments, two years of advisories, cases, decisions and declarations. A library that most of "
        "them contain breaks today. Everything is invented, and really signed, logged and checked, by the "
        "commands a user has.\n\n"
        "The home is --home, or AKASHI_HOME, or else beside one's own with -demo behind its name. --clean removes "
        "what the demo made, and nothing else."),
    .options =
        (const struct option_spec[]){
            {.name = "clean", .kind = OPT_FLAG, .help = N_("remove it again")},
            {.name = "story", .kind = OPT_FLAG, .help = N_("tell a whole story instead, command by command")},
            {.name = "pause", .kind = OPT_FLAG, .help = N_("with --story: wait for Enter after each command")},
            {.name = "keep",
             .kind = OPT_TEXT,
             .value = "DIR",
             .help = N_("with --story: where its files and homes stay")},
            {.name = "markdown", .kind = OPT_FLAG, .help = N_("the story as the page docs/tutorial.md")},
            {0}},
    .examples = (const struct example[]){{"akashi demo", N_("in some seconds")},
                                         {"akashi demo --clean", N_("as if nothing had been")},
                                         {"akashi demo --story --pause", N_("a vendor, a hospital, a declaration")},
                                         {0}},
    .run = run,
};
