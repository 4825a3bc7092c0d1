/* SPDX-License-Identifier: Apache-2.0
 *
 * Is everything here that the program needs? Each check says one line and, where something is amiss, what to do.
 * Nothing is changed, nothing is waited for, no network is used but that of the views' own database.
 */
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/library.h"
#include "cli/archive_home.h"
#include "cli/home.h"
#include "cli/portfolio.h"
#include "seal/keyfile.h"
#include "serve/confine.h"
#include "store/store.h"
#include "vuln/vuln.h"

enum state { GOOD, LACKS /* something optional */, BAD };
struct seen {
    enum state state;
    const char *about; /* N_() */
    str says, hint;
};
struct doctor {
    struct cli *cli;
    struct home home;
    bool has_home;
    bool opened; /* home */
    VEC(struct seen) seen;
};

static struct seen *say(struct doctor *d, enum state state, const char *about, str says) {
    struct seen *s = vec_push(d->cli->arena, &d->seen);
    *s = (struct seen){.state = state, .about = about, .says = says};
    return s;
}
static void say_err(struct doctor *d, const char *about, const struct err *e) {
    struct arena *a = d->cli->arena;
    str what = arena_str(a, str_of(e->what)), where = arena_str(a, str_of(e->where));
    struct seen *s = say(d, BAD, about, where.n ? arena_printf(a, "%.*s: %.*s", STR_ARG(where), STR_ARG(what)) : what);
    s->hint = arena_str(a, str_of(e->hint));
}

/* ── the home ── */

static void look_at_home(struct doctor *d) {
    struct cli *cli = d->cli;
    struct err e = {0};
    d->has_home = home_is(cli->home);
    if (!d->has_home) {
        say(d, LACKS, N_("home"), arena_printf(cli->arena, _("none at %.*s"), STR_ARG(cli->home)))->hint = str_of(
            _("sbom, db, scan, inspect and verify need none; `akashi init` or `akashi demo` makes one"));
        return;
    }
    d->opened = home_open(cli->ctx, cli->arena, cli->home, HOME_READ, &d->home, &e);
    if (!d->opened)
        return say_err(d, N_("home"), &e);
    str roles = roles_text(cli->arena, d->home.roles);
    say(d, GOOD, N_("home"),
        arena_printf(cli->arena, "%.*s: %.*s (%.*s)", STR_ARG(cli->home), STR_ARG(d->home.party), STR_ARG(roles)));
}

static void look_at_keys(struct doctor *d) {
    struct cli *cli = d->cli;
    unsigned good = 0, open = 0, lost = 0;
    for (uint32_t i = 0; d->opened && i < d->home.keys->keys.n; i++) {
        const struct known_key *k = &d->home.keys->keys.v[i];
        struct keyfile f;
        struct err e = {0};
        str path = home_key_path(cli->arena, cli->home, k->id);
        if (!k->ours || k->ended.p)
            continue;
        if (!path_exists(path)) {
            lost++;
            say(d, BAD, N_("keys"), arena_printf(cli->arena, _("%.*s: the file of the key is not here"), STR_ARG(path)))
                ->hint = str_of(_("bring it back from a backup, or `akashi key rotate`"));
        } else if (!keyfile_read(cli->arena, path, &f, &e)) {
            lost++;
            say_err(d, N_("keys"), &e);
        } else {
            good++;
            open += f.seal == KEYFILE_OPEN;
            keyfile_free(&f);
        }
    }
    if (!d->opened || lost)
        return;
    struct seen *s = say(
        d, open ? LACKS : GOOD, N_("keys"),
        open ? arena_printf(cli->arena, _("%u of one's own, %u of them without a passphrase"), good, open)
             : arena_printf(cli->arena, _("%u of one's own, sealed"), good));
    if (open)
        s->hint = str_of(_("whoever reads the file can sign: `akashi key rotate` makes a sealed one"));
}

static void look_at_log(struct doctor *d) {
    struct cli *cli = d->cli;
    struct checkpoint at;
    struct err e = {0};
    str note;
    if (!d->opened)
        return;
    if (!log_checkpoint(d->home.log, cli->arena, &at, &note, &e))
        return say_err(d, N_("log"), &e);
    say(d, GOOD, N_("log"),
        arena_printf(cli->arena, _("%.*s: %llu entries, its checkpoint signed"), STR_ARG(at.origin),
                     (unsigned long long)at.size))
        ->hint = str_of(_("`akashi log check` reads every entry again"));
}

/* ── what is derived and imported ── */

static void look_at_views(struct doctor *d) {
    struct cli *cli = d->cli;
    struct store *s = NULL;
    struct err e = {0};
    uint64_t bytes = 0;
    str where;
    if (!cli_store(cli, &where, &e))
        return say_err(d, N_("views"), &e);
    if (!d->has_home)
        return;
    if (!where.n)
        where = path_join(cli->arena, cli->home, S("portfolio.db"));
    if (!store_open_made(cli->ctx, where, &s, &e) || (s && !store_bytes(s, &bytes, &e)))
        say_err(d, N_("views"), &e);
    else if (!s)
        say(d, GOOD, N_("views"), str_of(_("made when they are first asked")));
    else
        say(d, GOOD, N_("views"),
            arena_printf(cli->arena, "%.*s, %.*s", STR_ARG(store_shown(s)), STR_ARG(cli_size_text(cli, bytes))));
    store_close(s);
}

enum { STALE_DAYS = 7, DAY = 86400 };

static void look_at_advisories(struct doctor *d) {
    struct cli *cli = d->cli;
    struct advdb *db;
    struct advdb_info info;
    struct err e = {0};
    str path = cli_db_path(cli);
    if (!path_exists(path)) {
        say(d, LACKS, N_("advisories"), arena_printf(cli->arena, _("none at %.*s"), STR_ARG(path)))->hint = str_of(
            _("`akashi db update` fetches them, `akashi db import` takes files"));
        return;
    }
    if (!advdb_open(cli->ctx, path, &db, &e))
        return say_err(d, N_("advisories"), &e);
    advdb_info(db, cli->arena, &info);
    int64_t days = (cli->ctx->now - info.built) / DAY;
    if (!info.advisories)
        say(d, BAD, N_("advisories"), str_of(_("the database is empty")))->hint = str_of(
            _("`akashi db update` fetches them, `akashi db import` takes files"));
    else {
        str day = str_upto(time_rfc3339(cli->arena, info.built), 10);
        str says = arena_printf(cli->arena, _("%llu, taken in on %.*s"), (unsigned long long)info.advisories,
                                STR_ARG(day));
        struct seen *s = say(d, days > STALE_DAYS ? LACKS : GOOD, N_("advisories"), says);
        if (days > STALE_DAYS)
            s->hint = str_of(_("what was published since is not known here: `akashi db update`"));
    }
    advdb_close(db);
}

/* ── the machine ── */

static void look_at_disk(struct doctor *d) {
    enum { FULL = 32 << 20, LITTLE = 1 << 30 };
    struct cli *cli = d->cli;
    struct statvfs disk;
    const char *folder = path_exists(cli->home) ? arena_str(cli->arena, cli->home).p : ".";
    if (statvfs(folder, &disk) != 0)
        return;
    uint64_t room = (uint64_t)disk.f_bavail * disk.f_frsize;
    str says = arena_printf(cli->arena, _("%.*s free at %s"), STR_ARG(cli_size_text(cli, room)), folder);
    struct seen *s = say(d, room < FULL ? BAD : room < LITTLE ? LACKS : GOOD, N_("disk"), says);
    if (room < FULL)
        s->hint = str_of(_("nothing can be logged; the server only reads"));
    else if (room < LITTLE)
        s->hint = str_of(_("that is soon full"));
}

/* What is loaded when it is needed; the package is Debian's. */
static void look_at_libraries(struct doctor *d) {
    static const struct {
        const char *file, *package, *without; /* N_() */
    } wanted[] = {
        {"libcurl.so.4", "libcurl4", N_("nothing can be fetched or sent")},
        {"libarchive.so.13", "libarchive13", N_("archives and images cannot be read")},
        {"libmicrohttpd.so.12", "libmicrohttpd12", N_("the server does not start")},
        {"libqrencode.so.4", "libqrencode4", N_("declarations have no QR code")},
        {"libpangocairo-1.0.so.0", "libpangocairo-1.0-0", N_("no PDF can be made")},
        {"libpq.so.5", "libpq5", N_("views cannot lie in PostgreSQL")},
    };
    unsigned lacking = 0;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (library_load(wanted[i].file, NULL, 0, NULL))
            continue;
        lacking++;
        say(d, LACKS, N_("libraries"),
            arena_printf(d->cli->arena, _("%s is not here: %s"), wanted[i].file, _(wanted[i].without)))
            ->hint = arena_printf(d->cli->arena, "apt install %s", wanted[i].package);
    }
    if (!lacking)
        say(d, GOOD, N_("libraries"), str_of(_("all that are loaded when they are needed")));
}

/* In a child, because there is no way back. */
static void look_at_confinement(struct doctor *d) {
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        struct confine_plan plan = {0};
        _exit((int)confine(&plan));
    }
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return;
    unsigned held = (unsigned)WEXITSTATUS(status);
    if ((held & CONFINED_ALL) == CONFINED_ALL)
        say(d, GOOD, N_("confinement"), str_of(_("Landlock and seccomp hold what reads for strangers")));
    else
        say(d, LACKS, N_("confinement"),
            str_of(held & CONFINED_CALLS   ? _("this kernel has no Landlock; seccomp holds")
                   : held & CONFINED_FILES ? _("this kernel has no seccomp; Landlock holds")
                                           : _("this kernel has neither Landlock nor seccomp")))
            ->hint = str_of(_("Linux 5.13 and later have both"));
}

/* ── what is said ── */

static const char *const words[] = {N_("good"), N_("lacks"), N_("BAD")};
static const char *const keys[] = {"good", "lacks", "bad"};

static void show_table(const struct doctor *d) {
    static const struct column columns[] = {
        {.head = N_("verdict")}, {.head = N_("about")}, {.head = N_("what"), .wrap = true}};
    static const enum cell_style styles[] = {CELL_GREEN, CELL_YELLOW, CELL_RED};
    struct cli *cli = d->cli;
    struct table *t = table_new(cli->arena, columns, 3);
    for (uint32_t i = 0; i < d->seen.n; i++) {
        const struct seen *s = &d->seen.v[i];
        bool hint = s->hint.n && s->state != GOOD;
        table_row(t);
        table_cell(t, str_of(_(words[s->state])), styles[s->state]);
        table_cell(t, str_of(_(s->about)), CELL_BOLD);
        table_cell(t, hint ? arena_printf(cli->arena, "%.*s → %.*s", STR_ARG(s->says), STR_ARG(s->hint)) : s->says,
                   CELL_PLAIN);
    }
    table_print(t, cli);
}

static void show_json(const struct doctor *d, enum state worst) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kstr(&w, "verdict", str_of(keys[worst]));
    jw_karr(&w, "checks");
    for (uint32_t i = 0; i < d->seen.n; i++) {
        const struct seen *s = &d->seen.v[i];
        jw_obj(&w);
        jw_kstr(&w, "about", str_of(s->about));
        jw_kstr(&w, "verdict", str_of(keys[s->state]));
        jw_kstr(&w, "what", s->says);
        if (s->hint.n)
            jw_kstr(&w, "hint", s->hint);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    put_json(d->cli, &b);
}

static int run(struct cli *cli) {
    static void (*const looks[])(struct doctor *) = {look_at_home,      look_at_keys,       look_at_log,
                                                     look_at_views,     look_at_advisories, look_at_disk,
                                                     look_at_libraries, look_at_confinement};
    struct doctor d = {.cli = cli};
    enum state worst = GOOD;
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        looks[i](&d);
    for (uint32_t i = 0; i < d.seen.n; i++)
        worst = d.seen.v[i].state > worst ? d.seen.v[i].state : worst;
    if (cli->json)
        show_json(&d, worst);
    else
        show_table(&d);
    if (d.opened)
        home_close(&d.home);
    return worst == BAD ? 1 : 0;
}

const struct command doctor_command = {
    .name = "doctor",
    .summary = N_("is everything here that is needed? what is amiss, and what to do"),
    .text = N_(
        "Looks at the home, its keys and log, the views, the advisories, the disk, libraries and what the kernel can "
        "hold. Nothing is changed. Exit 1 when something is bad; what is only lacking is told."),
    .options =
        (const struct option_spec[]){
            OPTION_STORE,
            {.name = "db", .kind = OPT_TEXT, .value = "FILE", .help = N_("advisory database (default: in the home)")},
            {0},
        },
    .examples = (const struct example[]){{"akashi doctor", N_("on a new machine, and when something is odd")}, {0}},
    .run = run,
};
