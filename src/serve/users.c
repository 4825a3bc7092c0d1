/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/users.h"

#include "impact/audience.h"
#include "serve/route.h"

/* ── roles ── */

const char *const user_role_words[USER_ROLES] = {"viewer", "engineer", "responder", "assessor", "manager", "admin"};

#define BIT(m) (1U << (m))
static const unsigned role_may[USER_ROLES] = {
    [USER_VIEWER] = BIT(MAY_READ),
    [USER_ENGINEER] = BIT(MAY_READ) | BIT(MAY_UPLOAD),
    [USER_RESPONDER] = BIT(MAY_READ) | BIT(MAY_RESPOND),
    [USER_ASSESSOR] = BIT(MAY_READ) | BIT(MAY_ASSESS),
    [USER_MANAGER] = BIT(MAY_READ) | BIT(MAY_UPLOAD) | BIT(MAY_RESPOND) | BIT(MAY_MANAGE),
    [USER_ADMIN] = BIT(MAY_READ) | BIT(MAY_ADMIN),
};

unsigned user_role_may(enum user_role r) { return role_may[r] | BIT(MAY_SELF); }

bool user_role_parse(str word, enum user_role *out) {
    for (unsigned i = 0; i < USER_ROLES; i++)
        if (str_ieq(word, str_of(user_role_words[i])))
            return *out = (enum user_role)i, true;
    return false;
}

/* ── what holds ── */

#define COLUMNS(counts)                                                                                                \
    "SELECT u.id, u.name, u.shown, u.lang, u.password, u.clearance, u.totp, u.totp_step, u.made, u.disabled,"          \
    " u.invite IS NOT NULL, " counts " FROM user u "
#define COUNTED                                                                                                        \
    "(SELECT count(*) FROM passkey p WHERE p.user = u.id), (SELECT count(*) FROM recovery r WHERE r.user = u.id)"

static struct user user_of(struct arena *a, struct stmt *s) {
    return (struct user){
        .id = arena_str(a, stmt_col_text(s, 0)),
        .name = arena_str(a, stmt_col_text(s, 1)),
        .shown = arena_str(a, stmt_col_text(s, 2)),
        .lang = arena_str(a, stmt_col_text(s, 3)),
        .password = arena_str(a, stmt_col_text(s, 4)),
        .clearance = arena_str(a, stmt_col_text(s, 5)),
        .totp = arena_str(a, stmt_col_blob(s, 6)),
        .totp_step = stmt_col_int(s, 7),
        .made = stmt_col_int(s, 8),
        .disabled = stmt_col_int(s, 9) != 0,
        .invited = stmt_col_int(s, 10) != 0,
        .passkeys = (uint32_t)stmt_col_int(s, 11),
        .recovery = (uint32_t)stmt_col_int(s, 12),
    };
}

static bool grants_of(struct access *x, struct arena *a, struct user *u, struct err *e) {
    struct stmt *s;
    bool row;
    if (!ACCESS_ASK(x, "SELECT role, party FROM role WHERE user = ?1 ORDER BY party, role", &s, &row, e, B_TEXT(u->id)))
        return false;
    for (; row;) {
        enum user_role role;
        if (user_role_parse(stmt_col_text(s, 0), &role))
            *vec_push(a, &u->grants) = (struct grant){role, arena_str(a, stmt_col_text(s, 1))};
        if (!stmt_step(s, &row, e))
            return false;
    }
    stmt_reset(s);
    return true;
}

static bool one(struct access *x, struct arena *a, const char *sql, struct bind by, bool *found, struct user *out,
                struct err *e) {
    struct stmt *s;
    *out = (struct user){0};
    if (!access_ask(x, sql, &by, 1, &s, found, e))
        return false;
    if (*found)
        *out = user_of(a, s);
    stmt_reset(s);
    return !*found || grants_of(x, a, out, e);
}

bool user_by_id(struct access *x, struct arena *a, str id, bool *found, struct user *out, struct err *e) {
    return one(x, a, COLUMNS("0, 0") "WHERE u.id = ?1", B_TEXT(id), found, out, e);
}

bool user_whole(struct access *x, struct arena *a, str id, bool *found, struct user *out, struct err *e) {
    return one(x, a, COLUMNS(COUNTED) "WHERE u.id = ?1", B_TEXT(id), found, out, e);
}

bool user_by_name(struct access *x, struct arena *a, str name, bool *found, struct user *out, struct err *e) {
    return one(x, a, COLUMNS("0, 0") "WHERE u.name = ?1", B_TEXT(arena_lower(a, str_trim(name))), found, out, e);
}

bool users_all(struct access *x, struct arena *a, struct users *out, struct err *e) {
    struct stmt *s;
    bool row;
    if (!access_ask(x, COLUMNS(COUNTED) "ORDER BY u.name", NULL, 0, &s, &row, e))
        return false;
    while (row) {
        *vec_push(a, out) = user_of(a, s);
        if (!stmt_step(s, &row, e))
            return false;
    }
    stmt_reset(s);
    for (uint32_t i = 0; i < out->n; i++)
        if (!grants_of(x, a, &out->v[i], e))
            return false;
    return true;
}

bool users_governed(struct access *x, bool *out, struct err *e) {
    struct stmt *s;
    if (!access_ask(x,
                    "SELECT 1 FROM role r JOIN user u ON u.id = r.user"
                    " WHERE r.role = 'admin' AND r.party = '' AND u.disabled = 0 LIMIT 1",
                    NULL, 0, &s, out, e))
        return false;
    stmt_reset(s);
    return true;
}

/* ── changes ── */

/* Bytes of other scripts are letters here; controls and blanks are none. */
static bool name_ok(str name) {
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if (c < 0x80 && !ch_alnum((char)c) && !memchr("._-@+", c, 5))
            return false;
    }
    return name.n && name.n <= 64 && str_utf8_ok(name);
}
static bool shown_ok(str s, struct err *e) {
    bool ok = s.n && s.n <= 200 && str_utf8_ok(s);
    for (size_t i = 0; ok && i < s.n; i++)
        ok = (unsigned char)s.p[i] >= 0x20;
    return ok || err_set(e, ERR_USAGE, S("shown"), _("this is no name to be shown: up to 200 bytes of text"));
}

bool user_add(struct access *x, struct arena *a, str name, str shown, int64_t now, str *id, struct err *e) {
    struct user there;
    bool found;
    name = arena_lower(a, str_trim(name));
    if (!name_ok(name))
        return err_set(e, ERR_USAGE, S("name"),
                       _("a name to sign in with has 1 to 64 letters, digits and . _ - @ +, without blanks"));
    if (!shown.n)
        shown = name;
    if (!shown_ok(shown, e) || !user_by_name(x, a, name, &found, &there, e))
        return false;
    if (found)
        return err_set(e, ERR_USAGE, name, _("there is a user of this name already"));
    *id = access_id(a, "u");
    return ACCESS_RUN(x, "INSERT INTO user (id, name, shown, made) VALUES (?1, ?2, ?3, ?4)", e, B_TEXT(*id),
                      B_TEXT(name), B_TEXT(shown), B_INT(now));
}

static bool still_governed(struct access *x, bool before, struct err *e) {
    bool now;
    if (!users_governed(x, &now, e))
        return false;
    return now || !before ||
           err_set(e, ERR_USAGE, S("user"), _("then nobody would be administrator: name another one first"));
}

static bool set_grants(struct access *x, str id, const struct grant *g, uint32_t n, struct err *e) {
    if (!ACCESS_RUN(x, "DELETE FROM role WHERE user = ?1", e, B_TEXT(id)))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        if (g[i].role == USER_ADMIN && g[i].party.n)
            return err_set(e, ERR_USAGE, S("roles"), _("an administrator is one of the whole home, not of a party"));
        if (!ACCESS_RUN(x, "INSERT OR IGNORE INTO role (user, role, party) VALUES (?1, ?2, ?3)", e, B_TEXT(id),
                        B_TEXT(str_of(user_role_words[g[i].role])), B_TEXT(g[i].party.n ? g[i].party : S(""))))
            return false;
    }
    return true;
}

static bool set_disabled(struct access *x, str id, bool to, struct err *e) {
    return ACCESS_RUN(x, "UPDATE user SET disabled = ?2 WHERE id = ?1", e, B_TEXT(id), B_INT(to)) &&
           (!to || ACCESS_RUN(x, "DELETE FROM session WHERE user = ?1", e, B_TEXT(id)));
}

bool user_change(struct access *x, str id, const struct user_change *to, struct err *e) {
    bool before;
    enum tlp tlp;
    if (!users_governed(x, &before, e) || (to->shown.p && !shown_ok(to->shown, e)))
        return false;
    if (to->lang.n && !str_is(to->lang, "ja") && !str_is(to->lang, "en"))
        return err_set(e, ERR_USAGE, S("lang"), _("a language is ja or en"));
    if (to->clearance.n && (!tlp_parse(to->clearance, &tlp) || tlp == TLP_RED))
        return err_set(e, ERR_USAGE, S("clearance"), _("a clearance is clear, green, amber or amber+strict"));
    if (!ACCESS_RUN(x,
                    "UPDATE user SET shown = coalesce(?2, shown), lang = nullif(coalesce(?3, lang), ''),"
                    " clearance = nullif(coalesce(?4, clearance), '') WHERE id = ?1",
                    e, B_TEXT(id), B_TEXT(to->shown), B_TEXT(to->lang), B_TEXT(to->clearance)))
        return false;
    if (!access_changed(x))
        return err_set(e, ERR_USAGE, id, _("there is no such user"));
    return (!to->grants || set_grants(x, id, to->grants, to->n_grants, e)) &&
           (to->disabled < 0 || set_disabled(x, id, to->disabled != 0, e)) && still_governed(x, before, e);
}

bool user_remove(struct access *x, str id, struct err *e) {
    bool before;
    if (!users_governed(x, &before, e) || !ACCESS_RUN(x, "DELETE FROM user WHERE id = ?1", e, B_TEXT(id)))
        return false;
    if (!access_changed(x))
        return err_set(e, ERR_USAGE, id, _("there is no such user"));
    return ACCESS_RUN(x, "DELETE FROM role WHERE user = ?1", e, B_TEXT(id)) &&
           ACCESS_RUN(x, "DELETE FROM session WHERE user = ?1", e, B_TEXT(id)) &&
           ACCESS_RUN(x, "DELETE FROM token WHERE user = ?1", e, B_TEXT(id)) &&
           ACCESS_RUN(x, "DELETE FROM recovery WHERE user = ?1", e, B_TEXT(id)) &&
           ACCESS_RUN(x, "DELETE FROM passkey WHERE user = ?1", e, B_TEXT(id)) &&
           ACCESS_RUN(x, "DELETE FROM outside WHERE user = ?1", e, B_TEXT(id)) && still_governed(x, before, e);
}

bool user_password(struct access *x, str id, str kept, struct err *e) {
    return ACCESS_RUN(x, "UPDATE user SET password = ?2, invite = NULL, invite_until = 0 WHERE id = ?1", e, B_TEXT(id),
                      B_TEXT(kept));
}

/* ── invitations ── */

bool user_invite(struct access *x, struct arena *a, str id, int64_t until, str *key, struct err *e) {
    struct shown_once once;
    shown_once(a, "", &once);
    *key = once.text;
    return ACCESS_RUN(x, "UPDATE user SET invite = ?2, invite_until = ?3 WHERE id = ?1", e, B_TEXT(id),
                      B_BLOB(str_n((char *)once.hash, sizeof once.hash)), B_INT(until));
}

/* Looked up by the digest of what was sent: what time that takes tells nothing about the key. */
bool user_invited(struct access *x, struct arena *a, str key, int64_t now, bool *found, struct user *out,
                  struct err *e) {
    unsigned char hash[32];
    struct stmt *s;
    secret_hash(key, hash);
    if (!ACCESS_ASK(x, "SELECT id FROM user WHERE invite = ?1 AND invite_until > ?2 AND disabled = 0", &s, found, e,
                    B_BLOB(str_n((char *)hash, sizeof hash)), B_INT(now)))
        return false;
    str id = *found ? arena_str(a, stmt_col_text(s, 0)) : S("");
    stmt_reset(s);
    return !*found || user_by_id(x, a, id, found, out, e);
}
