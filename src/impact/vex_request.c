/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/vex_request.h"

#include "base/digest.h"

bool vex_document_log(struct portfolio *p, struct arena *a, const char *type, str product, str predicate,
                      bool *was_there, struct err *e) {
    struct portfolio_add add = {0};
    struct subject subject = {.name = arena_cat(a, S("product:"), product)};
    *vec_push(a, &subject.digests) = (struct subject_digest){S("sha256"), digest_hex(a, DIGEST_SHA256, subject.name)};
    bool ok = statement_text(p->ctx, a, str_of(type), &subject, 1, predicate, &add.payload, e) &&
              portfolio_append(p, a, &add, 1, e);
    *was_there = add.was_there;
    return ok;
}

static bool lacks(struct arena *a, const struct vex_request *r, const char *field, const char *what, struct err *e) {
    return err_set(e, ERR_USAGE, arena_cat(a, str_of(r->dashes), str_of(field)), "%s", what);
}

static bool check(struct arena *a, const struct vex_request *r, enum vex_status *status, struct err *e) {
    static const enum vex_status all[] = {VEX_AFFECTED, VEX_NOT_AFFECTED, VEX_FIXED, VEX_UNDER_INVESTIGATION};
    *status = VEX_NONE;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (str_is(r->status, vex_status_name(all[i])))
            *status = all[i];
    if (*status == VEX_NONE)
        return lacks(a, r, "status", _("say the verdict"), e);
    if (!r->product.n)
        return lacks(a, r, "product", _("say which product it is about"), e);
    if (*status == VEX_NOT_AFFECTED && !r->justification.n && !r->impact.n)
        return lacks(a, r, "justification", _("that it is not affected needs a justification"), e);
    if (*status == VEX_AFFECTED && !r->action.n)
        return lacks(a, r, "action", _("that it is affected needs to say what users are to do"), e);
    return true;
}

static bool names_of(struct portfolio *p, struct arena *a, str flaw, struct truth *t, struct err *e) {
    struct flaw_row row;
    bool found;
    t->flaw = flaw;
    if (!hits_flaw(p, a, flaw, &found, &row, e))
        return false;
    if (found) {
        t->flaw = row.id;
        t->summary = row.summary;
        return hits_names(p, a, row.number, &t->names, e);
    }
    *vec_push(a, &t->names) = flaw;
    return true;
}

static bool find_product(struct portfolio *p, const struct vex_request *r, int64_t *out, struct err *e) {
    bool found;
    if (!thing_find(p, THING_PRODUCT, r->product, &found, out, e))
        return false;
    if (found)
        return true;
    err_set(e, ERR_USAGE, r->product, _("there is no such product"));
    return *r->dashes ? err_hint(e, "%s", _("see: akashi product list")) : false;
}

bool vex_request_log(struct portfolio *p, struct arena *a, const struct vex_request *r, struct truth *told,
                     struct err *e) {
    struct truths one = {0};
    struct buf b = {0};
    int64_t product;
    bool was_there;
    *told = (struct truth){.component = r->component,
                           .justification = r->justification,
                           .impact = r->impact,
                           .action = r->action,
                           .versions = r->releases,
                           .stated = p->ctx->now};
    if (!check(a, r, &told->status, e) || !find_product(p, r, &product, e) || !publish_gather(p, a, product, &one, e) ||
        !names_of(p, a, r->flaw, told, e))
        return false;
    one.v.n = 0;
    one.stated = told->stated;
    *vec_push(a, &one.v) = *told;
    publish_openvex(a, &one, &b);
    bool ok = vex_document_log(p, a, "https://openvex.dev/ns", one.product, buf_str(&b), &was_there, e);
    buf_free(&b);
    return ok;
}
