/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "base/pool.h"
#include "release/checklist.h"
#include "seal/tiles.h"

/* ── a log as a server has it ── */

struct rehash {
    struct looking *l;
    struct tile_reader from;
    struct tiles tiles;
    struct merkle_edge edge;
    uint32_t bad_tiles;
};

/* The bottom tile must hold the hashes of the entries beside it. */
static bool check_tile(struct rehash *r, struct arena *a, uint64_t index, const struct hash *hashes, unsigned n,
                       struct err *e) {
    struct tile tile = {.index = index, .width = n};
    str bytes;
    if (!tiles_read(&r->from, a, &tile, &bytes, e))
        return false;
    for (unsigned i = 0; i < n; i++)
        if (memcmp(bytes.p + (size_t)i * 32, hashes[i].b, 32) != 0) {
            char name[TILE_NAME_MOST];
            size_t len = tile_name(&tile, name);
            r->bad_tiles++;
            say_fails(r->l, "tile", arena_str(r->l->arena, str_n(name, len)),
                      _("the hash of entry %llu is not that of the entry"), (unsigned long long)index * TILE_WIDTH + i);
            break;
        }
    return true;
}

static bool check_bundle(struct rehash *r, uint64_t index, struct err *e) {
    struct arena *own = arena_new();
    str *entries = arena_array(own, str, TILE_WIDTH);
    struct hash hashes[TILE_WIDTH];
    unsigned n = 0;
    bool ok = tiles_entries(&r->tiles, own, index, entries, &n, e);
    for (unsigned i = 0; ok && i < n; i++) {
        hashes[i] = merkle_leaf(entries[i]);
        merkle_edge_add(&r->edge, hashes[i]);
    }
    ok = ok && check_tile(r, own, index, hashes, n, e);
    arena_free(own);
    return ok;
}

static void look_at_checkpoint(struct looking *l, const struct note *note, const struct checkpoint *at, str where) {
    struct tlog_policy p = policy_for(l, at->origin);
    struct tlog_policy_verdict v = {0};
    tlog_policy_judge(l->arena, &p, note, at->origin, &v);
    if (v.broken.n)
        say_fails(l, "checkpoint", where, _("the signature of %.*s under the checkpoint is bad"), STR_ARG(v.broken));
    else if (!v.log_good)
        say_fails(l, "checkpoint", where,
                  _("the checkpoint of the log %.*s is signed by no key that is trusted; its key: akashi key export "
                    "--format vkey"),
                  STR_ARG(at->origin));
    else
        say_holds(l, "checkpoint", where, _("%.*s with %llu entries, signed by a trusted key"), STR_ARG(at->origin),
                  (unsigned long long)at->size);
    if (l->options->log_policy && v.log_good && !v.quorum_met)
        say_fails(l, "witness", where, _("too few witnesses cosigned the checkpoint"));
    else if (l->options->log_policy && v.log_good && v.cosigned.n)
        say_holds(l, "witness", where, msg_n("cosigned by %u witness", "cosigned by %u witnesses", v.cosigned.n),
                  v.cosigned.n);
}

static bool rehash_all(struct rehash *r, const struct checkpoint *at, struct err *e) {
    uint64_t bundles = at->size / TILE_WIDTH + (at->size % TILE_WIDTH != 0);
    struct progress *p = progress_begin(r->l->ctx, _("checking the log"), bundles);
    bool ok = true;
    for (uint64_t i = 0; ok && i < bundles; i++) {
        ok = check_bundle(r, i, e);
        progress_add(p, 1);
    }
    progress_end(p);
    return ok;
}

bool look_at_log_folder(struct looking *l, str folder, struct err *e) {
    str where = path_join(l->arena, folder, S("checkpoint")), text;
    struct note note;
    struct checkpoint at;
    struct err fault = {0};
    l->out->kind = "log";
    if (!file_read(l->ctx, l->arena, where, &text, e) || !note_parse(l->arena, text, where, &note, e) ||
        !checkpoint_parse(note.text, where, &at, e))
        return false;
    look_at_checkpoint(l, &note, &at, where);
    struct rehash r = {.l = l, .from = tile_folder(arena_cstr(l->arena, folder))};
    tiles_open(&r.tiles, l->arena, &r.from, at.size);
    if (!rehash_all(&r, &at, &fault)) {
        say_fails(l, "entries", arena_str(l->arena, str_of(fault.where)), "%s", fault.what);
        return true;
    }
    struct hash root = at.size ? merkle_edge_root(&r.edge) : merkle_empty();
    if (memcmp(root.b, at.root, sizeof root.b) != 0)
        say_fails(l, "entries", folder, _("the entries do not make the root the checkpoint states"));
    else if (r.bad_tiles == 0)
        say_holds(l, "entries", folder, _("all entries make the root the checkpoint states"));
    return true;
}
