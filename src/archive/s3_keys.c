/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/s3.h"

enum { MOST = 64 << 10 };

static struct secret kept(str s) {
    struct secret out = secret_new(s.n + 1);
    if (s.n)
        memcpy(out.p, s.p, s.n);
    out.p[s.n] = 0;
    return out;
}

static bool read_private(const char *path, struct secret *out, struct err *e) {
    struct stat st;
    size_t got = 0;
    *out = (struct secret){0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_errno(e, str_of(path), _("cannot open the file"));
    bool ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= MOST;
    if (!ok)
        err_set(e, ERR_INPUT, str_of(path), _("this is no file with credentials"));
    if (ok && (st.st_mode & 077)) {
        err_set(e, ERR_ENV, str_of(path), _("others can read this file with credentials"));
        ok = err_hint(e, "chmod 600 %s", path);
    }
    if (ok) {
        *out = secret_new((size_t)st.st_size + 1);
        ok = disk_read_some(fd, path, out->p, (size_t)st.st_size, 0, &got, e);
        out->n = got;
    }
    close(fd);
    return ok;
}

static bool from_own_file(const char *variable, struct secret *out, struct err *e) {
    struct secret text;
    if (!read_private(getenv(variable), &text, e)) {
        secret_free(&text);
        return false;
    }
    *out = kept(str_trim(secret_str(&text)));
    secret_free(&text);
    return true;
}

static bool set(const char *variable) {
    const char *v = getenv(variable);
    return v && *v;
}

/* Lines "name = value" of one section. */
static void from_section(str text, str profile, struct s3_keys *out) {
    str line, name, value;
    bool in = false;
    while (str_line(&text, &line)) {
        line = str_trim(line);
        if (str_starts(line, S("["))) {
            str section = str_trim(
                str_upto(str_from(line, 1), str_chr(line, ']') == STR_NONE ? 0 : str_chr(line, ']') - 1));
            in = str_eq(section, profile);
        } else if (in && str_cut(line, '=', &name, &value)) {
            struct secret *to = str_is(str_trim(name), "aws_access_key_id")       ? &out->id
                                : str_is(str_trim(name), "aws_secret_access_key") ? &out->key
                                : str_is(str_trim(name), "aws_session_token")     ? &out->token
                                                                                  : NULL;
            if (to && !to->p)
                *to = kept(str_trim(value));
        }
    }
}

static bool from_file(str file, str profile, struct s3_keys *out, struct err *e) {
    struct secret text;
    struct arena *a = arena_new();
    bool ok = read_private(arena_cstr(a, file), &text, e);
    if (ok)
        from_section(secret_str(&text), profile.n ? profile : S("default"), out);
    secret_free(&text);
    arena_free(a);
    if (ok && (!out->id.p || !out->key.p))
        return err_set(e, ERR_INPUT, file,
                       _("the file has no aws_access_key_id and aws_secret_access_key for \"%.*s\""),
                       STR_ARG(profile.n ? profile : S("default")));
    return ok;
}

/* A line break in one of them would begin a header of its own. */
static bool plain(const struct secret *s) {
    for (size_t i = 0; s->p && s->p[i]; i++)
        if (s->p[i] <= ' ' || s->p[i] > '~')
            return false;
    return !s->p || s->p[0];
}

static bool find(str file, str profile, struct s3_keys *out, struct err *e) {
    if (file.p)
        return from_file(file, profile, out, e);
    if (set("AKASHI_S3_KEY_ID_FILE") && set("AKASHI_S3_SECRET_FILE"))
        return from_own_file("AKASHI_S3_KEY_ID_FILE", &out->id, e) &&
               from_own_file("AKASHI_S3_SECRET_FILE", &out->key, e) &&
               (!set("AKASHI_S3_TOKEN_FILE") || from_own_file("AKASHI_S3_TOKEN_FILE", &out->token, e));
    if (!set("AWS_ACCESS_KEY_ID") || !set("AWS_SECRET_ACCESS_KEY")) {
        err_set(e, ERR_USAGE, S("s3://"), _("there are no credentials for the store"));
        return err_hint(e, "%s",
                        _("--credentials FILE, or AKASHI_S3_KEY_ID_FILE and AKASHI_S3_SECRET_FILE, or "
                          "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"));
    }
    out->id = kept(str_of(getenv("AWS_ACCESS_KEY_ID")));
    out->key = kept(str_of(getenv("AWS_SECRET_ACCESS_KEY")));
    if (set("AWS_SESSION_TOKEN"))
        out->token = kept(str_of(getenv("AWS_SESSION_TOKEN")));
    return true;
}

bool s3_keys_find(str file, str profile, struct s3_keys *out, struct err *e) {
    *out = (struct s3_keys){0};
    if (find(file, profile, out, e) &&
        ((plain(&out->id) && plain(&out->key) && plain(&out->token)) ||
         err_set(e, ERR_INPUT, file.p ? file : S("s3://"), _("the credentials hold characters no credentials have"))))
        return true;
    s3_keys_free(out);
    return false;
}

void s3_keys_free(struct s3_keys *k) {
    secret_free(&k->id);
    secret_free(&k->key);
    secret_free(&k->token);
}
