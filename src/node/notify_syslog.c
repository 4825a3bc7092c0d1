/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/file.h"
#include "node/notify_channel.h"

/* RFC 5424 asks receivers to take 2,048 bytes; a datagram of 8 KiB passes every local socket. */
enum { FACILITY_AUTHPRIV = 10, MESSAGE_MOST = 8192, TEXT_MOST = 4096, WAIT_MS = 10000, SLICE_MS = 200 };

/* ── the line ── */

/* warning, error, critical, alert by rank */
static int severity_of(int64_t rank) { return rank >= 100 ? 1 : rank >= 66 ? 2 : rank >= 33 ? 3 : 4; }

static void add_param(struct buf *b, const char *name, str value) {
    if (!value.n)
        return;
    buf_addf(b, " %s=\"", name);
    for (size_t i = 0; i < value.n; i++) {
        if (strchr("\"\\]", value.p[i]))
            buf_addc(b, '\\');
        buf_addc(b, (unsigned char)value.p[i] < ' ' ? ' ' : value.p[i]);
    }
    buf_addc(b, '"');
}

/* As much as fits, ending with a whole character; line breaks become " / ". */
static void add_text(struct buf *b, str text) {
    size_t from = b->n, n = 0;
    while (n < text.n && b->n - from < TEXT_MOST) {
        uint32_t u;
        size_t more = str_rune(str_from(text, n), &u);
        more = more ? more : 1;
        if (text.p[n] == '\n')
            buf_addz(b, " / ");
        else
            buf_add(b, (unsigned char)text.p[n] < ' ' ? S(" ") : str_upto(str_from(text, n), more));
        n += more;
    }
}

static str line_of(struct delivering *d) {
    struct buf b = {0};
    struct jv root = d->doc.root;
    buf_addf(&b, "<%d>1 %.*s %.*s akashi %ld %.*s [akashi@32473",
             FACILITY_AUTHPRIV * 8 + severity_of(j_int(j_get(root, "rank"), 0)), STR_ARG(time_rfc3339(d->a, d->now)),
             STR_ARG(d->host), (long)getpid(), STR_ARG(str_upto(d->row->kind, 32)));
    add_param(&b, "id", d->row->key);
    add_param(&b, "about", str_upto(j_gets(root, "about"), 256));
    add_param(&b, "priority", j_gets(root, "priority"));
    add_param(&b, "party", str_upto(j_gets(root, "party"), 256));
    buf_addz(&b, "] \xEF\xBB\xBF");
    add_text(&b, d->row->subject);
    buf_addz(&b, " / ");
    add_text(&b, str_trim(j_gets(root, "text")));
    str out = arena_str(d->a, str_upto(buf_str(&b), MESSAGE_MOST));
    buf_free(&b);
    return out;
}

/* ── where to ── */

/* poll(2) of one, for WAIT_MS or until ctx_over(): 1 when it is ready. */
static int awaits(const struct delivering *d, int fd, short events) {
    struct pollfd p = {.fd = fd, .events = events};
    int ready = 0;
    for (int waited = 0; waited < WAIT_MS && !ready; waited += SLICE_MS) {
        if (ctx_over(d->ctx)) {
            errno = ECANCELED;
            return -1;
        }
        ready = poll(&p, 1, SLICE_MS);
        if (ready < 0 && errno == EINTR)
            ready = 0;
    }
    if (!ready)
        errno = ETIMEDOUT;
    return ready;
}

static bool dial_unix(struct delivering *d, str path, int *fd, struct err *e) {
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    if (!path.n || path.n >= sizeof at.sun_path)
        return err_set(e, ERR_INPUT, d->to->url, _("this is no usable file name"));
    memcpy(at.sun_path, path.p, path.n);
    *fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    return (*fd >= 0 && connect(*fd, (struct sockaddr *)&at, sizeof at) == 0) ||
           err_errno(e, d->to->url, _("cannot connect"));
}

/* connect(2) with an end. */
static bool connected(const struct delivering *d, int fd, const struct addrinfo *at) {
    int fault = 0;
    socklen_t size = sizeof fault;
    if (connect(fd, at->ai_addr, at->ai_addrlen) == 0)
        return true;
    if (errno != EINPROGRESS || awaits(d, fd, POLLOUT) != 1 || getsockopt(fd, SOL_SOCKET, SO_ERROR, &fault, &size) != 0)
        return false;
    errno = fault;
    return fault == 0;
}

static bool dial_net(struct delivering *d, str rest, int kind, int *fd, struct err *e) {
    struct addrinfo how = {.ai_socktype = kind}, *list = NULL;
    str host, port;
    if (!str_rcut(rest, ':', &host, &port) || !host.n) {
        host = rest;
        port = kind == SOCK_DGRAM ? S("514") : S("601");
    }
    if (host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']')
        host = str_n(host.p + 1, host.n - 2);
    int fault = getaddrinfo(arena_cstr(d->a, host), arena_cstr(d->a, port), &how, &list);
    if (fault)
        return err_set(e, ERR_ENV, d->to->url, _("cannot find the host: %s"), gai_strerror(fault));
    for (const struct addrinfo *at = list; at && *fd < 0; at = at->ai_next) {
        *fd = socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, at->ai_protocol);
        if (*fd >= 0 && !connected(d, *fd, at)) {
            int why = errno;
            close(*fd);
            *fd = -1;
            errno = why;
        }
    }
    freeaddrinfo(list);
    return *fd >= 0 || err_errno(e, d->to->url, _("cannot connect"));
}

static bool put_all(struct delivering *d, int fd, str text, struct err *e) {
    while (text.n) {
        ssize_t n = send(fd, text.p, text.n, MSG_NOSIGNAL);
        if (n < 0 && (errno == EINTR || (errno == EAGAIN && awaits(d, fd, POLLOUT) == 1)))
            continue;
        if (n < 0)
            return err_errno(e, d->to->url, _("cannot send"));
        text = str_from(text, (size_t)n);
    }
    return true;
}

/* What the other side closes with a reset it may not have read; who is silent has it. */
static bool end_in_order(struct delivering *d, int fd, struct err *e) {
    char byte;
    shutdown(fd, SHUT_WR);
    int ready = awaits(d, fd, POLLIN);
    bool ok = ready == 0 || (ready == 1 && recv(fd, &byte, 1, 0) >= 0);
    return ok || err_errno(e, d->to->url, _("cannot send"));
}

/* Syslog answers nothing. Over TCP a message is counted in (RFC 6587 §3.4.1), and the connection is ended in order. */
static bool syslog(struct delivering *d, enum delivery *out, struct err *e) {
    str url = d->to->url, line = line_of(d);
    int fd = -1;
    bool tcp = str_starts(url, S("tcp://"));
    bool ok = str_starts(url, S("unix:")) ? dial_unix(d, str_from(url, 5), &fd, e)
                                          : dial_net(d, str_from(url, 6), tcp ? SOCK_STREAM : SOCK_DGRAM, &fd, e);
    *out = DELIVERY_LATER;
    if (ok && (ok = d->handing(d->of, e))) {
        *out = tcp ? DELIVERY_UNSURE : DELIVERY_LATER; /* a datagram goes whole or not at all */
        ok = put_all(d, fd, tcp ? arena_printf(d->a, "%zu %.*s", line.n, STR_ARG(line)) : line, e);
        ok = ok && (!tcp || end_in_order(d, fd, e));
    }
    if (fd >= 0)
        close(fd);
    *out = ok ? DELIVERED : *out;
    return ok;
}
const struct channel notify_syslog = {.deliver = syslog};
