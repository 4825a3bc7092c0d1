/* SPDX-License-Identifier: Apache-2.0
 *
 * The schemas of this room's data files (catalogues/shapes), which a user's own files are held against too.
 */
#ifndef AKASHI_IMPACT_SHAPE_H
#define AKASHI_IMPACT_SHAPE_H

#include "base/json.h"

/* "calendar", "clock", "notify": one of our own, so an unknown name is our mistake and aborts. */
MUST_USE bool shape_check(struct ctx *c, struct arena *a, const char *name, const struct json *doc, struct err *e);
MUST_USE bool shape_check_part(struct ctx *c, struct arena *a, const char *name, const struct json *doc, struct jv part,
                               struct err *e);
/* Lower-case letters, digits and single hyphens, at most 64: what may become part of a file name. */
bool shape_id_ok(str id);

/* A user's own data files: FOLDER/ID.json, by id. None when the folder is absent or not there. */
struct shape_file {
    str id, path, text;
};
VEC_NAMED(shape_files, struct shape_file);
MUST_USE bool shape_folder(struct ctx *c, struct arena *a, str folder, struct shape_files *out, struct err *e);

#endif
