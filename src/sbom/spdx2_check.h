/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of SPDX 2.2 and 2.3 over the JSON tree: shapes as tables (which members an object has, of what kind, which
 * are required), and the rules that go across objects.
 *
 * Invariant: the number of places that are worked out is bounded, whatever the document holds.
 */
#ifndef AKASHI_SBOM_SPDX2_CHECK_H
#define AKASHI_SBOM_SPDX2_CHECK_H

#include "sbom/spdx2.h"

struct spdx2_check {
    struct sbom_reading *r;
    struct arena *a;
    struct jv root;
    bool v22;
    struct map ids;       /* SPDXIDs of the document, its packages, files and snippets */
    struct map licences;  /* LicenseRefs of the document */
    struct map documents; /* DocumentRefs */
    struct map good;      /* licence expressions that were found to be fine */
};

enum spdx2_kind { KIND_TEXT, KIND_BOOL, KIND_INT, KIND_TEXTS, KIND_OBJECT, KIND_OBJECTS };
enum {
    NEED_22 = 1,
    NEED_23 = 2,
    NEED = 3,
    SINCE_23 = 4,
    SOME_22 = 8, /* an array with at least one member */
    SOME_23 = 16,
    SOME = 24,
};

struct spdx2_shape;
struct spdx2_field {
    const char *key;
    enum spdx2_kind kind;
    unsigned flags;
    /* A text's own rule (each text of an array). */
    void (*rule)(struct spdx2_check *c, struct jv v);
    const struct spdx2_shape *shape;
};
struct spdx2_shape {
    const struct spdx2_field *fields;
    size_t n;
    /* A rule between members, after the members themselves. */
    void (*rule)(struct spdx2_check *c, struct jv object);
};
extern const struct spdx2_shape spdx2_document_shape;

/* Notes an error, or advice, at v. */
void spdx2_bad(struct spdx2_check *c, struct jv v, const char *what, ...) PRINTF_LIKE(3, 4);
void spdx2_odd(struct spdx2_check *c, struct jv v, const char *what, ...) PRINTF_LIKE(3, 4);

/* Rules of texts (spdx2_rules.c). */
void spdx2_rule_version(struct spdx2_check *c, struct jv v);
void spdx2_rule_data_licence(struct spdx2_check *c, struct jv v);
void spdx2_rule_document_id(struct spdx2_check *c, struct jv v);
void spdx2_rule_id(struct spdx2_check *c, struct jv v);
void spdx2_rule_id_used(struct spdx2_check *c, struct jv v);
void spdx2_rule_namespace(struct spdx2_check *c, struct jv v);
void spdx2_rule_location(struct spdx2_check *c, struct jv v);
void spdx2_rule_date(struct spdx2_check *c, struct jv v);
void spdx2_rule_creator(struct spdx2_check *c, struct jv v);
void spdx2_rule_party(struct spdx2_check *c, struct jv v);
void spdx2_rule_licence(struct spdx2_check *c, struct jv v);
void spdx2_rule_list_version(struct spdx2_check *c, struct jv v);
void spdx2_rule_filled(struct spdx2_check *c, struct jv v);
void spdx2_rule_document_ref(struct spdx2_check *c, struct jv v);
void spdx2_rule_licence_ref(struct spdx2_check *c, struct jv v);
void spdx2_rule_verification(struct spdx2_check *c, struct jv v);
void spdx2_rule_relation_type(struct spdx2_check *c, struct jv v);
void spdx2_rule_from(struct spdx2_check *c, struct jv v);
void spdx2_rule_to(struct spdx2_check *c, struct jv v);
void spdx2_rule_purpose(struct spdx2_check *c, struct jv v);
void spdx2_rule_annotation_type(struct spdx2_check *c, struct jv v);
void spdx2_rule_file_type(struct spdx2_check *c, struct jv v);
void spdx2_rule_category(struct spdx2_check *c, struct jv v);
void spdx2_rule_algorithm(struct spdx2_check *c, struct jv v);
/* Rules between members. */
void spdx2_rule_checksum(struct spdx2_check *c, struct jv object);
void spdx2_rule_reference(struct spdx2_check *c, struct jv object);
void spdx2_rule_package(struct spdx2_check *c, struct jv object);
void spdx2_rule_file(struct spdx2_check *c, struct jv object);
void spdx2_rule_ranges(struct spdx2_check *c, struct jv object);
void spdx2_rule_document(struct spdx2_check *c, struct jv object);

#endif
