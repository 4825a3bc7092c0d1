/* SPDX-License-Identifier: Apache-2.0
 *
 * Notices: who is told what ([[notify]] of akashi.toml), what is in the outbox, whether one arrives.
 */
#include "node/notify.h"

#include "serve/app.h"
#include "serve/asking.h"
#include "serve/sender.h"
#include "serve/settings_file.h"
#include "serve/version.h"

bool api_notices(struct call *q, struct err *e);
bool api_notice_add(struct call *q, struct err *e);
bool api_notice_drop(struct call *q, struct err *e);
bool api_notice_try(struct call *q, struct err *e);
bool api_notice_again(struct call *q, struct err *e);

static bool put_all(struct call *q, struct jw *w, const struct settings_file *f, struct err *e) {
    struct subscriptions subs;
    if (!subscriptions_parse(q->ctx, q->a, q->home->path, f->text, S("akashi.toml"), &subs, e))
        return false;
    jw_karr(w, "subscriptions");
    for (uint32_t i = 0; i < subs.all.n; i++)
        subscription_json(q->a, w, &subs.all.v[i]);
    jw_arr_end(w);
    return true;
}

#define STATES "all|queued|gathered|sending|handing|sent|failed|unsure"
bool api_notices(struct call *q, struct err *e) {
    struct settings_file f;
    struct outbox *box = NULL;
    struct outbox_rows rows = {0};
    uint64_t limit;
    int state;
    if (!call_choice(q, "state", STATES, 0, &state, e) || !call_number(q, "limit", ROWS, ROWS_MOST, &limit, e) ||
        !settings_file_read(q, &f, e))
        return false;
    bool ok = outbox_open(q->ctx, q->home->path, &box, e) &&
              outbox_list(box, q->a, state - 1, (uint32_t)limit, &rows, e);
    outbox_close(box);
    if (!ok)
        return false;
    struct jw *w = call_json(q);
    call_tag(q, f.version);
    jw_obj(w);
    ok = put_all(q, w, &f, e);
    jw_karr(w, "rows");
    for (uint32_t i = 0; i < rows.n; i++)
        outbox_row_json(q->a, w, &rows.v[i]);
    jw_arr_end(w);
    jw_obj_end(w);
    return ok;
}
const struct route_doc api_notices_doc = {
    .answer = "notices-answer",
    .arguments = (const struct route_argument[]){{"state", STATES, N_("only those of the outbox (all)")},
                                                 ARGUMENT_LIMIT,
                                                 {0}},
    .says = N_("who is told what, and what is in the outbox, newest first. The ETag goes into If-Match of a change."),
};

/* ── who is told ── */

static bool put_current(struct call *q, struct jw *w, const void *of, struct err *e) {
    jw_obj(w);
    bool ok = put_all(q, w, of, e);
    jw_obj_end(w);
    return ok;
}

/* Files are the home's own, wherever akashi.toml may point when a person writes it by hand. */
static bool stays_in_home(struct jv table, const char *member, struct err *e) {
    str path = j_gets(table, member), rest = path, part;
    bool out = path.n && path.p[0] == '/';
    while (str_next(&rest, '/', &part))
        out |= str_is(part, "..");
    return !out || err_set(e, ERR_USAGE, str_of(member), "%s", _("only a file in the home can be named here"));
}

static bool answer_with(struct call *q, int status, struct err *e) {
    return settings_file_told(q, status, put_current, e);
}

/* Its place among [[notify]]; -1: there is none. */
static int place_of(const struct settings_file *f, str name) {
    int at = 0;
    for (struct jiter it = j_iter(j_get(f->doc.root, "notify")); j_next(&it); at++)
        if (str_eq(j_gets(it.val, "name"), name))
            return at;
    return -1;
}

bool api_notice_add(struct call *q, struct err *e) {
    struct settings_file f;
    struct jv b = q->json.root;
    if (!j_gets(b, "name").n)
        return err_set(e, ERR_USAGE, S("name"), "%s", _("this argument is needed"));
    if (!stays_in_home(b, "file", e) || !stays_in_home(b, "secret", e) || !stays_in_home(b, "ca", e) ||
        !settings_file_read(q, &f, e))
        return false;
    if (!call_is_current(q, f.version))
        return call_conflict(q, _("somebody changed akashi.toml meanwhile"), put_current, &f, e);
    return settings_file_add(q, &f, "notify", b, e) && answer_with(q, 201, e);
}
const struct route_doc api_notice_add_doc = {
    .answer = "subscriptions-answer",
    .body = "notice",
    .says = N_("{name, channel, url, file, to, from, user, secret, party, kinds, minimum, language, digest, hour …} as "
               "[[notify]] of akashi.toml has them; the rest of that file stays as it was written. 409 when If-Match "
               "names an older version"),
};

bool api_notice_drop(struct call *q, struct err *e) {
    struct settings_file f;
    if (!settings_file_read(q, &f, e))
        return false;
    int at = place_of(&f, call_part(q, 0));
    if (at < 0)
        return call_not_found(q);
    if (!call_is_current(q, f.version))
        return call_conflict(q, _("somebody changed akashi.toml meanwhile"), put_current, &f, e);
    return settings_file_drop(q, &f, "notify", (uint32_t)at, e) && answer_with(q, 200, e);
}
const struct route_doc api_notice_drop_doc = {
    .answer = "subscriptions-answer",
    .body = "nothing",
    .says = N_("nobody is told by it any more; what is in the outbox stays there"),
};

/* ── whether it arrives ── */

static bool send_now(struct call *q, struct outbox *box, const struct outbox_ids *these, struct err *e) {
    struct outbox_result r;
    enum sending how;
    if (!sender_send(app_sender(q->app), box, these, &how, &r, e))
        return false;
    if (how == SENDING_ELSEWHERE)
        return call_refuse(q, 202, "queued", "%s", _("queued: another process is sending notices"));
    if (how == SENDING_GOES_ON)
        return call_refuse(q, 202, "queued", "%s",
                           _("it is being sent: no answer has come yet; the outbox will show what comes of it"));
    outbox_result_json(q->a, call_json(q), &r);
    return true;
}

bool api_notice_try(struct call *q, struct err *e) {
    const struct notice test = notice_of_test(q->a, q->ctx->now);
    struct subscriptions subs;
    struct outbox *box = NULL;
    struct outbox_ids ids = {0};
    if (!subscriptions_read(q->ctx, q->a, app_home(q->app), &subs, e))
        return false;
    const struct subscription *s = subscription_of(&subs, call_part(q, 0));
    if (!s)
        return call_not_found(q);
    bool ok = outbox_open(q->ctx, app_home(q->app), &box, e) &&
              outbox_add_to(box, s, &test, q->ctx->now, vec_push(q->a, &ids), e) && send_now(q, box, &ids, e);
    outbox_close(box);
    return ok;
}
const struct route_doc api_notice_try_doc = {
    .answer = "sent-answer",
    .others = "application/problem+json",
    .body = "nothing",
    .says = N_("a test goes to that subscriber, and what else is due goes out: {sent, later, failed, unsure} of the "
               "test. 202 when no answer came within ten seconds, or others wait for theirs already, or another "
               "process is sending: the outbox shows what comes of it"),
};

bool api_notice_again(struct call *q, struct err *e) {
    struct outbox *box = NULL;
    struct outbox_ids queued;
    str key = j_gets(q->json.root, "key");
    bool ok = outbox_open(q->ctx, app_home(q->app), &box, e) && outbox_again(box, q->a, key, q->ctx->now, &queued, e) &&
              (queued.n
                   ? send_now(q, box, &queued, e)
                   : err_set(e, ERR_USAGE, S("key"), "%s", _("no notice that was given up or is unsure has this key")));
    outbox_close(box);
    return ok;
}
const struct route_doc api_notice_again_doc = {
    .answer = "sent-answer",
    .others = "application/problem+json",
    .body = "notice-again",
    .says = N_("{key}: a notice that was given up or is unsure is sent again, because a person says so; answered as a "
               "test is"),
};
