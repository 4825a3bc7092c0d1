/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/session.h"

#include "base/cipher.h"

enum { NOTE_EVERY = 60, SECRET_MOST = 100 };

static str hash_str(const unsigned char hash[32]) { return str_n((const char *)hash, 32); }

str cookie_of(str header, const char *name) {
    str pair, key, value, found = {NULL, 0};
    while (str_next(&header, ';', &pair)) {
        if (!str_cut(str_trim(pair), '=', &key, &value) || !str_is(key, name))
            continue;
        if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
            value = str_n(value.p + 1, value.n - 2);
        if (found.p && !str_eq(found, value))
            return (str){NULL, 0};
        found = value;
    }
    return found;
}

/* ── sessions ── */

static struct session session_of(struct arena *a, struct stmt *s) {
    return (struct session){
        .id = arena_str(a, stmt_col_text(s, 0)),
        .user = arena_str(a, stmt_col_text(s, 1)),
        .how = arena_str(a, stmt_col_text(s, 2)),
        .agent = arena_str(a, stmt_col_text(s, 3)),
        .made = stmt_col_int(s, 4),
        .used = stmt_col_int(s, 5),
        .until = stmt_col_int(s, 6),
    };
}

bool session_new(struct access *x, struct arena *a, struct session *s, int64_t now, str *secret, struct err *e) {
    struct shown_once once;
    shown_once(a, "", &once);
    s->id = access_id(a, "s");
    s->made = s->used = now;
    s->until = now + SESSION_LONGEST;
    *secret = once.text;
    return ACCESS_RUN(x, "DELETE FROM session WHERE until < ?1 OR used < ?2", e, B_INT(now),
                      B_INT(now - SESSION_IDLE)) &&
           ACCESS_RUN(x,
                      "INSERT INTO session (hash, id, user, how, agent, made, used, until)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)",
                      e, B_BLOB(hash_str(once.hash)), B_TEXT(s->id), B_TEXT(s->user), B_TEXT(s->how),
                      B_TEXT(s->agent.p ? s->agent : S("")), B_INT(now), B_INT(s->until));
}

bool session_find(struct access *x, struct arena *a, str secret, int64_t now, bool *found, struct session *out,
                  struct err *e) {
    unsigned char hash[32];
    struct stmt *s;
    *found = false;
    if (!secret.n || secret.n > SECRET_MOST)
        return true;
    secret_hash(secret, hash);
    if (!ACCESS_ASK(x,
                    "SELECT s.id, s.user, s.how, s.agent, s.made, s.used, s.until FROM session s"
                    " JOIN user u ON u.id = s.user AND u.disabled = 0"
                    " WHERE s.hash = ?1 AND s.until > ?2 AND s.used > ?3",
                    &s, found, e, B_BLOB(hash_str(hash)), B_INT(now), B_INT(now - SESSION_IDLE)))
        return false;
    if (*found)
        *out = session_of(a, s);
    stmt_reset(s);
    if (!*found || out->used > now - NOTE_EVERY)
        return true;
    out->used = now;
    return ACCESS_RUN(x, "UPDATE session SET used = ?2 WHERE hash = ?1", e, B_BLOB(hash_str(hash)), B_INT(now));
}

bool sessions_of(struct access *x, struct arena *a, str user, int64_t now, struct sessions *out, struct err *e) {
    struct stmt *s;
    bool row;
    if (!ACCESS_ASK(x,
                    "SELECT id, user, how, agent, made, used, until FROM session"
                    " WHERE (?1 IS NULL OR user = ?1) AND until > ?2 AND used > ?3 ORDER BY made DESC, id",
                    &s, &row, e, B_TEXT(user), B_INT(now), B_INT(now - SESSION_IDLE)))
        return false;
    while (row) {
        *vec_push(a, out) = session_of(a, s);
        if (!stmt_step(s, &row, e))
            return false;
    }
    stmt_reset(s);
    return true;
}

bool session_end(struct access *x, str id, str user, bool *found, struct err *e) {
    bool ok = ACCESS_RUN(x, "DELETE FROM session WHERE id = ?1 AND (?2 IS NULL OR user = ?2)", e, B_TEXT(id),
                         B_TEXT(user));
    *found = ok && access_changed(x) > 0;
    return ok;
}

bool sessions_end(struct access *x, str user, str but, struct err *e) {
    return ACCESS_RUN(x, "DELETE FROM session WHERE user = ?1 AND id IS NOT ?2", e, B_TEXT(user), B_TEXT(but));
}

str session_csrf(struct arena *a, str secret) {
    unsigned char mac[32];
    hmac_sha256(secret, S("akashi csrf"), mac);
    return base64url_text(a, str_n((char *)mac, sizeof mac));
}
