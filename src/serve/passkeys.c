/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/passkeys.h"

#define COLUMNS "SELECT id, user, key, name, algorithm, counter, made, used, lost FROM passkey "

static struct passkey passkey_of(struct arena *a, struct stmt *s) {
    return (struct passkey){
        .id = arena_str(a, stmt_col_blob(s, 0)),
        .user = arena_str(a, stmt_col_text(s, 1)),
        .key = arena_str(a, stmt_col_blob(s, 2)),
        .name = arena_str(a, stmt_col_text(s, 3)),
        .algorithm = stmt_col_int(s, 4),
        .counter = stmt_col_int(s, 5),
        .made = stmt_col_int(s, 6),
        .used = stmt_col_int(s, 7),
        .lost = stmt_col_int(s, 8) != 0,
    };
}

static bool count(struct access *x, str user, int64_t *n, struct err *e) {
    struct stmt *s;
    bool row;
    if (!ACCESS_ASK(x, "SELECT count(*) FROM passkey WHERE user = ?1", &s, &row, e, B_TEXT(user)))
        return false;
    *n = row ? stmt_col_int(s, 0) : 0;
    stmt_reset(s);
    return true;
}

bool passkey_add(struct access *x, const struct passkey *k, struct err *e) {
    int64_t n;
    if (!count(x, k->user, &n, e))
        return false;
    if (n >= PASSKEYS_MOST)
        return err_set(e, ERR_USAGE, S("passkey"), _("there are too many passkeys: remove some"));
    if (!ACCESS_RUN(x,
                    "INSERT OR IGNORE INTO passkey (id, user, key, name, algorithm, counter, made, used)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)",
                    e, B_BLOB(k->id), B_TEXT(k->user), B_BLOB(k->key), B_TEXT(k->name), B_INT(k->algorithm),
                    B_INT(k->counter), B_INT(k->made)))
        return false;
    return access_changed(x) > 0 || err_set(e, ERR_USAGE, S("passkey"), _("this passkey is known already"));
}

bool passkey_find(struct access *x, struct arena *a, str id, bool *found, struct passkey *out, struct err *e) {
    struct stmt *s;
    if (!ACCESS_ASK(x, COLUMNS "WHERE id = ?1 AND user IN (SELECT id FROM user WHERE disabled = 0)", &s, found, e,
                    B_BLOB(id)))
        return false;
    if (*found)
        *out = passkey_of(a, s);
    stmt_reset(s);
    return true;
}

bool passkeys_of(struct access *x, struct arena *a, str user, struct passkeys *out, struct err *e) {
    struct stmt *s;
    bool row;
    if (!ACCESS_ASK(x, COLUMNS "WHERE user = ?1 ORDER BY made, id", &s, &row, e, B_TEXT(user)))
        return false;
    while (row) {
        *vec_push(a, out) = passkey_of(a, s);
        if (!stmt_step(s, &row, e))
            return false;
    }
    stmt_reset(s);
    return true;
}

/* Authenticators that are on several devices at once do not count: theirs stays 0 (§6.1.1). */
bool passkey_used(struct access *x, const struct passkey *k, uint32_t counter, int64_t now, bool *good, struct err *e) {
    bool ok = ACCESS_RUN(x,
                         "UPDATE passkey SET counter = ?2, used = ?3"
                         " WHERE id = ?1 AND lost = 0 AND (counter < ?2 OR (counter = 0 AND ?2 = 0))",
                         e, B_BLOB(k->id), B_INT(counter), B_INT(now));
    *good = ok && access_changed(x) > 0;
    return ok && (*good || ACCESS_RUN(x, "UPDATE passkey SET lost = 1 WHERE id = ?1", e, B_BLOB(k->id)));
}

bool passkey_remove(struct access *x, str id, str user, bool *found, struct err *e) {
    bool ok = ACCESS_RUN(x, "DELETE FROM passkey WHERE id = ?1 AND user = ?2", e, B_BLOB(id), B_TEXT(user));
    *found = ok && access_changed(x) > 0;
    return ok;
}
