/* SPDX-License-Identifier: Apache-2.0
 *
 * Pages of A4 as PDF, text in any script with its fonts embedded. The only module that knows Cairo and Pango, which are
 * loaded when they are needed. Places are in points from the top left corner; the same calls give the same bytes.
 */
#ifndef AKASHI_BASE_PAPER_H
#define AKASHI_BASE_PAPER_H

#include "base/ctx.h"

#define PAPER_WIDTH 595.276
#define PAPER_HEIGHT 841.89

struct paper_colour {
    double red, green, blue;
};
struct paper_style {
    double size; /* of the type, in points */
    bool bold, fixed;
    enum { PAPER_LEFT, PAPER_CENTRE, PAPER_RIGHT } align;
    struct paper_colour colour;
};
struct paper_about {
    str title, author, subject;
    int64_t time; /* what the file says when it was made */
};

struct paper;
/* ERR_ENV when the libraries are not installed. */
MUST_USE bool paper_begin(struct arena *a, const struct paper_about *about, struct paper **out, struct err *e);
/* Height of a text set in lines of that width; what cannot be set (control characters) is blank. */
double paper_measure(struct paper *p, const struct paper_style *s, double width, str text);
/* The same, and there it stands. */
double paper_write(struct paper *p, double x, double y, double width, const struct paper_style *s, str text);
void paper_fill(struct paper *p, double x, double y, double width, double height, struct paper_colour c);
void paper_frame(struct paper *p, double x, double y, double width, double height, double line, struct paper_colour c);
void paper_hatch(struct paper *p, double x, double y, double width, double height, struct paper_colour c);
void paper_page(struct paper *p); /* the next one begins */
/* Ends it and appends the file. ERR_ENV when no font has some sign that was written. */
MUST_USE bool paper_end(struct paper *p, struct buf *out, struct err *e);
void paper_abandon(struct paper *p); /* accepts NULL */

#endif
