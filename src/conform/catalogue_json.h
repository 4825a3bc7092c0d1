/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said of catalogues in JSON, whoever asks.
 */
#ifndef AKASHI_CONFORM_CATALOGUE_JSON_H
#define AKASHI_CONFORM_CATALOGUE_JSON_H

#include "conform/catalogue.h"
#include "impact/label_json.h"

/* A line of a list. */
void catalogue_name_json(struct jw *w, const struct catalogue_name *n);
/* What became of an import: id, title, format, counts, state (added|replaced|same), entry. */
struct catalogue_import;
struct own_say;
void catalogue_imported_json(struct jw *w, const struct catalogue_import *x, const struct catalogue *k,
                             const struct own_say *say);

#endif
