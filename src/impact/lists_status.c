/* SPDX-License-Identifier: Apache-2.0
 *
 * What was answered to a finding: the verdict that counts (verdict.h), looked for only where one speaks of the flaw.
 */
#include "base/file.h"
#include "impact/called.h"
#include "impact/case_inner.h"
#include "impact/lists_inner.h"
#include "impact/verdict.h"
#include "store/queries.h"

static const char *const wishes[FINDINGS_STATUSES] = {"open", "answered", "all"};

bool findings_status_parse(str word, enum findings_status *out) {
    for (size_t i = 0; i < FINDINGS_STATUSES; i++)
        if (str_is(word, wishes[i])) {
            *out = (enum findings_status)i;
            return true;
        }
    return false;
}

static bool is_one(void *arg, const struct verdict *v, struct err *e) {
    (void)v;
    (void)e;
    *(bool *)arg = true;
    return false;
}

bool status_begin(struct findings *f, struct err *e) {
    bool ok = verdicts_each(f->p, is_one, &f->answers, e) || f->answers;
    if (!ok || !f->answers)
        return ok;
    str settings = f->p->home && f->p->home->path.n ? path_join(f->a, f->p->home->path, S("akashi.toml"))
                                                    : S("akashi.toml");
    f->policy = arena_new_of(f->a, struct verdict_policy);
    return verdict_policy_read(f->p->ctx, f->a, settings, f->policy, e);
}

void status_end(struct findings *f) {
    arena_free(f->known_arena);
    f->known_arena = NULL;
}

/* ── which flaws were answered at all ── */

static bool is_there(struct findings *f, const struct query *of, int64_t flaw, int64_t product, bool *yes,
                     struct err *e) {
    struct ask *q;
    if (!store_ask(f->p->store, of, &q, e))
        return false;
    ask_int(q, 1, flaw);
    if (product >= 0)
        ask_int(q, 2, product);
    if (!ask_step(q, yes, e))
        return false;
    ask_end(q);
    return true;
}

/* Those of the products that a flaw was spoken of in, by a name; those that count are enough where they are few. */
static bool add_products(struct findings *f, const struct query *of, str name, roaring_bitmap_t *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(f->p->store, of, &q, e))
        return false;
    ask_text(q, 1, name);
    while (ask_step(q, &row, e)) {
        if (!row)
            return true;
        if (ask_col_int(q, 0) >= 0 && ask_col_int(q, 0) < UINT32_MAX)
            roaring_bitmap_add(out, (uint32_t)ask_col_int(q, 0));
    }
    return false;
}

static bool may_answer_some(struct findings *f, int64_t flaw, const roaring_bitmap_t *products, bool *yes,
                            struct err *e) {
    struct arena *a = f->a;
    struct arena_mark m = arena_mark(a);
    struct flaw_names names;
    roaring_bitmap_t *of = roaring_bitmap_create();
    bool ok = hits_names(f->p, a, flaw, &names, e);
    for (uint32_t i = 0; ok && i < names.n; i++)
        ok = add_products(f, &Q_verdict_products_answering, names.v[i], of, e);
    *yes = ok && roaring_bitmap_intersect(of, products);
    roaring_bitmap_free(of);
    arena_reset(a, m);
    return ok;
}

bool status_may_answer(struct findings *f, int64_t flaw, int64_t product, bool *yes, struct err *e) {
    const roaring_bitmap_t *products;
    *yes = false;
    if (!f->answers || !is_there(f, &Q_answer_any, flaw, -1, yes, e) || *yes)
        return !f->answers || *yes;
    if (product >= 0)
        return is_there(f, &Q_answer_about, flaw, product, yes, e);
    if (!is_there(f, &Q_answer_there, flaw, -1, yes, e) || !*yes)
        return !*yes;
    return findings_products(f, &products, e) && (!products || may_answer_some(f, flaw, products, yes, e));
}

/* ── which are there to be walked, where they are few ── */

enum { FEW_ANSWERED = 2048, FEW_PRODUCTS = 1000 };
struct answered {
    struct findings *f;
    struct occurrences seen; /* flaws: number + 1 */
    uint32_t rows;           /* looked at */
    struct flaw_rows *out;
};

static bool add_answered(struct answered *k, const struct query *of, const uint32_t *products, uint32_t n,
                         struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(k->f->p->store, of, &q, e))
        return false;
    ask_int(q, 1, FEW_ANSWERED + 1);
    if (products)
        ask_numbers(q, 2, k->f->a, products, n);
    while (ask_step(q, &row, e)) {
        if (!row)
            return true;
        k->rows++;
        if (ask_col_null(q, 0) || occurrences_of(&k->seen, ask_col_int(q, 0) + 1))
            continue;
        occurrences_add(&k->seen, ask_col_int(q, 0) + 1, 1);
        *vec_push(k->f->a, k->out) = (struct flaw_row){.number = ask_col_int(q, 0)};
    }
    return false;
}

static bool find_answered(struct answered *k, struct err *e) {
    const roaring_bitmap_t *products;
    if (!findings_products(k->f, &products, e))
        return false;
    uint64_t n = products ? roaring_bitmap_get_cardinality(products) : UINT64_MAX;
    if (n > FEW_PRODUCTS)
        return add_answered(k, &Q_answered_all, NULL, 0, e);
    uint32_t numbers[FEW_PRODUCTS];
    roaring_bitmap_to_uint32_array(products, numbers);
    return add_answered(k, &Q_answered_of_any, NULL, 0, e) &&
           add_answered(k, &Q_answered_of_products, numbers, (uint32_t)n, e);
}

bool status_answered(struct findings *f, bool *few, struct flaw_rows *out, struct err *e) {
    struct answered k = {.f = f, .out = out};
    bool ok = !f->answers || find_answered(&k, e);
    occurrences_free(&k.seen);
    *few = k.rows <= FEW_ANSWERED;
    uint32_t kept = 0;
    for (uint32_t i = 0; ok && *few && i < out->n; i++) {
        bool found;
        ok = hits_brief(f->p, out->v[i].number, &found, &out->v[kept], e);
        kept += ok && found;
    }
    out->n = kept;
    return ok;
}

/* ── whom a verdict may speak of ── */

enum { FEW_SAID = 16 };

static bool add_named(struct findings *f, str id, struct flaw_said *said, struct err *e) {
    int64_t number;
    bool found;
    if (!id.n)
        return true;
    if (!thing_find(f->p, THING_PRODUCT, id, &found, &number, e))
        return false;
    if (found && number < UINT32_MAX)
        roaring_bitmap_add(said->products, (uint32_t)number);
    return true;
}

/* By a purl it may name several. */
static bool add_called(struct findings *f, str base, struct flaw_said *said, struct err *e) {
    struct called_products of;
    if (!str_starts(base, S("pkg:")))
        return true;
    if (!called_find(f->p, said->a, base, &of, e))
        return false;
    for (uint32_t i = 0; i < of.n; i++)
        if (of.v[i] >= 0 && of.v[i] < UINT32_MAX)
            roaring_bitmap_add(said->products, (uint32_t)of.v[i]);
    return true;
}

/* Of few products the releases are read; those of many are told by the products of the releases at hand. */
static bool read_named(struct findings *f, struct flaw_said *said, struct err *e) {
    uint64_t n = roaring_bitmap_get_cardinality(said->products);
    uint32_t numbers[FEW_SAID];
    if (n > FEW_SAID)
        return true;
    roaring_bitmap_to_uint32_array(said->products, numbers);
    said->named = roaring_bitmap_create();
    for (uint64_t i = 0; i < n; i++) {
        struct known_product *of;
        if (!status_product(f, numbers[i], &of, e))
            return false;
        for (uint32_t k = 0; k < of->releases.n; k++)
            roaring_bitmap_add(said->named, of->releases.v[k].id);
    }
    return true;
}

static bool read_said(struct findings *f, struct flaw_said *out, int64_t product, struct err *e) {
    bool answering = f->wish.status == FINDINGS_ANSWERED;
    if (!hits_names(f->p, out->a, out->flaw, &out->names, e) ||
        !verdicts_about(f->p, out->a, &out->names, -1, &f->when, &out->any, e))
        return false;
    for (uint32_t i = 0; i < out->names.n; i++)
        if (product < 0 && !add_products(f, answering ? &Q_verdict_products_answering : &Q_verdict_products,
                                         out->names.v[i], out->products, e))
            return false;
    if (product >= 0 && product < UINT32_MAX)
        roaring_bitmap_add(out->products, (uint32_t)product);
    for (uint32_t i = 0; i < out->any.n; i++) {
        const struct verdict *v = &out->any.v[i];
        if (!add_called(f, v->base, out, e) || !add_named(f, v->base, out, e) ||
            (!str_eq(v->base, v->product) && !add_named(f, v->product, out, e)))
            return false;
    }
    return product >= 0 || read_named(f, out, e);
}

bool status_flaw(struct findings *f, struct arena *a, int64_t flaw, int64_t product, struct flaw_said *out,
                 struct err *e) {
    bool some = f->answers;
    *out = (struct flaw_said){.a = a, .flaw = flaw};
    if (some && product >= 0 &&
        (!is_there(f, &Q_verdict_about_there, flaw, product, &some, e) ||
         (!some && !is_there(f, &Q_verdict_any_there, flaw, -1, &some, e))))
        return false;
    if (some && product < 0 && !verdict_is_there(f->p, flaw, &some, e))
        return false;
    if (!some)
        return true;
    out->some = true;
    out->products = roaring_bitmap_create();
    map_init(&out->by_product, a);
    bool ok = read_said(f, out, product, e);
    if (!ok)
        status_flaw_end(out);
    return ok;
}
void status_flaw_end(struct flaw_said *said) {
    if (said->named)
        roaring_bitmap_free(said->named);
    if (said->products)
        roaring_bitmap_free(said->products);
    *said = (struct flaw_said){0};
}

/* Releases of the products spoken of. */
static bool keep_products(struct findings *f, const struct flaw_said *said, roaring_bitmap_t *releases, struct err *e) {
    uint64_t n = roaring_bitmap_get_cardinality(releases);
    uint32_t kept = 0, *ids = malloc((n + 1) * sizeof *ids);
    int64_t *of = malloc((n + 1) * sizeof *of);
    if (!ids || !of)
        abort();
    roaring_bitmap_to_uint32_array(releases, ids);
    bool ok = contents_products(f->p->contents, ids, (uint32_t)n, of, e);
    for (uint64_t i = 0; ok && i < n; i++)
        if (of[i] >= 0 && of[i] < UINT32_MAX && roaring_bitmap_contains(said->products, (uint32_t)of[i]))
            ids[kept++] = ids[i];
    roaring_bitmap_clear(releases);
    roaring_bitmap_add_many(releases, kept, ids);
    free(of);
    free(ids);
    return ok;
}

bool status_spoken_of(struct findings *f, struct arena *a, const struct flaw_said *said, str purl,
                      const roaring_bitmap_t *releases, roaring_bitmap_t **out, struct err *e) {
    bool all = false;
    for (uint32_t i = 0; i < said->any.n && !all; i++)
        all = verdict_is_anywhere(a, &said->any.v[i], purl);
    *out = !all && said->named ? roaring_bitmap_and(releases, said->named) : roaring_bitmap_copy(releases);
    bool ok = all || said->named || keep_products(f, said, *out, e);
    if (!ok) {
        roaring_bitmap_free(*out);
        *out = NULL;
    }
    return ok;
}

/* ── what counts ── */

enum { KNOWN_BYTES = 32 << 20 };

static bool read_owner(struct findings *f, struct arena *a, const struct product *of, struct verdict_place *place,
                       struct err *e) {
    struct party party;
    bool found;
    str us = f->p->home ? f->p->home->party : (str){NULL, 0};
    if (of->party >= 0) {
        if (!party_get(f->p, a, of->party, &f->when, &party, &found, e))
            return false;
        if (found) {
            place->owner = party.id;
            place->owner_name = party.name;
        }
    }
    place->ours = !place->owner.p || (us.n && (str_eq(us, place->owner) || str_eq(us, place->owner_name)));
    return true;
}

static bool read_product(struct findings *f, int64_t number, struct known_product *x, struct err *e) {
    struct arena *a = f->known_arena;
    bool found;
    if (!contents_releases(f->p->contents, a, number, (str){NULL, 0}, &x->releases, e) ||
        !product_get(f->p, a, number, &f->when, &x->of, &found, e))
        return false;
    if (!found)
        x->of = (struct product){.number = number, .party = -1};
    x->place = (struct verdict_place){.product = number, .product_purl = x->of.purl, .releases = &x->releases};
    return thing_id(f->p, a, THING_PRODUCT, number, &x->place.product_id, e) && read_owner(f, a, &x->of, &x->place, e);
}

bool status_product(struct findings *f, int64_t number, struct known_product **out, struct err *e) {
    str key = str_n((const char *)&number, sizeof number);
    if (!f->known_arena || arena_bytes(f->known_arena) > KNOWN_BYTES) {
        status_end(f);
        f->known_arena = arena_new();
        map_init(&f->known, f->known_arena);
    }
    *out = map_get(&f->known, key);
    if (*out)
        return true;
    struct known_product *x = arena_new_of(f->known_arena, struct known_product);
    if (!read_product(f, number, x, e))
        return false;
    map_put(&f->known, arena_str(f->known_arena, key), NULL)->value = *out = x;
    return true;
}

static const struct release_row *row_in(const struct release_rows *rows, uint32_t id) {
    uint32_t low = 0, high = rows->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (rows->v[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < rows->n && rows->v[low].id == id ? &rows->v[low] : NULL;
}

/* What speaks of a product, or possibly of any. */
static bool verdicts_on(struct findings *f, struct flaw_said *said, int64_t product, const struct verdicts **out,
                        struct err *e) {
    str key = str_n((const char *)&product, sizeof product);
    *out = product < 0 ? &said->any : map_get(&said->by_product, key);
    if (*out)
        return true;
    struct verdicts *v = arena_new_of(said->a, struct verdicts);
    if (!verdicts_about(f->p, said->a, &said->names, product, &f->when, v, e))
        return false;
    for (uint32_t i = 0; i < said->any.n; i++)
        *vec_push(said->a, v) = said->any.v[i];
    map_put(&said->by_product, arena_str(said->a, key), NULL)->value = v;
    *out = v;
    return true;
}

bool status_finding(struct findings *f, struct arena *a, struct flaw_said *said, const struct flaw_row *flaw,
                    component_id component, str purl, uint32_t release, int *status, struct err *e) {
    struct known_product *of;
    struct standings all = {0};
    const struct verdicts *on;
    int64_t winner = -1, product;
    *status = VEX_NONE;
    if (!said->some)
        return true;
    if (!contents_products(f->p->contents, &release, 1, &product, e) || !verdicts_on(f, said, product, &on, e))
        return false;
    if (!on->n)
        return true;
    if (!status_product(f, product, &of, e))
        return false;
    struct verdict_place place = of->place;
    place.release = row_in(&of->releases, release);
    if (!place.release) /* came in since */
        return true;
    place.release_purl = place.release->purl;
    place.component = component;
    place.component_purl = purl;
    struct verdict_facts facts = {flaw->kev, flaw->epss, f->when.given ? f->when.time : f->p->ctx->now};
    if (!verdict_decide(f->p, a, f->policy, on, &place, &facts, &all, &winner, e))
        return false;
    if (winner >= 0)
        *status = all.v[winner].verdict->status;
    return true;
}

str status_word(int status) {
    return status == VEX_NONE || status == VEX_AFFECTED ? S("open") : str_of(verdict_status_name(status));
}

bool status_wished(const struct findings_wish *w, int status) {
    return w->status == FINDINGS_ALL || verdict_answers(status) == (w->status == FINDINGS_ANSWERED);
}
