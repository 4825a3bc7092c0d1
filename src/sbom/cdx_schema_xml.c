/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of CycloneDX XML, versions 1.0 to 1.7, as data: for each kind of element its attributes, its text or the
 * order of what stands inside, each with the versions that have it.
 */
#include "sbom/cdx_xml.h"

#define WORDS(...)                                                                                                     \
    (const struct cdx_words[]) {                                                                                       \
        __VA_ARGS__, { 0 }                                                                                             \
    }
#define PARTS(...)                                                                                                     \
    (const struct cdx_part[]) {                                                                                        \
        __VA_ARGS__, { 0 }                                                                                             \
    }
#define MEMBERS(...)                                                                                                   \
    (const struct cdx_member[]) {                                                                                      \
        __VA_ARGS__, { 0 }                                                                                             \
    }
#define PARTICLES(...)                                                                                                 \
    (const struct cdx_particle[]) {                                                                                    \
        __VA_ARGS__, { 0 }                                                                                             \
    }
#define SEQUENCE(v, from, to, ...)                                                                                     \
    { .kind = PARTICLE_SEQUENCE, .versions = (v), .min = (from), .max = (to), .parts = PARTICLES(__VA_ARGS__) }
#define CHOICE(v, from, to, ...)                                                                                       \
    { .kind = PARTICLE_CHOICE, .versions = (v), .min = (from), .max = (to), .parts = PARTICLES(__VA_ARGS__) }
/* An element with structure; kind NULL = anything inside. */
#define NODE(n, v, from, to, t)                                                                                        \
    { .kind = PARTICLE_ELEMENT, .versions = (v), .min = (from), .max = (to), .name = (n), .type = (t) }
/* An element that is only text. */
#define TEXT(n, v, from, to, r)                                                                                        \
    { .kind = PARTICLE_ELEMENT, .versions = (v), .min = (from), .max = (to), .name = (n), .text = (r) }
/* Elements of other namespaces. */
#define FOREIGN(v)                                                                                                     \
    { .kind = PARTICLE_FOREIGN, .versions = (v), .min = 0, .max = MANY }

static const struct cdx_xml component;
static const struct cdx_xml components;
static const struct cdx_xml dependency;
static const struct cdx_xml service;

static const struct cdx_rule integer = {.kind = CDX_INTEGER, .blanks = BLANKS_COLLAPSE};
static const struct cdx_rule urn_uuid_xml = {.kind = CDX_STRING, .pattern = PATTERN_URN_UUID_XML};
static const struct cdx_rule positive_integer_from_1 = {
    .kind = CDX_INTEGER, .blanks = BLANKS_COLLAPSE, .has_min = true, .min = 1};
static const struct cdx_rule date_time = {
    .kind = CDX_STRING, .blanks = BLANKS_COLLAPSE, .format = FORMAT_XML_DATE_TIME};
static const struct cdx_rule phase_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(5, 7), "design|pre-build|build|post-build|operations|discovery|decommission"})};
static const struct cdx_rule line = {.kind = CDX_STRING, .blanks = BLANKS_REPLACE};
static const struct cdx_rule text = {.kind = CDX_STRING};
static const struct cdx_xml metadata_lifecycles_lifecycle = {
    .content = PARTICLES(CHOICE(
        V(5, 7), 1, 1, SEQUENCE(V(5, 7), 1, 1, TEXT("phase", V(5, 7), 1, 1, &phase_word)),
        SEQUENCE(V(5, 7), 1, 1, TEXT("name", V(5, 7), 1, 1, &line), TEXT("description", V(5, 7), 0, 1, &text))))};
static const struct cdx_xml metadata_lifecycles = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("lifecycle", V(5, 7), 0, MANY, &metadata_lifecycles_lifecycle)))};
static const struct cdx_rule line_to_1024 = {.kind = CDX_STRING, .blanks = BLANKS_REPLACE, .max = 1024};
static const struct cdx_rule alg_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(0, 7), "MD5|SHA-1|SHA-256|SHA-384|SHA-512|SHA3-256|SHA3-512"},
                   {V(2, 7), "SHA3-384|BLAKE2b-256|BLAKE2b-384|BLAKE2b-512|BLAKE3"},
                   {V(7, 7), "Streebog-256|Streebog-512"})};
static const struct cdx_rule hash_2 = {.kind = CDX_STRING, .blanks = BLANKS_COLLAPSE, .pattern = PATTERN_HASH};
static const struct cdx_xml hash = {.attributes = MEMBERS({"alg", V(0, 7), V(0, 7), &alg_word}),
                                    .text = PARTS({V(0, 7), &hash_2})};
static const struct cdx_xml tool_type_hashes = {
    .content = PARTICLES(SEQUENCE(V(2, 7), 0, MANY, NODE("hash", V(2, 7), 1, 1, &hash)))};
static const struct cdx_rule type_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(1, 7), "vcs|issue-tracker|website|advisories|bom|mailing-list|social|chat|documentation|support|"
                  "distribution|license|build-meta|build-system|other"},
        {V(4, 7), "release-notes"},
        {V(5, 7), "distribution-intake|security-contact|model-card|log|configuration|evidence|formulation|attestation|"
                  "threat-model|adversary-model|risk-assessment|vulnerability-assertion|exploitability-statement|"
                  "pentest-report|static-analysis-report|dynamic-analysis-report|runtime-analysis-report|component-"
                  "analysis-report|maturity-report|certification-report|quality-metrics|codified-infrastructure|poam"},
        {V(6, 7), "source-distribution|electronic-signature|digital-signature|rfc-9116"},
        {V(7, 7), "patent|patent-family|patent-assertion|citation"})};
static const struct cdx_rule address = {.kind = CDX_STRING, .blanks = BLANKS_COLLAPSE};
static const struct cdx_rule bom_link = {.kind = CDX_STRING, .blanks = BLANKS_COLLAPSE, .pattern = PATTERN_BOM_LINK};
static const struct cdx_rule bom_link_element = {
    .kind = CDX_STRING, .blanks = BLANKS_COLLAPSE, .pattern = PATTERN_BOM_LINK_ELEMENT};
static const struct cdx_rule link = {
    .kind = CDX_ANY_OF, .parts = PARTS({V(0, 7), &address}, {V(0, 7), &bom_link}, {V(0, 7), &bom_link_element})};
static const struct cdx_xml external_reference_hashes = {
    .content = PARTICLES(SEQUENCE(V(3, 7), 0, MANY, NODE("hash", V(3, 7), 1, 1, &hash)))};
static const struct cdx_xml property = {.attributes = MEMBERS({"name", V(3, 7), V(3, 7), &text}),
                                        .text = PARTS({V(3, 7), &line})};
static const struct cdx_xml properties = {
    .any_attributes = V(3, 7),
    .other_attributes = V(3, 7),
    .content = PARTICLES(SEQUENCE(V(3, 7), 0, MANY, NODE("property", V(3, 7), 1, 1, &property), FOREIGN(V(3, 7))))};
static const struct cdx_xml external_reference = {
    .any_attributes = V(1, 7),
    .other_attributes = V(1, 7),
    .attributes = MEMBERS({"type", V(1, 7), V(1, 7), &type_word}),
    .content = PARTICLES(SEQUENCE(V(1, 7), 1, 1, TEXT("url", V(1, 4), 1, 1, &address),
                                  TEXT("url", V(5, 7), 1, 1, &link), TEXT("comment", V(1, 7), 0, 1, &text),
                                  NODE("hashes", V(3, 7), 0, 1, &external_reference_hashes),
                                  NODE("properties", V(7, 7), 0, 1, &properties)))};
static const struct cdx_xml external_references = {
    .content = PARTICLES(SEQUENCE(V(1, 7), 0, MANY, NODE("reference", V(1, 7), 1, 1, &external_reference)))};
static const struct cdx_xml tool = {
    .other_attributes = V(2, 7),
    .content = PARTICLES(SEQUENCE(V(2, 7), 0, 1, TEXT("vendor", V(2, 7), 0, 1, &line),
                                  TEXT("name", V(2, 7), 0, 1, &line), TEXT("version", V(2, 5), 0, 1, &line),
                                  TEXT("version", V(6, 7), 0, 1, &line_to_1024),
                                  NODE("hashes", V(2, 7), 0, 1, &tool_type_hashes),
                                  NODE("externalReferences", V(4, 7), 0, 1, &external_references), FOREIGN(V(2, 7))))};
static const struct cdx_rule type_word_2 = {
    .kind = CDX_STRING,
    .words = WORDS({V(0, 7), "application|framework|library|operating-system|device"}, {V(1, 7), "file"},
                   {V(2, 7), "container|firmware"}, {V(5, 7), "platform|device-driver|machine-learning-model|data"},
                   {V(6, 7), "cryptographic-asset"})};
static const struct cdx_rule mime = {.kind = CDX_STRING, .blanks = BLANKS_COLLAPSE, .pattern = PATTERN_MIME};
static const struct cdx_rule not_empty = {.kind = CDX_STRING, .min = 1};
static const struct cdx_rule yes_no = {.kind = CDX_BOOL, .blanks = BLANKS_COLLAPSE};
static const struct cdx_xml postal_address = {
    .attributes = MEMBERS({"bom-ref", V(6, 7), 0, &not_empty}),
    .content = PARTICLES(
        SEQUENCE(V(6, 7), 1, 1, TEXT("country", V(6, 7), 0, 1, &text), TEXT("region", V(6, 7), 0, 1, &text),
                 TEXT("locality", V(6, 7), 0, 1, &text), TEXT("postOfficeBoxNumber", V(6, 7), 0, 1, &text),
                 TEXT("postalCode", V(6, 7), 0, 1, &text), TEXT("streetAddress", V(6, 7), 0, 1, &text)))};
static const struct cdx_xml organizational_contact = {
    .other_attributes = V(2, 7),
    .attributes = MEMBERS({"bom-ref", V(5, 7), 0, &not_empty}),
    .content = PARTICLES(SEQUENCE(V(2, 7), 0, 1, TEXT("name", V(2, 7), 0, 1, &line),
                                  TEXT("email", V(2, 2), 0, MANY, &line), TEXT("email", V(3, 7), 0, 1, &line),
                                  TEXT("phone", V(2, 2), 0, MANY, &line), TEXT("phone", V(3, 7), 0, 1, &line),
                                  FOREIGN(V(2, 7))))};
static const struct cdx_xml organizational_entity = {
    .other_attributes = V(2, 7),
    .attributes = MEMBERS({"bom-ref", V(5, 7), 0, &not_empty}),
    .content = PARTICLES(SEQUENCE(V(2, 7), 0, 1, TEXT("name", V(2, 7), 0, 1, &line),
                                  NODE("address", V(6, 7), 0, 1, &postal_address),
                                  TEXT("url", V(2, 7), 0, MANY, &address),
                                  NODE("contact", V(2, 7), 0, MANY, &organizational_contact), FOREIGN(V(2, 7))))};
static const struct cdx_xml component_authors = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 0, MANY, NODE("author", V(6, 7), 1, 1, &organizational_contact)))};
static const struct cdx_rule not_empty_line_to_4096 = {
    .kind = CDX_STRING, .blanks = BLANKS_REPLACE, .min = 1, .max = 4096};
static const struct cdx_rule scope_word = {.kind = CDX_STRING,
                                           .words = WORDS({V(0, 7), "required|optional"}, {V(1, 7), "excluded"})};
static const struct cdx_xml component_hashes = {
    .content = PARTICLES(SEQUENCE(V(0, 7), 0, MANY, NODE("hash", V(0, 7), 1, 1, &hash)))};
static const struct cdx_rule licence_id = {.kind = CDX_LICENCE, .blanks = BLANKS_COLLAPSE};
static const struct cdx_xml component_licenses_license = {
    .content = PARTICLES(SEQUENCE(
        V(0, 0), 1, 1,
        CHOICE(V(0, 0), 1, 1, TEXT("id", V(0, 0), 0, MANY, &licence_id), TEXT("name", V(0, 0), 0, MANY, &line))))};
static const struct cdx_rule acknowledgement_word = {.kind = CDX_STRING,
                                                     .words = WORDS({V(6, 7), "declared|concluded"})};
static const struct cdx_rule encoding_word = {.kind = CDX_STRING, .words = WORDS({V(1, 1), "base64"})};
static const struct cdx_xml license_text = {
    .attributes = MEMBERS({"content-type", V(1, 1), 0, &line}, {"encoding", V(1, 1), 0, &encoding_word}),
    .text = PARTS({V(1, 1), &text})};
static const struct cdx_rule encoding_word_2 = {.kind = CDX_STRING, .words = WORDS({V(2, 7), "base64"})};
static const struct cdx_xml attached_text = {
    .attributes = MEMBERS({"content-type", V(2, 7), 0, &line}, {"encoding", V(2, 7), 0, &encoding_word_2}),
    .text = PARTS({V(2, 7), &text})};
static const struct cdx_xml license_type_licensing_alt_ids = {
    .content = PARTICLES(SEQUENCE(V(5, 6), 1, 1, TEXT("altId", V(5, 6), 0, MANY, &line)))};
static const struct cdx_xml license_type_licensing_licensor = {
    .content = PARTICLES(SEQUENCE(V(5, 6), 1, 1,
                                  CHOICE(V(5, 6), 1, 1, NODE("organization", V(5, 6), 0, 1, &organizational_entity),
                                         NODE("individual", V(5, 6), 0, 1, &organizational_contact))))};
static const struct cdx_xml license_type_licensing_licensee = {
    .content = PARTICLES(SEQUENCE(V(5, 6), 1, 1,
                                  CHOICE(V(5, 6), 1, 1, NODE("organization", V(5, 6), 0, 1, &organizational_entity),
                                         NODE("individual", V(5, 6), 0, 1, &organizational_contact))))};
static const struct cdx_xml license_type_licensing_purchaser = {
    .content = PARTICLES(SEQUENCE(V(5, 6), 1, 1,
                                  CHOICE(V(5, 6), 1, 1, NODE("organization", V(5, 6), 0, 1, &organizational_entity),
                                         NODE("individual", V(5, 6), 0, 1, &organizational_contact))))};
static const struct cdx_rule license_type_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(5, 6), "academic|appliance|client-access|concurrent-user|core-points|custom-metric|device|evaluation|named-"
                  "user|node-locked|oem|perpetual|processor-points|subscription|user|other"})};
static const struct cdx_xml license_type_licensing_license_types = {
    .content = PARTICLES(SEQUENCE(V(5, 6), 1, 1, TEXT("licenseType", V(5, 6), 0, MANY, &license_type_word)))};
static const struct cdx_xml license_type_licensing = {
    .content = PARTICLES(SEQUENCE(V(5, 6), 1, 1, NODE("altIds", V(5, 6), 0, 1, &license_type_licensing_alt_ids),
                                  NODE("licensor", V(5, 6), 0, 1, &license_type_licensing_licensor),
                                  NODE("licensee", V(5, 6), 0, 1, &license_type_licensing_licensee),
                                  NODE("purchaser", V(5, 6), 0, 1, &license_type_licensing_purchaser),
                                  TEXT("purchaseOrder", V(5, 6), 0, 1, &text),
                                  NODE("licenseTypes", V(5, 6), 0, 1, &license_type_licensing_license_types),
                                  TEXT("lastRenewal", V(5, 6), 0, 1, &date_time),
                                  TEXT("expiration", V(5, 6), 0, 1, &date_time), FOREIGN(V(5, 6))))};
static const struct cdx_xml licensing_type_alt_ids = {
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1, TEXT("altId", V(7, 7), 0, MANY, &line)))};
static const struct cdx_xml licensing_type_licensor = {
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1,
                                  CHOICE(V(7, 7), 1, 1, NODE("organization", V(7, 7), 0, 1, &organizational_entity),
                                         NODE("individual", V(7, 7), 0, 1, &organizational_contact))))};
static const struct cdx_xml licensing_type_licensee = {
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1,
                                  CHOICE(V(7, 7), 1, 1, NODE("organization", V(7, 7), 0, 1, &organizational_entity),
                                         NODE("individual", V(7, 7), 0, 1, &organizational_contact))))};
static const struct cdx_xml licensing_type_purchaser = {
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1,
                                  CHOICE(V(7, 7), 1, 1, NODE("organization", V(7, 7), 0, 1, &organizational_entity),
                                         NODE("individual", V(7, 7), 0, 1, &organizational_contact))))};
static const struct cdx_rule license_type_word_2 = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(7, 7), "academic|appliance|client-access|concurrent-user|core-points|custom-metric|device|evaluation|named-"
                  "user|node-locked|oem|perpetual|processor-points|subscription|user|other"})};
static const struct cdx_xml licensing_type_license_types = {
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1, TEXT("licenseType", V(7, 7), 0, MANY, &license_type_word_2)))};
static const struct cdx_xml licensing = {
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1, NODE("altIds", V(7, 7), 0, 1, &licensing_type_alt_ids),
                                  NODE("licensor", V(7, 7), 0, 1, &licensing_type_licensor),
                                  NODE("licensee", V(7, 7), 0, 1, &licensing_type_licensee),
                                  NODE("purchaser", V(7, 7), 0, 1, &licensing_type_purchaser),
                                  TEXT("purchaseOrder", V(7, 7), 0, 1, &text),
                                  NODE("licenseTypes", V(7, 7), 0, 1, &licensing_type_license_types),
                                  TEXT("lastRenewal", V(7, 7), 0, 1, &date_time),
                                  TEXT("expiration", V(7, 7), 0, 1, &date_time), FOREIGN(V(7, 7))))};
static const struct cdx_xml license = {
    .attributes = MEMBERS({"bom-ref", V(5, 7), 0, &not_empty}, {"acknowledgement", V(6, 7), 0, &acknowledgement_word}),
    .content = PARTICLES(
        SEQUENCE(V(1, 7), 1, 1,
                 CHOICE(V(1, 7), 1, 1, TEXT("id", V(1, 5), 0, 1, &licence_id), TEXT("id", V(6, 7), 1, 1, &licence_id),
                        TEXT("name", V(1, 5), 0, 1, &line), TEXT("name", V(6, 7), 1, 1, &line)),
                 NODE("text", V(1, 1), 0, 1, &license_text), NODE("text", V(2, 7), 0, 1, &attached_text),
                 TEXT("url", V(1, 7), 0, 1, &address), NODE("licensing", V(5, 6), 0, 1, &license_type_licensing),
                 NODE("licensing", V(7, 7), 0, 1, &licensing), NODE("properties", V(5, 7), 0, 1, &properties),
                 FOREIGN(V(1, 7))))};
static const struct cdx_xml component_licenses = {
    .content = PARTICLES(
        SEQUENCE(V(0, 0), 1, MANY, NODE("license", V(0, 0), 1, 1, &component_licenses_license)),
        CHOICE(V(1, 2), 1, 1, NODE("license", V(1, 2), 0, MANY, &license), TEXT("expression", V(1, 2), 0, 1, &line)))};
static const struct cdx_rule acknowledgement_word_2 = {.kind = CDX_STRING,
                                                       .words = WORDS({V(6, 6), "declared|concluded"})};
static const struct cdx_xml license_choice_type_expression = {
    .attributes = MEMBERS({"bom-ref", V(5, 6), 0, &not_empty},
                          {"acknowledgement", V(6, 6), 0, &acknowledgement_word_2}),
    .text = PARTS({V(5, 6), &line})};
static const struct cdx_rule acknowledgement_word_3 = {.kind = CDX_STRING,
                                                       .words = WORDS({V(7, 7), "declared|concluded"})};
static const struct cdx_xml license_expression = {
    .attributes = MEMBERS({"bom-ref", V(7, 7), 0, &not_empty},
                          {"acknowledgement", V(7, 7), 0, &acknowledgement_word_3}),
    .text = PARTS({V(7, 7), &line})};
static const struct cdx_xml license_expression_detailed_type_details = {
    .attributes = MEMBERS({"license-identifier", V(7, 7), V(7, 7), &line}, {"bom-ref", V(7, 7), 0, &not_empty}),
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1, NODE("text", V(7, 7), 0, 1, &attached_text),
                                  TEXT("url", V(7, 7), 0, 1, &address), FOREIGN(V(7, 7))))};
static const struct cdx_xml license_expression_detailed = {
    .attributes = MEMBERS({"bom-ref", V(7, 7), 0, &not_empty}, {"acknowledgement", V(7, 7), 0, &acknowledgement_word_3},
                          {"expression", V(7, 7), V(7, 7), &line}),
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1,
                                  NODE("details", V(7, 7), 0, MANY, &license_expression_detailed_type_details),
                                  NODE("licensing", V(7, 7), 0, 1, &licensing),
                                  NODE("properties", V(7, 7), 0, 1, &properties), FOREIGN(V(7, 7))))};
static const struct cdx_xml license_choice = {
    .content = PARTICLES(CHOICE(V(3, 6), 1, 1, NODE("license", V(3, 6), 0, MANY, &license),
                                TEXT("expression", V(3, 4), 0, 1, &line),
                                NODE("expression", V(5, 6), 0, 1, &license_choice_type_expression)),
                         CHOICE(V(7, 7), 0, MANY, NODE("license", V(7, 7), 1, 1, &license),
                                NODE("expression", V(7, 7), 1, 1, &license_expression),
                                NODE("expression-detailed", V(7, 7), 1, 1, &license_expression_detailed)))};
static const struct cdx_rule assertion_type_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(7, 7), "ownership|license|third-party-claim|standards-inclusion|prior-art|exclusive-rights|non-"
                             "assertion|research-or-evaluation"})};
static const struct cdx_xml patent_assertion_type_patent_refs = {
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1, TEXT("bom-ref", V(7, 7), 1, MANY, &text)))};
static const struct cdx_xml patent_assertion_type_asserter = {
    .content = PARTICLES(CHOICE(V(7, 7), 1, 1, NODE("organization", V(7, 7), 1, 1, &organizational_entity),
                                NODE("contact", V(7, 7), 1, 1, &organizational_contact),
                                TEXT("ref", V(7, 7), 1, 1, &not_empty)))};
static const struct cdx_xml patent_assertion = {
    .other_attributes = V(7, 7),
    .attributes = MEMBERS({"bom-ref", V(7, 7), 0, &not_empty}),
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1, TEXT("assertionType", V(7, 7), 1, 1, &assertion_type_word),
                                  NODE("patentRefs", V(7, 7), 0, 1, &patent_assertion_type_patent_refs),
                                  NODE("asserter", V(7, 7), 1, 1, &patent_assertion_type_asserter),
                                  TEXT("notes", V(7, 7), 0, 1, &text)))};
static const struct cdx_xml component_patent_assertions = {
    .content = PARTICLES(SEQUENCE(V(7, 7), 0, MANY, NODE("patentAssertion", V(7, 7), 1, 1, &patent_assertion)))};
static const struct cdx_rule cpe = {.kind = CDX_STRING, .pattern = PATTERN_CPE};
static const struct cdx_xml swid = {
    .attributes = MEMBERS({"tagId", V(2, 7), V(2, 7), &text}, {"name", V(2, 7), V(2, 7), &text},
                          {"version", V(2, 7), 0, &text}, {"tagVersion", V(2, 7), 0, &integer},
                          {"patch", V(2, 7), 0, &yes_no}),
    .content = PARTICLES(SEQUENCE(V(2, 7), 1, 1, NODE("text", V(2, 7), 0, 1, &attached_text),
                                  TEXT("url", V(2, 7), 0, 1, &address), FOREIGN(V(2, 7))))};
static const struct cdx_xml identifiable_action = {
    .content = PARTICLES(SEQUENCE(V(1, 7), 1, 1, TEXT("timestamp", V(1, 7), 0, 1, &date_time),
                                  TEXT("name", V(1, 7), 0, 1, &line), TEXT("email", V(1, 7), 0, 1, &line),
                                  FOREIGN(V(1, 7))))};
static const struct cdx_xml commit = {
    .content = PARTICLES(SEQUENCE(
        V(1, 7), 1, 1, TEXT("uid", V(1, 7), 0, 1, &line), TEXT("url", V(1, 7), 0, 1, &address),
        NODE("author", V(1, 7), 0, 1, &identifiable_action), NODE("committer", V(1, 7), 0, 1, &identifiable_action),
        TEXT("message", V(1, 7), 0, 1, &line), FOREIGN(V(1, 7))))};
static const struct cdx_xml commits = {
    .content = PARTICLES(SEQUENCE(V(1, 7), 0, MANY, NODE("commit", V(1, 7), 1, 1, &commit), FOREIGN(V(1, 7))))};
static const struct cdx_rule type_word_3 = {.kind = CDX_STRING,
                                            .words = WORDS({V(2, 7), "unofficial|monkey|backport|cherry-pick"})};
static const struct cdx_xml diff = {
    .content = PARTICLES(SEQUENCE(V(2, 7), 1, 1, NODE("text", V(2, 7), 0, 1, &attached_text),
                                  TEXT("url", V(2, 7), 0, 1, &address), FOREIGN(V(2, 7))))};
static const struct cdx_rule type_word_4 = {.kind = CDX_STRING,
                                            .words = WORDS({V(2, 7), "defect|enhancement|security"})};
static const struct cdx_xml issue_type_source = {
    .content = PARTICLES(
        SEQUENCE(V(2, 7), 1, 1, TEXT("name", V(2, 7), 0, 1, &line), TEXT("url", V(2, 7), 0, 1, &address)))};
static const struct cdx_xml issue_type_references = {
    .content = PARTICLES(SEQUENCE(V(2, 7), 0, MANY, TEXT("url", V(2, 7), 1, 1, &address)))};
static const struct cdx_xml issue = {
    .attributes = MEMBERS({"type", V(2, 7), V(2, 7), &type_word_4}),
    .content = PARTICLES(SEQUENCE(V(2, 7), 1, 1, TEXT("id", V(2, 7), 0, 1, &line), TEXT("name", V(2, 7), 0, 1, &line),
                                  TEXT("description", V(2, 7), 0, 1, &line),
                                  NODE("source", V(2, 7), 0, 1, &issue_type_source),
                                  NODE("references", V(2, 7), 0, 1, &issue_type_references), FOREIGN(V(2, 7))))};
static const struct cdx_xml patch_type_resolves = {
    .content = PARTICLES(SEQUENCE(V(2, 7), 0, MANY, NODE("issue", V(2, 7), 1, 1, &issue)))};
static const struct cdx_xml patch = {
    .attributes = MEMBERS({"type", V(2, 7), V(2, 7), &type_word_3}),
    .content = PARTICLES(SEQUENCE(V(2, 7), 1, 1, NODE("diff", V(2, 7), 0, 1, &diff),
                                  NODE("resolves", V(2, 7), 0, 1, &patch_type_resolves), FOREIGN(V(2, 7))))};
static const struct cdx_xml patches = {
    .content = PARTICLES(SEQUENCE(V(2, 7), 0, MANY, NODE("patch", V(2, 7), 1, 1, &patch), FOREIGN(V(2, 7))))};
static const struct cdx_xml pedigree = {
    .content = PARTICLES(SEQUENCE(
        V(1, 7), 1, 1, NODE("ancestors", V(1, 7), 0, 1, &components), NODE("descendants", V(1, 7), 0, 1, &components),
        NODE("variants", V(1, 7), 0, 1, &components), NODE("commits", V(1, 7), 0, 1, &commits),
        NODE("patches", V(2, 7), 0, 1, &patches), TEXT("notes", V(1, 7), 0, 1, &text), FOREIGN(V(1, 7))))};
static const struct cdx_xml component_components = {
    .content = PARTICLES(SEQUENCE(V(0, 7), 0, MANY, NODE("component", V(0, 7), 1, 1, &component), FOREIGN(V(1, 7))))};
static const struct cdx_rule field_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(5, 7), "group|name|version|purl|cpe|swid|hash"}, {V(6, 7), "omniborId|swhid"})};
static const struct cdx_rule decimal_to_1 = {
    .kind = CDX_NUMBER, .blanks = BLANKS_COLLAPSE, .has_min = true, .min = 0, .max = 1};
static const struct cdx_rule technique_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(5, 7), "source-code-analysis|binary-analysis|manifest-analysis|ast-fingerprint|hash-comparison|"
                             "instrumentation|dynamic-analysis|filename|attestation|other"})};
static const struct cdx_xml component_evidence_type_identity_methods_method = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("technique", V(5, 7), 1, 1, &technique_word),
                                  TEXT("confidence", V(5, 7), 1, 1, &decimal_to_1),
                                  TEXT("value", V(5, 7), 0, 1, &text)))};
static const struct cdx_xml component_evidence_type_identity_methods = {
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 1, 1, NODE("method", V(5, 7), 0, MANY, &component_evidence_type_identity_methods_method)))};
static const struct cdx_rule link_2 = {
    .kind = CDX_ANY_OF, .parts = PARTS({V(0, 7), &not_empty}, {V(0, 7), &bom_link}, {V(0, 7), &bom_link_element})};
static const struct cdx_xml bom_reference = {
    .other_attributes = V(3, 7),
    .attributes = MEMBERS({"ref", V(3, 4), V(3, 4), &text}, {"ref", V(5, 7), V(5, 7), &link_2})};
static const struct cdx_xml component_evidence_type_identity_tools = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("tool", V(5, 7), 0, MANY, &bom_reference)))};
static const struct cdx_xml component_evidence_type_identity = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("field", V(5, 7), 1, 1, &field_word),
                                  TEXT("confidence", V(5, 7), 0, 1, &decimal_to_1),
                                  TEXT("concludedValue", V(6, 7), 0, 1, &text),
                                  NODE("methods", V(5, 7), 0, 1, &component_evidence_type_identity_methods),
                                  NODE("tools", V(5, 7), 0, 1, &component_evidence_type_identity_tools)))};
static const struct cdx_rule non_negative_integer_from_0 = {
    .kind = CDX_INTEGER, .blanks = BLANKS_COLLAPSE, .has_min = true, .min = 0};
static const struct cdx_xml component_evidence_type_occurrences_occurrence = {
    .attributes = MEMBERS({"bom-ref", V(5, 7), 0, &not_empty}),
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 1, 1, NODE("location", V(5, 5), 1, 1, NULL), TEXT("location", V(6, 7), 1, 1, &text),
                 TEXT("line", V(6, 7), 0, 1, &non_negative_integer_from_0),
                 TEXT("offset", V(6, 7), 0, 1, &non_negative_integer_from_0), TEXT("symbol", V(6, 7), 0, 1, &text),
                 TEXT("additionalContext", V(6, 7), 0, 1, &text)))};
static const struct cdx_xml component_evidence_type_occurrences = {
    .content = PARTICLES(SEQUENCE(
        V(5, 7), 1, 1, NODE("occurrence", V(5, 7), 0, MANY, &component_evidence_type_occurrences_occurrence)))};
static const struct cdx_xml component_evidence_type_callstack_frames_frame_parameters = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("parameter", V(5, 7), 0, MANY, &text)))};
static const struct cdx_xml component_evidence_type_callstack_frames_frame = {
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 1, 1, TEXT("package", V(5, 7), 0, 1, &text), TEXT("module", V(5, 7), 1, 1, &text),
                 TEXT("function", V(5, 7), 0, 1, &text),
                 NODE("parameters", V(5, 7), 0, 1, &component_evidence_type_callstack_frames_frame_parameters),
                 TEXT("line", V(5, 7), 0, 1, &integer), TEXT("column", V(5, 7), 0, 1, &integer),
                 TEXT("fullFilename", V(5, 7), 0, 1, &text)))};
static const struct cdx_xml component_evidence_type_callstack_frames = {
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 1, 1, NODE("frame", V(5, 7), 0, MANY, &component_evidence_type_callstack_frames_frame)))};
static const struct cdx_xml component_evidence_type_callstack_tools = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("tool", V(5, 7), 0, MANY, &bom_reference)))};
static const struct cdx_xml component_evidence_type_callstack = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1,
                                  NODE("frames", V(5, 7), 0, 1, &component_evidence_type_callstack_frames),
                                  NODE("tools", V(5, 7), 0, 1, &component_evidence_type_callstack_tools)))};
static const struct cdx_xml copyrights = {
    .content = PARTICLES(SEQUENCE(V(3, 7), 1, 1, TEXT("text", V(3, 7), 0, MANY, &text)))};
static const struct cdx_xml component_evidence = {
    .any_attributes = V(3, 7),
    .other_attributes = V(3, 7),
    .content = PARTICLES(SEQUENCE(V(3, 7), 1, 1, NODE("identity", V(5, 5), 0, 1, &component_evidence_type_identity),
                                  NODE("identity", V(6, 7), 0, MANY, &component_evidence_type_identity),
                                  NODE("occurrences", V(5, 7), 0, 1, &component_evidence_type_occurrences),
                                  NODE("callstack", V(5, 7), 0, 1, &component_evidence_type_callstack),
                                  NODE("licenses", V(3, 7), 0, 1, &license_choice),
                                  NODE("copyright", V(3, 7), 0, 1, &copyrights), FOREIGN(V(3, 7))))};
static const struct cdx_xml release_notes_type_aliases = {
    .content = PARTICLES(SEQUENCE(V(4, 7), 0, MANY, TEXT("alias", V(4, 7), 1, 1, &line)))};
static const struct cdx_xml release_notes_type_tags = {
    .content = PARTICLES(SEQUENCE(V(4, 5), 0, MANY, TEXT("tag", V(4, 5), 1, 1, &line)))};
static const struct cdx_xml tags = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 0, MANY, TEXT("tag", V(6, 7), 1, 1, &line)))};
static const struct cdx_xml release_notes_type_resolves = {
    .content = PARTICLES(SEQUENCE(V(4, 7), 0, MANY, NODE("issue", V(4, 7), 1, 1, &issue)))};
static const struct cdx_rule locale = {.kind = CDX_STRING, .pattern = PATTERN_LOCALE};
static const struct cdx_xml release_notes_type_notes_note = {
    .content = PARTICLES(SEQUENCE(V(4, 7), 0, MANY, TEXT("locale", V(4, 7), 0, 1, &locale),
                                  NODE("text", V(4, 7), 1, 1, &attached_text)))};
static const struct cdx_xml release_notes_type_notes = {
    .content = PARTICLES(SEQUENCE(V(4, 7), 0, MANY, NODE("note", V(4, 7), 1, 1, &release_notes_type_notes_note)))};
static const struct cdx_xml release_notes = {
    .any_attributes = V(4, 7),
    .other_attributes = V(4, 7),
    .content = PARTICLES(
        SEQUENCE(V(4, 7), 0, MANY, TEXT("type", V(4, 7), 1, 1, &line), TEXT("title", V(4, 7), 0, 1, &text),
                 TEXT("featuredImage", V(4, 7), 0, 1, &address), TEXT("socialImage", V(4, 7), 0, 1, &address),
                 TEXT("description", V(4, 7), 0, 1, &text), TEXT("timestamp", V(4, 7), 0, 1, &date_time),
                 NODE("aliases", V(4, 7), 0, 1, &release_notes_type_aliases),
                 NODE("tags", V(4, 5), 0, 1, &release_notes_type_tags), NODE("tags", V(6, 7), 0, 1, &tags),
                 NODE("resolves", V(4, 7), 0, 1, &release_notes_type_resolves),
                 NODE("notes", V(4, 7), 0, 1, &release_notes_type_notes),
                 NODE("properties", V(4, 7), 0, 1, &properties), FOREIGN(V(4, 7))))};
static const struct cdx_rule type_word_5 = {
    .kind = CDX_STRING,
    .words = WORDS({V(5, 7), "supervised|unsupervised|reinforcement-learning|semi-supervised|self-supervised"})};
static const struct cdx_xml model_card_type_model_parameters_approach = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("type", V(5, 7), 0, 1, &type_word_5)))};
static const struct cdx_rule not_empty_or_bom_link_element = {
    .kind = CDX_ANY_OF, .parts = PARTS({V(0, 7), &not_empty}, {V(0, 7), &bom_link_element})};
static const struct cdx_rule type_word_6 = {
    .kind = CDX_STRING, .words = WORDS({V(5, 7), "source-code|configuration|dataset|definition|other"})};
static const struct cdx_xml component_data_type_contents = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("attachment", V(5, 7), 0, 1, &attached_text),
                                  TEXT("url", V(5, 7), 0, 1, &address),
                                  NODE("properties", V(5, 7), 0, 1, &properties)))};
static const struct cdx_xml graphics_collection_type_collection_graphic = {
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 1, 1, TEXT("name", V(5, 7), 0, 1, &text), NODE("image", V(5, 7), 0, 1, &attached_text)))};
static const struct cdx_xml graphics_collection_type_collection = {
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 1, 1, NODE("graphic", V(5, 7), 0, MANY, &graphics_collection_type_collection_graphic)))};
static const struct cdx_xml graphics_collection = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("description", V(5, 6), 0, 1, NULL),
                                  TEXT("description", V(7, 7), 0, 1, &text),
                                  NODE("collection", V(5, 7), 0, 1, &graphics_collection_type_collection)))};
static const struct cdx_xml organization_or_individual = {
    .content = PARTICLES(CHOICE(V(5, 7), 1, 1, NODE("organization", V(5, 7), 0, 1, &organizational_entity),
                                NODE("individual", V(5, 7), 0, 1, &organizational_contact)))};
static const struct cdx_xml data_governance_custodians = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("custodian", V(5, 7), 0, MANY, &organization_or_individual)))};
static const struct cdx_xml data_governance_stewards = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("steward", V(5, 7), 0, MANY, &organization_or_individual)))};
static const struct cdx_xml data_governance_owners = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("owner", V(5, 7), 0, MANY, &organization_or_individual)))};
static const struct cdx_xml data_governance = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("custodians", V(5, 7), 0, 1, &data_governance_custodians),
                                  NODE("stewards", V(5, 7), 0, 1, &data_governance_stewards),
                                  NODE("owners", V(5, 7), 0, 1, &data_governance_owners)))};
static const struct cdx_xml component_data = {
    .attributes = MEMBERS({"bom-ref", V(5, 7), 0, &not_empty}),
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 1, 1, TEXT("type", V(5, 7), 1, 1, &type_word_6), TEXT("name", V(5, 7), 0, 1, &text),
                 NODE("contents", V(5, 7), 0, 1, &component_data_type_contents),
                 TEXT("classification", V(5, 7), 0, 1, &text), NODE("sensitiveData", V(5, 6), 0, MANY, NULL),
                 TEXT("sensitiveData", V(7, 7), 0, MANY, &text), NODE("graphics", V(5, 7), 0, 1, &graphics_collection),
                 TEXT("description", V(5, 7), 0, 1, &text), NODE("governance", V(5, 7), 0, 1, &data_governance)))};
static const struct cdx_xml model_card_type_model_parameters_datasets = {
    .content = PARTICLES(CHOICE(V(5, 7), 0, MANY, TEXT("ref", V(5, 7), 0, 1, &not_empty_or_bom_link_element),
                                NODE("dataset", V(5, 7), 0, 1, &component_data)))};
static const struct cdx_xml model_card_type_model_parameters_inputs_input = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("format", V(5, 7), 1, 1, &text)))};
static const struct cdx_xml model_card_type_model_parameters_inputs = {
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 1, 1, NODE("input", V(5, 7), 0, MANY, &model_card_type_model_parameters_inputs_input)))};
static const struct cdx_xml model_card_type_model_parameters_outputs_output = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("format", V(5, 7), 1, 1, &text)))};
static const struct cdx_xml model_card_type_model_parameters_outputs = {
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 1, 1, NODE("output", V(5, 7), 0, MANY, &model_card_type_model_parameters_outputs_output)))};
static const struct cdx_xml model_card_type_model_parameters = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1,
                                  NODE("approach", V(5, 7), 0, 1, &model_card_type_model_parameters_approach),
                                  TEXT("task", V(5, 7), 0, 1, &text), TEXT("architectureFamily", V(5, 7), 0, 1, &text),
                                  TEXT("modelArchitecture", V(5, 7), 0, 1, &text),
                                  NODE("datasets", V(5, 7), 0, 1, &model_card_type_model_parameters_datasets),
                                  NODE("inputs", V(5, 7), 0, 1, &model_card_type_model_parameters_inputs),
                                  NODE("outputs", V(5, 7), 0, 1, &model_card_type_model_parameters_outputs)))};
static const struct cdx_xml
    model_card_type_quantitative_analysis_performance_metrics_performance_metric_confidence_interval = {
        .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("lowerBound", V(5, 7), 0, 1, &text),
                                      TEXT("upperBound", V(5, 7), 0, 1, &text)))};
static const struct cdx_xml model_card_type_quantitative_analysis_performance_metrics_performance_metric = {
    .content = PARTICLES(SEQUENCE(
        V(5, 7), 1, 1, TEXT("type", V(5, 7), 0, 1, &text), TEXT("value", V(5, 7), 0, 1, &text),
        TEXT("slice", V(5, 7), 0, 1, &text),
        NODE("confidenceInterval", V(5, 7), 0, 1,
             &model_card_type_quantitative_analysis_performance_metrics_performance_metric_confidence_interval)))};
static const struct cdx_xml model_card_type_quantitative_analysis_performance_metrics = {
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 1, 1,
                 NODE("performanceMetric", V(5, 7), 0, MANY,
                      &model_card_type_quantitative_analysis_performance_metrics_performance_metric)))};
static const struct cdx_xml model_card_type_quantitative_analysis_graphics_collection_graphic = {
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 1, 1, TEXT("name", V(5, 7), 0, 1, &text), NODE("image", V(5, 7), 0, 1, &attached_text)))};
static const struct cdx_xml model_card_type_quantitative_analysis_graphics_collection = {
    .content = PARTICLES(SEQUENCE(
        V(5, 7), 1, 1,
        NODE("graphic", V(5, 7), 0, MANY, &model_card_type_quantitative_analysis_graphics_collection_graphic)))};
static const struct cdx_xml model_card_type_quantitative_analysis_graphics = {
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 1, 1, TEXT("description", V(5, 7), 0, 1, &text),
                 NODE("collection", V(5, 7), 0, 1, &model_card_type_quantitative_analysis_graphics_collection)))};
static const struct cdx_xml model_card_type_quantitative_analysis = {
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 1, 1,
                 NODE("performanceMetrics", V(5, 7), 0, 1, &model_card_type_quantitative_analysis_performance_metrics),
                 NODE("graphics", V(5, 7), 0, 1, &model_card_type_quantitative_analysis_graphics)))};
static const struct cdx_xml model_card_type_considerations_users = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("user", V(5, 7), 0, MANY, &text)))};
static const struct cdx_xml model_card_type_considerations_use_cases = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("useCase", V(5, 7), 0, MANY, &text)))};
static const struct cdx_xml model_card_type_considerations_technical_limitations = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("technicalLimitation", V(5, 7), 0, MANY, &text)))};
static const struct cdx_xml model_card_type_considerations_performance_tradeoffs = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("performanceTradeoff", V(5, 7), 0, MANY, &text)))};
static const struct cdx_xml model_card_type_considerations_ethical_considerations_ethical_consideration = {
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 1, 1, TEXT("name", V(5, 7), 0, 1, &text), TEXT("mitigationStrategy", V(5, 7), 0, 1, &text)))};
static const struct cdx_xml model_card_type_considerations_ethical_considerations = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1,
                                  NODE("ethicalConsideration", V(5, 7), 0, MANY,
                                       &model_card_type_considerations_ethical_considerations_ethical_consideration)))};
static const struct cdx_rule activity_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(6, 7),
         "design|data-collection|data-preparation|training|fine-tuning|validation|deployment|inference|other"})};
static const struct cdx_rule energy_source_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(6, 7), "coal|oil|natural-gas|nuclear|wind|solar|geothermal|hydropower|biofuel|unknown|other"})};
static const struct cdx_rule decimal = {.kind = CDX_NUMBER, .blanks = BLANKS_COLLAPSE};
static const struct cdx_rule unit_word = {.kind = CDX_STRING, .words = WORDS({V(6, 7), "kWh"})};
static const struct cdx_xml energy_measure = {
    .content = PARTICLES(
        SEQUENCE(V(6, 7), 1, 1, TEXT("value", V(6, 7), 1, 1, &decimal), TEXT("unit", V(6, 7), 1, 1, &unit_word)))};
static const struct cdx_xml energy_provider = {
    .attributes = MEMBERS({"bom-ref", V(6, 7), 0, &not_empty}),
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, TEXT("description", V(6, 7), 0, 1, &text),
                                  NODE("organization", V(6, 7), 1, 1, &organizational_entity),
                                  TEXT("energySource", V(6, 7), 1, 1, &energy_source_word),
                                  NODE("energyProvided", V(6, 7), 1, 1, &energy_measure),
                                  NODE("externalReferences", V(6, 7), 0, 1, &external_references)))};
static const struct cdx_rule unit_word_2 = {.kind = CDX_STRING, .words = WORDS({V(6, 7), "tCO2eq"})};
static const struct cdx_xml co2_measure = {
    .content = PARTICLES(
        SEQUENCE(V(6, 7), 1, 1, TEXT("value", V(6, 7), 1, 1, &decimal), TEXT("unit", V(6, 7), 1, 1, &unit_word_2)))};
static const struct cdx_xml energy_consumption = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, TEXT("activity", V(6, 7), 1, 1, &activity_word),
                                  NODE("energyProviders", V(6, 7), 1, MANY, &energy_provider),
                                  NODE("activityEnergyCost", V(6, 7), 1, 1, &energy_measure),
                                  NODE("co2CostEquivalent", V(6, 7), 0, 1, &co2_measure),
                                  NODE("co2CostOffset", V(6, 7), 0, 1, &co2_measure),
                                  NODE("properties", V(6, 7), 0, 1, &properties)))};
static const struct cdx_xml energy_consumptions = {
    .any_attributes = V(6, 7),
    .other_attributes = V(6, 7),
    .content = PARTICLES(
        SEQUENCE(V(6, 7), 0, MANY, NODE("energyConsumption", V(6, 7), 1, 1, &energy_consumption), FOREIGN(V(6, 7))))};
static const struct cdx_xml environmental_considerations = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, NODE("energyConsumptions", V(6, 7), 0, MANY, &energy_consumptions),
                                  NODE("properties", V(6, 7), 0, 1, &properties)))};
static const struct cdx_xml model_card_type_considerations_fairness_assessments_fairness_assessment = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("groupAtRisk", V(5, 7), 0, 1, &text),
                                  TEXT("benefits", V(5, 7), 0, 1, &text), TEXT("harms", V(5, 7), 0, 1, &text),
                                  TEXT("mitigationStrategy", V(5, 7), 0, 1, &text)))};
static const struct cdx_xml model_card_type_considerations_fairness_assessments = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1,
                                  NODE("fairnessAssessment", V(5, 7), 0, MANY,
                                       &model_card_type_considerations_fairness_assessments_fairness_assessment)))};
static const struct cdx_xml model_card_type_considerations = {
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 1, 1, NODE("users", V(5, 7), 0, 1, &model_card_type_considerations_users),
                 NODE("useCases", V(5, 7), 0, 1, &model_card_type_considerations_use_cases),
                 NODE("technicalLimitations", V(5, 7), 0, 1, &model_card_type_considerations_technical_limitations),
                 NODE("performanceTradeoffs", V(5, 7), 0, 1, &model_card_type_considerations_performance_tradeoffs),
                 NODE("ethicalConsiderations", V(5, 7), 0, 1, &model_card_type_considerations_ethical_considerations),
                 NODE("environmentalConsiderations", V(6, 7), 0, 1, &environmental_considerations),
                 NODE("fairnessAssessments", V(5, 7), 0, 1, &model_card_type_considerations_fairness_assessments)))};
static const struct cdx_xml model_card = {
    .attributes = MEMBERS({"bom-ref", V(5, 7), 0, &not_empty}),
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1,
                                  NODE("modelParameters", V(5, 7), 0, 1, &model_card_type_model_parameters),
                                  NODE("quantitativeAnalysis", V(5, 7), 0, 1, &model_card_type_quantitative_analysis),
                                  NODE("considerations", V(5, 7), 0, 1, &model_card_type_considerations),
                                  NODE("properties", V(5, 7), 0, 1, &properties)))};
static const struct cdx_rule asset_type_word = {
    .kind = CDX_STRING, .words = WORDS({V(6, 7), "algorithm|certificate|protocol|related-crypto-material"})};
static const struct cdx_rule primitive_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(6, 7),
         "drbg|mac|block-cipher|stream-cipher|signature|hash|pke|xof|kdf|key-agree|kem|ae|combiner|other|unknown"},
        {V(7, 7), "key-wrap"})};
static const struct cdx_rule execution_environment_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(6, 7), "software-plain-ram|software-encrypted-ram|software-tee|hardware|other|unknown"})};
static const struct cdx_rule implementation_platform_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(6, 7),
         "generic|x86_32|x86_64|armv7-a|armv7-m|armv8-a|armv8-m|armv9-a|armv9-m|s390x|ppc64|ppc64le|other|unknown"})};
static const struct cdx_rule certification_level_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(6, 7),
         "none|fips140-1-l1|fips140-1-l2|fips140-1-l3|fips140-1-l4|fips140-2-l1|fips140-2-l2|fips140-2-l3|fips140-2-l4|"
         "fips140-3-l1|fips140-3-l2|fips140-3-l3|fips140-3-l4|cc-eal1|cc-eal1+|cc-eal2|cc-eal2+|cc-eal3|cc-eal3+|cc-"
         "eal4|cc-eal4+|cc-eal5|cc-eal5+|cc-eal6|cc-eal6+|cc-eal7|cc-eal7+|other|unknown"})};
static const struct cdx_rule mode_word = {.kind = CDX_STRING,
                                          .words = WORDS({V(6, 7), "cbc|ecb|ccm|gcm|cfb|ofb|ctr|other|unknown"})};
static const struct cdx_rule padding_word = {.kind = CDX_STRING,
                                             .words = WORDS({V(6, 7), "pkcs5|pkcs7|pkcs1v15|oaep|raw|other|unknown"})};
static const struct cdx_rule crypto_function_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(6, 7),
         "generate|keygen|encrypt|decrypt|digest|tag|keyderive|sign|verify|encapsulate|decapsulate|other|unknown"})};
static const struct cdx_xml crypto_properties_type_algorithm_properties_crypto_functions = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, TEXT("cryptoFunction", V(6, 7), 0, MANY, &crypto_function_word)))};
static const struct cdx_rule integer_from_0 = {
    .kind = CDX_INTEGER, .blanks = BLANKS_COLLAPSE, .has_min = true, .min = 0};
static const struct cdx_rule integer_to_6 = {
    .kind = CDX_INTEGER, .blanks = BLANKS_COLLAPSE, .has_min = true, .min = 0, .max = 6};
static const struct cdx_xml crypto_properties_type_algorithm_properties = {
    .content = PARTICLES(
        SEQUENCE(V(6, 7), 1, 1, TEXT("primitive", V(6, 7), 0, 1, &primitive_word),
                 TEXT("algorithmFamily", V(7, 7), 0, 1, &text), TEXT("parameterSetIdentifier", V(6, 7), 0, 1, &text),
                 TEXT("curve", V(6, 7), 0, 1, &text), TEXT("ellipticCurve", V(7, 7), 0, 1, &text),
                 TEXT("executionEnvironment", V(6, 7), 0, 1, &execution_environment_word),
                 TEXT("implementationPlatform", V(6, 7), 0, 1, &implementation_platform_word),
                 TEXT("certificationLevel", V(6, 7), 0, MANY, &certification_level_word),
                 TEXT("mode", V(6, 7), 0, 1, &mode_word), TEXT("padding", V(6, 7), 0, 1, &padding_word),
                 NODE("cryptoFunctions", V(6, 7), 0, 1, &crypto_properties_type_algorithm_properties_crypto_functions),
                 TEXT("classicalSecurityLevel", V(6, 7), 0, 1, &integer_from_0),
                 TEXT("nistQuantumSecurityLevel", V(6, 7), 0, 1, &integer_to_6)))};
static const struct cdx_rule state_word = {
    .kind = CDX_STRING, .words = WORDS({V(7, 7), "pre-activation|active|suspended|deactivated|revoked|destroyed"})};
static const struct cdx_xml crypto_properties_type_certificate_properties_certificate_state = {
    .content = PARTICLES(
        CHOICE(V(7, 7), 1, 1,
               SEQUENCE(V(7, 7), 1, 1, TEXT("state", V(7, 7), 1, 1, &state_word), TEXT("reason", V(7, 7), 0, 1, &text)),
               SEQUENCE(V(7, 7), 1, 1, TEXT("name", V(7, 7), 1, 1, &text), TEXT("description", V(7, 7), 0, 1, &text),
                        TEXT("reason", V(7, 7), 0, 1, &text))))};
static const struct cdx_rule common_extension_name_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(7, 7), "basicConstraints|keyUsage|extendedKeyUsage|subjectAlternativeName|authorityKeyIdentifier|"
                             "subjectKeyIdentifier|authorityInformationAccess|certificatePolicies|"
                             "crlDistributionPoints|signedCertificateTimestamp"})};
static const struct cdx_xml crypto_properties_type_certificate_properties_certificate_extensions_certificate_extension =
    {.content = PARTICLES(
         CHOICE(V(7, 7), 1, 1,
                SEQUENCE(V(7, 7), 1, 1, TEXT("commonExtensionName", V(7, 7), 1, 1, &common_extension_name_word),
                         TEXT("commonExtensionValue", V(7, 7), 1, 1, &text)),
                SEQUENCE(V(7, 7), 1, 1, TEXT("customExtensionName", V(7, 7), 1, 1, &text),
                         TEXT("customExtensionValue", V(7, 7), 0, 1, &text))))};
static const struct cdx_xml crypto_properties_type_certificate_properties_certificate_extensions = {
    .content = PARTICLES(
        SEQUENCE(V(7, 7), 1, 1,
                 NODE("certificateExtension", V(7, 7), 0, MANY,
                      &crypto_properties_type_certificate_properties_certificate_extensions_certificate_extension)))};
static const struct cdx_xml
    crypto_properties_type_certificate_properties_related_cryptographic_assets_related_cryptographic_asset = {
        .content = PARTICLES(
            SEQUENCE(V(7, 7), 1, 1, TEXT("type", V(7, 7), 0, 1, &text), TEXT("ref", V(7, 7), 0, 1, &not_empty)))};
static const struct cdx_xml crypto_properties_type_certificate_properties_related_cryptographic_assets = {
    .content = PARTICLES(SEQUENCE(
        V(7, 7), 1, 1,
        NODE(
            "relatedCryptographicAsset", V(7, 7), 0, MANY,
            &crypto_properties_type_certificate_properties_related_cryptographic_assets_related_cryptographic_asset)))};
static const struct cdx_xml crypto_properties_type_certificate_properties = {
    .content = PARTICLES(SEQUENCE(
        V(6, 7), 1, 1, TEXT("serialNumber", V(7, 7), 0, 1, &text), TEXT("subjectName", V(6, 7), 0, 1, &text),
        TEXT("issuerName", V(6, 7), 0, 1, &text), TEXT("notValidBefore", V(6, 7), 0, 1, &date_time),
        TEXT("notValidAfter", V(6, 7), 0, 1, &date_time), TEXT("signatureAlgorithmRef", V(6, 7), 0, 1, &not_empty),
        TEXT("subjectPublicKeyRef", V(6, 7), 0, 1, &not_empty), TEXT("certificateFormat", V(6, 7), 0, 1, &text),
        TEXT("certificateExtension", V(6, 7), 0, 1, &text), TEXT("certificateFileExtension", V(7, 7), 0, 1, &text),
        NODE("fingerprint", V(7, 7), 0, 1, &hash),
        NODE("certificateState", V(7, 7), 0, MANY, &crypto_properties_type_certificate_properties_certificate_state),
        TEXT("creationDate", V(7, 7), 0, 1, &date_time), TEXT("activationDate", V(7, 7), 0, 1, &date_time),
        TEXT("deactivationDate", V(7, 7), 0, 1, &date_time), TEXT("revocationDate", V(7, 7), 0, 1, &date_time),
        TEXT("destructionDate", V(7, 7), 0, 1, &date_time),
        NODE("certificateExtensions", V(7, 7), 0, 1,
             &crypto_properties_type_certificate_properties_certificate_extensions),
        NODE("relatedCryptographicAssets", V(7, 7), 0, 1,
             &crypto_properties_type_certificate_properties_related_cryptographic_assets)))};
static const struct cdx_rule type_word_7 = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(6, 7), "private-key|public-key|secret-key|key|ciphertext|signature|digest|initialization-vector|nonce|seed|"
                  "salt|shared-secret|tag|additional-data|password|credential|token|other|unknown"})};
static const struct cdx_rule state_word_2 = {
    .kind = CDX_STRING, .words = WORDS({V(6, 7), "pre-activation|active|suspended|deactivated|compromised|destroyed"})};
static const struct cdx_xml crypto_properties_type_related_crypto_material_properties_secured_by = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, TEXT("mechanism", V(6, 7), 0, 1, &text),
                                  TEXT("algorithmRef", V(6, 7), 0, 1, &not_empty)))};
static const struct cdx_xml
    crypto_properties_type_related_crypto_material_properties_related_cryptographic_assets_related_cryptographic_asset =
        {.content = PARTICLES(
             SEQUENCE(V(7, 7), 1, 1, TEXT("type", V(7, 7), 0, 1, &text), TEXT("ref", V(7, 7), 0, 1, &not_empty)))};
static const struct cdx_xml crypto_properties_type_related_crypto_material_properties_related_cryptographic_assets = {
    .content = PARTICLES(SEQUENCE(
        V(7, 7), 1, 1,
        NODE(
            "relatedCryptographicAsset", V(7, 7), 0, MANY,
            &crypto_properties_type_related_crypto_material_properties_related_cryptographic_assets_related_cryptographic_asset)))};
static const struct cdx_xml crypto_properties_type_related_crypto_material_properties = {
    .content = PARTICLES(SEQUENCE(
        V(6, 7), 1, 1, TEXT("type", V(6, 7), 0, 1, &type_word_7), TEXT("id", V(6, 7), 0, 1, &text),
        TEXT("state", V(6, 7), 0, 1, &state_word_2), TEXT("algorithmRef", V(6, 7), 0, 1, &not_empty),
        TEXT("creationDate", V(6, 7), 0, 1, &date_time), TEXT("activationDate", V(6, 7), 0, 1, &date_time),
        TEXT("updateDate", V(6, 7), 0, 1, &date_time), TEXT("expirationDate", V(6, 7), 0, 1, &date_time),
        TEXT("value", V(6, 7), 0, 1, &text), TEXT("size", V(6, 7), 0, 1, &integer),
        TEXT("format", V(6, 7), 0, 1, &text),
        NODE("securedBy", V(6, 7), 0, 1, &crypto_properties_type_related_crypto_material_properties_secured_by),
        NODE("fingerprint", V(7, 7), 0, 1, &hash),
        NODE("relatedCryptographicAssets", V(7, 7), 0, 1,
             &crypto_properties_type_related_crypto_material_properties_related_cryptographic_assets)))};
static const struct cdx_rule type_word_8 = {.kind = CDX_STRING,
                                            .words = WORDS({V(6, 7), "tls|ssh|ipsec|ike|sstp|wpa|other|unknown"},
                                                           {V(7, 7), "dtls|quic|eap-aka|eap-aka-prime|prins|5g-aka"})};
static const struct cdx_xml crypto_properties_type_protocol_properties_cipher_suites_cipher_suite_algorithms = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, TEXT("algorithm", V(6, 7), 0, MANY, &not_empty)))};
static const struct cdx_xml crypto_properties_type_protocol_properties_cipher_suites_cipher_suite_identifiers = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, TEXT("identifier", V(6, 7), 0, MANY, &text)))};
static const struct cdx_xml crypto_properties_type_protocol_properties_cipher_suites_cipher_suite_tls_groups = {
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1, TEXT("group", V(7, 7), 0, MANY, &text)))};
static const struct cdx_xml
    crypto_properties_type_protocol_properties_cipher_suites_cipher_suite_tls_signature_schemes = {
        .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1, TEXT("signatureScheme", V(7, 7), 0, MANY, &text)))};
static const struct cdx_xml crypto_properties_type_protocol_properties_cipher_suites_cipher_suite = {
    .content = PARTICLES(
        SEQUENCE(V(6, 7), 1, 1, TEXT("name", V(6, 7), 0, 1, &text),
                 NODE("algorithms", V(6, 7), 0, 1,
                      &crypto_properties_type_protocol_properties_cipher_suites_cipher_suite_algorithms),
                 NODE("identifiers", V(6, 7), 0, 1,
                      &crypto_properties_type_protocol_properties_cipher_suites_cipher_suite_identifiers),
                 NODE("tlsGroups", V(7, 7), 0, 1,
                      &crypto_properties_type_protocol_properties_cipher_suites_cipher_suite_tls_groups),
                 NODE("tlsSignatureSchemes", V(7, 7), 0, 1,
                      &crypto_properties_type_protocol_properties_cipher_suites_cipher_suite_tls_signature_schemes)))};
static const struct cdx_xml crypto_properties_type_protocol_properties_cipher_suites = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1,
                                  NODE("cipherSuite", V(6, 7), 0, MANY,
                                       &crypto_properties_type_protocol_properties_cipher_suites_cipher_suite)))};
static const struct cdx_xml crypto_properties_type_protocol_properties_ikev2_transform_types_encr = {
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1, TEXT("name", V(7, 7), 0, 1, &text),
                                  TEXT("keyLength", V(7, 7), 0, 1, &integer),
                                  TEXT("algorithm", V(7, 7), 0, 1, &not_empty))),
    .mixed = V(7, 7)};
static const struct cdx_xml crypto_properties_type_protocol_properties_ikev2_transform_types_prf = {
    .content = PARTICLES(
        SEQUENCE(V(7, 7), 1, 1, TEXT("name", V(7, 7), 0, 1, &text), TEXT("algorithm", V(7, 7), 0, 1, &not_empty))),
    .mixed = V(7, 7)};
static const struct cdx_xml crypto_properties_type_protocol_properties_ikev2_transform_types_integ = {
    .content = PARTICLES(
        SEQUENCE(V(7, 7), 1, 1, TEXT("name", V(7, 7), 0, 1, &text), TEXT("algorithm", V(7, 7), 0, 1, &not_empty))),
    .mixed = V(7, 7)};
static const struct cdx_xml crypto_properties_type_protocol_properties_ikev2_transform_types_ke = {
    .content = PARTICLES(
        SEQUENCE(V(7, 7), 1, 1, TEXT("group", V(7, 7), 0, 1, &integer), TEXT("algorithm", V(7, 7), 0, 1, &not_empty))),
    .mixed = V(7, 7)};
static const struct cdx_xml crypto_properties_type_protocol_properties_ikev2_transform_types_auth = {
    .content = PARTICLES(
        SEQUENCE(V(7, 7), 1, 1, TEXT("name", V(7, 7), 0, 1, &text), TEXT("algorithm", V(7, 7), 0, 1, &not_empty))),
    .mixed = V(7, 7)};
static const struct cdx_xml crypto_properties_type_protocol_properties_ikev2_transform_types = {
    .content = PARTICLES(SEQUENCE(
        V(6, 7), 1, 1, TEXT("encr", V(6, 6), 0, MANY, &not_empty),
        NODE("encr", V(7, 7), 0, MANY, &crypto_properties_type_protocol_properties_ikev2_transform_types_encr),
        TEXT("prf", V(6, 6), 0, MANY, &not_empty),
        NODE("prf", V(7, 7), 0, MANY, &crypto_properties_type_protocol_properties_ikev2_transform_types_prf),
        TEXT("integ", V(6, 6), 0, MANY, &not_empty),
        NODE("integ", V(7, 7), 0, MANY, &crypto_properties_type_protocol_properties_ikev2_transform_types_integ),
        TEXT("ke", V(6, 6), 0, MANY, &not_empty),
        NODE("ke", V(7, 7), 0, MANY, &crypto_properties_type_protocol_properties_ikev2_transform_types_ke),
        TEXT("esn", V(6, 7), 0, 1, &yes_no), TEXT("auth", V(6, 6), 0, MANY, &not_empty),
        NODE("auth", V(7, 7), 0, MANY, &crypto_properties_type_protocol_properties_ikev2_transform_types_auth)))};
static const struct cdx_xml
    crypto_properties_type_protocol_properties_related_cryptographic_assets_related_cryptographic_asset = {
        .content = PARTICLES(
            SEQUENCE(V(7, 7), 1, 1, TEXT("type", V(7, 7), 0, 1, &text), TEXT("ref", V(7, 7), 0, 1, &not_empty)))};
static const struct cdx_xml crypto_properties_type_protocol_properties_related_cryptographic_assets = {
    .content = PARTICLES(SEQUENCE(
        V(7, 7), 1, 1,
        NODE("relatedCryptographicAsset", V(7, 7), 0, MANY,
             &crypto_properties_type_protocol_properties_related_cryptographic_assets_related_cryptographic_asset)))};
static const struct cdx_xml crypto_properties_type_protocol_properties = {
    .content = PARTICLES(SEQUENCE(
        V(6, 7), 1, 1, TEXT("type", V(6, 7), 0, 1, &type_word_8), TEXT("version", V(6, 7), 0, 1, &text),
        NODE("cipherSuites", V(6, 7), 0, 1, &crypto_properties_type_protocol_properties_cipher_suites),
        NODE("ikev2TransformTypes", V(6, 7), 0, 1, &crypto_properties_type_protocol_properties_ikev2_transform_types),
        TEXT("cryptoRef", V(6, 7), 0, MANY, &not_empty),
        NODE("relatedCryptographicAssets", V(7, 7), 0, 1,
             &crypto_properties_type_protocol_properties_related_cryptographic_assets)))};
static const struct cdx_xml crypto_properties = {
    .content = PARTICLES(
        SEQUENCE(V(6, 7), 1, 1, TEXT("assetType", V(6, 7), 1, 1, &asset_type_word),
                 NODE("algorithmProperties", V(6, 7), 0, 1, &crypto_properties_type_algorithm_properties),
                 NODE("certificateProperties", V(6, 7), 0, 1, &crypto_properties_type_certificate_properties),
                 NODE("relatedCryptoMaterialProperties", V(6, 7), 0, 1,
                      &crypto_properties_type_related_crypto_material_properties),
                 NODE("protocolProperties", V(6, 7), 0, 1, &crypto_properties_type_protocol_properties),
                 TEXT("oid", V(6, 7), 0, 1, &text)))};
static const struct cdx_xml component = {
    .any_attributes = V(1, 7),
    .other_attributes = V(0, 7),
    .attributes = MEMBERS({"type", V(0, 7), V(0, 7), &type_word_2}, {"bom-ref", V(1, 4), 0, &text},
                          {"mime-type", V(2, 7), 0, &mime}, {"bom-ref", V(5, 7), 0, &not_empty},
                          {"isExternal", V(7, 7), 0, &yes_no}),
    .content = PARTICLES(SEQUENCE(
        V(0, 7), 1, 1, NODE("supplier", V(2, 7), 0, 1, &organizational_entity),
        NODE("manufacturer", V(6, 7), 0, 1, &organizational_entity), NODE("authors", V(6, 7), 0, 1, &component_authors),
        TEXT("author", V(2, 7), 0, 1, &line), TEXT("publisher", V(0, 7), 0, 1, &line),
        TEXT("group", V(0, 7), 0, 1, &line), TEXT("name", V(0, 7), 1, 1, &line), TEXT("version", V(0, 3), 1, 1, &line),
        TEXT("version", V(4, 5), 0, 1, &line), TEXT("version", V(6, 6), 0, 1, &line_to_1024),
        CHOICE(V(7, 7), 0, 1, TEXT("version", V(7, 7), 1, 1, &line_to_1024),
               TEXT("versionRange", V(7, 7), 1, 1, &not_empty_line_to_4096)),
        TEXT("description", V(0, 7), 0, 1, &line), TEXT("scope", V(0, 7), 0, 1, &scope_word),
        NODE("hashes", V(0, 7), 0, 1, &component_hashes), NODE("licenses", V(0, 2), 0, 1, &component_licenses),
        NODE("licenses", V(3, 7), 0, 1, &license_choice), TEXT("copyright", V(0, 7), 0, 1, &line),
        NODE("patentAssertions", V(7, 7), 0, 1, &component_patent_assertions), TEXT("cpe", V(0, 7), 0, 1, &cpe),
        TEXT("purl", V(0, 7), 0, 1, &address), TEXT("omniborId", V(6, 7), 0, MANY, &text),
        TEXT("swhid", V(6, 7), 0, MANY, &text), NODE("swid", V(2, 7), 0, 1, &swid),
        TEXT("modified", V(0, 0), 1, 1, &yes_no), TEXT("modified", V(1, 7), 0, 1, &yes_no),
        NODE("pedigree", V(1, 7), 0, 1, &pedigree), NODE("externalReferences", V(1, 7), 0, 1, &external_references),
        NODE("properties", V(3, 7), 0, 1, &properties), NODE("components", V(0, 7), 0, 1, &component_components),
        NODE("evidence", V(3, 7), 0, 1, &component_evidence), NODE("releaseNotes", V(4, 7), 0, 1, &release_notes),
        NODE("modelCard", V(5, 7), 0, 1, &model_card), NODE("data", V(5, 5), 0, 1, &component_data),
        NODE("data", V(6, 7), 0, MANY, &component_data), NODE("cryptoProperties", V(6, 7), 0, 1, &crypto_properties),
        NODE("tags", V(6, 7), 0, 1, &tags), FOREIGN(V(1, 7))))};
static const struct cdx_xml components = {
    .any_attributes = V(1, 7),
    .other_attributes = V(1, 7),
    .content = PARTICLES(SEQUENCE(V(1, 7), 0, MANY, NODE("component", V(1, 7), 1, 1, &component), FOREIGN(V(1, 7))))};
static const struct cdx_xml service_endpoints = {
    .content = PARTICLES(SEQUENCE(V(2, 7), 0, MANY, TEXT("endpoint", V(2, 7), 1, 1, &address)))};
static const struct cdx_rule flow_word = {.kind = CDX_STRING,
                                          .words = WORDS({V(2, 7), "inbound|outbound|bi-directional|unknown"})};
static const struct cdx_xml data_classification = {.attributes = MEMBERS({"flow", V(2, 7), V(2, 7), &flow_word}),
                                                   .text = PARTS({V(2, 7), &line})};
static const struct cdx_rule address_or_bom_link_element = {
    .kind = CDX_ANY_OF, .parts = PARTS({V(0, 7), &address}, {V(0, 7), &bom_link_element})};
static const struct cdx_xml service_data_dataflow_source = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 0, MANY, TEXT("url", V(5, 7), 1, 1, &address_or_bom_link_element)))};
static const struct cdx_xml service_data_dataflow_destination = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 0, MANY, TEXT("url", V(5, 7), 1, 1, &address_or_bom_link_element)))};
static const struct cdx_xml service_data_dataflow = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .attributes = MEMBERS({"name", V(5, 7), 0, &text}, {"description", V(5, 7), 0, &text}),
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("classification", V(5, 7), 0, 1, &data_classification),
                                  NODE("governance", V(5, 7), 0, 1, &data_governance),
                                  NODE("source", V(5, 7), 0, 1, &service_data_dataflow_source),
                                  NODE("destination", V(5, 7), 0, 1, &service_data_dataflow_destination)))};
static const struct cdx_xml service_data = {
    .content = PARTICLES(SEQUENCE(V(2, 4), 0, MANY, NODE("classification", V(2, 4), 1, 1, &data_classification)),
                         CHOICE(V(5, 7), 1, 1,
                                SEQUENCE(V(5, 7), 0, MANY, NODE("classification", V(5, 7), 1, 1, &data_classification)),
                                NODE("dataflow", V(5, 7), 0, MANY, &service_data_dataflow)))};
static const struct cdx_xml service_licenses = {
    .content = PARTICLES(
        CHOICE(V(2, 2), 1, 1, NODE("license", V(2, 2), 0, MANY, &license), TEXT("expression", V(2, 2), 0, 1, &line)))};
static const struct cdx_xml service_patent_assertions = {
    .content = PARTICLES(SEQUENCE(V(7, 7), 0, MANY, NODE("patentAssertion", V(7, 7), 1, 1, &patent_assertion)))};
static const struct cdx_xml service_services = {
    .content = PARTICLES(SEQUENCE(V(2, 7), 0, MANY, NODE("service", V(2, 7), 1, 1, &service), FOREIGN(V(2, 7))))};
static const struct cdx_xml service = {
    .any_attributes = V(2, 7),
    .other_attributes = V(2, 7),
    .attributes = MEMBERS({"bom-ref", V(2, 4), 0, &text}, {"bom-ref", V(5, 7), 0, &not_empty}),
    .content = PARTICLES(SEQUENCE(
        V(2, 7), 1, 1, NODE("provider", V(2, 7), 0, 1, &organizational_entity), TEXT("group", V(2, 7), 0, 1, &line),
        TEXT("name", V(2, 7), 1, 1, &line), TEXT("version", V(2, 5), 0, 1, &line),
        TEXT("version", V(6, 7), 0, 1, &line_to_1024), TEXT("description", V(2, 7), 0, 1, &line),
        NODE("endpoints", V(2, 7), 0, 1, &service_endpoints), TEXT("authenticated", V(2, 7), 0, 1, &yes_no),
        TEXT("x-trust-boundary", V(2, 7), 0, 1, &yes_no), TEXT("trustZone", V(5, 7), 0, 1, &text),
        NODE("data", V(2, 7), 0, 1, &service_data), NODE("licenses", V(2, 2), 0, 1, &service_licenses),
        NODE("licenses", V(3, 7), 0, 1, &license_choice),
        NODE("patentAssertions", V(7, 7), 0, 1, &service_patent_assertions),
        NODE("externalReferences", V(2, 7), 0, 1, &external_references), NODE("properties", V(3, 7), 0, 1, &properties),
        NODE("services", V(2, 7), 0, 1, &service_services), NODE("releaseNotes", V(4, 7), 0, 1, &release_notes),
        NODE("tags", V(6, 7), 0, 1, &tags), FOREIGN(V(2, 7))))};
static const struct cdx_xml services = {
    .any_attributes = V(2, 7),
    .other_attributes = V(2, 7),
    .content = PARTICLES(SEQUENCE(V(2, 7), 0, MANY, NODE("service", V(2, 7), 1, 1, &service), FOREIGN(V(2, 7))))};
static const struct cdx_xml metadata_tools = {
    .content = PARTICLES(SEQUENCE(V(2, 4), 0, MANY, NODE("tool", V(2, 4), 0, 1, &tool)),
                         CHOICE(V(5, 7), 1, 1, SEQUENCE(V(5, 7), 0, MANY, NODE("tool", V(5, 7), 0, 1, &tool)),
                                SEQUENCE(V(5, 7), 0, 1, NODE("components", V(5, 7), 0, 1, &components),
                                         NODE("services", V(5, 7), 0, 1, &services))))};
static const struct cdx_xml metadata_authors = {
    .content = PARTICLES(SEQUENCE(V(2, 7), 0, MANY, NODE("author", V(2, 7), 1, 1, &organizational_contact)))};
static const struct cdx_rule tlp_word = {.kind = CDX_STRING,
                                         .words = WORDS({V(7, 7), "CLEAR|GREEN|AMBER|AMBER_AND_STRICT|RED"})};
static const struct cdx_xml metadata_distribution_constraints = {
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1, TEXT("tlp", V(7, 7), 0, 1, &tlp_word)))};
static const struct cdx_xml metadata = {
    .other_attributes = V(2, 7),
    .content = PARTICLES(SEQUENCE(
        V(2, 7), 0, 1, TEXT("timestamp", V(2, 7), 0, 1, &date_time),
        NODE("lifecycles", V(5, 7), 0, 1, &metadata_lifecycles), NODE("tools", V(2, 7), 0, 1, &metadata_tools),
        NODE("authors", V(2, 7), 0, 1, &metadata_authors), NODE("component", V(2, 7), 0, 1, &component),
        NODE("manufacturer", V(6, 7), 0, 1, &organizational_entity),
        NODE("manufacture", V(2, 2), 0, MANY, &organizational_entity),
        NODE("manufacture", V(3, 7), 0, 1, &organizational_entity),
        NODE("supplier", V(2, 2), 0, MANY, &organizational_entity),
        NODE("supplier", V(3, 7), 0, 1, &organizational_entity), NODE("licenses", V(3, 7), 0, 1, &license_choice),
        NODE("properties", V(3, 7), 0, 1, &properties),
        NODE("distributionConstraints", V(7, 7), 0, 1, &metadata_distribution_constraints), FOREIGN(V(2, 7))))};
static const struct cdx_xml bom_components = {
    .other_attributes = V(0, 0),
    .content = PARTICLES(SEQUENCE(V(0, 0), 0, MANY, NODE("component", V(0, 0), 1, 1, &component)))};
static const struct cdx_xml dependency_type_provides = {.attributes = MEMBERS({"ref", V(6, 7), V(6, 7), &not_empty})};
static const struct cdx_xml dependency = {
    .other_attributes = V(2, 7),
    .attributes = MEMBERS({"ref", V(2, 4), V(2, 4), &text}, {"ref", V(5, 7), V(5, 7), &not_empty}),
    .content = PARTICLES(SEQUENCE(V(2, 7), 0, MANY, NODE("dependency", V(2, 5), 1, 1, &dependency),
                                  NODE("dependency", V(6, 7), 0, 1, &dependency),
                                  NODE("provides", V(6, 7), 0, 1, &dependency_type_provides)))};
static const struct cdx_xml dependencies = {
    .content = PARTICLES(SEQUENCE(V(2, 7), 0, MANY, NODE("dependency", V(2, 7), 1, 1, &dependency)))};
static const struct cdx_rule aggregate_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(3, 7), "complete|incomplete|incomplete_first_party_only|incomplete_third_party_only|unknown|not_specified"},
        {V(5, 7), "incomplete_first_party_proprietary_only|incomplete_first_party_opensource_only|incomplete_third_"
                  "party_proprietary_only|incomplete_third_party_opensource_only"})};
static const struct cdx_xml composition_type_assemblies = {
    .content = PARTICLES(
        SEQUENCE(V(3, 7), 0, MANY, NODE("assembly", V(3, 7), 1, 1, &bom_reference), FOREIGN(V(3, 7))))};
static const struct cdx_xml composition_type_dependencies = {
    .content = PARTICLES(
        SEQUENCE(V(3, 7), 0, MANY, NODE("dependency", V(3, 7), 1, 1, &bom_reference), FOREIGN(V(3, 7))))};
static const struct cdx_xml composition_type_vulnerabilities = {
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 0, MANY, NODE("vulnerability", V(5, 7), 1, 1, &bom_reference), FOREIGN(V(5, 7))))};
static const struct cdx_xml composition = {
    .attributes = MEMBERS({"bom-ref", V(5, 7), 0, &not_empty}),
    .content = PARTICLES(SEQUENCE(V(3, 7), 0, MANY, TEXT("aggregate", V(3, 7), 1, 1, &aggregate_word),
                                  NODE("assemblies", V(3, 7), 0, 1, &composition_type_assemblies),
                                  NODE("dependencies", V(3, 7), 0, 1, &composition_type_dependencies),
                                  NODE("vulnerabilities", V(5, 7), 0, 1, &composition_type_vulnerabilities)))};
static const struct cdx_xml compositions = {
    .any_attributes = V(3, 7),
    .other_attributes = V(3, 7),
    .content = PARTICLES(
        SEQUENCE(V(3, 7), 0, MANY, NODE("composition", V(3, 7), 1, 1, &composition), FOREIGN(V(3, 7))))};
static const struct cdx_xml vulnerability_source = {
    .content = PARTICLES(
        SEQUENCE(V(4, 7), 0, MANY, TEXT("name", V(4, 7), 0, 1, &line), TEXT("url", V(4, 7), 0, 1, &address)))};
static const struct cdx_xml vulnerability_type_references_reference = {
    .content = PARTICLES(SEQUENCE(V(4, 7), 1, 1, TEXT("id", V(4, 4), 0, 1, &line), TEXT("id", V(5, 7), 1, 1, &line),
                                  NODE("source", V(4, 4), 0, 1, &vulnerability_source),
                                  NODE("source", V(5, 7), 1, 1, &vulnerability_source)))};
static const struct cdx_xml vulnerability_type_references = {
    .content = PARTICLES(SEQUENCE(V(4, 7), 0, MANY,
                                  NODE("reference", V(4, 7), 1, 1, &vulnerability_type_references_reference),
                                  FOREIGN(V(4, 7))))};
static const struct cdx_rule severity_word = {.kind = CDX_STRING,
                                              .words = WORDS({V(4, 7), "critical|high|medium|low|info|none|unknown"})};
static const struct cdx_rule method_word = {
    .kind = CDX_STRING, .words = WORDS({V(4, 7), "CVSSv2|CVSSv3|CVSSv31|OWASP|other"}, {V(5, 7), "CVSSv4|SSVC"})};
static const struct cdx_xml rating = {
    .content = PARTICLES(SEQUENCE(
        V(4, 7), 1, 1, NODE("source", V(4, 7), 0, 1, &vulnerability_source), TEXT("score", V(4, 7), 0, 1, &decimal),
        TEXT("severity", V(4, 7), 0, 1, &severity_word), TEXT("method", V(4, 7), 0, 1, &method_word),
        TEXT("vector", V(4, 7), 0, 1, &line), TEXT("justification", V(4, 7), 0, 1, &text)))};
static const struct cdx_xml vulnerability_type_ratings = {
    .content = PARTICLES(SEQUENCE(V(4, 7), 1, 1, NODE("rating", V(4, 7), 0, MANY, &rating)))};
static const struct cdx_xml vulnerability_type_cwes = {
    .content = PARTICLES(SEQUENCE(V(4, 7), 1, 1, TEXT("cwe", V(4, 7), 0, MANY, &integer)))};
static const struct cdx_xml vulnerability_type_proof_of_concept_supporting_material = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("attachment", V(5, 7), 0, MANY, &attached_text)))};
static const struct cdx_xml vulnerability_type_proof_of_concept = {
    .content = PARTICLES(SEQUENCE(
        V(5, 7), 1, 1, TEXT("reproductionSteps", V(5, 7), 0, 1, &text), TEXT("environment", V(5, 7), 0, 1, &text),
        NODE("supportingMaterial", V(5, 7), 0, 1, &vulnerability_type_proof_of_concept_supporting_material)))};
static const struct cdx_xml advisory = {
    .content = PARTICLES(
        SEQUENCE(V(4, 7), 1, 1, TEXT("title", V(4, 7), 0, 1, &line), TEXT("url", V(4, 7), 1, 1, &address)))};
static const struct cdx_xml vulnerability_type_advisories = {
    .content = PARTICLES(SEQUENCE(V(4, 7), 1, 1, NODE("advisory", V(4, 7), 0, MANY, &advisory)))};
static const struct cdx_xml vulnerability_type_credits_organizations = {
    .content = PARTICLES(SEQUENCE(V(4, 7), 0, MANY, NODE("organization", V(4, 7), 1, 1, &organizational_entity)))};
static const struct cdx_xml vulnerability_type_credits_individuals = {
    .content = PARTICLES(SEQUENCE(V(4, 7), 0, MANY, NODE("individual", V(4, 7), 1, 1, &organizational_contact)))};
static const struct cdx_xml vulnerability_type_credits = {
    .content = PARTICLES(SEQUENCE(V(4, 7), 1, 1,
                                  NODE("organizations", V(4, 7), 0, 1, &vulnerability_type_credits_organizations),
                                  NODE("individuals", V(4, 7), 0, 1, &vulnerability_type_credits_individuals)))};
static const struct cdx_xml vulnerability_type_tools = {
    .content = PARTICLES(SEQUENCE(V(4, 4), 0, MANY, NODE("tool", V(4, 4), 0, 1, &tool)),
                         CHOICE(V(5, 7), 1, 1, SEQUENCE(V(5, 7), 0, MANY, NODE("tool", V(5, 7), 0, 1, &tool)),
                                SEQUENCE(V(5, 7), 0, 1, NODE("components", V(5, 7), 0, 1, &components),
                                         NODE("services", V(5, 7), 0, 1, &services))))};
static const struct cdx_rule state_word_3 = {
    .kind = CDX_STRING,
    .words = WORDS({V(4, 7), "resolved|resolved_with_pedigree|exploitable|in_triage|false_positive|not_affected"})};
static const struct cdx_rule justification_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(4, 7),
         "code_not_present|code_not_reachable|requires_configuration|requires_dependency|requires_environment|"
         "protected_by_compiler|protected_at_runtime|protected_at_perimeter|protected_by_mitigating_control"})};
static const struct cdx_rule response_word = {
    .kind = CDX_STRING, .words = WORDS({V(4, 7), "can_not_fix|will_not_fix|update|rollback|workaround_available"})};
static const struct cdx_xml vulnerability_type_analysis_responses = {
    .content = PARTICLES(SEQUENCE(V(4, 7), 0, MANY, TEXT("response", V(4, 7), 1, 1, &response_word)))};
static const struct cdx_xml vulnerability_type_analysis = {
    .content = PARTICLES(SEQUENCE(V(4, 7), 0, 1, TEXT("state", V(4, 7), 0, 1, &state_word_3),
                                  TEXT("justification", V(4, 7), 0, 1, &justification_word),
                                  NODE("responses", V(4, 7), 0, 1, &vulnerability_type_analysis_responses),
                                  TEXT("detail", V(4, 7), 0, 1, &text), TEXT("firstIssued", V(5, 7), 0, 1, &date_time),
                                  TEXT("lastUpdated", V(5, 7), 0, 1, &date_time)))};
static const struct cdx_rule status_word = {.kind = CDX_STRING,
                                            .words = WORDS({V(4, 7), "affected|unaffected|unknown"})};
static const struct cdx_xml vulnerability_type_affects_target_versions_version = {
    .content = PARTICLES(SEQUENCE(
        V(4, 7), 0, 1,
        CHOICE(V(4, 7), 1, 1, TEXT("version", V(4, 5), 1, 1, &line), TEXT("version", V(6, 7), 1, 1, &line_to_1024),
               TEXT("range", V(4, 5), 1, 1, &line), TEXT("range", V(6, 7), 1, 1, &not_empty_line_to_4096)),
        TEXT("status", V(4, 7), 0, 1, &status_word)))};
static const struct cdx_xml vulnerability_type_affects_target_versions = {
    .content = PARTICLES(SEQUENCE(
        V(4, 7), 0, MANY, NODE("version", V(4, 7), 1, 1, &vulnerability_type_affects_target_versions_version)))};
static const struct cdx_xml vulnerability_type_affects_target = {
    .content = PARTICLES(SEQUENCE(V(4, 7), 0, 1, TEXT("ref", V(4, 4), 1, 1, &text),
                                  TEXT("ref", V(5, 7), 1, 1, &not_empty_or_bom_link_element),
                                  NODE("versions", V(4, 7), 0, 1, &vulnerability_type_affects_target_versions)))};
static const struct cdx_xml vulnerability_type_affects = {
    .content = PARTICLES(
        SEQUENCE(V(4, 7), 0, MANY, NODE("target", V(4, 7), 1, 1, &vulnerability_type_affects_target)))};
static const struct cdx_xml vulnerability = {
    .attributes = MEMBERS({"bom-ref", V(4, 4), 0, &text}, {"bom-ref", V(5, 7), 0, &not_empty}),
    .content = PARTICLES(SEQUENCE(
        V(4, 7), 0, 1, TEXT("id", V(4, 7), 0, 1, &line), NODE("source", V(4, 7), 0, 1, &vulnerability_source),
        NODE("references", V(4, 7), 0, 1, &vulnerability_type_references),
        NODE("ratings", V(4, 7), 0, 1, &vulnerability_type_ratings),
        NODE("cwes", V(4, 7), 0, 1, &vulnerability_type_cwes), TEXT("description", V(4, 7), 0, 1, &text),
        TEXT("detail", V(4, 7), 0, 1, &text), TEXT("recommendation", V(4, 7), 0, 1, &text),
        TEXT("workaround", V(5, 7), 0, 1, &text),
        NODE("proofOfConcept", V(5, 7), 0, 1, &vulnerability_type_proof_of_concept),
        NODE("advisories", V(4, 7), 0, 1, &vulnerability_type_advisories), TEXT("created", V(4, 7), 0, 1, &date_time),
        TEXT("published", V(4, 7), 0, 1, &date_time), TEXT("updated", V(4, 7), 0, 1, &date_time),
        TEXT("rejected", V(5, 7), 0, 1, &date_time), NODE("credits", V(4, 7), 0, 1, &vulnerability_type_credits),
        NODE("tools", V(4, 7), 0, 1, &vulnerability_type_tools),
        NODE("analysis", V(4, 7), 0, 1, &vulnerability_type_analysis),
        NODE("affects", V(4, 7), 0, 1, &vulnerability_type_affects), NODE("properties", V(4, 7), 0, 1, &properties)))};
static const struct cdx_xml vulnerabilities = {
    .any_attributes = V(4, 7),
    .other_attributes = V(4, 7),
    .content = PARTICLES(
        SEQUENCE(V(4, 7), 0, MANY, NODE("vulnerability", V(4, 7), 1, 1, &vulnerability), FOREIGN(V(4, 7))))};
static const struct cdx_xml annotation_type_subjects = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 0, MANY, NODE("subject", V(5, 7), 1, 1, &bom_reference), FOREIGN(V(5, 7))))};
static const struct cdx_xml annotator_choice = {
    .content = PARTICLES(CHOICE(V(5, 7), 1, 1, NODE("organization", V(5, 7), 0, 1, &organizational_entity),
                                NODE("individual", V(5, 7), 0, 1, &organizational_contact),
                                NODE("component", V(5, 7), 0, 1, &component),
                                NODE("service", V(5, 7), 0, 1, &service)))};
static const struct cdx_xml annotation = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .attributes = MEMBERS({"bom-ref", V(5, 7), 0, &not_empty}),
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("subjects", V(5, 7), 0, 1, &annotation_type_subjects),
                                  NODE("annotator", V(5, 7), 1, 1, &annotator_choice),
                                  TEXT("timestamp", V(5, 7), 1, 1, &date_time), TEXT("text", V(5, 7), 1, 1, &text),
                                  FOREIGN(V(5, 7))))};
static const struct cdx_xml annotations = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .content = PARTICLES(SEQUENCE(V(5, 7), 0, MANY, NODE("annotation", V(5, 7), 1, 1, &annotation), FOREIGN(V(5, 7))))};
static const struct cdx_xml resource_reference = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1,
                                  CHOICE(V(5, 7), 1, 1, TEXT("ref", V(5, 7), 1, 1, &not_empty_or_bom_link_element),
                                         NODE("externalReference", V(5, 7), 1, 1, &external_reference)),
                                  FOREIGN(V(5, 7))))};
static const struct cdx_xml resource_references = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 1, 1, NODE("resourceReference", V(5, 7), 0, MANY, &resource_reference), FOREIGN(V(5, 7))))};
static const struct cdx_rule task_type_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(5, 7), "copy|clone|lint|scan|merge|build|test|deliver|deploy|release|clean|other"})};
static const struct cdx_xml task_type_task_types = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("taskType", V(5, 7), 0, MANY, &task_type_word)))};
static const struct cdx_rule type_word_9 = {.kind = CDX_STRING,
                                            .words = WORDS({V(5, 7), "manual|api|webhook|scheduled"})};
static const struct cdx_xml event = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 1, 1, TEXT("uid", V(5, 7), 0, 1, &text), TEXT("description", V(5, 7), 0, 1, &text),
                 TEXT("timeReceived", V(5, 7), 0, 1, &date_time), NODE("data", V(5, 7), 0, 1, &attached_text),
                 NODE("source", V(5, 7), 0, 1, &resource_reference), NODE("target", V(5, 7), 0, 1, &resource_reference),
                 NODE("properties", V(5, 7), 0, 1, &properties), FOREIGN(V(5, 7))))};
static const struct cdx_xml trigger_type_conditions_condition = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("description", V(5, 7), 0, 1, &text),
                                  TEXT("expression", V(5, 7), 0, 1, &text),
                                  NODE("properties", V(5, 7), 0, 1, &properties)))};
static const struct cdx_xml trigger_type_conditions = {
    .content = PARTICLES(
        SEQUENCE(V(5, 7), 1, 1, NODE("condition", V(5, 7), 0, MANY, &trigger_type_conditions_condition)))};
static const struct cdx_xml parameter = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("name", V(5, 7), 0, 1, &text),
                                  TEXT("value", V(5, 7), 0, 1, &text), TEXT("dataType", V(5, 7), 0, 1, &text),
                                  FOREIGN(V(5, 7))))};
static const struct cdx_xml parameters = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("parameter", V(5, 7), 0, MANY, &parameter)))};
static const struct cdx_xml input_type_environment_vars = {
    .content = PARTICLES(SEQUENCE(
        V(5, 7), 0, MANY,
        CHOICE(V(5, 7), 1, 1, NODE("environmentVar", V(5, 7), 0, 1, &property), TEXT("value", V(5, 7), 0, 1, &text))))};
static const struct cdx_xml input = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1,
                                  CHOICE(V(5, 7), 1, 1, NODE("resource", V(5, 7), 1, 1, &resource_reference),
                                         NODE("parameters", V(5, 7), 1, 1, &parameters),
                                         NODE("environmentVars", V(5, 7), 1, 1, &input_type_environment_vars),
                                         NODE("data", V(5, 7), 1, 1, &attached_text)),
                                  NODE("source", V(5, 7), 0, 1, &resource_reference),
                                  NODE("target", V(5, 7), 0, 1, &resource_reference),
                                  NODE("properties", V(5, 7), 0, 1, &properties), FOREIGN(V(5, 7))))};
static const struct cdx_xml trigger_type_inputs = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("input", V(5, 7), 0, MANY, &input)))};
static const struct cdx_xml output_type_environment_vars = {
    .content = PARTICLES(SEQUENCE(
        V(5, 7), 0, MANY,
        CHOICE(V(5, 7), 1, 1, NODE("environmentVar", V(5, 7), 0, 1, &property), TEXT("value", V(5, 7), 0, 1, &text))))};
static const struct cdx_rule type_word_10 = {
    .kind = CDX_STRING, .words = WORDS({V(5, 7), "artifact|attestation|log|evidence|metrics|other"})};
static const struct cdx_xml output = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1,
                                  CHOICE(V(5, 7), 1, 1, NODE("resource", V(5, 7), 1, 1, &resource_reference),
                                         NODE("environmentVars", V(5, 7), 1, 1, &output_type_environment_vars),
                                         NODE("data", V(5, 7), 1, 1, &attached_text)),
                                  TEXT("type", V(5, 7), 0, 1, &type_word_10),
                                  NODE("source", V(5, 7), 0, 1, &resource_reference),
                                  NODE("target", V(5, 7), 0, 1, &resource_reference),
                                  NODE("properties", V(5, 7), 0, 1, &properties), FOREIGN(V(5, 7))))};
static const struct cdx_xml trigger_type_outputs = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("output", V(5, 7), 0, MANY, &output)))};
static const struct cdx_xml trigger = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .attributes = MEMBERS({"bom-ref", V(5, 7), V(5, 7), &not_empty}),
    .content = PARTICLES(SEQUENCE(
        V(5, 7), 1, 1, TEXT("uid", V(5, 7), 1, 1, &text), TEXT("name", V(5, 7), 0, 1, &text),
        TEXT("description", V(5, 7), 0, 1, &text), NODE("resourceReferences", V(5, 7), 0, 1, &resource_references),
        TEXT("type", V(5, 7), 1, 1, &type_word_9), NODE("event", V(5, 7), 0, 1, &event),
        NODE("conditions", V(5, 7), 0, 1, &trigger_type_conditions), TEXT("timeActivated", V(5, 7), 0, 1, &date_time),
        NODE("inputs", V(5, 7), 0, 1, &trigger_type_inputs), NODE("outputs", V(5, 7), 0, 1, &trigger_type_outputs),
        NODE("properties", V(5, 7), 0, 1, &properties), FOREIGN(V(5, 7))))};
static const struct cdx_xml step_type_commands_command = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("executed", V(5, 7), 0, 1, &text),
                                  NODE("properties", V(5, 7), 0, 1, &properties)))};
static const struct cdx_xml step_type_commands = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("command", V(5, 7), 0, MANY, &step_type_commands_command)))};
static const struct cdx_xml step = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("name", V(5, 7), 0, 1, &text),
                                  TEXT("description", V(5, 7), 0, 1, &text),
                                  NODE("commands", V(5, 7), 0, 1, &step_type_commands),
                                  NODE("properties", V(5, 7), 0, 1, &properties), FOREIGN(V(5, 7))))};
static const struct cdx_xml task_type_steps = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("step", V(5, 7), 0, MANY, &step)))};
static const struct cdx_xml task_type_inputs = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("input", V(5, 7), 0, MANY, &input)))};
static const struct cdx_xml task_type_outputs = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("output", V(5, 7), 0, MANY, &output)))};
static const struct cdx_xml workspace_type_aliases = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("alias", V(5, 7), 0, MANY, &text)))};
static const struct cdx_rule access_mode_word = {
    .kind = CDX_STRING, .words = WORDS({V(5, 7), "read-only|read-write|read-write-once|write-once|write-only"})};
static const struct cdx_rule mode_word_2 = {.kind = CDX_STRING, .words = WORDS({V(5, 7), "filesystem|block"})};
static const struct cdx_xml volume = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("uid", V(5, 7), 0, 1, &text), TEXT("name", V(5, 7), 0, 1, &text),
                                  TEXT("mode", V(5, 7), 0, 1, &mode_word_2), TEXT("path", V(5, 7), 0, 1, &text),
                                  TEXT("sizeAllocated", V(5, 7), 0, 1, &text),
                                  TEXT("persistent", V(5, 7), 0, 1, &yes_no), TEXT("remote", V(5, 7), 0, 1, &yes_no),
                                  NODE("properties", V(5, 7), 0, 1, &properties)))};
static const struct cdx_xml workspace = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .attributes = MEMBERS({"bom-ref", V(5, 7), V(5, 7), &not_empty}),
    .content = PARTICLES(SEQUENCE(
        V(5, 7), 0, MANY, TEXT("uid", V(5, 7), 1, 1, &text), TEXT("name", V(5, 7), 0, 1, &text),
        NODE("aliases", V(5, 7), 0, 1, &workspace_type_aliases), TEXT("description", V(5, 7), 0, 1, &text),
        NODE("resourceReferences", V(5, 7), 0, 1, &resource_references),
        TEXT("accessMode", V(5, 7), 0, 1, &access_mode_word), TEXT("mountPath", V(5, 7), 0, 1, &text),
        TEXT("managedDataType", V(5, 7), 0, 1, &text), TEXT("volumeRequest", V(5, 7), 0, 1, &text),
        NODE("volume", V(5, 7), 0, 1, &volume), NODE("properties", V(5, 7), 0, 1, &properties), FOREIGN(V(5, 7))))};
static const struct cdx_xml workspaces = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("workspace", V(5, 7), 0, MANY, &workspace), FOREIGN(V(5, 7))))};
static const struct cdx_xml task = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .attributes = MEMBERS({"bom-ref", V(5, 7), V(5, 7), &not_empty}),
    .content = PARTICLES(SEQUENCE(
        V(5, 7), 1, 1, TEXT("uid", V(5, 7), 1, 1, &text), TEXT("name", V(5, 7), 0, 1, &text),
        TEXT("description", V(5, 7), 0, 1, &text), NODE("resourceReferences", V(5, 7), 0, 1, &resource_references),
        NODE("taskTypes", V(5, 7), 1, 1, &task_type_task_types), NODE("trigger", V(5, 7), 0, 1, &trigger),
        NODE("steps", V(5, 7), 0, 1, &task_type_steps), NODE("inputs", V(5, 7), 0, 1, &task_type_inputs),
        NODE("outputs", V(5, 7), 0, 1, &task_type_outputs), TEXT("timeStart", V(5, 7), 0, 1, &date_time),
        TEXT("timeEnd", V(5, 7), 0, 1, &date_time), NODE("workspaces", V(5, 7), 0, 1, &workspaces),
        NODE("runtimeTopology", V(5, 7), 0, 1, &dependencies), NODE("properties", V(5, 7), 0, 1, &properties),
        FOREIGN(V(5, 7))))};
static const struct cdx_xml tasks = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("task", V(5, 7), 0, MANY, &task), FOREIGN(V(5, 7))))};
static const struct cdx_xml workflow_type_task_types = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, TEXT("taskType", V(5, 7), 0, MANY, &task_type_word)))};
static const struct cdx_xml workflow_type_steps = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("step", V(5, 7), 0, MANY, &step)))};
static const struct cdx_xml workflow_type_inputs = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("input", V(5, 7), 0, MANY, &input)))};
static const struct cdx_xml workflow_type_outputs = {
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("output", V(5, 7), 0, MANY, &output)))};
static const struct cdx_xml workflow = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .attributes = MEMBERS({"bom-ref", V(5, 7), V(5, 7), &not_empty}),
    .content = PARTICLES(SEQUENCE(
        V(5, 7), 1, 1, TEXT("uid", V(5, 7), 1, 1, &text), TEXT("name", V(5, 7), 0, 1, &text),
        TEXT("description", V(5, 7), 0, 1, &text), NODE("resourceReferences", V(5, 7), 0, 1, &resource_references),
        NODE("tasks", V(5, 7), 0, 1, &tasks), NODE("taskDependencies", V(5, 7), 0, 1, &dependencies),
        NODE("taskTypes", V(5, 7), 1, 1, &workflow_type_task_types), NODE("trigger", V(5, 7), 0, 1, &trigger),
        NODE("steps", V(5, 7), 0, 1, &workflow_type_steps), NODE("inputs", V(5, 7), 0, 1, &workflow_type_inputs),
        NODE("outputs", V(5, 7), 0, 1, &workflow_type_outputs), TEXT("timeStart", V(5, 7), 0, 1, &date_time),
        TEXT("timeEnd", V(5, 7), 0, 1, &date_time), NODE("workspaces", V(5, 7), 0, 1, &workspaces),
        NODE("runtimeTopology", V(5, 7), 0, 1, &dependencies), NODE("properties", V(5, 7), 0, 1, &properties),
        FOREIGN(V(5, 7))))};
static const struct cdx_xml workflows = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .content = PARTICLES(SEQUENCE(V(5, 7), 1, 1, NODE("workflow", V(5, 7), 0, MANY, &workflow), FOREIGN(V(5, 7))))};
static const struct cdx_xml formula = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .attributes = MEMBERS({"bom-ref", V(5, 7), 0, &not_empty}),
    .content = PARTICLES(SEQUENCE(
        V(5, 7), 1, 1, NODE("components", V(5, 7), 0, 1, &components), NODE("services", V(5, 7), 0, 1, &services),
        NODE("workflows", V(5, 7), 0, 1, &workflows), NODE("properties", V(5, 7), 0, 1, &properties)))};
static const struct cdx_xml formulation = {
    .any_attributes = V(5, 7),
    .other_attributes = V(5, 7),
    .content = PARTICLES(SEQUENCE(V(5, 7), 0, MANY, NODE("formula", V(5, 7), 1, 1, &formula), FOREIGN(V(5, 7))))};
static const struct cdx_xml declarations_type_assessors_assessor = {
    .other_attributes = V(6, 7),
    .attributes = MEMBERS({"bom-ref", V(6, 7), 0, &not_empty}),
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, TEXT("thirdParty", V(6, 7), 0, 1, &yes_no),
                                  NODE("organization", V(6, 7), 0, 1, &organizational_entity)))};
static const struct cdx_xml declarations_type_assessors = {
    .content = PARTICLES(
        SEQUENCE(V(6, 7), 1, 1, NODE("assessor", V(6, 7), 0, MANY, &declarations_type_assessors_assessor)))};
static const struct cdx_xml declarations_type_attestations_attestation_map_claims = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, TEXT("claim", V(6, 7), 0, MANY, &not_empty)))};
static const struct cdx_xml declarations_type_attestations_attestation_map_counter_claims = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, TEXT("counterClaim", V(6, 7), 0, MANY, &not_empty)))};
static const struct cdx_xml declarations_type_attestations_attestation_map_conformance_mitigation_strategies = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, TEXT("mitigationStrategy", V(6, 7), 0, MANY, &not_empty)))};
static const struct cdx_xml declarations_type_attestations_attestation_map_conformance = {
    .content = PARTICLES(
        SEQUENCE(V(6, 7), 1, 1, TEXT("score", V(6, 7), 1, 1, &decimal_to_1), TEXT("rationale", V(6, 7), 0, 1, &text),
                 NODE("mitigationStrategies", V(6, 7), 0, 1,
                      &declarations_type_attestations_attestation_map_conformance_mitigation_strategies)))};
static const struct cdx_xml declarations_type_attestations_attestation_map_confidence = {
    .content = PARTICLES(
        SEQUENCE(V(6, 7), 1, 1, TEXT("score", V(6, 7), 1, 1, &decimal_to_1), TEXT("rationale", V(6, 7), 0, 1, &text)))};
static const struct cdx_xml declarations_type_attestations_attestation_map = {
    .content = PARTICLES(
        SEQUENCE(V(6, 7), 1, 1, TEXT("requirement", V(6, 7), 0, 1, &not_empty),
                 NODE("claims", V(6, 7), 0, 1, &declarations_type_attestations_attestation_map_claims),
                 NODE("counterClaims", V(6, 7), 0, 1, &declarations_type_attestations_attestation_map_counter_claims),
                 NODE("conformance", V(6, 7), 0, 1, &declarations_type_attestations_attestation_map_conformance),
                 NODE("confidence", V(6, 7), 0, 1, &declarations_type_attestations_attestation_map_confidence)))};
static const struct cdx_xml declarations_type_attestations_attestation = {
    .content = PARTICLES(
        SEQUENCE(V(6, 7), 1, 1, TEXT("summary", V(6, 7), 0, 1, &text), TEXT("assessor", V(6, 7), 0, 1, &not_empty),
                 NODE("map", V(6, 7), 0, MANY, &declarations_type_attestations_attestation_map), FOREIGN(V(6, 7))))};
static const struct cdx_xml declarations_type_attestations = {
    .content = PARTICLES(
        SEQUENCE(V(6, 7), 1, 1, NODE("attestation", V(6, 7), 0, MANY, &declarations_type_attestations_attestation)))};
static const struct cdx_xml declarations_type_claims_claim_mitigation_strategies = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, TEXT("mitigationStrategy", V(6, 7), 0, MANY, &not_empty)))};
static const struct cdx_xml declarations_type_claims_claim = {
    .other_attributes = V(6, 7),
    .attributes = MEMBERS({"bom-ref", V(6, 7), 0, &not_empty}),
    .content = PARTICLES(
        SEQUENCE(V(6, 7), 1, 1, TEXT("target", V(6, 7), 0, 1, &not_empty), TEXT("predicate", V(6, 7), 0, 1, &text),
                 NODE("mitigationStrategies", V(6, 7), 0, 1, &declarations_type_claims_claim_mitigation_strategies),
                 TEXT("reasoning", V(6, 7), 0, 1, &text), TEXT("evidence", V(6, 7), 0, MANY, &not_empty),
                 TEXT("counterEvidence", V(6, 7), 0, MANY, &not_empty),
                 NODE("externalReferences", V(6, 7), 0, 1, &external_references), FOREIGN(V(6, 7))))};
static const struct cdx_xml declarations_type_claims = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, NODE("claim", V(6, 7), 0, MANY, &declarations_type_claims_claim)))};
static const struct cdx_xml declarations_type_evidence_evidence_data_contents = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, NODE("attachment", V(6, 7), 0, 1, &attached_text),
                                  TEXT("url", V(6, 7), 0, 1, &address)))};
static const struct cdx_xml declarations_type_evidence_evidence_data = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, TEXT("name", V(6, 7), 0, 1, &text),
                                  NODE("contents", V(6, 7), 0, 1, &declarations_type_evidence_evidence_data_contents),
                                  TEXT("classification", V(6, 7), 0, 1, &text),
                                  NODE("sensitiveData", V(6, 7), 0, MANY, NULL),
                                  NODE("governance", V(6, 7), 0, 1, &data_governance)))};
static const struct cdx_xml declarations_type_evidence_evidence = {
    .other_attributes = V(6, 7),
    .attributes = MEMBERS({"bom-ref", V(6, 7), 0, &not_empty}),
    .content = PARTICLES(
        SEQUENCE(V(6, 7), 1, 1, TEXT("propertyName", V(6, 7), 0, 1, &text), TEXT("description", V(6, 7), 0, 1, &text),
                 NODE("data", V(6, 7), 0, MANY, &declarations_type_evidence_evidence_data),
                 TEXT("created", V(6, 7), 0, 1, &date_time), TEXT("expires", V(6, 7), 0, 1, &date_time),
                 NODE("author", V(6, 7), 0, 1, &organizational_contact),
                 NODE("reviewer", V(6, 7), 0, 1, &organizational_contact), FOREIGN(V(6, 7))))};
static const struct cdx_xml declarations_type_evidence = {
    .content = PARTICLES(
        SEQUENCE(V(6, 7), 1, 1, NODE("evidence", V(6, 7), 0, MANY, &declarations_type_evidence_evidence)))};
static const struct cdx_xml declarations_type_targets_organizations = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, NODE("organization", V(6, 7), 0, MANY, &organizational_entity)))};
static const struct cdx_xml declarations_type_targets_components = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, NODE("component", V(6, 7), 0, MANY, &component)))};
static const struct cdx_xml declarations_type_targets_services = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, NODE("service", V(6, 7), 0, MANY, &service)))};
static const struct cdx_xml declarations_type_targets = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1,
                                  NODE("organizations", V(6, 7), 0, 1, &declarations_type_targets_organizations),
                                  NODE("components", V(6, 7), 0, 1, &declarations_type_targets_components),
                                  NODE("services", V(6, 7), 0, 1, &declarations_type_targets_services)))};
static const struct cdx_xml declarations_type_affirmation_signatories_signatory = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, TEXT("name", V(6, 7), 0, 1, &text), TEXT("role", V(6, 7), 0, 1, &text),
                                  NODE("organization", V(6, 7), 0, 1, &organizational_entity),
                                  NODE("externalReference", V(6, 7), 0, 1, &external_reference), FOREIGN(V(6, 7))))};
static const struct cdx_xml declarations_type_affirmation_signatories = {
    .content = PARTICLES(SEQUENCE(
        V(6, 7), 1, 1, NODE("signatory", V(6, 7), 0, MANY, &declarations_type_affirmation_signatories_signatory)))};
static const struct cdx_xml declarations_type_affirmation = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, TEXT("statement", V(6, 7), 0, 1, &text),
                                  NODE("signatories", V(6, 7), 0, 1, &declarations_type_affirmation_signatories),
                                  FOREIGN(V(6, 7))))};
static const struct cdx_xml declarations = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, NODE("assessors", V(6, 7), 0, 1, &declarations_type_assessors),
                                  NODE("attestations", V(6, 7), 0, 1, &declarations_type_attestations),
                                  NODE("claims", V(6, 7), 0, 1, &declarations_type_claims),
                                  NODE("evidence", V(6, 7), 0, 1, &declarations_type_evidence),
                                  NODE("targets", V(6, 7), 0, 1, &declarations_type_targets),
                                  NODE("affirmation", V(6, 7), 0, 1, &declarations_type_affirmation),
                                  FOREIGN(V(6, 7))))};
static const struct cdx_xml standard_requirements_requirement_descriptions = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, TEXT("description", V(6, 7), 0, MANY, &text)))};
static const struct cdx_rule cre = {.kind = CDX_STRING, .pattern = PATTERN_CRE};
static const struct cdx_xml standard_requirements_requirement = {
    .other_attributes = V(6, 7),
    .attributes = MEMBERS({"bom-ref", V(6, 7), 0, &not_empty}),
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, TEXT("identifier", V(6, 7), 0, 1, &text),
                                  TEXT("title", V(6, 7), 0, 1, &text), TEXT("text", V(6, 7), 0, 1, &text),
                                  NODE("descriptions", V(6, 7), 0, 1, &standard_requirements_requirement_descriptions),
                                  TEXT("openCre", V(6, 7), 0, MANY, &cre), TEXT("parent", V(6, 7), 0, 1, &not_empty),
                                  NODE("properties", V(6, 7), 0, 1, &properties),
                                  NODE("externalReferences", V(6, 7), 0, 1, &external_references)))};
static const struct cdx_xml standard_requirements = {
    .content = PARTICLES(
        SEQUENCE(V(6, 7), 1, 1, NODE("requirement", V(6, 7), 0, MANY, &standard_requirements_requirement)))};
static const struct cdx_xml standard_levels_level_requirements = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, TEXT("requirement", V(6, 7), 0, MANY, &not_empty)))};
static const struct cdx_xml standard_levels_level = {
    .other_attributes = V(6, 7),
    .attributes = MEMBERS({"bom-ref", V(6, 7), 0, &not_empty}),
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, TEXT("identifier", V(6, 7), 0, 1, &text),
                                  TEXT("title", V(6, 7), 0, 1, &text), TEXT("description", V(6, 7), 0, 1, &text),
                                  NODE("requirements", V(6, 7), 0, 1, &standard_levels_level_requirements)))};
static const struct cdx_xml standard_levels = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, NODE("level", V(6, 7), 0, MANY, &standard_levels_level)))};
static const struct cdx_xml standard = {
    .other_attributes = V(6, 7),
    .attributes = MEMBERS({"bom-ref", V(6, 7), 0, &not_empty}),
    .content = PARTICLES(SEQUENCE(
        V(6, 7), 1, 1, TEXT("name", V(6, 7), 1, 1, &text), TEXT("version", V(6, 7), 1, 1, &text),
        TEXT("description", V(6, 7), 1, 1, &text), TEXT("owner", V(6, 7), 1, 1, &text),
        NODE("requirements", V(6, 7), 0, 1, &standard_requirements), NODE("levels", V(6, 7), 0, 1, &standard_levels),
        NODE("externalReferences", V(6, 7), 0, 1, &external_references), FOREIGN(V(6, 7))))};
static const struct cdx_xml standards = {
    .any_attributes = V(6, 7),
    .other_attributes = V(6, 7),
    .content = PARTICLES(SEQUENCE(V(6, 7), 0, MANY, NODE("standard", V(6, 7), 1, 1, &standard), FOREIGN(V(6, 7))))};
static const struct cdx_rule patent_2 = {.kind = CDX_STRING, .pattern = PATTERN_PATENT};
static const struct cdx_rule country = {.kind = CDX_STRING, .pattern = PATTERN_COUNTRY};
static const struct cdx_rule date = {.kind = CDX_STRING, .blanks = BLANKS_COLLAPSE, .format = FORMAT_XML_DATE};
static const struct cdx_xml priority_application = {
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1, TEXT("applicationNumber", V(7, 7), 1, 1, &patent_2),
                                  TEXT("jurisdiction", V(7, 7), 1, 1, &country),
                                  TEXT("filingDate", V(7, 7), 1, 1, &date)))};
static const struct cdx_rule patent_legal_status_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(7, 7), "pending|granted|revoked|expired|lapsed|withdrawn|abandoned|suspended|reinstated|opposed|"
                             "terminated|invalidated|in-force"})};
static const struct cdx_xml patent = {
    .other_attributes = V(7, 7),
    .attributes = MEMBERS({"bom-ref", V(7, 7), 0, &not_empty}),
    .content = PARTICLES(
        SEQUENCE(V(7, 7), 1, 1, TEXT("patentNumber", V(7, 7), 1, 1, &patent_2),
                 TEXT("applicationNumber", V(7, 7), 0, 1, &patent_2), TEXT("jurisdiction", V(7, 7), 1, 1, &country),
                 NODE("priorityApplication", V(7, 7), 0, 1, &priority_application),
                 TEXT("publicationNumber", V(7, 7), 0, 1, &patent_2), TEXT("title", V(7, 7), 0, 1, &text),
                 TEXT("abstract", V(7, 7), 0, 1, &text), TEXT("filingDate", V(7, 7), 0, 1, &date),
                 TEXT("grantDate", V(7, 7), 0, 1, &date), TEXT("patentExpirationDate", V(7, 7), 0, 1, &date),
                 TEXT("patentLegalStatus", V(7, 7), 1, 1, &patent_legal_status_word),
                 NODE("patentAssignee", V(7, 7), 0, MANY, &organization_or_individual),
                 NODE("externalReferences", V(7, 7), 0, 1, &external_references)))};
static const struct cdx_xml patent_family_type_members = {
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1, TEXT("ref", V(7, 7), 1, MANY, &not_empty)))};
static const struct cdx_xml patent_family = {
    .other_attributes = V(7, 7),
    .attributes = MEMBERS({"bom-ref", V(7, 7), 0, &not_empty}),
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1, TEXT("familyId", V(7, 7), 1, 1, &text),
                                  NODE("priorityApplication", V(7, 7), 0, 1, &priority_application),
                                  NODE("members", V(7, 7), 0, 1, &patent_family_type_members),
                                  NODE("externalReferences", V(7, 7), 0, 1, &external_references)))};
static const struct cdx_xml definitions_type_patents = {
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1,
                                  CHOICE(V(7, 7), 0, MANY, NODE("patent", V(7, 7), 1, 1, &patent),
                                         NODE("patentFamily", V(7, 7), 1, 1, &patent_family))))};
static const struct cdx_xml definitions = {
    .content = PARTICLES(SEQUENCE(V(6, 7), 1, 1, NODE("standards", V(6, 7), 0, 1, &standards),
                                  NODE("patents", V(7, 7), 0, 1, &definitions_type_patents)))};
static const struct cdx_xml citation_type_pointers = {
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1, TEXT("pointer", V(7, 7), 1, MANY, &text)))};
static const struct cdx_xml citation_type_expressions = {
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1, TEXT("expression", V(7, 7), 1, MANY, &text)))};
static const struct cdx_xml citation = {
    .other_attributes = V(7, 7),
    .attributes = MEMBERS({"bom-ref", V(7, 7), 0, &not_empty}),
    .content = PARTICLES(
        SEQUENCE(V(7, 7), 1, 1,
                 CHOICE(V(7, 7), 1, 1, NODE("pointers", V(7, 7), 1, 1, &citation_type_pointers),
                        NODE("expressions", V(7, 7), 1, 1, &citation_type_expressions)),
                 TEXT("timestamp", V(7, 7), 1, 1, &date_time), TEXT("attributedTo", V(7, 7), 0, 1, &not_empty),
                 TEXT("process", V(7, 7), 0, 1, &not_empty), TEXT("note", V(7, 7), 0, 1, &text), FOREIGN(V(7, 7))))};
static const struct cdx_xml citations = {
    .content = PARTICLES(SEQUENCE(V(7, 7), 1, 1, NODE("citation", V(7, 7), 1, MANY, &citation)))};
static const struct cdx_xml bom = {
    .any_attributes = V(1, 7),
    .other_attributes = V(0, 7),
    .attributes = MEMBERS({"version", V(0, 4), 0, &integer}, {"serialNumber", V(1, 7), 0, &urn_uuid_xml},
                          {"version", V(5, 7), 0, &positive_integer_from_1}),
    .content = PARTICLES(SEQUENCE(
        V(0, 7), 1, 1, NODE("metadata", V(2, 7), 0, 1, &metadata), NODE("components", V(0, 0), 1, 1, &bom_components),
        NODE("components", V(1, 1), 1, 1, &components), NODE("components", V(2, 7), 0, 1, &components),
        NODE("services", V(2, 7), 0, 1, &services), NODE("externalReferences", V(1, 7), 0, 1, &external_references),
        NODE("dependencies", V(2, 7), 0, 1, &dependencies), NODE("compositions", V(3, 7), 0, 1, &compositions),
        NODE("properties", V(3, 7), 0, 1, &properties), NODE("vulnerabilities", V(4, 7), 0, 1, &vulnerabilities),
        NODE("annotations", V(5, 7), 0, 1, &annotations), NODE("formulation", V(5, 7), 0, 1, &formulation),
        NODE("declarations", V(6, 7), 0, 1, &declarations), NODE("definitions", V(6, 7), 0, 1, &definitions),
        NODE("citations", V(7, 7), 0, 1, &citations), FOREIGN(V(1, 7))))};

const struct cdx_xml *const cdx_xml_bom = &bom;

/* The dependency graph extension of the days before 1.2. */
static const struct cdx_xml graph_dependency;
static const struct cdx_xml graph_dependency = {
    .other_attributes = V(0, 7),
    .attributes = MEMBERS({"ref", V(0, 7), V(0, 7), &text}),
    .content = PARTICLES(SEQUENCE(V(0, 7), 0, MANY, NODE("dependency", V(0, 7), 1, 1, &graph_dependency)))};
static const struct cdx_xml graph = {
    .content = PARTICLES(SEQUENCE(V(0, 7), 0, MANY, NODE("dependency", V(0, 7), 1, 1, &graph_dependency)))};

const struct cdx_xml *cdx_extension(str ns, str name) {
    bool known = str_is(ns, "http://cyclonedx.org/schema/ext/dependency-graph/1.0") && str_is(name, "dependencies");
    return known ? &graph : NULL;
}
