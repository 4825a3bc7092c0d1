/* SPDX-License-Identifier: Apache-2.0
 *
 * Classes of SPDX 3.0.1 with their own properties, as the model states them (profiles Core, Software, SimpleLicensing,
 * ExpandedLicensing, Security, AI, Dataset, Build, Extension). What a class inherits stands with its parent.
 */
#include "sbom/spdx3_check.h"

#define TEXT(name, flags)                                                                                              \
    { name, VALUE_TEXT, flags, NULL }
#define FLAG(name, flags)                                                                                              \
    { name, VALUE_FLAG, flags, NULL }
#define NUMBER(name, value, flags)                                                                                     \
    { name, value, flags, NULL }
#define THING(name, flags)                                                                                             \
    { name, VALUE_THING, flags, NULL }
#define WORD(name, flags, words)                                                                                       \
    { name, VALUE_WORD, flags, words }

static const char *const words_energyunit[] = {"kilowattHour", "megajoule", "other", NULL};
static const char *const words_profileconformance[] = {
    "ai",       "build",           "core",     "dataset", "expandedLicensing", "extension", "lite",
    "security", "simpleLicensing", "software", NULL};
static const char *const words_externalidentifiertype[] = {"cpe22",  "cpe23", "cve",        "email",
                                                           "gitoid", "other", "packageUrl", "securityOther",
                                                           "swhid",  "swid",  "urlScheme",  NULL};
static const char *const words_externalreftype[] = {"altDownloadLocation",
                                                    "altWebPage",
                                                    "binaryArtifact",
                                                    "bower",
                                                    "buildMeta",
                                                    "buildSystem",
                                                    "certificationReport",
                                                    "chat",
                                                    "componentAnalysisReport",
                                                    "cwe",
                                                    "documentation",
                                                    "dynamicAnalysisReport",
                                                    "eolNotice",
                                                    "exportControlAssessment",
                                                    "funding",
                                                    "issueTracker",
                                                    "license",
                                                    "mailingList",
                                                    "mavenCentral",
                                                    "metrics",
                                                    "npm",
                                                    "nuget",
                                                    "other",
                                                    "privacyAssessment",
                                                    "productMetadata",
                                                    "purchaseOrder",
                                                    "qualityAssessmentReport",
                                                    "releaseHistory",
                                                    "releaseNotes",
                                                    "riskAssessment",
                                                    "runtimeAnalysisReport",
                                                    "secureSoftwareAttestation",
                                                    "securityAdversaryModel",
                                                    "securityAdvisory",
                                                    "securityFix",
                                                    "securityOther",
                                                    "securityPenTestReport",
                                                    "securityPolicy",
                                                    "securityThreatModel",
                                                    "socialMedia",
                                                    "sourceArtifact",
                                                    "staticAnalysisReport",
                                                    "support",
                                                    "vcs",
                                                    "vulnerabilityDisclosureReport",
                                                    "vulnerabilityExploitabilityAssessment",
                                                    NULL};
static const char *const words_algorithm[] = {
    "adler32",       "blake2b256", "blake2b384", "blake2b512", "blake3", "crystalsDilithium",
    "crystalsKyber", "falcon",     "md2",        "md4",        "md5",    "md6",
    "other",         "sha1",       "sha224",     "sha256",     "sha384", "sha3_224",
    "sha3_256",      "sha3_384",   "sha3_512",   "sha512",     NULL};
static const char *const words_completeness[] = {"complete", "incomplete", "noAssertion", NULL};
static const char *const words_relationshiptype[] = {"affects",
                                                     "amendedBy",
                                                     "ancestorOf",
                                                     "availableFrom",
                                                     "configures",
                                                     "contains",
                                                     "coordinatedBy",
                                                     "copiedTo",
                                                     "delegatedTo",
                                                     "dependsOn",
                                                     "descendantOf",
                                                     "describes",
                                                     "doesNotAffect",
                                                     "expandsTo",
                                                     "exploitCreatedBy",
                                                     "fixedBy",
                                                     "fixedIn",
                                                     "foundBy",
                                                     "generates",
                                                     "hasAddedFile",
                                                     "hasAssessmentFor",
                                                     "hasAssociatedVulnerability",
                                                     "hasConcludedLicense",
                                                     "hasDataFile",
                                                     "hasDeclaredLicense",
                                                     "hasDeletedFile",
                                                     "hasDependencyManifest",
                                                     "hasDistributionArtifact",
                                                     "hasDocumentation",
                                                     "hasDynamicLink",
                                                     "hasEvidence",
                                                     "hasExample",
                                                     "hasHost",
                                                     "hasInput",
                                                     "hasMetadata",
                                                     "hasOptionalComponent",
                                                     "hasOptionalDependency",
                                                     "hasOutput",
                                                     "hasPrerequisite",
                                                     "hasProvidedDependency",
                                                     "hasRequirement",
                                                     "hasSpecification",
                                                     "hasStaticLink",
                                                     "hasTest",
                                                     "hasTestCase",
                                                     "hasVariant",
                                                     "invokedBy",
                                                     "modifiedBy",
                                                     "other",
                                                     "packagedBy",
                                                     "patchedBy",
                                                     "publishedBy",
                                                     "reportedBy",
                                                     "republishedBy",
                                                     "serializedInArtifact",
                                                     "testedOn",
                                                     "trainedOn",
                                                     "underInvestigationFor",
                                                     "usesTool",
                                                     NULL};
static const char *const words_contentidentifiertype[] = {"gitoid", "swhid", NULL};
static const char *const words_annotationtype[] = {"other", "review", NULL};
static const char *const words_supportlevel[] = {"deployed",    "development", "endOfSupport", "limitedSupport",
                                                 "noAssertion", "noSupport",   "support",      NULL};
static const char *const words_scope[] = {"build", "design", "development", "other", "runtime", "test", NULL};
static const char *const words_severity[] = {"critical", "high", "low", "medium", "none", NULL};
static const char *const words_catalogtype[] = {"kev", "other", NULL};
static const char *const words_decisiontype[] = {"act", "attend", "track", "trackStar", NULL};
static const char *const words_additionalpurpose[] = {
    "application", "archive",         "bom",       "configuration",   "container", "data",
    "device",      "deviceDriver",    "diskImage", "documentation",   "evidence",  "executable",
    "file",        "filesystemImage", "firmware",  "framework",       "install",   "library",
    "manifest",    "model",           "module",    "operatingSystem", "other",     "patch",
    "platform",    "requirement",     "source",    "specification",   "test",      NULL};
static const char *const words_justificationtype[] = {"componentNotPresent",
                                                      "inlineMitigationsAlreadyExist",
                                                      "vulnerableCodeCannotBeControlledByAdversary",
                                                      "vulnerableCodeNotInExecutePath",
                                                      "vulnerableCodeNotPresent",
                                                      NULL};
static const char *const words_filekind[] = {"directory", "file", NULL};
static const char *const words_sbomtype[] = {"analyzed", "build", "deployed", "design", "runtime", "source", NULL};
static const char *const words_autonomytype[] = {"no", "noAssertion", "yes", NULL};
static const char *const words_safetyriskassessment[] = {"high", "low", "medium", "serious", NULL};
static const char *const words_confidentialitylevel[] = {"amber", "clear", "green", "red", NULL};
static const char *const words_datasetavailability[] = {"clickthrough", "directDownload", "query",
                                                        "registration", "scrapingScript", NULL};
static const char *const words_datasettype[] = {"audio",   "categorical", "graph",     "image",      "noAssertion",
                                                "numeric", "other",       "sensor",    "structured", "syntactic",
                                                "text",    "timeseries",  "timestamp", "video",      NULL};

static const struct spdx3_property p_ai_energyconsumption[] = {
    THING("ai_finetuningEnergyConsumption", LIST),
    THING("ai_inferenceEnergyConsumption", LIST),
    THING("ai_trainingEnergyConsumption", LIST),
};
static const struct spdx3_property p_ai_energyconsumptiondescription[] = {
    NUMBER("ai_energyQuantity", VALUE_DECIMAL, NEEDED),
    WORD("ai_energyUnit", NEEDED, words_energyunit),
};
static const struct spdx3_property p_creationinfo[] = {
    TEXT("comment", 0),          TEXT("created", NEEDED),     THING("createdBy", NEEDED | LIST | FILLED),
    THING("createdUsing", LIST), TEXT("specVersion", NEEDED),
};
static const struct spdx3_property p_dictionaryentry[] = {
    TEXT("key", NEEDED),
    TEXT("value", 0),
};
static const struct spdx3_property p_element[] = {
    TEXT("comment", 0),
    THING("creationInfo", NEEDED),
    TEXT("description", 0),
    THING("extension", LIST),
    THING("externalIdentifier", LIST),
    THING("externalRef", LIST),
    TEXT("name", 0),
    TEXT("summary", 0),
    THING("verifiedUsing", LIST),
};
static const struct spdx3_property p_elementcollection[] = {
    THING("element", LIST),
    WORD("profileConformance", LIST, words_profileconformance),
    THING("rootElement", LIST),
};
static const struct spdx3_property p_externalidentifier[] = {
    TEXT("comment", 0),          WORD("externalIdentifierType", NEEDED, words_externalidentifiertype),
    TEXT("identifier", NEEDED),  TEXT("identifierLocator", LIST),
    TEXT("issuingAuthority", 0),
};
static const struct spdx3_property p_externalmap[] = {
    THING("definingArtifact", 0),
    TEXT("externalSpdxId", NEEDED),
    TEXT("locationHint", 0),
    THING("verifiedUsing", LIST),
};
static const struct spdx3_property p_externalref[] = {
    TEXT("comment", 0),
    TEXT("contentType", 0),
    WORD("externalRefType", 0, words_externalreftype),
    TEXT("locator", LIST),
};
static const struct spdx3_property p_integritymethod[] = {
    TEXT("comment", 0),
};
static const struct spdx3_property p_namespacemap[] = {
    TEXT("namespace", NEEDED),
    TEXT("prefix", NEEDED),
};
static const struct spdx3_property p_packageverificationcode[] = {
    WORD("algorithm", NEEDED, words_algorithm),
    TEXT("hashValue", NEEDED),
    TEXT("packageVerificationCodeExcludedFile", LIST),
};
static const struct spdx3_property p_positiveintegerrange[] = {
    NUMBER("beginIntegerRange", VALUE_PLACE, NEEDED),
    NUMBER("endIntegerRange", VALUE_PLACE, NEEDED),
};
static const struct spdx3_property p_relationship[] = {
    WORD("completeness", 0, words_completeness),
    TEXT("endTime", 0),
    THING("from", NEEDED),
    WORD("relationshipType", NEEDED, words_relationshiptype),
    TEXT("startTime", 0),
    THING("to", NEEDED | LIST | FILLED),
};
static const struct spdx3_property p_spdxdocument[] = {
    THING("dataLicense", 0),
    THING("import", LIST),
    THING("namespaceMap", LIST),
};
static const struct spdx3_property p_expandedlicensing_licenseaddition[] = {
    TEXT("expandedlicensing_additionText", NEEDED), FLAG("expandedlicensing_isDeprecatedAdditionId", 0),
    TEXT("expandedlicensing_licenseXml", 0),        TEXT("expandedlicensing_obsoletedBy", 0),
    TEXT("expandedlicensing_seeAlso", LIST),        TEXT("expandedlicensing_standardAdditionTemplate", 0),
};
static const struct spdx3_property p_expandedlicensing_listedlicenseexception[] = {
    TEXT("expandedlicensing_deprecatedVersion", 0),
    TEXT("expandedlicensing_listVersionAdded", 0),
};
static const struct spdx3_property p_extension_cdxpropertyentry[] = {
    TEXT("extension_cdxPropName", NEEDED),
    TEXT("extension_cdxPropValue", 0),
};
static const struct spdx3_property p_security_vulnassessmentrelationship[] = {
    THING("suppliedBy", 0),
    THING("security_assessedElement", 0),
    TEXT("security_modifiedTime", 0),
    TEXT("security_publishedTime", 0),
    TEXT("security_withdrawnTime", 0),
};
static const struct spdx3_property p_simplelicensing_licenseexpression[] = {
    THING("simplelicensing_customIdToUri", LIST),
    TEXT("simplelicensing_licenseExpression", NEEDED),
    TEXT("simplelicensing_licenseListVersion", 0),
};
static const struct spdx3_property p_simplelicensing_simplelicensingtext[] = {
    TEXT("simplelicensing_licenseText", NEEDED),
};
static const struct spdx3_property p_software_contentidentifier[] = {
    WORD("software_contentIdentifierType", NEEDED, words_contentidentifiertype),
    TEXT("software_contentIdentifierValue", NEEDED),
};
static const struct spdx3_property p_build_build[] = {
    TEXT("build_buildEndTime", 0),           TEXT("build_buildId", 0),
    TEXT("build_buildStartTime", 0),         TEXT("build_buildType", NEEDED),
    THING("build_configSourceDigest", LIST), TEXT("build_configSourceEntrypoint", LIST),
    TEXT("build_configSourceUri", LIST),     THING("build_environment", LIST),
    THING("build_parameter", LIST),
};
static const struct spdx3_property p_annotation[] = {
    WORD("annotationType", NEEDED, words_annotationtype),
    TEXT("contentType", 0),
    TEXT("statement", 0),
    THING("subject", NEEDED),
};
static const struct spdx3_property p_artifact[] = {
    TEXT("builtTime", 0),       THING("originatedBy", LIST), TEXT("releaseTime", 0),
    TEXT("standardName", LIST), THING("suppliedBy", 0),      WORD("supportLevel", LIST, words_supportlevel),
    TEXT("validUntilTime", 0),
};
static const struct spdx3_property p_bundle[] = {
    TEXT("context", 0),
};
static const struct spdx3_property p_hash[] = {
    WORD("algorithm", NEEDED, words_algorithm),
    TEXT("hashValue", NEEDED),
};
static const struct spdx3_property p_lifecyclescopedrelationship[] = {
    WORD("scope", 0, words_scope),
};
static const struct spdx3_property p_expandedlicensing_conjunctivelicenseset[] = {
    THING("expandedlicensing_member", NEEDED | LIST | FILLED),
};
static const struct spdx3_property p_expandedlicensing_disjunctivelicenseset[] = {
    THING("expandedlicensing_member", NEEDED | LIST | FILLED),
};
static const struct spdx3_property p_expandedlicensing_license[] = {
    FLAG("expandedlicensing_isDeprecatedLicenseId", 0), FLAG("expandedlicensing_isFsfLibre", 0),
    FLAG("expandedlicensing_isOsiApproved", 0),         TEXT("expandedlicensing_licenseXml", 0),
    TEXT("expandedlicensing_obsoletedBy", 0),           TEXT("expandedlicensing_seeAlso", LIST),
    TEXT("expandedlicensing_standardLicenseHeader", 0), TEXT("expandedlicensing_standardLicenseTemplate", 0),
    TEXT("simplelicensing_licenseText", NEEDED),
};
static const struct spdx3_property p_expandedlicensing_listedlicense[] = {
    TEXT("expandedlicensing_deprecatedVersion", 0),
    TEXT("expandedlicensing_listVersionAdded", 0),
};
static const struct spdx3_property p_expandedlicensing_orlateroperator[] = {
    THING("expandedlicensing_subjectLicense", NEEDED),
};
static const struct spdx3_property p_expandedlicensing_withadditionoperator[] = {
    THING("expandedlicensing_subjectAddition", NEEDED),
    THING("expandedlicensing_subjectExtendableLicense", NEEDED),
};
static const struct spdx3_property p_extension_cdxpropertiesextension[] = {
    THING("extension_cdxProperty", NEEDED | LIST | FILLED),
};
static const struct spdx3_property p_security_cvssv2vulnassessmentrelationship[] = {
    NUMBER("security_score", VALUE_DECIMAL, NEEDED),
    TEXT("security_vectorString", NEEDED),
};
static const struct spdx3_property p_security_cvssv3vulnassessmentrelationship[] = {
    NUMBER("security_score", VALUE_DECIMAL, NEEDED),
    WORD("security_severity", NEEDED, words_severity),
    TEXT("security_vectorString", NEEDED),
};
static const struct spdx3_property p_security_cvssv4vulnassessmentrelationship[] = {
    NUMBER("security_score", VALUE_DECIMAL, NEEDED),
    WORD("security_severity", NEEDED, words_severity),
    TEXT("security_vectorString", NEEDED),
};
static const struct spdx3_property p_security_epssvulnassessmentrelationship[] = {
    NUMBER("security_percentile", VALUE_DECIMAL, NEEDED),
    NUMBER("security_probability", VALUE_DECIMAL, NEEDED),
};
static const struct spdx3_property p_security_exploitcatalogvulnassessmentrelationship[] = {
    WORD("security_catalogType", NEEDED, words_catalogtype),
    FLAG("security_exploited", NEEDED),
    TEXT("security_locator", NEEDED),
};
static const struct spdx3_property p_security_ssvcvulnassessmentrelationship[] = {
    WORD("security_decisionType", NEEDED, words_decisiontype),
};
static const struct spdx3_property p_security_vexvulnassessmentrelationship[] = {
    TEXT("security_statusNotes", 0),
    TEXT("security_vexVersion", 0),
};
static const struct spdx3_property p_security_vulnerability[] = {
    TEXT("security_modifiedTime", 0),
    TEXT("security_publishedTime", 0),
    TEXT("security_withdrawnTime", 0),
};
static const struct spdx3_property p_software_softwareartifact[] = {
    WORD("software_additionalPurpose", LIST, words_additionalpurpose),
    TEXT("software_attributionText", LIST),
    THING("software_contentIdentifier", LIST),
    TEXT("software_copyrightText", 0),
    WORD("software_primaryPurpose", 0, words_additionalpurpose),
};
static const struct spdx3_property p_security_vexaffectedvulnassessmentrelationship[] = {
    TEXT("security_actionStatement", NEEDED),
    TEXT("security_actionStatementTime", 0),
};
static const struct spdx3_property p_security_vexnotaffectedvulnassessmentrelationship[] = {
    TEXT("security_impactStatement", 0),
    TEXT("security_impactStatementTime", 0),
    WORD("security_justificationType", 0, words_justificationtype),
};
static const struct spdx3_property p_software_file[] = {
    TEXT("contentType", 0),
    WORD("software_fileKind", 0, words_filekind),
};
static const struct spdx3_property p_software_package[] = {
    TEXT("software_downloadLocation", 0), TEXT("software_homePage", 0),   TEXT("software_packageUrl", 0),
    TEXT("software_packageVersion", 0),   TEXT("software_sourceInfo", 0),
};
static const struct spdx3_property p_software_sbom[] = {
    WORD("software_sbomType", LIST, words_sbomtype),
};
static const struct spdx3_property p_software_snippet[] = {
    THING("software_byteRange", 0),
    THING("software_lineRange", 0),
    THING("software_snippetFromFile", NEEDED),
};
static const struct spdx3_property p_ai_aipackage[] = {
    WORD("ai_autonomyType", 0, words_autonomytype),
    TEXT("ai_domain", LIST),
    THING("ai_energyConsumption", 0),
    THING("ai_hyperparameter", LIST),
    TEXT("ai_informationAboutApplication", 0),
    TEXT("ai_informationAboutTraining", 0),
    TEXT("ai_limitation", 0),
    THING("ai_metric", LIST),
    THING("ai_metricDecisionThreshold", LIST),
    TEXT("ai_modelDataPreprocessing", LIST),
    TEXT("ai_modelExplainability", LIST),
    WORD("ai_safetyRiskAssessment", 0, words_safetyriskassessment),
    TEXT("ai_standardCompliance", LIST),
    TEXT("ai_typeOfModel", LIST),
    WORD("ai_useSensitivePersonalInformation", 0, words_autonomytype),
};
static const struct spdx3_property p_dataset_datasetpackage[] = {
    TEXT("dataset_anonymizationMethodUsed", LIST),
    WORD("dataset_confidentialityLevel", 0, words_confidentialitylevel),
    TEXT("dataset_dataCollectionProcess", 0),
    TEXT("dataset_dataPreprocessing", LIST),
    WORD("dataset_datasetAvailability", 0, words_datasetavailability),
    TEXT("dataset_datasetNoise", 0),
    NUMBER("dataset_datasetSize", VALUE_SIZE, 0),
    WORD("dataset_datasetType", NEEDED | LIST | FILLED, words_datasettype),
    TEXT("dataset_datasetUpdateMechanism", 0),
    WORD("dataset_hasSensitivePersonalInformation", 0, words_autonomytype),
    TEXT("dataset_intendedUse", 0),
    TEXT("dataset_knownBias", LIST),
    THING("dataset_sensor", LIST),
};

const struct spdx3_class_def spdx3_classes[] = {
    {"ai_EnergyConsumption", NULL, p_ai_energyconsumption,
     sizeof p_ai_energyconsumption / sizeof *p_ai_energyconsumption, PART},
    {"ai_EnergyConsumptionDescription", NULL, p_ai_energyconsumptiondescription,
     sizeof p_ai_energyconsumptiondescription / sizeof *p_ai_energyconsumptiondescription, PART},
    {"CreationInfo", NULL, p_creationinfo, sizeof p_creationinfo / sizeof *p_creationinfo, PART},
    {"DictionaryEntry", NULL, p_dictionaryentry, sizeof p_dictionaryentry / sizeof *p_dictionaryentry, PART},
    {"Element", NULL, p_element, sizeof p_element / sizeof *p_element, ABSTRACT},
    {"ElementCollection", "Element", p_elementcollection, sizeof p_elementcollection / sizeof *p_elementcollection,
     ABSTRACT},
    {"ExternalIdentifier", NULL, p_externalidentifier, sizeof p_externalidentifier / sizeof *p_externalidentifier,
     PART},
    {"ExternalMap", NULL, p_externalmap, sizeof p_externalmap / sizeof *p_externalmap, PART},
    {"ExternalRef", NULL, p_externalref, sizeof p_externalref / sizeof *p_externalref, PART},
    {"IndividualElement", "Element", NULL, 0, ELEMENT},
    {"IntegrityMethod", NULL, p_integritymethod, sizeof p_integritymethod / sizeof *p_integritymethod, ABSTRACT},
    {"NamespaceMap", NULL, p_namespacemap, sizeof p_namespacemap / sizeof *p_namespacemap, PART},
    {"PackageVerificationCode", "IntegrityMethod", p_packageverificationcode,
     sizeof p_packageverificationcode / sizeof *p_packageverificationcode, PART},
    {"PositiveIntegerRange", NULL, p_positiveintegerrange,
     sizeof p_positiveintegerrange / sizeof *p_positiveintegerrange, PART},
    {"Relationship", "Element", p_relationship, sizeof p_relationship / sizeof *p_relationship, ELEMENT},
    {"SpdxDocument", "ElementCollection", p_spdxdocument, sizeof p_spdxdocument / sizeof *p_spdxdocument, ELEMENT},
    {"Tool", "Element", NULL, 0, ELEMENT},
    {"expandedlicensing_LicenseAddition", "Element", p_expandedlicensing_licenseaddition,
     sizeof p_expandedlicensing_licenseaddition / sizeof *p_expandedlicensing_licenseaddition, ABSTRACT},
    {"expandedlicensing_ListedLicenseException", "expandedlicensing_LicenseAddition",
     p_expandedlicensing_listedlicenseexception,
     sizeof p_expandedlicensing_listedlicenseexception / sizeof *p_expandedlicensing_listedlicenseexception, ELEMENT},
    {"extension_CdxPropertyEntry", NULL, p_extension_cdxpropertyentry,
     sizeof p_extension_cdxpropertyentry / sizeof *p_extension_cdxpropertyentry, PART},
    {"extension_Extension", NULL, NULL, 0, PART},
    {"security_VulnAssessmentRelationship", "Relationship", p_security_vulnassessmentrelationship,
     sizeof p_security_vulnassessmentrelationship / sizeof *p_security_vulnassessmentrelationship, ABSTRACT},
    {"simplelicensing_AnyLicenseInfo", "Element", NULL, 0, ABSTRACT},
    {"simplelicensing_LicenseExpression", "simplelicensing_AnyLicenseInfo", p_simplelicensing_licenseexpression,
     sizeof p_simplelicensing_licenseexpression / sizeof *p_simplelicensing_licenseexpression, ELEMENT},
    {"simplelicensing_SimpleLicensingText", "Element", p_simplelicensing_simplelicensingtext,
     sizeof p_simplelicensing_simplelicensingtext / sizeof *p_simplelicensing_simplelicensingtext, ELEMENT},
    {"software_ContentIdentifier", "IntegrityMethod", p_software_contentidentifier,
     sizeof p_software_contentidentifier / sizeof *p_software_contentidentifier, PART},
    {"software_SoftwarePurpose", NULL, NULL, 0, PART},
    {"build_Build", "Element", p_build_build, sizeof p_build_build / sizeof *p_build_build, ELEMENT},
    {"Agent", "Element", NULL, 0, ELEMENT},
    {"Annotation", "Element", p_annotation, sizeof p_annotation / sizeof *p_annotation, ELEMENT},
    {"Artifact", "Element", p_artifact, sizeof p_artifact / sizeof *p_artifact, ABSTRACT},
    {"Bundle", "ElementCollection", p_bundle, sizeof p_bundle / sizeof *p_bundle, ELEMENT},
    {"Hash", "IntegrityMethod", p_hash, sizeof p_hash / sizeof *p_hash, PART},
    {"LifecycleScopedRelationship", "Relationship", p_lifecyclescopedrelationship,
     sizeof p_lifecyclescopedrelationship / sizeof *p_lifecyclescopedrelationship, ELEMENT},
    {"Organization", "Agent", NULL, 0, ELEMENT},
    {"Person", "Agent", NULL, 0, ELEMENT},
    {"SoftwareAgent", "Agent", NULL, 0, ELEMENT},
    {"expandedlicensing_ConjunctiveLicenseSet", "simplelicensing_AnyLicenseInfo",
     p_expandedlicensing_conjunctivelicenseset,
     sizeof p_expandedlicensing_conjunctivelicenseset / sizeof *p_expandedlicensing_conjunctivelicenseset, ELEMENT},
    {"expandedlicensing_CustomLicenseAddition", "expandedlicensing_LicenseAddition", NULL, 0, ELEMENT},
    {"expandedlicensing_DisjunctiveLicenseSet", "simplelicensing_AnyLicenseInfo",
     p_expandedlicensing_disjunctivelicenseset,
     sizeof p_expandedlicensing_disjunctivelicenseset / sizeof *p_expandedlicensing_disjunctivelicenseset, ELEMENT},
    {"expandedlicensing_ExtendableLicense", "simplelicensing_AnyLicenseInfo", NULL, 0, ABSTRACT},
    {"expandedlicensing_IndividualLicensingInfo", "simplelicensing_AnyLicenseInfo", NULL, 0, ELEMENT},
    {"expandedlicensing_License", "expandedlicensing_ExtendableLicense", p_expandedlicensing_license,
     sizeof p_expandedlicensing_license / sizeof *p_expandedlicensing_license, ABSTRACT},
    {"expandedlicensing_ListedLicense", "expandedlicensing_License", p_expandedlicensing_listedlicense,
     sizeof p_expandedlicensing_listedlicense / sizeof *p_expandedlicensing_listedlicense, ELEMENT},
    {"expandedlicensing_OrLaterOperator", "expandedlicensing_ExtendableLicense", p_expandedlicensing_orlateroperator,
     sizeof p_expandedlicensing_orlateroperator / sizeof *p_expandedlicensing_orlateroperator, ELEMENT},
    {"expandedlicensing_WithAdditionOperator", "simplelicensing_AnyLicenseInfo",
     p_expandedlicensing_withadditionoperator,
     sizeof p_expandedlicensing_withadditionoperator / sizeof *p_expandedlicensing_withadditionoperator, ELEMENT},
    {"extension_CdxPropertiesExtension", "extension_Extension", p_extension_cdxpropertiesextension,
     sizeof p_extension_cdxpropertiesextension / sizeof *p_extension_cdxpropertiesextension, PART},
    {"security_CvssV2VulnAssessmentRelationship", "security_VulnAssessmentRelationship",
     p_security_cvssv2vulnassessmentrelationship,
     sizeof p_security_cvssv2vulnassessmentrelationship / sizeof *p_security_cvssv2vulnassessmentrelationship, ELEMENT},
    {"security_CvssV3VulnAssessmentRelationship", "security_VulnAssessmentRelationship",
     p_security_cvssv3vulnassessmentrelationship,
     sizeof p_security_cvssv3vulnassessmentrelationship / sizeof *p_security_cvssv3vulnassessmentrelationship, ELEMENT},
    {"security_CvssV4VulnAssessmentRelationship", "security_VulnAssessmentRelationship",
     p_security_cvssv4vulnassessmentrelationship,
     sizeof p_security_cvssv4vulnassessmentrelationship / sizeof *p_security_cvssv4vulnassessmentrelationship, ELEMENT},
    {"security_EpssVulnAssessmentRelationship", "security_VulnAssessmentRelationship",
     p_security_epssvulnassessmentrelationship,
     sizeof p_security_epssvulnassessmentrelationship / sizeof *p_security_epssvulnassessmentrelationship, ELEMENT},
    {"security_ExploitCatalogVulnAssessmentRelationship", "security_VulnAssessmentRelationship",
     p_security_exploitcatalogvulnassessmentrelationship,
     sizeof p_security_exploitcatalogvulnassessmentrelationship /
         sizeof *p_security_exploitcatalogvulnassessmentrelationship,
     ELEMENT},
    {"security_SsvcVulnAssessmentRelationship", "security_VulnAssessmentRelationship",
     p_security_ssvcvulnassessmentrelationship,
     sizeof p_security_ssvcvulnassessmentrelationship / sizeof *p_security_ssvcvulnassessmentrelationship, ELEMENT},
    {"security_VexVulnAssessmentRelationship", "security_VulnAssessmentRelationship",
     p_security_vexvulnassessmentrelationship,
     sizeof p_security_vexvulnassessmentrelationship / sizeof *p_security_vexvulnassessmentrelationship, ABSTRACT},
    {"security_Vulnerability", "Artifact", p_security_vulnerability,
     sizeof p_security_vulnerability / sizeof *p_security_vulnerability, ELEMENT},
    {"software_SoftwareArtifact", "Artifact", p_software_softwareartifact,
     sizeof p_software_softwareartifact / sizeof *p_software_softwareartifact, ABSTRACT},
    {"Bom", "Bundle", NULL, 0, ELEMENT},
    {"expandedlicensing_CustomLicense", "expandedlicensing_License", NULL, 0, ELEMENT},
    {"security_VexAffectedVulnAssessmentRelationship", "security_VexVulnAssessmentRelationship",
     p_security_vexaffectedvulnassessmentrelationship,
     sizeof p_security_vexaffectedvulnassessmentrelationship / sizeof *p_security_vexaffectedvulnassessmentrelationship,
     ELEMENT},
    {"security_VexFixedVulnAssessmentRelationship", "security_VexVulnAssessmentRelationship", NULL, 0, ELEMENT},
    {"security_VexNotAffectedVulnAssessmentRelationship", "security_VexVulnAssessmentRelationship",
     p_security_vexnotaffectedvulnassessmentrelationship,
     sizeof p_security_vexnotaffectedvulnassessmentrelationship /
         sizeof *p_security_vexnotaffectedvulnassessmentrelationship,
     ELEMENT},
    {"security_VexUnderInvestigationVulnAssessmentRelationship", "security_VexVulnAssessmentRelationship", NULL, 0,
     ELEMENT},
    {"software_File", "software_SoftwareArtifact", p_software_file, sizeof p_software_file / sizeof *p_software_file,
     ELEMENT},
    {"software_Package", "software_SoftwareArtifact", p_software_package,
     sizeof p_software_package / sizeof *p_software_package, ELEMENT},
    {"software_Sbom", "Bom", p_software_sbom, sizeof p_software_sbom / sizeof *p_software_sbom, ELEMENT},
    {"software_Snippet", "software_SoftwareArtifact", p_software_snippet,
     sizeof p_software_snippet / sizeof *p_software_snippet, ELEMENT},
    {"ai_AIPackage", "software_Package", p_ai_aipackage, sizeof p_ai_aipackage / sizeof *p_ai_aipackage, ELEMENT},
    {"dataset_DatasetPackage", "software_Package", p_dataset_datasetpackage,
     sizeof p_dataset_datasetpackage / sizeof *p_dataset_datasetpackage, ELEMENT},
    {NULL, NULL, NULL, 0, ABSTRACT},
};
