/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/shape.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "base/embedded.h"
#include "base/file.h"
#include "base/schema.h"

enum { FILES_MOST = 1000 };

bool shape_check_part(struct ctx *c, struct arena *a, const char *name, const struct json *doc, struct jv part,
                      struct err *e) {
    const struct embedded_file *f = embedded_impact_shapes;
    while (f->name && strcmp(f->name, name) != 0)
        f++;
    assert(f->name);
    const struct schema *s;
    return schema_ours(c, f, &s, e) && schema_check(s, a, doc, part, e);
}

bool shape_check(struct ctx *c, struct arena *a, const char *name, const struct json *doc, struct err *e) {
    return shape_check_part(c, a, name, doc, doc->root, e);
}

bool shape_id_ok(str id) {
    if (!id.n || id.n > 64 || id.p[0] == '-' || id.p[id.n - 1] == '-')
        return false;
    for (size_t i = 0; i < id.n; i++)
        if (!ch_lower(id.p[i]) && !ch_digit(id.p[i]) && !(id.p[i] == '-' && id.p[i - 1] != '-'))
            return false;
    return true;
}

static int by_id(const void *x, const void *y) {
    return str_cmp(((const struct shape_file *)x)->id, ((const struct shape_file *)y)->id);
}

static bool list(struct arena *a, DIR *dir, str folder, struct shape_files *out, struct err *e) {
    for (const struct dirent *d; (d = readdir(dir)) != NULL;) {
        str name = str_of(d->d_name);
        if (!str_ends(name, S(".json")) || name.p[0] == '.')
            continue;
        str id = arena_str(a, str_upto(name, name.n - 5)), path = path_join(a, folder, name);
        if (!shape_id_ok(id))
            return err_set(e, ERR_INPUT, path, _("the file's name must be lower-case letters, digits and hyphens"));
        if (out->n == FILES_MOST)
            return err_set(e, ERR_LIMIT, folder, _("more than %d files"), FILES_MOST);
        *vec_push(a, out) = (struct shape_file){.id = id, .path = path};
    }
    return true;
}

bool shape_folder(struct ctx *c, struct arena *a, str folder, struct shape_files *out, struct err *e) {
    *out = (struct shape_files){0};
    DIR *dir = folder.n ? opendir(arena_cstr(a, folder)) : NULL;
    if (!dir)
        return !folder.n || errno == ENOENT || err_errno(e, folder, _("cannot open"));
    bool ok = list(a, dir, folder, out, e);
    closedir(dir);
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, by_id);
    for (uint32_t i = 0; i < out->n && ok; i++)
        ok = file_read(c, a, out->v[i].path, &out->v[i].text, e);
    return ok;
}
