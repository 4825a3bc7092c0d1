/* SPDX-License-Identifier: Apache-2.0
 *
 * Scanning: components of SBOMs against the advisory database, judged, put in order of urgency.
 *
 * One finding is one flaw in one component of one input, however many advisories describe it. A finding that VEX or an
 * ignore rule answers is kept and marked, never dropped; a component that could not be assessed is counted.
 */
#ifndef AKASHI_VULN_FINDING_H
#define AKASHI_VULN_FINDING_H

#include "vuln/priority.h"
#include "vuln/rules.h"
#include "vuln/vex.h"
#include "vuln/vuln.h"

enum finding_status { FINDING_OPEN, FINDING_UNDER_INVESTIGATION, FINDING_NOT_AFFECTED, FINDING_FIXED, FINDING_IGNORED };

struct scan_input {
    str name; /* as given */
    struct sbom *sbom;
    uint32_t components, assessed, unidentified, no_version, no_data; /* the root is not counted */
};

struct finding {
    const struct scan_input *input;
    const struct sbom_component *component;
    str id;                /* the best known name: CVE when there is one */
    struct advisory about; /* joined over all advisories of the flaw */
    VEC(str) advisories;   /* published documents that matched */
    struct worst_rating worst;
    str ecosystem, fixed; /* smallest version that clears this finding; absent when none is known */
    enum fix_state fix;
    str upgrade; /* smallest version that clears all open findings of the component; absent when none does */
    enum confidence confidence;
    enum priority priority;
    str reason; /* of the priority */
    enum finding_status status;
    str status_reason, status_source, until;
    const uint32_t *path; /* component numbers from the root to the component */
    uint32_t n_path;
    enum sbom_direct direct;
};

struct licence_finding {
    const struct scan_input *input;
    const struct sbom_component *component;
    str expression;
    enum licence_verdict verdict;
};

/* What was asked about an ecosystem, and with what data. */
struct assessment {
    str ecosystem; /* "npm", "Debian:12", "pkg:generic" … */
    uint32_t components, assessed;
    uint64_t advisories;
    int64_t newest; /* 0 = no data */
};

struct end_of_life {
    const struct scan_input *input;
    str what; /* "Debian 9", "Python 2.7" */
    str since;
};

struct scan {
    struct advdb_info db;
    bool db_missing;
    VEC(struct scan_input *) inputs;
    VEC(struct finding) findings; /* open ones first by urgency, then the answered ones */
    uint32_t open;
    uint32_t answered_by_vex, ignored, expired; /* expired: ignore rules that lapsed and let findings back */
    VEC(struct licence_finding) licences;       /* what is not allowed */
    VEC(struct assessment) assessments;         /* by ecosystem name */
    VEC(struct end_of_life) ended;
    struct map advisories; /* id → struct advisory, as read from the database */
};

struct scan_options {
    struct advdb *db; /* NULL: none */
    const struct vex *vex;
    const struct rules *rules;
    enum mission mission;
};

/* Adds an input's findings. The arena must outlive the scan. */
MUST_USE bool scan_add(struct ctx *c, struct arena *a, struct scan *scan, const struct scan_options *o, str name,
                       struct sbom *sbom, struct err *e);
/* Puts everything in order; call once after the last input. */
void scan_finish(struct scan *scan);

const char *finding_status_name(enum finding_status s); /* "open", "not_affected" … */
/* Days, rounded down, of the oldest data any assessed ecosystem stands on; -1 when there are none. */
int64_t scan_oldest_days(const struct scan *scan, int64_t now);

#endif
