/* SPDX-License-Identifier: Apache-2.0
 *
 * Levels from random statements, held against a slow obvious twin; and what no statement can do to them.
 */
#include "conform/evaluate.h"

#include "base/digest.h"
#include "conform/evidence_inner.h"
#include "impact/contents.h"
#include "impact/things_testing.h"

enum { OLD = 9, DAY = 86400, VERSIONS = 5, STEPS = 60 };

/* ── statements ── */

enum what { MANIFEST, HARDENING, ATTESTED, CHECKED, VERDICT, WHATS };
struct told {
    enum what what;
    int who, product, version; /* product: 0, 1 ours; 2 another party's */
    int value, document;       /* what it says */
    int of;                    /* verdict: which manifest */
    int lists[3], n_lists;     /* manifest: which statements */
    int64_t time, expires;
    int products; /* attested: 0 all, 1 the first, 2 another's; 3: another party says it of ours */
};
struct telling {
    struct world *w;
    uint64_t seed;
    struct told v[STEPS];
    int n;
};

static int roll(struct telling *h, int n) {
    h->seed = h->seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((h->seed >> 33) % (uint64_t)n);
}

static const char *const product_ids[] = {"thing", "gadget", "theirs"};
static const char *const policies[] = {"none", "minimum", "standard"};
static int64_t time_of(int i) { return (int64_t)1000 * DAY + (int64_t)i * 5 * DAY; }
static const int64_t old_until = (int64_t)1150 * DAY; /* when the key OLD was revoked */

static void envelope_of(int i, unsigned char out[32]) {
    memset(out, 0x55, 32);
    memcpy(out, &i, sizeof i);
}

static void apply_json(struct world *w, const char *kind, int who, int i, int64_t time, str predicate) {
    struct statement s = {0};
    struct entry x = {
        .index = (uint64_t)i + 100, .time = time, .statement = &s, .arena = w->t.a, .kind = str_of(kind), .log_id = 1};
    memset(x.key, who, 32);
    envelope_of(i, x.envelope);
    MUST(json_parse(&w->t.ctx, w->t.a, predicate, JSON_STRICT, S("predicate"), &s.doc, &w->t.e));
    s.predicate = j_ok(j_get(s.doc.root, "predicate")) ? j_get(s.doc.root, "predicate") : s.doc.root;
    str subject = j_gets(s.doc.root, "subject");
    if (subject.n) {
        struct subject *one = vec_push(w->t.a, &s.subjects);
        *one = (struct subject){.name = S("x")};
        *vec_push(w->t.a, &one->digests) = (struct subject_digest){S("sha256"), subject};
    }
    MUST(store_begin(w->p.store, &w->t.e));
    MUST(contents_begin(w->p.contents, &w->t.e));
    MUST(projections_apply(&w->p, &x, &w->t.e));
    MUST(contents_flush(w->p.contents, &w->t.e));
    MUST(store_commit(w->p.store, &w->t.e));
}

static str hex_of(struct world *w, int i) {
    unsigned char e[32];
    envelope_of(i, e);
    return hex_text(w->t.a, e, 32);
}

static void say_manifest(struct world *w, const struct told *s, int i) {
    struct buf b = {0};
    buf_addf(&b, "{\"product\":\"%s\",\"version\":\"%d\",\"party\":\"x\",\"statements\":[", product_ids[s->product],
             s->version);
    for (int k = 0; k < s->n_lists; k++)
        buf_addf(&b, "%s{\"kind\":\"hardening\",\"digest\":{\"sha256\":\"%.*s\"}}", k ? "," : "",
                 STR_ARG(hex_of(w, s->lists[k])));
    buf_addz(&b, "]}");
    apply_json(w, "release-manifest", s->who, i, s->time, arena_str(w->t.a, buf_str(&b)));
    buf_free(&b);
}

static void say_attested(struct world *w, const struct told *s, int i) {
    static const char *const scopes[] = {"{}", "{\"products\":[\"thing\"]}", "{\"products\":[\"theirs\"]}",
                                         "{\"party\":\"例\"}"};
    str expires = s->expires ? time_rfc3339(w->t.a, s->expires) : S("");
    apply_json(
        w, "attestation", s->who, i, s->time,
        arena_printf(w->t.a,
                     "{\"catalogue\":\"test\",\"practice\":\"B\",\"level\":%d,\"person\":{\"name\":\"n\",\"role\":"
                     "\"r\"},\"date\":\"2001-01-01T00:00:00Z\",\"scope\":%s%s%.*s%s%s}",
                     s->value + 1, scopes[s->products], s->expires ? ",\"expires\":\"" : "", STR_ARG(expires),
                     s->expires ? "\"" : "", s->document ? ",\"documents\":[1]" : ""));
}

static void tell(struct world *w, const struct told *s, int i) {
    struct arena *a = w->t.a;
    switch (s->what) {
    case MANIFEST: say_manifest(w, s, i); break;
    case HARDENING:
        apply_json(w, "hardening", s->who, i, s->time,
                   arena_printf(a, "{\"policy\":{\"name\":\"%s\"},\"result\":\"PASSED\",\"files\":[]}",
                                policies[s->value % 3]));
        break;
    case ATTESTED: say_attested(w, s, i); break;
    case CHECKED:
        apply_json(w, "archive-check", s->who, i, s->time,
                   arena_printf(a, "{\"sample\":0.05,\"faults\":%d}", s->value % 2));
        break;
    case VERDICT:
        apply_json(w, "vsa", s->who, i, s->time,
                   arena_printf(a, "{\"subject\":\"%.*s\",\"predicate\":{\"verificationResult\":\"%s\"}}",
                                STR_ARG(hex_of(w, s->of)), s->value % 2 ? "FAILED" : "PASSED"));
        break;
    case WHATS: break;
    }
}

static void invent(struct telling *h, int i) {
    static const int whos[] = {OURS, OURS, OURS, YAMADA, STRANGER, OLD, OLD};
    struct told *s = &h->v[i];
    *s = (struct told){.what = (enum what)roll(h, WHATS),
                       .who = whos[roll(h, 7)],
                       .product = roll(h, 3),
                       .version = roll(h, VERSIONS),
                       .value = roll(h, 4),
                       .document = roll(h, 2),
                       .products = roll(h, 4),
                       .time = time_of(i),
                       .of = -1};
    if (roll(h, 3) == 0)
        s->expires = s->time + (int64_t)roll(h, 60) * DAY;
    for (int k = 0; k < 3 && i; k++) {
        int at = roll(h, i);
        if (h->v[at].what == HARDENING)
            s->lists[s->n_lists++] = at;
        if (h->v[at].what == MANIFEST)
            s->of = at;
    }
    if (s->what == VERDICT && s->of < 0)
        s->what = CHECKED;
}

/* ── the twin ── */

static bool good(const struct told *s, int who) {
    if (who == OURS)
        return s->who == OURS || (s->who == OLD && s->time < old_until);
    return s->who == YAMADA;
}
static bool ships(const struct told *s) { return s->what == MANIFEST && s->product < 2 && good(s, OURS); }

struct twin {
    const struct told *v;
    int n;
    const bool *gone;
    int64_t now;
};
static bool is_there(const struct twin *t, int i) { return !t->gone || !t->gone[i]; }

static int64_t shipped(const struct twin *t, int product, int version) {
    for (int i = 0; i < t->n; i++)
        if (is_there(t, i) && ships(&t->v[i]) && t->v[i].product == product && t->v[i].version == version)
            return t->v[i].time;
    return -1;
}

/* The newest statement of a kind about a release; -1 none. */
static int newest_of(const struct twin *t, int product, int version, enum what what, int who) {
    int best = -1;
    for (int i = 0; i < t->n; i++) {
        const struct told *m = &t->v[i];
        if (!is_there(t, i) || !ships(m) || m->product != product || m->version != version)
            continue;
        if (what == MANIFEST)
            best = i > best ? i : best;
        for (int k = 0; what == HARDENING && k < m->n_lists; k++)
            if (is_there(t, m->lists[k]) && good(&t->v[m->lists[k]], who) && m->lists[k] > best)
                best = m->lists[k];
        for (int k = i + 1; what == VERDICT && k < t->n; k++)
            if (is_there(t, k) && t->v[k].what == VERDICT && t->v[k].of == i && good(&t->v[k], who) && k > best)
                best = k;
    }
    return best;
}

struct answer {
    int counted, met;
    bool holds;
};
static struct answer over_releases(const struct twin *t, enum what what, int who, int least_value, int most_value,
                                   int shipped_days, int fresh_days, double share) {
    struct answer a = {0};
    for (int product = 0; product < 2; product++)
        for (int version = 0; version < VERSIONS; version++) {
            int64_t at = shipped(t, product, version);
            if (at < 0 || (shipped_days && at < t->now - (int64_t)shipped_days * DAY))
                continue;
            a.counted++;
            int i = newest_of(t, product, version, what, who);
            if (i < 0 || (fresh_days && t->v[i].time < t->now - (int64_t)fresh_days * DAY))
                continue;
            int value = what == HARDENING ? t->v[i].value % 3 : what == VERDICT ? t->v[i].value % 2 : 0;
            a.met += value >= least_value && value <= most_value;
        }
    a.holds = a.met >= 1 && a.met >= share * a.counted - 1e-9;
    return a;
}

static bool attested(const struct twin *t, int who, int level, bool document) {
    for (int product = 0; product < 2; product++) {
        int best = -1;
        for (int i = 0; i < t->n; i++) {
            const struct told *s = &t->v[i];
            bool about = s->products == 0 ? who == OURS : s->products == 3 || (s->products == 1 && product == 0);
            if (is_there(t, i) && s->what == ATTESTED && good(s, who) && about)
                best = i;
        }
        if (best < 0 || t->v[best].value + 1 < level || (document && !t->v[best].document) ||
            (t->v[best].expires && t->v[best].expires <= t->now))
            return false;
    }
    return true;
}

static bool checked(const struct twin *t) {
    int best = -1;
    for (int i = 0; i < t->n; i++)
        if (is_there(t, i) && t->v[i].what == CHECKED && good(&t->v[i], OURS))
            best = i;
    return best >= 0 && t->v[best].value % 2 == 0 && t->v[best].time >= t->now - (int64_t)90 * DAY;
}

static void levels_of(const struct twin *t, int out[3]) {
    struct answer a1 = over_releases(t, MANIFEST, OURS, 0, 0, 0, 0, 1);
    struct answer a2 = over_releases(t, HARDENING, OURS, 1, 2, 0, 0, 0.5);
    struct answer a3 = over_releases(t, HARDENING, OURS, 2, 2, 200, 100, 1);
    out[0] = !a1.holds ? 0 : !a2.holds ? 1 : !a3.holds ? 2 : 3;
    out[1] = !attested(t, OURS, 1, false)     ? 0
             : !attested(t, OURS, 2, true)    ? 1
             : !attested(t, YAMADA, 1, false) ? 2
                                              : 3;
    out[2] = !checked(t) ? 0 : !over_releases(t, VERDICT, YAMADA, 0, 0, 0, 0, 1).holds ? 1 : 2;
}

/* ── the catalogue ── */

static const char *const rules_text[3][LEVELS] = {
    {NULL, "[{\"kind\":\"release-manifest\"}]",
     "[{\"kind\":\"hardening\",\"share\":0.5,\"where\":[{\"fact\":\"meets\",\"at_least\":\"minimum\"}]}]",
     "[{\"kind\":\"hardening\",\"shipped_within_days\":200,\"within_days\":100,\"where\":[{\"fact\":\"meets\",\"is\":"
     "\"standard\"}]}]",
     NULL},
    {NULL, "[{\"kind\":\"attestation\",\"where\":[{\"fact\":\"level\",\"at_least\":1}]}]",
     "[{\"kind\":\"attestation\",\"where\":[{\"fact\":\"level\",\"at_least\":2},{\"fact\":\"document\",\"is\":true}]}]",
     "[{\"kind\":\"attestation\",\"by\":\"other\",\"where\":[{\"fact\":\"level\",\"at_least\":1}]}]", NULL},
    {NULL,
     "[{\"kind\":\"archive-check\",\"within_days\":90,\"where\":[{\"fact\":\"sample\",\"at_least\":0.01},{\"fact\":"
     "\"faults\",\"at_most\":0}]}]",
     "[{\"kind\":\"vsa\",\"where\":[{\"fact\":\"result\",\"is\":\"PASSED\"}]}]", NULL, NULL},
};

static const struct catalogue *catalogue_of(struct world *w) {
    struct catalogue *c = arena_new_of(w->t.a, struct catalogue);
    c->id = S("test");
    for (int p = 0; p < 3; p++) {
        struct practice *x = vec_push(w->t.a, &c->practices);
        *x = (struct practice){.id = arena_printf(w->t.a, "%c", 'A' + p)};
        for (int level = 1; level < LEVELS; level++) {
            struct json *doc = arena_new_of(w->t.a, struct json);
            if (!rules_text[p][level])
                continue;
            MUST(json_parse(&w->t.ctx, w->t.a, str_of(rules_text[p][level]), JSON_STRICT, S("rules"), doc, &w->t.e));
            MUST(rule_list_read(w->t.a, doc, doc->root, &x->evidence[level], &w->t.e));
        }
    }
    return c;
}

/* ── the world ── */

static void begin(struct world *w) {
    w->home.party = S("例");
    w->p.log_id = 1;
    add_key(w, OLD, "例", true);
    w->home.keys->keys.v[w->home.keys->keys.n - 1].until = old_until;
    w->home.keys->keys.v[w->home.keys->keys.n - 1].revoked = true;
    MUST(contents_open(&w->p, &w->p.contents, &w->t.e));
    apply(w, THING_PARTY, OURS, 1, "{\"name\":\"例\"}");
    apply(w, THING_PARTY, OURS, 2, "{\"id\":\"yamada\",\"name\":\"山田工業\"}");
    apply(w, THING_PRODUCT, OURS, 3, "{\"id\":\"thing\",\"party\":\"例\"}");
    apply(w, THING_PRODUCT, OURS, 4, "{\"id\":\"gadget\",\"party\":\"例\"}");
    apply(w, THING_PRODUCT, OURS, 5, "{\"id\":\"theirs\",\"party\":\"yamada\"}");
}

static void evaluate(struct world *w, const struct catalogue *c, int upto, int64_t now, bool as_of,
                     struct evaluation *out) {
    const struct conform_scope scope = {.party = -1};
    struct evaluation_ask ask = {.catalogue = c, .scope = &scope, .now = now, .most = 3};
    if (as_of)
        ask.when = (struct as_of){.given = true, .size = (uint64_t)upto + 100, .time = now};
    MUST(conform_evaluate(&w->p, w->t.a, &ask, out, &w->t.e));
}

static void check(struct telling *h, const struct catalogue *c, int upto, int64_t now) {
    struct world *w = h->w;
    struct evaluation got;
    struct twin t = {h->v, upto, NULL, now};
    int want[3];
    evaluate(w, c, upto, now, upto < h->n, &got);
    levels_of(&t, want);
    assert_int_equal(got.practices.n, 3);
    for (int p = 0; p < 3; p++)
        if (got.practices.v[p].level != want[p])
            fail_msg("seed %llu, %d of %d statements, practice %c: level %d, should be %d", (unsigned long long)h->seed,
                     upto, h->n, 'A' + p, got.practices.v[p].level, want[p]);
    struct answer a = over_releases(&t, HARDENING, OURS, 1, 2, 0, 0, 0.5);
    const struct rule_state *r = &got.practices.v[0].rules[2].v[0];
    assert_int_equal(r->counted, a.counted);
    assert_int_equal(r->met, a.met);
    assert_int_equal(r->holds, a.holds);
    /* It holds until then, and not a moment longer. */
    for (int p = 0; p < 3; p++) {
        int64_t until = got.practices.v[p].until;
        struct evaluation later;
        if (!until)
            continue;
        assert_true(until > now);
        evaluate(w, c, upto, until - 1, upto < h->n, &later);
        assert_int_equal(later.practices.v[p].level, got.practices.v[p].level);
        evaluate(w, c, upto, until, upto < h->n, &later);
        assert_true(later.practices.v[p].level < got.practices.v[p].level);
    }
}

/* What supports nothing by itself may be taken away without any level rising. */
static void take_away(struct telling *h, int upto, int64_t now) {
    struct twin t = {h->v, upto, NULL, now};
    int before[3], after[3];
    bool gone[STEPS];
    levels_of(&t, before);
    t.gone = gone;
    for (int what = HARDENING; what < WHATS; what++) {
        for (int i = 0; i < upto; i++)
            gone[i] = (int)h->v[i].what == what;
        levels_of(&t, after);
        for (int p = 0; p < 3; p++)
            assert_true(after[p] <= before[p]);
    }
    for (int i = 0; i < upto; i++)
        gone[i] = h->v[i].who == STRANGER || (h->v[i].who == OLD && h->v[i].time >= old_until) ||
                  (h->v[i].what == MANIFEST && h->v[i].product == 2);
    levels_of(&t, after);
    for (int p = 0; p < 3; p++)
        assert_int_equal(after[p], before[p]);
}

static void levels_equal_those_of_a_twin(void **state) {
    struct world *w = *state;
    struct telling *h = arena_new_of(w->t.a, struct telling);
    const struct catalogue *c = catalogue_of(w);
    const char *seed = getenv("AKASHI_SEED");
    h->w = w;
    h->seed = seed ? strtoull(seed, NULL, 10) : 11;
    begin(w);
    for (int i = 0; i < STEPS; i++) {
        invent(h, i);
        tell(w, &h->v[i], i);
        h->n = i + 1;
        if (i % 4 == 3) {
            check(h, c, i + 1, h->v[i].time + (int64_t)roll(h, 120) * DAY);
            take_away(h, i + 1, h->v[i].time);
        }
        if (i % 10 == 9)
            check(h, c, 1 + roll(h, i), time_of(i));
    }
    contents_close(w->p.contents);
}

static void a_statement_applied_twice_changes_nothing(void **state) {
    struct world *w = *state;
    struct telling *h = arena_new_of(w->t.a, struct telling);
    struct buf one = {0}, two = {0};
    h->w = w;
    h->seed = 5;
    begin(w);
    for (int i = 0; i < STEPS; i++) {
        invent(h, i);
        tell(w, &h->v[i], i);
    }
    MUST(store_dump(w->p.store, &one, &w->t.e));
    for (int i = 0; i < STEPS; i++)
        tell(w, &h->v[i], i);
    MUST(store_dump(w->p.store, &two, &w->t.e));
    assert_true(str_eq(buf_str(&one), buf_str(&two)));
    buf_free(&one);
    buf_free(&two);
    contents_close(w->p.contents);
}

static void a_scope_without_products_meets_nothing(void **state) {
    struct world *w = *state;
    struct evaluation out;
    w->home.party = S("例");
    w->p.log_id = 1;
    MUST(contents_open(&w->p, &w->p.contents, &w->t.e));
    apply(w, THING_PARTY, OURS, 1, "{\"name\":\"例\"}");
    evaluate(w, catalogue_of(w), 0, time_of(1), false, &out);
    assert_int_equal(out.products, 0);
    for (uint32_t p = 0; p < out.practices.n; p++)
        assert_int_equal(out.practices.v[p].level, 0);
    contents_close(w->p.contents);
}

static void facts_are_read_as_they_were_written(void **state) {
    struct testing *t = *state;
    const struct fact facts[] = {{.name = "share", .number = 0.95},
                                 {.name = "role", .word = S("CISO\nroot=1")},
                                 {.name = "in_time", .number = 1, .until = 50}};
    struct fact f;
    str text = facts_text(t->a, facts, 3);
    assert_true(fact_get(text, "share", 0, &f) && f.number == 0.95);
    assert_true(fact_get(text, "role", 0, &f));
    assert_true(str_is(f.word, "CISO root=1"));
    assert_false(fact_get(text, "root", 0, &f));
    assert_true(fact_get(text, "in_time", 50, &f) && f.number == 1);
    assert_true(fact_get(text, "in_time", 51, &f) && f.number == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WORLD_TEST(levels_equal_those_of_a_twin),
        WORLD_TEST(a_statement_applied_twice_changes_nothing),
        WORLD_TEST(a_scope_without_products_meets_nothing),
        TEST(facts_are_read_as_they_were_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
