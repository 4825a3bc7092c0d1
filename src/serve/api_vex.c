/* SPDX-License-Identifier: Apache-2.0
 *
 * Verdicts: what is said of a vulnerability in a product and what counts; stating one; ours as a document for others.
 */
#include "impact/case_answer.h"
#include "impact/vex_request.h"
#include "serve/asking.h"
#include "serve/settings.h"

bool api_vex(struct call *q, struct err *e);
bool api_vex_state(struct call *q, struct err *e);

/* A product whose cases the reader sees: verdicts of others, and why they count or not, are the business of who answers
 * for it. *found false: none. */
static bool find_product(struct call *q, str id, const struct reader *reader, struct product *of, bool *found,
                         struct err *e) {
    int64_t number;
    if (!thing_find(q->views, THING_PRODUCT, id, found, &number, e) ||
        (*found && !product_get(q->views, q->a, number, &q->when, of, found, e)))
        return false;
    *found = *found && (reader->owner || audience_case(reader, of));
    return true;
}

static bool publish(struct call *q, int64_t product, str format, struct err *e) {
    struct truths truths;
    struct buf b = {0};
    if (!publish_gather(q->views, q->a, product, &truths, e))
        return false;
    if (str_is(format, "csaf"))
        publish_csaf(q->a, &truths, &b);
    else if (str_is(format, "cyclonedx"))
        publish_cyclonedx(q->a, &truths, call_text(q, "version"), &b);
    else
        publish_openvex(q->a, &truths, &b);
    str text = arena_str(q->a, buf_str(&b));
    buf_free(&b);
    return call_bytes(q, "application/json", text);
}

bool api_vex(struct call *q, struct err *e) {
    struct reader reader;
    const struct settings *s;
    struct flaw_row flaw;
    struct verdict_views views;
    str product, name = call_text(q, "flaw"), format = call_text(q, "format");
    struct product of;
    int which;
    bool found;
    if (!call_needs(q, "product", &product, e) || !call_reader(q, &reader, e) ||
        !call_choice(q, "format", "openvex|csaf|cyclonedx", 0, &which, e) ||
        !find_product(q, product, &reader, &of, &found, e))
        return false;
    if (!found)
        return call_not_found(q);
    if (format.n || !name.n)
        return publish(q, of.number, format, e);
    if (!hits_flaw(q->views, q->a, name, &found, &flaw, e) || !call_settings(q, &s, e))
        return false;
    if (!found)
        return call_not_found(q);
    struct watch_plan plan = {.policy = &s->policy, .ssvc = &s->clocks.tables};
    if (!watch_verdicts(q->views, &plan, q->a, of.number, flaw.number, &views, e))
        return false;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kstr(w, "product", product);
    jw_kstr(w, "flaw", flaw.id);
    jw_kstr(w, "summary", flaw.summary);
    jw_key(w, S("places"));
    verdict_views_json(w, &views);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_vex_doc = {
    .answer = "vex-answer",
    .arguments =
        (const struct route_argument[]){
            {"product", "text", N_("the product it is about")},
            {"flaw", "text", N_("everything said of it, side by side, and what counts and why")},
            {"format", "openvex|csaf|cyclonedx", N_("without a flaw: what we say, as a document for others (openvex)")},
            {"version", "text", N_("with cyclonedx: of this version")},
            ARGUMENT_AUDIENCE,
            {0}},
};

bool api_vex_state(struct call *q, struct err *e) {
    struct jv b = q->json.root;
    struct truth told;
    struct vex_request r = {.flaw = j_gets(b, "flaw"),
                            .product = j_gets(b, "product"),
                            .component = j_gets(b, "component"),
                            .status = j_gets(b, "status"),
                            .justification = j_gets(b, "justification"),
                            .impact = j_gets(b, "impact"),
                            .action = j_gets(b, "action"),
                            .dashes = ""};
    struct product of = {.party = -1};
    bool found = true, may;
    for (struct jiter it = j_iter(j_get(b, "releases")); j_next(&it);)
        if (j_str(it.val).n)
            *vec_push(q->a, &r.releases) = j_str(it.val);
    if (!r.flaw.n)
        return err_set(e, ERR_USAGE, S("flaw"), "%s", _("this argument is needed"));
    if (r.product.n && !find_product(q, r.product, &q->who.reader, &of, &found, e))
        return false;
    if (!found)
        return call_not_found(q);
    if (!call_may_for(q, of.party, &may, e))
        return false;
    if (!may)
        return true;
    if (!vex_request_log(q->views, q->a, &r, &told, e))
        return false;
    struct jw *w = call_json_as(q, 201);
    jw_obj(w);
    jw_kstr(w, "flaw", told.flaw);
    jw_kstr(w, "product", r.product);
    jw_kstr(w, "status", str_of(vex_status_name(told.status)));
    jw_obj_end(w);
    return true;
}
const struct route_doc api_vex_state_doc = {
    .answer = "vex-stated-answer",
    .body = "vex",
    .says = N_("{flaw, product, releases: [], component, status, justification, impact, action}: signed and logged"),
};
