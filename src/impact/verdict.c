/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/verdict.h"

#include "base/file.h"
#include "impact/called.h"
#include "impact/case_inner.h"

const char *verdict_status_name(int status) {
    return status == VERDICT_ACCEPTED ? "accepted" : vex_status_name((enum vex_status)status);
}

/* ── what it is called ── */

/* "pkg:npm/a@1?x=y" → base "pkg:npm/a", version "1"; "thing@1.2" → "thing", "1.2". Whether it is a purl. */
static bool split(struct arena *a, struct verdict *v) {
    struct purl p;
    if (str_starts(v->product, S("urn:akashi:product:"))) /* publish.h: a product that has no purl */
        v->product = str_from(v->product, sizeof "urn:akashi:product:" - 1);
    if (str_starts(v->product, S("pkg:")) && purl_parse(a, v->product, &p, NULL)) {
        v->version = p.version.n ? p.version : vex_purl_range(&p);
        v->base = called_base(a, v->product);
        return true;
    }
    if (!str_rcut(v->product, '@', &v->base, &v->version)) {
        v->base = v->product;
        v->version = (str){NULL, 0};
    }
    return false;
}

/* ── in ── */

bool signed_by_us(const struct portfolio *p, const struct entry *x) {
    if (!p->home || !p->home->keys)
        return true;
    const struct known_key *k = keyring_find(p->home->keys, x->key);
    return k && k->ours && keyring_judge(p->home->keys, k->id, x->time) == KEY_GOOD;
}

/* The one product a new verdict speaks of. */
struct meant {
    str base; /* the purl it names it by; absent: none */
    bool known;
    int64_t product; /* -1: nothing is called so */
};

/* Without a part it may speak of the component of that name, if there is one. */
static bool meant_by_purl(struct portfolio *p, struct arena *a, const struct verdict *x, struct meant *out,
                          struct err *e) {
    struct called_products of;
    bool component = false;
    int64_t package;
    out->base = x->base;
    if (!x->part.n && !contents_package(p->contents, x->base, &component, &package, e))
        return false;
    if (component)
        return true;
    if (!called_find(p, a, x->base, &of, e))
        return false;
    out->known = of.n < 2;
    out->product = of.n ? of.v[0] : -1;
    return true;
}

/* Of a CPE or a name nobody knows it is not said which products it may mean. */
static bool meant_of(struct portfolio *p, struct arena *a, const struct verdict_new *v, struct meant *out,
                     struct err *e) {
    struct verdict x = {.product = v->product, .part = v->part, .justification = v->justification};
    bool other = false, purl = split(a, &x);
    int64_t number;
    *out = (struct meant){.product = -1};
    if (!x.base.n || verdict_is_of_part(a, &x))
        return true;
    if (purl)
        return meant_by_purl(p, a, &x, out, e);
    if (str_chr(x.base, ':') != STR_NONE)
        return true;
    if (!str_eq(x.base, x.product) && !thing_find(p, THING_PRODUCT, x.product, &other, &number, e))
        return false;
    return other || thing_find(p, THING_PRODUCT, x.base, &out->known, &out->product, e);
}

/* The cases that it may answer are looked at when somebody asks for their order (due.h). */
static bool tell_due(struct portfolio *p, const struct verdict_new *v, int64_t about, struct err *e) {
    struct ask *q;
    if (!verdict_answers(v->status))
        return true;
    if (!store_ask(p->store, &Q_due_said_add, &q, e))
        return false;
    ask_int(q, 1, about);
    ask_text(q, 2, v->flaw);
    return ask_send(q, e);
}

bool verdict_add(struct portfolio *p, const struct entry *x, const struct verdict_new *v, struct err *e) {
    struct ask *q;
    struct meant of;
    if (!meant_of(p, x->arena, v, &of, e) || !tell_due(p, v, of.known ? of.product : -1, e) ||
        !store_ask(p->store, &Q_verdict_add, &q, e))
        return false;
    ask_int(q, 1, x->log_id);
    ask_int(q, 2, (int64_t)x->index);
    ask_int(q, 3, v->place);
    ask_int(q, 4, v->number);
    ask_text(q, 5, v->flaw);
    ask_text(q, 6, v->product.p ? v->product : S(""));
    ask_text(q, 7, v->part.p ? v->part : S(""));
    ask_int(q, 8, v->status);
    ask_text(q, 9, v->justification);
    ask_text(q, 10, v->impact);
    ask_text(q, 11, v->action);
    ask_text(q, 12, v->author);
    ask_int(q, 13, v->until);
    ask_int(q, 14, v->kev);
    ask_int(q, 15, v->epss);
    ask_int(q, 16, x->time);
    ask_int(q, 17, v->stated);
    if (of.known)
        ask_int(q, 18, of.product);
    ask_text(q, 20, of.base);
    ask_blob(q, 19, str_n((const char *)x->key, 32));
    return ask_send(q, e);
}

static str name_of(const struct vex_thing *t) {
    return t->purl.n ? t->purl : t->cpe.n ? t->cpe : t->ref.n ? t->ref : t->hash;
}

enum { VERDICTS_MOST = 1000000 }; /* of one statement: names × products × parts */

static bool add_product(struct portfolio *p, const struct entry *x, struct verdict_new *v,
                        const struct vex_product *product, struct err *e) {
    v->product = name_of(&product->product);
    uint32_t parts = product->parts.n ? product->parts.n : 1;
    for (uint32_t i = 0; i < parts && v->place < VERDICTS_MOST; i++, v->place++) {
        v->part = product->parts.n ? name_of(&product->parts.v[i]) : (str){NULL, 0};
        if (product->parts.n && !v->part.n) /* a part without a name is not the whole */
            v->part = S("?");
        if (!verdict_add(p, x, v, e))
            return false;
    }
    return true;
}

static bool add_statement(struct portfolio *p, const struct entry *x, int64_t *place, const struct vex_statement *s,
                          bool received, struct err *e) {
    int64_t stated = 0;
    if (s->timestamp.n && !time_parse(s->timestamp, &stated))
        stated = 0;
    for (uint32_t i = 0; i < s->names.n; i++)
        for (uint32_t k = 0; k < s->products.n; k++) {
            struct verdict_new v = {.place = *place,
                                    .number = received ? VERDICT_RECEIVED : 0,
                                    .flaw = s->names.v[i],
                                    .status = (int)s->status,
                                    .justification = vex_word_of_cyclonedx(s->justification),
                                    .impact = s->impact,
                                    .action = s->action,
                                    .author = s->author,
                                    .stated = stated,
                                    .kev = -1,
                                    .epss = -1};
            if (v.flaw.n && !add_product(p, x, &v, &s->products.v[k], e))
                return false;
            *place = v.place;
        }
    return true;
}

bool verdicts_take(struct portfolio *p, const struct entry *x, const struct vex *vex, bool received, struct err *e) {
    int64_t place = 0;
    bool ok = true;
    for (uint32_t i = 0; i < vex->statements.n && ok; i++)
        ok = add_statement(p, x, &place, &vex->statements.v[i], received, e);
    return ok;
}

/* A document that cannot be read says nothing; the statement stays in the log. */
static bool take_vex(struct portfolio *p, const struct entry *x, struct err *e) {
    struct vex vex = {.a = x->arena};
    struct err broken = {0};
    return !vex_read(p->ctx, &vex, json_text(x->statement->predicate, x->arena), S("vex"), &broken) ||
           verdicts_take(p, x, &vex, false, e);
}

const struct projection vex_projection = {"vex", take_vex};
const struct projection csaf_projection = {"csaf", take_vex};

/* ── out ── */

static void take_row(struct arena *a, struct ask *q, struct verdict *out) {
    *out = (struct verdict){.log_id = ask_col_int(q, 0),
                            .entry = (uint64_t)ask_col_int(q, 1),
                            .place = ask_col_int(q, 2),
                            .number = ask_col_int(q, 3),
                            .flaw = arena_str(a, ask_col_text(q, 4)),
                            .product = arena_str(a, ask_col_text(q, 5)),
                            .part = arena_str(a, ask_col_text(q, 6)),
                            .status = (int)ask_col_int(q, 7),
                            .justification = arena_str(a, ask_col_text(q, 8)),
                            .impact = arena_str(a, ask_col_text(q, 9)),
                            .action = arena_str(a, ask_col_text(q, 10)),
                            .author = arena_str(a, ask_col_text(q, 11)),
                            .until = ask_col_int(q, 12),
                            .kev = ask_col_int(q, 13),
                            .epss = ask_col_int(q, 14),
                            .time = ask_col_int(q, 15),
                            .stated = ask_col_int(q, 16),
                            .ended = ask_col_int(q, 18) != INT64_MAX};
    str signer = ask_col_blob(q, 17);
    memcpy(out->signer, signer.p, signer.n < 32 ? signer.n : 32);
    split(a, out);
}

static bool is_there(const struct verdicts *v, const struct verdict *x) {
    for (uint32_t i = 0; i < v->n; i++)
        if (v->v[i].entry == x->entry && v->v[i].log_id == x->log_id && str_eq(v->v[i].product, x->product) &&
            str_eq(v->v[i].part, x->part) && v->v[i].status == x->status)
            return true;
    return false;
}

bool verdict_is_there(struct portfolio *p, int64_t flaw, bool *yes, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_verdict_of_flaw, &q, e))
        return false;
    ask_int(q, 1, flaw);
    if (!ask_step(q, yes, e))
        return false;
    ask_end(q);
    return true;
}

bool verdicts_of(struct portfolio *p, struct arena *a, const struct flaw_names *names, struct verdicts *out,
                 struct err *e) {
    const struct as_of now = {0};
    return verdicts_then(p, a, names, &now, out, e);
}

/* Adds what a question about one of the names says; n_before: under the names before. */
static bool take_rows(struct portfolio *p, struct arena *a, struct ask *q, const struct as_of *when, uint32_t n_before,
                      struct verdicts *out, struct err *e) {
    bool past = when->given && when->size < p->size, row;
    while (ask_step(q, &row, e)) {
        struct verdict v;
        if (!row)
            return true;
        take_row(a, q, &v);
        if (past && v.log_id == p->log_id) {
            if (v.entry >= when->size)
                continue;
            v.ended = (uint64_t)ask_col_int(q, 18) < when->size;
        }
        struct verdicts earlier = {.v = out->v, .n = n_before}; /* the same one under another name */
        if (!v.ended && !is_there(&earlier, &v))
            *vec_push(a, out) = v;
    }
    return false;
}

bool verdicts_then(struct portfolio *p, struct arena *a, const struct flaw_names *names, const struct as_of *when,
                   struct verdicts *out, struct err *e) {
    *out = (struct verdicts){0};
    for (uint32_t i = 0; i < names->n; i++) {
        struct ask *q;
        if (!store_ask(p->store, &Q_verdicts_of_flaw, &q, e))
            return false;
        ask_text(q, 1, names->v[i]);
        if (!take_rows(p, a, q, when, out->n, out, e))
            return false;
    }
    return true;
}

bool verdicts_about(struct portfolio *p, struct arena *a, const struct flaw_names *names, int64_t product,
                    const struct as_of *when, struct verdicts *out, struct err *e) {
    *out = (struct verdicts){0};
    for (uint32_t i = 0; i < names->n; i++) {
        struct ask *q;
        if (!store_ask(p->store, product < 0 ? &Q_verdicts_of_flaw_any : &Q_verdicts_of_flaw_about, &q, e))
            return false;
        ask_text(q, 1, names->v[i]);
        if (product >= 0)
            ask_int(q, 2, product);
        if (!take_rows(p, a, q, when, out->n, out, e))
            return false;
    }
    return true;
}

bool verdicts_each(struct portfolio *p, bool (*each)(void *arg, const struct verdict *v, struct err *e), void *arg,
                   struct err *e) {
    struct arena *a = arena_new();
    int64_t log_id = -1, entry = -1, place = -1;
    struct verdicts page;
    bool ok = true, row = true;
    do {
        struct arena_mark mark = arena_mark(a);
        struct ask *q;
        page = (struct verdicts){0};
        ok = store_ask(p->store, &Q_verdicts_all, &q, e);
        if (!ok)
            break;
        ask_int(q, 1, log_id);
        ask_int(q, 2, entry);
        ask_int(q, 3, place);
        while ((ok = ask_step(q, &row, e)) && row)
            take_row(a, q, vec_push(a, &page));
        if (ok)
            ask_end(q);
        for (uint32_t i = 0; i < page.n && ok; i++) {
            log_id = page.v[i].log_id;
            entry = (int64_t)page.v[i].entry;
            place = page.v[i].place;
            ok = each(arg, &page.v[i], e);
        }
        arena_reset(a, mark);
    } while (ok && page.n == 256);
    arena_free(a);
    return ok;
}

/* ── policy ── */

/* What is misspelt must not widen a rule: without products it is for all of them. */
static bool check_members(struct arena *a, const struct json *doc, struct jv v, struct err *e) {
    static const char *const known[] = {"issuer", "products", "rank"};
    for (struct jiter it = j_iter(v); j_next(&it);) {
        bool is = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            is |= str_is(it.key, known[i]);
        if (!is)
            return err_set(e, ERR_INPUT, json_place(doc, it.val, a),
                           _("a [[vex]] rule has no %.*s: issuer, products, rank"), STR_ARG(it.key));
    }
    return true;
}

static bool read_products(struct arena *a, const struct json *doc, struct jv v, struct verdict_rule *out,
                          struct err *e) {
    struct jv list = j_get(v, "products");
    VEC(str) products = {0};
    if (!j_ok(list))
        return true;
    if (!j_is_arr(list) || !j_len(list))
        return err_set(e, ERR_INPUT, json_place(doc, list, a), _("products is a list of patterns: [\"pkg:npm/*\"]"));
    for (struct jiter it = j_iter(list); j_next(&it);) {
        if (!j_str(it.val).n)
            return err_set(e, ERR_INPUT, json_place(doc, it.val, a),
                           _("products is a list of patterns: [\"pkg:npm/*\"]"));
        *vec_push(a, &products) = j_str(it.val);
    }
    out->products = products.v;
    out->n_products = products.n;
    return true;
}

static bool read_rule(struct arena *a, const struct json *doc, struct jv v, struct verdict_rule *out, struct err *e) {
    struct jv rank = j_get(v, "rank");
    int64_t n = j_int(rank, j_ok(rank) ? -1 : 100);
    *out = (struct verdict_rule){.issuer = j_gets(v, "issuer"), .where = json_place(doc, v, a)};
    if (!check_members(a, doc, v, e))
        return false;
    if (!out->issuer.n)
        return err_set(e, ERR_INPUT, out->where, _("a [[vex]] rule needs an issuer: the name of a party or a key"));
    if (n < 0 || n > 1000)
        return err_set(e, ERR_INPUT, j_ok(rank) ? json_place(doc, rank, a) : out->where,
                       _("a rank is a number from 0 to 1000"));
    out->rank = (unsigned)n;
    return read_products(a, doc, v, out, e);
}

static bool share_pattern(const struct verdict_rule *x, const struct verdict_rule *y) {
    for (uint32_t i = 0; i < x->n_products; i++)
        for (uint32_t k = 0; k < y->n_products; k++)
            if (str_eq(x->products[i], y->products[k]))
                return true;
    return x->n_products == 0 && y->n_products == 0;
}

static bool check_rule(const struct verdict_policy *policy, struct err *e) {
    const struct verdict_rule *last = &policy->rules.v[policy->rules.n - 1];
    for (uint32_t i = 0; i + 1 < policy->rules.n; i++) {
        const struct verdict_rule *r = &policy->rules.v[i];
        if (str_eq(r->issuer, last->issuer) && r->rank != last->rank && share_pattern(r, last)) {
            err_set(e, ERR_INPUT, last->where, _("this [[vex]] rule says otherwise than %.*s about the same products"),
                    STR_ARG(r->where));
            return err_hint(e, "%s", _("keep one of the two"));
        }
    }
    return true;
}

bool verdict_policy_read(struct ctx *c, struct arena *a, str path, struct verdict_policy *out, struct err *e) {
    str text;
    struct json doc;
    *out = (struct verdict_policy){.epss_jump = 1000};
    if (!path_exists(path))
        return true;
    if (!rules_read(c, a, path, &out->ignore, e) || !file_read(c, a, path, &text, e) ||
        !toml_parse(c, a, text, path, &doc, e))
        return false;
    for (struct jiter it = j_iter(j_get(doc.root, "vex")); j_next(&it);)
        if (!read_rule(a, &doc, it.val, vec_push(a, &out->rules), e) || !check_rule(out, e))
            return false;
    struct jv jump = j_get2(doc.root, "watch", "epss_jump");
    double by = j_num(jump, 0.1);
    if (j_ok(jump) && (by <= 0 || by > 1))
        return err_set(e, ERR_INPUT, json_place(&doc, jump, a), _("epss_jump is a number above 0 and up to 1"));
    out->epss_jump = (int32_t)(by * 10000 + 0.5);
    return true;
}
