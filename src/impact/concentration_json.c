/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/answer.h"

struct word {
    const char *word;
    int value;
};
static const struct word of_words[] = {
    {"hosts", OF_HOSTS}, {"releases", OF_RELEASES}, {"packages", OF_PACKAGES}, {"suppliers", OF_SUPPLIERS}, {0}};
static const struct word by_words[] = {{"population", BY_POPULATION}, {"services", BY_SERVICES},
                                       {"customers", BY_CUSTOMERS},   {"deployments", BY_DEPLOYMENTS},
                                       {"releases", BY_RELEASES},     {0}};

static bool word_of(const struct word *words, str text, int *out) {
    for (const struct word *x = words; x->word; x++)
        if (str_is(text, x->word)) {
            *out = x->value;
            return true;
        }
    return false;
}

bool concentration_of_parse(str word, enum concentration_of *out) {
    int v;
    if (!word_of(of_words, word, &v))
        return false;
    *out = (enum concentration_of)v;
    return true;
}
bool concentration_by_parse(str word, enum concentration_by *out) {
    int v;
    if (!word_of(by_words, word, &v))
        return false;
    *out = (enum concentration_by)v;
    return true;
}

static void put_hub(struct jw *w, const struct landscape *l, const struct hub *r) {
    jw_obj(w);
    jw_kstr(w, "name", r->label);
    jw_kstr(w, "kind", str_of(place_kind_name(r->kind)));
    jw_kint(w, "releases", (int64_t)r->releases);
    jw_kint(w, "deployments", (int64_t)r->deployments);
    jw_kint(w, "customers", (int64_t)r->customers);
    jw_kint(w, "services", (int64_t)r->services);
    jw_kint(w, "population", (int64_t)r->population);
    jw_kint(w, "cascade_depth", r->depth);
    jw_kbool(w, "single_point_of_failure", r->single);
    jw_karr(w, "first_services");
    for (uint32_t i = 0; i < r->fallen.n; i++)
        jw_str(w, l->services.v[r->fallen.v[i]].id);
    jw_arr_end(w);
    jw_obj_end(w);
}

void concentration_json(struct jw *w, const struct landscape *l, const struct hubs *found) {
    jw_obj(w);
    jw_kint(w, "as_of", (int64_t)l->when.size);
    jw_karr(w, "top");
    for (uint32_t i = 0; i < found->n; i++)
        put_hub(w, l, &found->v[i]);
    jw_arr_end(w);
    jw_obj_end(w);
}
