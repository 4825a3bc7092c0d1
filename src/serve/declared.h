/* SPDX-License-Identifier: Apache-2.0
 *
 * What routes about declarations share: which one, for whom, in which version; persons and documents in a body.
 */
#ifndef AKASHI_SERVE_DECLARED_H
#define AKASHI_SERVE_DECLARED_H

#include "conform/standing_say.h"
#include "serve/asking.h"

/* The one in the path, as far as the reader sees it; *out NULL: none. */
MUST_USE bool call_declaration(struct call *q, const struct reader *reader, const struct declaration_row **out,
                               struct err *e);
/* The same for whoever writes; *out NULL: the answer (404, 409) is made already. */
MUST_USE bool call_declaration_held(struct call *q, const struct declaration_row **out, struct err *e);
/* The declaration as it is, tagged with its version. */
MUST_USE bool call_declaration_told(struct call *q, int status, const struct declaration_row *d, struct err *e);
/* The same, read anew after something was said of it. */
MUST_USE bool call_declaration_now(struct call *q, const struct declaration_row *d, struct err *e);

/* {"person": {"name", "role"}} */
struct person call_person(const struct call *q);
/* Texts of an array. */
void call_names(struct call *q, struct jv list, struct scope_names *out);
/* [{"name", "base64"}] into the archive; ERR_USAGE for what is none. */
MUST_USE bool call_documents(struct call *q, const char *member, struct attacheds *out, struct err *e);

#endif
