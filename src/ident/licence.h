/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX licence expressions: parsed, checked against the licence list, written in one normal form.
 */
#ifndef AKASHI_IDENT_LICENCE_H
#define AKASHI_IDENT_LICENCE_H

#include "base/arena.h"
#include "base/err.h"

enum licence_op { LICENCE_ID, LICENCE_REF /* LicenseRef- or DocumentRef- */, LICENCE_AND, LICENCE_OR };

struct licence {
    enum licence_op op;
    str id;        /* list spelling for LICENCE_ID ("Apache-2.0") */
    bool or_later; /* "+" */
    str exception; /* after WITH; absent when none */
    struct licence *left, *right;
};

/* Parses "MIT OR (apache-2.0 AND GPL-2.0+ WITH Classpath-exception-2.0)". Ids are matched without case; an id not on
 * the list is an error unless it is a LicenseRef. Bounded depth. */
MUST_USE bool licence_parse(struct arena *a, str text, struct licence **out, struct err *e);
/* With list spelling and the fewest parentheses. */
void licence_write(const struct licence *l, struct buf *out);
/* List spelling of an id; absent when it is not on the list. */
str licence_id(str id);
bool licence_is_deprecated(str id);
str licence_exception(str id);
/* Best id for what people write ("Apache License, Version 2.0", "BSD", "GPLv2+", a licence URL); absent when unsure. */
str licence_from_text(struct arena *a, str name_or_url);

#endif
