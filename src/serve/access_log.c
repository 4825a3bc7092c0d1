/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/json.h"
#include "serve/call.h"
#include "serve/metrics.h"

struct access_log {
    char *path; /* NULL: standard error */
    int fd;
};

static bool open_it(struct access_log *l, int *fd, struct err *e) {
    *fd = open(l->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
    return *fd >= 0 || err_errno(e, str_of(l->path), _("cannot open the access log"));
}

bool access_log_open(str path, struct access_log **out, struct err *e) {
    struct access_log *l = calloc(1, sizeof *l);
    *out = NULL;
    if (!l)
        return err_errno(e, path, _("cannot open the access log"));
    l->fd = STDERR_FILENO;
    if (!str_is(path, "-"))
        l->path = strndup(path.p, path.n);
    if (l->path && !open_it(l, &l->fd, e)) {
        access_log_close(l);
        return false;
    }
    *out = l;
    return true;
}

/* The number stays the same, so that nobody writes to a closed file. */
bool access_log_again(struct access_log *l, struct err *e) {
    int fd;
    if (!l || !l->path)
        return true;
    if (!open_it(l, &fd, e))
        return false;
    bool ok = dup3(fd, l->fd, O_CLOEXEC) >= 0 || err_errno(e, str_of(l->path), _("cannot open the access log"));
    close(fd);
    return ok;
}

void access_log_close(struct access_log *l) {
    if (!l)
        return;
    if (l->path && l->fd > STDERR_FILENO)
        close(l->fd);
    free(l->path);
    free(l);
}

void access_log_write(struct access_log *l, const struct asked *asked, const struct ended *x) {
    const struct visit *v = asked->state;
    char text[32];
    struct tm tm;
    time_t now = time(NULL);
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    gmtime_r(&now, &tm);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    jw_obj(&w);
    jw_kstr(&w, "time", str_of(text));
    jw_kstr(&w, "id", asked->id);
    jw_kstr(&w, "method", str_of(v && v->api ? v->api->method : "-"));
    jw_kstr(&w, "route", str_of(v && v->api ? v->api->path : "-"));
    jw_kint(&w, "status", x->status);
    jw_kint(&w, "in", (int64_t)x->bytes_in);
    jw_kint(&w, "out", (int64_t)x->bytes_out);
    jw_kint(&w, "us", x->nanoseconds / 1000);
    if (v && v->user.n)
        jw_kstr(&w, "user", v->user);
    jw_obj_end(&w);
    buf_addc(&b, '\n');
    (void)!write(l->fd, b.p, b.n); /* one write, so that threads do not mix their lines */
    buf_free(&b);
}
