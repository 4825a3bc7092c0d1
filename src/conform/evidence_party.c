/* SPDX-License-Identifier: Apache-2.0
 *
 * Evidence about a party, its products and what it gave to whom: attestations, checks of the archive, watches,
 * disclosures, verdicts.
 */
#include "base/file.h"
#include "conform/evaluate_inner.h"
#include "conform/evidence_inner.h"
#include "impact/contents.h"
#include "impact/things.h"
#include "store/queries.h"

/* ── attestations ── */

static double sampled(struct jv sample) {
    double n = j_num(j_get(sample, "n"), 1), of = j_num(j_get(sample, "of"), 1);
    return of > 0 && n <= of ? n / of : 0;
}

static void of_attestation(struct jv p, struct facts *f) {
    struct jv person = j_get(p, "person"), reason = j_get2(p, "notApplicable", "reason"), sample = j_get(p, "sample");
    if (j_is_str(reason))
        facts_word(f, "reason", j_str(reason));
    else
        facts_number(f, "level", j_num(j_get(p, "level"), 0));
    facts_word(f, "role", j_gets(person, "role"));
    facts_word(f, "person", j_gets(person, "name"));
    facts_word(f, "date", j_gets(p, "date"));
    facts_number(f, "document", j_len(j_get(p, "documents")) > 0);
    facts_number(f, "sampled", j_ok(sample) ? sampled(sample) : 1);
    if (j_is_str(j_get(p, "text")))
        facts_word(f, "text", j_gets(p, "text"));
}

static bool attest_products(struct portfolio *p, const struct entry *x, struct evidence_new *v, struct jv products,
                            struct err *e) {
    v->about = ABOUT_PRODUCTS;
    for (struct jiter it = j_iter(products); j_next(&it);)
        if (j_str(it.val).n &&
            (!thing_mention(p, THING_PRODUCT, j_str(it.val), x->index, &v->thing, e) || !evidence_add(p, x, v, e)))
            return false;
    return true;
}

static bool take_attestation(struct portfolio *p, const struct entry *x, struct err *e) {
    struct jv k = x->statement->predicate, products = j_get2(k, "scope", "products");
    str party = j_gets(j_get(k, "scope"), "party");
    struct facts f = {0};
    of_attestation(k, &f);
    struct evidence_new v = {.kind = "attestation",
                             .about = ABOUT_ONCE,
                             .thing = -1,
                             .topic = attestation_topic(x->arena, j_gets(k, "catalogue"), j_gets(k, "practice")),
                             .facts = f.v,
                             .n = f.n};
    if (!time_parse(j_gets(k, "expires"), &v.expires))
        v.expires = 0;
    if (j_len(products))
        return attest_products(p, x, &v, products, e);
    if (party.n && !thing_mention(p, THING_PARTY, party, x->index, &v.thing, e))
        return false;
    return evidence_add(p, x, &v, e);
}
const struct projection evidence_attestation_projection = {"attestation", take_attestation};

/* ── the archive, the watch ── */

static bool take_archive_check(struct portfolio *p, const struct entry *x, struct err *e) {
    struct jv k = x->statement->predicate;
    struct facts f = {0};
    facts_number(&f, "sample", j_num(j_get(k, "sample"), 0));
    facts_number(&f, "bodies", j_num(j_get(k, "bodies"), 0));
    facts_number(&f, "faults", j_num(j_get(k, "faults"), 0));
    facts_number(&f, "copy", j_is_str(j_get(k, "copy")));
    facts_number(&f, "write_once", j_true(j_get(k, "writeOnce")));
    struct evidence_new v = {.kind = "archive-check",
                             .about = ABOUT_ONCE,
                             .thing = -1,
                             .topic = j_gets(k, "copy"), /* each copy is looked at for itself */
                             .facts = f.v,
                             .n = f.n};
    return evidence_add(p, x, &v, e);
}
const struct projection evidence_archive_projection = {"archive-check", take_archive_check};

static bool take_watch(struct portfolio *p, const struct entry *x, struct err *e) {
    struct jv watch = j_get(x->statement->predicate, "watch");
    struct fact entries = {.name = "entries", .number = j_num(j_get(watch, "entries"), 0)};
    struct evidence_new v = {.kind = "watch", .about = ABOUT_ONCE, .thing = -1, .facts = &entries, .n = 1};
    return !j_ok(watch) || evidence_add(p, x, &v, e);
}
const struct projection evidence_watch_projection = {"case", take_watch};

/* ── disclosures ── */

static bool releases_named(struct portfolio *p, const struct entry *x, str product, str version,
                           struct release_rows *out, struct err *e) {
    int64_t number;
    bool found;
    *out = (struct release_rows){0};
    if (!product.n || !version.n)
        return true;
    if (!thing_find(p, THING_PRODUCT, product, &found, &number, e))
        return false;
    return !found ||
           (contents_flush(p->contents, e) && contents_releases(p->contents, x->arena, number, version, out, e));
}

/* A row for each receiver: what several were given at different times adds up. */
static bool take_disclosure(struct portfolio *p, const struct entry *x, struct err *e) {
    static const char *const gifts[] = {"sbom", "provenance", "vex", "hardening"};
    struct jv k = x->statement->predicate;
    struct release_rows rows;
    struct facts f = {0};
    if (!releases_named(p, x, j_gets(k, "product"), j_gets(k, "version"), &rows, e))
        return false;
    for (size_t i = 0; i < sizeof gifts / sizeof *gifts; i++) {
        bool given = false;
        for (struct jiter it = j_iter(j_get(k, "what")); j_next(&it);)
            given = given || str_is(j_str(it.val), gifts[i]);
        facts_number(&f, gifts[i], given);
    }
    struct evidence_new v = {.kind = "disclosure", .about = ABOUT_RELEASES, .facts = f.v, .n = f.n};
    for (struct jiter it = j_iter(j_get(k, "to")); j_next(&it);) {
        int64_t party;
        if (!thing_mention(p, THING_PARTY, j_str(it.val), x->index, &party, e))
            return false;
        v.topic = arena_printf(x->arena, "%lld", (long long)party);
        for (uint32_t i = 0; i < rows.n; i++) {
            v.thing = rows.v[i].id;
            if ((rows.v[i].log_id != x->log_id || rows.v[i].entry < x->index) && rows.v[i].twin == rows.v[i].id &&
                !evidence_add(p, x, &v, e))
                return false;
        }
    }
    return true;
}
const struct projection evidence_disclosure_projection = {"disclosure", take_disclosure};

/* ── verdicts on flaws ── */

struct spoken { /* of one product */
    str product;
    struct map flaws;
};
VEC_NAMED(spokens, struct spoken);

/* "thing@1.2", a purl, "urn:akashi:product:thing": without what tells versions apart. */
static str base_of(str product) {
    static const str urn = S_INIT("urn:akashi:product:");
    if (str_starts(product, urn))
        product = str_from(product, urn.n);
    size_t end = str_chr(product, '?');
    if (end != STR_NONE)
        product = str_upto(product, end);
    size_t at = product.n;
    while (at && product.p[at - 1] != '@' && product.p[at - 1] != '/')
        at--;
    return at && product.p[at - 1] == '@' ? str_upto(product, at - 1) : product;
}

static struct spoken *spoken_of(struct arena *a, struct spokens *all, str product) {
    for (uint32_t i = 0; i < all->n; i++)
        if (str_eq(all->v[i].product, product))
            return &all->v[i];
    struct spoken *s = vec_push(a, all);
    s->product = product;
    map_init(&s->flaws, a);
    return s;
}

static bool read_spoken(struct portfolio *p, const struct entry *x, struct spokens *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, &Q_evidence_verdicts, &q, e))
        return false;
    ask_int(q, 1, x->log_id);
    ask_int(q, 2, (int64_t)x->index);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        str product = arena_str(x->arena, base_of(ask_col_text(q, 0)));
        map_put(&spoken_of(x->arena, out, product)->flaws, arena_str(x->arena, ask_col_text(q, 1)), NULL);
    }
    ask_end(q);
    return true;
}

/* A product is named by its id or by its purl. */
static bool products_called(struct portfolio *p, str name, int64_t *out, bool *found, struct err *e) {
    struct ask *q;
    if (!thing_find(p, THING_PRODUCT, name, found, out, e))
        return false;
    if (*found)
        return true;
    if (!store_ask(p->store, &Q_evidence_product_of_purl, &q, e))
        return false;
    ask_text(q, 1, name);
    if (!ask_step(q, found, e))
        return false;
    *out = *found ? ask_col_int(q, 0) : -1;
    ask_end(q);
    return true;
}

enum { SPOKEN_MOST = 1000 };
static bool take_verdicts(struct portfolio *p, const struct entry *x, struct err *e) {
    struct spokens all = {0};
    if (!read_spoken(p, x, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n && i < SPOKEN_MOST; i++) {
        struct fact flaws = {.name = "flaws", .number = all.v[i].flaws.entries.n};
        struct evidence_new v = {
            .kind = arena_cstr(x->arena, x->kind), .about = ABOUT_PRODUCTS, .facts = &flaws, .n = 1};
        bool found = false;
        if (!products_called(p, all.v[i].product, &v.thing, &found, e))
            return false;
        if (found && !evidence_add(p, x, &v, e))
            return false;
    }
    return true;
}
const struct projection evidence_vex_projection = {"vex", take_verdicts};
const struct projection evidence_csaf_projection = {"csaf", take_verdicts};
