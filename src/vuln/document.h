/* SPDX-License-Identifier: Apache-2.0
 *
 * One published document as every format's reader hands it over, before it is compiled into the database.
 *
 * A format is one file import_<name>.c holding one `const struct importer` and one word in the list of import_format.c.
 * Strings are borrowed from the text or the arena of the job.
 */
#ifndef AKASHI_VULN_DOCUMENT_H
#define AKASHI_VULN_DOCUMENT_H

#include "base/json.h"
#include "base/xml.h"
#include "vuln/vuln.h"

/* Numbers are stored: never renumber. */
enum doc_kind { DOC_OSV = 1, DOC_CVE, DOC_NVD, DOC_JVN, DOC_CSAF, DOC_OPENVEX, DOC_KEV, DOC_EPSS, DOC_KINDS };
const char *doc_kind_name(enum doc_kind kind); /* "osv", … */

struct doc_range {
    bool semver; /* the range is SemVer whatever the ecosystem */
    VEC(struct osv_event) events;
};
/* What must be true of a component besides its version. Numbers are stored. */
enum qual_kind {
    QUAL_ARCH = 1,    /* "aarch64"; several: any of them */
    QUAL_MODULE,      /* rpm module and stream, "nodejs:18" */
    QUAL_CPE,         /* the other parts of a CPE, as a formatted string */
    QUAL_NOT_VERSION, /* all versions but this one */
    QUAL_PURL,        /* purl qualifiers or subpath, "key=value" */
    QUAL_PLATFORM,    /* only where one of these runs too, "o:microsoft:windows o:apple:macos" */
};
struct doc_qual {
    enum qual_kind kind;
    str value;
};
struct doc_affect {
    str ecosystem, name; /* as published; "cpe" and "part:vendor:product" for CPE names */
    VEC(struct doc_range) ranges;
    VEC(str) versions;
    VEC(struct doc_qual) quals;
    enum fix_state fix;
    bool every_version; /* affected whatever its version */
    bool not_affected;  /* a verdict that clears: this flaw does not reach these versions */
};
struct doc {
    enum doc_kind kind;
    bool withdrawn;
    bool part;             /* of a document that is counted by itself */
    struct advisory about; /* id, texts, ratings …; scores < 0 when only the vector is known */
    VEC(str) related;      /* flaws of others this document speaks of, without being another name of them */
    VEC(struct doc_affect) affects;
};

struct kev_entry {
    str cve, added, due, name, action;
    bool ransomware;
};
struct epss_entry {
    str cve;
    double score, percentile;
};

/* What a reader gets and where its documents go. */
struct import_job {
    struct ctx *ctx;
    struct arena *arena; /* of this text */
    str where;
    struct json json;      /* for JSON formats */
    struct xml_node *root; /* for XML formats */
    str text;              /* for text formats */
    struct compiler *out;
};

/* Hands a document over: compiled at once, so the reader may reuse its memory. */
void job_emit(struct import_job *job, struct doc *doc);
/* A whole list of KEV or EPSS entries with its date (RFC 3339 or a day): a newer list replaces an older one. */
void job_emit_kev(struct import_job *job, str date, const struct kev_entry *v, uint32_t n);
void job_emit_epss(struct import_job *job, str date, const struct epss_entry *v, uint32_t n);

enum notation { NOTATION_JSON, NOTATION_XML, NOTATION_TEXT };
struct importer {
    const char *name;
    enum notation notation;
    bool (*is)(const struct import_job *job);
    MUST_USE bool (*read)(struct import_job *job, struct err *e);
};
extern const struct importer *const importers[]; /* NULL at the end */
/* The reader whose format this is, or NULL; parses JSON and XML into the job. */
MUST_USE bool import_detect(struct import_job *job, const struct importer **out, struct err *e);

struct doc *doc_new(struct import_job *job, enum doc_kind kind);
struct doc_affect *doc_affect(struct import_job *job, struct doc *doc, str ecosystem, str name);
/* Adds a range "from a up to below b" (b absent: open). */
struct doc_range *doc_range(struct import_job *job, struct doc_affect *affect);
void doc_event(struct import_job *job, struct doc_range *range, enum osv_event_kind kind, str version);
void doc_rating(struct import_job *job, struct doc *doc, str vector, str source, double score);
/* Adds s unless it is absent, empty or there. */
#define doc_add(job, vec, s) doc_add_((job)->arena, (void *)(vec), (s))
VEC_NAMED(doc_strs, str);
void doc_add_(struct arena *a, void *vec, str s);

/* OSV ecosystem and package name of a purl, for formats that name packages by purl: "Debian:12", "openssl".
 * `distro` ("sles-15.5") serves a purl that does not say; may be absent. False when no ecosystem of ours has it. */
bool doc_purl_package(struct arena *a, const struct purl *p, str distro, str *ecosystem, str *name);
/* "cpe:2.3:a:vendor:product:…" as an affect of ecosystem "cpe", without versions; NULL when it is no CPE. */
struct doc_affect *doc_cpe(struct import_job *job, struct doc *doc, str cpe, str *version);

#endif
