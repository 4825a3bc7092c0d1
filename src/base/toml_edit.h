/* SPDX-License-Identifier: Apache-2.0
 *
 * Changing a TOML text by a table or a key, while everything else in it, comments and order too, stays as it was
 * written. What comes out is parsed by the caller before it is kept: a text that writes the same in another form (an
 * inline table, a dotted key) is not understood here and gives one that says a thing twice, which no reader takes.
 */
#ifndef AKASHI_BASE_TOML_EDIT_H
#define AKASHI_BASE_TOML_EDIT_H

#include "base/json.h"

/* How many [[name]] there are. */
uint32_t toml_tables(struct arena *a, str text, str name);
/* The text with one more [[name]] at the end: the members of an object that are text, numbers, booleans, or lists of
 * these. Others are left out. */
str toml_add_table(struct arena *a, str text, str name, struct jv table);
/* The text without the n-th [[name]] and its sub-tables. */
str toml_drop_table(struct arena *a, str text, str name, uint32_t n);
/* The text with [table] key = value; an absent value takes the key away. */
str toml_set(struct arena *a, str text, str table, str key, struct jv value);

#endif
