/* SPDX-License-Identifier: Apache-2.0
 *
 * What to do first: the SSVC tree of CISA (act, attend, track*, track) with the facts it was fed, and one line saying
 * why.
 */
#ifndef AKASHI_VULN_PRIORITY_H
#define AKASHI_VULN_PRIORITY_H

#include "vuln/cvss.h"
#include "vuln/vuln.h"

enum exploitation { EXPLOITATION_NONE, EXPLOITATION_POC, EXPLOITATION_ACTIVE };
enum mission { MISSION_LOW, MISSION_MEDIUM, MISSION_HIGH }; /* mission and well-being impact: the deployer's own */
enum priority { PRIORITY_TRACK, PRIORITY_TRACK_STAR, PRIORITY_ATTEND, PRIORITY_ACT };

struct priority_facts {
    enum exploitation exploitation;
    bool automatable, total; /* technical impact */
    enum mission mission;
};

enum priority priority_decide(const struct priority_facts *facts);
/* Facts from what is known: KEV and CISA's own SSVC values first, then EPSS and the CVSS vector. */
struct priority_facts priority_facts_of(const struct advisory *advisory, str vector, enum mission mission);
/* "exploited now (KEV) · automatable · total impact", in the reader's language. */
str priority_reason(struct arena *a, const struct priority_facts *facts, const struct advisory *advisory);

const char *priority_name(enum priority p); /* "act", "attend", "track*", "track" */
bool priority_parse(str word, enum priority *out);
bool mission_parse(str word, enum mission *out);

/* The vector that is worst, with its score and source; the word's band when there is no vector. */
struct worst_rating {
    double score; /* < 0 when unknown */
    str vector, source;
    enum severity severity;
};
struct worst_rating advisory_worst(const struct advisory *advisory);

#endif
