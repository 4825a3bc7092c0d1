/* SPDX-License-Identifier: Apache-2.0
 *
 * Packs that are written anew without some of their chunks. What is kept is on disk in another pack before the old one
 * goes, so an interruption at any point leaves every chunk somewhere; at worst twice, which harms nothing.
 */
#include <stdio.h>
#include <stdlib.h>

#include "archive/inner.h"
#include "base/file.h"

struct rewriting {
    struct archive *a;
    bool (*keep)(void *arg, const struct entry_head *h);
    void *arg;
    uint64_t kept;
};

static bool rewrite_block(void *arg, const struct block_seen *b, struct err *e) {
    struct rewriting *r = arg;
    struct entry_head h;
    struct body_name got;
    size_t from = 0;
    if (b->head.kind != BLOCK_CHUNKS || !b->whole || !b->table.p || !b->raw.p)
        return true;
    for (size_t at = 0; table_next(b->table, &at, &h); from += h.size) {
        str bytes = str_n(b->raw.p + from, h.size);
        if (!r->keep(r->arg, &h))
            continue;
        digest_of(DIGEST_SHA256, bytes, got.b);
        if (h.kind != CHUNK_LIST && memcmp(got.b, h.name.b, 32) != 0)
            continue;
        if (!chunk_put_again(r->a, &h.name, h.kind, bytes, e))
            return false;
        r->kept++;
    }
    return true;
}

bool pack_rewrite(struct archive *a, const struct census_pack *p, bool (*keep)(void *arg, const struct entry_head *h),
                  void *arg, uint64_t *kept, struct err *e) {
    struct rewriting r = {a, keep, arg, 0};
    struct pack_walk w = {.bodies = true, .raw = true, .each = rewrite_block, .arg = &r};
    struct pack_file f;
    if (!pack_open(a, p->id, &f, NULL, e))
        return false;
    bool ok = pack_each(a, &f, PACK_HEAD, &w, e);
    pack_close(&f);
    *kept += r.kept;
    return ok;
}

static bool retire(struct archive *a, const struct census_pack *p, bool aside, struct err *e) {
    struct pack_file f;
    char to[PATH_MAX], name[PATH_MAX];
    if (!pack_open(a, p->id, &f, NULL, e))
        return false;
    pack_close(&f);
    if (!aside)
        return disk_remove(a->ctx, f.path, e);
    str base = path_base(str_of(f.path));
    snprintf(name, sizeof name, "damaged/%.*s", STR_ARG(base));
    return archive_path(a, "damaged", to, e) && disk_folder(a->ctx, to, 0700, e) && archive_path(a, name, to, e) &&
           disk_rename(a->ctx, f.path, to, e);
}

bool packs_retire(struct archive *a, const struct census_pack *const *packs, uint32_t n, bool aside, struct err *e) {
    char path[PATH_MAX];
    if (!archive_sync(a, e))
        return false;
    for (uint32_t i = 0; i < n; i++)
        if (!retire(a, packs[i], aside, e))
            return false;
    if (n && (!archive_path(a, "packs", path, e) || !disk_sync_folder(a->ctx, path, e)))
        return false;
    if (!archive_finish(a, e)) /* so that everything can be read anew from the packs */
        return false;
    pthread_mutex_lock(&a->lock);
    archive_forget_index(a);
    bool ok = archive_refresh(a, e);
    pthread_mutex_unlock(&a->lock);
    return ok && archive_index_save(a, SAVE_ALWAYS, e);
}
