/* SPDX-License-Identifier: Apache-2.0
 *
 * What was handed over is projected as its log would have been, in memory, and asked the same question.
 */
#include "conform/recompute.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/file.h"
#include "impact/given.h"
#include "seal/bundle.h"

static const char *const names[] = {"confirmed", "attested-only", "not-disclosed", "contradicted", "not-claimed"};

const char *confirmed_name(enum confirmed c) { return names[c]; }

struct checking {
    struct ctx *c;
    struct arena *a;
    const struct verify_options *o;
    struct recomputation *out;
    VEC(struct given) given;
    VEC(struct given_body) bodies;
    struct portfolio *views;
    const struct catalogue *catalogue;
    struct evaluation levels;
};

/* ── what was handed over ── */

/* Documents that came along in a bundle; what is no bundle has none. */
static bool take_documents(struct checking *k, str path, const struct bundle *given, struct err *e) {
    struct bundle b;
    str text;
    if (given)
        b = *given;
    else if (!file_read_plain(k->c, k->a, path, &text, e))
        return false;
    else if (!bundle_parse(k->c, k->a, text, path, &b, NULL))
        return true;
    for (uint32_t i = 0; i < b.documents.n; i++) {
        struct given_body *body = vec_push(k->a, &k->bodies);
        *body = (struct given_body){.bytes = b.documents.v[i].bytes};
        memcpy(body->sha256, b.documents.v[i].sha256, 32);
    }
    return true;
}

/* A file of statements, or a document that one of them names by its digest. */
static bool read_more(struct checking *k, str path, struct err *e) {
    struct verify_options o = *k->o;
    struct verdict more = {0};
    struct err not_statements = {0};
    o.statements_only = true;
    o.policy = NULL;
    o.given = NULL;
    if (!verify_thing(k->c, k->a, path, &o, &more, &not_statements) || strcmp(more.kind, "bundle") != 0) {
        struct given_body body;
        if (!file_read_plain(k->c, k->a, path, &body.bytes, e))
            return false;
        digest_of(DIGEST_SHA256, body.bytes, body.sha256);
        *vec_push(k->a, &k->bodies) = body;
        return true;
    }
    for (uint32_t i = 0; i < more.statements.n; i++)
        *vec_push(k->a, &k->out->checked.statements) = more.statements.v[i];
    for (uint32_t i = 0; i < more.lines.n; i++)
        *vec_push(k->a, &k->out->checked.lines) = more.lines.v[i];
    return take_documents(k, path, NULL, e);
}

/* Of several the one logged last. */
static bool find_declaration(struct checking *k, str thing, struct err *e) {
    const struct verified *found = NULL;
    const struct verified_list *all = &k->out->checked.statements;
    for (uint32_t i = 0; i < all->n; i++)
        if (str_is(all->v[i].kind, "declaration") && (!found || all->v[i].index > found->index))
            found = &all->v[i];
    if (!found || !declaration_read(k->a, &found->statement, &k->out->declaration)) {
        err_set(e, ERR_INPUT, thing, "%s", _("there is no declaration in it"));
        return err_hint(e, "%s", _("give the file that `akashi conform declare` wrote"));
    }
    k->out->statement = found;
    k->out->trusted = found->trusted && found->logged && str_eq(found->origin, k->out->declaration.origin);
    k->out->valid_now = k->c->now >= k->out->declaration.from && k->c->now <= k->out->declaration.until;
    return true;
}

/* The edition that the declaration names, where it came along; else the one built in. */
static bool find_catalogue(struct checking *k, struct err *e) {
    const struct declaration *d = &k->out->declaration;
    struct catalogue *came = arena_new_of(k->a, struct catalogue);
    for (uint32_t i = 0; i < k->out->checked.statements.n; i++) {
        const struct verified *v = &k->out->checked.statements.v[i];
        if (str_is(v->kind, "catalogue") && str_eq(j_gets(v->statement.predicate, "id"), d->catalogue) &&
            catalogue_read(k->c, k->a, json_text(v->statement.predicate, k->a), v->where, came, NULL) &&
            str_eq(came->digest, d->catalogue_sha256)) {
            k->catalogue = came;
            return true;
        }
    }
    for (uint32_t i = 0; i < k->bodies.n; i++)
        if (str_eq(hex_text(k->a, k->bodies.v[i].sha256, 32), d->catalogue_sha256) &&
            catalogue_read(k->c, k->a, k->bodies.v[i].bytes, d->catalogue, came, NULL)) {
            k->catalogue = came;
            return true;
        }
    return catalogue_find(k->c, NULL, k->a, d->catalogue, &k->catalogue, e);
}

static bool counts(const struct checking *k, const struct verified *v) {
    const struct declaration *d = &k->out->declaration;
    return v->trusted && v->logged && str_eq(v->origin, d->origin) && v->index < d->size;
}

static int by_index(const void *x, const void *y) {
    const struct given *a = x, *b = y;
    return (a->index > b->index) - (a->index < b->index);
}

static void list_given(struct checking *k) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < k->out->checked.statements.n; i++) {
        const struct verified *v = &k->out->checked.statements.v[i];
        if (!counts(k, v))
            continue;
        struct given *g = vec_push(k->a, &k->given);
        *g = (struct given){.index = v->index, .time = v->time, .envelope = v->text, .statement = &v->statement};
        memcpy(g->key, v->key, 32);
    }
    if (!k->given.n)
        return;
    qsort(k->given.v, k->given.n, sizeof *k->given.v, by_index);
    for (uint32_t i = 0; i < k->given.n; i++)
        if (n == 0 || k->given.v[n - 1].index != k->given.v[i].index)
            k->given.v[n++] = k->given.v[i];
    k->given.n = n;
}

/* ── the declarer, as a home without log or archive ── */

/* Keys of whoever signed the declaration are the declared party's, by its id: what it calls itself may have changed,
 * and the statement that says so need not have been handed over. Those of others keep their names. */
static struct keyring *keys_of(struct checking *k) {
    struct keyring *ring = keyring_new(k->a);
    const struct verified *by = k->out->statement;
    str declarer = {NULL, 0};
    for (uint32_t i = 0; i < k->o->keys.n; i++)
        if (memcmp(k->o->keys.v[i].id, by->key, 32) == 0)
            declarer = k->o->keys.v[i].name;
    for (uint32_t i = 0; i < k->o->keys.n; i++) {
        const struct trusted_key *t = &k->o->keys.v[i];
        bool theirs = declarer.p && str_eq(t->name, declarer);
        keyring_trust(ring, theirs ? k->out->declaration.party : t->name, &t->key, t->name);
    }
    for (uint32_t i = 0; k->o->home && k->o->home->keys && i < k->o->home->keys->keys.n; i++) {
        const struct known_key *x = &k->o->home->keys->keys.v[i];
        bool signer = memcmp(x->id, by->key, 32) == 0;
        keyring_trust(ring, signer ? k->out->declaration.party : x->name, &x->key, x->name);
    }
    return ring;
}

static bool complete_scope(struct checking *k, struct conform_scope *scope, struct as_of *when, struct err *e) {
    const struct declaration *d = &k->out->declaration;
    bool found;
    *scope = (struct conform_scope){.party = -1};
    if (!thing_find(k->views, THING_PARTY, d->party, &found, &scope->party, e))
        return false;
    scope->party = found ? scope->party : -1;
    for (uint32_t i = 0; i < d->products.n; i++) {
        int64_t number;
        if (!thing_find(k->views, THING_PRODUCT, d->products.v[i], &found, &number, e))
            return false;
        if (found)
            *vec_push(k->a, &scope->products) = number;
    }
    return !scope->products.n || scope->party < 0 || conform_scope_complete(k->views, k->a, when, scope, e);
}

static bool compute(struct checking *k, struct err *e) {
    const struct declaration *d = &k->out->declaration;
    struct conform_scope scope;
    struct as_of when = {.given = true, .size = d->size, .time = d->time};
    struct evaluation_ask ask = {
        .catalogue = k->catalogue, .scope = &scope, .package = d->package, .when = when, .now = d->time, .most = 1};
    return complete_scope(k, &scope, &when, e) &&
           (scope.party < 0 || conform_evaluate(k->views, k->a, &ask, &k->levels, e));
}

static bool compute_in_memory(struct checking *k, struct err *e) {
    struct declaration *d = &k->out->declaration;
    struct home home = {.ctx = k->c, .party = d->party, .origin = d->origin, .keys = keys_of(k)};
    struct givens list = {k->given.v, k->given.n, k->bodies.v, k->bodies.n};
    struct ctx quiet = *k->c;
    quiet.now = d->time;
    if (!portfolio_of_given(&quiet, &home, &list, &k->views, e))
        return false;
    bool ok = compute(k, e);
    portfolio_close(k->views);
    return ok;
}

/* ── practice by practice ── */

static const struct given *given_at(const struct checking *k, uint64_t index) {
    uint32_t low = 0, high = k->given.n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (k->given.v[middle].index < index)
            low = middle + 1;
        else
            high = middle;
    }
    return low < k->given.n && k->given.v[low].index == index ? &k->given.v[low] : NULL;
}

static bool has_body(const struct checking *k, const unsigned char sha256[32]) {
    for (uint32_t i = 0; i < k->bodies.n; i++)
        if (memcmp(k->bodies.v[i].sha256, sha256, 32) == 0)
            return true;
    return false;
}

/* An inventory tells of an SBOM document, which is a body of its own. */
static bool is_whole(const struct checking *k, const struct given *g) {
    unsigned char sha256[32];
    const struct predicate *type = predicate_of_type(g->statement->type);
    return !type || strcmp(type->kind, "inventory") != 0 || !g->statement->subjects.n ||
           !hex_bytes(subject_sha256(&g->statement->subjects.v[0]), sha256, 32) || has_body(k, sha256);
}

struct tally {
    uint32_t named, disclosed;
    uint64_t other; /* an entry that is another statement than the declaration names */
    bool differs, partly;
};

static void count_rule(struct checking *k, const struct declared_rule *r, struct tally *t) {
    const struct declaration *d = &k->out->declaration;
    t->partly |= r->sampled;
    for (uint32_t i = 0; i < r->evidence.n; i++) {
        const struct declared_evidence *x = &d->evidence.v[r->evidence.v[i]];
        const struct given *g = given_at(k, x->index);
        t->named++;
        if (!g || !is_whole(k, g))
            continue;
        t->disclosed++;
        if (x->sha256.p && !str_eq(x->sha256, digest_hex(k->a, DIGEST_SHA256, g->envelope))) {
            t->differs = true;
            t->other = x->index;
        }
    }
}

static const struct practice_state *state_of(const struct checking *k, str id) {
    for (uint32_t i = 0; i < k->levels.practices.n; i++)
        if (str_eq(k->levels.practices.v[i].practice->id, id))
            return &k->levels.practices.v[i];
    return NULL;
}

/* The declaration counted things (releases, customers …) that were not handed over. */
static bool counts_less(const struct declared_practice *d, const struct practice_state *s) {
    for (uint32_t i = 0; s && i < d->rules.n; i++) {
        const struct declared_rule *r = &d->rules.v[i];
        if (r->level < LEVELS && r->place < s->rules[r->level].n && s->rules[r->level].v[r->place].counted < r->counted)
            return true;
    }
    return false;
}

static enum confirmed judge(struct checking *k, const struct declared_practice *d, const struct practice_state *s,
                            const struct tally *t, str *why) {
    int level = s ? s->level : 0;
    if (t->differs) {
        *why = arena_printf(k->a, _("entry %llu is another statement than the declaration names"),
                            (unsigned long long)t->other);
        return CONTRADICTED;
    }
    if (!declared_level(d))
        return NOT_CLAIMED;
    if (level < d->level && (t->disclosed < t->named || t->partly || counts_less(d, s) || !t->named)) {
        *why = arena_printf(k->a, _("%u of %u statements were handed over"), t->disclosed, t->named);
        return NOT_DISCLOSED;
    }
    if (level < d->level) {
        *why = arena_printf(k->a, _("the evidence carries level %d, not %d"), level, d->level);
        return CONTRADICTED;
    }
    if (d->claimed > d->level || d->basis == BASIS_ATTESTED || (s && s->basis == BASIS_ATTESTED))
        return ATTESTED_ONLY;
    return CONFIRMED;
}

static void judge_all(struct checking *k) {
    const struct declaration *d = &k->out->declaration;
    for (uint32_t i = 0; i < d->practices.n; i++) {
        const struct declared_practice *p = &d->practices.v[i];
        const struct practice_state *s = state_of(k, p->id);
        struct tally t = {0};
        struct recomputed_practice *r = vec_push(k->a, &k->out->practices);
        for (uint32_t j = 0; j < p->rules.n; j++)
            count_rule(k, &p->rules.v[j], &t);
        *r = (struct recomputed_practice){.declared = p,
                                          .practice = practice_of(k->catalogue, p->id),
                                          .level = s ? s->level : 0,
                                          .named = t.named,
                                          .disclosed = t.disclosed};
        r->verdict = judge(k, p, s, &t, &r->why);
        k->out->count[r->verdict]++;
    }
}

/* ── what others said of it ── */

static bool is_event(const struct verified *v, enum declared_event *out) {
    static const char *const kinds[] = {"endorsement", "challenge", "challenge-answer", "standing"};
    for (int i = 0; i <= DECLARED_STANDS; i++)
        if (str_is(v->kind, kinds[i])) {
            *out = (enum declared_event)i;
            return true;
        }
    return false;
}

static void list_events(struct checking *k) {
    const struct verified *d = k->out->statement;
    for (uint32_t i = 0; i < k->out->checked.statements.n; i++) {
        const struct verified *v = &k->out->checked.statements.v[i];
        struct declaration_event x = {.time = v->time, .entry = v->index, .said = v->statement.predicate};
        if (!is_event(v, &x.event) || !str_eq(j_gets(x.said, "declaration"), d->sha256))
            continue;
        memcpy(x.signer, v->key, 32);
        x.counts = v->trusted && (x.event <= DECLARED_CHALLENGED || memcmp(v->key, d->key, 32) == 0);
        if (hex_bytes(v->sha256, x.envelope, 32))
            *vec_push(k->a, &k->out->events) = x;
    }
}

bool declaration_recompute(struct ctx *c, struct arena *a, str thing, const str *more, uint32_t n_more,
                           const struct verify_options *o, struct recomputation *out, struct err *e) {
    struct checking k = {.c = c, .a = a, .o = o, .out = out};
    struct verify_options plain = *o;
    plain.statements_only = true;
    *out = (struct recomputation){0};
    if (!verify_thing(c, a, thing, &plain, &out->checked, e))
        return false;
    for (uint32_t i = 0; i < n_more; i++)
        if (!read_more(&k, more[i], e))
            return false;
    if (!take_documents(&k, thing, o->given, e) || !find_declaration(&k, thing, e) || !find_catalogue(&k, e))
        return false;
    out->same_catalogue = str_eq(k.catalogue->digest, out->declaration.catalogue_sha256);
    list_given(&k);
    list_events(&k);
    if (out->trusted && !compute_in_memory(&k, e))
        return false;
    judge_all(&k);
    return true;
}
