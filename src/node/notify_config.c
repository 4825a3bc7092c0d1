/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "base/mail.h"
#include "base/tree.h"
#include "impact/shape.h"
#include "node/notify.h"

enum { DIGEST_HOUR = 9 };

static const char *const channels[] = {"webhook", "slack", "teams", "smtp", "syslog", "file"};
static const char *const weekdays[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

const char *notify_channel_name(enum notify_channel c) { return channels[c]; }

bool notify_rank(str word, unsigned *out) {
    static const struct {
        const char *word;
        unsigned rank;
    } words[] = {{"track", 0},   {"defer", 0},         {"track*", 33}, {"scheduled", 33},
                 {"attend", 66}, {"out-of-cycle", 66}, {"act", 100},   {"immediate", 100}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_ieq(word, str_of(words[i].word))) {
            *out = words[i].rank;
            return true;
        }
    return false;
}

struct reading {
    struct ctx *c;
    struct arena *a;
    struct json doc;
    struct subscriptions *out;
};

static bool fail(struct reading *r, struct jv at, struct err *e, const char *what) {
    return err_set(e, ERR_INPUT, json_place(&r->doc, at, r->a), "%s", what);
}

static int word_in(str word, const char *const *words, int n, int otherwise) {
    for (int i = 0; i < n; i++)
        if (str_is(word, words[i]))
            return i;
    return otherwise;
}

static const str *texts_of(struct arena *a, struct jv v, uint32_t *n) {
    str *to = arena_array(a, str, j_len(v) + 1);
    *n = 0;
    if (j_is_str(v))
        to[(*n)++] = j_str(v);
    for (struct jiter it = j_iter(v); j_next(&it);)
        to[(*n)++] = j_str(it.val);
    return to;
}

/* A path in a home's settings is meant from the home. */
static str path_of(struct reading *r, struct jv v) {
    str path = j_str(v);
    return !path.n || path.p[0] == '/' ? path : path_join(r->a, r->out->home, path);
}

static bool address_sound(struct reading *r, struct jv v, const struct subscription *s, struct err *e) {
    static const char *const schemes[][3] = {
        [NOTIFY_WEBHOOK] = {"https://", "http://"},      [NOTIFY_SLACK] = {"https://", "http://"},
        [NOTIFY_TEAMS] = {"https://", "http://"},        [NOTIFY_SMTP] = {"smtp://", "smtps://"},
        [NOTIFY_SYSLOG] = {"udp://", "tcp://", "unix:"}, [NOTIFY_FILE] = {NULL}};
    bool known = false;
    if (s->channel == NOTIFY_FILE)
        return s->path.n > 0 || fail(r, v, e, _("a file channel needs `file`"));
    for (int i = 0; i < 3 && schemes[s->channel][i]; i++)
        known |= str_starts(s->url, str_of(schemes[s->channel][i]));
    if (known)
        return true;
    err_set(e, ERR_INPUT, json_place(&r->doc, j_ok(j_get(v, "url")) ? j_get(v, "url") : v, r->a),
            _("the channel %s needs a `url` that begins with one of its schemes"), channels[s->channel]);
    return err_hint(e, "%s",
                    _("webhook, slack, teams: https://; smtp: smtp:// or smtps://; syslog: udp://, tcp:// or unix:"));
}

static bool mail_sound(struct reading *r, struct jv v, const struct subscription *s, struct err *e) {
    if (s->channel != NOTIFY_SMTP)
        return true;
    bool ok = s->n_to > 0 && mail_address_ok(s->from);
    for (uint32_t i = 0; i < s->n_to; i++)
        ok = ok && mail_address_ok(s->to[i]);
    return ok || fail(r, v, e, _("a mail needs a sender and recipients, each an address"));
}

static bool read_one(struct reading *r, struct jv v, struct err *e) {
    static const char *const digests[] = {"none", "daily", "weekly"};
    struct subscription s = {.name = j_gets(v, "name"), .url = j_gets(v, "url"), .from = j_gets(v, "from")};
    s.channel = (enum notify_channel)word_in(j_gets(v, "channel"), channels, 6, 0);
    s.path = path_of(r, j_get(v, "file"));
    s.to = texts_of(r->a, j_get(v, "to"), &s.n_to);
    s.user = j_gets(v, "user");
    s.secret_file = path_of(r, j_get(v, "secret"));
    s.ca_file = path_of(r, j_get(v, "ca"));
    s.plain = str_is(j_gets(v, "tls"), "none");
    s.party = j_gets(v, "party");
    s.kinds = texts_of(r->a, j_get(v, "kinds"), &s.n_kinds);
    s.language = str_is(j_gets(v, "language"), "en") ? "en" : "ja";
    s.digest = (enum notify_digest)word_in(j_gets(v, "digest"), digests, 3, DIGEST_NONE);
    s.hour = (int)j_int(j_get(v, "hour"), DIGEST_HOUR);
    s.weekday = word_in(j_gets(v, "weekday"), weekdays, 7, 1);
    s.resend = str_is(j_gets(v, "unsure"), "resend");
    if (j_ok(j_get(v, "minimum")) && !notify_rank(j_gets(v, "minimum"), &s.minimum))
        return fail(r, j_get(v, "minimum"), e, _("this is no priority"));
    str zone = j_gets(v, "zone");
    if (!zone_parse(zone.p ? zone : S("Asia/Tokyo"), &s.zone))
        return err_set(e, ERR_INPUT, json_place(&r->doc, j_get(v, "zone"), r->a), _("the time zone %.*s is not known"),
                       STR_ARG(zone));
    if (subscription_of(r->out, s.name))
        return fail(r, j_get(v, "name"), e, _("two [[notify]] have this name"));
    if (!address_sound(r, v, &s, e) || !mail_sound(r, v, &s, e))
        return false;
    *vec_push(r->a, &r->out->all) = s;
    return true;
}

/* "example.jp" of the origin "example.jp/log": what Message-IDs and syslog lines carry. */
static str host_of(struct arena *a, str origin) {
    str head, tail;
    str_cut(origin, '/', &head, &tail);
    for (size_t i = 0; i < head.n; i++)
        if (!ch_alnum(head.p[i]) && head.p[i] != '.' && head.p[i] != '-')
            return S("akashi.invalid");
    return head.n ? arena_str(a, head) : S("akashi.invalid");
}

bool subscriptions_parse(struct ctx *c, struct arena *a, str home, str text, str where, struct subscriptions *out,
                         struct err *e) {
    struct reading r = {.c = c, .a = a, .out = out};
    *out = (struct subscriptions){.home = home, .host = S("akashi.invalid")};
    if (!toml_parse(c, a, text, where, &r.doc, e))
        return false;
    struct jv all = j_get(r.doc.root, "notify");
    out->host = host_of(a, j_str(j_get2(r.doc.root, "log", "origin")));
    if (!j_ok(all))
        return true;
    if (!shape_check_part(c, a, "notify", &r.doc, all, e))
        return false;
    for (struct jiter it = j_iter(all); j_next(&it);)
        if (!read_one(&r, it.val, e))
            return false;
    return true;
}

/* By what it says: changed twice in one tick of the clock it would have the same time. */
static uint64_t version_of(str text) { return hash_bytes(text) | 1; }

bool subscriptions_read(struct ctx *c, struct arena *a, str home, struct subscriptions *out, struct err *e) {
    str text = S(""), file = path_join(a, home, S("akashi.toml"));
    *out = (struct subscriptions){.home = home, .host = S("akashi.invalid")};
    bool ok = !path_exists(file) ||
              (file_read(c, a, file, &text, e) && subscriptions_parse(c, a, home, text, file, out, e));
    out->version = version_of(text);
    return ok;
}

uint64_t subscriptions_version(struct ctx *c, struct arena *a, str home) {
    str text;
    return file_read(c, a, path_join(a, home, S("akashi.toml")), &text, NULL) ? version_of(text) : version_of(S(""));
}

const struct subscription *subscription_of(const struct subscriptions *s, str name) {
    for (uint32_t i = 0; i < s->all.n; i++)
        if (str_eq(s->all.v[i].name, name))
            return &s->all.v[i];
    return NULL;
}

bool subscription_wants(const struct subscription *s, const struct notice *n) {
    bool kind = s->n_kinds == 0;
    for (uint32_t i = 0; i < s->n_kinds && !kind; i++)
        kind = str_glob(s->kinds[i], n->kind);
    return kind && n->rank >= s->minimum && (!s->party.n || str_eq(s->party, n->party));
}

int64_t digest_due(const struct subscription *s, int64_t t) {
    if (s->digest == DIGEST_NONE)
        return t;
    int64_t day = zone_day(s->zone, t, NULL);
    for (int64_t last = day + 8; day <= last; day++) {
        int64_t due = zone_instant(s->zone, day, s->hour * 3600);
        if (due > t && (s->digest == DIGEST_DAILY || day_weekday(day) == s->weekday))
            return due;
    }
    return t; /* the end of all calendars */
}
