/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/session.h"

enum { NOTE_EVERY = 60, SECRET_MOST = 100 };

static str hash_str(const unsigned char hash[32]) { return str_n((const char *)hash, 32); }

static struct token token_of(struct arena *a, struct stmt *s) {
    return (struct token){
        .id = arena_str(a, stmt_col_text(s, 0)),
        .user = arena_str(a, stmt_col_text(s, 1)),
        .name = arena_str(a, stmt_col_text(s, 2)),
        .may = (unsigned)stmt_col_int(s, 3),
        .parties = arena_str(a, stmt_col_text(s, 4)),
        .made = stmt_col_int(s, 5),
        .used = stmt_col_int(s, 6),
        .until = stmt_col_int(s, 7),
    };
}

bool token_new(struct access *x, struct arena *a, struct token *t, str *secret, struct err *e) {
    struct shown_once once;
    shown_once(a, TOKEN_PREFIX, &once);
    t->id = access_id(a, "t");
    *secret = once.text;
    return ACCESS_RUN(x,
                      "INSERT INTO token (hash, id, user, name, may, parties, made, used, until)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8)",
                      e, B_BLOB(hash_str(once.hash)), B_TEXT(t->id), B_TEXT(t->user), B_TEXT(t->name), B_INT(t->may),
                      B_TEXT(t->parties), B_INT(t->made), B_INT(t->until));
}

bool token_find(struct access *x, struct arena *a, str secret, int64_t now, bool *found, struct token *out,
                struct err *e) {
    unsigned char hash[32];
    struct stmt *s;
    *found = false;
    if (!str_starts(secret, S(TOKEN_PREFIX)) || secret.n > SECRET_MOST)
        return true;
    secret_hash(secret, hash);
    if (!ACCESS_ASK(x,
                    "SELECT t.id, t.user, t.name, t.may, t.parties, t.made, t.used, t.until FROM token t"
                    " JOIN user u ON u.id = t.user AND u.disabled = 0 WHERE t.hash = ?1 AND t.until > ?2",
                    &s, found, e, B_BLOB(hash_str(hash)), B_INT(now)))
        return false;
    if (*found)
        *out = token_of(a, s);
    stmt_reset(s);
    if (!*found || out->used > now - NOTE_EVERY)
        return true;
    out->used = now;
    return ACCESS_RUN(x, "UPDATE token SET used = ?2 WHERE hash = ?1", e, B_BLOB(hash_str(hash)), B_INT(now));
}

bool tokens_of(struct access *x, struct arena *a, str user, struct tokens *out, struct err *e) {
    struct stmt *s;
    bool row;
    if (!ACCESS_ASK(x,
                    "SELECT id, user, name, may, parties, made, used, until FROM token"
                    " WHERE ?1 IS NULL OR user = ?1 ORDER BY made DESC, id",
                    &s, &row, e, B_TEXT(user)))
        return false;
    while (row) {
        *vec_push(a, out) = token_of(a, s);
        if (!stmt_step(s, &row, e))
            return false;
    }
    stmt_reset(s);
    return true;
}

bool token_end(struct access *x, str id, str user, bool *found, struct err *e) {
    bool ok = ACCESS_RUN(x, "DELETE FROM token WHERE id = ?1 AND (?2 IS NULL OR user = ?2)", e, B_TEXT(id),
                         B_TEXT(user));
    *found = ok && access_changed(x) > 0;
    return ok;
}
