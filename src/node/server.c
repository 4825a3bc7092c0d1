/* SPDX-License-Identifier: Apache-2.0 */
#include "node/server.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CONNECTIONS_MOST = 256, IDLE_SECONDS = 30, HEAD_BYTES = 32 << 10, THREADS_MOST = 4, REST_MOST = 8 << 20 };

/* libmicrohttpd brings a TLS library along, which every start of the program would pay for. */
struct mhd_calls {
    struct MHD_Daemon *(*start)(unsigned flags, uint16_t port, MHD_AcceptPolicyCallback, void *,
                                MHD_AccessHandlerCallback, void *, ...);
    void (*stop)(struct MHD_Daemon *);
    struct MHD_Response *(*from_buffer)(size_t size, void *buffer, enum MHD_ResponseMemoryMode);
    struct MHD_Response *(*from_fd)(uint64_t size, int fd, uint64_t offset);
    enum MHD_Result (*add_header)(struct MHD_Response *, const char *, const char *);
    enum MHD_Result (*queue)(struct MHD_Connection *, unsigned status, struct MHD_Response *);
    void (*destroy)(struct MHD_Response *);
    const char *(*lookup)(struct MHD_Connection *, enum MHD_ValueKind, const char *);
    const union MHD_ConnectionInfo *(*info)(struct MHD_Connection *, enum MHD_ConnectionInfoType, ...);
};

struct server {
    struct server_plan plan;
    struct mhd_calls k;
    struct MHD_Daemon *daemon;
    struct sockaddr_storage address;
    sigset_t ends;
};

/* One request under way. */
struct exchange {
    struct arena *a;
    const struct route *route; /* NULL: refused before its body */
    int refused;               /* with this status */
    struct asked q;
    struct buf body;
    uint64_t got;
};

static bool load(void *lib, const char *name, void *to) {
    void *p = dlsym(lib, name);
    memcpy(to, &p, sizeof p); /* ISO C has no cast between the two kinds of pointers */
    return p != NULL;
}

static bool load_all(struct mhd_calls *k, struct err *e) {
    void *lib = dlopen("libmicrohttpd.so.12", RTLD_NOW | RTLD_LOCAL);
    if (lib && load(lib, "MHD_start_daemon", &k->start) && load(lib, "MHD_stop_daemon", &k->stop) &&
        load(lib, "MHD_create_response_from_buffer", &k->from_buffer) &&
        load(lib, "MHD_create_response_from_fd_at_offset64", &k->from_fd) &&
        load(lib, "MHD_add_response_header", &k->add_header) && load(lib, "MHD_queue_response", &k->queue) &&
        load(lib, "MHD_destroy_response", &k->destroy) && load(lib, "MHD_lookup_connection_value", &k->lookup) &&
        load(lib, "MHD_get_connection_info", &k->info))
        return true;
    err_set(e, ERR_ENV, S("libmicrohttpd.so.12"), _("cannot load the library that serves HTTP"));
    return err_hint(e, "%s", _("install libmicrohttpd (libmicrohttpd12)"));
}

/* ── where it listens ── */

static bool address_of(str text, struct sockaddr_storage *out, socklen_t *size) {
    struct sockaddr_in *four = (struct sockaddr_in *)out;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)out;
    str host, port;
    uint64_t number;
    char name[64];
    memset(out, 0, sizeof *out);
    if (!str_rcut(text, ':', &host, &port) || !str_u64(port, &number) || number > 65535 || host.n >= sizeof name)
        return false;
    bool bracketed = host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']';
    str bare = bracketed ? str_n(host.p + 1, host.n - 2) : host;
    snprintf(name, sizeof name, "%.*s", STR_ARG(bare));
    if (bracketed && inet_pton(AF_INET6, name, &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons((uint16_t)number);
        *size = sizeof *six;
        return true;
    }
    four->sin_family = AF_INET;
    four->sin_port = htons((uint16_t)number);
    *size = sizeof *four;
    return !bracketed && inet_pton(AF_INET, name, &four->sin_addr) == 1;
}

static int listen_at(struct server *s, struct err *e) {
    socklen_t size;
    int one = 1;
    if (!address_of(s->plan.listen, &s->address, &size)) {
        err_set(e, ERR_USAGE, s->plan.listen, _("this is no address to listen on"));
        (void)err_hint(e, "%s", _("ADDRESS:PORT, like 127.0.0.1:8080 or [::1]:8080; port 0 lets the system choose"));
        return -1;
    }
    int fd = socket(s->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
        bind(fd, (struct sockaddr *)&s->address, size) == 0 && listen(fd, 128) == 0 &&
        getsockname(fd, (struct sockaddr *)&s->address, &size) == 0)
        return fd;
    (void)err_errno(e, s->plan.listen, _("cannot listen here"));
    if (fd >= 0)
        close(fd);
    return -1;
}

str server_address(const struct server *s, struct arena *a) {
    char name[INET6_ADDRSTRLEN] = "";
    const struct sockaddr_in *four = (const struct sockaddr_in *)&s->address;
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&s->address;
    if (s->address.ss_family == AF_INET6) {
        inet_ntop(AF_INET6, &six->sin6_addr, name, sizeof name);
        return arena_printf(a, "[%s]:%u", name, ntohs(six->sin6_port));
    }
    inet_ntop(AF_INET, &four->sin_addr, name, sizeof name);
    return arena_printf(a, "%s:%u", name, ntohs(four->sin_port));
}

/* ── answering ── */

static str given(const struct answer_header *list, const char *name, bool (*same)(str, str)) {
    for (; list && list->name; list++)
        if (same(str_of(list->name), str_of(name)))
            return str_of(list->value);
    return (str){NULL, 0};
}
static bool same_case(str x, str y) { return str_eq(x, y); }

/* MHD takes what it does not change without const. */
static str looked_up(const struct asked *q, enum MHD_ValueKind kind, const char *name) {
    return str_of(q->server->k.lookup((struct MHD_Connection *)(uintptr_t)q->connection, kind, name));
}

str asked_header(const struct asked *q, const char *name) {
    return q->connection ? looked_up(q, MHD_HEADER_KIND, name) : given(q->headers, name, str_ieq);
}

str asked_argument(const struct asked *q, const char *name) {
    return q->connection ? looked_up(q, MHD_GET_ARGUMENT_KIND, name) : given(q->arguments, name, same_case);
}

static str address_text(struct arena *a, const struct sockaddr *from) {
    char name[INET6_ADDRSTRLEN] = "";
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    if (from && from->sa_family == AF_INET) {
        memcpy(&four, from, sizeof four);
        inet_ntop(AF_INET, &four.sin_addr, name, sizeof name);
    } else if (from && from->sa_family == AF_INET6) {
        memcpy(&six, from, sizeof six);
        inet_ntop(AF_INET6, &six.sin6_addr, name, sizeof name);
    }
    return arena_str(a, str_of(name));
}

bool answer_text(struct answer *out, int status, const char *text) {
    *out = (struct answer){.status = status, .type = "text/plain; charset=utf-8", .body = str_of(text)};
    return true;
}

static struct MHD_Response *response_of(struct server *s, const struct answer *r) {
    struct stat st;
    if (r->fd > 0) {
        if (fstat(r->fd, &st) == 0)
            return s->k.from_fd((uint64_t)st.st_size, r->fd, 0);
        close(r->fd);
        return NULL;
    }
    return s->k.from_buffer(r->body.n, (void *)(uintptr_t)r->body.p, MHD_RESPMEM_MUST_COPY);
}

static enum MHD_Result send_answer(struct server *s, struct MHD_Connection *connection, const struct answer *r) {
    struct MHD_Response *response = response_of(s, r);
    if (!response)
        return MHD_NO;
    if (r->type)
        s->k.add_header(response, "Content-Type", r->type);
    if (r->cache)
        s->k.add_header(response, "Cache-Control", r->cache);
    if (r->accept_encoding)
        s->k.add_header(response, "Accept-Encoding", r->accept_encoding);
    for (const struct answer_header *h = r->headers; h && h->name; h++)
        s->k.add_header(response, h->name, h->value);
    s->k.add_header(response, "X-Content-Type-Options", "nosniff");
    enum MHD_Result ok = s->k.queue(connection, (unsigned)r->status, response);
    s->k.destroy(response);
    return ok;
}

static const char *refusal(int status) {
    switch (status) {
    case 404: return "not found\n";
    case 405: return "this cannot be done here\n";
    case 413: return "too large\n";
    default: return "this did not work; the server's log says why\n";
    }
}

static void answer(struct server *s, struct exchange *x, struct answer *out) {
    struct err e = {0};
    if (!x->route) {
        (void)answer_text(out, x->refused, refusal(x->refused));
        return;
    }
    x->q.body = buf_str(&x->body);
    *out = (struct answer){.status = 200};
    if (x->route->answer(s->plan.of, x->a, &x->q, out, &e))
        return;
    if (s->plan.problem)
        s->plan.problem(s->plan.of, &e);
    (void)answer_text(out, 500, refusal(500));
}

/* ── asking ── */

static bool fits(const struct route *r, str path) {
    return r->below ? str_starts(path, str_of(r->path)) : str_is(path, r->path);
}

static void choose_route(struct server *s, struct exchange *x) {
    bool get = strcmp(x->q.method, "GET") == 0 || strcmp(x->q.method, "HEAD") == 0;
    x->refused = 404;
    for (const struct route *r = s->plan.routes; r->path; r++) {
        if (!fits(r, x->q.path))
            continue;
        x->refused = 405;
        if (strcmp(r->method, get ? "GET" : x->q.method) == 0) {
            x->route = r;
            return;
        }
    }
}

/* A length said beforehand that is too much is refused before the body. */
static void bound_length(struct exchange *x) {
    uint64_t length;
    if (x->route && str_u64(asked_header(&x->q, "Content-Length"), &length) && length > x->route->most) {
        x->route = NULL;
        x->refused = 413;
    }
}

static void free_buf(void *b) { buf_free(b); }

static struct exchange *exchange_new(struct server *s, struct MHD_Connection *connection, const char *url,
                                     const char *method) {
    struct arena *a = arena_new();
    struct exchange *x = arena_new_of(a, struct exchange);
    const union MHD_ConnectionInfo *from = s->k.info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    x->a = a;
    x->q = (struct asked){.method = arena_cstr(a, str_of(method)),
                          .path = arena_str(a, str_of(url)),
                          .address = address_text(a, from ? from->client_addr : NULL),
                          .connection = connection,
                          .server = s};
    arena_defer(a, free_buf, &x->body);
    choose_route(s, x);
    bound_length(x);
    if (x->route && x->route->begin)
        x->q.stream = x->route->begin(s->plan.of, a, &x->q);
    return x;
}

/* Takes a piece; false when the client goes on and on. */
static bool take(struct exchange *x, str piece) {
    x->got += piece.n;
    if (x->route && x->got > x->route->most) {
        x->route = NULL;
        x->refused = 413;
    }
    if (!x->route)
        return x->got <= REST_MOST;
    if (x->route->more)
        x->route->more(x->q.stream, piece);
    else
        buf_add(&x->body, piece);
    return true;
}

static enum MHD_Result on_request(void *of, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *data, size_t *size, void **state) {
    struct server *s = of;
    struct exchange *x = *state;
    struct answer r;
    (void)version;
    if (!x) {
        x = *state = exchange_new(s, connection, url, method);
        if (x->route) /* else at once, without waiting for the body */
            return MHD_YES;
    } else if (*size) {
        bool good = take(x, str_n(data, *size));
        *size = 0;
        return good ? MHD_YES : MHD_NO;
    }
    answer(s, x, &r);
    return send_answer(s, connection, &r);
}

static void on_end(void *of, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode why) {
    struct exchange *x = *state;
    (void)of, (void)connection, (void)why;
    if (x)
        arena_free(x->a);
    *state = NULL;
}

/* ── its life ── */

bool server_start(struct ctx *c, const struct server_plan *plan, struct server **out, struct err *e) {
    struct server *s = calloc(1, sizeof *s);
    int fd = -1;
    *out = NULL;
    if (!s)
        return err_errno(e, plan->listen, _("cannot listen here"));
    s->plan = *plan;
    if (!load_all(&s->k, e) || (fd = listen_at(s, e)) < 0) {
        free(s);
        return false;
    }
    sigemptyset(&s->ends);
    sigaddset(&s->ends, SIGTERM);
    sigaddset(&s->ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &s->ends, NULL);
    unsigned threads = c->threads < THREADS_MOST ? c->threads : THREADS_MOST;
    s->daemon = s->k.start(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, on_request, s, MHD_OPTION_LISTEN_SOCKET, fd,
                           MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MOST, MHD_OPTION_CONNECTION_TIMEOUT,
                           (unsigned)IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_BYTES,
                           MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_THREAD_POOL_SIZE,
                           threads > 1 ? threads : 0U, MHD_OPTION_END);
    if (!s->daemon) {
        close(fd);
        free(s);
        return err_set(e, ERR_ENV, plan->listen, _("cannot serve here"));
    }
    *out = s;
    return true;
}

void server_wait(struct server *s) {
    int number;
    while (sigwait(&s->ends, &number) != 0)
        ;
}

void server_stop(struct server *s) {
    if (!s)
        return;
    s->k.stop(s->daemon);
    free(s);
}
