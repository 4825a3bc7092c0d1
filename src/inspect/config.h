/* SPDX-License-Identifier: Apache-2.0
 *
 * A configuration file as keys with values and places, in contexts that lie in each other (a Match block, a server, a
 * stage). What a key means is said by rules (config_rules.h), never here: a reader knows its notation, which keys
 * collect values, which are set once, and how one context inherits from another.
 *
 * Entries stand in the order of the text; what lies in a context and in the contexts inside it stands together.
 */
#ifndef AKASHI_INSPECT_CONFIG_H
#define AKASHI_INSPECT_CONFIG_H

#include "inspect/inspect.h"

enum { CONFIG_ENTRIES = 2 << 20, CONFIG_CONTEXTS = 1 << 17, CONFIG_DEPTH = 64, CONFIG_PIECES = 512 };

struct config_entry {
    str key, value;
    str file; /* absent: the file itself; else what it includes, or a drop-in */
    uint32_t line, context;
    uint32_t next; /* index + 1 of the next entry with this key in this context */
};
struct config_context {
    const char *type; /* one of the kind's */
    uint32_t parent;  /* it inherits from; itself for the file (number 0) */
    uint32_t line;
    str file;
    uint32_t first, end; /* entries inside it, those of inner contexts too */
};

struct config;
struct config_kind {
    const char *name;            /* "sshd": the kind of its rules and inspections */
    const char *const *contexts; /* "file" first; NULL at the end */
    bool any_case;               /* keys without case */
    bool (*read)(struct config *c, str bytes, struct err *e);
};
extern const struct config_kind *const config_kinds[]; /* NULL at the end */
const struct config_kind *config_kind_find(str name);  /* or NULL */

struct config {
    struct ctx *ctx;
    struct arena *a;
    const struct config_kind *kind;
    str path;
    const struct found_file *found; /* NULL: nothing lies beside it */
    bool not_mine;                  /* set by a reader: it is a file of another kind after all, or a part of one */
    VEC(struct config_entry) entries;
    VEC(struct config_context) contexts;
    struct map index;  /* "context key" → first and last entry */
    struct map by_key; /* key → struct config_numbers *: its entries in all contexts, rising */
    str file;          /* of the entries being added */
    uint32_t n_pieces; /* included files so far */
    uint32_t of_inner; /* the context entries are added to */
};
VEC_NAMED(config_numbers, uint32_t);

/* Reads one file. False when it is no file of that kind or exceeds a bound. */
MUST_USE bool config_read(struct ctx *c, struct arena *a, const struct config_kind *kind, str path, str bytes,
                          const struct found_file *found, struct config *out, struct err *e);

/* ── for readers ── strings are kept, not copied */
MUST_USE bool config_add(struct config *c, str key, str value, uint32_t line, struct err *e);
/* Only when the key is not set in this context yet. */
MUST_USE bool config_add_first(struct config *c, str key, str value, uint32_t line, struct err *e);
/* Instead of what the key was set to in this context. */
MUST_USE bool config_add_last(struct config *c, str key, str value, uint32_t line, struct err *e);
/* As if the key had not been set in this context. */
void config_clear(struct config *c, str key);
/* A context inside the current one (or inside `parent`), which becomes the current one. */
MUST_USE bool config_enter(struct config *c, const char *type, uint32_t line, struct err *e);
MUST_USE bool config_enter_from(struct config *c, const char *type, uint32_t parent, uint32_t line, struct err *e);
/* Ends the current context; `back` is current again. */
void config_leave(struct config *c, uint32_t back);
MUST_USE bool config_bad(const struct config *c, uint32_t line, struct err *e, const char *what);
/* Files of the same tree that fit a pattern with wildcards in its last part, by name: "conf.d/+.conf" (+ for a star) is
 * looked for beside the file, a path from the root below what stands in front of `home` ("etc/ssh/") in the file's
 * path. */
struct config_piece {
    str path, bytes;
};
VEC_NAMED(config_pieces, struct config_piece);
MUST_USE bool config_beside(struct config *c, str pattern, const char *home, struct config_pieces *out, struct err *e);

/* ── for rules ── */
/* First entry (number + 1) with this key set in the context itself; 0 when there is none. */
uint32_t config_own(const struct config *c, uint32_t context, str key);
/* The same of the nearest context outwards. */
uint32_t config_nearest(const struct config *c, uint32_t context, str key);
/* Entries with this key in the context and all inside it: *n of them at the result, rising. */
const uint32_t *config_within(const struct config *c, uint32_t context, str key, uint32_t *n);
str config_key(const struct config *c, str key); /* as it is looked for: lower case when the kind has no case */

#endif
