/* SPDX-License-Identifier: Apache-2.0
 *
 * The side outside: which processes there are.
 */
#include "serve/confined.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/pool.h"
#include "serve/confine.h"
#include "serve/confined_inner.h"

struct readers {
    struct readers_plan plan;
    pthread_mutex_t lock; /* over all that follows */
    pthread_cond_t freed; /* a process, or the room for one */
    pthread_cond_t used;  /* for the one who starts them ahead */
    struct reader *idle;  /* the one used last in front */
    unsigned running, fresh;
    bool closing, told;
    uint64_t started, documents, lost;
    pthread_t ahead;
    bool has_ahead;
};

/* ── a process ── */

static bool spawn(const struct readers *r, int inner, pid_t *pid) {
    char *const argv[] = {(char *)(uintptr_t) "akashi", (char *)(uintptr_t) "plumb", (char *)(uintptr_t) "reader",
                          NULL};
    char *const env[] = {(char *)(uintptr_t) "LC_ALL=C", (char *)(uintptr_t) "ASAN_OPTIONS=detect_leaks=0", NULL};
    return confine_start(r->plan.program, argv, env, inner, inner, pid);
}

static struct reader *reader_start(const struct readers *r) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return NULL;
    struct reader *x = calloc(1, sizeof *x);
    if (!x)
        abort();
    bool ok = spawn(r, ends[1], &x->pid) && fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0;
    int why = errno;
    close(ends[1]);
    x->fd = ends[0];
    if (ok)
        return x;
    close(x->fd);
    free(x);
    errno = why;
    return NULL;
}

/* True when it ended by itself. */
static bool reader_end(struct reader *x, bool now, int *status) {
    int how = 0;
    close(x->fd); /* it sees the end, when it looks */
    if (now)
        kill(x->pid, SIGKILL);
    while (waitpid(x->pid, &how, 0) < 0 && errno == EINTR)
        ;
    if (status)
        *status = how;
    free(x);
    return WIFEXITED(how) && WEXITSTATUS(how) == 0;
}

/* ── which ones there are ── */

static uint64_t key_of(str whose) { return hash_bytes(whose) | 1; }

static struct reader *unlink_reader(struct readers *r, uint64_t whose, bool any) {
    for (struct reader **at = &r->idle; *at; at = &(*at)->next)
        if (any || (*at)->whose == whose) {
            struct reader *x = *at;
            *at = x->next;
            r->fresh -= !x->whose;
            return x;
        }
    return NULL;
}

/* One of this person's, a fresh one, a new one, or a new one in place of another person's: in this order. Under the
 * lock, which is left while a process starts. *failed: none can be started. */
static struct reader *find(struct readers *r, uint64_t whose, bool *failed) {
    struct reader *x = unlink_reader(r, whose, false), *other = NULL;
    if (!x)
        x = unlink_reader(r, 0, false);
    if (x || (r->running >= r->plan.most && !(other = unlink_reader(r, 0, true))))
        return x;
    r->running += !other;
    r->started++;
    pthread_mutex_unlock(&r->lock);
    if (other)
        (void)reader_end(other, true, NULL);
    x = reader_start(r);
    pthread_mutex_lock(&r->lock);
    *failed = !x;
    r->running -= !x;
    return x;
}

struct reader *readers_take(struct readers *r, str whose, const atomic_bool *stop, struct err *e) {
    struct reader *x;
    bool failed = false;
    pthread_mutex_lock(&r->lock);
    while (!(x = find(r, key_of(whose), &failed)) && !failed && !(stop && atomic_load(stop)))
        pthread_cond_wait(&r->freed, &r->lock);
    if (x)
        x->whose = key_of(whose);
    pthread_cond_signal(&r->used);
    pthread_mutex_unlock(&r->lock);
    if (!x)
        (void)(failed ? err_errno(e, (str){NULL, 0}, _("cannot start the process that reads documents"))
                      : err_set(e, ERR_INPUT, (str){NULL, 0}, _("stopped")));
    return x;
}

void readers_give_back(struct readers *r, struct reader *x) {
    bool tired = x->tired || ++x->documents >= READER_DOCUMENTS;
    if (tired)
        (void)reader_end(x, false, NULL);
    pthread_mutex_lock(&r->lock);
    r->documents++;
    if (tired) {
        r->running--;
        pthread_cond_signal(&r->used);
    } else {
        x->next = r->idle;
        r->idle = x;
    }
    pthread_cond_signal(&r->freed);
    pthread_mutex_unlock(&r->lock);
}

void readers_lose(struct readers *r, struct reader *x, int *status) {
    bool ended = reader_end(x, true, status);
    pthread_mutex_lock(&r->lock);
    r->running--;
    r->lost += !ended;
    pthread_cond_signal(&r->used);
    pthread_cond_signal(&r->freed);
    pthread_mutex_unlock(&r->lock);
}

/* Starts some before anybody needs them. */
static void *keep_ahead(void *arg) {
    struct readers *r = arg;
    pthread_mutex_lock(&r->lock);
    while (!r->closing) {
        if (r->fresh >= r->plan.spare || r->running >= r->plan.most) {
            pthread_cond_wait(&r->used, &r->lock);
            continue;
        }
        r->running++;
        r->started++;
        pthread_mutex_unlock(&r->lock);
        struct reader *x = reader_start(r);
        pthread_mutex_lock(&r->lock);
        if (!x) { /* whoever needs one tells why */
            r->running--;
            pthread_cond_wait(&r->used, &r->lock);
            continue;
        }
        struct reader **at = &r->idle;
        while (*at)
            at = &(*at)->next;
        *at = x;
        r->fresh++;
        pthread_cond_signal(&r->freed);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

void readers_open(const struct readers_plan *plan, struct readers **out) {
    struct readers *r = calloc(1, sizeof *r);
    if (!r)
        abort();
    r->plan = *plan;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->freed, NULL);
    pthread_cond_init(&r->used, NULL);
    r->has_ahead = plan->spare && thread_start(&r->ahead, keep_ahead, r);
    *out = r;
}

void readers_close(struct readers *r) {
    if (!r)
        return;
    pthread_mutex_lock(&r->lock);
    r->closing = true;
    pthread_cond_signal(&r->used);
    pthread_mutex_unlock(&r->lock);
    if (r->has_ahead)
        pthread_join(r->ahead, NULL);
    for (struct reader *x; (x = r->idle);) {
        r->idle = x->next;
        (void)reader_end(x, true, NULL);
    }
    pthread_cond_destroy(&r->freed);
    pthread_cond_destroy(&r->used);
    pthread_mutex_destroy(&r->lock);
    free(r);
}

struct readers_state readers_state(struct readers *r) {
    pthread_mutex_lock(&r->lock);
    struct readers_state s = {r->running, r->started, r->documents, r->lost};
    pthread_mutex_unlock(&r->lock);
    return s;
}

void readers_unconfined(struct readers *r) {
    pthread_mutex_lock(&r->lock);
    bool tell = !r->told;
    r->told = true;
    pthread_mutex_unlock(&r->lock);
    if (tell && r->plan.unconfined)
        r->plan.unconfined(r->plan.of);
}
