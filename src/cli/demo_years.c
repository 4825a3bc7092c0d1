/* SPDX-License-Identifier: Apache-2.0
 *
 * Two years, month by month: what is shipped, what is put into use and brought up to date, what becomes known, and
 * what `akashi watch` makes of it.
 */
#include "base/file.h"
#include "cli/demo.h"

enum { MONTH = 30 };

void demo_on(struct demo *d, int day, int second) {
    int64_t at = d->today + (int64_t)day * DEMO_DAY + second;
    d->play.now = at < d->now ? at : d->now;
}

str demo_date(const struct demo *d, int day) {
    return str_upto(time_rfc3339(d->a, d->today + (int64_t)day * DEMO_DAY), 10);
}

bool demo_put(struct demo *d, const char *name, struct err *e) {
    bool ok = file_replace(path_join(d->a, d->play.folder, str_of(name)), buf_str(&d->file), e);
    buf_clear(&d->file);
    return ok;
}

bool demo_run(struct demo *d, struct err *e, const char *line, ...) {
    struct played played;
    struct buf b = {0};
    va_list ap;
    va_start(ap, line);
    buf_addv(&b, line, ap);
    va_end(ap);
    const char *text = arena_cstr(d->a, buf_str(&b));
    buf_free(&b);
    return play_run(&d->play, text, &played, e) && play_check(text, 0, &played, e);
}

/* ── what is there from the first day on ── */

static bool put_data(struct demo *d, const char *name, const char *file, struct err *e) {
    buf_add(&d->file, demo_data(name));
    return demo_put(d, file, e);
}

static void write_products(struct demo *d) {
    static const char *const tlp[] = {"amber", "green", "amber", "clear"};
    buf_addz(&d->file, "id,name,party,purl,tlp,support-from,support-until\n");
    for (uint32_t i = 0; i < d->products.n; i++) {
        const struct demo_product *p = &d->products.v[i];
        int until = i % 15 == 7 ? -40 : 400 + (int)demo_roll(1500, i, 50, 0);
        buf_addf(&d->file, "%.*s,%.*s,%.*s,pkg:generic/%.*s/%.*s,%s,%.*s,%.*s\n", STR_ARG(p->id), STR_ARG(p->name),
                 STR_ARG(p->party), STR_ARG(p->party), STR_ARG(p->id), tlp[i % 4], STR_ARG(demo_date(d, DEMO_BEGIN)),
                 STR_ARG(demo_date(d, until)));
    }
}

static bool first_day(struct demo *d, struct err *e) {
    write_products(d);
    return demo_put(d, "products.csv", e) && put_data(d, "parties", "parties.csv", e) &&
           put_data(d, "services", "services.csv", e) && demo_run(d, e, "akashi party import parties.csv --quiet") &&
           demo_run(d, e, "akashi product import products.csv --quiet") &&
           demo_run(d, e, "akashi service import services.csv --quiet");
}

/* ── a month ── */

/* Of two products all is said that `akashi release` says, as long as rules look back. */
static bool is_released(const struct demo_product *p, uint32_t release) {
    return (str_is(p->id, "single-sign-on") || str_is(p->id, "message-bus")) && p->releases.v[release].day > -430;
}

static bool release_one(struct demo *d, uint32_t product, uint32_t release, struct err *e) {
    const struct demo_product *p = &d->products.v[product];
    str v = p->releases.v[release].version;
    str folder = arena_printf(d->a, "%.*s-%.*s", STR_ARG(p->id), STR_ARG(v));
    demo_sbom_write(d, product, release);
    if (!demo_put(d, "release.cdx.json", e) || !folder_make(path_join(d->a, d->play.folder, folder), 0700, e))
        return false;
    buf_addf(&d->file, "%.*s %.*s\n", STR_ARG(p->english), STR_ARG(v));
    if (!demo_put(d, arena_printf(d->a, "%.*s/README.txt", STR_ARG(folder)).p, e))
        return false;
    buf_addz(&d->file, "<testsuite name=\"all\" tests=\"2\" failures=\"0\"><testcase name=\"signs in\"/>"
                       "<testcase name=\"signs out\"/></testsuite>\n");
    return demo_put(d, "junit.xml", e) &&
           demo_run(d, e,
                    "akashi release %.*s --product %.*s --version %.*s --purl pkg:generic/hinata/%.*s@%.*s --sbom "
                    "release.cdx.json --tests junit.xml --source https://git.hinata.example/%.*s --quiet",
                    STR_ARG(folder), STR_ARG(p->id), STR_ARG(v), STR_ARG(p->id), STR_ARG(v), STR_ARG(p->id));
}

static bool ship(struct demo *d, int from, int to, struct err *e) {
    for (uint32_t i = 0; i < d->products.n; i++)
        for (uint32_t k = 0; k < d->products.v[i].releases.n; k++)
            if (d->products.v[i].releases.v[k].day >= from && d->products.v[i].releases.v[k].day < to &&
                !is_released(&d->products.v[i], k))
                demo_release_write(d, i, k);
    if (d->file.n &&
        (!demo_put(d, "releases.jsonl", e) || !demo_run(d, e, "akashi impact import releases.jsonl --quiet")))
        return false;
    for (uint32_t i = 0; i < d->products.n; i++)
        for (uint32_t k = 0; k < d->products.v[i].releases.n; k++)
            if (d->products.v[i].releases.v[k].day >= from && d->products.v[i].releases.v[k].day < to &&
                is_released(&d->products.v[i], k) && !release_one(d, i, k, e))
                return false;
    return true;
}

/* A clinic has no emergency care: what would carry it there carries nothing. */
static bool is_service(struct demo *d, str party, str kind) {
    str needle = arena_printf(d->a, "\n%.*s/%.*s,", STR_ARG(party), STR_ARG(kind));
    return kind.n && str_find(demo_data("services"), needle) != STR_NONE;
}

static void write_deployment(struct demo *d, const struct demo_deployment *x) {
    static const char *const exposures[] = {"controlled", "small", "controlled", "open"}, *const kinds[] = {
                                                                                              "sensitive", "internal",
                                                                                              "personal", "none"};
    const struct demo_product *p = &d->products.v[x->product];
    const struct demo_place *at = &d->places.v[x->place];
    bool carries = x->instance == 0 && is_service(d, at->party, p->service), hosted = str_starts(at->zone, S("hotaru"));
    buf_addf(&d->file, "%.*s,%.*s,", STR_ARG(x->id), STR_ARG(p->id));
    if (!x->follows)
        buf_add(&d->file, p->releases.v[x->release].version);
    buf_addf(&d->file, ",%.*s,%s,%s,", STR_ARG(at->party), x->place % 3 == 1 ? "" : "hinata", hosted ? "hotaru" : "");
    if (carries)
        buf_addf(&d->file, "%.*s/%.*s", STR_ARG(at->party), STR_ARG(p->service));
    bool test = x->instance > 1 && x->instance % 4 == 3;
    buf_addf(&d->file, ",%s,%.*s,%s,%s,%.*s\n", test ? "test" : "production", STR_ARG(at->zone),
             exposures[(x->product + x->instance) % 4], kinds[x->product % 4], STR_ARG(demo_date(d, x->since)));
}

/* Some are always quick, some never touch what runs. */
static bool is_moved(const struct demo *d, const struct demo_deployment *x, uint32_t number, int day) {
    static const uint32_t percent[] = {50, 25, 12, 35, 5};
    int newest = demo_release_on(&d->products.v[x->product], day - 10);
    return !x->follows && newest > x->release && demo_roll(100, number, 51, (uint64_t)-day) < percent[x->place % 5];
}

static bool put_into_use(struct demo *d, int from, int to, struct err *e) {
    static const char head[] =
        "id,product,version,customer,operator,host,service,environment,zone,exposure,data,since\n";
    buf_addz(&d->file, head);
    for (uint32_t i = 0; i < d->deployments.n; i++) {
        struct demo_deployment *x = &d->deployments.v[i];
        if (x->since < from || x->since >= to)
            continue;
        x->release = demo_release_on(&d->products.v[x->product], x->since);
        write_deployment(d, x);
    }
    bool some = d->file.n >= sizeof head;
    if (!demo_put(d, "deployments.csv", e))
        return false;
    return !some || demo_run(d, e, "akashi deploy import deployments.csv --quiet");
}

static bool bring_up_to_date(struct demo *d, int day, struct err *e) {
    static const char head[] = "id,version\n";
    buf_addz(&d->file, head);
    for (uint32_t i = 0; i < d->deployments.n; i++) {
        struct demo_deployment *x = &d->deployments.v[i];
        if (x->release < 0 || !is_moved(d, x, i, day))
            continue;
        const struct demo_product *p = &d->products.v[x->product];
        x->release = demo_release_on(p, day - 10);
        buf_addf(&d->file, "%.*s,%.*s\n", STR_ARG(x->id), STR_ARG(p->releases.v[x->release].version));
    }
    bool some = d->file.n >= sizeof head;
    if (!demo_put(d, "moves.csv", e))
        return false;
    return !some || demo_run(d, e, "akashi deploy import moves.csv --quiet");
}

/* The month's advisories and the list of the exploited ones. */
static bool become_known(struct demo *d, int from, int to, struct err *e) {
    for (uint32_t i = 0; i < DEMO_ADVISORIES; i++) {
        const struct demo_advisory *x = &d->advisories->of[i];
        if (x->day < from || x->day >= to)
            continue;
        demo_advisory_write(d->packages, x, d->today, &d->file);
        if (!demo_put(d, arena_printf(d->a, "advisories/%.*s.json", STR_ARG(x->id)).p, e))
            return false;
    }
    demo_kev_write(d->advisories, to - 1, d->today, &d->file);
    return demo_put(d, "advisories/exploited.json", e);
}

static bool month(struct demo *d, int from, int to, struct err *e) {
    if (!demo_people(d, from, to - 1, e))
        return false;
    demo_on(d, to - 1, 9 * 3600);
    if (!ship(d, from, to, e) || !put_into_use(d, from, to, e) || !bring_up_to_date(d, to - 1, e) ||
        !become_known(d, from, to, e) || !demo_run(d, e, "akashi watch --from advisories --quiet"))
        return false;
    demo_on(d, to - 1, 10 * 3600);
    return demo_cases(d, to - 1, e) && demo_people(d, to - 1, to, e);
}

/* Today. */
static bool break_out(struct demo *d, struct err *e) {
    const struct demo_advisory *x = &d->advisories->of[DEMO_ADVISORIES - 1];
    demo_on(d, 0, 6 * 3600);
    demo_advisory_write(d->packages, x, d->today, &d->file);
    if (!demo_put(d, arena_printf(d->a, "advisories/%.*s.json", STR_ARG(x->id)).p, e))
        return false;
    demo_kev_write(d->advisories, 0, d->today, &d->file);
    return demo_put(d, "advisories/exploited.json", e) && demo_run(d, e, "akashi watch --from advisories --quiet") &&
           demo_people(d, 0, 1, e);
}

bool demo_years(struct demo *d, struct err *e) {
    if (!folder_make(path_join(d->a, d->play.folder, S("advisories")), 0700, e))
        return false;
    demo_on(d, DEMO_BEGIN, 8 * 3600);
    if (!first_day(d, e))
        return false;
    for (int from = DEMO_BEGIN; from < 0; from += MONTH) {
        struct arena_mark mark = arena_mark(d->a); /* what a month's files were made of goes with it */
        if (!month(d, from, from + MONTH, e))
            return false;
        arena_reset(d->a, mark);
    }
    return break_out(d, e);
}
