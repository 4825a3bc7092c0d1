/* SPDX-License-Identifier: Apache-2.0
 *
 * The advisory database: compiled once by `db import`, asked many times.
 *
 * Every vulnerability is one `flaw` however many names it has (CVE = GHSA = PYSEC …); every published document about it
 * is one `advisory`. A hit is advisory × component. The database is one file, replaced atomically; an open one stays
 * readable and unchanged while a new one takes its place.
 */
#ifndef AKASHI_VULN_VULN_H
#define AKASHI_VULN_VULN_H

#include "ident/purl.h"
#include "ident/version.h"
#include "sbom/sbom.h"

struct advdb;

/* NULL-free and thread-safe for reading: each worker uses its own reader. */
MUST_USE bool advdb_open(struct ctx *c, str path, struct advdb **out, struct err *e); /* ERR_ENV when there is none */
void advdb_close(struct advdb *db);

struct advdb_source { /* what is in it, per kind of data and ecosystem */
    str kind;         /* "osv", "cve", "nvd", "kev", "epss", "jvn", "csaf", "openvex" */
    str ecosystem;    /* OSV name with its release suffix ("Debian:12"); "" for kinds that have none */
    uint64_t advisories;
    int64_t newest;   /* latest modified time in the data */
    int64_t imported; /* when */
};
struct advdb_info {
    str digest; /* sha256 over the content, hex */
    int64_t built;
    uint64_t advisories, flaws, packages, withdrawn, kev, epss;
    const struct advdb_source *sources;
    uint32_t n_sources;
};
void advdb_info(struct advdb *db, struct arena *a, struct advdb_info *out);
/* Whether an advisory has that name, written so. */
MUST_USE bool advdb_names(struct ctx *c, const struct advdb *db, str name, bool *yes, struct err *e);

/* ── asking ── */

enum fix_state { FIX_UNKNOWN, FIX_AVAILABLE, FIX_NONE_YET, FIX_WONT };
enum confidence { CONFIDENCE_EXACT /* purl or distribution package */, CONFIDENCE_LOW /* CPE only */ };

struct hit {
    str advisory;  /* "GHSA-…", "RUSTSEC-…" */
    uint32_t flaw; /* number of the flaw: the same for all aliases */
    str ecosystem; /* whose data */
    str fixed;     /* smallest fixed version above the component's; absent when none is known */
    enum fix_state fix;
    enum confidence confidence;
};
VEC_NAMED(hits, struct hit);

enum assessed {
    ASSESSED,
    NOT_ASSESSED_NO_DATA /* no advisories for this ecosystem or release */,
    NOT_ASSESSED_NO_IDENTITY,
    NOT_ASSESSED_NO_VERSION
};

/* A reader: per-thread cache over an advdb; bounded memory. */
struct matcher *matcher_new(struct ctx *c, struct advdb *db);
void matcher_free(struct matcher *m);
/* Begins a document: what it says of its operating system serves components that are silent about theirs. May be NULL.
 */
void matcher_document(struct matcher *m, const struct sbom *sbom);
/* All advisories that affect this component, each advisory once, ordered by id; withdrawn ones are absent. */
MUST_USE bool matcher_component(struct matcher *m, const struct sbom_component *component, struct arena *a,
                                struct hits *out, enum assessed *assessed, struct err *e);
MUST_USE bool matcher_purl(struct matcher *m, const struct purl *p, str purl_text, struct arena *a, struct hits *out,
                           enum assessed *assessed, struct err *e);

/* The same without copies: valid until the matcher is used again. `seen` is the caller's, 0 when the answer is new; one
 * purl has one answer as long as it is remembered. */
struct found {
    struct hit *v;
    uint32_t n, seen;
    enum assessed assessed;
};
MUST_USE bool matcher_find(struct matcher *m, const struct sbom_component *component, struct found **out,
                           struct err *e);

/* The OSV ecosystem whose data answer for this purl ("npm", "Debian:12"); "pkg:type" when OSV has none. */
str matcher_ecosystem(const struct purl *p, struct arena *a);

struct rating {
    str vector;   /* "CVSS:3.1/AV:N/…" */
    str source;   /* who gave it */
    double score; /* < 0: not stated, compute it from the vector */
};
/* What is known of an advisory (with that of its aliases joined). */
struct advisory {
    str id, summary, details, published, modified, url;
    VEC(str) aliases; /* other names of the same flaw, sorted; CVE first */
    VEC(struct rating) ratings;
    VEC(str) cwes, references;
    VEC(str) related;  /* flaws of others it speaks of: those a distribution's advisory fixes */
    str severity_text; /* a word, when the source gives only that ("HIGH", "important") */
    bool kev, kev_ransomware;
    str kev_added, kev_due;
    double epss, epss_percentile;                         /* < 0 when unknown */
    str ssvc_exploitation, ssvc_automatable, ssvc_impact; /* CISA ADP: "active", "poc", "none" … */
};
/* Everything but `details` and `references`; an id we do not have succeeds with only the id. */
MUST_USE bool matcher_advisory(struct matcher *m, str id, struct arena *a, struct advisory *out, struct err *e);

/* Adds `details` and `references`. */
MUST_USE bool matcher_details(struct matcher *m, struct arena *a, struct advisory *about, struct err *e);

/* ── filling ── */
struct import_result {
    uint64_t documents, advisories, added, changed, unchanged, withdrawn, skipped;
};
/* Files, folders, zips, nested. Reads the database at path (if any), writes a new one, replaces it atomically. */
MUST_USE bool advdb_import(struct ctx *c, str db_path, const str *inputs, uint32_t n, struct import_result *out,
                           struct err *e);

#endif
