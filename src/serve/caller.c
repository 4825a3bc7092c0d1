/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/caller.h"

#include "base/cipher.h"
#include "serve/app.h"
#include "serve/call.h"
#include "serve/known.h"

/* ── what they may do ── */

void caller_put_may(struct jw *w, unsigned may) {
    for (unsigned i = MAY_SELF; i < MAY_COUNT; i++)
        if (may >> i & 1)
            jw_str(w, str_of(may_words[i]));
}
bool caller_may_word(str word, enum may *out) {
    for (unsigned i = MAY_READ; i < MAY_COUNT; i++)
        if (str_is(word, may_words[i]))
            return *out = (enum may)i, true;
    return false;
}

bool caller_may_for(const struct caller *c, enum may m, str party) {
    if (caller_may(c, m))
        return true;
    for (uint32_t i = 0; i < c->n_at; i++)
        if (str_eq(c->at[i].party, party) && (c->at[i].may >> m & 1))
            return true;
    return false;
}
bool caller_may_somewhere(const struct caller *c, enum may m) {
    for (uint32_t i = 0; i < c->n_at; i++)
        if (c->at[i].may >> m & 1)
            return true;
    return caller_may(c, m);
}

/* ── roles as what they mean ── */

VEC_NAMED(caller_ats, struct caller_at);

static void add_at(struct arena *a, struct caller_ats *list, str party, unsigned may) {
    for (uint32_t i = 0; i < list->n; i++)
        if (str_eq(list->v[i].party, party)) {
            list->v[i].may |= may;
            return;
        }
    *vec_push(a, list) = (struct caller_at){party, may};
}

/* "A,B:amber" */
static str parties_text(struct arena *a, const struct caller_ats *list, str clearance) {
    struct buf b = {0};
    for (uint32_t i = 0; i < list->n; i++)
        buf_addf(&b, "%s%.*s", i ? "," : "", STR_ARG(list->v[i].party));
    buf_addf(&b, ":%.*s", STR_ARG(clearance.n ? clearance : S("clear")));
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

/* Roles for another party open reading of what is theirs; what else they open is said beside `may`. */
static void take_user(struct arena *a, const struct user *u, struct caller *out) {
    struct caller_ats list = {0};
    bool own = false;
    out->user = u->id;
    out->name = u->shown;
    out->lang = u->lang;
    out->may = 1U << MAY_SELF;
    for (uint32_t i = 0; i < u->grants.n; i++) {
        const struct grant *g = &u->grants.v[i];
        if (g->party.n)
            add_at(a, &list, g->party, user_role_may(g->role));
        else
            out->may |= user_role_may(g->role);
        own = own || !g->party.n;
    }
    if (!own) {
        out->may |= list.n ? 1U << MAY_READ : 0;
        out->parties = parties_text(a, &list, u->clearance);
    }
    out->at = list.v;
    out->n_at = list.n;
}

/* ── tokens: at most this of what the user may ── */

static bool named(str list, str party) {
    str one, clearance;
    if (!str_rcut(list, ':', &list, &clearance))
        list = clearance;
    while (str_next(&list, ',', &one))
        if (str_eq(str_trim(one), party))
            return true;
    return false;
}
static str clearance_of(str list) {
    str head, clearance;
    return str_rcut(list, ':', &head, &clearance) ? clearance : S("clear");
}

/* What was allowed everywhere is allowed for these alone. */
static void narrow_may(struct arena *a, struct caller *out, str parties, struct caller_ats *kept) {
    const unsigned everywhere = 1U << MAY_SELF | 1U << MAY_READ;
    str one, clearance;
    if (!str_rcut(parties, ':', &parties, &clearance))
        parties = clearance;
    while (str_next(&parties, ',', &one))
        if (str_trim(one).n && (out->may & ~everywhere))
            add_at(a, kept, str_trim(one), out->may);
    out->may &= everywhere;
}

static void narrow(struct arena *a, struct caller *out, const struct token *t) {
    struct caller_ats kept = {0};
    enum tlp mine = TLP_CLEAR, of_token = TLP_CLEAR;
    out->may &= t->may;
    for (uint32_t i = 0; i < out->n_at; i++)
        if (!t->parties.p || named(t->parties, out->at[i].party))
            *vec_push(a, &kept) = (struct caller_at){out->at[i].party, out->at[i].may & t->may};
    if (t->parties.p)
        narrow_may(a, out, t->parties, &kept);
    out->at = kept.v;
    out->n_at = kept.n;
    if (!t->parties.p)
        return;
    if (!out->parties.p) { /* the owner's, who sees all */
        out->parties = t->parties;
        return;
    }
    (void)!(tlp_parse(clearance_of(out->parties), &mine) && tlp_parse(clearance_of(t->parties), &of_token));
    out->parties = parties_text(a, &kept, str_of(tlp_name(mine < of_token ? mine : of_token)));
}

/* ── who it is ── */

static bool by_token(struct call *q, str secret, struct caller *out, struct err *e) {
    struct access *x = app_access(q->app);
    struct token t;
    struct user u;
    bool found;
    access_lock(x);
    bool ok = known_token(x, q->a, secret, q->ctx->now, &found, &t, &u, e);
    access_unlock(x);
    if (!ok || !found)
        return ok;
    out->by = CALLER_TOKEN;
    take_user(q->a, &u, out);
    narrow(q->a, out, &t);
    out->name = t.name;
    out->token = t.id;
    out->until = t.until;
    return true;
}

bool caller_by_session(struct call *q, str secret, struct caller *out, struct err *e) {
    struct access *x = app_access(q->app);
    struct session s;
    struct user u;
    bool found;
    access_lock(x);
    bool ok = known_session(x, q->a, secret, q->ctx->now, &found, &s, &u, e);
    access_unlock(x);
    out->ended = ok && !found;
    if (!ok || !found)
        return ok;
    out->by = CALLER_SESSION;
    take_user(q->a, &u, out);
    out->session = s.id;
    out->csrf = session_csrf(q->a, secret);
    out->until = s.until;
    return true;
}

/* The first start's key, while there is no administrator: whoever has it could become one with the next request. */
static bool by_first(struct call *q, str given, struct caller *out, struct err *e) {
    struct access *x = app_access(q->app);
    bool governed;
    if (!same_bytes(given, app_first_key(q->app)))
        return true;
    access_lock(x);
    bool ok = users_governed(x, &governed, e);
    access_unlock(x);
    if (ok && !governed)
        *out = (struct caller){.by = CALLER_TOKEN,
                               .user = S("first"),
                               .name = S("first"),
                               .may = (1U << MAY_COUNT) - 1,
                               .reader = reader_owner};
    return ok;
}

static const char *cookie_name(const struct call *q) { return q->asked->secure ? "__Host-akashi" : "akashi"; }

bool caller_of(struct call *q, struct caller *out, struct err *e) {
    str given = asked_header(q->asked, "Authorization"), key = asked_header(q->asked, "X-Api-Key");
    *out = (struct caller){.by = CALLER_NOBODY};
    if (given.p || key.p) {
        if (str_istarts(given, S("Bearer ")))
            key = str_trim(str_from(given, 7));
        return str_starts(key, S(TOKEN_PREFIX)) ? by_token(q, key, out, e) : by_first(q, key, out, e);
    }
    str secret = cookie_of(asked_header(q->asked, "Cookie"), cookie_name(q));
    return !secret.n || caller_by_session(q, secret, out, e);
}

bool caller_reader(struct call *q, struct err *e) {
    struct caller *c = &q->who;
    if (!caller_may(c, MAY_READ)) {
        c->reader = (struct reader){0};
        return true;
    }
    if (!c->parties.p) {
        c->reader = reader_owner;
        return true;
    }
    return reader_parse(q->views, q->a, c->parties, &c->reader, e);
}

/* ── where it came from ── */

str caller_address(const struct call *q) { return q->asked->address.p ? q->asked->address : S(""); }
str caller_host(const struct call *q) { return q->asked->host.p ? q->asked->host : S(""); }
str caller_origin(const struct call *q) {
    return arena_printf(q->a, "%s://%.*s", q->asked->secure ? "https" : "http", STR_ARG(caller_host(q)));
}

static bool writes(const struct call *q) {
    return strcmp(q->asked->method, "GET") != 0 && strcmp(q->asked->method, "HEAD") != 0;
}

bool caller_forged(const struct call *q) {
    str site = asked_header(q->asked, "Sec-Fetch-Site"), origin = asked_header(q->asked, "Origin");
    if (!writes(q) || q->who.by == CALLER_TOKEN)
        return false;
    if (site.p && !str_is(site, "same-origin") && !str_is(site, "none"))
        return true;
    if (origin.p && !str_ieq(origin, caller_origin(q)))
        return true;
    if (q->api->may == MAY_ANYBODY) /* signing in anew from a page that was there before: Strict cookies must do */
        return false;
    return q->who.by == CALLER_SESSION && !same_bytes(asked_header(q->asked, "X-Akashi-Csrf"), q->who.csrf);
}

void caller_set_cookie(struct call *q, str secret, int64_t seconds) {
    str text = arena_printf(q->a, "%s=%.*s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Strict%s", cookie_name(q),
                            STR_ARG(secret), (long long)seconds, q->asked->secure ? "; Secure" : "");
    call_header(q, "Set-Cookie", text.p);
}
