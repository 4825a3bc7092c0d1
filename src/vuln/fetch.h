/* SPDX-License-Identifier: Apache-2.0
 *
 * Files fetched over HTTP(S) into a folder, only when they changed.
 *
 * For each URL the folder has NAME.body (complete, replaced by rename), NAME.meta (ETag, Last-Modified, URL) and while
 * a fetch is under way or was cut off NAME.part with NAME.part-meta: the next try goes on where it ended, if the server
 * still has the same file. A proxy is taken from the environment (http_proxy, https_proxy, no_proxy).
 */
#ifndef AKASHI_VULN_FETCH_H
#define AKASHI_VULN_FETCH_H

#include "base/ctx.h"

struct fetch_options {
    str folder;        /* exists */
    uint64_t most;     /* bytes of one file; 0: limits.unpacked */
    uint32_t idle;     /* seconds without progress before giving up; 0: 60 */
    uint32_t attempts; /* 0: 3 */
};
struct fetched {
    str path; /* of the body */
    bool changed;
};
/* Fails with ERR_ENV (where = the URL without what is secret in it); the body fetched before, if any, stays. */
MUST_USE bool fetch(struct ctx *c, struct arena *a, const struct fetch_options *o, str url, struct fetched *out,
                    struct err *e);
/* Forgets what is known of the URL's body, so that it is fetched anew. */
void fetch_forget(struct arena *a, const struct fetch_options *o, str url);

#endif
