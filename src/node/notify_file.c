/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/disk.h"
#include "node/notify_channel.h"

/* What a crash can leave behind is one line, whole or its beginning: one process sends, and the outbox notes a line as
 * sent before the next one. A line that may be there stands within the last two lines' worth of bytes. */
enum { SLACK_BYTES = 1 << 20 };

struct appending {
    struct delivering *d;
    const char *path;
    str line;      /* with its "\n" */
    uint64_t size; /* of the file */
    int fd;
};

static bool read_tail(struct appending *f, str *out, struct err *e) {
    uint64_t most = 2 * (uint64_t)f->line.n + SLACK_BYTES, n = f->size < most ? f->size : most;
    char *p = arena_room(f->d->a, (size_t)n + 1);
    *out = str_n(p, (size_t)n);
    return disk_read(f->fd, f->path, p, (size_t)n, f->size - n, e);
}

/* *there: the line stands in the file. Else *at is where it goes: behind the last whole line when what follows is the
 * beginning of ours, which an earlier try left; other halves of lines are somebody else's and get an end first. */
static bool look(struct appending *f, bool *there, uint64_t *at, struct err *e) {
    str tail, rest, line;
    *there = false;
    *at = f->size;
    if (!read_tail(f, &tail, e))
        return false;
    size_t last = str_rchr(tail, '\n');
    str torn = last == STR_NONE ? tail : str_from(tail, last + 1);
    if (torn.n && torn.n < f->line.n && memcmp(torn.p, f->line.p, torn.n) == 0) {
        *at = f->size - torn.n;
        return true;
    }
    for (rest = tail; str_next(&rest, '\n', &line) && !*there;)
        *there = str_eq(line, str_upto(f->line, f->line.n - 1)) && line.p + line.n < tail.p + tail.n;
    if (torn.n && !*there) /* also a file that does not end in a newline: its line must not run into ours */
        f->line = arena_printf(f->d->a, "\n%.*s", STR_ARG(f->line));
    return true;
}

static bool append(struct appending *f, struct err *e) {
    const struct ctx *c = f->d->ctx;
    bool there;
    uint64_t at;
    if (!disk_size(f->fd, f->path, &f->size, e) || !look(f, &there, &at, e))
        return false;
    if (!there && at < f->size && !disk_truncate(c, f->fd, f->path, at, e))
        return false;
    if (!there && !disk_write(c, f->fd, f->path, f->line, at, e))
        return false;
    return disk_sync(c, f->fd, f->path, e);
}

/* Another program may write there, too. */
static bool lock(struct delivering *d, int fd, struct err *e) {
    const struct timespec pause = {.tv_nsec = 50000000};
    while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK || ctx_over(d->ctx))
            return err_errno(e, d->to->path, _("cannot lock"));
        nanosleep(&pause, NULL);
    }
    return true;
}

static bool file(struct delivering *d, enum delivery *out, struct err *e) {
    struct appending f = {.d = d, .path = arena_cstr(d->a, d->to->path), .fd = -1};
    f.line = arena_printf(d->a, "%.*s\n", STR_ARG(d->row->body));
    *out = DELIVERY_LATER;
    if (!disk_open(d->ctx, f.path, O_RDWR | O_CREAT, 0640, &f.fd, NULL, e))
        return false;
    bool ok = lock(d, f.fd, e) && d->handing(d->of, e) && append(&f, e);
    close(f.fd);
    *out = ok ? DELIVERED : DELIVERY_LATER;
    return ok;
}
const struct channel notify_file = {.repeats = true, .deliver = file};
