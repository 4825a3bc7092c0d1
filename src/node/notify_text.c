/* SPDX-License-Identifier: Apache-2.0 */
#include "base/msg_in.h"
#include "node/notify_channel.h"

str notice_body(struct arena *a, const struct subscription *s, const struct notice *n, str key) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    jw_obj(&w);
    jw_kstr(&w, "id", key);
    jw_kstr(&w, "kind", n->kind);
    jw_kstr(&w, "about", n->about);
    jw_kstr(&w, "event", n->event);
    jw_kstr(&w, "time", time_rfc3339(a, n->time));
    jw_kstr(&w, "priority", n->priority);
    jw_kint(&w, "rank", n->rank);
    jw_kstr(&w, "party", n->party);
    jw_karr(&w, "cases");
    for (uint32_t i = 0; i < n->n_cases; i++)
        jw_str(&w, n->cases[i]);
    jw_arr_end(&w);
    jw_kstr(&w, "language", str_of(s->language));
    jw_kstr(&w, "subject", label_in(n->subject, s->language));
    jw_kstr(&w, "text", label_in(n->text, s->language));
    jw_obj_end(&w);
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static str digest_subject(struct arena *a, const struct subscription *s, uint32_t n) {
    return arena_printf(a, msg_in(s->language, N_("Akashi: notices: %u")), n);
}

/* "■ subject", its text, a blank line. */
static void add_text(struct buf *text, struct jv body) {
    str rest = j_gets(body, "text"), line;
    buf_addf(text, "■ %.*s\n", STR_ARG(j_gets(body, "subject")));
    while (str_line(&rest, &line))
        buf_addf(text, "  %.*s\n", STR_ARG(line));
    buf_addc(text, '\n');
}

bool digest_body(struct ctx *c, struct arena *a, const struct subscription *s, str key, int64_t time,
                 const struct outbox_rows *rows, str *subject, str *body, struct err *e) {
    struct buf b = {0}, text = {0};
    struct jw w = jw_to(&b, false);
    int64_t rank = 0;
    bool ok = true;
    *subject = digest_subject(a, s, rows->n);
    jw_obj(&w);
    jw_kstr(&w, "id", key);
    jw_kstr(&w, "kind", S("digest"));
    jw_kstr(&w, "time", time_rfc3339(a, time));
    jw_kstr(&w, "language", str_of(s->language));
    jw_kstr(&w, "subject", *subject);
    jw_karr(&w, "notices");
    for (uint32_t i = 0; i < rows->n && ok; i++) {
        struct json doc;
        ok = json_parse(c, a, rows->v[i].body, JSON_STRICT, rows->v[i].key, &doc, e);
        if (!ok)
            break;
        int64_t its = j_int(j_get(doc.root, "rank"), 0);
        rank = its > rank ? its : rank;
        jw_val(&w, doc.root);
        add_text(&text, doc.root);
    }
    jw_arr_end(&w);
    jw_kint(&w, "rank", rank);
    jw_kstr(&w, "text", buf_str(&text));
    jw_obj_end(&w);
    *body = arena_str(a, buf_str(&b));
    buf_free(&b);
    buf_free(&text);
    return ok;
}

str notify_reading(struct delivering *d) {
    str text = j_gets(d->doc.root, "text"), id = j_gets(d->doc.root, "id");
    bool ends = !text.n || text.p[text.n - 1] == '\n';
    return arena_printf(d->a, "%.*s%s\n-- \nAkashi %.*s\n", STR_ARG(text), ends ? "" : "\n", STR_ARG(id));
}
