/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/following.h"

#include <signal.h>
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

void following_begin(void) {
    const struct sigaction as_usual = {.sa_handler = SIG_DFL};
    sigset_t set = heard();
    sigaction(SIGTERM, &as_usual, NULL); /* a shell has its jobs ignore SIGINT */
    sigaction(SIGINT, &as_usual, NULL);
    sigprocmask(SIG_BLOCK, &set, NULL);
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
