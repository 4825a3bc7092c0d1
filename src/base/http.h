/* SPDX-License-Identifier: Apache-2.0
 *
 * One HTTP(S) exchange at a time, by libcurl (base/curl_calls.h), which is loaded when it is first needed. A proxy
 * is taken from the environment (http_proxy, https_proxy, no_proxy). Redirects are followed for GET only, and only to
 * http and https, never from https to http. No answer is unpacked: what comes is what was sent.
 */
#ifndef AKASHI_BASE_HTTP_H
#define AKASHI_BASE_HTTP_H

#include "base/ctx.h"

struct http; /* keeps connections open between exchanges; one thread at a time */

struct http_header {
    str name, value;
};
struct http_answer;
struct http_request {
    const char *method; /* NULL: GET */
    str url;
    const struct http_header *headers;
    uint32_t n_headers;
    str body;    /* sent when p is there; … */
    int body_fd; /* … or body_size bytes of this file from its present place when body_fd > 0 */
    uint64_t body_size;
    uint64_t most;  /* bytes of the answer; 0: limits.file */
    uint32_t idle;  /* seconds without progress before giving up; 0: 60 */
    uint32_t total; /* seconds it may take in all; 0: as long as there is progress */
    bool gives_up;  /* waits no longer once ctx_over(): for what may be asked again at the next start */
    int into;       /* > 0: the answer's bytes go to this file when the status is 200 or 206, not to memory */
    /* Called once an answer of status 200 or 206 is there, before its first byte: may set *into from what the headers
     * say. False with e filled ends the exchange. NULL: not asked. */
    bool (*begin)(void *of, const struct http_answer *so_far, int *into, struct err *e);
    void *of;
    /* Signed with AWS Signature Version 4 by libcurl: "aws:amz:REGION:s3"; NULL: not. Query parameters must be sorted,
     * encoded and have a "=" each. Name and key are NUL-terminated and the caller's to wipe. Redirects are not
     * followed: a signature is for one host. */
    const char *sigv4, *user, *password;
};
/* Why there was no answer. */
enum http_failure {
    HTTP_ANSWERED,
    HTTP_NO_ANSWER, /* the network or the other side; the next try may work */
    HTTP_REFUSED,   /* the address, or where it leads: trying again does not help */
    HTTP_TOO_LARGE, /* more than `most` */
    HTTP_STOPPED,   /* `into` could not be written, or begin() said no */
};
struct http_answer {
    enum http_failure failure;
    int status;
    bool handed_over; /* some of the request's body went out: without an answer, the other side may have it all */
    str body;
    VEC(struct http_header) headers; /* names in lower case, of the last answer */
};

MUST_USE bool http_open(struct ctx *c, struct http **out, struct err *e);
void http_close(struct http *h); /* accepts NULL */
/* True for any answer, whatever its status; false with ERR_ENV (where = the URL as http_shown has it) when there was
 * none. An answer's page that is not wanted (`into` and another status) is kept up to 64 KiB. */
MUST_USE bool http_do(struct http *h, struct arena *a, const struct http_request *r, struct http_answer *out,
                      struct err *e);
str http_header_of(const struct http_answer *r, const char *lower_name); /* absent when not there */

/* A URL for people to read: without user and password, without the values of query parameters that look secret. */
str http_shown(struct arena *a, str url);

#endif
