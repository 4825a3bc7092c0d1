/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/known.h"

#include <stdlib.h>

enum { PLACES = 256, KNOWN_FOR = 50 /* seconds: its use is noted once a minute */ };

struct place {
    struct arena *a; /* NULL: nobody is remembered here */
    unsigned char hash[32];
    uint64_t state;
    bool session;
    struct token t;
    struct session s;
    struct user u;
};
struct known {
    struct place places[PLACES];
};

struct known *known_new(void) {
    struct known *k = calloc(1, sizeof *k);
    if (!k)
        abort();
    return k;
}
void known_free(struct known *k) {
    if (!k)
        return;
    for (unsigned i = 0; i < PLACES; i++)
        arena_free(k->places[i].a);
    free(k);
}

/* ── copies ── */

static void copy_user(struct arena *a, const struct user *from, struct user *to) {
    *to = *from;
    to->id = arena_str(a, from->id);
    to->name = arena_str(a, from->name);
    to->shown = arena_str(a, from->shown);
    to->lang = arena_str(a, from->lang);
    to->clearance = arena_str(a, from->clearance);
    to->password = to->totp = (str){NULL, 0}; /* of no use to who asks, and not to lie about */
    to->grants.v = NULL;
    to->grants.n = to->grants.cap = 0;
    for (uint32_t i = 0; i < from->grants.n; i++)
        *vec_push(a, &to->grants) = (struct grant){from->grants.v[i].role, arena_str(a, from->grants.v[i].party)};
}
static void copy_token(struct arena *a, const struct token *from, struct token *to) {
    *to = *from;
    to->id = arena_str(a, from->id);
    to->user = arena_str(a, from->user);
    to->name = arena_str(a, from->name);
    to->parties = arena_str(a, from->parties);
}
static void copy_session(struct arena *a, const struct session *from, struct session *to) {
    *to = *from;
    to->id = arena_str(a, from->id);
    to->user = arena_str(a, from->user);
    to->how = arena_str(a, from->how);
    to->agent = arena_str(a, from->agent);
}

/* ── places ── */

struct look {
    struct place *at;
    unsigned char hash[32];
    uint64_t state; /* before anything was read: what changes meanwhile makes this place stale */
    bool session;
};

static bool look(struct access *x, str secret, bool session, struct look *l, bool *there, struct err *e) {
    secret_hash(secret, l->hash);
    l->at = &access_known(x)->places[l->hash[0] % PLACES];
    l->session = session;
    if (!access_state(x, &l->state, e))
        return false;
    *there = l->at->a && l->at->session == session && l->at->state == l->state &&
             memcmp(l->at->hash, l->hash, sizeof l->hash) == 0;
    return true;
}

static struct place *take(const struct look *l, const struct user *u) {
    struct place *p = l->at;
    arena_free(p->a);
    *p = (struct place){.a = arena_new(), .state = l->state, .session = l->session};
    memcpy(p->hash, l->hash, sizeof p->hash);
    copy_user(p->a, u, &p->u);
    return p;
}

/* ── who it is ── */

bool known_token(struct access *x, struct arena *a, str secret, int64_t now, bool *found, struct token *t,
                 struct user *u, struct err *e) {
    struct look l;
    if (!look(x, secret, false, &l, found, e))
        return false;
    const struct place *p = l.at;
    if (*found && p->t.until > now && p->t.used > now - KNOWN_FOR) {
        copy_token(a, &p->t, t);
        copy_user(a, &p->u, u);
        return true;
    }
    if (!token_find(x, a, secret, now, found, t, e) || (*found && !user_by_id(x, a, t->user, found, u, e)))
        return false;
    if (*found) {
        struct place *mine = take(&l, u);
        copy_token(mine->a, t, &mine->t);
    }
    return true;
}

bool known_session(struct access *x, struct arena *a, str secret, int64_t now, bool *found, struct session *s,
                   struct user *u, struct err *e) {
    struct look l;
    if (!look(x, secret, true, &l, found, e))
        return false;
    const struct place *p = l.at;
    if (*found && p->s.until > now && p->s.used > now - KNOWN_FOR) {
        copy_session(a, &p->s, s);
        copy_user(a, &p->u, u);
        return true;
    }
    if (!session_find(x, a, secret, now, found, s, e) || (*found && !user_by_id(x, a, s->user, found, u, e)))
        return false;
    if (*found) {
        struct place *mine = take(&l, u);
        copy_session(mine->a, s, &mine->s);
    }
    return true;
}
