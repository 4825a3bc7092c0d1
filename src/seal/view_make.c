/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <unistd.h>

#include "base/cipher.h"
#include "base/digest.h"
#include "base/disk.h"
#include "base/embedded.h"
#include "base/file.h"
#include "seal/view_inner.h"

const char *view_sql(const char *name) {
    const struct embedded_file *f = embedded_view_sql;
    while (f->name && strcmp(f->name, name) != 0)
        f++;
    return f->bytes;
}

bool making_begin(struct view *v, uint64_t from, uint64_t to, struct making *m, struct err *e) {
    *m = (struct making){.v = v, .segment = {.from = from, .to = to}};
    random_bytes(m->segment.id, DB_ID);
    m->path = arena_printf(v->a, "%.*s/%.*s.new", STR_ARG(v->folder), STR_ARG(hex_text(v->a, m->segment.id, DB_ID)));
    if (db_open_checked(v->ctx, m->path, m->segment.id, true, &m->db, e) && db_exec(m->db, view_sql("writing"), e) &&
        db_exec(m->db, view_sql("schema"), e))
        return true;
    making_drop(m);
    return false;
}

void making_drop(struct making *m) {
    db_close(m->db);
    db_close(m->segment.db);
    m->db = m->segment.db = NULL;
    unlink(arena_cstr(m->v->a, m->path));
}

static bool sync_file(struct making *m, struct err *e) {
    const char *path = arena_cstr(m->v->a, m->path);
    int fd;
    if (!disk_open(m->v->ctx, path, O_RDWR, 0, &fd, NULL, e))
        return false;
    bool ok = disk_sync(m->v->ctx, fd, path, e);
    close(fd);
    return ok;
}

bool making_end(struct making *m, bool ok, struct err *e) {
    ok = ok && db_exec(m->db, "COMMIT", e);
    db_close(m->db);
    m->db = NULL;
    ok = ok && sync_file(m, e) && db_open_checked(m->v->ctx, m->path, m->segment.id, false, &m->segment.db, e);
    if (!ok)
        making_drop(m);
    return ok;
}

bool making_take(struct making *m, struct err *e) {
    struct view *v = m->v;
    str path = arena_printf(v->a, "%.*s/%.*s.db", STR_ARG(v->folder), STR_ARG(hex_text(v->a, m->segment.id, DB_ID)));
    if (rename(arena_cstr(v->a, m->path), arena_cstr(v->a, path)) == 0)
        return true;
    err_errno(e, path, _("cannot take its place"));
    making_drop(m);
    return false;
}
