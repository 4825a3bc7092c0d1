/* SPDX-License-Identifier: Apache-2.0
 *
 * Data files that are part of the binary, made by tools/embed-file at build time.
 */
#ifndef AKASHI_BASE_EMBEDDED_H
#define AKASHI_BASE_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
    const char *name; /* without folder and ending */
    const char *bytes;
    size_t size;
};

/* One table per room that has data; a nameless entry ends it. */
extern const struct embedded_file embedded_inspect_rules[];
extern const struct embedded_file embedded_profiles[];
extern const struct embedded_file embedded_predicate_schemas[];
extern const struct embedded_file embedded_serve_shapes[];
extern const struct embedded_file embedded_try_page[];
extern const struct embedded_file embedded_view_sql[];
extern const struct embedded_file embedded_node_sql[];
extern const struct embedded_file embedded_calendars[];
extern const struct embedded_file embedded_clocks[];
extern const struct embedded_file embedded_impact_shapes[];
extern const struct embedded_file embedded_demo_data[];
extern const struct embedded_file embedded_decision_tables[];
extern const struct embedded_file embedded_conform_shapes[];
extern const struct embedded_file embedded_catalogues[];
extern const struct embedded_file embedded_maps[];
extern const struct embedded_file embedded_questionnaires[];
extern const struct embedded_file embedded_forms[];

#endif
