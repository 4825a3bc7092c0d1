/* SPDX-License-Identifier: Apache-2.0
 *
 * The side outside: what is said to a process that reads, and what it answers.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/wire.h"
#include "impact/sheet_form.h"
#include "sbom/sketch.h"
#include "seal/bundle_form.h"
#include "serve/confined_inner.h"
#include "vuln/compile_form.h"
#include "vuln/import_compiled.h"

/* ── what is said to one ── */

/* One document: begun, frames heard, ended. */
struct talk {
    struct readers *of;
    const struct reading_plan *plan;
    struct reader *x;
    int64_t left; /* milliseconds it may still take to answer; what happens here between two frames is not counted */
    int64_t until;
    bool late, stopped;
};

static int64_t milliseconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

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
    wire_put_text(&head, t->plan->more.p ? t->plan->more : S(""));
    wire_put_number(&head, (uint32_t)t->plan->text.n);
    bool small = t->plan->text.n <= HEAD_MOST; /* one call for both */
    if (small)
        buf_add(&head, t->plan->text);
    bool ok = say(t, buf_str(&head)) && (small || say(t, t->plan->text));
    buf_free(&head);
    return ok;
}

/* What is handed over grows with the document, and is bounded whatever the other side claims. */
static size_t frame_most(const struct talk *t) {
    enum { ROOM = 32 << 20, ROOM_ADVISORIES = 256 << 20 /* which come as small archives of much text */, TIMES = 4 };
    return (t->plan->kind == IMPORT_ADVISORIES ? ROOM_ADVISORIES : ROOM) + TIMES * t->plan->text.n;
}

static bool hear_frame(struct talk *t, char *what, struct buf *b) {
    enum { STEP = 1 << 20 };
    char head[5];
    buf_clear(b);
    if (!hear(t, head, sizeof head))
        return false;
    struct wire w = {.rest = str_n(head + 1, 4)};
    size_t n = wire_number(&w, UINT32_MAX);
    *what = head[0];
    if (n > frame_most(t))
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
static bool greet(struct talk *t) {
    char how;
    if (t->x->documents)
        return true;
    if (!hear(t, &how, 1))
        return false;
    if (how == READER_UNCONFINED)
        readers_unconfined(t->of);
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

/* ── one document ── */

static bool talk_begin(struct talk *t, struct readers *r, const struct reading_plan *plan, struct err *e) {
    *t = (struct talk){.of = r, .plan = plan, .left = (int64_t)plan->seconds * 1000};
    if (plan->text.n > DOCUMENT_MOST || plan->more.n > MORE_MOST)
        return err_set(e, ERR_LIMIT, plan->name, _("this is more than may be sent here"));
    t->x = readers_take(r, plan->whose, plan->stop, e);
    return t->x != NULL;
}

/* False: it did not answer as it should. */
static bool talk_hear(struct talk *t, bool first, char *what, struct buf *b) {
    int64_t begun = milliseconds();
    t->until = begun + t->left;
    bool ok = (!first || (greet(t) && ask(t))) && hear_frame(t, what, b);
    t->left -= milliseconds() - begun;
    return ok;
}

/* One that answered as it should is asked again, others are not: then e says why, and the answer is false. */
static bool talk_end(struct talk *t, bool well, struct err *e) {
    int status = 0;
    if (well) {
        t->x->tired = t->plan->text.n > READER_BYTES;
        readers_give_back(t->of, t->x);
        return true;
    }
    readers_lose(t->of, t->x, &status);
    return why(t, status, e);
}

/* The one frame, or what went wrong. */
bool readers_converse(struct readers *r, const struct reading_plan *plan, char want, struct buf *out, struct err *e) {
    struct talk t;
    char what = 0;
    if (!talk_begin(&t, r, plan, e))
        return false;
    bool heard = talk_hear(&t, true, &what, out);
    bool fault = heard && what == FRAME_FAULT && fault_of(buf_str(out), e);
    return talk_end(&t, heard && (what == want || fault), e) && !fault;
}

bool readers_gist(struct readers *r, const struct reading_plan *plan, struct arena *a, struct gist *out,
                  struct err *e) {
    struct buf b = {0};
    bool ok = readers_converse(r, plan, FRAME_GIST, &b, e) && gist_read(a, arena_str(a, buf_str(&b)), out, e);
    buf_free(&b);
    return ok;
}

bool readers_sheet(struct readers *r, const struct reading_plan *plan, struct ctx *c, struct arena *a,
                   struct sheet *out, struct err *e) {
    struct buf b = {0};
    bool ok = readers_converse(r, plan, FRAME_SHEET, &b, e) && sheet_take(c, a, arena_str(a, buf_str(&b)), out, e);
    buf_free(&b);
    if (ok)
        out->where = arena_str(a, plan->name);
    return ok;
}

bool readers_sketch(struct readers *r, const struct reading_plan *plan, struct arena *a, struct sbom **out,
                    struct err *e) {
    struct buf b = {0};
    bool ok = readers_converse(r, plan, FRAME_SKETCH, &b, e) && sbom_of_sketch(a, arena_str(a, buf_str(&b)), out, e);
    buf_free(&b);
    return ok;
}

bool readers_bundle(struct readers *r, const struct reading_plan *plan, struct arena *a, struct bundle *out,
                    struct err *e) {
    struct buf b = {0};
    bool ok = readers_converse(r, plan, FRAME_BUNDLE, &b, e) && bundle_take(a, arena_str(a, buf_str(&b)), out, e);
    buf_free(&b);
    return ok;
}

/* ── advisories: as many frames as there are parts ── */

struct taking {
    struct talk talk;
    const struct reading_faults *to;
    struct buf b;
    bool begun, over, well; /* over: nothing more is heard; well: it answered as it should until then */
    uint64_t documents;
};

static bool take_records(struct taking *k, struct compiler *out, struct err *e) {
    struct wire w = {.rest = buf_str(&k->b)};
    uint64_t n = wire_wide(&w);
    if (w.bad || !compiler_take(out, w.rest, e))
        return false;
    out->documents = n;
    k->documents += n;
    return true;
}

/* How many documents could not be read; the first of them were told before. */
static bool take_end(struct taking *k, struct err *e) {
    struct wire w = {.rest = buf_str(&k->b)};
    uint64_t faulty = wire_wide(&w);
    if (!wire_end(&w))
        return false;
    k->over = k->well = true;
    k->to->all(k->to->arg, faulty);
    return k->documents || !faulty || err_set(e, ERR_INPUT, k->talk.plan->name, "%s", _("none of it can be read"));
}

static bool next_part(void *arg, struct compiler *out, bool *more, struct err *e) {
    struct taking *k = arg;
    struct err bad;
    char what;
    for (;;) {
        bool heard = talk_hear(&k->talk, !k->begun, &what, &k->b);
        k->begun = true;
        if (heard && what == FRAME_FAULT && fault_of(buf_str(&k->b), &bad)) {
            k->to->one(k->to->arg, &bad);
            continue;
        }
        if (heard && what == FRAME_RECORDS && take_records(k, out, e))
            return true;
        *more = false;
        k->over = true;
        return heard && what == FRAME_END && take_end(k, e);
    }
}

bool readers_advisories(struct readers *r, const struct reading_plan *plan, const struct reading_faults *to,
                        struct ctx *c, str db, struct import_result *out, struct err *e) {
    struct taking k = {.to = to};
    const struct compiled_source source = {next_part, &k};
    struct err why_not = {0};
    if (!talk_begin(&k.talk, r, plan, e))
        return false;
    bool ok = advdb_import_compiled(c, db, &source, out, e);
    if (!talk_end(&k.talk, k.well, &why_not) && !ok && k.over)
        *e = why_not;
    buf_free(&k.b);
    return ok;
}
