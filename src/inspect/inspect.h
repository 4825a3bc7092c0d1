/* SPDX-License-Identifier: Apache-2.0
 *
 * Is it built and configured safely? Inspectors look at programs and configuration files and answer checks; a policy
 * says which answers are required; the whole is a report.
 *
 * An inspector is one file holding one `const struct inspector` and one word in inspectors.list. It judges a file by
 * its bytes alone and never trusts them. What it cannot tell it answers with CHECK_UNKNOWN, never with a guess.
 */
#ifndef AKASHI_INSPECT_INSPECT_H
#define AKASHI_INSPECT_INSPECT_H

#include "base/json.h"
#include "collect/collect.h"

enum check_state {
    CHECK_UNKNOWN, /* cannot be told from the file */
    CHECK_NONE,    /* does not apply to this file */
    CHECK_GOOD,
    CHECK_PARTIAL,
    CHECK_BAD,
};
enum weight { WEIGHT_LOW, WEIGHT_MEDIUM, WEIGHT_HIGH }; /* how much a failed requirement matters */

/* A question an inspector answers: one row of its table, or one rule of a rules file. Texts are msgids: whoever prints
 * them says _(…), which leaves a text alone that is in the reader's language already (rules read from JSON). */
struct check_spec {
    const char *id;       /* "relro"; unique within its inspector */
    const char *title;    /* N_() short: "read-only relocations (RELRO)" */
    const char *reason;   /* N_() why it matters, one sentence; NULL when the title says it */
    const char *fix;      /* N_() what to do, one sentence */
    const char *practice; /* individual requirements it is evidence for: "S(1)-2.2" */
    enum weight weight;   /* unless the policy says otherwise */
    const char *level;    /* "minimum" or "standard": the least policy that requires CHECK_GOOD of it, for rules read
                             from a file; NULL: only what the policy names */
};

struct check {
    const struct check_spec *spec;
    enum check_state state;
    str detail;    /* what was found, short: "partial", "3 of 7 functions"; absent when the state says all */
    uint32_t line; /* where, in a text file; 0 elsewhere */
    /* filled in by the policy */
    bool required, failed;
    enum weight weight;
};

/* What is so, without good or bad: "compiler": "GCC 12.2.0". */
struct fact {
    const char *id, *title; /* title: N_() */
    str value;
};

/* What was found in one file. */
struct inspection {
    str path;         /* with the archives around: "outer.deb!data.tar!usr/bin/x" */
    str layer;        /* image layer digest; absent elsewhere */
    const char *kind; /* name of the inspector; NULL: not for it after all, the next one is asked */
    const char *type; /* kind of file: "executable", "library", "object", "module", "core"; "configuration" */
    str language;     /* of a program, mainly; absent when it cannot be told or does not apply */
    uint32_t mode;
    uint64_t size;
    str sha256; /* absent unless asked for */
    VEC(struct check) checks;
    VEC(struct fact) facts;
    uint32_t failed; /* requirements of the policy that do not hold */
    enum weight worst;
};

/* What an inspector gets. */
struct inspect {
    struct ctx *ctx;
    struct arena *a;       /* what the inspection holds lives here */
    struct arena *scratch; /* gone after this file */
    const struct found_file *file;
    str capabilities;  /* security.capability of the file, as stored; absent when it has none */
    const void *state; /* what prepare() made */
};

struct inspect_options;
struct inspector {
    const char *name;         /* "elf", "sshd": the kind of its inspections */
    const char *title;        /* N_() "programs and libraries for Linux and Unix (ELF)" */
    const char *const *files; /* as in struct detector: base names, patterns, paths; NULL = none */
    bool (*sniff)(str head, const struct found_file *f); /* first 64 bytes of a file not claimed by name; or NULL */
    bool pieces;                                         /* files may be larger than limits.file */
    /* Once per run, before the first file; NULL = nothing to prepare. */
    bool (*prepare)(struct ctx *c, struct arena *a, const struct inspect_options *o, const void **state, struct err *e);
    /* Fills *out (path, mode, size are there already; kind stays NULL when the file is something else). False: it is
     * of this kind but cannot be read; the run goes on with a warning. */
    bool (*look)(struct inspect *in, str bytes, struct inspection *out, struct err *e);
};
extern const struct inspector *const inspectors[];

/* ── for inspectors: strings are kept, not copied ── */
void check_add(struct inspect *in, struct inspection *out, const struct check_spec *spec, enum check_state state,
               str detail);
void check_at(struct inspect *in, struct inspection *out, const struct check_spec *spec, enum check_state state,
              str detail, uint32_t line);
void fact_add(struct inspect *in, struct inspection *out, const char *id, const char *title, str value);
const struct check *check_find(const struct inspection *i, const char *id);
str fact_find(const struct inspection *i, const char *id); /* absent when it is not there */
/* "unknown", "none", "good", "partial", "bad": for JSON, policies and statements. */
const char *check_state_name(enum check_state s);
bool check_state_parse(str s, enum check_state *out);
const char *weight_name(enum weight w); /* "low", "medium", "high" */
bool weight_parse(str s, enum weight *out);

/* ── for commands ── */
struct policy;
struct inspect_options {
    str policy;       /* "minimum", "standard" or a file; absent: standard */
    str only, skip;   /* comma lists of inspectors */
    bool digests;     /* SHA-256 of each file too (a statement needs them) */
    const str *rules; /* files with more rules for configuration (docs/inspect-rules.md) */
    uint32_t n_rules;
};
struct inspect_report {
    const struct policy *policy;
    VEC(str) inputs;
    VEC(struct inspection) files; /* by input, then by path */
    uint32_t malformed;           /* files that could not be read: each was a warning */
    uint32_t failing;             /* files with a failed requirement */
    bool failed_any;
    enum weight worst; /* of the failed requirements; means nothing unless failed_any */
};

/* What lies at path (file, folder, archive, image) is looked at and judged, and added to the report, which begins as
 * {0}; call again for more. Everything lives in a. Files that no inspector knows are not in it. */
MUST_USE bool inspect_run(struct ctx *c, struct arena *a, str path, const struct inspect_options *o,
                          struct inspect_report *report, struct err *e);
/* One file in memory, as if it lay at this path. */
MUST_USE bool inspect_text(struct ctx *c, struct arena *a, str path, str bytes, const struct inspect_options *o,
                           struct inspect_report *report, struct err *e);
/* The body of a hardening statement (docs/predicates/hardening.json). The report must have digests. */
void inspect_statement_body(const struct inspect_report *r, struct jw *w);

#endif
