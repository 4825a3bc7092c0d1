/* SPDX-License-Identifier: Apache-2.0
 *
 * Degrees, computed. A share gives 1 for some, 2 for half, 3 for 95 %, 4 for all.
 */
#include "conform/extent_inner.h"

#include "conform/evidence.h"
#include "impact/contents.h"
#include "impact/inventory.h"
#include "sbom/profile.h"
#include "store/queries.h"

const struct extent_aspect extent_aspects[] = {
    {"parts-direct", EXTENT_PARTS, N_("direct components")},
    {"parts-transitive", EXTENT_PARTS, N_("components of components")},
    {"parts-development", EXTENT_PARTS, N_("what is needed to build and test")},
    {"parts-system", EXTENT_PARTS, N_("operating system and files")},
    {"parts-identified", EXTENT_PARTS, N_("parts that can be identified")},
    {"field-supplier", EXTENT_FIELDS, N_("supplier")},
    {"field-name", EXTENT_FIELDS, N_("name")},
    {"field-version", EXTENT_FIELDS, N_("version")},
    {"field-identifier", EXTENT_FIELDS, N_("other identifiers")},
    {"field-relations", EXTENT_FIELDS, N_("what depends on what")},
    {"field-hash", EXTENT_FIELDS, N_("hash")},
    {"field-licence", EXTENT_FIELDS, N_("licence")},
    {"field-author", EXTENT_FIELDS, N_("author and time")},
    {"made-tool", EXTENT_MADE, N_("made by a named tool")},
    {"made-signed", EXTENT_MADE, N_("signed by who answers for it")},
    {"made-checked", EXTENT_MADE, N_("check against the METI guide")},
    {"flaws-watched", EXTENT_FLAWS, N_("watched for vulnerabilities")},
    {"flaws-cases", EXTENT_FLAWS, N_("findings decided or closed")},
    {"flaws-verdicts", EXTENT_FLAWS, N_("verdicts (VEX) stated")},
    {"share-sbom", EXTENT_SHARED, N_("customers that were given the SBOM")},
    {"share-vex", EXTENT_SHARED, N_("customers that were given VEX")},
    {"share-decisions", EXTENT_SHARED, N_("measures that customers answered")},
    {0},
};

const char *extent_group_title(enum extent_group g) {
    static const char *const titles[] = {N_("parts covered"), N_("fields"), N_("made and checked"),
                                         N_("vulnerabilities"), N_("shared")};
    return titles[g];
}

int extent_aspect_at(str id) {
    for (int i = 0; extent_aspects[i].id; i++)
        if (str_is(id, extent_aspects[i].id))
            return i;
    return -1;
}

void extent_set(struct measuring *k, const char *aspect, int degree, str says) {
    int at = extent_aspect_at(str_of(aspect));
    k->x->degrees[at] = degree;
    k->x->says[at] = says;
}

void extent_set_share(struct measuring *k, const char *aspect, uint64_t part, uint64_t all) {
    int degree = !all || !part ? 0 : part == all ? 4 : part * 100 >= all * 95 ? 3 : part * 2 >= all ? 2 : 1;
    extent_set(k, aspect, degree,
               all ? arena_printf(k->a, _("%llu of %llu"), (unsigned long long)part, (unsigned long long)all)
                   : str_of(_("none")));
}

/* ── parts ── */

enum part_place { PART_DIRECT, PART_DEEPER, PART_DEVELOPMENT, PART_SYSTEM, PART_PLACES };

static bool is_counted(const struct sbom_component *c) { return !c->is_root && !c->in_metadata; }

static bool is_system(const struct sbom_component *c) {
    static const char *const types[] = {"pkg:deb/", "pkg:rpm/", "pkg:apk/", "pkg:alpm/"};
    if (c->type == TYPE_OS || c->type == TYPE_FILE || c->type == TYPE_FIRMWARE)
        return true;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_starts(c->purl, str_of(types[i])))
            return true;
    return false;
}

static enum part_place place_of(const struct measuring *k, uint32_t i) {
    const struct sbom_component *c = &k->sbom->components.v[i];
    if (is_system(c))
        return PART_SYSTEM;
    if (c->scope == SCOPE_DEV || c->scope == SCOPE_EXCLUDED)
        return PART_DEVELOPMENT;
    if (c->direct == DIRECT_YES || (c->direct == DIRECT_UNKNOWN && k->graph.depth[i] <= 1))
        return PART_DIRECT;
    return PART_DEEPER;
}

/* Known with a version by which advisories can be looked up. */
static bool is_identified(const struct sbom_component *c) {
    return c->name.n && c->version.n && (c->purl.n || c->cpes.n || c->swid.n || c->hashes.n);
}

static void measure_parts(struct measuring *k) {
    static const char *const aspects[PART_PLACES] = {"parts-direct", "parts-transitive", "parts-development",
                                                     "parts-system"};
    uint64_t all[PART_PLACES] = {0}, known[PART_PLACES] = {0}, n = 0, identified = 0;
    for (uint32_t i = 0; i < k->sbom->components.n; i++) {
        const struct sbom_component *c = &k->sbom->components.v[i];
        if (!is_counted(c))
            continue;
        enum part_place at = place_of(k, i);
        all[at]++;
        known[at] += is_identified(c);
        n++;
        identified += is_identified(c);
    }
    all[PART_SYSTEM] += k->sbom->files.n;
    for (uint32_t i = 0; i < k->sbom->files.n; i++)
        known[PART_SYSTEM] += k->sbom->files.v[i].hashes.n > 0;
    for (int i = 0; i < PART_PLACES; i++)
        extent_set_share(k, aspects[i], known[i], all[i]);
    extent_set_share(k, "parts-identified", identified, n);
    k->x->components = (uint32_t)n;
}

/* ── fields ── */

static void measure_component_field(struct measuring *k, const char *aspect, const char *name) {
    const struct field *f = field_find(str_of(name));
    uint64_t all = 0, filled = 0;
    for (uint32_t i = 0; f && f->of_component && i < k->sbom->components.n; i++) {
        if (!is_counted(&k->sbom->components.v[i]))
            continue;
        all++;
        filled += f->of_component(k->sbom, &k->graph, i);
    }
    extent_set_share(k, aspect, filled, all);
}

static bool document_has(const struct measuring *k, const char *name) {
    const struct field *f = field_find(str_of(name));
    return f && f->of_document && f->of_document(k->sbom, &k->graph);
}

static void measure_fields(struct measuring *k) {
    static const char *const fields[][2] = {
        {"field-supplier", "component.supplier"},  {"field-name", "component.name"},
        {"field-version", "component.version"},    {"field-identifier", "component.identifier"},
        {"field-hash", "component.hash"},          {"field-licence", "component.licence"},
        {"field-relations", "component.coverage"},
    };
    bool author = document_has(k, "document.author"), time = document_has(k, "document.time");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        measure_component_field(k, fields[i][0], fields[i][1]);
    extent_set_share(k, "field-author", (uint64_t)author + time, 2);
}

/* ── made and checked ── */

static bool measure_making(struct measuring *k, struct err *e) {
    struct profile meti;
    bool named = k->sbom->tools.n > 0, version = named && k->sbom->tools.v[0].version.n > 0;
    str tool = named ? arena_printf(k->a, "%.*s %.*s", STR_ARG(k->sbom->tools.v[0].name),
                                    STR_ARG(k->sbom->tools.v[0].version))
                     : str_of(_("none"));
    extent_set(k, "made-tool", version ? 4 : named ? 2 : 0, tool);
    if (!profile_read(k->p->ctx, k->a, S("meti"), &meti, e))
        return false;
    double score = profile_apply(&meti, k->sbom, k->a).score;
    extent_set(k, "made-checked",
               score >= 100  ? 4
               : score >= 95 ? 3
               : score >= 50 ? 2
               : score > 0   ? 1
                             : 0,
               arena_printf(k->a, "%.0f / 100", score));
    return true;
}

bool extent_owner(struct measuring *k, struct decision_side *out, struct err *e) {
    struct party party = {0};
    bool found;
    if (k->of.party >= 0 && !party_get(k->p, k->a, k->of.party, &k->when, &party, &found, e))
        return false;
    *out = (struct decision_side){party.id, party.name};
    return true;
}

static bool measure_signature(struct measuring *k, struct err *e) {
    const struct keyring *ring = k->p->home->keys;
    struct log_entry entry;
    if (k->release.log_id != k->p->log_id)
        return true;
    if (!log_entry(k->p->home->log, k->a, k->release.entry, &entry, e))
        return false;
    const struct known_key *key = keyring_find(ring, entry.leaf.key);
    struct decision_side owner;
    bool is = key && key->ours;
    if (!extent_owner(k, &owner, e))
        return false;
    str us = k->p->home->party;
    bool ours = !owner.id.n || str_eq(us, owner.id) || str_eq(us, owner.name);
    if (key && !key->ours && !decision_side_is(k->p, k->a, key, &owner, &is, e))
        return false;
    extent_set(k, "made-signed", is && (ours || !key->ours) ? 4 : key ? 2 : 0, key ? key->name : str_of(_("none")));
    return true;
}

/* ── vulnerabilities ── */

struct counting {
    struct measuring *k;
    uint64_t all, part;
    VEC(int64_t) cases;
};

/* Rows of evidence of a kind: thing, topic, log_id, entry, time, signer, linker, linked, expires, facts. */
bool extent_ask_evidence(struct measuring *k, const char *kind, enum rule_about about, struct ask **q, struct err *e) {
    if (!store_ask(k->p->store, k->when.given ? &Q_evidence_at : &Q_evidence_newest, q, e))
        return false;
    ask_text(*q, 1, str_of(kind));
    ask_int(*q, 2, about);
    if (k->when.given) {
        ask_int(*q, 3, k->p->log_id);
        ask_int(*q, 4, (int64_t)k->when.size);
        ask_int(*q, 5, k->when.time);
    }
    return true;
}

static bool list_case(void *arg, const struct case_row *c, struct err *e) {
    struct counting *n = arg;
    (void)e;
    if (c->product == n->k->product)
        *vec_push(n->k->a, &n->cases) = c->number;
    return true;
}

static bool count_cases(struct counting *n, struct err *e) {
    struct measuring *k = n->k;
    if (!cases_each(k->p, false, list_case, n, e))
        return false;
    for (uint32_t i = 0; i < n->cases.n; i++) {
        struct case_history steps;
        struct case_row now, then;
        bool found = true;
        if (!case_get(k->p, k->a, n->cases.v[i], &now, e))
            return false;
        then = now;
        if (k->when.given && !case_as_of(k->p, k->a, &now, &k->when, &found, &then, &steps, e))
            return false;
        n->all += found;
        n->part += found && (then.closed || then.decision.n);
    }
    return true;
}

/* Entries of the log that the last watch looked at; 0: there was none. */
static bool last_watch(struct measuring *k, uint64_t *entries, struct err *e) {
    struct case_watch watch;
    struct ask *q;
    bool row;
    if (!k->when.given) {
        bool ok = case_watched(k->p, k->a, &watch, e);
        *entries = watch.entries;
        return ok;
    }
    *entries = 0;
    if (!extent_ask_evidence(k, "watch", ABOUT_ONCE, &q, e))
        return false;
    for (;;) {
        struct fact f;
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        if (ask_col_int(q, 2) == k->p->log_id && fact_get(ask_col_text(q, 9), "entries", 0, &f) &&
            f.number > (double)*entries)
            *entries = (uint64_t)f.number;
    }
    ask_end(q);
    return true;
}

static bool count_verdicts(struct measuring *k, int64_t *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(k->p->store, k->when.given ? &Q_extent_verdicts_at : &Q_extent_verdicts, &q, e))
        return false;
    ask_text(q, 1, k->x->product);
    if (k->when.given) {
        ask_int(q, 2, k->p->log_id);
        ask_int(q, 3, (int64_t)k->when.size);
    }
    if (!ask_step(q, &row, e))
        return false;
    *out = row ? ask_col_int(q, 0) : 0;
    ask_end(q);
    return true;
}

static bool measure_flaws(struct measuring *k, struct err *e) {
    struct counting n = {.k = k};
    uint64_t entries;
    int64_t verdicts;
    if (!last_watch(k, &entries, e) || !count_cases(&n, e) || !count_verdicts(k, &verdicts, e))
        return false;
    bool since = k->x->has_sbom && entries > k->release.entry;
    extent_set(k, "flaws-watched",
               since     ? 4
               : entries ? 1
                         : 0,
               str_of(since     ? _("since this release")
                      : entries ? _("before this release")
                                : _("never")));
    if (!n.all && since)
        extent_set(k, "flaws-cases", 4, str_of(_("nothing was found")));
    else
        extent_set_share(k, "flaws-cases", n.part, n.all);
    extent_set(k, "flaws-verdicts",
               verdicts          ? 4
               : !n.all && since ? 3
                                 : 0,
               verdicts ? arena_printf(k->a, "%lld", (long long)verdicts) : str_of(_("none")));
    return true;
}

/* ── for a reader ── */

/* What is being done about vulnerabilities is told to who answers for the product, and to the party it was agreed with:
 * the degree, without what it comes from. */
static bool keep_back(struct measuring *k, struct err *e) {
    struct extent_targets agreed;
    bool told[EXTENT_ASPECTS_MOST] = {false};
    if (k->reader->owner || audience_case(k->reader, &k->of))
        return true;
    if (!extent_targets_of(k->p, k->a, k->x->product, &agreed, e))
        return false;
    for (uint32_t i = 0; i < agreed.n; i++) {
        const struct extent_target *t = &agreed.v[i];
        bool side;
        if (!reader_is_side(k->p, k->a, k->reader, &t->customer.id, 1, &side, e))
            return false;
        for (int n = 0; side && t->both && n < EXTENT_ASPECTS_MOST; n++)
            told[n] |= t->degrees[n] >= 0 && (!t->until || t->until >= k->now) &&
                       (!k->when.given || t->entry < k->when.size);
    }
    for (int i = 0; extent_aspects[i].id; i++)
        if (extent_aspects[i].group == EXTENT_FLAWS)
            extent_set(k, extent_aspects[i].id, told[i] ? k->x->degrees[i] : -1,
                       str_of(told[i] ? _("as agreed") : _("not for this reader")));
    return true;
}

/* ── all of it ── */

/* Documents of the product that the reader may know of, as of the moment. */
static bool list_releases(struct measuring *k, struct err *e) {
    struct release_rows all = {0};
    roaring_bitmap_t *mask;
    uint32_t limit = UINT32_MAX;
    if (!contents_releases(k->p->contents, k->a, k->product, (str){NULL, 0}, &all, e) ||
        (k->when.given && !contents_releases_at(k->p->contents, &k->when, &limit, e)))
        return false;
    uint32_t below = all.n ? all.v[all.n - 1].id + 1 : 0;
    if (!audience_releases(k->p, k->reader, &k->when, below < limit ? below : limit, &mask, e))
        return false;
    for (uint32_t i = 0; i < all.n; i++)
        if (all.v[i].id < limit && (!mask || roaring_bitmap_contains(mask, all.v[i].id)))
            *vec_push(k->a, &k->releases) = all.v[i];
    if (mask)
        roaring_bitmap_free(mask);
    return true;
}

static bool find_release(struct measuring *k, const struct extent_ask *ask, struct err *e) {
    bool found;
    if (!thing_find(k->p, THING_PRODUCT, ask->product, &found, &k->product, e) ||
        (found && (!product_get(k->p, k->a, k->product, &k->when, &k->of, &found, e) || !list_releases(k, e))))
        return false;
    if (!found || (!k->releases.n && !audience_product(k->reader, &k->of))) /* that it exists is not told either */
        return err_set(e, ERR_USAGE, ask->product, _("there is no such product"));
    for (uint32_t i = k->releases.n; i-- > 0 && !k->x->has_sbom;)
        if (!ask->version.n || str_eq(k->releases.v[i].version, ask->version)) {
            k->release = k->releases.v[i];
            k->x->has_sbom = true;
        }
    if (!k->x->has_sbom && ask->version.n)
        return err_set(e, ERR_USAGE, ask->version, _("the product has no such release"));
    k->x->version = k->release.version;
    return true;
}

bool extent_compute(struct portfolio *p, struct arena *a, const struct extent_ask *ask, struct extent *out,
                    struct err *e) {
    struct measuring k = {.p = p,
                          .a = a,
                          .x = out,
                          .reader = ask->reader ? ask->reader : &reader_owner,
                          .when = ask->when,
                          .now = ask->when.given ? ask->when.time : p->ctx->now,
                          .one_version = ask->version.n > 0};
    *out = (struct extent){.product = ask->product};
    for (int i = 0; i < EXTENT_ASPECTS_MOST; i++)
        out->says[i] = str_of(_("none"));
    if (!find_release(&k, ask, e))
        return false;
    if (out->has_sbom) {
        if (!inventory_document(p, a, k.release.body, &k.sbom, e))
            return false;
        k.graph = sbom_graph_of(k.sbom, a);
        measure_parts(&k);
        measure_fields(&k);
        if (!measure_making(&k, e) || !measure_signature(&k, e))
            return false;
    }
    return measure_flaws(&k, e) && extent_sharing(&k, e) && keep_back(&k, e);
}
