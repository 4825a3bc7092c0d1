/* SPDX-License-Identifier: Apache-2.0 */
#include "release/manifest.h"

static const struct predicate *own(void) { return predicate_of_kind(S("release-manifest")); }

static void read_parts(struct manifest *m, struct arena *a) {
    for (struct jiter it = j_iter(j_get(m->statement.predicate, "statements")); j_next(&it);)
        *vec_push(a, &m->parts) = (struct manifest_part){j_gets(it.val, "kind"), j_gets(it.val, "predicateType"),
                                                         j_gets(j_get(it.val, "digest"), "sha256")};
}

bool manifest_read(struct arena *a, const struct statement *s, str where, struct manifest *out, struct err *e) {
    *out = (struct manifest){.statement = *s};
    if (predicate_of_type(s->type) != own())
        return err_set(e, ERR_INPUT, where, _("this statement is no release manifest: %.*s"), STR_ARG(s->type));
    struct jv p = out->statement.predicate;
    out->product = j_gets(p, "product");
    out->version = j_gets(p, "version");
    out->party = j_gets(p, "party");
    out->purl = j_gets(p, "purl");
    out->released = j_gets(p, "releasedOn");
    out->tree = j_gets(j_get(p, "files"), "tree");
    out->advisories = j_gets(j_get2(p, "advisories", "digest"), "sha256");
    read_parts(out, a);
    return true;
}

static void write_digest(struct jw *w, str sha256) {
    jw_kobj(w, "digest");
    jw_kstr(w, "sha256", sha256);
    jw_obj_end(w);
}

static void write_origin(const struct gathering *g, struct jw *w) {
    const struct source_commit *s = g->source;
    if (s && s->url.p) {
        jw_kobj(w, "source");
        jw_kstr(w, "uri", s->url);
        if (s->commit.p) {
            jw_kobj(w, "digest");
            jw_kstr(w, "gitCommit", s->commit);
            jw_obj_end(w);
        }
        jw_obj_end(w);
    }
    if (g->advisories.n) {
        jw_kobj(w, "advisories");
        write_digest(w, g->advisories);
        jw_kstr(w, "built", time_rfc3339(g->arena, g->advisories_built));
        jw_obj_end(w);
    }
}

static void write_parts(const struct gathering *g, struct jw *w, const struct manifest_part *parts) {
    jw_karr(w, "statements");
    for (uint32_t i = 0; i < g->evidence.n; i++) {
        jw_obj(w);
        jw_kstr(w, "kind", parts[i].kind);
        jw_kstr(w, "predicateType", parts[i].type);
        write_digest(w, parts[i].sha256);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

bool manifest_write(const struct gathering *g, const struct manifest_part *parts, str tree, uint64_t bytes,
                    str *payload, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    jw_obj(&w);
    jw_kstr(&w, "product", g->plan->product);
    jw_kstr(&w, "version", g->plan->version);
    jw_kstr(&w, "party", g->party);
    jw_kstr(&w, "releasedOn", time_rfc3339(g->arena, g->ctx->now));
    jw_kstr(&w, "purl", g->purl);
    write_origin(g, &w);
    write_parts(g, &w, parts);
    if (tree.p) {
        jw_kobj(&w, "files");
        jw_kstr(&w, "tree", tree);
        jw_kint(&w, "count", g->files->n);
        jw_kint(&w, "bytes", (int64_t)bytes);
        jw_obj_end(&w);
    }
    jw_obj_end(&w);
    str predicate = arena_str(g->arena, buf_str(&b));
    buf_free(&b);
    return statement_text(g->ctx, g->arena, str_of(own()->type), g->subjects, g->n_subjects, predicate, payload, e);
}

bool manifest_is_of(const struct manifest *m, const struct release_files *files) {
    if (m->statement.subjects.n != files->n)
        return false;
    for (uint32_t i = 0; i < files->n; i++) /* both in the order of names */
        if (!str_eq(m->statement.subjects.v[i].name, files->v[i].name) ||
            !str_eq(subject_sha256(&m->statement.subjects.v[i]), files->v[i].sha256))
            return false;
    return true;
}

const struct manifest_part *manifest_part_of(const struct manifest *m, str envelope_sha256) {
    for (uint32_t i = 0; i < m->parts.n; i++)
        if (str_eq(m->parts.v[i].sha256, envelope_sha256))
            return &m->parts.v[i];
    return NULL;
}
