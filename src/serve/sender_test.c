/* SPDX-License-Identifier: Apache-2.0
 *
 * Notices sent for somebody who waits: receivers that do not answer keep few waiting, and not for long.
 */
#include "serve/sender.h"

#include <stdatomic.h>
#include <time.h>

#include "base/testing_server.h"
#include "node/notify_testing.h"

#define SILENT "[[notify]]\nname = \"silent\"\nchannel = \"webhook\"\nurl = \"http://127.0.0.1:%u/\"\n"
#define DESK "[[notify]]\nname = \"desk\"\nchannel = \"file\"\nfile = \"out.jsonl\"\n"

static atomic_bool over;
static int64_t asked(void *of) {
    (void)of;
    return atomic_load(&over) ? 60000 : -1;
}

static int64_t clock_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Takes connections and says nothing. */
static int silent_begin(uint16_t *port) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(fd, 16), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &size), 0);
    *port = ntohs(at.sin_port);
    return fd;
}

struct trying {
    struct place *p;
    struct sender *s;
    const char *to;
    enum sending how;
    struct outbox_result r;
    int64_t took;
};

/* With subscriptions and an outbox of its own, as each request has. */
static void *try(void *arg) {
    struct trying *x = arg;
    struct err e = {0};
    struct outbox *box = NULL;
    struct subscriptions subs;
    struct outbox_ids ids = {0};
    struct arena *a = arena_new();
    struct ctx c = x->p->t->ctx;
    int64_t from = clock_ms();
    const struct notice n = notice_of_test(a, x->p->now);
    if (!subscriptions_read(&c, a, x->p->home, &subs, &e) || !outbox_open(&c, x->p->home, &box, &e) ||
        !outbox_add_to(box, subscription_of(&subs, str_of(x->to)), &n, x->p->now, vec_push(a, &ids), &e) ||
        !sender_send(x->s, box, &ids, &x->how, &x->r, &e))
        fail_msg("%s: %s", e.where, e.what);
    outbox_close(box);
    arena_free(a);
    x->took = clock_ms() - from;
    return NULL;
}

static void who_is_silent_keeps_few_waiting(void **state) {
    struct testing *t = *state;
    struct place p;
    uint16_t port;
    struct sender *s;
    struct trying tries[4];
    pthread_t threads[4];
    int fd = silent_begin(&port);
    place_begin(&p, t, arena_printf(t->a, SILENT, port));
    t->ctx.now = p.now;
    t->ctx.asked_to_end = asked;
    atomic_store(&over, false);
    assert_true(sender_open(&t->ctx, p.home, &s, &t->e));
    for (int i = 0; i < 4; i++) {
        tries[i] = (struct trying){.p = &p, .s = s, .to = "silent"};
        assert_int_equal(pthread_create(&threads[i], NULL, try, &tries[i]), 0);
    }
    usleep(500000);
    /* One that was added while that one is waited for, and then moved elsewhere. */
    place_put(&p, "akashi.toml", arena_printf(t->a, SILENT DESK, port));
    struct trying desk = {.p = &p, .s = s, .to = "desk"};
    try(&desk);
    assert_int_equal(desk.how, SENDING_GOES_ON); /* two wait already */
    int waited = 0;
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(tries[i].how, SENDING_GOES_ON);
        waited += tries[i].took > 5000;
        assert_true(tries[i].took < 15000);
    }
    assert_int_equal(waited, 2);
    assert_int_equal(times_in(file_of(&p, "out.jsonl"), "\n"), 1);
    place_put(&p, "akashi.toml",
              arena_printf(t->a, SILENT "[[notify]]\nname = \"desk\"\nchannel = \"file\"\nfile = \"sock\"\n", port));
    try(&desk);
    assert_int_equal(desk.how, SENDING_OVER);
    assert_int_equal(desk.r.sent, 1);
    assert_true(desk.took < 5000);
    assert_int_equal(times_in(file_of(&p, "sock"), "\n"), 1);
    atomic_store(&over, true);
    int64_t from = clock_ms();
    sender_close(s);
    assert_true(clock_ms() - from < 4000);
    t->ctx.asked_to_end = NULL;
    close(fd);
    place_end(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(who_is_silent_keeps_few_waiting)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
