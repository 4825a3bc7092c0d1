/* SPDX-License-Identifier: Apache-2.0
 *
 * Products with their releases, and one release: what it is, what is in it, what proves it, how it differs from
 * another.
 */
#include <stdlib.h>

#include "base/digest.h"
#include "conform/glance.h"
#include "impact/answer.h"
#include "impact/inventory.h"
#include "impact/thing_answer.h"
#include "sbom/diff.h"
#include "sbom/graph.h"
#include "seal/dsse.h"
#include "seal/home.h"
#include "serve/asking.h"

bool api_product(struct call *q, struct err *e);
bool api_releases(struct call *q, struct err *e);
bool api_release(struct call *q, struct err *e);
bool api_release_components(struct call *q, struct err *e);
bool api_release_diff(struct call *q, struct err *e);
bool api_release_evidence(struct call *q, struct err *e);

/* ── which releases the reader may know of ── */

struct seeing {
    struct reader reader;
    uint32_t limit;
    roaring_bitmap_t *mask; /* NULL: all */
};
static void end_seeing(void *x) {
    struct seeing *s = x;
    if (s->mask)
        roaring_bitmap_free(s->mask);
}
static bool see(struct call *q, const struct as_of *when, struct seeing **out, struct err *e) {
    struct seeing *s = arena_new_of(q->a, struct seeing);
    *out = s;
    arena_defer(q->a, end_seeing, s);
    return call_reader(q, &s->reader, e) && contents_releases_at(q->views->contents, when, &s->limit, e) &&
           audience_releases(q->views, &s->reader, when, s->limit, &s->mask, e);
}
static bool is_seen(const struct seeing *s, uint32_t id) {
    return id < s->limit && (!s->mask || roaring_bitmap_contains(s->mask, id));
}

static void put_release(struct call *q, struct jw *w, str product, const struct release_row *r) {
    jw_kstr(w, "release", arena_printf(q->a, "%.*s@%.*s", STR_ARG(product), STR_ARG(r->version)));
    jw_kstr(w, "product", product);
    jw_kstr(w, "version", r->version);
    jw_kstr(w, "purl", r->purl);
    if (r->released)
        jw_kstr(w, "released", time_rfc3339(q->a, r->released));
    jw_kstr(w, "logged", time_rfc3339(q->a, r->time));
    jw_kint(w, "entry", (int64_t)r->entry);
    jw_kint(w, "components", r->components);
    jw_kint(w, "unidentified", r->unidentified);
    jw_kbool(w, "documents_disagree", r->disagrees);
    jw_kstr(w, "supersedes", r->supersedes);
}

/* ── lists ── */

struct listing {
    struct call *q;
    struct jw *w;
    const struct seeing *s;
    uint64_t from, n, at; /* rows left out; rows of the page; rows so far */
    int64_t product;
    str id;
};

static bool list_one(struct listing *l, const struct release_row *r, struct err *e) {
    if (r->twin != r->id || !is_seen(l->s, r->id))
        return true;
    uint64_t at = l->at++;
    if (at < l->from || at >= l->from + l->n)
        return true;
    if (r->product != l->product || !l->id.p) {
        l->product = r->product;
        if (!thing_id(l->q->views, l->q->a, THING_PRODUCT, r->product, &l->id, e))
            return false;
    }
    jw_obj(l->w);
    put_release(l->q, l->w, l->id, r);
    jw_obj_end(l->w);
    return true;
}

static bool list_product(struct listing *l, int64_t product, struct err *e) {
    struct release_rows rows;
    if (!contents_releases(l->q->views->contents, l->q->a, product, (str){NULL, 0}, &rows, e))
        return false;
    for (uint32_t i = rows.n; i-- > 0;)
        if (!list_one(l, &rows.v[i], e))
            return false;
    return true;
}

/* The newest first, as far as the page needs them. */
static bool list_all(struct listing *l, struct err *e) {
    const roaring_bitmap_t *twins;
    if (!contents_twins(l->q->views->contents, &twins, e))
        return false;
    for (uint32_t id = l->s->limit; id-- > 0 && l->at < l->from + l->n + 1;) {
        struct release_row r;
        if (!is_seen(l->s, id) || (twins && roaring_bitmap_contains(twins, id)))
            continue;
        if (l->at < l->from) {
            l->at++;
            continue;
        }
        if (!contents_release(l->q->views->contents, l->q->a, id, &r, e) || !list_one(l, &r, e))
            return false;
    }
    return true;
}

bool api_releases(struct call *q, struct err *e) {
    static const char *const decide[] = {"product", NULL};
    struct asking k;
    struct seeing *s;
    str product = call_text(q, "product");
    int64_t number = -1;
    bool found = true;
    if (!call_asking(q, decide, &k, e) || !see(q, &k.when, &s, e) ||
        (product.n && !thing_find(q->views, THING_PRODUCT, product, &found, &number, e)))
        return false;
    struct jw *w = call_json(q);
    struct listing l = {.q = q, .w = w, .s = s, .from = k.at.offset, .n = k.limit, .product = -1};
    jw_obj(w);
    jw_karr(w, "rows");
    if (found && !(product.n ? list_product(&l, number, e) : list_all(&l, e)))
        return false;
    jw_arr_end(w);
    const struct cursor next = {.size = k.when.size, .time = k.when.time, .offset = l.from + l.n};
    if (l.at > l.from + l.n)
        jw_kstr(w, "next", cursor_text(q->a, &next, k.question));
    jw_obj_end(w);
    return true;
}
const struct route_doc api_releases_doc = {
    .answer = "releases-answer",
    .arguments = (const struct route_argument[]){{"product", "text", N_("only those of this product")},
                                                 ARGUMENT_LIMIT,
                                                 ARGUMENT_PAGE,
                                                 ARGUMENT_AS_OF,
                                                 ARGUMENT_AUDIENCE,
                                                 {0}},
    .says = N_("the newest first"),
};

bool api_product(struct call *q, struct err *e) {
    struct seeing *s;
    struct said now;
    struct history past = {0};
    int64_t number;
    bool found;
    if (!see(q, &q->when, &s, e) || !thing_find(q->views, THING_PRODUCT, call_part(q, 0), &found, &number, e) ||
        (found && !audience_thing(q->views, q->a, &s->reader, &q->when, THING_PRODUCT, number, &found, e)))
        return false;
    if (found && !thing_get(q->views, q->a, THING_PRODUCT, number, &q->when, &found, &now, e))
        return false;
    if (!found)
        return call_not_found(q);
    struct jw *w = call_json(q);
    struct listing l = {.q = q, .w = w, .s = s, .n = ROWS_MOST, .product = -1};
    jw_obj(w);
    said_json(w, q->a, &now);
    jw_karr(w, "releases");
    if (!list_product(&l, number, e))
        return false;
    jw_arr_end(w);
    jw_kint(w, "releases_total", (int64_t)l.at);
    if (s->reader.owner) {
        if (!thing_history(q->views, q->a, THING_PRODUCT, number, &q->when, &past, e))
            return false;
        said_history_json(w, q->a, q->home, &past);
    }
    jw_obj_end(w);
    return true;
}
const struct route_doc api_product_doc = {
    .answer = "product-answer",
    .arguments = (const struct route_argument[]){ARGUMENT_AS_OF, ARGUMENT_AUDIENCE, {0}},
    .says = N_("what holds of the product, and its releases, the newest first"),
};

/* ── one ── */

struct one_release {
    struct seeing *s;
    struct question question;
    str product; /* id */
    struct release_rows documents;
};

/* PRODUCT@VERSION; *found false: there is none that the reader may know of. */
static bool find_release(struct call *q, str name, struct seeing *s, struct one_release *x, bool *found,
                         struct err *e) {
    *x = (struct one_release){.s = s};
    *found = false;
    if (!question_parse(q->views, q->a, arena_cat(q->a, S("release:"), name), &x->question, e))
        return false;
    for (uint32_t i = 0; i < x->question.releases.n; i++) {
        struct release_row r;
        if (!is_seen(s, x->question.releases.v[i]))
            continue;
        if (!contents_release(q->views->contents, q->a, x->question.releases.v[i], &r, e))
            return false;
        *vec_push(q->a, &x->documents) = r;
    }
    *found = x->documents.n > 0;
    return !*found || thing_id(q->views, q->a, THING_PRODUCT, x->documents.v[0].product, &x->product, e);
}

static bool open_release(struct call *q, struct one_release *x, bool *found, struct err *e) {
    str name;
    struct seeing *s;
    return call_needs(q, "name", &name, e) && see(q, &q->when, &s, e) && find_release(q, name, s, x, found, e);
}

/* The releases of the product next to it in the order in which they came. */
static bool put_neighbours(struct call *q, struct jw *w, const struct one_release *x, struct err *e) {
    struct release_rows rows;
    str before = {NULL, 0}, after = {NULL, 0};
    uint32_t id = x->documents.v[0].twin;
    if (!contents_releases(q->views->contents, q->a, x->documents.v[0].product, (str){NULL, 0}, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.n; i++) {
        const struct release_row *r = &rows.v[i];
        if (r->twin != r->id || !is_seen(x->s, r->id))
            continue;
        if (r->id < id)
            before = r->version;
        else if (r->id > id && !after.p)
            after = r->version;
    }
    jw_kstr(w, "previous", before);
    jw_kstr(w, "following", after);
    return true;
}

static bool put_reach(struct call *q, struct jw *w, struct one_release *x, struct err *e) {
    struct reach r = {0};
    bool asked, exact = true;
    uint64_t n = 0;
    bool ok = reach_begin(&r, q->views, q->a, &x->question, &x->s->reader, &q->when, e) && reach_releases(&r, e) &&
              reach_products(&r, e) && reach_systems(&r, e) && reach_findings(&r, &asked, &n, &exact, e);
    if (ok) {
        jw_kobj(w, "counts");
        jw_kint(w, "findings", (int64_t)n);
        jw_kbool(w, "findings_is_exact", exact);
        jw_kint(w, "deployments", r.deployments.n);
        jw_kint(w, "customers", r.customers.n);
        jw_kint(w, "services", r.services.n);
        jw_obj_end(w);
    }
    reach_free(&r);
    return ok;
}

bool api_release(struct call *q, struct err *e) {
    struct one_release x;
    bool found, done;
    if (!call_opened(q, open_release(q, &x, &found, e), &found, &done))
        return done;
    struct jw *w = call_json(q);
    jw_obj(w);
    put_release(q, w, x.product, &x.documents.v[0]);
    jw_karr(w, "documents");
    for (uint32_t i = 0; i < x.documents.n; i++) {
        jw_obj(w);
        jw_kstr(w, "sha256", hex_text(q->a, x.documents.v[i].body, 32));
        jw_kint(w, "entry", (int64_t)x.documents.v[i].entry);
        jw_kint(w, "components", x.documents.v[i].components);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    bool ok = put_neighbours(q, w, &x, e) && put_reach(q, w, &x, e);
    jw_obj_end(w);
    return ok;
}
#define ARGUMENT_NAME                                                                                                  \
    { "name", "text", N_("PRODUCT@VERSION") }
const struct route_doc api_release_doc = {
    .answer = "release-answer",
    .arguments = (const struct route_argument[]){ARGUMENT_NAME, ARGUMENT_AS_OF, ARGUMENT_AUDIENCE, {0}},
    .says = N_("what it is, its documents, its neighbours, counts of findings and of where it runs"),
};

/* ── what is in it ── */

static bool put_component(struct call *q, struct jw *w, component_id id, struct err *e) {
    struct component_row c;
    struct hit_rows hits;
    if (!contents_component_row(q->views->contents, q->a, id, &c, e) ||
        !hits_of_component(q->views, q->a, id, &hits, e))
        return false;
    jw_obj(w);
    jw_kstr(w, "purl", c.purl);
    jw_kstr(w, "version", c.version);
    jw_kstr(w, "licence", c.licence);
    jw_kbool(w, "unidentified", c.unidentified);
    jw_kint(w, "flaws", hits.n);
    jw_obj_end(w);
    return true;
}

static int by_id(const void *x, const void *y) {
    component_id a = *(const component_id *)x, b = *(const component_id *)y;
    return a < b ? -1 : a > b;
}

static bool components_of(struct call *q, const struct one_release *x, struct component_ids *out, struct err *e) {
    uint32_t kept = 0;
    *out = (struct component_ids){0};
    for (uint32_t i = 0; i < x->documents.n; i++) {
        struct component_ids ids = {0};
        if (!contents_of(q->views->contents, q->a, x->documents.v[i].id, &ids, e))
            return false;
        for (uint32_t k = 0; k < ids.n; k++)
            *vec_push(q->a, out) = ids.v[k];
    }
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, by_id);
    for (uint32_t i = 0; i < out->n; i++)
        if (!kept || out->v[kept - 1] != out->v[i])
            out->v[kept++] = out->v[i];
    out->n = kept;
    return true;
}

static bool put_table(struct call *q, const struct one_release *x, const struct asking *k, struct err *e) {
    struct component_ids ids;
    str word = call_text(q, "q");
    uint64_t total = 0;
    if (!components_of(q, x, &ids, e))
        return false;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_karr(w, "rows");
    for (uint32_t i = 0; i < ids.n; i++) {
        struct component_row c;
        if (word.n && (!contents_component_row(q->views->contents, q->a, ids.v[i], &c, e)))
            return false;
        if (word.n && str_find(c.purl, word) == STR_NONE && str_find(c.licence, word) == STR_NONE)
            continue;
        uint64_t at = total++;
        if (at >= k->at.offset && at < k->at.offset + k->limit && !put_component(q, w, ids.v[i], e))
            return false;
    }
    jw_arr_end(w);
    jw_kint(w, "total", (int64_t)total);
    const struct cursor next = {.size = k->when.size, .time = k->when.time, .offset = k->at.offset + k->limit};
    if (k->at.offset + k->limit < total)
        jw_kstr(w, "next", cursor_text(q->a, &next, k->question));
    jw_obj_end(w);
    return true;
}

static const char *const scopes[] = {[SCOPE_UNKNOWN] = NULL,
                                     [SCOPE_REQUIRED] = "required",
                                     [SCOPE_OPTIONAL] = "optional",
                                     [SCOPE_EXCLUDED] = "excluded",
                                     [SCOPE_DEV] = "dev"};

/* Who needs whom, as its first document says. */
static bool put_tree(struct call *q, const struct one_release *x, struct err *e) {
    struct sbom *s;
    if (!inventory_document(q->views, q->a, x->documents.v[0].body, &s, e))
        return false;
    struct sbom_graph g = sbom_graph_of(s, q->a);
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_karr(w, "nodes");
    for (uint32_t i = 0; i < s->components.n; i++) {
        const struct sbom_component *c = &s->components.v[i];
        jw_obj(w);
        jw_kstr(w, "name", c->name);
        jw_kstr(w, "version", c->version);
        jw_kstr(w, "purl", c->purl);
        jw_kstr(w, "licence", sbom_licence_line(q->a, c));
        if (scopes[c->scope])
            jw_kstr(w, "scope", str_of(scopes[c->scope]));
        if (g.depth[i] != SBOM_NO)
            jw_kint(w, "depth", g.depth[i]);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_karr(w, "edges");
    for (uint32_t i = 0; i < g.n; i++)
        for (uint32_t k = g.from[i]; k < g.from[i + 1]; k++) {
            jw_arr(w);
            jw_int(w, i);
            jw_int(w, g.to[k]);
            jw_arr_end(w);
        }
    jw_arr_end(w);
    jw_obj_end(w);
    return true;
}

bool api_release_components(struct call *q, struct err *e) {
    static const char *const decide[] = {"name", "q", NULL};
    struct asking k;
    struct one_release x;
    bool found, done;
    if (!call_asking(q, decide, &k, e))
        return false;
    q->when = k.when;
    if (!call_opened(q, open_release(q, &x, &found, e), &found, &done))
        return done;
    return call_flag(q, "tree") ? put_tree(q, &x, e) : put_table(q, &x, &k, e);
}
const struct route_doc api_release_components_doc = {
    .answer = "release-components-answer",
    .arguments = (const struct route_argument[]){ARGUMENT_NAME,
                                                 {"q", "text", N_("only those with this in their purl or licence")},
                                                 {"tree", "flag", N_("nodes and edges of who needs whom instead")},
                                                 ARGUMENT_LIMIT,
                                                 ARGUMENT_PAGE,
                                                 ARGUMENT_AS_OF,
                                                 ARGUMENT_AUDIENCE,
                                                 {0}},
};

/* ── another release ── */

bool api_release_diff(struct call *q, struct err *e) {
    struct one_release x, other;
    struct sbom *after, *before;
    struct diff_entries entries = {0};
    str with;
    bool found, both = false;
    if (!call_needs(q, "with", &with, e) || !open_release(q, &x, &found, e))
        return false;
    if (found && str_chr(with, '@') == STR_NONE) /* a version of the same product */
        with = arena_printf(q->a, "%.*s@%.*s", STR_ARG(x.product), STR_ARG(with));
    if (found && !find_release(q, with, x.s, &other, &both, e))
        return false;
    if (!both)
        return call_not_found(q);
    if (!inventory_document(q->views, q->a, other.documents.v[0].body, &before, e) ||
        !inventory_document(q->views, q->a, x.documents.v[0].body, &after, e))
        return false;
    sbom_diff(q->a, before, after, &entries);
    diff_json(q->a, call_json(q), with, call_text(q, "name"), &entries);
    return true;
}
const struct route_doc api_release_diff_doc = {
    .answer = "diff-answer",
    .arguments = (const struct route_argument[]){ARGUMENT_NAME,
                                                 {"with", "text",
                                                  N_("the earlier one: PRODUCT@VERSION, or a version of this product")},
                                                 ARGUMENT_AS_OF,
                                                 ARGUMENT_AUDIENCE,
                                                 {0}},
    .says = N_("what it brings that the other lacks: added, removed, upgraded, downgraded, changed, licence, supplier"),
};

/* ── what proves it ── */

static void put_proof(struct call *q, struct jw *w, uint64_t entry) {
    jw_kint(w, "entry", (int64_t)entry);
    jw_kstr(w, "proof", arena_printf(q->a, "/api/v1/log/proof/%llu", (unsigned long long)entry));
}

/* The statements of a manifest are logged just before it, in one batch: their digests by entry. */
enum { BEHIND = 64 };
struct batch {
    uint64_t first;
    uint32_t n;
    unsigned char digests[BEHIND][32];
};
static bool read_batch(struct call *q, uint64_t manifest, uint32_t statements, struct batch *b, struct err *e) {
    uint64_t n = statements < BEHIND ? statements : BEHIND;
    *b = (struct batch){.first = manifest > n ? manifest - n : 0};
    for (uint64_t i = b->first; i < manifest; i++, b->n++) {
        struct log_entry entry;
        str envelope = {NULL, 0};
        if (!log_entry(q->home->log, q->a, i, &entry, e) ||
            (!entry.erased && !log_envelope(q->home->log, q->a, &entry, &envelope, e)))
            return false;
        if (envelope.p)
            digest_of(DIGEST_SHA256, envelope, b->digests[b->n]);
    }
    return true;
}
static bool in_batch(struct call *q, const struct batch *b, str sha256, uint64_t *entry) {
    for (uint32_t i = 0; i < b->n; i++)
        if (str_eq(hex_text(q->a, b->digests[i], 32), sha256)) {
            *entry = b->first + i;
            return true;
        }
    return false;
}

static bool put_statements(struct call *q, struct jw *w, const struct release_row *r, struct jv predicate,
                           struct err *e) {
    struct jv all = j_get(predicate, "statements");
    struct batch *batch = arena_new_of(q->a, struct batch);
    if (!read_batch(q, r->entry, (uint32_t)j_len(all), batch, e))
        return false;
    jw_karr(w, "statements");
    for (struct jiter it = j_iter(all); j_next(&it);) {
        str kind = j_gets(it.val, "kind");
        uint64_t entry;
        bool found = in_batch(q, batch, j_gets(j_get(it.val, "digest"), "sha256"), &entry);
        if (!found && !glance_statement(q->views, kind, r->id, r->log_id, &found, &entry, e))
            return false;
        jw_obj(w);
        jw_kstr(w, "kind", kind);
        jw_kstr(w, "sha256", j_gets(j_get(it.val, "digest"), "sha256"));
        if (found)
            put_proof(q, w, entry);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    return true;
}

static void put_files(struct jw *w, const struct statement *s) {
    jw_karr(w, "files");
    for (uint32_t i = 0; i < s->subjects.n; i++) {
        const struct subject *f = &s->subjects.v[i];
        jw_obj(w);
        jw_kstr(w, "name", f->name);
        jw_kstr(w, "sha256", subject_sha256(f));
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

/* The statement that made the release known; what was erased or withheld leaves only its place in the log. */
static bool put_document(struct call *q, struct jw *w, const struct release_row *r, struct err *e) {
    struct log_entry entry;
    struct dsse d;
    struct statement s;
    str envelope = {NULL, 0};
    if (!log_entry(q->home->log, q->a, r->entry, &entry, e) ||
        (!entry.erased && !log_envelope(q->home->log, q->a, &entry, &envelope, e)))
        return false;
    jw_obj(w);
    jw_kstr(w, "kind", entry.leaf.kind);
    put_proof(q, w, r->entry);
    jw_kstr(w, "logged", time_rfc3339(q->a, entry.leaf.time));
    jw_kstr(w, "sha256", hex_text(q->a, r->body, 32));
    jw_kbool(w, "at_hand", envelope.p != NULL);
    const struct known_key *k = keyring_find(q->home->keys, entry.leaf.key);
    jw_kstr(w, "by", k && k->name.n ? k->name : str_upto(hex_text(q->a, entry.leaf.key, 32), 16));
    bool ok = true;
    if (envelope.p && dsse_parse(q->ctx, q->a, envelope, S("log"), &d, NULL) &&
        statement_open(q->ctx, q->a, d.payload, S("log"), &s, NULL)) {
        put_files(w, &s);
        ok = put_statements(q, w, r, s.predicate, e);
    }
    jw_obj_end(w);
    return ok;
}

bool api_release_evidence(struct call *q, struct err *e) {
    struct one_release x;
    bool found, done;
    if (!call_opened(q, open_release(q, &x, &found, e), &found, &done))
        return done;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kstr(w, "release", call_text(q, "name"));
    jw_karr(w, "documents");
    for (uint32_t i = 0; i < x.documents.n; i++)
        if (x.documents.v[i].log_id == q->views->log_id && !put_document(q, w, &x.documents.v[i], e))
            return false;
    jw_arr_end(w);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_release_evidence_doc = {
    .answer = "evidence-answer",
    .arguments = (const struct route_argument[]){ARGUMENT_NAME, ARGUMENT_AS_OF, ARGUMENT_AUDIENCE, {0}},
    .says = N_(
        "for each document of the release: who signed it, its entry and proof, files with their digests, and the "
        "statements its manifest names (SBOM, hardening, provenance …)"),
};
