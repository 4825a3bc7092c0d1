/* SPDX-License-Identifier: Apache-2.0
 *
 * CSAF 2.0 and 2.1 advisories: products by purl (else CPE), each with a status for each vulnerability. A product within
 * a platform ("bash as a component of Enterprise Linux 9") takes its release from the platform's CPE.
 *
 * The document is one advisory. What it clears is kept apart, one hidden record for each vulnerability, because a
 * verdict about one flaw says nothing about the others.
 */
#include "ident/cpe.h"
#include "vuln/csaf.h"
#include "vuln/distro.h"
#include "vuln/document.h"

struct product {
    str id, purl, cpe, platform, range;
    struct jv purls; /* 2.1: all of them */
    bool unreadable; /* the range of its versions */
};
enum status { AFFECTED, FIRST_AFFECTED, LAST_AFFECTED, FIXED, CLEARED };

struct csaf {
    struct import_job *job;
    struct map products; /* product_id → struct product */
    struct jv tree;
    struct doc *doc, *clears;
    struct map fixes;  /* product_id → enum fix_state, of one vulnerability */
    struct map firsts; /* "ecosystem name" of its first_affected → place among affects: where that range ends is
                        * said by last_affected and fixed */
    struct map done, cleared; /* "status ecosystem name version" → place among affects: architectures and
                               * vulnerabilities share one */
};

static bool csaf_is(const struct import_job *job) {
    return j_gets(j_get(job->json.root, "document"), "csaf_version").p;
}

/* ── products ── */

static void add_product(struct csaf *x, struct jv v, str range) {
    struct jv helper = j_get(v, "product_identification_helper");
    struct product *p = arena_new_of(x->job->arena, struct product);
    *p = (struct product){.id = j_gets(v, "product_id"), .cpe = j_gets(helper, "cpe")};
    p->purl = j_gets(helper, "purl");
    p->purls = j_get(helper, "purls");
    if (!p->purl.n) /* 2.1 */
        p->purl = j_str(j_at(p->purls, 0));
    p->range = range.p ? csaf_range(x->job->arena, range, p->purl) : range;
    p->unreadable = range.p && !p->range.n;
    if (p->unreadable && (p->purl.n || p->cpe.n))
        ctx_warn(x->job->ctx, json_place(&x->job->json, v, x->job->arena),
                 _("the version range \"%.*s\" cannot be read: what is said of it is passed over"), STR_ARG(range));
    if (p->id.n)
        map_put(&x->products, p->id, NULL)->value = p;
}

// NOLINTNEXTLINE(misc-no-recursion): bounded by limits.depth of the JSON text
static void read_branches(struct csaf *x, struct jv branches, str range) {
    for (struct jiter it = j_iter(branches); j_next(&it);) {
        bool ranged = str_is(j_gets(it.val, "category"), "product_version_range");
        str name = j_gets(it.val, "name"), inner = !ranged ? range : name.p ? name : S("");
        if (j_ok(j_get(it.val, "product")))
            add_product(x, j_get(it.val, "product"), inner);
        read_branches(x, j_get(it.val, "branches"), inner);
    }
}

/* "cpe:/o:suse:sles:15:sp5", "cpe:/a:redhat:enterprise_linux:9::appstream", "cpe:/o:redhat:rhel_eus:8.4::baseos" →
 * "sles-15.5", "rhel-9", "rhel-8.4-eus". */
static str platform_of(struct arena *a, str text) {
    struct cpe c;
    if (!text.n || !cpe_parse(a, text, &c, NULL) || c.at[CPE_VERSION].kind != CPE_TEXT)
        return (str){NULL, 0};
    str product = c.at[CPE_PRODUCT].text, version = c.at[CPE_VERSION].text, update = c.at[CPE_UPDATE].text;
    if (str_starts(product, S("rhel_"))) {
        str plain = arena_cat(a, S("rhel-"), version), streamed = distro_with_stream(a, plain, product);
        return str_eq(streamed, plain) ? (str){NULL, 0} : streamed;
    }
    if (str_is(product, "enterprise_linux"))
        product = S("rhel");
    else if (str_is(product, "leap"))
        product = S("opensuse-leap");
    else if (str_ends(product, S("_linux")))
        product = c.at[CPE_VENDOR].text;
    bool pack = c.at[CPE_UPDATE].kind == CPE_TEXT && str_starts(update, S("sp"));
    return arena_printf(a, "%.*s-%.*s%s%.*s", STR_ARG(product), STR_ARG(version), pack ? "." : "",
                        STR_ARG(pack ? str_from(update, 2) : S("")));
}

/* False when what it begins with is not known (yet). */
static bool read_relation(struct csaf *x, const struct csaf_relation *r) {
    const struct product *part = map_get(&x->products, r->part);
    if (!part || !r->id.n)
        return false;
    struct product *p = arena_new_of(x->job->arena, struct product);
    *p = *part;
    p->id = r->id;
    for (size_t i = 0; csaf_whole(r, i).n; i++) {
        const struct product *whole = map_get(&x->products, csaf_whole(r, i));
        str platform = whole ? platform_of(x->job->arena, whole->cpe) : (str){NULL, 0};
        p->platform = platform.n ? platform : p->platform;
    }
    map_put(&x->products, p->id, NULL)->value = p;
    return true;
}

/* A relation may build on one that stands behind it. */
static void read_relations(struct csaf *x, struct jv tree) {
    bool more = true;
    for (int round = 0; more && round < CSAF_ROUNDS; round++) {
        more = false;
        struct csaf_relation r;
        for (struct csaf_relations it = csaf_relations(tree); csaf_relation_next(&it, &r);)
            more |= !map_find(&x->products, r.id) && read_relation(x, &r);
    }
}

static void read_tree(struct csaf *x, struct jv tree) {
    read_branches(x, j_get(tree, "branches"), (str){NULL, 0});
    for (struct jiter it = j_iter(j_get(tree, "full_product_names")); j_next(&it);)
        add_product(x, it.val, (str){NULL, 0});
    read_relations(x, tree);
}

/* ── status ── */

static void note_fix(struct csaf *x, str id, enum fix_state fix) {
    bool fresh;
    struct map_entry *at = map_put(&x->fixes, id, &fresh);
    if (fresh)
        at->value = (void *)(uintptr_t)fix;
}

/* What remediations say of products without a fix: the first word counts. */
static void read_remediations(struct csaf *x, struct jv vuln) {
    map_init(&x->fixes, x->job->arena);
    for (struct jiter it = j_iter(j_get(vuln, "remediations")); j_next(&it);) {
        str category = j_gets(it.val, "category");
        bool wont = str_is(category, "no_fix_planned");
        if (!wont && !str_is(category, "none_available") && !str_is(category, "fix_planned"))
            continue;
        enum fix_state fix = wont ? FIX_WONT : FIX_NONE_YET;
        str id;
        for (struct csaf_ids k = csaf_ids(it.val, x->tree); csaf_ids_next(&k, &id);)
            note_fix(x, id, fix);
    }
}

static enum fix_state fix_of(struct csaf *x, str id) { return (enum fix_state)(uintptr_t)map_get(&x->fixes, id); }

/* A VERS range as OSV events; constraints come sorted. */
static bool take_vers(struct import_job *job, struct doc_affect *f, str text) {
    struct vers v;
    struct doc_range *r = NULL;
    if (!vers_parse(job->arena, text, &v, NULL))
        return false;
    if (str_is(v.scheme, "none"))
        return true;
    for (uint32_t i = 0; i < v.n; i++) {
        str version = v.v[i].version;
        enum range_op op = v.v[i].op;
        if (op == RANGE_EQ) {
            *vec_push(job->arena, &f->versions) = version;
        } else if (op == RANGE_NE) {
            *vec_push(job->arena, &f->quals) = (struct doc_qual){QUAL_NOT_VERSION, version};
        } else if (op == RANGE_ANY) {
            f->every_version = true;
        } else if (op == RANGE_GE || op == RANGE_GT) {
            r = doc_range(job, f);
            doc_event(job, r, OSV_INTRODUCED, version);
            if (op == RANGE_GT)
                *vec_push(job->arena, &f->quals) = (struct doc_qual){QUAL_NOT_VERSION, version};
        } else {
            if (!r) {
                r = doc_range(job, f);
                doc_event(job, r, OSV_INTRODUCED, S("0"));
            }
            doc_event(job, r, op == RANGE_LT ? OSV_FIXED : OSV_LAST_AFFECTED, version);
            r = NULL;
        }
    }
    return true;
}

/* first_affected, and the last_affected or fixed that ends its range. False when there is nothing to end. */
static bool take_bound(struct csaf *x, str ecosystem, str name, enum status status, str version) {
    struct doc *doc = x->doc;
    if (!version.n || (status != FIRST_AFFECTED && status != LAST_AFFECTED && status != FIXED))
        return false;
    str key = arena_printf(x->job->arena, "%.*s\n%.*s", STR_ARG(ecosystem), STR_ARG(name));
    uintptr_t at = (uintptr_t)map_get(&x->firsts, key);
    if (!at && status != FIRST_AFFECTED)
        return false;
    if (!at) {
        doc_range(x->job, doc_affect(x->job, doc, ecosystem, name));
        at = doc->affects.n;
        map_put(&x->firsts, key, NULL)->value = (void *)at;
    }
    doc_event(x->job, &doc->affects.v[at - 1].ranges.v[0],
              status == FIRST_AFFECTED  ? OSV_INTRODUCED
              : status == LAST_AFFECTED ? OSV_LAST_AFFECTED
                                        : OSV_FIXED,
              version);
    return true;
}

static void take_version(struct import_job *job, struct doc_affect *f, enum status status, str version) {
    if (status == FIXED && !version.n)
        return;
    if (!version.n) {
        f->every_version = true;
        return;
    }
    if (status == AFFECTED || status == CLEARED) {
        *vec_push(job->arena, &f->versions) = version;
        return;
    }
    struct doc_range *r = doc_range(job, f);
    doc_event(job, r, OSV_INTRODUCED, status == FIRST_AFFECTED ? version : S("0"));
    if (status == FIXED)
        doc_event(job, r, OSV_FIXED, version);
    else if (status == LAST_AFFECTED)
        doc_event(job, r, OSV_LAST_AFFECTED, version);
}

static str purl_version(struct arena *a, const struct purl *p) {
    str epoch = purl_qualifier(p, "epoch");
    if (!p->version.n || !epoch.n || str_is(epoch, "0") || !str_is(p->type, "rpm"))
        return p->version;
    return arena_printf(a, "%.*s:%.*s", STR_ARG(epoch), STR_ARG(p->version));
}

enum { ARCHES_MOST = 64 };

static void add_arch(struct import_job *job, struct doc_affect *f, const struct purl *p) {
    str arch = purl_qualifier(p, "arch");
    if (!arch.n || str_is(arch, "src") || str_is(arch, "source") || str_is(arch, "noarch") || str_is(arch, "all"))
        return;
    for (uint32_t i = 0; i < f->quals.n; i++)
        if (i >= ARCHES_MOST || (f->quals.v[i].kind == QUAL_ARCH && str_eq(f->quals.v[i].value, arch)))
            return;
    *vec_push(job->arena, &f->quals) = (struct doc_qual){QUAL_ARCH, arch};
}

static void by_purl(struct csaf *x, const struct product *product, str purl, enum status status, enum fix_state fix) {
    struct import_job *job = x->job;
    struct purl p;
    str ecosystem, name;
    if (!purl_parse(job->arena, purl, &p, NULL) ||
        !doc_purl_package(job->arena, &p, product->platform, &ecosystem, &name))
        return;
    str version = purl_version(job->arena, &p);
    if (!product->range.n && take_bound(x, ecosystem, name, status, version))
        return;
    str key = arena_printf(job->arena, "%d %.*s\n%.*s\n%.*s\n%.*s", (int)status, STR_ARG(ecosystem), STR_ARG(name),
                           STR_ARG(version), STR_ARG(product->range));
    bool fresh;
    struct map_entry *at = map_put(status == CLEARED ? &x->cleared : &x->done, key, &fresh);
    if (fresh) {
        struct doc *to = status == CLEARED ? x->clears : x->doc;
        struct doc_affect *f = doc_affect(job, to, ecosystem, name);
        f->fix = fix;
        f->not_affected = status == CLEARED;
        if (!product->range.n || !take_vers(job, f, product->range))
            take_version(job, f, status, version);
        str module = purl_qualifier(&p, "rpmmod");
        if (module.n)
            *vec_push(job->arena, &f->quals) = (struct doc_qual){QUAL_MODULE, module};
        at->value = (void *)(uintptr_t)to->affects.n;
    }
    struct doc *to = status == CLEARED ? x->clears : x->doc;
    add_arch(job, &to->affects.v[(uintptr_t)at->value - 1], &p);
}

static void by_cpe(struct csaf *x, const struct product *product, enum status status, enum fix_state fix) {
    str version;
    struct doc_affect *f = doc_cpe(x->job, status == CLEARED ? x->clears : x->doc, product->cpe, &version);
    if (!f)
        return;
    if (!product->range.n && !f->quals.n && take_bound(x, f->ecosystem, f->name, status, version))
        return; /* `f` has no versions and says nothing */
    f->fix = fix;
    f->not_affected = status == CLEARED;
    if (!product->range.n || !take_vers(x->job, f, product->range))
        take_version(x->job, f, status, version);
}

static void read_product(struct csaf *x, const struct product *p, enum status status, enum fix_state fix) {
    if (!p->purl.n && p->cpe.n)
        by_cpe(x, p, status, fix);
    if (p->purl.n)
        by_purl(x, p, p->purl, status, fix);
    for (struct jiter it = j_iter(p->purls); j_next(&it) && it.index < CSAF_PURLS;)
        if (!str_eq(j_str(it.val), p->purl))
            by_purl(x, p, j_str(it.val), status, fix);
}

static const struct {
    const char *key;
    enum status status;
} statuses[] = {{"known_affected", AFFECTED},     {"first_affected", FIRST_AFFECTED},
                {"last_affected", LAST_AFFECTED}, {"fixed", FIXED},
                {"first_fixed", FIXED},           {"known_not_affected", CLEARED}};

static void read_status(struct csaf *x, struct jv vuln) {
    struct jv all = j_get(vuln, "product_status");
    map_init(&x->cleared, x->job->arena);
    map_init(&x->firsts, x->job->arena);
    read_remediations(x, vuln);
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        for (struct jiter it = j_iter(j_get(all, statuses[i].key)); j_next(&it);) {
            const struct product *p = map_get(&x->products, j_str(it.val));
            enum fix_state fix = p && statuses[i].status == AFFECTED ? fix_of(x, p->id) : FIX_UNKNOWN;
            if (p && !p->unreadable)
                read_product(x, p, statuses[i].status, fix);
        }
}

/* ── the document ── */

static void read_scores(struct csaf *x, struct jv vuln, str publisher) {
    static const char *const kinds[] = {"cvss_v4", "cvss_v3", "cvss_v2"};
    struct jv lists_[] = {j_get(vuln, "scores"), j_get(vuln, "metrics")};
    for (size_t l = 0; l < 2; l++)
        for (struct jiter it = j_iter(lists_[l]); j_next(&it);)
            for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
                struct jv score = j_get(l ? j_get(it.val, "content") : it.val, kinds[k]);
                doc_rating(x->job, x->doc, j_gets(score, "vectorString"), publisher,
                           j_num(j_get(score, "baseScore"), -1));
            }
}

static void read_vulnerability(struct csaf *x, struct jv vuln, bool only, str publisher) {
    struct advisory *about = &x->doc->about;
    str cve = j_gets(vuln, "cve"), name = cve.n ? cve : j_gets(j_at(j_get(vuln, "ids"), 0), "text");
    doc_add(x->job, &x->doc->related, cve);
    if (only)
        doc_add(x->job, &about->aliases, cve);
    doc_add(x->job, &about->cwes, j_gets(j_get(vuln, "cwe"), "id"));
    for (struct jiter it = j_iter(j_get(vuln, "cwes")); j_next(&it);)
        doc_add(x->job, &about->cwes, j_gets(it.val, "id"));
    for (struct jiter it = j_iter(j_get(vuln, "references")); j_next(&it);)
        doc_add(x->job, &about->references, j_gets(it.val, "url"));
    read_scores(x, vuln, publisher);
    x->clears = doc_new(x->job, DOC_CSAF);
    read_status(x, vuln);
    if (!name.n)
        return;
    x->clears->part = true;
    x->clears->withdrawn = x->doc->withdrawn || !x->clears->affects.n; /* a former edition may have cleared something */
    x->clears->about.id = arena_printf(x->job->arena, "%.*s#%.*s", STR_ARG(about->id), STR_ARG(name));
    x->clears->about.modified = about->modified;
    doc_add(x->job, &x->clears->about.aliases, name);
    job_emit(x->job, x->clears);
}

static void read_about(struct csaf *x, struct jv document) {
    struct advisory *about = &x->doc->about;
    struct jv tracking = j_get(document, "tracking");
    about->id = j_gets(tracking, "id");
    about->summary = j_gets(document, "title");
    about->published = j_gets(tracking, "initial_release_date");
    about->modified = j_gets(tracking, "current_release_date");
    about->severity_text = j_str(j_get2(document, "aggregate_severity", "text"));
    for (struct jiter it = j_iter(j_get(document, "notes")); j_next(&it);)
        if (!about->details.p && str_is(j_gets(it.val, "category"), "summary"))
            about->details = j_gets(it.val, "text");
    for (struct jiter it = j_iter(j_get(document, "references")); j_next(&it);) {
        doc_add(x->job, &about->references, j_gets(it.val, "url"));
        if (!about->url.p && str_is(j_gets(it.val, "category"), "self"))
            about->url = j_gets(it.val, "url");
    }
}

static bool csaf_read(struct import_job *job, struct err *e) {
    struct csaf x = {.job = job, .doc = doc_new(job, DOC_CSAF)};
    struct jv root = job->json.root, vulns = j_get(root, "vulnerabilities");
    str publisher = j_str(j_get2(j_get(root, "document"), "publisher", "name"));
    (void)e;
    map_init(&x.products, job->arena);
    map_init(&x.done, job->arena);
    read_about(&x, j_get(root, "document"));
    x.doc->withdrawn = csaf_is_void(j_get(root, "document"));
    x.tree = j_get(root, "product_tree");
    read_tree(&x, x.tree);
    for (struct jiter it = j_iter(vulns); j_next(&it);)
        read_vulnerability(&x, it.val, j_len(vulns) == 1, publisher);
    job_emit(job, x.doc);
    return true;
}

const struct importer importer_csaf = {"CSAF", NOTATION_JSON, csaf_is, csaf_read};
