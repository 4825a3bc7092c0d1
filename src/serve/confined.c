/* SPDX-License-Identifier: Apache-2.0
 *
 * The side outside: which processes there are, and what is said to one.
 */
#include "serve/confined.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/wire.h"
#include "impact/sheet_form.h"
#include "serve/confine.h"
#include "serve/confined_inner.h"

struct reader {
    struct reader *next;
    pid_t pid;
    int fd;
    uint64_t whose; /* 0: nobody's yet */
    unsigned documents;
    bool tired; /* not to be asked again */
};

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

static int64_t milliseconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

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

static struct reader *take(struct readers *r, str whose, const atomic_bool *stop, struct err *e) {
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

static void give_back(struct readers *r, struct reader *x) {
    x->documents++;
    x->tired = x->tired || x->documents >= READER_DOCUMENTS;
    if (x->tired)
        (void)reader_end(x, false, NULL);
    pthread_mutex_lock(&r->lock);
    r->documents++;
    if (x->tired) {
        r->running--;
        pthread_cond_signal(&r->used);
    } else {
        x->next = r->idle;
        r->idle = x;
    }
    pthread_cond_signal(&r->freed);
    pthread_mutex_unlock(&r->lock);
}

static void lose(struct readers *r, struct reader *x, int *status) {
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
    r->has_ahead = plan->spare && pthread_create(&r->ahead, NULL, keep_ahead, r) == 0;
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

/* ── what is said to one ── */

struct talk {
    const struct reading_plan *plan;
    struct reader *x;
    int64_t until;
    bool late, stopped;
};

static bool wait_for(struct talk *t, short what) {
    struct pollfd p = {.fd = t->x->fd, .events = what};
    for (;;) {
        int64_t left = t->until - milliseconds();
        t->stopped = t->plan->stop && atomic_load(t->plan->stop);
        t->late = left <= 0;
        if (t->late || t->stopped)
            return false;
        int n = poll(&p, 1, left < 200 ? (int)left : 200);
        if (n > 0)
            return true;
        if (n < 0 && errno != EINTR)
            return false;
    }
}

static bool say(struct talk *t, str s) {
    while (s.n) {
        ssize_t n = send(t->x->fd, s.p, s.n, MSG_NOSIGNAL);
        if (n > 0)
            s = str_from(s, (size_t)n);
        else if (n < 0 && errno == EINTR)
            continue;
        else if (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK) || !wait_for(t, POLLOUT))
            return false;
    }
    return true;
}

static bool hear(struct talk *t, char *to, size_t n) {
    while (n) {
        ssize_t got = read(t->x->fd, to, n);
        if (got > 0) {
            to += got;
            n -= (size_t)got;
        } else if (got < 0 && errno == EINTR) {
            continue;
        } else if (got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK) || !wait_for(t, POLLIN)) {
            return false;
        }
    }
    return true;
}

static bool ask(struct talk *t) {
    struct buf head = {0};
    wire_put_number(&head, t->plan->kind);
    wire_put_text(&head, str_of(strcmp(t->plan->lang, "ja") == 0 ? "ja" : "en"));
    wire_put_text(&head, str_upto(t->plan->name.p ? t->plan->name : S(""), NAME_MOST));
    wire_put_number(&head, (uint32_t)t->plan->text.n);
    bool small = t->plan->text.n <= HEAD_MOST; /* one call for both */
    if (small)
        buf_add(&head, t->plan->text);
    bool ok = say(t, buf_str(&head)) && (small || say(t, t->plan->text));
    buf_free(&head);
    return ok;
}

/* What is handed over grows with the document, and is bounded whatever the other side claims. */
static bool listen_to(struct talk *t, char *what, struct buf *b) {
    enum { ROOM = 32 << 20, TIMES = 4, STEP = 1 << 20 };
    char head[5];
    if (!hear(t, head, sizeof head))
        return false;
    struct wire w = {.rest = str_n(head + 1, 4)};
    size_t n = wire_number(&w, UINT32_MAX);
    *what = head[0];
    if (n > ROOM + TIMES * t->plan->text.n)
        return false;
    while (b->n < n) {
        size_t step = n - b->n < STEP ? n - b->n : STEP;
        if (!hear(t, buf_room(b, step), step))
            return false;
        b->n += step;
    }
    return true;
}

/* Its first word: whether the kernel could do all of it. */
static bool greet(struct readers *r, struct talk *t) {
    char how;
    if (t->x->documents)
        return true;
    if (!hear(t, &how, 1))
        return false;
    pthread_mutex_lock(&r->lock);
    bool tell = how == READER_UNCONFINED && !r->told;
    r->told = r->told || tell;
    pthread_mutex_unlock(&r->lock);
    if (tell && r->plan.unconfined)
        r->plan.unconfined(r->plan.of);
    return how == READER_CONFINED || how == READER_UNCONFINED;
}

static bool why(const struct talk *t, int status, struct err *e) {
    str name = t->plan->name;
    if (t->stopped)
        return err_set(e, ERR_INPUT, name, _("stopped"));
    if (t->late)
        return err_set(e, ERR_LIMIT, name, _("reading this document takes too long or says too much"));
    if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL)
        return err_set(e, ERR_INPUT, name,
                       _("the process that tried this document was ended by signal %d; nothing else was harmed"),
                       WTERMSIG(status));
    return err_set(e, ERR_LIMIT, name, _("this document needs more memory or time than one may have"));
}

static bool fault_of(str bytes, struct err *e) {
    struct wire w = {.rest = bytes};
    wire_err(&w, e);
    return wire_end(&w);
}

/* The frame, or what went wrong; a process that did not answer as it should is not asked again. */
static bool converse(struct readers *r, const struct reading_plan *plan, char want, struct buf *out, struct err *e) {
    struct talk t = {.plan = plan, .until = milliseconds() + (int64_t)plan->seconds * 1000};
    char what = 0;
    int status = 0;
    if (plan->text.n > DOCUMENT_MOST)
        return err_set(e, ERR_LIMIT, plan->name, _("this is more than may be sent here"));
    t.x = take(r, plan->whose, plan->stop, e);
    if (!t.x)
        return false;
    bool heard = greet(r, &t) && ask(&t) && listen_to(&t, &what, out);
    bool fault = heard && what == FRAME_FAULT && fault_of(buf_str(out), e);
    if (heard && (what == want || fault)) {
        t.x->tired = plan->text.n > READER_BYTES;
        give_back(r, t.x);
        return !fault;
    }
    lose(r, t.x, &status);
    return why(&t, status, e);
}

bool readers_gist(struct readers *r, const struct reading_plan *plan, struct arena *a, struct gist *out,
                  struct err *e) {
    struct buf b = {0};
    bool ok = converse(r, plan, FRAME_GIST, &b, e) && gist_read(a, arena_str(a, buf_str(&b)), out, e);
    buf_free(&b);
    return ok;
}

bool readers_sheet(struct readers *r, const struct reading_plan *plan, struct ctx *c, struct arena *a,
                   struct sheet *out, struct err *e) {
    struct buf b = {0};
    bool ok = converse(r, plan, FRAME_SHEET, &b, e) && sheet_take(c, a, arena_str(a, buf_str(&b)), out, e);
    buf_free(&b);
    if (ok)
        out->where = arena_str(a, plan->name);
    return ok;
}
