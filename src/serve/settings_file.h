/* SPDX-License-Identifier: Apache-2.0
 *
 * HOME/akashi.toml as it stands, and changed by a table or a key: the rest of it, comments too, stays as somebody wrote
 * it. What comes out is read by all who read it before it takes the old one's place; who decided on an older version is
 * told (version.h). For routes that are ROUTE_WRITES: they run one after the other.
 */
#ifndef AKASHI_SERVE_SETTINGS_FILE_H
#define AKASHI_SERVE_SETTINGS_FILE_H

#include "serve/call.h"

struct settings_file {
    str path, text;
    str version; /* of the text: it is the ETag */
    struct json doc;
};
/* No such file: an empty one. */
MUST_USE bool settings_file_read(struct call *q, struct settings_file *out, struct err *e);
/* With one more [[name]]; without the n-th; with [table] key = value. ERR_USAGE when nobody could read what comes out.
 */
MUST_USE bool settings_file_add(struct call *q, const struct settings_file *f, const char *name, struct jv table,
                                struct err *e);
MUST_USE bool settings_file_drop(struct call *q, const struct settings_file *f, const char *name, uint32_t n,
                                 struct err *e);
MUST_USE bool settings_file_put(struct call *q, const struct settings_file *f, str text, struct err *e);

/* The answer: the file as it is now, tagged with its version, as `put` writes it. */
MUST_USE bool settings_file_told(struct call *q, int status,
                                 bool (*put)(struct call *q, struct jw *w, const void *file, struct err *e),
                                 struct err *e);

#endif
