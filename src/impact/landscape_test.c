/* SPDX-License-Identifier: Apache-2.0
 *
 * A small country: two clouds, a power company in two zones, hospitals with the same library in both of their redundant
 * systems.
 */
#include "impact/landscape.h"

#include "impact/concentration.h"
#include "impact/parts.h"
#include "impact/running.h"
#include "impact/things_testing.h"
#include "impact/whatif.h"

static void ship(struct world *w, const char *product, const char *version, const char *purls) {
    struct parts parts = {0};
    struct release_new r = {.product = str_of(product), .version = str_of(version), .party = S("maker"), .log_id = 1};
    str rest = str_of(purls), one;
    uint32_t id;
    bool fresh;
    while (str_next(&rest, ' ', &one))
        *vec_push(w->t.a, &parts) = (struct part){one, (str){NULL, 0}};
    r.parts = &parts;
    r.entry = w->size++;
    r.time = 1000 + (int64_t)r.entry;
    memset(r.body, (int)r.entry, 32);
    MUST(store_begin(w->p.store, &w->t.e));
    MUST(contents_begin(w->p.contents, &w->t.e));
    MUST(contents_add(w->p.contents, &r, &id, &fresh, &w->t.e));
    MUST(contents_flush(w->p.contents, &w->t.e));
    MUST(store_commit(w->p.store, &w->t.e));
}

static void country(struct world *w) {
    MUST(contents_open(&w->p, &w->p.contents, &w->t.e));
    ship(w, "emr", "1.0", "pkg:npm/left@1.0.0 pkg:npm/right@1.0.0");
    ship(w, "paper", "2.0", "pkg:npm/left@1.1.0");
    ship(w, "scada", "3.0", "pkg:npm/grid@1.0.0");
    static const char *const deployments[] = {
        "{\"id\":\"h/emr\",\"product\":\"emr\",\"version\":\"1.0\",\"customer\":\"h\",\"host\":\"cloud-a\"}",
        "{\"id\":\"h/paper\",\"product\":\"paper\",\"version\":\"2.0\",\"customer\":\"h\",\"host\":\"cloud-b\"}",
        "{\"id\":\"p/scada\",\"product\":\"scada\",\"customer\":\"p\",\"service\":\"power\",\"zone\":\"ot\"}",
    };
    static const char *const services[] = {
        "{\"id\":\"er\",\"name\":\"救急\",\"party\":\"h\",\"sector\":\"medical\",\"mtpd\":\"PT4H\",\"restore\":"
        "\"PT6H\","
        "\"population\":1000,\"substitutes\":50,\"needs\":[[{\"deployment\":\"h/emr\"},{\"deployment\":\"h/paper\"}],"
        "[{\"service\":\"power\"}]]}",
        "{\"id\":\"power\",\"party\":\"p\",\"sector\":\"energy\",\"mtpd\":\"PT1H\",\"population\":90000}",
        "{\"id\":\"bank\",\"sector\":\"finance\",\"population\":5000,\"needs\":[[{\"service\":\"power\"}]]}",
    };
    for (size_t i = 0; i < 3; i++)
        say(w, THING_DEPLOYMENT, deployments[i]);
    for (size_t i = 0; i < 3; i++)
        say(w, THING_SERVICE, services[i]);
}

static void look(struct world *w, struct landscape *l) {
    country(w);
    struct as_of now = {0};
    MUST(landscape_read(&w->p, w->t.a, &reader_owner, &now, l, &w->t.e));
}

static const struct hub *hub_named(const struct hubs *v, const char *name) {
    for (uint32_t i = 0; i < v->n; i++)
        if (str_is(v->v[i].label, name))
            return &v->v[i];
    return NULL;
}

static void single_points_have_no_way_round(void **state) {
    struct world *w = *state;
    struct landscape l;
    struct hubs found;
    look(w, &l);
    struct concentration_ask ask = {.of = OF_HOSTS, .by = BY_POPULATION, .most = 10};
    MUST(concentration_find(&l, &ask, &found, &w->t.e));
    /* Everything hangs on the system in the zone "ot"; neither cloud takes anything with it. */
    assert_true(found.n >= 3);
    const struct hub *zone = hub_named(&found, "ot"), *power = hub_named(&found, "power");
    assert_non_null(zone);
    assert_int_equal(zone->services, 3);
    assert_true(zone->population > 95499 && zone->population < 95501);
    assert_int_equal(zone->depth, 3);
    assert_non_null(power);
    assert_int_equal(power->services, 2);
    const struct hub *cloud = hub_named(&found, "cloud-a");
    assert_true(!cloud || cloud->services == 0);
    ask.sector = S("medical");
    MUST(concentration_find(&l, &ask, &found, &w->t.e));
    assert_int_equal(hub_named(&found, "ot")->services, 1);
    assert_null(hub_named(&found, "cloud-a"));
    contents_close(w->p.contents);
}

static void redundancy_with_one_library_is_none(void **state) {
    struct world *w = *state;
    struct landscape l;
    struct hubs found;
    look(w, &l);
    struct concentration_ask ask = {.of = OF_PACKAGES, .by = BY_POPULATION, .most = 10};
    MUST(concentration_find(&l, &ask, &found, &w->t.e));
    assert_int_equal(found.n, 3);
    check_str(found.v[0].label, "pkg:npm/grid");
    check_str(found.v[1].label, "pkg:npm/left");
    assert_int_equal(found.v[1].services, 1);
    assert_int_equal(found.v[1].releases, 2);
    assert_int_equal(found.v[1].customers, 1);
    assert_int_equal(found.v[2].services, 0);
    ask = (struct concentration_ask){.of = OF_PACKAGES, .by = BY_RELEASES, .most = 1};
    MUST(concentration_find(&l, &ask, &found, &w->t.e));
    assert_int_equal(found.n, 1);
    check_str(found.v[0].label, "pkg:npm/left");
    contents_close(w->p.contents);
}

static const struct whatif_service *service_named(const struct landscape *l, const struct whatif *f, const char *id) {
    for (uint32_t i = 0; i < f->services.n; i++)
        if (str_is(l->services.v[f->services.v[i].service].id, id))
            return &f->services.v[i];
    return NULL;
}

static void what_if(void **state) {
    struct world *w = *state;
    struct landscape l;
    struct whatif f;
    look(w, &l);
    MUST(whatif_run(&l, S("remove party:cloud-a"), 1, &f, &w->t.e));
    assert_int_equal(f.services.n, 0);
    assert_int_equal(f.deployments, 1);
    MUST(whatif_run(&l, S("remove cloud-a, cloud-b"), 1, &f, &w->t.e));
    assert_int_equal(f.services.n, 1);
    assert_int_equal(f.jobs.n, 2);
    const struct whatif_service *er = service_named(&l, &f, "er");
    assert_int_equal(er->back, 6 * 3600); /* one of the two is enough */
    assert_true(er->late);
    MUST(whatif_run(&l, S("remove zone:ot"), 1, &f, &w->t.e));
    assert_int_equal(f.services.n, 3);
    assert_int_equal(f.deepest, 3);
    assert_true(f.jobs.v[0].assumed);
    assert_int_equal(service_named(&l, &f, "bank")->back, RESTORE_ASSUMED);
    assert_false(service_named(&l, &f, "bank")->late); /* it does not say what it can bear */
    MUST(whatif_run(&l, S("remove service:power"), 1, &f, &w->t.e));
    assert_int_equal(f.jobs.n, 1); /* what needs it comes back by itself */
    assert_int_equal(service_named(&l, &f, "er")->back, RESTORE_ASSUMED);
    MUST(whatif_run(&l, S("pkg:npm/left@vers:npm/>=1.0.0"), 1, &f, &w->t.e));
    assert_int_equal(f.releases, 2);
    assert_int_equal(f.services.n, 1);
    assert_false(whatif_run(&l, S("remove nobody-knows-it"), 1, &f, &w->t.e));
    assert_int_equal(w->t.e.kind, ERR_INPUT);
    assert_false(whatif_run(&l, S("remove "), 1, &f, &w->t.e));
    assert_int_equal(w->t.e.kind, ERR_USAGE);
    contents_close(w->p.contents);
}

static void what_a_reader_may_not_see_is_no_part_of_it(void **state) {
    struct world *w = *state;
    struct landscape l;
    struct reader reader;
    struct as_of now = {0};
    country(w);
    MUST(reader_parse(&w->p, w->t.a, S("h"), &reader, &w->t.e));
    MUST(landscape_read(&w->p, w->t.a, &reader, &now, &l, &w->t.e));
    assert_int_equal(l.services.n, 1);
    assert_int_equal(l.deployments.n, 2);
    MUST(reader_parse(&w->p, w->t.a, S("stranger"), &reader, &w->t.e));
    MUST(landscape_read(&w->p, w->t.a, &reader, &now, &l, &w->t.e));
    assert_int_equal(l.services.n + l.deployments.n, 0);
    contents_close(w->p.contents);
}

/* However many systems run something of their own. */
static void it_is_read_by_few_questions(void **state) {
    enum { SYSTEMS = 150 };
    struct world *w = *state;
    struct landscape l;
    struct hubs hubs;
    struct as_of now = {0};
    struct concentration_ask ask = {.of = OF_PACKAGES, .by = BY_CUSTOMERS, .most = 3};
    country(w);
    for (int i = 0; i < SYSTEMS; i++) {
        ship(w, arena_printf(w->t.a, "p%d%c", i, 0).p, "1", "pkg:npm/shared@1 pkg:npm/left@1.0.0");
        ship(w, arena_printf(w->t.a, "p%d%c", i, 0).p, "1", "pkg:npm/shared@1 pkg:npm/second@1.0.0");
        say(w, THING_DEPLOYMENT,
            arena_printf(w->t.a, "{\"id\":\"d%d\",\"product\":\"p%d\",\"customer\":\"c%d\"}%c", i, i, i, 0).p);
    }
    MUST(store_begin(w->p.store, &w->t.e));
    MUST(running_rebuild(&w->p, &w->t.e));
    MUST(store_commit(w->p.store, &w->t.e));
    uint64_t before = store_asked(w->p.store);
    MUST(landscape_read(&w->p, w->t.a, &reader_owner, &now, &l, &w->t.e));
    assert_true(l.deployments.n == SYSTEMS + 3);
    assert_true(store_asked(w->p.store) - before < SYSTEMS / 3);
    before = store_asked(w->p.store);
    MUST(concentration_find(&l, &ask, &hubs, &w->t.e));
    assert_true(store_asked(w->p.store) - before < SYSTEMS / 3);
    assert_int_equal(hubs.n, 3);
    check_str(hubs.v[0].label, "pkg:npm/left"); /* the two of the country run it too */
    assert_int_equal(hubs.v[0].deployments, SYSTEMS + 2);
    check_str(hubs.v[1].label, "pkg:npm/second"); /* what the second document says alone */
    assert_int_equal(hubs.v[1].deployments, SYSTEMS);
    check_str(hubs.v[2].label, "pkg:npm/shared");
    assert_int_equal(hubs.v[2].deployments, SYSTEMS);
    contents_close(w->p.contents);
}

int main(void) {
    const struct CMUnitTest tests[] = {WORLD_TEST(single_points_have_no_way_round),
                                       WORLD_TEST(redundancy_with_one_library_is_none), WORLD_TEST(what_if),
                                       WORLD_TEST(what_a_reader_may_not_see_is_no_part_of_it),
                                       WORLD_TEST(it_is_read_by_few_questions)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
