/* SPDX-License-Identifier: Apache-2.0
 *
 * What things are called whose ids stand in other answers.
 */
#include "impact/audience.h"
#include "serve/asking.h"

bool api_names(struct call *q, struct err *e);

enum { NAMES_AT_ONCE = 200 };

/* *name is absent where the reader may not know it. */
static bool name_of(struct call *q, const struct reader *reader, enum thing_kind kind, int64_t number, str *name,
                    struct err *e) {
    struct party party;
    struct product product;
    struct service service;
    bool found;
    *name = (str){NULL, 0};
    switch (kind) {
    case THING_PARTY:
        if (!party_get(q->views, q->a, number, &q->when, &party, &found, e))
            return false;
        if (found && audience_party(reader, &party))
            *name = party.name;
        break;
    case THING_PRODUCT:
        if (!product_get(q->views, q->a, number, &q->when, &product, &found, e))
            return false;
        if (found && audience_product(reader, &product))
            *name = product.name;
        break;
    case THING_SERVICE:
        if (!service_get(q->views, q->a, number, &q->when, &service, &found, e))
            return false;
        if (found && audience_service(reader, &service))
            *name = service.name;
        break;
    case THING_DEPLOYMENT: break; /* has none */
    }
    return true;
}

static bool put_names(struct call *q, struct jw *w, const struct reader *reader, const char *argument,
                      enum thing_kind kind, uint32_t *n, struct err *e) {
    str ids = call_text(q, argument), id, name;
    struct map seen;
    bool fresh;
    map_init(&seen, q->a);
    jw_kobj(w, argument);
    while (str_next(&ids, ',', &id)) {
        int64_t number;
        bool found;
        if (!id.n || (map_put(&seen, id, &fresh), !fresh))
            continue;
        if (++*n > NAMES_AT_ONCE)
            return err_set(e, ERR_USAGE, str_of(argument), _("at most %d at once"), NAMES_AT_ONCE);
        if (!thing_find(q->views, kind, id, &found, &number, e))
            return false;
        name = (str){NULL, 0};
        if (found && !name_of(q, reader, kind, number, &name, e))
            return false;
        if (!name.n)
            continue;
        jw_key(w, id);
        jw_str(w, name);
    }
    jw_obj_end(w);
    return true;
}

bool api_names(struct call *q, struct err *e) {
    struct reader reader;
    uint32_t n = 0;
    if (!call_reader(q, &reader, e))
        return false;
    struct jw *w = call_json(q);
    jw_obj(w);
    bool ok = put_names(q, w, &reader, "party", THING_PARTY, &n, e) &&
              put_names(q, w, &reader, "product", THING_PRODUCT, &n, e) &&
              put_names(q, w, &reader, "service", THING_SERVICE, &n, e);
    jw_obj_end(w);
    return ok;
}
const struct route_doc api_names_doc = {
    .answer = "names-answer",
    .arguments = (const struct route_argument[]){{"party", "text", N_("ids, with commas between")},
                                                 {"product", "text", N_("ids, with commas between")},
                                                 {"service", "text", N_("ids, with commas between")},
                                                 ARGUMENT_AS_OF,
                                                 ARGUMENT_AUDIENCE,
                                                 {0}},
    .says = N_(
        "{party: {ID: name …}, product: {…}, service: {…}}, at most 200 in one question; what has no name, or is "
        "not the reader's to know, is left out"),
};
