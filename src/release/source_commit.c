/* SPDX-License-Identifier: Apache-2.0 */
#include "release/source_commit.h"

#include <stdlib.h>

#include "base/file.h"

enum { REF_HOPS = 5, ABOVE_MOST = 64 };

struct git_folder {
    struct ctx *c;
    struct arena *a;
    str own, shared; /* a linked work tree has a folder of its own; refs and settings lie in the shared one */
};

static bool is_commit(str s) {
    if (s.n != 40 && s.n != 64)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!ch_hex(s.p[i]))
            return false;
    return true;
}

static str read_small(struct git_folder *g, str folder, str name) {
    str text, path = path_join(g->a, folder, name);
    if (!path_exists(path) || path_is_dir(path) || !file_read(g->c, g->a, path, &text, NULL))
        return (str){NULL, 0};
    return text;
}

static str rooted(struct arena *a, str base, str path) {
    return str_starts(path, S("/")) ? path : path_join(a, base, path);
}

static bool open_folder(struct git_folder *g, str work_tree) {
    str dot = path_join(g->a, work_tree, S(".git")), text, line, rest;
    if (!path_exists(dot))
        return false;
    g->own = dot;
    if (!path_is_dir(dot)) {
        if (!file_read(g->c, g->a, dot, &text, NULL) || !str_starts(text, S("gitdir:")))
            return false;
        rest = str_from(text, strlen("gitdir:"));
        if (!str_line(&rest, &line))
            return false;
        g->own = rooted(g->a, work_tree, str_trim(line));
    }
    str common = str_trim(read_small(g, g->own, S("commondir")));
    g->shared = common.n ? rooted(g->a, g->own, common) : g->own;
    return path_exists(path_join(g->a, g->own, S("HEAD")));
}

static str packed_ref(struct git_folder *g, str ref) {
    str text = read_small(g, g->shared, S("packed-refs")), line, commit, name;
    while (str_line(&text, &line))
        if (str_cut(line, ' ', &commit, &name) && str_eq(name, ref) && is_commit(commit))
            return commit;
    return (str){NULL, 0};
}

/* Refs are relative names below the folder: one that climbs out is no ref. */
static str ref_commit(struct git_folder *g, str ref) {
    for (int hop = 0; hop < REF_HOPS; hop++) {
        str clean = path_clean(g->a, ref);
        if (!clean.p)
            return (str){NULL, 0};
        str text = str_trim(read_small(g, g->own, clean));
        if (!text.n)
            text = str_trim(read_small(g, g->shared, clean));
        if (is_commit(text))
            return text;
        if (!str_starts(text, S("ref:")))
            return packed_ref(g, clean);
        ref = str_trim(str_from(text, strlen("ref:")));
    }
    return (str){NULL, 0};
}

/* `[remote "origin"]` … `url = …`; another remote counts when there is no origin. */
static str remote_url(struct git_folder *g) {
    str text = read_small(g, g->shared, S("config")), line, key, value, found = {NULL, 0};
    bool in_remote = false, in_origin = false;
    while (str_line(&text, &line)) {
        line = str_trim(line);
        if (str_starts(line, S("["))) {
            in_remote = str_istarts(line, S("[remote \""));
            in_origin = in_remote && str_find(line, S("\"origin\"")) != STR_NONE;
        } else if (in_remote && str_cut(line, '=', &key, &value) && str_ieq(str_trim(key), S("url"))) {
            if (in_origin)
                return str_trim(value);
            if (!found.p)
                found = str_trim(value);
        }
    }
    return found;
}

str url_without_secrets(struct arena *a, str url) {
    size_t scheme = str_find(url, S("://"));
    if (scheme == STR_NONE)
        return url;
    str rest = str_from(url, scheme + 3);
    size_t slash = str_chr(rest, '/');
    str authority = str_upto(rest, slash == STR_NONE ? rest.n : slash), user, host;
    if (!str_rcut(authority, '@', &user, &host) || !user.p)
        return url;
    return arena_printf(a, "%.*s://%.*s%.*s", STR_ARG(str_upto(url, scheme)), STR_ARG(host),
                        STR_ARG(str_from(rest, authority.n)));
}

static void read_head(struct git_folder *g, struct source_commit *out) {
    str head = str_trim(read_small(g, g->own, S("HEAD")));
    if (is_commit(head)) {
        out->commit = head;
    } else if (str_starts(head, S("ref:"))) {
        out->ref = str_trim(str_from(head, strlen("ref:")));
        out->commit = ref_commit(g, out->ref);
    }
    str url = remote_url(g);
    if (url.n)
        out->url = url_without_secrets(g->a, url);
}

bool source_commit_read(struct ctx *c, struct arena *a, str folder, struct source_commit *out, struct err *e) {
    struct git_folder g = {.c = c, .a = a};
    char *real = realpath(arena_cstr(a, folder.n ? folder : S(".")), NULL);
    if (!real)
        return err_errno(e, folder, _("cannot be opened"));
    str at = arena_str(a, str_of(real));
    free(real);
    *out = (struct source_commit){0};
    for (int i = 0; i < ABOVE_MOST && at.n; i++, at = path_dir(at))
        if (open_folder(&g, at)) {
            read_head(&g, out);
            return true;
        }
    err_set(e, ERR_INPUT, folder, _("this is no git work tree"));
    return err_hint(e, "%s", _("give --source the folder of the sources, or leave it out"));
}
