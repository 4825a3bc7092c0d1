/* SPDX-License-Identifier: Apache-2.0
 *
 * A tree that can still grow, with a line for each node: what the other notations of SPDX 2.x are gathered in before
 * they become the JSON tree.
 *
 * Invariant: an object never has one key twice. Keys are those of the format (a few dozen), so finding one is a walk.
 */
#ifndef AKASHI_SBOM_SPDX2_TREE_H
#define AKASHI_SBOM_SPDX2_TREE_H

#include "sbom/spdx2.h"

enum tn_kind { TN_OBJ, TN_ARR, TN_STR, TN_INT, TN_BOOL };
struct tn {
    enum tn_kind kind;
    uint32_t line;
    str key;  /* as a member of an object */
    str text; /* of TN_STR, TN_INT and TN_BOOL */
    struct tn *first, *last, *next;
};

struct tn *tn_new(struct arena *a, enum tn_kind kind, uint32_t line);
/* The member of that key, or NULL. obj may be NULL. */
struct tn *tn_get(const struct tn *obj, str key);
str tn_text(const struct tn *obj, const char *key); /* absent when not there */
/* Adds a member; the caller knows that the key is new. */
struct tn *tn_add(struct tn *obj, str key, struct tn *value);
struct tn *tn_push(struct tn *arr, struct tn *value);
/* The same for a text. */
struct tn *tn_add_text(struct arena *a, struct tn *obj, const char *key, str text, uint32_t line);
struct tn *tn_push_text(struct arena *a, struct tn *arr, str text, uint32_t line);
/* The array of that key, made when missing. */
struct tn *tn_list(struct arena *a, struct tn *obj, const char *key, uint32_t line);
/* The value as the format types it: filesAnalyzed and the like become booleans, offsets numbers, the rest text. */
struct tn *tn_scalar(struct arena *a, str key, str text, uint32_t line);

/* The JSON tree of it, with lines. */
MUST_USE bool tn_finish(struct sbom_reading *r, const struct tn *root, struct json *out, struct err *e);
/* The reverse: so that a tree from elsewhere can be retyped. */
struct tn *tn_of_json(struct arena *a, const struct json *doc, bool retype);

/* Notations, each into its tree. */
MUST_USE bool spdx2_tag_tree(struct sbom_reading *r, struct json *out, struct err *e);
MUST_USE bool spdx2_yaml_tree(struct sbom_reading *r, struct json *out, struct err *e);
MUST_USE bool spdx2_xml_tree(struct sbom_reading *r, struct json *out, struct err *e);
MUST_USE bool spdx2_rdf_tree(struct sbom_reading *r, struct json *out, struct err *e);

/* Something is odd in the notation and left out: an error of the document when it is validated, else a warning. */
void spdx2_complain(struct sbom_reading *r, uint32_t line, const char *what, ...) PRINTF_LIKE(3, 4);
str spdx2_line_place(struct sbom_reading *r, uint32_t line);

#endif
