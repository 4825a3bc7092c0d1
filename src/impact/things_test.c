/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/things_form.h"

#include "impact/reach_names.h"
#include "impact/things_testing.h"
#include "store/store_testing.h"

static int64_t number(struct world *w, enum thing_kind kind, const char *id) {
    int64_t n;
    bool found;
    MUST(thing_find(&w->p, kind, str_of(id), &found, &n, &w->t.e));
    return found ? n : -1;
}
static struct as_of at(uint64_t size) { return (struct as_of){.given = true, .size = size, .time = 1000}; }

static void everything_said_comes_back(void **state) {
    struct world *w = *state;
    struct party party;
    struct product product;
    struct deployment d;
    struct service s;
    bool found;
    say(w, THING_PARTY,
        "{\"id\":\"yamada\",\"name\":\"山田工業\",\"roles\":[\"supplier\",\"operator\"],\"contacts\":[{\"kind\":"
        "\"psirt\",\"name\":\"安全課\",\"address\":\"psirt@y.example\"},{\"kind\":\"sales\",\"address\":\"+81\"}],"
        "\"primes\":[\"rei\"],\"sector\":\"medical\",\"region\":\"JP-13\",\"language\":\"ja\"}");
    say(w, THING_PRODUCT,
        "{\"id\":\"thing\",\"name\":\"もの\",\"party\":\"yamada\",\"purl\":\"pkg:generic/thing\",\"support\":{\"from\":"
        "\"2024-04-01\",\"until\":\"2029-03-31\"},\"endOfLife\":\"2031-03-31T12:00:00Z\",\"tlp\":\"amber\"}");
    say(w, THING_DEPLOYMENT,
        "{\"id\":\"h/emr\",\"product\":\"thing\",\"version\":\"1.2\",\"customer\":\"h\",\"operator\":\"rei\",\"host\":"
        "\"cloud\",\"service\":\"er\",\"environment\":\"production\",\"zone\":\"t1\",\"exposure\":\"open\",\"data\":"
        "\"sensitive\",\"owner\":\"課\",\"since\":\"2025-10-01\",\"follows\":false}");
    say(w, THING_SERVICE,
        "{\"id\":\"er\",\"name\":\"救急\",\"party\":\"h\",\"sector\":\"medical\",\"region\":\"JP\",\"mtpd\":\"PT4H\","
        "\"restore\":\"P1D\",\"population\":340000,\"substitutes\":30,\"needs\":[[{\"deployment\":\"h/emr\"},"
        "{\"deployment\":\"h/paper\"}],[{\"zone\":\"t1\"}],[{\"service\":\"power\"},{\"party\":\"rei\"}]]}");
    MUST(party_get(&w->p, w->t.a, number(w, THING_PARTY, "yamada"), NULL, &party, &found, &w->t.e));
    assert_true(found && !party.mentioned && party.entry == 0);
    check_str(party.name, "山田工業");
    assert_int_equal(party.roles, ROLE_SUPPLIER | ROLE_OPERATOR);
    assert_int_equal(party.contacts.n, 2);
    check_str(party.contacts.v[0].kind, "psirt");
    check_str(party.contacts.v[0].name, "安全課");
    check_str(party.contacts.v[0].address, "psirt@y.example");
    assert_null(party.contacts.v[1].name.p);
    assert_int_equal(party.primes.n, 1);
    assert_int_equal(party.primes.v[0], number(w, THING_PARTY, "rei"));
    check_str(party.language, "ja");
    MUST(product_get(&w->p, w->t.a, number(w, THING_PRODUCT, "thing"), NULL, &product, &found, &w->t.e));
    assert_true(found);
    assert_int_equal(product.party, party.number);
    assert_int_equal(product.support_from, 1711929600);
    assert_int_equal(product.support_until, 1869695999); /* to the end of the day */
    assert_int_equal(product.end_of_life, 1932724800);
    check_str(product.tlp, "amber");
    MUST(deployment_get(&w->p, w->t.a, number(w, THING_DEPLOYMENT, "h/emr"), NULL, &d, &found, &w->t.e));
    assert_true(found && !d.follows && d.exposure == EXPOSURE_OPEN && d.product == product.number);
    assert_int_equal(d.customer, number(w, THING_PARTY, "h"));
    assert_int_equal(d.service, number(w, THING_SERVICE, "er"));
    assert_int_equal(d.until, 0);
    MUST(service_get(&w->p, w->t.a, d.service, NULL, &s, &found, &w->t.e));
    assert_true(found && s.mtpd == 14400 && s.restore == 86400 && s.population == 340000 && s.substitutes == 30);
    assert_int_equal(s.needs.n, 5);
    assert_int_equal(s.needs.v[1].group, 0);
    assert_int_equal(s.needs.v[1].number, number(w, THING_DEPLOYMENT, "h/paper"));
    assert_int_equal(s.needs.v[2].kind, NEED_ZONE);
    check_str(s.needs.v[2].text, "t1");
    assert_int_equal(s.needs.v[3].number, number(w, THING_SERVICE, "power"));
    MUST(service_get(&w->p, w->t.a, s.needs.v[3].number, NULL, &s, &found, &w->t.e));
    assert_true(found && s.mentioned && s.mtpd == -1 && s.party == -1);
    MUST(party_get(&w->p, w->t.a, 99, NULL, &party, &found, &w->t.e));
    assert_false(found);
}

/* A form becomes a payload, the payload rows, the rows the same form. */
static void forms_go_round(void **state) {
    struct world *w = *state;
    static const char *const forms[4][FIELDS_MOST + 1] = {
        [THING_PARTY] = {"山田", "山田工業 \"K\", Ltd", "supplier;customer", "https://y.example/",
                         "psirt:安全, 課 <psirt@y.example>;sales:+81", "rei;sato", "medical", "JP-13", "en"},
        [THING_PRODUCT] = {"a/b", NULL, "p", "pkg:generic/a", "2024-04-01", "2029-03-31", NULL, "amber+strict"},
        [THING_DEPLOYMENT] = {"d", "a/b", "1.0", "true", "c", NULL, NULL, "s", "production", NULL, "small", "none",
                              NULL, "2024-04-01T12:00:00Z", "2029-03-31"},
        [THING_SERVICE] = {"s", "n", NULL, "power", NULL, "PT4H30M", "P2D", "0", "100",
                           "deployment:d|package:pkg:npm/%40a/b;zone:東京 1;service:s;party:p"},
    };
    for (int k = 0; k < 4; k++) {
        struct form f = {.kind = (enum thing_kind)k, .id = str_of(forms[k][0])};
        struct said said;
        const struct field *bad;
        str payload;
        struct json doc;
        bool found;
        for (uint32_t i = 0; i < thing_shapes[k].n; i++)
            if (forms[k][i + 1])
                MUST(field_take(&w->t.ctx, w->t.a, &thing_shapes[k].fields[i], str_of(forms[k][i + 1]), &f.v[i],
                                &w->t.e));
        for (uint32_t i = 0; i < thing_shapes[k].n; i++)
            if (forms[k][i + 1])
                check_str(f.v[i], forms[k][i + 1]);
        MUST(form_check(&f, &bad, &w->t.e));
        MUST(form_payload(&w->t.ctx, w->t.a, &f, 2, &payload, &w->t.e));
        MUST(json_parse(&w->t.ctx, w->t.a, payload, JSON_STRICT, S("payload"), &doc, &w->t.e));
        assert_int_equal(j_int(j_get2(doc.root, "predicate", "revision"), 0), 2);
        say(w, f.kind, json_text(j_get(doc.root, "predicate"), w->t.a).p);
        MUST(thing_get(&w->p, w->t.a, f.kind, number(w, f.kind, forms[k][0]), NULL, &found, &said, &w->t.e));
        assert_true(found);
        for (uint32_t i = 0; i < thing_shapes[k].n; i++)
            if (!str_eq(said.form.v[i], f.v[i]))
                fail_msg("%s: got \"%.*s\", want \"%.*s\"", thing_shapes[k].fields[i].name, STR_ARG(said.form.v[i]),
                         STR_ARG(f.v[i]));
        assert_true(form_same(&said.form, &f));
    }
}

static str owner_at(struct world *w, const char *id, const struct as_of *when) {
    struct deployment d;
    bool found;
    MUST(deployment_get(&w->p, w->t.a, number(w, THING_DEPLOYMENT, id), when, &d, &found, &w->t.e));
    return !found ? S("absent") : d.mentioned ? S("mentioned") : d.owner;
}

static void what_held_then_is_told(void **state) {
    struct world *w = *state;
    say(w, THING_SERVICE, "{\"id\":\"s\",\"needs\":[[{\"deployment\":\"d\"}]]}");
    say(w, THING_DEPLOYMENT, "{\"id\":\"d\",\"product\":\"p\",\"owner\":\"A\"}");
    say(w, THING_DEPLOYMENT, "{\"id\":\"d\",\"product\":\"p\",\"owner\":\"B\"}");
    say(w, THING_DEPLOYMENT, "{\"id\":\"d\",\"product\":\"p\",\"owner\":\"A\",\"revision\":3}");
    static const char *const want[] = {"absent", "mentioned", "A", "B", "A"};
    for (uint64_t size = 0; size < 5; size++) {
        struct as_of when = at(size);
        check_str(owner_at(w, "d", &when), want[size]);
    }
    check_str(owner_at(w, "d", NULL), "A");
}

static void the_wrong_author_changes_nothing(void **state) {
    struct world *w = *state;
    struct history h = {0};
    say(w, THING_PARTY, "{\"id\":\"yamada\",\"name\":\"山田工業\",\"roles\":[\"operator\"]}");
    say(w, THING_DEPLOYMENT, "{\"id\":\"d\",\"product\":\"p\",\"operator\":\"yamada\",\"owner\":\"A\"}");
    say(w, THING_DEPLOYMENT, "{\"id\":\"other\",\"product\":\"p\",\"operator\":\"x\",\"owner\":\"A\"}");
    say_as(w, THING_DEPLOYMENT, YAMADA, "{\"id\":\"d\",\"product\":\"p\",\"operator\":\"yamada\",\"owner\":\"B\"}");
    say_as(w, THING_DEPLOYMENT, STRANGER, "{\"id\":\"d\",\"product\":\"p\",\"owner\":\"C\"}");
    /* Naming oneself does not help where it is known who is concerned. */
    say_as(w, THING_DEPLOYMENT, YAMADA, "{\"id\":\"other\",\"product\":\"p\",\"operator\":\"yamada\",\"owner\":\"D\"}");
    say_as(w, THING_DEPLOYMENT, STRANGER, "{\"id\":\"new\",\"product\":\"p\",\"owner\":\"E\"}");
    check_str(owner_at(w, "d", NULL), "B");
    check_str(owner_at(w, "other", NULL), "A");
    check_str(owner_at(w, "new", NULL), "mentioned");
    MUST(thing_history(&w->p, w->t.a, THING_DEPLOYMENT, number(w, THING_DEPLOYMENT, "d"), NULL, &h, &w->t.e));
    assert_int_equal(h.n, 3);
    assert_int_equal(h.v[0].held_until, 3);
    assert_int_equal(h.v[1].held_until, INT64_MAX);
    assert_int_equal(h.v[2].held_until, h.v[2].said.entry);
    assert_int_equal(h.v[2].said.signer[0], STRANGER);
}

static str dump(struct world *w) {
    struct buf b = {0};
    MUST(store_dump(w->p.store, &b, &w->t.e));
    str out = arena_str(w->t.a, buf_str(&b));
    buf_free(&b);
    return out;
}
static void settle(struct world *w) {
    MUST(store_begin(w->p.store, &w->t.e));
    MUST(things_settle(&w->p, &w->t.e));
    MUST(store_commit(w->p.store, &w->t.e));
}

/* Twice is once; and a view that knew less of the keys while it grew equals one that always knew. */
static void replay_is_exact(void **state) {
    struct world *w = *state;
    static const struct {
        enum thing_kind kind;
        int who;
        const char *predicate;
    } rows[] = {
        {THING_PARTY, OURS, "{\"id\":\"yamada\",\"name\":\"山田工業\",\"roles\":[\"operator\"]}"},
        {THING_PRODUCT, STRANGER, "{\"id\":\"p\",\"party\":\"sato\"}"},
        {THING_PRODUCT, YAMADA, "{\"id\":\"p\",\"party\":\"yamada\"}"},
        {THING_PRODUCT, STRANGER, "{\"id\":\"p\",\"party\":\"sato\",\"name\":\"x\"}"},
        {THING_DEPLOYMENT, STRANGER, "{\"id\":\"d\",\"product\":\"p\",\"customer\":\"sato\"}"},
        {THING_DEPLOYMENT, OURS, "{\"id\":\"d\",\"product\":\"p\",\"customer\":\"yamada\"}"},
    };
    size_t n = sizeof rows / sizeof *rows;
    for (size_t i = 0; i < n; i++)
        apply(w, rows[i].kind, rows[i].who, i, rows[i].predicate);
    settle(w);
    str once = dump(w);
    for (size_t i = 0; i < n; i++)
        apply(w, rows[i].kind, rows[i].who, i, rows[i].predicate);
    settle(w);
    check_str(dump(w), once.p);
    add_key(w, STRANGER, "sato", false);
    settle(w);
    str grown = dump(w);
    assert_false(str_eq(grown, once));
    check_str(owner_at(w, "d", NULL), "");
    struct product product;
    bool found;
    MUST(product_get(&w->p, w->t.a, number(w, THING_PRODUCT, "p"), NULL, &product, &found, &w->t.e));
    check_str(product.name, "x"); /* the first to speak was Sato, so Yamada has no say in it now */
    store_close(w->p.store);
    MUST(store_open(&w->t.ctx, store_testing_file(w->t.a, path_join(w->t.a, str_of(w->dir), S("v2.db"))), STORE_WRITE,
                    &w->p.store, &w->t.e));
    for (size_t i = 0; i < n; i++)
        apply(w, rows[i].kind, rows[i].who, i, rows[i].predicate);
    settle(w);
    check_str(dump(w), grown.p);
    static const char *const files[] = {"v2.db", "v2.db-wal", "v2.db-shm"};
    for (size_t i = 0; i < 3; i++)
        unlink(path_join(w->t.a, str_of(w->dir), str_of(files[i])).p);
}

struct seen {
    struct world *w;
    uint32_t n;
    int64_t last;
};
static bool count_party(void *arg, const struct party *x, struct err *e) {
    struct seen *s = arg;
    struct party again;
    bool found;
    assert_true(x->number > s->last);
    s->last = x->number;
    s->n++;
    return party_get(&s->w->p, s->w->t.a, x->number, NULL, &again, &found, e) && found;
}
static bool count_deployment(void *arg, const struct deployment *x, struct err *e) {
    struct seen *s = arg;
    (void)e;
    (void)x;
    s->n++;
    return true;
}

static void all_are_walked_through(void **state) {
    struct world *w = *state;
    struct seen s = {.w = w, .last = -1};
    for (int i = 0; i < 600; i++)
        say(w, THING_DEPLOYMENT,
            arena_printf(w->t.a, "{\"id\":\"d%d\",\"product\":\"p%d\",\"customer\":\"c%d\"%s}", i, i % 2, i,
                         i % 3 ? "" : ",\"until\":\"1970-01-01\"")
                .p);
    MUST(parties_each(&w->p, NULL, count_party, &s, &w->t.e));
    assert_int_equal(s.n, 600);
    s.n = 0;
    int64_t products[] = {number(w, THING_PRODUCT, "p0"), number(w, THING_PRODUCT, "p1"), 77};
    MUST(deployments_of(&w->p, products, 3, NULL, count_deployment, &s, &w->t.e));
    assert_int_equal(s.n, 400);
    s.n = 0;
    MUST(deployments_of(&w->p, products, 1, NULL, count_deployment, &s, &w->t.e));
    assert_int_equal(s.n, 200);
    s.n = 0;
    struct as_of when = at(10);
    MUST(deployments_each(&w->p, &when, count_deployment, &s, &w->t.e));
    assert_int_equal(s.n, 10);
}

static void cells_are_made_canonical(void **state) {
    struct testing *t = *state;
    static const struct {
        enum field_type type;
        const char *text, *want, *what; /* want NULL: refused */
    } rows[] = {
        {FIELD_TEXT, "  a b ", "a b", NULL},
        {FIELD_FROM, "2026/4/1", "2026-04-01", NULL},
        {FIELD_UNTIL, "2026-04-01T23:59:59Z", "2026-04-01", NULL},
        {FIELD_FROM, "2026-04-01T09:00:00+09:00", "2026-04-01", NULL},
        {FIELD_FROM, "2026-02-30", NULL, "'2026-02-30' is no day"},
        {FIELD_FROM, "April", NULL, "'April' is no day"},
        {FIELD_DURATION, "4h", "PT4H", NULL},
        {FIELD_DURATION, "-PT4H", NULL, "a duration cannot be negative: -PT4H"},
        {FIELD_DURATION, "P99999D", NULL, "P99999D is more than ten years"},
        {FIELD_DURATION, "soon", NULL, "'soon' is no duration"},
        {FIELD_COUNT, "1,200,000", "1200000", NULL},
        {FIELD_COUNT, "-1", NULL, "'-1' is no number from 0 to 100000000000"},
        {FIELD_PERCENT, "30 %", "30", NULL},
        {FIELD_PERCENT, "101", NULL, "'101' is no number from 0 to 100"},
        {FIELD_CHOICE, "OPEN", "open", NULL},
        {FIELD_CHOICE, "wide", NULL, "'wide' is none of its values"},
        {FIELD_FLAG, "はい", "true", NULL},
        {FIELD_FLAG, "maybe", NULL, "'maybe' is neither yes nor no"},
        {FIELD_ROLES, "customer, developer", "developer;customer", NULL},
        {FIELD_ROLES, "顧客;供給者", "supplier;customer", NULL},
        {FIELD_CHOICE, "公開", "open", NULL},
        {FIELD_ROLES, "boss", NULL, "this is no list of roles"},
        {FIELD_THING, "a b", NULL, "'a b' cannot be an id"},
        {FIELD_THING, "病院-A/電子カルテ", "病院-A/電子カルテ", NULL},
        {FIELD_PARTIES, "a; b;;a", "a;b", NULL},
        {FIELD_CONTACTS, "a@b.example", "security:a@b.example", NULL},
        {FIELD_CONTACTS, "PSIRT: N M <a@b>; ", "psirt:N M <a@b>", NULL},
        {FIELD_CONTACTS, "a b:c", NULL, "'a b:c' is no contact"},
        {FIELD_NEEDS, "Deployment: a | deployment:b ; zone: x y", "deployment:a|deployment:b;zone:x y", NULL},
        {FIELD_NEEDS, "a", NULL, "'a' is nothing that can be needed"},
        {FIELD_TEXT, "\xFF", NULL, "this is no text in UTF-8"},
        {FIELD_TEXT, "a\x1b[1m", NULL, "there is a control character in this text"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct field f = {.name = "x", .type = rows[i].type, .choices = "small|open"};
        str out;
        t->e = (struct err){0};
        bool ok = field_take(&t->ctx, t->a, &f, str_of(rows[i].text), &out, &t->e);
        if (ok != (rows[i].want != NULL))
            fail_msg("%s: %s %s", rows[i].text, ok ? "taken" : "refused", t->e.what);
        if (ok)
            check_str(out, rows[i].want);
        else
            assert_string_equal(t->e.what, rows[i].what);
    }
}

static void contradictions_are_refused(void **state) {
    struct testing *t = *state;
    const struct field *bad;
    struct form f = {.kind = THING_DEPLOYMENT, .id = S("d")};
    assert_false(form_check(&f, &bad, &t->e));
    assert_string_equal(bad->name, "product");
    f.v[0] = S("p");
    assert_true(form_check(&f, &bad, &t->e));
    f.v[12] = S("2026-04-02");
    f.v[13] = S("2026-04-01");
    assert_false(form_check(&f, &bad, &t->e));
    assert_string_equal(bad->name, "until");
    f.v[13] = S("2026-04-02");
    assert_true(form_check(&f, &bad, &t->e));
    struct form s = {.kind = THING_SERVICE, .id = S("s"), .v[4] = S("PT0S")};
    assert_false(form_check(&s, &bad, &t->e));
    assert_string_equal(bad->name, "mtpd");
    s = (struct form){.kind = THING_SERVICE, .id = S("s;")};
    assert_false(form_check(&s, &bad, &t->e));
}

/* Together as one by one, at every moment, and by a few questions. */
static void names_of_many_are_read_together(void **state) {
    enum { MANY = 60 };
    struct world *w = *state;
    int64_t numbers[MANY * 2];
    for (int i = 0; i < MANY; i++) {
        say(w, THING_PARTY, arena_printf(w->t.a, "{\"id\":\"a%d\",\"name\":\"A %d\"}%c", i, i, 0).p);
        say(w, THING_PRODUCT,
            arena_printf(w->t.a, "{\"id\":\"p%d\",\"name\":\"P %d\",\"party\":\"a%d\"}%c", i, i, i / 2, 0).p);
        say(w, THING_SERVICE, arena_printf(w->t.a, "{\"id\":\"s%d\",\"party\":\"b%d\"}%c", i, i, 0).p);
        say(w, THING_DEPLOYMENT, arena_printf(w->t.a, "{\"id\":\"d%d\",\"product\":\"p0\"}%c", i, 0).p);
    }
    for (int i = 0; i < MANY * 2; i++) /* downwards, each twice, not of nothing alone */
        numbers[i] = (MANY * 2 - i) / 2 - 1;
    for (uint64_t size = 0; size <= w->size + 1; size += 40) {
        struct reach r = {.a = w->t.a, .p = &w->p, .when = at(size)};
        if (size > w->size)
            r.when = (struct as_of){0};
        for (int kind = 0; kind < 4; kind++) {
            struct thing_names together = {.r = &r}, alone = {.r = &r};
            const struct named *x, *y;
            uint64_t before = store_asked(w->p.store);
            MUST(thing_names_read(&together, (enum thing_kind)kind, numbers, MANY * 2, &w->t.e));
            for (int i = 0; i < MANY * 2; i++)
                MUST(thing_name(&together, (enum thing_kind)kind, numbers[i], &x, &w->t.e));
            assert_true(store_asked(w->p.store) - before < 5);
            for (int i = 0; i < MANY * 2; i++) {
                MUST(thing_name(&together, (enum thing_kind)kind, numbers[i], &x, &w->t.e));
                MUST(thing_name(&alone, (enum thing_kind)kind, numbers[i], &y, &w->t.e));
                assert_true(str_eq(x->id, y->id) && str_eq(x->name, y->name) && x->party == y->party);
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WORLD_TEST(everything_said_comes_back),
        WORLD_TEST(forms_go_round),
        WORLD_TEST(what_held_then_is_told),
        WORLD_TEST(the_wrong_author_changes_nothing),
        WORLD_TEST(replay_is_exact),
        WORLD_TEST(all_are_walked_through),
        WORLD_TEST(names_of_many_are_read_together),
        TEST(cells_are_made_canonical),
        TEST(contradictions_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
