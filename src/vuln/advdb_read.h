/* SPDX-License-Identifier: Apache-2.0
 *
 * The reader's side of the database: the file mapped once, a connection for each matcher, and the matcher's memory.
 */
#ifndef AKASHI_VULN_ADVDB_READ_H
#define AKASHI_VULN_ADVDB_READ_H

#include "store/db.h"
#include "vuln/document.h"

struct advdb {
    struct arena *a; /* holds the map: the file stays readable although another takes its name */
    str text, where;
};
MUST_USE bool advdb_connect(struct ctx *c, const struct advdb *db, struct db **out, struct err *e);

struct slot {
    uint64_t hash;
    str key;
    struct found *found; /* NULL: empty */
};
struct advisory_name {
    uint32_t no, flaw;
    str id; /* absent: empty */
};
struct matcher {
    struct ctx *c;
    struct db *db;
    const struct advdb *advdb;
    struct arena *memory;  /* of answers and names; emptied when it grows beyond MEMORY_MOST */
    struct arena *scratch; /* of one question */
    struct slot *slots;
    uint32_t n_slots, slot_mask;
    struct advisory_name *names;
    uint32_t n_names, name_mask;
    struct arena *lasting; /* ecosystems, the document's distribution */
    struct map ecosystems; /* canonical name → "" when there are data */
    str distro;
    bool cpe_data; /* the database knows CPE names at all */
    struct buf key;
};

#endif
