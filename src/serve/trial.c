/* SPDX-License-Identifier: Apache-2.0
 *
 * The side outside: starts the process, waits no longer than allowed, reads what it found.
 */
#include "serve/trial.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "serve/confine.h"

const char *const import_kind_words[IMPORT_KINDS] = {"sboms",    "advisories",  "parties",
                                                     "products", "deployments", "services"};

bool import_kind_of(str word, enum import_kind *out) {
    for (int i = 0; i < IMPORT_KINDS; i++)
        if (str_is(word, import_kind_words[i])) {
            *out = (enum import_kind)i;
            return true;
        }
    return false;
}

struct child {
    pid_t pid;
    int out; /* what it says */
};

static bool start(struct arena *a, const struct trial_plan *plan, struct child *child, struct err *e) {
    int ends[2], file = open(arena_cstr(a, plan->file), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0)
        return err_errno(e, plan->file, _("cannot open the file"));
    if (pipe2(ends, O_CLOEXEC) != 0) {
        close(file);
        return err_errno(e, plan->name, _("cannot start the process that tries documents"));
    }
    char *argv[] = {(char *)(uintptr_t) "akashi", (char *)(uintptr_t) "plumb",
                    (char *)(uintptr_t) "try",    (char *)(uintptr_t)import_kind_words[plan->kind],
                    arena_cstr(a, plan->name),    NULL};
    char *env[] = {(char *)(uintptr_t)(strcmp(plan->lang, "ja") == 0 ? "LC_ALL=ja_JP.UTF-8" : "LC_ALL=C"),
                   (char *)(uintptr_t) "ASAN_OPTIONS=detect_leaks=0", NULL};
    bool ok = confine_start(plan->program, argv, env, file, ends[1], &child->pid) ||
              err_errno(e, plan->name, _("cannot start the process that tries documents"));
    close(file);
    close(ends[1]);
    child->out = ends[0];
    if (!ok)
        close(ends[0]);
    return ok;
}

static int64_t seconds_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

enum { REPORT_MOST = 4 << 20 };
/* Until it closes its end; false: it was not to be waited for any longer. */
static bool listen_to(const struct trial_plan *plan, struct child *child, struct buf *b) {
    int64_t until = seconds_now() + plan->seconds;
    for (;;) {
        struct pollfd wait = {.fd = child->out, .events = POLLIN};
        if (seconds_now() >= until || (plan->stop && atomic_load(plan->stop)) || b->n > REPORT_MOST)
            return false;
        if (poll(&wait, 1, 200) <= 0)
            continue;
        ssize_t n = read(child->out, buf_room(b, 64 << 10), 64 << 10);
        if (n <= 0)
            return n == 0;
        b->n += (size_t)n;
    }
}

static bool ended_well(const struct trial_plan *plan, int status, bool heard, struct err *e) {
    if (plan->stop && atomic_load(plan->stop))
        return err_set(e, ERR_INPUT, plan->name, _("stopped"));
    if (!heard)
        return err_set(e, ERR_LIMIT, plan->name, _("reading this document takes too long or says too much"));
    if (WIFSIGNALED(status))
        return err_set(e, ERR_INPUT, plan->name,
                       _("the process that tried this document was ended by signal %d; nothing else was harmed"),
                       WTERMSIG(status));
    return WEXITSTATUS(status) == 0 ||
           err_set(e, ERR_LIMIT, plan->name, _("this document needs more memory or time than one may have"));
}

bool trial_run(struct ctx *c, struct arena *a, const struct trial_plan *plan, struct trial *out, struct err *e) {
    struct child child;
    struct buf b = {0};
    int status = 0;
    *out = (struct trial){0};
    if (!start(a, plan, &child, e))
        return false;
    bool heard = listen_to(plan, &child, &b);
    if (!heard)
        kill(child.pid, SIGKILL);
    while (waitpid(child.pid, &status, 0) < 0 && errno == EINTR)
        ;
    close(child.out);
    bool ok = ended_well(plan, status, heard, e) &&
              json_parse(c, a, arena_str(a, buf_str(&b)), JSON_STRICT, plan->name, &out->report, e);
    buf_free(&b);
    if (!ok)
        return false;
    out->confined = j_true(j_get(out->report.root, "confined"));
    out->documents = (uint64_t)j_int(j_get(out->report.root, "documents"), 0);
    out->faults = j_get(out->report.root, "faults");
    return true;
}
