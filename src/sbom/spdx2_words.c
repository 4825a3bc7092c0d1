/* SPDX-License-Identifier: Apache-2.0
 *
 * Words of SPDX 2.x and their counterparts in the model, as tables (SPDX 2.3 §7, §8, §11, annex F).
 */
#include "sbom/spdx2.h"

static const struct {
    str spdx, model;
    uint32_t digits;
} algorithms[] = {
    {S_INIT("SHA256"), S_INIT("SHA-256"), 64},
    {S_INIT("SHA1"), S_INIT("SHA-1"), 40},
    {S_INIT("SHA512"), S_INIT("SHA-512"), 128},
    {S_INIT("MD5"), S_INIT("MD5"), 32},
    {S_INIT("SHA224"), S_INIT("SHA-224"), 56},
    {S_INIT("SHA384"), S_INIT("SHA-384"), 96},
    {S_INIT("SHA3-256"), S_INIT("SHA3-256"), 64},
    {S_INIT("SHA3-384"), S_INIT("SHA3-384"), 96},
    {S_INIT("SHA3-512"), S_INIT("SHA3-512"), 128},
    {S_INIT("BLAKE2b-256"), S_INIT("BLAKE2b-256"), 64},
    {S_INIT("BLAKE2b-384"), S_INIT("BLAKE2b-384"), 96},
    {S_INIT("BLAKE2b-512"), S_INIT("BLAKE2b-512"), 128},
    {S_INIT("BLAKE3"), S_INIT("BLAKE3"), 0}, /* 256 bits unless extended */
    {S_INIT("MD2"), S_INIT("MD2"), 32},
    {S_INIT("MD4"), S_INIT("MD4"), 32},
    {S_INIT("MD6"), S_INIT("MD6"), 0}, /* any length up to 512 bits */
    {S_INIT("ADLER32"), S_INIT("ADLER32"), 8},
};
enum { N_ALGORITHMS = sizeof algorithms / sizeof *algorithms };

str spdx2_alg_to_model(str spdx) {
    for (size_t i = 0; i < N_ALGORITHMS; i++)
        if (str_eq(algorithms[i].spdx, spdx))
            return algorithms[i].model;
    return (str){NULL, 0};
}

str spdx2_alg_from_model(str model) {
    for (size_t i = 0; i < N_ALGORITHMS; i++)
        if (str_eq(algorithms[i].model, model))
            return algorithms[i].spdx;
    return (str){NULL, 0};
}

static bool squeezed_same(str x, str y) {
    size_t i = 0, j = 0;
    for (;; i++, j++) {
        while (i < x.n && !ch_alnum(x.p[i]))
            i++;
        while (j < y.n && !ch_alnum(y.p[j]))
            j++;
        if (i == x.n || j == y.n)
            return i == x.n && j == y.n;
        if (ch_tolower(x.p[i]) != ch_tolower(y.p[j]))
            return false;
    }
}

str spdx2_alg_squeezed(str word) {
    for (size_t i = 0; i < N_ALGORITHMS; i++)
        if (squeezed_same(algorithms[i].spdx, word))
            return algorithms[i].spdx;
    return (str){NULL, 0};
}

uint32_t spdx2_alg_digits(str spdx) {
    for (size_t i = 0; i < N_ALGORITHMS; i++)
        if (str_eq(algorithms[i].spdx, spdx))
            return algorithms[i].digits;
    return 0;
}

/* The first line of a type is the one written. */
static const struct {
    str purpose;
    enum sbom_type type;
} purposes[] = {
    {S_INIT("APPLICATION"), TYPE_APPLICATION},
    {S_INIT("FRAMEWORK"), TYPE_FRAMEWORK},
    {S_INIT("LIBRARY"), TYPE_LIBRARY},
    {S_INIT("CONTAINER"), TYPE_CONTAINER},
    {S_INIT("OPERATING_SYSTEM"), TYPE_OS},
    {S_INIT("OPERATING-SYSTEM"), TYPE_OS},
    {S_INIT("DEVICE"), TYPE_DEVICE},
    {S_INIT("FIRMWARE"), TYPE_FIRMWARE},
    {S_INIT("SOURCE"), TYPE_SOURCE},
    {S_INIT("ARCHIVE"), TYPE_ARCHIVE},
    {S_INIT("FILE"), TYPE_FILE},
    {S_INIT("INSTALL"), TYPE_INSTALL},
    {S_INIT("OTHER"), TYPE_OTHER},
};

enum sbom_type spdx2_purpose_to_type(str purpose) {
    for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++)
        if (str_eq(purposes[i].purpose, purpose))
            return purposes[i].type;
    return TYPE_UNKNOWN;
}

str spdx2_purpose_of_type(enum sbom_type type) {
    for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++)
        if (purposes[i].type == type)
            return purposes[i].purpose;
    return type == TYPE_UNKNOWN ? (str){NULL, 0} : S("OTHER");
}

static const str relations[] = {
    S_INIT("DEPENDS_ON"),
    S_INIT("CONTAINS"),
    S_INIT("DESCRIBES"),
    S_INIT("DEPENDENCY_OF"),
    S_INIT("OTHER"),
    S_INIT("CONTAINED_BY"),
    S_INIT("DESCRIBED_BY"),
    S_INIT("GENERATED_FROM"),
    S_INIT("GENERATES"),
    S_INIT("DEPENDENCY_MANIFEST_OF"),
    S_INIT("DEV_DEPENDENCY_OF"),
    S_INIT("OPTIONAL_DEPENDENCY_OF"),
    S_INIT("PROVIDED_DEPENDENCY_OF"),
    S_INIT("TEST_DEPENDENCY_OF"),
    S_INIT("RUNTIME_DEPENDENCY_OF"),
    S_INIT("BUILD_DEPENDENCY_OF"),
    S_INIT("EXAMPLE_OF"),
    S_INIT("ANCESTOR_OF"),
    S_INIT("DESCENDANT_OF"),
    S_INIT("VARIANT_OF"),
    S_INIT("DISTRIBUTION_ARTIFACT"),
    S_INIT("PATCH_FOR"),
    S_INIT("PATCH_APPLIED"),
    S_INIT("COPY_OF"),
    S_INIT("FILE_ADDED"),
    S_INIT("FILE_DELETED"),
    S_INIT("FILE_MODIFIED"),
    S_INIT("EXPANDED_FROM_ARCHIVE"),
    S_INIT("DYNAMIC_LINK"),
    S_INIT("STATIC_LINK"),
    S_INIT("DATA_FILE_OF"),
    S_INIT("TEST_CASE_OF"),
    S_INIT("BUILD_TOOL_OF"),
    S_INIT("DEV_TOOL_OF"),
    S_INIT("TEST_OF"),
    S_INIT("TEST_TOOL_OF"),
    S_INIT("DOCUMENTATION_OF"),
    S_INIT("OPTIONAL_COMPONENT_OF"),
    S_INIT("METAFILE_OF"),
    S_INIT("PACKAGE_OF"),
    S_INIT("AMENDS"),
    S_INIT("PREREQUISITE_FOR"),
    S_INIT("HAS_PREREQUISITE"),
    S_INIT("REQUIREMENT_DESCRIPTION_FOR"),
    S_INIT("SPECIFICATION_FOR"),
};

bool spdx2_is_relation(str type) {
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        if (str_eq(relations[i], type))
            return true;
    return false;
}

static const struct {
    str category, type;
    enum spdx2_ref_kind kind;
} references[] = {
    {S_INIT("PACKAGE-MANAGER"), S_INIT("purl"), REF_PURL},
    {S_INIT("PACKAGE_MANAGER"), S_INIT("purl"), REF_PURL},
    {S_INIT("SECURITY"), S_INIT("cpe23Type"), REF_CPE},
    {S_INIT("SECURITY"), S_INIT("cpe22Type"), REF_CPE},
    {S_INIT("SECURITY"), S_INIT("swid"), REF_SWID},
    {S_INIT("PERSISTENT-ID"), S_INIT("swh"), REF_OTHER_ID},
    {S_INIT("PERSISTENT-ID"), S_INIT("gitoid"), REF_OTHER_ID},
    {S_INIT("PERSISTENT_ID"), S_INIT("swh"), REF_OTHER_ID},
    {S_INIT("PERSISTENT_ID"), S_INIT("gitoid"), REF_OTHER_ID},
};

enum spdx2_ref_kind spdx2_ref_kind(str category, str type) {
    /* RDF and some tools write the type as the URI of its definition. */
    if (str_starts(type, S("http://spdx.org/rdf/references/"))) {
        type = str_from(type, str_rchr(type, '/') + 1);
        category = str_eq(type, S("purl"))      ? S("PACKAGE-MANAGER")
                   : str_starts(type, S("cpe")) ? S("SECURITY")
                                                : S("PERSISTENT-ID");
    }
    for (size_t i = 0; i < sizeof references / sizeof *references; i++)
        if (str_eq(references[i].type, type) && str_eq(references[i].category, category))
            return references[i].kind;
    return REF_PLAIN;
}

bool spdx2_id_ok(str id) {
    if (!str_starts(id, S("SPDXRef-")) || id.n == 8)
        return false;
    for (size_t i = 8; i < id.n; i++)
        if (!ch_alnum(id.p[i]) && id.p[i] != '.' && id.p[i] != '-')
            return false;
    return true;
}

/* ── parties and tools ── */

void spdx2_party_parse(str text, struct sbom_org *out) {
    str kind, name;
    if (str_cut(text, ':', &kind, &name) && (str_is(kind, "Organization") || str_is(kind, "Person")))
        out->is_person = str_is(kind, "Person");
    else
        name = text;
    out->name = name = str_trim(name);
    size_t open = str_rchr(name, '(');
    if (open == STR_NONE || !str_ends(name, S(")")))
        return;
    str mail = str_trim(str_n(name.p + open + 1, name.n - open - 2));
    if (mail.n && str_chr(mail, '@') == STR_NONE) /* "Acme (Europe)" is a name */
        return;
    out->name = str_trim(str_upto(name, open));
    if (mail.n)
        out->email = mail;
}

str spdx2_party_text(struct arena *a, const struct sbom_org *org) {
    const char *kind = org->is_person ? "Person" : "Organization";
    str name = org->name, email = org->email;
    if (!email.p && org->contacts.n)
        email = org->contacts.v[0].email;
    if (!name.n)
        name = email.n ? email : org->contacts.n ? org->contacts.v[0].name : S("NOASSERTION");
    return email.n ? arena_printf(a, "%s: %.*s (%.*s)", kind, STR_ARG(name), STR_ARG(email))
                   : arena_printf(a, "%s: %.*s", kind, STR_ARG(name));
}

void spdx2_tool_parse(str text, struct sbom_tool *out) {
    str name, version;
    out->name = str_trim(text);
    for (size_t i = out->name.n; i-- > 1;) {
        if (out->name.p[i] != '-')
            continue;
        version = str_from(out->name, i + 1);
        size_t digit = version.n > 1 && version.p[0] == 'v' ? 1 : 0;
        if (!version.n || !ch_digit(version.p[digit]))
            continue;
        name = str_upto(out->name, i);
        out->version = version;
        out->name = name;
        return;
    }
}

str spdx2_tool_text(struct arena *a, const struct sbom_tool *tool) {
    str name = tool->name.p ? tool->name : S("");
    if (tool->vendor.n)
        name = arena_printf(a, "%.*s-%.*s", STR_ARG(tool->vendor), STR_ARG(name));
    return tool->version.n ? arena_printf(a, "%.*s-%.*s", STR_ARG(name), STR_ARG(tool->version)) : name;
}
