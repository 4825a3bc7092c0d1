/* SPDX-License-Identifier: Apache-2.0
 *
 * What a question reaches, where much hangs on little, what if it goes; pictures of both.
 */
#include "base/file.h"
#include "impact/advised.h"
#include "impact/answer.h"
#include "impact/flow.h"
#include "impact/recall.h"
#include "impact/regions.h"
#include "serve/asking.h"

bool api_impact(struct call *q, struct err *e);
bool api_impact_top(struct call *q, struct err *e);
bool api_impact_what_if(struct call *q, struct err *e);
bool api_impact_map(struct call *q, struct err *e);
bool api_impact_flow(struct call *q, struct err *e);

/* ── whom it reaches ── */

struct reaching {
    struct question question;
    struct reach reach;
};

/* What names nothing here, and what names something the reader may not know of, is the same answer: nothing. */
static void forget_unknown(struct reaching *x) {
    struct question *k = &x->question;
    if (reach_unknown(&x->reach))
        *k = (struct question){.kind = QUESTION_UNKNOWN,
                               .asked = k->asked,
                               .name = k->asked,
                               .flaw = -1,
                               .party = -1,
                               .product = -1,
                               .every = -1};
}

/* Whether the advisories name the flaw: of one that they do not, noughts say nothing. */
static bool look_for_name(struct call *q, struct question *k, struct err *e) {
    enum advised known;
    if (k->kind != QUESTION_FLAW)
        return true;
    str database = path_join(q->a, q->home->path, S("advisories.db"));
    if (!advised_find(q->views, q->a, database, k->name, &known, e))
        return false;
    k->advisory = advised_name(known);
    return true;
}

static bool reach_all(struct call *q, struct reaching *x, str text, const struct reader *reader,
                      const struct as_of *when, struct err *e) {
    bool ok = question_parse(q->views, q->a, text, &x->question, e) && look_for_name(q, &x->question, e) &&
              reach_begin(&x->reach, q->views, q->a, &x->question, reader, when, e) && reach_releases(&x->reach, e) &&
              reach_products(&x->reach, e) && reach_systems(&x->reach, e);
    if (ok)
        forget_unknown(x);
    return ok;
}

static void count_json(struct call *q, str text, enum question_kind kind, str name, uint64_t releases) {
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kstr(w, "asked", text);
    jw_kstr(w, "kind", str_of(question_kind_name(kind)));
    jw_kstr(w, "name", name);
    jw_kint(w, "releases", (int64_t)releases);
    jw_obj_end(w);
}

static bool count_kept(struct call *q, str text, const struct asking *k, bool *said, struct err *e) {
    const struct recall_ask ask = {.text = text, .reader = &k->reader};
    str name;
    uint64_t n;
    *said = false;
    if (k->when.given)
        return true;
    if (!recall_count(q->views, q->a, &ask, said, &name, &n, e))
        return false;
    if (*said)
        count_json(q, text, QUESTION_PACKAGE, name, n);
    return true;
}

/* While somebody types most of it is no question yet: that is an answer, not an error. */
static bool count_alone(struct call *q, str text, const struct asking *k, struct err *e) {
    struct reaching x = {0};
    struct err bad = {0};
    bool said;
    if (count_kept(q, text, k, &said, &bad) && said)
        return true;
    if (bad.kind != ERR_NONE && bad.kind != ERR_USAGE) {
        *e = bad;
        return false;
    }
    bad = (struct err){0};
    bool asked = question_parse(q->views, q->a, text, &x.question, &bad);
    if (!asked && bad.kind != ERR_USAGE) {
        *e = bad;
        return false;
    }
    if (!asked)
        x.question = (struct question){
            .kind = QUESTION_UNKNOWN, .asked = text, .name = text, .flaw = -1, .party = -1, .product = -1, .every = -1};
    bool ok = reach_begin(&x.reach, q->views, q->a, &x.question, &k->reader, &k->when, e) && reach_count(&x.reach, e);
    /* A party may be known by what it runs: without looking at systems nothing is said of whether there is one. */
    bool told = ok && (x.reach.n_releases || x.question.kind == QUESTION_PACKAGE || x.question.kind == QUESTION_FILE);
    if (ok)
        count_json(q, text, told || k->reader.owner ? x.question.kind : QUESTION_UNKNOWN,
                   told || k->reader.owner ? x.question.name : text, x.reach.n_releases);
    reach_free(&x.reach);
    return ok;
}

/* "purl" says the same as "q", as other tools ask. */
static bool asked_question(struct call *q, str *text, struct err *e) {
    *text = call_text(q, "purl");
    return text->n || call_needs(q, "q", text, e);
}

bool api_impact(struct call *q, struct err *e) {
    static const char *const decide[] = {"q", "purl", "list", "path", NULL};
    static const char lists[] = "releases|products|deployments|customers|services|tell";
    struct asking k;
    struct reaching x = {0};
    str text;
    int list;
    if (!asked_question(q, &text, e) || !call_asking(q, decide, &k, e) ||
        !call_choice(q, "list", lists, REACH_RELEASES, &list, e))
        return false;
    if (call_flag(q, "count"))
        return count_alone(q, text, &k, e);
    const struct reach_page page = {(enum reach_list)list, k.at.offset, k.limit, call_flag(q, "path")};
    const struct recall_ask ask = {.text = text, .reader = &k.reader, .n = k.limit, .question = k.question};
    bool said = false;
    if (list == REACH_RELEASES && !page.from && !page.paths && !k.when.given &&
        !recall_reach(q->views, q->a, &ask, call_json(q), &said, e))
        return false;
    if (said)
        return true;
    bool ok = reach_all(q, &x, text, &k.reader, &k.when, e) && (list != REACH_TOLD || reach_told(&x.reach, e)) &&
              reach_json(call_json(q), &x.reach, &page, k.question, e);
    reach_free(&x.reach);
    return ok;
}
const struct route_doc api_impact_doc = {
    .answer = "impact-answer",
    .arguments =
        (const struct route_argument[]){
            {"q", "text",
             N_("a package URL with or without a version or range, CVE-…, GHSA-…, file:SHA256, a party, a product or "
                "PRODUCT@VERSION")},
            {"purl", "text", N_("the same, under the name that other tools use")},
            {"list", "releases|products|deployments|customers|services|tell", N_("whose rows are wanted (releases)")},
            {"count", "flag", N_("the number of releases alone: for every key that is typed")},
            {"path", "flag", N_("with releases: through which dependencies each contains it")},
            ARGUMENT_LIMIT,
            ARGUMENT_PAGE,
            ARGUMENT_AS_OF,
            ARGUMENT_AUDIENCE,
            {0}},
    .says = N_("counts, then a page of rows. What names nothing here, or nothing you may know of, is of the kind "
               "\"unknown\" with all counts 0. A flaw has advisory: known, later (the portfolio was not yet held "
               "against it), unknown (no advisory here names it, so 0 says nothing) or no-data."),
};

/* ── where much hangs on little ── */

bool api_impact_top(struct call *q, struct err *e) {
    static const char *const decide[] = {"of", "by", "sector", NULL};
    struct asking k;
    struct landscape l;
    struct hubs found;
    int of, by;
    if (!call_asking(q, decide, &k, e) ||
        !call_choice(q, "of", "hosts|releases|packages|suppliers", OF_HOSTS, &of, e) ||
        !call_choice(q, "by", "population|services|customers|deployments|releases", BY_POPULATION, &by, e))
        return false;
    const struct concentration_ask ask = {.of = (enum concentration_of)of,
                                          .by = (enum concentration_by)by,
                                          .sector = call_text(q, "sector"),
                                          .most = call_text(q, "limit").n ? (uint32_t)k.limit : 20};
    if (!landscape_read(q->views, q->a, &k.reader, &k.when, &l, e) || !concentration_find(&l, &ask, &found, e))
        return false;
    concentration_json(call_json(q), &l, &found);
    return true;
}
const struct route_doc api_impact_top_doc = {
    .answer = "top-answer",
    .arguments =
        (const struct route_argument[]){
            {"of", "hosts|releases|packages|suppliers",
             N_("what is ranked: what services run on (parties, zones, systems, services), releases, packages, "
                "suppliers")},
            {"by", "population|services|customers|deployments|releases", N_("what counts as reach")},
            {"sector", "text", N_("count services of this sector only")},
            ARGUMENT_LIMIT,
            ARGUMENT_AS_OF,
            ARGUMENT_AUDIENCE,
            {0}},
    .says = N_("single_point_of_failure: a service goes with it and has no other way"),
};

bool api_impact_what_if(struct call *q, struct err *e) {
    struct reader reader;
    struct landscape l;
    struct whatif found;
    str remove;
    uint64_t teams;
    if (!call_needs(q, "remove", &remove, e) || !call_reader(q, &reader, e) ||
        !call_number(q, "teams", 1, 10000, &teams, e))
        return false;
    str what = arena_cat(q->a, S("remove "), remove);
    if (!landscape_read(q->views, q->a, &reader, &q->when, &l, e) ||
        !whatif_run(&l, what, teams ? (uint32_t)teams : 1, &found, e))
        return false;
    whatif_json(call_json(q), &l, what, &found);
    return true;
}
const struct route_doc api_impact_what_if_doc = {
    .answer = "what-if-answer",
    .arguments = (const struct route_argument[]){{"remove", "text",
                                                  N_("party:ID, service:ID, deployment:ID, release:PRODUCT@VERSION, "
                                                     "zone:NAME, a package URL, a CVE; several "
                                                     "with commas between")},
                                                 {"teams", "number",
                                                  N_("how many things can be worked on at once (1)")},
                                                 ARGUMENT_AS_OF,
                                                 ARGUMENT_AUDIENCE,
                                                 {0}},
    .says = N_("services that are out, the first to become unbearable first, and the order in which to bring things "
               "back; 400 when a name is not known"),
};

/* ── pictures ── */

bool api_impact_map(struct call *q, struct err *e) {
    struct reader reader;
    struct regions found;
    struct reaching x = {0};
    str text = call_text(q, "q");
    if (!call_reader(q, &reader, e))
        return false;
    bool ok = text.n ? reach_all(q, &x, text, &reader, &q->when, e)
                     : regions_all(q->views, q->a, &reader, &q->when, &found, e);
    if (ok && text.n)
        regions_reached(&x.reach, &found);
    if (ok)
        regions_json(q->a, call_json(q), &found);
    reach_free(&x.reach);
    return ok;
}
#define ARGUMENT_QUESTION                                                                                              \
    { "q", "text", N_("a question as /impact takes it; without one all that you may see") }
const struct route_doc api_impact_map_doc = {
    .answer = "map-answer",
    .arguments = (const struct route_argument[]){ARGUMENT_QUESTION, ARGUMENT_AS_OF, ARGUMENT_AUDIENCE, {0}},
    .says = N_("services and the people they cover by sector and region"),
};

bool api_impact_flow(struct call *q, struct err *e) {
    struct reader reader;
    struct flow found;
    struct landscape l;
    struct reaching x = {0};
    uint64_t most;
    str text = call_text(q, "q");
    if (!call_reader(q, &reader, e) || !call_number(q, "most", 10, 100, &most, e))
        return false;
    bool ok = text.n
                  ? reach_all(q, &x, text, &reader, &q->when, e) && flow_reached(&x.reach, (uint32_t)most, &found, e)
                  : landscape_read(q->views, q->a, &reader, &q->when, &l, e) && flow_all(&l, (uint32_t)most, &found, e);
    if (ok)
        flow_json(q->a, call_json(q), &found);
    reach_free(&x.reach);
    return ok;
}
const struct route_doc api_impact_flow_doc = {
    .answer = "flow-answer",
    .arguments = (const struct route_argument[]){ARGUMENT_QUESTION,
                                                 {"most", "number", N_("nodes of a level; the rest is one node (10)")},
                                                 ARGUMENT_AS_OF,
                                                 ARGUMENT_AUDIENCE,
                                                 {0}},
    .says = N_("nodes and links supplier → product → customer → service, by deployments"),
};
