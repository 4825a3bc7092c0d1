/* SPDX-License-Identifier: Apache-2.0
 *
 * Extents as agreed: stated by one side, signed by the other too.
 */
#include "base/digest.h"
#include "conform/decision_inner.h"
#include "conform/exchange.h"
#include "conform/extent.h"

/* ── said ── */

static void put_side(struct jw *w, const char *key, const struct decision_side *s) {
    jw_kobj(w, key);
    if (s->id.n)
        jw_kstr(w, "id", s->id);
    if (s->name.n)
        jw_kstr(w, "name", s->name);
    jw_obj_end(w);
}

str extent_target_text(struct arena *a, const struct extent_target *t) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    jw_obj(&w);
    jw_kstr(&w, "product", t->product);
    put_side(&w, "provider", &t->provider);
    put_side(&w, "customer", &t->customer);
    jw_karr(&w, "degrees");
    for (int i = 0; extent_aspects[i].id; i++) {
        if (t->degrees[i] < 0)
            continue;
        jw_obj(&w);
        jw_kstr(&w, "aspect", str_of(extent_aspects[i].id));
        jw_kint(&w, "degree", t->degrees[i]);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    if (t->until)
        jw_kstr(&w, "until", time_rfc3339(a, t->until));
    jw_kstr(&w, "stated", time_rfc3339(a, t->stated));
    jw_obj_end(&w);
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

bool extent_target_say(struct portfolio *p, struct arena *a, const struct extent_target *t, uint64_t *entry,
                       struct err *e) {
    struct portfolio_add add = {0};
    struct subject about = {.name = arena_cat(a, S("product:"), t->product)};
    *vec_push(a, &about.digests) = (struct subject_digest){S("sha256"), digest_hex(a, DIGEST_SHA256, about.name)};
    bool ok = statement_text(p->ctx, a, str_of(predicate_of_kind(S("extent-target"))->type), &about, 1,
                             extent_target_text(a, t), &add.payload, e) &&
              portfolio_append(p, a, &add, 1, e);
    *entry = add.index;
    return ok;
}

void extent_target_read(struct jv v, struct extent_target *out) {
    int64_t until, stated;
    *out = (struct extent_target){.product = j_gets(v, "product")};
    out->provider = (struct decision_side){j_gets(j_get(v, "provider"), "id"), j_gets(j_get(v, "provider"), "name")};
    out->customer = (struct decision_side){j_gets(j_get(v, "customer"), "id"), j_gets(j_get(v, "customer"), "name")};
    out->until = time_parse(j_gets(v, "until"), &until) ? until : 0;
    out->stated = time_parse(j_gets(v, "stated"), &stated) ? stated : 0;
    for (int i = 0; i < EXTENT_ASPECTS_MOST; i++)
        out->degrees[i] = -1;
    for (struct jiter it = j_iter(j_get(v, "degrees")); j_next(&it);) {
        int at = extent_aspect_at(j_gets(it.val, "aspect"));
        if (at >= 0) /* an aspect of a later program is not watched by this one */
            out->degrees[at] = (int)j_int(j_get(it.val, "degree"), -1);
    }
}

/* ── rows ── */

static bool take_target(struct portfolio *p, const struct entry *x, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_extent_target_add, &q, e))
        return false;
    ask_int(q, 1, x->log_id);
    ask_int(q, 2, (int64_t)x->index);
    ask_text(q, 3, j_gets(x->statement->predicate, "product"));
    ask_text(q, 4, answer_content(x->arena, x->statement->predicate));
    ask_int(q, 5, x->time);
    ask_blob(q, 6, str_n((const char *)x->key, 32));
    ask_text(q, 7, json_text(x->statement->predicate, x->arena));
    return ask_send(q, e);
}
const struct projection extent_target_projection = {"extent-target", take_target};

/* Who of the two signed that entry. */
static bool look_at_signers(struct portfolio *p, struct arena *a, struct extent_target *t, uint64_t index,
                            struct err *e) {
    const struct keyring *ring = p->home->keys;
    struct log_entry entry;
    struct dsse d;
    str envelope;
    bool ours = false, theirs = false;
    if (!log_entry(p->home->log, a, index, &entry, e))
        return false;
    if (entry.erased || !log_envelope(p->home->log, a, &entry, &envelope, NULL) || !envelope.p ||
        !dsse_parse(p->ctx, a, envelope, S("log"), &d, NULL))
        return true;
    for (uint32_t i = 0; i < ring->keys.n; i++) {
        const struct known_key *k = decision_key(p, ring->keys.v[i].id, entry.leaf.time);
        bool provider = false, customer = false;
        if (!k || dsse_verify(a, &d, &k->key, 1, NULL) != 1)
            continue;
        if (!k->ours && (!decision_side_is(p, a, k, &t->provider, &provider, e) ||
                         !decision_side_is(p, a, k, &t->customer, &customer, e)))
            return false;
        ours |= k->ours;
        theirs |= provider || customer;
    }
    t->ours |= ours;
    t->both |= ours && theirs;
    return true;
}

struct target_row {
    uint64_t entry;
    int64_t time;
    str content, said, product;
};
VEC_NAMED(target_rows, struct target_row);

static bool read_rows(struct portfolio *p, struct arena *a, struct target_rows *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, &Q_extent_targets, &q, e))
        return false;
    ask_int(q, 1, p->log_id);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(a, out) = (struct target_row){(uint64_t)ask_col_int(q, 0), ask_col_int(q, 2),
                                                arena_str(a, ask_col_text(q, 1)), arena_str(a, ask_col_text(q, 4)),
                                                arena_str(a, ask_col_text(q, 5))};
    }
    ask_end(q);
    return true;
}

static bool is_same_pair(const struct extent_target *x, const struct extent_target *y) {
    return str_eq(x->product, y->product) && str_eq(x->customer.id, y->customer.id) &&
           str_eq(x->customer.name, y->customer.name) && str_eq(x->provider.name, y->provider.name);
}

/* What both signed is not undone by what one side says later. */
static struct extent_target *place_of(struct arena *a, struct extent_targets *out, const struct extent_target *t) {
    for (uint32_t i = 0; i < out->n; i++)
        if (is_same_pair(&out->v[i], t))
            return &out->v[i];
    struct extent_target *fresh = vec_push(a, out);
    *fresh = *t;
    return fresh;
}

bool extent_targets_of(struct portfolio *p, struct arena *a, str product, struct extent_targets *out, struct err *e) {
    struct target_rows rows = {0};
    *out = (struct extent_targets){0};
    if (!read_rows(p, a, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.n; i++) {
        struct extent_target t;
        struct json doc;
        if (product.n && !str_eq(product, rows.v[i].product))
            continue;
        if (!json_parse(p->ctx, a, rows.v[i].said, JSON_STRICT, S("views"), &doc, e))
            return false;
        extent_target_read(doc.root, &t);
        t.content = rows.v[i].content;
        t.entry = rows.v[i].entry;
        t.time = rows.v[i].time;
        if (!look_at_signers(p, a, &t, rows.v[i].entry, e))
            return false;
        if (!t.ours && !t.both && !rows.v[i].said.n)
            continue;
        struct extent_target *held = place_of(a, out, &t);
        if (t.both || !held->both)
            *held = t;
    }
    return true;
}

uint32_t extent_below(const struct extent *x, const struct extent_target *t) {
    uint32_t n = 0;
    for (int i = 0; extent_aspects[i].id; i++)
        n += t->degrees[i] >= 0 && x->degrees[i] >= 0 && x->degrees[i] < t->degrees[i];
    return n;
}

/* ── between the two ── */

static bool check_target(struct portfolio *p, struct arena *a, const struct exchanged *x, struct err *e) {
    struct extent_target t;
    extent_target_read(x->statement.predicate, &t);
    for (uint32_t i = 0; i < x->signers.n; i++) {
        const struct known_key *k = x->signers.v[i];
        bool provider = false, customer = false;
        if (!k->ours && (!decision_side_is(p, a, k, &t.provider, &provider, e) ||
                         !decision_side_is(p, a, k, &t.customer, &customer, e)))
            return false;
        if (k->ours || provider || customer)
            return true;
    }
    return err_set(e, ERR_INPUT, x->from.where, _("%.*s is no side of this target"), STR_ARG(x->signers.v[0]->name));
}

static bool is_signed_by_us(const struct exchanged *x) {
    for (uint32_t i = 0; i < x->signers.n; i++)
        if (x->signers.v[i]->ours)
            return true;
    return false;
}

static const char *const kinds[] = {"extent-target", NULL};

static bool take_list(struct portfolio *p, struct arena *a, const struct exchanged_list *list,
                      struct extent_targets *out, struct err *e) {
    struct extent_targets all;
    for (uint32_t i = 0; i < list->n; i++)
        if (!check_target(p, a, &list->v[i], e))
            return false;
    for (uint32_t i = 0; i < list->n; i++) {
        bool was_there;
        if (!exchange_take(p, a, &list->v[i], &was_there, e) ||
            (!is_signed_by_us(&list->v[i]) && !exchange_countersign(p, a, &list->v[i], e)))
            return false;
    }
    if (!extent_targets_of(p, a, (str){NULL, 0}, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n; i++) {
        bool told = false;
        for (uint32_t k = 0; k < list->n; k++)
            told |= str_eq(all.v[i].content, answer_content(a, list->v[k].statement.predicate));
        if (told)
            *vec_push(a, out) = all.v[i];
    }
    return true;
}

bool extent_target_take(struct portfolio *p, struct arena *a, str path, struct extent_targets *out, struct err *e) {
    struct exchanged_list list;
    *out = (struct extent_targets){0};
    return exchange_read(p->home, a, path, kinds, &list, e) && take_list(p, a, &list, out, e);
}

bool extent_target_take_bundle(struct portfolio *p, struct arena *a, const struct bundle *b, str where,
                               struct extent_targets *out, struct err *e) {
    struct exchanged_list list;
    *out = (struct extent_targets){0};
    return exchange_of(p->home, a, b, where, kinds, &list, e) && take_list(p, a, &list, out, e);
}

/* ── proposed ── */

bool extent_target_propose(struct portfolio *p, struct arena *a, const struct extent_proposal *x,
                           struct extent_target *out, struct err *e) {
    struct party party;
    int64_t number;
    bool found;
    *out = (struct extent_target){.product = x->today->product,
                                  .provider = {.name = p->home->party},
                                  .until = x->until,
                                  .stated = p->ctx->now,
                                  .ours = true};
    if (!thing_find(p, THING_PARTY, x->customer, &found, &number, e) ||
        (found && !party_get(p, a, number, NULL, &party, &found, e)))
        return false;
    if (!found) {
        err_set(e, ERR_USAGE, x->customer, _("there is no such party"));
        return err_hint(e, "%s", _("see: akashi party list"));
    }
    out->customer = (struct decision_side){party.id, party.name};
    for (int i = 0; i < EXTENT_ASPECTS_MOST; i++)
        out->degrees[i] = x->degrees[i] >= 0 ? x->degrees[i] : x->today->degrees[i];
    return extent_target_say(p, a, out, &out->entry, e);
}

/* ── as JSON ── */

void extent_json(struct jw *w, const struct extent *x, const struct extent_target *against) {
    jw_obj(w);
    jw_kstr(w, "product", x->product);
    jw_kstr(w, "version", x->version);
    jw_kint(w, "components", x->components);
    jw_kint(w, "customers", x->customers);
    jw_karr(w, "aspects");
    for (int i = 0; extent_aspects[i].id; i++) {
        jw_obj(w);
        jw_kstr(w, "aspect", str_of(extent_aspects[i].id));
        if (x->degrees[i] >= 0) /* else it is not for this reader */
            jw_kint(w, "degree", x->degrees[i]);
        if (against && against->degrees[i] >= 0)
            jw_kint(w, "target", against->degrees[i]);
        jw_kstr(w, "because", x->says[i]);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_obj_end(w);
}

void extent_target_json(struct arena *a, struct jw *w, const struct extent_target *t) {
    jw_obj(w);
    jw_kstr(w, "product", t->product);
    put_side(w, "provider", &t->provider);
    put_side(w, "customer", &t->customer);
    jw_kobj(w, "degrees");
    for (int i = 0; extent_aspects[i].id; i++)
        if (t->degrees[i] >= 0)
            jw_kint(w, extent_aspects[i].id, t->degrees[i]);
    jw_obj_end(w);
    if (t->until)
        jw_kstr(w, "until", time_rfc3339(a, t->until));
    jw_kstr(w, "stated", time_rfc3339(a, t->stated));
    jw_kbool(w, "bothSigned", t->both);
    jw_kbool(w, "weSigned", t->ours);
    jw_kint(w, "entry", (int64_t)t->entry);
    jw_obj_end(w);
}
