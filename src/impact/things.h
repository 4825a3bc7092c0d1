/* SPDX-License-Identifier: Apache-2.0
 *
 * Parties, products, deployments and services as the log tells of them, with their history: a statement about a thing
 * replaces what an earlier one by an entitled key said; both stay, each with the entries between which it held.
 *
 * Things have ids of their own choosing, unique within a kind ("yamada-kogyo", "thing", "hospital-a/emr"); in the store
 * each is a small number. A thing that is only mentioned (a product by a release, a customer by a deployment) exists
 * with its id alone, marked as mentioned.
 *
 * Who may speak of a thing: the home's own keys, and those trusted for a party concerned (by its id or the name it
 * calls itself): of a product the party that answers for it; of a deployment customer, operator and host; of a service
 * who provides it. What others say is kept and shown as claimed by them; it never counts.
 */
#ifndef AKASHI_IMPACT_THINGS_H
#define AKASHI_IMPACT_THINGS_H

#include "impact/portfolio.h"

enum thing_kind { THING_PARTY, THING_PRODUCT, THING_DEPLOYMENT, THING_SERVICE };

/* The number of an id; made as "mentioned" when it is new (inside a transaction). Projections use thing_mention(), so
 * that --as-of knows from which entry on it existed; thing_number()'s exist from the beginning. */
MUST_USE bool thing_number(struct portfolio *p, enum thing_kind kind, str id, int64_t *out, struct err *e);
MUST_USE bool thing_mention(struct portfolio *p, enum thing_kind kind, str id, uint64_t entry, int64_t *out,
                            struct err *e);
/* thing_mention(), and whether it was made now. */
MUST_USE bool thing_met(struct portfolio *p, enum thing_kind kind, str id, uint64_t entry, int64_t *out, bool *fresh,
                        struct err *e);
/* The same without making it. */
MUST_USE bool thing_find(struct portfolio *p, enum thing_kind kind, str id, bool *found, int64_t *out, struct err *e);
MUST_USE bool thing_id(struct portfolio *p, struct arena *a, enum thing_kind kind, int64_t number, str *out,
                       struct err *e);
/* Puts them in order, each once: how many are left. */
uint32_t numbers_each_once(int64_t *numbers, uint32_t n);
/* Of many (ascending, each once), by some questions for all of them. */
MUST_USE bool thing_ids(struct portfolio *p, struct arena *a, enum thing_kind kind, const int64_t *numbers, uint32_t n,
                        str *out, struct err *e);

/* Whether what is thought of the signers' keys is what it was when their statements were judged; else (one was trusted,
 * revoked …) things_settle() judges them anew, inside a transaction. */
MUST_USE bool things_settled(struct portfolio *p, bool *settled, struct err *e);
MUST_USE bool things_settle(struct portfolio *p, struct err *e);

struct contact {
    str kind;          /* "security", "psirt", "sales", … */
    str name, address; /* mail address, phone or URL */
};
struct party {
    int64_t number;
    str id, name;
    unsigned roles; /* enum role */
    VEC(struct contact) contacts;
    VEC(int64_t) primes;          /* parties whose sub-contractor it is */
    str sector, region, language; /* "ja", "en" */
    bool mentioned;
    uint64_t entry; /* that said so */
};
struct product {
    int64_t number, party; /* party: who answers for it; -1 unknown */
    str id, name, purl;
    int64_t support_from, support_until, end_of_life; /* 0 = not stated */
    str tlp; /* who may know that it exists: "clear", "green", "amber", "red" */
    bool mentioned;
    uint64_t entry;
};
enum exposure { EXPOSURE_UNKNOWN, EXPOSURE_SMALL, EXPOSURE_CONTROLLED, EXPOSURE_OPEN };
struct deployment {
    int64_t number, product, customer, operator_, host, service; /* -1 unknown or none; host: who hosts it */
    str id, version;                                             /* version absent: not stated; then it follows */
    bool follows;                                                /* takes each newer release by itself */
    str environment, zone, data;                                 /* data: "none", "internal", "personal", "sensitive" */
    enum exposure exposure;
    str owner;            /* a person or unit */
    int64_t since, until; /* 0 = open */
    bool mentioned;
    uint64_t entry;
};
/* Is it between its first day and the end of its last one? */
static inline bool runs_at(int64_t since, int64_t until, int64_t time) {
    return (!since || since <= time) && (!until || until >= time);
}
/* What a service needs to run: any one thing of a group will do; all groups are needed. */
enum need_kind { NEED_SERVICE, NEED_DEPLOYMENT, NEED_PARTY, NEED_ZONE, NEED_PACKAGE };
struct need {
    uint32_t group;
    enum need_kind kind;
    int64_t number; /* of the thing; -1 with a text for zones and packages */
    str text;
};
struct service {
    int64_t number, party; /* who runs it; -1 unknown */
    str id, name, sector, region;
    int64_t mtpd;         /* seconds it may be out; -1 not stated */
    int64_t restore;      /* seconds it takes to bring it back; -1 not stated */
    int64_t population;   /* people it covers; -1 not stated */
    unsigned substitutes; /* percent of it that others can take over, 0–100 */
    VEC(struct need) needs;
    bool mentioned;
    uint64_t entry;
};

MUST_USE bool party_get(struct portfolio *p, struct arena *a, int64_t number, const struct as_of *when,
                        struct party *out, bool *found, struct err *e);
MUST_USE bool product_get(struct portfolio *p, struct arena *a, int64_t number, const struct as_of *when,
                          struct product *out, bool *found, struct err *e);
MUST_USE bool deployment_get(struct portfolio *p, struct arena *a, int64_t number, const struct as_of *when,
                             struct deployment *out, bool *found, struct err *e);
MUST_USE bool service_get(struct portfolio *p, struct arena *a, int64_t number, const struct as_of *when,
                          struct service *out, bool *found, struct err *e);

/* Many (ascending, each once), by some questions for all of them; out[i] is of numbers[i] where found[i]. */
MUST_USE bool parties_get(struct portfolio *p, struct arena *a, const int64_t *numbers, uint32_t n,
                          const struct as_of *when, struct party *out, bool *found, struct err *e);
MUST_USE bool products_get(struct portfolio *p, struct arena *a, const int64_t *numbers, uint32_t n,
                           const struct as_of *when, struct product *out, bool *found, struct err *e);
MUST_USE bool services_get(struct portfolio *p, struct arena *a, const int64_t *numbers, uint32_t n,
                           const struct as_of *when, struct service *out, bool *found, struct err *e);
/* All of a kind as of then, by number: each() gets them one by one. */
MUST_USE bool parties_each(struct portfolio *p, const struct as_of *when,
                           bool (*each)(void *arg, const struct party *x, struct err *e), void *arg, struct err *e);
MUST_USE bool products_each(struct portfolio *p, const struct as_of *when,
                            bool (*each)(void *arg, const struct product *x, struct err *e), void *arg, struct err *e);
MUST_USE bool deployments_each(struct portfolio *p, const struct as_of *when,
                               bool (*each)(void *arg, const struct deployment *x, struct err *e), void *arg,
                               struct err *e);
MUST_USE bool services_each(struct portfolio *p, const struct as_of *when,
                            bool (*each)(void *arg, const struct service *x, struct err *e), void *arg, struct err *e);
/* Live deployments (not ended) of these products (ascending numbers), by product. */
MUST_USE bool deployments_of(struct portfolio *p, const int64_t *products, uint32_t n, const struct as_of *when,
                             bool (*each)(void *arg, const struct deployment *x, struct err *e), void *arg,
                             struct err *e);
/* The release a deployment runs: the one it names, else (follows, or no version stated) the newest of its product as
 * of then. *found false when there is none. */
MUST_USE bool deployment_release(struct portfolio *p, const struct deployment *d, const struct as_of *when, bool *found,
                                 uint32_t *release_id, struct err *e);

#endif
