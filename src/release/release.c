/* SPDX-License-Identifier: Apache-2.0 */
#include "release/release.h"

#include <fcntl.h>
#include <unistd.h>

#include "archive/archive.h"
#include "base/digest.h"
#include "base/file.h"
#include "ident/purl.h"
#include "release/manifest.h"
#include "release/prove.h"

struct run {
    struct ctx *ctx;
    struct arena *arena;
    struct home *home;
    const struct release_plan *plan;
    struct release_result *out;
    struct gathering g;
    struct manifest_part *parts;
    struct home_add *adds; /* the evidence, then the manifest */
    str tree;
};

/* ── who, what ── */

static bool name_it(struct run *r, struct err *e) {
    const struct release_plan *p = r->plan;
    if (!p->product.n || !p->version.n)
        return err_set(e, ERR_USAGE, S(""), _("a release needs --product and --version"));
    struct purl parsed;
    if (p->purl.p) {
        if (!purl_parse(r->arena, p->purl, &parsed, e))
            return false;
        if (!parsed.version.n)
            return err_set(e, ERR_USAGE, p->purl, _("the purl of a release needs a version"));
        r->out->purl = purl_text(r->arena, &parsed);
    } else {
        r->out->purl = purl_make(r->arena, "generic", (str){NULL, 0}, p->product, p->version);
    }
    return true;
}

/* Each file is a place in the release's package, so that whoever asks the log for the package finds what is said. */
static str file_purl(struct arena *a, str purl, str name) {
    struct purl p;
    if (!purl_parse(a, purl, &p, NULL))
        return (str){NULL, 0};
    p.subpath = name;
    return purl_build(a, &p, &p, NULL) ? purl_text(a, &p) : (str){NULL, 0};
}

static const struct subject *subjects_of(struct arena *a, str purl, const struct release_files *files) {
    struct subject *list = arena_array(a, struct subject, files->n);
    for (uint32_t i = 0; i < files->n; i++) {
        list[i].name = files->v[i].name;
        list[i].uri = file_purl(a, purl, files->v[i].name);
        *vec_push(a, &list[i].digests) = (struct subject_digest){S("sha256"), files->v[i].sha256};
    }
    return list;
}

static str bundle_path(struct run *r) {
    const struct release_plan *p = r->plan;
    if (p->bundle.p)
        return p->bundle;
    str folder = path_is_dir(p->paths[0]) ? p->paths[0] : path_dir(p->paths[0]);
    struct buf b = {0};
    buf_addf(&b, "%.*s-%.*s%s", STR_ARG(p->product), STR_ARG(p->version), BUNDLE_END);
    for (size_t i = 0; i < b.n; i++)
        if (b.p[i] == '/' || (unsigned char)b.p[i] < ' ')
            b.p[i] = '_';
    str name = arena_str(r->arena, buf_str(&b));
    buf_free(&b);
    return folder.n ? path_join(r->arena, folder, name) : name;
}

/* ── into the archive ── */

static bool archive_file(struct run *r, str path, struct body_name *name, struct err *e) {
    uint64_t size;
    int fd = open(arena_cstr(r->arena, path), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    bool ok = fd >= 0 ? archive_put_fd(r->home->archive, fd, path, name, &size, e)
                      : err_errno(e, path, _("cannot be opened"));
    if (fd >= 0)
        close(fd);
    return ok;
}

/* What is stated is what is kept: a file that changed since it was hashed stops the release. */
static bool archive_listed(struct run *r, const struct release_file *f, struct err *e) {
    struct body_name name;
    if (!f->path.p) /* it lies elsewhere */
        return true;
    if (!archive_file(r, f->path, &name, e))
        return false;
    return str_eq(hex_text(r->arena, name.b, sizeof name.b), f->sha256) ||
           err_set(e, ERR_ENV, f->path, _("the file was changed while it was released"));
}

static bool archive_all(struct run *r, struct err *e) {
    struct body_name name;
    for (uint32_t i = 0; i < r->out->files.n; i++)
        if (!archive_listed(r, &r->out->files.v[i], e))
            return false;
    if (r->plan->n_paths && path_is_dir(r->plan->paths[0])) {
        if (!archive_put_tree(r->home->archive, r->plan->paths[0], &name, e))
            return false;
        r->tree = hex_text(r->arena, name.b, sizeof name.b);
    }
    for (uint32_t i = 0; i < r->g.bodies.n; i++)
        if (!archive_file(r, r->g.bodies.v[i], &name, e))
            return false;
    return archive_sync(r->home->archive, e);
}

/* ── signed ── */

static bool sign(struct run *r, struct home_add *add, const char *kind, str payload, struct err *e) {
    add->kind = str_of(kind);
    pubkey_id(privkey_public(r->home->key), add->key);
    payload = statement_with_by(r->arena, payload, r->home->by);
    return statement_sign(r->ctx, r->arena, payload, r->home->key, &add->envelope, e);
}

static bool sign_all(struct run *r, struct err *e) {
    uint32_t n = r->g.evidence.n;
    str manifest;
    r->adds = arena_array(r->arena, struct home_add, n + 1);
    r->parts = arena_array(r->arena, struct manifest_part, n);
    for (uint32_t i = 0; i < n; i++) {
        const struct evidence *v = &r->g.evidence.v[i];
        if (!sign(r, &r->adds[i], v->kind, v->payload, e))
            return false;
        r->parts[i] = (struct manifest_part){str_of(v->kind), v->type,
                                             digest_hex(r->arena, DIGEST_SHA256, r->adds[i].envelope)};
    }
    return manifest_write(&r->g, r->parts, r->tree, r->out->bytes, &manifest, e) &&
           sign(r, &r->adds[n], "release-manifest", manifest, e);
}

static void tell(struct run *r) {
    uint32_t n = r->g.evidence.n;
    for (uint32_t i = 0; i < n; i++)
        *vec_push(r->arena, &r->out->lines) = (struct release_line){.kind = r->parts[i].kind,
                                                                    .type = r->parts[i].type,
                                                                    .sha256 = r->parts[i].sha256,
                                                                    .index = r->adds[i].added.index,
                                                                    .remark = r->g.evidence.v[i].remark,
                                                                    .bad = r->g.evidence.v[i].bad};
    *vec_push(r->arena, &r->out->lines) = (struct release_line){
        .kind = S("release-manifest"),
        .type = str_of(predicate_of_kind(S("release-manifest"))->type),
        .sha256 = digest_hex(r->arena, DIGEST_SHA256, r->adds[n].envelope),
        .index = r->adds[n].added.index,
        .remark = arena_printf(r->arena, "%.*s %.*s", STR_ARG(r->plan->product), STR_ARG(r->plan->version))};
}

/* ── once only ── */

/* An earlier release of this product and version: the same files make it this one, others are refused. */
static bool look_back(struct run *r, struct err *e) {
    struct earlier before = {0};
    if (!prove_find_release(r->ctx, r->arena, r->home, r->plan->product, r->plan->version, &before, e))
        return false;
    if (!before.found)
        return true;
    if (!manifest_is_of(&before.manifest, &r->out->files)) {
        r->out->differs = true;
        err_set(e, ERR_USAGE, r->plan->n_paths ? r->plan->paths[0] : r->plan->version,
                _("%.*s %.*s was released with other files (entry %llu of the log)"), STR_ARG(r->plan->product),
                STR_ARG(r->plan->version), (unsigned long long)before.index);
        return err_hint(e, "%s", _("a version stands for the same bits for ever: give these a new --version"));
    }
    r->out->was_there = true;
    for (uint32_t i = 0; i < before.parts.n; i++)
        *vec_push(r->arena, &r->out->lines) = before.parts.v[i];
    return true;
}

static bool release_new(struct run *r, struct err *e) {
    r->g = (struct gathering){.ctx = r->ctx,
                              .arena = r->arena,
                              .plan = r->plan,
                              .files = &r->out->files,
                              .party = r->home->party,
                              .purl = r->out->purl,
                              .subjects = subjects_of(r->arena, r->out->purl, &r->out->files),
                              .n_subjects = r->out->files.n};
    if (!gather(&r->g, e) || !archive_all(r, e) || !sign_all(r, e) ||
        !home_append(r->home, r->arena, r->adds, r->g.evidence.n + 1, e))
        return false;
    tell(r);
    return true;
}

bool release_run(struct ctx *c, struct arena *a, struct home *home, const struct release_plan *plan,
                 struct release_result *out, struct err *e) {
    struct run r = {.ctx = c, .arena = a, .home = home, .plan = plan, .out = out};
    *out = (struct release_result){0};
    if (!name_it(&r, e) || !(plan->n_paths ? release_files_read(c, a, plan->paths, plan->n_paths, &out->files, e)
                                           : release_files_take(a, plan->listed, plan->n_listed, &out->files, e)))
        return false;
    for (uint32_t i = 0; i < out->files.n; i++)
        out->bytes += out->files.v[i].size;
    if (!look_back(&r, e) || (!out->was_there && !release_new(&r, e)))
        return false;
    out->bundle = bundle_path(&r);
    if (plan->logged)
        plan->logged(plan->of);
    return prove_write_bundle(c, a, home, out, e);
}
