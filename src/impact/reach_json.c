/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/answer.h"
#include "impact/reach_inner.h"

static bool nothing_known(const struct reach *r) {
    return !r->n_releases && !r->products.n && !r->deployments.n && !r->services.n;
}

bool reach_unknown(const struct reach *r) {
    const struct question *q = r->q;
    if (q->kind == QUESTION_UNKNOWN)
        return true;
    bool named = q->kind == QUESTION_PARTY || q->kind == QUESTION_PRODUCT || q->kind == QUESTION_RELEASE;
    if (!named || r->reader->owner || !nothing_known(r))
        return false;
    struct party party = {.number = q->party};
    return q->kind != QUESTION_PARTY || !audience_party(r->reader, &party);
}

str reach_next(const struct reach *r, const struct reach_page *page, str question) {
    uint64_t shown = page->from + page->n;
    if (shown >= reach_rows_count(r, page->list))
        return (str){NULL, 0};
    const struct cursor c = {.size = r->pin.size, .time = r->pin.time, .offset = shown};
    return cursor_text(r->a, &c, question);
}

bool reach_findings(struct reach *r, bool *asked, uint64_t *n, bool *exact, struct err *e) {
    const struct findings_wish wish = {.within = r->q};
    struct findings *f = NULL;
    *asked = r->q->party >= 0 || r->q->product >= 0;
    if (!*asked)
        return true;
    bool ok = findings_begin(r->p, r->a, r->reader, &r->when, &wish, &f, e) &&
              findings_count(f, FINDINGS_BUDGET, n, exact, e);
    findings_free(f);
    return ok;
}

static void json_places(struct jw *w, const char *key, const struct reached_places *p) {
    jw_karr(w, key);
    for (uint32_t i = 0; i < p->n; i++) {
        jw_obj(w);
        jw_kstr(w, "name", p->v[i].name);
        jw_kint(w, "services", p->v[i].services);
        jw_kint(w, "people", (int64_t)p->v[i].people);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static bool json_counts(struct jw *w, struct reach *r, struct err *e) {
    bool asked, exact;
    uint64_t n;
    if (!reach_findings(r, &asked, &n, &exact, e))
        return false;
    jw_kobj(w, "counts");
    if (asked) {
        jw_kint(w, "findings", (int64_t)n);
        jw_kbool(w, "findings_is_exact", exact);
    }
    jw_kint(w, "releases", (int64_t)r->n_releases);
    jw_kint(w, "products", r->products.n);
    jw_kint(w, "deployments", r->deployments.n);
    jw_kint(w, "customers", r->customers.n);
    jw_kint(w, "operators", r->operators.n);
    jw_kint(w, "hosts", r->hosts.n);
    jw_kint(w, "services", r->services.n);
    jw_kint(w, "services_through_others", r->n_indirect);
    jw_kint(w, "services_that_fall", r->n_falling);
    jw_kint(w, "sectors", r->sectors.n);
    jw_kint(w, "regions", r->regions.n);
    jw_kint(w, "population", (int64_t)r->population);
    jw_kint(w, "people_without_service", (int64_t)r->people);
    jw_kint(w, "people_hours_within", (int64_t)r->within);
    jw_kint(w, "people_hours_beyond", (int64_t)r->beyond);
    jw_kint(w, "services_not_computed", r->untold);
    jw_obj_end(w);
    json_places(w, "sectors", &r->sectors);
    json_places(w, "regions", &r->regions);
    return true;
}

static bool json_components(struct jw *w, struct reach *r, struct err *e) {
    enum { MOST = 1000 };
    const struct component_ids *ids = &r->q->components;
    struct reached_components found;
    str purl;
    if (!reach_components(r, &found, e))
        return false;
    jw_karr(w, "components");
    for (uint32_t i = 0, which = 0; i < found.n && i < MOST; i++) {
        while (ids->v[which] != found.v[i].id) /* both in one order */
            which++;
        if (!reach_purl(r, which, &purl, e))
            return false;
        jw_obj(w);
        jw_kstr(w, "purl", purl);
        jw_kint(w, "documents", (int64_t)found.v[i].releases);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    return true;
}

struct writing {
    struct arena *a;
    struct jw *w;
    const struct reach_column *columns;
    void (*put)(void *arg);
    void *arg;
};
static bool json_put(void *arg, const struct reach_cell *cells, struct err *e) {
    (void)e;
    struct writing *x = arg;
    cells_json(x->a, x->w, x->columns, cells);
    if (x->put)
        x->put(x->arg);
    return true;
}

void reach_json_head(struct jw *w, struct arena *a, const struct question *q, const struct as_of *pin) {
    jw_kstr(w, "asked", q->asked);
    jw_kstr(w, "kind", str_of(question_kind_name(q->kind)));
    jw_kstr(w, "name", q->name);
    if (q->advisory)
        jw_kstr(w, "advisory", str_of(q->advisory));
    jw_kobj(w, "as_of");
    jw_kint(w, "entries", (int64_t)pin->size);
    jw_kstr(w, "time", time_rfc3339(a, pin->time));
    jw_obj_end(w);
}

bool reach_json_figures(struct jw *w, struct reach *r, enum reach_list list, struct err *e) {
    if (!json_counts(w, r, e) || !json_components(w, r, e))
        return false;
    jw_kstr(w, "list", str_of(reach_list_name(list)));
    jw_kint(w, "total", (int64_t)reach_rows_count(r, list));
    return true;
}

bool reach_json_rows(struct jw *w, struct reach *r, const struct reach_page *page, void (*put)(void *arg), void *arg,
                     struct err *e) {
    struct writing x = {r->a, w, reach_columns(page->list), put, arg};
    return reach_rows(r, page, json_put, &x, e);
}

bool reach_json_body(struct jw *w, struct reach *r, const struct reach_page *page, struct err *e) {
    if (!reach_json_figures(w, r, page->list, e))
        return false;
    jw_karr(w, "rows");
    bool ok = reach_json_rows(w, r, page, NULL, NULL, e);
    jw_arr_end(w);
    return ok;
}

bool reach_json(struct jw *w, struct reach *r, const struct reach_page *page, str question, struct err *e) {
    jw_obj(w);
    reach_json_head(w, r->a, r->q, &r->pin);
    bool ok = reach_json_body(w, r, page, e);
    jw_kstr(w, "next", reach_next(r, page, question));
    jw_obj_end(w);
    return ok;
}
