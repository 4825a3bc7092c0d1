/* SPDX-License-Identifier: Apache-2.0
 *
 * The only file that knows libmicrohttpd, which is loaded when something is served.
 *
 * A request goes: on_target() → on_request() once with the head, then with each piece of the body, then at its end,
 * where it is suspended for the workers unless it takes no time → a worker answers and wakes it → on_request() sends →
 * on_end().
 */
#include <arpa/inet.h>
#include <dlfcn.h>
#include <microhttpd.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/cipher.h"
#include "base/file.h"
#include "node/server_inner.h"
#include "node/system.h"

enum {
    HEAD_BYTES = 16 << 10, /* of a connection, touched anew by each request on it: 2,000 idle ones hold 32 MB */
    STREAM_BLOCK = 4 << 10,
    THREADS_MOST = 4,
    WORKERS_LEAST = 16, /* those who wait for a sync wait together */
    QUEUE_MOST = 1024,
    GRACE_MS = 30000,
    BYTES_A_SECOND = 8 << 10,
    RENEWED_MOST = 8
};

/* libmicrohttpd brings a TLS library along, which every start of the program would pay for. */
struct mhd_calls {
    struct MHD_Daemon *(*start)(unsigned flags, uint16_t port, MHD_AcceptPolicyCallback, void *,
                                MHD_AccessHandlerCallback, void *, ...);
    void (*stop)(struct MHD_Daemon *);
    MHD_socket (*quiesce)(struct MHD_Daemon *);
    struct MHD_Response *(*from_buffer)(size_t size, void *buffer, enum MHD_ResponseMemoryMode);
    struct MHD_Response *(*from_fd)(uint64_t size, int fd, uint64_t offset);
    struct MHD_Response *(*from_callback)(uint64_t size, size_t block, MHD_ContentReaderCallback, void *,
                                          MHD_ContentReaderFreeCallback);
    enum MHD_Result (*add_header)(struct MHD_Response *, const char *, const char *);
    enum MHD_Result (*queue)(struct MHD_Connection *, unsigned status, struct MHD_Response *);
    void (*destroy)(struct MHD_Response *);
    const char *(*lookup)(struct MHD_Connection *, enum MHD_ValueKind, const char *);
    int (*values)(struct MHD_Connection *, enum MHD_ValueKind, MHD_KeyValueIterator, void *);
    const union MHD_ConnectionInfo *(*info)(struct MHD_Connection *, enum MHD_ConnectionInfoType, ...);
    void (*suspend)(struct MHD_Connection *);
    void (*resume)(struct MHD_Connection *);
};

/* One certificate's worth of server: a renewed certificate starts another one on the same socket. */
struct face {
    struct MHD_Daemon *daemon;
    char *certificate, *key; /* PEM, as long as it runs */
};

struct server {
    struct server_plan plan;
    struct asking asking;
    struct mhd_calls k;
    struct ctx *ctx;
    int listening;
    struct sockaddr_storage address;
    struct face faces[RENEWED_MOST]; /* the last one listens */
    unsigned n_faces;
    struct workers *workers;
    unsigned n_workers;
    struct clients *clients;
    atomic_uint live; /* requests whose head is there, until they are answered */
    atomic_ullong full;
    atomic_bool stopping;
    pthread_mutex_t lock;
    struct request *sleeping; /* streams that had nothing to say */
    sigset_t ends;
};

static bool load(void *lib, const char *name, void *to) {
    void *p = dlsym(lib, name);
    memcpy(to, &p, sizeof p); /* ISO C has no cast between the two kinds of pointers */
    return p != NULL;
}

static bool load_all(struct mhd_calls *k, struct err *e) {
    void *lib = dlopen("libmicrohttpd.so.12", RTLD_NOW | RTLD_LOCAL);
    if (lib && load(lib, "MHD_start_daemon", &k->start) && load(lib, "MHD_stop_daemon", &k->stop) &&
        load(lib, "MHD_quiesce_daemon", &k->quiesce) && load(lib, "MHD_create_response_from_buffer", &k->from_buffer) &&
        load(lib, "MHD_create_response_from_fd_at_offset64", &k->from_fd) &&
        load(lib, "MHD_create_response_from_callback", &k->from_callback) &&
        load(lib, "MHD_add_response_header", &k->add_header) && load(lib, "MHD_queue_response", &k->queue) &&
        load(lib, "MHD_destroy_response", &k->destroy) && load(lib, "MHD_lookup_connection_value", &k->lookup) &&
        load(lib, "MHD_get_connection_values", &k->values) && load(lib, "MHD_get_connection_info", &k->info) &&
        load(lib, "MHD_suspend_connection", &k->suspend) && load(lib, "MHD_resume_connection", &k->resume))
        return true;
    err_set(e, ERR_ENV, S("libmicrohttpd.so.12"), _("cannot load the library that serves HTTP"));
    return err_hint(e, "%s", _("install libmicrohttpd (libmicrohttpd12)"));
}

/* ── where it listens ── */

static bool listen_at(struct server *s, struct err *e) {
    socklen_t size = sizeof s->address;
    int one = 1;
    s->listening = system_listening();
    if (s->listening >= 0)
        return getsockname(s->listening, (struct sockaddr *)&s->address, &size) == 0 ||
               err_errno(e, s->plan.listen, _("cannot listen here"));
    if (!socket_address_parse(s->plan.listen, &s->address, &size)) {
        err_set(e, ERR_USAGE, s->plan.listen, _("this is no address to listen on"));
        return err_hint(e, "%s", _("ADDRESS:PORT, like 127.0.0.1:8080 or [::1]:8080; port 0 lets the system choose"));
    }
    s->listening = socket(s->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    return (s->listening >= 0 && setsockopt(s->listening, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
            bind(s->listening, (struct sockaddr *)&s->address, size) == 0 && listen(s->listening, SOMAXCONN) == 0 &&
            getsockname(s->listening, (struct sockaddr *)&s->address, &size) == 0) ||
           err_errno(e, s->plan.listen, _("cannot listen here"));
}

str server_address(const struct server *s, struct arena *a) { return socket_address_text(a, &s->address); }

/* ── what was asked ── */

static struct MHD_Connection *connection_of(const struct asked *q) {
    /* MHD takes what it does not change without const. */
    return (struct MHD_Connection *)(uintptr_t)q->connection;
}

static str given(const struct answer_header *list, const char *name, bool (*same)(str, str)) {
    for (; list && list->name; list++)
        if (same(str_of(list->name), str_of(name)))
            return str_of(list->value);
    return (str){NULL, 0};
}
static bool same_case(str x, str y) { return str_eq(x, y); }

str asked_header(const struct asked *q, const char *name) {
    return q->connection ? str_of(q->server->k.lookup(connection_of(q), MHD_HEADER_KIND, name))
                         : given(q->headers, name, str_ieq);
}

str asked_argument(const struct asked *q, const char *name) {
    for (uint32_t i = 0; i < q->target.n; i++)
        if (str_is(q->target.arguments[i].name, name))
            return q->target.arguments[i].value;
    return given(q->arguments, name, same_case);
}

struct each_header {
    void (*each)(void *arg, str name, str value);
    void *arg;
};
static enum MHD_Result on_header(void *arg, enum MHD_ValueKind kind, const char *name, const char *value) {
    struct each_header *h = arg;
    (void)kind;
    h->each(h->arg, str_of(name), str_of(value ? value : ""));
    return MHD_YES;
}
void asked_each_header(const struct asked *q, void (*each)(void *arg, str name, str value), void *arg) {
    struct each_header h = {each, arg};
    q->server->k.values(connection_of(q), MHD_HEADER_KIND, on_header, &h);
}

/* ── answering ── */

/* A stream that has nothing to say sleeps until the next tick. */
static ssize_t on_pull(void *of, uint64_t at, char *to, size_t room) {
    struct request *x = of;
    struct server *s = x->q.server;
    (void)at;
    if (atomic_load(&s->stopping))
        return MHD_CONTENT_READER_END_OF_STREAM;
    size_t n = x->r.pull(x->r.pulled, to, room);
    if (n == ANSWER_END)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (n) {
        x->sent += n;
        return (ssize_t)n;
    }
    s->k.suspend(connection_of(&x->q));
    pthread_mutex_lock(&s->lock);
    x->sleeping = s->sleeping;
    s->sleeping = x;
    pthread_mutex_unlock(&s->lock);
    return 0;
}

static void on_tick(void *of) {
    struct server *s = of;
    pthread_mutex_lock(&s->lock);
    struct request *x = s->sleeping;
    s->sleeping = NULL;
    pthread_mutex_unlock(&s->lock);
    for (struct request *next; x; x = next) {
        next = x->sleeping; /* once it is awake it may be gone */
        s->k.resume(connection_of(&x->q));
    }
}

static struct MHD_Response *response_of(struct server *s, struct request *x) {
    const struct answer *r = &x->r;
    struct stat st;
    if (r->pull)
        return s->k.from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, on_pull, x, NULL);
    if (r->fd > 0) {
        if (fstat(r->fd, &st) != 0)
            return NULL;
        x->sent = (uint64_t)st.st_size;
        return s->k.from_fd((uint64_t)st.st_size, r->fd, 0);
    }
    x->sent = r->body.n;
    return s->k.from_buffer(r->body.n, (void *)(uintptr_t)r->body.p, MHD_RESPMEM_PERSISTENT);
}

static void add_headers(struct server *s, struct request *x, struct MHD_Response *to) {
    const struct answer *r = &x->r;
    if (r->type)
        s->k.add_header(to, "Content-Type", r->type);
    if (r->cache)
        s->k.add_header(to, "Cache-Control", r->cache);
    if (r->accept_encoding)
        s->k.add_header(to, "Accept-Encoding", r->accept_encoding);
    for (const struct answer_header *h = r->headers; h && h->name; h++)
        s->k.add_header(to, h->name, h->value);
    for (const struct answer_header *h = s->plan.every; h && h->name; h++)
        s->k.add_header(to, h->name, h->value);
    s->k.add_header(to, "X-Content-Type-Options", "nosniff");
    s->k.add_header(to, "X-Request-Id", x->q.id.p);
    if (x->closing || atomic_load(&s->stopping))
        s->k.add_header(to, "Connection", "close");
}

static enum MHD_Result send_answer(struct server *s, struct request *x) {
    struct MHD_Response *response = response_of(s, x);
    if (!response)
        return MHD_NO;
    x->answered = true;
    add_headers(s, x, response);
    client_within(x->client, x->r.pull ? 0 : GRACE_MS + (int64_t)(x->sent / BYTES_A_SECOND) * 1000);
    enum MHD_Result ok = s->k.queue(connection_of(&x->q), (unsigned)x->r.status, response);
    s->k.destroy(response);
    return ok;
}

/* ── the way of a request ── */

static void *on_target(void *of, const char *target, struct MHD_Connection *connection) {
    (void)of, (void)connection;
    return request_new(target);
}

static void begin(struct server *s, struct request *x, struct MHD_Connection *connection, const char *method) {
    const union MHD_ConnectionInfo *info = s->k.info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    x->q.connection = connection;
    x->q.server = s;
    x->client = info ? info->socket_context : NULL;
    x->counted = true;
    atomic_fetch_add(&s->live, 1);
    request_begin(&s->asking, x, method);
}

/* A worker's part. */
static void on_work(void *of, struct work *w) {
    struct server *s = of;
    struct request *x = (struct request *)w;
    request_answer(&s->asking, x);
    s->k.resume(connection_of(&x->q));
}

/* True when the answer is there; false when a worker will bring it. */
static bool answer(struct server *s, struct request *x) {
    if (x->worked || !x->route)
        return true;
    x->worked = true;
    client_within(x->client, 0);
    if (x->fd >= 0) {
        close(x->fd);
        x->fd = -1;
    }
    if (x->terms.at_once) {
        request_answer(&s->asking, x);
        return true;
    }
    if (!workers_reserve(s->workers)) {
        atomic_fetch_add(&s->full, 1);
        request_refuse(&s->asking, x, 429);
        return true;
    }
    x->work.waits = strcmp(x->q.method, "GET") != 0 && strcmp(x->q.method, "HEAD") != 0;
    s->k.suspend(connection_of(&x->q));
    workers_put(s->workers, &x->work);
    return false;
}

static enum MHD_Result on_request(void *of, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *data, size_t *size, void **state) {
    struct server *s = of;
    struct request *x = *state;
    (void)url, (void)version;
    if (!x->begun) {
        begin(s, x, connection, method);
        if (x->route || !x->closing) /* else at once, without waiting for the body */
            return MHD_YES;
    } else if (*size) {
        bool good = request_take(&s->asking, x, str_n(data, *size));
        *size = 0;
        return good ? MHD_YES : MHD_NO;
    }
    return answer(s, x) ? send_answer(s, x) : MHD_YES;
}

static void on_end(void *of, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode why) {
    struct server *s = of;
    struct request *x = *state;
    struct timespec t;
    (void)connection;
    *state = NULL;
    if (!x)
        return;
    client_within(x->client, (int64_t)s->plan.patience * 1000);
    if (x->counted) {
        clock_gettime(CLOCK_MONOTONIC, &t);
        struct ended end = {.status = x->answered ? x->r.status : 0,
                            .bytes_in = x->got,
                            .bytes_out = why == MHD_REQUEST_TERMINATED_COMPLETED_OK ? x->sent : 0,
                            .nanoseconds = (int64_t)t.tv_sec * 1000000000 + t.tv_nsec - x->since};
        if (s->plan.ended)
            s->plan.ended(s->plan.of, &x->q, &end);
        atomic_fetch_sub(&s->live, 1);
    }
    request_free(&s->asking, x);
}

static void on_connection(void *of, struct MHD_Connection *connection, void **state,
                          enum MHD_ConnectionNotificationCode what) {
    struct server *s = of;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        int fd = s->k.info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        const struct sockaddr *from = s->k.info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
        *state = clients_enter(s->clients, fd, from, (int64_t)s->plan.patience * 1000);
    } else {
        clients_leave(s->clients, *state);
        *state = NULL;
    }
}

/* ── its life ── */

static void face_free(struct face *f) {
    if (f->key)
        wipe(f->key, strlen(f->key));
    free(f->certificate);
    free(f->key);
    *f = (struct face){0};
}

static bool read_pem(struct ctx *c, str path, char **out, struct err *e) {
    struct arena *a = arena_new();
    str text;
    bool ok = file_read(c, a, path, &text, e);
    *out = ok ? strndup(text.p, text.n) : NULL;
    if (ok)
        wipe((char *)(uintptr_t)text.p, text.n);
    arena_free(a);
    return ok;
}

static bool face_start(struct server *s, struct face *f, struct err *e) {
    const struct server_plan *p = &s->plan;
    bool tls = p->certificate.n > 0;
    *f = (struct face){0};
    if (tls && !(read_pem(s->ctx, p->certificate, &f->certificate, e) && read_pem(s->ctx, p->key, &f->key, e))) {
        face_free(f);
        return false;
    }
    int fd = dup(s->listening);
    unsigned threads = s->ctx->threads < THREADS_MOST ? s->ctx->threads : THREADS_MOST;
    struct MHD_OptionItem tls_options[] = {{MHD_OPTION_HTTPS_MEM_CERT, 0, f->certificate},
                                           {MHD_OPTION_HTTPS_MEM_KEY, 0, f->key},
                                           {MHD_OPTION_END, 0, NULL}};
    f->daemon = s->k.start(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (tls ? MHD_USE_TLS : 0U), 0, NULL,
                           NULL, on_request, s, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT,
                           p->connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT, p->per_address,
                           MHD_OPTION_CONNECTION_TIMEOUT, p->patience, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                           (size_t)HEAD_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, on_target,
                           s, MHD_OPTION_NOTIFY_COMPLETED, on_end, s, MHD_OPTION_NOTIFY_CONNECTION, on_connection, s,
                           MHD_OPTION_THREAD_POOL_SIZE, threads > 1 ? threads : 0U, MHD_OPTION_ARRAY,
                           tls ? tls_options : tls_options + 2, MHD_OPTION_END);
    if (f->daemon)
        return true;
    close(fd);
    face_free(f);
    if (tls)
        return err_set(e, ERR_ENV, p->certificate, _("cannot serve with this certificate and its key"));
    return err_set(e, ERR_ENV, p->listen, _("cannot serve here"));
}

/* It takes no new connections. */
static void face_close(struct server *s, struct face *f) {
    MHD_socket fd = s->k.quiesce(f->daemon);
    if (fd != MHD_INVALID_SOCKET)
        close(fd);
}

static void set_defaults(struct server *s) {
    struct server_plan *p = &s->plan;
    if (!p->connections)
        p->connections = CONNECTIONS_MOST;
    if (!p->per_address)
        p->per_address = p->connections;
    if (!p->patience)
        p->patience = PATIENCE_SECONDS;
    if (!p->queue)
        p->queue = QUEUE_MOST;
    s->n_workers = p->workers ? p->workers : 2 * s->ctx->threads;
    if (!p->workers && s->n_workers < WORKERS_LEAST)
        s->n_workers = WORKERS_LEAST;
}

static void server_free(struct server *s) {
    workers_stop(s->workers);
    for (unsigned i = 0; i < s->n_faces; i++) {
        s->k.stop(s->faces[i].daemon);
        face_free(&s->faces[i]);
    }
    clients_stop(s->clients);
    if (s->listening >= 0)
        close(s->listening);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

static void block_signals(struct server *s) {
    sigemptyset(&s->ends);
    sigaddset(&s->ends, SIGTERM);
    sigaddset(&s->ends, SIGINT);
    if (s->plan.reload)
        sigaddset(&s->ends, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &s->ends, NULL);
}

bool server_start(struct ctx *c, const struct server_plan *plan, struct server **out, struct err *e) {
    struct server *s = calloc(1, sizeof *s);
    *out = NULL;
    if (!s)
        return err_errno(e, plan->listen, _("cannot listen here"));
    s->plan = *plan;
    s->ctx = c;
    s->listening = -1;
    s->asking = (struct asking){.plan = &s->plan, .secure = plan->certificate.n > 0};
    pthread_mutex_init(&s->lock, NULL);
    set_defaults(s);
    random_bytes(&s->asking.seed, sizeof s->asking.seed);
    bool loaded = load_all(&s->k, e) && listen_at(s, e);
    if (loaded) {
        block_signals(s);
        s->clients = clients_start(on_tick, s);
    }
    if (loaded && workers_start(s->n_workers, s->plan.queue, on_work, s, &s->workers, e) &&
        face_start(s, &s->faces[0], e)) {
        s->n_faces = 1;
        *out = s;
        return true;
    }
    server_free(s);
    return false;
}

bool server_renew(struct server *s, struct err *e) {
    struct face next;
    if (s->n_faces == RENEWED_MOST) { /* the oldest has had time enough */
        s->k.stop(s->faces[0].daemon);
        face_free(&s->faces[0]);
        memmove(s->faces, s->faces + 1, sizeof *s->faces * --s->n_faces);
    }
    if (!face_start(s, &next, e))
        return false;
    face_close(s, &s->faces[s->n_faces - 1]);
    s->faces[s->n_faces++] = next;
    return true;
}

void server_wait(struct server *s) {
    for (int number = 0;;) {
        if (sigwait(&s->ends, &number) != 0)
            continue;
        if (number != SIGHUP)
            return;
        s->plan.reload(s->plan.of, s);
    }
}

bool server_stopping(const struct server *s) { return atomic_load(&s->stopping); }

struct server_state server_state(struct server *s) {
    return (struct server_state){.connections = clients_count(s->clients),
                                 .waiting = workers_waiting(s->workers),
                                 .workers = s->n_workers,
                                 .refused = atomic_load(&s->full)};
}

void server_stop(struct server *s) {
    if (!s)
        return;
    struct timespec moment = {.tv_nsec = 5 * 1000 * 1000};
    int64_t until = clients_clock() + GRACE_MS;
    atomic_store(&s->stopping, true);
    face_close(s, &s->faces[s->n_faces - 1]);
    while (atomic_load(&s->live) && clients_clock() < until)
        nanosleep(&moment, NULL);
    workers_stop(s->workers);
    s->workers = NULL;
    on_tick(s);
    server_free(s);
}
