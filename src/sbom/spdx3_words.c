/* SPDX-License-Identifier: Apache-2.0
 *
 * Words of SPDX 3.0 and their counterparts in the model, as tables.
 */
#include "sbom/spdx3.h"

struct pair {
    str spdx, model;
};

static str to_model(const struct pair *pairs, size_t n, str word) {
    for (size_t i = 0; i < n; i++)
        if (str_eq(pairs[i].spdx, word))
            return pairs[i].model;
    return (str){NULL, 0};
}
static str from_model(const struct pair *pairs, size_t n, str word) {
    for (size_t i = 0; i < n; i++)
        if (str_eq(pairs[i].model, word))
            return pairs[i].spdx;
    return (str){NULL, 0};
}
#define PAIRS(t) t, sizeof(t) / sizeof *(t)

static const struct pair algorithms[] = {
    {S_INIT("sha256"), S_INIT("SHA-256")},
    {S_INIT("sha1"), S_INIT("SHA-1")},
    {S_INIT("sha512"), S_INIT("SHA-512")},
    {S_INIT("md5"), S_INIT("MD5")},
    {S_INIT("sha224"), S_INIT("SHA-224")},
    {S_INIT("sha384"), S_INIT("SHA-384")},
    {S_INIT("sha3_224"), S_INIT("SHA3-224")},
    {S_INIT("sha3_256"), S_INIT("SHA3-256")},
    {S_INIT("sha3_384"), S_INIT("SHA3-384")},
    {S_INIT("sha3_512"), S_INIT("SHA3-512")},
    {S_INIT("blake2b256"), S_INIT("BLAKE2b-256")},
    {S_INIT("blake2b384"), S_INIT("BLAKE2b-384")},
    {S_INIT("blake2b512"), S_INIT("BLAKE2b-512")},
    {S_INIT("blake3"), S_INIT("BLAKE3")},
    {S_INIT("md2"), S_INIT("MD2")},
    {S_INIT("md4"), S_INIT("MD4")},
    {S_INIT("md6"), S_INIT("MD6")},
    {S_INIT("adler32"), S_INIT("ADLER32")},
};
str spdx3_alg_to_model(str spdx) { return to_model(PAIRS(algorithms), spdx); }
str spdx3_alg_from_model(str model) { return from_model(PAIRS(algorithms), model); }

static const struct pair references[] = {
    {S_INIT("vcs"), S_INIT("vcs")},
    {S_INIT("issueTracker"), S_INIT("issue-tracker")},
    {S_INIT("altWebPage"), S_INIT("website")},
    {S_INIT("securityAdvisory"), S_INIT("advisories")},
    {S_INIT("mailingList"), S_INIT("mailing-list")},
    {S_INIT("socialMedia"), S_INIT("social")},
    {S_INIT("chat"), S_INIT("chat")},
    {S_INIT("documentation"), S_INIT("documentation")},
    {S_INIT("support"), S_INIT("support")},
    {S_INIT("altDownloadLocation"), S_INIT("distribution")},
    {S_INIT("binaryArtifact"), S_INIT("distribution")},
    {S_INIT("sourceArtifact"), S_INIT("source-distribution")},
    {S_INIT("license"), S_INIT("license")},
    {S_INIT("buildMeta"), S_INIT("build-meta")},
    {S_INIT("buildSystem"), S_INIT("build-system")},
    {S_INIT("releaseNotes"), S_INIT("release-notes")},
    {S_INIT("certificationReport"), S_INIT("certification-report")},
    {S_INIT("componentAnalysisReport"), S_INIT("component-analysis-report")},
    {S_INIT("dynamicAnalysisReport"), S_INIT("dynamic-analysis-report")},
    {S_INIT("staticAnalysisReport"), S_INIT("static-analysis-report")},
    {S_INIT("runtimeAnalysisReport"), S_INIT("runtime-analysis-report")},
    {S_INIT("qualityAssessmentReport"), S_INIT("quality-metrics")},
    {S_INIT("securityPenTestReport"), S_INIT("pentest-report")},
    {S_INIT("securityThreatModel"), S_INIT("threat-model")},
    {S_INIT("securityAdversaryModel"), S_INIT("adversary-model")},
    {S_INIT("riskAssessment"), S_INIT("risk-assessment")},
    {S_INIT("vulnerabilityExploitabilityAssessment"), S_INIT("exploitability-statement")},
    {S_INIT("vulnerabilityDisclosureReport"), S_INIT("vulnerability-assertion")},
};
str spdx3_ref_to_model(str spdx) {
    str model = to_model(PAIRS(references), spdx);
    return model.p ? model : spdx;
}
str spdx3_ref_from_model(str model) {
    str spdx = from_model(PAIRS(references), model);
    return spdx.p ? spdx : S("other");
}

/* The first line of a type is the one written. */
static const struct {
    str purpose;
    enum sbom_type type;
} purposes[] = {
    {S_INIT("application"), TYPE_APPLICATION},
    {S_INIT("framework"), TYPE_FRAMEWORK},
    {S_INIT("library"), TYPE_LIBRARY},
    {S_INIT("container"), TYPE_CONTAINER},
    {S_INIT("platform"), TYPE_PLATFORM},
    {S_INIT("operatingSystem"), TYPE_OS},
    {S_INIT("device"), TYPE_DEVICE},
    {S_INIT("deviceDriver"), TYPE_DEVICE_DRIVER},
    {S_INIT("firmware"), TYPE_FIRMWARE},
    {S_INIT("file"), TYPE_FILE},
    {S_INIT("model"), TYPE_MODEL},
    {S_INIT("data"), TYPE_DATA},
    {S_INIT("source"), TYPE_SOURCE},
    {S_INIT("archive"), TYPE_ARCHIVE},
    {S_INIT("install"), TYPE_INSTALL},
    {S_INIT("other"), TYPE_OTHER},
    {S_INIT("module"), TYPE_LIBRARY},
    {S_INIT("executable"), TYPE_APPLICATION},
};
enum sbom_type spdx3_purpose_to_type(str purpose) {
    for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++)
        if (str_eq(purposes[i].purpose, purpose))
            return purposes[i].type;
    return TYPE_UNKNOWN;
}
str spdx3_purpose_of_type(enum sbom_type type) {
    for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++)
        if (purposes[i].type == type)
            return purposes[i].purpose;
    return type == TYPE_UNKNOWN ? (str){NULL, 0} : S("other");
}

/* SPDX 3.0.1 annex "migrating from SPDX 2.3", relationship table. The first line of a 2.3 type is the one written. */
static const struct {
    str type, scope, model;
    bool reversed;
} relations[] = {
    {S_INIT("contains"), S_INIT(""), S_INIT("CONTAINS"), false},
    {S_INIT("contains"), S_INIT(""), S_INIT("CONTAINED_BY"), true},
    {S_INIT("dependsOn"), S_INIT(""), S_INIT("DEPENDS_ON"), false},
    {S_INIT("dependsOn"), S_INIT(""), S_INIT("DEPENDENCY_OF"), true},
    {S_INIT("describes"), S_INIT(""), S_INIT("DESCRIBES"), false},
    {S_INIT("describes"), S_INIT(""), S_INIT("DESCRIBED_BY"), true},
    {S_INIT("dependsOn"), S_INIT("build"), S_INIT("BUILD_DEPENDENCY_OF"), true},
    {S_INIT("dependsOn"), S_INIT("development"), S_INIT("DEV_DEPENDENCY_OF"), true},
    {S_INIT("dependsOn"), S_INIT("test"), S_INIT("TEST_DEPENDENCY_OF"), true},
    {S_INIT("dependsOn"), S_INIT("runtime"), S_INIT("RUNTIME_DEPENDENCY_OF"), true},
    {S_INIT("hasOptionalDependency"), S_INIT(""), S_INIT("OPTIONAL_DEPENDENCY_OF"), true},
    {S_INIT("hasProvidedDependency"), S_INIT(""), S_INIT("PROVIDED_DEPENDENCY_OF"), true},
    {S_INIT("hasOptionalComponent"), S_INIT(""), S_INIT("OPTIONAL_COMPONENT_OF"), true},
    {S_INIT("hasStaticLink"), S_INIT(""), S_INIT("STATIC_LINK"), false},
    {S_INIT("hasDynamicLink"), S_INIT(""), S_INIT("DYNAMIC_LINK"), false},
    {S_INIT("hasDistributionArtifact"), S_INIT(""), S_INIT("DISTRIBUTION_ARTIFACT"), false},
    {S_INIT("generates"), S_INIT(""), S_INIT("GENERATES"), false},
    {S_INIT("generates"), S_INIT(""), S_INIT("GENERATED_FROM"), true},
    {S_INIT("ancestorOf"), S_INIT(""), S_INIT("ANCESTOR_OF"), false},
    {S_INIT("descendantOf"), S_INIT(""), S_INIT("DESCENDANT_OF"), false},
    {S_INIT("hasVariant"), S_INIT(""), S_INIT("VARIANT_OF"), true},
    {S_INIT("copiedTo"), S_INIT(""), S_INIT("COPY_OF"), true},
    {S_INIT("amendedBy"), S_INIT(""), S_INIT("AMENDS"), true},
    {S_INIT("patchedBy"), S_INIT(""), S_INIT("PATCH_FOR"), true},
    {S_INIT("patchedBy"), S_INIT(""), S_INIT("PATCH_APPLIED"), true},
    {S_INIT("packagedBy"), S_INIT(""), S_INIT("PACKAGE_OF"), true},
    {S_INIT("expandsTo"), S_INIT(""), S_INIT("EXPANDED_FROM_ARCHIVE"), true},
    {S_INIT("hasAddedFile"), S_INIT(""), S_INIT("FILE_ADDED"), true},
    {S_INIT("hasDeletedFile"), S_INIT(""), S_INIT("FILE_DELETED"), true},
    {S_INIT("modifiedBy"), S_INIT(""), S_INIT("FILE_MODIFIED"), true},
    {S_INIT("hasDataFile"), S_INIT(""), S_INIT("DATA_FILE_OF"), true},
    {S_INIT("hasDocumentation"), S_INIT(""), S_INIT("DOCUMENTATION_OF"), true},
    {S_INIT("hasDependencyManifest"), S_INIT(""), S_INIT("DEPENDENCY_MANIFEST_OF"), true},
    {S_INIT("hasMetadata"), S_INIT(""), S_INIT("METAFILE_OF"), true},
    {S_INIT("hasExample"), S_INIT(""), S_INIT("EXAMPLE_OF"), true},
    {S_INIT("hasTest"), S_INIT(""), S_INIT("TEST_OF"), true},
    {S_INIT("hasTestCase"), S_INIT(""), S_INIT("TEST_CASE_OF"), true},
    {S_INIT("hasPrerequisite"), S_INIT(""), S_INIT("HAS_PREREQUISITE"), false},
    {S_INIT("hasPrerequisite"), S_INIT(""), S_INIT("PREREQUISITE_FOR"), true},
    {S_INIT("hasRequirement"), S_INIT(""), S_INIT("REQUIREMENT_DESCRIPTION_FOR"), true},
    {S_INIT("hasSpecification"), S_INIT(""), S_INIT("SPECIFICATION_FOR"), true},
    {S_INIT("usesTool"), S_INIT("build"), S_INIT("BUILD_TOOL_OF"), true},
    {S_INIT("usesTool"), S_INIT("development"), S_INIT("DEV_TOOL_OF"), true},
    {S_INIT("usesTool"), S_INIT("test"), S_INIT("TEST_TOOL_OF"), true},
    {S_INIT("other"), S_INIT(""), S_INIT("OTHER"), false},
};

/* Types that have no 2.3 counterpart. */
static const str newer[] = {
    S_INIT("affects"),
    S_INIT("availableFrom"),
    S_INIT("configures"),
    S_INIT("coordinatedBy"),
    S_INIT("delegatedTo"),
    S_INIT("doesNotAffect"),
    S_INIT("exploitCreatedBy"),
    S_INIT("fixedBy"),
    S_INIT("fixedIn"),
    S_INIT("foundBy"),
    S_INIT("hasAssessmentFor"),
    S_INIT("hasAssociatedVulnerability"),
    S_INIT("hasConcludedLicense"),
    S_INIT("hasDeclaredLicense"),
    S_INIT("hasEvidence"),
    S_INIT("hasHost"),
    S_INIT("hasInput"),
    S_INIT("hasOutput"),
    S_INIT("invokedBy"),
    S_INIT("publishedBy"),
    S_INIT("reportedBy"),
    S_INIT("republishedBy"),
    S_INIT("serializedInArtifact"),
    S_INIT("testedOn"),
    S_INIT("trainedOn"),
    S_INIT("underInvestigationFor"),
    S_INIT("usesTool"),
};
enum { N_RELATIONS = sizeof relations / sizeof *relations, N_NEWER = sizeof newer / sizeof *newer };

bool spdx3_is_relation(str type) {
    for (size_t i = 0; i < N_RELATIONS; i++)
        if (str_eq(relations[i].type, type))
            return true;
    for (size_t i = 0; i < N_NEWER; i++)
        if (str_eq(newer[i], type))
            return true;
    return false;
}

static str snake(struct arena *a, str type) {
    struct buf b = {0};
    for (size_t i = 0; i < type.n; i++) {
        if (ch_upper(type.p[i]) && i)
            buf_addc(&b, '_');
        buf_addc(&b, ch_lower(type.p[i]) ? (char)(type.p[i] & ~0x20) : type.p[i]);
    }
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

/* True when snake(camel) == upper, without memory. */
static bool same_snake(str camel, str upper) {
    size_t k = 0;
    for (size_t i = 0; i < camel.n; i++) {
        if (ch_upper(camel.p[i]) && i && (k >= upper.n || upper.p[k++] != '_'))
            return false;
        if (k >= upper.n || ch_tolower(camel.p[i]) != ch_tolower(upper.p[k++]))
            return false;
    }
    return k == upper.n;
}

str spdx3_relation_to_model(struct arena *a, str type, str scope, bool *reversed) {
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < N_RELATIONS; i++)
            if (str_eq(relations[i].type, type) && str_eq(relations[i].scope, pass ? S("") : scope)) {
                *reversed = relations[i].reversed;
                return relations[i].model;
            }
    *reversed = false;
    return snake(a, type);
}

str spdx3_relation_from_model(str type, str *scope, bool *reversed) {
    *scope = S("");
    *reversed = false;
    for (size_t i = 0; i < N_RELATIONS; i++)
        if (str_eq(relations[i].model, type)) {
            *scope = relations[i].scope;
            *reversed = relations[i].reversed;
            return relations[i].type;
        }
    for (size_t i = 0; i < N_NEWER; i++)
        if (same_snake(newer[i], type))
            return newer[i];
    return S("other");
}

/* ── elements ── */

str spdx3_word(str word) {
    str head, tail;
    return str_rcut(word, '/', &head, &tail) ? tail : word;
}

str spdx3_class(str type) {
    str head, tail, word = spdx3_word(type);
    return str_cut(word, '_', &head, &tail) ? tail : word;
}

str spdx3_type_of(struct jv element) {
    struct jv v = j_get(element, "type");
    if (!v.v)
        v = j_get(element, "@type");
    return spdx3_class(j_str(j_is_arr(v) ? j_at(v, 0) : v));
}

str spdx3_id_of(struct jv element) {
    str id = j_gets(element, "spdxId");
    return id.p ? id : j_gets(element, "@id");
}

struct jv spdx3_get(struct jv element, const char *prefix, const char *name) {
    char key[80];
    struct jv v = j_get(element, name);
    if (v.v)
        return v;
    size_t n = strlen(prefix), m = strlen(name);
    if (n + m >= sizeof key)
        return (struct jv){NULL};
    memcpy(key, prefix, n);
    memcpy(key + n, name, m + 1);
    return j_get(element, key);
}

struct jiter spdx3_elements(struct jv root) {
    struct jv graph = j_get(root, "@graph");
    if (j_is_arr(graph))
        return j_iter(graph);
    /* One object that is the document itself: an array of one. */
    return (struct jiter){.left_ = j_is_obj(root) && !graph.v, .next_ = root.v};
}
