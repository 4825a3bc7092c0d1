/* SPDX-License-Identifier: Apache-2.0
 *
 * What lies beside a file: the names in one folder of a source. As with source_read, the root of the source is the
 * root of the system, so that no link leads outside.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"
#include "collect/source.h"

static int by_name(const void *x, const void *y) { return str_cmp(*(const str *)x, *(const str *)y); }

static int open_folder(int root, const char *path) {
    struct open_how how = {.flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK,
                           .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS};
    long fd = syscall(SYS_openat2, root, path, &how, sizeof how);
    if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
        return (int)fd;
    return openat(root, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static bool list_folder(struct source *s, str folder, struct arena *a, struct source_names *out, struct err *e) {
    char path[PATH_MAX];
    if (folder.n >= sizeof path || s->root < 0)
        return true;
    snprintf(path, sizeof path, "%.*s", STR_ARG(folder.n ? folder : S(".")));
    int fd = open_folder(s->root, path);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (!dir) {
        if (fd >= 0)
            close(fd);
        return errno == ENOENT || errno == ENOTDIR || err_errno(e, folder, _("cannot read the folder"));
    }
    for (struct dirent *d; (d = readdir(dir)) && out->n < s->ctx->limits.entries;)
        if (d->d_type != DT_DIR && d->d_name[0] != '.')
            *vec_push(a, out) = arena_str(a, str_of(d->d_name));
    closedir(dir);
    return true;
}

static void list_packed(struct source *s, str folder, struct arena *a, struct source_names *out) {
    for (uint32_t i = 0; i < s->candidates.n; i++) {
        str path = s->candidates.v[i].file.path;
        if (str_eq(path_dir(path), folder))
            *vec_push(a, out) = path_base(path);
    }
}

bool source_list(struct source *s, str folder, struct arena *a, struct source_names *out, struct err *e) {
    *out = (struct source_names){0};
    if (s->packed)
        list_packed(s, folder, a, out);
    else if (!list_folder(s, folder, a, out, e))
        return false;
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, by_name);
    return true;
}
