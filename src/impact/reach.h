/* SPDX-License-Identifier: Apache-2.0
 *
 * What a question reaches: releases, the products they are of, where they run, for whom, which services need that, and
 * whose life it touches. Everything is the reader's: computed from the releases, deployments and services that the
 * reader may see, never filtered afterwards.
 *
 * Numbers:
 *   release     a release counts once, however many documents describe it
 *   reached     a service that carries or needs something hit, through any number of services (path)
 *   falls       a reached service of which one group of needs has nothing left that is not hit (reliance.h); the
 *               others have an alternative
 *   people      population × (100 − substitutes) %, of services that fall; a person two services cover counts twice
 *   within      people × hours from the loss up to the service's MTPD, or up to its restore time when that is shorter
 *   beyond      people × hours from the MTPD to the restore time; 0 where either is not stated
 */
#ifndef AKASHI_IMPACT_REACH_H
#define AKASHI_IMPACT_REACH_H

#include "impact/question.h"

struct reached_deployment {
    int64_t number, product, customer, operator_, host, service; /* -1 unknown or none */
    uint32_t release;                                            /* it runs; UINT32_MAX unknown */
    bool lost; /* by what is asked about; false: it only is the party's */
};
struct reached_service {
    const struct service *of;
    bool direct;                   /* it carries or needs something hit itself */
    bool falls;                    /* else it has an alternative */
    uint32_t through;              /* index of the reached service it needs; UINT32_MAX when direct */
    int64_t deployment;            /* that is hit, when direct and it is a deployment; -1 */
    double people, within, beyond; /* people-hours */
};
/* Why a party has to be told: it answers for a product hit, runs or hosts or uses a system hit, runs a service reached.
 */
enum why { WHY_SUPPLIES, WHY_USES, WHY_RUNS, WHY_HOSTS, WHY_SERVICE, WHYS };
struct told {
    int64_t party;
    uint32_t n[WHYS];
    int64_t example[WHYS]; /* number of the product, deployment or service; the first one */
};
struct reached_place { /* a sector or region, by name */
    str name;
    uint32_t services;
    double people;
};
VEC_NAMED(numbers, int64_t);
VEC_NAMED(reached_places, struct reached_place);

struct reach {
    struct arena *a; /* everything below but the bitmaps */
    struct portfolio *p;
    const struct question *q;
    const struct reader *reader;
    struct as_of when;      /* as asked */
    struct as_of pin;       /* the moment it was: a page asked for later is of the same */
    uint32_t limit;         /* releases there were */
    roaring_bitmap_t *mask; /* what the reader may see; NULL: everything */

    /* reach_releases() */
    roaring_bitmap_t *documents; /* hit */
    roaring_bitmap_t *releases;  /* the same with each release once, by its first document */
    uint64_t n_releases;
    uint64_t *per_component;         /* documents, in the order of q->components */
    struct second_documents seconds; /* hit ones that are not the first of their release, by first */
    str *purls;                      /* of q->components, those that were asked for; NULL: none was */
    struct arena *purls_in;
    /* reach_products() */
    struct numbers products; /* ascending */
    uint32_t *per_product;   /* releases, in the order of products */
    /* reach_systems() */
    VEC(struct reached_deployment) deployments; /* by number */
    struct numbers customers, operators, hosts; /* ascending */
    VEC(struct reached_service) services;       /* most people-hours beyond, then within, then people; then by number */
    struct reached_places sectors, regions;     /* most services first */
    uint32_t n_indirect, n_falling;
    double population; /* covered by services reached, falling or not */
    double people, within, beyond;
    VEC(struct told) told;     /* reach_told() */
    uint32_t untold;           /* falling services that state no population, or neither MTPD nor restore time */
    const struct running *now; /* NULL: rows were read */
    bool from_columns; /* systems were found in the columns of what runs, where they are the same in each moment */
    int64_t same_from, same_until; /* between these, while nothing is said: no deployment begins or ends */
};

MUST_USE bool reach_begin(struct reach *r, struct portfolio *p, struct arena *a, const struct question *q,
                          const struct reader *reader, const struct as_of *when, struct err *e);
MUST_USE bool reach_releases(struct reach *r, struct err *e);
/* n_releases alone: of a package with all its versions it is known without looking at each release. */
MUST_USE bool reach_count(struct reach *r, struct err *e);
MUST_USE bool reach_products(struct reach *r, struct err *e); /* after reach_releases */
MUST_USE bool reach_systems(struct reach *r, struct err *e);  /* after reach_products */
MUST_USE bool reach_told(struct reach *r, struct err *e);     /* after reach_systems */
void reach_free(struct reach *r);                             /* accepts {0} and what failed */

/* What is lost when a service falls; *told false when it does not state enough to compute it. */
void service_stake(const struct service *s, double *people, double *within, double *beyond, bool *told);

/* The components asked for that are in releases the reader may see, with how many (documents). */
struct reached_component {
    component_id id;
    uint64_t releases;
};
VEC_NAMED(reached_components, struct reached_component);
MUST_USE bool reach_components(struct reach *r, struct reached_components *out, struct err *e);

#endif
