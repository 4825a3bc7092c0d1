/* SPDX-License-Identifier: Apache-2.0
 *
 * A declaration as a statement, written and read.
 */
#include "base/digest.h"
#include "conform/declaration.h"

static const char *const bases[] = {"none", "computed", "attested", "not-applicable"};

/* ── writing ── */

static void put(struct jw *w, const char *key, str s) {
    if (s.n)
        jw_kstr(w, key, s);
}

static void put_time(struct jw *w, struct arena *a, const char *key, int64_t t) { jw_kstr(w, key, time_rfc3339(a, t)); }

static void put_names(struct jw *w, const char *key, const struct scope_names *v) {
    jw_karr(w, key);
    for (uint32_t i = 0; i < v->n; i++)
        jw_str(w, v->v[i]);
    jw_arr_end(w);
}

static void put_person(struct jw *w, const char *key, const struct person *p) {
    jw_kobj(w, key);
    jw_kstr(w, "name", p->name);
    jw_kstr(w, "role", p->role);
    jw_obj_end(w);
}

static void put_scope(struct jw *w, const struct declaration *d) {
    jw_kobj(w, "scope");
    put_names(w, "products", &d->products);
    jw_kbool(w, "all", d->all);
    jw_kint(w, "releases", (int64_t)d->releases);
    jw_kint(w, "cases", (int64_t)d->cases);
    if (d->sites.n)
        put_names(w, "sites", &d->sites);
    if (d->exclusions.n)
        jw_karr(w, "exclusions");
    for (uint32_t i = 0; i < d->exclusions.n; i++) {
        jw_obj(w);
        jw_kstr(w, "what", d->exclusions.v[i].what);
        jw_kstr(w, "reason", d->exclusions.v[i].reason);
        jw_obj_end(w);
    }
    if (d->exclusions.n)
        jw_arr_end(w);
    jw_obj_end(w);
}

static void put_evidence(struct jw *w, const struct declared_evidences *v) {
    jw_karr(w, "evidence");
    for (uint32_t i = 0; i < v->n; i++) {
        jw_obj(w);
        jw_kint(w, "index", (int64_t)v->v[i].index);
        jw_kstr(w, "kind", v->v[i].kind);
        put(w, "sha256", v->v[i].sha256);
        put(w, "about", v->v[i].about);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void put_rule(struct jw *w, const struct declared_rule *r) {
    jw_obj(w);
    jw_kint(w, "level", r->level);
    jw_kint(w, "place", r->place);
    jw_kint(w, "counted", (int64_t)r->counted);
    jw_kint(w, "met", (int64_t)r->met);
    if (r->sampled)
        jw_kbool(w, "sampled", true);
    if (r->evidence.n)
        jw_karr(w, "evidence");
    for (uint32_t i = 0; i < r->evidence.n; i++)
        jw_int(w, r->evidence.v[i]);
    if (r->evidence.n)
        jw_arr_end(w);
    jw_obj_end(w);
}

static void put_claim(struct jw *w, const struct declared_practice *p) {
    if (!p->claimed)
        return;
    jw_kobj(w, "claimed");
    jw_kint(w, "level", p->claimed);
    put_person(w, "person", &p->by);
    jw_kstr(w, "reason", p->claim);
    jw_obj_end(w);
}

static void put_practice(struct jw *w, struct arena *a, const struct declared_practice *p) {
    jw_obj(w);
    jw_kstr(w, "id", p->id);
    jw_kint(w, "level", p->level);
    if (p->target >= 0)
        jw_kint(w, "target", p->target);
    jw_kstr(w, "basis", str_of(bases[p->basis]));
    put_claim(w, p);
    put(w, "reason", p->reason);
    if (p->until)
        put_time(w, a, "until", p->until);
    if (p->rules.n)
        jw_karr(w, "rules");
    for (uint32_t i = 0; i < p->rules.n; i++)
        put_rule(w, &p->rules.v[i]);
    if (p->rules.n)
        jw_arr_end(w);
    jw_obj_end(w);
}

static void put_head(struct jw *w, struct arena *a, const struct declaration *d) {
    jw_kstr(w, "id", d->id);
    jw_kobj(w, "party");
    jw_kstr(w, "id", d->party);
    jw_kstr(w, "name", d->party_name);
    jw_obj_end(w);
    jw_kobj(w, "catalogue");
    jw_kstr(w, "id", d->catalogue);
    jw_kstr(w, "version", d->catalogue_version);
    jw_kstr(w, "sha256", d->catalogue_sha256);
    jw_obj_end(w);
    jw_kstr(w, "package", d->package);
    put_scope(w, d);
    jw_kobj(w, "log");
    jw_kstr(w, "origin", d->origin);
    jw_kint(w, "size", (int64_t)d->size);
    put_time(w, a, "time", d->time);
    jw_obj_end(w);
    jw_kobj(w, "valid");
    put_time(w, a, "from", d->from);
    put_time(w, a, "until", d->until);
    jw_obj_end(w);
    put_person(w, "signatory", &d->signatory);
    put(w, "supersedes", d->supersedes);
    put(w, "note", d->note);
}

bool declaration_payload(struct ctx *c, struct arena *a, const struct declaration *d, str *payload, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    struct subject subject = {.name = d->id};
    str named = arena_printf(a, "declaration:%.*s", STR_ARG(d->id));
    *vec_push(a, &subject.digests) = (struct subject_digest){S("sha256"), digest_hex(a, DIGEST_SHA256, named)};
    jw_obj(&w);
    put_head(&w, a, d);
    put_evidence(&w, &d->evidence);
    jw_karr(&w, "practices");
    for (uint32_t i = 0; i < d->practices.n; i++)
        put_practice(&w, a, &d->practices.v[i]);
    jw_arr_end(&w);
    jw_obj_end(&w);
    bool ok = statement_text(c, a, str_of(predicate_of_kind(S("declaration"))->type), &subject, 1, buf_str(&b), payload,
                             e);
    buf_free(&b);
    return ok;
}

/* ── reading ── what the schema has let through */

static int64_t time_of(struct jv v, const char *key) {
    int64_t t;
    return time_parse(j_gets(v, key), &t) ? t : 0;
}

static void read_names(struct arena *a, struct jv list, struct scope_names *out) {
    for (struct jiter it = j_iter(list); j_next(&it);)
        *vec_push(a, out) = j_str(it.val);
}

static struct person person_of(struct jv v) { return (struct person){j_gets(v, "name"), j_gets(v, "role")}; }

static void read_rule(struct arena *a, struct jv v, struct declared_rule *out, uint32_t n_evidence) {
    *out = (struct declared_rule){.level = (uint32_t)j_int(j_get(v, "level"), 0),
                                  .place = (uint32_t)j_int(j_get(v, "place"), 0),
                                  .counted = (uint64_t)j_int(j_get(v, "counted"), 0),
                                  .met = (uint64_t)j_int(j_get(v, "met"), 0),
                                  .sampled = j_true(j_get(v, "sampled"))};
    for (struct jiter it = j_iter(j_get(v, "evidence")); j_next(&it);) {
        int64_t at = j_int(it.val, -1);
        if (at >= 0 && at < n_evidence)
            *vec_push(a, &out->evidence) = (uint32_t)at;
    }
}

static enum basis basis_of(str word) {
    for (int i = 0; i <= BASIS_NOT_APPLICABLE; i++)
        if (str_is(word, bases[i]))
            return (enum basis)i;
    return BASIS_NONE;
}

static void read_practice(struct arena *a, struct jv v, struct declared_practice *out, uint32_t n_evidence) {
    struct jv claimed = j_get(v, "claimed");
    *out = (struct declared_practice){.id = j_gets(v, "id"),
                                      .level = (int)j_int(j_get(v, "level"), 0),
                                      .target = (int)j_int(j_get(v, "target"), -1),
                                      .basis = basis_of(j_gets(v, "basis")),
                                      .claimed = (int)j_int(j_get(claimed, "level"), 0),
                                      .by = person_of(j_get(claimed, "person")),
                                      .claim = j_gets(claimed, "reason"),
                                      .reason = j_gets(v, "reason"),
                                      .until = time_of(v, "until")};
    for (struct jiter it = j_iter(j_get(v, "rules")); j_next(&it);)
        read_rule(a, it.val, vec_push(a, &out->rules), n_evidence);
}

static void read_scope(struct arena *a, struct jv v, struct declaration *out) {
    read_names(a, j_get(v, "products"), &out->products);
    read_names(a, j_get(v, "sites"), &out->sites);
    out->all = j_true(j_get(v, "all"));
    out->releases = (uint64_t)j_int(j_get(v, "releases"), 0);
    out->cases = (uint64_t)j_int(j_get(v, "cases"), 0);
    for (struct jiter it = j_iter(j_get(v, "exclusions")); j_next(&it);)
        *vec_push(a, &out->exclusions) = (struct exclusion){j_gets(it.val, "what"), j_gets(it.val, "reason")};
}

bool declaration_read(struct arena *a, const struct statement *s, struct declaration *out) {
    const struct predicate *type = predicate_of_type(s->type);
    struct jv p = s->predicate, catalogue = j_get(p, "catalogue"), log = j_get(p, "log"), valid = j_get(p, "valid");
    if (!type || strcmp(type->kind, "declaration") != 0 || !j_gets(p, "id").n)
        return false;
    *out = (struct declaration){.id = j_gets(p, "id"),
                                .party = j_gets(j_get(p, "party"), "id"),
                                .party_name = j_gets(j_get(p, "party"), "name"),
                                .catalogue = j_gets(catalogue, "id"),
                                .catalogue_version = j_gets(catalogue, "version"),
                                .catalogue_sha256 = j_gets(catalogue, "sha256"),
                                .package = j_gets(p, "package"),
                                .origin = j_gets(log, "origin"),
                                .size = (uint64_t)j_int(j_get(log, "size"), 0),
                                .time = time_of(log, "time"),
                                .from = time_of(valid, "from"),
                                .until = time_of(valid, "until"),
                                .signatory = person_of(j_get(p, "signatory")),
                                .supersedes = j_gets(p, "supersedes"),
                                .note = j_gets(p, "note")};
    read_scope(a, j_get(p, "scope"), out);
    for (struct jiter it = j_iter(j_get(p, "evidence")); j_next(&it);)
        *vec_push(a, &out->evidence) = (struct declared_evidence){(uint64_t)j_int(j_get(it.val, "index"), 0),
                                                                  j_gets(it.val, "kind"), j_gets(it.val, "about"),
                                                                  j_gets(it.val, "sha256")};
    for (struct jiter it = j_iter(j_get(p, "practices")); j_next(&it);)
        read_practice(a, it.val, vec_push(a, &out->practices), out->evidence.n);
    return true;
}

const struct declared_practice *declared_practice_of(const struct declaration *d, str id) {
    for (uint32_t i = 0; i < d->practices.n; i++)
        if (str_eq(d->practices.v[i].id, id))
            return &d->practices.v[i];
    return NULL;
}
