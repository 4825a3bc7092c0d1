/* SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX inside this room. Every notation is turned into the CycloneDX JSON tree first, so that one reader fills
 * the model; see cdx_schema.h for the facts of the format.
 */
#ifndef AKASHI_SBOM_CDX_H
#define AKASHI_SBOM_CDX_H

#include "sbom/codec.h"

struct cdx_in {
    struct arena *arena;
    struct sbom *sbom;
};

/* One member a reader understands: a text at an offset of the object, or a function. */
struct cdx_field {
    str name;
    size_t offset;
    void (*take)(struct cdx_in *in, void *object, struct jv v);
};
#define CDX_TEXT(name, type, member)                                                                                   \
    { S_INIT(name), offsetof(type, member), NULL }
#define CDX_TAKE(name, fn)                                                                                             \
    { S_INIT(name), 0, fn }
#define CDX_END                                                                                                        \
    { {NULL, 0}, 0, NULL }

/* Room for exactly as many as the array has, before the first is pushed: a document has many short lists. */
#define CDX_RESERVE(in, vec, array)                                                                                    \
    do {                                                                                                               \
        uint32_t reserve_n = (uint32_t)(j_len(array) < UINT32_MAX / 4 ? j_len(array) : 0);                             \
        if ((vec)->cap == 0 && reserve_n) {                                                                            \
            (vec)->v = arena_alloc_n((in)->arena, reserve_n, sizeof *(vec)->v);                                        \
            (vec)->cap = reserve_n;                                                                                    \
        }                                                                                                              \
    } while (0)

/* Members of v by the table (CDX_END last); what the table does not name goes to extras (may be NULL). */
void cdx_take_members(struct cdx_in *in, const struct cdx_field *fields, void *object, struct jv v,
                      struct sbom_extras *extras);
/* Text of a string; a number or boolean where a text belongs is taken as it was written. */
str cdx_text(struct cdx_in *in, struct jv v);

/* The tree into in->sbom, which is fresh. */
void cdx_read_document(struct cdx_in *in, struct jv root);
/* One component or service, without the ones nested in it. */
void cdx_read_component(struct cdx_in *in, struct jv v, struct sbom_component *out);
void cdx_read_service(struct cdx_in *in, struct jv v, struct sbom_component *out);
void cdx_read_vuln(struct cdx_in *in, struct jv v, struct sbom_vuln *out);
struct sbom_org *cdx_read_org(struct cdx_in *in, struct jv v);
void cdx_read_person(struct cdx_in *in, struct jv v, struct sbom_person *out);
void cdx_read_hashes(struct cdx_in *in, struct jv v, struct sbom_hashes *out);
void cdx_read_tool(struct cdx_in *in, struct jv v, struct sbom_tool *out);

/* Words of the format and of the model. */
enum sbom_type cdx_type(str word);
const char *cdx_type_word(enum sbom_type type); /* the nearest of CycloneDX's for any type */
/* Version of the format a word of component.type came with: 0…7. */
unsigned cdx_type_since(enum sbom_type type);

#endif
