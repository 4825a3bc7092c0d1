/* SPDX-License-Identifier: Apache-2.0
 *
 * The process is asked to end while a receiver keeps it waiting.
 */
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/file.h>
#include <sys/un.h>
#include <time.h>

#include "base/testing_server.h"
#include "node/notify_testing.h"

/* Less than any receiver may take: syslog's ten seconds are the shortest. */
enum { LONG_AGO = 60000, SOON_MS = 9000 };

/* ── being asked ── */

static atomic_bool asked;
static int64_t asked_since(void *of) {
    (void)of;
    return atomic_load(&asked) ? LONG_AGO : -1;
}

static int64_t clock_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ── a server that says so much and then nothing ── */

struct silent {
    int fd;
    uint16_t port;
    const char *const *says; /* the first on its own, each other behind a line or a mail; NULL ends them */
    bool deaf;               /* so many connect that the next one is not even heard */
    bool waits;              /* whoever is to hear the last word has nothing to say to it */
    int fills[4];
    atomic_bool released;
    pthread_t thread;
};

/* A request with its body; of TLS and syslog any byte; else a line or a mail. */
static bool is_whole(const char *got, size_t n, const char *last) {
    enum { TLS_HANDSHAKE = 22 };
    if (strncmp(got, "POST ", 5) == 0)
        return request_whole(got, n);
    if (n && (got[0] == TLS_HANDSHAKE || (got[0] >= '0' && got[0] <= '9')))
        return true;
    const char *end = strncmp(last, "354", 3) == 0 ? "\r\n.\r\n" : "\r\n";
    return n >= strlen(end) && strcmp(got + n - strlen(end), end) == 0;
}

static bool hears(int fd, const char *last) {
    char got[8192] = "";
    size_t n = 0;
    while (n + 1 < sizeof got && !is_whole(got, n, last)) {
        ssize_t more = read(fd, got + n, sizeof got - 1 - n);
        if (more <= 0)
            return false;
        n += (size_t)more;
        got[n] = 0;
    }
    return true;
}

static void *be_silent(void *arg) {
    struct silent *s = arg;
    int fd = s->deaf ? -1 : accept(s->fd, NULL, NULL);
    for (int i = 0; fd >= 0 && s->says[i]; i++) {
        if (write(fd, s->says[i], strlen(s->says[i])) < 0)
            break;
        if ((s->says[i + 1] || !s->waits) && !hears(fd, s->says[i]))
            break;
    }
    if (s->deaf || s->waits)
        usleep(300000); /* somebody is waiting by then, or not yet: it ends as soon */
    atomic_store(&asked, true);
    while (!atomic_load(&s->released))
        usleep(10000);
    if (fd >= 0)
        close(fd);
    return NULL;
}

static int dial(uint16_t port) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    (void)!connect(fd, (struct sockaddr *)&at, sizeof at);
    return fd;
}

static void silent_begin(struct silent *s, const char *const *says, bool waits) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    *s = (struct silent){.fd = socket(AF_INET, SOCK_STREAM, 0), .says = says, .deaf = !says[0], .waits = waits};
    assert_true(s->fd >= 0);
    assert_int_equal(bind(s->fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(s->fd, s->deaf ? 0 : 8), 0);
    assert_int_equal(getsockname(s->fd, (struct sockaddr *)&at, &size), 0);
    s->port = ntohs(at.sin_port);
    for (int i = 0; i < 4; i++)
        s->fills[i] = s->deaf ? dial(s->port) : -1;
    atomic_store(&asked, false);
    assert_int_equal(pthread_create(&s->thread, NULL, be_silent, s), 0);
}

static void silent_end(struct silent *s) {
    atomic_store(&s->released, true);
    pthread_join(s->thread, NULL);
    close(s->fd);
    for (int i = 0; i < 4; i++)
        if (s->fills[i] >= 0)
            close(s->fills[i]);
}

/* ── what is left then ── */

static struct outbox_row row_of(struct place *p, const char *about) {
    struct outbox_rows rows;
    str wanted = arena_printf(p->t->a, "\"about\":\"%s\"", about);
    assert_true(outbox_list(p->o, p->t->a, -1, 9, &rows, &p->t->e));
    for (uint32_t i = 0; i < rows.n; i++)
        if (str_find(rows.v[i].body, wanted) != STR_NONE)
            return rows.v[i];
    fail_msg("no notice about %s", about);
    return (struct outbox_row){0};
}

static int64_t blamed(struct place *p) {
    struct stmt *s;
    bool row;
    assert_true(db_stmt(p->o->db, "SELECT count(*) FROM receiver", &s, &p->t->e));
    assert_true(stmt_step(s, &row, &p->t->e) && row);
    int64_t n = stmt_col_int(s, 0);
    stmt_reset(s);
    return n;
}

/* Sends, is asked to end meanwhile, and looks at what became of the first notice and that the second was not begun. */
static void ends_soon(struct place *p, const char *what, const char *want) {
    struct outbox_result r;
    bool busy;
    add(p, notice_of("a", "case-opened", 100));
    add(p, notice_of("b", "case-opened", 100));
    p->t->ctx.asked_to_end = asked_since;
    int64_t from = clock_ms();
    if (!outbox_send(p->o, &p->subs, p->now, &busy, &r, &p->t->e))
        fail_msg("%s: %s: %s", what, p->t->e.where, p->t->e.what);
    int64_t took = clock_ms() - from;
    p->t->ctx.asked_to_end = NULL;
    if (took > SOON_MS)
        fail_msg("%s: it ends after %lld ms", what, (long long)took);
    struct outbox_row a = row_of(p, "a"), b = row_of(p, "b");
    bool sent = strcmp(want, "sent") == 0, unsure = strcmp(want, "unsure") == 0;
    if (strcmp(outbox_state_name(a.state), want) != 0 || b.state != OUTBOX_QUEUED || b.attempts)
        fail_msg("%s: %s, %s (%.*s)", what, outbox_state_name(a.state), outbox_state_name(b.state), STR_ARG(a.error));
    if (a.attempts != (sent || unsure) || str_is(a.error, "interrupted while it was handed over") != unsure)
        fail_msg("%s: %lld tries, \"%.*s\"", what, (long long)a.attempts, STR_ARG(a.error));
    assert_int_equal(r.sent, sent);
    assert_int_equal(r.unsure, unsure);
    assert_int_equal(r.later, !sent && !unsure);
    assert_int_equal(blamed(p), 0);
}

#define ADDRESSES "from = \"a@example.jp\"\nto = \"b@example.jp\"\n"
#define NO_TLS ADDRESSES "tls = \"none\"\n"

static void at_each_stage(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *what, *channel, *scheme, *more;
        const char *says[8]; /* none: it is not even connected */
        const char *want;
        bool waits; /* for more to be said */
    } rows[] = {
        {"webhook, connecting", "webhook", "http", "", {NULL}, "queued"},
        {"webhook, TLS", "webhook", "https", "", {""}, "queued"},
        {"webhook, answer", "webhook", "http", "", {""}, "queued"},
        {"webhook, half an answer", "webhook", "http", "", {"", "HTTP/1.1 200 OK\r\n"}, "queued", true},
        {"slack, connecting", "slack", "http", "", {NULL}, "queued"},
        {"slack, TLS", "slack", "https", "", {""}, "queued"},
        {"slack, answer", "slack", "http", "", {""}, "unsure"},
        {"slack that may have it twice", "slack", "http", "unsure = \"resend\"\n", {""}, "queued"},
        {"teams, connecting", "teams", "http", "", {NULL}, "queued"},
        {"teams, answer", "teams", "http", "", {""}, "unsure"},
        {"mail, connecting", "smtp", "smtp", NO_TLS, {NULL}, "queued"},
        {"mail, TLS from the start", "smtp", "smtps", ADDRESSES, {""}, "queued"},
        {"mail, greeting", "smtp", "smtp", NO_TLS, {""}, "queued", true},
        {"mail, EHLO", "smtp", "smtp", NO_TLS, {"220 test\r\n"}, "queued"},
        {"mail, STARTTLS",
         "smtp",
         "smtp",
         ADDRESSES,
         {"220 test\r\n", "250-test\r\n250 STARTTLS\r\n", "220 go\r\n"},
         "queued"},
        {"mail, sender", "smtp", "smtp", NO_TLS, {"220 test\r\n", "250 test\r\n"}, "queued"},
        {"mail, recipient", "smtp", "smtp", NO_TLS, {"220 test\r\n", "250 test\r\n", "250 ok\r\n"}, "queued"},
        {"mail, DATA", "smtp", "smtp", NO_TLS, {"220 test\r\n", "250 test\r\n", "250 ok\r\n", "250 ok\r\n"}, "queued"},
        {"mail, behind its end",
         "smtp",
         "smtp",
         NO_TLS,
         {"220 test\r\n", "250 test\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n"},
         "unsure"},
        {"mail, QUIT",
         "smtp",
         "smtp",
         NO_TLS,
         {"220 test\r\n", "250 test\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n", "250 ok\r\n"},
         "sent"},
        {"syslog, connecting", "syslog", "tcp", "", {NULL}, "queued"},
        {"syslog, its end", "syslog", "tcp", "", {""}, "unsure"},
    };
    const char *only = getenv("AKASHI_TEST_ONLY");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct silent s;
        struct place p;
        if (only && !strstr(rows[i].what, only))
            continue;
        silent_begin(&s, rows[i].says, rows[i].waits);
        place_begin(&p, t,
                    arena_printf(t->a, "[[notify]]\nname = \"x\"\nchannel = \"%s\"\nurl = \"%s://127.0.0.1:%u\"\n%s",
                                 rows[i].channel, rows[i].scheme, s.port, rows[i].more));
        ends_soon(&p, rows[i].what, rows[i].want);
        silent_end(&s);
        place_end(&p);
    }
}

/* ── on this machine ── */

static void *ask_soon(void *arg) {
    (void)arg;
    usleep(300000);
    atomic_store(&asked, true);
    return NULL;
}

static void waiting_for_a_lock(void **state) {
    struct place p;
    pthread_t thread;
    place_begin(&p, *state, S("[[notify]]\nname = \"x\"\nchannel = \"file\"\nfile = \"out.jsonl\"\n"));
    place_put(&p, "out.jsonl", S(""));
    int fd = open(arena_cstr(p.t->a, path_join(p.t->a, p.home, S("out.jsonl"))), O_RDWR);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    atomic_store(&asked, false);
    assert_int_equal(pthread_create(&thread, NULL, ask_soon, NULL), 0);
    ends_soon(&p, "file", "queued");
    pthread_join(thread, NULL);
    close(fd);
    assert_int_equal(send_now(&p).sent, 2);
    assert_int_equal(times_in(file_of(&p, "out.jsonl"), "\n"), 2);
    place_end(&p);
}

/* A local socket that nobody reads. */
static void a_socket_that_is_full(void **state) {
    struct testing *t = *state;
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    struct place p;
    pthread_t thread;
    place_begin(&p, t, S(""));
    snprintf(at.sun_path, sizeof at.sun_path, "%s/sock", p.folder);
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0), filler = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    while (sendto(filler, "x", 1, 0, (struct sockaddr *)&at, sizeof at) == 1)
        continue;
    place_put(&p, "akashi.toml",
              arena_printf(t->a, "[[notify]]\nname = \"x\"\nchannel = \"syslog\"\nurl = \"unix:%s\"\n", at.sun_path));
    assert_true(subscriptions_read(&t->ctx, t->a, p.home, &p.subs, &t->e));
    atomic_store(&asked, false);
    assert_int_equal(pthread_create(&thread, NULL, ask_soon, NULL), 0);
    ends_soon(&p, "local socket", "queued");
    pthread_join(thread, NULL);
    close(filler);
    close(fd);
    place_end(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(at_each_stage), TEST(waiting_for_a_lock), TEST(a_socket_that_is_full)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
