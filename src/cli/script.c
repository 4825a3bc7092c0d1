/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/script.h"

#include "base/file.h"

enum { DAY = 86400, ID_DIGITS = 12 };

/* ── names ── */

void script_name(struct script *s, str name, str value) {
    str *kept = arena_new_of(s->play.arena, str);
    *kept = value;
    map_put(&s->names, name, NULL)->value = kept;
}

static void name_days(struct script *s, int day) {
    static const struct {
        const char *name;
        int days;
    } all[] = {{"TODAY", 0}, {"IN-2-WEEKS", 14}, {"IN-2-MONTHS", 61}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        script_name(s, str_of(all[i].name),
                    str_upto(time_rfc3339(s->play.arena, s->begin + (int64_t)(day + all[i].days) * DAY), 10));
}

/* "D" of "{D} …"; absent when no name begins here. */
static str name_at(str text) {
    size_t n = 1;
    while (n < text.n && (ch_upper(text.p[n]) || ch_digit(text.p[n]) || text.p[n] == '-'))
        n++;
    return n > 1 && n < text.n && text.p[n] == '}' ? str_n(text.p + 1, n - 1) : (str){NULL, 0};
}

/* Absent after a failure. */
static str filled(struct script *s, const char *text, struct err *e) {
    struct buf b = {0};
    str rest = str_of(text);
    while (rest.n) {
        str name = rest.p[0] == '{' ? name_at(rest) : (str){NULL, 0};
        const str *value = name.p ? map_get(&s->names, name) : NULL;
        if (name.p && !value) {
            buf_free(&b);
            err_set(e, ERR_ENV, str_of(text), _("nothing is known by this name yet: %.*s"), STR_ARG(name));
            return (str){NULL, 0};
        }
        if (value)
            buf_add(&b, *value);
        else
            buf_addc(&b, rest.p[0]);
        rest = str_from(rest, name.p ? name.n + 2 : 1);
    }
    str out = arena_str(s->play.arena, buf_str(&b));
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
    (void)str_cut(str_of(what), '=', &name, &prefix);
    for (size_t at; (at = str_find(rest, prefix)) != STR_NONE;) {
        rest = str_from(rest, at + prefix.n);
        if (!is_id(rest))
            continue;
        script_name(s, name, arena_cat(s->play.arena, prefix, str_upto(rest, ID_DIGITS)));
        return true;
    }
    return err_set(e, ERR_ENV, str_of(what), "%s", _("what was printed names nothing of this kind"));
}

/* ── steps ── */

static bool write_file(struct script *s, const char *name, str content, struct err *e) {
    struct arena *a = s->play.arena;
    str path = path_join(a, s->play.folder, str_of(name));
    return folder_make(path_dir(path), 0755, e) && file_replace(path, content, e);
}

static bool is_as_expected(struct script *s, const struct script_step *step, str line, const struct played *p,
                           struct err *e) {
    str holds = step->holds ? filled(s, _(step->holds), e) : S("");
    if (!holds.p || !play_check(line.p, step->code, p, e))
        return false;
    if (str_find(p->text, holds) == STR_NONE)
        return err_set(e, ERR_ENV, line, _("it should print: %.*s"), STR_ARG(holds));
    return !step->keep || keep(s, step->keep, p->text, e);
}

bool script_step(struct script *s, const struct script_step *step, struct err *e) {
    int64_t at = s->begin + (int64_t)step->day * DAY + DAY * 3 / 8; /* nine o'clock */
    struct played played = {0};
    str content = {NULL, 0}, line = {NULL, 0};
    at = at < s->latest ? at : s->latest;
    s->play.now = s->play.now > at ? s->play.now : at;
    name_days(s, step->day);
    if (step->file) {
        content = filled(s, _(step->content), e);
        if (!content.p || !write_file(s, step->file, content, e))
            return false;
    }
    if (step->line) {
        line = filled(s, _(step->line), e);
        if (!line.p || !play_run(&s->play, line.p, &played, e))
            return false;
    }
    if (s->told)
        s->told(s->arg, step, content, line, line.p ? &played : NULL);
    return !line.p || is_as_expected(s, step, line, &played, e);
}

bool script_run(struct script *s, const struct script_step *steps, struct err *e) {
    for (const struct script_step *step = steps; step->line || step->file; step++)
        if (!script_step(s, step, e))
            return false;
    return true;
}
