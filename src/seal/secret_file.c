/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/secret_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool private_file(int fd, str path, struct err *e) {
    struct stat st;
    if (fstat(fd, &st) != 0)
        return err_errno(e, path, _("cannot read the file"));
    if (st.st_uid != geteuid() && st.st_uid != 0) {
        err_set(e, ERR_ENV, path, _("this secret belongs to another user"));
        return err_hint(e, _("chown %u %.*s, after a look at how it came to be"), (unsigned)geteuid(), STR_ARG(path));
    }
    if (!S_ISREG(st.st_mode) || (st.st_mode & 077) == 0)
        return true;
    err_set(e, ERR_ENV, path, _("others may read or change this secret (its mode is %04o)"),
            (unsigned)(st.st_mode & 07777));
    return err_hint(e, "chmod 600 %.*s", STR_ARG(path));
}

static bool read_all(int fd, str path, struct secret *out, size_t *n, struct err *e) {
    for (*n = 0; *n < out->n;) {
        ssize_t got = read(fd, out->p + *n, out->n - *n);
        if (got == 0)
            return true;
        if (got < 0 && errno != EINTR)
            return err_errno(e, path, _("cannot read the file"));
        *n += got > 0 ? (size_t)got : 0;
    }
    return err_set(e, ERR_LIMIT, path, _("the file is too long for what it should hold"));
}

bool secret_file_read(str path, size_t most, enum secret_care care, struct secret *out, struct err *e) {
    size_t n = 0;
    struct arena *a = arena_new();
    int fd = open(arena_cstr(a, path), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    *out = secret_new(most + 1);
    bool ok = fd >= 0 || err_errno(e, path, _("cannot open the file"));
    ok = ok && (care == SECRET_AS_IT_IS || private_file(fd, path, e)) && read_all(fd, path, out, &n, e);
    if (fd >= 0)
        close(fd);
    arena_free(a);
    if (ok)
        out->n = n;
    else
        secret_free(out);
    return ok;
}
