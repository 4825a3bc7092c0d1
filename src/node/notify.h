/* SPDX-License-Identifier: Apache-2.0
 *
 * Notices: who is told what, in which language, through which channel, and when (docs/notify.md).
 *
 * A notice goes into the outbox first and is sent from there. Putting it in twice is putting it in once: its key is
 * made of what it is about, what happened and who is told. What each channel guarantees when this program or the
 * network dies in the middle is said in notify_channel.h.
 */
#ifndef AKASHI_NODE_NOTIFY_H
#define AKASHI_NODE_NOTIFY_H

#include "impact/label.h"
#include "impact/zone.h"

struct notice {
    str kind;         /* "case-opened", "case-reopened", "deadline-missed" …: docs/notify.md lists them */
    str about;        /* id of the case, or of whatever else it is about */
    str event;        /* which happening of it, so that the same kind may come again: "opened", "kev-listed",
                         "eu-cra/early-warning" */
    const str *cases; /* ids of all cases in it */
    uint32_t n_cases;
    str party;                  /* whom it concerns; absent: us alone */
    str priority;               /* "act", "immediate" …; absent: none */
    unsigned rank;              /* of the priority, 0 … 100 (ssvc_rank); 100 passes every minimum */
    struct label subject, text; /* text: lines of "\n" */
    int64_t time;
};

enum notify_channel { NOTIFY_WEBHOOK, NOTIFY_SLACK, NOTIFY_TEAMS, NOTIFY_SMTP, NOTIFY_SYSLOG, NOTIFY_FILE };
const char *notify_channel_name(enum notify_channel c);
enum notify_digest { DIGEST_NONE, DIGEST_DAILY, DIGEST_WEEKLY };

/* One [[notify]] of HOME/akashi.toml. */
struct subscription {
    str name;
    enum notify_channel channel;
    str url;  /* webhook, slack, teams, syslog; of smtp the mail server */
    str path; /* of a file */
    const str *to;
    uint32_t n_to;
    str from, user;
    str secret_file, ca_file; /* paths; absent: none */
    bool plain;               /* smtp without TLS */
    str party;                /* only what concerns it; absent: everything */
    const str *kinds;         /* patterns; none: every kind */
    uint32_t n_kinds;
    unsigned minimum; /* rank */
    const char *language;
    enum notify_digest digest;
    int hour, weekday;
    struct zone zone;
    bool resend; /* also when it may have arrived */
};
struct subscriptions {
    str home, host;   /* host: what Message-IDs end in */
    uint64_t version; /* of akashi.toml; 0: not read from there */
    VEC(struct subscription) all;
};
/* A faulty table is an error with its line; an akashi.toml without any is fine. */
MUST_USE bool subscriptions_read(struct ctx *c, struct arena *a, str home, struct subscriptions *out, struct err *e);
/* What its version would be now: another one with each change of the file. */
uint64_t subscriptions_version(struct ctx *c, struct arena *a, str home);
/* The same of a text that may become the file. */
MUST_USE bool subscriptions_parse(struct ctx *c, struct arena *a, str home, str text, str where,
                                  struct subscriptions *out, struct err *e);
const struct subscription *subscription_of(const struct subscriptions *s, str name); /* NULL when there is none */
bool subscription_wants(const struct subscription *s, const struct notice *n);
/* Ranks of the words a `minimum` may be, and of the priorities that notices have. */
bool notify_rank(str word, unsigned *out);
/* When a digest that gathers what came at `t` goes out: the next such hour after it. */
int64_t digest_due(const struct subscription *s, int64_t t);

/* ── the outbox: HOME/outbox.db. Any number of processes may add; one sends at a time ── */

enum outbox_state {
    OUTBOX_QUEUED,   /* to be sent when due */
    OUTBOX_GATHERED, /* in a digest, and as that goes */
    OUTBOX_SENDING,  /* an attempt began; nothing was handed over */
    OUTBOX_HANDING,  /* being handed over right now */
    OUTBOX_SENT,
    OUTBOX_FAILED, /* given up */
    OUTBOX_UNSURE, /* may have arrived or not: a person decides */
};
const char *outbox_state_name(enum outbox_state s);

struct outbox;
MUST_USE bool outbox_open(struct ctx *c, str home, struct outbox **out, struct err *e);
void outbox_close(struct outbox *o); /* accepts NULL */
/* For each notice one entry per subscription that wants it, all in one transaction; *added counts the new ones. When it
 * returns, they are on disk. */
MUST_USE bool outbox_add(struct outbox *o, const struct subscriptions *s, const struct notice *notices, uint32_t n,
                         int64_t now, uint32_t *added, struct err *e);
/* To one subscription, whatever it wants, at once. */
MUST_USE bool outbox_add_to(struct outbox *o, const struct subscription *s, const struct notice *n, int64_t now,
                            int64_t *id, struct err *e);

struct outbox_row {
    int64_t id, due, created, changed, attempts, batch; /* batch: id of the digest it is in; 0: none */
    str key, subscriber, kind, subject, body, error;    /* body: JSON (docs/notify.md) */
    enum outbox_state state;
};
VEC_NAMED(outbox_rows, struct outbox_row);
/* Newest first; state < 0: all. */
MUST_USE bool outbox_list(struct outbox *o, struct arena *a, int state, uint32_t most, struct outbox_rows *out,
                          struct err *e);
/* A person decided: failed or unsure ones are queued again (key or the beginning of it, at least 6 characters). */
VEC_NAMED(outbox_ids, int64_t);
MUST_USE bool outbox_again(struct outbox *o, struct arena *a, str key, int64_t now, struct outbox_ids *queued,
                           struct err *e);

/* ── sending ── */

struct outbox_result {
    uint32_t sent, failed, unsure, later; /* of this pass */
    int64_t next;                         /* when the next one is due; INT64_MAX: none waits */
};
/* The same of these alone, as the outbox has them; *open: how many were not tried yet, or are being tried. */
MUST_USE bool outbox_told(struct outbox *o, const struct outbox_ids *of, struct outbox_result *out, uint32_t *open,
                          struct err *e);
/* outbox_send() calls it each time something came of a notice, from any of its threads. */
void outbox_tell(struct outbox *o, void (*came)(void *of), void *of);
/* Sends what is due. Only one process does at a time: *busy when another is at it (then nothing was done). What an
 * earlier process left in the middle is settled first. Once ctx_ending() no other notice is begun, once ctx_over()
 * those under way are let go of: what nobody has yet is queued as before, what somebody may have is as after a crash.
 * Who is told is read again when akashi.toml changes meanwhile: a pass can last. */
MUST_USE bool outbox_send(struct outbox *o, const struct subscriptions *s, int64_t now, bool *busy,
                          struct outbox_result *out, struct err *e);

/* ── as JSON ── addresses without what they keep secret */
void subscription_json(struct arena *a, struct jw *w, const struct subscription *s);
void outbox_row_json(struct arena *a, struct jw *w, const struct outbox_row *r);
void outbox_result_json(struct arena *a, struct jw *w, const struct outbox_result *r);
/* "This is a test": something new each time. */
struct notice notice_of_test(struct arena *a, int64_t now);

#endif
