/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/rule.h"

enum { DAY = 86400 };

/* In the order of enum rule_about. */
static const char *const abouts[] = {"once",      "releases",       "products",  "deployments", "services", "cases",
                                     "customers", "subcontractors", "decisions", "challenges",  NULL};
static const char *const bys[] = {"self", "other", "any", NULL}; /* of enum rule_by */

static const struct fact_kind kinds[] = {
#define IN(about) (1U << ABOUT_##about)
#define FACTS(kind, abouts, facts) {kind, abouts, facts},
#include "conform/facts.list"
#undef FACTS
#undef IN
    {0},
};

const struct fact_kind *fact_kind_of(str kind) {
    for (const struct fact_kind *k = kinds; k->kind; k++)
        if (str_is(kind, k->kind))
            return k;
    return NULL;
}

static int word_number(str word, const char *const *words) {
    for (int i = 0; words[i]; i++)
        if (str_is(word, words[i]))
            return i;
    return -1;
}

static bool has_fact(const struct fact_kind *k, str fact) {
    str rest = str_of(k->facts), one;
    while (str_next(&rest, ' ', &one))
        if (str_eq(one, fact))
            return true;
    return false;
}

/* ── reading ── */

struct reading {
    struct arena *a;
    const struct json *doc;
};

static bool fail(const struct reading *r, struct jv at, struct err *e, const char *what, str word) {
    return err_set(e, ERR_INPUT, json_place(r->doc, at, r->a), "%s: %.*s", what, STR_ARG(word));
}

/* Those that begin with the same letter: all of them are longer than a hint. */
static bool unknown_kind(const struct reading *r, struct jv at, struct err *e) {
    struct buf b = {0};
    str said = j_str(at);
    for (const struct fact_kind *k = kinds; k->kind; k++)
        if (said.n && *k->kind == said.p[0])
            buf_addf(&b, "%s%s", b.n ? ", " : "", k->kind);
    fail(r, at, e, _("rules know no such kind of statement"), said);
    if (b.n)
        err_hint(e, _("there are %.*s; docs/evidence.md has all of them"), STR_ARG(buf_str(&b)));
    else
        err_hint(e, "%s", _("docs/evidence.md has all of them: sbom, hardening, attestation …"));
    buf_free(&b);
    return false;
}

static bool read_test(const struct reading *r, const struct fact_kind *k, struct jv v, struct fact_test *t,
                      struct err *e) {
    static const char *const relations[] = {"is", "at_least", "at_most"};
    struct jv want = {NULL};
    *t = (struct fact_test){.fact = j_gets(v, "fact")};
    if (!has_fact(k, t->fact)) {
        fail(r, j_get(v, "fact"), e, _("statements of this kind have no such fact"), t->fact);
        return err_hint(e, "%s: %s", k->kind, k->facts);
    }
    for (int i = 0; i < 3; i++)
        if (j_ok(j_get(v, relations[i]))) {
            want = j_get(v, relations[i]);
            t->relation = (enum fact_relation)i;
        }
    if (!j_ok(want))
        return fail(r, v, e, _("it does not say what the fact must be"), t->fact);
    t->text = j_str(want);
    t->number = j_is_bool(want) ? j_true(want) : j_num(want, 0);
    return true;
}

static unsigned first_about(unsigned set) {
    unsigned about = 0;
    while (!(set >> about & 1))
        about++;
    return about;
}

static bool read_about(const struct reading *r, const struct fact_kind *k, struct jv v, struct rule *out,
                       struct err *e) {
    struct jv about = j_get(v, "about");
    int number = j_ok(about) ? word_number(j_str(about), abouts) : (int)first_about(k->abouts);
    out->about = (enum rule_about)number;
    if (number >= 0 && k->abouts >> number & 1)
        return true;
    fail(r, about, e, _("statements of this kind are not counted over this"), j_str(about));
    struct buf b = {0};
    for (int i = 0; abouts[i]; i++)
        if (k->abouts >> i & 1)
            buf_addf(&b, "%s%s", b.n ? ", " : "", abouts[i]);
    err_hint(e, "%s: %.*s", k->kind, STR_ARG(buf_str(&b)));
    buf_free(&b);
    return false;
}

/* What is counted may be told apart by what is known of it only where all of it is known: else what nobody says
 * anything about would not be counted. */
static bool read_among(const struct reading *r, const struct fact_kind *k, struct jv v, struct rule *out,
                       struct err *e) {
    struct jv among = j_get(v, "among"), delivered = j_get(v, "delivered");
    bool told = out->about == ABOUT_CASES || out->about == ABOUT_DECISIONS || out->about == ABOUT_CHALLENGES;
    if (j_ok(among) && !told)
        return fail(r, among, e, _("only cases, decisions and challenges are told apart by what is said of them"),
                    str_of(abouts[out->about]));
    if (j_ok(delivered) && out->about != ABOUT_RELEASES)
        return fail(r, delivered, e, _("only releases are delivered to customers"), str_of(abouts[out->about]));
    out->delivered = j_true(delivered);
    for (struct jiter it = j_iter(among); j_next(&it);)
        if (!read_test(r, k, it.val, vec_push(r->a, &out->among), e))
            return false;
    return true;
}

static bool read_one(const struct reading *r, struct jv v, struct rule *out, struct err *e) {
    const struct fact_kind *k = fact_kind_of(j_gets(v, "kind"));
    struct jv by = j_get(v, "by");
    if (!k)
        return unknown_kind(r, j_get(v, "kind"), e);
    out->kind = j_gets(v, "kind");
    if (!read_about(r, k, v, out, e))
        return false;
    if (j_ok(by) && word_number(j_str(by), bys) < 0)
        return fail(r, by, e, _("nobody is called so here: self, other or any"), j_str(by));
    bool of_others = str_is(out->kind, "vsa") || str_is(out->kind, "cosignature");
    out->by = j_ok(by) ? (enum rule_by)word_number(j_str(by), bys) : of_others ? BY_OTHER : BY_SELF;
    out->shipped_within = j_int(j_get(v, "shipped_within_days"), 0) * DAY;
    out->fresh_within = j_int(j_get(v, "within_days"), 0) * DAY;
    out->share = j_num(j_get(v, "share"), 1);
    out->least = (uint32_t)j_int(j_get(v, "least"), 1);
    for (struct jiter it = j_iter(j_get(v, "where")); j_next(&it);)
        if (!read_test(r, k, it.val, vec_push(r->a, &out->where), e))
            return false;
    return read_among(r, k, v, out, e);
}

static bool read_rule(const struct reading *r, struct jv v, struct rule *out, struct err *e) {
    struct jv any = j_get(v, "any");
    *out = (struct rule){.says = label_of(j_get(v, "says")), .share = 1, .least = 1};
    if (!j_ok(any))
        return read_one(r, v, out, e);
    for (struct jiter it = j_iter(any); j_next(&it);) {
        struct rule *one = vec_push(r->a, &out->any);
        *one = (struct rule){.says = label_of(j_get(it.val, "says"))};
        if (!read_one(r, it.val, one, e))
            return false;
    }
    return true;
}

bool rule_list_read(struct arena *a, const struct json *doc, struct jv list, struct rules *out, struct err *e) {
    struct reading r = {a, doc};
    *out = (struct rules){0};
    for (struct jiter it = j_iter(list); j_next(&it);)
        if (!read_rule(&r, it.val, vec_push(a, out), e))
            return false;
    return true;
}
