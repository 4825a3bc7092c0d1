/* SPDX-License-Identifier: Apache-2.0
 *
 * The SQL of the view: view/NAME.sql, part of the binary.
 */
#ifndef AKASHI_SEAL_VIEW_SQL_H
#define AKASHI_SEAL_VIEW_SQL_H

/* The text of a query; the same pointer each time. The name must be there: it is ours. */
const char *view_sql(const char *name);

#endif
