/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/script.h"

#include "base/file.h"

enum { DAY = 86400, ID_DIGITS = 12 };

/* ── names ── */

static const char *filled(struct script *s, const char *text, struct err *e) {
    struct buf b = {0};
    str rest = str_of(text), head, name;
    const char *out = NULL;
    while (str_cut(rest, '{', &head, &rest) && str_cut(rest, '}', &name, &rest)) {
        const str *value = map_get(&s->names, name);
        buf_add(&b, head);
        if (!value) {
            err_set(e, ERR_ENV, str_of(text), _("nothing is known by this name yet: %.*s"), STR_ARG(name));
            goto out;
        }
        buf_add(&b, *value);
    }
    buf_add(&b, head);
    out = arena_cstr(s->play.arena, buf_str(&b));
out:
    buf_free(&b);
    return out;
}

static bool is_id(str at) {
    for (size_t i = 0; i < ID_DIGITS; i++)
        if (i >= at.n || !ch_hex(at.p[i]))
            return false;
    return true;
}

static bool keep(struct script *s, const char *what, str text, struct err *e) {
    str name, prefix, rest = text;
    struct arena *a = s->play.arena;
    (void)str_cut(str_of(what), '=', &name, &prefix);
    for (size_t at; (at = str_find(rest, prefix)) != STR_NONE;) {
        rest = str_from(rest, at + prefix.n);
        if (!is_id(rest))
            continue;
        str *value = arena_new_of(a, str);
        *value = arena_cat(a, prefix, str_upto(rest, ID_DIGITS));
        map_put(&s->names, name, NULL)->value = value;
        return true;
    }
    return err_set(e, ERR_ENV, str_of(what), "%s", _("what was printed names nothing of this kind"));
}

/* ── steps ── */

static bool write_file(struct script *s, const struct script_step *step, struct err *e) {
    struct arena *a = s->play.arena;
    bool more = step->file[0] == '>';
    str path = path_join(a, s->play.folder, str_of(step->file + (more ? 2 : 0))), content = str_of(_(step->content));
    str before = S("");
    struct ctx ctx;
    ctx_init(&ctx);
    bool ok = (!path_dir(path).n || folder_make(path_dir(path), 0755, e)) &&
              (!more || file_read(&ctx, a, path, &before, e)) && file_replace(path, arena_cat(a, before, content), e);
    ctx_free(&ctx);
    return ok;
}

static bool is_as_expected(const struct script_step *step, const char *line, const struct played *p, struct err *e) {
    if (!step->holds || str_find(p->text, str_of(step->holds)) != STR_NONE)
        return true;
    return err_set(e, ERR_ENV, str_of(line), _("it should print: %s"), step->holds);
}

bool script_step(struct script *s, const struct script_step *step, struct err *e) {
    int64_t at = s->begin + (int64_t)step->day * DAY + DAY * 3 / 8; /* nine o'clock */
    struct played played;
    if (s->play.now < at)
        s->play.now = at;
    if (s->play.now > s->latest)
        s->play.now = s->latest;
    if (step->file && !write_file(s, step, e))
        return false;
    if (!step->line)
        return !s->told || s->told(s->arg, step, NULL, NULL, e);
    const char *line = filled(s, step->line, e);
    return line && play_expect(&s->play, line, step->code, &played, e) && is_as_expected(step, line, &played, e) &&
           (!step->keep || keep(s, step->keep, played.text, e)) &&
           (!s->told || s->told(s->arg, step, line, &played, e));
}

bool script_run(struct script *s, const struct script_step *steps, struct err *e) {
    for (const struct script_step *step = steps; step->line || step->file; step++)
        if (!script_step(s, step, e))
            return false;
    return true;
}
