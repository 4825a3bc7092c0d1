/* SPDX-License-Identifier: Apache-2.0
 *
 * What one advisory says about one package, packed:
 *
 *     flags u8 | lo u64 | hi u64 | [qualifiers] | ranges | versions
 *     qualifiers  count, then (kind u8, text)            only with ENTRY_QUALS
 *     ranges      count, then (semver u8, events: count, then (kind u8, version))
 *     versions    count, then (key u64, version)         those no range covers already
 *
 * lo and hi bound the coarse keys a version can have that any range affects: a version whose key lies outside needs no
 * exact comparison. A package's blob is a sequence of groups, one for each ecosystem and name that share the row:
 *
 *     ecosystem text | name text | length | entries: (advisory number, length, entry)…
 */
#ifndef AKASHI_VULN_ENTRY_H
#define AKASHI_VULN_ENTRY_H

#include "vuln/document.h"
#include "vuln/pack.h"

enum entry_flags {
    ENTRY_QUALS = 1,
    ENTRY_FIX = 2 | 4, /* enum fix_state << 1 */
    ENTRY_LOW = 8,     /* by CPE: enum confidence */
    ENTRY_NOT = 16,    /* clears instead of accusing */
    ENTRY_EVERY = 32,
    ENTRY_LISTED = 64, /* has versions: the keys' bounds do not settle it */
};

/* The order of versions of an ecosystem, canonical or as published; NULL when there is none. */
const struct ecosystem *entry_order(str ecosystem);
/* Appends the entry; eco is that order. False when it can never match (no range that can be evaluated, no versions). */
bool entry_pack(struct arena *a, struct buf *out, const struct doc_affect *affect, const struct ecosystem *eco);

struct entry_match {
    str fixed; /* smallest fixed version above; absent */
    enum fix_state fix;
    enum confidence confidence;
    bool clears;
};
/* What is known of the component whose versions are asked for. */
struct entry_ask {
    const struct ecosystem *eco; /* NULL: only listed versions count */
    str version;
    uint64_t key;            /* coarse key of version; 0 = none */
    const struct purl *purl; /* for qualifiers; may be NULL */
    const struct cpe *cpe;   /* for CPE qualifiers; may be NULL */
    str system;              /* distribution it runs on, "debian-12"; absent when that is not known */
    struct arena *arena;
};
void entry_ask_set(struct entry_ask *ask, str ecosystem, str version);
/* Whether the packed entry speaks of this version. A damaged entry matches nothing. */
bool entry_match(const struct entry_ask *ask, str entry, struct entry_match *out);

/* Groups of a package's blob. */
struct group {
    str ecosystem, name, entries;
};
bool group_next(struct rd *r, struct group *out);
struct entry_of {
    uint32_t advisory;
    str entry;
};
bool entry_next(struct rd *r, struct entry_of *out);

#endif
