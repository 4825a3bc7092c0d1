/* SPDX-License-Identifier: Apache-2.0
 *
 * What this home says of vulnerabilities in a product, as documents for others: one truth, three renderings (OpenVEX,
 * CSAF VEX, CycloneDX VEX), none of which loses anything: read again they give the same verdicts.
 *
 * The truth is what the home's own keys stated (vex, csaf, decisions on cases), the latest for each finding, and for
 * findings of open cases without a verdict that they are affected (when it is decided to fix them) or looked into.
 * Accepted risks are the home's own business and not published. A document is a function of the truth: saying the same
 * twice gives the same bytes.
 */
#ifndef AKASHI_IMPACT_PUBLISH_H
#define AKASHI_IMPACT_PUBLISH_H

#include "impact/case.h"
#include "impact/verdict.h"

struct truth {
    str flaw;                   /* best known name */
    struct flaw_names names;    /* all of them */
    str summary;                /* may be absent */
    struct case_names versions; /* of the product, sorted; none: all versions */
    str component;              /* purl; absent: the product itself */
    enum vex_status status;
    str justification, impact, action; /* absent when not stated */
    int64_t stated;
    uint32_t order; /* of two stated at the same time the one with the greater is later */
};
struct truths {
    str product, name, purl, author; /* purl: of the product, without version; absent when it has none */
    int64_t stated;                  /* latest of all */
    VEC(struct truth) v;             /* by flaw, component, status … */
};
MUST_USE bool publish_gather(struct portfolio *p, struct arena *a, int64_t product, struct truths *out, struct err *e);

/* How the product in a version (absent: in all) is named in documents: its purl, or "urn:akashi:product:ID@VERSION". */
str publish_name(struct arena *a, const struct truths *t, str version);

void publish_openvex(struct arena *a, const struct truths *t, struct buf *out);
void publish_csaf(struct arena *a, const struct truths *t, struct buf *out);
/* One document for a version; without one: what is said of all versions. */
void publish_cyclonedx(struct arena *a, const struct truths *t, str version, struct buf *out);

#endif
