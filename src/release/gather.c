/* SPDX-License-Identifier: Apache-2.0 */
#include "release/gather.h"

#include "base/file.h"
#include "collect/collect.h"
#include "inspect/inspect.h"
#include "release/evidence.h"
#include "release/provenance.h"
#include "release/vulns.h"
#include "sbom/merge.h"

#define TYPE_OF_CYCLONEDX "https://cyclonedx.org/bom"
#define TYPE_OF_SPDX "https://spdx.dev/Document"
#define TYPE_OF_VULNS "https://in-toto.io/attestation/vulns/v0.2"
#define TYPE_OF_PROVENANCE "https://slsa.dev/provenance/v1"
#define TYPE_OF_TESTS "https://in-toto.io/attestation/test-result/v0.1"
#define TYPE_OF_RELEASE "https://in-toto.io/attestation/release/v0.1"

static bool add(struct gathering *g, const char *kind, str type, str predicate, str remark, bool bad, struct err *e) {
    struct evidence *v = vec_push(g->arena, &g->evidence);
    *v = (struct evidence){.kind = kind, .type = type, .remark = remark, .bad = bad};
    return statement_text(g->ctx, g->arena, type, g->subjects, g->n_subjects, predicate, &v->payload, e);
}

static str own_type(const char *kind) { return str_of(predicate_of_kind(str_of(kind))->type); }

/* ── what it is made of ── */

static bool look_into(struct gathering *g, str path, struct sbom **out, struct err *e) {
    const struct collect_options how = {.name = g->plan->product, .version = g->plan->version};
    return collect_run(g->ctx, g->arena, path, &how, out, e);
}

static bool make_sbom(struct gathering *g, struct sbom **out, struct err *e) {
    const struct release_plan *p = g->plan;
    if (p->n_paths == 0)
        return err_set(e, ERR_USAGE, S("sbom"), _("files that lie elsewhere cannot be looked into: an SBOM is needed"));
    if (p->n_paths == 1)
        return look_into(g, p->paths[0], out, e);
    struct merge_part *parts = arena_array(g->arena, struct merge_part, p->n_paths);
    for (uint32_t i = 0; i < p->n_paths; i++) {
        struct sbom *part;
        if (!look_into(g, p->paths[i], &part, e))
            return false;
        parts[i] = (struct merge_part){.sbom = part, .name = path_base(p->paths[i])};
    }
    const struct merge_options how = {.product = p->product, .version = p->version, .supplier = g->party};
    *out = sbom_merge(g->ctx, g->arena, parts, p->n_paths, &how, NULL);
    return true;
}

static bool read_sbom(struct gathering *g, str *json, struct sbom **out, struct err *e) {
    str bytes, path = g->plan->sbom;
    struct json doc;
    if (!file_read_plain(g->ctx, g->arena, path, &bytes, e) ||
        !sbom_read(g->ctx, g->arena, bytes, path, SBOM_LENIENT, out, NULL, e))
        return false;
    *vec_push(g->arena, &g->bodies) = path;
    if ((*out)->form.notation != NOTE_JSON)
        return true;
    if (!json_parse(g->ctx, g->arena, bytes, JSON_DUPLICATES_OK, path, &doc, e))
        return false;
    *json = json_text(doc.root, g->arena);
    return true;
}

/* A statement's predicate is JSON: an SBOM in another notation is stated in its family's JSON form, and the file as it
 * came goes to the archive. */
static bool sbom_json(struct gathering *g, const struct sbom *s, str *json, struct err *e) {
    struct sbom_problems losses = {0};
    struct sbom_form form;
    struct buf b = {0};
    str name = s->form.format == SBOM_SPDX2   ? S("spdx-json")
               : s->form.format == SBOM_SPDX3 ? S("spdx3-json")
                                              : S("cyclonedx-json");
    bool ok = sbom_form_parse(name, &form, e) && sbom_write(g->ctx, s, form, false, &b, &losses, e);
    *json = arena_str(g->arena, buf_str(&b));
    for (uint32_t i = 0; ok && i < losses.n; i++)
        ctx_warn(g->ctx, losses.v[i].where, "%.*s", STR_ARG(losses.v[i].what));
    buf_free(&b);
    return ok;
}

static bool gather_sbom(struct gathering *g, struct sbom **out, struct err *e) {
    str json = {NULL, 0};
    if (!(g->plan->sbom.p ? read_sbom(g, &json, out, e) : make_sbom(g, out, e)))
        return false;
    if (!json.p && !sbom_json(g, *out, &json, e))
        return false;
    bool spdx = (*out)->form.format == SBOM_SPDX2 || (*out)->form.format == SBOM_SPDX3;
    uint32_t n = sbom_count(*out);
    return add(g, "sbom", spdx ? S(TYPE_OF_SPDX) : S(TYPE_OF_CYCLONEDX), json,
               arena_printf(g->arena, msg_n("%u component", "%u components", n), n), false, e);
}

/* ── what is known to be wrong with it ── */

static bool read_vex(struct gathering *g, struct vex *vex, struct err *e) {
    vex->a = g->arena;
    for (uint32_t i = 0; i < g->plan->n_vex; i++) {
        str bytes, path = g->plan->vex[i];
        if (!file_read_plain(g->ctx, g->arena, path, &bytes, e) || !vex_read(g->ctx, vex, bytes, path, e))
            return false;
        *vec_push(g->arena, &g->bodies) = path;
    }
    return true;
}

/* "None found" says little when little could be assessed: both numbers stand together. */
static str findings_remark(struct gathering *g, const struct scan *scan) {
    uint32_t components = 0, assessed = 0;
    for (uint32_t i = 0; i < scan->inputs.n; i++) {
        components += scan->inputs.v[i]->components;
        assessed += scan->inputs.v[i]->assessed;
    }
    return arena_printf(g->arena,
                        msg_n("%u open finding; %u of %u components assessed",
                              "%u open findings; %u of %u components assessed", scan->open),
                        scan->open, assessed, components);
}

static bool gather_findings(struct gathering *g, struct sbom *sbom, struct err *e) {
    struct scan scan = {0};
    struct vex vex = {0};
    struct advdb *db = NULL;
    if (!g->plan->advisories.p)
        return true;
    if (!read_vex(g, &vex, e) || !advdb_open(g->ctx, g->plan->advisories, &db, e))
        return false;
    const struct rules none = {0};
    const struct scan_options how = {.db = db, .vex = &vex, .rules = &none, .mission = MISSION_MEDIUM};
    advdb_info(db, g->arena, &scan.db);
    g->advisories = scan.db.digest;
    g->advisories_built = scan.db.built;
    vex_from_sbom(&vex, sbom, g->plan->product);
    bool ok = scan_add(g->ctx, g->arena, &scan, &how, g->plan->product, sbom, e);
    if (ok) {
        scan_finish(&scan);
        ok = add(g, "vulns", S(TYPE_OF_VULNS), vulns_predicate(g->ctx, g->arena, &scan), findings_remark(g, &scan),
                 scan.open > 0, e);
    }
    advdb_close(db);
    return ok;
}

/* ── handed in ── */

/* What is said of other files is said of nothing here. */
static bool is_about_ours(struct gathering *g, const struct statement *s) {
    for (uint32_t i = 0; i < s->subjects.n; i++)
        for (uint32_t k = 0; k < g->files->n; k++)
            if (str_ieq(subject_sha256(&s->subjects.v[i]), g->files->v[k].sha256))
                return true;
    return false;
}

/* A predicate alone; or a statement with one, also in an envelope, whose signature is its maker's business: the file as
 * it came goes to the archive, and we state what it says. */
static bool add_given(struct gathering *g, const char *kind, str type, str path, struct err *e) {
    str text;
    struct dsse d;
    struct json doc;
    struct statement s;
    if (!file_read_plain(g->ctx, g->arena, path, &text, e) ||
        !json_parse(g->ctx, g->arena, text, JSON_STRICT, str_of(kind), &doc, e))
        return false;
    *vec_push(g->arena, &g->bodies) = path;
    if (j_ok(j_get(doc.root, "payloadType"))) {
        if (!dsse_parse(g->ctx, g->arena, text, str_of(kind), &d, e) ||
            !json_parse(g->ctx, g->arena, d.payload, JSON_STRICT, str_of(kind), &doc, e))
            return false;
        text = d.payload;
    }
    struct jv predicate = doc.root;
    if (j_ok(j_get(doc.root, "predicateType"))) {
        if (!statement_open(g->ctx, g->arena, text, str_of(kind), &s, e))
            return false;
        const struct predicate *known = predicate_of_type(s.type);
        if (!known || strcmp(known->kind, kind) != 0)
            return err_set(e, ERR_INPUT, str_of(kind), _("this statement is of another kind: %.*s"), STR_ARG(s.type));
        if (!is_about_ours(g, &s))
            return err_set(e, ERR_INPUT, str_of(kind), _("this statement is about none of the release's files"));
        type = s.type;
        predicate = s.predicate;
    }
    return add(g, kind, type, json_text(predicate, g->arena), str_of(_("handed in")), false, e);
}

/* ── how it was built ── */

static bool gather_hardening(struct gathering *g, struct err *e) {
    const struct inspect_options how = {.policy = g->plan->policy.p ? g->plan->policy : S("minimum"), .digests = true};
    struct inspect_report report = {0};
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    if (g->plan->hardening.p)
        return add_given(g, "hardening", own_type("hardening"), g->plan->hardening, e);
    if (g->plan->elsewhere)
        return true;
    for (uint32_t i = 0; i < g->plan->n_paths; i++)
        if (!inspect_run(g->ctx, g->arena, g->plan->paths[i], &how, &report, e))
            return false;
    if (report.files.n == 0) /* nothing in it that could be hardened: nothing is claimed */
        return true;
    inspect_statement_body(&report, &w);
    str predicate = arena_str(g->arena, buf_str(&b));
    buf_free(&b);
    return add(g, "hardening", own_type("hardening"), predicate,
               report.failing ? arena_printf(g->arena,
                                             msg_n("%u of %u file fails the policy", "%u of %u files fail the policy",
                                                   report.failing),
                                             report.failing, report.files.n)
                              : arena_printf(g->arena, msg_n("%u file", "%u files", report.files.n), report.files.n),
               report.failing > 0, e);
}

static bool gather_source(struct gathering *g, struct err *e) {
    str source = g->plan->source;
    if (!source.p)
        return true;
    g->source = arena_new_of(g->arena, struct source_commit);
    if (str_find(source, S("://")) == STR_NONE || path_is_dir(source))
        return source_commit_read(g->ctx, g->arena, source, g->source, e);
    g->source->url = url_without_secrets(g->arena, source);
    return true;
}

static bool gather_provenance(struct gathering *g, struct err *e) {
    if (g->plan->provenance.p)
        return add_given(g, "provenance", S(TYPE_OF_PROVENANCE), g->plan->provenance, e);
    if (g->plan->elsewhere)
        return true;
    struct environment env = environment_own();
    struct provenance_facts facts = {.party = g->party, .builder = g->plan->builder, .source = g->source};
    str system = provenance_system(&env);
    return add(g, "provenance", S(TYPE_OF_PROVENANCE), provenance_predicate(g->ctx, g->arena, &env, &facts),
               system.p ? system : str_of(_("built locally")), false, e);
}

/* ── tests and analysis ── */

/* "result": "FAILED" in a predicate of ours. */
static bool result_failed(struct gathering *g, str predicate, str *result) {
    struct json doc;
    *result = S("");
    if (json_parse(g->ctx, g->arena, predicate, JSON_STRICT, S("predicate"), &doc, NULL))
        *result = j_gets(doc.root, "result");
    return str_is(*result, "FAILED");
}

static bool add_judged(struct gathering *g, const char *kind, str type, str predicate, const str *files, uint32_t n,
                       struct err *e) {
    str result;
    bool bad = result_failed(g, predicate, &result);
    for (uint32_t i = 0; i < n; i++)
        *vec_push(g->arena, &g->bodies) = files[i];
    return add(g, kind, type, predicate, result, bad, e);
}

static bool gather_tests(struct gathering *g, struct err *e) {
    const struct release_plan *p = g->plan;
    str predicate;
    if (p->n_tests == 0)
        return true;
    return tests_predicate(g->ctx, g->arena, p->tests, p->n_tests, (str){NULL, 0}, &predicate, e) &&
           add_judged(g, "test-result", S(TYPE_OF_TESTS), predicate, p->tests, p->n_tests, e);
}

static bool gather_analyses(struct gathering *g, struct err *e) {
    const struct release_plan *p = g->plan;
    str predicate;
    if (p->n_analyses == 0)
        return true;
    return analysis_predicate(g->ctx, g->arena, p->analyses, p->n_analyses, &predicate, e) &&
           add_judged(g, "static-analysis", own_type("static-analysis"), predicate, p->analyses, p->n_analyses, e);
}

/* in-toto's own release statement, for tools that know nothing of ours. */
static bool gather_release(struct gathering *g, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    jw_obj(&w);
    jw_kstr(&w, "purl", g->purl);
    jw_kstr(&w, "releaseId", g->plan->product);
    jw_kstr(&w, "packageId", g->plan->product);
    jw_obj_end(&w);
    str predicate = arena_str(g->arena, buf_str(&b));
    buf_free(&b);
    return add(g, "release", S(TYPE_OF_RELEASE), predicate,
               arena_printf(g->arena, msg_n("%u file", "%u files", g->files->n), g->files->n), false, e);
}

bool gather(struct gathering *g, struct err *e) {
    struct sbom *sbom;
    return gather_source(g, e) && gather_sbom(g, &sbom, e) && gather_findings(g, sbom, e) && gather_hardening(g, e) &&
           gather_provenance(g, e) && gather_tests(g, e) && gather_analyses(g, e) && gather_release(g, e);
}
