/* SPDX-License-Identifier: Apache-2.0 */
#include "base/cipher.h"
#include "base/digest.h"
#include "base/http.h"
#include "node/notify.h"

void subscription_json(struct arena *a, struct jw *w, const struct subscription *s) {
    static const char *const digests[] = {"none", "daily", "weekly"};
    jw_obj(w);
    jw_kstr(w, "name", s->name);
    jw_kstr(w, "channel", str_of(notify_channel_name(s->channel)));
    if (s->url.n)
        jw_kstr(w, "url", http_shown(a, s->url));
    jw_kstr(w, "file", s->path);
    jw_karr(w, "to");
    for (uint32_t i = 0; i < s->n_to; i++)
        jw_str(w, s->to[i]);
    jw_arr_end(w);
    jw_kstr(w, "from", s->from);
    jw_kbool(w, "secret", s->secret_file.n > 0);
    jw_kstr(w, "party", s->party);
    jw_karr(w, "kinds");
    for (uint32_t i = 0; i < s->n_kinds; i++)
        jw_str(w, s->kinds[i]);
    jw_arr_end(w);
    jw_kint(w, "rank", s->minimum);
    jw_kstr(w, "language", str_of(s->language));
    jw_kstr(w, "digest", str_of(digests[s->digest]));
    jw_obj_end(w);
}

void outbox_row_json(struct arena *a, struct jw *w, const struct outbox_row *r) {
    jw_obj(w);
    jw_kstr(w, "key", r->key);
    jw_kstr(w, "to", r->subscriber);
    jw_kstr(w, "kind", r->kind);
    jw_kstr(w, "subject", r->subject);
    jw_kstr(w, "state", str_of(outbox_state_name(r->state)));
    jw_kint(w, "attempts", r->attempts);
    if (r->state == OUTBOX_QUEUED)
        jw_kstr(w, "due", time_rfc3339(a, r->due));
    jw_kstr(w, "created", time_rfc3339(a, r->created));
    jw_kstr(w, "changed", time_rfc3339(a, r->changed));
    if (r->error.n)
        jw_kstr(w, "error", r->error);
    jw_key(w, S("body"));
    jw_raw(w, r->body);
    jw_obj_end(w);
}

void outbox_result_json(struct arena *a, struct jw *w, const struct outbox_result *r) {
    jw_obj(w);
    jw_kint(w, "sent", r->sent);
    jw_kint(w, "later", r->later);
    jw_kint(w, "failed", r->failed);
    jw_kint(w, "unsure", r->unsure);
    if (r->next != INT64_MAX)
        jw_kstr(w, "next", time_rfc3339(a, r->next));
    jw_obj_end(w);
}

struct notice notice_of_test(struct arena *a, int64_t now) {
    unsigned char event[8];
    random_bytes(event, sizeof event);
    return (struct notice){
        .kind = S("test"),
        .about = S("test"),
        .event = hex_text(a, event, sizeof event),
        .rank = 100,
        .subject = {S("Akashi: test"), S("Akashi: テスト")},
        .text = {S("This is a test. Notices arrive here.\n"), S("テストです。お知らせはここに届きます。\n")},
        .time = now,
    };
}
