/* SPDX-License-Identifier: Apache-2.0
 *
 * multipart/form-data (RFC 7578) as browsers send a form: its parts, where they lie in the body.
 */
#ifndef AKASHI_SERVE_MULTIPART_H
#define AKASHI_SERVE_MULTIPART_H

#include "base/arena.h"

struct form_part {
    str name, filename; /* filename absent: a field */
    str body;           /* within the text */
};
VEC_NAMED(form_parts, struct form_part);
enum { MULTIPART_MOST = 32 };
/* type: the Content-Type header. False: it is not that type, or damaged. */
MUST_USE bool multipart_read(struct arena *a, str type, str text, struct form_parts *out);

#endif
