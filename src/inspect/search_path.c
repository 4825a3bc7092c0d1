/* SPDX-License-Identifier: Apache-2.0
 *
 * Search paths for libraries (DT_RPATH, DT_RUNPATH, LC_RPATH): which elements could somebody else fill?
 */
#include <sys/stat.h>

#include "inspect/elf.h"

/* Folders that everybody, or a user, or whoever built the program writes to. */
static const char *const loose[] = {"/tmp",   "/var/tmp", "/dev/shm", "/home",        "/root", "/run/user",
                                    "/Users", "/build",   "/builds",  "/private/tmp", "/mnt",  "/media"};

static bool under(str path, str folder) {
    return str_starts(path, folder) && (path.n == folder.n || path.p[folder.n] == '/');
}

static bool writable_by_others(struct arena *a, str path) {
    struct stat st;
    return stat(arena_cstr(a, path), &st) == 0 && S_ISDIR(st.st_mode) && (st.st_mode & S_IWOTH);
}

static bool is_unsafe(struct arena *a, str element, bool privileged, bool host) {
    bool origin = str_starts(element, S("$ORIGIN")) || str_starts(element, S("${ORIGIN}")) ||
                  str_starts(element, S("@executable_path")) || str_starts(element, S("@loader_path"));
    if (origin)
        return privileged; /* who makes a hard link to it chooses the folder */
    if (element.n == 0 || (element.p[0] != '/' && element.p[0] != '@'))
        return true;
    if (str_find(element, S("/../")) != STR_NONE && str_starts(element, S("/..")))
        return true;
    for (size_t i = 0; i < sizeof loose / sizeof *loose; i++)
        if (under(element, str_of(loose[i])))
            return true;
    return host && element.p[0] == '/' && writable_by_others(a, element);
}

str search_path_unsafe(struct arena *a, str path, bool privileged, bool host) {
    if (!path.n) /* loaders take an empty one for none */
        return (str){NULL, 0};
    struct buf b = {0};
    str element, rest = path;
    while (str_next(&rest, ':', &element)) {
        if (!is_unsafe(a, element, privileged, host))
            continue;
        if (b.n)
            buf_addz(&b, ", ");
        buf_addf(&b, element.n ? "%.*s" : "\"%.*s\"", STR_ARG(element));
    }
    str out = b.n ? arena_str(a, buf_str(&b)) : (str){NULL, 0};
    buf_free(&b);
    return out;
}
