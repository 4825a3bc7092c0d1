/* SPDX-License-Identifier: Apache-2.0
 *
 * Requests at a steady rate over connections that stay open, by one thread that does next to nothing else: what loads a
 * server must not take the processor from it.
 *
 *     bench_load bom PORT TOKEN RATE CONNECTIONS COUNT FIRST [PURL...]
 *     bench_load get PORT TOKEN RATE CONNECTIONS COUNT PATH...
 *
 * All bodies are made beforehand; then it says "ready", begins at a line on its input, and ends after COUNT requests or
 * at the end of its input. A request that is late because the server was is measured from when it was due (RATE 0: as
 * fast as the connections go, from when it was sent). Tells one line of JSON.
 *
 * An upload is what a build server sends: the next release of one of 200 products; each component moves to another
 * version every ten releases, so nine of ten are those of the release before; two are new to everybody, the others are
 * versions that other products have come to before, or will. PURLs (without versions) are in all of them.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PRODUCTS = 200, COMPONENTS = 200, PACKAGES = 4000, VERSIONS = 10, OWN = 2, ANSWER_MOST = 8 << 20 };

static void die(const char *what) {
    perror(what);
    exit(1);
}
static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}
static void *room(size_t n) {
    void *p = calloc(1, n);
    if (!p)
        die("memory");
    return p;
}

/* ── what is sent ── */

struct text {
    char *p;
    size_t n;
};

static unsigned mix(unsigned x) {
    x = (x ^ x >> 16) * 0x7feb352dU;
    x = (x ^ x >> 15) * 0x846ca68bU;
    return x ^ x >> 16;
}

/* Packages that every document has, so that answers about them change with each. */
struct popular {
    char **purls;
    unsigned n;
};

struct part {
    char own[64];
    const char *purl;
    unsigned version;
};
static void part_of(unsigned product, unsigned release, unsigned k, const struct popular *popular, struct part *out) {
    unsigned number = k < OWN ? k : mix(product * COMPONENTS + k) % PACKAGES;
    snprintf(out->own, sizeof out->own, k < OWN ? "pkg:npm/own-%u-%u" : "pkg:npm/kolari-%u", k < OWN ? product : number,
             k);
    out->purl = k >= OWN && k - OWN < popular->n ? popular->purls[k - OWN] : out->own;
    out->version = k < OWN ? release : (mix(number) + product + (release + k) / 10) % VERSIONS;
}

static size_t document(unsigned i, const struct popular *popular, char *out, size_t most) {
    unsigned product = i % PRODUCTS, release = i / PRODUCTS;
    size_t n = (size_t)snprintf(
        out, most, "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\", \"version\": 1, \"components\": [");
    for (unsigned k = 0; k < COMPONENTS; k++) {
        struct part part;
        part_of(product, release, k, popular, &part);
        n += (size_t)snprintf(out + n, most - n,
                              "%s{\"type\": \"library\", \"bom-ref\": \"%u\", \"name\": \"%s\", \"version\": "
                              "\"1.%u.0\", \"purl\": \"%s@1.%u.0\"}",
                              k ? ", " : "", k, strrchr(part.purl, '/') + 1, part.version, part.purl, part.version);
    }
    return n + (size_t)snprintf(out + n, most - n, "]}");
}

static size_t base64(const char *p, size_t n, char *out) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *u = (const unsigned char *)p;
    char *at = out;
    for (size_t i = 0; i < n; i += 3) {
        unsigned x = (unsigned)u[i] << 16 | (i + 1 < n ? (unsigned)u[i + 1] << 8 : 0) | (i + 2 < n ? u[i + 2] : 0);
        *at++ = digits[x >> 18];
        *at++ = digits[x >> 12 & 63];
        *at++ = i + 1 < n ? digits[x >> 6 & 63] : '=';
        *at++ = i + 2 < n ? digits[x & 63] : '=';
    }
    return (size_t)(at - out);
}

static struct text upload(unsigned i, const struct popular *popular, const char *token) {
    static char plain[COMPONENTS * 200 + 200], body[sizeof plain * 2], head[512];
    size_t n = document(i, popular, plain, sizeof plain);
    size_t b = (size_t)snprintf(
        body, sizeof body,
        "{\"projectName\": \"upload-%u\", \"projectVersion\": \"%u\", \"autoCreate\": true, \"bom\": \"", i % PRODUCTS,
        i / PRODUCTS);
    b += base64(plain, n, body + b);
    b += (size_t)snprintf(body + b, sizeof body - b, "\"}");
    size_t h = (size_t)snprintf(
        head, sizeof head,
        "PUT /api/v1/bom HTTP/1.1\r\nHost: x\r\nX-Api-Key: %s\r\nContent-Type: application/json\r\n"
        "Content-Length: %zu\r\n\r\n",
        token, b);
    struct text t = {room(h + b), h + b};
    memcpy(t.p, head, h);
    memcpy(t.p + h, body, b);
    return t;
}

static struct text asked(const char *path, const char *token) {
    struct text t = {room(strlen(path) + strlen(token) + 100), 0};
    t.n = (size_t)sprintf(t.p, "GET %s HTTP/1.1\r\nHost: x\r\nX-Api-Key: %s\r\n\r\n", path, token);
    return t;
}

/* ── connections ── */

struct link {
    int fd;
    const struct text *sending; /* NULL: free */
    size_t sent, got;
    double since;
    char *answer;
    struct link *next; /* of those that are free */
};
struct load {
    struct text *list;
    unsigned n, count, at, done, bad;
    double rate, begun;
    float *times;
    struct link *idle;
    int poll;
    char first_bad[300];
};

static struct link *connected(struct load *l, int port) {
    struct link *x = room(sizeof *x);
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int one = 1;
    x->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (x->fd < 0 || connect(x->fd, (struct sockaddr *)&to, sizeof to) != 0)
        die("connect");
    setsockopt(x->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(x->fd, F_SETFL, O_NONBLOCK);
    x->answer = room(ANSWER_MOST + 1);
    struct epoll_event ev = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = x};
    epoll_ctl(l->poll, EPOLL_CTL_ADD, x->fd, &ev);
    return x;
}

static void push(struct link *x) {
    while (x->sending && x->sent < x->sending->n) {
        ssize_t n = write(x->fd, x->sending->p + x->sent, x->sending->n - x->sent);
        if (n < 0 && errno == EAGAIN)
            return;
        if (n <= 0)
            die("write");
        x->sent += (size_t)n;
    }
}

static void send_due(struct load *l) {
    while (l->idle && l->at < l->count) {
        double t = now(), due = l->rate > 0 ? l->begun + l->at / l->rate : t;
        if (due > t)
            return;
        struct link *x = l->idle;
        l->idle = x->next;
        x->sending = &l->list[l->at++ % l->n];
        x->sent = x->got = 0;
        x->since = due;
        push(x);
    }
}

/* The length of a whole answer; 0: not all of it is there. */
static size_t whole(const struct link *x) {
    const char *end = memmem(x->answer, x->got, "\r\n\r\n", 4);
    const char *length = end ? strcasestr(x->answer, "\r\nContent-Length:") : NULL;
    if (!end)
        return 0;
    if (!length || length > end) {
        fprintf(stderr, "an answer without a length: %.300s\n", x->answer);
        exit(1);
    }
    size_t n = (size_t)(end + 4 - x->answer) + strtoul(length + 17, NULL, 10);
    return x->got >= n ? n : 0;
}

static void pull(struct load *l, struct link *x) {
    for (;;) {
        ssize_t n = read(x->fd, x->answer + x->got, ANSWER_MOST - x->got);
        if (n < 0 && errno == EAGAIN)
            return;
        if (n <= 0)
            die("read");
        x->got += (size_t)n;
        x->answer[x->got] = 0;
        if (!whole(x))
            continue;
        if (memcmp(x->answer, "HTTP/1.1 2", 10) != 0 && !l->bad++)
            snprintf(l->first_bad, sizeof l->first_bad, "%.299s", x->answer);
        l->times[l->done++] = (float)(now() - x->since);
        x->sending = NULL;
        x->next = l->idle;
        l->idle = x;
        return;
    }
}

static bool over(void) {
    struct pollfd p = {.fd = 0, .events = POLLIN};
    char c;
    return poll(&p, 1, 0) > 0 && read(0, &c, 1) <= 0;
}

static void run(struct load *l) {
    struct epoll_event ev[64];
    double looked = l->begun = now();
    while (l->done < l->count) {
        send_due(l);
        double t = now(), due = l->rate > 0 && l->at < l->count && l->idle ? l->begun + l->at / l->rate - t : 0.1;
        int wait = due > 0.1 ? 100 : due > 0 ? (int)(due * 1000) + 1 : 0;
        int n = epoll_wait(l->poll, ev, 64, wait);
        for (int i = 0; i < n; i++) {
            struct link *x = ev[i].data.ptr;
            push(x);
            if (ev[i].events & EPOLLIN)
                pull(l, x);
        }
        if (t - looked > 0.1 && (looked = t) > 0 && over())
            return;
    }
}

/* ── the outcome ── */

static int ascending(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static void tell(struct load *l, double used) {
    double spent = now() - l->begun;
    unsigned n = l->done;
    qsort(l->times, n, sizeof *l->times, ascending);
    printf(
        "{\"done\": %u, \"bad\": %u, \"seconds\": %.3f, \"rate\": %.1f, \"p50\": %.2f, \"p99\": %.2f, \"most\": %.2f, "
        "\"own\": %.1f}\n",
        n, l->bad, spent, n / spent, n ? (double)l->times[n / 2] * 1e3 : 0,
        n ? (double)l->times[n * 99ULL / 100] * 1e3 : 0, n ? (double)l->times[n - 1] * 1e3 : 0, n ? used / n * 1e6 : 0);
    if (l->bad)
        fprintf(stderr, "an answer that is bad: %s\n", l->first_bad);
}

static double processor(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

int main(int argc, char **argv) {
    if (argc < 8) {
        fprintf(stderr, "bench_load bom|get PORT TOKEN RATE CONNECTIONS COUNT FIRST|PATH...\n");
        return 2;
    }
    const char *token = argv[3];
    struct load l = {.rate = atof(argv[4]), .count = (unsigned)atoi(argv[6]), .poll = epoll_create1(0)};
    int links = atoi(argv[5]);
    bool bom = strcmp(argv[1], "bom") == 0;
    const struct popular popular = {argv + 8, bom ? (unsigned)argc - 8 : 0};
    l.n = bom ? l.count : (unsigned)argc - 7;
    l.list = room((l.n + 1) * sizeof *l.list);
    l.times = room((l.count + 1) * sizeof *l.times);
    for (unsigned i = 0; i < l.n; i++)
        l.list[i] = bom ? upload((unsigned)atoi(argv[7]) + i, &popular, token) : asked(argv[7 + i], token);
    for (int i = 0; i < links; i++) {
        struct link *x = connected(&l, atoi(argv[2]));
        x->next = l.idle;
        l.idle = x;
    }
    puts("ready");
    fflush(stdout);
    char line[16];
    if (read(0, line, sizeof line) <= 0)
        return 0;
    double used = processor();
    run(&l);
    tell(&l, processor() - used);
    return 0;
}
