/* SPDX-License-Identifier: Apache-2.0
 *
 * What is called is declared here, not taken from the libraries' headers: two dozen functions on pointers nobody looks
 * behind, in interfaces that have been the same since 2007 (Cairo 1.2, Pango 1.16), against development packages that
 * bring X11 along.
 */
#include "base/paper.h"

#include "base/library.h"

#define LIBRARY "libpangocairo-1.0.so.0"
static const double PANGO_UNITS = 1024;
enum { WRAP_WORD_OR_CHAR = 2, TEXT_MOST = 100000 };
enum { PDF_1_4 }; /* the oldest: its objects and dates stand as text, whichever Cairo writes it */
enum { ABOUT_TITLE, ABOUT_AUTHOR, ABOUT_SUBJECT, ABOUT_CREATOR = 4, ABOUT_CREATED, ABOUT_CHANGED };

static const char *const families[2] = {
    "Noto Sans CJK JP,Noto Sans JP,IPAexGothic,IPAGothic,TakaoPGothic,VL PGothic,Noto Sans,DejaVu Sans,sans-serif",
    "Noto Sans Mono CJK JP,DejaVu Sans Mono,monospace",
};

struct cairo; /* cairo_t */
struct surface;
struct layout;
struct font;
struct calls {
    struct surface *(*surface_new)(int (*)(void *, const unsigned char *, unsigned), void *, double, double);
    void (*surface_version)(struct surface *, int);
    void (*surface_about)(struct surface *, int, const char *);
    void (*surface_finish)(struct surface *);
    void (*surface_destroy)(struct surface *);
    int (*surface_status)(struct surface *);
    const char *(*status_text)(int);
    struct cairo *(*create)(struct surface *);
    void (*destroy)(struct cairo *);
    void (*show_page)(struct cairo *);
    void (*save)(struct cairo *);
    void (*restore)(struct cairo *);
    void (*clip)(struct cairo *);
    void (*colour)(struct cairo *, double, double, double);
    void (*line_width)(struct cairo *, double);
    void (*rectangle)(struct cairo *, double, double, double, double);
    void (*move_to)(struct cairo *, double, double);
    void (*line_to)(struct cairo *, double, double);
    void (*fill)(struct cairo *);
    void (*stroke)(struct cairo *);
    struct layout *(*layout_new)(struct cairo *);
    void (*layout_show)(struct cairo *, struct layout *);
    void (*layout_text)(struct layout *, const char *, int);
    void (*layout_font)(struct layout *, const struct font *);
    void (*layout_width)(struct layout *, int);
    void (*layout_wrap)(struct layout *, int);
    void (*layout_align)(struct layout *, int);
    void (*layout_size)(struct layout *, int *, int *);
    int (*layout_unknown)(struct layout *);
    void *(*layout_context)(struct layout *);
    void (*context_language)(void *, void *);
    void *(*language)(const char *);
    struct font *(*font_new)(void);
    void (*font_family)(struct font *, const char *);
    void (*font_size)(struct font *, double);
    void (*font_weight)(struct font *, int);
    void (*font_free)(struct font *);
    void (*unref)(void *);
};
#define CALL(member, name)                                                                                             \
    { name, offsetof(struct calls, member) }
static const struct library_call wanted[] = {
    CALL(surface_new, "cairo_pdf_surface_create_for_stream"),
    CALL(surface_version, "cairo_pdf_surface_restrict_to_version"),
    CALL(surface_about, "cairo_pdf_surface_set_metadata"),
    CALL(surface_finish, "cairo_surface_finish"),
    CALL(surface_destroy, "cairo_surface_destroy"),
    CALL(surface_status, "cairo_surface_status"),
    CALL(status_text, "cairo_status_to_string"),
    CALL(create, "cairo_create"),
    CALL(destroy, "cairo_destroy"),
    CALL(show_page, "cairo_show_page"),
    CALL(save, "cairo_save"),
    CALL(restore, "cairo_restore"),
    CALL(clip, "cairo_clip"),
    CALL(colour, "cairo_set_source_rgb"),
    CALL(line_width, "cairo_set_line_width"),
    CALL(rectangle, "cairo_rectangle"),
    CALL(move_to, "cairo_move_to"),
    CALL(line_to, "cairo_line_to"),
    CALL(fill, "cairo_fill"),
    CALL(stroke, "cairo_stroke"),
    CALL(layout_new, "pango_cairo_create_layout"),
    CALL(layout_show, "pango_cairo_show_layout"),
    CALL(layout_text, "pango_layout_set_text"),
    CALL(layout_font, "pango_layout_set_font_description"),
    CALL(layout_width, "pango_layout_set_width"),
    CALL(layout_wrap, "pango_layout_set_wrap"),
    CALL(layout_align, "pango_layout_set_alignment"),
    CALL(layout_size, "pango_layout_get_size"),
    CALL(layout_unknown, "pango_layout_get_unknown_glyphs_count"),
    CALL(layout_context, "pango_layout_get_context"),
    CALL(context_language, "pango_context_set_language"),
    CALL(language, "pango_language_from_string"),
    CALL(font_new, "pango_font_description_new"),
    CALL(font_family, "pango_font_description_set_family"),
    CALL(font_size, "pango_font_description_set_absolute_size"),
    CALL(font_weight, "pango_font_description_set_weight"),
    CALL(font_free, "pango_font_description_free"),
    CALL(unref, "g_object_unref"),
};

struct paper {
    struct arena *a;
    struct calls k;
    struct surface *surface;
    struct cairo *cairo;
    struct layout *layout;
    struct buf bytes;
    int unknown; /* signs without a font */
    str lacking; /* the first text that has one */
};

static int take(void *to, const unsigned char *bytes, unsigned n) {
    buf_add(&((struct paper *)to)->bytes, str_n((const char *)bytes, n));
    return 0;
}

static void describe(struct paper *p, const struct paper_about *x) {
    char *time = arena_cstr(p->a, time_rfc3339(p->a, x->time));
    p->k.surface_about(p->surface, ABOUT_TITLE, arena_cstr(p->a, x->title));
    p->k.surface_about(p->surface, ABOUT_AUTHOR, arena_cstr(p->a, x->author));
    p->k.surface_about(p->surface, ABOUT_SUBJECT, arena_cstr(p->a, x->subject));
    p->k.surface_about(p->surface, ABOUT_CREATOR, "Akashi");
    p->k.surface_about(p->surface, ABOUT_CREATED, time);
    p->k.surface_about(p->surface, ABOUT_CHANGED, time);
}

bool paper_begin(struct arena *a, const struct paper_about *about, struct paper **out, struct err *e) {
    struct paper *p = arena_new_of(a, struct paper);
    p->a = a;
    *out = NULL;
    if (!library_load(LIBRARY, wanted, sizeof wanted / sizeof *wanted, &p->k)) {
        err_set(e, ERR_ENV, S(LIBRARY), "%s", _("PDF needs a library that is not installed"));
        return err_hint(e, "%s",
                        _("on Debian: apt install libpangocairo-1.0-0 fonts-noto-cjk; or print the HTML page"));
    }
    p->surface = p->k.surface_new(take, p, PAPER_WIDTH, PAPER_HEIGHT);
    p->k.surface_version(p->surface, PDF_1_4);
    describe(p, about);
    p->cairo = p->k.create(p->surface);
    p->layout = p->k.layout_new(p->cairo);
    /* Han signs as Japan writes them, also within English text. */
    p->k.context_language(p->k.layout_context(p->layout), p->k.language("ja"));
    p->k.layout_wrap(p->layout, WRAP_WORD_OR_CHAR);
    *out = p;
    return true;
}

/* ── text ── */

static str settable(struct paper *p, str text) {
    text = str_utf8_ok(text) ? str_upto(text, TEXT_MOST) : S("?");
    while (text.n && !str_utf8_ok(text)) /* cut within a sign */
        text.n--;
    char *to = arena_cstr(p->a, text);
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)to[i] < ' ' && to[i] != '\n')
            to[i] = ' ';
    return str_n(to, text.n);
}

static double set(struct paper *p, const struct paper_style *s, double width, str text) {
    struct font *f = p->k.font_new();
    int wide, high;
    text = settable(p, text);
    p->k.font_family(f, families[s->fixed]);
    p->k.font_size(f, s->size * PANGO_UNITS);
    p->k.font_weight(f, s->bold ? 700 : 400);
    p->k.layout_font(p->layout, f);
    p->k.font_free(f);
    p->k.layout_width(p->layout, (int)(width * PANGO_UNITS));
    p->k.layout_align(p->layout, (int)s->align);
    p->k.layout_text(p->layout, text.p, (int)text.n);
    p->k.layout_size(p->layout, &wide, &high);
    int unknown = p->k.layout_unknown(p->layout);
    if (unknown && !p->unknown)
        p->lacking = text;
    p->unknown += unknown;
    return high / PANGO_UNITS;
}

double paper_measure(struct paper *p, const struct paper_style *s, double width, str text) {
    return text.n ? set(p, s, width, text) : 0;
}

double paper_write(struct paper *p, double x, double y, double width, const struct paper_style *s, str text) {
    if (!text.n)
        return 0;
    double high = set(p, s, width, text);
    p->k.colour(p->cairo, s->colour.red, s->colour.green, s->colour.blue);
    p->k.move_to(p->cairo, x, y);
    p->k.layout_show(p->cairo, p->layout);
    return high;
}

/* ── boxes ── */

static void box(struct paper *p, double x, double y, double width, double height, struct paper_colour c) {
    p->k.colour(p->cairo, c.red, c.green, c.blue);
    p->k.rectangle(p->cairo, x, y, width, height);
}

void paper_fill(struct paper *p, double x, double y, double width, double height, struct paper_colour c) {
    box(p, x, y, width, height, c);
    p->k.fill(p->cairo);
}

void paper_frame(struct paper *p, double x, double y, double width, double height, double line, struct paper_colour c) {
    box(p, x, y, width, height, c);
    p->k.line_width(p->cairo, line);
    p->k.stroke(p->cairo);
}

#define STEP 2.5
void paper_hatch(struct paper *p, double x, double y, double width, double height, struct paper_colour c) {
    p->k.save(p->cairo);
    box(p, x, y, width, height, c);
    p->k.clip(p->cairo);
    p->k.line_width(p->cairo, 1);
    for (unsigned i = 0; i * STEP < width + height; i++) {
        double at = i * STEP - height;
        p->k.move_to(p->cairo, x + at, y + height);
        p->k.line_to(p->cairo, x + at + height, y);
    }
    p->k.stroke(p->cairo);
    p->k.restore(p->cairo);
}

void paper_page(struct paper *p) { p->k.show_page(p->cairo); }

/* ── the end ── */

bool paper_end(struct paper *p, struct buf *out, struct err *e) {
    bool ok = true;
    p->k.surface_finish(p->surface);
    int status = p->k.surface_status(p->surface);
    if (status) {
        ok = err_set(e, ERR_ENV, S(LIBRARY), _("the PDF could not be made: %s"), p->k.status_text(status));
    } else if (p->unknown) {
        ok = err_set(e, ERR_ENV, str_upto(p->lacking, 60), "%s", _("no installed font has all the signs of this text"));
        err_hint(e, "%s", _("on Debian: apt install fonts-noto-cjk"));
    } else {
        buf_add(out, buf_str(&p->bytes));
    }
    paper_abandon(p);
    return ok;
}

void paper_abandon(struct paper *p) {
    if (!p || !p->surface)
        return;
    p->k.unref(p->layout);
    p->k.destroy(p->cairo);
    p->k.surface_destroy(p->surface);
    p->surface = NULL;
    buf_free(&p->bytes);
}
