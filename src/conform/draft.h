/* SPDX-License-Identifier: Apache-2.0
 *
 * A catalogue on its way in from another notation: filled piece by piece, then written as JSON of ours, which
 * catalogue_read() judges like any other. What a notation does not say stays absent.
 */
#ifndef AKASHI_CONFORM_DRAFT_H
#define AKASHI_CONFORM_DRAFT_H

#include "conform/catalogue.h"

struct draft_member { /* "key": JSON, as it stood in a notation that carried ours along */
    str key, json;
};
VEC_NAMED(draft_members, struct draft_member);
struct draft_group {
    str id, kind, parent; /* parent absent: at the top */
    struct label title, text;
    struct draft_members ours; /* when there are any, they are all there is but id and parent */
    int64_t order;             /* among all groups, when all say so; 0 unknown */
};
struct draft_practice {
    struct draft_members ours; /* when there are any, they are all there is but id and group */
    int64_t order;             /* among all practices, when all say so; 0 unknown */
    str id, group, origin;
    struct label title, text, protects, incident, start;
    unsigned binds, contract;
    int8_t targets[8]; /* by place in packages; -1: not part of it. draft_practice() sets them so */
    struct label levels[LEVELS];
    str evidence[LEVELS]; /* JSON, as in our own format */
    struct practice_effort effort;
    str command;
};
VEC_NAMED(draft_groups, struct draft_group);
VEC_NAMED(draft_practices, struct draft_practice);
struct draft {
    struct arena *a;
    str id, version, licence, status, unit; /* unit absent: the kind of group that most practices are under */
    struct label title, publisher, source, note;
    struct label levels[LEVELS];
    struct catalogue_packages packages;
    struct draft_groups groups;
    struct draft_practices practices;
    struct draft_members ours; /* of the head: when there are any, they are all there is of it but the id */
};
struct draft_practice *draft_practice(struct draft *d, str id, str group);
/* By place; made when it is new; -1 when there is no room for it. */
int draft_package(struct draft *d, str id, struct label title);
/* Practices without a group come under one that holds all; a missing unit and version are filled in. */
str draft_text(struct draft *d);

/* A text for both languages. */
static inline struct label label_both(str s) { return (struct label){s, s}; }
/* "Access Control (AC)" → "access-control-ac": what ids of ours may look like; at most 64, `otherwise` when nothing is
 * left. */
str slug_of(struct arena *a, str text, const char *otherwise);

#endif
