/* SPDX-License-Identifier: Apache-2.0
 *
 * The model of an SBOM: what SPDX 2.x, SPDX 3 and CycloneDX have in common, by name, and the rest verbatim.
 *
 * Invariant: nothing a reader understands is lost, and what it does not understand stays with its object as `extra`
 * (member name and JSON text), to be written again in the same family of formats.
 * Every str is absent (p == NULL) when the document does not state it.
 */
#ifndef AKASHI_SBOM_SBOM_H
#define AKASHI_SBOM_SBOM_H

#include "base/json.h"

enum sbom_format { SBOM_NONE, SBOM_CYCLONEDX, SBOM_SPDX2, SBOM_SPDX3 };
enum sbom_notation { NOTE_JSON, NOTE_XML, NOTE_TAGVALUE, NOTE_YAML, NOTE_RDF };

struct sbom_form {
    enum sbom_format format;
    enum sbom_notation notation;
    str version; /* "1.6", "2.3", "3.0.1" */
};

struct sbom_extra {
    str key, json;
    struct jv val; /* the value itself where the document's tree is at hand; json is absent then */
};
VEC_NAMED(sbom_extras, struct sbom_extra);

struct sbom_hash {
    str alg; /* "SHA-256", "SHA-1", "MD5", "BLAKE2b-256", … (CycloneDX spelling) */
    str hex; /* lower case */
};
VEC_NAMED(sbom_hashes, struct sbom_hash);

struct sbom_person {
    str name, email, phone, ref;
};
struct sbom_org {
    str name, email, ref;
    VEC(str) urls;
    VEC(struct sbom_person) contacts;
    bool is_person; /* SPDX "Person: " */
    struct sbom_extras extras;
};

enum sbom_licence_kind { LICENCE_DECLARED, LICENCE_CONCLUDED, LICENCE_SEEN /* in files */ };
struct sbom_licence {
    enum sbom_licence_kind kind;
    bool acknowledged; /* CycloneDX 1.6 states the kind */
    str expression;    /* SPDX id or expression; NONE and NOASSERTION are absent */
    str name;          /* when it is not an SPDX one */
    str text, text_type, text_encoding, url, ref;
    struct sbom_extras extras;
};
VEC_NAMED(sbom_licences, struct sbom_licence);
VEC_NAMED(sbom_strs, str);
struct sbom_external { /* externalReferences, externalRefs that are no identity */
    str type, url, comment, category;
    struct sbom_hashes hashes;
    struct sbom_extras extras;
};
struct sbom_property {
    str name, value;
};

/* Where a component was found (collect/), or CycloneDX evidence.occurrences. */
struct sbom_place {
    str path;      /* from the root of what was scanned; '!' between an archive and its member */
    uint32_t line; /* 0 = unknown */
    str layer;     /* digest of the image layer; absent elsewhere */
    str detector;
};

enum sbom_type {
    TYPE_UNKNOWN,
    TYPE_APPLICATION,
    TYPE_FRAMEWORK,
    TYPE_LIBRARY,
    TYPE_CONTAINER,
    TYPE_PLATFORM,
    TYPE_OS,
    TYPE_DEVICE,
    TYPE_DEVICE_DRIVER,
    TYPE_FIRMWARE,
    TYPE_FILE,
    TYPE_MODEL,
    TYPE_DATA,
    TYPE_CRYPTO,
    TYPE_SOURCE,
    TYPE_ARCHIVE,
    TYPE_INSTALL,
    TYPE_OTHER,
    TYPE_SERVICE
};
enum sbom_scope { SCOPE_UNKNOWN, SCOPE_REQUIRED /* runtime */, SCOPE_OPTIONAL, SCOPE_EXCLUDED, SCOPE_DEV };
enum sbom_direct { DIRECT_UNKNOWN, DIRECT_YES, DIRECT_TRANSITIVE };

struct sbom_component {
    str ref; /* bom-ref, SPDXID or spdxId; unique in the document; absent when the document gives none */
    enum sbom_type type;
    str type_text; /* as written, when it says more than type */
    str group, name, version;
    str purl; /* as written */
    VEC(str) more_purls;
    VEC(str) cpes;
    str swid;           /* tag id */
    VEC(str) other_ids; /* swhid:, gitoid:, … */
    struct sbom_hashes hashes;
    struct sbom_org *supplier, *producer /* manufacturer, originator */;
    VEC(struct sbom_person) authors;
    str publisher, description, copyright, file_name, source_info, comment, summary, homepage, download;
    str released, built, valid_until; /* RFC 3339 */
    struct sbom_licences licences;
    VEC(struct sbom_external) externals;
    VEC(struct sbom_property) properties;
    VEC(struct sbom_place) places;
    enum sbom_scope scope;
    enum sbom_direct direct;
    uint32_t parent;  /* index of the component this one stands inside, or SBOM_NO */
    bool is_root;     /* metadata.component, or DESCRIBES */
    bool in_metadata; /* CycloneDX metadata.component: not among components when counted */
    bool modified;
    struct sbom_extras extras;
    struct jv origin; /* the object it was read from (of the family of sbom.form); absent for components made by us.
                       * A writer of that family takes from it what the model cannot tell; fields changed since win.
                       * Who moves a component into an sbom of another family clears it. */
};

struct sbom_file { /* SPDX files; CycloneDX has them as components of type file */
    str ref, path, comment, copyright, notice;
    struct sbom_hashes hashes;
    struct sbom_strs types;
    struct sbom_licences licences;
    struct sbom_extras extras;
    struct jv origin;
};

#define SBOM_NO UINT32_MAX

/* type is the SPDX 2.3 name: DEPENDS_ON, CONTAINS, DESCRIBES, DEV_DEPENDENCY_OF, … CycloneDX dependsOn = DEPENDS_ON,
 * provides = PROVIDES. from and to are refs as written. */
struct sbom_relation {
    str from, to, type, comment;
    uint32_t from_at, to_at; /* index into components, or SBOM_NO */
    bool implied;            /* said in shorthand only: SPDX 2 hasFiles, documentDescribes */
    struct sbom_extras extras;
};

/* Vulnerabilities told by the document itself (CycloneDX vulnerabilities). */
struct sbom_affected {
    str version, range, status;
};
struct sbom_affect {
    str ref; /* of a component here, or a BOM-Link */
    VEC(struct sbom_affected) versions;
};
struct sbom_rating {
    str source, severity, method, vector;
    double score; /* < 0 when not stated */
};
struct sbom_vuln {
    str ref, id, source_name, source_url, description, detail, recommendation, workaround, created, published, updated;
    VEC(struct sbom_rating) ratings;
    VEC(str) aliases; /* references[].id */
    VEC(int64_t) cwes;
    str state, justification, analysis_detail; /* CycloneDX words: exploitable, not_affected, … */
    VEC(str) responses;
    VEC(struct sbom_affect) affects;
    struct jv origin;
};

struct sbom_tool {
    str vendor, name, version;
    struct sbom_hashes hashes;
    struct sbom_extras extras;
};
struct sbom_licence_text {
    str id, text, name, comment;
    struct sbom_strs urls;
    struct sbom_extras extras;
};

struct sbom {
    struct sbom_form form;
    str id;          /* serialNumber or documentNamespace */
    str doc_version; /* CycloneDX version */
    str name, created, comment, data_licence, lifecycle;
    VEC(struct sbom_org) authors;
    VEC(struct sbom_tool) tools;
    struct sbom_org *supplier, *manufacturer;
    VEC(struct sbom_component) components; /* metadata.component too (in_metadata) */
    VEC(struct sbom_file) files;
    VEC(struct sbom_relation) relations;
    VEC(struct sbom_vuln) vulns;
    VEC(struct sbom_property) properties;
    VEC(struct sbom_licence_text) licence_texts; /* hasExtractedLicensingInfos */
    uint32_t root;                               /* the main component, or SBOM_NO */
    struct sbom_extras extras;                   /* members of the document */
    struct sbom_extras metadata_extras;
    struct json source; /* tree the document was read from (XML, tag-value … already turned into the family's JSON) */
    struct arena *arena;
};

/* What is wrong with a document, with its place. */
struct sbom_problem {
    bool error; /* false = advice */
    str where, what;
};
VEC_NAMED(sbom_problems, struct sbom_problem);

enum sbom_read_flags {
    SBOM_LENIENT = 0,  /* take what can be understood; structural nonsense still fails */
    SBOM_VALIDATE = 1, /* check every rule of the format; problems tell */
};

/* Detects the format from content, undoes compression and UTF-16, reads. Fails (ERR_INPUT) when it is no SBOM in a
 * format we know or its notation is broken. With SBOM_VALIDATE, a readable but invalid document succeeds and
 * *problems has errors. problems may be NULL. */
MUST_USE bool sbom_read(struct ctx *c, struct arena *a, str bytes, str where, unsigned flags, struct sbom **out,
                        struct sbom_problems *problems, struct err *e);
/* Which format this text is in; SBOM_NONE when none. Cheap: looks at the beginning. */
struct sbom_form sbom_detect(str text);

/* Writes in any form we write; what the target cannot hold is told in *losses (may be NULL), never dropped silently. */
MUST_USE bool sbom_write(struct ctx *c, const struct sbom *s, struct sbom_form form, bool pretty, struct buf *out,
                         struct sbom_problems *losses, struct err *e);
/* "cyclonedx-json@1.6", "spdx-tagvalue", "cdx", "spdx3" … */
MUST_USE bool sbom_form_parse(str text, struct sbom_form *out, struct err *e);
str sbom_form_name(struct arena *a, struct sbom_form form);

struct sbom *sbom_new(struct arena *a);
struct sbom_component *sbom_add(struct sbom *s); /* type, parent, … preset */
struct sbom_relation *sbom_relate(struct sbom *s, str from, str to, const char *type);
void sbom_link(struct sbom *s); /* fills from_at / to_at / root */
/* How many components it lists: without metadata.component and without services. */
uint32_t sbom_count(const struct sbom *s);
/* The best identity of a component: its purl, else name@version. */
str sbom_identity(struct arena *a, const struct sbom_component *component);

#endif
