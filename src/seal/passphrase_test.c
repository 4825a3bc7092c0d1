/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/passphrase.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/temporary.h"
#include "base/testing.h"

static str file_with(struct testing *t, str text, mode_t mode) {
    char *path = temporary_name(arena_room(t->a, 256), 256, "passphrase");
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n && fchmod(fd, mode) == 0);
    close(fd);
    return str_of(path);
}

static void from_a_file(void **state) {
    struct testing *t = *state;
    char longest[PASSPHRASE_MOST + 2];
    memset(longest, 'x', sizeof longest);
    const struct {
        str text;
        mode_t mode;
        str want; /* absent: refused */
        const char *what;
    } rows[] = {
        {S("secret"), 0600, S("secret"), NULL},
        {S("secret\n"), 0400, S("secret"), NULL},
        {S(" se cret \r\n"), 0600, S(" se cret "), NULL},
        {S("a\nb\n\n"), 0600, S("a\nb\n"), NULL},
        {S("秘密\n"), 0600, S("秘密"), NULL},
        {str_n(longest, PASSPHRASE_MOST), 0600, str_n(longest, PASSPHRASE_MOST), NULL},
        {str_n(longest, PASSPHRASE_MOST + 1), 0600, {NULL, 0}, "a passphrase may have 1024 bytes at most"},
        {S("\n"), 0600, {NULL, 0}, "the passphrase is empty"},
        {S("secret"), 0644, {NULL, 0}, "others may read or change this secret (its mode is 0644)"},
        {S("secret"), 0660, {NULL, 0}, "others may read or change this secret (its mode is 0660)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct secret got;
        struct passphrase_ask ask = {.subject = S("k")};
        str path = file_with(t, rows[i].text, rows[i].mode);
        setenv("AKASHI_PASSPHRASE_FILE", path.p, 1);
        bool ok = passphrase_get(&ask, &got, &t->e);
        assert_int_equal(ok, rows[i].want.p != NULL);
        assert_true(!ok || str_eq(secret_str(&got), rows[i].want));
        assert_true(ok || strcmp(t->e.what, rows[i].what) == 0);
        assert_true(ok || got.p == NULL);
        assert_false(ask.was_asked);
        secret_free(&got);
        unlink(path.p);
    }
    unsetenv("AKASHI_PASSPHRASE_FILE");
}

static void the_file_goes_before_the_credential(void **state) {
    struct testing *t = *state;
    struct secret got;
    struct passphrase_ask ask = {.no_terminal = true, .subject = S("k")};
    char folder[256];
    temporary_name(folder, sizeof folder, "credentials");
    assert_non_null(mkdtemp(folder));
    setenv("CREDENTIALS_DIRECTORY", folder, 1);
    assert_false(passphrase_get(&ask, &got, &t->e));
    assert_string_equal(t->e.what, "a passphrase is needed");
    str path = arena_printf(t->a, "%s/akashi-passphrase", folder);
    assert_true(file_replace(path, S("of systemd\n"), &t->e));
    assert_int_equal(chmod(path.p, 0440), 0);
    assert_true(passphrase_get(&ask, &got, &t->e));
    check_str(secret_str(&got), "of systemd");
    secret_free(&got);
    str other = file_with(t, S("of the file"), 0600);
    setenv("AKASHI_PASSPHRASE_FILE", other.p, 1);
    assert_true(passphrase_get(&ask, &got, &t->e));
    check_str(secret_str(&got), "of the file");
    secret_free(&got);
    unlink(other.p);
    assert_false(passphrase_get(&ask, &got, &t->e));
    assert_int_equal(t->e.kind, ERR_ENV);
    unlink(path.p);
    rmdir(folder);
    unsetenv("AKASHI_PASSPHRASE_FILE");
    unsetenv("CREDENTIALS_DIRECTORY");
}

/* ── at a terminal ── */

/* What somebody in front of it sees, until `want` was among it. */
static void see(int terminal, struct buf *seen, const char *want) {
    struct pollfd p = {.fd = terminal, .events = POLLIN};
    while (str_find(buf_str(seen), str_of(want)) == STR_NONE) {
        char piece[256];
        if (poll(&p, 1, 20000) != 1)
            fail_msg("\"%s\" does not come; seen: %.*s", want, STR_ARG(buf_str(seen)));
        ssize_t n = read(terminal, piece, sizeof piece);
        if (n <= 0)
            fail_msg("\"%s\" does not come; seen: %.*s", want, STR_ARG(buf_str(seen)));
        buf_add(seen, str_n(piece, (size_t)n));
    }
}
static bool echoes(int terminal) {
    struct termios s;
    assert_int_equal(tcgetattr(terminal, &s), 0);
    return s.c_lflag & ECHO;
}
static void type(int terminal, const char *text) {
    assert_int_equal(write(terminal, text, strlen(text)), strlen(text));
}

/* A bare chroot has no /dev/pts: nothing can be typed there. */
static bool has_terminals(void) {
    int master, slave;
    if (openpty(&master, &slave, NULL, NULL, NULL) != 0)
        return false;
    const char *name = ttyname(slave);
    bool good = name && access(name, R_OK | W_OK) == 0;
    close(master);
    close(slave);
    return good;
}

/* The child gets a passphrase and says what it got: a line for us, and its exit code. */
static pid_t child(int *terminal, bool fresh) {
    pid_t pid = forkpty(terminal, NULL, NULL, NULL);
    if (pid != 0)
        return pid;
    struct passphrase_ask ask = {.subject = S("key"), .fresh = fresh};
    struct secret got;
    struct err e = {0};
    bool ok = passphrase_get(&ask, &got, &e);
    dprintf(1, "%s:%zu:%s|", ok ? "got" : "refused", ok ? got.n : 0, e.what);
    _exit(ok ? 0 : 1);
}
static int end_of(pid_t pid, int terminal, struct buf *seen) {
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    close(terminal);
    buf_free(seen);
    return status;
}

static void typed_and_not_shown(void **state) {
    if (!has_terminals())
        skip();
    (void)state;
    struct buf seen = {0};
    int terminal;
    pid_t pid = child(&terminal, false);
    see(terminal, &seen, "Passphrase for key: ");
    assert_false(echoes(terminal));
    type(terminal, "open sesame\n");
    see(terminal, &seen, "got:11:|");
    assert_true(echoes(terminal));
    assert_true(str_find(buf_str(&seen), S("sesame")) == STR_NONE);
    assert_int_equal(end_of(pid, terminal, &seen), 0);
}

static void a_new_one_is_typed_twice(void **state) {
    if (!has_terminals())
        skip();
    (void)state;
    static const struct {
        const char *first, *second, *says;
        int code;
    } rows[] = {{"one\n", "one\n", "got:3:|", 0},
                {"one\n", "two\n", "refused:0:the two passphrases differ|", 1},
                {"\n", NULL, "refused:0:the passphrase is empty|", 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf seen = {0};
        int terminal;
        pid_t pid = child(&terminal, true);
        see(terminal, &seen, "New passphrase for key: ");
        type(terminal, rows[i].first);
        if (rows[i].second) {
            see(terminal, &seen, "The same again: ");
            type(terminal, rows[i].second);
        }
        see(terminal, &seen, rows[i].says);
        assert_true(echoes(terminal));
        assert_int_equal(WEXITSTATUS(end_of(pid, terminal, &seen)), rows[i].code);
    }
}

/* ^C ends the process, and the terminal shows again what is typed; so does a signal from elsewhere. */
static void a_signal_finds_the_terminal_as_it_was(void **state) {
    if (!has_terminals())
        skip();
    (void)state;
    for (int from_keys = 0; from_keys < 2; from_keys++) {
        struct buf seen = {0};
        int terminal, status;
        pid_t pid = child(&terminal, false);
        see(terminal, &seen, "Passphrase for key: ");
        assert_false(echoes(terminal));
        if (from_keys)
            type(terminal, "half\003");
        else
            kill(pid, SIGTERM);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), from_keys ? SIGINT : SIGTERM);
        assert_true(echoes(terminal));
        close(terminal);
        buf_free(&seen);
    }
}

static void without_a_terminal(void **state) {
    (void)state;
    int p[2], status;
    assert_int_equal(pipe(p), 0);
    pid_t pid = fork();
    if (pid == 0) {
        setsid();
        struct passphrase_ask ask = {.subject = S("key")};
        struct secret got;
        struct err e = {0};
        bool ok = passphrase_get(&ask, &got, &e);
        dprintf(p[1], "%d%d%s", ok, e.kind == ERR_ENV, strstr(e.hint, "AKASHI_PASSPHRASE_FILE") ? "hint" : "");
        _exit(0);
    }
    char said[16] = {0};
    close(p[1]);
    assert_true(read(p[0], said, sizeof said - 1) > 0);
    close(p[0]);
    waitpid(pid, &status, 0);
    assert_string_equal(said, "01hint");
}

int main(void) {
    unsetenv("AKASHI_PASSPHRASE_FILE");
    unsetenv("CREDENTIALS_DIRECTORY");
    const struct CMUnitTest tests[] = {
        TEST(from_a_file),
        TEST(the_file_goes_before_the_credential),
        TEST(typed_and_not_shown),
        TEST(a_new_one_is_typed_twice),
        TEST(a_signal_finds_the_terminal_as_it_was),
        TEST(without_a_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
