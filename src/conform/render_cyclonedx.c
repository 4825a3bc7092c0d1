/* SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX 1.6 declarations: each practice a claim that a requirement is met, its evidence, what speaks against it,
 * and the affirmation of who signed for it.
 */
#include "base/digest.h"
#include "conform/render.h"

static str ref_of(const struct rendering *r, const char *word, str id) {
    return arena_printf(r->arena, "%s-%.*s", word, STR_ARG(id));
}

static void standard(struct jw *w, const struct rendering *r) {
    const struct declaration *d = &r->declared->said;
    jw_kobj(w, "definitions");
    jw_karr(w, "standards");
    jw_obj(w);
    jw_kstr(w, "bom-ref", d->catalogue);
    jw_kstr(w, "name", label_text(r->catalogue->title));
    jw_kstr(w, "version", d->catalogue_version);
    jw_karr(w, "requirements");
    for (uint32_t i = 0; i < d->practices.n; i++) {
        const struct practice *x = practice_of(r->catalogue, d->practices.v[i].id);
        jw_obj(w);
        jw_kstr(w, "bom-ref", ref_of(r, "requirement", d->practices.v[i].id));
        jw_kstr(w, "identifier", d->practices.v[i].id);
        if (x)
            jw_kstr(w, "title", label_text(x->title));
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_obj_end(w);
    jw_arr_end(w);
    jw_obj_end(w);
}

static str evidence_ref(const struct rendering *r, uint32_t place) {
    return arena_printf(r->arena, "evidence-%u", place);
}

static void assessors(struct jw *w, const struct rendering *r) {
    const struct declaration *d = &r->declared->said;
    jw_karr(w, "assessors");
    jw_obj(w);
    jw_kstr(w, "bom-ref", S("declarer"));
    jw_kbool(w, "thirdParty", false);
    jw_kobj(w, "organization");
    jw_kstr(w, "name", d->party_name);
    jw_obj_end(w);
    jw_obj_end(w);
    for (uint32_t i = 0; i < r->declared->events.n; i++) {
        const struct declaration_event *x = &r->declared->events.v[i];
        if (x->event != DECLARED_ENDORSED)
            continue;
        jw_obj(w);
        jw_kstr(w, "bom-ref", arena_printf(r->arena, "assessor-%u", i));
        jw_kbool(w, "thirdParty", true);
        jw_kobj(w, "organization");
        jw_kstr(w, "name", j_gets(j_get(x->said, "by"), "name"));
        jw_obj_end(w);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void attestation_map(struct jw *w, const struct rendering *r, const struct declared_practice *p) {
    int level = declared_level(p);
    bool met = level >= p->target;
    jw_obj(w);
    jw_kstr(w, "requirement", ref_of(r, "requirement", p->id));
    jw_karr(w, "claims");
    if (level)
        jw_str(w, ref_of(r, "claim", p->id));
    jw_arr_end(w);
    jw_kobj(w, "conformance");
    jw_key(w, S("score"));
    jw_num(w, met || p->target <= 0 ? 1 : (double)level / p->target);
    jw_kstr(w, "rationale", arena_printf(r->arena, _("level %d of %d: %s"), level, p->target, _(basis_title(p))));
    jw_obj_end(w);
    jw_kobj(w, "confidence");
    jw_key(w, S("score"));
    jw_num(w, p->claimed || p->basis == BASIS_ATTESTED ? 0.5 : 1);
    jw_kstr(w, "rationale", p->claimed ? p->claim : str_of(_(basis_title(p))));
    jw_obj_end(w);
    jw_obj_end(w);
}

static void attestations(struct jw *w, const struct rendering *r) {
    const struct declaration *d = &r->declared->said;
    jw_karr(w, "attestations");
    jw_obj(w);
    jw_kstr(w, "summary", arena_printf(r->arena, "%.*s %.*s", STR_ARG(d->catalogue), STR_ARG(d->package)));
    jw_kstr(w, "assessor", S("declarer"));
    jw_karr(w, "map");
    for (uint32_t i = 0; i < d->practices.n; i++)
        if (d->practices.v[i].target >= 0)
            attestation_map(w, r, &d->practices.v[i]);
    jw_arr_end(w);
    jw_obj_end(w);
    jw_arr_end(w);
}

static void claim(struct jw *w, const struct rendering *r, const struct declared_practice *p) {
    bool any = false;
    jw_obj(w);
    jw_kstr(w, "bom-ref", ref_of(r, "claim", p->id));
    jw_kstr(w, "target", S("declarer-organization"));
    jw_kstr(w, "predicate", arena_printf(r->arena, "%.*s level %d", STR_ARG(p->id), declared_level(p)));
    if (p->claimed)
        jw_kstr(w, "reasoning", p->claim);
    for (uint32_t i = 0; i < p->rules.n; i++)
        for (uint32_t j = 0; j < p->rules.v[i].evidence.n; j++) {
            if (!any)
                jw_karr(w, "evidence");
            any = true;
            jw_str(w, evidence_ref(r, p->rules.v[i].evidence.v[j]));
        }
    if (any)
        jw_arr_end(w);
    jw_obj_end(w);
}

static void claims(struct jw *w, const struct rendering *r) {
    const struct declaration *d = &r->declared->said;
    jw_karr(w, "claims");
    for (uint32_t i = 0; i < d->practices.n; i++)
        if (declared_level(&d->practices.v[i]))
            claim(w, r, &d->practices.v[i]);
    jw_arr_end(w);
}

static void evidence(struct jw *w, const struct rendering *r) {
    const struct declaration *d = &r->declared->said;
    jw_karr(w, "evidence");
    for (uint32_t i = 0; i < d->evidence.n; i++) {
        const struct declared_evidence *x = &d->evidence.v[i];
        jw_obj(w);
        jw_kstr(w, "bom-ref", evidence_ref(r, i));
        jw_kstr(w, "propertyName", x->kind);
        jw_kstr(w, "description",
                arena_printf(r->arena, "%.*s: entry %llu of %.*s%s%.*s", STR_ARG(x->about),
                             (unsigned long long)x->index, STR_ARG(d->origin), x->sha256.n ? ", sha256:" : "",
                             STR_ARG(x->sha256)));
        jw_kstr(w, "created", time_rfc3339(r->arena, d->time));
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void affirmation(struct jw *w, const struct rendering *r) {
    const struct declaration *d = &r->declared->said;
    jw_kobj(w, "affirmation");
    jw_kstr(w, "statement",
            arena_printf(r->arena, "%.*s, SHA-256 %.*s", STR_ARG(d->id),
                         STR_ARG(hex_text(r->arena, r->declared->envelope, 32))));
    jw_karr(w, "signatories");
    jw_obj(w);
    jw_kstr(w, "name", d->signatory.name);
    jw_kstr(w, "role", d->signatory.role);
    jw_kobj(w, "organization");
    jw_kstr(w, "name", d->party_name);
    jw_obj_end(w);
    jw_kobj(w, "externalReference");
    jw_kstr(w, "type", S("attestation"));
    jw_kstr(
        w, "url",
        arena_printf(r->arena, "urn:akashi:log:%.*s:%llu", STR_ARG(d->origin), (unsigned long long)r->declared->entry));
    jw_obj_end(w);
    jw_obj_end(w);
    jw_arr_end(w);
    jw_obj_end(w);
}

static void targets(struct jw *w, const struct rendering *r) {
    jw_kobj(w, "targets");
    jw_karr(w, "organizations");
    jw_obj(w);
    jw_kstr(w, "bom-ref", S("declarer-organization"));
    jw_kstr(w, "name", r->declared->said.party_name);
    jw_obj_end(w);
    jw_arr_end(w);
    jw_obj_end(w);
}

static bool write_cyclonedx(const struct rendering *r, struct err *e) {
    (void)e;
    struct jw w = jw_to(r->out, true);
    jw_obj(&w);
    jw_kstr(&w, "bomFormat", S("CycloneDX"));
    jw_kstr(&w, "specVersion", S("1.6"));
    jw_kstr(&w, "serialNumber",
            arena_cat(r->arena, S("urn:uuid:"), rendition_uuid(r->arena, r->declared, "bom", S(""))));
    jw_kint(&w, "version", 1);
    jw_kobj(&w, "metadata");
    jw_kstr(&w, "timestamp", time_rfc3339(r->arena, r->declared->time));
    jw_obj_end(&w);
    jw_kobj(&w, "declarations");
    assessors(&w, r);
    attestations(&w, r);
    claims(&w, r);
    evidence(&w, r);
    targets(&w, r);
    affirmation(&w, r);
    jw_obj_end(&w);
    standard(&w, r);
    jw_obj_end(&w);
    buf_addc(r->out, '\n');
    return true;
}
const struct rendition cyclonedx_rendition = {"cyclonedx", ".cdx.json", N_("CycloneDX 1.6 declarations"),
                                              write_cyclonedx};
