/* SPDX-License-Identifier: Apache-2.0 */
#include "base/once.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* At most this many warnings are kept; a broken tree of a million files must not fill memory. */
enum { WARNINGS_MOST = 10000 };

/* What is under way when the process is asked to end: most answers come within it. */
enum { GRACE_MS = 3000 };

struct warn_sink {
    pthread_mutex_t lock;
    struct arena *arena, *arena_before;
    struct map seen, before; /* of this round, and of the one before */
    VEC(struct warning) list;
    bool sorted;
    struct {
        pthread_mutex_t lock;
        struct arena *arena;
        struct map made; /* name → what make returned */
    } once;
};

void ctx_init(struct ctx *c) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    int64_t fixed = 0;
    *c = (struct ctx){
        .limits = {.file = (size_t)2 << 30,
                   .unpacked = (size_t)64 << 30,
                   .member = (size_t)1 << 30,
                   .entries = 20000000,
                   .ratio = 1000,
                   .depth = 512,
                   .nested = 8,
                   .steps = (uint64_t)1 << 30},
        .now = (int64_t)time(NULL),
    };
    if (epoch && str_i64(str_of(epoch), &fixed)) {
        c->now = fixed;
        c->now_fixed = true;
    }
    long cpus = sysconf(_SC_NPROCESSORS_ONLN);
    c->threads = cpus < 1 ? 1 : cpus > 64 ? 64 : (unsigned)cpus;
    c->sink = calloc(1, sizeof *c->sink);
    if (!c->sink)
        abort();
    pthread_mutex_init(&c->sink->lock, NULL);
    c->sink->arena = arena_new();
    c->sink->arena_before = arena_new();
    map_init(&c->sink->seen, c->sink->arena);
    map_init(&c->sink->before, c->sink->arena_before);
    pthread_mutex_init(&c->sink->once.lock, NULL);
    c->sink->once.arena = arena_new();
    map_init(&c->sink->once.made, c->sink->once.arena);
}

static bool asked_for(const struct ctx *c, int64_t milliseconds) {
    return c->asked_to_end && c->asked_to_end(c->asked_of) >= milliseconds;
}
bool ctx_ending(const struct ctx *c) { return asked_for(c, 0); }
bool ctx_over(const struct ctx *c) { return asked_for(c, GRACE_MS); }

void ctx_free(struct ctx *c) {
    if (!c->sink)
        return;
    arena_free(c->sink->once.arena);
    pthread_mutex_destroy(&c->sink->once.lock);
    arena_free(c->sink->arena);
    arena_free(c->sink->arena_before);
    pthread_mutex_destroy(&c->sink->lock);
    free(c->sink);
    c->sink = NULL;
}

const void *ctx_once(const struct ctx *c, str name, void *(*make)(void *arg, struct arena *a), void *arg) {
    struct warn_sink *s = c->sink;
    pthread_mutex_lock(&s->once.lock);
    void *made = map_get(&s->once.made, name);
    if (!made && (made = make(arg, s->once.arena)))
        map_put(&s->once.made, arena_str(s->once.arena, name), NULL)->value = made;
    pthread_mutex_unlock(&s->once.lock);
    return made;
}

static void keep(struct warn_sink *s, str where, str what) {
    pthread_mutex_lock(&s->lock);
    if (s->seen.entries.n < WARNINGS_MOST) {
        bool fresh;
        str key = arena_printf(s->arena, "%.*s\n%.*s", STR_ARG(where), STR_ARG(what));
        map_put(&s->seen, key, &fresh);
        if (fresh && !map_find(&s->before, key))
            *vec_push(s->arena, &s->list) = (struct warning){arena_str(s->arena, where), arena_str(s->arena, what)};
        s->sorted = false;
    }
    pthread_mutex_unlock(&s->lock);
}

void ctx_warn(const struct ctx *c, str where, const char *what, ...) {
    struct buf b = {0};
    va_list ap;
    va_start(ap, what);
    buf_addv(&b, what, ap);
    va_end(ap);
    keep(c->sink, where, buf_str(&b));
    buf_free(&b);
}

void ctx_warn_err(const struct ctx *c, const struct err *e) { keep(c->sink, str_of(e->where), str_of(e->what)); }

static int warning_order(const void *x, const void *y) {
    const struct warning *a = x, *b = y;
    int by_place = str_cmp(a->where, b->where);
    return by_place ? by_place : str_cmp(a->what, b->what);
}

const struct warning *ctx_warnings(const struct ctx *c, uint32_t *n) {
    struct warn_sink *s = c->sink;
    pthread_mutex_lock(&s->lock);
    if (!s->sorted && s->list.n)
        qsort(s->list.v, s->list.n, sizeof *s->list.v, warning_order);
    s->sorted = true;
    *n = s->list.n;
    const struct warning *list = s->list.v;
    pthread_mutex_unlock(&s->lock);
    return list;
}

void ctx_warnings_next(struct ctx *c) {
    struct warn_sink *s = c->sink;
    pthread_mutex_lock(&s->lock);
    arena_free(s->arena_before);
    s->arena_before = s->arena;
    s->before = s->seen;
    s->arena = arena_new();
    map_init(&s->seen, s->arena);
    s->list.v = NULL;
    s->list.n = s->list.cap = 0;
    pthread_mutex_unlock(&s->lock);
}

/* Of years 0 to 9999. */
#define FIRST_SECOND (-62167219200)
#define LAST_SECOND 253402300799

/* The day's date; the inverse of days() below, whose years begin in March. */
static void civil(int64_t day, int *y, int *m, int *d) {
    day += 719468;
    int64_t era = (day >= 0 ? day : day - 146096) / 146097, doe = day - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    *d = (int)(doy - (153 * mp + 2) / 5 + 1);
    *m = (int)(mp < 10 ? mp + 3 : mp - 9);
    *y = (int)(yoe + era * 400 + (*m <= 2));
}
static void two(char *p, int n) {
    p[0] = (char)('0' + n / 10);
    p[1] = (char)('0' + n % 10);
}

/* By arithmetic: lists of hundreds of thousands of rows have a time in each. */
str time_rfc3339(struct arena *a, int64_t t) {
    enum { DAY = 86400 };
    if (t < FIRST_SECOND || t > LAST_SECOND)
        return S("1970-01-01T00:00:00Z");
    int64_t day = (t - FIRST_SECOND) / DAY, second = (t - FIRST_SECOND) % DAY;
    int y, m, d;
    civil(day + FIRST_SECOND / DAY, &y, &m, &d);
    char *p = arena_room(a, 21);
    two(p, y / 100);
    two(p + 2, y % 100);
    p[4] = p[7] = '-';
    two(p + 5, m);
    two(p + 8, d);
    p[10] = 'T';
    two(p + 11, (int)(second / 3600));
    p[13] = p[16] = ':';
    two(p + 14, (int)(second / 60 % 60));
    two(p + 17, (int)(second % 60));
    p[19] = 'Z';
    p[20] = 0;
    return str_n(p, 20);
}

static bool digits(str s, size_t at, size_t n, int lo, int hi, int *out) {
    uint64_t v;
    if (at + n > s.n || !str_u64(str_n(s.p + at, n), &v) || (int)v < lo || (int)v > hi)
        return false;
    *out = (int)v;
    return true;
}

/* Days since 1970-01-01 in the proleptic Gregorian calendar; years counted from March so that the leap day is last. */
static int64_t days(int y, int m, int d) {
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
    int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static bool zone(str s, size_t at, int64_t *seconds) {
    int h, m;
    if (at + 1 == s.n && (s.p[at] == 'Z' || s.p[at] == 'z'))
        return true;
    if (at + 6 != s.n || (s.p[at] != '+' && s.p[at] != '-') || s.p[at + 3] != ':' || !digits(s, at + 1, 2, 0, 23, &h) ||
        !digits(s, at + 4, 2, 0, 59, &m))
        return false;
    int64_t off = (int64_t)h * 3600 + m * 60;
    *seconds += s.p[at] == '+' ? -off : off;
    return true;
}

bool time_parse(str s, int64_t *out) {
    static const int month_days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int y, mo, d, h, mi, sec;
    if (s.n < 10 || s.p[4] != '-' || s.p[7] != '-' || !digits(s, 0, 4, 0, 9999, &y) || !digits(s, 5, 2, 1, 12, &mo) ||
        !digits(s, 8, 2, 1, month_days[mo - 1], &d))
        return false;
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    if (mo == 2 && d == 29 && !leap)
        return false;
    int64_t t = days(y, mo, d) * 86400;
    if (s.n > 10) {
        if (s.n < 19 || (s.p[10] != 'T' && s.p[10] != 't' && s.p[10] != ' ') || s.p[13] != ':' || s.p[16] != ':' ||
            !digits(s, 11, 2, 0, 23, &h) || !digits(s, 14, 2, 0, 59, &mi) || !digits(s, 17, 2, 0, 60, &sec))
            return false;
        t += h * 3600 + mi * 60 + sec;
        size_t at = 19;
        if (at < s.n && s.p[at] == '.') {
            if (++at == s.n || !ch_digit(s.p[at]))
                return false;
            while (at < s.n && ch_digit(s.p[at]))
                at++;
        }
        if (at < s.n && !zone(s, at, &t)) /* a time without zone is taken as UTC: OSV and NVD write both */
            return false;
    }
    *out = t;
    return true;
}
