/* SPDX-License-Identifier: Apache-2.0
 *
 * For *_test.c only: a server on the loopback interface that plays one scripted answer after the other.
 */
#ifndef AKASHI_BASE_TESTING_SERVER_H
#define AKASHI_BASE_TESTING_SERVER_H

#include "base/testing.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

struct script {
    const char *wants;  /* must stand in the request; NULL: anything */
    const char *answer; /* whole, with headers; the connection is closed behind it */
};
struct server {
    int fd;
    uint16_t port;
    const struct script *script;
    unsigned n, met; /* answers given to requests that had what was wanted */
    pthread_t thread;
};

/* Whether the request is whole: its head, and as many bytes behind it as it says. */
static inline bool request_whole(const char *request, size_t n) {
    const char *end = strstr(request, "\r\n\r\n"), *length = strstr(request, "Content-Length: ");
    return end && (size_t)(end + 4 - request) + (length ? strtoul(length + 16, NULL, 10) : 0) <= n;
}

static inline void serve_one(struct server *s, int fd, const struct script *script) {
    char request[4096];
    size_t n = 0;
    ssize_t got;
    while (n < sizeof request - 1 && (got = read(fd, request + n, sizeof request - 1 - n)) > 0) {
        n += (size_t)got;
        request[n] = 0;
        if (request_whole(request, n))
            break;
    }
    if (!script->wants || strstr(request, script->wants))
        __atomic_add_fetch(&s->met, 1, __ATOMIC_RELEASE); /* another thread may look */
    if (write(fd, script->answer, strlen(script->answer)) < 0)
        return;
}

static inline void *serve(void *arg) {
    struct server *s = arg;
    for (unsigned i = 0; i < s->n; i++) {
        int fd = accept(s->fd, NULL, NULL);
        if (fd < 0)
            break;
        serve_one(s, fd, &s->script[i]);
        shutdown(fd, SHUT_RDWR);
        close(fd);
    }
    return NULL;
}

static inline void server_begin(struct server *s, const struct script *script, unsigned n) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    *s = (struct server){.fd = socket(AF_INET, SOCK_STREAM, 0), .script = script, .n = n};
    assert_true(s->fd >= 0);
    assert_int_equal(bind(s->fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(s->fd, 8), 0);
    assert_int_equal(getsockname(s->fd, (struct sockaddr *)&at, &size), 0);
    s->port = ntohs(at.sin_port);
    assert_int_equal(pthread_create(&s->thread, NULL, serve, s), 0);
}

static inline void server_end(struct server *s) {
    shutdown(s->fd, SHUT_RDWR);
    pthread_join(s->thread, NULL);
    close(s->fd);
}

#endif
