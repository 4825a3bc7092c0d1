/* SPDX-License-Identifier: Apache-2.0
 *
 * One HTTP(S) exchange at a time. The only module that knows libcurl, which is loaded when it is first needed. A proxy
 * is taken from the environment (http_proxy, https_proxy, no_proxy). Redirects are followed for GET only, and only to
 * http and https.
 */
#ifndef AKASHI_BASE_HTTP_H
#define AKASHI_BASE_HTTP_H

#include "base/ctx.h"

struct http; /* keeps connections open between exchanges; one thread at a time */

struct http_header {
    str name, value;
};
struct http_request {
    const char *method; /* NULL: GET */
    str url;
    const struct http_header *headers;
    uint32_t n_headers;
    str body;    /* sent when p is there; … */
    int body_fd; /* … or body_size bytes of this file from its present place when body_fd > 0 */
    uint64_t body_size;
    uint64_t most; /* bytes of the answer; 0: limits.file */
    uint32_t idle; /* seconds without progress before giving up; 0: 60 */
    int into;      /* > 0: the answer's bytes go to this file when the status is 200 or 206, not to memory */
};
struct http_answer {
    int status;
    str body;
    VEC(struct http_header) headers; /* names in lower case, of the last answer */
};

MUST_USE bool http_open(struct ctx *c, struct http **out, struct err *e);
void http_close(struct http *h); /* accepts NULL */
/* True for any answer, whatever its status; false with ERR_ENV (where = the URL without user and password) when there
 * was none. */
MUST_USE bool http_do(struct http *h, struct arena *a, const struct http_request *r, struct http_answer *out,
                      struct err *e);
str http_header_of(const struct http_answer *r, const char *lower_name); /* absent when not there */

#endif
