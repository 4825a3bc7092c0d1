/* SPDX-License-Identifier: Apache-2.0
 *
 * Decisions: a provider offers a measure, its customer answers (docs/decide.md). Both are statements in both parties'
 * logs; an offer is known by the SHA-256 of its envelope, an answer names the offer by it. What was offered and
 * answered is read from the log alone; when is what the logs say, never a date somebody wrote.
 *
 * Whose word counts is judged when asked, from the keys as they are known now: an offer by its provider's key, an
 * answer by the customer's. What others say is kept and shown, and changes nothing.
 */
#ifndef AKASHI_CONFORM_DECISION_H
#define AKASHI_CONFORM_DECISION_H

#include "impact/case.h"
#include "seal/bundle.h"
#include "seal/keyring.h"

/* ── what is said ── absent and 0: not stated */
struct decision_side { /* one of the two is there at least */
    str id, name;
};
struct offer_flaw {
    str id;
    bool kev;     /* as known when it was offered */
    int32_t epss; /* × 10,000; -1 unknown */
};
VEC_NAMED(offer_flaws, struct offer_flaw);
struct offer {
    struct decision_side provider, customer;
    str measure; /* one of offer_measures */
    str title, product, release, deployment, case_id;
    struct offer_flaws flaws;
    struct case_names practices;
    str risk, cost_provider, cost_customer, if_not;
    int64_t deadline, stated;
};
#define OFFER_MEASURES "patch|upgrade|monitoring|segmentation|replacement|other"

enum answer_kind { ANSWER_ACCEPT, ANSWER_DECLINE, ANSWER_DEFER, ANSWER_ALTERNATIVE };
const char *answer_kind_name(enum answer_kind k); /* "accept" */
struct offer_answer {
    str offer; /* digest, hex */
    struct decision_side provider, customer;
    enum answer_kind kind;
    str alternative, reason, person, role, risk_owner;
    str document;  /* digest of a paper in the archive */
    bool reported; /* the provider wrote down what the customer said elsewhere */
    int64_t until, review, stated;
};

enum reopened_because { REOPENED_EXPLOITED, REOPENED_LIKELY, REOPENED_REVIEW, REOPENED_DEFERRED, REOPENED_ASKED };
const char *reopened_name(enum reopened_because b); /* "exploited" */
struct reopening {
    str offer, answer; /* answer: digest of the predicate of the answer that no longer does; absent: there was none */
    enum reopened_because because;
    str flaw, reason;
    int32_t epss; /* -1 not stated */
    int64_t day;  /* 0 not stated */
};

MUST_USE bool offer_payload(struct ctx *c, struct arena *a, const struct offer *o, str *payload, struct err *e);
MUST_USE bool answer_payload(struct ctx *c, struct arena *a, const struct offer_answer *o, str *payload, struct err *e);
MUST_USE bool reopening_payload(struct ctx *c, struct arena *a, const struct reopening *o, str *payload, struct err *e);
/* Of a predicate that fits its schema; false when it does not after all. Strings are the document's. */
bool offer_read(struct arena *a, struct jv predicate, struct offer *out);
bool answer_read(struct jv predicate, struct offer_answer *out);
bool reopening_read(struct jv predicate, struct reopening *out);
/* What makes two answers the same: SHA-256 of the predicate, hex. */
str answer_content(struct arena *a, struct jv predicate);
str offer_id(struct arena *a, str digest); /* "O-5f2c9a1b0d3e" */

/* ── what the log says of it ── */
struct logged {
    uint64_t entry;
    int64_t time; /* of the log */
    unsigned char signer[32];
    str digest; /* of the envelope, hex */
};
struct received { /* what the other party's log says */
    str origin, proof;
    uint64_t place;
    int64_t time;
    uint64_t entry; /* of ours, where it is said */
};
VEC_NAMED(receipts, struct received);

enum answer_standing {
    ANSWER_HOLDS,      /* the newest by who may answer */
    ANSWER_SUPERSEDED, /* by a newer one of theirs */
    ANSWER_REPORTED,   /* the provider says so; it holds while the customer has signed nothing */
    ANSWER_STRANGER,   /* signed by nobody who may answer: it does not count */
};
struct answer_row {
    struct logged log; /* the first time it was logged */
    int64_t decided;   /* when the customer's log had it, where that is known; else when this one had */
    str content;
    struct offer_answer said;
    enum answer_standing standing;
    bool both;                /* the provider signed it too */
    bool differs;             /* from an earlier one by the customer */
    bool back_dated;          /* the day written on it is earlier than the day before any log has it */
    VEC(struct logged) all;   /* every entry with this content: as one signed it, as both did */
    struct receipts receipts; /* of it or of what both signed */
};
VEC_NAMED(answer_rows, struct answer_row);
struct reopening_row {
    struct logged log;
    struct reopening said;
    bool counts; /* stated by one of the two sides */
};
VEC_NAMED(reopening_rows, struct reopening_row);

enum decision_state {
    DECISION_OPEN, /* nobody who may has answered */
    DECISION_ACCEPTED,
    DECISION_DECLINED,
    DECISION_DEFERRED,
    DECISION_ALTERNATIVE,
    DECISION_REOPENED, /* was one of these, and is to be decided anew */
};
const char *decision_state_name(enum decision_state s); /* "open" … */
/* Why somebody has to look at it now; bits. */
enum decision_due { DUE_ANSWER = 1, DUE_REVIEW = 2, DUE_DEFERRED = 4, DUE_REOPENED = 8 };
struct decision {
    str id;
    struct logged log;
    struct offer said;
    bool ours;    /* we are the provider */
    bool trusted; /* signed by who may speak for the provider */
    bool back_dated;
    struct receipts receipts;
    struct answer_rows answers; /* in the order of the log */
    struct reopening_rows reopenings;
    const struct answer_row *holds;          /* NULL: none */
    const struct reopening_row *reopened_by; /* NULL: not since then */
    enum decision_state state;
    unsigned due; /* enum decision_due, at the moment asked for */
    int64_t next; /* when something becomes due; 0: nothing will */
};

enum decision_detail {
    DECISION_BRIEF, /* who signed beside the first is not looked at: `both` is false */
    DECISION_WHOLE
};
struct decision_ask {
    struct as_of when;
    int64_t now;
    enum decision_detail detail;
};
/* By digest, or "O-" and the beginning of one. */
MUST_USE bool decision_find(struct portfolio *p, struct arena *a, str id, const struct decision_ask *ask, bool *found,
                            struct decision *out, struct err *e);
/* The newest entry of it in our log: it says all that entry and those before say. */
uint64_t decision_version(const struct decision *d);
/* All in the order of the log. */
MUST_USE bool decisions_each(struct portfolio *p, const struct decision_ask *ask,
                             bool (*each)(void *arg, const struct decision *d, struct err *e), void *arg,
                             struct err *e);

/* ── between two parties ── */
MUST_USE bool decision_offer(struct portfolio *p, struct arena *a, const struct offer *o, str *digest, struct err *e);
MUST_USE bool decision_answer(struct portfolio *p, struct arena *a, const struct offer_answer *o, struct err *e);
/* All of a decision, to hand over. */
MUST_USE bool decision_bundle(struct portfolio *p, struct arena *a, const struct decision *d, struct bundle *out,
                              struct err *e);
/* Takes offers, answers and re-openings out of a file into the log. Answers to our offers are signed by us too.
 * ERR_INPUT as exchange_read() says; for an answer to an offer that this log does not know; for one by somebody who may
 * not answer for the customer the offer was made to; for an offer by somebody who is not its provider. Then nothing of
 * it is taken. */
struct decision_taken {
    struct case_names offers; /* digests of the offers it was about, each once */
    uint32_t new_offers, new_answers, new_reopenings, countersigned;
};
MUST_USE bool decision_take(struct portfolio *p, struct arena *a, str path, struct decision_taken *out, struct err *e);
/* The same of a text; where: for messages. */
MUST_USE bool decision_take_text(struct portfolio *p, struct arena *a, str text, str where, struct decision_taken *out,
                                 struct err *e);
struct bundle;
MUST_USE bool decision_take_bundle(struct portfolio *p, struct arena *a, const struct bundle *b, str where,
                                   struct decision_taken *out, struct err *e);

/* Whether a key is known here as that party's: by the party's id, the name it calls itself, or the name given. */
MUST_USE bool decision_side_is(struct portfolio *p, struct arena *a, const struct known_key *k,
                               const struct decision_side *side, bool *is, struct err *e);

/* The measure that was declined, deferred or replaced is to be decided anew: because one of its flaws became exploited
 * or much more likely to be since it was offered (jump: × 10,000), or a day has come. Each reason is stated once for an
 * answer, signed and logged, by whichever side finds it first in its own advisories; db may be NULL: days alone. */
struct advdb;
struct reopen_report {
    struct case_names ids; /* of the offers, "O-…", once for each reason */
};
MUST_USE bool decisions_reopen(struct portfolio *p, struct advdb *db, struct arena *a, int32_t jump, int64_t now,
                               struct reopen_report *out, struct err *e);

#endif
