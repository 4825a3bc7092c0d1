/* SPDX-License-Identifier: Apache-2.0
 *
 * What the home decided beforehand, in akashi.toml: findings to ignore ([[ignore]], with reason and end), whose
 * verdicts count ([[vex]]), which licences may not be used ([policy] deny-licences, [licence]).
 */
#include "base/file.h"
#include "base/toml_edit.h"
#include "impact/verdict.h"
#include "serve/asking.h"
#include "serve/settings_file.h"
#include "serve/version.h"

bool api_policies(struct call *q, struct err *e);
bool api_policy_add(struct call *q, struct err *e);
bool api_policy_drop(struct call *q, struct err *e);
bool api_policy_licences(struct call *q, struct err *e);

/* ── as it is ── */

static void put_rows(struct call *q, struct jw *w, const struct settings_file *f, const char *name) {
    jw_karr(w, name);
    for (struct jiter it = j_iter(j_get(f->doc.root, name)); j_next(&it);) {
        str until = j_gets(it.val, "until");
        int64_t end;
        jw_obj(w);
        for (struct jiter m = j_iter(it.val); j_next(&m);) {
            jw_key(w, m.key);
            jw_val(w, m.val);
        }
        if (until.n && time_parse(until, &end)) /* a bare day is meant to its end */
            jw_kbool(w, "expired", q->ctx->now >= end + (until.n == 10 ? 86400 : 0));
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void put_list(struct jw *w, const char *name, struct jv list) {
    jw_karr(w, name);
    for (struct jiter it = j_iter(list); j_next(&it);)
        if (j_str(it.val).n)
            jw_str(w, j_str(it.val));
    jw_arr_end(w);
}

static const struct licence_list {
    const char *name, *table, *key;
} licence_lists[] = {{"deny", "policy", "deny-licences"},
                     {"scanAllow", "licence", "allow"},
                     {"scanDeny", "licence", "deny"},
                     {"scanReview", "licence", "review"}};
enum { LICENCE_LISTS = sizeof licence_lists / sizeof *licence_lists };

static bool put_current(struct call *q, struct jw *w, const void *of, struct err *e) {
    const struct settings_file *f = of;
    (void)e;
    jw_obj(w);
    jw_kstr(w, "version", f->version);
    put_rows(q, w, f, "ignore");
    put_rows(q, w, f, "vex");
    jw_kobj(w, "licences");
    for (int i = 0; i < LICENCE_LISTS; i++)
        put_list(w, licence_lists[i].name, j_get2(f->doc.root, licence_lists[i].table, licence_lists[i].key));
    jw_obj_end(w);
    jw_obj_end(w);
    return true;
}

static bool answer_with(struct call *q, int status, struct err *e) {
    return settings_file_told(q, status, put_current, e);
}

bool api_policies(struct call *q, struct err *e) {
    if (!q->who.reader.owner)
        return call_refuse(q, 403, "forbidden", "%s", _("only the home's own people see this"));
    return answer_with(q, 200, e);
}
const struct route_doc api_policies_doc = {
    .answer = "policies-answer",
    .says = N_("{ignore: [{id, component, reason, until, expired}], vex: [{issuer, products, rank}], licences: {deny, "
               "scanAllow, scanDeny, scanReview}}. The ETag goes into If-Match of a change."),
};

/* ── changing it ── */

static bool begin(struct call *q, struct settings_file *f, bool *conflict, struct err *e) {
    if (!settings_file_read(q, f, e))
        return false;
    *conflict = !call_is_current(q, f->version);
    return !*conflict || call_conflict(q, _("somebody changed akashi.toml meanwhile"), put_current, f, e);
}

/* "ignore" or "vex", as the path says; NULL: 404 is said. */
static const char *kind_of(struct call *q) {
    str kind = call_part(q, 0);
    if (str_is(kind, "ignore"))
        return "ignore";
    if (str_is(kind, "vex"))
        return "vex";
    (void)call_not_found(q);
    return NULL;
}

bool api_policy_add(struct call *q, struct err *e) {
    struct settings_file f;
    const char *kind = kind_of(q);
    bool conflict;
    if (!kind)
        return true;
    if (!begin(q, &f, &conflict, e))
        return false;
    return conflict || (settings_file_add(q, &f, kind, q->json.root, e) && answer_with(q, 201, e));
}
const struct route_doc api_policy_add_doc = {
    .answer = "policies-answer",
    .body = "policy-rule",
    .says = N_(
        "kind \"ignore\": {id, component, reason, until}; kind \"vex\": {issuer, products: [], rank}; the rest of "
        "akashi.toml stays as it was written. 409 when If-Match names an older version"),
};

bool api_policy_drop(struct call *q, struct err *e) {
    struct settings_file f;
    const char *kind = kind_of(q);
    bool conflict;
    uint64_t n;
    if (!kind)
        return true;
    if (!asked_header(q->asked, "If-Match").n)
        return call_refuse(q, 428, "if-match", "%s", _("say which version is meant: If-Match"));
    if (!begin(q, &f, &conflict, e))
        return false;
    if (conflict)
        return true;
    if (!str_u64(call_part(q, 1), &n) || n >= j_len(j_get(f.doc.root, kind)))
        return call_not_found(q);
    return settings_file_drop(q, &f, kind, (uint32_t)n, e) && answer_with(q, 200, e);
}
const struct route_doc api_policy_drop_doc = {
    .answer = "policies-answer",
    .body = "nothing",
    .says = N_("the rule at that place, from 0, of the version that If-Match names (428 without)"),
};

bool api_policy_licences(struct call *q, struct err *e) {
    struct settings_file f;
    bool conflict;
    if (!begin(q, &f, &conflict, e))
        return false;
    if (conflict)
        return true;
    str text = f.text;
    for (int i = 0; i < LICENCE_LISTS; i++) {
        struct jv list = j_get(q->json.root, licence_lists[i].name);
        if (!j_ok(list))
            continue;
        if (!j_is_arr(list))
            return err_set(e, ERR_USAGE, str_of(licence_lists[i].name), "%s", _("must be a list of SPDX ids"));
        text = toml_set(q->a, text, str_of(licence_lists[i].table), str_of(licence_lists[i].key), list);
    }
    return settings_file_put(q, &f, text, e) && answer_with(q, 200, e);
}
const struct route_doc api_policy_licences_doc = {
    .answer = "policies-answer",
    .body = "licence-policy",
    .says = N_("{deny: [], scanAllow: [], scanDeny: [], scanReview: []}: lists that are given take the place of those "
               "there are"),
};
