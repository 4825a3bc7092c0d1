/* SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX tree to model: vulnerabilities and what was decided about them.
 */
#include "sbom/cdx.h"

static struct sbom_vuln *as_vuln(void *object) { return object; }

static void take_source(struct cdx_in *in, void *object, struct jv v) {
    as_vuln(object)->source_name = j_gets(v, "name");
    as_vuln(object)->source_url = j_gets(v, "url");
    (void)in;
}

static void take_references(struct cdx_in *in, void *object, struct jv v) {
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);)
        if (j_gets(it.val, "id").p)
            *vec_push(in->arena, &as_vuln(object)->aliases) = j_gets(it.val, "id");
}

static void take_ratings(struct cdx_in *in, void *object, struct jv v) {
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);)
        *vec_push(in->arena, &as_vuln(object)->ratings) = (struct sbom_rating){
            .source = j_str(j_get2(it.val, "source", "name")),
            .severity = j_gets(it.val, "severity"),
            .method = j_gets(it.val, "method"),
            .vector = j_gets(it.val, "vector"),
            .score = j_num(j_get(it.val, "score"), -1),
        };
}

static void take_cwes(struct cdx_in *in, void *object, struct jv v) {
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);)
        if (j_is_int(it.val))
            *vec_push(in->arena, &as_vuln(object)->cwes) = j_int(it.val, 0);
}

static void take_responses(struct cdx_in *in, void *object, struct jv v) {
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);)
        if (j_str(it.val).p)
            *vec_push(in->arena, &as_vuln(object)->responses) = j_str(it.val);
}

static void take_analysis(struct cdx_in *in, void *object, struct jv v) {
    static const struct cdx_field fields[] = {
        CDX_TEXT("state", struct sbom_vuln, state),
        CDX_TEXT("justification", struct sbom_vuln, justification),
        CDX_TEXT("detail", struct sbom_vuln, analysis_detail),
        CDX_TAKE("response", take_responses),
        CDX_END,
    };
    cdx_take_members(in, fields, object, v, NULL);
}

static void take_versions(struct cdx_in *in, void *object, struct jv v) {
    static const struct cdx_field fields[] = {
        CDX_TEXT("version", struct sbom_affected, version),
        CDX_TEXT("range", struct sbom_affected, range),
        CDX_TEXT("status", struct sbom_affected, status),
        CDX_END,
    };
    struct sbom_affect *affect = object;
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);) {
        struct sbom_affected *affected = vec_push(in->arena, &affect->versions);
        *affected = (struct sbom_affected){0};
        cdx_take_members(in, fields, affected, it.val, NULL);
    }
}

static void take_affects(struct cdx_in *in, void *object, struct jv v) {
    static const struct cdx_field fields[] = {
        CDX_TEXT("ref", struct sbom_affect, ref),
        CDX_TAKE("versions", take_versions),
        CDX_END,
    };
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);) {
        struct sbom_affect *affect = vec_push(in->arena, &as_vuln(object)->affects);
        *affect = (struct sbom_affect){0};
        cdx_take_members(in, fields, affect, it.val, NULL);
    }
}

void cdx_read_vuln(struct cdx_in *in, struct jv v, struct sbom_vuln *out) {
    static const struct cdx_field fields[] = {
        CDX_TEXT("bom-ref", struct sbom_vuln, ref),
        CDX_TEXT("id", struct sbom_vuln, id),
        CDX_TEXT("description", struct sbom_vuln, description),
        CDX_TEXT("detail", struct sbom_vuln, detail),
        CDX_TEXT("recommendation", struct sbom_vuln, recommendation),
        CDX_TEXT("workaround", struct sbom_vuln, workaround),
        CDX_TEXT("created", struct sbom_vuln, created),
        CDX_TEXT("published", struct sbom_vuln, published),
        CDX_TEXT("updated", struct sbom_vuln, updated),
        CDX_TAKE("source", take_source),
        CDX_TAKE("references", take_references),
        CDX_TAKE("ratings", take_ratings),
        CDX_TAKE("cwes", take_cwes),
        CDX_TAKE("analysis", take_analysis),
        CDX_TAKE("affects", take_affects),
        CDX_END,
    };
    *out = (struct sbom_vuln){.origin = v};
    cdx_take_members(in, fields, out, v, NULL);
}
