/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/play.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/cli.h"

enum { WORDS_MOST = 64, OUTPUT_MOST = 16 << 20 };

static char *next_word(struct arena *a, const char **at) {
    const char *p = *at;
    char quote = 0;
    while (*p == ' ')
        p++;
    if (!*p)
        return NULL;
    struct buf b = {0};
    for (; *p && (quote || *p != ' '); p++) {
        if (quote ? *p == quote : *p == '\'' || *p == '"')
            quote = quote ? 0 : *p;
        else
            buf_addc(&b, *p);
    }
    char *word = arena_cstr(a, buf_str(&b));
    buf_free(&b);
    *at = p;
    return word;
}

/* What the person's surroundings say of homes, databases and clocks is not for a play. */
static void set_surroundings(const struct play *p) {
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)p->now);
    setenv("SOURCE_DATE_EPOCH", text, 1);
    snprintf(text, sizeof text, "%u", p->columns);
    setenv("COLUMNS", text, 1);
    setenv("LC_ALL", strcmp(p->lang, "ja") == 0 ? "ja_JP.UTF-8" : "C.UTF-8", 1);
    setenv("AKASHI_HOME", arena_cstr(p->arena, p->home), 1);
    static const char *const others[] = {"AKASHI_DB", "AKASHI_STORE", "AKASHI_PASSPHRASE_FILE",
                                         "CREDENTIALS_DIRECTORY"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        unsetenv(others[i]);
}

_Noreturn static void run_child(const struct play *p, int argc, char **argv, int output) {
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 ||
        dup2(output, STDERR_FILENO) < 0 || chdir(arena_cstr(p->arena, p->folder)) != 0)
        _exit(4);
    set_surroundings(p);
    exit(cli_main(argc, argv)); /* NOLINT(concurrency-mt-unsafe): this process has one thread */
}

static bool take_output(const struct play *p, int fd, str *out, struct err *e) {
    struct buf b = {0};
    lseek(fd, 0, SEEK_SET);
    for (ssize_t n = 1; n > 0 && b.n < OUTPUT_MOST;) {
        n = read(fd, buf_room(&b, 1 << 16), 1 << 16);
        if (n < 0 && errno == EINTR)
            n = 1;
        else if (n < 0)
            return buf_free(&b), err_errno(e, p->folder, "%s", _("cannot be read"));
        else
            b.n += (size_t)n;
    }
    *out = arena_str(p->arena, buf_str(&b));
    buf_free(&b);
    return true;
}

static bool await(pid_t child, const struct play *p, int *code, struct err *e) {
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return err_errno(e, p->folder, "%s", _("a command cannot be run"));
    *code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return true;
}

bool play_run(const struct play *p, const char *line, struct played *out, struct err *e) {
    char *argv[WORDS_MOST + 1];
    int argc = 0, output;
    while (argc < WORDS_MOST && (argv[argc] = next_word(p->arena, &line)))
        argc++;
    argv[argc] = NULL;
    *out = (struct played){0};
    if (!file_nameless(&output, e))
        return false;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        run_child(p, argc, argv, output);
    bool ok = child > 0 ? await(child, p, &out->code, e) && take_output(p, output, &out->text, e)
                        : err_errno(e, p->folder, "%s", _("a command cannot be run"));
    close(output);
    return ok;
}

bool play_check(const char *line, int code, const struct played *p, struct err *e) {
    str text = str_trim(p->text);
    if (p->code == code)
        return true;
    err_set(e, ERR_ENV, str_of(line), _("the exit code is %d, it should be %d"), p->code, code);
    return err_hint(e, "%.*s", STR_ARG(str_from(text, text.n > 230 ? text.n - 230 : 0)));
}
