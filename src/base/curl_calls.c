/* SPDX-License-Identifier: Apache-2.0 */
#include "base/curl_calls.h"

#include <stddef.h>

#include "base/library.h"

static const struct library_call calls[] = {
    {"curl_global_init", offsetof(struct curl_calls, global_init)},
    {"curl_global_cleanup", offsetof(struct curl_calls, global_cleanup)},
    {"curl_easy_init", offsetof(struct curl_calls, init)},
    {"curl_easy_setopt", offsetof(struct curl_calls, setopt)},
    {"curl_easy_getinfo", offsetof(struct curl_calls, getinfo)},
    {"curl_easy_perform", offsetof(struct curl_calls, perform)},
    {"curl_easy_reset", offsetof(struct curl_calls, reset)},
    {"curl_easy_cleanup", offsetof(struct curl_calls, cleanup)},
    {"curl_easy_strerror", offsetof(struct curl_calls, strerror)},
    {"curl_slist_append", offsetof(struct curl_calls, slist_append)},
    {"curl_slist_free_all", offsetof(struct curl_calls, slist_free_all)},
};

bool curl_begin(struct curl_calls *k, CURL **out, struct err *e) {
    *out = NULL;
    if (!library_load("libcurl.so.4", calls, sizeof calls / sizeof *calls, k) ||
        k->global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        err_set(e, ERR_ENV, S("libcurl.so.4"), _("cannot load the library that speaks HTTP"));
        return err_hint(e, "%s", _("install libcurl (libcurl4); everything that needs no network works without"));
    }
    *out = k->init();
    if (!*out) {
        k->global_cleanup();
        return err_set(e, ERR_ENV, S("libcurl.so.4"), _("cannot load the library that speaks HTTP"));
    }
    return true;
}

void curl_end(const struct curl_calls *k, CURL *h) {
    k->cleanup(h);
    k->global_cleanup(); /* the library itself stays: what it registered must not point into nothing */
}

int curl_gives_up(const struct curl_calls *k, CURL *h, const struct ctx *c) {
    if (!ctx_over(c))
        return 0;
    k->setopt(h, CURLOPT_QUICK_EXIT, 1L); /* the thread that looks for a name is not waited for */
    return 1;
}
