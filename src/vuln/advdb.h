/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the database file: the schema, and the writer that merges compiled records into a private copy of it.
 *
 *   document   one row for each published document: what it was (hash), which rows it left its marks in
 *   advisory   dense number → id, kind, flaw            brief, detail   its texts, read when somebody asks
 *   name       id or other name → advisory numbers      package         place_key → entries (entry.h)
 *   kev, epss  by CVE                                   source, ecosystem   what is in it, from when
 *   generation number of an import → digest             changed         kind, key → import that last changed it
 *
 * The result does not depend on the order of imports: of two versions of one document the one modified later stays
 * (its hash decides a tie), and a withdrawn one leaves its document row behind so that an older text cannot return.
 */
#ifndef AKASHI_VULN_ADVDB_H
#define AKASHI_VULN_ADVDB_H

#include "store/db.h"
#include "vuln/compile.h"

enum { ADVDB_FORMAT = 1, ADVDB_APPLICATION = 0x416B5631 /* "AkV1" */ };

struct advdb_writer;
/* Opens the copy at path (an empty file becomes a new database). */
MUST_USE bool advdb_writer_open(struct ctx *c, str path, struct advdb_writer **out, struct err *e);
void advdb_writer_close(struct advdb_writer *w); /* accepts NULL; what was not finished is not there */
/* Whether a text with this hash is in the database as it was when the writer opened; remembers that it was seen.
 * Thread-safe, also during a merge. */
bool advdb_writer_knows(struct advdb_writer *w, const unsigned char hash[HASH_SIZE]);
/* Merges all records of these compilers. */
MUST_USE bool advdb_writer_merge(struct advdb_writer *w, struct compiler *const *v, uint32_t n,
                                 struct import_result *counts, struct err *e);
/* Joins aliases, sums up sources, computes the digest, closes the transaction. */
MUST_USE bool advdb_writer_finish(struct advdb_writer *w, struct err *e);

/* advdb_merge.c: changes of package rows, applied sorted. */
struct package_op {
    int64_t key;
    uint32_t advisory;
    bool add; /* false: every entry of the advisory in this row goes */
    str ecosystem, name, entry;
};
MUST_USE bool advdb_merge_packages(struct db *db, struct arena *a, struct package_op *v, uint32_t n, struct err *e);
/* advdb_flaw.c: one flaw for all advisories that share a name. *joined: advisories that now belong to another flaw than
 * before. */
VEC_NAMED(joined, uint32_t);
MUST_USE bool advdb_join_flaws(struct db *db, struct arena *a, uint64_t *flaws, struct joined *joined, struct err *e);

/* Kinds of rows in table changed: key is a place_key, the number of an advisory, 0, 0. Numbers are stored. */
enum advdb_changed { CHANGED_PLACE = 1, CHANGED_ADVISORY, CHANGED_KEV, CHANGED_EPSS };

MUST_USE bool advdb_number(struct db *db, const char *key, int64_t *out, struct err *e); /* of table meta; 0 if none */

#endif
