/* SPDX-License-Identifier: Apache-2.0 */
#include "archive/copy_place.h"

bool copy_open(struct ctx *c, const struct copy_options *o, enum copy_use use, struct copy_place *out, struct err *e) {
    *out = (struct copy_place){.ctx = c, .arena = arena_new(), .o = o};
    bool ok = str_istarts(o->place, S("s3://")) ? s3_open(out, e) : copy_folder_open(out, use, e);
    if (!ok)
        copy_close(out);
    return ok;
}

void copy_close(struct copy_place *p) {
    if (p->kind)
        p->kind->close(p);
    arena_free(p->arena);
    *p = (struct copy_place){0};
}

bool copy_pack_id(str name, unsigned char id[PACK_ID]) {
    return name.n == 6 + 2 * PACK_ID + 5 && str_starts(name, S("packs/")) && str_ends(name, S(".pack")) &&
           hex_bytes(str_n(name.p + 6, 2 * PACK_ID), id, PACK_ID);
}

str copy_pack_name(struct arena *a, const unsigned char id[PACK_ID]) {
    return arena_printf(a, "packs/%.*s.pack", STR_ARG(hex_text(a, id, PACK_ID)));
}

bool copy_measure(int fd, str where, struct copy_item *item, struct err *e) {
    enum { PIECE = 1 << 20 };
    struct buf b = {0};
    struct digest_state *sum = digest_begin(DIGEST_SHA256);
    struct arena *a = arena_new();
    const char *path = arena_cstr(a, where);
    size_t got = 1;
    bool ok = true;
    item->size = 0;
    while (ok && got) {
        ok = disk_read_some(fd, path, buf_room(&b, PIECE), PIECE, item->size, &got, e);
        if (ok)
            digest_add(sum, str_n(b.p, got));
        item->size += ok ? got : 0;
    }
    digest_end(sum, item->sha256);
    buf_free(&b);
    arena_free(a);
    return ok;
}
