/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/clock.h"

#include <stdio.h>
#include <unistd.h>

#include "base/temporary.h"
#include "base/testing.h"

static int64_t at(str rfc3339) {
    int64_t t = 0;
    if (!time_parse(rfc3339, &t))
        fail_msg("no time: %.*s", STR_ARG(rfc3339));
    return t;
}

static struct clock_set load(struct testing *t, const char *use) {
    struct clock_set set;
    if (!clock_load(&t->ctx, t->a, (str){NULL, 0}, &set, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    if (use) {
        set.used.n = 0;
        *vec_push(t->a, &set.used) = str_of(use);
    }
    return set;
}

/* "aware=2026-11-20T01:00:00Z severity=high known:KEV=Y" */
static struct clock_case case_of(struct testing *t, const char *text) {
    struct clock_case k;
    str rest = str_of(text), word, name, value;
    clock_case_init(&k);
    while (str_next(&rest, ' ', &word)) {
        enum clock_event event;
        if (!str_cut(word, '=', &name, &value))
            continue;
        if (clock_event_parse(name, &event))
            k.at[event] = at(value);
        else if (str_is(name, "severity"))
            k.severity = severity_of_word(value);
        else if (str_is(name, "exposure"))
            k.exposure = value;
        else if (str_is(name, "sector"))
            k.sector = value;
        else if (str_is(name, "kev-due"))
            k.kev_due = at(value);
        else if (str_starts(name, S("known:")))
            *vec_push(t->a, &k.known) = (struct ssvc_input){str_from(name, 6), value};
        else
            fail_msg("no such word: %.*s", STR_ARG(name));
    }
    return k;
}

/* "early-warning running 2026-11-21T02:00:00+01:00, …" */
static str told(struct testing *t, const struct deadlines *all) {
    struct buf b = {0};
    for (uint32_t i = 0; i < all->n; i++) {
        const struct deadline *d = &all->v[i];
        buf_addf(&b, "%s%.*s %s", i ? ", " : "", STR_ARG(d->rule->id), clock_state_name(d->state));
        if (d->due != CLOCK_NEVER)
            buf_addf(&b, " %.*s", STR_ARG(zone_text(t->a, d->profile->zone, d->due)));
    }
    str out = arena_str(t->a, buf_str(&b));
    buf_free(&b);
    return out;
}

static const struct {
    const char *profile, *facts, *now, *want;
} rows[] = {
    /* Hours run to the second and through the weekend; what is not exploited binds nobody. */
    {"eu-cra", "aware=2026-11-20T16:00:30Z", "2026-11-20T17:00:00Z", ""},
    {"eu-cra", "aware=2026-11-20T16:00:30Z exploited=2026-11-20T10:00:00Z", "2026-11-20T17:00:00Z",
     "early-warning running 2026-11-21T17:00:30+01:00, notification running 2026-11-23T17:00:30+01:00, "
     "users-told running 2026-11-23T17:00:30+01:00, final-report waiting"},
    /* It turned out later to be exploited: the clock starts then. */
    {"eu-cra", "aware=2026-11-01T00:00:00Z exploited=2026-11-20T10:00:00Z warned=2026-11-20T12:00:00Z",
     "2026-11-22T10:00:00Z",
     "notification running 2026-11-23T11:00:00+01:00, users-told running 2026-11-23T11:00:00+01:00, "
     "final-report waiting, early-warning met 2026-11-21T11:00:00+01:00"},
    /* 14 days after the fix, to the end of the day in Brussels; summer time ends in between. */
    {"eu-cra",
     "aware=2026-10-15T00:00:00Z exploited=2026-10-15T00:00:00Z notified=2026-10-15T05:00:00Z "
     "customer-told=2026-10-15T05:00:00Z fix-available=2026-10-20T22:30:00Z",
     "2026-10-21T00:00:00Z",
     "final-report running 2026-11-04T23:59:59+01:00, early-warning met 2026-10-16T02:00:00+02:00, "
     "notification met 2026-10-18T02:00:00+02:00, users-told met 2026-10-18T02:00:00+02:00"},
    /* An incident: one month after the notification. */
    {"eu-cra", "aware=2027-01-30T08:00:00Z incident=2027-01-30T08:00:00Z notified=2027-01-31T08:00:00Z",
     "2027-02-01T00:00:00Z",
     "incident-final-report running 2027-02-28T23:59:59+01:00, incident-early-warning met 2027-01-31T09:00:00+01:00, "
     "incident-notification met 2027-02-02T09:00:00+01:00"},
    /* In the past when first seen: missed at once. Done too late stays told. */
    {"eu-cra", "aware=2026-10-01T00:00:00Z exploited=2026-10-01T00:00:00Z notified=2026-10-10T00:00:00Z",
     "2026-11-20T00:00:00Z",
     "users-told missed 2026-10-04T02:00:00+02:00, final-report waiting, early-warning late "
     "2026-10-02T02:00:00+02:00, notification late 2026-10-04T02:00:00+02:00"},
    /* Before the article applied. */
    {"eu-cra", "aware=2026-09-10T12:00:00Z exploited=2026-09-10T12:00:00Z", "2026-09-11T00:00:00Z",
     "final-report waiting"},
    /* As of before it happened. */
    {"eu-cra", "aware=2026-11-20T16:00:00Z exploited=2026-11-20T10:00:00Z", "2026-11-20T15:00:00Z",
     "early-warning waiting, final-report waiting, notification waiting, users-told waiting"},
    /* Closed in time: nobody asks any more; too late: it was missed. */
    {"eu-cra", "aware=2026-11-20T10:00:00Z exploited=2026-11-20T10:00:00Z closed=2026-11-20T20:00:00Z",
     "2027-01-01T00:00:00Z",
     "early-warning stopped 2026-11-21T11:00:00+01:00, notification stopped 2026-11-23T11:00:00+01:00, "
     "users-told stopped 2026-11-23T11:00:00+01:00"},
    {"kev", "kev-listed=2026-11-01T00:00:00Z kev-due=2026-11-22T00:00:00Z", "2026-11-22T23:00:00Z",
     "due running 2026-11-22T23:59:59-05:00"},
    {"kev", "kev-listed=2026-11-01T00:00:00Z kev-due=2026-11-22T00:00:00Z", "2026-11-23T05:00:00Z",
     "due missed 2026-11-22T23:59:59-05:00"},
    {"kev", "kev-listed=2026-11-01T00:00:00Z", "2026-11-23T05:00:00Z", ""},
    {"kev", "published=2026-11-01T00:00:00Z", "2026-11-23T05:00:00Z", ""},
    {"bod-26-04",
     "aware=2026-11-20T15:00:00Z published=2026-11-19T00:00:00Z known:KEV=Y known:PE=Y known:A=Y known:TI=T",
     "2026-11-20T15:00:00Z",
     "forensics running 2026-11-23T23:59:59-05:00, three-days running 2026-11-23T23:59:59-05:00"},
    {"bod-26-04",
     "aware=2026-11-20T15:00:00Z published=2026-11-21T00:00:00Z known:KEV=N known:PE=N known:A=N known:TI=T",
     "2026-11-22T00:00:00Z", ""},
    {"bod-26-04",
     "aware=2026-11-20T15:00:00Z published=2026-11-21T00:00:00Z known:KEV=N known:PE=N known:A=Y known:TI=T",
     "2026-11-22T00:00:00Z", "sixty-days running 2027-01-19T23:59:59-05:00"},
    {"bod-26-04",
     "aware=2026-06-01T15:00:00Z published=2026-06-01T00:00:00Z known:KEV=Y known:PE=Y known:A=Y known:TI=T",
     "2026-11-22T00:00:00Z", ""},
    /* Listed long after it was found: the days count from the listing; listed long before: from when it was found. */
    {"bod-26-04",
     "aware=2026-09-01T15:00:00Z published=2026-09-01T00:00:00Z kev-listed=2026-11-20T12:00:00Z known:KEV=Y known:PE=Y "
     "known:A=Y known:TI=P",
     "2026-11-20T15:00:00Z", "three-days-since-listing running 2026-11-23T23:59:59-05:00"},
    {"bod-26-04",
     "aware=2026-11-20T15:00:00Z published=2024-09-01T00:00:00Z kev-listed=2024-09-20T12:00:00Z known:KEV=Y known:PE=N "
     "known:A=N known:TI=P",
     "2026-11-20T15:00:00Z", "fourteen-days-since-listing running 2026-12-04T23:59:59-05:00"},
    /* Over five days off in a row; 45 days are calendar days. */
    {"jp-cvd", "contacted=2026-09-17T20:00:00Z acknowledged=2026-09-20T00:00:00Z", "2026-09-24T00:00:00Z",
     "assessed running 2026-10-15T23:59:59+09:00, disclosed running 2026-11-02T23:59:59+09:00, "
     "acknowledged met 2026-09-30T23:59:59+09:00"},
    {"jp-cvd", "reported=2026-06-20T00:00:00Z", "2026-09-22T00:00:00Z", "website running 2026-09-24T23:59:59+09:00"},
    {"sla-template", "aware=2026-11-20T03:00:00Z severity=critical", "2026-11-20T03:00:00Z",
     "customer-told running 2026-11-26T23:59:59+09:00, critical running 2026-11-27T23:59:59+09:00"},
    {"sla-template", "aware=2026-11-20T03:00:00Z severity=critical exploited=2026-11-21T03:00:00Z",
     "2026-11-22T03:00:00Z",
     "exploited running 2026-11-24T23:59:59+09:00, customer-told running 2026-11-26T23:59:59+09:00"},
    {"sla-template", "aware=2026-11-20T03:00:00Z severity=medium", "2026-11-22T03:00:00Z",
     "medium running 2027-02-18T23:59:59+09:00"},
};

static void deadlines(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct clock_set set = load(t, rows[i].profile);
        struct clock_case k = case_of(t, rows[i].facts);
        struct deadlines all;
        assert_true(clock_deadlines(&set, t->a, &k, at(str_of(rows[i].now)), &all, &t->e));
        str got = told(t, &all);
        if (!str_is(got, rows[i].want))
            fail_msg("%s: %s\n got %.*s\nwant %s", rows[i].profile, rows[i].facts, STR_ARG(got), rows[i].want);
    }
}

static void for_people(void **state) {
    struct testing *t = *state;
    struct clock_set set = load(t, "eu-cra");
    struct clock_case k = case_of(t, "aware=2026-11-20T10:00:00Z exploited=2026-11-20T10:00:00Z");
    struct deadlines all;
    assert_true(clock_deadlines(&set, t->a, &k, at(S("2026-11-21T08:40:00Z")), &all, &t->e));
    check_str(clock_say(t->a, clock_next(&all), at(S("2026-11-21T08:40:00Z"))), "in 1 h 20 min");
    check_str(clock_due_text(t->a, clock_next(&all)), "2026-11-21 11:00 +01:00");
    check_str(clock_say(t->a, &all.v[3], 0), "waits for: a fix");
    assert_null(clock_due_text(t->a, &all.v[3]).p);
    assert_true(clock_deadlines(&set, t->a, &k, at(S("2026-11-23T13:00:00Z")), &all, &t->e));
    check_str(clock_say(t->a, clock_next(&all), 0), "2 d 3 h over");
    assert_int_equal(clock_next(&all)->over, 51 * 3600);
    struct clock_case quiet = case_of(t, "");
    assert_true(clock_deadlines(&set, t->a, &quiet, 0, &all, &t->e));
    assert_null(clock_next(&all));
}

/* Times that no calendar knows end nothing. */
static void far_away(void **state) {
    struct testing *t = *state;
    static const char *const profiles[] = {"eu-cra", "kev", "bod-26-04", "jp-cvd", "sla-template"};
    static const int64_t times[] = {INT64_MIN, -62135596800 - 1, 0, 253402300800, INT64_MAX - 1};
    for (size_t p = 0; p < 5; p++)
        for (size_t i = 0; i < 5; i++) {
            struct clock_set set = load(t, profiles[p]);
            struct clock_case k = case_of(t, "severity=high");
            struct deadlines all;
            for (int event = 0; event < EVENT_COUNT; event++)
                k.at[event] = times[i];
            k.at[EVENT_CLOSED] = CLOCK_NEVER;
            k.kev_due = times[i];
            assert_true(clock_deadlines(&set, t->a, &k, INT64_MAX - 1, &all, &t->e));
        }
    struct clock_set set = load(t, "jp-cvd");
    struct clock_case k = case_of(t, "contacted=2150-01-01T00:00:00Z");
    struct deadlines all;
    assert_true(clock_deadlines(&set, t->a, &k, at(S("2150-01-02T00:00:00Z")), &all, &t->e));
    check_str(told(t, &all), "acknowledged running 2150-01-08T23:59:59+09:00, assessed running "
                             "2150-01-22T23:59:59+09:00, disclosed running 2150-02-15T23:59:59+09:00");
    assert_true(all.v[0].estimated);
    assert_false(all.v[2].estimated);
}

static void put(struct testing *t, str home, const char *name, const char *text) {
    str path = path_join(t->a, home, str_of(name));
    assert_true(folder_make(path_dir(path), 0755, &t->e));
    assert_true(file_replace(path, str_of(text), &t->e));
}

static void gone(struct testing *t, str home, const char *const *names) {
    for (; *names; names++)
        remove(arena_cstr(t->a, path_join(t->a, home, str_of(*names))));
    rmdir(arena_cstr(t->a, home));
}

#define OWN(id, more)                                                                                                  \
    "{\"id\":\"" id "\",\"title\":\"Ours\",\"deadlines\":[{\"id\":\"d\",\"title\":\"D\",\"binds\":\"supplier\","       \
    "\"starts\":\"aware\",\"within\":{\"days\":1},\"done\":[\"fixed\"],\"do\":\"it\"" more "}]}"

static void ones_own(void **state) {
    struct testing *t = *state;
    static const char *const names[] = {"clocks/ours.json", "clocks/kev.json", "clocks", "akashi.toml", NULL};
    char folder[256];
    assert_non_null(mkdtemp(temporary_name(folder, sizeof folder, "clock")));
    str home = str_of(folder);
    struct clock_set set;
    struct deadlines all;
    struct clock_case k = case_of(t, "aware=2026-11-20T10:00:00Z");
    put(t, home, "clocks/ours.json", OWN("ours", ""));
    put(t, home, "clocks/kev.json", OWN("kev", ""));
    if (!clock_load(&t->ctx, t->a, home, &set, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    assert_int_equal(set.used.n, 2);
    check_str(clock_profile(&set, S("kev"))->title.en, "Ours");
    assert_true(clock_deadlines(&set, t->a, &k, k.at[EVENT_AWARE], &all, &t->e));
    check_str(told(t, &all), "d running 2026-11-21T23:59:59+00:00, d running 2026-11-21T23:59:59+00:00");
    put(t, home, "akashi.toml", "[clocks]\nuse = [\"eu-cra\"]\n");
    assert_true(clock_load(&t->ctx, t->a, home, &set, &t->e));
    assert_int_equal(set.used.n, 1);
    put(t, home, "akashi.toml", "[clocks]\nuse = [\"eu-craa\"]\n");
    assert_false(clock_load(&t->ctx, t->a, home, &set, &t->e));
    check_str(path_base(str_of(t->e.where)), "akashi.toml:2");
    gone(t, home, names);
}

static void faults(void **state) {
    struct testing *t = *state;
    static const char *const names[] = {"clocks/ours.json", "clocks", NULL};
    static const struct {
        const char *text, *where;
    } bad[] = {
        {OWN("other", ""), "ours.json#/id"},
        {OWN("ours", ",\"when\":{\"happened\":[\"exploitd\"]}"), "ours.json#/deadlines/0/when/happened/0"},
        {OWN("ours", ",\"when\":{\"decision\":{\"table\":\"none\",\"is\":[\"A\"]}}"),
         "ours.json#/deadlines/0/when/decision/table"},
        {OWN("ours", ",\"when\":{\"decision\":{\"table\":\"cisa\",\"is\":[\"Panic\"]}}"),
         "ours.json#/deadlines/0/when/decision/is/0"},
        {OWN("ours", ",\"roll\":\"next-business-day\""), "ours.json#/deadlines/0"},
        {OWN("ours", ",\"calendar\":\"mars\""), "ours.json#/deadlines/0/calendar"},
        {OWN("ours", ",\"more\":1"), "ours.json#/deadlines/0/more"},
        {"{\"id\":\"ours\",\"title\":\"Ours\",\"deadlines\":[]}", "ours.json#/deadlines"},
    };
    char folder[256];
    assert_non_null(mkdtemp(temporary_name(folder, sizeof folder, "clock")));
    str home = str_of(folder);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct clock_set set;
        t->e = (struct err){0};
        put(t, home, "clocks/ours.json", bad[i].text);
        assert_false(clock_load(&t->ctx, t->a, home, &set, &t->e));
        str where = str_of(t->e.where);
        if (!str_ends(where, str_of(bad[i].where)))
            fail_msg("%s: %s, want %s", t->e.where, t->e.what, bad[i].where);
    }
    gone(t, home, names);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(deadlines), TEST(for_people), TEST(far_away), TEST(ones_own), TEST(faults)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
