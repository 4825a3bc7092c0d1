/* SPDX-License-Identifier: Apache-2.0
 *
 * What a declaration says to a reader, in the reader's language, before it becomes HTML or PDF: both say the same.
 */
#ifndef AKASHI_CONFORM_RENDER_PAGE_H
#define AKASHI_CONFORM_RENDER_PAGE_H

#include "conform/render.h"

struct page_pair {
    str name, value;
};
VEC_NAMED(page_pairs, struct page_pair);
struct page_row { /* of a practice that the package wants */
    str id, title;
    str remark; /* why it is claimed or does not apply; absent: nothing */
    int level;  /* by evidence */
    int claimed, declared, target;
    bool falls_short;
    str basis;
    uint32_t statements;
};
VEC_NAMED(page_rows, struct page_row);
enum { PAGE_HEADS = 6 };
struct page {
    str id, title, catalogue;
    str stamp;      /* how it stands */
    int stamp_kind; /* 0 good, 1 look at it, 2 it has ended */
    str digest;     /* "sha256:…", for the QR code */
    struct page_pairs facts;
    str practices_title, heads[PAGE_HEADS];
    struct page_rows rows;
    str history_title;
    struct page_pairs history; /* what became of it; none: no title */
    str legend, command;
};
void page_of(const struct rendering *r, struct page *out);

#endif
