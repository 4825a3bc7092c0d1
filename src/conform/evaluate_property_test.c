/* SPDX-License-Identifier: Apache-2.0
 *
 * What no sequence of statements can do, for every kind of statement and everything it is counted over (facts.list):
 * who is not entitled changes nothing; a statement changes no rule of another kind; what is bad or old makes nothing
 * true that asks for more; and what is good takes nothing away, so that taking it away raises nothing.
 */
#include "conform/evaluate_inner.h"
#include "conform/evidence.h"
#include "impact/contents.h"
#include "impact/things_testing.h"

enum { DAY = 86400, STEPS = 260, RULES = 3, PRACTICES_MOST = 64 };
static const int64_t today = (int64_t)2000 * DAY;

#define IN(about) (1u << ABOUT_##about)
#define FACTS(kind, abouts, facts) {kind, abouts, facts},
static const struct fact_kind kinds[] = {
#include "conform/facts.list"
};
static const char *const abouts[] = {"once",  "releases",  "products",       "deployments", "services",
                                     "cases", "customers", "subcontractors", "decisions",   "challenges"};

/* A practice for each kind and what it is counted over. Level 1: there is one; 2: and it is good; 3: and it is new. */
struct asked {
    const struct fact_kind *kind;
    enum rule_about about;
};
struct telling {
    struct world *w;
    struct catalogue *c;
    struct asked asked[PRACTICES_MOST];
    uint32_t n;
    uint64_t index, seed;
    int pick; /* which release is spoken of; -1: any */
    int64_t releases[2], product, customer, sub, decision, challenge;
};

static uint32_t roll(struct telling *h, uint32_t n) {
    h->seed = h->seed * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(h->seed >> 33) % n;
}

static bool of_others(const char *kind) { return strcmp(kind, "vsa") == 0 || strcmp(kind, "cosignature") == 0; }
static bool is_word(str fact) { return str_is(fact, "builder") || str_is(fact, "role"); }

/* What follows from other things too is asked for by one fact. */
static const char *of_view(const char *kind) {
    static const char *const views[][2] = {{"case", "root_cause"},     {"watch", "entries"},
                                           {"product", "end_of_life"}, {"deployment", "zone"},
                                           {"service", "mtpd"},        {"party", "security_contact"},
                                           {"disclosure", "sbom"},     {"cosignature", "witnesses"}};
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        if (strcmp(kind, views[i][0]) == 0)
            return views[i][1];
    return NULL;
}

static str tests_of(struct arena *a, const struct fact_kind *k) {
    struct buf b = {0};
    str names = str_of(k->facts), name;
    if (of_view(k->kind))
        return arena_printf(a, "{\"fact\":\"%s\",\"at_least\":1}", of_view(k->kind));
    while (str_next(&names, ' ', &name))
        if (!is_word(name))
            buf_addf(&b, "%s{\"fact\":\"%s\",%s}", b.n ? "," : "", arena_cstr(a, name),
                     str_is(name, "meets")    ? "\"at_least\":\"minimum\""
                     : str_is(name, "result") ? "\"is\":\"PASSED\""
                                              : "\"at_least\":1");
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

static void add_practice(struct telling *h, const struct fact_kind *k, enum rule_about about) {
    struct world *w = h->w;
    struct practice *x = vec_push(w->t.a, &h->c->practices);
    str tests = tests_of(w->t.a, k);
    *x = (struct practice){.id = arena_printf(w->t.a, "%s/%s", k->kind, abouts[about])};
    for (int i = 0; i < RULES; i++) {
        struct json *doc = arena_new_of(w->t.a, struct json);
        str text = i == 0 ? arena_printf(w->t.a, "[{\"kind\":\"%s\",\"about\":\"%s\"}]", k->kind, abouts[about])
                          : arena_printf(w->t.a, "[{\"kind\":\"%s\",\"about\":\"%s\",%s\"where\":[%.*s]}]", k->kind,
                                         abouts[about], i == 2 ? "\"within_days\":20," : "", STR_ARG(tests));
        MUST(json_parse(&w->t.ctx, w->t.a, text, JSON_STRICT, S("rules"), doc, &w->t.e));
        MUST(rule_list_read(w->t.a, doc, doc->root, &x->evidence[i + 1], &w->t.e));
    }
    h->asked[h->n++] = (struct asked){k, about};
}

/* ── statements ── */

static struct entry entry_of(struct telling *h, const char *kind, int who, int64_t time, struct statement *s) {
    struct entry x = {
        .index = h->index++, .time = time, .statement = s, .arena = h->w->t.a, .kind = str_of(kind), .log_id = 1};
    memset(x.key, who, 32);
    memcpy(x.envelope, &x.index, sizeof x.index);
    return x;
}

static void said(struct telling *h, const char *kind, int who, int64_t time, str predicate) {
    struct world *w = h->w;
    struct statement s = {0};
    struct entry x = entry_of(h, kind, who, time, &s);
    MUST(json_parse(&w->t.ctx, w->t.a, predicate, JSON_STRICT, S("predicate"), &s.doc, &w->t.e));
    s.predicate = s.doc.root;
    MUST(store_begin(w->p.store, &w->t.e));
    MUST(contents_begin(w->p.contents, &w->t.e));
    MUST(projections_apply(&w->p, &x, &w->t.e));
    MUST(contents_flush(w->p.contents, &w->t.e));
    MUST(store_commit(w->p.store, &w->t.e));
}

static int64_t thing_for(struct telling *h, enum rule_about about) {
    switch (about) {
    case ABOUT_RELEASES: return h->releases[h->pick < 0 ? roll(h, 2) : (uint32_t)h->pick];
    case ABOUT_PRODUCTS: return h->product;
    case ABOUT_CUSTOMERS: return h->customer;
    case ABOUT_SUBCONTRACTORS: return h->sub;
    case ABOUT_DECISIONS: return h->decision;
    case ABOUT_CHALLENGES: return h->challenge;
    case ABOUT_ONCE:
    case ABOUT_DEPLOYMENTS:
    case ABOUT_SERVICES:
    case ABOUT_CASES: break;
    }
    return -1;
}

static str word_of(str fact, bool good) {
    if (str_is(fact, "result"))
        return str_of(good ? "PASSED" : "FAILED");
    return str_is(fact, "meets") ? str_of(good ? "standard" : "none") : (str){NULL, 0};
}

/* As a projection would: what it states is all good, or all bad. */
static void put(struct telling *h, const struct asked *k, int who, int64_t time, bool good) {
    struct world *w = h->w;
    struct statement s = {0};
    struct entry x = entry_of(h, k->kind->kind, who, time, &s);
    struct fact f[16];
    struct evidence_new v = {.kind = k->kind->kind, .about = k->about, .thing = thing_for(h, k->about), .facts = f};
    str names = str_of(k->kind->facts), name;
    while (str_next(&names, ' ', &name))
        if (!is_word(name))
            f[v.n++] = (struct fact){.name = arena_cstr(w->t.a, name), .number = good, .word = word_of(name, good)};
    if (strcmp(k->kind->kind, "attestation") == 0)
        v.topic = attestation_topic(w->t.a, S("test"), arena_printf(w->t.a, "attestation/%s", abouts[k->about]));
    MUST(store_begin(w->p.store, &w->t.e));
    MUST(evidence_add(&w->p, &x, &v, &w->t.e));
    MUST(store_commit(w->p.store, &w->t.e));
}

static bool is(const struct asked *k, const char *kind) { return strcmp(k->kind->kind, kind) == 0; }

/* What follows from views: the statements they are made of. False: none can be made here. */
static bool state(struct telling *h, const struct asked *k, int who, int64_t time, bool good) {
    if (is(k, "case"))
        said(h, "case", who, time,
             good
                 ? S("{\"steps\":[{\"case\":\"C-1\",\"event\":\"closed\",\"text\":\"x\",\"rootCause\":{\"class\":\"c\","
                     "\"text\":\"t\"}}]}")
                 : S("{\"steps\":[{\"case\":\"C-1\",\"event\":\"noted\",\"text\":\"x\"}]}"));
    else if (is(k, "watch"))
        said(h, "case", who, time,
             good ? S("{\"watch\":{\"advisories\":\"x\",\"entries\":1},\"steps\":[]}")
                  : S("{\"watch\":{\"advisories\":\"x\",\"entries\":0},\"steps\":[]}"));
    else if (is(k, "disclosure"))
        said(h, "disclosure", who, time,
             arena_printf(h->w->t.a, "{\"product\":\"thing\",\"version\":\"%d\",\"to\":[\"yamada\"],\"what\":[\"%s\"]}",
                          h->pick < 0 ? 1 + (int)roll(h, 2) : 1 + h->pick, good ? "sbom" : "vex"));
    else if (is(k, "product"))
        said(h, "product", who, time,
             good ? S("{\"id\":\"thing\",\"party\":\"例\",\"endOfLife\":\"2030-01-01\"}")
                  : S("{\"id\":\"thing\",\"party\":\"例\"}"));
    else if (is(k, "deployment"))
        said(h, "deployment", who, time,
             good ? S("{\"id\":\"at\",\"product\":\"thing\",\"version\":\"1\",\"customer\":\"yamada\",\"zone\":\"z\"}")
                  : S("{\"id\":\"at\",\"product\":\"thing\",\"version\":\"1\",\"customer\":\"yamada\"}"));
    else if (is(k, "service"))
        said(h, "service", who, time,
             good ? S("{\"id\":\"water\",\"party\":\"例\",\"mtpd\":\"PT1H\"}")
                  : S("{\"id\":\"water\",\"party\":\"例\"}"));
    else if (is(k, "party") && k->about == ABOUT_ONCE)
        said(h, "party", who, time,
             good ? S("{\"name\":\"例\",\"contacts\":[{\"kind\":\"security\",\"value\":\"a@b.example\"}]}")
                  : S("{\"name\":\"例\"}"));
    else
        return false;
    return true;
}

/* ── the world ── */

static void find(struct telling *h, enum thing_kind kind, const char *id, int64_t *number) {
    struct world *w = h->w;
    bool found;
    MUST(thing_find(&w->p, kind, str_of(id), &found, number, &w->t.e));
    assert_true(found);
}

static void begin(struct telling *h) {
    struct world *w = h->w;
    struct release_rows rows = {0};
    struct statement s = {0};
    w->home.party = S("例");
    w->p.log_id = 1;
    w->t.ctx.now = today;
    MUST(contents_open(&w->p, &w->p.contents, &w->t.e));
    apply(w, THING_PARTY, OURS, 1, "{\"name\":\"例\"}");
    apply(w, THING_PARTY, OURS, 2, "{\"id\":\"yamada\",\"name\":\"山田工業\"}");
    apply(w, THING_PARTY, OURS, 3, "{\"id\":\"sub\",\"name\":\"sub\",\"primes\":[\"例\"]}");
    apply(w, THING_PRODUCT, OURS, 4, "{\"id\":\"thing\",\"party\":\"例\"}");
    apply(w, THING_DEPLOYMENT, OURS, 5,
          "{\"id\":\"at\",\"product\":\"thing\",\"version\":\"1\",\"customer\":\"yamada\"}");
    h->index = 100;
    for (int i = 1; i <= 2; i++)
        said(h, "release-manifest", OURS, today - (int64_t)400 * DAY,
             arena_printf(w->t.a, "{\"product\":\"thing\",\"version\":\"%d\",\"party\":\"x\",\"statements\":[]}", i));
    said(
        h, "case", OURS, today - (int64_t)399 * DAY,
        S("{\"steps\":[{\"case\":\"C-1\",\"event\":\"detected\",\"product\":\"thing\",\"package\":\"pkg:npm/x\","
          "\"findings\":[{\"component\":\"pkg:npm/x@1\",\"flaw\":\"CVE-2024-1\"}],\"priority\":{\"table\":\"supplier\","
          "\"outcome\":\"Immediate\",\"rank\":99}}]}"));
    find(h, THING_PRODUCT, "thing", &h->product);
    find(h, THING_PARTY, "yamada", &h->customer);
    find(h, THING_PARTY, "sub", &h->sub);
    MUST(contents_releases(w->p.contents, w->t.a, h->product, (str){NULL, 0}, &rows, &w->t.e));
    assert_int_equal(rows.n, 2);
    h->releases[0] = rows.v[0].id;
    h->releases[1] = rows.v[1].id;
    struct entry x = entry_of(h, "offer", OURS, today - (int64_t)399 * DAY, &s);
    MUST(store_begin(w->p.store, &w->t.e));
    MUST(evidence_thing(&w->p, &x, ABOUT_DECISIONS, S("d"), h->product, h->customer, &h->decision, &w->t.e));
    MUST(evidence_thing(&w->p, &x, ABOUT_CHALLENGES, S("c"), h->product, -1, &h->challenge, &w->t.e));
    MUST(store_commit(w->p.store, &w->t.e));
}

/* ── the properties ── */

struct shape {
    bool holds[PRACTICES_MOST][RULES];
    uint64_t met[PRACTICES_MOST][RULES];
};

static void look(struct telling *h, struct shape *out) {
    struct world *w = h->w;
    const struct conform_scope scope = {.party = -1};
    struct evaluation_ask ask = {.catalogue = h->c, .scope = &scope, .now = today, .most = 3};
    struct evaluation got;
    struct arena_mark m = arena_mark(w->t.a);
    MUST(conform_evaluate(&w->p, w->t.a, &ask, &got, &w->t.e));
    assert_int_equal(got.practices.n, h->n);
    for (uint32_t p = 0; p < h->n; p++)
        for (int r = 0; r < RULES; r++) {
            out->holds[p][r] = got.practices.v[p].rules[r + 1].v[0].holds;
            out->met[p][r] = got.practices.v[p].rules[r + 1].v[0].met;
        }
    arena_reset(w->t.a, m);
}

struct step {
    uint32_t at; /* which practice's kind */
    int who, number;
    int64_t time;
    bool good;
};

static const char *broken(const struct telling *h, const struct step *x, uint32_t p, int r, bool more, bool less) {
    const struct fact_kind *kind = h->asked[x->at].kind;
    bool view = of_view(kind->kind) != NULL, others = of_others(kind->kind);
    bool entitled = x->who == OURS ? !others : x->who == YAMADA && (others || view);
    bool old = r == 2 && x->time < today - (int64_t)20 * DAY;
    if (!more && !less)
        return NULL;
    if (!entitled)
        return "who is not entitled changed it";
    if (h->asked[p].kind != kind)
        return "a statement of another kind changed it";
    if (more && r > 0 && !x->good &&
        strcmp(kind->kind, "case") != 0) /* a note takes back nothing that was said before */
        return "a bad statement raised it";
    if (more && old)
        return "an old statement raised it";
    if (less && x->good && !old && !(view && x->who != OURS)) /* what is said of a thing is said anew by its customer */
        return "a good statement took from it, so that taking it away would raise it";
    return NULL;
}

static void compare(struct telling *h, const struct shape *was, const struct shape *is_now, const struct step *x) {
    for (uint32_t p = 0; p < h->n; p++)
        for (int r = 0; r < RULES; r++) {
            bool more = is_now->met[p][r] > was->met[p][r] || is_now->holds[p][r] > was->holds[p][r];
            bool less = is_now->met[p][r] < was->met[p][r] || is_now->holds[p][r] < was->holds[p][r];
            const char *what = broken(h, x, p, r, more, less);
            if (what)
                fail_msg("step %d, %s, %s, by %d: %s, level %d: %s", x->number, h->asked[x->at].kind->kind,
                         x->good ? "good" : "bad", x->who, arena_cstr(h->w->t.a, h->c->practices.v[p].id), r + 1, what);
        }
}

/* First one good statement of each kind by who is entitled, so that every rule holds once; then anything by anybody. */
static struct step next_step(struct telling *h, int i) {
    static const int whos[] = {OURS, OURS, OURS, OURS, YAMADA, STRANGER};
    struct step x = {.number = i, .time = today - (int64_t)(STEPS - i) * DAY / 4};
    bool first = i < 2 * (int)h->n;
    h->pick = first ? i / (int)h->n : -1;
    x.at = first ? (uint32_t)i % h->n : roll(h, h->n);
    x.who = !first ? whos[roll(h, 6)] : of_others(h->asked[x.at].kind->kind) ? YAMADA : OURS;
    x.good = first || roll(h, 3) > 0;
    return x;
}

static void no_sequence_raises_what_its_evidence_does_not_carry(void **state_) {
    struct world *w = *state_;
    struct telling *h = arena_new_of(w->t.a, struct telling);
    const char *seed = getenv("AKASHI_SEED");
    struct shape was, is_now;
    bool reached[PRACTICES_MOST] = {false};
    *h = (struct telling){.w = w, .c = arena_new_of(w->t.a, struct catalogue)};
    h->seed = seed ? strtoull(seed, NULL, 10) : 7;
    h->c->id = S("test");
    begin(h);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (int about = ABOUT_ONCE; about <= ABOUT_CHALLENGES; about++)
            if (kinds[k].abouts & 1U << about)
                add_practice(h, &kinds[k], (enum rule_about)about);
    look(h, &was);
    for (int i = 0; i < STEPS; i++) {
        struct step x = next_step(h, i);
        if (!of_view(h->asked[x.at].kind->kind))
            put(h, &h->asked[x.at], x.who, x.time, x.good);
        else if (!state(h, &h->asked[x.at], x.who, x.time, x.good))
            continue;
        look(h, &is_now);
        compare(h, &was, &is_now, &x);
        was = is_now;
        for (uint32_t p = 0; p < h->n; p++)
            reached[p] = reached[p] || is_now.holds[p][1];
    }
    for (uint32_t p = 0; p < h->n; p++) /* a property of rules that never hold would say nothing */
        if (!reached[p] && !of_view(h->asked[p].kind->kind))
            fail_msg("%s never held", arena_cstr(w->t.a, h->c->practices.v[p].id));
    contents_close(w->p.contents);
}

int main(void) {
    const struct CMUnitTest tests[] = {WORLD_TEST(no_sequence_raises_what_its_evidence_does_not_carry)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
