/* SPDX-License-Identifier: Apache-2.0
 *
 * OpenVEX statements about products named by purl, as knowledge for every scan (a document about one's own products is
 * given to `scan --vex` instead). A statement about a part within a product says nothing of that part elsewhere and is
 * passed over.
 */
#include "vuln/document.h"

static bool openvex_is(const struct import_job *job) {
    return str_find(j_gets(job->json.root, "@context"), S("openvex")) != STR_NONE &&
           j_is_arr(j_get(job->json.root, "statements"));
}

static str purl_of(struct jv product) {
    str id = j_is_str(product) ? j_str(product) : j_gets(product, "@id");
    str named = j_gets(j_get(product, "identifiers"), "purl");
    return named.n ? named : str_starts(id, S("pkg:")) ? id : (str){NULL, 0};
}

static void read_product(struct import_job *job, struct doc *doc, struct jv product, bool clears) {
    struct purl p;
    str text = purl_of(product), ecosystem, name;
    if (!text.n || j_len(j_get(product, "subcomponents")) || !purl_parse(job->arena, text, &p, NULL) ||
        !doc_purl_package(job->arena, &p, (str){NULL, 0}, &ecosystem, &name))
        return;
    struct doc_affect *f = doc_affect(job, doc, ecosystem, name);
    f->not_affected = clears;
    if (p.version.n)
        *vec_push(job->arena, &f->versions) = p.version;
    else
        f->every_version = true;
}

/* The vulnerability is an object since 0.2.0 and was a string before. */
static str vulnerability_of(struct jv statement) {
    struct jv v = j_get(statement, "vulnerability");
    if (j_is_str(v))
        return j_str(v);
    str name = j_gets(v, "name");
    return name.n ? name : j_gets(v, "@id");
}

static str time_of(struct jv root, struct jv statement) {
    str own = j_gets(statement, "timestamp"), last = j_gets(root, "last_updated");
    return own.n ? own : last.n ? last : j_gets(root, "timestamp");
}

/* One record for each vulnerability and verdict of the document, whatever the number of statements. */
static struct doc *doc_of(struct import_job *job, struct map *docs, str name, bool clears) {
    str key = arena_printf(job->arena, "%.*s#%.*s%s", STR_ARG(j_gets(job->json.root, "@id")), STR_ARG(name),
                           clears ? "#cleared" : "");
    bool fresh;
    struct map_entry *at = map_put(docs, key, &fresh);
    if (fresh) {
        struct doc *doc = doc_new(job, DOC_OPENVEX);
        doc->about.id = key;
        doc_add(job, &doc->about.aliases, name);
        at->value = doc;
    }
    return at->value;
}

static void read_statement(struct import_job *job, struct map *docs, struct jv statement) {
    str status = j_gets(statement, "status"), name = vulnerability_of(statement);
    bool clears = str_is(status, "not_affected") || str_is(status, "fixed");
    if (!name.n || (!clears && !str_is(status, "affected")))
        return;
    struct doc *doc = doc_of(job, docs, name, clears);
    str said = j_gets(statement, clears ? "impact_statement" : "action_statement");
    str time = time_of(job->json.root, statement);
    if (!doc->about.summary.p)
        doc->about.summary = said;
    if (str_cmp(time, doc->about.modified) > 0)
        doc->about.modified = time;
    for (struct jiter it = j_iter(j_get2(statement, "vulnerability", "aliases")); j_next(&it);)
        doc_add(job, &doc->about.aliases, j_str(it.val));
    for (struct jiter it = j_iter(j_get(statement, "products")); j_next(&it);)
        read_product(job, doc, it.val, clears);
}

static bool openvex_read(struct import_job *job, struct err *e) {
    struct map docs;
    (void)e;
    map_init(&docs, job->arena);
    for (struct jiter it = j_iter(j_get(job->json.root, "statements")); j_next(&it);)
        read_statement(job, &docs, it.val);
    for (uint32_t i = 0; i < docs.entries.n; i++)
        job_emit(job, docs.entries.v[i].value);
    return true;
}

const struct importer importer_openvex = {"OpenVEX", NOTATION_JSON, openvex_is, openvex_read};
