/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/following.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const int endings[] = {SIGTERM, SIGINT, SIGHUP};
enum { ENDINGS = sizeof endings / sizeof *endings };

static sigset_t heard(void) {
    sigset_t set;
    struct sigaction now;
    sigemptyset(&set);
    for (int i = 0; i < ENDINGS; i++)
        if (endings[i] != SIGHUP || (sigaction(SIGHUP, NULL, &now) == 0 && now.sa_handler != SIG_IGN))
            sigaddset(&set, endings[i]);
    return set;
}

/* ── what ctx_ending() tells ── */

struct ending {
    atomic_llong since; /* on the clock that only goes forward; 0: not asked to */
    bool listens;       /* to the signals that wait; else ending_now() says it */
};

static int64_t clock_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void note(struct ending *x) {
    long long never = 0;
    atomic_compare_exchange_strong(&x->since, &never, clock_ms());
}

static int64_t asked(void *of) {
    struct ending *x = of;
    if (x->listens && !atomic_load(&x->since) && following_over())
        note(x);
    int64_t since = atomic_load(&x->since);
    return since ? clock_ms() - since : -1;
}

static void tell(struct cli *cli, bool listens) {
    struct ending *x = arena_new_of(cli->arena, struct ending);
    atomic_init(&x->since, 0);
    x->listens = listens;
    cli->ctx->asked_of = x;
    cli->ctx->asked_to_end = asked;
}

void ending_begin(struct cli *cli) { tell(cli, false); }
void ending_now(struct cli *cli) {
    if (cli->ctx->asked_to_end)
        note(cli->ctx->asked_of);
}

/* ── signals ── */

void following_begin(struct cli *cli) {
    const struct sigaction as_usual = {.sa_handler = SIG_DFL};
    sigset_t set = heard();
    sigaction(SIGTERM, &as_usual, NULL); /* a shell has its jobs ignore SIGINT */
    sigaction(SIGINT, &as_usual, NULL);
    sigprocmask(SIG_BLOCK, &set, NULL);
    tell(cli, true);
}

bool following_over(void) {
    sigset_t set = heard(), waiting;
    if (sigpending(&waiting) != 0)
        return false;
    for (int i = 0; i < ENDINGS; i++)
        if (sigismember(&set, endings[i]) && sigismember(&waiting, endings[i]))
            return true;
    return false;
}

bool following_pause(int64_t milliseconds) {
    const struct timespec pause = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000};
    sigset_t set = heard();
    return sigtimedwait(&set, NULL, &pause) < 0;
}

/* ── what goes wrong meanwhile ── */

void following_failed(struct cli *cli, const struct err *e, struct err *said) {
    if (said->kind == e->kind && strcmp(said->where, e->where) == 0 && strcmp(said->what, e->what) == 0)
        return;
    *said = *e;
    (void)cli_fail(cli, e);
}

void following_works(struct err *said) {
    if (said->kind)
        fprintf(stderr, "%s", _("akashi: what failed works again\n"));
    *said = (struct err){0};
}
