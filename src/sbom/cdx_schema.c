/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of the CycloneDX JSON tree, versions 1.2 to 1.7, as data. One row per member: its name, the versions
 * that have it, the versions that require it, and what it must be. A member whose form changed has a row per form.
 */
#include "sbom/cdx_schema.h"

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

static const struct cdx_rule component;
static const struct cdx_rule service;

static const struct cdx_rule anything = {.kind = CDX_ANY};
static const struct cdx_rule bom_schema_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(4, 4), "http://cyclonedx.org/schema/bom-1.4.schema.json"},
                   {V(5, 5), "http://cyclonedx.org/schema/bom-1.5.schema.json"})};
static const struct cdx_rule text = {.kind = CDX_STRING};
static const struct cdx_rule bom_bom_format_word = {.kind = CDX_STRING, .words = WORDS({V(2, 7), "CycloneDX"})};
static const struct cdx_rule urn_uuid = {.kind = CDX_STRING, .pattern = PATTERN_URN_UUID};
static const struct cdx_rule integer = {.kind = CDX_INTEGER};
static const struct cdx_rule integer_from_1 = {.kind = CDX_INTEGER, .has_min = true, .min = 1};
static const struct cdx_rule date_time = {.kind = CDX_STRING, .format = FORMAT_DATE_TIME};
static const struct cdx_rule metadata_lifecycles_item_0_phase_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(5, 7), "design|pre-build|build|post-build|operations|discovery|decommission"})};
static const struct cdx_rule metadata_lifecycles_item_0 = {
    .kind = CDX_OBJECT, .members = MEMBERS({"phase", V(5, 7), V(5, 7), &metadata_lifecycles_item_0_phase_word})};
static const struct cdx_rule metadata_lifecycles_item_1 = {
    .kind = CDX_OBJECT, .members = MEMBERS({"name", V(5, 7), V(5, 7), &text}, {"description", V(5, 7), 0, &text})};
static const struct cdx_rule metadata_lifecycles_item = {
    .kind = CDX_OBJECT,
    .open = V(5, 7),
    .also = &(const struct cdx_rule){
        .kind = CDX_ONE_OF,
        .parts = PARTS({V(5, 7), &metadata_lifecycles_item_0}, {V(5, 7), &metadata_lifecycles_item_1})}};
static const struct cdx_rule text_to_1024 = {.kind = CDX_STRING, .max = 1024};
static const struct cdx_rule hash_alg_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(2, 7),
         "MD5|SHA-1|SHA-256|SHA-384|SHA-512|SHA3-256|SHA3-384|SHA3-512|BLAKE2b-256|BLAKE2b-384|BLAKE2b-512|BLAKE3"},
        {V(7, 7), "Streebog-256|Streebog-512"})};
static const struct cdx_rule hash_hex = {.kind = CDX_STRING, .pattern = PATTERN_HASH};
static const struct cdx_rule hash = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .members = MEMBERS({"alg", V(2, 7), V(2, 7), &hash_alg_word}, {"content", V(2, 7), V(2, 7), &hash_hex})};
static const struct cdx_rule iri = {.kind = CDX_STRING, .format = FORMAT_IRI};
static const struct cdx_rule bom_link_document = {
    .kind = CDX_STRING, .pattern = PATTERN_BOM_LINK, .format = FORMAT_IRI};
static const struct cdx_rule bom_link_element = {
    .kind = CDX_STRING, .pattern = PATTERN_BOM_LINK_ELEMENT, .format = FORMAT_IRI};
static const struct cdx_rule bom_link = {.kind = CDX_ANY_OF,
                                         .parts = PARTS({V(5, 7), &bom_link_document}, {V(5, 7), &bom_link_element})};
static const struct cdx_rule external_reference_url = {.kind = CDX_ANY_OF,
                                                       .parts = PARTS({V(5, 7), &iri}, {V(5, 7), &bom_link})};
static const struct cdx_rule external_reference_type_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(2, 7), "vcs|issue-tracker|website|advisories|bom|mailing-list|social|chat|documentation|support|"
                  "distribution|license|build-meta|build-system|other"},
        {V(4, 7), "release-notes"},
        {V(5, 7), "distribution-intake|security-contact|model-card|log|configuration|evidence|formulation|attestation|"
                  "threat-model|adversary-model|risk-assessment|vulnerability-assertion|exploitability-statement|"
                  "pentest-report|static-analysis-report|dynamic-analysis-report|runtime-analysis-report|component-"
                  "analysis-report|maturity-report|certification-report|codified-infrastructure|quality-metrics|poam"},
        {V(6, 7), "source-distribution|electronic-signature|digital-signature|rfc-9116"},
        {V(7, 7), "patent|patent-family|patent-assertion|citation"})};
static const struct cdx_rule property = {
    .kind = CDX_OBJECT,
    .open = V(3, 5),
    .members = MEMBERS({"name", V(3, 7), V(6, 7), &text}, {"value", V(3, 7), 0, &text})};
static const struct cdx_rule external_reference = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .members = MEMBERS(
        {"url", V(2, 2), V(2, 2), &text}, {"url", V(3, 4), V(3, 4), &iri},
        {"url", V(5, 7), V(5, 7), &external_reference_url}, {"comment", V(2, 7), 0, &text},
        {"type", V(2, 7), V(2, 7), &external_reference_type_word},
        {"hashes", V(3, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(3, 7), &hash})}},
        {"properties", V(7, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &property})}})};
static const struct cdx_rule tool = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .members = MEMBERS(
        {"vendor", V(2, 7), 0, &text}, {"name", V(2, 7), 0, &text}, {"version", V(2, 5), 0, &text},
        {"version", V(6, 7), 0, &text_to_1024},
        {"hashes", V(2, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 7), &hash})}},
        {"externalReferences", V(4, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(4, 7), &external_reference})}})};
static const struct cdx_rule component_type_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(2, 7), "application|framework|library|container|operating-system|device|firmware|file"},
                   {V(5, 7), "platform|device-driver|machine-learning-model|data"}, {V(6, 7), "cryptographic-asset"})};
static const struct cdx_rule mime = {.kind = CDX_STRING, .pattern = PATTERN_MIME};
static const struct cdx_rule text_from_1 = {.kind = CDX_STRING, .min = 1};
static const struct cdx_rule postal_address = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"bom-ref", V(6, 7), 0, &text_from_1}, {"country", V(6, 7), 0, &text},
                       {"region", V(6, 7), 0, &text}, {"locality", V(6, 7), 0, &text},
                       {"postOfficeBoxNumber", V(6, 7), 0, &text}, {"postalCode", V(6, 7), 0, &text},
                       {"streetAddress", V(6, 7), 0, &text})};
static const struct cdx_rule email = {.kind = CDX_STRING, .format = FORMAT_EMAIL};
static const struct cdx_rule organizational_contact = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .members = MEMBERS({"bom-ref", V(5, 7), 0, &text_from_1}, {"name", V(2, 7), 0, &text}, {"email", V(2, 3), 0, &text},
                       {"email", V(4, 7), 0, &email}, {"phone", V(2, 7), 0, &text})};
static const struct cdx_rule organizational_entity = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .members = MEMBERS(
        {"bom-ref", V(5, 7), 0, &text_from_1}, {"name", V(2, 7), 0, &text}, {"address", V(6, 7), 0, &postal_address},
        {"url", V(2, 2), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(0, 7), &anything})}},
        {"url", V(3, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(3, 7), &iri})}},
        {"contact", V(2, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 7), &organizational_contact})}})};
static const struct cdx_rule text_from_1_to_4096 = {.kind = CDX_STRING, .min = 1, .max = 4096};
static const struct cdx_rule yes_no = {.kind = CDX_BOOL};
static const struct cdx_rule component_scope_word = {.kind = CDX_STRING,
                                                     .words = WORDS({V(2, 7), "required|optional|excluded"})};
static const struct cdx_rule licence_id = {.kind = CDX_LICENCE};
static const struct cdx_rule license_acknowledgement_enumeration_word = {
    .kind = CDX_STRING, .words = WORDS({V(6, 7), "declared|concluded"})};
static const struct cdx_rule attachment_encoding_word = {.kind = CDX_STRING, .words = WORDS({V(2, 7), "base64"})};
static const struct cdx_rule attachment = {.kind = CDX_OBJECT,
                                           .open = V(2, 3),
                                           .members = MEMBERS({"contentType", V(2, 7), 0, &text},
                                                              {"encoding", V(2, 7), 0, &attachment_encoding_word},
                                                              {"content", V(2, 7), V(2, 7), &text})};
static const struct cdx_rule licensing_licensor_0 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"organization", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule licensing_licensor_1 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"individual", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule licensing_licensor = {
    .kind = CDX_OBJECT,
    .also = &(
        const struct cdx_rule){.kind = CDX_ONE_OF,
                               .parts = PARTS({V(5, 7), &licensing_licensor_0}, {V(5, 7), &licensing_licensor_1})},
    .members = MEMBERS({"organization", V(5, 7), 0, &organizational_entity},
                       {"individual", V(5, 7), 0, &organizational_contact})};
static const struct cdx_rule licensing_licensee_0 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"organization", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule licensing_licensee_1 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"individual", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule licensing_licensee = {
    .kind = CDX_OBJECT,
    .also = &(
        const struct cdx_rule){.kind = CDX_ONE_OF,
                               .parts = PARTS({V(5, 7), &licensing_licensee_0}, {V(5, 7), &licensing_licensee_1})},
    .members = MEMBERS({"organization", V(5, 7), 0, &organizational_entity},
                       {"individual", V(5, 7), 0, &organizational_contact})};
static const struct cdx_rule licensing_purchaser_0 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"organization", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule licensing_purchaser_1 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"individual", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule licensing_purchaser = {
    .kind = CDX_OBJECT,
    .also = &(
        const struct cdx_rule){.kind = CDX_ONE_OF,
                               .parts = PARTS({V(5, 7), &licensing_purchaser_0}, {V(5, 7), &licensing_purchaser_1})},
    .members = MEMBERS({"organization", V(5, 7), 0, &organizational_entity},
                       {"individual", V(5, 7), 0, &organizational_contact})};
static const struct cdx_rule licensing_license_types_item_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(5, 7), "academic|appliance|client-access|concurrent-user|core-points|custom-metric|device|evaluation|named-"
                  "user|node-locked|oem|perpetual|processor-points|subscription|user|other"})};
static const struct cdx_rule licensing = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"altIds", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &text})}},
        {"licensor", V(5, 7), 0, &licensing_licensor}, {"licensee", V(5, 7), 0, &licensing_licensee},
        {"purchaser", V(5, 7), 0, &licensing_purchaser}, {"purchaseOrder", V(5, 7), 0, &text},
        {"licenseTypes", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &licensing_license_types_item_word})}},
        {"lastRenewal", V(5, 7), 0, &date_time}, {"expiration", V(5, 7), 0, &date_time})};
static const struct cdx_rule license_0 = {
    .kind = CDX_OBJECT, .open = V(2, 7), .members = MEMBERS({"id", V(2, 7), V(2, 7), &anything})};
static const struct cdx_rule license_1 = {
    .kind = CDX_OBJECT, .open = V(2, 7), .members = MEMBERS({"name", V(2, 7), V(2, 7), &anything})};
static const struct cdx_rule license = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .also = &(const struct cdx_rule){.kind = CDX_ONE_OF, .parts = PARTS({V(2, 7), &license_0}, {V(2, 7), &license_1})},
    .members = MEMBERS(
        {"bom-ref", V(5, 7), 0, &text_from_1}, {"id", V(2, 7), 0, &licence_id}, {"name", V(2, 7), 0, &text},
        {"acknowledgement", V(6, 7), 0, &license_acknowledgement_enumeration_word}, {"text", V(2, 7), 0, &attachment},
        {"url", V(2, 2), 0, &text}, {"url", V(3, 7), 0, &iri}, {"licensing", V(5, 7), 0, &licensing},
        {"properties", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &property})}})};
static const struct cdx_rule license_choice_2_0 = {
    .kind = CDX_OBJECT, .open = V(2, 4), .members = MEMBERS({"license", V(2, 4), V(2, 4), &anything})};
static const struct cdx_rule license_choice_2_1 = {
    .kind = CDX_OBJECT, .open = V(2, 4), .members = MEMBERS({"expression", V(2, 4), V(2, 4), &anything})};
static const struct cdx_rule license_choice_2 = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .also = &(const struct cdx_rule){.kind = CDX_ONE_OF,
                                     .parts = PARTS({V(2, 4), &license_choice_2_0}, {V(2, 4), &license_choice_2_1})},
    .members = MEMBERS({"license", V(2, 4), 0, &license}, {"expression", V(2, 4), 0, &text})};
static const struct cdx_rule license_choice_item_0 = {.kind = CDX_OBJECT,
                                                      .members = MEMBERS({"license", V(7, 7), V(7, 7), &license})};
static const struct cdx_rule license_choice_item_1_expression_details_item = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"licenseIdentifier", V(7, 7), V(7, 7), &text}, {"bom-ref", V(7, 7), 0, &text_from_1},
                       {"text", V(7, 7), 0, &attachment}, {"url", V(7, 7), 0, &iri})};
static const struct cdx_rule licensing_2_licensor_0 = {
    .kind = CDX_OBJECT, .open = V(7, 7), .members = MEMBERS({"organization", V(7, 7), V(7, 7), &anything})};
static const struct cdx_rule licensing_2_licensor_1 = {
    .kind = CDX_OBJECT, .open = V(7, 7), .members = MEMBERS({"individual", V(7, 7), V(7, 7), &anything})};
static const struct cdx_rule licensing_2_licensor = {
    .kind = CDX_OBJECT,
    .also = &(
        const struct cdx_rule){.kind = CDX_ONE_OF,
                               .parts = PARTS({V(7, 7), &licensing_2_licensor_0}, {V(7, 7), &licensing_2_licensor_1})},
    .members = MEMBERS({"organization", V(7, 7), 0, &organizational_entity},
                       {"individual", V(7, 7), 0, &organizational_contact})};
static const struct cdx_rule licensing_2_licensee_0 = {
    .kind = CDX_OBJECT, .open = V(7, 7), .members = MEMBERS({"organization", V(7, 7), V(7, 7), &anything})};
static const struct cdx_rule licensing_2_licensee_1 = {
    .kind = CDX_OBJECT, .open = V(7, 7), .members = MEMBERS({"individual", V(7, 7), V(7, 7), &anything})};
static const struct cdx_rule licensing_2_licensee = {
    .kind = CDX_OBJECT,
    .also = &(
        const struct cdx_rule){.kind = CDX_ONE_OF,
                               .parts = PARTS({V(7, 7), &licensing_2_licensee_0}, {V(7, 7), &licensing_2_licensee_1})},
    .members = MEMBERS({"organization", V(7, 7), 0, &organizational_entity},
                       {"individual", V(7, 7), 0, &organizational_contact})};
static const struct cdx_rule licensing_2_purchaser_0 = {
    .kind = CDX_OBJECT, .open = V(7, 7), .members = MEMBERS({"organization", V(7, 7), V(7, 7), &anything})};
static const struct cdx_rule licensing_2_purchaser_1 = {
    .kind = CDX_OBJECT, .open = V(7, 7), .members = MEMBERS({"individual", V(7, 7), V(7, 7), &anything})};
static const struct cdx_rule licensing_2_purchaser = {
    .kind = CDX_OBJECT,
    .also = &(const struct cdx_rule){.kind = CDX_ONE_OF,
                                     .parts = PARTS({V(7, 7), &licensing_2_purchaser_0},
                                                    {V(7, 7), &licensing_2_purchaser_1})},
    .members = MEMBERS({"organization", V(7, 7), 0, &organizational_entity},
                       {"individual", V(7, 7), 0, &organizational_contact})};
static const struct cdx_rule licensing_2_license_types_item_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(7, 7), "academic|appliance|client-access|concurrent-user|core-points|custom-metric|device|evaluation|named-"
                  "user|node-locked|oem|perpetual|processor-points|subscription|user|other"})};
static const struct cdx_rule licensing_2 = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"altIds", V(7, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &text})}},
        {"licensor", V(7, 7), 0, &licensing_2_licensor}, {"licensee", V(7, 7), 0, &licensing_2_licensee},
        {"purchaser", V(7, 7), 0, &licensing_2_purchaser}, {"purchaseOrder", V(7, 7), 0, &text},
        {"licenseTypes", V(7, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &licensing_2_license_types_item_word})}},
        {"lastRenewal", V(7, 7), 0, &date_time}, {"expiration", V(7, 7), 0, &date_time})};
static const struct cdx_rule license_choice_item_1 = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"expression", V(7, 7), V(7, 7), &text},
        {"expressionDetails", V(7, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY,
                                  .parts = PARTS({V(7, 7), &license_choice_item_1_expression_details_item})}},
        {"acknowledgement", V(7, 7), 0, &license_acknowledgement_enumeration_word},
        {"bom-ref", V(7, 7), 0, &text_from_1}, {"licensing", V(7, 7), 0, &licensing_2},
        {"properties", V(7, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &property})}})};
static const struct cdx_rule license_choice_item = {
    .kind = CDX_ONE_OF, .parts = PARTS({V(7, 7), &license_choice_item_0}, {V(7, 7), &license_choice_item_1})};
static const struct cdx_rule license_choice_3_0_item = {.kind = CDX_OBJECT,
                                                        .members = MEMBERS({"license", V(5, 6), V(5, 6), &license})};
static const struct cdx_rule license_choice_3_1_item = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"expression", V(5, 6), V(5, 6), &text},
                       {"acknowledgement", V(6, 6), 0, &license_acknowledgement_enumeration_word},
                       {"bom-ref", V(5, 6), 0, &text_from_1})};
static const struct cdx_rule patent_assertions_item_assertion_type_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(7, 7), "ownership|license|third-party-claim|standards-inclusion|prior-art|exclusive-rights|non-"
                             "assertion|research-or-evaluation"})};
static const struct cdx_rule patent_assertions_item_asserter = {
    .kind = CDX_ONE_OF,
    .parts = PARTS({V(7, 7), &organizational_entity}, {V(7, 7), &organizational_contact}, {V(7, 7), &text_from_1})};
static const struct cdx_rule patent_assertions_item = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"bom-ref", V(7, 7), 0, &text_from_1},
                       {"assertionType", V(7, 7), V(7, 7), &patent_assertions_item_assertion_type_word},
                       {"patentRefs", V(7, 7), 0,
                        &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &text_from_1})}},
                       {"asserter", V(7, 7), V(7, 7), &patent_assertions_item_asserter}, {"notes", V(7, 7), 0, &text})};
static const struct cdx_rule swid = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .members = MEMBERS({"tagId", V(2, 7), V(2, 7), &text}, {"name", V(2, 7), V(2, 7), &text},
                       {"version", V(2, 7), 0, &text}, {"tagVersion", V(2, 7), 0, &integer},
                       {"patch", V(2, 7), 0, &yes_no}, {"text", V(2, 7), 0, &attachment}, {"url", V(2, 2), 0, &text},
                       {"url", V(3, 7), 0, &iri})};
static const struct cdx_rule identifiable_action = {.kind = CDX_OBJECT,
                                                    .open = V(2, 3),
                                                    .members = MEMBERS({"timestamp", V(2, 7), 0, &date_time},
                                                                       {"name", V(2, 7), 0, &text},
                                                                       {"email", V(2, 7), 0, &email})};
static const struct cdx_rule commit = {.kind = CDX_OBJECT,
                                       .open = V(2, 3),
                                       .members = MEMBERS({"uid", V(2, 7), 0, &text}, {"url", V(2, 7), 0, &iri},
                                                          {"author", V(2, 7), 0, &identifiable_action},
                                                          {"committer", V(2, 7), 0, &identifiable_action},
                                                          {"message", V(2, 7), 0, &text})};
static const struct cdx_rule patch_type_word = {.kind = CDX_STRING,
                                                .words = WORDS({V(2, 7), "unofficial|monkey|backport|cherry-pick"})};
static const struct cdx_rule diff = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .members = MEMBERS({"text", V(2, 7), 0, &attachment}, {"url", V(2, 2), 0, &text}, {"url", V(3, 7), 0, &iri})};
static const struct cdx_rule issue_type_word = {.kind = CDX_STRING,
                                                .words = WORDS({V(2, 7), "defect|enhancement|security"})};
static const struct cdx_rule issue_source = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .members = MEMBERS({"name", V(2, 7), 0, &text}, {"url", V(2, 2), 0, &text}, {"url", V(3, 7), 0, &iri})};
static const struct cdx_rule issue = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .members = MEMBERS(
        {"type", V(2, 7), V(2, 7), &issue_type_word}, {"id", V(2, 7), 0, &text}, {"name", V(2, 7), 0, &text},
        {"description", V(2, 7), 0, &text}, {"source", V(2, 7), 0, &issue_source},
        {"references", V(2, 2), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(0, 7), &anything})}},
        {"references", V(3, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(3, 7), &iri})}})};
static const struct cdx_rule patch = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .members = MEMBERS(
        {"type", V(2, 7), V(2, 7), &patch_type_word}, {"diff", V(2, 7), 0, &diff},
        {"resolves", V(2, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 7), &issue})}})};
static const struct cdx_rule component_pedigree = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .members = MEMBERS(
        {"ancestors", V(2, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 7), &component})}},
        {"descendants", V(2, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 7), &component})}},
        {"variants", V(2, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 7), &component})}},
        {"commits", V(2, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 7), &commit})}},
        {"patches", V(2, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 7), &patch})}},
        {"notes", V(2, 7), 0, &text})};
static const struct cdx_rule component_evidence_identity_field_word = {
    .kind = CDX_STRING, .words = WORDS({V(5, 5), "group|name|version|purl|cpe|swid|hash"})};
static const struct cdx_rule number_from_0_to_1 = {.kind = CDX_NUMBER, .has_min = true, .min = 0, .max = 1};
static const struct cdx_rule component_evidence_identity_methods_item_technique_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(5, 5), "source-code-analysis|binary-analysis|manifest-analysis|ast-fingerprint|hash-comparison|"
                             "instrumentation|dynamic-analysis|filename|attestation|other"})};
static const struct cdx_rule component_evidence_identity_methods_item = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"technique", V(5, 5), V(5, 5), &component_evidence_identity_methods_item_technique_word},
                       {"confidence", V(5, 5), V(5, 5), &number_from_0_to_1}, {"value", V(5, 5), 0, &text})};
static const struct cdx_rule ref_link_type = {.kind = CDX_ALL_OF, .parts = PARTS({V(5, 5), &text_from_1})};
static const struct cdx_rule component_evidence_identity_tools_item = {
    .kind = CDX_ANY_OF, .parts = PARTS({V(5, 5), &ref_link_type}, {V(5, 5), &bom_link_element})};
static const struct cdx_rule component_evidence_identity = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"field", V(5, 5), V(5, 5), &component_evidence_identity_field_word},
                       {"confidence", V(5, 5), 0, &number_from_0_to_1},
                       {"methods", V(5, 5), 0,
                        &(const struct cdx_rule){.kind = CDX_ARRAY,
                                                 .parts = PARTS({V(5, 5), &component_evidence_identity_methods_item})}},
                       {"tools", V(5, 5), 0,
                        &(const struct cdx_rule){.kind = CDX_ARRAY,
                                                 .unique = V(5, 5),
                                                 .parts = PARTS({V(5, 5), &component_evidence_identity_tools_item})}})};
static const struct cdx_rule component_identity_evidence_field_word = {
    .kind = CDX_STRING, .words = WORDS({V(6, 7), "group|name|version|purl|cpe|omniborId|swhid|swid|hash"})};
static const struct cdx_rule component_identity_evidence_methods_item_technique_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(6, 7), "source-code-analysis|binary-analysis|manifest-analysis|ast-fingerprint|hash-comparison|"
                             "instrumentation|dynamic-analysis|filename|attestation|other"})};
static const struct cdx_rule component_identity_evidence_methods_item = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"technique", V(6, 7), V(6, 7), &component_identity_evidence_methods_item_technique_word},
                       {"confidence", V(6, 7), V(6, 7), &number_from_0_to_1}, {"value", V(6, 7), 0, &text})};
static const struct cdx_rule component_identity_evidence_tools_item = {
    .kind = CDX_ANY_OF, .parts = PARTS({V(6, 7), &text_from_1}, {V(6, 7), &bom_link_element})};
static const struct cdx_rule component_identity_evidence = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"field", V(6, 7), V(6, 7), &component_identity_evidence_field_word},
                       {"confidence", V(6, 7), 0, &number_from_0_to_1}, {"concludedValue", V(6, 7), 0, &text},
                       {"methods", V(6, 7), 0,
                        &(const struct cdx_rule){.kind = CDX_ARRAY,
                                                 .parts = PARTS({V(6, 7), &component_identity_evidence_methods_item})}},
                       {"tools", V(6, 7), 0,
                        &(const struct cdx_rule){.kind = CDX_ARRAY,
                                                 .unique = V(6, 7),
                                                 .parts = PARTS({V(6, 7), &component_identity_evidence_tools_item})}})};
static const struct cdx_rule component_evidence_identity_2 = {
    .kind = CDX_ONE_OF,
    .parts = PARTS(
        {V(6, 7), &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &component_identity_evidence})}},
        {V(6, 7), &component_identity_evidence})};
static const struct cdx_rule integer_from_0 = {.kind = CDX_INTEGER, .has_min = true, .min = 0};
static const struct cdx_rule component_evidence_occurrences_item = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"bom-ref", V(5, 7), 0, &text_from_1}, {"location", V(5, 7), V(5, 7), &text},
                       {"line", V(6, 7), 0, &integer_from_0}, {"offset", V(6, 7), 0, &integer_from_0},
                       {"symbol", V(6, 7), 0, &text}, {"additionalContext", V(6, 7), 0, &text})};
static const struct cdx_rule component_evidence_callstack_frames_item = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"package", V(5, 7), 0, &text}, {"module", V(5, 7), V(5, 7), &text}, {"function", V(5, 7), 0, &text},
        {"parameters", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &text})}},
        {"line", V(5, 7), 0, &integer}, {"column", V(5, 7), 0, &integer}, {"fullFilename", V(5, 7), 0, &text})};
static const struct cdx_rule component_evidence_callstack = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"frames", V(5, 7), 0,
                        &(const struct cdx_rule){
                            .kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &component_evidence_callstack_frames_item})}})};
static const struct cdx_rule license_choice_5_0 = {
    .kind = CDX_OBJECT, .open = V(3, 4), .members = MEMBERS({"license", V(3, 4), V(3, 4), &anything})};
static const struct cdx_rule license_choice_5_1 = {
    .kind = CDX_OBJECT, .open = V(3, 4), .members = MEMBERS({"expression", V(3, 4), V(3, 4), &anything})};
static const struct cdx_rule license_choice_5 = {
    .kind = CDX_OBJECT,
    .open = V(3, 3),
    .also = &(const struct cdx_rule){.kind = CDX_ONE_OF,
                                     .parts = PARTS({V(3, 4), &license_choice_5_0}, {V(3, 4), &license_choice_5_1})},
    .members = MEMBERS({"license", V(3, 4), 0, &license}, {"expression", V(3, 4), 0, &text})};
static const struct cdx_rule copyright = {
    .kind = CDX_OBJECT, .open = V(3, 3), .members = MEMBERS({"text", V(3, 7), V(3, 7), &text})};
static const struct cdx_rule component_evidence = {
    .kind = CDX_OBJECT,
    .open = V(3, 3),
    .members = MEMBERS(
        {"identity", V(5, 5), 0, &component_evidence_identity},
        {"identity", V(6, 7), 0, &component_evidence_identity_2},
        {"occurrences", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &component_evidence_occurrences_item})}},
        {"callstack", V(5, 7), 0, &component_evidence_callstack},
        {"licenses", V(3, 4) | V(7, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY,
                                  .parts = PARTS({V(3, 4), &license_choice_5}, {V(7, 7), &license_choice_item})}},
        {"licenses", V(5, 6), 0,
         &(const struct cdx_rule){
             .kind = CDX_ARRAY,
             .also =
                 &(const struct cdx_rule){.kind = CDX_ONE_OF,
                                          .parts = PARTS({V(5, 6), &(const struct cdx_rule){.kind = CDX_ARRAY,
                                                                                            .parts = PARTS(
                                                                                                {V(5, 6),
                                                                                                 &license_choice_3_0_item})}},
                                                         {V(5, 6), &(const struct cdx_rule){.kind = CDX_ARRAY,
                                                                                            .min = 1,
                                                                                            .max = 1,
                                                                                            .parts = PARTS(
                                                                                                {V(5, 6),
                                                                                                 &license_choice_3_1_item})}})},
             .parts = PARTS({V(0, 7), &anything})}},
        {"copyright", V(3, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(3, 7), &copyright})}})};
static const struct cdx_rule locale = {.kind = CDX_STRING, .pattern = PATTERN_LOCALE};
static const struct cdx_rule note = {
    .kind = CDX_OBJECT, .members = MEMBERS({"locale", V(4, 7), 0, &locale}, {"text", V(4, 7), V(4, 7), &attachment})};
static const struct cdx_rule release_notes = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"type", V(4, 7), V(4, 7), &text}, {"title", V(4, 7), 0, &text}, {"featuredImage", V(4, 7), 0, &iri},
        {"socialImage", V(4, 7), 0, &iri}, {"description", V(4, 7), 0, &text}, {"timestamp", V(4, 7), 0, &date_time},
        {"aliases", V(4, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(4, 7), &text})}},
        {"tags", V(4, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(4, 7), &text})}},
        {"resolves", V(4, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(4, 7), &issue})}},
        {"notes", V(4, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(4, 7), &note})}},
        {"properties", V(4, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(4, 7), &property})}})};
static const struct cdx_rule model_card_model_parameters_approach_type_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(5, 7), "supervised|unsupervised|reinforcement-learning|semi-supervised|self-supervised"})};
static const struct cdx_rule model_card_model_parameters_approach = {
    .kind = CDX_OBJECT, .members = MEMBERS({"type", V(5, 7), 0, &model_card_model_parameters_approach_type_word})};
static const struct cdx_rule component_data_type_word = {
    .kind = CDX_STRING, .words = WORDS({V(5, 7), "source-code|configuration|dataset|definition|other"})};
static const struct cdx_rule component_data_contents = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"attachment", V(5, 7), 0, &attachment}, {"url", V(5, 7), 0, &iri},
        {"properties", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &property})}})};
static const struct cdx_rule graphic = {
    .kind = CDX_OBJECT, .members = MEMBERS({"name", V(5, 7), 0, &text}, {"image", V(5, 7), 0, &attachment})};
static const struct cdx_rule graphics_collection = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"description", V(5, 7), 0, &text},
        {"collection", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &graphic})}})};
static const struct cdx_rule data_governance_responsible_party_0 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"organization", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule data_governance_responsible_party_1 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"contact", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule data_governance_responsible_party = {
    .kind = CDX_OBJECT,
    .also = &(const struct cdx_rule){.kind = CDX_ONE_OF,
                                     .parts = PARTS({V(5, 7), &data_governance_responsible_party_0},
                                                    {V(5, 7), &data_governance_responsible_party_1})},
    .members = MEMBERS({"organization", V(5, 7), 0, &organizational_entity},
                       {"contact", V(5, 7), 0, &organizational_contact})};
static const struct cdx_rule data_governance = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"custodians", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &data_governance_responsible_party})}},
        {"stewards", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &data_governance_responsible_party})}},
        {"owners", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &data_governance_responsible_party})}})};
static const struct cdx_rule component_data = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"bom-ref", V(5, 7), 0, &text_from_1}, {"type", V(5, 7), V(5, 7), &component_data_type_word},
        {"name", V(5, 7), 0, &text}, {"contents", V(5, 7), 0, &component_data_contents},
        {"classification", V(5, 7), 0, &text},
        {"sensitiveData", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &text})}},
        {"graphics", V(5, 7), 0, &graphics_collection}, {"description", V(5, 7), 0, &text},
        {"governance", V(5, 7), 0, &data_governance})};
static const struct cdx_rule model_card_model_parameters_datasets_item_1_ref = {
    .kind = CDX_ANY_OF, .parts = PARTS({V(5, 5), &ref_link_type}, {V(5, 5), &bom_link_element})};
static const struct cdx_rule model_card_model_parameters_datasets_item_1 = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"ref", V(5, 5), 0, &model_card_model_parameters_datasets_item_1_ref},
                       {"ref", V(6, 7), 0, &text})};
static const struct cdx_rule model_card_model_parameters_datasets_item = {
    .kind = CDX_ONE_OF,
    .parts = PARTS({V(5, 7), &component_data}, {V(5, 7), &model_card_model_parameters_datasets_item_1})};
static const struct cdx_rule input_output_mlparameters = {.kind = CDX_OBJECT,
                                                          .members = MEMBERS({"format", V(5, 7), 0, &text})};
static const struct cdx_rule model_card_model_parameters = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"approach", V(5, 7), 0, &model_card_model_parameters_approach}, {"task", V(5, 7), 0, &text},
        {"architectureFamily", V(5, 7), 0, &text}, {"modelArchitecture", V(5, 7), 0, &text},
        {"datasets", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY,
                                  .parts = PARTS({V(5, 7), &model_card_model_parameters_datasets_item})}},
        {"inputs", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &input_output_mlparameters})}},
        {"outputs", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &input_output_mlparameters})}})};
static const struct cdx_rule performance_metric_confidence_interval = {
    .kind = CDX_OBJECT, .members = MEMBERS({"lowerBound", V(5, 7), 0, &text}, {"upperBound", V(5, 7), 0, &text})};
static const struct cdx_rule performance_metric = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"type", V(5, 7), 0, &text}, {"value", V(5, 7), 0, &text}, {"slice", V(5, 7), 0, &text},
                       {"confidenceInterval", V(5, 7), 0, &performance_metric_confidence_interval})};
static const struct cdx_rule model_card_quantitative_analysis = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"performanceMetrics", V(5, 7), 0,
                        &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &performance_metric})}},
                       {"graphics", V(5, 7), 0, &graphics_collection})};
static const struct cdx_rule risk = {
    .kind = CDX_OBJECT, .members = MEMBERS({"name", V(5, 7), 0, &text}, {"mitigationStrategy", V(5, 7), 0, &text})};
static const struct cdx_rule energy_consumption_activity_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(6, 7),
         "design|data-collection|data-preparation|training|fine-tuning|validation|deployment|inference|other"})};
static const struct cdx_rule energy_provider_energy_source_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(6, 7), "coal|oil|natural-gas|nuclear|wind|solar|geothermal|hydropower|biofuel|unknown|other"})};
static const struct cdx_rule number = {.kind = CDX_NUMBER};
static const struct cdx_rule energy_measure_unit_word = {.kind = CDX_STRING, .words = WORDS({V(6, 7), "kWh"})};
static const struct cdx_rule energy_measure = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"value", V(6, 7), V(6, 7), &number}, {"unit", V(6, 7), V(6, 7), &energy_measure_unit_word})};
static const struct cdx_rule energy_provider = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"bom-ref", V(6, 7), 0, &text_from_1}, {"description", V(6, 7), 0, &text},
                       {"organization", V(6, 7), V(6, 7), &organizational_entity},
                       {"energySource", V(6, 7), V(6, 7), &energy_provider_energy_source_word},
                       {"energyProvided", V(6, 7), V(6, 7), &energy_measure},
                       {"externalReferences", V(6, 7), 0,
                        &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &external_reference})}})};
static const struct cdx_rule co2_measure_unit_word = {.kind = CDX_STRING, .words = WORDS({V(6, 7), "tCO2eq"})};
static const struct cdx_rule co2_measure = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"value", V(6, 7), V(6, 7), &number}, {"unit", V(6, 7), V(6, 7), &co2_measure_unit_word})};
static const struct cdx_rule energy_consumption = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"activity", V(6, 7), V(6, 7), &energy_consumption_activity_word},
        {"energyProviders", V(6, 7), V(6, 7),
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &energy_provider})}},
        {"activityEnergyCost", V(6, 7), V(6, 7), &energy_measure}, {"co2CostEquivalent", V(6, 7), 0, &co2_measure},
        {"co2CostOffset", V(6, 7), 0, &co2_measure},
        {"properties", V(6, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &property})}})};
static const struct cdx_rule environmental_considerations = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"energyConsumptions", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &energy_consumption})}},
        {"properties", V(6, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &property})}})};
static const struct cdx_rule fairness_assessment = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"groupAtRisk", V(5, 7), 0, &text}, {"benefits", V(5, 7), 0, &text},
                       {"harms", V(5, 7), 0, &text}, {"mitigationStrategy", V(5, 7), 0, &text})};
static const struct cdx_rule model_card_considerations = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"users", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &text})}},
        {"useCases", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &text})}},
        {"technicalLimitations", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &text})}},
        {"performanceTradeoffs", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &text})}},
        {"ethicalConsiderations", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &risk})}},
        {"environmentalConsiderations", V(6, 7), 0, &environmental_considerations},
        {"fairnessAssessments", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &fairness_assessment})}})};
static const struct cdx_rule model_card = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"bom-ref", V(5, 7), 0, &text_from_1}, {"modelParameters", V(5, 7), 0, &model_card_model_parameters},
        {"quantitativeAnalysis", V(5, 7), 0, &model_card_quantitative_analysis},
        {"considerations", V(5, 7), 0, &model_card_considerations},
        {"properties", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &property})}})};
static const struct cdx_rule crypto_properties_asset_type_word = {
    .kind = CDX_STRING, .words = WORDS({V(6, 7), "algorithm|certificate|protocol|related-crypto-material"})};
static const struct cdx_rule crypto_properties_algorithm_properties_primitive_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(6, 7),
         "drbg|mac|block-cipher|stream-cipher|signature|hash|pke|xof|kdf|key-agree|kem|ae|combiner|other|unknown"},
        {V(7, 7), "key-wrap"})};
static const struct cdx_rule algorithm_families_enum_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(2, 7), "3DES|3GPP-XOR|A5/1|A5/"
                  "2|AES|ARIA|Argon2|Ascon|BLAKE2|BLAKE3|BLS|Blowfish|CAMELLIA|CAST5|CAST6|CMAC|CMEA|CTR_DRBG|ChaCha|"
                  "ChaCha20|DES|DSA|ECDH|ECDSA|ECIES|EdDSA|ElGamal|FFDH|Fortuna|GOST|HC|HKDF|HMAC|HMAC_DRBG|HPKE|Hash_"
                  "DRBG|IDEA|IKE-PRF|J-PAKE|LMS|MD2|MD4|MD5|MILENAGE|ML-DSA|ML-KEM|MQV|OPAQUE|PBES1|PBES2|PBKDF1|"
                  "PBKDF2|PBMAC1|Poly1305|RABBIT|RC2|RC4|RC5|RC6|RIPEMD|RSAES-OAEP|RSAES-PKCS1|RSASSA-PKCS1|RSASSA-PSS|"
                  "SEED|SHA-1|SHA-2|SHA-3|SLH-DSA|SM2|SM3|SM4|SM9|SNOW3G|SP800-108|SPAKE2|SPAKE2PLUS|SRP|Salsa20|"
                  "Serpent|SipHash|Skipjack|TUAK|Twofish|UMAC|Whirlpool|X3DH|XMSS|Yarrow|ZUC|bcrypt|scrypt|yescrypt"})};
static const struct cdx_rule elliptic_curves_enum_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(2, 7),
         "anssi/FRP256v1|bls/BLS12-377|bls/BLS12-381|bls/BLS12-446|bls/BLS12-455|bls/BLS12-638|bls/BLS24-477|bls/"
         "Bandersnatch|bn/bn158|bn/bn190|bn/bn222|bn/bn254|bn/bn286|bn/bn318|bn/bn350|bn/bn382|bn/bn414|bn/bn446|bn/"
         "bn478|bn/bn510|bn/bn542|bn/bn574|bn/bn606|bn/bn638|brainpool/brainpoolP160r1|brainpool/"
         "brainpoolP160t1|brainpool/brainpoolP192r1|brainpool/brainpoolP192t1|brainpool/brainpoolP224r1|brainpool/"
         "brainpoolP224t1|brainpool/brainpoolP256r1|brainpool/brainpoolP256t1|brainpool/brainpoolP320r1|brainpool/"
         "brainpoolP320t1|brainpool/brainpoolP384r1|brainpool/brainpoolP384t1|brainpool/brainpoolP512r1|brainpool/"
         "brainpoolP512t1|gost/gost256|gost/gost512|gost/id-GostR3410-2001-CryptoPro-A-ParamSet|gost/"
         "id-GostR3410-2001-CryptoPro-B-ParamSet|gost/id-GostR3410-2001-CryptoPro-C-ParamSet|gost/"
         "id-tc26-gost-3410-12-512-paramSetA|gost/id-tc26-gost-3410-12-512-paramSetB|gost/"
         "id-tc26-gost-3410-2012-256-paramSetA|gost/id-tc26-gost-3410-2012-512-paramSetC|mnt/mnt1|mnt/mnt2/1|mnt/mnt2/"
         "2|mnt/mnt3/1|mnt/mnt3/2|mnt/mnt3/3|mnt/mnt4|mnt/mnt5/1|mnt/mnt5/2|mnt/mnt5/3|nist/B-163|nist/B-233|nist/"
         "B-283|nist/B-409|nist/B-571|nist/K-163|nist/K-233|nist/K-283|nist/K-409|nist/K-571|nist/P-192|nist/"
         "P-224|nist/P-256|nist/P-384|nist/P-521|nums/ed-254-mont|nums/ed-255-mers|nums/ed-256-mont|nums/"
         "ed-382-mont|nums/ed-383-mers|nums/ed-384-mont|nums/ed-510-mont|nums/ed-511-mers|nums/ed-512-mont|nums/"
         "numsp256d1|nums/numsp256t1|nums/numsp384d1|nums/numsp384t1|nums/numsp512d1|nums/numsp512t1|nums/"
         "w-254-mont|nums/w-255-mers|nums/w-256-mont|nums/w-382-mont|nums/w-383-mers|nums/w-384-mont|nums/"
         "w-510-mont|nums/w-511-mers|nums/w-512-mont|oakley/192-bit Random ECP Group|oakley/224-bit Random ECP "
         "Group|oakley/256-bit Random ECP Group|oakley/384-bit Random ECP Group|oakley/521-bit Random ECP "
         "Group|oakley/Oakley Group 3|oakley/Oakley Group "
         "4|oscaa/SM2|other/BADA55-R-256|other/BADA55-VPR-224|other/BADA55-VPR2-224|other/BADA55-VR-224|other/"
         "BADA55-VR-256|other/BADA55-VR-384|other/Curve1174|other/Curve22103|other/Curve25519|other/Curve383187|other/"
         "Curve41417|other/Curve4417|other/Curve448|other/Curve67254|other/E-222|other/E-382|other/E-521|other/"
         "Ed25519|other/Ed448|other/Ed448-Goldilocks|other/FourQ|other/Fp224BN|other/Fp254BNa|other/Fp254BNb|other/"
         "Fp254n2BNa|other/Fp256BN|other/Fp384BN|other/Fp512BN|other/JubJub|other/M-221|other/M-383|other/M-511|other/"
         "MDC201601|other/Pallas|other/Tom-256|other/Tom-384|other/Tom-521|other/Tweedledee|other/Tweedledum|other/"
         "Vesta|other/ssc-160|other/ssc-192|other/ssc-224|other/ssc-256|other/ssc-288|other/ssc-320|other/"
         "ssc-384|other/ssc-512|secg/secp112r1|secg/secp112r2|secg/secp128r1|secg/secp128r2|secg/secp160k1|secg/"
         "secp160r1|secg/secp160r2|secg/secp192k1|secg/secp192r1|secg/secp224k1|secg/secp224r1|secg/secp256k1|secg/"
         "secp256r1|secg/secp384r1|secg/secp521r1|secg/sect113r1|secg/sect113r2|secg/sect131r1|secg/sect131r2|secg/"
         "sect163k1|secg/sect163r1|secg/sect163r2|secg/sect193r1|secg/sect193r2|secg/sect233k1|secg/sect233r1|secg/"
         "sect239k1|secg/sect283k1|secg/sect283r1|secg/sect409k1|secg/sect409r1|secg/sect571k1|secg/sect571r1|wtls/"
         "wap-wsg-idm-ecid-wtls1|wtls/wap-wsg-idm-ecid-wtls10|wtls/wap-wsg-idm-ecid-wtls11|wtls/"
         "wap-wsg-idm-ecid-wtls12|wtls/wap-wsg-idm-ecid-wtls3|wtls/wap-wsg-idm-ecid-wtls4|wtls/"
         "wap-wsg-idm-ecid-wtls5|wtls/wap-wsg-idm-ecid-wtls6|wtls/wap-wsg-idm-ecid-wtls7|wtls/"
         "wap-wsg-idm-ecid-wtls8|wtls/wap-wsg-idm-ecid-wtls9|x962/c2onb191v4|x962/c2onb191v5|x962/c2onb239v4|x962/"
         "c2onb239v5|x962/c2pnb163v1|x962/c2pnb163v2|x962/c2pnb163v3|x962/c2pnb176w1|x962/c2pnb208w1|x962/"
         "c2pnb272w1|x962/c2pnb304w1|x962/c2pnb368w1|x962/c2tnb191v1|x962/c2tnb191v2|x962/c2tnb191v3|x962/"
         "c2tnb239v1|x962/c2tnb239v2|x962/c2tnb239v3|x962/c2tnb359v1|x962/c2tnb431r1|x962/prime192v1|x962/"
         "prime192v2|x962/prime192v3|x962/prime239v1|x962/prime239v2|x962/prime239v3|x962/prime256v1|x963/"
         "ansip160k1|x963/ansip160r1|x963/ansip160r2|x963/ansip192k1|x963/ansip224k1|x963/ansip224r1|x963/"
         "ansip256k1|x963/ansip384r1|x963/ansip521r1|x963/ansit163k1|x963/ansit163r1|x963/ansit163r2|x963/"
         "ansit193r1|x963/ansit193r2|x963/ansit233k1|x963/ansit233r1|x963/ansit239k1|x963/ansit283k1|x963/"
         "ansit283r1|x963/ansit409k1|x963/ansit409r1|x963/ansit571k1|x963/ansit571r1"})};
static const struct cdx_rule crypto_properties_algorithm_properties_execution_environment_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(6, 7), "software-plain-ram|software-encrypted-ram|software-tee|hardware|other|unknown"})};
static const struct cdx_rule crypto_properties_algorithm_properties_implementation_platform_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(6, 7),
         "generic|x86_32|x86_64|armv7-a|armv7-m|armv8-a|armv8-m|armv9-a|armv9-m|s390x|ppc64|ppc64le|other|unknown"})};
static const struct cdx_rule crypto_properties_algorithm_properties_certification_level_item_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(6, 7),
         "none|fips140-1-l1|fips140-1-l2|fips140-1-l3|fips140-1-l4|fips140-2-l1|fips140-2-l2|fips140-2-l3|fips140-2-l4|"
         "fips140-3-l1|fips140-3-l2|fips140-3-l3|fips140-3-l4|cc-eal1|cc-eal1+|cc-eal2|cc-eal2+|cc-eal3|cc-eal3+|cc-"
         "eal4|cc-eal4+|cc-eal5|cc-eal5+|cc-eal6|cc-eal6+|cc-eal7|cc-eal7+|other|unknown"})};
static const struct cdx_rule crypto_properties_algorithm_properties_mode_word = {
    .kind = CDX_STRING, .words = WORDS({V(6, 7), "cbc|ecb|ccm|gcm|cfb|ofb|ctr|other|unknown"})};
static const struct cdx_rule crypto_properties_algorithm_properties_padding_word = {
    .kind = CDX_STRING, .words = WORDS({V(6, 7), "pkcs5|pkcs7|pkcs1v15|oaep|raw|other|unknown"})};
static const struct cdx_rule crypto_properties_algorithm_properties_crypto_functions_item_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(6, 7),
         "generate|keygen|encrypt|decrypt|digest|tag|keyderive|sign|verify|encapsulate|decapsulate|other|unknown"})};
static const struct cdx_rule integer_from_0_to_6 = {.kind = CDX_INTEGER, .has_min = true, .min = 0, .max = 6};
static const struct cdx_rule crypto_properties_algorithm_properties = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"primitive", V(6, 7), 0, &crypto_properties_algorithm_properties_primitive_word},
        {"algorithmFamily", V(7, 7), 0, &algorithm_families_enum_word}, {"parameterSetIdentifier", V(6, 7), 0, &text},
        {"curve", V(6, 7), 0, &text}, {"ellipticCurve", V(7, 7), 0, &elliptic_curves_enum_word},
        {"executionEnvironment", V(6, 7), 0, &crypto_properties_algorithm_properties_execution_environment_word},
        {"implementationPlatform", V(6, 7), 0, &crypto_properties_algorithm_properties_implementation_platform_word},
        {"certificationLevel", V(6, 7), 0,
         &(const struct cdx_rule){
             .kind = CDX_ARRAY,
             .parts = PARTS({V(6, 7), &crypto_properties_algorithm_properties_certification_level_item_word})}},
        {"mode", V(6, 7), 0, &crypto_properties_algorithm_properties_mode_word},
        {"padding", V(6, 7), 0, &crypto_properties_algorithm_properties_padding_word},
        {"cryptoFunctions", V(6, 7), 0,
         &(const struct cdx_rule){
             .kind = CDX_ARRAY,
             .parts = PARTS({V(6, 7), &crypto_properties_algorithm_properties_crypto_functions_item_word})}},
        {"classicalSecurityLevel", V(6, 7), 0, &integer_from_0},
        {"nistQuantumSecurityLevel", V(6, 7), 0, &integer_from_0_to_6})};
static const struct cdx_rule crypto_properties_certificate_properties_certificate_state_item_0_state_word = {
    .kind = CDX_STRING, .words = WORDS({V(7, 7), "pre-activation|active|suspended|deactivated|revoked|destroyed"})};
static const struct cdx_rule crypto_properties_certificate_properties_certificate_state_item_0 = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"state", V(7, 7), V(7, 7), &crypto_properties_certificate_properties_certificate_state_item_0_state_word},
        {"reason", V(7, 7), 0, &text})};
static const struct cdx_rule crypto_properties_certificate_properties_certificate_state_item_1 = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"name", V(7, 7), V(7, 7), &text}, {"description", V(7, 7), 0, &text},
                       {"reason", V(7, 7), 0, &text})};
static const struct cdx_rule crypto_properties_certificate_properties_certificate_state_item = {
    .kind = CDX_OBJECT,
    .open = V(7, 7),
    .also = &(const struct cdx_rule){
        .kind = CDX_ONE_OF,
        .parts = PARTS({V(7, 7), &crypto_properties_certificate_properties_certificate_state_item_0},
                       {V(7, 7), &crypto_properties_certificate_properties_certificate_state_item_1})}};
static const struct cdx_rule
    crypto_properties_certificate_properties_certificate_extensions_item_0_common_extension_name_word = {
        .kind = CDX_STRING,
        .words = WORDS({V(7, 7), "basicConstraints|keyUsage|extendedKeyUsage|subjectAlternativeName|"
                                 "authorityKeyIdentifier|subjectKeyIdentifier|authorityInformationAccess|"
                                 "certificatePolicies|crlDistributionPoints|signedCertificateTimestamp"})};
static const struct cdx_rule crypto_properties_certificate_properties_certificate_extensions_item_0 = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"commonExtensionName", V(7, 7), V(7, 7),
         &crypto_properties_certificate_properties_certificate_extensions_item_0_common_extension_name_word},
        {"commonExtensionValue", V(7, 7), V(7, 7), &text})};
static const struct cdx_rule crypto_properties_certificate_properties_certificate_extensions_item_1 = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"customExtensionName", V(7, 7), V(7, 7), &text}, {"customExtensionValue", V(7, 7), 0, &text})};
static const struct cdx_rule crypto_properties_certificate_properties_certificate_extensions_item = {
    .kind = CDX_OBJECT,
    .open = V(7, 7),
    .also = &(const struct cdx_rule){
        .kind = CDX_ONE_OF,
        .parts = PARTS({V(7, 7), &crypto_properties_certificate_properties_certificate_extensions_item_0},
                       {V(7, 7), &crypto_properties_certificate_properties_certificate_extensions_item_1})}};
static const struct cdx_rule related_cryptographic_asset = {
    .kind = CDX_OBJECT, .members = MEMBERS({"type", V(7, 7), 0, &text}, {"ref", V(7, 7), 0, &text_from_1})};
static const struct cdx_rule crypto_properties_certificate_properties = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"serialNumber", V(7, 7), 0, &text}, {"subjectName", V(6, 7), 0, &text}, {"issuerName", V(6, 7), 0, &text},
        {"notValidBefore", V(6, 7), 0, &date_time}, {"notValidAfter", V(6, 7), 0, &date_time},
        {"signatureAlgorithmRef", V(6, 7), 0, &text_from_1}, {"subjectPublicKeyRef", V(6, 7), 0, &text_from_1},
        {"certificateFormat", V(6, 7), 0, &text}, {"certificateExtension", V(6, 7), 0, &text},
        {"certificateFileExtension", V(7, 7), 0, &text}, {"fingerprint", V(7, 7), 0, &hash},
        {"certificateState", V(7, 7), 0,
         &(const struct cdx_rule){
             .kind = CDX_ARRAY,
             .parts = PARTS({V(7, 7), &crypto_properties_certificate_properties_certificate_state_item})}},
        {"creationDate", V(7, 7), 0, &date_time}, {"activationDate", V(7, 7), 0, &date_time},
        {"deactivationDate", V(7, 7), 0, &date_time}, {"revocationDate", V(7, 7), 0, &date_time},
        {"destructionDate", V(7, 7), 0, &date_time},
        {"certificateExtensions", V(7, 7), 0,
         &(const struct cdx_rule){
             .kind = CDX_ARRAY,
             .parts = PARTS({V(7, 7), &crypto_properties_certificate_properties_certificate_extensions_item})}},
        {"relatedCryptographicAssets", V(7, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &related_cryptographic_asset})}})};
static const struct cdx_rule crypto_properties_related_crypto_material_properties_type_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(6, 7), "private-key|public-key|secret-key|key|ciphertext|signature|digest|initialization-vector|nonce|seed|"
                  "salt|shared-secret|tag|additional-data|password|credential|token|other|unknown"})};
static const struct cdx_rule crypto_properties_related_crypto_material_properties_state_word = {
    .kind = CDX_STRING, .words = WORDS({V(6, 7), "pre-activation|active|suspended|deactivated|compromised|destroyed"})};
static const struct cdx_rule secured_by = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"mechanism", V(6, 7), 0, &text}, {"algorithmRef", V(6, 7), 0, &text_from_1})};
static const struct cdx_rule crypto_properties_related_crypto_material_properties = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"type", V(6, 7), 0, &crypto_properties_related_crypto_material_properties_type_word},
        {"id", V(6, 7), 0, &text},
        {"state", V(6, 7), 0, &crypto_properties_related_crypto_material_properties_state_word},
        {"algorithmRef", V(6, 7), 0, &text_from_1}, {"creationDate", V(6, 7), 0, &date_time},
        {"activationDate", V(6, 7), 0, &date_time}, {"updateDate", V(6, 7), 0, &date_time},
        {"expirationDate", V(6, 7), 0, &date_time}, {"value", V(6, 7), 0, &text}, {"size", V(6, 7), 0, &integer},
        {"format", V(6, 7), 0, &text}, {"securedBy", V(6, 7), 0, &secured_by}, {"fingerprint", V(7, 7), 0, &hash},
        {"relatedCryptographicAssets", V(7, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &related_cryptographic_asset})}})};
static const struct cdx_rule crypto_properties_protocol_properties_type_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(6, 7), "tls|ssh|ipsec|ike|sstp|wpa|other|unknown"},
                   {V(7, 7), "dtls|quic|eap-aka|eap-aka-prime|prins|5g-aka"})};
static const struct cdx_rule cipher_suite = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"name", V(6, 7), 0, &text},
        {"algorithms", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}},
        {"identifiers", V(6, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text})}},
        {"tlsGroups", V(7, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &text})}},
        {"tlsSignatureSchemes", V(7, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &text})}})};
static const struct cdx_rule ike_v2_enc = {.kind = CDX_OBJECT,
                                           .members = MEMBERS({"name", V(7, 7), 0, &text},
                                                              {"keyLength", V(7, 7), 0, &integer},
                                                              {"algorithm", V(7, 7), 0, &text_from_1})};
static const struct cdx_rule crypto_properties_protocol_properties_ikev2_transform_types_encr = {
    .kind = CDX_ANY_OF,
    .parts = PARTS({V(7, 7), &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &ike_v2_enc})}},
                   {V(7, 7), &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}})};
static const struct cdx_rule ike_v2_prf = {
    .kind = CDX_OBJECT, .members = MEMBERS({"name", V(7, 7), 0, &text}, {"algorithm", V(7, 7), 0, &text_from_1})};
static const struct cdx_rule crypto_properties_protocol_properties_ikev2_transform_types_prf = {
    .kind = CDX_ANY_OF,
    .parts = PARTS({V(7, 7), &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &ike_v2_prf})}},
                   {V(7, 7), &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}})};
static const struct cdx_rule ike_v2_integ = {
    .kind = CDX_OBJECT, .members = MEMBERS({"name", V(7, 7), 0, &text}, {"algorithm", V(7, 7), 0, &text_from_1})};
static const struct cdx_rule crypto_properties_protocol_properties_ikev2_transform_types_integ = {
    .kind = CDX_ANY_OF,
    .parts = PARTS({V(7, 7), &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &ike_v2_integ})}},
                   {V(7, 7), &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}})};
static const struct cdx_rule ike_v2_ke = {
    .kind = CDX_OBJECT, .members = MEMBERS({"group", V(7, 7), 0, &integer}, {"algorithm", V(7, 7), 0, &text_from_1})};
static const struct cdx_rule crypto_properties_protocol_properties_ikev2_transform_types_ke = {
    .kind = CDX_ANY_OF,
    .parts = PARTS({V(7, 7), &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &ike_v2_ke})}},
                   {V(7, 7), &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}})};
static const struct cdx_rule ike_v2_auth = {
    .kind = CDX_OBJECT, .members = MEMBERS({"name", V(7, 7), 0, &text}, {"algorithm", V(7, 7), 0, &text_from_1})};
static const struct cdx_rule crypto_properties_protocol_properties_ikev2_transform_types_auth = {
    .kind = CDX_ANY_OF,
    .parts = PARTS({V(7, 7), &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &ike_v2_auth})}},
                   {V(7, 7), &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}})};
static const struct cdx_rule crypto_properties_protocol_properties_ikev2_transform_types = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"encr", V(6, 6), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}},
        {"encr", V(7, 7), 0, &crypto_properties_protocol_properties_ikev2_transform_types_encr},
        {"prf", V(6, 6), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}},
        {"prf", V(7, 7), 0, &crypto_properties_protocol_properties_ikev2_transform_types_prf},
        {"integ", V(6, 6), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}},
        {"integ", V(7, 7), 0, &crypto_properties_protocol_properties_ikev2_transform_types_integ},
        {"ke", V(6, 6), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}},
        {"ke", V(7, 7), 0, &crypto_properties_protocol_properties_ikev2_transform_types_ke},
        {"esn", V(6, 7), 0, &yes_no},
        {"auth", V(6, 6), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}},
        {"auth", V(7, 7), 0, &crypto_properties_protocol_properties_ikev2_transform_types_auth})};
static const struct cdx_rule crypto_properties_protocol_properties = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"type", V(6, 7), 0, &crypto_properties_protocol_properties_type_word}, {"version", V(6, 7), 0, &text},
        {"cipherSuites", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &cipher_suite})}},
        {"ikev2TransformTypes", V(6, 7), 0, &crypto_properties_protocol_properties_ikev2_transform_types},
        {"cryptoRefArray", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}},
        {"relatedCryptographicAssets", V(7, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &related_cryptographic_asset})}})};
static const struct cdx_rule crypto_properties = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"assetType", V(6, 7), V(6, 7), &crypto_properties_asset_type_word},
        {"algorithmProperties", V(6, 7), 0, &crypto_properties_algorithm_properties},
        {"certificateProperties", V(6, 7), 0, &crypto_properties_certificate_properties},
        {"relatedCryptoMaterialProperties", V(6, 7), 0, &crypto_properties_related_crypto_material_properties},
        {"protocolProperties", V(6, 7), 0, &crypto_properties_protocol_properties}, {"oid", V(6, 7), 0, &text})};
static const struct cdx_rule jsf_0_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(2, 7), "RS256|RS384|RS512|PS256|PS384|PS512|ES256|ES384|ES512|Ed25519|Ed448|HS256|HS384|HS512"})};
static const struct cdx_rule uri = {.kind = CDX_STRING, .format = FORMAT_URI};
static const struct cdx_rule jsf_algorithm = {.kind = CDX_ONE_OF,
                                              .parts = PARTS({V(2, 7), &jsf_0_word}, {V(2, 7), &uri})};
/* JSON Web Key: which members belong to which kind of key. */
#define KEY(name, type, ...)                                                                                           \
    static const struct cdx_rule name = {                                                                              \
        .kind = CDX_OBJECT,                                                                                            \
        .members = MEMBERS(                                                                                            \
            {"kty", V(2, 7), V(2, 7), &(const struct cdx_rule){.kind = CDX_STRING, .words = WORDS({V(2, 7), type})}},  \
            __VA_ARGS__)}
#define CURVE(names)                                                                                                   \
    {                                                                                                                  \
        "crv", V(2, 7), V(2, 7), &(const struct cdx_rule) { .kind = CDX_STRING, .words = WORDS({V(2, 7), names}) }     \
    }
#define NUMBER(name)                                                                                                   \
    { name, V(2, 7), V(2, 7), &text }
KEY(jsf_key_ec, "EC", CURVE("P-256|P-384|P-521"), NUMBER("x"), NUMBER("y"));
KEY(jsf_key_okp, "OKP", CURVE("Ed25519|Ed448"), NUMBER("x"));
KEY(jsf_key_rsa, "RSA", NUMBER("n"), NUMBER("e"));
static const struct cdx_rule jsf_public_key = {
    .kind = CDX_ONE_OF, .parts = PARTS({V(2, 7), &jsf_key_ec}, {V(2, 7), &jsf_key_okp}, {V(2, 7), &jsf_key_rsa})};
static const struct cdx_rule jsf_signer = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"algorithm", V(2, 7), V(2, 7), &jsf_algorithm}, {"keyId", V(2, 7), 0, &text},
        {"publicKey", V(2, 7), 0, &jsf_public_key},
        {"certificatePath", V(2, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 7), &text})}},
        {"excludes", V(2, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 7), &text})}},
        {"value", V(2, 7), V(2, 7), &text})};
static const struct cdx_rule jsf_0 = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"signers", V(2, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 7), &jsf_signer})}})};
static const struct cdx_rule jsf_1 = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"chain", V(2, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 7), &jsf_signer})}})};
static const struct cdx_rule jsf_signature = {
    .kind = CDX_OBJECT,
    .open = V(2, 7),
    .also = &(const struct cdx_rule){.kind = CDX_ONE_OF,
                                     .parts = PARTS({V(2, 7), &jsf_0}, {V(2, 7), &jsf_1}, {V(2, 7), &jsf_signer})}};
static const struct cdx_rule component = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .members = MEMBERS(
        {"type", V(2, 7), V(2, 7), &component_type_word}, {"mime-type", V(2, 7), 0, &mime},
        {"bom-ref", V(2, 4), 0, &text}, {"bom-ref", V(5, 7), 0, &text_from_1},
        {"supplier", V(2, 7), 0, &organizational_entity}, {"manufacturer", V(6, 7), 0, &organizational_entity},
        {"authors", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &organizational_contact})}},
        {"author", V(2, 7), 0, &text}, {"publisher", V(2, 7), 0, &text}, {"group", V(2, 7), 0, &text},
        {"name", V(2, 7), V(2, 7), &text}, {"version", V(2, 5), V(2, 3), &text}, {"version", V(6, 7), 0, &text_to_1024},
        {"versionRange", V(7, 7), 0, &text_from_1_to_4096}, {"isExternal", V(7, 7), 0, &yes_no},
        {"description", V(2, 7), 0, &text}, {"scope", V(2, 7), 0, &component_scope_word},
        {"hashes", V(2, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 7), &hash})}},
        {"licenses", V(2, 4) | V(7, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY,
                                  .parts = PARTS({V(2, 4), &license_choice_2}, {V(7, 7), &license_choice_item})}},
        {"licenses", V(5, 6), 0,
         &(const struct cdx_rule){
             .kind = CDX_ARRAY,
             .also =
                 &(const struct cdx_rule){.kind = CDX_ONE_OF,
                                          .parts = PARTS({V(5, 6), &(const struct cdx_rule){.kind = CDX_ARRAY,
                                                                                            .parts = PARTS(
                                                                                                {V(5, 6),
                                                                                                 &license_choice_3_0_item})}},
                                                         {V(5, 6), &(const struct cdx_rule){.kind = CDX_ARRAY,
                                                                                            .min = 1,
                                                                                            .max = 1,
                                                                                            .parts = PARTS(
                                                                                                {V(5, 6),
                                                                                                 &license_choice_3_1_item})}})},
             .parts = PARTS({V(0, 7), &anything})}},
        {"copyright", V(2, 7), 0, &text},
        {"patentAssertions", V(7, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &patent_assertions_item})}},
        {"cpe", V(2, 7), 0, &text}, {"purl", V(2, 7), 0, &text},
        {"omniborId", V(6, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text})}},
        {"swhid", V(6, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text})}},
        {"swid", V(2, 7), 0, &swid}, {"modified", V(2, 7), 0, &yes_no}, {"pedigree", V(2, 7), 0, &component_pedigree},
        {"externalReferences", V(2, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 7), &external_reference})}},
        {"components", V(2, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(2, 7), .parts = PARTS({V(2, 7), &component})}},
        {"evidence", V(3, 7), 0, &component_evidence}, {"releaseNotes", V(4, 7), 0, &release_notes},
        {"modelCard", V(5, 7), 0, &model_card},
        {"data", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &component_data})}},
        {"cryptoProperties", V(6, 7), 0, &crypto_properties},
        {"properties", V(3, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(3, 7), &property})}},
        {"tags", V(6, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text})}},
        {"signature", V(4, 7), 0, &jsf_signature})};
static const struct cdx_rule data_flow_direction_word = {
    .kind = CDX_STRING, .words = WORDS({V(2, 7), "inbound|outbound|bi-directional|unknown"})};
static const struct cdx_rule service_data_2_source_item = {
    .kind = CDX_ANY_OF, .parts = PARTS({V(5, 7), &iri}, {V(5, 7), &bom_link_element})};
static const struct cdx_rule service_data_2_destination_item = {
    .kind = CDX_ANY_OF, .parts = PARTS({V(5, 7), &iri}, {V(5, 7), &bom_link_element})};
static const struct cdx_rule service_data_2 = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .members = MEMBERS(
        {"flow", V(2, 7), V(2, 7), &data_flow_direction_word}, {"classification", V(2, 7), V(2, 7), &text},
        {"name", V(5, 7), 0, &text}, {"description", V(5, 7), 0, &text}, {"governance", V(5, 7), 0, &data_governance},
        {"source", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &service_data_2_source_item})}},
        {"destination", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &service_data_2_destination_item})}})};
static const struct cdx_rule license_choice_7_0 = {
    .kind = CDX_OBJECT, .open = V(2, 4), .members = MEMBERS({"license", V(2, 4), V(2, 4), &anything})};
static const struct cdx_rule license_choice_7_1 = {
    .kind = CDX_OBJECT, .open = V(2, 4), .members = MEMBERS({"expression", V(2, 4), V(2, 4), &anything})};
static const struct cdx_rule license_choice_7 = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .also = &(const struct cdx_rule){.kind = CDX_ONE_OF,
                                     .parts = PARTS({V(2, 4), &license_choice_7_0}, {V(2, 4), &license_choice_7_1})},
    .members = MEMBERS({"license", V(2, 4), 0, &license}, {"expression", V(2, 4), 0, &text})};
static const struct cdx_rule service = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .members = MEMBERS(
        {"bom-ref", V(2, 4), 0, &text}, {"bom-ref", V(5, 7), 0, &text_from_1},
        {"provider", V(2, 7), 0, &organizational_entity}, {"group", V(2, 7), 0, &text},
        {"name", V(2, 7), V(2, 7), &text}, {"version", V(2, 5), 0, &text}, {"version", V(6, 7), 0, &text_to_1024},
        {"description", V(2, 7), 0, &text},
        {"endpoints", V(2, 2), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(0, 7), &anything})}},
        {"endpoints", V(3, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(3, 7), &iri})}},
        {"authenticated", V(2, 7), 0, &yes_no}, {"x-trust-boundary", V(2, 7), 0, &yes_no},
        {"trustZone", V(5, 7), 0, &text},
        {"data", V(2, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 7), &service_data_2})}},
        {"licenses", V(2, 4) | V(7, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY,
                                  .parts = PARTS({V(2, 4), &license_choice_7}, {V(7, 7), &license_choice_item})}},
        {"licenses", V(5, 6), 0,
         &(const struct cdx_rule){
             .kind = CDX_ARRAY,
             .also =
                 &(const struct cdx_rule){.kind = CDX_ONE_OF,
                                          .parts = PARTS({V(5, 6), &(const struct cdx_rule){.kind = CDX_ARRAY,
                                                                                            .parts = PARTS(
                                                                                                {V(5, 6),
                                                                                                 &license_choice_3_0_item})}},
                                                         {V(5, 6), &(const struct cdx_rule){.kind = CDX_ARRAY,
                                                                                            .min = 1,
                                                                                            .max = 1,
                                                                                            .parts = PARTS(
                                                                                                {V(5, 6),
                                                                                                 &license_choice_3_1_item})}})},
             .parts = PARTS({V(0, 7), &anything})}},
        {"patentAssertions", V(7, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &patent_assertions_item})}},
        {"externalReferences", V(2, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 7), &external_reference})}},
        {"services", V(2, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(2, 7), .parts = PARTS({V(2, 7), &service})}},
        {"releaseNotes", V(4, 7), 0, &release_notes},
        {"properties", V(3, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(3, 7), &property})}},
        {"tags", V(6, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text})}},
        {"signature", V(4, 7), 0, &jsf_signature})};
static const struct cdx_rule metadata_tools_2_0 = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"components", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &component})}},
        {"services", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &service})}})};
static const struct cdx_rule metadata_tools_2 = {
    .kind = CDX_ONE_OF,
    .parts = PARTS({V(5, 7), &metadata_tools_2_0},
                   {V(5, 7), &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &tool})}})};
static const struct cdx_rule tlp_classification_word = {
    .kind = CDX_STRING, .words = WORDS({V(7, 7), "CLEAR|GREEN|AMBER|AMBER_AND_STRICT|RED"})};
static const struct cdx_rule metadata_distribution_constraints = {
    .kind = CDX_OBJECT, .members = MEMBERS({"tlp", V(7, 7), 0, &tlp_classification_word})};
static const struct cdx_rule metadata = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .members = MEMBERS(
        {"timestamp", V(2, 7), 0, &date_time},
        {"lifecycles", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &metadata_lifecycles_item})}},
        {"tools", V(2, 4), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 4), &tool})}},
        {"tools", V(5, 7), 0, &metadata_tools_2}, {"manufacturer", V(6, 7), 0, &organizational_entity},
        {"authors", V(2, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 7), &organizational_contact})}},
        {"component", V(2, 7), 0, &component}, {"manufacture", V(2, 7), 0, &organizational_entity},
        {"supplier", V(2, 7), 0, &organizational_entity},
        {"licenses", V(3, 4) | V(7, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY,
                                  .parts = PARTS({V(3, 4), &license_choice_5}, {V(7, 7), &license_choice_item})}},
        {"licenses", V(5, 6), 0,
         &(const struct cdx_rule){
             .kind = CDX_ARRAY,
             .also =
                 &(const struct cdx_rule){.kind = CDX_ONE_OF,
                                          .parts = PARTS({V(5, 6), &(const struct cdx_rule){.kind = CDX_ARRAY,
                                                                                            .parts = PARTS(
                                                                                                {V(5, 6),
                                                                                                 &license_choice_3_0_item})}},
                                                         {V(5, 6), &(const struct cdx_rule){.kind = CDX_ARRAY,
                                                                                            .min = 1,
                                                                                            .max = 1,
                                                                                            .parts = PARTS(
                                                                                                {V(5, 6),
                                                                                                 &license_choice_3_1_item})}})},
             .parts = PARTS({V(0, 7), &anything})}},
        {"properties", V(3, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(3, 7), &property})}},
        {"distributionConstraints", V(7, 7), 0, &metadata_distribution_constraints})};
static const struct cdx_rule dependency = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .members = MEMBERS(
        {"ref", V(2, 4), V(2, 4), &text}, {"ref", V(5, 5), V(5, 5), &ref_link_type},
        {"ref", V(6, 7), V(6, 7), &text_from_1},
        {"dependsOn", V(2, 7), 0,
         &(const struct cdx_rule){
             .kind = CDX_ARRAY,
             .unique = V(2, 7),
             .parts = PARTS({V(2, 4), &text}, {V(5, 5), &ref_link_type}, {V(6, 7), &text_from_1})}},
        {"provides", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(6, 7), .parts = PARTS({V(6, 7), &text_from_1})}})};
static const struct cdx_rule aggregate_type_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(3, 7), "complete|incomplete|incomplete_first_party_only|incomplete_third_party_only|unknown|not_specified"},
        {V(5, 7), "incomplete_first_party_proprietary_only|incomplete_first_party_opensource_only|incomplete_third_"
                  "party_proprietary_only|incomplete_third_party_opensource_only"})};
static const struct cdx_rule compositions_assemblies_item = {
    .kind = CDX_ANY_OF,
    .parts = PARTS({V(5, 5), &ref_link_type}, {V(6, 7), &text_from_1}, {V(5, 7), &bom_link_element})};
static const struct cdx_rule compositions = {
    .kind = CDX_OBJECT,
    .open = V(3, 3),
    .members = MEMBERS(
        {"bom-ref", V(5, 7), 0, &text_from_1}, {"aggregate", V(3, 7), V(3, 7), &aggregate_type_word},
        {"assemblies", V(3, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY,
                                  .unique = V(3, 7),
                                  .parts = PARTS({V(3, 4), &text}, {V(5, 7), &compositions_assemblies_item})}},
        {"dependencies", V(3, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(3, 7), .parts = PARTS({V(3, 7), &text})}},
        {"vulnerabilities", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &text})}},
        {"signature", V(4, 7), 0, &jsf_signature})};
static const struct cdx_rule vulnerability_source = {
    .kind = CDX_OBJECT, .members = MEMBERS({"url", V(4, 7), 0, &text}, {"name", V(4, 7), 0, &text})};
static const struct cdx_rule vulnerability_references_item = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"id", V(4, 7), V(4, 7), &text}, {"source", V(4, 7), V(4, 7), &vulnerability_source})};
static const struct cdx_rule severity_word = {.kind = CDX_STRING,
                                              .words = WORDS({V(4, 7), "critical|high|medium|low|info|none|unknown"})};
static const struct cdx_rule score_method_word = {
    .kind = CDX_STRING, .words = WORDS({V(4, 7), "CVSSv2|CVSSv3|CVSSv31|OWASP|other"}, {V(5, 7), "CVSSv4|SSVC"})};
static const struct cdx_rule rating = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"source", V(4, 7), 0, &vulnerability_source}, {"score", V(4, 7), 0, &number},
                       {"severity", V(4, 7), 0, &severity_word}, {"method", V(4, 7), 0, &score_method_word},
                       {"vector", V(4, 7), 0, &text}, {"justification", V(4, 7), 0, &text})};
static const struct cdx_rule vulnerability_proof_of_concept = {
    .kind = CDX_OBJECT,
    .open = V(5, 7),
    .members = MEMBERS({"reproductionSteps", V(5, 7), 0, &text}, {"environment", V(5, 7), 0, &text},
                       {"supportingMaterial", V(5, 7), 0,
                        &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &attachment})}})};
static const struct cdx_rule advisory = {
    .kind = CDX_OBJECT, .members = MEMBERS({"title", V(4, 7), 0, &text}, {"url", V(4, 7), V(4, 7), &iri})};
static const struct cdx_rule vulnerability_credits = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"organizations", V(4, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(4, 7), &organizational_entity})}},
        {"individuals", V(4, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(4, 7), &organizational_contact})}})};
static const struct cdx_rule vulnerability_tools_2_0 = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"components", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &component})}},
        {"services", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &service})}})};
static const struct cdx_rule vulnerability_tools_2 = {
    .kind = CDX_ONE_OF,
    .parts = PARTS({V(5, 7), &vulnerability_tools_2_0},
                   {V(5, 7), &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &tool})}})};
static const struct cdx_rule impact_analysis_state_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(4, 7), "resolved|resolved_with_pedigree|exploitable|in_triage|false_positive|not_affected"})};
static const struct cdx_rule impact_analysis_justification_word = {
    .kind = CDX_STRING,
    .words = WORDS(
        {V(4, 7),
         "code_not_present|code_not_reachable|requires_configuration|requires_dependency|requires_environment|"
         "protected_by_compiler|protected_at_runtime|protected_at_perimeter|protected_by_mitigating_control"})};
static const struct cdx_rule vulnerability_analysis_response_item_word = {
    .kind = CDX_STRING, .words = WORDS({V(4, 7), "can_not_fix|will_not_fix|update|rollback|workaround_available"})};
static const struct cdx_rule vulnerability_analysis = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"state", V(4, 7), 0, &impact_analysis_state_word},
                       {"justification", V(4, 7), 0, &impact_analysis_justification_word},
                       {"response", V(4, 7), 0,
                        &(const struct cdx_rule){
                            .kind = CDX_ARRAY, .parts = PARTS({V(4, 7), &vulnerability_analysis_response_item_word})}},
                       {"detail", V(4, 7), 0, &text}, {"firstIssued", V(5, 7), 0, &date_time},
                       {"lastUpdated", V(5, 7), 0, &date_time})};
static const struct cdx_rule vulnerability_affects_item_ref = {
    .kind = CDX_ANY_OF,
    .parts = PARTS({V(5, 5), &ref_link_type}, {V(6, 7), &text_from_1}, {V(5, 7), &bom_link_element})};
static const struct cdx_rule text_from_1_to_1024 = {.kind = CDX_STRING, .min = 1, .max = 1024};
static const struct cdx_rule affected_status_word = {.kind = CDX_STRING,
                                                     .words = WORDS({V(4, 7), "affected|unaffected|unknown"})};
static const struct cdx_rule vulnerability_affects_item_versions_item_0 = {
    .kind = CDX_OBJECT, .open = V(4, 7), .members = MEMBERS({"version", V(4, 7), V(4, 7), &anything})};
static const struct cdx_rule vulnerability_affects_item_versions_item_1 = {
    .kind = CDX_OBJECT, .open = V(4, 7), .members = MEMBERS({"range", V(4, 7), V(4, 7), &anything})};
static const struct cdx_rule vulnerability_affects_item_versions_item = {
    .kind = CDX_OBJECT,
    .also = &(const struct cdx_rule){.kind = CDX_ONE_OF,
                                     .parts = PARTS({V(4, 7), &vulnerability_affects_item_versions_item_0},
                                                    {V(4, 7), &vulnerability_affects_item_versions_item_1})},
    .members = MEMBERS({"version", V(4, 5), 0, &text_from_1_to_1024}, {"version", V(6, 7), 0, &text_to_1024},
                       {"range", V(4, 5), 0, &text_from_1_to_1024}, {"range", V(6, 7), 0, &text_from_1_to_4096},
                       {"status", V(4, 7), 0, &affected_status_word})};
static const struct cdx_rule vulnerability_affects_item = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"ref", V(4, 4), V(4, 4), &text}, {"ref", V(5, 7), V(5, 7), &vulnerability_affects_item_ref},
                       {"versions", V(4, 7), 0,
                        &(const struct cdx_rule){
                            .kind = CDX_ARRAY, .parts = PARTS({V(4, 7), &vulnerability_affects_item_versions_item})}})};
static const struct cdx_rule vulnerability = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"bom-ref", V(4, 4), 0, &text}, {"bom-ref", V(5, 7), 0, &text_from_1}, {"id", V(4, 7), 0, &text},
        {"source", V(4, 7), 0, &vulnerability_source},
        {"references", V(4, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(4, 7), &vulnerability_references_item})}},
        {"ratings", V(4, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(4, 7), &rating})}},
        {"cwes", V(4, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(4, 7), &integer_from_1})}},
        {"description", V(4, 7), 0, &text}, {"detail", V(4, 7), 0, &text}, {"recommendation", V(4, 7), 0, &text},
        {"workaround", V(5, 7), 0, &text}, {"proofOfConcept", V(5, 7), 0, &vulnerability_proof_of_concept},
        {"advisories", V(4, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(4, 7), &advisory})}},
        {"created", V(4, 7), 0, &date_time}, {"published", V(4, 7), 0, &date_time}, {"updated", V(4, 7), 0, &date_time},
        {"rejected", V(5, 7), 0, &date_time}, {"credits", V(4, 7), 0, &vulnerability_credits},
        {"tools", V(4, 4), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(4, 4), &tool})}},
        {"tools", V(5, 7), 0, &vulnerability_tools_2}, {"analysis", V(4, 7), 0, &vulnerability_analysis},
        {"affects", V(4, 7), 0,
         &(const struct cdx_rule){
             .kind = CDX_ARRAY, .unique = V(4, 7), .parts = PARTS({V(4, 7), &vulnerability_affects_item})}},
        {"properties", V(4, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(4, 7), &property})}})};
static const struct cdx_rule annotations_subjects_item = {
    .kind = CDX_ANY_OF,
    .parts = PARTS({V(5, 5), &ref_link_type}, {V(6, 7), &text_from_1}, {V(5, 7), &bom_link_element})};
static const struct cdx_rule annotations_annotator_0 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"organization", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule annotations_annotator_1 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"individual", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule annotations_annotator_2 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"component", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule annotations_annotator_3 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"service", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule annotations_annotator = {
    .kind = CDX_OBJECT,
    .also = &(const struct cdx_rule){.kind = CDX_ONE_OF,
                                     .parts = PARTS(
                                         {V(5, 7), &annotations_annotator_0}, {V(5, 7), &annotations_annotator_1},
                                         {V(5, 7), &annotations_annotator_2}, {V(5, 7), &annotations_annotator_3})},
    .members = MEMBERS({"organization", V(5, 7), 0, &organizational_entity},
                       {"individual", V(5, 7), 0, &organizational_contact}, {"component", V(5, 7), 0, &component},
                       {"service", V(5, 7), 0, &service})};
static const struct cdx_rule annotations = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"bom-ref", V(5, 7), 0, &text_from_1},
        {"subjects", V(5, 7), V(5, 7),
         &(const struct cdx_rule){
             .kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &annotations_subjects_item})}},
        {"annotator", V(5, 7), V(5, 7), &annotations_annotator}, {"timestamp", V(5, 7), V(5, 7), &date_time},
        {"text", V(5, 7), V(5, 7), &text}, {"signature", V(5, 7), 0, &jsf_signature})};
static const struct cdx_rule resource_reference_choice_ref = {
    .kind = CDX_ANY_OF,
    .parts = PARTS({V(5, 5), &ref_link_type}, {V(6, 7), &text_from_1}, {V(5, 7), &bom_link_element})};
static const struct cdx_rule resource_reference_choice_0 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"ref", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule resource_reference_choice_1 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"externalReference", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule resource_reference_choice = {
    .kind = CDX_OBJECT,
    .also = &(const struct cdx_rule){.kind = CDX_ONE_OF,
                                     .parts = PARTS({V(5, 7), &resource_reference_choice_0},
                                                    {V(5, 7), &resource_reference_choice_1})},
    .members = MEMBERS({"ref", V(5, 7), 0, &resource_reference_choice_ref},
                       {"externalReference", V(5, 7), 0, &external_reference})};
static const struct cdx_rule task_type_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(5, 7), "copy|clone|lint|scan|merge|build|test|deliver|deploy|release|clean|other"})};
static const struct cdx_rule trigger_type_word = {.kind = CDX_STRING,
                                                  .words = WORDS({V(5, 7), "manual|api|webhook|scheduled"})};
static const struct cdx_rule event = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"uid", V(5, 7), 0, &text}, {"description", V(5, 7), 0, &text}, {"timeReceived", V(5, 7), 0, &date_time},
        {"data", V(5, 7), 0, &attachment}, {"source", V(5, 7), 0, &resource_reference_choice},
        {"target", V(5, 7), 0, &resource_reference_choice},
        {"properties", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &property})}})};
static const struct cdx_rule condition = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"description", V(5, 7), 0, &text}, {"expression", V(5, 7), 0, &text},
        {"properties", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &property})}})};
static const struct cdx_rule parameter = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"name", V(5, 7), 0, &text}, {"value", V(5, 7), 0, &text}, {"dataType", V(5, 7), 0, &text})};
static const struct cdx_rule input_type_environment_vars_item = {
    .kind = CDX_ONE_OF, .parts = PARTS({V(5, 7), &property}, {V(5, 7), &text})};
static const struct cdx_rule input_type_0 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"resource", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule input_type_1 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"parameters", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule input_type_2 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"environmentVars", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule input_type_3 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"data", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule input_type = {
    .kind = CDX_OBJECT,
    .also = &(const struct cdx_rule){.kind = CDX_ONE_OF,
                                     .parts = PARTS({V(5, 7), &input_type_0}, {V(5, 7), &input_type_1},
                                                    {V(5, 7), &input_type_2}, {V(5, 7), &input_type_3})},
    .members = MEMBERS(
        {"source", V(5, 7), 0, &resource_reference_choice}, {"target", V(5, 7), 0, &resource_reference_choice},
        {"resource", V(5, 7), 0, &resource_reference_choice},
        {"parameters", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &parameter})}},
        {"environmentVars", V(5, 7), 0,
         &(const struct cdx_rule){
             .kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &input_type_environment_vars_item})}},
        {"data", V(5, 7), 0, &attachment},
        {"properties", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &property})}})};
static const struct cdx_rule output_type_type_word = {
    .kind = CDX_STRING, .words = WORDS({V(5, 7), "artifact|attestation|log|evidence|metrics|other"})};
static const struct cdx_rule output_type_environment_vars_item = {
    .kind = CDX_ONE_OF, .parts = PARTS({V(5, 7), &property}, {V(5, 7), &text})};
static const struct cdx_rule output_type_0 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"resource", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule output_type_1 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"environmentVars", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule output_type_2 = {
    .kind = CDX_OBJECT, .open = V(5, 7), .members = MEMBERS({"data", V(5, 7), V(5, 7), &anything})};
static const struct cdx_rule output_type = {
    .kind = CDX_OBJECT,
    .also = &(const struct cdx_rule){.kind = CDX_ONE_OF,
                                     .parts = PARTS({V(5, 7), &output_type_0}, {V(5, 7), &output_type_1},
                                                    {V(5, 7), &output_type_2})},
    .members = MEMBERS(
        {"type", V(5, 7), 0, &output_type_type_word}, {"source", V(5, 7), 0, &resource_reference_choice},
        {"target", V(5, 7), 0, &resource_reference_choice}, {"resource", V(5, 7), 0, &resource_reference_choice},
        {"data", V(5, 7), 0, &attachment},
        {"environmentVars", V(5, 7), 0,
         &(const struct cdx_rule){
             .kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &output_type_environment_vars_item})}},
        {"properties", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &property})}})};
static const struct cdx_rule trigger = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"bom-ref", V(5, 7), V(5, 7), &text_from_1}, {"uid", V(5, 7), V(5, 7), &text}, {"name", V(5, 7), 0, &text},
        {"description", V(5, 7), 0, &text},
        {"resourceReferences", V(5, 7), 0,
         &(const struct cdx_rule){
             .kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &resource_reference_choice})}},
        {"type", V(5, 7), V(5, 7), &trigger_type_word}, {"event", V(5, 7), 0, &event},
        {"conditions", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &condition})}},
        {"timeActivated", V(5, 7), 0, &date_time},
        {"inputs", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &input_type})}},
        {"outputs", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &output_type})}},
        {"properties", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &property})}})};
static const struct cdx_rule command = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"executed", V(5, 7), 0, &text},
        {"properties", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &property})}})};
static const struct cdx_rule step = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"name", V(5, 7), 0, &text}, {"description", V(5, 7), 0, &text},
        {"commands", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &command})}},
        {"properties", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &property})}})};
static const struct cdx_rule workspace_access_mode_word = {
    .kind = CDX_STRING, .words = WORDS({V(5, 7), "read-only|read-write|read-write-once|write-once|write-only"})};
static const struct cdx_rule volume_mode_word = {.kind = CDX_STRING, .words = WORDS({V(5, 7), "filesystem|block"})};
static const struct cdx_rule volume = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"uid", V(5, 7), 0, &text}, {"name", V(5, 7), 0, &text}, {"mode", V(5, 7), 0, &volume_mode_word},
        {"path", V(5, 7), 0, &text}, {"sizeAllocated", V(5, 7), 0, &text}, {"persistent", V(5, 7), 0, &yes_no},
        {"remote", V(5, 7), 0, &yes_no},
        {"properties", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &property})}})};
static const struct cdx_rule workspace = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"bom-ref", V(5, 7), V(5, 7), &text_from_1}, {"uid", V(5, 7), V(5, 7), &text}, {"name", V(5, 7), 0, &text},
        {"aliases", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &text})}},
        {"description", V(5, 7), 0, &text},
        {"resourceReferences", V(5, 7), 0,
         &(const struct cdx_rule){
             .kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &resource_reference_choice})}},
        {"accessMode", V(5, 7), 0, &workspace_access_mode_word}, {"mountPath", V(5, 7), 0, &text},
        {"managedDataType", V(5, 7), 0, &text}, {"volumeRequest", V(5, 7), 0, &text}, {"volume", V(5, 7), 0, &volume},
        {"properties", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &property})}})};
static const struct cdx_rule task = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"bom-ref", V(5, 7), V(5, 7), &text_from_1}, {"uid", V(5, 7), V(5, 7), &text}, {"name", V(5, 7), 0, &text},
        {"description", V(5, 7), 0, &text},
        {"resourceReferences", V(5, 7), 0,
         &(const struct cdx_rule){
             .kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &resource_reference_choice})}},
        {"taskTypes", V(5, 7), V(5, 7),
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &task_type_word})}},
        {"trigger", V(5, 7), 0, &trigger},
        {"steps", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &step})}},
        {"inputs", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &input_type})}},
        {"outputs", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &output_type})}},
        {"timeStart", V(5, 7), 0, &date_time}, {"timeEnd", V(5, 7), 0, &date_time},
        {"workspaces", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &workspace})}},
        {"runtimeTopology", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &dependency})}},
        {"properties", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &property})}})};
static const struct cdx_rule workflow = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"bom-ref", V(5, 7), V(5, 7), &text_from_1}, {"uid", V(5, 7), V(5, 7), &text}, {"name", V(5, 7), 0, &text},
        {"description", V(5, 7), 0, &text},
        {"resourceReferences", V(5, 7), 0,
         &(const struct cdx_rule){
             .kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &resource_reference_choice})}},
        {"tasks", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &task})}},
        {"taskDependencies", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &dependency})}},
        {"taskTypes", V(5, 7), V(5, 7),
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &task_type_word})}},
        {"trigger", V(5, 7), 0, &trigger},
        {"steps", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &step})}},
        {"inputs", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &input_type})}},
        {"outputs", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &output_type})}},
        {"timeStart", V(5, 7), 0, &date_time}, {"timeEnd", V(5, 7), 0, &date_time},
        {"workspaces", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &workspace})}},
        {"runtimeTopology", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &dependency})}},
        {"properties", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &property})}})};
static const struct cdx_rule formula = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"bom-ref", V(5, 7), 0, &text_from_1},
        {"components", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &component})}},
        {"services", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &service})}},
        {"workflows", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &workflow})}},
        {"properties", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &property})}})};
static const struct cdx_rule bom_declarations_assessors_item = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"bom-ref", V(6, 7), 0, &text_from_1}, {"thirdParty", V(6, 7), 0, &yes_no},
                       {"organization", V(6, 7), 0, &organizational_entity})};
static const struct cdx_rule bom_declarations_attestations_item_map_item_conformance = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"score", V(6, 7), 0, &number_from_0_to_1}, {"rationale", V(6, 7), 0, &text},
                       {"mitigationStrategies", V(6, 7), 0,
                        &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}})};
static const struct cdx_rule bom_declarations_attestations_item_map_item_confidence = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"score", V(6, 7), 0, &number_from_0_to_1}, {"rationale", V(6, 7), 0, &text})};
static const struct cdx_rule bom_declarations_attestations_item_map_item = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"requirement", V(6, 7), 0, &text_from_1},
        {"claims", V(6, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}},
        {"counterClaims", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}},
        {"conformance", V(6, 7), 0, &bom_declarations_attestations_item_map_item_conformance},
        {"confidence", V(6, 7), 0, &bom_declarations_attestations_item_map_item_confidence})};
static const struct cdx_rule bom_declarations_attestations_item = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"summary", V(6, 7), 0, &text}, {"assessor", V(6, 7), 0, &text_from_1},
        {"map", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY,
                                  .parts = PARTS({V(6, 7), &bom_declarations_attestations_item_map_item})}},
        {"signature", V(6, 7), 0, &jsf_signature})};
static const struct cdx_rule bom_declarations_claims_item = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"bom-ref", V(6, 7), 0, &text_from_1}, {"target", V(6, 7), 0, &text_from_1}, {"predicate", V(6, 7), 0, &text},
        {"mitigationStrategies", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}},
        {"reasoning", V(6, 7), 0, &text},
        {"evidence", V(6, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}},
        {"counterEvidence", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}},
        {"externalReferences", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &external_reference})}},
        {"signature", V(6, 7), 0, &jsf_signature})};
static const struct cdx_rule bom_declarations_evidence_item_data_item_contents = {
    .kind = CDX_OBJECT, .members = MEMBERS({"attachment", V(6, 7), 0, &attachment}, {"url", V(6, 7), 0, &iri})};
static const struct cdx_rule bom_declarations_evidence_item_data_item = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"name", V(6, 7), 0, &text}, {"contents", V(6, 7), 0, &bom_declarations_evidence_item_data_item_contents},
        {"classification", V(6, 7), 0, &text},
        {"sensitiveData", V(6, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text})}},
        {"governance", V(6, 7), 0, &data_governance})};
static const struct cdx_rule bom_declarations_evidence_item = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"bom-ref", V(6, 7), 0, &text_from_1}, {"propertyName", V(6, 7), 0, &text},
                       {"description", V(6, 7), 0, &text},
                       {"data", V(6, 7), 0,
                        &(const struct cdx_rule){.kind = CDX_ARRAY,
                                                 .parts = PARTS({V(6, 7), &bom_declarations_evidence_item_data_item})}},
                       {"created", V(6, 7), 0, &date_time}, {"expires", V(6, 7), 0, &date_time},
                       {"author", V(6, 7), 0, &organizational_contact},
                       {"reviewer", V(6, 7), 0, &organizational_contact}, {"signature", V(6, 7), 0, &jsf_signature})};
static const struct cdx_rule bom_declarations_targets = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"organizations", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &organizational_entity})}},
        {"components", V(6, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &component})}},
        {"services", V(6, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &service})}})};
static const struct cdx_rule bom_declarations_affirmation_signatories_item_0 = {
    .kind = CDX_OBJECT, .open = V(6, 7), .members = MEMBERS({"signature", V(6, 7), V(6, 7), &anything})};
static const struct cdx_rule bom_declarations_affirmation_signatories_item_1 = {
    .kind = CDX_OBJECT,
    .open = V(6, 7),
    .members = MEMBERS({"externalReference", V(6, 7), V(6, 7), &anything},
                       {"organization", V(6, 7), V(6, 7), &anything})};
static const struct cdx_rule bom_declarations_affirmation_signatories_item = {
    .kind = CDX_OBJECT,
    .also = &(const struct cdx_rule){.kind = CDX_ONE_OF,
                                     .parts = PARTS({V(6, 7), &bom_declarations_affirmation_signatories_item_0},
                                                    {V(6, 7), &bom_declarations_affirmation_signatories_item_1})},
    .members = MEMBERS({"name", V(6, 7), 0, &text}, {"role", V(6, 7), 0, &text},
                       {"signature", V(6, 7), 0, &jsf_signature}, {"organization", V(6, 7), 0, &organizational_entity},
                       {"externalReference", V(6, 7), 0, &external_reference})};
static const struct cdx_rule bom_declarations_affirmation = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"statement", V(6, 7), 0, &text},
        {"signatories", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY,
                                  .parts = PARTS({V(6, 7), &bom_declarations_affirmation_signatories_item})}},
        {"signature", V(6, 7), 0, &jsf_signature})};
static const struct cdx_rule bom_declarations = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"assessors", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &bom_declarations_assessors_item})}},
        {"attestations", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &bom_declarations_attestations_item})}},
        {"claims", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &bom_declarations_claims_item})}},
        {"evidence", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &bom_declarations_evidence_item})}},
        {"targets", V(6, 7), 0, &bom_declarations_targets}, {"affirmation", V(6, 7), 0, &bom_declarations_affirmation},
        {"signature", V(6, 7), 0, &jsf_signature})};
static const struct cdx_rule cre = {.kind = CDX_STRING, .pattern = PATTERN_CRE};
static const struct cdx_rule standard_requirements_item = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"bom-ref", V(6, 7), 0, &text_from_1}, {"identifier", V(6, 7), 0, &text}, {"title", V(6, 7), 0, &text},
        {"text", V(6, 7), 0, &text},
        {"descriptions", V(6, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text})}},
        {"openCre", V(6, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &cre})}},
        {"parent", V(6, 7), 0, &text_from_1},
        {"properties", V(6, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &property})}},
        {"externalReferences", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &external_reference})}})};
static const struct cdx_rule standard_levels_item = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"bom-ref", V(6, 7), 0, &text_from_1}, {"identifier", V(6, 7), 0, &text},
                       {"title", V(6, 7), 0, &text}, {"description", V(6, 7), 0, &text},
                       {"requirements", V(6, 7), 0,
                        &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &text_from_1})}})};
static const struct cdx_rule standard = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"bom-ref", V(6, 7), 0, &text_from_1}, {"name", V(6, 7), 0, &text}, {"version", V(6, 7), 0, &text},
        {"description", V(6, 7), 0, &text}, {"owner", V(6, 7), 0, &text},
        {"requirements", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &standard_requirements_item})}},
        {"levels", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &standard_levels_item})}},
        {"externalReferences", V(6, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &external_reference})}},
        {"signature", V(6, 7), 0, &jsf_signature})};
static const struct cdx_rule patent_number = {.kind = CDX_STRING, .pattern = PATTERN_PATENT};
static const struct cdx_rule country = {.kind = CDX_STRING, .pattern = PATTERN_COUNTRY};
static const struct cdx_rule date = {.kind = CDX_STRING, .format = FORMAT_DATE};
static const struct cdx_rule priority_application = {
    .kind = CDX_OBJECT,
    .members = MEMBERS({"applicationNumber", V(7, 7), V(7, 7), &patent_number},
                       {"jurisdiction", V(7, 7), V(7, 7), &country}, {"filingDate", V(7, 7), V(7, 7), &date})};
static const struct cdx_rule patent_patent_legal_status_word = {
    .kind = CDX_STRING,
    .words = WORDS({V(7, 7), "pending|granted|revoked|expired|lapsed|withdrawn|abandoned|suspended|reinstated|opposed|"
                             "terminated|invalidated|in-force"})};
static const struct cdx_rule patent_patent_assignee_item = {
    .kind = CDX_ONE_OF, .parts = PARTS({V(7, 7), &organizational_contact}, {V(7, 7), &organizational_entity})};
static const struct cdx_rule patent = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"bom-ref", V(7, 7), 0, &text_from_1}, {"patentNumber", V(7, 7), V(7, 7), &patent_number},
        {"applicationNumber", V(7, 7), 0, &patent_number}, {"jurisdiction", V(7, 7), V(7, 7), &country},
        {"priorityApplication", V(7, 7), 0, &priority_application}, {"publicationNumber", V(7, 7), 0, &patent_number},
        {"title", V(7, 7), 0, &text}, {"abstract", V(7, 7), 0, &text}, {"filingDate", V(7, 7), 0, &date},
        {"grantDate", V(7, 7), 0, &date}, {"patentExpirationDate", V(7, 7), 0, &date},
        {"patentLegalStatus", V(7, 7), V(7, 7), &patent_patent_legal_status_word},
        {"patentAssignee", V(7, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &patent_patent_assignee_item})}},
        {"externalReferences", V(7, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &external_reference})}})};
static const struct cdx_rule patent_family = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"bom-ref", V(7, 7), 0, &text_from_1}, {"familyId", V(7, 7), V(7, 7), &text},
        {"priorityApplication", V(7, 7), 0, &priority_application},
        {"members", V(7, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &text_from_1})}},
        {"externalReferences", V(7, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &external_reference})}})};
static const struct cdx_rule bom_definitions_patents_item = {
    .kind = CDX_ANY_OF, .parts = PARTS({V(7, 7), &patent}, {V(7, 7), &patent_family})};
static const struct cdx_rule bom_definitions = {
    .kind = CDX_OBJECT,
    .members = MEMBERS(
        {"standards", V(6, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(6, 7), &standard})}},
        {"patents", V(7, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(7, 7), &bom_definitions_patents_item})}})};
static const struct cdx_rule citation_0 = {
    .kind = CDX_OBJECT, .open = V(7, 7), .members = MEMBERS({"pointers", V(7, 7), V(7, 7), &anything})};
static const struct cdx_rule citation_1 = {
    .kind = CDX_OBJECT, .open = V(7, 7), .members = MEMBERS({"expressions", V(7, 7), V(7, 7), &anything})};
static const struct cdx_rule citation_0_2 = {
    .kind = CDX_OBJECT, .open = V(7, 7), .members = MEMBERS({"attributedTo", V(7, 7), V(7, 7), &anything})};
static const struct cdx_rule citation_1_2 = {
    .kind = CDX_OBJECT, .open = V(7, 7), .members = MEMBERS({"process", V(7, 7), V(7, 7), &anything})};
static const struct cdx_rule citation = {
    .kind = CDX_OBJECT,
    .also =
        &(const struct cdx_rule){
            .kind = CDX_ALL_OF,
            .parts = PARTS(
                {V(0, 7), &(const struct cdx_rule){.kind = CDX_ONE_OF,
                                                   .parts = PARTS({V(7, 7), &citation_0}, {V(7, 7), &citation_1})}},
                {V(0, 7),
                 &(const struct cdx_rule){
                     .kind = CDX_ANY_OF, .parts = PARTS({V(7, 7), &citation_0_2}, {V(7, 7), &citation_1_2})}})},
    .members = MEMBERS({"bom-ref", V(7, 7), 0, &text_from_1},
                       {"pointers", V(7, 7), 0,
                        &(const struct cdx_rule){.kind = CDX_ARRAY, .min = 1, .parts = PARTS({V(7, 7), &text})}},
                       {"expressions", V(7, 7), 0,
                        &(const struct cdx_rule){.kind = CDX_ARRAY, .min = 1, .parts = PARTS({V(7, 7), &text})}},
                       {"timestamp", V(7, 7), V(7, 7), &date_time}, {"attributedTo", V(7, 7), 0, &text_from_1},
                       {"process", V(7, 7), 0, &text_from_1}, {"note", V(7, 7), 0, &text},
                       {"signature", V(7, 7), 0, &jsf_signature})};
static const struct cdx_rule bom = {
    .kind = CDX_OBJECT,
    .open = V(2, 3),
    .members = MEMBERS(
        {"$schema", V(4, 5), 0, &bom_schema_word}, {"$schema", V(6, 7), 0, &text},
        {"bomFormat", V(2, 7), V(2, 7), &bom_bom_format_word}, {"specVersion", V(2, 7), V(2, 7), &text},
        {"serialNumber", V(2, 7), 0, &urn_uuid}, {"version", V(2, 4), V(2, 4), &integer},
        {"version", V(5, 7), 0, &integer_from_1}, {"metadata", V(2, 7), 0, &metadata},
        {"components", V(2, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(2, 7), .parts = PARTS({V(2, 7), &component})}},
        {"services", V(2, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(2, 7), .parts = PARTS({V(2, 7), &service})}},
        {"externalReferences", V(2, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(2, 7), &external_reference})}},
        {"dependencies", V(2, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(2, 7), .parts = PARTS({V(2, 7), &dependency})}},
        {"compositions", V(3, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(3, 7), .parts = PARTS({V(3, 7), &compositions})}},
        {"vulnerabilities", V(4, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(4, 7), .parts = PARTS({V(4, 7), &vulnerability})}},
        {"annotations", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &annotations})}},
        {"formulation", V(5, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(5, 7), .parts = PARTS({V(5, 7), &formula})}},
        {"declarations", V(6, 7), 0, &bom_declarations}, {"definitions", V(6, 7), 0, &bom_definitions},
        {"citations", V(7, 7), 0,
         &(const struct cdx_rule){.kind = CDX_ARRAY, .unique = V(7, 7), .parts = PARTS({V(7, 7), &citation})}},
        {"properties", V(5, 7), 0, &(const struct cdx_rule){.kind = CDX_ARRAY, .parts = PARTS({V(5, 7), &property})}},
        {"signature", V(4, 7), 0, &jsf_signature})};

const struct cdx_rule *const cdx_bom = &bom;
const struct cdx_rule *const cdx_component_rule = &component;
const struct cdx_rule *const cdx_licence_rule = &license;
