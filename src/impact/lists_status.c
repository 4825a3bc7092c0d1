/* SPDX-License-Identifier: Apache-2.0
 *
 * What was answered to a finding: the verdict that counts (verdict.h), looked for only where one speaks of the flaw.
 */
#include "base/file.h"
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

static bool read_answered(struct findings *f, struct err *e) {
    VEC(struct answered) list = {0};
    struct ask *q;
    bool row;
    if (!store_ask(f->p->store, &Q_answered_flaws, &q, e))
        return false;
    while (ask_step(q, &row, e)) {
        if (!row) {
            f->answered = list.n ? list.v : arena_new_of(f->a, struct answered);
            f->n_answered = list.n;
            return true;
        }
        if (!ask_col_null(q, 1)) /* else of a product that nobody knows */
            *vec_push(f->a, &list) = (struct answered){ask_col_int(q, 0), ask_col_int(q, 1)};
    }
    return false;
}

bool status_may_answer(struct findings *f, int64_t flaw, int64_t product, bool *yes, struct err *e) {
    const roaring_bitmap_t *products;
    *yes = false;
    if ((!f->answered && !read_answered(f, e)) || !findings_products(f, &products, e))
        return false;
    uint32_t low = 0, high = f->n_answered;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (f->answered[middle].flaw < flaw)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < f->n_answered && f->answered[low].flaw == flaw && !*yes; low++) {
        int64_t of = f->answered[low].product;
        *yes = of < 0 ||
               (product >= 0 ? of == product
                             : !products || (of < UINT32_MAX && roaring_bitmap_contains(products, (uint32_t)of)));
    }
    return true;
}

/* ── whom a verdict may speak of ── */

static bool add_named(struct findings *f, struct arena *a, str id, struct flaw_said *said, struct err *e) {
    struct release_rows rows = {0};
    int64_t number;
    bool found;
    if (!id.n)
        return true;
    if (!thing_find(f->p, THING_PRODUCT, id, &found, &number, e))
        return false;
    if (!found)
        return true;
    if (!contents_releases(f->p->contents, a, number, (str){NULL, 0}, &rows, e))
        return false;
    if (!said->named)
        said->named = roaring_bitmap_create();
    for (uint32_t i = 0; i < rows.n; i++)
        roaring_bitmap_add(said->named, rows.v[i].id);
    return true;
}

bool status_flaw(struct findings *f, struct arena *a, int64_t flaw, struct flaw_said *out, struct err *e) {
    struct flaw_names names = {0};
    bool some = f->answers;
    *out = (struct flaw_said){0};
    if (some && !verdict_is_there(f->p, flaw, &some, e))
        return false;
    if (!some)
        return true;
    bool ok = hits_names(f->p, a, flaw, &names, e) && verdicts_then(f->p, a, &names, &f->when, &out->all, e);
    for (uint32_t i = 0; ok && i < out->all.n; i++) {
        const struct verdict *v = &out->all.v[i];
        out->anywhere |= str_starts(v->base, S("pkg:"));
        ok = add_named(f, a, v->base, out, e) && (str_eq(v->base, v->product) || add_named(f, a, v->product, out, e));
    }
    if (!ok)
        status_flaw_end(out);
    return ok;
}
void status_flaw_end(struct flaw_said *said) {
    if (said->named)
        roaring_bitmap_free(said->named);
    *said = (struct flaw_said){0};
}

roaring_bitmap_t *status_spoken_of(struct arena *a, const struct flaw_said *said, str purl,
                                   const roaring_bitmap_t *releases) {
    bool all = said->anywhere;
    for (uint32_t i = 0; i < said->all.n && !all; i++)
        all = verdict_is_anywhere(a, &said->all.v[i], purl);
    if (all)
        return roaring_bitmap_copy(releases);
    return said->named ? roaring_bitmap_and(releases, said->named) : roaring_bitmap_create();
}

/* ── what counts ── */

struct known_product { /* read once for all its findings */
    struct product of;
    struct verdict_place place;
    struct release_rows releases;
};
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

static bool know_product(struct findings *f, int64_t number, struct known_product **out, struct err *e) {
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

bool status_finding(struct findings *f, struct arena *a, const struct flaw_said *said, const struct flaw_row *flaw,
                    component_id component, str purl, uint32_t release, int *status, struct err *e) {
    struct known_product *of;
    struct standings all = {0};
    int64_t winner = -1, product;
    *status = VEX_NONE;
    if (!said->all.n)
        return true;
    if (!contents_products(f->p->contents, &release, 1, &product, e) || !know_product(f, product, &of, e))
        return false;
    struct verdict_place place = of->place;
    place.release = row_in(&of->releases, release);
    if (!place.release) /* came in since */
        return true;
    place.release_purl = place.release->purl;
    place.component = component;
    place.component_purl = purl;
    struct verdict_facts facts = {flaw->kev, flaw->epss, f->when.given ? f->when.time : f->p->ctx->now};
    if (!verdict_decide(f->p, a, f->policy, &said->all, &place, &facts, &all, &winner, e))
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
