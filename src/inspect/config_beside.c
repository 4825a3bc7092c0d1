/* SPDX-License-Identifier: Apache-2.0
 *
 * What a configuration file includes. Files are looked for in the tree that is inspected, never in the system of
 * whoever inspects: /etc/ssh/sshd_config.d means the folder beside the sshd_config that says so.
 */
#include "base/file.h"
#include "collect/source.h"
#include "inspect/config.h"

/* Folder the file's relative paths begin at: up to and with `home` in its path, else its own. *root is what stands in
 * front of home. */
static str home_folder(const struct config *c, str home, str *root) {
    str path = str_from(c->found->path, c->found->source->prefix.n); /* "outer.deb!" in front of it */
    *root = (str){NULL, 0};
    for (size_t i = path.n; i-- > 0;)
        if ((i == 0 || path.p[i - 1] == '/') && str_starts(str_from(path, i), home) && path.n > i + home.n &&
            path.p[i + home.n] == '/') {
            *root = str_upto(path, i);
            return str_upto(path, i + home.n);
        }
    return path_dir(path);
}

// NOLINTNEXTLINE(misc-no-recursion): the second call has a relative path
static str resolved(const struct config *c, str pattern, str home) {
    str root, folder = home_folder(c, home, &root);
    if (!str_starts(pattern, S("/")))
        return path_clean(c->a, arena_printf(c->a, "%.*s/%.*s", STR_ARG(folder.n ? folder : S(".")), STR_ARG(pattern)));
    str inside = str_from(pattern, 1);
    if (str_starts(inside, home) && inside.n > home.n && inside.p[home.n] == '/')
        return resolved(c, str_from(inside, home.n + 1), home);
    return root.p ? path_clean(c->a, arena_cat(c->a, root, inside)) : (str){NULL, 0};
}

static bool take(struct config *c, str path, struct config_pieces *out, struct err *e) {
    struct config_piece piece = {.path = path};
    if (c->n_pieces >= CONFIG_PIECES)
        return err_set(e, ERR_LIMIT, c->path, _("more than %d included files"), CONFIG_PIECES);
    if (!source_read(c->found->source, path, c->a, &piece.bytes, e))
        return e->kind == ERR_NONE;
    c->n_pieces++;
    *vec_push(c->a, out) = piece;
    return true;
}

bool config_beside(struct config *c, str pattern, const char *home, struct config_pieces *out, struct err *e) {
    struct source_names names;
    *out = (struct config_pieces){0};
    str path = c->found && c->found->source ? resolved(c, pattern, str_of(home)) : (str){NULL, 0};
    if (!path.n)
        return true;
    str folder = path_dir(path), base = path_base(path);
    if (str_chr(base, '*') == STR_NONE && str_chr(base, '?') == STR_NONE)
        return take(c, path, out, e);
    if (!source_list(c->found->source, folder, c->a, &names, e))
        return false;
    for (uint32_t i = 0; i < names.n; i++)
        if (str_glob(base, names.v[i]) && !take(c, path_join(c->a, folder, names.v[i]), out, e))
            return false;
    return true;
}
