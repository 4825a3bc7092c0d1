/* SPDX-License-Identifier: Apache-2.0
 *
 * The tables of fields, out of things_fields.list.
 */
#include "impact/things_form.h"
#include "store/queries.h"

/* The lines of one kind: ROW_ of the others is empty where the list is included. */
#define FIELD(kind, n, v, j, p, t, o, r, c, h)                                                                         \
    ROW_##kind({.name = n, .japanese = j, .path = p, .type = t, .of = o, .required = r, .choices = c, .help = h})
#define ROW_party(...) __VA_ARGS__,
#define ROW_product(...)
#define ROW_deployment(...)
#define ROW_service(...)
static const struct field party[] = {
#include "impact/things_fields.list"
};

#undef ROW_party
#define ROW_party(...)
#undef ROW_product
#define ROW_product(...) __VA_ARGS__,
#undef ROW_deployment
#define ROW_deployment(...)
#undef ROW_service
#define ROW_service(...)
static const struct field product[] = {
#include "impact/things_fields.list"
};

#undef ROW_party
#define ROW_party(...)
#undef ROW_product
#define ROW_product(...)
#undef ROW_deployment
#define ROW_deployment(...) __VA_ARGS__,
#undef ROW_service
#define ROW_service(...)
static const struct field deployment[] = {
#include "impact/things_fields.list"
};

#undef ROW_party
#define ROW_party(...)
#undef ROW_product
#define ROW_product(...)
#undef ROW_deployment
#define ROW_deployment(...)
#undef ROW_service
#define ROW_service(...) __VA_ARGS__,
static const struct field service[] = {
#include "impact/things_fields.list"
};

#define FIELDS(list) .fields = (list), .n = sizeof(list) / sizeof *(list)
const struct thing_shape thing_shapes[4] = {
    [THING_PARTY] = {.kind = "party",
                     .title = N_("party"),
                     .titles = N_("parties"),
                     FIELDS(party),
                     .say = &Q_party_say,
                     .at = &Q_parties_at},
    [THING_PRODUCT] = {.kind = "product",
                       .title = N_("product"),
                       .titles = N_("products"),
                       FIELDS(product),
                       .say = &Q_product_say,
                       .at = &Q_products_at},
    [THING_DEPLOYMENT] = {.kind = "deployment",
                          .title = N_("deployment"),
                          .titles = N_("deployments"),
                          FIELDS(deployment),
                          .say = &Q_deployment_say,
                          .at = &Q_deployments_at},
    [THING_SERVICE] = {.kind = "service",
                       .title = N_("service"),
                       .titles = N_("services"),
                       FIELDS(service),
                       .say = &Q_service_say,
                       .at = &Q_services_at},
};
_Static_assert(sizeof deployment / sizeof *deployment <= FIELDS_MOST, "room for all fields");
