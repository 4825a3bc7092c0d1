/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/passphrase.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"

static str without_line_end(str s) {
    if (str_ends(s, S("\n")))
        s.n--;
    if (str_ends(s, S("\r")))
        s.n--;
    return s;
}
/* out has PASSPHRASE_MOST + 2 bytes, room for a line end. */
static bool cut_to(struct secret *out, size_t n, str where, struct err *e) {
    out->n = without_line_end(str_n((const char *)out->p, n)).n;
    if (out->n > PASSPHRASE_MOST)
        return err_set(e, ERR_LIMIT, where, _("a passphrase may have %d bytes at most"), PASSPHRASE_MOST);
    return out->n > 0 || err_set(e, ERR_INPUT, where, _("the passphrase is empty"));
}

static bool from_file(str path, enum secret_care care, struct secret *out, struct err *e) {
    struct secret text;
    if (!secret_file_read(path, PASSPHRASE_MOST + 2, care, &text, e))
        return false;
    memcpy(out->p, text.p, text.n);
    bool ok = cut_to(out, text.n, path, e);
    secret_free(&text);
    return ok;
}

/* ── from the terminal ── */

/* Signals are held back while the terminal is silent, and let through when it speaks again: whatever they do then (end
 * the process, stop it) happens with the terminal as it was. */
struct terminal {
    int fd, signals;
    sigset_t before, held;
    struct termios normal;
};

static void silent(struct terminal *t) {
    struct termios s = t->normal;
    s.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK);
    s.c_lflag |= ECHONL | ICANON;
    (void)tcsetattr(t->fd, TCSAFLUSH, &s);
}
static void normal(struct terminal *t) { (void)tcsetattr(t->fd, TCSAFLUSH, &t->normal); }

static bool terminal_open(struct terminal *t, struct err *e) {
    static const int held[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGALRM};
    t->signals = -1;
    t->fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (t->fd < 0 || tcgetattr(t->fd, &t->normal) != 0) {
        if (t->fd >= 0)
            close(t->fd);
        err_set(e, ERR_ENV, (str){NULL, 0}, _("a passphrase is needed, and there is no terminal to ask on"));
        return err_hint(e, "%s", _("AKASHI_PASSPHRASE_FILE may name a file that holds it (chmod 600)"));
    }
    sigemptyset(&t->held);
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        sigaddset(&t->held, held[i]);
    pthread_sigmask(SIG_BLOCK, &t->held, &t->before);
    t->signals = signalfd(-1, &t->held, SFD_CLOEXEC | SFD_NONBLOCK);
    return true;
}
static void terminal_close(struct terminal *t) {
    normal(t);
    if (t->signals >= 0)
        close(t->signals);
    close(t->fd);
    pthread_sigmask(SIG_SETMASK, &t->before, NULL);
}

static bool say(const struct terminal *t, str text) {
    while (text.n) {
        ssize_t n = write(t->fd, text.p, text.n);
        if (n < 0 && errno != EINTR)
            return false;
        text = str_from(text, n > 0 ? (size_t)n : 0);
    }
    return true;
}

/* Waits for a line; false when a signal came first. */
static bool line_or_signal(const struct terminal *t) {
    struct pollfd on[] = {{.fd = t->fd, .events = POLLIN}, {.fd = t->signals, .events = POLLIN}};
    while (poll(on, 2, -1) < 0 && errno == EINTR)
        ;
    return !(on[1].revents & POLLIN);
}

static bool ask_once(struct terminal *t, str question, struct secret *out, struct err *e) {
    for (;;) {
        silent(t);
        if (!say(t, question))
            return err_errno(e, S("/dev/tty"), _("cannot write"));
        if (line_or_signal(t))
            break;
        normal(t);
        pthread_sigmask(SIG_SETMASK, &t->before, NULL); /* here it comes */
        pthread_sigmask(SIG_BLOCK, &t->held, NULL);
    }
    ssize_t n = read(t->fd, out->p, out->n);
    normal(t);
    if (n <= 0)
        return err_set(e, ERR_INPUT, S("/dev/tty"), _("the passphrase is empty"));
    return cut_to(out, (size_t)n, S("/dev/tty"), e);
}

static bool from_terminal(const struct passphrase_ask *ask, struct secret *out, struct err *e) {
    struct terminal t;
    struct arena *a = arena_new();
    struct secret again = secret_new(out->n);
    if (!terminal_open(&t, e)) {
        arena_free(a);
        secret_free(&again);
        return false;
    }
    str first = ask->fresh ? arena_printf(a, _("New passphrase for %.*s: "), STR_ARG(ask->subject))
                           : arena_printf(a, _("Passphrase for %.*s: "), STR_ARG(ask->subject));
    bool ok = ask_once(&t, first, out, e);
    if (ok && ask->fresh) {
        ok = ask_once(&t, str_of(_("The same again: ")), &again, e);
        if (ok && !same_bytes(secret_str(out), secret_str(&again)))
            ok = err_set(e, ERR_INPUT, S("/dev/tty"), _("the two passphrases differ"));
    }
    terminal_close(&t);
    secret_free(&again);
    arena_free(a);
    return ok;
}

bool passphrase_get(struct passphrase_ask *ask, struct secret *out, struct err *e) {
    const char *file = getenv("AKASHI_PASSPHRASE_FILE"), *folder = getenv("CREDENTIALS_DIRECTORY");
    struct arena *a = arena_new();
    str credential = folder ? path_join(a, str_of(folder), S("akashi-passphrase")) : (str){NULL, 0};
    bool ok;
    *out = secret_new(PASSPHRASE_MOST + 2);
    ask->was_asked = false;
    if (file && *file)
        ok = from_file(str_of(file), SECRET_PRIVATE, out, e);
    else if (credential.p && path_exists(credential))
        ok = from_file(credential, SECRET_AS_IT_IS, out, e); /* systemd keeps its mode */
    else if (ask->no_terminal)
        ok = err_set(e, ERR_ENV, ask->subject, _("a passphrase is needed"));
    else
        ok = ask->was_asked = from_terminal(ask, out, e);
    arena_free(a);
    if (!ok)
        secret_free(out);
    return ok;
}
