/* SPDX-License-Identifier: Apache-2.0
 *
 * What `akashi release` logs: SBOM statements, and a manifest that names them by the digests of their envelopes. A
 * release contains what all its SBOMs list.
 */
#include "base/digest.h"
#include "impact/contents.h"
#include "impact/digests.h"
#include "impact/gone.h"
#include "impact/inventory.h"
#include "impact/verdict.h"
#include "store/queries.h"

/* What a CycloneDX document says of vulnerabilities in what it lists; most say nothing and are not read for it. */
static bool take_verdicts(struct portfolio *p, const struct entry *x, struct err *e) {
    struct vex vex = {.a = x->arena};
    struct sbom *s;
    struct err broken = {0};
    struct jv predicate = x->statement->predicate;
    str text = j_is_str(predicate) ? j_str(predicate) : (str){NULL, 0};
    if (!text.n && j_len(j_get(predicate, "vulnerabilities")))
        text = json_text(predicate, x->arena);
    if (!text.n || !sbom_read(p->ctx, x->arena, text, S("sbom"), SBOM_LENIENT, &s, NULL, &broken))
        return true;
    vex_of_product(&vex, s, (str){NULL, 0});
    return verdicts_take(p, x, &vex, false, e);
}

static bool apply_sbom(struct portfolio *p, const struct entry *x, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_sbom_envelope_add, &q, e))
        return false;
    ask_blob(q, 1, str_n((const char *)x->envelope, 32));
    ask_int(q, 2, x->log_id);
    ask_int(q, 3, (int64_t)x->index);
    return ask_send(q, e) && take_verdicts(p, x, e);
}
const struct projection sbom_projection = {"sbom", apply_sbom};

static bool apply_manifest(struct portfolio *p, const struct entry *x, struct err *e) {
    struct jv m = x->statement->predicate;
    struct parts *parts = arena_new_of(x->arena, struct parts);
    struct release_new r = {.product = j_gets(m, "product"),
                            .version = j_gets(m, "version"),
                            .party = j_gets(m, "party"),
                            .parts = parts,
                            .log_id = x->log_id,
                            .time = x->time,
                            .entry = x->index,
                            .purl = j_gets(m, "purl")};
    struct entry_outcome *o = x->outcome;
    bool any = false;
    if (!r.product.n || !r.version.n)
        return true;
    if (!time_parse(j_gets(m, "releasedOn"), &r.released))
        r.released = 0;
    memcpy(r.body, x->envelope, 32);
    memcpy(r.signer, x->key, 32);
    for (struct jiter it = j_iter(j_get(m, "statements")); j_next(&it);) {
        unsigned char envelope[32];
        if (!str_is(j_gets(it.val, "kind"), "sbom") ||
            !hex_bytes(j_gets(j_get(it.val, "digest"), "sha256"), envelope, 32))
            continue;
        if (!any)
            memcpy(r.body, envelope, 32);
        any = true;
        if (gone_body(p, envelope, x->index)) {
            if (!gone_note(p, x->index, e))
                return false;
            continue;
        }
        if (!inventory_parts(p, x->arena, envelope, parts, NULL, (str){NULL, 0}, e))
            return false;
    }
    o->parts = parts;
    o->release = true;
    return contents_add(p->contents, &r, &o->release_id, &o->fresh, e) &&
           digests_of_release(p, x->statement, o->release_id, e);
}
const struct projection release_manifest_projection = {"release-manifest", apply_manifest};
