/* SPDX-License-Identifier: Apache-2.0
 *
 * The objects of SPDX 2.2 and 2.3 as tables (SPDX 2.3 clauses 6 to 13 and its JSON form).
 */
#include "sbom/spdx2_check.h"

#define TEXT(key, flags, rule)                                                                                         \
    { key, KIND_TEXT, flags, rule, NULL }
#define TEXTS(key, flags, rule)                                                                                        \
    { key, KIND_TEXTS, flags, rule, NULL }
#define OBJECT(key, flags, shape)                                                                                      \
    { key, KIND_OBJECT, flags, NULL, shape }
#define OBJECTS(key, flags, shape)                                                                                     \
    { key, KIND_OBJECTS, flags, NULL, shape }
#define SHAPE(name, fields, rule)                                                                                      \
    static const struct spdx2_shape name = {fields, sizeof(fields) / sizeof *(fields), rule}

static const struct spdx2_field checksum_fields[] = {
    TEXT("algorithm", NEED, spdx2_rule_algorithm),
    TEXT("checksumValue", NEED, NULL),
};
SHAPE(checksum, checksum_fields, spdx2_rule_checksum);

static const struct spdx2_field annotation_fields[] = {
    TEXT("annotationDate", NEED, spdx2_rule_date),
    TEXT("annotationType", NEED, spdx2_rule_annotation_type),
    TEXT("annotator", NEED, spdx2_rule_creator),
    TEXT("comment", NEED, NULL),
};
SHAPE(annotation, annotation_fields, NULL);

static const struct spdx2_field creation_fields[] = {
    TEXT("comment", 0, NULL),
    TEXT("created", NEED, spdx2_rule_date),
    TEXTS("creators", NEED | SOME, spdx2_rule_creator),
    TEXT("licenseListVersion", 0, spdx2_rule_list_version),
};
SHAPE(creation, creation_fields, NULL);

static const struct spdx2_field document_ref_fields[] = {
    OBJECT("checksum", NEED, &checksum),
    TEXT("externalDocumentId", NEED, spdx2_rule_document_ref),
    TEXT("spdxDocument", NEED, spdx2_rule_location),
};
SHAPE(document_ref, document_ref_fields, NULL);

static const struct spdx2_field cross_fields[] = {
    {"isLive", KIND_BOOL, 0, NULL, NULL},
    {"isValid", KIND_BOOL, 0, NULL, NULL},
    {"isWayBackLink", KIND_BOOL, 0, NULL, NULL},
    TEXT("match", 0, NULL),
    {"order", KIND_INT, 0, NULL, NULL},
    TEXT("timestamp", 0, NULL),
    TEXT("url", NEED, NULL),
};
SHAPE(cross, cross_fields, NULL);

static const struct spdx2_field licence_fields[] = {
    TEXT("comment", 0, NULL),
    OBJECTS("crossRefs", 0, &cross),
    TEXT("extractedText", NEED, NULL),
    TEXT("licenseId", NEED, spdx2_rule_licence_ref),
    TEXT("name", 0, NULL),
    TEXTS("seeAlsos", 0, NULL),
};
SHAPE(licence, licence_fields, NULL);

static const struct spdx2_field review_fields[] = {
    TEXT("comment", 0, NULL),
    TEXT("reviewDate", NEED, spdx2_rule_date),
    TEXT("reviewer", 0, spdx2_rule_creator),
};
SHAPE(review, review_fields, NULL);

static const struct spdx2_field reference_fields[] = {
    TEXT("comment", 0, NULL),
    TEXT("referenceCategory", NEED, spdx2_rule_category),
    TEXT("referenceLocator", NEED, spdx2_rule_filled),
    TEXT("referenceType", NEED, spdx2_rule_filled),
};
SHAPE(reference, reference_fields, spdx2_rule_reference);

static const struct spdx2_field verification_fields[] = {
    TEXTS("packageVerificationCodeExcludedFiles", 0, NULL),
    TEXT("packageVerificationCodeValue", NEED, spdx2_rule_verification),
};
SHAPE(verification, verification_fields, NULL);

static const struct spdx2_field package_fields[] = {
    TEXT("SPDXID", NEED, spdx2_rule_id),
    OBJECTS("annotations", 0, &annotation),
    TEXTS("attributionTexts", 0, NULL),
    TEXT("builtDate", SINCE_23, spdx2_rule_date),
    OBJECTS("checksums", 0, &checksum),
    TEXT("comment", 0, NULL),
    TEXT("copyrightText", NEED_22, NULL),
    TEXT("description", 0, NULL),
    TEXT("downloadLocation", NEED, spdx2_rule_location),
    OBJECTS("externalRefs", 0, &reference),
    {"filesAnalyzed", KIND_BOOL, 0, NULL, NULL},
    TEXTS("hasFiles", 0, spdx2_rule_id_used),
    TEXT("homepage", 0, spdx2_rule_location),
    TEXT("licenseComments", 0, NULL),
    TEXT("licenseConcluded", NEED_22, spdx2_rule_licence),
    TEXT("licenseDeclared", NEED_22, spdx2_rule_licence),
    TEXTS("licenseInfoFromFiles", 0, spdx2_rule_licence),
    TEXT("name", NEED, spdx2_rule_filled),
    TEXT("originator", 0, spdx2_rule_party),
    TEXT("packageFileName", 0, NULL),
    OBJECT("packageVerificationCode", 0, &verification),
    TEXT("primaryPackagePurpose", SINCE_23, spdx2_rule_purpose),
    TEXT("releaseDate", SINCE_23, spdx2_rule_date),
    TEXT("sourceInfo", 0, NULL),
    TEXT("summary", 0, NULL),
    TEXT("supplier", 0, spdx2_rule_party),
    TEXT("validUntilDate", SINCE_23, spdx2_rule_date),
    TEXT("versionInfo", 0, NULL),
};
SHAPE(package, package_fields, spdx2_rule_package);

static const struct spdx2_field artifact_fields[] = {
    TEXT("name", 0, NULL),
    TEXT("homePage", 0, NULL),
    TEXT("projectUri", 0, NULL),
};
SHAPE(artifact, artifact_fields, NULL);

static const struct spdx2_field file_fields[] = {
    TEXT("SPDXID", NEED, spdx2_rule_id),
    OBJECTS("annotations", 0, &annotation),
    OBJECTS("artifactOfs", 0, &artifact),
    TEXTS("attributionTexts", 0, NULL),
    OBJECTS("checksums", NEED | SOME, &checksum),
    TEXT("comment", 0, NULL),
    TEXT("copyrightText", NEED_22, NULL),
    TEXTS("fileContributors", 0, NULL),
    TEXTS("fileDependencies", 0, NULL),
    TEXT("fileName", NEED, spdx2_rule_filled),
    TEXTS("fileTypes", 0, spdx2_rule_file_type),
    TEXT("licenseComments", 0, NULL),
    TEXT("licenseConcluded", NEED_22, spdx2_rule_licence),
    TEXTS("licenseInfoInFiles", NEED_22 | SOME_22, spdx2_rule_licence),
    TEXT("noticeText", 0, NULL),
};
SHAPE(file, file_fields, spdx2_rule_file);

static const struct spdx2_field pointer_fields[] = {
    {"lineNumber", KIND_INT, 0, NULL, NULL},
    {"offset", KIND_INT, 0, NULL, NULL},
    TEXT("reference", NEED, spdx2_rule_id_used),
};
SHAPE(pointer, pointer_fields, NULL);

static const struct spdx2_field range_fields[] = {
    OBJECT("endPointer", NEED, &pointer),
    OBJECT("startPointer", NEED, &pointer),
};
SHAPE(range, range_fields, NULL);

static const struct spdx2_field snippet_fields[] = {
    TEXT("SPDXID", NEED, spdx2_rule_id),
    OBJECTS("annotations", 0, &annotation),
    TEXTS("attributionTexts", 0, NULL),
    TEXT("comment", 0, NULL),
    TEXT("copyrightText", NEED_22, NULL),
    TEXT("licenseComments", 0, NULL),
    TEXT("licenseConcluded", NEED_22, spdx2_rule_licence),
    TEXTS("licenseInfoInSnippets", 0, spdx2_rule_licence),
    TEXT("name", 0, NULL),
    OBJECTS("ranges", NEED | SOME, &range),
    TEXT("snippetFromFile", NEED, spdx2_rule_id_used),
};
SHAPE(snippet, snippet_fields, spdx2_rule_ranges);

static const struct spdx2_field relation_fields[] = {
    TEXT("comment", 0, NULL),
    TEXT("relatedSpdxElement", NEED, spdx2_rule_to),
    TEXT("relationshipType", NEED, spdx2_rule_relation_type),
    TEXT("spdxElementId", NEED, spdx2_rule_from),
};
SHAPE(relation, relation_fields, NULL);

static const struct spdx2_field document_fields[] = {
    TEXT("$schema", 0, NULL),
    TEXT("SPDXID", NEED, spdx2_rule_document_id),
    OBJECTS("annotations", 0, &annotation),
    TEXT("comment", 0, NULL),
    OBJECT("creationInfo", NEED, &creation),
    TEXT("dataLicense", NEED, spdx2_rule_data_licence),
    TEXTS("documentDescribes", 0, spdx2_rule_id_used),
    TEXT("documentNamespace", NEED, spdx2_rule_namespace),
    OBJECTS("externalDocumentRefs", 0, &document_ref),
    OBJECTS("files", 0, &file),
    OBJECTS("hasExtractedLicensingInfos", 0, &licence),
    TEXT("name", NEED, spdx2_rule_filled),
    OBJECTS("packages", 0, &package),
    OBJECTS("relationships", 0, &relation),
    OBJECTS("revieweds", 0, &review),
    OBJECTS("snippets", 0, &snippet),
    TEXT("spdxVersion", NEED, spdx2_rule_version),
};
const struct spdx2_shape spdx2_document_shape = {document_fields, sizeof document_fields / sizeof *document_fields,
                                                 spdx2_rule_document};
