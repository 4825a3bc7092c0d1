/* SPDX-License-Identifier: Apache-2.0 */
#include "release/prove.h"

#include "base/digest.h"
#include "base/file.h"
#include "seal/home_bundle.h"
#include "seal/view.h"

/* ── bundles ── */

/* A bundle that holds exactly these envelopes with proofs that were good once still says the same. */
static bool says_the_same(struct ctx *c, struct arena *a, const struct release_result *out) {
    struct bundle b = {0};
    str text;
    if (!path_exists(out->bundle) || !file_read(c, a, out->bundle, &text, NULL) ||
        !bundle_parse(c, a, text, out->bundle, &b, NULL) || b.statements.n != out->lines.n)
        return false;
    for (uint32_t i = 0; i < b.statements.n; i++)
        if (!b.statements.v[i].proof.p ||
            !str_eq(digest_hex(a, DIGEST_SHA256, b.statements.v[i].text), out->lines.v[i].sha256))
            return false;
    return true;
}

bool prove_write_bundle(struct ctx *c, struct arena *a, struct home *home, const struct release_result *out,
                        struct err *e) {
    struct bundle b;
    if (says_the_same(c, a, out))
        return true;
    uint64_t *indices = arena_array(a, uint64_t, out->lines.n + 1);
    for (uint32_t i = 0; i < out->lines.n; i++)
        indices[i] = out->lines.v[i].index;
    if (!home_bundle(home, a, indices, out->lines.n, &b, e))
        return false;
    return file_replace(out->bundle, bundle_text(a, &b), e);
}

/* ── releases found again ── */

struct search {
    struct ctx *c;
    struct arena *a;
    struct home *home;
    str product, version;
    struct earlier *out;
};

static bool read_manifest(struct search *s, uint64_t index, struct manifest *m, bool *found, struct err *e) {
    struct log_entry entry;
    struct dsse d;
    struct statement st;
    str envelope, where = log_origin(s->home->log);
    *found = false;
    if (!log_entry(s->home->log, s->a, index, &entry, e))
        return false;
    if (!str_is(entry.leaf.kind, "release-manifest"))
        return true;
    if (!log_envelope(s->home->log, s->a, &entry, &envelope, e))
        return false;
    if (!envelope.p) /* erased: it can no longer be said to be the same */
        return true;
    if (!dsse_parse(s->c, s->a, envelope, where, &d, e) || !statement_parse(s->c, s->a, d.payload, where, &st, e) ||
        !manifest_read(s->a, &st, where, m, e))
        return false;
    *found = str_eq(m->product, s->product) && str_eq(m->version, s->version) && str_eq(m->party, s->home->party);
    return true;
}

/* The manifest stands right behind the statements it names: they were appended in one batch. One that had been logged
 * before stands further up. */
static bool find_parts(struct search *s, struct err *e) {
    const struct manifest *m = &s->out->manifest;
    for (uint64_t i = s->out->index; s->out->parts.n < m->parts.n && i-- > 0;) {
        struct log_entry entry;
        if (!log_entry(s->home->log, s->a, i, &entry, e))
            return false;
        str sha256 = hex_text(s->a, entry.envelope, sizeof entry.envelope);
        const struct manifest_part *part = manifest_part_of(m, sha256);
        if (part)
            *vec_push(s->a, &s->out->parts) = (struct release_line){
                .kind = part->kind, .type = part->type, .sha256 = sha256, .index = i};
    }
    return true;
}

static void put_in_order(struct search *s) {
    struct release_lines *p = &s->out->parts;
    for (uint32_t i = 0; i < p->n / 2; i++) {
        struct release_line swap = p->v[i];
        p->v[i] = p->v[p->n - 1 - i];
        p->v[p->n - 1 - i] = swap;
    }
}

static bool take_newest(struct search *s, const struct view_found *found, struct err *e) {
    for (uint32_t i = found->n; i-- > 0 && !s->out->found;) {
        s->out->index = found->v[i];
        if (!read_manifest(s, found->v[i], &s->out->manifest, &s->out->found, e))
            return false;
    }
    return true;
}

static bool add_own_line(struct search *s, struct err *e) {
    struct log_entry entry;
    if (!log_entry(s->home->log, s->a, s->out->index, &entry, e))
        return false;
    *vec_push(s->a,
              &s->out->parts) = (struct release_line){.kind = S("release-manifest"),
                                                      .type = s->out->manifest.statement.type,
                                                      .sha256 = hex_text(s->a, entry.envelope, sizeof entry.envelope),
                                                      .index = s->out->index};
    return true;
}

bool prove_find_release(struct ctx *c, struct arena *a, struct home *home, str product, str version,
                        struct earlier *out, struct err *e) {
    struct search s = {.c = c, .a = a, .home = home, .product = product, .version = version, .out = out};
    struct words words = {0};
    struct view_found found = {0};
    struct view *view;
    *vec_push(a, &words) = (struct word){"product", product};
    if (!view_open(c, home->path, home->log, &view, e))
        return false;
    bool ok = view_find(view, a, &words, view_size(view), &found, e) && take_newest(&s, &found, e);
    view_close(view);
    if (!ok || !out->found)
        return ok;
    if (!find_parts(&s, e))
        return false;
    put_in_order(&s);
    return add_own_line(&s, e);
}
