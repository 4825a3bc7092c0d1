/* SPDX-License-Identifier: Apache-2.0
 *
 * Who may answer a finding, for which places, and what happens when two do.
 */
#include "impact/verdict.h"

#include "base/file.h"
#include "impact/hits_testing.h"
#include "impact/watch.h"
#include "store/queries.h"

extern const struct projection vex_projection, csaf_projection, sbom_projection, product_projection, party_projection,
    deployment_projection;

static const char *const parts[] = {"pkg:npm/left@1.0.0", "pkg:npm/right@1.0.0"};

enum who { US, SUPPLIER, CUSTOMER, MAKER, STRANGER, REVOKED };

static void know(struct world *w, enum who who, const char *name) {
    struct home_test *x = w->x;
    struct known_key *k = vec_push(x->t.a, &x->h.keys->keys);
    *k = (struct known_key){.name = str_of(name), .from = INT64_MIN, .until = INT64_MAX, .doubtful_from = INT64_MAX};
    if (who == REVOKED)
        k->until = INT64_MIN + 1;
    memset(k->id, (int)who, 32);
}

static void take(struct world *w, const struct projection *by, enum who who, str predicate, uint64_t index) {
    struct home_test *x = w->x;
    struct statement s = {0};
    struct entry entry = {.log_id = w->p->log_id,
                          .index = index,
                          .time = x->t.ctx.now + (int64_t)index,
                          .statement = &s,
                          .arena = x->t.a,
                          .kind = str_of(by->kind)};
    memset(entry.key, (int)who, 32);
    if (who == US)
        for (uint32_t i = 0; i < x->h.keys->keys.n; i++)
            if (x->h.keys->keys.v[i].ours)
                memcpy(entry.key, x->h.keys->keys.v[i].id, 32);
    MUST(json_parse(&x->t.ctx, x->t.a, predicate, JSON_STRICT, S("predicate"), &s.doc, &x->t.e));
    s.predicate = s.doc.root;
    MUST(store_begin(w->p->store, &x->t.e));
    MUST(by->apply(w->p, &entry, &x->t.e));
    MUST(store_commit(w->p->store, &x->t.e));
}

struct asking {
    struct world w;
    struct watch_plan plan;
    struct verdict_policy policy;
    struct ssvc_set ssvc;
    int64_t product, other, flaw;
};

static struct watch_report watch(struct asking *k) {
    struct home_test *x = k->w.x;
    struct watch_report r;
    MUST(advdb_open(&x->t.ctx, k->w.db_path, &k->plan.db, &x->t.e));
    MUST(watch_run(k->w.p, &k->plan, x->t.a, &r, &x->t.e));
    advdb_close(k->plan.db);
    k->plan.db = NULL;
    return r;
}

static void settings(struct asking *k, const char *text) {
    struct home_test *x = k->w.x;
    str path = path_join(x->t.a, str_of(x->dir), S("akashi.toml"));
    struct file_new f;
    MUST(file_new_open(&f, path, &x->t.e));
    MUST(fd_write_all(f.fd, str_of(text), path, &x->t.e));
    MUST(file_new_commit(&f, &x->t.e));
    file_new_abandon(&f);
    MUST(verdict_policy_read(&x->t.ctx, x->t.a, path, &k->policy, &x->t.e));
    unlink(path.p);
}

/* Product p of a supplier in 1.0 and 1.1, run by a customer; q of nobody in 1.0: all with the same left. */
static void begin(struct asking *k, void **state) {
    struct home_test *x = *state;
    struct flaw_row flaw;
    bool found;
    *k = (struct asking){0};
    open_world(&k->w, x);
    MUST(ssvc_load(&x->t.ctx, x->t.a, (str){NULL, 0}, &k->ssvc, &x->t.e));
    k->policy.epss_jump = 1000;
    k->plan = (struct watch_plan){.policy = &k->policy, .ssvc = &k->ssvc};
    know(&k->w, SUPPLIER, "supplier");
    know(&k->w, CUSTOMER, "hospital");
    know(&k->w, MAKER, "maker");
    know(&k->w, REVOKED, "supplier");
    take(&k->w, &product_projection, US, S("{\"id\":\"p\",\"party\":\"supplier\",\"purl\":\"pkg:generic/p\"}"), 900);
    ship(&k->w, "p", "1.0", parts, 2);
    ship(&k->w, "p", "1.1", parts, 2);
    ship(&k->w, "q", "1.0", parts, 2);
    take(&k->w, &deployment_projection, US,
         S("{\"id\":\"d\",\"product\":\"p\",\"version\":\"1.0\",\"customer\":\"hospital\",\"exposure\":\"open\"}"),
         901);
    import_text(&k->w, "a.json", OSV("A-1", "\"aliases\":[\"CVE-2026-1\"],", "2026-01-01T00:00:00Z", "left", "2.0.0"));
    watch(k);
    MUST(thing_find(k->w.p, THING_PRODUCT, S("p"), &found, &k->product, &x->t.e));
    MUST(thing_find(k->w.p, THING_PRODUCT, S("q"), &found, &k->other, &x->t.e));
    MUST(hits_flaw(k->w.p, x->t.a, S("CVE-2026-1"), &found, &flaw, &x->t.e));
    assert_true(found);
    k->flaw = flaw.number;
}

/* "p 1.0: … | p 1.1: … | q 1.0: …", each the rank of the verdict that counts, or "-". */
static str counting(struct asking *k) {
    struct home_test *x = k->w.x;
    str out = S("");
    for (int which = 0; which < 2; which++) {
        struct verdict_views v;
        MUST(watch_verdicts(k->w.p, &k->plan, x->t.a, which ? k->other : k->product, k->flaw, &v, &x->t.e));
        for (uint32_t i = 0; i < v.n; i++)
            if (!v.v[i].deployment.n)
                out = v.v[i].winner < 0
                          ? arena_printf(x->t.a, "%.*s-", STR_ARG(out))
                          : arena_printf(x->t.a, "%.*s[%u]", STR_ARG(out), v.v[i].all.v[v.v[i].winner].rank);
    }
    return out;
}

static str said(struct asking *k, const char *products, const char *status, const char *justification) {
    return arena_printf(k->w.x->t.a,
                        "{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"@id\":\"x\",\"author\":\"a\",\"timestamp\":"
                        "\"2026-01-01T00:00:00Z\",\"version\":1,\"statements\":[{\"vulnerability\":{\"name\":"
                        "\"CVE-2026-1\"},\"products\":[%s],\"status\":\"%s\",\"justification\":\"%s\"}]}",
                        products, status, justification);
}
/* What was said until now is taken back. */
static void forget(struct asking *k, uint64_t index) {
    struct home_test *x = k->w.x;
    struct ask *q;
    for (int64_t number = VERDICT_RECEIVED; number <= 0; number++) {
        MUST(store_ask(k->w.p->store, &Q_verdict_end, &q, &x->t.e));
        ask_int(q, 1, number);
        ask_int(q, 2, (int64_t)index);
        MUST(ask_run(q, &x->t.e));
    }
}
#define THING(id) "{\"@id\":\"" id "\"}"
#define PART(id, part) "{\"@id\":\"" id "\",\"subcomponents\":[{\"@id\":\"" part "\"}]}"

static void whose_verdict_counts_and_where(void **state) {
    static const char never[] = "vulnerable_code_not_in_execute_path", absent[] = "component_not_present",
                      without[] = "vulnerable_code_not_present";
    static const struct {
        enum who who;
        const char *products, *reason;
        const char *expected; /* p 1.0, p 1.1, q 1.0 */
        const char *rules;
    } rows[] = {
        /* who */
        {STRANGER, THING("pkg:generic/p"), never, "---", ""},
        {REVOKED, THING("pkg:generic/p"), never, "---", ""},
        {MAKER, THING("pkg:generic/p"), never, "---", ""},
        {MAKER, THING("pkg:npm/left"), without, "---", ""},
        {CUSTOMER, THING("pkg:generic/p"), never, "---", ""},
        {SUPPLIER, THING("pkg:generic/p"), never, "[400][400]-", ""},
        {US, THING("pkg:generic/p"), never, "[300][300]-", ""},
        {SUPPLIER, THING("p"), never, "[400][400]-", ""},
        {SUPPLIER, THING("urn:akashi:product:p@1.1"), never, "-[400]-", ""},
        {SUPPLIER, THING("pkg:generic/other"), never, "---", ""},
        /* a release, carried to later ones, not to earlier ones */
        {SUPPLIER, THING("pkg:generic/p@1.0"), never, "[400][400]-", ""},
        {SUPPLIER, THING("pkg:generic/p@1.1"), never, "-[400]-", ""},
        {SUPPLIER, THING("pkg:generic/p@1.0"), absent, "[400]--", ""},
        {SUPPLIER, THING("pkg:generic/p@9"), never, "---", ""},
        /* a range of versions, for those alone */
        {SUPPLIER, THING("pkg:generic/p?vers=vers:generic/%3E%3D1.1"), never, "-[400]-", ""},
        {SUPPLIER, THING("pkg:generic/p?vers=vers:generic/%3C1.1"), never, "[400]--", ""},
        {SUPPLIER, THING("pkg:generic/p?vers=vers:nothing/%3C1.1"), never, "---", ""},
        {SUPPLIER, THING("p@vers:generic/<1.1"), never, "[400]--", ""},
        /* a component of it, and only that */
        {SUPPLIER, PART("pkg:generic/p", "pkg:npm/left@1.0.0"), never, "[400][400]-", ""},
        {SUPPLIER, PART("pkg:generic/p", "pkg:npm/left"), never, "[400][400]-", ""},
        {SUPPLIER, PART("pkg:generic/p", "pkg:npm/right@1.0.0"), never, "---", ""},
        {SUPPLIER, PART("pkg:generic/p", "pkg:npm/left@2.0.0"), never, "---", ""},
        {SUPPLIER, PART("pkg:generic/p", ""), never, "---", ""},
        {SUPPLIER, PART("pkg:generic/p", "pkg:npm/left?vers=vers:npm/%3C0.9"), never, "---", ""},
        {SUPPLIER, PART("pkg:generic/p", "pkg:npm/left?vers=vers:npm/%3C1.1"), never, "[400][400]-", ""},
        /* the component wherever it is: our word; another product's only for a reason that lies in the component */
        {US, THING("pkg:npm/left@1.0.0"), never, "[300][300][300]", ""},
        {US, PART("pkg:generic/p", "pkg:npm/left@1.0.0"), without, "[300][300][300]", ""},
        {SUPPLIER, PART("pkg:generic/p", "pkg:npm/left@1.0.0"), without, "[400][400]-", ""},
        /* rules */
        {MAKER, THING("pkg:npm/left"), without, "[100][100][100]",
         "[[vex]]\nissuer = \"maker\"\nproducts = [\"pkg:npm/left*\"]\n"},
        {MAKER, THING("pkg:npm/right"), without, "---",
         "[[vex]]\nissuer = \"maker\"\nproducts = [\"pkg:npm/left*\"]\n"},
        {MAKER, THING("pkg:generic/p"), never, "---", "[[vex]]\nissuer = \"maker\"\nproducts = [\"pkg:npm/left*\"]\n"},
        {MAKER, THING("p"), never, "[700][700]-", "[[vex]]\nissuer = \"03030303\"\nrank = 700\n"},
        {SUPPLIER, THING("p"), never, "---", "[[vex]]\nissuer = \"supplier\"\nrank = 0\n"},
        {SUPPLIER, PART("pkg:generic/p", "pkg:npm/left@1.0.0"), without, "[700][700][300]",
         "[[vex]]\nissuer = \"supplier\"\nproducts = [\"*\"]\nrank = 700\n"},
        {STRANGER, THING("p"), never, "---", "[[vex]]\nissuer = \"04040404\"\nrank = 700\n"},
        /* two rules: the first */
        {MAKER, THING("p"), never, "[50][50]-",
         "[[vex]]\nissuer = \"maker\"\nproducts = [\"p*\"]\nrank = 50\n"
         "[[vex]]\nissuer = \"maker\"\nproducts = [\"*\"]\nrank = 60\n"},
    };
    struct asking k;
    begin(&k, state);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        forget(&k, 999 + i);
        settings(&k, rows[i].rules);
        take(&k.w, &vex_projection, rows[i].who, said(&k, rows[i].products, "not_affected", rows[i].reason), 1000 + i);
        str got = counting(&k);
        if (!str_is(got, rows[i].expected))
            fail_msg("row %zu: %.*s, not %s", i, STR_ARG(got), rows[i].expected);
    }
    portfolio_close(k.w.p);
}

/* ── two that disagree ── */

static const struct standing *winner_at(struct asking *k, const char *release, const char *deployment,
                                        struct verdict_view *out) {
    struct home_test *x = k->w.x;
    struct verdict_views v;
    MUST(watch_verdicts(k->w.p, &k->plan, x->t.a, k->product, k->flaw, &v, &x->t.e));
    for (uint32_t i = 0; i < v.n; i++)
        if (str_is(v.v[i].release, release) && str_is(v.v[i].deployment, deployment)) {
            *out = v.v[i];
            return out->winner < 0 ? NULL : &out->all.v[out->winner];
        }
    return NULL;
}

static void conflicts_are_shown_with_who_won(void **state) {
    static const struct {
        struct {
            enum who who;
            const char *products, *status;
        } said[2];
        const char *release, *deployment;
        int winner; /* of the two */
        const char *because;
    } rows[] = {
        {{{US, THING("p"), "not_affected"}, {SUPPLIER, THING("p"), "affected"}},
         "1.0",
         "",
         1,
         "answers for the product"},
        {{{SUPPLIER, THING("p"), "affected"}, {US, THING("p"), "not_affected"}},
         "1.0",
         "",
         0,
         "answers for the product"},
        {{{SUPPLIER, THING("p@1.0"), "not_affected"}, {SUPPLIER, THING("p@1.1"), "affected"}},
         "1.1",
         "",
         1,
         "answers for the product"},
        {{{SUPPLIER, THING("p@1.1"), "affected"}, {SUPPLIER, THING("p@1.0"), "not_affected"}},
         "1.1",
         "",
         0,
         "answers for the product"},
        {{{SUPPLIER, THING("p"), "affected"}, {SUPPLIER, THING("p"), "not_affected"}},
         "1.0",
         "",
         1,
         "answers for the product"},
        {{{STRANGER, THING("p"), "not_affected"}, {SUPPLIER, THING("p"), "affected"}},
         "1.0",
         "",
         1,
         "answers for the product"},
        {{{SUPPLIER, THING("p"), "affected"}, {STRANGER, THING("p"), "not_affected"}},
         "1.0",
         "",
         0,
         "answers for the product"},
        {{{CUSTOMER, THING("p"), "not_affected"}, {STRANGER, THING("p"), "affected"}},
         "1.0",
         "d",
         0,
         "customer, for its own deployments"},
    };
    struct asking k;
    begin(&k, state);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct verdict_view view;
        forget(&k, 998 + 2 * i);
        for (unsigned n = 0; n < 2; n++)
            take(&k.w, &vex_projection, rows[i].said[n].who,
                 said(&k, rows[i].said[n].products, rows[i].said[n].status, "vulnerable_code_not_in_execute_path"),
                 1000 + 2 * i + n);
        const struct standing *s = winner_at(&k, rows[i].release, rows[i].deployment, &view);
        if (!s || view.all.n != 2 || s->verdict->entry != 1000 + 2 * i + (unsigned)rows[i].winner)
            fail_msg("row %zu: of %u: %s", i, view.all.n, s ? "the other" : "none");
        check_str(s->because, rows[i].because);
    }
    portfolio_close(k.w.p);
}

/* The customer's word is for where it runs the product: it silences the deployment, not the newest release. */
static void a_customer_speaks_for_its_own_deployments(void **state) {
    struct asking k;
    struct verdict_view view;
    begin(&k, state);
    take(&k.w, &vex_projection, CUSTOMER, said(&k, THING("p"), "not_affected", "inline_mitigations_already_exist"),
         1000);
    assert_null(winner_at(&k, "1.0", "", &view));
    assert_int_equal(winner_at(&k, "1.0", "d", &view)->rank, 200);
    assert_null(winner_at(&k, "1.1", "", &view));
    struct watch_report r = watch(&k);
    assert_int_equal(r.vex, 1);  /* of the deployment */
    assert_int_equal(r.open, 2); /* in 1.1, the newest; and in q */
    portfolio_close(k.w.p);
}

/* ── carried ── */

static void carried_as_long_as_the_component_is_the_same(void **state) {
    static const char *const next[] = {"pkg:npm/left@1.5.0", "pkg:npm/right@1.0.0"};
    struct asking k;
    struct verdict_view view;
    begin(&k, state);
    take(&k.w, &vex_projection, SUPPLIER,
         said(&k, PART("pkg:generic/p@1.0", "pkg:npm/left"), "not_affected", "vulnerable_code_not_in_execute_path"),
         1000);
    const struct standing *s = winner_at(&k, "1.1", "", &view);
    assert_non_null(s);
    assert_int_equal(s->reach, REACH_CARRIED);
    check_str(s->carried, "1.0");
    struct watch_report r = watch(&k);
    assert_int_equal(r.carried, 1);
    assert_int_equal(r.closed, 1); /* the case of p: nothing is open in it any more */
    /* A release with another version of the component, which is hit too: nobody looked at that one. */
    ship(&k.w, "p", "1.2", next, 2);
    r = watch(&k);
    assert_null(winner_at(&k, "1.2", "", &view));
    assert_int_equal(r.carried, 0);
    assert_int_equal(r.reopened, 1);
    portfolio_close(k.w.p);
}

/* ── CSAF ── */

static str csaf(struct asking *k, const char *category, const char *name, const char *purl) {
    return arena_printf(
        k->w.x->t.a,
        "{\"document\":{\"category\":\"csaf_vex\",\"csaf_version\":\"2.0\",\"tracking\":{\"current_release_date\":"
        "\"2026-01-01T00:00:00Z\"}},\"product_tree\":{\"branches\":[{\"category\":\"vendor\",\"name\":\"v\","
        "\"branches\":"
        "[{\"category\":\"product_name\",\"name\":\"p\",\"branches\":[{\"category\":\"%s\",\"name\":\"%s\",\"product\":"
        "{\"product_id\":\"P\",\"name\":\"p\",\"product_identification_helper\":{\"purl\":\"%s\"}}}]}]}]},"
        "\"vulnerabilities\":[{\"cve\":\"CVE-2026-1\",\"product_status\":{\"known_not_affected\":[\"P\"]},\"flags\":"
        "[{\"label\":\"vulnerable_code_not_in_execute_path\",\"product_ids\":[\"P\"]}]}]}",
        category, name, purl);
}

static void csaf_ranges_are_for_those_versions(void **state) {
    static const struct {
        const char *category, *name, *purl, *expected;
    } rows[] = {
        {"product_version", "1.0", "pkg:generic/p@1.0", "[400][400]-"},
        {"product_version_range", "vers:generic/<1.1", "pkg:generic/p", "[400]--"},
        {"product_version_range", "vers:generic/>=1.1", "pkg:generic/p", "-[400]-"},
        {"product_version_range", "vers:all/*", "pkg:generic/p", "[400][400]-"},
        {"product_version_range", "before 1.1", "pkg:generic/p", "---"}, /* not to be taken for all versions */
    };
    struct asking k;
    begin(&k, state);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        forget(&k, 999 + i);
        take(&k.w, &csaf_projection, SUPPLIER, csaf(&k, rows[i].category, rows[i].name, rows[i].purl), 1000 + i);
        str got = counting(&k);
        if (!str_is(got, rows[i].expected))
            fail_msg("row %zu: %.*s, not %s", i, STR_ARG(got), rows[i].expected);
    }
    portfolio_close(k.w.p);
}

/* ── in an SBOM ── */

#define SBOM(root, affects, more)                                                                                      \
    "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"metadata\":{\"timestamp\":"                  \
    "\"2026-01-01T00:00:00Z\",\"component\":{\"type\":\"application\",\"name\":\"p\",\"bom-ref\":\"root\"" root        \
    "}},\"components\":[{\"type\":\"library\",\"name\":\"left\",\"version\":\"1.0.0\",\"bom-ref\":\"7\",\"purl\":"     \
    "\"pkg:npm/left@1.0.0\"},{\"type\":\"library\",\"name\":\"right\",\"version\":\"1.0.0\",\"bom-ref\":\"8\","        \
    "\"purl\":\"pkg:npm/right@1.0.0\"}],\"vulnerabilities\":[{\"id\":\"X-1\",\"references\":[{\"id\":\"CVE-2026-1\","  \
    "\"source\":{\"name\":\"CVE\"}}],\"analysis\":{\"state\":\"not_affected\",\"justification\":\"code_not_"           \
    "reachable\"}" more ",\"affects\":[" affects "]}]}"
#define ROOT_10 ",\"version\":\"1.0\""
#define ROOT_PURL ",\"version\":\"1.0\",\"purl\":\"pkg:generic/p@1.0\""

static void verdicts_in_sboms_count_by_who_signed(void **state) {
    static const struct {
        enum who who;
        const char *document, *expected; /* p 1.0, p 1.1, q 1.0 */
    } rows[] = {
        {STRANGER, SBOM(ROOT_10, "{\"ref\":\"7\"}", ""), "---"},
        {MAKER, SBOM(ROOT_10, "{\"ref\":\"7\"}", ""), "---"},
        {SUPPLIER, SBOM(ROOT_10, "{\"ref\":\"7\"}", ""), "[400][400]-"},
        {SUPPLIER, SBOM(ROOT_PURL, "{\"ref\":\"7\"}", ""), "[400][400]-"},
        {SUPPLIER, SBOM(ROOT_10, "{\"ref\":\"root\"}", ""), "[400][400]-"},
        {SUPPLIER, SBOM(ROOT_10, "{\"ref\":\"8\"}", ""), "---"}, /* another component */
        {SUPPLIER, SBOM(ROOT_10, "{\"ref\":\"9\"}", ""), "---"}, /* nothing that is there */
        {SUPPLIER, SBOM(ROOT_10, "{\"ref\":\"7\",\"versions\":[{\"version\":\"2.0.0\"}]}", ""), "---"},
        {SUPPLIER, SBOM(ROOT_10, "{\"ref\":\"7\",\"versions\":[{\"range\":\"vers:npm/<2.0.0\"}]}", ""), "[400][400]-"},
        {SUPPLIER, SBOM(ROOT_10, "{\"ref\":\"7\",\"versions\":[{\"range\":\"vers:npm/<1.0.0\"}]}", ""), "---"},
        {US, SBOM(ROOT_10, "{\"ref\":\"7\"}", ""), "[300][300]-"}, /* not of q, which has the component too */
    };
    struct asking k;
    begin(&k, state);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        forget(&k, 999 + i);
        take(&k.w, &sbom_projection, rows[i].who, str_of(rows[i].document), 1000 + i);
        str got = counting(&k);
        if (!str_is(got, rows[i].expected))
            fail_msg("row %zu: %.*s, not %s", i, STR_ARG(got), rows[i].expected);
    }
    portfolio_close(k.w.p);
}

/* Who takes an SBOM in does not say what is in it; for products of its own it does, and where a rule lets it. */
static void verdicts_in_sboms_taken_in(void **state) {
    static const struct {
        const char *product, *rules;
        unsigned rank; /* in p 1.0 */
    } rows[] = {
        {"p", "", 0},
        {"p", "[[vex]]\nissuer = \"received\"\nproducts = [\"p\"]\nrank = 150\n", 150},
        {"p", "[[vex]]\nissuer = \"received\"\nproducts = [\"other\"]\nrank = 150\n", 0},
        {"q", "", 0}, /* nobody is said to answer for it */
        {"ours", "", 400},
    };
    struct asking k;
    begin(&k, state);
    struct home_test *x = k.w.x;
    take(&k.w, &product_projection, US,
         arena_printf(x->t.a, "{\"id\":\"ours\",\"party\":\"%.*s\"}", STR_ARG(x->h.party)), 902);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct body_name name;
        struct inventory inventory = {
            .product = str_of(rows[i].product), .version = S("1.0"), .format = S("cyclonedx-json@1.6")};
        str text = arena_cat(x->t.a, S(SBOM(ROOT_10, "{\"ref\":\"7\"}", "")),
                             arena_printf(x->t.a, "%*s", (int)i + 1, ""));
        struct portfolio_add add = {0};
        forget(&k, k.w.p->size);
        settings(&k, rows[i].rules);
        MUST(archive_put(x->h.archive, text, &name, &x->t.e));
        memcpy(inventory.body, name.b, 32);
        inventory.bytes = text.n;
        MUST(inventory_payload(x->t.a, &inventory, &add.payload, &x->t.e));
        MUST(portfolio_append(k.w.p, x->t.a, &add, 1, &x->t.e));
        struct verdict_views v;
        int64_t product;
        bool found;
        watch(&k);
        MUST(thing_find(k.w.p, THING_PRODUCT, inventory.product, &found, &product, &x->t.e));
        MUST(watch_verdicts(k.w.p, &k.plan, x->t.a, product, k.flaw, &v, &x->t.e));
        assert_true(v.n > 0 && v.v[0].all.n == 1);
        if (v.v[0].all.v[0].rank != rows[i].rank || (v.v[0].winner == 0) != (rows[i].rank > 0) ||
            !str_is(v.v[0].all.v[0].issuer, VERDICT_ISSUER_RECEIVED))
            fail_msg("row %zu: rank %u", i, v.v[0].all.v[0].rank);
    }
    portfolio_close(k.w.p);
}

/* ── what is said in akashi.toml ── */

static void rules_that_cannot_be_meant_are_refused(void **state) {
    static const struct {
        const char *text, *line, *what;
    } rows[] = {
        {"[[vex]]\nrank = 1\n", ":1", "needs an issuer"},
        {"[[vex]]\nissuer = \"a\"\nproduct = [\"x\"]\n", ":3", "has no product"},
        {"[[vex]]\nissuer = \"a\"\nproducts = \"x\"\n", ":3", "list of patterns"},
        {"[[vex]]\nissuer = \"a\"\nproducts = []\n", ":3", "list of patterns"},
        {"[[vex]]\nissuer = \"a\"\nproducts = [1]\n", ":3", "list of patterns"},
        {"[[vex]]\nissuer = \"a\"\nrank = 1001\n", ":3", "0 to 1000"},
        {"[[vex]]\nissuer = \"a\"\nrank = \"high\"\n", ":3", "0 to 1000"},
        {"[[vex]]\nissuer = \"a\"\n[[vex]]\nissuer = \"a\"\nrank = 0\n", ":3", "says otherwise"},
        {"[[vex]]\nissuer = \"a\"\nproducts = [\"x\", \"y\"]\n[[vex]]\nissuer = \"a\"\nproducts = [\"y\"]\nrank = 0\n",
         ":4", "says otherwise"},
        {"[watch]\nepss_jump = 2\n", ":2", "above 0"},
    };
    struct home_test *x = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct verdict_policy policy;
        str path = path_join(x->t.a, str_of(x->dir), S("akashi.toml"));
        FILE *f = fopen(path.p, "w");
        assert_non_null(f);
        fputs(rows[i].text, f);
        fclose(f);
        x->t.e = (struct err){0};
        if (verdict_policy_read(&x->t.ctx, x->t.a, path, &policy, &x->t.e))
            fail_msg("row %zu is taken", i);
        if (!str_ends(str_of(x->t.e.where), str_of(rows[i].line)) || !strstr(x->t.e.what, rows[i].what))
            fail_msg("row %zu: %s: %s", i, x->t.e.where, x->t.e.what);
    }
}

/* Products that a verdict on the flaw is about, and no other: their numbers. */
static str about(struct asking *k) {
    struct home_test *x = k->w.x;
    str out = S("");
    struct ask *q;
    bool row;
    MUST(store_ask(k->w.p->store, &Q_verdict_products, &q, &x->t.e));
    ask_text(q, 1, S("CVE-2026-1"));
    while (true) {
        MUST(ask_step(q, &row, &x->t.e));
        if (!row)
            return out;
        int64_t number = ask_col_int(q, 0);
        out = arena_printf(x->t.a, "%.*s%s ", STR_ARG(out), number < 0 ? "none" : number == k->product ? "p" : "q");
    }
}

/* Lists ask first which products a flaw is answered in: what may mean others as well is not said to be about one. */
static void about_one_product_or_possibly_any(void **state) {
    static const struct {
        const char *products, *why, *about;
    } rows[] = {
        {"{\"@id\":\"pkg:npm/left@1.0.0\"}", "vulnerable_code_not_in_execute_path", ""},
        {"{\"@id\":\"nobody\"}", "vulnerable_code_not_in_execute_path", ""},
        {"{\"@id\":\"p\",\"subcomponents\":[{\"@id\":\"pkg:npm/left@1.0.0\"}]}", "vulnerable_code_not_present", ""},
        {"{\"@id\":\"p@1.0\"}", "vulnerable_code_not_in_execute_path", "p "},
        {"{\"@id\":\"q\",\"subcomponents\":[{\"@id\":\"pkg:npm/left@1.0.0\"}]}", "component_not_present", "p q "},
    };
    struct asking k;
    begin(&k, state);
    for (uint64_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        take(&k.w, &vex_projection, SUPPLIER, said(&k, rows[i].products, "not_affected", rows[i].why), 1000 + i);
        check_str(about(&k), rows[i].about);
    }
    take(&k.w, &product_projection, US, S("{\"id\":\"p@1.0\",\"party\":\"supplier\"}"), 1100);
    check_str(about(&k), "q "); /* that name may mean either now */
    portfolio_close(k.w.p);
}

static void say_vex(struct asking *k, const char *products, uint64_t index) {
    take(&k->w, &vex_projection, SUPPLIER, said(k, products, "not_affected", "vulnerable_code_not_in_execute_path"),
         index);
}

/* A purl means whatever is called so, as soon as it is; one that components have may mean those. */
static void about_what_is_called_by_a_purl(void **state) {
    static const char *const late[] = {"pkg:npm/late@1.0.0"};
    struct asking k;
    begin(&k, state);
    say_vex(&k, THING("pkg:generic/later@2.0?arch=x"), 1000);
    check_str(about(&k), "none ");
    take(&k.w, &product_projection, US, S("{\"id\":\"q\",\"purl\":\"pkg:Generic/later\"}"), 1001);
    check_str(about(&k), "q ");
    say_vex(&k, THING("pkg:generic/p@1.0"), 1002);
    check_str(about(&k), "p q ");
    take(&k.w, &product_projection, US, S("{\"id\":\"pkg:generic/p@1.0\"}"), 1003); /* an id that is a purl */
    check_str(about(&k), "q ");
    say_vex(&k, PART("pkg:npm/late@1.0.0", "pkg:npm/left@1.0.0"), 1004);
    say_vex(&k, THING("pkg:npm/late@1.0.0"), 1005);
    check_str(about(&k), "none q ");
    ship(&k.w, "q", "1.1", late, 1);
    check_str(about(&k), "none q "); /* the one with a part is not about components called so */
    forget(&k, 1006);
    portfolio_close(k.w.p);
}

int main(void) {
    const struct CMUnitTest tests[] = {HOME_TEST(whose_verdict_counts_and_where),
                                       HOME_TEST(conflicts_are_shown_with_who_won),
                                       HOME_TEST(a_customer_speaks_for_its_own_deployments),
                                       HOME_TEST(carried_as_long_as_the_component_is_the_same),
                                       HOME_TEST(csaf_ranges_are_for_those_versions),
                                       HOME_TEST(verdicts_in_sboms_count_by_who_signed),
                                       HOME_TEST(verdicts_in_sboms_taken_in),
                                       HOME_TEST(about_one_product_or_possibly_any),
                                       HOME_TEST(about_what_is_called_by_a_purl),
                                       HOME_TEST(rules_that_cannot_be_meant_are_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
