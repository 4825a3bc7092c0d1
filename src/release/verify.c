/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <stdlib.h>

#include "base/file.h"
#include "release/checklist.h"
#include "seal/bundle.h"

enum { FOLDERS_ABOVE = 16 };

/* ── what is believed ── */

static void gather_keys(struct looking *l) {
    const struct home *home = l->options->home;
    for (uint32_t i = 0; i < l->options->keys.n; i++)
        *vec_push(l->arena, &l->keys) = l->options->keys.v[i];
    for (uint32_t i = 0; home && home->keys && i < home->keys->keys.n; i++) {
        const struct known_key *k = &home->keys->keys.v[i];
        struct trusted_key *t = vec_push(l->arena, &l->keys);
        *t = (struct trusted_key){.key = k->key, .name = k->name};
        memcpy(t->id, k->id, sizeof t->id);
    }
}

/* ── bundles ── */

static bool look_at_bundle(struct looking *l, str path, struct err *e) {
    struct bundle b = {0};
    str text;
    if (l->options->given)
        b = *l->options->given;
    else if (!file_read_plain(l->ctx, l->arena, path, &text, e) ||
             !bundle_read_any(l->ctx, l->arena, text, path, &b, e))
        return false;
    for (uint32_t i = 0; i < b.statements.n; i++)
        look_at_envelope(l, b.statements.v[i].where, b.statements.v[i].text, b.statements.v[i].proof,
                         b.statements.v[i].where);
    if (b.statements.n == 0)
        say_fails(l, "envelope", path, _("there is no statement in it"));
    if (l->options->statements_only)
        return true;
    look_at_manifest(l);
    look_at_decisions(l);
    return true;
}

/* Bundles lie beside the files they speak of, or at the top of the folder that was released. */
static bool is_bundle(const char *name) { return str_ends(str_of(name), S(BUNDLE_END)); }

static int by_text(const void *x, const void *y) { return str_cmp(*(const str *)x, *(const str *)y); }

static void bundles_in(struct arena *a, str folder, struct patterns *out) {
    DIR *d = opendir(arena_cstr(a, folder.n ? folder : S(".")));
    for (struct dirent *entry; d && (entry = readdir(d));)
        if (is_bundle(entry->d_name))
            *vec_push(a, out) = folder.n ? path_join(a, folder, str_of(entry->d_name))
                                         : arena_str(a, str_of(entry->d_name));
    if (d)
        closedir(d);
    if (out->n)
        qsort(out->v, out->n, sizeof(str), by_text);
}

/* Of several, the one that speaks of these bytes, or else of the latest release. Nothing is believed yet. */
struct candidate_bundle {
    bool names_it;
    str released;
};
static struct candidate_bundle peek(struct looking *l, str path, str sha256) {
    struct candidate_bundle found = {.released = S("")};
    struct bundle b = {0};
    struct statement s;
    str text;
    if (!file_read_plain(l->ctx, l->arena, path, &text, NULL) ||
        !bundle_read_any(l->ctx, l->arena, text, path, &b, NULL))
        return found;
    for (uint32_t i = 0; i < b.statements.n; i++) {
        str payload = b.statements.v[i].envelope.payload;
        found.names_it |= sha256.n && str_find(payload, sha256) != STR_NONE;
        if (statement_parse(l->ctx, l->arena, payload, path, &s, NULL) && j_gets(s.predicate, "releasedOn").p)
            found.released = j_gets(s.predicate, "releasedOn");
    }
    return found;
}

static str choose(struct looking *l, const struct patterns *bundles, str sha256) {
    uint32_t best = 0;
    struct candidate_bundle chosen = {0};
    for (uint32_t i = 0; bundles->n > 1 && i < bundles->n; i++) {
        struct candidate_bundle c = peek(l, bundles->v[i], sha256);
        if (i == 0 || c.names_it > chosen.names_it ||
            (c.names_it == chosen.names_it && str_cmp(c.released, chosen.released) > 0)) {
            best = i;
            chosen = c;
        }
    }
    return bundles->n ? bundles->v[best] : (str){NULL, 0};
}

static str bundle_beside(struct looking *l, str file, str sha256) {
    struct patterns found = {0};
    str own = arena_cat(l->arena, file, S(BUNDLE_END));
    if (path_exists(own))
        return own;
    char *real = realpath(arena_cstr(l->arena, file), NULL);
    str at = path_dir(arena_str(l->arena, str_of(real ? real : "")));
    free(real);
    for (int i = 0; i < FOLDERS_ABOVE && at.n && !found.n; i++, at = path_dir(at))
        bundles_in(l->arena, at, &found);
    return choose(l, &found, sha256);
}

/* ── the kinds of things ── */

static bool look_at_file(struct looking *l, struct err *e) {
    l->out->kind = "file";
    if (!file_sha256(l->arena, l->out->thing, &l->out->sha256, NULL, e))
        return false;
    str bundle = l->options->bundle.p ? l->options->bundle : bundle_beside(l, l->out->thing, l->out->sha256);
    if (bundle.p) {
        if (!look_at_bundle(l, bundle, e))
            return false;
    } else if (!look_at_home(l, l->out->sha256, e)) {
        return false;
    }
    if (l->out->statements.n == 0) {
        say_fails(l, "subject", l->out->thing, _("nothing is said about this file"));
        say_hint(l, _("name the statements: --bundle NAME.akashi.json"));
        return true;
    }
    look_at_subject(l, l->out->thing, l->out->sha256);
    return true;
}

static bool look_at_release_folder(struct looking *l, struct err *e) {
    struct patterns beside = {0};
    bundles_in(l->arena, l->out->thing, &beside);
    str bundle = l->options->bundle.p ? l->options->bundle : choose(l, &beside, (str){NULL, 0});
    l->out->kind = "folder";
    if (!bundle.p) {
        say_fails(l, "release", l->out->thing, _("there is no bundle (NAME.akashi.json) in this folder"));
        say_hint(l, _("name the statements: --bundle NAME.akashi.json"));
        return true;
    }
    return look_at_bundle(l, bundle, e) && look_at_folder(l, l->out->thing, e);
}

/* An envelope with the proof of its log entry. */
static bool look_at_pair(struct looking *l, str envelope_path, str proof, str proof_path, struct err *e) {
    struct bundle b = {0};
    str bytes;
    if (!file_read_plain(l->ctx, l->arena, envelope_path, &bytes, e) ||
        !bundle_read_any(l->ctx, l->arena, bytes, envelope_path, &b, e))
        return false;
    for (uint32_t i = 0; i < b.statements.n; i++)
        look_at_envelope(l, envelope_path, b.statements.v[i].text, proof, proof_path);
    return true;
}

/* `akashi sign` writes NAME.dsse.json and NAME.tlog-proof: the proof tells when it was signed. */
static bool look_at_statements(struct looking *l, struct err *e) {
    str thing = l->out->thing, proof, text;
    bool bundle = is_bundle(arena_cstr(l->arena, path_base(thing)));
    l->out->kind = bundle ? "bundle" : "envelope";
    if (!bundle && str_ends(thing, S(".dsse.json"))) {
        proof = arena_cat(l->arena, str_upto(thing, thing.n - strlen(".dsse.json")), S(".tlog-proof"));
        if (path_exists(proof))
            return file_read(l->ctx, l->arena, proof, &text, e) && look_at_pair(l, thing, text, proof, e);
    }
    return look_at_bundle(l, thing, e);
}

/* A proof alone shows that something is in the log; with the envelope beside it, what. */
static bool look_at_proof(struct looking *l, str text, struct err *e) {
    str thing = l->out->thing, stem = thing, envelope_path = l->options->bundle;
    l->out->kind = "proof";
    if (!envelope_path.p) {
        if (str_ends(stem, S(".tlog-proof")))
            stem = str_upto(stem, stem.n - strlen(".tlog-proof"));
        envelope_path = arena_cat(l->arena, stem, S(".dsse.json"));
    }
    if (!path_exists(envelope_path)) {
        say_fails(l, "envelope", thing, _("the envelope the proof speaks of is not here: %.*s"),
                  STR_ARG(envelope_path));
        say_hint(l, _("name it: --bundle FILE"));
        return true;
    }
    return look_at_pair(l, envelope_path, text, thing, e);
}

static bool has_file(struct arena *a, str folder, const char *name) {
    return path_exists(path_join(a, folder, str_of(name)));
}

static bool look_at_any_folder(struct looking *l, struct err *e) {
    str thing = l->out->thing;
    if (has_file(l->arena, thing, "checkpoint") && has_file(l->arena, thing, "tile"))
        return look_at_log_folder(l, thing, e);
    if (has_file(l->arena, thing, "akashi.toml") && has_file(l->arena, thing, "log/checkpoint"))
        return look_at_home_folder(l, thing, e);
    if (has_file(l->arena, thing, "archive") && has_file(l->arena, thing, "packs"))
        return look_at_archive(l, thing, e);
    return look_at_release_folder(l, e);
}

static bool looks_like_statements(str head) {
    return str_find(head, S("\"payloadType\"")) != STR_NONE || str_find(head, S("\"dsseEnvelope\"")) != STR_NONE ||
           str_find(head, S("\"bundle\"")) != STR_NONE;
}

static bool look_at_any_file(struct looking *l, struct err *e) {
    str thing = l->out->thing, text;
    /* Whoever wants statements alone may have been sent them under any name. */
    bool json = str_ends(thing, S(".json")) || str_ends(thing, S(".jsonl")) || l->options->statements_only;
    bool proof = str_ends(thing, S(".tlog-proof"));
    if (json || proof || is_bundle(arena_cstr(l->arena, thing))) {
        if (!file_read(l->ctx, l->arena, thing, &text, e))
            return false;
        if (proof || str_starts(text, S("c2sp.org/tlog-proof@")))
            return look_at_proof(l, text, e);
        if (str_find(str_upto(text, 200), S("\"akashi-find/")) != STR_NONE)
            return look_at_find(l, text, e);
        /* A JSON file may itself be what was released: then statements about it lie beside it. */
        if (is_bundle(arena_cstr(l->arena, thing)) || (looks_like_statements(text) && !l->options->bundle.p))
            return look_at_statements(l, e);
    }
    return look_at_file(l, e);
}

bool verify_thing(struct ctx *c, struct arena *a, str thing, const struct verify_options *o, struct verdict *out,
                  struct err *e) {
    struct looking l = {.ctx = c, .arena = a, .options = o, .out = out};
    *out = (struct verdict){.thing = thing};
    gather_keys(&l);
    if (o->given) {
        out->kind = "bundle";
        if (!look_at_bundle(&l, thing, e))
            return false;
    } else if (!path_exists(thing)) {
        if (!look_at_named(&l, thing, e))
            return false;
    } else if (!(path_is_dir(thing) ? look_at_any_folder(&l, e) : look_at_any_file(&l, e))) {
        return false;
    }
    if (o->policy)
        look_at_policy(&l);
    return true;
}
