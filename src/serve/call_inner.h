/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the files of a call: call.c writes answers, call_way.c leads a request to its handler, call_finish.c makes
 * the answer ready to be sent.
 */
#ifndef AKASHI_SERVE_CALL_INNER_H
#define AKASHI_SERVE_CALL_INNER_H

#include "serve/call.h"

/* application/problem+json; where and hint may be NULL. */
void call_problem(struct call *q, int status, const char *code, const char *what, const char *where, const char *hint);
/* Length of the text, tag, compression: what the client need not get is not sent. */
void call_finish(struct call *q);

#endif
