/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose verdict on a finding counts. Verdicts are rows of "vex" and "csaf" statements and of decisions on cases; all
 * that speak of a finding are put side by side, each with its author's rank and with why it does not hold, if it does
 * not; the highest rank wins, of equal ones the latest. Who has no rank cannot silence anything.
 *
 * Ranks, unless [[vex]] of akashi.toml says otherwise: the party that answers for the product 400, this home 300, a
 * customer for its own deployments 200. Who makes a component has a say on it (100) only by a rule: no key says whose
 * component it is.
 *
 *   [[vex]]
 *   issuer = "OpenSSL"                       # name of a trusted key's party, or the key's id
 *   products = ["pkg:generic/openssl*"]      # ids and purls of products or components; * any run
 *   rank = 100                               # 0: does not count
 *
 * The issuer "received" is who wrote the SBOMs that this home took in (`impact import`): nobody signed what they say of
 * vulnerabilities, so without such a rule it counts only for products this home's party answers for.
 *
 * Rules that say two things of one issuer and pattern are refused; of rules that overlap otherwise the first counts.
 *
 * A verdict for one release carries over to later releases of the product, as long as they have the component in the
 * same version and its reason still holds. One for a range of versions is for those alone.
 */
#ifndef AKASHI_IMPACT_VERDICT_H
#define AKASHI_IMPACT_VERDICT_H

#include "impact/hits.h"
#include "impact/things.h"
#include "vuln/rules.h"
#include "vuln/vex.h"

enum { VERDICT_ACCEPTED = VEX_UNDER_INVESTIGATION + 1 }; /* the risk is accepted; stored */
const char *verdict_status_name(int status);
enum { VERDICT_RECEIVED = -1 }; /* in an SBOM somebody took in: who signed the entry did not say so himself; stored */

#define VERDICT_ISSUER_RECEIVED "received"
struct verdict_rule {
    str issuer;
    const str *products;
    uint32_t n_products;
    unsigned rank;
    str where; /* "akashi.toml:3" */
};
struct verdict_policy {
    VEC(struct verdict_rule) rules;
    struct rules ignore;
    int32_t epss_jump; /* × 10,000: so much more takes back that a risk was accepted; [watch] epss_jump = 0.1 */
};
/* From akashi.toml; without the file the defaults. */
MUST_USE bool verdict_policy_read(struct ctx *c, struct arena *a, str path, struct verdict_policy *out, struct err *e);

enum verdict_reach {
    REACH_RELEASE,   /* names the release, or the product without a version */
    REACH_CARRIED,   /* names an earlier release */
    REACH_COMPONENT, /* names the component itself */
    REACH_ELSEWHERE  /* names the same component in another product, with a reason that lies in the component */
};
struct verdict {
    int64_t log_id, place;
    uint64_t entry;
    int64_t number; /* of the case whose decision it is; 0: of a document; VERDICT_RECEIVED */
    str flaw, product, part, justification, impact, action, author;
    int status; /* enum vex_status, or VERDICT_ACCEPTED */
    bool ended;
    int64_t until, kev, epss, time, stated;
    unsigned char signer[32];
    str base, version; /* of product: without its version; the version */
};
VEC_NAMED(verdicts, struct verdict);
/* The statements of a document in an entry, as rows. */
MUST_USE bool verdicts_take(struct portfolio *p, const struct entry *x, const struct vex *vex, bool received,
                            struct err *e);
/* All that name a flaw, by any of its names, in the order of the log. */
MUST_USE bool verdicts_of(struct portfolio *p, struct arena *a, const struct flaw_names *names, struct verdicts *out,
                          struct err *e);

/* Whether one names the flaw of this number. */
MUST_USE bool verdict_is_there(struct portfolio *p, int64_t flaw, bool *yes, struct err *e);

/* All that were not taken back, in the order of the log. */
MUST_USE bool verdicts_each(struct portfolio *p, bool (*each)(void *arg, const struct verdict *v, struct err *e),
                            void *arg, struct err *e);

/* The place a finding is in. */
struct verdict_place {
    int64_t product;
    str product_id, product_purl, release_purl; /* purls may be absent */
    str owner, owner_name;                      /* party that answers for it: id and name; may be absent */
    bool ours;                                  /* that is this home's party */
    const struct release_rows *releases;        /* of the product */
    const struct release_row *release;
    component_id component;
    str component_purl;
    str customer, customer_name; /* of the deployment asked for; absent: of the release as such */
};
struct verdict_facts { /* of the flaw, now */
    bool kev;
    int32_t epss;
    int64_t now;
};
struct standing {
    const struct verdict *verdict;
    enum verdict_reach reach;
    unsigned rank; /* 0: the author has no say here */
    bool holds;
    str issuer;  /* name of the signer's party */
    str because; /* why it ranks so, or does not hold */
    str carried; /* version it was given for; absent when it is not carried */
};
VEC_NAMED(standings, struct standing);
/* All verdicts that speak of it; *winner their number in the list, or -1 when none counts. */
MUST_USE bool verdict_decide(struct portfolio *p, struct arena *a, const struct verdict_policy *policy,
                             const struct verdicts *all, const struct verdict_place *place,
                             const struct verdict_facts *facts, struct standings *out, int64_t *winner, struct err *e);
/* Whether a verdict speaks of this component in whatever product; else it speaks only of the products it names. */
bool verdict_is_anywhere(struct arena *a, const struct verdict *v, str component_purl);
/* Whether its reason lies in the part it names, wherever that is used. */
bool verdict_is_of_part(struct arena *a, const struct verdict *v);
/* Whether the winner answers the finding: nothing remains to be done. */
static inline bool verdict_answers(int status) {
    return status == VEX_NOT_AFFECTED || status == VEX_FIXED || status == VERDICT_ACCEPTED;
}

#endif
