/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/settings_file.h"

#include "serve/version.h"

#include <sys/stat.h>

#include "base/digest.h"
#include "base/disk.h"
#include "base/file.h"
#include "base/toml_edit.h"
#include "base/tree.h"
#include "impact/verdict.h"
#include "node/notify.h"

bool settings_file_read(struct call *q, struct settings_file *out, struct err *e) {
    *out = (struct settings_file){.path = path_join(q->a, q->home->path, S("akashi.toml")), .text = S("")};
    if (path_exists(out->path) && !file_read(q->ctx, q->a, out->path, &out->text, e))
        return false;
    out->text = text_utf8(q->a, out->text); /* editors of some systems write UTF-16 */
    out->version = str_upto(digest_hex(q->a, DIGEST_SHA256, out->text), 24);
    return toml_parse(q->ctx, q->a, out->text, S("akashi.toml"), &out->doc, e);
}

/* Beside the file, so that everybody who reads it may look at it first. */
static bool try_text(struct call *q, str path, str text, struct err *e) {
    struct verdict_policy policy;
    struct subscriptions subs;
    str beside = arena_cat(q->a, path, S(".try"));
    if (!subscriptions_parse(q->ctx, q->a, q->home->path, text, S("akashi.toml"), &subs, e) ||
        !disk_put(q->ctx, arena_cstr(q->a, beside), text, 0600, DISK_SOON, e))
        return false;
    bool ok = verdict_policy_read(q->ctx, q->a, beside, &policy, e);
    return disk_remove(q->ctx, arena_cstr(q->a, beside), ok ? e : NULL) && ok;
}

bool settings_file_put(struct call *q, const struct settings_file *f, str text, struct err *e) {
    if (!try_text(q, f->path, text, e)) {
        if (e->kind == ERR_INPUT)
            e->kind = ERR_USAGE;
        return false;
    }
    struct stat st;
    const char *path = arena_cstr(q->a, f->path);
    unsigned mode = stat(path, &st) == 0 ? st.st_mode & 0777 : 0600;
    return disk_put(q->ctx, path, text, mode, DISK_DURABLE, e);
}

static uint32_t count(const struct settings_file *f, const char *name) {
    return (uint32_t)j_len(j_get(f->doc.root, name));
}

/* Written as an inline list, say: then it is for people to change. */
static bool is_plain(struct call *q, const struct settings_file *f, const char *name, struct err *e) {
    if (toml_tables(q->a, f->text, str_of(name)) == count(f, name))
        return true;
    err_set(e, ERR_USAGE, S("akashi.toml"), _("[[%s]] is written there in a form that is not changed here"), name);
    return err_hint(e, "%s", _("edit the file, or write one table for each"));
}

bool settings_file_add(struct call *q, const struct settings_file *f, const char *name, struct jv table,
                       struct err *e) {
    return is_plain(q, f, name, e) && settings_file_put(q, f, toml_add_table(q->a, f->text, str_of(name), table), e);
}

bool settings_file_drop(struct call *q, const struct settings_file *f, const char *name, uint32_t n, struct err *e) {
    return is_plain(q, f, name, e) && settings_file_put(q, f, toml_drop_table(q->a, f->text, str_of(name), n), e);
}

bool settings_file_told(struct call *q, int status,
                        bool (*put)(struct call *q, struct jw *w, const void *file, struct err *e), struct err *e) {
    struct settings_file f;
    if (!settings_file_read(q, &f, e))
        return false;
    struct jw *w = call_json_as(q, status);
    call_tag(q, f.version);
    return put(q, w, &f, e);
}
