/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/asking.h"

#include "serve/confined.h"

#include "serve/app.h"
#include "serve/users.h"

static bool has_party(const struct reader *r, int64_t party) {
    for (uint32_t i = 0; i < r->n; i++)
        if (r->parties[i] == party)
            return true;
    return false;
}

/* Sub-contractors follow from the parties. */
static bool is_within(const struct reader *wish, const struct reader *own) {
    bool yes = wish->clearance <= own->clearance;
    for (uint32_t i = 0; yes && i < wish->n; i++)
        yes = has_party(own, wish->parties[i]);
    return yes;
}

bool call_reader(struct call *q, struct reader *out, struct err *e) {
    str audience = call_text(q, "audience");
    *out = q->who.reader;
    if (!audience.n)
        return true;
    return reader_parse(q->views, q->a, audience, out, e) &&
           (q->who.reader.owner || is_within(out, &q->who.reader) ||
            err_set(e, ERR_USAGE, S("audience"), "%s", _("this can only narrow what you may see yourself")));
}

bool call_not_theirs(struct call *q) {
    return call_refuse(q, 403, "forbidden", "%s", _("your role does not allow this for what is another party's"));
}

bool call_may_for(struct call *q, int64_t party, bool *may, struct err *e) {
    str id = {NULL, 0};
    *may = caller_may(&q->who, q->api->may);
    if (!*may && party >= 0) {
        if (!thing_id(q->views, q->a, THING_PARTY, party, &id, e))
            return false;
        *may = caller_may_for(&q->who, q->api->may, id);
    }
    return *may || call_not_theirs(q);
}

bool call_people_json(struct call *q, struct jw *w, const str *users, uint32_t n, struct err *e) {
    struct access *x = q->app ? app_access(q->app) : NULL;
    struct map seen;
    bool ok = true, fresh, found = false;
    map_init(&seen, q->a);
    jw_kobj(w, "people");
    for (uint32_t i = 0; ok && x && i < n; i++) {
        struct user u;
        bool told = users[i].n && (q->who.reader.owner || str_eq(users[i], q->who.user));
        if (told)
            map_put(&seen, users[i], &fresh);
        if (!told || !fresh)
            continue;
        access_lock(x);
        ok = user_by_id(x, q->a, users[i], &found, &u, e);
        access_unlock(x);
        if (ok && found)
            jw_kstr(w, arena_cstr(q->a, users[i]), u.shown);
    }
    jw_obj_end(w);
    return ok;
}

static str question_of(struct call *q, const char *const *names) {
    struct buf b = {0};
    buf_addf(&b, "%s\n%.*s\n%.*s", q->api->path, STR_ARG(q->who.parties), STR_ARG(call_text(q, "audience")));
    for (; names && *names; names++)
        buf_addf(&b, "\n%.*s", STR_ARG(call_text(q, *names)));
    for (unsigned i = 0; i < ROUTE_PARTS; i++)
        buf_addf(&b, "\n%.*s", STR_ARG(q->parts[i]));
    str out = arena_str(q->a, buf_str(&b));
    buf_free(&b);
    return out;
}

bool call_asking(struct call *q, const char *const *names, struct asking *out, struct err *e) {
    str page = call_text(q, "page");
    *out = (struct asking){.when = q->when, .question = question_of(q, names)};
    if (!call_reader(q, &out->reader, e) || !call_number(q, "limit", ROWS, ROWS_MOST, &out->limit, e))
        return false;
    if (!page.n)
        return true;
    if (!cursor_parse(q->a, page, out->question, &out->at, e))
        return false;
    out->when = cursor_when(&out->at);
    return true;
}

bool call_needs(struct call *q, const char *name, str *out, struct err *e) {
    *out = call_text(q, name);
    return out->n || err_set(e, ERR_USAGE, str_of(name), "%s", _("this argument is needed"));
}

bool call_choice(struct call *q, const char *name, const char *choices, int otherwise, int *out, struct err *e) {
    str given = call_text(q, name), rest = str_of(choices), word;
    *out = otherwise;
    if (!given.n)
        return true;
    for (*out = 0; str_next(&rest, '|', &word); ++*out)
        if (str_eq(word, given))
            return true;
    return err_set(e, ERR_USAGE, str_of(name), _("must be one of %s"), choices);
}

enum { READING_SECONDS = 60 };

struct reading_plan call_reading(const struct call *q, str text, str name) {
    return (struct reading_plan){
        .text = text, .name = name, .whose = q->who.user, .lang = q->lang, .seconds = READING_SECONDS};
}

bool call_bundle(struct call *q, str text, struct bundle *out, struct err *e) {
    struct reading_plan plan = call_reading(q, text, S("body"));
    plan.kind = READ_BUNDLE;
    return readers_bundle(app_readers(q->app), &plan, q->a, out, e);
}
