/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/calendar.h"

#include "base/embedded.h"
#include "base/file.h"
#include "impact/calendar_rules.h"
#include "impact/shape.h"

static bool read_years(const struct json *doc, struct arena *a, int *first, int *last, struct err *e) {
    struct jv years = j_get(doc->root, "years");
    *first = (int)j_int(j_at(years, 0), 0);
    *last = (int)j_int(j_at(years, 1), 0);
    return *first <= *last ||
           err_set(e, ERR_INPUT, json_place(doc, years, a), _("the first year comes after the last"));
}

bool calendar_read(struct ctx *c, struct arena *a, str text, str where, struct calendar *out, struct err *e) {
    struct json doc;
    struct days_off off = {0};
    int first, last;
    *out = (struct calendar){0};
    if (!json_parse(c, a, text, JSON_STRICT, where, &doc, e) || !shape_check(c, a, "calendar", &doc, e) ||
        !read_years(&doc, a, &first, &last, e))
        return false;
    str zone = j_gets(doc.root, "zone");
    if (!zone_parse(zone, &out->zone))
        return err_set(e, ERR_INPUT, json_place(&doc, j_get(doc.root, "zone"), a), _("the time zone %.*s is not known"),
                       STR_ARG(zone));
    out->weekend = weekdays_of(j_get(doc.root, "weekend"));
    if (out->weekend == 0x7F)
        return err_set(e, ERR_INPUT, json_place(&doc, j_get(doc.root, "weekend"), a), _("every day is a weekend"));
    if (!rules_apply(a, &doc, first, last, &off, e))
        return false;
    struct holiday *holidays = arena_array(a, struct holiday, (size_t)off.n + 1);
    for (uint32_t i = 0; i < off.n; i++)
        holidays[i] = (struct holiday){off.v[i].day, off.v[i].name};
    out->id = j_gets(doc.root, "id");
    out->title = label_of(j_get(doc.root, "title"));
    out->first = day_of(first, 1, 1);
    out->last = day_of(last, 12, 31);
    out->holidays = holidays;
    out->n_holidays = off.n;
    return true;
}

static bool unknown(str id, struct err *e) {
    struct buf b = {0};
    for (const struct embedded_file *f = embedded_calendars; f->name; f++)
        buf_addf(&b, "%s%s", b.n ? ", " : "", f->name);
    err_set(e, ERR_INPUT, S(""), _("there is no calendar '%.*s'"), STR_ARG(id));
    err_hint(e, _("one of: %.*s; or a file of your own in HOME/calendars"), STR_ARG(buf_str(&b)));
    buf_free(&b);
    return false;
}

bool calendar_find(struct ctx *c, struct arena *a, str id, str folder, struct calendar *out, struct err *e) {
    str text, own = folder.p && shape_id_ok(id) ? path_join(a, folder, arena_printf(a, "%.*s.json", STR_ARG(id)))
                                                : (str){NULL, 0};
    if (own.p && path_exists(own))
        return file_read(c, a, own, &text, e) && calendar_read(c, a, text, own, out, e);
    for (const struct embedded_file *f = embedded_calendars; f->name; f++)
        if (str_is(id, f->name))
            return calendar_read(c, a, str_n(f->bytes, f->size), id, out, e);
    return unknown(id, e);
}

const struct holiday *calendar_holiday(const struct calendar *cal, int64_t day) {
    uint32_t low = 0, high = cal->n_holidays;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (cal->holidays[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low < cal->n_holidays && cal->holidays[low].day == day ? &cal->holidays[low] : NULL;
}

bool calendar_works(const struct calendar *cal, int64_t day) {
    return !(cal->weekend & 1U << day_weekday(day)) && !calendar_holiday(cal, day);
}

static bool knows(const struct calendar *cal, int64_t day, struct err *e) {
    if (day >= cal->first && day <= cal->last)
        return true;
    err_set(e, ERR_LIMIT, S(""), _("the calendar %.*s knows the years %d to %d only"), STR_ARG(cal->id),
            day_civil(cal->first).year, day_civil(cal->last).year);
    return false;
}

bool calendar_add(const struct calendar *cal, int64_t day, int64_t n, int64_t *out, struct err *e) {
    const int64_t most = 1000000; /* more than any calendar has */
    int64_t step = n < 0 ? -1 : 1, left = n < -most ? most : n > most ? most : n * step;
    *out = day;
    if (!knows(cal, day, e))
        return false;
    for (; left > 0; left -= calendar_works(cal, *out)) {
        *out += step;
        if (!knows(cal, *out, e))
            return false;
    }
    return true;
}

bool calendar_roll(const struct calendar *cal, int64_t day, int64_t *out, struct err *e) {
    return calendar_works(cal, day) ? (*out = day, knows(cal, day, e)) : calendar_add(cal, day, 1, out, e);
}
