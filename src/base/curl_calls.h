/* SPDX-License-Identifier: Apache-2.0
 *
 * libcurl for base/http.c and base/mail.c, the only modules that know it. It brings some twenty-five libraries along,
 * which would cost every start of the program more than a scan takes: it is loaded when something is to be sent.
 */
#ifndef AKASHI_BASE_CURL_CALLS_H
#define AKASHI_BASE_CURL_CALLS_H

#include <curl/curl.h>

#include "base/ctx.h"

struct curl_calls {
    CURLcode (*global_init)(long);
    void (*global_cleanup)(void);
    CURL *(*init)(void);
    CURLcode (*setopt)(CURL *, CURLoption, ...);
    CURLcode (*getinfo)(CURL *, CURLINFO, ...);
    CURLcode (*perform)(CURL *);
    void (*reset)(CURL *);
    void (*cleanup)(CURL *);
    const char *(*strerror)(CURLcode);
    struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
    void (*slist_free_all)(struct curl_slist *);
};

/* Loads the library and makes a handle; curl_end() gives both back. */
MUST_USE bool curl_begin(struct curl_calls *k, CURL **out, struct err *e);
void curl_end(const struct curl_calls *k, CURL *h);
/* For CURLOPT_XFERINFOFUNCTION, of what gives up once ctx_over(). */
int curl_gives_up(const struct curl_calls *k, CURL *h, const struct ctx *c);

#endif
