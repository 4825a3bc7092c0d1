/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/cli.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/options.h"

static unsigned terminal_width(FILE *out) {
    uint64_t columns = 0;
    const char *given = getenv("COLUMNS");
    if (given && str_u64(str_of(given), &columns) && columns >= 20 && columns < 10000)
        return (unsigned)columns;
    struct winsize size;
    if (isatty(fileno(out)) && ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col)
        return size.ws_col;
    return 0;
}

/* --home, AKASHI_HOME, XDG_DATA_HOME/akashi, ~/.local/share/akashi: the first that is given. */
static str find_home(struct cli *cli) {
    const char *env = getenv("AKASHI_HOME"), *xdg = getenv("XDG_DATA_HOME"), *user = getenv("HOME");
    if (cli_text(cli, "home").p)
        return cli_text(cli, "home");
    if (env && *env)
        return str_of(env);
    if (xdg && *xdg)
        return path_join(cli->arena, str_of(xdg), S("akashi"));
    return path_join(cli->arena, str_of(user && *user ? user : "."), S(".local/share/akashi"));
}

bool cli_home_make(struct cli *cli, struct err *e) {
    if (folder_make(cli->home, 0700, e))
        return true;
    return err_hint(e, "%s", _("choose another folder with --home or AKASHI_HOME"));
}

str cli_db_path(struct cli *cli) {
    const char *env = getenv("AKASHI_DB");
    if (cli_text(cli, "db").p)
        return cli_text(cli, "db");
    return env && *env ? str_of(env) : path_join(cli->arena, cli->home, S("advisories.db"));
}

int cli_fail(struct cli *cli, const struct err *e) {
    bool colour = cli && cli->colour && isatty(STDERR_FILENO);
    fprintf(stderr, "%sakashi: ", colour ? "\033[1;31m" : "");
    if (e->where[0])
        fprintf(stderr, "%s: ", e->where);
    fprintf(stderr, "%s%s\n", e->what, colour ? "\033[0m" : "");
    if (e->hint[0])
        fprintf(stderr, "  → %s\n", e->hint);
    return err_exit_code(e->kind == ERR_NONE ? ERR_ENV : e->kind);
}

uint32_t cli_warnings(struct cli *cli) {
    enum { SHOWN = 20 };
    uint32_t n;
    const struct warning *list = ctx_warnings(cli->ctx, &n);
    for (uint32_t i = 0; !cli->ctx->quiet && i < n && i < SHOWN; i++)
        fprintf(stderr, _("akashi: warning: %.*s: %.*s\n"), STR_ARG(list[i].where), STR_ARG(list[i].what));
    if (!cli->ctx->quiet && n > SHOWN)
        fprintf(stderr, msg_n("akashi: and %u more warning\n", "akashi: and %u more warnings\n", n - SHOWN), n - SHOWN);
    return n;
}

/* A write that the kernel refused (full disk, closed pipe) shows only here: everything before is buffered. */
static int finish_output(struct cli *cli, struct file_new *file, int code) {
    struct err e = {0};
    bool good = fflush(cli->out) == 0 && !ferror(cli->out);
    if (!good)
        err_errno(&e, file->path[0] ? str_of(file->path) : str_of(_("standard output")), _("cannot write"));
    if (file->temporary[0] && good && code <= 1)
        good = file_new_commit(file, &e);
    else
        file_new_abandon(file);
    return good ? code : cli_fail(cli, &e);
}

static bool is_device_or_pipe(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

/* A device or pipe (-o /dev/null) is written to as it is; anything else is a file that appears whole. */
static bool open_output(struct cli *cli, struct file_new *file, str path, struct err *e) {
    const char *name = arena_str(cli->arena, path).p;
    if (is_device_or_pipe(name)) {
        snprintf(file->path, sizeof file->path, "%s", name);
        cli->out = fopen(name, "w");
    } else {
        if (!file_new_open(file, path, e))
            return false;
        int fd = dup(file->fd);
        cli->out = fd < 0 ? NULL : fdopen(fd, "w");
    }
    if (cli->out)
        return true;
    err_errno(e, path, _("cannot write"));
    file_new_abandon(file);
    return false;
}

static int run(struct cli *cli) {
    struct file_new file = {.fd = -1};
    struct err e = {0};
    str output = cli_text(cli, "output");
    cli->out = stdout;
    if (output.p && !str_is(output, "-") && !open_output(cli, &file, output, &e))
        return cli_fail(cli, &e);
    cli->width = terminal_width(cli->out);
    cli->colour = isatty(fileno(cli->out)) && !getenv("NO_COLOR");
    int code = finish_output(cli, &file, cli->command->run(cli));
    if (cli->out != stdout)
        fclose(cli->out);
    return code;
}

static void on_signal(int number) {
    file_new_abandon_all(); /* NOLINT(bugprone-signal-handler): it only unlinks */
    signal(number, SIG_DFL);
    raise(number);
}

/* What whoever started us has ignored (nohup, a job in the background) stays ignored. */
static void tidy_up_on(int number) {
    if (signal(number, on_signal) == SIG_IGN)
        signal(number, SIG_IGN);
}

/* Looked up before anything is parsed, so that a complaint about the command line is in that language too. */
static const char *wanted_language(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        if (str_starts(str_of(argv[i]), S("--lang=")))
            return argv[i] + 7;
        if (str_is(str_of(argv[i]), "--lang") && i + 1 < argc)
            return argv[i + 1];
    }
    return NULL;
}

int cli_main(int argc, char **argv) {
    /* Only so that libarchive and wcwidth() read UTF-8; nothing else in the program follows the C library's locale. */
    setlocale(LC_CTYPE, "C.UTF-8");
    msg_init(wanted_language(argc, argv));
    signal(SIGXFSZ, SIG_IGN); /* a file-size limit is a write error like a full disk */
    file_survive_cuts();
    tidy_up_on(SIGINT);
    tidy_up_on(SIGTERM);
    tidy_up_on(SIGHUP);
    struct ctx ctx;
    ctx_init(&ctx);
    struct arena *arena = arena_new();
    struct cli cli = {.ctx = &ctx, .arena = arena, .out = stdout};
    struct err e = {0};
    int code;
    if (!cli_parse(&cli, argc, argv, &e)) {
        code = cli_fail(&cli, &e);
    } else {
        ctx.quiet = cli_flag(&cli, "quiet");
        cli.json = cli_flag(&cli, "json");
        cli.home = find_home(&cli);
        code = run(&cli);
    }
    arena_free(arena);
    ctx_free(&ctx);
    return code;
}
