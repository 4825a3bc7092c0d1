/* SPDX-License-Identifier: Apache-2.0 */
#include "base/embedded.h"
#include "base/file.h"
#include "base/tree.h"
#include "impact/clock.h"
#include "impact/shape.h"

struct loading {
    struct ctx *c;
    struct arena *a;
    str calendars; /* folder; absent: built-in ones only */
    struct clock_set *set;
    struct map by_id; /* calendars read so far */
    struct json doc;
};

static bool fail(struct loading *l, struct jv at, struct err *e, const char *what) {
    return err_set(e, ERR_INPUT, json_place(&l->doc, at, l->a), "%s", what);
}

static bool calendar_of(struct loading *l, struct jv id, const struct calendar **out, struct err *e) {
    *out = NULL;
    if (!j_ok(id))
        return true;
    bool fresh;
    struct map_entry *at = map_put(&l->by_id, j_str(id), &fresh);
    if (fresh) {
        struct calendar *cal = arena_new_of(l->a, struct calendar);
        if (!calendar_find(l->c, l->a, j_str(id), l->calendars, cal, e))
            return err_within(e, json_place(&l->doc, id, l->a));
        at->value = cal;
    }
    *out = at->value;
    return true;
}

static uint32_t event_bits(struct jv words) {
    uint32_t bits = 0;
    enum clock_event event;
    if (clock_event_parse(j_str(words), &event))
        return 1U << event;
    for (struct jiter it = j_iter(words); j_next(&it);)
        if (clock_event_parse(j_str(it.val), &event))
            bits |= 1U << event;
    return bits;
}

static uint32_t word_bits(struct jv words, const char *const *names) {
    uint32_t bits = 0;
    for (struct jiter it = j_iter(words); j_next(&it);)
        for (uint32_t i = 0; names[i]; i++)
            if (str_is(j_str(it.val), names[i]))
                bits |= 1U << i;
    return bits;
}

static bool read_decision(struct loading *l, struct jv v, struct clock_rule *r, struct err *e) {
    if (!j_ok(v))
        return true;
    r->table = ssvc_table(&l->set->tables, j_gets(v, "table"));
    if (!r->table)
        return fail(l, j_get(v, "table"), e, _("there is no such decision table"));
    for (struct jiter it = j_iter(j_get(v, "is")); j_next(&it);) {
        const struct ssvc_point *p = &r->table->outcome;
        uint32_t i = 0;
        while (i < p->n_values && !str_ieq(p->values[i].key, j_str(it.val)) &&
               !str_ieq(p->values[i].name.en, j_str(it.val)))
            i++;
        if (i == p->n_values)
            return fail(l, it.val, e, _("this is no outcome of the decision table"));
        r->outcomes[i / 64] |= (uint64_t)1 << i % 64;
    }
    return true;
}

static bool read_conditions(struct loading *l, struct jv v, struct clock_rule *r, struct err *e) {
    /* In the order of enum severity; exposures in the order clock.c knows them. */
    static const char *const severities[] = {"unknown", "none", "low", "medium", "high", "critical", NULL};
    static const char *const exposures[] = {"small", "controlled", "open", "unknown", NULL};
    struct jv sectors = j_get(v, "sector");
    str *to = arena_array(l->a, str, j_len(sectors) + 1);
    r->happened = event_bits(j_get(v, "happened"));
    r->not_happened = event_bits(j_get(v, "not-happened"));
    r->severities = word_bits(j_get(v, "severity"), severities);
    r->exposures = word_bits(j_get(v, "exposure"), exposures);
    for (struct jiter it = j_iter(sectors); j_next(&it);)
        to[r->n_sectors++] = j_str(it.val);
    r->sectors = to;
    return read_decision(l, j_get(v, "decision"), r, e);
}

static void read_span(struct jv v, struct clock_rule *r) {
    static const char *const names[] = {"hours", "days", "business-days", "months", "date"};
    for (int i = 0; i < 5; i++) {
        struct jv n = j_get(v, names[i]);
        if (!j_ok(n))
            continue;
        r->span = (enum clock_span)i;
        r->count = j_int(n, 0);
    }
}

static bool read_rule(struct loading *l, struct jv v, const struct calendar *calendar, struct clock_rule *r,
                      struct err *e) {
    static const char *const binds[] = {"developer", "supplier", "operator", "customer"};
    struct jv starts = j_get(v, "starts"), last = j_get(starts, "last"), first = j_get(starts, "first");
    *r = (struct clock_rule){.id = j_gets(v, "id"), .calendar = calendar};
    r->title = label_of(j_get(v, "title"));
    r->action = label_of(j_get(v, "do"));
    r->source = label_of(j_get(v, "source"));
    for (int i = 0; i < 4; i++)
        if (str_is(j_gets(v, "binds"), binds[i]))
            r->binds = (enum clock_binds)i;
    r->starts_last = j_ok(last);
    r->starts = event_bits(j_ok(last) ? last : j_ok(first) ? first : starts);
    r->done = event_bits(j_get(v, "done"));
    read_span(j_get(v, "within"), r);
    r->exact = j_ok(j_get(v, "ends")) ? str_is(j_gets(v, "ends"), "exact") : r->span == SPAN_HOURS;
    r->roll = str_is(j_gets(v, "roll"), "next-business-day");
    if (j_ok(j_get(v, "calendar")) && !calendar_of(l, j_get(v, "calendar"), &r->calendar, e))
        return false;
    if ((r->roll || r->span == SPAN_BUSINESS_DAYS) && !r->calendar)
        return fail(l, v, e, _("business days need a calendar"));
    return read_conditions(l, j_get(v, "when"), r, e);
}

static bool read_zone(struct loading *l, const struct calendar *calendar, struct clock_profile *p, struct err *e) {
    struct jv zone = j_get(l->doc.root, "zone");
    p->zone = calendar ? calendar->zone : (struct zone){0, SUMMER_NONE};
    if (j_ok(zone) && !zone_parse(j_str(zone), &p->zone))
        return err_set(e, ERR_INPUT, json_place(&l->doc, zone, l->a), _("the time zone %.*s is not known"),
                       STR_ARG(j_str(zone)));
    return true;
}

static bool read_rules(struct loading *l, const struct calendar *calendar, struct clock_profile *p, struct err *e) {
    struct jv all = j_get(l->doc.root, "deadlines");
    struct clock_rule *to = arena_array(l->a, struct clock_rule, j_len(all));
    for (struct jiter it = j_iter(all); j_next(&it);) {
        if (!read_rule(l, it.val, calendar, &to[it.index], e))
            return false;
        for (size_t i = 0; i < it.index; i++)
            if (str_eq(to[i].id, to[it.index].id))
                return fail(l, j_get(it.val, "id"), e, _("two deadlines have this id"));
    }
    p->rules = to;
    p->n_rules = (uint32_t)j_len(all);
    return true;
}

/* own: from HOME/clocks, in force unless it says otherwise. */
static bool read_profile(struct loading *l, str text, str where, str id, bool own, struct err *e) {
    struct clock_profile *p = arena_new_of(l->a, struct clock_profile);
    const struct calendar *calendar;
    if (!json_parse(l->c, l->a, text, JSON_STRICT, where, &l->doc, e) || !shape_check(l->c, l->a, "clock", &l->doc, e))
        return false;
    struct jv root = l->doc.root, by_default = j_get(root, "default");
    *p = (struct clock_profile){.id = j_gets(root, "id"), .draft = j_true(j_get(root, "draft")), .from = INT64_MIN};
    if (!str_eq(p->id, id))
        return fail(l, j_get(root, "id"), e, _("the id must be the file's name without .json"));
    p->title = label_of(j_get(root, "title"));
    p->note = label_of(j_get(root, "note"));
    p->source = label_of(j_get(root, "source"));
    p->by_default = j_ok(by_default) ? j_true(by_default) : own;
    if (!calendar_of(l, j_get(root, "calendar"), &calendar, e) || !read_zone(l, calendar, p, e))
        return false;
    int64_t from;
    if (j_ok(j_get(root, "from"))) {
        if (!day_parse(j_gets(root, "from"), &from))
            return fail(l, j_get(root, "from"), e, _("this is no date such as 2019-05-01"));
        p->from = zone_instant(p->zone, from, 0);
    }
    if (!read_rules(l, calendar, p, e))
        return false;
    *vec_push(l->a, &l->set->profiles) = p;
    return true;
}

bool clock_read(struct ctx *c, struct arena *a, str text, str id, struct clock_set *set, struct err *e) {
    struct loading l = {.c = c, .a = a, .set = set};
    map_init(&l.by_id, a);
    return read_profile(&l, text, id, id, false, e);
}

static bool read_profiles(struct loading *l, str folder, struct err *e) {
    struct shape_files own;
    if (!shape_folder(l->c, l->a, folder, &own, e))
        return false;
    for (uint32_t i = 0; i < own.n; i++)
        if (!read_profile(l, own.v[i].text, own.v[i].path, own.v[i].id, true, e))
            return false;
    for (const struct embedded_file *f = embedded_clocks; f->name; f++)
        if (!clock_profile(l->set, str_of(f->name)) &&
            !read_profile(l, str_n(f->bytes, f->size), str_of(f->name), str_of(f->name), false, e))
            return false;
    return true;
}

/* [clocks] use = […] */
static bool read_use(struct loading *l, str file, bool *given, struct err *e) {
    str text;
    *given = false;
    if (!file.p || !path_exists(file))
        return true;
    if (!file_read(l->c, l->a, file, &text, e) || !toml_parse(l->c, l->a, text, file, &l->doc, e))
        return false;
    struct jv use = j_get2(l->doc.root, "clocks", "use");
    *given = j_ok(use);
    if (*given && !j_is_arr(use))
        return fail(l, use, e, _("[clocks] use must be a list of profiles"));
    for (struct jiter it = j_iter(use); j_next(&it);) {
        if (!clock_profile(l->set, j_str(it.val)))
            return fail(l, it.val, e, _("there is no such clock profile"));
        *vec_push(l->a, &l->set->used) = j_str(it.val);
    }
    return true;
}

bool clock_load(struct ctx *c, struct arena *a, str home, struct clock_set *out, struct err *e) {
    struct loading l = {.c = c, .a = a, .set = out};
    str none = {NULL, 0};
    bool given;
    *out = (struct clock_set){0};
    map_init(&l.by_id, a);
    l.calendars = home.p ? path_join(a, home, S("calendars")) : none;
    if (!ssvc_load(c, a, home.p ? path_join(a, home, S("ssvc")) : none, &out->tables, e) ||
        !read_profiles(&l, home.p ? path_join(a, home, S("clocks")) : none, e) ||
        !read_use(&l, home.p ? path_join(a, home, S("akashi.toml")) : none, &given, e))
        return false;
    for (uint32_t i = 0; i < out->profiles.n && !given; i++)
        if (out->profiles.v[i]->by_default)
            *vec_push(a, &out->used) = out->profiles.v[i]->id;
    return true;
}
