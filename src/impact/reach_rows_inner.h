/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the files that make rows.
 */
#ifndef AKASHI_IMPACT_REACH_ROWS_INNER_H
#define AKASHI_IMPACT_REACH_ROWS_INNER_H

#include "impact/reach_names.h"
#include "impact/reach_rows.h"

struct rows {
    struct reach *r;
    struct thing_names names;
    const struct reach_page *page;
    struct arena *scratch; /* a row's */
    uint32_t *at_customer; /* deployments, in the order of r->customers */
    struct party *told;    /* who has to be told, from told_from on */
    bool *told_found;
    uint64_t told_from;
    bool (*each)(void *arg, const struct reach_cell *cells, struct err *e);
    void *arg;
    struct err *e;
};

struct reach_cell cell_text(str text);
struct reach_cell cell_number(int64_t number);
struct reach_cell cell_list(const str *list, uint32_t n);

bool release_rows(struct rows *x, uint64_t from, uint64_t to);
/* What tell_row() of these rows needs, by some questions for all of them. */
bool tell_read(struct rows *x, uint64_t from, uint64_t to);
bool tell_row(struct rows *x, uint64_t at);
/* "security: psirt@example.jp", those for security first. */
const str *contact_texts(struct arena *a, const struct party *p, uint32_t *n);

/* The ways from the root of a document to components with these purls: "app → b → c@1". */
MUST_USE bool component_paths(struct portfolio *p, struct arena *a, const unsigned char body[32], const str *purls,
                              uint32_t n, const str **out, uint32_t *n_out, struct err *e);

#endif
