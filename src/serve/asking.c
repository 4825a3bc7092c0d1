/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/asking.h"

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
