/* SPDX-License-Identifier: Apache-2.0 */
#include "release/verify.h"

static void write_inputs(struct jw *w, const struct verdict *v) {
    jw_karr(w, "inputAttestations");
    for (uint32_t i = 0; i < v->statements.n; i++) {
        jw_obj(w);
        jw_kobj(w, "digest");
        jw_kstr(w, "sha256", v->statements.v[i].sha256);
        jw_obj_end(w);
        jw_kstr(w, "mediaType", S("application/vnd.in-toto+json"));
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void write_policy(struct jw *w, struct arena *a, const struct verify_policy *p) {
    jw_kobj(w, "policy");
    jw_kstr(w, "uri", arena_printf(a, "urn:akashi:policy:sha256:%.*s", STR_ARG(p->sha256)));
    jw_kobj(w, "digest");
    jw_kstr(w, "sha256", p->sha256);
    jw_obj_end(w);
    jw_kstr(w, "name", p->name);
    jw_obj_end(w);
}

static str resource_of(struct arena *a, const struct verdict *v) {
    if (v->product.n)
        return arena_printf(a, "urn:akashi:release:%.*s@%.*s", STR_ARG(v->product), STR_ARG(v->version));
    return v->sha256.n ? arena_printf(a, "urn:sha256:%.*s", STR_ARG(v->sha256)) : v->thing;
}

str vsa_predicate(struct ctx *c, struct arena *a, const struct verdict *v, const struct verify_policy *policy) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    jw_obj(&w);
    jw_kobj(&w, "verifier");
    jw_kstr(&w, "id", S("pkg:generic/akashi@" AKASHI_VERSION));
    jw_kobj(&w, "version");
    jw_kstr(&w, "akashi", S(AKASHI_VERSION));
    jw_obj_end(&w);
    jw_obj_end(&w);
    jw_kstr(&w, "timeVerified", time_rfc3339(a, c->now));
    jw_kstr(&w, "resourceUri", resource_of(a, v));
    write_policy(&w, a, policy);
    write_inputs(&w, v);
    jw_kstr(&w, "verificationResult", v->failing ? S("FAILED") : S("PASSED"));
    /* Levels speak of SLSA tracks, which a policy of ours does not decide. */
    jw_karr(&w, "verifiedLevels");
    jw_arr_end(&w);
    jw_kstr(&w, "slsaVersion", S("1.0"));
    jw_obj_end(&w);
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}
