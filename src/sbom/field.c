/* SPDX-License-Identifier: Apache-2.0 */
#include "sbom/field.h"

/* ── of the document ── */

static bool has_author(const struct sbom *s, const struct sbom_graph *g) {
    (void)g;
    for (uint32_t i = 0; i < s->authors.n; i++)
        if (s->authors.v[i].name.n || s->authors.v[i].email.n)
            return true;
    return (s->manufacturer && s->manufacturer->name.n) || (s->supplier && s->supplier->name.n);
}

static bool has_contact(const struct sbom_org *o) {
    if (!o)
        return false;
    for (uint32_t i = 0; i < o->contacts.n; i++)
        if (o->contacts.v[i].email.n)
            return true;
    return o->email.n || o->urls.n;
}

static bool has_author_contact(const struct sbom *s, const struct sbom_graph *g) {
    (void)g;
    for (uint32_t i = 0; i < s->authors.n; i++)
        if (has_contact(&s->authors.v[i]))
            return true;
    return has_contact(s->manufacturer) || has_contact(s->supplier);
}

static bool has_author_organisation(const struct sbom *s, const struct sbom_graph *g) {
    (void)g;
    for (uint32_t i = 0; i < s->authors.n; i++)
        if (s->authors.v[i].name.n && !s->authors.v[i].is_person)
            return true;
    return (s->manufacturer && s->manufacturer->name.n) || (s->supplier && s->supplier->name.n);
}

static bool has_time(const struct sbom *s, const struct sbom_graph *g) {
    int64_t t;
    (void)g;
    return time_parse(s->created, &t);
}

static bool has_relations(const struct sbom *s, const struct sbom_graph *g) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->components.n; i++)
        n += i != s->root && !s->components.v[i].in_metadata;
    return n == 0 || g->from[g->n] > 0;
}

static bool has_tool(const struct sbom *s, const struct sbom_graph *g) {
    (void)g;
    return s->tools.n > 0;
}
/* SPDX writes "Tool: name-version" in one word. */
static bool has_tool_version(const struct sbom *s, const struct sbom_graph *g) {
    (void)g;
    for (uint32_t i = 0; i < s->tools.n; i++) {
        str name = s->tools.v[i].name, head, tail;
        bool dashed = str_rcut(name, '-', &head, &tail) && tail.n && (ch_digit(tail.p[0]) || tail.p[0] == 'v');
        if (s->tools.v[i].version.n || dashed)
            return true;
    }
    return false;
}

/* Where in the life cycle it was made: CycloneDX lifecycles; in SPDX 2 only the creator comment can say it. */
static bool has_context(const struct sbom *s, const struct sbom_graph *g) {
    static const char *const words[] = {"design", "source", "build", "analyzed", "deployed", "runtime"};
    (void)g;
    if (s->lifecycle.n)
        return true;
    struct arena *a = arena_new();
    str comment = arena_lower(a, s->comment.p ? s->comment : S(""));
    bool found = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        found |= str_find(comment, str_of(words[i])) != STR_NONE;
    arena_free(a);
    return found;
}

static bool has_id(const struct sbom *s, const struct sbom_graph *g) {
    (void)g;
    return s->id.n > 0;
}
static bool has_name(const struct sbom *s, const struct sbom_graph *g) {
    (void)g;
    return s->name.n || (s->root != SBOM_NO && s->components.v[s->root].name.n);
}
static bool has_data_licence(const struct sbom *s, const struct sbom_graph *g) {
    (void)g;
    return s->data_licence.n > 0;
}
static bool is_machine_readable(const struct sbom *s, const struct sbom_graph *g) {
    (void)g;
    return s->form.format != SBOM_NONE;
}
static bool is_spdx2(const struct sbom *s, const struct sbom_graph *g) {
    (void)g;
    return s->form.format == SBOM_SPDX2;
}
static bool is_bsi_format(const struct sbom *s, const struct sbom_graph *g) {
    (void)g;
    return s->form.format == SBOM_SPDX3 ||
           (s->form.format == SBOM_CYCLONEDX && str_cmp(s->form.version, S("1.6")) >= 0);
}

/* Says where its knowledge ends: CycloneDX compositions, SPDX relations to NONE or NOASSERTION. */
static bool states_unknowns(const struct sbom *s, const struct sbom_graph *g) {
    (void)g;
    for (uint32_t i = 0; i < s->extras.n; i++)
        if (str_is(s->extras.v[i].key, "compositions"))
            return true;
    for (uint32_t i = 0; i < s->relations.n; i++)
        if (str_is(s->relations.v[i].to, "NONE") || str_is(s->relations.v[i].to, "NOASSERTION"))
            return true;
    return false;
}

/* ── of a component ── */

#define COMPONENT const struct sbom_component *component = &s->components.v[i]

static bool says(str text) {
    return text.n && !str_ieq(text, S("NOASSERTION")) && !str_ieq(text, S("NONE")) && !str_ieq(text, S("unknown"));
}
static bool names_org(const struct sbom_org *o) { return o && (says(o->name) || o->urls.n); }

static bool c_supplier(const struct sbom *s, const struct sbom_graph *g, uint32_t i) {
    COMPONENT;
    (void)g;
    return names_org(component->supplier) || names_org(component->producer) || says(component->publisher) ||
           component->authors.n;
}
static bool c_supplier_contact(const struct sbom *s, const struct sbom_graph *g, uint32_t i) {
    COMPONENT;
    (void)g;
    for (uint32_t k = 0; k < component->authors.n; k++)
        if (component->authors.v[k].email.n)
            return true;
    return has_contact(component->supplier) || has_contact(component->producer);
}
static bool c_name(const struct sbom *s, const struct sbom_graph *g, uint32_t i) {
    (void)g;
    return says(s->components.v[i].name);
}
static bool c_version(const struct sbom *s, const struct sbom_graph *g, uint32_t i) {
    (void)g;
    return says(s->components.v[i].version);
}
static bool c_identifier(const struct sbom *s, const struct sbom_graph *g, uint32_t i) {
    COMPONENT;
    (void)g;
    return component->purl.n || component->cpes.n || component->swid.n || component->other_ids.n;
}
static bool c_purl(const struct sbom *s, const struct sbom_graph *g, uint32_t i) {
    (void)g;
    return s->components.v[i].purl.n > 0;
}
static bool c_hash(const struct sbom *s, const struct sbom_graph *g, uint32_t i) {
    (void)g;
    return s->components.v[i].hashes.n > 0;
}
static bool c_sha512(const struct sbom *s, const struct sbom_graph *g, uint32_t i) {
    COMPONENT;
    (void)g;
    for (uint32_t k = 0; k < component->hashes.n; k++)
        if (str_is(component->hashes.v[k].alg, "SHA-512"))
            return true;
    return false;
}
static bool has_licence(const struct sbom_component *component, bool any, enum sbom_licence_kind kind) {
    for (uint32_t k = 0; k < component->licences.n; k++) {
        const struct sbom_licence *l = &component->licences.v[k];
        if ((any || l->kind == kind) && (says(l->expression) || says(l->name) || l->url.n))
            return true;
    }
    return false;
}
static bool c_licence(const struct sbom *s, const struct sbom_graph *g, uint32_t i) {
    (void)g;
    return has_licence(&s->components.v[i], true, LICENCE_DECLARED);
}
static bool c_licence_declared(const struct sbom *s, const struct sbom_graph *g, uint32_t i) {
    (void)g;
    return has_licence(&s->components.v[i], false, LICENCE_DECLARED);
}
static bool c_licence_concluded(const struct sbom *s, const struct sbom_graph *g, uint32_t i) {
    (void)g;
    return has_licence(&s->components.v[i], false, LICENCE_CONCLUDED);
}
static bool c_copyright(const struct sbom *s, const struct sbom_graph *g, uint32_t i) {
    (void)g;
    return s->components.v[i].copyright.n > 0;
}
static bool c_download(const struct sbom *s, const struct sbom_graph *g, uint32_t i) {
    (void)g;
    return says(s->components.v[i].download);
}
/* Reached from the root, or a root itself: its place among the dependencies is told. */
static bool c_coverage(const struct sbom *s, const struct sbom_graph *g, uint32_t i) {
    (void)s;
    return g->depth[i] != SBOM_NO;
}

static bool has_property(const struct sbom_component *component, const char *name) {
    for (uint32_t k = 0; k < component->properties.n; k++)
        if (str_is(component->properties.v[k].name, name))
            return true;
    return false;
}
static bool c_file_name(const struct sbom *s, const struct sbom_graph *g, uint32_t i) {
    COMPONENT;
    (void)g;
    return component->file_name.n || has_property(component, "bsi:component:filename");
}
static bool c_executable(const struct sbom *s, const struct sbom_graph *g, uint32_t i) {
    (void)g;
    return has_property(&s->components.v[i], "bsi:component:executable");
}
static bool c_archive(const struct sbom *s, const struct sbom_graph *g, uint32_t i) {
    (void)g;
    return has_property(&s->components.v[i], "bsi:component:archive");
}
static bool c_structured(const struct sbom *s, const struct sbom_graph *g, uint32_t i) {
    (void)g;
    return has_property(&s->components.v[i], "bsi:component:structured");
}

static const struct field fields[] = {
    {"document.author", N_("author of the SBOM"), N_("name who made it: metadata.authors, or Creator: Organization"),
     has_author, NULL},
    {"document.author-contact", N_("e-mail or URL of the author"), N_("add an e-mail address or URL to the author"),
     has_author_contact, NULL},
    {"document.author-organisation", N_("organisation that made the SBOM"), N_("add Creator: Organization: …"),
     has_author_organisation, NULL},
    {"document.time", N_("time stamp"), N_("add metadata.timestamp, or Created"), has_time, NULL},
    {"document.relations", N_("dependency relations"), N_("list dependencies, or Relationship lines"), has_relations,
     NULL},
    {"document.tool", N_("tool that made it"), N_("name the tool: metadata.tools, or Creator: Tool"), has_tool, NULL},
    {"document.tool-version", N_("tool with its version"), N_("give the tool's version"), has_tool_version, NULL},
    {"document.context", N_("life-cycle phase it was made in"),
     N_("say design, source, build, analyzed, deployed or runtime"), has_context, NULL},
    {"document.id", N_("identifier of the document"), N_("add a serialNumber, or DocumentNamespace"), has_id, NULL},
    {"document.name", N_("name of the document or product"), N_("name what the SBOM is about"), has_name, NULL},
    {"document.data-licence", N_("licence of the SBOM data"), N_("add DataLicense: CC0-1.0"), has_data_licence, NULL},
    {"document.machine-readable", N_("machine-readable format"), N_("use SPDX, CycloneDX or SWID"), is_machine_readable,
     NULL},
    {"document.spdx2", N_("SPDX 2.2 or 2.3"), N_("convert it: akashi sbom convert --to spdx-json"), is_spdx2, NULL},
    {"document.bsi-format", N_("CycloneDX 1.6 or SPDX 3.0.1, or later"),
     N_("convert it: akashi sbom convert --to cyclonedx-json@1.6"), is_bsi_format, NULL},
    {"document.known-unknowns", N_("says what is not known"),
     N_("state completeness: compositions, or relations to NOASSERTION"), states_unknowns, NULL},
    {"component.supplier", N_("supplier"), N_("name the supplier or producer"), NULL, c_supplier},
    {"component.supplier-contact", N_("e-mail or URL of the supplier"), N_("add an e-mail address or URL"), NULL,
     c_supplier_contact},
    {"component.name", N_("name"), N_("name the component"), NULL, c_name},
    {"component.version", N_("version"), N_("state the version"), NULL, c_version},
    {"component.identifier", N_("unique identifier"), N_("add a purl, CPE, SWID tag or SWHID"), NULL, c_identifier},
    {"component.purl", N_("package URL"), N_("add a purl"), NULL, c_purl},
    {"component.hash", N_("hash"), N_("add a SHA-256 or SHA-512"), NULL, c_hash},
    {"component.sha512", N_("SHA-512 of the deployable form"), N_("add a SHA-512"), NULL, c_sha512},
    {"component.licence", N_("licence"), N_("state the licence as an SPDX expression"), NULL, c_licence},
    {"component.licence-declared", N_("declared licence"), N_("state the declared licence"), NULL, c_licence_declared},
    {"component.licence-concluded", N_("concluded licence"), N_("state the concluded licence"), NULL,
     c_licence_concluded},
    {"component.copyright", N_("copyright text"), N_("add the copyright text, or NOASSERTION"), NULL, c_copyright},
    {"component.download", N_("download location"), N_("say where it comes from"), NULL, c_download},
    {"component.coverage", N_("place among the dependencies"), N_("relate it to what depends on it"), NULL, c_coverage},
    {"component.file-name", N_("file name"), N_("add the file name"), NULL, c_file_name},
    {"component.executable", N_("executable property"), N_("add bsi:component:executable"), NULL, c_executable},
    {"component.archive", N_("archive property"), N_("add bsi:component:archive"), NULL, c_archive},
    {"component.structured", N_("structured property"), N_("add bsi:component:structured"), NULL, c_structured},
};

const struct field *field_find(str name) {
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (str_is(name, fields[i].name))
            return &fields[i];
    return NULL;
}
