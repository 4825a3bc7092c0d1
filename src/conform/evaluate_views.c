/* SPDX-License-Identifier: Apache-2.0
 *
 * What the views know besides: things as they are stated now (things.h judges who may), cases, cosignatures.
 */
#include "base/file.h"
#include "conform/evaluate_inner.h"
#include "seal/policy.h"
#include "store/queries.h"

/* ── things ── */

static double has(struct ask *q, int column) { return !ask_col_null(q, column) && ask_col_text(q, column).n > 0; }
static double has_number(struct ask *q, int column) { return !ask_col_null(q, column) && ask_col_int(q, column) >= 0; }

static void of_product(struct ask *q, struct facts *f) {
    facts_number(f, "owner", has_number(q, 6));
    facts_number(f, "support_until", !ask_col_null(q, 9) && ask_col_int(q, 9) > 0);
    facts_number(f, "end_of_life", !ask_col_null(q, 10) && ask_col_int(q, 10) > 0);
}

static void of_deployment(struct ask *q, struct facts *f) {
    bool follows = !ask_col_null(q, 7) && ask_col_int(q, 7) == 1;
    facts_number(f, "release", has(q, 6) != 0 || follows);
    facts_number(f, "zone", has(q, 13));
    facts_number(f, "exposure", has(q, 14));
    facts_number(f, "owner", has(q, 16));
    facts_number(f, "customer", has_number(q, 8));
}

static uint32_t pieces(str text) {
    str one;
    uint32_t n = 0;
    while (str_next(&text, ';', &one))
        n += one.n > 0;
    return n;
}

static void of_service(struct ask *q, struct facts *f) {
    facts_number(f, "mtpd", has_number(q, 9));
    facts_number(f, "restore", has_number(q, 10));
    facts_number(f, "needs", pieces(ask_col_text(q, 13)));
    facts_number(f, "owner", has_number(q, 6));
}

static void of_party(struct ask *q, struct facts *f) {
    str contacts = ask_col_text(q, 8), one, rest = contacts;
    bool security = false;
    while (str_next(&rest, ';', &one))
        security = security || str_starts(one, S("security:")) || str_starts(one, S("psirt:"));
    facts_number(f, "security_contact", security);
    facts_number(f, "contacts", pieces(contacts));
}

static const struct known_thing {
    const char *kind;
    const struct query *said;
    void (*facts)(struct ask *q, struct facts *f);
} known_things[] = {{"product", &Q_products_at, of_product},
                    {"deployment", &Q_deployments_at, of_deployment},
                    {"service", &Q_services_at, of_service},
                    {"party", &Q_parties_at, of_party}};

struct taking {
    struct shown_set *set;
    const struct known_thing *of;
};
static bool take_said(struct evaluating *k, void *arg, const struct said_row *x, struct err *e) {
    struct taking *t = arg;
    struct facts f = {0};
    (void)e;
    bool own = t->set->about == ABOUT_ONCE;
    if (x->entry < 0 || (own && x->number != k->scope.party))
        return true;
    struct shown s = {.thing = own ? 0 : thing_place(k, t->set->about, x->number),
                      .who = signer_at(k, x->signer, x->time),
                      .log_id = k->p->log_id,
                      .time = x->time,
                      .entry = (uint64_t)x->entry};
    if (s.thing == UINT32_MAX || s.who == WHO_NONE)
        return true;
    t->of->facts(x->q, &f);
    shown_add(k, t->set, &s, &f);
    return true;
}

/* ── cosignatures ── */

static bool is_ours(const struct home *h, const struct vkey *v) {
    unsigned char id[32];
    pubkey_id(&v->key, id);
    const struct known_key *k = keyring_find(h->keys, id);
    return (k && k->ours) || memcmp(id, h->key_id, 32) == 0;
}

static bool take_cosignatures(struct evaluating *k, struct shown_set *set, struct err *e) {
    struct home *h = k->p->home;
    struct tlog_policy policy;
    struct checkpoint at;
    struct note note;
    str text, path;
    if (!h || !h->log || !k->own)
        return true;
    path = path_join(k->a, h->path, S("witnesses"));
    if (!path_exists(path))
        return true;
    if (!tlog_policy_read(k->p->ctx, k->a, path, &policy, e) || !log_cosigned(h->log, k->a, &at, &text, e))
        return false;
    if (!text.p || !note_parse(k->a, text, path, &note, e))
        return !text.p;
    uint32_t witnesses = 0;
    uint64_t newest = 0;
    for (uint32_t i = 0; i < policy.names.n; i++) {
        uint64_t time = 0;
        bool broken = false;
        const struct tlog_policy_name *n = &policy.names.v[i];
        if (n->group || is_ours(h, &n->key) || !note_verify(&note, &n->key, &time, &broken))
            continue;
        if (k->when.given && (int64_t)time > k->when.time)
            continue;
        witnesses++;
        newest = time > newest ? time : newest;
    }
    struct facts f = {0};
    struct shown s = {.thing = 0,
                      .who = WHO_OTHER,
                      .log_id = k->p->log_id,
                      .time = (int64_t)newest,
                      .entry = at.size ? at.size - 1 : 0};
    facts_number(&f, "witnesses", witnesses);
    if (witnesses)
        shown_add(k, set, &s, &f);
    return true;
}

bool shown_by_views(struct evaluating *k, struct shown_set *set, bool *done, struct err *e) {
    *done = true;
    for (size_t i = 0; i < sizeof known_things / sizeof *known_things; i++)
        if (str_is(set->kind, known_things[i].kind)) {
            struct taking t = {set, &known_things[i]};
            return said_each(k, t.of->said, take_said, &t, e);
        }
    if (str_is(set->kind, "cosignature"))
        return take_cosignatures(k, set, e);
    if (str_is(set->kind, "case"))
        return shown_by_cases(k, set, e);
    *done = false;
    return true;
}
