/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "release/checklist.h"

/* ── the statements of a release ── */

static const struct verified *with_sha256(const struct looking *l, str sha256) {
    for (uint32_t i = 0; i < l->out->statements.n; i++)
        if (str_eq(l->out->statements.v[i].sha256, sha256))
            return &l->out->statements.v[i];
    return NULL;
}

static void check_part(struct looking *l, const struct manifest_part *part) {
    const struct verified *v = with_sha256(l, part->sha256);
    if (!v) {
        say_unchecked(l, "part", part->kind, _("the release names it, but it is not here"));
    } else if (v->trusted && memcmp(v->key, l->manifest_by->key, sizeof v->key) != 0) {
        say_unchecked(l, "signer", part->kind, _("signed by %.*s, the release by %.*s"), STR_ARG(v->signers.v[0]),
                      STR_ARG(l->manifest_by->signers.v[0]));
    } else if (v->trusted) {
        say_holds(l, "signer", part->kind, _("signed with the same key as the release"));
    }
}

static bool take_manifest(struct looking *l, struct verified *v) {
    struct manifest *m = arena_new_of(l->arena, struct manifest);
    struct err e = {0};
    if (!v->trusted || !str_is(v->kind, "release-manifest"))
        return false;
    if (!manifest_read(l->arena, &v->statement, v->where, m, &e)) {
        say_fails(l, "release", v->where, "%s", e.what);
        return false;
    }
    l->manifest = m;
    l->manifest_by = v;
    l->out->product = m->product;
    l->out->version = m->version;
    l->out->party = m->party;
    return true;
}

void look_at_manifest(struct looking *l) {
    for (uint32_t i = l->out->statements.n; i-- > 0;) /* the last one is the newest */
        if (take_manifest(l, &l->out->statements.v[i]))
            break;
    if (!l->manifest)
        return;
    const struct manifest *m = l->manifest;
    say_holds(l, "release", (str){NULL, 0}, _("%.*s %.*s by %.*s, released %.*s"), STR_ARG(m->product),
              STR_ARG(m->version), STR_ARG(m->party), STR_ARG(m->released));
    for (uint32_t i = 0; i < m->parts.n; i++)
        check_part(l, &m->parts.v[i]);
}

/* ── files ── */

static bool names_digest(const struct statement *s, str sha256) {
    for (uint32_t i = 0; i < s->subjects.n; i++)
        if (str_eq(subject_sha256(&s->subjects.v[i]), sha256))
            return true;
    return false;
}

/* The statement that has this name with other bytes: the file was swapped or changed, not merely unknown. */
static const struct verified *with_name(const struct looking *l, str name) {
    for (uint32_t i = 0; i < l->out->statements.n; i++) {
        const struct verified *v = &l->out->statements.v[i];
        for (uint32_t k = 0; v->trusted && k < v->statement.subjects.n; k++)
            if (str_eq(path_base(v->statement.subjects.v[k].name), name))
                return v;
    }
    return NULL;
}

void look_at_subject(struct looking *l, str name, str sha256) {
    uint32_t known = 0;
    for (uint32_t i = 0; i < l->out->statements.n; i++)
        known += l->out->statements.v[i].trusted && names_digest(&l->out->statements.v[i].statement, sha256);
    /* A statement of this release that speaks of other bytes was put there from another one. */
    for (uint32_t i = 0; known && i < l->out->statements.n; i++) {
        const struct verified *v = &l->out->statements.v[i];
        if (v->trusted && l->manifest && manifest_part_of(l->manifest, v->sha256) &&
            !names_digest(&v->statement, sha256))
            say_fails(l, "subject", v->kind, _("the statement is about other files than this one"));
    }
    const struct verified *other = known ? NULL : with_name(l, path_base(name));
    if (known)
        say_holds(l, "subject", name,
                  msg_n("%u trusted statement is about exactly these bytes",
                        "%u trusted statements are about exactly these bytes", known),
                  known);
    else if (other)
        say_fails(l, "subject", name, _("the file is not the one that was released: its bytes were changed"));
    else
        say_fails(l, "subject", name, _("no trusted statement is about this file"));
}

struct compared {
    uint32_t same, changed, missing, extra;
};

static void compare(struct looking *l, const struct release_files *files, struct compared *n) {
    const struct statement *s = &l->manifest->statement;
    struct map on_disk, named;
    map_init(&on_disk, l->arena);
    map_init(&named, l->arena);
    for (uint32_t i = 0; i < files->n; i++)
        map_put(&on_disk, files->v[i].name, NULL)->value = &files->v[i];
    for (uint32_t i = 0; i < s->subjects.n; i++) {
        const struct subject *want = &s->subjects.v[i];
        const struct release_file *f = map_get(&on_disk, want->name);
        map_put(&named, want->name, NULL);
        if (!f)
            n->missing++, say_fails(l, "file", want->name, _("is missing"));
        else if (!str_eq(f->sha256, subject_sha256(want)))
            n->changed++, say_fails(l, "file", want->name, _("was changed"));
        else
            n->same++;
    }
    for (uint32_t i = 0; i < files->n; i++)
        if (!map_find(&named, files->v[i].name))
            n->extra++, say_fails(l, "file", files->v[i].name, _("was not part of the release"));
}

bool look_at_folder(struct looking *l, str folder, struct err *e) {
    struct release_files files = {0};
    struct compared n = {0};
    if (!l->manifest) {
        say_fails(l, "release", folder, _("there is no trusted statement that says which files belong to the release"));
        return true;
    }
    if (!release_files_read(l->ctx, l->arena, &folder, 1, &files, e))
        return false;
    compare(l, &files, &n);
    if (!n.missing && !n.changed && !n.extra)
        say_holds(l, "files", folder, msg_n("%u file, exactly as released", "%u files, exactly as released", n.same),
                  n.same);
    return true;
}
