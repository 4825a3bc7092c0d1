/* SPDX-License-Identifier: Apache-2.0
 *
 * One mail over SMTP (RFC 5321), by libcurl (base/curl_calls.h). Text is UTF-8; the subject travels as RFC 2047 says,
 * the body in base64. Which of the four outcomes it had is always told, because only the caller knows whether sending
 * again is right: a mail whose end went out without an answer may be in the mailbox. Once ctx_over() an answer is
 * waited for no longer.
 */
#ifndef AKASHI_BASE_MAIL_H
#define AKASHI_BASE_MAIL_H

#include "base/ctx.h"

enum mail_security {
    MAIL_STARTTLS, /* or a server of smtps://; nothing is said before TLS stands and its certificate was checked */
    MAIL_PLAIN,    /* for a relay on this machine or network */
};
struct mail {
    str server; /* "smtp://mail.example.jp:587", "smtps://…:465" */
    enum mail_security security;
    str ca_file;                 /* absent: the system's authorities */
    const char *user, *password; /* NULL: none; only over TLS. The caller's to wipe. */
    str from;                    /* an address */
    const str *to;
    uint32_t n_to;
    str subject, text; /* line breaks of a subject become spaces; text has lines of "\n" */
    str id;            /* Message-ID without brackets: the same for each try */
    int64_t date;
    uint32_t idle; /* seconds without progress before giving up; 0: 60 */
    /* Called once, after the server has agreed to take the mail and before its first byte goes out; false ends it.
     * NULL: not asked. */
    bool (*handing_over)(void *of, struct err *e);
    void *of;
};

enum mail_outcome {
    MAIL_ACCEPTED, /* by the next server; what it does then nobody knows */
    MAIL_LATER,    /* not taken: no connection, no TLS that holds, or a reply 4yz; another try may work */
    MAIL_REFUSED,  /* not taken: a reply 5yz */
    MAIL_UNSURE,   /* handed over, and no answer came */
};
/* False with e filled for all but MAIL_ACCEPTED. */
MUST_USE bool mail_send(struct ctx *c, struct arena *a, const struct mail *m, enum mail_outcome *out, struct err *e);

/* name@host with nothing in it that could end a header line or an SMTP command. */
bool mail_address_ok(str address);
/* The message as it goes out (RFC 5322), lines of "\r\n". */
str mail_text(struct arena *a, const struct mail *m);
/* Subject as RFC 2047 encoded words where it is not plain ASCII. */
str mail_subject(struct arena *a, str subject);

#endif
